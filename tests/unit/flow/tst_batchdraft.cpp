// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/scriptedjournal.h"
#include "tests/unit/flow/batchdesk.h"

#include <QtCore/QTimer>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Call = ScriptedBatchStore::Call;
using Kind = RowProblem::Kind;

namespace {

QString fileOf(const QStringList &rows)
{
    return kHeader + u"\r\n"_s + rows.join(u"\r\n"_s) + u"\r\n"_s;
}

const RowProblem *problemOf(const QList<RowProblem> &problems, Kind kind)
{
    for (const RowProblem &problem : problems) {
        if (problem.kind == kind)
            return &problem;
    }
    return nullptr;
}

QString countsText(const BatchDraft::Counts &counts)
{
    return u"%1 ready, %2 fix, %3 look, %4 skip"_s.arg(counts.ready).arg(counts.fix).arg(counts.lookAgain).arg(counts.skip);
}

} // namespace

/// A batch while it is prepared: the check, repairs, decisions; and that every change is kept.
class TestBatchDraft final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsSorted();
    void aRepairIsLookedAtAtOnce();
    void aRepairConcernsTheTwin();
    void writingWhatWasThereTakesTheRepairBack();
    void oneWrongDomainIsRepairedEverywhere();
    void everySerialOfTheColumnTakesItsOwnDay();
    void manyRepairsAreCheckedElsewhere();
    void decisionsCount();
    void aDecisionForAllOfAKind();
    void somethingNewTakesTheDecisionBack();
    void theOrderOfDatesIsProved();
    void whatProvesTheOrderIsNamed();
    void theOrderOfDatesIsAsked();
    void theNewestMatchingWins();
    void whatIsChangedDuringACheckCounts();
    void whoHasOneIsFound();
    void aTrialIsNobodysCredential();
    void whatWasTakenBackInTheReplacedBatchIsNoReason();
    void recordsThatComeLaterAreSeen();
    void withoutTheRecordsNothingIsSure();
    void everythingIsKept();
    void aBurstOfChangesIsFewCommits();
    void whatCannotBeSavedIsTriedAgain();
    void closingSavesTheRest();
    void theSameObjectWhileSomebodyHoldsIt();
    void aDraftOutlivesItsBatches();
    void aHundredThousandPeople();
};

void TestBatchDraft::everyRowIsSorted()
{
    BatchBench bench;
    const auto draft = bench.draftOf(fileOf({
        goodRow(1),
        u"j.okoro@gmial.com,J.,Okoro,2026-03-02,70,"_s,
        u"grace@example.org,Grace,W.,2026-02-31,66,"_s,
        u"sipho@example.org,Sipho,Ndlovu,2026-03-02,8l,"_s,
        goodRow(1),
        u"one@example.org,Neo,Mokoena,2026-03-02,60,"_s,
        u"one@example.org,Thato,Mokoena,2026-03-02,61,"_s,
        u",Nobody,Reachable,2026-03-02,61,"_s,
        u"short@example.org,Short"_s,
    }));
    QVERIFY(draft);
    QCOMPARE(draft->classOf(0), RowClass::Ready);
    QCOMPARE(kindsOf(draft->problems(1)), QStringList { u"typing"_s });
    QCOMPARE(kindsOf(draft->problems(2)), QStringList { u"notADay"_s });
    QCOMPARE(kindsOf(draft->problems(3)), QStringList { u"badValue"_s });
    QCOMPARE(kindsOf(draft->problems(4)), QStringList { u"duplicate"_s });
    QCOMPARE(kindsOf(draft->problems(6)), QStringList { u"sharedMailbox"_s });
    QCOMPARE(kindsOf(draft->problems(7)), QStringList { u"noIdentifier"_s });
    QCOMPARE(kindsOf(draft->problems(8)), QStringList { u"tooFewCells"_s });
    QCOMPARE(countsText(draft->counts()), u"2 ready, 4 fix, 2 look, 1 skip"_s);
    QCOMPARE(draft->rowsWithProblems(), (QList<int> { 1, 2, 3, 4, 6, 7, 8 }));
    QCOMPARE(draft->personOf(3).displayName(), u"Sipho Ndlovu"_s);
}

