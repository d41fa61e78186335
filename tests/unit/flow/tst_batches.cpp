// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/flow/batchdesk.h"

#include <QtCore/QCryptographicHash>

using namespace yoid;
using namespace Qt::StringLiterals;
using Call = ScriptedBatchStore::Call;

/// Choosing a file, and its way into the store (reliability 4.2 nos. 55, 56, 69, 70).
class TestBatches final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileIsLookedAtElsewhere();
    void onlyTheLastLookAnswers();
    void aFileBecomesABatch();
    void blankLinesAreNobody();
    void whatWasImportedIsFoundAgain();
    void theMatchingIsRemembered();
    void aChangedFileIsRefused();
    void aPulledFileLeavesNothing();
    void aHalfFileLeavesNothing();
    void aFileWithoutPeople_data();
    void aFileWithoutPeople();
    void tooManyPeople();
    void cancellingLeavesNothing();
    void theReaderWaitsForTheStore();
    void aFullDiskLeavesNothing_data();
    void aFullDiskLeavesNothing();
    void closingInTheMiddleLeavesNothing();
    void aPowerCutLeavesNothing();
    void aBatchIsGivenUp();
    void aReleasedOneIsNotGivenUp();
    void aLateJournalIsReadWhenItIsThere();
};

void TestBatches::aFileIsLookedAtElsewhere()
{
    BatchBench bench;
    const TableFile file = bench.csv(goodFile(3));
    bool answered = false;
    TableOutcome<Batches::Looked> got = TableProblem {};
    bench.batches->lookAt(file, {}, &bench.asker, [&](const TableOutcome<Batches::Looked> &outcome) {
        answered = true;
        got = outcome;
    });
    QVERIFY(!answered);
    QTRY_VERIFY(answered);
    QVERIFY(std::holds_alternative<Batches::Looked>(got));
    const auto &looked = std::get<Batches::Looked>(got);
    QCOMPARE(looked.sample.headers.first(), u"Email"_s);
    QCOMPARE(looked.sample.rows.size(), 3);
    QCOMPARE(looked.hash, QCryptographicHash::hash(goodFile(3).toUtf8(), QCryptographicHash::Sha256));
}

void TestBatches::onlyTheLastLookAnswers()
{
    BatchBench bench;
    const TableFile first = bench.csv(goodFile(3), u"a.csv"_s);
    const TableFile second = bench.csv(goodFile(2), u"b.csv"_s);
    QList<qsizetype> answers;
    const auto note = [&answers](const TableOutcome<Batches::Looked> &outcome) {
        answers << std::get<Batches::Looked>(outcome).sample.rows.size();
    };
    bench.batches->lookAt(first, {}, &bench.asker, note);
    bench.batches->lookAt(second, {}, &bench.asker, note);
    QTRY_COMPARE(answers.size(), 1);
    QCOMPARE(answers.first(), 2);

    auto gone = std::make_unique<QObject>();
    bench.batches->lookAt(first, {}, gone.get(), note);
    gone.reset();
    QVERIFY(std::holds_alternative<Batches::Looked>(bench.look(second)));
    QCOMPARE(answers.size(), 1);
}

void TestBatches::aFileBecomesABatch()
{
    BatchBench bench;
    QVERIFY(bench.loaded());
    QSignalSpy changed(bench.batches.get(), &Batches::changed);
    const TableFile file = bench.csv(goodFile(1234));
    const auto looked = bench.look(file);
    BatchImport *const import = bench.import(file, looked);
    QList<int> progress;
    connect(import, &BatchImport::progressed, import, [&progress](int rows) { progress << rows; });
    const auto ended = bench.end(import);
    QVERIFY(ended.batch);
    QCOMPARE(progress, (QList<int> { 500, 1000, 1234 }));
    QCOMPARE(bench.batches->heads().size(), 1);
    const BatchHead head = bench.batches->heads().first();
    QCOMPARE(head.id, *ended.batch);
    QCOMPARE(head.ordinal, 1);
    QCOMPARE(head.rows, 1234);
    QCOMPARE(head.phase, BatchPhase::Draft);
    QCOMPARE(head.stage, BatchStage::Match);
    QCOMPARE(head.preparedBy, u"Lindiwe M."_s);
    QCOMPARE(head.origin, workOrigin(batchProfile()));
    QCOMPARE(head.environment, Environment::Test);
    QCOMPARE(head.templateName, u"Solar Installer L1"_s);
    QCOMPARE(head.fileHash, std::get<Batches::Looked>(looked).hash);
    QCOMPARE(head.plan.fileName, u"graduates.csv"_s);
    QCOMPARE(head.plan.mapping.columnOf(PersonField::Email), 0);
    QCOMPARE(head.plan.mapping.columnOf(u"completed"_s), 3);
    QVERIFY(changed.size() >= 1);
    const QList<BatchRow> rows = bench.storedRows(head.id);
    QCOMPARE(rows.size(), 1234);
    QCOMPARE(rows.last().number, 1234);
    QCOMPARE(rows.last().line, 1235);
    QCOMPARE(rows.last().cells.first(), u"youth1234@example.org"_s);
}

