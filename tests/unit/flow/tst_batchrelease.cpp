// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/flow/batchdesk.h"
#include "tests/unit/store/sqlitebench.h"

#include <QtCore/QJsonDocument>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Call = ScriptedBatchStore::Call;

namespace {

QString wordOf(const Outcome<Done> &outcome)
{
    return outcome.ok() ? u"done"_s : QString(failureName(outcome.failure().kind) + u':' + outcome.failure().fields.join(u','));
}

QString released(BatchBench &bench, BatchDraft &draft, int count)
{
    QString word;
    draft.release(count, u"Thabo K."_s, &bench.asker, [&word](const Outcome<Done> &outcome) { word = wordOf(outcome); });
    (void)QTest::qWaitFor([&word] { return !word.isEmpty(); }, 20'000);
    return word;
}

DryRun rehearsed(BatchBench &bench, BatchDraft &draft)
{
    std::optional<DryRun> got;
    draft.rehearse(&bench.asker, [&got](const DryRun &run) { got = run; });
    (void)QTest::qWaitFor([&got] { return got.has_value(); }, 20'000);
    return got.value_or(DryRun());
}

} // namespace

/// Rehearsing, the word of release, and a batch in the place of another; and that a durable journal keeps all of it.
class TestBatchRelease final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRehearsalBuildsEverything();
    void aRehearsalWithoutDeliveryHasTwoCalls();
    void onlyTheReadyAreReleased();
    void aWrongCountIsRefused();
    void aBatchIsReleasedOnce();
    void nothingIsReleasedWhileItIsChecked();
    void anOpenTrialHoldsItBack();
    void aTrialCountsForItsOwnMatchingOnly();
    void aFullDiskReleasesNobody();
    void whoWasGivenOneMeanwhileStopsIt();
    void aRefreshMeanwhileHidesNobody();
    void whoIsGivenOneWhileItIsReleasedStopsIt();
    void aNewerOneWantsANewWord();
    void leavingItDoesNotStopTheRelease();
    void closingBeforeTheStoreHasItReleasesNobody();
    void whatIsBeingReleasedIsNotGivenUp();
    void aReplacementHasTheRepairedCells();
    void aHalfReplacementLeavesNothing();
    void forgettingFindsTheRowsOfADraft();
    void aRestartKeepsEverything();
};

void TestBatchRelease::aRehearsalBuildsEverything()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(5) + u"x@example.org,X,X,2026-03-02,none,\r\n"_s);
    QVERIFY(draft);
    const int calls = bench.store.calls.value(Call::PutRows) + bench.store.calls.value(Call::Release);
    const DryRun run = rehearsed(bench, *draft);
    QCOMPARE(run.people, 5);
    QCOMPARE(run.calls, 15);
    QCOMPARE(run.tooLarge, 0);
    QCOMPARE(run.example.person.email, u"youth1@example.org"_s);
    const QJsonObject body = QJsonDocument::fromJson(run.exampleBody).object();
    QVERIFY(!body.isEmpty());
    QVERIFY(run.exampleBody.contains("\"completed\":\"2026-03-02\""));
    QVERIFY(run.exampleBody.contains("\"finalMark\":51"));
    QVERIFY(run.bytes > 5 * run.exampleBody.size());
    QCOMPARE(bench.store.calls.value(Call::PutRows) + bench.store.calls.value(Call::Release), calls);
    QVERIFY(bench.memory.steps().isEmpty());
}

void TestBatchRelease::aRehearsalWithoutDeliveryHasTwoCalls()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    draft->setDeliver(false);
    QCOMPARE(rehearsed(bench, *draft).calls, 6);
}

