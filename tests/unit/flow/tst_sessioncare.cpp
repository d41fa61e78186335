// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/session.h"
#include "tests/unit/flow/trackedwork.h"
#include "tests/unit/net/apibench.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Phase = RevokeProgress::Phase;

namespace {

const QByteArray kBatch = "POST /credentials/revoke";
const QByteArray kLook = "GET /credentials/iss-1";

/// A session over a journal that may outlive it, as after a restart.
struct CareBench {
    CareBench()
    {
        platform.always("POST /users", FakePlatform::json(201, R"({"data":{"email":"naledi.k@example.org","tempPassword":""}})"));
        platform.always("POST /credentials/issuance", FakePlatform::json(200, issuanceBody("offered")));
        platform.always("POST /orgs/credentials", FakeTransport::reply(201));
        platform.always(kLook, FakePlatform::json(200, issuanceBody("offered")));
        platform.always(kBatch, FakeTransport::reply(204));
        open();
    }
    void open()
    {
        session.reset();
        session = std::make_unique<Session>(profile, line, clock, journal);
        session->setSecret(Secret("s3cr+t&value"));
        QObject::connect(session.get(), &Session::revokeProgressChanged, &context, [this](const RevokeProgress &progress) { said << progress; });
    }
    void settle(std::chrono::milliseconds time = 0ms) { clock.advance(time); }
    [[nodiscard]] int sent(const QByteArray &route) const { return static_cast<int>(platform.sent(route).size()); }
    [[nodiscard]] JournalState state() const { return journal.steps().last().state; }

    FakeClock clock;
    FakeTransport line { &clock };
    FakePlatform platform { line };
    ScriptedJournal journal;
    Profile profile = FakePlatform::profile();
    QObject context;
    QList<RevokeProgress> said;
    std::unique_ptr<Session> session;
};

} // namespace

/// What a session does for work that is issued: taking back, and the polite refresh.
class TestSessionCare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesBackWhatItTracks();
    void twoClicksAreOneRevocation();
    void afterARefusalTheOfferIsWatchedOn();
    void aCallOnItsWayGoesFirst();
    void workThatIsNotHere();
    void aRevocationOnTheWireIsNotACrash();
    void goesOnAfterARestart();
    void closingIsSilent();
    void watchesOffersOfEarlierRuns();
    void theOffersOnTheScreenComeFirst();
    void checkNowReachesWhoeverLooks();
};

void TestSessionCare::takesBackWhatItTracks()
{
    for (const bool lookOnItsWay : { false, true }) {
        CareBench bench;
        bench.session->recover();
        IssueFlow *const flow = bench.session->startIssue(sampleDraft());
        bench.settle(1s);
        QCOMPARE(flow->progress().acceptance, StageState::Working);
        bench.line.hold(lookOnItsWay);
        bench.settle(12s);
        QCOMPARE(bench.line.held(), lookOnItsWay ? 1 : 0);
        // The look that comes next would find it revoked as well: it must not write in between.
        bench.platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", "revoked")));
        bench.line.hold(true);
        bench.session->revoke(flow->progress().intent, RevokeReason::WrongPerson, {});
        bench.settle(15s);
        bench.line.hold(false);
        bench.line.releaseAll();
        bench.settle(1min);
        QCOMPARE(bench.said.last().phase, Phase::Confirmed);
        QCOMPARE(bench.said.last().failure, std::nullopt);
        QCOMPARE(bench.journal.story().last(4),
                 QStringList({ u"delivered#1"_s, u"revokeIntent#1"_s, u"revokeAccepted#1"_s, u"revoked#1"_s }));
        QVERIFY(flow->progress().ended);
        QVERIFY(!flow->progress().failure); // the journal refused nothing
        const int looks = bench.sent(kLook);
        bench.settle(1h);
        QCOMPARE(bench.sent(kLook), looks);
    }
}

void TestSessionCare::twoClicksAreOneRevocation()
{
    CareBench bench;
    const IntentId intent = putWork(bench.journal, bench.profile, JournalState::Accepted, "iss-1", bench.clock.nowUtc());
    bench.settle();
    bench.platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", "revoked")));
    for (int click = 0; click < 5; ++click)
        bench.session->revoke(intent, RevokeReason::Other, {});
    bench.line.hold(true);
    bench.settle();
    bench.session->revoke(intent, RevokeReason::Other, {});
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(10s);
    QCOMPARE(bench.sent(kBatch), 1);
    QCOMPARE(bench.state(), JournalState::Revoked);
    bench.session->revoke(intent, RevokeReason::Other, {}); // done: nothing to send
    bench.settle(10s);
    QCOMPARE(bench.sent(kBatch), 1);
    QCOMPARE(bench.said.last().phase, Phase::Confirmed);
}