void TestBatches::blankLinesAreNobody()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(2) + u",,,,,\r\n , ,,,,\r\n"_s + goodRow(3) + u"\r\n,,,,,\r\n"_s);
    QVERIFY(draft);
    QCOMPARE(draft->rowCount(), 3);
    QCOMPARE(draft->row(2).number, 3);
    QCOMPARE(draft->row(2).line, 6);
}

void TestBatches::whatWasImportedIsFoundAgain()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    const QByteArray hash = draft->head().fileHash;
    const QString here = workOrigin(batchProfile());
    QCOMPARE(bench.batches->ofFile(hash, here).size(), 1);
    QVERIFY(bench.batches->ofFile(hash, workOrigin(batchProfile(u"other"_s))).isEmpty());
    QVERIFY(bench.batches->ofFile("another", here).isEmpty());
    const auto again = bench.draftOf(goodFile(3)); // nobody is kept from importing it twice
    QVERIFY(again);
    QCOMPARE(bench.batches->ofFile(hash, here).size(), 2);
    QCOMPARE(bench.batches->ofFile(hash, here).first().id, again->head().id);
    QVERIFY(bench.restart());
    QCOMPARE(bench.batches->ofFile(hash, here).size(), 2);
}

void TestBatches::theMatchingIsRemembered()
{
    BatchBench bench;
    const QString text = u"Column A,Column B,Completed,Final mark\r\nthabo,x,2026-03-04,81\r\n"_s;
    const auto first = bench.draftOf(text);
    QVERIFY(first);
    BatchMapping mapping = first->plan().mapping;
    QCOMPARE(mapping.columnOf(PersonField::Username), -1);
    mapping.targets[0] = ColumnTarget::to(PersonField::Username);
    mapping.targets[1] = ColumnTarget::ignored();
    mapping.dateOrder = DateOrder::MonthDayYear;
    first->setMapping(mapping);
    first->setSlipLanguage(u"fr"_s);
    QTRY_COMPARE(bench.batches->find(first->head().id)->plan.slipLanguage, u"fr"_s);
    QVERIFY(bench.restart());
    const auto second = bench.draftOf(u"Completed,Column B,Column A,Final mark\r\n03/04/2026,y,sipho,75\r\n"_s);
    QVERIFY(second);
    QCOMPARE(second->plan().mapping.columnOf(PersonField::Username), 2);
    QCOMPARE(second->plan().mapping.targets.at(1), ColumnTarget::ignored());
    QCOMPARE(second->plan().slipLanguage, u"fr"_s);
    QVERIFY2(!second->plan().mapping.dateOrder, "each file is asked anew");
    QVERIFY(second->dateEvidence().mustAsk());
    QCOMPARE(second->mappingProblems().size(), 1);
    QCOMPARE(second->mappingProblems().first().kind, MappingProblem::Kind::DateOrderUnknown);
}

void TestBatches::aChangedFileIsRefused()
{
    BatchBench bench;
    const TableFile file = bench.csv(goodFile(1200));
    const auto looked = bench.look(file);
    (void)bench.csv(goodFile(1201)); // the same name
    const auto ended = bench.end(bench.import(file, looked));
    QCOMPARE(ended.problem(), std::optional(TableProblem::Kind::Changed));
    QVERIFY(bench.storedHeads().isEmpty());
    QVERIFY(bench.batches->heads().isEmpty());
}