void TestBatchRelease::onlyTheReadyAreReleased()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(4) + u"x@example.org,X,X,2026-03-02,none,\r\n"_s);
    QVERIFY(draft);
    draft->choose(1, RowChoice::Skip);
    const BatchId id = draft->head().id;
    QCOMPARE(released(bench, *draft, 3), u"done"_s);
    QCOMPARE(draft->head().phase, BatchPhase::Released);
    QCOMPARE(draft->head().toIssue, 3);
    QCOMPARE(draft->counts(), (BatchDraft::Counts { 3, 0, 0, 2 }));
    QTRY_COMPARE(bench.batches->find(id)->phase, BatchPhase::Released);
    const BatchHead head = bench.storedHeads().first();
    QCOMPARE(head.releasedBy, u"Thabo K."_s);
    QCOMPARE(head.releasedAt, bench.clock.nowUtc());
    QCOMPARE(head.stage, BatchStage::Release);
    QCOMPARE(head.toIssue, 3);
    QSet<QString> intents;
    for (const BatchRow &row : bench.storedRows(id)) {
        const bool isOut = row.number == 2 || row.number == 5;
        QCOMPARE(row.intent.isEmpty(), isOut);
        if (!isOut)
            intents.insert(row.intent.text);
    }
    QCOMPARE(intents.size(), 3);
    QCOMPARE(draft->classOf(0), RowClass::Ready);
    QCOMPARE(draft->classOf(4), RowClass::Skip);
    QCOMPARE(bench.storedRows(id).at(1).choice, RowChoice::Skip);
}

void TestBatchRelease::aWrongCountIsRefused()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(4));
    QVERIFY(draft);
    QCOMPARE(released(bench, *draft, 5), u"InvalidInput:count"_s);
    for (int i = 0; i < 4; ++i)
        draft->choose(i, RowChoice::Skip);
    QCOMPARE(released(bench, *draft, 0), u"InvalidInput:ready"_s);
    QCOMPARE(bench.store.calls.value(Call::Release), 0);
    QCOMPARE(bench.storedHeads().first().phase, BatchPhase::Draft);
}

void TestBatchRelease::aBatchIsReleasedOnce()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(2));
    QVERIFY(draft);
    QStringList words;
    const auto note = [&words](const Outcome<Done> &outcome) { words << wordOf(outcome); };
    draft->release(2, u"Thabo K."_s, &bench.asker, note);
    draft->release(2, u"Thabo K."_s, &bench.asker, note);
    draft->choose(0, RowChoice::Skip); // too late
    draft->repair(0, 1, u"Other"_s);
    QTRY_COMPARE(words.size(), 2);
    QVERIFY(words.contains(u"done"_s));
    QVERIFY(words.contains(u"InvalidInput:phase"_s));
    QCOMPARE(bench.store.calls.value(Call::Release), 1);
    draft->choose(0, RowChoice::Skip);
    draft->setSlipLanguage(u"fr"_s);
    QCOMPARE(draft->row(0).choice, RowChoice::None);
    QCOMPARE(draft->plan().slipLanguage, u"en"_s);
    draft->setStage(BatchStage::Report); // where one stands may change
    QTRY_COMPARE(bench.storedHeads().first().stage, BatchStage::Report);
    QCOMPARE(bench.storedHeads().first().phase, BatchPhase::Released);
}

void TestBatchRelease::nothingIsReleasedWhileItIsChecked()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(300));
    QVERIFY(draft);
    BatchMapping mapping = draft->plan().mapping;
    mapping.targets[5] = ColumnTarget::ignored();
    draft->setMapping(mapping);
    QCOMPARE(released(bench, *draft, 300), u"InvalidInput:check"_s);
    QVERIFY(BatchBench::isChecked(*draft));
    mapping.targets[4] = ColumnTarget {};
    draft->setMapping(mapping);
    QVERIFY(BatchBench::isChecked(*draft));
    QCOMPARE(released(bench, *draft, draft->counts().ready), u"InvalidInput:mapping"_s);
}

void TestBatchRelease::anOpenTrialHoldsItBack()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(2));
    QVERIFY(draft);
    draft->setCanary(IntentId::create(), false);
    QCOMPARE(released(bench, *draft, 2), u"InvalidInput:canary"_s);
    draft->waiveCanary();
    QCOMPARE(released(bench, *draft, 2), u"done"_s);
}

void TestBatchRelease::aTrialCountsForItsOwnMatchingOnly()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(2));
    QVERIFY(draft);
    draft->setCanary(IntentId::create(), true);
    BatchMapping mapping = draft->plan().mapping;
    mapping.targets[5] = ColumnTarget::ignored();
    draft->setMapping(mapping);
    QVERIFY(draft->plan().canary.isEmpty());
    QVERIFY(!draft->plan().canaryAccepted);
    draft->waiveCanary();
    mapping.targets[5] = ColumnTarget {};
    draft->setMapping(mapping);
    QVERIFY(!draft->plan().canaryWaived);
}

