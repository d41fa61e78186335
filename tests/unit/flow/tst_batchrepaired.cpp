// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablewriter.h"
#include "tests/unit/flow/batchdesk.h"

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// Ready, a bad mark in a row that begins like a formula, no such day, and a shared mailbox.
QString file()
{
    return QString(kHeader + u"\r\n"_s + goodRow(1)
                   + u"\r\nsipho@example.org,=Sipho,Ndlovu,2026-03-02,8l,\"-1;=2\"\r\n"
                     u"007@example.org,007,Bond,2026-02-31,70,0821234567890\r\n"
                     u"one@example.org,Neo,M,2026-03-02,60,\"two\nlines\"\r\none@example.org,Thato,M,2026-03-02,61,\r\n"_s);
}

QString reasonOf(const RowProblem &problem)
{
    return kindsOf({ problem }).first();
}

/// Writes the table as the console does, in this kind of file.
QString saved(const BatchBench &bench, const QList<QStringList> &table, const QString &name)
{
    const QString path = bench.folder.filePath(name);
    TableWriter writer(path);
    bool fine = writer.begin(table.first()).ok();
    for (qsizetype i = 1; i < table.size(); ++i)
        fine = writer.add(table.at(i)).ok() && fine;
    return writer.finish().ok() && fine ? path : QString();
}

Outcome<int> taken(BatchBench &bench, BatchDraft &draft, const QString &path)
{
    std::optional<Outcome<int>> got;
    draft.takeRepaired(TableFile::at(path), &bench.asker, [&got](const Outcome<int> &outcome) { got = outcome; });
    if (!QTest::qWaitFor([&got] { return got.has_value(); }, 20'000))
        return Failure::of(FailureKind::Timeout);
    return *got;
}

} // namespace

/// The file of problems goes out, is repaired by a colleague, and comes back.
class TestBatchRepaired final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTableHasWhatIsToBeRepaired();
    void unchangedItChangesNothing_data();
    void unchangedItChangesNothing();
    void whatWasWrittenIsARepair_data() { unchangedItChangesNothing_data(); }
    void whatWasWrittenIsARepair();
    void otherColumnsAndAnotherDelimiter();
    void whatASpreadsheetSpoilsIsNoRepair();
    void aTableOfAnotherBatchIsRefused();
    void aTableWithoutTheMarksIsRefused();
};

void TestBatchRepaired::theTableHasWhatIsToBeRepaired()
{
    BatchBench bench;
    const auto draft = bench.draftOf(file());
    QVERIFY(draft);
    const QList<QStringList> table = draft->problemsTable(reasonOf);
    QCOMPARE(table.size(), 4);
    QCOMPARE(table.first().mid(6), (QStringList { u"YoID row"_s, u"YoID reason"_s, u"YoID batch"_s }));
    QCOMPARE(table.at(1).mid(4), (QStringList { u"8l"_s, u"-1;=2"_s, u"2"_s, u"badValue"_s, draft->head().id.text }));
    QCOMPARE(table.at(3).at(6), u"5"_s);
    draft->choose(1, RowChoice::Skip);
    QCOMPARE(draft->problemsTable(reasonOf).size(), 3);
}

void TestBatchRepaired::unchangedItChangesNothing_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("text") << u"problems.csv"_s;
    QTest::newRow("workbook") << u"problems.xlsx"_s;
}

void TestBatchRepaired::unchangedItChangesNothing()
{
    QFETCH(QString, name);
    BatchBench bench;
    const auto draft = bench.draftOf(file());
    QVERIFY(draft);
    const QString path = saved(bench, draft->problemsTable(reasonOf), name);
    QVERIFY(!path.isEmpty());
    const auto outcome = taken(bench, *draft, path);
    QVERIFY2(outcome.ok(), outcome.ok() ? "" : qPrintable(outcome.failure().technical));
    QCOMPARE(outcome.value(), 0);
    for (int index = 0; index < draft->rowCount(); ++index)
        QVERIFY(draft->row(index).repaired.isEmpty());
}

