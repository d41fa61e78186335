// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/revokeflow.h"
#include "tests/unit/flow/trackedwork.h"
#include "tests/unit/net/apibench.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Phase = RevokeProgress::Phase;

namespace {

const QByteArray kBatch = "POST /credentials/revoke";
const QByteArray kInner = "POST /credentials/cred-1/revoke";
const QByteArray kOuter = "POST /credentials/iss-1/revoke";
const QByteArray kLook = "GET /credentials/iss-1";
const QByteArrayList kRungs { kBatch, kInner, kOuter };

HttpResult noRoute()
{
    return FakePlatform::json(404, R"({"statusCode":404,"message":"Cannot POST","error":"x"})");
}

HttpResult notFound()
{
    return FakePlatform::json(400, R"({"errors":[{"detail":"Issued Credential with id x not found"}]})");
}

HttpResult yes()
{
    return FakeTransport::reply(204);
}

HttpResult already()
{
    return FakePlatform::json(400, R"({"errors":[{"detail":"Issued Credential with id x is already revoked"}]})");
}

/// One issuing on the journal, a service that knows one rung, and a watch over both.
struct RevokeBench : ApiBench {
    explicit RevokeBench(JournalState from = JournalState::Accepted, const CredentialId &credential = { u"cred-1"_s })
    {
        intent = putWork(journal, profile, from, "iss-1", clock.nowUtc(), credential);
        settle();
        platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", "revoked")));
        platform.onRequest = [this](const QByteArray &route, const FakeTransport::Seen &seen) {
            if (seen.method != "POST")
                return;
            // I5: no request goes out before its own line is on the journal.
            const QList<JournalStep> steps = journal.steps();
            if (steps.last().state != JournalState::RevokeIntent || steps.last().attempt != seen.attempt)
                broken << "no intent before " + route;
            if (seen.requestId != intent.text)
                broken << "another request id";
        };
        before = journal.steps().size();
    }
    /// The ways below this one are unknown to the service.
    void knowsOnly(const QByteArray &rung)
    {
        if (rung != kBatch)
            platform.always(kBatch, noRoute());
        if (rung == kOuter)
            platform.always(kInner, notFound());
        platform.always(rung, yes());
    }
    void begin(RevokeReason reason = RevokeReason::WrongPerson, const QString &note = u"Naledi Khumalo asked"_s)
    {
        journal.readDetails(intent, &context, [&, reason, note](const Outcome<WorkDetails> &details) {
            flow = std::make_unique<RevokeFlow>(*api, journal, clock, profile, *details, reason, note, &ways);
            QObject::connect(flow.get(), &RevokeFlow::progressChanged, &context, [this](const RevokeProgress &progress) {
                shown << progress;
                checkShown(progress);
            });
            QObject::connect(flow.get(), &RevokeFlow::finished, &context, [this] { ++finished; });
            flow->start();
        });
        settle();
    }
    void run(std::chrono::milliseconds time = 20s)
    {
        begin();
        settle(time);
    }
    /// Nothing is shown that is not on the journal.
    void checkShown(const RevokeProgress &progress)
    {
        const JournalState last = journal.steps().last().state;
        const auto needs = [&](Phase phase, JournalState state) {
            if (progress.phase == phase && last != state && !progress.failure)
                broken << "shown before written: " + journalStateKey(state).toLatin1();
        };
        needs(Phase::Confirmed, JournalState::Revoked);
        needs(Phase::Accepted, JournalState::RevokeAccepted);
    }
    /// POSTs on the wire are the intents on the journal, each once; every one has its line after it.
    void audit() const
    {
        QList<int> onTheWire;
        for (const FakeTransport::Seen &seen : line.seen()) {
            if (seen.action == ActionKind::Revoke)
                onTheWire << seen.attempt;
        }
        QList<int> onTheJournal;
        const QList<JournalStep> steps = journal.steps();
        for (qsizetype i = 0; i < steps.size(); ++i) {
            if (i >= before && steps.at(i).state == JournalState::RevokeIntent) {
                onTheJournal << steps.at(i).attempt;
                if (!journal.refuse && i + 1 < steps.size())
                    QCOMPARE(steps.at(i + 1).attempt, steps.at(i).attempt);
            }
            const QByteArray facts = QJsonDocument(steps.at(i).facts).toJson();
            for (const char *const hidden : { "Naledi", "Khumalo", "tok-", "s3cr", "https" })
                QVERIFY2(!facts.contains(hidden), facts.constData()); // I9
        }
        QCOMPARE(onTheWire, onTheJournal);
        QCOMPARE(QSet<int>(onTheWire.begin(), onTheWire.end()).size(), onTheWire.size());
        QCOMPARE(broken, QByteArrayList());
        QVERIFY(finished <= 1);
    }
    [[nodiscard]] QStringList story() const { return journal.story().mid(before); }
    [[nodiscard]] Phase phase() const { return flow->progress().phase; }
    [[nodiscard]] int posts() const
    {
        return static_cast<int>(std::count_if(line.seen().begin(), line.seen().end(),
                                              [](const FakeTransport::Seen &seen) { return seen.action == ActionKind::Revoke; }));
    }

