// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/flow/batchbench.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using State = BatchProgress::State;

namespace {

struct World : BatchWorld {
    explicit World(int most = 1)
        : BatchWorld(CrashWorld::Kind::InMemory)
    {
        width = most;
        session->setBatchWidth(most);
    }
    /// Made in place of that batch, with these people of it.
    [[nodiscard]] BatchHead draftInPlaceOf(const BatchHead &earlier, const QList<int> &numbers, const QString &mail = {})
    {
        BatchHead head = headFor(0);
        head.replaces = earlier.id;
        head.plan.reason = u"corrected"_s;
        m_rows.clear();
        for (const int number : numbers) {
            BatchRow row = rowFor(static_cast<int>(m_rows.size()) + 1, mail.isEmpty() ? mailOf(number) : mail);
            row.line = number + 1;
            m_rows.append(row);
        }
        return create(head, m_rows);
    }
    [[nodiscard]] BatchHead releaseDraft(const BatchHead &draft) { return releaseRows(draft, m_rows); }
    [[nodiscard]] QList<int> closed() const
    {
        QList<int> numbers;
        for (const BatchRowProgress &row : run->rows()) {
            if (row.failure == FailureKind::Replaced)
                numbers << row.row;
        }
        return numbers;
    }

private:
    QList<BatchRow> m_rows;
};

} // namespace

/// "Nobody gets two offers": what a batch that was regretted, another batch or a single Issue may do to it.
class TestBatchTwice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoWasTakenOverIsLeftAlone();
    void whoIsInDoubtIsStillAskedAbout();
    void takenOverWhileTheRunIsLoaded();
    void takenOverWhileAtWork();
    void givenBackWhenTheDraftIsGivenUp();
    void takenOverInTheMiddle();
    void aForgottenSuccessorStillCounts();

    void givenByAnotherBatchMeanwhile_data();
    void givenByAnotherBatchMeanwhile();
    void givenByHandMeanwhile();
    void twoBatchesAtOnce();
    void byHandWhileTheBatchHasThem();
    void theBatchWhileByHand();
    void issuedAgainOnPurpose();
    void notOnPurposeForWhatCameLater();
    void anOfferInDoubtIsNotAdoptedBesideAnother();
    void fiveWhoHaveItHaltNobody();
    void whatWasTakenBackIsNoReason();
    void aTrialIsNoReason();
};

void TestBatchTwice::whoWasTakenOverIsLeftAlone()
{
    World world;
    const BatchHead first = world.release(world.headFor(4));
    const BatchHead anew = world.releaseDraft(world.draftInPlaceOf(first, { 1, 2, 4 }));
    for (const bool again : { false, true }) {
        world.session->recover();
        world.settle(1s);
        const QList<BatchHead> unfinished = world.session->unfinishedBatches();
        QCOMPARE(unfinished.size(), 1); // nobody is pressed to go on with the old one
        QCOMPARE(unfinished.constFirst().id, anew.id);
        world.open(first);
        world.settle(1s);
        QCOMPARE(world.closed(), (QList { 1, 2, 4 }));
        QVERIFY(world.run->retryable().isEmpty());
        world.run->retry({ 1, 2, 4 });
        world.run_();
        QCOMPARE(world.handedOver(), QStringList { BatchWorld::mailOf(3) });
        QCOMPARE(world.progress().state, State::Finished);
        QCOMPARE(world.progress().failed, 3);
        QCOMPARE(world.progress().delivered, 1);
        if (!again)
            world.restart();
    }
    QCOMPARE(world.storedHead(first.id)->phase, BatchPhase::Finished);
    world.open(anew);
    world.run_();
    QCOMPARE(world.handedOver(), (QStringList { BatchWorld::mailOf(1), BatchWorld::mailOf(2), BatchWorld::mailOf(3), BatchWorld::mailOf(4) }));
    world.auditPeople();
}

void TestBatchTwice::whoIsInDoubtIsStillAskedAbout()
{
    World world;
    world.platform.next(kOffer, lost());
    const BatchHead first = world.release(world.headFor(3));
    world.open(first);
    world.run_();
    QCOMPARE(world.progress().doubtful, 1);
    const BatchHead anew = world.releaseDraft(world.draftInPlaceOf(first, { 2, 3 }));
    world.restart();
    world.session->recover();
    world.settle(1s);
    QSet<BatchId> unfinished;
    for (const BatchHead &head : world.session->unfinishedBatches())
        unfinished.insert(head.id);
    QCOMPARE(unfinished, (QSet<BatchId> { first.id, anew.id }));
    world.open(first);
    world.run_();
    QCOMPARE(world.progress().doubtful, 0);
    QCOMPARE(world.session->unfinishedBatches().size(), 1);
}

