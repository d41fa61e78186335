// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/staysawake.h"
#include "tests/unit/flow/batchbench.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using State = BatchProgress::State;

namespace {

struct Wide : BatchWorld {
    explicit Wide(int most = 4)
        : BatchWorld(CrashWorld::Kind::InMemory)
    {
        width = most;
        session->setBatchWidth(most);
    }
};

} // namespace

class TestBatchRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everybodyGetsOneOffer();
    void nothingIsSentBeforeStart();
    void belongsElsewhere();
    void neverMorePeopleThanTheWidth_data();
    void neverMorePeopleThanTheWidth();
    void byCodeOnlyNeedsNoDelivery();
    void refusedPeopleAreLeftAndRetried();
    void doubtfulPeopleAreSettledByTheNextStart();
    void aBadRowSendsNothing();
    void fiveEqualFailuresHalt();
    void tooManyRequestsWait();
    void busyServiceThatMayHaveActedIsNotAskedAgain();
    void lineAwayWaitsAndGoesOn_data();
    void lineAwayWaitsAndGoesOn();
    void signInPageIsNoLine();
    void certificateExpiresDuringABatch();
    void refusedSecretHalts();
    void aTokenThatEndsOftenInterruptsNobody();
    void stopFinishesThePeopleInHand();
    void pauseStopsAfterTheCall();
    void pauseWhileTheLineIsAway();
    void startWhileStoppingGoesOn();
    void journalThatTakesNoLineHalts();
    void pausedWhileTheJournalTakesNoLine();
    void anUndeliveredOfferIsNoEnd();
    void toldAtMostTenTimesASecond();
    void closingIsSilent();
    void acceptanceIsCounted();
    void knownAgainAfterARestart();
    void finishedPeopleLeaveNoFlows();
    void awakeWhileRunning();
    void aTrialCountsForNobody();
    void aReplacingBatchNamesWhatItReplaces();
};

void TestBatchRun::everybodyGetsOneOffer()
{
    Wide world;
    const BatchHead head = world.release(world.headFor(12), { 3, 7 });
    world.open(head);
    world.run_();
    QCOMPARE(world.ends.size(), 1);
    QCOMPARE(world.ends.constFirst().state, State::Finished);
    QCOMPARE(world.progress().people, 10);
    QCOMPARE(world.progress().accounts, 10);
    QCOMPARE(world.progress().offers, 10);
    QCOMPARE(world.progress().delivered, 10);
    QCOMPARE(world.progress().failed, 0);
    QCOMPARE(world.progress().doubtful, 0);
    QCOMPARE(world.progress().inHand, 0);
    QCOMPARE(world.service.deliveries.size(), 10);
    QVERIFY(world.progress().bytes >= 0);
    for (const BatchRowProgress &row : world.run->rows()) {
        QVERIFY(row.row != 3 && row.row != 7);
        QCOMPARE(row.person.email, BatchWorld::mailOf(row.row));
        QCOMPARE(row.delivery, StageState::Done);
        QCOMPARE(row.stage, std::optional(WorkStage::WaitingForYouth));
        QVERIFY(row.accountIsNew);
        QVERIFY(row.deliveredAt.isValid());
        const WorkRecord record = world.details(row.intent).record;
        QCOMPARE(record.batch, head.id);
        QCOMPARE(record.batchRow, row.row);
    }
    QCOMPARE(world.flickers, 0);
    const std::optional<BatchHead> kept = world.storedHead(head.id);
    QCOMPARE(kept->phase, BatchPhase::Finished);
    QCOMPARE(kept->delivered, 10);
    QVERIFY(kept->finishedAt.isValid());
    QVERIFY(world.session->unfinishedBatches().isEmpty());
    world.auditPeople();
}

void TestBatchRun::nothingIsSentBeforeStart()
{
    Wide world;
    world.open(world.release(world.headFor(3)));
    world.settle(1min);
    QVERIFY(world.run->isLoaded());
    QCOMPARE(world.run->rows().size(), 3);
    QCOMPARE(world.progress().state, State::Resting);
    QCOMPARE(world.posts, 0);
    QVERIFY(!world.run->isAtWork());
    QVERIFY(world.session->runsAtWork().isEmpty());
}