    ScriptedJournal journal;
    IntentId intent;
    RevokeWays ways;
    std::unique_ptr<RevokeFlow> flow;
    QList<RevokeProgress> shown;
    QByteArrayList broken;
    qsizetype before = 0;
    int finished = 0;
};

} // namespace

Q_DECLARE_METATYPE(yoid::HttpResult)
Q_DECLARE_METATYPE(yoid::RevokeProgress::Phase)

class TestRevokeFlow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWholeRoad_data();
    void theWholeRoad();
    void endings_data();
    void endings();
    void oldDialectBeginsAtTheLastRung();
    void theWinningRungIsRemembered();
    void aRememberedRungMayBeGone();
    void fromEveryState_data();
    void fromEveryState();
    void attemptsGoOn();
    void anEarlierTryWithoutAnAnswer();
    void oneOldTokenIsAnAttempt();
    void confirmedLater();
    void neverShownStaysAccepted();
    void aDoubtIsSettledByLooking();
    void intentThatCannotBeWrittenSendsNothing();
    void secondIntentThatCannotBeWritten();
    void resultThatCannotBeWritten_data();
    void resultThatCannotBeWritten();
    void noTokenIsNotSent();
    void anotherOriginIsRefused();
    void reasonInClearNoteSealed();
    void dropIsSilent();
    void reasonWords();
};

void TestRevokeFlow::theWholeRoad_data()
{
    QTest::addColumn<QByteArray>("rung");
    QTest::addColumn<QStringList>("story");
    QTest::newRow("batch") << kBatch << QStringList { u"revokeIntent#1"_s, u"revokeAccepted#1"_s, u"revoked#1"_s };
    QTest::newRow("single inner") << kInner
                                  << QStringList { u"revokeIntent#1"_s, u"revokeRefused#1"_s, u"revokeIntent#2"_s, u"revokeAccepted#2"_s,
                                                   u"revoked#1"_s };
    QTest::newRow("single outer") << kOuter
                                  << QStringList { u"revokeIntent#1"_s, u"revokeRefused#1"_s, u"revokeIntent#2"_s, u"revokeRefused#2"_s,
                                                   u"revokeIntent#3"_s, u"revokeAccepted#3"_s, u"revoked#1"_s };
}

void TestRevokeFlow::theWholeRoad()
{
    QFETCH(QByteArray, rung);
    QFETCH(QStringList, story);
    RevokeBench bench;
    bench.knowsOnly(rung);
    bench.run();
    QCOMPARE(bench.phase(), Phase::Confirmed);
    QVERIFY(bench.flow->progress().ended);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.story(), story);
    QCOMPARE(bench.shown.first().phase, Phase::Accepted); // first what the service said, then what was seen
    QCOMPARE(bench.platform.sent(kLook).size(), 1);
    const int calls = bench.platform.apiCalls();
    bench.settle(1h);
    QCOMPARE(bench.platform.apiCalls(), calls);
    bench.audit();
}

