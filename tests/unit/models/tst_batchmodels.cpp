// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/batchlistmodel.h"
#include "ui/models/batchproblemmodel.h"
#include "ui/models/batchwords.h"
#include "ui/models/roles.h"
#include "ui/models/tablepreviewmodel.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

BatchHead head(int ordinal)
{
    BatchHead head;
    head.id = { u"batch-%1"_s.arg(ordinal) };
    head.ordinal = ordinal;
    head.rows = 300;
    head.templateName = u"Solar Installer L1"_s;
    head.plan.fileName = u"graduates-nov.xlsx"_s;
    head.planReadable = true;
    head.changedAt = QDateTime(QDate(2026, 11, 14), QTime(12, 4), Qt::UTC);
    return head;
}

/// Rows of a batch with hand-made problems, that counts how often it is asked.
struct Rows {
    explicit Rows(int count)
    {
        for (int number = 1; number <= count; ++number) {
            BatchRow row;
            row.number = number;
            row.line = number + 1;
            row.cells = { u"person%1@example.org"_s.arg(number), u"14/11/2026"_s };
            rows += row;
        }
    }
    void add(int index, const RowProblem &problem)
    {
        found[index] += problem;
        if (!withProblems.contains(index))
            withProblems += index;
        std::sort(withProblems.begin(), withProblems.end());
    }
    BatchRowSource source()
    {
        return { [this] { return int(rows.size()); },
                 [this](int index) { return classOf(found.value(index), rows[index].choice); },
                 [this](int index) {
                     ++asked;
                     return found.value(index);
                 },
                 [this]() -> const QList<int> & { return withProblems; },
                 [this](int index) {
                     Person person;
                     person.email = rows[index].cells.value(0);
                     return person;
                 },
                 [this](int index) -> const BatchRow & { return rows[index]; },
                 [](const RowProblem &problem) { return u"problem %1"_s.arg(int(problem.kind)); } };
    }
    QList<BatchRow> rows;
    QHash<int, QList<RowProblem>> found;
    QList<int> withProblems;
    int asked = 0;
};

RowProblem problem(RowProblem::Kind kind, int column = 1, const QString &suggestion = {})
{
    RowProblem one;
    one.kind = kind;
    one.column = column;
    one.suggestion = suggestion;
    return one;
}

constexpr auto kTesting = QAbstractItemModelTester::FailureReportingMode::Fatal;

} // namespace

class TestBatchModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listShowsWhatABatchIs();
    void listChangesRowByRow();
    void listSaysPhasesInWords_data();
    void listSaysPhasesInWords();
    void listShowsHostileNamesHarmlessly();
    void problemsAreFilteredByClass();
    void aRepairedRowStaysUntilRefreshed();
    void theBlockingProblemComesFirst();
    void repairIsAskedForAndNotDone();
    void onlyRowsInSightAreAskedFor();
    void releasedBatchesAreReadOnly();
    void previewShowsTenRows();
};

void TestBatchModels::listShowsWhatABatchIs()
{
    BatchListModel model;
    const QAbstractItemModelTester tester(&model, kTesting);
    model.setNow(QDateTime(QDate(2026, 11, 14), QTime(13, 0), Qt::UTC));
    model.setHeads({ head(7) });
    const auto text = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(text(BatchListModel::Name), u"Batch 7"_s);
    QCOMPARE(text(BatchListModel::File), u"graduates-nov.xlsx"_s);
    QCOMPARE(text(BatchListModel::Template), u"Solar Installer L1"_s);
    QCOMPARE(text(BatchListModel::People), u"300"_s);
    QCOMPARE(text(BatchListModel::State), u"Being prepared: match the columns"_s);
    QVERIFY(!text(BatchListModel::When).isEmpty());
    QCOMPARE(model.index(0, 0).data(IdRole).toString(), u"batch-7"_s);
    // A screen reader says the whole batch in the first cell.
    const QString spoken = model.index(0, 0).data(Qt::AccessibleTextRole).toString();
    for (const QString &part : { u"Batch 7"_s, u"graduates-nov.xlsx"_s, u"300 people"_s, u"Being prepared"_s })
        QVERIFY2(spoken.contains(part), qPrintable(spoken));
    BatchHead pasted = head(8);
    pasted.plan.fileName.clear();
    QCOMPARE(batchFile(pasted), u"pasted table"_s);
    pasted.planReadable = false;
    QVERIFY(batchFile(pasted) != u"pasted table"_s);
}