void TestBatchTwice::takenOverWhileTheRunIsLoaded()
{
    World world;
    const BatchHead first = world.release(world.headFor(3));
    world.open(first);
    world.settle(1s);
    BatchRun *const old = world.run;
    QVERIFY(world.closed().isEmpty());
    const BatchHead draft = world.draftInPlaceOf(first, { 1, 3 });
    world.settle(1s);
    QCOMPARE(world.closed(), (QList { 1, 3 })); // from the moment that somebody says it was wrong
    QCOMPARE(world.progress().failed, 2);
    world.open(world.releaseDraft(draft));
    world.run_();
    world.run = old;
    world.run_();
    QCOMPARE(world.handedOver(), (QStringList { BatchWorld::mailOf(1), BatchWorld::mailOf(2), BatchWorld::mailOf(3) }));
    QCOMPARE(world.progress().delivered, 1);
    world.auditPeople();
}

void TestBatchTwice::takenOverWhileAtWork()
{
    World world;
    const BatchHead first = world.release(world.headFor(4));
    world.open(first);
    world.signIn();
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    QCOMPARE(world.line.held(), 1);
    const BatchHead draft = world.draftInPlaceOf(first, { 1, 2, 3 });
    world.settle(1s);
    world.line.hold(false);
    world.line.releaseAll();
    world.settleUntilRest();
    QCOMPARE(world.closed(), (QList { 1, 2, 3 }));
    QCOMPARE(world.handedOver(), QStringList { BatchWorld::mailOf(4) });
    QCOMPARE(world.service.offers.size(), 1); // the call on the wire was ended, and none followed it
    QCOMPARE(world.storedHead(first.id)->phase, BatchPhase::Released); // the draft may be given up
    world.open(world.releaseDraft(draft));
    world.run_();
    QCOMPARE(world.progress().delivered, 3);
    QCOMPARE(world.handedOver().size(), 4);
    world.auditPeople();
}

void TestBatchTwice::givenBackWhenTheDraftIsGivenUp()
{
    World world;
    const BatchHead first = world.release(world.headFor(3));
    BatchHead draft = world.draftInPlaceOf(first, { 1, 2, 3 });
    world.open(first);
    world.run_();
    QCOMPARE(world.posts, 0);
    QCOMPARE(world.closed().size(), 3);
    draft.phase = BatchPhase::Dropped;
    world.answer([&](auto then) { world.journal->batches().put(draft, &world.context, then); });
    world.settle(1s);
    QVERIFY(world.closed().isEmpty());
    QCOMPARE(world.progress().failed, 0);
    world.session->recover();
    world.settle(1s);
    QCOMPARE(world.session->unfinishedBatches().size(), 1);
    world.run_();
    QCOMPARE(world.progress().delivered, 3);
    QCOMPARE(world.storedHead(first.id)->phase, BatchPhase::Finished);
    world.auditPeople();
}

/// Somebody who has an account already, or whose offer was refused: neither start() nor retry() goes on with them.
void TestBatchTwice::takenOverInTheMiddle()
{
    World world;
    world.platform.next(kOffer, FakePlatform::json(422, R"({"message":"no such field"})"));
    const BatchHead first = world.release(world.headFor(2));
    world.open(first);
    world.run_();
    QCOMPARE(world.run->retryable(), QList { 1 });
    world.open(world.releaseDraft(world.draftInPlaceOf(first, { 1 })));
    world.run_();
    world.open(first);
    QVERIFY(world.run->retryable().isEmpty());
    QCOMPARE(world.run->rows().constFirst().offer, StageState::Failed);
    world.run->retry({ 1 });
    world.settleUntilRest();
    QCOMPARE(world.handedOver(), (QStringList { BatchWorld::mailOf(1), BatchWorld::mailOf(2) }));
    world.auditPeople();
}

/// Who it was in the corrected batch is not known any more, because they were forgotten by another address than stands here.
void TestBatchTwice::aForgottenSuccessorStillCounts()
{
    World world;
    const BatchHead first = world.release(world.headFor(2));
    world.open(world.releaseDraft(world.draftInPlaceOf(first, { 2 }, u"right@example.org"_s)));
    world.forget(u"right@example.org"_s);
    world.open(first);
    world.run_();
    QVERIFY(world.closed().contains(2));
    QVERIFY(!world.handedOver().contains(BatchWorld::mailOf(2)));
}