void TestRevokeFlow::endings_data()
{
    QTest::addColumn<QByteArray>("rung");
    QTest::addColumn<HttpResult>("ending");
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<QString>("state");
    const auto all = [&](const char *name, const HttpResult &ending, Phase phase, const QString &state) {
        const QByteArrayList names { "batch", "inner", "outer" };
        for (int i = 0; i < 3; ++i)
            QTest::addRow("%s %s", names.at(i).constData(), name) << kRungs.at(i) << ending << phase << state;
    };
    const QString accepted = u"revoked"_s;
    const QString refused = u"revokeRefused"_s;
    const QString unknown = u"revokeUnknown"_s;
    all("200", FakePlatform::json(200, R"({"data":{}})"), Phase::Confirmed, accepted);
    all("202 not JSON", FakeTransport::reply(202, "OK"), Phase::Confirmed, accepted);
    all("204", yes(), Phase::Confirmed, accepted);
    all("already revoked", already(), Phase::Confirmed, accepted);
    all("one 401", FakePlatform::json(401, "{}"), Phase::Confirmed, accepted);
    all("not revocable", FakePlatform::json(400, R"({"message":"Naledi's credential is not revocable"})"), Phase::Refused, refused);
    all("403", FakePlatform::json(403, "{}"), Phase::Refused, refused);
    all("409", FakePlatform::json(409, "{}"), Phase::Refused, refused);
    all("422", FakePlatform::json(422, "{}"), Phase::Refused, refused);
    all("429", FakePlatform::json(429, "{}"), Phase::Refused, refused);
    all("not sent", FakeTransport::failure(FailureKind::ConnectionRefused), Phase::NotSent, refused);
    all("no such host", FakeTransport::failure(FailureKind::NameNotFound), Phase::NotSent, refused);
    all("tls", FakeTransport::failure(FailureKind::TlsRefused), Phase::NotSent, refused);
    all("redirect", FakeTransport::failure(FailureKind::RedirectRefused), Phase::NotSent, refused);
    all("lost", FakeTransport::failure(FailureKind::ConnectionLost, true), Phase::InDoubt, unknown);
    all("deadline", FakeTransport::failure(FailureKind::Timeout, true), Phase::InDoubt, unknown);
    all("408", FakePlatform::json(408, ""), Phase::InDoubt, unknown);
    all("500", FakePlatform::json(500, "{}"), Phase::InDoubt, unknown);
    all("502", FakeTransport::reply(502, "<html>", { { "Content-Type", "text/html" } }), Phase::InDoubt, unknown);
    all("503", FakePlatform::json(503, "{}"), Phase::InDoubt, unknown);
    all("504", FakePlatform::json(504, ""), Phase::InDoubt, unknown);
    QTest::newRow("batch 400 not found") << kBatch << notFound() << Phase::Refused << refused;
    QTest::newRow("inner 404 no route") << kInner << noRoute() << Phase::Refused << refused;
    QTest::newRow("outer 404 no route") << kOuter << noRoute() << Phase::Refused << refused;
    QTest::newRow("outer 400 not found") << kOuter << notFound() << Phase::Refused << refused;
}

void TestRevokeFlow::endings()
{
    QFETCH(QByteArray, rung);
    QFETCH(HttpResult, ending);
    QFETCH(Phase, phase);
    QFETCH(QString, state);
    RevokeBench bench;
    bench.knowsOnly(rung);
    bench.platform.next(rung, ending);
    if (phase == Phase::InDoubt)
        bench.platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", "issued")));
    bench.run();
    QCOMPARE(bench.phase(), phase);
    QVERIFY(bench.flow->progress().ended);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.flow->progress().failure.has_value(), phase != Phase::Confirmed);
    QCOMPARE(journalStateKey(bench.journal.steps().last().state), state);
    bench.audit();
    if (phase == Phase::Confirmed)
        return;
    // Nothing goes out by itself; the operator asks again, and now it works. "Already revoked" is as good as a yes.
    const int posts = bench.posts();
    bench.settle(1h);
    QCOMPARE(bench.posts(), posts);
    bench.finished = 0;
    bench.platform.always(rung, already());
    bench.platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", "revoked")));
    bench.run();
    QCOMPARE(bench.phase(), Phase::Confirmed);
    QCOMPARE(bench.journal.steps().last().state, JournalState::Revoked);
    bench.audit();
}

void TestRevokeFlow::oldDialectBeginsAtTheLastRung()
{
    RevokeBench bench(JournalState::Accepted, {});
    bench.knowsOnly(kOuter);
    bench.run();
    QCOMPARE(bench.phase(), Phase::Confirmed);
    QCOMPARE(bench.posts(), 1);
    QCOMPARE(bench.platform.sent(kOuter).size(), 1);
    bench.audit();
}

void TestRevokeFlow::theWinningRungIsRemembered()
{
    RevokeBench first;
    first.knowsOnly(kInner);
    first.run();
    QCOMPARE(first.ways.value(workOrigin(first.profile)), RevokeRung::SingleInner);
    RevokeBench second;
    second.ways = first.ways;
    second.knowsOnly(kInner);
    second.run();
    QCOMPARE(second.phase(), Phase::Confirmed);
    QCOMPARE(second.posts(), 1);
    second.audit();
    RevokeBench elsewhere; // what another service knows says nothing about this one
    elsewhere.ways.insert(u"https://other|x|y"_s, RevokeRung::SingleOuter);
    elsewhere.knowsOnly(kBatch);
    elsewhere.run();
    QCOMPARE(elsewhere.posts(), 1);
    QCOMPARE(elsewhere.platform.sent(kBatch).size(), 1);
}

void TestRevokeFlow::aRememberedRungMayBeGone()
{
    for (const RevokeRung remembered : allRevokeRungs()) {
        for (const QByteArray &known : kRungs) {
            RevokeBench bench;
            bench.ways.insert(workOrigin(bench.profile), remembered);
            for (const QByteArray &rung : kRungs)
                bench.platform.always(rung, rung == known ? yes() : noRoute());
            if (known == kOuter)
                bench.platform.always(kInner, notFound());
            bench.run();
            QCOMPARE(bench.phase(), Phase::Confirmed);
            QCOMPARE(bench.ways.value(workOrigin(bench.profile)), allRevokeRungs().at(kRungs.indexOf(known)));
            QVERIFY(bench.posts() <= 3);
            bench.audit();
        }
    }
    RevokeBench none; // none is left: each was tried once
    none.ways.insert(workOrigin(none.profile), RevokeRung::SingleOuter);
    none.platform.always(kInner, notFound());
    none.run();
    QCOMPARE(none.phase(), Phase::Refused);
    QCOMPARE(none.posts(), 3);
    none.audit();
}

void TestRevokeFlow::fromEveryState_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<bool>("possible");
    using enum JournalState;
    for (const JournalState state : { Offered, Delivered, DeliveryFailed, DeliveryUnknown, Accepted, RevokeAccepted, RevokeRefused,
                                      RevokeUnknown, RevokeIntent })
        QTest::newRow(qPrintable(journalStateKey(state))) << static_cast<int>(state) << true;
    for (const JournalState state : { Prepared, Sent, Unknown, DeliveryIntent, Rejected, Failed, Expired })
        QTest::newRow(qPrintable(journalStateKey(state))) << static_cast<int>(state) << false;
}