void TestSessionCare::afterARefusalTheOfferIsWatchedOn()
{
    CareBench bench;
    bench.session->recover();
    IssueFlow *const flow = bench.session->startIssue(sampleDraft());
    const IntentId intent = flow->progress().intent;
    bench.settle(1s);
    bench.platform.always(kBatch, FakePlatform::json(400, R"({"message":"Issued Credential with id cred-1 not found"})"));
    bench.session->revoke(intent, RevokeReason::WrongDetails, {});
    bench.settle(1s);
    QCOMPARE(bench.said.last().phase, Phase::Refused);
    QCOMPARE(bench.state(), JournalState::RevokeRefused);
    bench.platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", "issued")));
    bench.settle(1min);
    QCOMPARE(bench.state(), JournalState::Accepted);
}

void TestSessionCare::aCallOnItsWayGoesFirst()
{
    CareBench bench;
    bench.platform.always("POST /orgs/credentials", FakePlatform::json(500, ""));
    IssueFlow *const flow = bench.session->startIssue(sampleDraft());
    bench.settle(1s);
    QCOMPARE(flow->progress().delivery, StageState::InDoubt);
    bench.line.hold(true);
    flow->goOn();
    bench.settle();
    bench.line.release(); // the look before the repeat
    bench.settle();
    bench.session->revoke(flow->progress().intent, RevokeReason::Other, {});
    bench.settle();
    QCOMPARE(bench.said.last().phase, Phase::NotSent);
    QVERIFY(bench.said.last().ended);
    QCOMPARE(bench.state(), JournalState::DeliveryIntent);
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1s);
    bench.platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "offered", "revoked")));
    bench.session->revoke(flow->progress().intent, RevokeReason::Other, {});
    bench.settle(10s);
    QCOMPARE(bench.said.last().phase, Phase::Confirmed);
}

void TestSessionCare::workThatIsNotHere()
{
    CareBench bench;
    bench.session->revoke(IntentId::create(), RevokeReason::Other, {});
    bench.settle();
    QCOMPARE(bench.said.last().phase, Phase::NotSent);
    Profile other = bench.profile;
    other.clientId = u"somebody-else"_s;
    const IntentId foreign = putWork(bench.journal, other, JournalState::Accepted, "iss-1", bench.clock.nowUtc());
    bench.settle();
    bench.session->revoke(foreign, RevokeReason::Other, {});
    bench.session->checkNow(foreign);
    bench.settle(1min);
    QCOMPARE(bench.said.last().phase, Phase::NotSent);
    QCOMPARE(bench.said.last().intent, foreign);
    QCOMPARE(bench.platform.apiCalls(), 0);
    QCOMPARE(bench.state(), JournalState::Accepted);
}

/// Whoever reads the record meanwhile must not take the line of a request in flight for one that a crash left behind.
void TestSessionCare::aRevocationOnTheWireIsNotACrash()
{
    CareBench bench;
    const IntentId intent = putWork(bench.journal, bench.profile, JournalState::Accepted, "iss-1", bench.clock.nowUtc());
    bench.settle();
    bench.platform.always(kBatch, FakePlatform::json(400, R"({"message":"Issued Credential with id cred-1 not found"})"));
    bench.line.hold(true);
    bench.session->revoke(intent, RevokeReason::Misuse, {});
    bench.settle();
    bench.line.release(); // the token
    bench.settle();
    QCOMPARE(bench.state(), JournalState::RevokeIntent);
    Answer<IssueFlow *> taken;
    bench.session->takeUp(intent, &bench.context, taken.catcher());
    bench.settle();
    QVERIFY(taken.ok());
    taken.value()->goOn();
    Answer<Done> dropped;
    bench.session->drop(intent, &bench.context, dropped.catcher());
    bench.session->recover();
    bench.settle();
    QVERIFY(dropped.failedAs(FailureKind::InvalidInput));
    QCOMPARE(bench.state(), JournalState::RevokeIntent);
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1s);
    QCOMPARE(bench.said.last().phase, Phase::Refused);
    QCOMPARE(bench.journal.story().last(2), QStringList({ u"revokeIntent#1"_s, u"revokeRefused#1"_s }));
}