void TestBatchRun::belongsElsewhere()
{
    Wide world;
    const BatchHead draft = world.headFor(1);
    QCOMPARE(world.session->batchRun(draft), nullptr); // not released
    BatchHead other = world.headFor(1);
    other.phase = BatchPhase::Released;
    other.origin += u"x"_s;
    QCOMPARE(world.session->batchRun(other), nullptr);
    other = world.headFor(1);
    other.phase = BatchPhase::Released;
    other.profile = ProfileId::create();
    QCOMPARE(world.session->batchRun(other), nullptr);
    const BatchHead own = world.release(world.headFor(1));
    BatchRun *const run = world.session->batchRun(own);
    QVERIFY(run);
    QCOMPARE(world.session->batchRun(own), run);
    world.session->close();
    QCOMPARE(world.session->batchRun(world.release(world.headFor(1))), nullptr);
}

void TestBatchRun::neverMorePeopleThanTheWidth_data()
{
    QTest::addColumn<int>("width");
    for (const int width : { 1, 2, 3, 6 })
        QTest::addRow("%d", width) << width;
}

void TestBatchRun::neverMorePeopleThanTheWidth()
{
    QFETCH(int, width);
    Wide world(width);
    world.open(world.release(world.headFor(40)));
    world.line.hold(true);
    world.run->start();
    world.settle(0s);
    int most = 0;
    for (int i = 0; i < 1000 && world.run->isAtWork(); ++i) {
        most = std::max(most, world.line.held());
        QVERIFY(world.line.held() <= width);
        world.line.release();
        world.settle(10ms);
        if (world.line.held() == 0)
            world.clock.advance(1s);
    }
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(most, width); // and it does get there
    world.line.hold(false);
    world.auditPeople();
}

void TestBatchRun::byCodeOnlyNeedsNoDelivery()
{
    Wide world;
    BatchHead head = world.headFor(3);
    head.plan.deliverToWallet = false;
    world.open(world.release(head));
    world.run_();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 3);
    QCOMPARE(world.service.deliveries.size(), 0);
    QCOMPARE(world.service.offers.size(), 3);
    QCOMPARE(world.run->rows().constFirst().delivery, StageState::Skipped);
}

void TestBatchRun::refusedPeopleAreLeftAndRetried()
{
    Wide world(1);
    world.platform.next(kOffer, FakePlatform::json(422, R"({"message":"no such field"})"));
    const BatchHead head = world.release(world.headFor(4));
    world.open(head);
    world.run_();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 3);
    QCOMPARE(world.progress().failed, 1);
    const BatchRowProgress first = world.run->rows().constFirst();
    QCOMPARE(first.account, StageState::Done);
    QCOMPARE(first.offer, StageState::Failed);
    QCOMPARE(first.failure, std::optional(FailureKind::Rejected));
    QCOMPARE(first.failureText, u"no such field"_s);
    QCOMPARE(world.run->retryable(), QList { 1 });
    QCOMPARE(world.storedHead(head.id)->failed, 1);
    world.auditPeople();

    world.run_(); // the service has said no: start() leaves it
    QCOMPARE(world.service.offers.size(), 3);
    QCOMPARE(world.ends.size(), 2);
    world.run->retry({ 1, 2, 77 });
    world.settleUntilRest();
    QCOMPARE(world.progress().delivered, 4);
    QCOMPARE(world.progress().failed, 0);
    QVERIFY(world.run->retryable().isEmpty());
    QCOMPARE(world.service.deliveries.size(), 4);
    QCOMPARE(world.ends.size(), 3);
    QCOMPARE(world.storedHead(head.id)->failed, 0);
    world.auditPeople();
}