void TestRevokeFlow::fromEveryState()
{
    QFETCH(int, state);
    QFETCH(bool, possible);
    RevokeBench bench(static_cast<JournalState>(state));
    bench.knowsOnly(kBatch);
    bench.run();
    QCOMPARE(bench.phase(), possible ? Phase::Confirmed : Phase::NotSent);
    QVERIFY(bench.flow->progress().ended);
    QCOMPARE(bench.posts(), possible ? 1 : 0);
    if (!possible) {
        QCOMPARE(bench.flow->progress().failure->kind, FailureKind::InvalidInput);
        QCOMPARE(bench.story(), QStringList());
    }
    bench.audit();

    RevokeBench done(JournalState::Revoked);
    done.run();
    QCOMPARE(done.phase(), Phase::Confirmed);
    QCOMPARE(done.platform.apiCalls(), 0);
}

void TestRevokeFlow::attemptsGoOn()
{
    RevokeBench bench;
    bench.platform.always(kBatch, FakePlatform::json(500, ""));
    bench.platform.always(kLook, FakePlatform::json(500, ""));
    for (int i = 1; i <= 3; ++i) {
        bench.finished = 0;
        bench.run();
        QCOMPARE(bench.phase(), Phase::InDoubt);
        QCOMPARE(bench.journal.steps().last().attempt, i);
        bench.audit();
    }
    QCOMPARE(bench.posts(), 3);
}

void TestRevokeFlow::anEarlierTryWithoutAnAnswer()
{
    RevokeBench bench(JournalState::RevokeIntent); // the program ended while the request was on its way
    bench.knowsOnly(kBatch);
    bench.platform.always(kBatch, already());
    bench.run();
    QCOMPARE(bench.phase(), Phase::Confirmed);
    QCOMPARE(bench.story(), QStringList({ u"revokeUnknown#1"_s, u"revokeIntent#2"_s, u"revokeAccepted#2"_s, u"revoked#1"_s }));
    bench.audit();
}