void TestBatchTwice::givenByAnotherBatchMeanwhile_data()
{
    QTest::addColumn<bool>("restart");
    QTest::newRow("in one day") << false;
    QTest::newRow("after a restart") << true;
}

/// Both were checked and released before either had begun.
void TestBatchTwice::givenByAnotherBatchMeanwhile()
{
    QFETCH(bool, restart);
    World world;
    const BatchHead first = world.release(world.headFor(3));
    const BatchHead second = world.release(world.headFor(2));
    world.open(first);
    world.run_();
    if (restart)
        world.restart();
    world.open(second);
    world.run_();
    QCOMPARE(world.handedOver(), (QStringList { BatchWorld::mailOf(1), BatchWorld::mailOf(2), BatchWorld::mailOf(3) }));
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 0);
    QCOMPARE(world.progress().failed, 2);
    for (const BatchRowProgress &row : world.run->rows())
        QCOMPARE(row.failure, std::optional(FailureKind::AlreadyGiven));
    const int posts = world.posts;
    world.run->retry({ 1, 2 });
    world.settleUntilRest();
    QCOMPARE(world.posts, posts);
    world.auditPeople();
}

void TestBatchTwice::givenByHandMeanwhile()
{
    World world;
    const BatchHead head = world.release(world.headFor(2));
    IssueDraft single = sampleDraft();
    single.person.email = u"P1@Example.org"_s;
    world.session->startIssue(single);
    world.settle(10s);
    world.open(head);
    world.run_();
    QCOMPARE(world.progress().delivered, 1);
    QCOMPARE(world.run->rows().constFirst().failure, std::optional(FailureKind::AlreadyGiven));
    QCOMPARE(world.service.deliveries.size(), 2);
}

/// The same people, in hand of both at the same moment.
void TestBatchTwice::twoBatchesAtOnce()
{
    for (const int most : { 1, 3 }) {
        World world(most);
        const BatchHead first = world.release(world.headFor(6));
        const BatchHead second = world.release(world.headFor(6));
        world.open(second);
        BatchRun *const other = world.run;
        world.open(first);
        world.settle(1s);
        world.signIn();
        world.line.hold(true);
        world.run->start();
        other->start();
        world.settle(0s);
        for (int i = 0; i < 500 && (world.run->isAtWork() || other->isAtWork()); ++i) {
            world.line.release();
            world.settle(10ms);
            if (world.line.held() == 0)
                world.clock.advance(1s);
        }
        world.line.hold(false);
        QVERIFY(!world.run->isAtWork() && !other->isAtWork());
        QStringList handed = world.handedOver();
        QCOMPARE(handed.size(), 6);
        QCOMPARE(handed.removeDuplicates(), 0);
        QCOMPARE(world.service.offers.size(), 6);
        QCOMPARE(world.progress().delivered + other->progress().delivered, 6);
        QCOMPARE(world.progress().failed + other->progress().failed, 6);
        QCOMPARE(world.broken, QByteArrayList());
    }
}

void TestBatchTwice::byHandWhileTheBatchHasThem()
{
    World world;
    world.open(world.release(world.headFor(1)));
    world.signIn();
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    QCOMPARE(world.line.held(), 1); // the account
    IssueDraft single = sampleDraft();
    single.person.email = BatchWorld::mailOf(1);
    IssueFlow *const flow = world.session->startIssue(single);
    world.settle(1s);
    QCOMPARE(flow->progress().account, StageState::Failed);
    QCOMPARE(flow->progress().failure->kind, FailureKind::AlreadyGiven);
    world.line.hold(false);
    world.line.releaseAll();
    world.settleUntilRest();
    flow->goOn();
    world.settle(10s);
    QCOMPARE(flow->progress().failure->kind, FailureKind::AlreadyGiven); // now it has been
    QCOMPARE(world.service.offers.size(), 1);
    QCOMPARE(world.handedOver(), QStringList { BatchWorld::mailOf(1) });
}

