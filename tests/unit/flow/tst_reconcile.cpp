// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/reconcile.h"
#include "tests/unit/flow/trackedwork.h"
#include "tests/unit/net/apibench.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kList = "GET /credentials";
const QByteArray kOffers = "https://x/o/";

/// One entry of the list as a service that echoes would write it.
struct Entry {
    QByteArray id = "iss-9";
    qint64 ageMs = 60000;           ///< Before now, by the service's clock.
    QByteArray templateId = "tpl-1";
    QByteArray attributes = R"({"fullName":"Naledi Khumalo"})";
    QByteArray status = "offered";
    bool dated = true;
};

struct ProofBench : ApiBench {
    explicit ProofBench(qint64 skewMs = 0)
        : skew(skewMs)
    {
        clock.jumpWall(std::chrono::milliseconds(skewMs)); // ours is wrong, the service's is right
        intent = putDoubt(sampleDraft());
        settle(100s);
    }
    IntentId putDoubt(const IssueDraft &draft, JournalState state = JournalState::Unknown)
    {
        return putWork(journal, profile, state, {}, clock.nowUtc(), {}, draft);
    }
    [[nodiscard]] QByteArray text(const Entry &entry) const
    {
        QByteArray body = R"({"id":")" + entry.id + R"(","status":")" + entry.status + R"(","offerUri":")" + kOffers + entry.id + R"(")";
        if (entry.dated) {
            const QDateTime created = clock.nowUtc().addMSecs(-skew.value_or(0) - entry.ageMs);
            body += R"(,"createdAt":")" + created.toString(Qt::ISODateWithMs).toLatin1() + R"(")";
        }
        if (!entry.attributes.isEmpty())
            body += R"(,"attributes":)" + entry.attributes;
        return body + R"(,"credentials":[{"id":"cred-9","status":"offered","credentialTemplateId":")" + entry.templateId + R"("}]})";
    }
    void list(const QList<Entry> &entries, const QByteArray &more = {})
    {
        QByteArrayList texts;
        for (const Entry &entry : entries) {
            texts << text(entry);
            platform.always("GET /credentials/" + entry.id, FakePlatform::json(200, R"({"data":)" + text(entry) + "}"));
        }
        platform.always(kList, FakePlatform::json(200, R"({"data":[)" + texts.join(',') + "]" + more + "}"));
    }
    /// Asks, and catches the one answer.
    std::optional<Issuance> prove()
    {
        int answers = 0;
        std::optional<Issuance> found;
        journal.readDetails(intent, &context, [&](const Outcome<WorkDetails> &details) {
            reconciler.proveIssuance(*details, &context, [&](const std::optional<Issuance> &proved) {
                ++answers;
                found = proved;
            });
        });
        for (int i = 0; i < 400 && answers == 0; ++i)
            settle();
        settle(1s);
        if (answers != 1)
            qFatal("%d answers", answers);
        for (const FakeTransport::Seen &seen : line.seen()) {
            if (seen.method != "GET" && !seen.path().endsWith("/token"))
                qFatal("a proof only reads");
        }
        return found;
    }

    ScriptedJournal journal;
    std::optional<qint64> skew = 0;
    Reconciler reconciler { *api, journal, profile, [this] { return skew; } };
    IntentId intent;
};

IssueDraft draftWith(const QList<AttributeDefinition> &attributes, const QMap<QString, QString> &values)
{
    IssueDraft draft = sampleDraft();
    draft.credentialTemplate.attributes = attributes;
    draft.values = values;
    return draft;
}

AttributeDefinition attribute(const QString &key, AttributeType type)
{
    AttributeDefinition made;
    made.key = key;
    made.type = type;
    return made;
}

} // namespace

class TestReconcile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneThatFitsIsOurs();
    void otherEntries_data();
    void otherEntries();
    void twoThatFit();
    void knownOnesDoNotCount();
    void anotherDoubtWithTheSameValues();
    void anotherDoubtOnItsWay();
    void anotherDoubtWithOtherValues();
    void anotherDoubtThatCannotBeRead();
    void anotherThatAbandonedItsOffer_data();
    void anotherThatAbandonedItsOffer();
    void noList_data();
    void noList();
    void hostileLists_data();
    void hostileLists();
    void noEchoNoProof();
    void clocks();
    void whatMattersAtTheEnd();
    void draftThatCannotBeRead();
    void anotherOrigin();
    void contextDies();
    void whatNamesNobodyProvesNothing();
    void namesThePerson_data();
    void namesThePerson();
    void echoes_data();
    void echoes();
    void alike();
};