void TestBatchDraft::aRepairIsLookedAtAtOnce()
{
    BatchBench bench;
    const auto draft = bench.draftOf(fileOf({ goodRow(1), u"sipho@example.org,Sipho,Ndlovu,2026-03-02,8l,"_s }));
    QVERIFY(draft);
    QSignalSpy changed(draft.get(), &BatchDraft::rowChanged);
    draft->repair(1, 4, u"81"_s);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toInt(), 1);
    QVERIFY(!draft->isChecking());
    QCOMPARE(draft->classOf(1), RowClass::Ready);
    QCOMPARE(countsText(draft->counts()), u"2 ready, 0 fix, 0 look, 0 skip"_s);
    QVERIFY(draft->rowsWithProblems().isEmpty());
    QCOMPARE(draft->row(1).cells.at(4), u"8l"_s); // what the file said stays
    draft->repair(1, 4, u"nothing"_s);
    QCOMPARE(draft->classOf(1), RowClass::Fix);
    QCOMPARE(draft->rowsWithProblems(), QList<int> { 1 });
}

void TestBatchDraft::aRepairConcernsTheTwin()
{
    BatchBench bench;
    const auto draft = bench.draftOf(fileOf({ goodRow(1), goodRow(2), goodRow(1) }));
    QVERIFY(draft);
    QCOMPARE(draft->classOf(2), RowClass::Skip);
    QSignalSpy changed(draft.get(), &BatchDraft::rowChanged);
    draft->repair(0, 0, u"another@example.org"_s);
    QCOMPARE(draft->classOf(2), RowClass::Ready);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.last().first().toInt(), 2);
    draft->repair(0, 0, draft->row(2).text(0));
    QCOMPARE(draft->classOf(2), RowClass::Skip);
    QCOMPARE(countsText(draft->counts()), u"2 ready, 0 fix, 0 look, 1 skip"_s);
}

void TestBatchDraft::writingWhatWasThereTakesTheRepairBack()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(1));
    QVERIFY(draft);
    const QString before = draft->row(0).text(1);
    draft->repair(0, 1, u"Lerato"_s);
    QCOMPARE(draft->row(0).repaired.size(), 1);
    QSignalSpy changed(draft.get(), &BatchDraft::rowChanged);
    draft->repair(0, 1, before);
    QVERIFY(draft->row(0).repaired.isEmpty());
    QCOMPARE(changed.size(), 1);
    draft->repair(0, 1, before);
    QCOMPARE(changed.size(), 1);
    draft->repair(7, 1, before); // no such row, no such column
    draft->repair(0, -1, before);
    QCOMPARE(changed.size(), 1);
}

void TestBatchDraft::oneWrongDomainIsRepairedEverywhere()
{
    BatchBench bench;
    const auto draft = bench.draftOf(fileOf({ u"a@gmial.com,A,A,2026-03-02,70,"_s, u"b@gmial.com,B,B,2026-03-02,70,"_s,
                                              u"c@gmail.con,C,C,2026-03-02,70,"_s, u"d@gmial.com,D,D,2026-03-02,70,"_s }));
    QVERIFY(draft);
    QCOMPARE(draft->counts().lookAgain, 4);
    const RowProblem first = draft->problems(0).first();
    QCOMPARE(first.suggestion, u"a@gmail.com"_s);
    QCOMPARE(draft->similarCount(0, first), 3);
    draft->choose(3, RowChoice::Skip);
    QCOMPARE(draft->similarCount(0, first), 2);
    QCOMPARE(draft->applyToSimilar(0, first), 2);
    QCOMPARE(draft->row(1).text(0), u"b@gmail.com"_s);
    QCOMPARE(draft->row(2).text(0), u"c@gmail.con"_s);
    QCOMPARE(draft->row(3).text(0), u"d@gmial.com"_s);
    QCOMPARE(countsText(draft->counts()), u"2 ready, 0 fix, 1 look, 1 skip"_s);
}