void TestSessionCare::goesOnAfterARestart()
{
    CareBench bench;
    const IntentId intent = putWork(bench.journal, bench.profile, JournalState::Accepted, "iss-1", bench.clock.nowUtc());
    bench.settle();
    bench.line.hold(true);
    bench.session->revoke(intent, RevokeReason::Misuse, {});
    bench.settle();
    bench.line.release(); // the token
    bench.settle();
    QCOMPARE(bench.state(), JournalState::RevokeIntent);
    bench.session.reset(); // in the middle of the call
    bench.line.hold(false);
    bench.settle(1s);
    const int before = bench.sent(kBatch);
    bench.platform.always(kBatch, FakePlatform::json(400, R"({"message":"already revoked"})"));
    bench.open();
    bench.session->recover();
    bench.settle(1s);
    QCOMPARE(bench.journal.story().at(7), u"revokeUnknown#1"_s);
    QCOMPARE(bench.sent(kBatch), before); // never by itself
    bench.platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", "issued")));
    bench.settle(1min);
    QCOMPARE(bench.state(), JournalState::RevokeUnknown);
    bench.session->revoke(intent, RevokeReason::Misuse, {});
    bench.settle(1s);
    QCOMPARE(bench.journal.story().last(2), QStringList({ u"revokeIntent#2"_s, u"revokeAccepted#2"_s }));
    bench.platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", "revoked")));
    bench.settle(1min);
    QCOMPARE(bench.state(), JournalState::Revoked); // the watcher confirms it
}

void TestSessionCare::closingIsSilent()
{
    for (const bool destroy : { false, true }) {
        CareBench bench;
        const IntentId intent = putWork(bench.journal, bench.profile, JournalState::Delivered, "iss-1", bench.clock.nowUtc());
        bench.settle();
        bench.session->recover();
        bench.line.hold(true);
        bench.session->revoke(intent, RevokeReason::Misuse, {});
        bench.settle(1s);
        const qsizetype said = bench.said.size();
        if (destroy)
            bench.session.reset();
        else
            bench.session->close();
        bench.line.hold(false);
        bench.line.releaseAll();
        bench.settle(1h);
        QCOMPARE(bench.said.size(), said);
        if (!destroy) {
            bench.session->revoke(intent, RevokeReason::Misuse, {});
            bench.session->checkNow(intent);
            bench.session->watchFirst({ intent });
            bench.settle(1h);
            QCOMPARE(bench.said.size(), said);
        }
    }
}

void TestSessionCare::watchesOffersOfEarlierRuns()
{
    CareBench bench;
    putWork(bench.journal, bench.profile, JournalState::Delivered, "iss-1", bench.clock.nowUtc());
    bench.settle();
    bench.session->recover();
    bench.settle(1min);
    QVERIFY(bench.sent(kLook) > 2);
    bench.platform.always(kLook, FakePlatform::json(200, lookBody("iss-1", "completed", "issued")));
    bench.settle(1min);
    QCOMPARE(bench.state(), JournalState::Accepted);
    for (const FakeTransport::Seen &seen : bench.line.seen())
        QVERIFY(seen.method == "GET" || seen.path().endsWith("/token")); // only looked
}

void TestSessionCare::theOffersOnTheScreenComeFirst()
{
    CareBench bench;
    QList<IntentId> intents;
    for (int i = 0; i < 200; ++i) {
        const QByteArray id = "old-" + QByteArray::number(i);
        intents << putWork(bench.journal, bench.profile, JournalState::Delivered, id, bench.clock.nowUtc().addSecs(-10'000));
        bench.platform.always("GET /credentials/" + id, FakePlatform::json(200, lookBody(id, "offered", "offered")));
    }
    bench.settle();
    bench.session->recover();
    bench.settle(5s);
    bench.session->watchFirst({ intents.at(150), intents.at(7) });
    bench.settle(3s);
    QVERIFY(bench.sent("GET /credentials/old-150") >= 1);
    QVERIFY(bench.sent("GET /credentials/old-7") >= 1);
}

void TestSessionCare::checkNowReachesWhoeverLooks()
{
    CareBench bench;
    bench.session->recover();
    IssueFlow *const flow = bench.session->startIssue(sampleDraft());
    bench.settle(1s);
    const int before = bench.sent(kLook);
    bench.session->checkNow(flow->progress().intent); // its own flow looks
    bench.settle(1s);
    QCOMPARE(bench.sent(kLook), before + 1);
    const IntentId accepted = putWork(bench.journal, bench.profile, JournalState::Accepted, "iss-2", bench.clock.nowUtc());
    bench.platform.always("GET /credentials/iss-2", FakePlatform::json(200, lookBody("iss-2", "completed", "revoked")));
    bench.settle();
    bench.session->checkNow(accepted); // revoked elsewhere, and nobody tracks it any more
    bench.settle(2s);
    QCOMPARE(bench.state(), JournalState::Revoked);
}

QTEST_GUILESS_MAIN(TestSessionCare)
#include "tst_sessioncare.moc"