void TestRevokeFlow::oneOldTokenIsAnAttempt()
{
    RevokeBench bench;
    bench.knowsOnly(kBatch);
    bench.platform.next(kBatch, FakePlatform::json(401, "{}"));
    bench.run();
    QCOMPARE(bench.story(),
             QStringList({ u"revokeIntent#1"_s, u"revokeRefused#1"_s, u"revokeIntent#2"_s, u"revokeAccepted#2"_s, u"revoked#1"_s }));
    bench.audit();

    RevokeBench lasting;
    lasting.platform.always(kBatch, FakePlatform::json(401, R"({"message":"token already revoked"})"));
    lasting.run();
    QCOMPARE(lasting.phase(), Phase::Refused);
    QCOMPARE(lasting.flow->progress().failure->kind, FailureKind::Unauthorized);
    lasting.audit();
}

void TestRevokeFlow::confirmedLater()
{
    RevokeBench bench;
    bench.knowsOnly(kBatch);
    bench.platform.next(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", "issued")));
    bench.run(0ms);
    QCOMPARE(bench.phase(), Phase::Accepted);
    QVERIFY(!bench.flow->progress().ended);
    bench.settle(5s);
    QCOMPARE(bench.phase(), Phase::Confirmed);
    bench.audit();
}

void TestRevokeFlow::neverShownStaysAccepted()
{
    for (const QByteArray &inner : { QByteArray("issued"), QByteArray() }) {
        RevokeBench bench;
        bench.knowsOnly(kBatch);
        bench.platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", inner)));
        bench.run();
        QCOMPARE(bench.phase(), Phase::Accepted);
        QVERIFY(bench.flow->progress().ended);
        QCOMPARE(bench.flow->progress().failure, std::nullopt);
        QCOMPARE(bench.journal.steps().last().state, JournalState::RevokeAccepted);
        bench.audit();
    }
    RevokeBench dead;
    dead.knowsOnly(kBatch);
    dead.platform.always(kLook, FakePlatform::json(500, ""));
    dead.run();
    QCOMPARE(dead.phase(), Phase::Accepted);
    QVERIFY(dead.flow->progress().ended);
}

void TestRevokeFlow::aDoubtIsSettledByLooking()
{
    RevokeBench bench;
    bench.platform.always(kBatch, FakeTransport::failure(FailureKind::ConnectionLost, true));
    bench.run();
    QCOMPARE(bench.phase(), Phase::Confirmed); // it had been carried out
    QCOMPARE(bench.story(), QStringList({ u"revokeIntent#1"_s, u"revokeUnknown#1"_s, u"revoked#1"_s }));
    QCOMPARE(bench.shown.first().phase, Phase::InDoubt);
    bench.audit();
}

void TestRevokeFlow::intentThatCannotBeWrittenSendsNothing()
{
    RevokeBench bench;
    bench.knowsOnly(kBatch);
    bench.journal.refuse = [](const JournalStep &step) { return step.state == JournalState::RevokeIntent; };
    bench.run();
    QCOMPARE(bench.phase(), Phase::NotSent);
    QCOMPARE(bench.flow->progress().failure->kind, FailureKind::StorageFailed);
    QCOMPARE(bench.posts(), 0);
    bench.audit();
}

void TestRevokeFlow::secondIntentThatCannotBeWritten()
{
    RevokeBench bench;
    bench.knowsOnly(kInner);
    bench.journal.refuse = [](const JournalStep &step) { return step.state == JournalState::RevokeIntent && step.attempt == 2; };
    bench.run();
    QCOMPARE(bench.phase(), Phase::NotSent);
    QCOMPARE(bench.posts(), 1);
    QCOMPARE(bench.story(), QStringList({ u"revokeIntent#1"_s, u"revokeRefused#1"_s }));
    bench.audit();
}

void TestRevokeFlow::resultThatCannotBeWritten_data()
{
    QTest::addColumn<HttpResult>("answer");
    QTest::newRow("yes") << yes();
    QTest::newRow("no") << FakePlatform::json(403, "{}");
    QTest::newRow("doubt") << FakePlatform::json(500, "");
}

void TestRevokeFlow::resultThatCannotBeWritten()
{
    QFETCH(HttpResult, answer);
    RevokeBench bench;
    bench.platform.next(kBatch, answer);
    bench.platform.always(kBatch, already());
    bench.journal.refuse = [](const JournalStep &step) {
        return step.state == JournalState::RevokeAccepted || step.state == JournalState::RevokeRefused
            || step.state == JournalState::RevokeUnknown;
    };
    bench.run();
    QCOMPARE(bench.phase(), Phase::InDoubt);
    QCOMPARE(bench.flow->progress().failure->kind, FailureKind::StorageFailed);
    QVERIFY(bench.flow->progress().ended);
    QCOMPARE(bench.journal.steps().last().state, JournalState::RevokeIntent);
    bench.journal.refuse = {};
    bench.finished = 0;
    bench.run(); // asked again, when there is room on the disk
    QCOMPARE(bench.phase(), Phase::Confirmed);
    bench.audit();
}

void TestRevokeFlow::noTokenIsNotSent()
{
    RevokeBench bench;
    bench.knowsOnly(kBatch);
    bench.platform.tokenAnswer = FakePlatform::json(401, R"({"error":"invalid_client"})");
    bench.run(3min);
    QCOMPARE(bench.phase(), Phase::NotSent);
    QCOMPARE(bench.story(), QStringList());
    QCOMPARE(bench.posts(), 0);
    bench.audit();
}

void TestRevokeFlow::anotherOriginIsRefused()
{
    RevokeBench bench;
    bench.knowsOnly(kBatch);
    const Profile own = bench.profile;
    for (const auto &change : std::initializer_list<std::function<void(Profile &)>> {
             [](Profile &profile) { profile.clientId = u"somebody-else"_s; },
             [](Profile &profile) { profile.credsUrl = QUrl(u"https://evil.example/me-creds/api"_s); },
             [](Profile &profile) { profile.id = ProfileId::create(); } }) {
        bench.profile = own;
        change(bench.profile);
        bench.finished = 0;
        bench.run();
        QCOMPARE(bench.phase(), Phase::NotSent);
        QCOMPARE(bench.flow->progress().failure->kind, FailureKind::InvalidInput);
        QCOMPARE(bench.platform.apiCalls(), 0);
        QCOMPARE(bench.story(), QStringList());
    }
}

void TestRevokeFlow::reasonInClearNoteSealed()
{
    RevokeBench bench;
    bench.knowsOnly(kInner);
    bench.run();
    for (const JournalStep &step : bench.journal.steps().mid(bench.before)) {
        if (step.state != JournalState::RevokeIntent) {
            QVERIFY(step.sealed.isEmpty());
            continue;
        }
        QCOMPARE(step.facts.value(fact::reason).toString(), u"wrongPerson"_s);
        QVERIFY(!step.facts.contains(fact::note));
        QCOMPARE(step.sealed.value(fact::note).toString(), u"Naledi Khumalo asked"_s);
    }
    std::optional<WorkRecord> record;
    bench.journal.readDetails(bench.intent, &bench.context, [&](const Outcome<WorkDetails> &details) { record = details->record; });
    bench.settle();
    QCOMPARE(record->reason, u"wrongPerson"_s);
    QCOMPARE(stageOf(*record), WorkStage::Revoked);
    QCOMPARE(record->credentialId.text, u"cred-1"_s); // what the look showed does not replace what was issued
}

void TestRevokeFlow::dropIsSilent()
{
    for (int letGo = 0; letGo < 3; ++letGo) {
        RevokeBench bench;
        bench.knowsOnly(kBatch);
        bench.line.hold(true);
        bench.begin();
        bench.settle();
        if (letGo > 0) { // the token
            bench.line.release();
            bench.settle();
        }
        if (letGo > 1) { // the request
            bench.line.release();
            bench.settle();
        }
        const qsizetype shown = bench.shown.size();
        bench.flow->drop();
        bench.line.releaseAll();
        bench.line.hold(false);
        bench.settle(1min);
        QCOMPARE(bench.shown.size(), shown);
        QCOMPARE(bench.finished, 0);
        bench.audit();
    }
}

void TestRevokeFlow::reasonWords()
{
    QSet<QString> keys;
    for (const RevokeReason reason : allRevokeReasons())
        keys.insert(revokeReasonKey(reason));
    QCOMPARE(keys.size(), 7);
    QVERIFY(!keys.contains(QString()));
    QCOMPARE(revokeReasonKey(RevokeReason::WrongPerson), u"wrongPerson"_s); // stored: never changed
}

QTEST_GUILESS_MAIN(TestRevokeFlow)
#include "tst_revokeflow.moc"