void TestBatchDraft::everySerialOfTheColumnTakesItsOwnDay()
{
    BatchBench bench;
    const auto draft = bench.draftOf(fileOf({ u"a@example.org,A,A,45975,70,"_s, u"b@example.org,B,B,45976,70,"_s,
                                              u"c@example.org,C,C,2026-02-31,70,"_s }));
    QVERIFY(draft);
    const RowProblem *serial = problemOf(draft->problems(0), Kind::DateSerial);
    QVERIFY(serial);
    const RowProblem problem = *problemOf(draft->problems(0), Kind::DateSerial);
    QCOMPARE(draft->applyToSimilar(0, problem), 2);
    QCOMPARE(draft->row(0).text(3), u"2025-11-14"_s);
    QCOMPARE(draft->row(1).text(3), u"2025-11-15"_s);
    QCOMPARE(draft->row(2).text(3), u"2026-02-31"_s);
    QCOMPARE(countsText(draft->counts()), u"2 ready, 1 fix, 0 look, 0 skip"_s);
}

void TestBatchDraft::manyRepairsAreCheckedElsewhere()
{
    BatchBench bench;
    QStringList rows;
    for (int i = 0; i < 700; ++i)
        rows << u"p%1@gmial.com,A,A,2026-03-02,70,"_s.arg(i);
    const auto draft = bench.draftOf(fileOf(rows));
    QVERIFY(draft);
    QCOMPARE(draft->counts().lookAgain, 700);
    QSignalSpy checked(draft.get(), &BatchDraft::checked);
    QCOMPARE(draft->applyToSimilar(5, draft->problems(5).first()), 700);
    QVERIFY(draft->isChecking());
    QVERIFY(checked.wait());
    QVERIFY(!draft->isChecking());
    QCOMPARE(draft->counts().ready, 700);
}

void TestBatchDraft::decisionsCount()
{
    BatchBench bench;
    const auto draft = bench.draftOf(
        fileOf({ goodRow(1), u"one@example.org,Neo,M,2026-03-02,60,"_s, u"one@example.org,Thato,M,2026-03-02,61,"_s, goodRow(1) }));
    QVERIFY(draft);
    QCOMPARE(countsText(draft->counts()), u"2 ready, 0 fix, 1 look, 1 skip"_s);
    draft->choose(2, RowChoice::Keep);
    QCOMPARE(draft->classOf(2), RowClass::Ready);
    draft->choose(0, RowChoice::Skip);
    QCOMPARE(draft->rowsWithProblems(), (QList<int> { 0, 2, 3 })); // what is left out can be seen, and taken back
    QCOMPARE(countsText(draft->counts()), u"2 ready, 0 fix, 0 look, 2 skip"_s);
    draft->choose(0, RowChoice::None);
    QCOMPARE(draft->rowsWithProblems(), (QList<int> { 2, 3 }));
    draft->choose(3, RowChoice::Keep); // the same as row 0: nobody gets it twice
    QCOMPARE(countsText(draft->counts()), u"3 ready, 0 fix, 0 look, 1 skip"_s);
}

void TestBatchDraft::aDecisionForAllOfAKind()
{
    BatchBench bench;
    const auto draft = bench.draftOf(fileOf({ u"one@example.org,Neo,M,2026-03-02,60,"_s, u"one@example.org,Thato,M,2026-03-02,61,"_s,
                                              u"two@example.org,Ayo,M,2026-03-02,60,"_s, u"two@example.org,Bayo,M,2026-03-02,61,"_s,
                                              u"x@gmial.com,A,A,2026-03-02,70,"_s }));
    QVERIFY(draft);
    QCOMPARE(draft->counts().lookAgain, 3);
    draft->choose(3, RowChoice::Skip);
    QSignalSpy changed(draft.get(), &BatchDraft::rowChanged);
    QCOMPARE(draft->chooseForSimilar(Kind::SharedMailbox, RowChoice::Keep), 1);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(draft->row(1).choice, RowChoice::Keep);
    QCOMPARE(draft->row(3).choice, RowChoice::Skip); // decided already
    QCOMPARE(draft->row(4).choice, RowChoice::None);
}

void TestBatchDraft::somethingNewTakesTheDecisionBack()
{
    BatchBench bench;
    const auto draft = bench.draftOf(
        fileOf({ goodRow(1), u"one@example.org,Neo,M,2026-03-02,60,"_s, u"one@example.org,Thato,M,2026-03-02,61,"_s }));
    QVERIFY(draft);
    draft->choose(2, RowChoice::Keep);
    draft->repair(2, 4, u"62"_s);
    QCOMPARE(draft->row(2).choice, RowChoice::Keep); // nothing new to look at
    draft->repair(2, 0, u"one@gmial.com"_s);
    QCOMPARE(draft->row(2).choice, RowChoice::None);
    QCOMPARE(draft->classOf(2), RowClass::LookAgain);
}