void TestBatchRun::doubtfulPeopleAreSettledByTheNextStart()
{
    Wide world(1);
    world.platform.next(kOffer, lost());
    const BatchHead head = world.release(world.headFor(3));
    world.open(head);
    world.run_();
    QCOMPARE(world.progress().state, State::Resting); // somebody is in doubt
    QCOMPARE(world.progress().delivered, 2);
    QCOMPARE(world.progress().doubtful, 1);
    QCOMPARE(world.progress().failed, 0);
    QCOMPARE(world.run->rows().constFirst().offer, StageState::InDoubt);
    QCOMPARE(world.storedHead(head.id)->phase, BatchPhase::Released);
    QCOMPARE(world.storedHead(head.id)->doubtful, 1);
    QCOMPARE(world.run->retryable(), QList { 1 });
    world.run_();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 3);
    QCOMPARE(world.progress().doubtful, 0);
    QCOMPARE(world.progress().unusedOffers, 1);
    QCOMPARE(world.storedHead(head.id)->phase, BatchPhase::Finished);
    world.auditPeople();
}

void TestBatchRun::aBadRowSendsNothing()
{
    Wide world(1);
    BatchHead head = world.headFor(7);
    head.plan.mapping.targets[1] = ColumnTarget::ignored(); // the required field is missing: a mistake further up
    world.open(world.release(head));
    world.run_();
    QCOMPARE(world.progress().state, State::Finished); // not halted: it is each person's own
    QCOMPARE(world.progress().failed, 7);
    QCOMPARE(world.run->rows().constFirst().failure, std::optional(FailureKind::InvalidInput));
    QCOMPARE(world.posts, 0);
}

void TestBatchRun::fiveEqualFailuresHalt()
{
    Wide world(1);
    world.platform.always(kOffer, FakePlatform::json(403, R"({"message":"no right"})"));
    const BatchHead head = world.release(world.headFor(20));
    world.open(head);
    world.run_();
    QCOMPARE(world.progress().state, State::Halted);
    QCOMPARE(world.progress().failure->kind, FailureKind::Forbidden);
    QCOMPARE(world.progress().failed, 5);
    QCOMPARE(world.platform.sent(kOffer).size(), 5); // not a doomed request more
    QCOMPARE(world.ends.size(), 1);
    QVERIFY(!world.run->isAtWork());
    QCOMPARE(world.run->retryable().size(), 5);
    QCOMPARE(world.storedHead(head.id)->phase, BatchPhase::Released);

    world.platform.always(kOffer, FakePlatform::json(200, issuanceBody("offered", "iss-x"))); // the right was given
    world.run_(0s);
    QVERIFY(world.progress().state != State::Halted);
    QVERIFY(!world.progress().failure);
}

void TestBatchRun::tooManyRequestsWait()
{
    Wide world(4);
    world.platform.next(kOffer, FakeTransport::reply(429, {}, { { "Retry-After", "90" } }));
    world.open(world.release(world.headFor(6)));
    world.run->start();
    world.settle(4s);
    QCOMPARE(world.progress().state, State::WaitingForLine);
    QVERIFY(world.run->isAtWork());
    QCOMPARE(world.progress().failure->kind, FailureKind::RateLimited);
    QVERIFY(world.progress().resumesAt > world.clock.nowUtc());
    QCOMPARE(world.progress().failed, 0);
    QVERIFY(world.progress().width < 4);
    const int posts = world.posts;
    world.session->lookAgain(); // patience was asked for
    world.settle(80s);
    QCOMPARE(world.posts, posts);
    world.settleUntilRest();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 6);
    QVERIFY(!world.progress().resumesAt.isValid());
    QCOMPARE(world.ends.size(), 1);
    world.auditPeople();
}

void TestBatchRun::busyServiceThatMayHaveActedIsNotAskedAgain()
{
    // 503 with Retry-After after the delivery: the person may have been told, and must not be told each time the gateway says so.
    Wide world(1);
    world.platform.always(kDelivery, FakeTransport::reply(503, {}, { { "Retry-After", "1" } }));
    world.open(world.release(world.headFor(1)));
    world.run->start();
    world.settleUntilRest();
    QVERIFY(!world.run->isAtWork());
    QCOMPARE(world.platform.sent(kDelivery).size(), 1);
    QCOMPARE(world.progress().doubtful, 1);
    QCOMPARE(world.run->retryable().size(), 1);
}