void TestBatchRelease::aFullDiskReleasesNobody()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(2));
    QVERIFY(draft);
    bench.store.refuse = [](Call call) { return call == Call::Release; };
    QCOMPARE(released(bench, *draft, 2), u"StorageFailed:"_s);
    QCOMPARE(draft->head().phase, BatchPhase::Draft);
    QVERIFY(draft->row(0).intent.isEmpty());
    bench.store.refuse = {};
    QCOMPARE(released(bench, *draft, 2), u"done"_s);
}

void TestBatchRelease::whoWasGivenOneMeanwhileStopsIt()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    (void)bench.issueEarlier(u"youth2@example.org"_s, JournalState::Accepted); // by hand, a moment ago
    QCOMPARE(draft->counts().ready, 3);
    QCOMPARE(released(bench, *draft, 3), u"InvalidInput:count"_s);
    QTRY_COMPARE(draft->counts().ready, 2);
    QCOMPARE(released(bench, *draft, 2), u"done"_s);
}

/// What a refresh finds while the rows are prepared was not seen by the operator when the word was said.
void TestBatchRelease::aRefreshMeanwhileHidesNobody()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(6000));
    QVERIFY(draft);
    (void)bench.issueEarlier(u"youth6000@example.org"_s, JournalState::Accepted);
    QCOMPARE(draft->counts().ready, 6000);
    bench.clock.advance(3s); // the refresh begins
    QCOMPARE(released(bench, *draft, 6000), u"InvalidInput:count"_s);
    QCOMPARE(bench.store.calls.value(Call::Release), 0);
    bench.clock.advance(3s);
    QTRY_COMPARE(draft->counts().ready, 5999);
    QCOMPARE(released(bench, *draft, 5999), u"done"_s);
}

void TestBatchRelease::whoIsGivenOneWhileItIsReleasedStopsIt()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(6000));
    QVERIFY(draft);
    QString word;
    draft->release(6000, u"Thabo K."_s, &bench.asker, [&word](const Outcome<Done> &outcome) { word = wordOf(outcome); });
    QTest::qWait(0); // the first row is prepared by now
    (void)bench.issueEarlier(u"youth1@example.org"_s, JournalState::Accepted);
    QVERIFY2(word.isEmpty(), "too fast for this test");
    QTRY_COMPARE(word, u"InvalidInput:count"_s);
    bench.clock.advance(3s);
    QTRY_COMPARE(draft->counts().ready, 5999);
}

/// "Issue again" was said about one credential; it does not stand for the next.
void TestBatchRelease::aNewerOneWantsANewWord()
{
    BatchBench bench;
    (void)bench.issueEarlier(u"youth1@example.org"_s, JournalState::Accepted);
    auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    draft->choose(0, RowChoice::IssueAgain);
    QCOMPARE(draft->counts().ready, 3);
    const BatchId id = draft->head().id;
    QTRY_COMPARE(bench.storedRows(id).at(0).choice, RowChoice::IssueAgain);
    draft.reset();
    draft = bench.open(id); // the word is kept with what it was about
    QVERIFY(draft);
    QCOMPARE(draft->counts().ready, 3);

    bench.clock.advance(1s);
    const IntentId newer = bench.issueEarlier(u"youth1@example.org"_s, JournalState::Accepted);
    QCOMPARE(draft->counts().ready, 3); // not looked at yet
    QCOMPARE(released(bench, *draft, 3), u"InvalidInput:count"_s);
    bench.clock.advance(3s);
    QTRY_COMPARE(draft->counts().ready, 2);
    QCOMPARE(draft->classOf(0), RowClass::LookAgain);
    QCOMPARE(draft->problems(0).first().earlier, newer);
    QTRY_COMPARE(bench.storedRows(id).at(0).choice, RowChoice::None);
    draft->choose(0, RowChoice::IssueAgain);
    QCOMPARE(released(bench, *draft, 3), u"done"_s);
}