void TestBatchTwice::theBatchWhileByHand()
{
    World world;
    world.open(world.release(world.headFor(2)));
    world.settle(1s);
    world.signIn();
    world.line.hold(true);
    IssueDraft single = sampleDraft();
    single.person.email = BatchWorld::mailOf(1);
    world.session->startIssue(single);
    world.settle(1s);
    QCOMPARE(world.line.held(), 1);
    world.run->start();
    world.settle(1s);
    QCOMPARE(world.run->rows().constFirst().failure, std::optional(FailureKind::AlreadyGiven));
    world.line.hold(false);
    world.line.releaseAll();
    world.settleUntilRest();
    world.settle(10s);
    QCOMPARE(world.handedOver(), (QStringList { BatchWorld::mailOf(1), BatchWorld::mailOf(2) }));
    QCOMPARE(world.service.offers.size(), 2);
}

void TestBatchTwice::issuedAgainOnPurpose()
{
    World world;
    world.open(world.release(world.headFor(2)));
    world.run_();
    world.settle(1min);
    const BatchHead waiting = world.release(world.headFor(1));
    world.settle(1min);
    const BatchHead again = world.release(world.headFor(2), {}, RowChoice::IssueAgain);
    world.open(again);
    world.run_();
    QCOMPARE(world.progress().delivered, 2);
    QCOMPARE(world.handedOver().size(), 4);
    world.open(waiting); // knew nothing of that
    world.run_();
    QCOMPARE(world.progress().delivered, 0);
    QCOMPARE(world.handedOver().size(), 4);
}

void TestBatchTwice::notOnPurposeForWhatCameLater()
{
    World world;
    const BatchHead again = world.release(world.headFor(1), {}, RowChoice::IssueAgain);
    world.settle(1min);
    world.open(world.release(world.headFor(1)));
    world.run_();
    world.open(again);
    world.run_();
    QCOMPARE(world.progress().delivered, 0);
    QCOMPARE(world.run->rows().constFirst().failure, std::optional(FailureKind::AlreadyGiven));
    QCOMPARE(world.handedOver().size(), 1);
}

/// An offer that may have been made is handed over to nobody who has another one by now, whatever the service proves.
void TestBatchTwice::anOfferInDoubtIsNotAdoptedBesideAnother()
{
    World world;
    world.platform.next(kOffer, lost());
    const BatchHead first = world.release(world.headFor(1));
    const BatchHead second = world.release(world.headFor(1));
    world.open(first);
    world.run_();
    QCOMPARE(world.progress().doubtful, 1);
    world.open(second);
    world.run_();
    QCOMPARE(world.progress().delivered, 1);
    world.open(first);
    world.run_();
    QCOMPARE(world.progress().delivered, 0);
    QCOMPARE(world.run->rows().constFirst().offer, StageState::InDoubt);
    QCOMPARE(world.run->rows().constFirst().failure, std::optional(FailureKind::AlreadyGiven));
    QCOMPARE(world.handedOver().size(), 1);
    QCOMPARE(world.service.offers.size(), 1);
}

void TestBatchTwice::fiveWhoHaveItHaltNobody()
{
    World world;
    const BatchHead second = world.release(world.headFor(8));
    world.open(world.release(world.headFor(7)));
    world.run_();
    world.open(second);
    world.run_();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().failed, 7);
    QCOMPARE(world.progress().delivered, 1);
}

void TestBatchTwice::whatWasTakenBackIsNoReason()
{
    World world;
    const BatchHead first = world.release(world.headFor(1));
    world.open(first);
    world.run_();
    const IntentId issued = world.run->rows().constFirst().intent;
    JournalStep step = world.steps().constLast();
    QCOMPARE(step.intent, issued);
    step.facts = {};
    step.sealed = {};
    for (const JournalState state : { JournalState::RevokeIntent, JournalState::RevokeAccepted }) { // reading back does not show it yet
        step.state = state;
        step.attempt = 1;
        world.answer([&](auto then) { world.journal->append(step, &world.context, then); });
    }
    world.open(world.releaseDraft(world.draftInPlaceOf(first, { 1 })));
    world.run_();
    QCOMPARE(world.progress().delivered, 1);
    QCOMPARE(world.handedOver().size(), 2);
    QCOMPARE(world.details(world.run->rows().constFirst().intent).record.replaces, issued);
}

void TestBatchTwice::aTrialIsNoReason()
{
    World world;
    world.open(world.release(world.headFor(1)));
    IssueDraft trial = sampleDraft();
    trial.reason = u"trial"_s;
    trial.person.email = BatchWorld::mailOf(1);
    world.session->startIssue(trial);
    world.settle(10s);
    world.run_();
    QCOMPARE(world.progress().delivered, 1);
}

QTEST_GUILESS_MAIN(TestBatchTwice)
#include "tst_batchtwice.moc"
