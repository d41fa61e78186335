// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/session.h"
#include "app/flow/stepfacts.h"
#include "tests/unit/flow/trackedwork.h"
#include "tests/unit/net/apibench.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kOffer = "POST /credentials/issuance";
const QByteArray kDelivery = "POST /orgs/credentials";
const QByteArray kList = "GET /credentials";

/// A session on a platform that keeps what it makes and tells of it as it is told to.
struct AdoptionBench {
    AdoptionBench()
    {
        platform.always("POST /users", FakePlatform::json(201, R"({"data":{"email":"naledi.k@example.org","tempPassword":""}})"));
        platform.always(kDelivery, FakeTransport::reply(201));
        platform.tokenAnswer = HttpResult(FakeTransport::reply(
            200, R"({"access_token":"tok-0123456789abcdef","expires_in":86400,"token_type":"Bearer"})",
            { { "Content-Type", "application/json" },
              { "Date", QLocale::c().toString(clock.nowUtc(), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1() } }));
        platform.otherwise = [this](const QByteArray &route, const FakeTransport::Seen &seen) -> std::optional<HttpResult> {
            if (route == kOffer) {
                const QByteArray id = "made-" + QByteArray::number(++made);
                entries << R"({"id":")" + id + R"(","status":"offered","offerUri":"off:)" + id + R"(","createdAt":")"
                        + clock.nowUtc().toString(Qt::ISODateWithMs).toLatin1() + R"(","credentials":[{"id":"cred-)" + id
                        + R"(","credentialTemplateId":"tpl-1"}])"
                        + (echo ? ",\"attributes\":" + seen.body.mid(seen.body.indexOf("\"attributes\":") + 13).chopped(1) : QByteArray()) + "}";
                if (lose-- > 0)
                    return FakeTransport::failure(FailureKind::ConnectionLost, true);
                return FakePlatform::json(200, R"({"data":)" + entries.last() + "}");
            }
            if (route == kList)
                return list ? *list : FakePlatform::json(200, R"({"data":[)" + entries.join(',') + "]}");
            for (const QByteArray &entry : entries) {
                if (route.startsWith("GET /credentials/") && entry.startsWith(QByteArray(R"({"id":")" + route.mid(17) + R"(")")))
                    return FakePlatform::json(200, R"({"data":)" + entry + "}");
            }
            return std::nullopt;
        };
        open();
    }
    void open()
    {
        session.reset();
        session = std::make_unique<Session>(profile, line, clock, journal);
        session->setSecret(Secret("s3cr+t&value"));
    }
    void settle(std::chrono::milliseconds time = 1s) { clock.advance(time); }
    [[nodiscard]] QSet<QByteArray> offersHandedOver() const
    {
        QSet<QByteArray> offers;
        for (const FakeTransport::Seen &seen : platform.sent(kDelivery))
            offers.insert(seen.body);
        return offers;
    }

    FakeClock clock;
    FakeTransport line { &clock };
    FakePlatform platform { line };
    ScriptedJournal journal;
    Profile profile = FakePlatform::profile();
    QByteArrayList entries;
    std::optional<HttpResult> list;
    bool echo = true;
    int lose = 1;
    int made = 0;
    QObject context;
    std::unique_ptr<Session> session;
};

} // namespace

/// Going on with an offer in doubt, through a whole session (design decision 4).
class TestAdoption : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void provedIsAdopted();
    void provedAfterARestart();
    void notProvedIsAbandoned_data();
    void notProvedIsAbandoned();
    void twoOfOnePersonAreNotMixedUp();
    void aLineThatCannotBeWrittenIsKept();
    void closingWhileItIsProved();
    void goOnTwiceIsOnce();
};

void TestAdoption::provedIsAdopted()
{
    AdoptionBench bench;
    IssueFlow *const flow = bench.session->startIssue(sampleDraft());
    bench.settle(10s);
    QCOMPARE(flow->progress().offer, StageState::InDoubt);
    flow->goOn();
    bench.settle();
    QCOMPARE(flow->progress().offer, StageState::Done);
    QCOMPARE(flow->progress().issuanceId.text, u"made-1"_s);
    QCOMPARE(flow->progress().delivery, StageState::Done);
    QCOMPARE(flow->progress().unusedOffers, 0);
    QCOMPARE(bench.made, 1); // no second offer
    QCOMPARE(bench.journal.story().mid(3, 5),
             QStringList({ u"sent#1"_s, u"unknown#1"_s, u"offered#1"_s, u"deliveryIntent#1"_s, u"delivered#1"_s }));
    QCOMPARE(bench.journal.steps().at(5).facts.value(fact::evidence).toString(), u"echo"_s);
    QVERIFY(bench.platform.sent(kDelivery).first().body.contains("off:made-1"));
}