void TestBatchRelease::leavingItDoesNotStopTheRelease()
{
    BatchBench bench;
    auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    const BatchId id = draft->head().id;
    bench.store.hold = true;
    QString word;
    draft->release(3, u"Thabo K."_s, &bench.asker, [&word](const Outcome<Done> &outcome) { word = wordOf(outcome); });
    draft.reset(); // the operator goes to another page
    QTRY_COMPARE(bench.store.calls.value(Call::Release), 1);
    draft = bench.batches->open(id); // and comes back
    QVERIFY(draft->isReleasing());
    QSignalSpy told(draft.get(), &BatchDraft::planChanged);
    bench.store.letGo();
    QTRY_COMPARE(word, u"done"_s);
    QVERIFY(!draft->isReleasing());
    QVERIFY(!told.isEmpty());
    QCOMPARE(draft->head().phase, BatchPhase::Released);

    // A refusal by the store is told, too.
    auto second = bench.draftOf(goodFile(2));
    QVERIFY(second);
    bench.store.refuse = [](Call call) { return call == Call::Release; };
    word.clear();
    second->release(2, u"Thabo K."_s, &bench.asker, [&word](const Outcome<Done> &outcome) { word = wordOf(outcome); });
    const BatchId other = second->head().id;
    const std::weak_ptr<BatchDraft> watched = second;
    second.reset();
    const auto again = bench.batches->open(other);
    QVERIFY(again == watched.lock());
    QVERIFY(again->isReleasing());
    QSignalSpy toldAgain(again.get(), &BatchDraft::planChanged);
    QTRY_COMPARE(word, u"StorageFailed:"_s);
    QVERIFY(!again->isReleasing());
    QCOMPARE(toldAgain.size(), 1);
    bench.store.refuse = {};
    QCOMPARE(released(bench, *again, 2), u"done"_s);
}

void TestBatchRelease::closingBeforeTheStoreHasItReleasesNobody()
{
    BatchBench bench;
    auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    const std::weak_ptr<BatchDraft> watched = draft;
    QString word;
    draft->release(3, u"Thabo K."_s, &bench.asker, [&word](const Outcome<Done> &outcome) { word = wordOf(outcome); });
    draft.reset();
    QVERIFY(!watched.expired());
    bench.stop();
    QVERIFY(watched.expired());
    QTRY_COMPARE(word, u"Cancelled:"_s);
    QCOMPARE(bench.storedHeads().first().phase, BatchPhase::Draft);
}

void TestBatchRelease::whatIsBeingReleasedIsNotGivenUp()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    QStringList words;
    const auto note = [&words](const Outcome<Done> &outcome) { words << wordOf(outcome); };
    draft->release(3, u"Thabo K."_s, &bench.asker, note);
    bench.batches->drop(draft->head().id, &bench.asker, note);
    QTRY_COMPARE(words.size(), 2);
    QCOMPARE(words, (QStringList { u"InvalidInput:"_s, u"done"_s }));
    QCOMPARE(bench.storedHeads().first().phase, BatchPhase::Released);
}

void TestBatchRelease::aReplacementHasTheRepairedCells()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(600));
    QVERIFY(draft);
    draft->repair(1, 1, u"Lerato"_s);
    draft->setCanary(IntentId::create(), true);
    const BatchId first = draft->head().id;
    std::optional<Outcome<BatchId>> made;
    const auto note = [&made](const Outcome<BatchId> &outcome) { made = outcome; };
    bench.batches->replace(first, { 1 }, {}, &bench.asker, note);
    QTRY_VERIFY(made);
    QCOMPARE(made->failure().kind, FailureKind::InvalidInput); // it is a draft itself
    QCOMPARE(released(bench, *draft, 600), u"done"_s);
    QTRY_COMPARE(bench.batches->find(first)->phase, BatchPhase::Released);
    QList<int> rows { 2, 3 };
    for (int row = 50; row <= 600; ++row)
        rows << row;
    made.reset();
    bench.batches->replace(first, rows, u"wrong course name"_s, &bench.asker, note);
    QTRY_VERIFY(made);
    QVERIFY(made->ok());
    const BatchHead head = *bench.batches->find(made->value());
    QCOMPARE(head.replaces, first);
    QCOMPARE(head.ordinal, 2);
    QCOMPARE(head.rows, 553);
    QCOMPARE(head.phase, BatchPhase::Draft);
    QCOMPARE(head.plan.reason, u"corrected"_s);
    QCOMPARE(head.plan.note, u"wrong course name"_s);
    QVERIFY(head.plan.canary.isEmpty());
    QCOMPARE(head.plan.mapping, draft->plan().mapping);
    const QList<BatchRow> copied = bench.storedRows(head.id);
    QCOMPARE(copied.size(), 553);
    QCOMPARE(copied.at(0).number, 1);
    QCOMPARE(copied.at(0).line, 3);
    QCOMPARE(copied.at(0).cells.at(1), u"Lerato"_s);
    QVERIFY(copied.at(0).repaired.isEmpty());
    QVERIFY(copied.at(0).intent.isEmpty());
    QCOMPARE(copied.last().cells.at(0), u"youth600@example.org"_s);
}