void TestBatches::aPulledFileLeavesNothing()
{
    BatchBench bench;
    const TableFile file = bench.csv(goodFile(10));
    const auto looked = bench.look(file);
    QVERIFY(QFile::remove(bench.folder.filePath(u"graduates.csv"_s)));
    const auto ended = bench.end(bench.import(file, looked));
    QCOMPARE(ended.problem(), std::optional(TableProblem::Kind::CannotOpen));
    QVERIFY(bench.storedHeads().isEmpty());
}

/// The file breaks off after pages of it are in the store already.
void TestBatches::aHalfFileLeavesNothing()
{
    BatchBench bench;
    const TableFile file = bench.csv(goodFile(1500) + u"\"never closed,,,\r\n"_s);
    const auto looked = bench.look(file);
    const auto ended = bench.end(bench.import(file, looked));
    QCOMPARE(ended.problem(), std::optional(TableProblem::Kind::BadText));
    QVERIFY(bench.store.calls.value(Call::Create) > 0);
    QVERIFY(bench.storedHeads().isEmpty());
    QVERIFY(bench.batches->heads().isEmpty());
}

void TestBatches::aFileWithoutPeople_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("header only") << QString(kHeader + u"\r\n"_s);
    QTest::newRow("separators only") << QString(kHeader + u"\r\n,,,,,\r\n,,,,,\r\n"_s);
}

void TestBatches::aFileWithoutPeople()
{
    QFETCH(QString, text);
    BatchBench bench;
    const TableFile file = bench.csv(text);
    const auto looked = bench.look(file);
    if (const auto *problem = std::get_if<TableProblem>(&looked)) {
        QCOMPARE(problem->kind, TableProblem::Kind::Empty);
        return;
    }
    QCOMPARE(bench.end(bench.import(file, looked)).problem(), std::optional(TableProblem::Kind::Empty));
    QCOMPARE(bench.store.calls.value(Call::Create), 0);
}