void TestBatchRun::lineAwayWaitsAndGoesOn_data()
{
    QTest::addColumn<FailureKind>("kind");
    QTest::addColumn<bool>("mayHaveExecuted");
    QTest::newRow("name not found") << FailureKind::NameNotFound << false;
    QTest::newRow("refused") << FailureKind::ConnectionRefused << false;
    QTest::newRow("proxy") << FailureKind::ProxyRefused << false;
    QTest::newRow("lost before it arrived") << FailureKind::ConnectionLost << false;
    QTest::newRow("lost") << FailureKind::ConnectionLost << true;
    QTest::newRow("timeout") << FailureKind::Timeout << true;
}

void TestBatchRun::lineAwayWaitsAndGoesOn()
{
    QFETCH(FailureKind, kind);
    QFETCH(bool, mayHaveExecuted);
    Wide world(4);
    world.open(world.release(world.headFor(30)));
    const auto whole = world.platform.otherwise;
    bool away = false;
    const HttpResult silence = FakeTransport::failure(kind, mayHaveExecuted);
    for (const QByteArray &route : { QByteArray("GET /users"), QByteArray("GET /templates/credentials") })
        world.platform.always(route, silence);
    int calls = 0;
    world.platform.otherwise = [&](const QByteArray &route, const FakeTransport::Seen &seen) -> std::optional<HttpResult> {
        if (++calls == 20)
            away = true;
        return away ? std::optional(silence) : whole(route, seen);
    };
    world.platform.always("GET /orgs/credentials", silence);
    world.run->start();
    world.settle(10min);
    QVERIFY(away);
    QCOMPARE(world.progress().state, State::WaitingForLine);
    QCOMPARE(world.progress().failure->kind, kind);
    QCOMPARE(world.progress().failed, 0);
    QVERIFY(world.progress().doubtful <= 4);
    QCOMPARE(world.ends.size(), 0);
    const int posts = world.posts;
    QVERIFY(posts <= 20 + 12); // the line is asked, people are not
    world.settle(1h);
    QCOMPARE(world.posts, posts);
    QCOMPARE(world.progress().inHand, 0);

    away = false;
    calls = 1000;
    for (const QByteArray &route : { QByteArray("GET /users"), QByteArray("GET /templates/credentials") })
        world.platform.always(route, FakePlatform::json(200, R"({"data":[]})"));
    world.platform.always("GET /orgs/credentials", FakeTransport::reply(404));
    world.session->lookAgain();
    world.settleUntilRest();
    QCOMPARE(world.ends.size(), 1);
    QCOMPARE(world.progress().delivered + world.progress().doubtful, 30);
    world.run_();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 30);
    world.auditPeople();
}

/// 4.2 no. 1 in a batch: somebody else answers for the service.
void TestBatchRun::signInPageIsNoLine()
{
    Wide world(1);
    const HttpResult page = FakeTransport::reply(200, "<html>Welcome to the hotel</html>", { { "Content-Type", "text/html" } });
    for (const QByteArray &route : { kAccount, kOffer, kDelivery, QByteArray("GET /users") })
        world.platform.always(route, page);
    world.open(world.release(world.headFor(20)));
    world.run->start();
    world.settle(20min);
    QCOMPARE(world.progress().state, State::WaitingForLine);
    QCOMPARE(world.progress().failure->kind, FailureKind::NotTheApi);
    QVERIFY(world.progress().doubtful <= 1);
}

/// 4.2 no. 28.
void TestBatchRun::certificateExpiresDuringABatch()
{
    Wide world(4);
    world.open(world.release(world.headFor(10)));
    const auto whole = world.platform.otherwise;
    int calls = 0;
    bool expired = true;
    world.platform.otherwise = [&](const QByteArray &route, const FakeTransport::Seen &seen) -> std::optional<HttpResult> {
        if (expired && ++calls > 9)
            return FakeTransport::failure(FailureKind::TlsRefused, false);
        return whole(route, seen);
    };
    world.run_();
    QCOMPARE(world.progress().state, State::Halted);
    QCOMPARE(world.progress().failure->kind, FailureKind::TlsRefused);
    QCOMPARE(world.progress().failed, 0);
    QCOMPARE(world.progress().doubtful, 0);
    const int posts = world.posts;
    world.settle(1h);
    QCOMPARE(world.posts, posts);
    expired = false;
    world.run_();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 10);
    world.auditPeople(0);
}

