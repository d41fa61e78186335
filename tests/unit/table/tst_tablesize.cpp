// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablewriter.h"
#include "tests/unit/table/tablehelp.h"

#include <QtTest/QTest>

#include <xlsxwriter.h>

using namespace yoid;
using namespace Qt::StringLiterals;
using Kind = TableProblem::Kind;

/// Reliability 4.2 no. 56: large tables take no more memory than small ones, and can be left at any time.
class TestTableSize : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMillionRowsOfText();
    void manyRowsOfAWorkbook();
    void manyTextsOfAWorkbook();
    void leavingALargeTable();

private:
    /// Peak of the memory since the last look, in KiB; 0 where it cannot be told.
    static qint64 peak();
    static void forgetPeak();
    /// Reads with the look it guesses; how much the peak grew.
    static qint64 growth(const TableFile &file, qint64 &rows);

    Desk m_desk;
};

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr qint64 kMostGrowth = 1024 * 1024; // the sanitizer keeps what was freed
#else
constexpr qint64 kMostGrowth = 64 * 1024;
#endif

} // namespace

qint64 TestTableSize::peak()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = status.readAll();
    const qsizetype at = all.indexOf("VmHWM:");
    return at < 0 ? 0 : all.mid(at + 6, all.indexOf('k', at) - at - 6).trimmed().toLongLong();
}

void TestTableSize::forgetPeak()
{
    QFile refs(u"/proc/self/clear_refs"_s);
    if (refs.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        refs.write("5");
}

qint64 TestTableSize::growth(const TableFile &file, qint64 &rows)
{
    const auto looked = file.lookAt();
    if (problemKind(looked))
        return -1;
    forgetPeak();
    const qint64 before = peak();
    rows = 0;
    qint64 letters = 0;
    const auto read = file.read(std::get<TableSample>(looked).look, {}, [&](const TableRow &row) {
        ++rows;
        for (const QStringView cell : row.cells)
            letters += cell.size();
        return true;
    }, {});
    return problemKind(read) || letters == 0 ? -1 : peak() - before;
}

void TestTableSize::aMillionRowsOfText()
{
    QFile target(m_desk.path(u"million.csv"_s));
    QVERIFY(target.open(QIODevice::WriteOnly));
    target.write("Name;E-mail;Note\r\n");
    for (int i = 0; i < 1'000'000; ++i)
        target.write("\"Naledi " + QByteArray::number(i) + "\";naledi" + QByteArray::number(i) + "@example.org;\"two\r\nlines\"\r\n");
    target.close();
    qint64 rows = 0;
    const qint64 grown = growth(TableFile::at(target.fileName()), rows);
    QCOMPARE(rows, 1'000'000);
    QVERIFY2(grown >= 0 && grown <= kMostGrowth, qPrintable(QString::number(grown)));
}

void TestTableSize::manyRowsOfAWorkbook()
{
    TableWriter writer(m_desk.path(u"many.xlsx"_s));
    QVERIFY(writer.begin({ u"Name"_s, u"E-mail"_s }).ok());
    forgetPeak();
    const qint64 before = peak();
    for (int i = 0; i < 150'000; ++i)
        QVERIFY(writer.add({ u"Naledi %1"_s.arg(i), u"naledi%1@example.org"_s.arg(i) }).ok());
    QVERIFY(writer.finish().ok());
    QVERIFY(peak() - before <= kMostGrowth);
    qint64 rows = 0;
    const qint64 grown = growth(TableFile::at(m_desk.path(u"many.xlsx"_s)), rows);
    QCOMPARE(rows, 150'000);
    QVERIFY2(grown >= 0 && grown <= kMostGrowth / 4, qPrintable(QString::number(grown))); // the texts stand in their cells
}

void TestTableSize::manyTextsOfAWorkbook()
{
    lxw_workbook *const workbook = workbook_new(QFile::encodeName(m_desk.path(u"texts.xlsx"_s)).constData());
    lxw_worksheet *const sheet = workbook_add_worksheet(workbook, nullptr);
    worksheet_write_string(sheet, 0, 0, "Name", nullptr);
    worksheet_write_string(sheet, 0, 1, "E-mail", nullptr);
    for (lxw_row_t i = 1; i <= 50'000; ++i) {
        const QByteArray name = "Naledi " + QByteArray::number(i);
        const QByteArray address = name + "@example.org";
        worksheet_write_string(sheet, i, 0, name.constData(), nullptr);
        worksheet_write_string(sheet, i, 1, address.constData(), nullptr);
    }
    QCOMPARE(workbook_close(workbook), LXW_NO_ERROR);
    qint64 rows = 0;
    const qint64 grown = growth(TableFile::at(m_desk.path(u"texts.xlsx"_s)), rows);
    QCOMPARE(rows, 50'000);
    QVERIFY2(grown >= 0 && grown <= kMostGrowth / 4, qPrintable(QString::number(grown)));
}

void TestTableSize::leavingALargeTable()
{
    QByteArray text = "Name,Town\n";
    while (text.size() < 64 * 1024 * 1024)
        text += QByteArray("Naledi,Durban\n").repeated(10'000);
    const TableFile file = TableFile::at(m_desk.put(u"large.csv"_s, text));
    std::atomic_bool cancel = false;
    qint64 rows = 0;
    qint64 bytes = 0;
    const auto outcome = file.read({}, {}, [&](const TableRow &) {
        if (++rows == 1000)
            cancel = true;
        return true;
    }, [&](qint64 read) { bytes = read; }, &cancel);
    QCOMPARE(problemKind(outcome), Kind::Cancelled);
    QVERIFY(rows < 20'000);
    QVERIFY(bytes < 1024 * 1024);
}

QTEST_GUILESS_MAIN(TestTableSize)
#include "tst_tablesize.moc"