void TestBatchDraft::theOrderOfDatesIsProved()
{
    BatchBench bench;
    const auto draft = bench.draftOf(fileOf({ u"a@example.org,A,A,03/04/2026,70,"_s, u"b@example.org,B,B,14/03/2026,70,"_s }));
    QVERIFY(draft);
    QCOMPARE(draft->dateEvidence().dayFirst, 1);
    QCOMPARE(draft->dateEvidence().ambiguous, 1);
    QCOMPARE(draft->plan().mapping.dateOrder, std::optional(DateOrder::DayMonthYear));
    QVERIFY(draft->mappingProblems().isEmpty());
    QCOMPARE(draft->counts().ready, 2);
    BatchMapping wrong = draft->plan().mapping;
    wrong.dateOrder = DateOrder::MonthDayYear;
    draft->setMapping(wrong);
    QVERIFY(BatchBench::isChecked(*draft));
    QCOMPARE(draft->plan().mapping.dateOrder, std::optional(DateOrder::DayMonthYear)); // nobody can say what the file disproves
}

void TestBatchDraft::whatProvesTheOrderIsNamed()
{
    BatchBench bench;
    const auto draft = bench.draftOf(fileOf({ u"a@example.org,A,A,03/04/2026,70,"_s, u"b@example.org,B,B,14/03/2026,70,"_s,
                                              u"c@example.org,C,C,15/03/2026,70,"_s }));
    QVERIFY(draft);
    QCOMPARE(draft->dateProofs(), (QList<DateProof> { { DateOrder::DayMonthYear, 1, 3, u"14/03/2026"_s } }));
    draft->repair(2, 3, u"03/15/2026"_s);
    BatchMapping mapping = draft->plan().mapping;
    mapping.targets[5] = ColumnTarget::ignored();
    draft->setMapping(mapping); // the file is read anew
    QVERIFY(BatchBench::isChecked(*draft));
    QCOMPARE(draft->dateProofs(), (QList<DateProof> { { DateOrder::DayMonthYear, 1, 3, u"14/03/2026"_s },
                                                      { DateOrder::MonthDayYear, 2, 3, u"03/15/2026"_s } }));
    mapping.targets[3] = ColumnTarget::ignored();
    draft->setMapping(mapping);
    QVERIFY(BatchBench::isChecked(*draft));
    QVERIFY(draft->dateProofs().isEmpty());
}

void TestBatchDraft::theOrderOfDatesIsAsked()
{
    BatchBench bench;
    const auto draft = bench.draftOf(fileOf({ u"a@example.org,A,A,03/04/2026,70,"_s }));
    QVERIFY(draft);
    QCOMPARE(draft->mappingProblems().size(), 1);
    QCOMPARE(draft->mappingProblems().first().kind, MappingProblem::Kind::DateOrderUnknown);
    QCOMPARE(draft->dateEvidence().example, u"03/04/2026"_s);
    BatchMapping said = draft->plan().mapping;
    said.dateOrder = DateOrder::MonthDayYear;
    draft->setMapping(said);
    QVERIFY(BatchBench::isChecked(*draft));
    QVERIFY(draft->mappingProblems().isEmpty());
    QCOMPARE(draft->plan().mapping.dateOrder, std::optional(DateOrder::MonthDayYear));
    QCOMPARE(draft->counts().ready, 1);
}

void TestBatchDraft::theNewestMatchingWins()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3000));
    QVERIFY(draft);
    const BatchMapping right = draft->plan().mapping;
    BatchMapping wrong = right;
    wrong.targets[0] = ColumnTarget::ignored();
    QSignalSpy checked(draft.get(), &BatchDraft::checked);
    draft->setMapping(wrong);
    draft->setMapping(right);
    draft->setMapping(wrong);
    QVERIFY(BatchBench::isChecked(*draft));
    QCOMPARE(checked.size(), 1);
    QCOMPARE(draft->counts().fix, 3000);
    draft->setMapping(right);
    QVERIFY(BatchBench::isChecked(*draft));
    QCOMPARE(draft->counts().ready, 3000);
}