void TestBatchRun::refusedSecretHalts()
{
    Wide world(4);
    world.platform.tokenAnswer = FakePlatform::json(401, R"({"error":"invalid_client"})");
    world.open(world.release(world.headFor(10)));
    world.run_();
    QCOMPARE(world.progress().state, State::Halted);
    QCOMPARE(world.progress().failure->kind, FailureKind::SecretRefused);
    QCOMPARE(world.progress().failed, 0);
    QCOMPARE(world.posts, 0);
    world.platform.tokenAnswer.reset();
    world.session->setSecret(Secret("the new one"));
    world.run_();
    QCOMPARE(world.progress().delivered, 10);
    world.auditPeople();
}

void TestBatchRun::aTokenThatEndsOftenInterruptsNobody()
{
    Wide world(4);
    world.platform.tokenAnswer = FakePlatform::json(200, R"({"access_token":"tok-a","token_type":"Bearer","expires_in":10})");
    world.open(world.release(world.headFor(100)));
    world.line.hold(true);
    world.run->start();
    world.settle(0s);
    for (int i = 0; i < 5000 && world.run->isAtWork(); ++i) { // every answer takes a while
        world.clock.advance(1s);
        world.line.releaseAll();
    }
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().failed, 0);
    QCOMPARE(world.progress().delivered, 100);
    QVERIFY(world.session->tokenStatus().renewals > 2);
    world.line.hold(false);
    world.auditPeople();
}

void TestBatchRun::stopFinishesThePeopleInHand()
{
    Wide world(2);
    world.open(world.release(world.headFor(10)));
    world.signIn();
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    QCOMPARE(world.line.held(), 2);
    world.run->stop();
    QCOMPARE(world.progress().state, State::Stopping);
    QVERIFY(world.run->isAtWork());
    world.line.hold(false);
    world.line.releaseAll();
    world.settleUntilRest();
    QCOMPARE(world.progress().state, State::Resting);
    QCOMPARE(world.progress().delivered, 2);
    QCOMPARE(world.service.accounts.size(), 2);
    QCOMPARE(world.ends.size(), 1);
    world.run->stop(); // nothing to stop
    world.run_();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 10);
    QCOMPARE(world.ends.size(), 2);
    world.auditPeople();
}

void TestBatchRun::pauseStopsAfterTheCall()
{
    Wide world(2);
    world.open(world.release(world.headFor(10)));
    world.signIn();
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    world.run->pause();
    QCOMPARE(world.progress().state, State::Stopping);
    world.line.hold(false);
    world.line.releaseAll();
    world.settleUntilRest();
    QCOMPARE(world.progress().state, State::Resting);
    QCOMPARE(world.posts, 2); // what was on the wire, and nothing after it
    QCOMPARE(world.progress().accounts, 2);
    QCOMPARE(world.progress().offers, 0);
    QCOMPARE(world.progress().failed, 0);
    QCOMPARE(world.progress().doubtful, 0);
    QVERIFY(!world.run->rows().constFirst().failure);
    world.run_();
    QCOMPARE(world.progress().delivered, 10);
    QCOMPARE(world.service.offers.size(), 10);
    QCOMPARE(world.platform.sent(kAccount).size(), 10);
    world.auditPeople();
}

void TestBatchRun::pauseWhileTheLineIsAway()
{
    Wide world(1);
    world.platform.next(kAccount, notSent());
    world.platform.always("GET /users", notSent());
    world.open(world.release(world.headFor(3)));
    world.run->start();
    world.settle(5s);
    QCOMPARE(world.progress().state, State::WaitingForLine);
    world.run->pause();
    QCOMPARE(world.progress().state, State::Resting);
    QVERIFY(!world.progress().failure);
    QCOMPARE(world.ends.size(), 1);
    const int posts = world.posts;
    world.settle(1h);
    QCOMPARE(world.posts, posts);
    world.run_();
    QCOMPARE(world.progress().delivered, 3);
}