void TestBatchRepaired::whatWasWrittenIsARepair()
{
    QFETCH(QString, name);
    BatchBench bench;
    const auto draft = bench.draftOf(file());
    QVERIFY(draft);
    QList<QStringList> table = draft->problemsTable(reasonOf);
    table[1][4] = u"81"_s;
    table[1][1] = u"=Siphokazi"_s; // is guarded when written to text
    table[2][3] = u"2026-02-28"_s;
    table[2][5] = u""_s;
    const auto outcome = taken(bench, *draft, saved(bench, table, name));
    QVERIFY(outcome.ok());
    QCOMPARE(outcome.value(), 2);
    QCOMPARE(draft->row(1).repaired, (QHash<int, QString> { { 4, u"81"_s }, { 1, u"=Siphokazi"_s } }));
    QCOMPARE(draft->row(2).repaired, (QHash<int, QString> { { 3, u"2026-02-28"_s }, { 5, u""_s } }));
    QCOMPARE(draft->counts(), (BatchDraft::Counts { 4, 0, 1, 0 }));
    QTRY_COMPARE(bench.storedRows(draft->head().id).at(1).repaired.size(), 2);
}

void TestBatchRepaired::otherColumnsAndAnotherDelimiter()
{
    BatchBench bench;
    const auto draft = bench.draftOf(file());
    QVERIFY(draft);
    const QString mark = draft->head().id.text;
    // A colleague took columns out, turned the rest round, added one and an empty line, and saved it as text with semicolons.
    const QString text = u"YoID batch;YoID row;Final mark;My note;Email\r\n"_s + mark + u";2;82;ok;sipho@example.org\r\n;;;;\r\n"_s + mark
        + u";5;61;;thato@example.org\r\n"_s;
    const auto outcome = taken(bench, *draft, bench.write(u"back.csv"_s, text.toUtf8()));
    QVERIFY2(outcome.ok(), outcome.ok() ? "" : qPrintable(outcome.failure().technical));
    QCOMPARE(outcome.value(), 2);
    QCOMPARE(draft->row(1).repaired, (QHash<int, QString> { { 4, u"82"_s } }));
    QCOMPARE(draft->row(4).repaired, (QHash<int, QString> { { 0, u"thato@example.org"_s } }));
    QCOMPARE(draft->counts(), (BatchDraft::Counts { 4, 1, 0, 0 }));
}

void TestBatchRepaired::whatASpreadsheetSpoilsIsNoRepair()
{
    BatchBench bench;
    const auto draft = bench.draftOf(file());
    QVERIFY(draft);
    QList<QStringList> table = draft->problemsTable(reasonOf);
    table[2][1] = u"7"_s;               // 007
    table[2][5] = u"8.21235E+11"_s;     // 0821234567890
    table[3][3] = u"2 March 2026"_s;    // 2026-03-02
    BatchMapping mapping = draft->plan().mapping;
    mapping.dateOrder = DateOrder::DayMonthYear;
    draft->setMapping(mapping);
    QVERIFY(BatchBench::isChecked(*draft));
    const auto outcome = taken(bench, *draft, saved(bench, table, u"spoiled.csv"_s));
    QVERIFY(outcome.ok());
    QCOMPARE(outcome.value(), 0);
}

void TestBatchRepaired::aTableOfAnotherBatchIsRefused()
{
    BatchBench bench;
    const auto first = bench.draftOf(file());
    const auto second = bench.draftOf(file());
    QVERIFY(first && second);
    QList<QStringList> table = first->problemsTable(reasonOf);
    table[1][4] = u"81"_s;
    const auto outcome = taken(bench, *second, saved(bench, table, u"other.csv"_s));
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.failure().kind, FailureKind::InvalidInput);
    QVERIFY(second->row(1).repaired.isEmpty());
}

void TestBatchRepaired::aTableWithoutTheMarksIsRefused()
{
    BatchBench bench;
    const auto draft = bench.draftOf(file());
    QVERIFY(draft);
    const auto outcome = taken(bench, *draft, bench.write(u"plain.csv"_s, file().toUtf8()));
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.failure().kind, FailureKind::InvalidInput);
    const auto missing = taken(bench, *draft, bench.folder.filePath(u"nowhere.csv"_s));
    QVERIFY(!missing.ok());
    QCOMPARE(missing.failure().kind, FailureKind::StorageFailed);
}

QTEST_GUILESS_MAIN(TestBatchRepaired)
#include "tst_batchrepaired.moc"