void TestBatchDraft::whatIsChangedDuringACheckCounts()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3000));
    QVERIFY(draft);
    BatchMapping mapping = draft->plan().mapping;
    mapping.targets[5] = ColumnTarget::ignored();
    draft->setMapping(mapping);
    QVERIFY(draft->isChecking());
    draft->repair(2, 4, u"eighty"_s);
    draft->choose(4, RowChoice::Skip);
    draft->repair(6, 0, draft->row(7).text(0));
    QVERIFY(draft->isChecking());
    QVERIFY(BatchBench::isChecked(*draft));
    QCOMPARE(draft->classOf(2), RowClass::Fix);
    QCOMPARE(draft->classOf(4), RowClass::Skip);
    QVERIFY(!draft->problems(7).isEmpty());
    QCOMPARE(draft->rowsWithProblems(), (QList<int> { 2, 4, 7 }));
}

void TestBatchDraft::whoHasOneIsFound()
{
    BatchBench bench;
    const IntentId issued = bench.issueEarlier(u"Youth1@example.org"_s, JournalState::Accepted);
    const IntentId revoked = bench.issueEarlier(u"youth2@example.org"_s, JournalState::Revoked);
    (void)bench.issueEarlier(u"youth3@example.org"_s, JournalState::Prepared); // nothing came of it
    const auto draft = bench.draftOf(goodFile(4));
    QVERIFY(draft);
    QCOMPARE(kindsOf(draft->problems(0)), QStringList { u"alreadyIssued"_s });
    QCOMPARE(draft->problems(0).first().earlier, issued);
    QCOMPARE(kindsOf(draft->problems(1)), QStringList { u"hadRevoked"_s });
    QCOMPARE(draft->problems(1).first().earlier, revoked);
    QCOMPARE(countsText(draft->counts()), u"2 ready, 0 fix, 2 look, 0 skip"_s);
    draft->choose(0, RowChoice::Keep);
    QCOMPARE(draft->classOf(0), RowClass::LookAgain); // two for one person need their own word
    draft->choose(0, RowChoice::IssueAgain);
    draft->choose(1, RowChoice::Keep);
    QCOMPARE(draft->counts().ready, 4);
    draft->repair(2, 0, u"YOUTH1@example.org"_s); // by a repair, too; and the row above it
    QVERIFY(kindsOf(draft->problems(2)).contains(u"alreadyIssued"_s));
}

void TestBatchDraft::aTrialIsNobodysCredential()
{
    BatchBench bench;
    (void)bench.issueEarlier(u"youth1@example.org"_s, JournalState::Accepted, {}, u"trial"_s);
    const auto draft = bench.draftOf(goodFile(2));
    QVERIFY(draft);
    QCOMPARE(draft->counts().ready, 2);
}

void TestBatchDraft::whatWasTakenBackInTheReplacedBatchIsNoReason()
{
    BatchBench bench;
    const auto first = bench.draftOf(goodFile(3));
    QVERIFY(first);
    const BatchId replaced = first->head().id;
    std::optional<Outcome<Done>> released;
    first->release(3, u"Thabo K."_s, &bench.asker, [&released](const Outcome<Done> &outcome) { released = outcome; });
    QTRY_VERIFY(released);
    QVERIFY(released->ok());
    (void)bench.issueEarlier(u"youth1@example.org"_s, JournalState::Revoked, replaced);
    (void)bench.issueEarlier(u"youth2@example.org"_s, JournalState::Accepted, replaced);
    (void)bench.issueEarlier(u"youth3@example.org"_s, JournalState::Revoked);
    std::optional<Outcome<BatchId>> made;
    bench.batches->replace(replaced, { 1, 2, 3 }, u"wrong course"_s, &bench.asker, [&made](const Outcome<BatchId> &outcome) { made = outcome; });
    QTRY_VERIFY(made);
    QVERIFY(made->ok());
    const auto second = bench.open(made->value());
    QVERIFY(second);
    QCOMPARE(second->classOf(0), RowClass::Ready);
    QCOMPARE(kindsOf(second->problems(1)), QStringList { u"alreadyIssued"_s }); // it still has that one
    QCOMPARE(kindsOf(second->problems(2)), QStringList { u"hadRevoked"_s });    // of something else
}