void TestBatchRun::startWhileStoppingGoesOn()
{
    for (const bool atOnce : { false, true }) {
        Wide world(2);
        world.open(world.release(world.headFor(10)));
        world.signIn();
        world.line.hold(true);
        world.run->start();
        world.settle(1s);
        if (atOnce)
            world.run->pause();
        else
            world.run->stop();
        world.run->start();
        world.run->start();
        QCOMPARE(world.progress().state, State::Running);
        world.line.hold(false);
        world.line.releaseAll();
        world.settleUntilRest();
        QCOMPARE(world.progress().state, State::Finished);
        QCOMPARE(world.progress().delivered, 10);
        QCOMPARE(world.ends.size(), 1);
        world.auditPeople();
    }
}

void TestBatchRun::journalThatTakesNoLineHalts()
{
    using enum JournalState;
    for (const JournalState state : { Prepared, AccountIntent, AccountReady, Sent, Offered, DeliveryIntent, Delivered }) {
        Wide world(2);
        world.open(world.release(world.headFor(10)));
        bool full = true;
        int lines = 0;
        world.journal->refuse = [&](const JournalStep &step) { return full && step.state == state && ++lines > 3; };
        world.run_();
        QCOMPARE(world.progress().state, State::Halted);
        QCOMPARE(world.progress().failure->kind, FailureKind::StorageFailed);
        QCOMPARE(world.ends.size(), 1);
        const int posts = world.posts;
        world.settle(1h);
        QCOMPARE(world.posts, posts);
        full = false;
        world.run_();
        QCOMPARE(world.progress().state, State::Finished);
        QCOMPARE(world.progress().delivered, 10);
        QCOMPARE(world.service.offers.size(), 10); // what was known and not written was not made anew
        world.auditPeople();
    }
}

void TestBatchRun::pausedWhileTheJournalTakesNoLine()
{
    Wide world(2);
    world.open(world.release(world.headFor(6)));
    world.signIn();
    bool full = false;
    world.journal->refuse = [&](const JournalStep &step) { return full && step.state == JournalState::AccountReady; };
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    full = true;
    world.run->pause();
    world.line.hold(false);
    world.line.releaseAll();
    world.settleUntilRest();
    full = false;
    world.run_();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 6);
    world.auditPeople();
}

void TestBatchRun::anUndeliveredOfferIsNoEnd()
{
    Wide world(1);
    const auto whole = world.platform.otherwise;
    world.platform.otherwise = [&](const QByteArray &route, const FakeTransport::Seen &seen) -> std::optional<HttpResult> {
        return route == kDelivery ? FakePlatform::json(401, "{}") : whole(route, seen); // also with new tokens: soon nothing is sent
    };
    const BatchHead head = world.release(world.headFor(4));
    world.open(head);
    world.run_();
    QCOMPARE(world.progress().delivered, 0);
    QCOMPARE(world.progress().failed, 4);
    QVERIFY(world.service.offers.size() < 4); // for the others, the journal has no refusal
    QCOMPARE(world.storedHead(head.id)->phase, BatchPhase::Released);
    world.platform.otherwise = whole;
    world.restart();
    world.session->recover();
    world.settle(1s);
    QCOMPARE(world.session->unfinishedBatches().size(), 1);
    world.open(head);
    world.run_();
    world.run->retry(world.run->retryable());
    world.settleUntilRest();
    QCOMPARE(world.progress().delivered, 4);
    QCOMPARE(world.storedHead(head.id)->phase, BatchPhase::Finished);
    QCOMPARE(world.service.offers.size(), 4);
}