void TestBatches::tooManyPeople()
{
    BatchBench bench;
    QString text = u"Email\r\n"_s;
    text.reserve(1'200'000);
    for (int i = 0; i < 100'001; ++i)
        text += u"a@b.org\r\n"_s;
    const TableFile file = bench.csv(text);
    const auto ended = bench.end(bench.import(file, bench.look(file)));
    QCOMPARE(ended.problem(), std::optional(TableProblem::Kind::TooLarge));
    QCOMPARE(std::get<TableProblem>(*ended.why).row, 100'002);
    QVERIFY(bench.storedHeads().isEmpty());
}

void TestBatches::cancellingLeavesNothing()
{
    BatchBench bench;
    const TableFile file = bench.csv(goodFile(20'000));
    BatchImport *const import = bench.import(file, bench.look(file));
    connect(import, &BatchImport::progressed, import, [import](int rows) {
        if (rows >= 1000)
            import->cancel();
    });
    const auto ended = bench.end(import);
    QCOMPARE(ended.problem(), std::optional(TableProblem::Kind::Cancelled));
    QVERIFY(bench.storedHeads().isEmpty());
    QVERIFY(bench.batches->heads().isEmpty());
    QCOMPARE_LE(bench.store.calls.value(Call::PutRows), 2);
}

/// However large the file, two pages are on their way at most.
void TestBatches::theReaderWaitsForTheStore()
{
    BatchBench bench;
    const TableFile file = bench.csv(goodFile(5000));
    const auto looked = bench.look(file);
    bench.store.hold = true;
    BatchImport *const import = bench.import(file, looked);
    QTRY_COMPARE(bench.store.calls.value(Call::PutRows), 1);
    QTRY_COMPARE(bench.store.heldBack(), 2);
    QTest::qWait(50); // nothing may come now: an absence has no signal
    QCOMPARE(import->rows(), 1000);
    bench.store.letGo();
    QVERIFY(bench.end(import).batch);
    QCOMPARE(bench.storedRows(bench.batches->heads().first().id).size(), 5000);
}

void TestBatches::aFullDiskLeavesNothing_data()
{
    QTest::addColumn<ScriptedBatchStore::Call>("call");
    QTest::newRow("at the beginning") << Call::Create;
    QTest::newRow("in the middle") << Call::PutRows;
    QTest::newRow("at the end") << Call::Put;
}

void TestBatches::aFullDiskLeavesNothing()
{
    QFETCH(ScriptedBatchStore::Call, call);
    BatchBench bench;
    const TableFile file = bench.csv(goodFile(1200));
    const auto looked = bench.look(file);
    bench.store.refuse = [call](Call asked) { return asked == call; };
    const auto ended = bench.end(bench.import(file, looked));
    QVERIFY(ended.why);
    QVERIFY(std::holds_alternative<Failure>(*ended.why));
    QCOMPARE(std::get<Failure>(*ended.why).kind, FailureKind::StorageFailed);
    QVERIFY(bench.storedHeads().isEmpty());
    QVERIFY(bench.batches->heads().isEmpty());
}

void TestBatches::closingInTheMiddleLeavesNothing()
{
    BatchBench bench;
    const TableFile file = bench.csv(goodFile(20'000));
    BatchImport *const import = bench.import(file, bench.look(file));
    QSignalSpy progressed(import, &BatchImport::progressed);
    QVERIFY(progressed.wait());
    bench.stop();
    QVERIFY(bench.storedHeads().isEmpty());
}

/// The program dies, and the store keeps what it was given by then.
void TestBatches::aPowerCutLeavesNothing()
{
    BatchBench bench;
    const TableFile file = bench.csv(goodFile(5000));
    const auto looked = bench.look(file);
    bench.store.refuse = [](Call call) { return call == Call::Remove; };
    BatchImport *const import = bench.import(file, looked);
    QSignalSpy progressed(import, &BatchImport::progressed);
    QVERIFY(progressed.wait());
    bench.stop();
    bench.store.refuse = {};
    QCOMPARE(bench.storedHeads().size(), 1);
    bench.start();
    QVERIFY(bench.loaded());
    QVERIFY2(bench.batches->heads().isEmpty(), "half a batch is nobody's");
    QVERIFY(bench.storedHeads().isEmpty());
}

void TestBatches::aBatchIsGivenUp()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    const BatchId id = draft->head().id;
    draft->repair(0, 1, u"Lerato"_s);
    std::optional<Outcome<Done>> got;
    bench.batches->drop(id, &bench.asker, [&got](const Outcome<Done> &outcome) { got = outcome; });
    QTRY_VERIFY(got);
    QVERIFY(got->ok());
    QVERIFY(bench.batches->heads().isEmpty());
    QVERIFY(bench.storedHeads().isEmpty());
    draft->repair(0, 1, u"Palesa"_s); // whoever still has it can do nothing with it
    QCOMPARE(draft->row(0).text(1), u"Lerato"_s);
    QVERIFY(bench.storedHeads().isEmpty());
}

void TestBatches::aReleasedOneIsNotGivenUp()
{
    BatchBench bench;
    const auto draft = bench.draftOf(goodFile(3));
    QVERIFY(draft);
    std::optional<Outcome<Done>> got;
    draft->release(3, u"Thabo K."_s, &bench.asker, [&got](const Outcome<Done> &outcome) { got = outcome; });
    QTRY_VERIFY(got);
    QVERIFY(got->ok());
    got.reset();
    bench.batches->drop(draft->head().id, &bench.asker, [&got](const Outcome<Done> &outcome) { got = outcome; });
    QVERIFY(!got);
    QTRY_VERIFY(got);
    QVERIFY(!got->ok());
    QCOMPARE(got->failure().kind, FailureKind::InvalidInput);
    QCOMPARE(bench.batches->heads().size(), 1);
}

void TestBatches::aLateJournalIsReadWhenItIsThere()
{
    MemoryJournal memory;
    FakeClock clock;
    RecordBook records(memory);
    ScriptedBatchStore store(memory.batches());
    Batches batches(store, memory, records, clock);
    store.refuse = [](Call call) { return call == Call::ReadHeads; };
    QSignalSpy failed(&batches, &Batches::loadFailed);
    QSignalSpy loaded(&batches, &Batches::loaded);
    batches.load();
    const auto draft = batches.open({ u"nobody"_s });
    QSignalSpy draftFailed(draft.get(), &BatchDraft::loadFailed);
    QVERIFY(failed.wait());
    QVERIFY(!batches.isLoaded());
    QTRY_COMPARE(draftFailed.size(), 1);
    store.refuse = {};
    Q_EMIT memory.statusChanged(memory.status());
    QVERIFY(loaded.wait());
    QTRY_COMPARE(draftFailed.size(), 2);
    QCOMPARE(draftFailed.last().first().value<Failure>().kind, FailureKind::InvalidInput);
}

QTEST_GUILESS_MAIN(TestBatches)
#include "tst_batches.moc"