void TestBatchDraft::recordsThatComeLaterAreSeen()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    QCOMPARE(draft->counts().ready, 3);
    (void)bench.issueEarlier(u"youth2@example.org"_s, JournalState::Accepted);
    QSignalSpy checked(draft.get(), &BatchDraft::checked);
    bench.clock.advance(3s);
    QTRY_COMPARE(checked.size(), 1);
    QCOMPARE(kindsOf(draft->problems(1)), QStringList { u"alreadyIssued"_s });
    QCOMPARE(countsText(draft->counts()), u"2 ready, 0 fix, 1 look, 0 skip"_s);
}

void TestBatchDraft::withoutTheRecordsNothingIsSure()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    const BatchId id = draft->head().id;
    bench.stop();
    ScriptedJournal silent; // the records cannot be read for now
    silent.reported = JournalStatus { JournalStatus::State::Opening, JournalStatus::Reason::None, {} };
    bench.records = std::make_unique<RecordBook>(silent);
    bench.batches = std::make_unique<Batches>(bench.store, bench.journal, *bench.records, bench.clock);
    bench.batches->load();
    QVERIFY(bench.loaded());
    const auto again = bench.batches->open(id);
    QTRY_VERIFY(again->isLoaded());
    QTest::qWait(100); // the check on the pool ends; it must not be enough
    QVERIFY(again->isChecking());
    QCOMPARE(again->counts().ready, 0);
    silent.reported.reset();
    Q_EMIT silent.statusChanged(silent.status());
    QVERIFY(BatchBench::isChecked(*again));
    QCOMPARE(again->counts().ready, 3);
    bench.stop(); // before its journal
}

void TestBatchDraft::everythingIsKept()
{
    BatchBench bench;
    auto draft = bench.draftOf(fileOf({ goodRow(1), u"sipho@example.org,Sipho,Ndlovu,2026-03-02,8l,"_s,
                                        u"one@example.org,Neo,M,2026-03-02,60,"_s, u"one@example.org,Thato,M,2026-03-02,61,"_s }));
    QVERIFY(draft);
    const BatchId id = draft->head().id;
    draft->repair(1, 4, u"81"_s);
    draft->choose(3, RowChoice::Keep);
    draft->setDeliver(false);
    draft->setSlipLanguage(u"sw"_s);
    draft->setStage(BatchStage::Check);
    draft->setCanary({ u"trial-intent"_s }, true);
    const BatchPlan plan = draft->plan();
    QTRY_COMPARE(bench.storedHeads().first().plan, plan);
    QTRY_COMPARE(bench.storedRows(id).at(1).repaired.value(4), u"81"_s);
    draft.reset();
    QVERIFY(bench.restart());
    draft = bench.open(id);
    QVERIFY(draft);
    QCOMPARE(draft->plan(), plan);
    QCOMPARE(draft->head().stage, BatchStage::Check);
    QCOMPARE(draft->row(1).text(4), u"81"_s);
    QCOMPARE(draft->row(1).cells.at(4), u"8l"_s);
    QCOMPARE(draft->row(3).choice, RowChoice::Keep);
    QCOMPARE(draft->counts().ready, 4);
}

void TestBatchDraft::aBurstOfChangesIsFewCommits()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(300));
    QVERIFY(draft);
    const int before = bench.store.calls.value(Call::PutRows);
    const int heads = bench.store.calls.value(Call::Put);
    for (int i = 0; i < 150; ++i)
        draft->choose(i, RowChoice::Skip);
    draft->setDeliver(false);
    draft->setSlipLanguage(u"sw"_s);
    QTRY_COMPARE(bench.storedRows(draft->head().id).at(149).choice, RowChoice::Skip);
    QCOMPARE(bench.store.calls.value(Call::PutRows) - before, 1);
    QCOMPARE(bench.store.calls.value(Call::Put) - heads, 1);
}