void TestBatchRun::toldAtMostTenTimesASecond()
{
    Wide world(6);
    world.open(world.release(world.headFor(200)));
    QList<int> indexes;
    bool ascending = true;
    QObject::connect(world.run, &BatchRun::rowsChanged, &world.context, [&](const QList<int> &changed) {
        ascending = ascending && std::is_sorted(changed.cbegin(), changed.cend());
        indexes += changed;
    });
    world.line.hold(true);
    world.run->start();
    world.settle(0s);
    for (int i = 0; i < 5000 && world.run->isAtWork(); ++i) {
        world.line.release();
        world.clock.advance(7ms);
    }
    QCOMPARE(world.progress().state, State::Finished);
    QVERIFY(world.told.size() > 10);
    for (qsizetype i = 1; i + 1 < world.toldAt.size(); ++i) // the last one is told in any case
        QVERIFY2(world.toldAt.at(i) - world.toldAt.at(i - 1) >= 100, qPrintable(QString::number(i)));
    QCOMPARE(world.told.constLast(), world.progress());
    QCOMPARE(world.told.constLast(), world.ends.constLast());
    QVERIFY(ascending);
    QCOMPARE(QSet<int>(indexes.cbegin(), indexes.cend()).size(), 200);
    const bool rateWasKnown = std::any_of(world.told.cbegin(), world.told.cend(), [](const BatchProgress &told) {
        return told.perMinute > 0 && told.secondsLeft && told.line.word == LineQuality::Word::Good;
    });
    QVERIFY(rateWasKnown);
    world.line.hold(false);
    world.clock.advance(1min);
    const qsizetype before = world.told.size();
    world.clock.advance(1h);
    QCOMPARE(world.told.size(), before); // at rest nothing is told
}

void TestBatchRun::closingIsSilent()
{
    Wide world(3);
    world.open(world.release(world.headFor(10)));
    world.signIn();
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    const qsizetype told = world.told.size();
    const int posts = world.posts;
    world.session->close();
    QVERIFY(!world.run->isAtWork());
    world.line.hold(false);
    world.line.releaseAll();
    world.clock.advance(1h);
    world.run->start();
    world.run->retry({ 1 });
    world.run->pause();
    world.clock.advance(1h);
    QCOMPARE(world.told.size(), told);
    QCOMPARE(world.ends.size(), 0);
    QCOMPARE(world.posts, posts);
}

void TestBatchRun::acceptanceIsCounted()
{
    Wide world(4);
    world.session->recover();
    world.settle(1s);
    world.open(world.release(world.headFor(5)));
    world.run_();
    QCOMPARE(world.progress().accepted, 0);
    world.acceptAll();
    for (const BatchRowProgress &row : world.run->rows()) {
        QCOMPARE(row.acceptance, StageState::Working);
        world.session->checkNow(row.intent);
    }
    world.settle(1min);
    QCOMPARE(world.progress().accepted, 5);
    QCOMPARE(world.progress().delivered, 5);
    QCOMPARE(world.run->rows().constFirst().acceptance, StageState::Done);
    QCOMPARE(world.run->rows().constFirst().stage, std::optional(WorkStage::Accepted));
    world.audit(0);
}

void TestBatchRun::knownAgainAfterARestart()
{
    Wide world(1);
    world.platform.next(kOffer, FakePlatform::json(400, "{}"));
    world.platform.next(kDelivery, lost());
    const BatchHead head = world.release(world.headFor(6));
    world.open(head);
    world.run->start();
    world.settle(0s);
    world.settleUntilRest();
    const QList<BatchRowProgress> before = world.run->rows();
    world.restart();
    RecoveryReport report;
    QObject::connect(world.session.get(), &Session::recovered, &world.context, [&](const RecoveryReport &found) { report = found; });
    world.session->recover();
    world.settle(1s);
    QVERIFY(!report.needsOperator()); // the batch is asked about, not each of its people
    QCOMPARE(world.session->unfinishedBatches().size(), 1);
    QCOMPARE(world.session->unfinishedBatches().constFirst().id, head.id);
    world.session->goOnWithAll();
    world.settle(1min);
    const int posts = world.posts;
    world.open(head);
    world.settle(1s);
    QCOMPARE(world.progress().people, 6);
    QCOMPARE(world.progress().delivered, 4);
    QCOMPARE(world.progress().failed, 1);
    QCOMPARE(world.progress().doubtful, 1);
    QCOMPARE(world.posts, posts);
    for (qsizetype i = 0; i < before.size(); ++i) {
        BatchRowProgress known = world.run->rows().at(i);
        known.failureText = before.at(i).failureText;
        QCOMPARE(known.account, before.at(i).account);
        QCOMPARE(known.offer, before.at(i).offer);
        QCOMPARE(known.delivery, before.at(i).delivery);
        QCOMPARE(known.acceptance, before.at(i).acceptance);
        QCOMPARE(known.accountIsNew, before.at(i).accountIsNew);
        QCOMPARE(known.hasFirstPassword, before.at(i).hasFirstPassword);
        QCOMPARE(known, before.at(i));
    }
    world.run_();
    QCOMPARE(world.progress().delivered, 5);
    QCOMPARE(world.progress().state, State::Finished);
    world.auditPeople();
}