void TestBatchModels::listChangesRowByRow()
{
    BatchListModel model;
    const QAbstractItemModelTester tester(&model, kTesting);
    model.setHeads({ head(3), head(2), head(1) });
    const QPersistentModelIndex two = model.indexOf(head(2).id);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    BatchHead later = head(2);
    later.phase = BatchPhase::Released;
    model.setHeads({ head(4), head(3), later, head(1) });
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(two.row(), 2);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 2);

    model.setHeads({ later, head(4), head(1) }); // one gone, one elsewhere
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(two.row(), 0);
    QCOMPARE(model.index(1, 0).data().toString(), u"Batch 4"_s);
    QCOMPARE(reset.count(), 0);
    QVERIFY(!model.indexOf({ u"nobody"_s }).isValid());
}

void TestBatchModels::listSaysPhasesInWords_data()
{
    QTest::addColumn<BatchHead>("head");
    QTest::addColumn<QString>("words");
    BatchHead one = head(1);
    one.stage = BatchStage::Check;
    QTest::newRow("check") << one << u"Being prepared: check the people"_s;
    one.stage = BatchStage::Release;
    QTest::newRow("waiting") << one << u"Prepared: waiting for release"_s;
    one.phase = BatchPhase::Released;
    one.toIssue = 281;
    one.delivered = 228;
    QTest::newRow("released") << one << u"Released: 228 of 281 handed over"_s;
    one.phase = BatchPhase::Finished;
    one.delivered = 278;
    one.failed = 1;
    one.doubtful = 2;
    QTest::newRow("finished") << one << u"Finished: 278 of 281 handed over, 1 failed, 2 in doubt"_s;
}

void TestBatchModels::listSaysPhasesInWords()
{
    QFETCH(BatchHead, head);
    QFETCH(QString, words);
    QCOMPARE(batchPhaseText(head), words);
}

void TestBatchModels::listShowsHostileNamesHarmlessly()
{
    BatchHead evil = head(1);
    evil.plan.fileName = u"a\nb"_s + QChar(0x202E) + u".xlsx"_s + QString(5000, u'x');
    evil.templateName = u"<b>bold</b>"_s;
    BatchListModel model;
    model.setHeads({ evil });
    const QString file = model.index(0, BatchListModel::File).data().toString();
    QVERIFY(!file.contains(u'\n') && !file.contains(QChar(0x202E)));
    QVERIFY(file.size() < 200);
    const QString tip = model.index(0, BatchListModel::Template).data(Qt::ToolTipRole).toString();
    QVERIFY2(!tip.contains(u"<b>"_s), qPrintable(tip));
}

void TestBatchModels::problemsAreFilteredByClass()
{
    Rows rows(6);
    rows.add(1, problem(RowProblem::Kind::NotADay, 1, u"28/02/2026"_s));
    rows.add(3, problem(RowProblem::Kind::SharedMailbox, 0));
    rows.add(4, problem(RowProblem::Kind::DuplicateInFile, -1));
    rows.rows[5].choice = RowChoice::Skip;
    BatchProblemModel model;
    const QAbstractItemModelTester tester(&model, kTesting);
    model.setSource(rows.source());
    const auto shown = [&model] {
        QList<int> indexes;
        for (int row = 0; row < model.rowCount(); ++row)
            indexes += model.batchIndex(model.index(row, 0));
        return indexes;
    };
    QCOMPARE(shown(), (QList { 1, 3, 4 }));
    model.setFilter(RowClass::Fix);
    QCOMPARE(shown(), (QList { 1 }));
    model.setFilter(RowClass::LookAgain);
    QCOMPARE(shown(), (QList { 3 }));
    model.setFilter(RowClass::Skip);
    QCOMPARE(shown(), (QList { 4, 5 })); // also one that is left out by choice
    model.setFilter(RowClass::Ready);
    QCOMPARE(shown(), (QList { 0, 2 }));
    // The number is the line of the file, so that the operator finds it there.
    QCOMPARE(model.index(1, BatchProblemModel::Row).data().toString(), u"4"_s);
    model.setSource({});
    QCOMPARE(model.rowCount(), 0);
}

void TestBatchModels::aRepairedRowStaysUntilRefreshed()
{
    Rows rows(3);
    rows.add(0, problem(RowProblem::Kind::NotADay));
    rows.add(1, problem(RowProblem::Kind::NotADay));
    BatchProblemModel model;
    const QAbstractItemModelTester tester(&model, kTesting);
    model.setSource(rows.source());
    model.setFilter(RowClass::Fix);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QCOMPARE(model.index(0, BatchProblemModel::Problem).data().toString(), u"problem %1"_s.arg(int(RowProblem::Kind::NotADay)));
    rows.found.remove(0);
    rows.withProblems = { 1 };
    model.refreshRow(0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, BatchProblemModel::Problem).data().toString(), u"Ready."_s);
    QCOMPARE(RowClass(model.index(0, 0).data(StateRole).toInt()), RowClass::Ready);
    model.refresh();
    QCOMPARE(model.rowCount(), 1);
    model.refreshRow(2); // not in the list: nothing to say
    QCOMPARE(changed.count(), 1);
}