void TestBatchDraft::whatCannotBeSavedIsTriedAgain()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    const BatchId id = draft->head().id;
    bench.store.refuse = [](Call call) { return call == Call::PutRows || call == Call::Put; };
    QSignalSpy failed(draft.get(), &BatchDraft::saveFailed);
    draft->choose(0, RowChoice::Skip);
    draft->setSlipLanguage(u"sw"_s);
    QTRY_COMPARE(failed.size(), 2);
    QCOMPARE(failed.first().first().value<Failure>().kind, FailureKind::StorageFailed);
    QCOMPARE(draft->row(0).choice, RowChoice::Skip);
    bench.store.refuse = {};
    draft->choose(1, RowChoice::Skip); // with the next change
    QTRY_COMPARE(bench.storedRows(id).at(1).choice, RowChoice::Skip);
    QCOMPARE(bench.storedRows(id).at(0).choice, RowChoice::Skip);
    QTRY_COMPARE(bench.storedHeads().first().plan.slipLanguage, u"sw"_s);

    bench.store.refuse = [](Call call) { return call == Call::PutRows; };
    draft->choose(2, RowChoice::Skip);
    QTRY_COMPARE(failed.size(), 3);
    bench.store.refuse = {};
    bench.clock.advance(6s); // and by itself
    QTRY_COMPARE(bench.storedRows(id).at(2).choice, RowChoice::Skip);
}

void TestBatchDraft::closingSavesTheRest()
{
    BatchBench bench;
    auto draft = bench.draftOf(goodFile(1200));
    QVERIFY(draft);
    const BatchId id = draft->head().id;
    for (int i = 0; i < 1200; ++i)
        draft->choose(i, RowChoice::Skip);
    draft->setStage(BatchStage::Rehearse);
    draft.reset(); // without one turn of the event loop
    const QList<BatchRow> rows = bench.storedRows(id);
    QVERIFY(std::all_of(rows.cbegin(), rows.cend(), [](const BatchRow &row) { return row.choice == RowChoice::Skip; }));
    QCOMPARE(bench.storedHeads().first().stage, BatchStage::Rehearse);
}

void TestBatchDraft::theSameObjectWhileSomebodyHoldsIt()
{
    BatchBench bench;
    auto draft = bench.draftOf(goodFile(2));
    QVERIFY(draft);
    const BatchId id = draft->head().id;
    QCOMPARE(bench.batches->open(id).get(), draft.get());
    draft->choose(0, RowChoice::Skip);
    draft.reset();
    draft = bench.batches->open(id);
    QVERIFY(!draft->isLoaded());
    QVERIFY(BatchBench::isChecked(*draft));
    QCOMPARE(draft->row(0).choice, RowChoice::Skip);
}

void TestBatchDraft::aDraftOutlivesItsBatches()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(300));
    QVERIFY(draft);
    const BatchId id = draft->head().id;
    draft->choose(0, RowChoice::Skip);
    draft->setMapping(BatchMapping());
    bench.stop();
    QCOMPARE(bench.storedRows(id).at(0).choice, RowChoice::Skip);
    draft->choose(1, RowChoice::Skip); // nothing happens any more, and nothing breaks
    draft->setSlipLanguage(u"sw"_s);
    QCOMPARE(draft->row(1).choice, RowChoice::None);
    QVERIFY(!draft->isChecking());
    QCOMPARE(bench.storedRows(id).at(1).choice, RowChoice::None);
}

/// How long this thread was held at most is printed, not judged: the machine may be busy.
void TestBatchDraft::aHundredThousandPeople()
{
    BatchBench bench;
    for (int i = 1; i <= 20; ++i)
        (void)bench.issueEarlier(u"youth%1@example.org"_s.arg(i * 4000), JournalState::Accepted);
    qint64 longest = 0;
    QElapsedTimer since;
    since.start();
    QTimer heart;
    heart.setInterval(0);
    connect(&heart, &QTimer::timeout, &heart, [&] { longest = std::max(longest, since.restart()); });
    const TableFile file = bench.csv(goodFile(100'000));
    const auto looked = bench.look(file);
    since.restart();
    heart.start();
    QElapsedTimer whole;
    whole.start();
    const auto ended = bench.end(bench.import(file, looked));
    QVERIFY(ended.batch);
    qInfo("imported in %lld ms, held for %lld ms at most", whole.restart(), std::exchange(longest, 0));
    const auto draft = bench.open(*ended.batch);
    QVERIFY(draft);
    qInfo("opened and checked in %lld ms, held for %lld ms at most", whole.restart(), std::exchange(longest, 0));
    QCOMPARE(draft->counts().lookAgain, 20);
    QCOMPARE(draft->counts().ready, 99'980);
    draft->repair(50'000, 4, u"eighty"_s);
    qInfo("one repair: %lld ms", whole.elapsed());
    QCOMPARE(draft->counts().fix, 1);
}

QTEST_GUILESS_MAIN(TestBatchDraft)
#include "tst_batchdraft.moc"