void TestBatchRelease::aHalfReplacementLeavesNothing()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    QCOMPARE(released(bench, *draft, 3), u"done"_s);
    QTRY_COMPARE(bench.batches->find(draft->head().id)->phase, BatchPhase::Released);
    bench.store.refuse = [](Call call) { return call == Call::Put; };
    std::optional<Outcome<BatchId>> made;
    const auto note = [&made](const Outcome<BatchId> &outcome) { made = outcome; };
    bench.batches->replace(draft->head().id, { 1, 2 }, {}, &bench.asker, note);
    QTRY_VERIFY(made);
    QCOMPARE(made->failure().kind, FailureKind::StorageFailed);
    QCOMPARE(bench.storedHeads().size(), 1);
    bench.store.refuse = {};
    made.reset();
    bench.batches->replace(draft->head().id, { 77 }, {}, &bench.asker, note);
    QTRY_VERIFY(made);
    QCOMPARE(made->failure().kind, FailureKind::InvalidInput);
    QCOMPARE(bench.storedHeads().size(), 1);
}

void TestBatchRelease::forgettingFindsTheRowsOfADraft()
{
    BatchBench bench;
    auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    const BatchId id = draft->head().id;
    const int before = bench.store.calls.value(Call::PutRows);
    draft->setStage(BatchStage::Check);
    QTRY_COMPARE(bench.store.calls.value(Call::PutRows), before + 1);
    (void)bench.storedHeads();
    draft.reset();
    Person person;
    person.email = u"youth2@example.org"_s;
    std::optional<Outcome<int>> forgotten;
    bench.journal.forgetPerson(personKeys(bench.journal, workOrigin(batchProfile()), person), &bench.asker,
                               [&forgotten](const Outcome<int> &outcome) { forgotten = outcome; });
    QTRY_VERIFY(forgotten);
    QVERIFY(forgotten->ok());
    const QList<BatchRow> rows = bench.storedRows(id);
    QCOMPARE(rows.size(), 3);
    QVERIFY(rows.at(1).cells.isEmpty());
    QVERIFY(!rows.at(2).cells.isEmpty());
}

void TestBatchRelease::aRestartKeepsEverything()
{
    SqliteBench disk;
    QVERIFY(disk.start());
    BatchId id;
    IntentId intent;
    {
        BatchBench bench(disk.journal.get());
        QVERIFY(bench.loaded());
        const auto draft = bench.draftOf(goodFile(700) + u"x@example.org,X,X,2026-03-02,none,\r\n"_s);
        QVERIFY(draft);
        id = draft->head().id;
        draft->repair(700, 4, u"66"_s);
        draft->choose(3, RowChoice::Skip);
        draft->setStage(BatchStage::Check);
    }
    QVERIFY(disk.start());
    {
        BatchBench bench(disk.journal.get());
        QVERIFY(bench.loaded());
        const auto draft = bench.open(id);
        QVERIFY(draft);
        QCOMPARE(draft->head().stage, BatchStage::Check);
        QCOMPARE(draft->rowCount(), 701);
        QCOMPARE(draft->row(700).text(4), u"66"_s);
        QCOMPARE(draft->row(700).cells.at(4), u"none"_s);
        QCOMPARE(draft->row(3).choice, RowChoice::Skip);
        QCOMPARE(draft->counts(), (BatchDraft::Counts { 700, 0, 0, 1 }));
        QCOMPARE(released(bench, *draft, 700), u"done"_s);
        intent = draft->row(0).intent;
        QVERIFY(!intent.isEmpty());
    }
    QVERIFY(disk.start());
    BatchBench bench(disk.journal.get());
    QVERIFY(bench.loaded());
    QCOMPARE(bench.batches->heads().size(), 1);
    QCOMPARE(bench.batches->heads().first().phase, BatchPhase::Released);
    const auto draft = bench.open(id);
    QVERIFY(draft);
    QCOMPARE(draft->row(0).intent, intent);
    QVERIFY(draft->row(3).intent.isEmpty());
    QCOMPARE(draft->counts().ready, 700);
    QCOMPARE(draft->personOf(0).email, u"youth1@example.org"_s);
}

QTEST_GUILESS_MAIN(TestBatchRelease)
#include "tst_batchrelease.moc"