void TestBatchModels::theBlockingProblemComesFirst()
{
    Rows rows(1);
    rows.add(0, problem(RowProblem::Kind::LikelyTypingError, 0, u"x@gmail.com"_s));
    rows.add(0, problem(RowProblem::Kind::NotADay, 1));
    BatchProblemModel model;
    model.setSource(rows.source());
    QCOMPARE(model.shownProblem(0)->kind, RowProblem::Kind::NotADay);
    QCOMPARE(model.index(0, BatchProblemModel::Problem).data().toString(),
             u"problem %1 (and 1 more)"_s.arg(int(RowProblem::Kind::NotADay)));
    QVERIFY(!model.shownProblem(7).has_value());
    QVERIFY(!model.shownProblem(-1).has_value());
    rows.rows[0].choice = RowChoice::Skip;
    model.refreshRow(0);
    QVERIFY(model.index(0, BatchProblemModel::Problem).data().toString().startsWith(u"Left out."_s));
}

void TestBatchModels::repairIsAskedForAndNotDone()
{
    Rows rows(2);
    rows.add(0, problem(RowProblem::Kind::NotADay, 1, u"28/02/2026"_s));
    rows.add(1, problem(RowProblem::Kind::AlreadyIssued, -1));
    BatchProblemModel model;
    const QAbstractItemModelTester tester(&model, kTesting);
    model.setSource(rows.source());
    QSignalSpy wanted(&model, &BatchProblemModel::repairWanted);
    const QModelIndex cell = model.index(0, BatchProblemModel::Repair);
    QVERIFY(cell.flags() & Qt::ItemIsEditable);
    QCOMPARE(cell.data(Qt::EditRole).toString(), u"28/02/2026"_s);  // the suggestion is ready to be taken
    QVERIFY(!model.setData(cell, u"14/11/2026"_s, Qt::EditRole));   // as it stands: nothing was said
    QCOMPARE(wanted.count(), 0);
    QVERIFY(model.setData(cell, u"28/02/2026"_s, Qt::EditRole));
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first(), (QVariantList { 0, 1, u"28/02/2026"_s }));
    // What is wrong with the row as a whole has no cell.
    QVERIFY(!(model.index(1, BatchProblemModel::Repair).flags() & Qt::ItemIsEditable));
    QVERIFY(!model.setData(model.index(1, BatchProblemModel::Repair), u"x"_s, Qt::EditRole));
    QVERIFY(!(model.index(0, BatchProblemModel::Problem).flags() & Qt::ItemIsEditable));
}

void TestBatchModels::onlyRowsInSightAreAskedFor()
{
    Rows rows(5000);
    for (int index = 0; index < 5000; ++index)
        rows.found[index] = { problem(RowProblem::Kind::NotADay) };
    for (int index = 0; index < 5000; ++index)
        rows.withProblems += index;
    BatchProblemModel model;
    model.setSource(rows.source());
    QCOMPARE(model.rowCount(), 5000);
    QCOMPARE(rows.asked, 0);
    for (int row = 4000; row < 4020; ++row) {
        for (int column = 0; column < BatchProblemModel::ColumnCount; ++column)
            QVERIFY(model.index(row, column).data().isValid());
    }
    QCOMPARE(rows.asked, 20); // once for each, whatever the columns
    QCOMPARE(model.indexOfRow(4711).row(), 4711);
}

void TestBatchModels::releasedBatchesAreReadOnly()
{
    Rows rows(1);
    rows.add(0, problem(RowProblem::Kind::NotADay, 1));
    BatchProblemModel model;
    model.setSource(rows.source());
    model.setReadOnly(true);
    const QModelIndex cell = model.index(0, BatchProblemModel::Repair);
    QVERIFY(!(cell.flags() & Qt::ItemIsEditable));
    QVERIFY(!model.setData(cell, u"x"_s, Qt::EditRole));
}

void TestBatchModels::previewShowsTenRows()
{
    TablePreviewModel model;
    const QAbstractItemModelTester tester(&model, kTesting);
    QList<QStringList> rows;
    for (int row = 0; row < 30; ++row)
        rows += QStringList { u"a%1"_s.arg(row), u"0000123"_s, u"line\nbreak"_s };
    model.setTable({ u"name"_s, QString() }, rows, 4);
    QCOMPARE(model.rowCount(), TablePreviewModel::MostRows);
    QCOMPARE(model.columnCount(), 3); // as wide as its widest row
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"name"_s);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Column 2"_s);
    QCOMPARE(model.headerData(0, Qt::Vertical, Qt::DisplayRole).toInt(), 4);
    QCOMPARE(model.index(0, 1).data().toString(), u"0000123"_s); // leading zeros stay
    QVERIFY(!model.index(0, 2).data().toString().contains(u'\n'));
    model.setTable({}, {}, 1);
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestBatchModels)
#include "tst_batchmodels.moc"