void TestAdoption::provedAfterARestart()
{
    AdoptionBench bench;
    IssueFlow *const flow = bench.session->startIssue(sampleDraft());
    const IntentId intent = flow->progress().intent;
    bench.settle(10s);
    bench.open();
    bench.session->recover();
    bench.settle(1h);
    QCOMPARE(bench.session->recovery().unfinished, QList<IntentId> { intent });
    QVERIFY(bench.platform.sent(kList).isEmpty());
    bench.session->goOnWithAll();
    bench.settle(1min);
    QCOMPARE(bench.made, 1);
    QCOMPARE(bench.offersHandedOver().size(), 1);
    QVERIFY(bench.journal.story().contains(u"delivered#1"_s));
}

void TestAdoption::notProvedIsAbandoned_data()
{
    QTest::addColumn<bool>("echo");
    QTest::addColumn<int>("listStatus");
    QTest::newRow("no echo") << false << 200;
    QTest::newRow("no list") << true << 404;
    QTest::newRow("failing list") << true << 500;
    QTest::newRow("empty list") << true << 204;
}

void TestAdoption::notProvedIsAbandoned()
{
    QFETCH(bool, echo);
    QFETCH(int, listStatus);
    AdoptionBench bench;
    bench.echo = echo;
    if (listStatus != 200)
        bench.list = FakePlatform::json(listStatus, "");
    IssueFlow *const flow = bench.session->startIssue(sampleDraft());
    bench.settle(10s);
    flow->goOn();
    bench.settle(5s);
    QCOMPARE(flow->progress().delivery, StageState::Done);
    QCOMPARE(flow->progress().issuanceId.text, u"made-2"_s);
    QCOMPARE(flow->progress().unusedOffers, 1);
    QCOMPARE(bench.offersHandedOver().size(), 1);
    QVERIFY(bench.journal.story().contains(u"abandoned#1"_s));
}

void TestAdoption::twoOfOnePersonAreNotMixedUp()
{
    AdoptionBench bench;
    bench.lose = 2;
    IssueFlow *const first = bench.session->startIssue(sampleDraft());
    bench.settle(10s);
    IssueDraft trial = sampleDraft();
    trial.reason = u"trial"_s; // else nobody is given two
    IssueFlow *const second = bench.session->startIssue(trial);
    bench.settle(10s);
    QCOMPARE(second->progress().offer, StageState::InDoubt);
    first->goOn();
    second->goOn();
    bench.settle(10s);
    QCOMPARE(first->progress().delivery, StageState::Done);
    QCOMPARE(second->progress().delivery, StageState::Done);
    QVERIFY(first->progress().issuanceId != second->progress().issuanceId);
    QCOMPARE(bench.offersHandedOver().size(), 2);
}

void TestAdoption::aLineThatCannotBeWrittenIsKept()
{
    AdoptionBench bench;
    IssueFlow *const flow = bench.session->startIssue(sampleDraft());
    bench.settle(10s);
    int refusals = 1;
    bench.journal.refuse = [&](const JournalStep &step) { return step.state == JournalState::Offered && refusals-- > 0; };
    flow->goOn();
    bench.settle(5s);
    QCOMPARE(flow->progress().offer, StageState::InDoubt);
    QCOMPARE(flow->progress().failure->kind, FailureKind::StorageFailed);
    QVERIFY(flow->progress().issuanceId.isEmpty()); // nothing is shown that is not on disk
    flow->goOn();
    bench.settle(5s);
    QCOMPARE(flow->progress().delivery, StageState::Done);
    QCOMPARE(bench.made, 1);
}

void TestAdoption::closingWhileItIsProved()
{
    for (const bool destroy : { false, true }) {
        AdoptionBench bench;
        IssueFlow *const flow = bench.session->startIssue(sampleDraft());
        bench.settle(10s);
        bench.line.hold(true);
        flow->goOn();
        bench.settle();
        QCOMPARE(bench.line.held(), 1);
        const qsizetype lines = bench.journal.steps().size();
        if (destroy)
            bench.session.reset();
        else
            bench.session->close();
        bench.line.hold(false);
        bench.line.releaseAll();
        bench.settle(1min);
        QCOMPARE(bench.journal.steps().size(), lines);
    }
}

void TestAdoption::goOnTwiceIsOnce()
{
    AdoptionBench bench;
    bench.echo = false;
    IssueFlow *const flow = bench.session->startIssue(sampleDraft());
    bench.settle(10s);
    flow->goOn();
    flow->goOn();
    bench.settle(0s);
    flow->goOn();
    bench.settle(5s);
    QCOMPARE(bench.made, 2);
    QCOMPARE(bench.platform.sent(kList).size(), 1);
}

QTEST_GUILESS_MAIN(TestAdoption)
#include "tst_adoption.moc"