void TestReconcile::oneThatFitsIsOurs()
{
    ProofBench bench;
    bench.list({ {}, { .id = "iss-2", .attributes = R"({"fullName":"Thabo Mokoena"})" }, { .id = "iss-1", .ageMs = 4'000'000 } });
    const std::optional<Issuance> proved = bench.prove();
    QVERIFY(proved);
    QCOMPARE(proved->id.text, u"iss-9"_s);
    QCOMPARE(proved->credentialId.text, u"cred-9"_s);
    QCOMPARE(proved->offerUri, u"https://x/o/iss-9"_s);
    QCOMPARE(bench.platform.sent("GET /credentials/iss-9").size(), 1); // read back before it is believed
}

void TestReconcile::otherEntries_data()
{
    QTest::addColumn<QByteArray>("templateId");
    QTest::addColumn<QByteArray>("attributes");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<qint64>("ageMs");
    const QByteArray tpl = "tpl-1";
    const QByteArray good = R"({"fullName":"Naledi Khumalo"})";
    const QByteArray offered = "offered";
    QTest::newRow("another template") << QByteArray("tpl-2") << good << offered << qint64(60'000);
    QTest::newRow("no template") << QByteArray() << good << offered << qint64(60'000);
    QTest::newRow("another name") << tpl << QByteArray(R"({"fullName":"Naledi  Khumalo"})") << offered << qint64(60'000);
    QTest::newRow("another case") << tpl << QByteArray(R"({"fullName":"naledi khumalo"})") << offered << qint64(60'000);
    QTest::newRow("one more") << tpl << QByteArray(R"({"fullName":"Naledi Khumalo","mark":"1"})") << offered << qint64(60'000);
    QTest::newRow("one fewer") << tpl << QByteArray("{}") << offered << qint64(60'000);
    QTest::newRow("nested") << tpl << QByteArray(R"({"fullName":{"value":"Naledi Khumalo"}})") << offered << qint64(60'000);
    QTest::newRow("accepted by somebody") << tpl << good << QByteArray("completed") << qint64(60'000);
    QTest::newRow("expired") << tpl << good << QByteArray("expired") << qint64(60'000);
    QTest::newRow("unknown word") << tpl << good << QByteArray("odd") << qint64(60'000);
    QTest::newRow("older than the request") << tpl << good << offered << qint64(106'000);
}

void TestReconcile::otherEntries()
{
    QFETCH(QByteArray, templateId);
    QFETCH(QByteArray, attributes);
    QFETCH(QByteArray, status);
    QFETCH(qint64, ageMs);
    ProofBench bench;
    bench.list({ { .ageMs = ageMs, .templateId = templateId, .attributes = attributes, .status = status } });
    QVERIFY(!bench.prove());
}

void TestReconcile::twoThatFit()
{
    ProofBench bench;
    bench.list({ {}, { .id = "iss-8", .ageMs = 61'000 } });
    QVERIFY(!bench.prove());
    // Also when one of them has ended meanwhile: nobody can say which is ours.
    bench.list({ {}, { .id = "iss-8", .ageMs = 61'000, .status = "completed" } });
    QVERIFY(!bench.prove());
    // An undated twin may be as new.
    bench.list({ {}, { .id = "iss-8", .dated = false } });
    QVERIFY(!bench.prove());
}

void TestReconcile::knownOnesDoNotCount()
{
    ProofBench bench;
    putWork(bench.journal, bench.profile, JournalState::Delivered, "iss-8", bench.clock.nowUtc());
    bench.settle();
    bench.list({ {}, { .id = "iss-8", .ageMs = 61'000 } });
    QCOMPARE(bench.prove()->id.text, u"iss-9"_s);
    putWork(bench.journal, bench.profile, JournalState::Expired, "iss-9", bench.clock.nowUtc());
    bench.settle();
    QVERIFY(!bench.prove()); // the only ones left belong to others
}

void TestReconcile::anotherDoubtWithTheSameValues()
{
    ProofBench bench;
    bench.putDoubt(sampleDraft());
    bench.settle();
    bench.list({ {} });
    QVERIFY(!bench.prove());
}

void TestReconcile::anotherDoubtOnItsWay()
{
    ProofBench bench;
    bench.putDoubt(sampleDraft(), JournalState::Sent);
    bench.settle();
    bench.list({ {} });
    QVERIFY(!bench.prove());
}

void TestReconcile::anotherDoubtWithOtherValues()
{
    ProofBench bench;
    IssueDraft other = sampleDraft();
    other.values[u"fullName"_s] = u"Thabo Mokoena"_s;
    bench.putDoubt(other);
    IssueDraft elsewhere = sampleDraft();
    elsewhere.credentialTemplate.id = { u"tpl-2"_s };
    bench.putDoubt(elsewhere);
    bench.putDoubt(sampleDraft(), JournalState::Prepared); // nothing was sent for this one
    bench.settle();
    bench.list({ {}, { .id = "iss-8", .attributes = R"({"fullName":"Thabo Mokoena"})" } });
    QCOMPARE(bench.prove()->id.text, u"iss-9"_s);
}

void TestReconcile::anotherDoubtThatCannotBeRead()
{
    ProofBench bench;
    IssueDraft other = sampleDraft();
    other.credentialTemplate.id.text = u"tpl-1"_s;
    other.values[u"fullName"_s] = u"Thabo Mokoena"_s;
    const IntentId intent = IntentId::create();
    for (const JournalState state : roadTo(JournalState::Unknown)) {
        JournalStep step; // its draft was purged
        step.intent = intent;
        step.state = state;
        step.at = bench.clock.nowUtc();
        step.profile = bench.profile.id;
        step.origin = workOrigin(bench.profile);
        if (state == JournalState::Prepared)
            step.facts = { { fact::templateId, u"tpl-1"_s } };
        bench.journal.append(step, &bench.context, [](const Outcome<Done> &) {});
    }
    bench.settle();
    bench.list({ {} });
    QVERIFY(!bench.prove());
}

void TestReconcile::anotherThatAbandonedItsOffer_data()
{
    using enum JournalState;
    QTest::addColumn<QList<JournalState>>("since");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("proved");
    const QString same = u"Naledi Khumalo"_s;
    QTest::newRow("not gone on with") << QList<JournalState> {} << same << false;
    QTest::newRow("being made anew") << QList { Prepared, Sent } << same << false;
    QTest::newRow("delivered") << QList { Prepared, Sent, Offered, DeliveryIntent, Delivered } << same << false;
    QTest::newRow("accepted") << QList { Prepared, Sent, Offered, DeliveryIntent, Delivered, Accepted } << same << false;
    QTest::newRow("dropped") << QList { Dropped } << same << false;
    QTest::newRow("of other values") << QList { Prepared, Sent, Offered } << u"Thabo Mokoena"_s << true;
}

/// Found by the crash campaign: of two in doubt with the same values one was abandoned, and the other then seemed proved.
void TestReconcile::anotherThatAbandonedItsOffer()
{
    QFETCH(QList<JournalState>, since);
    QFETCH(QString, name);
    QFETCH(bool, proved);
    ProofBench bench;
    IssueDraft other = sampleDraft();
    other.values[u"fullName"_s] = name;
    const IntentId intent = bench.putDoubt(other);
    for (const JournalState state : QList { JournalState::Abandoned } + since) {
        JournalStep step;
        step.intent = intent;
        step.state = state;
        step.attempt = state == JournalState::Abandoned ? 1 : 2;
        step.at = bench.clock.nowUtc();
        step.profile = bench.profile.id;
        step.environment = bench.profile.environment;
        step.origin = workOrigin(bench.profile);
        if (state == JournalState::Offered)
            step.facts = { { fact::issuanceId, u"iss-8"_s } };
        bench.journal.append(step, &bench.context, [](const Outcome<Done> &outcome) { QVERIFY(outcome.ok()); });
    }
    bench.settle();
    bench.list({ {} });
    QCOMPARE(bench.prove().has_value(), proved);
}

void TestReconcile::noList_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("askedAgain");
    QTest::newRow("404") << 404 << false;
    QTest::newRow("405") << 405 << false;
    QTest::newRow("400") << 400 << true;
    QTest::newRow("403") << 403 << true;
    QTest::newRow("429") << 429 << true;
    QTest::newRow("500") << 500 << true;
    QTest::newRow("lost") << 0 << true;
}

void TestReconcile::noList()
{
    QFETCH(int, status);
    QFETCH(bool, askedAgain);
    ProofBench bench;
    bench.platform.always(kList, status ? FakePlatform::json(status, "{}") : FakeTransport::failure(FailureKind::ConnectionLost));
    QVERIFY(!bench.prove());
    bench.list({ {} });
    const qsizetype before = bench.platform.sent(kList).size();
    QCOMPARE(bench.prove().has_value(), askedAgain);
    QCOMPARE(bench.platform.sent(kList).size() > before, askedAgain); // a service without a list is not asked twice
}

void TestReconcile::hostileLists_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("the same page for ever") << QByteArray(R"(,"links":{"next":"/me-creds/api/credentials?page=2"})");
    QTest::newRow("to itself") << QByteArray(R"(,"links":{"next":"/me-creds/api/credentials?page%5Bsize%5D=100&sort=-createdAt"})");
    QTest::newRow("to another house") << QByteArray(R"(,"links":{"next":"https://evil.example/credentials"})");
}

void TestReconcile::hostileLists()
{
    QFETCH(QByteArray, more);
    ProofBench bench;
    bench.list({ {} }, more);
    QVERIFY(!bench.prove());

    ProofBench endless; // ever new pages, all of them new: read to the cap and not believed
    int page = 0;
    endless.platform.otherwise = [&](const QByteArray &route, const FakeTransport::Seen &) -> std::optional<HttpResult> {
        if (route != kList)
            return std::nullopt;
        ++page;
        const QByteArray number = QByteArray::number(page);
        return FakePlatform::json(200, R"({"data":[)" + endless.text({ .id = "iss-" + number, .attributes = R"({"fullName":"X"})" }) + ','
                                           + endless.text({ .id = "more-" + number, .attributes = {} })
                                           + R"(],"links":{"next":"/me-creds/api/credentials?page=)" + number + "\"}}");
    };
    int answers = 0;
    endless.journal.readDetails(endless.intent, &endless.context, [&](const Outcome<WorkDetails> &details) {
        endless.reconciler.proveIssuance(*details, &endless.context, [&](const std::optional<Issuance> &proved) {
            ++answers;
            QVERIFY(!proved);
        });
    });
    for (int i = 0; i < 2000 && !answers; ++i)
        endless.settle();
    QCOMPARE(answers, 1);
    QCOMPARE(page, 1000);
}

void TestReconcile::noEchoNoProof()
{
    ProofBench bench;
    bench.list({ { .attributes = {} } }); // the only new one of this template: elimination is no proof
    QVERIFY(!bench.prove());
    bench.list({ { .attributes = "null" } });
    QVERIFY(!bench.prove());
    bench.list({});
    QVERIFY(!bench.prove());
}

void TestReconcile::clocks()
{
    for (const qint64 skew : { -7'200'000LL, -90'000LL, 0LL, 90'000LL, 7'200'000LL }) {
        ProofBench bench(skew);
        bench.list({ {} });
        QVERIFY(bench.prove());
        bench.list({ { .ageMs = 112'000 } });
        QVERIFY(!bench.prove());
        bench.list({ { .ageMs = 104'000 } }); // within the five seconds that clocks may differ
        QVERIFY(bench.prove());
        bench.skew.reset();
        bench.list({ {} });
        QVERIFY(!bench.prove()); // the service's time is not known
    }
}

void TestReconcile::whatMattersAtTheEnd()
{
    ProofBench bench;
    bench.list({ {} });
    for (const HttpResult &look : { FakePlatform::json(404, "{}"), FakePlatform::json(500, ""),
                                    FakePlatform::json(200, R"({"data":{"id":"other","status":"offered","offerUri":"https://x"}})"),
                                    FakePlatform::json(200, R"({"data":{"id":"iss-9","status":"offered"}})"),
                                    FakePlatform::json(200, R"({"data":{"id":"iss-9","status":"completed","offerUri":"https://x"}})") }) {
        bench.platform.always("GET /credentials/iss-9", look);
        QVERIFY(!bench.prove());
    }
}

void TestReconcile::draftThatCannotBeRead()
{
    ProofBench bench;
    bench.list({ {} });
    WorkDetails details;
    bench.journal.readDetails(bench.intent, &bench.context, [&](const Outcome<WorkDetails> &read) { details = *read; });
    bench.settle();
    details.sealed = {};
    int answers = 0;
    bench.reconciler.proveIssuance(details, &bench.context, [&](const std::optional<Issuance> &proved) {
        ++answers;
        QVERIFY(!proved);
    });
    QCOMPARE(answers, 0); // never in the caller's own turn
    bench.settle();
    QCOMPARE(answers, 1);
    QCOMPARE(bench.platform.apiCalls(), 0);
}

void TestReconcile::anotherOrigin()
{
    ProofBench bench;
    Profile other = bench.profile;
    other.clientId = u"somebody-else"_s;
    bench.intent = putWork(bench.journal, other, JournalState::Unknown, {}, bench.clock.nowUtc(), {});
    bench.settle();
    bench.list({ {} });
    QVERIFY(!bench.prove());
    QCOMPARE(bench.platform.apiCalls(), 0);
}

void TestReconcile::contextDies()
{
    ProofBench bench;
    bench.list({ {} });
    auto mine = std::make_unique<QObject>();
    WorkDetails details;
    bench.journal.readDetails(bench.intent, &bench.context, [&](const Outcome<WorkDetails> &read) { details = *read; });
    bench.settle();
    bench.line.hold(true);
    bench.reconciler.proveIssuance(details, mine.get(), [](const std::optional<Issuance> &) { QFAIL("nobody is there"); });
    mine.reset();
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1min);
    QVERIFY(bench.reconciler.findChildren<QObject *>().isEmpty());
}

void TestReconcile::whatNamesNobodyProvesNothing()
{
    // Two computers issue the same workshop to two people; ours is lost before it arrived, the other's is in the list.
    ProofBench bench;
    IssueDraft draft = draftWith({ attribute(u"workshop"_s, AttributeType::String), attribute(u"date"_s, AttributeType::Date) },
                                 { { u"workshop"_s, u"Safety"_s }, { u"date"_s, u"2026-11-24"_s } });
    bench.intent = bench.putDoubt(draft);
    bench.settle(100s);
    bench.list({ { .attributes = R"({"workshop":"Safety","date":"2026-11-24"})" } });
    QVERIFY(!bench.prove());
    QCOMPARE(bench.platform.apiCalls(), 0); // not even asked

    draft.credentialTemplate.attributes.append(attribute(u"holder"_s, AttributeType::String));
    draft.values.insert(u"holder"_s, u"naledi.k@example.org"_s);
    bench.intent = bench.putDoubt(draft);
    bench.settle(100s);
    bench.list({ { .attributes = R"({"workshop":"Safety","date":"2026-11-24","holder":"naledi.k@example.org"})" } });
    QVERIFY(bench.prove());
}

void TestReconcile::namesThePerson_data()
{
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<bool>("named");
    QTest::newRow("e-mail") << QStringList { u"Zoe.D@example.org"_s } << true;
    QTest::newRow("user name") << QStringList { u"zoe.d"_s } << true;
    QTest::newRow("own id") << QStringList { u"LEARNER-7"_s } << true;
    QTest::newRow("full name") << QStringList { u"Solar"_s, u"  zoe  DLAMINI "_s } << true;
    QTest::newRow("full name, last name first") << QStringList { u"Dlamin\u00ed Zo\u00eb"_s } << true;
    QTest::newRow("two attributes") << QStringList { u"Dlamini"_s, u"Zo\u00eb"_s } << true;
    QTest::newRow("first name only") << QStringList { u"Zo\u00eb"_s, u"Solar"_s } << false;
    QTest::newRow("last name only") << QStringList { u"Dlamini"_s, u"Dlamini"_s } << false;
    QTest::newRow("in a longer text") << QStringList { u"Workshop by Zo\u00eb Dlamini"_s } << false;
    QTest::newRow("somebody else") << QStringList { u"Naledi Khumalo"_s } << false;
    QTest::newRow("nobody") << QStringList { u"Safety"_s, u"2026-11-24"_s } << false;
    QTest::newRow("nothing") << QStringList {} << false;
}

void TestReconcile::namesThePerson()
{
    QFETCH(QStringList, values);
    IssueDraft draft = draftWith({}, {});
    draft.person = { u"zoe.d@example.org"_s, u"zoe.d"_s, u"learner-7"_s, u"Zo\u00eb"_s, u"Dlamin\u00ed"_s };
    for (const QString &value : values) {
        const QString key = u"key%1"_s.arg(draft.values.size());
        draft.credentialTemplate.attributes.append(attribute(key, AttributeType::String));
        draft.values.insert(key, value);
    }
    QTEST(namesPerson(draft), "named");
    // Who is not known by a name is not told by an empty value either.
    draft.person = {};
    QVERIFY(!namesPerson(draft));
    // The same name twice needs two attributes that say it.
    draft.person = { {}, {}, {}, u"Naledi"_s, u"Naledi"_s };
    draft.credentialTemplate.attributes = { attribute(u"a"_s, AttributeType::String) };
    draft.values = { { u"a"_s, u"Naledi"_s } };
    QVERIFY(!namesPerson(draft));
}

void TestReconcile::echoes_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("echo");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *name, AttributeType type, const QString &typed, const QString &echo, bool same) {
        QTest::newRow(name) << static_cast<int>(type) << typed << echo << same;
    };
    using enum AttributeType;
    row("text", String, u"Solar"_s, u"Solar"_s, true);
    row("text, composed", String, u"Ame\u0301lie"_s, u"Am\u00e9lie"_s, true);
    row("text, case", String, u"Solar"_s, u"solar"_s, false);
    row("text that looks like a number", String, u"081"_s, u"81"_s, false);
    row("number", Number, u"81.50"_s, u"81.5"_s, true);
    row("number, decimal comma", Number, u"81,5"_s, u"81.5"_s, true);
    row("number, other", Number, u"81.5"_s, u"81.4"_s, false);
    row("number, not one", Number, u"81"_s, u"many"_s, false);
    row("number beyond a double", Number, u"12345678901234567890"_s, u"12345678901234567890"_s, false);
    row("number too fine", Number, u"0.1234567890123456789"_s, u"0.1234567890123456789"_s, false);
    row("boolean", Boolean, u"TRUE"_s, u"true"_s, true);
    row("boolean, other", Boolean, u"true"_s, u"false"_s, false);
    row("date", Date, u"2026-11-14"_s, u"2026-11-14"_s, true);
    row("date, with a time", Date, u"2026-11-14"_s, u"2026-11-14T00:00:00.000Z"_s, false);
}

void TestReconcile::echoes()
{
    QFETCH(int, type);
    QFETCH(QString, typed);
    QFETCH(QString, echo);
    QFETCH(bool, same);
    const IssueDraft draft = draftWith({ attribute(u"a"_s, static_cast<AttributeType>(type)), attribute(u"left"_s, AttributeType::String) },
                                       { { u"a"_s, typed }, { u"left"_s, u" "_s } });
    ListedIssuance listed;
    listed.templateId = draft.credentialTemplate.id.text;
    listed.attributes = { { u"a"_s, echo } };
    QCOMPARE(yoid::echoes(listed, draft), same);
    listed.attributes->insert(u"left"_s, u"x"_s);
    QVERIFY(!yoid::echoes(listed, draft));
    listed.attributes.reset();
    QVERIFY(!yoid::echoes(listed, draft));
    // A credential without a single value proves nothing.
    IssueDraft empty = draft;
    empty.values.clear();
    listed.attributes = QMap<QString, QString>();
    QVERIFY(!yoid::echoes(listed, empty));
}

void TestReconcile::alike()
{
    const AttributeDefinition mark = attribute(u"mark"_s, AttributeType::Number);
    const IssueDraft a = draftWith({ mark }, { { u"mark"_s, u"81.50"_s } });
    QVERIFY(looksTheSame(a, draftWith({ mark }, { { u"mark"_s, u"81.5"_s } })));
    QVERIFY(!looksTheSame(a, draftWith({ mark }, { { u"mark"_s, u"82"_s } })));
    QVERIFY(!looksTheSame(a, draftWith({ mark }, {})));
    QVERIFY(looksTheSame(a, draftWith({ mark }, { { u"mark"_s, u"12345678901234567890"_s } }))); // not to be told apart for certain
    IssueDraft other = a;
    other.credentialTemplate.id = { u"tpl-2"_s };
    QVERIFY(!looksTheSame(a, other));
}

QTEST_GUILESS_MAIN(TestReconcile)
#include "tst_reconcile.moc"