void TestBatchRun::finishedPeopleLeaveNoFlows()
{
    Wide world(6);
    world.open(world.release(world.headFor(300)));
    int most = 0;
    QObject::connect(world.run, &BatchRun::progressChanged, &world.context, [&] {
        most = std::max(most, static_cast<int>(world.session->findChildren<IssueFlow *>().size()));
    });
    world.run_();
    QCOMPARE(world.progress().delivered, 300);
    world.settle(1s);
    QVERIFY(most <= 20); // those in hand, and a few that wait for the event loop
    QCOMPARE(world.session->findChildren<IssueFlow *>().size(), 0);
    QCOMPARE(world.flickers, 0);
}

void TestBatchRun::awakeWhileRunning()
{
    struct Coffee final : StaysAwake {
        void hold(const QString &reason) override
        {
            held = !reason.isEmpty();
            ++holds;
        }
        void release() override { held = false; }
        bool held = false;
        int holds = 0;
    };
    Coffee coffee;
    Wide world(1);
    world.session->setStaysAwake(&coffee);
    world.open(world.release(world.headFor(3)));
    world.settle(1s);
    QVERIFY(!coffee.held);
    world.signIn();
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    QVERIFY(coffee.held);
    world.run->pause();
    QVERIFY(coffee.held); // a call is still on the wire
    world.line.hold(false);
    world.line.releaseAll();
    world.settleUntilRest();
    QVERIFY(!coffee.held);
    world.run_();
    QVERIFY(!coffee.held);
    QCOMPARE(coffee.holds, 2);
    world.open(world.release(world.headFor(3), {}, RowChoice::IssueAgain));
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    QVERIFY(coffee.held);
    world.session->close();
    QVERIFY(!coffee.held);
    world.session.reset();
}

void TestBatchRun::aTrialCountsForNobody()
{
    Wide world(1);
    IssueDraft trial = sampleDraft();
    trial.reason = u"trial"_s;
    world.session->startIssue(trial);
    world.settle(5s);
    QCOMPARE(world.service.deliveries.size(), 1);
    IssueDraft real = sampleDraft();
    qsizetype found = -1;
    world.session->issuedBefore(real, &world.context, [&](const QList<WorkRecord> &records) { found = records.size(); });
    world.settle(10s);
    QCOMPARE(found, 0);
    world.session->startIssue(real);
    world.settle(5s);
    IssueDraft again = sampleDraft();
    world.session->issuedBefore(again, &world.context, [&](const QList<WorkRecord> &records) { found = records.size(); });
    world.settle(10s);
    QCOMPARE(found, 1);
}

void TestBatchRun::aReplacingBatchNamesWhatItReplaces()
{
    Wide world(2);
    const BatchHead first = world.release(world.headFor(3), { 2 });
    world.open(first);
    world.run_();
    const QList<BatchRowProgress> before = world.run->rows();
    BatchHead anew = world.headFor(3);
    anew.replaces = first.id;
    anew.plan.reason = u"corrected"_s;
    world.open(world.release(anew, {}, RowChoice::IssueAgain)); // what they have cannot be taken back
    world.run_();
    QCOMPARE(world.progress().delivered, 3);
    const QList<BatchRowProgress> &after = world.run->rows();
    QCOMPARE(world.details(after.at(0).intent).record.replaces, before.at(0).intent);
    QCOMPARE(world.details(after.at(1).intent).record.replaces, IntentId()); // was left out the first time
    QCOMPARE(world.details(after.at(2).intent).record.replaces, before.at(1).intent);
    QCOMPARE(world.details(after.at(0).intent).record.reason, u"corrected"_s);
}

QTEST_GUILESS_MAIN(TestBatchRun)
#include "tst_batchrun.moc"
