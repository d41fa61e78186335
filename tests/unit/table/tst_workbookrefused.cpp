// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/table/bookparts.h"
#include "tests/unit/table/tablehelp.h"

#include <QtCore/QtEndian>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;
using Kind = TableProblem::Kind;

/// What is refused of a workbook, and by which name.
class TestWorkbookRefused : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNameSaysNothing();
    void otherDocuments_data();
    void otherDocuments();
    void encrypted_data();
    void encrypted();
    void damaged_data();
    void damaged();
    void everyTruncationIsTold();
    void everyChangedByteIsToldOrHarmless();
    void bombs_data();
    void bombs();
    void nothingIsExpandedOrFetched_data();
    void nothingIsExpandedOrFetched();
    void limits_data();
    void limits();
    void anotherFileByNow();
    void cancelling();

private:
    [[nodiscard]] Harvest read(const QByteArray &bytes)
    {
        TableLook look;
        look.kind = TableLook::Kind::Workbook;
        look.headerRow = 0;
        return harvest(TableFile::at(m_desk.put(u"book.xlsx"_s, bytes)), look);
    }
    [[nodiscard]] std::optional<Kind> kindOf(const QByteArray &bytes)
    {
        const Harvest all = read(bytes);
        return all.problem ? std::optional(all.problem->kind) : std::nullopt;
    }

    Desk m_desk;
};

namespace {

BookParts people()
{
    BookParts book;
    book.texts = "<si><t>Name</t></si><si><t>Town</t></si><si><t>Naledi</t></si><si><t>Durban</t></si>";
    book.rows = R"(<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>)";
    return book;
}

/// The parts with one of them replaced, or taken away when there is nothing in its place.
ZipParts with(const QByteArray &name, const QByteArray &bytes)
{
    ZipParts parts;
    const ZipParts all = people().parts();
    for (const auto &part : all) {
        if (part.first != name)
            parts.append(part);
        else if (!bytes.isEmpty())
            parts.append({ name, bytes });
    }
    return parts;
}

/// A compound file (MS-CFB) whose folder holds these names, in sectors of 512 bytes with junk between them.
QByteArray compoundOf(const QStringList &names)
{
    QByteArray file("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    file.resize(512, '\0');
    const auto put = [&file](qsizetype at, quint32 value) { qToLittleEndian(value, file.data() + at); };
    qToLittleEndian<quint16>(9, file.data() + 30);
    put(48, 2);     // the folder begins in sector 2,
    put(76, 0);     // the chains are in sector 0
    const qsizetype sectors = (names.size() + 3) / 4;
    file.resize(512 + 512 * (1 + 2 * (sectors + 1)), '\0');
    for (qsizetype i = 0; i < sectors; ++i) // and every other sector belongs to it
        put(512 + (2 + 2 * i) * 4, i + 1 < sectors ? quint32(4 + 2 * i) : 0xFFFFFFFE);
    for (qsizetype i = 0; i < names.size(); ++i) {
        const qsizetype entry = 512 + (2 + 2 * (i / 4)) * 512 + (i % 4) * 128;
        const QString &name = names.at(i);
        for (qsizetype letter = 0; letter < name.size(); ++letter)
            qToLittleEndian<quint16>(name.at(letter).unicode(), file.data() + entry + letter * 2);
        qToLittleEndian(static_cast<quint16>((name.size() + 1) * 2), file.data() + entry + 64);
    }
    return file;
}

} // namespace

void TestWorkbookRefused::theNameSaysNothing()
{
    const TableFile text = TableFile::at(m_desk.put(u"text.xlsx"_s, "Name,Town\nNaledi,Durban\n"));
    QCOMPARE(std::get<TableSample>(text.lookAt()).look.kind, TableLook::Kind::Csv);
    const TableFile book = TableFile::at(m_desk.put(u"book.csv"_s, people().bytes()));
    const auto sample = std::get<TableSample>(book.lookAt());
    QCOMPARE(sample.look.kind, TableLook::Kind::Workbook);
    QCOMPARE(sample.rows, QList<QStringList>({ { u"Naledi"_s, u"Durban"_s } }));
}

void TestWorkbookRefused::otherDocuments_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("zip of pictures") << zipOf({ { "a.png", "x" } });
    QTest::newRow("OpenDocument") << zipOf({ { "mimetype", "application/vnd.oasis.opendocument.spreadsheet" }, { "content.xml", "<a/>" } });
    QTest::newRow("letter") << zipOf(with("xl/workbook.xml", "<document xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>"));
    QTest::newRow("binary workbook") << zipOf(
        with("_rels/.rels", QByteArray(people().parts().at(1).second).replace("workbook.xml", "workbook.bin")));
    QTest::newRow("old workbook") << compoundOf({ u"Root Entry"_s, u"Workbook"_s, u"\u0005SummaryInformation"_s });
}

void TestWorkbookRefused::otherDocuments()
{
    QFETCH(QByteArray, bytes);
    const auto looked = TableFile::at(m_desk.put(u"other.xlsx"_s, bytes)).lookAt();
    QCOMPARE(problemKind(looked), Kind::NotATable);
}

void TestWorkbookRefused::encrypted_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("as Excel does") << compoundOf({ u"Root Entry"_s, u"\u0006DataSpaces"_s, u"Version"_s, u"DataSpaceMap"_s,
                                                   u"DataSpaceInfo"_s, u"EncryptionInfo"_s, u"EncryptedPackage"_s });
    QTest::newRow("as zip programs do") << zipOf(people().parts(), "secret");
}

void TestWorkbookRefused::encrypted()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(problemKind(TableFile::at(m_desk.put(u"locked.xlsx"_s, bytes)).lookAt()), Kind::Encrypted);
}

void TestWorkbookRefused::damaged_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &part, const QByteArray &bytes) { QTest::newRow(name) << zipOf(with(part, bytes)); };
    const BookParts book;
    row("no workbook", "xl/workbook.xml", {});
    row("no sheet", "xl/worksheets/sheet1.xml", {});
    row("no texts", "xl/sharedStrings.xml", {});
    row("no XML", "xl/workbook.xml", "workbook");
    row("another element", "xl/worksheets/sheet1.xml", "<chartsheet/>");
    row("unclosed", "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>1</v></c></row>");
    row("text behind it", "xl/worksheets/sheet1.xml", book.sheet(textRow({ "a" })) + "more");
    row("rows going back", "xl/worksheets/sheet1.xml", book.sheet(R"(<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>)"));
    row("row zero", "xl/worksheets/sheet1.xml", book.sheet(R"(<row r="0"><c><v>1</v></c></row>)"));
    row("row of letters", "xl/worksheets/sheet1.xml", book.sheet(R"(<row r="one"><c><v>1</v></c></row>)"));
    row("cell of another row", "xl/worksheets/sheet1.xml", book.sheet(R"(<row r="1"><c r="A2"><v>1</v></c></row>)"));
    row("cell without a column", "xl/worksheets/sheet1.xml", book.sheet(R"(<row r="1"><c r="1"><v>1</v></c></row>)"));
    row("text that is not there", "xl/worksheets/sheet1.xml", book.sheet(R"(<row><c t="s"><v>4</v></c></row>)"));
    row("text before the first", "xl/worksheets/sheet1.xml", book.sheet(R"(<row><c t="s"><v>-1</v></c></row>)"));
    row("too deep", "xl/worksheets/sheet1.xml", book.sheet(QByteArray("<a>").repeated(300) + QByteArray("</a>").repeated(300)));
    row("control character", "xl/worksheets/sheet1.xml", book.sheet(textRow({ "a\x01" })));
    row("not UTF-8", "xl/worksheets/sheet1.xml", book.sheet(textRow({ "a\xFF\xFE" })));
}

void TestWorkbookRefused::damaged()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(kindOf(bytes), Kind::Damaged);
}

void TestWorkbookRefused::everyTruncationIsTold()
{
    const QByteArray whole = people().bytes();
    QCOMPARE(kindOf(whole), std::nullopt);
    for (qsizetype size = 0; size < whole.size(); size += 7) {
        const auto looked = problemKind(TableFile::at(m_desk.put(u"cut.xlsx"_s, whole.first(size))).lookAt());
        QVERIFY2(looked && looked != Kind::ReadFailed, qPrintable(QString::number(size)));
        if (size > 4)
            QCOMPARE(looked, Kind::Damaged);
    }
}

/// Nothing comes out that was not put in, whatever happens to the bytes: that is what the checksums are for.
void TestWorkbookRefused::everyChangedByteIsToldOrHarmless()
{
    const QByteArray whole = people().bytes();
    const auto rows = read(whole).rows;
    int told = 0;
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        const Harvest all = read(changed);
        if (all.problem)
            ++told;
        else
            QCOMPARE(all.rows, rows);
    }
    QVERIFY(told > whole.size() / 4);
}

void TestWorkbookRefused::bombs_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("again");
    QTest::newRow("blanks between rows") << QByteArray("xl/worksheets/sheet1.xml") << QByteArray("<worksheet><sheetData>") << QByteArray("<row/>          ");
    QTest::newRow("one endless text") << QByteArray("xl/worksheets/sheet1.xml") << QByteArray("<worksheet><sheetData><row><c><v>") << QByteArray("1");
    QTest::newRow("one endless comment") << QByteArray("xl/worksheets/sheet1.xml") << QByteArray("<worksheet><!--") << QByteArray("x");
    QTest::newRow("one endless name") << QByteArray("xl/workbook.xml") << QByteArray("<") << QByteArray("x");
    QTest::newRow("shared texts") << QByteArray("xl/sharedStrings.xml") << QByteArray("<sst>") << QByteArray("<si><t>xxxxxxxx</t></si>");
    QTest::newRow("description") << QByteArray("xl/workbook.xml") << QByteArray("<workbook><sheets>") << QByteArray("<sheet name=\"x\"/>");
    QTest::newRow("styles") << QByteArray("xl/styles.xml") << QByteArray("<styleSheet><cellXfs>") << QByteArray("<xf numFmtId=\"1\"/>");
    QTest::newRow("relations") << QByteArray("_rels/.rels") << QByteArray("<Relationships>") << QByteArray("<Relationship Id=\"x\"/>");
}

void TestWorkbookRefused::bombs()
{
    QFETCH(QByteArray, part);
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, again);
    BookParts book = people();
    book.styles = " ";
    ZipParts parts = book.parts();
    for (auto &[name, bytes] : parts) {
        if (name == part)
            bytes = begin + again.repeated(24 * 1024 * 1024 / again.size());
    }
    const QByteArray bomb = zipOf(parts);
    QVERIFY(bomb.size() < 1024 * 1024);
    QCOMPARE(kindOf(bomb), Kind::TooLarge);
}

void TestWorkbookRefused::nothingIsExpandedOrFetched_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("file") << QByteArray("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>");
    QTest::newRow("network") << QByteArray("<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\">");
    QTest::newRow("billion laughs") << QByteArray("<!DOCTYPE a [<!ENTITY y \"hahahaha\"><!ENTITY z \"&y;&y;&y;&y;\"><!ENTITY x \"&z;&z;&z;&z;\">]>");
    QTest::newRow("undeclared") << QByteArray();
}

void TestWorkbookRefused::nothingIsExpandedOrFetched()
{
    QFETCH(QByteArray, type);
    const QByteArray sheet = type + "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>a&x;b</t></is></c></row></sheetData></worksheet>";
    const Harvest all = read(zipOf(with("xl/worksheets/sheet1.xml", sheet)));
    QCOMPARE(all.problem->kind, Kind::Damaged);
    QCOMPARE(all.rows.size(), 0);
}

void TestWorkbookRefused::limits_data()
{
    QTest::addColumn<QByteArray>("rows");
    QTest::addColumn<std::optional<Kind>>("kind");
    QTest::addColumn<std::optional<CsvProblem>>("csv");
    using Csv = CsvProblem::Kind;
    const auto row = [](const char *name, const QByteArray &rows, std::optional<Kind> kind, std::optional<CsvProblem> csv = {}) {
        QTest::newRow(name) << rows << kind << csv;
    };
    row("last row", R"(<row r="1048576"><c r="A1048576"><v>1</v></c></row>)", std::nullopt);
    row("a row too many", R"(<row r="1048577"><c><v>1</v></c></row>)", Kind::TooLarge);
    row("a row far too many", R"(<row r="99999999999999999999"><c><v>1</v></c></row>)", Kind::Damaged);
    row("last column that is taken", R"(<row><c r="ALL1"><v>1</v></c></row>)", std::nullopt);
    row("one more with text", R"(<row><c r="ALM1"><v>1</v></c></row>)", Kind::BadText, CsvProblem { Csv::TooManyCells, 1 });
    row("one more without", R"(<row><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>)", std::nullopt);
    row("no such column", R"(<row><c r="XFE1"><v>1</v></c></row>)", Kind::TooLarge);
    row("no such column by far", R"(<row><c r="ZZZZZZZZZZZZZZZZZZZZ1"><v>1</v></c></row>)", Kind::TooLarge);
    row("longest cell", textRow({ QByteArray(64 * 1024, 'x') }), std::nullopt);
    row("a letter more", textRow({ "a" }) + textRow({ QByteArray(64 * 1024 + 1, 'x') }), Kind::BadText, CsvProblem { Csv::CellTooLong, 2 });
    row("NUL", textRow({ "a_x0000_b" }), Kind::BadText, CsvProblem { Csv::NulCharacter, 1 });
}

/// Nos. 57 and 60, and what a sheet can have.
void TestWorkbookRefused::limits()
{
    QFETCH(QByteArray, rows);
    QFETCH(std::optional<Kind>, kind);
    QFETCH(std::optional<CsvProblem>, csv);
    BookParts book;
    book.rows = rows;
    const Harvest all = read(book.bytes());
    QCOMPARE(all.problem ? std::optional(all.problem->kind) : std::nullopt, kind);
    if (csv)
        QCOMPARE(all.problem->csv, csv);
}

/// No. 69.
void TestWorkbookRefused::anotherFileByNow()
{
    const TableFile file = TableFile::at(m_desk.put(u"change.xlsx"_s, people().bytes()));
    const auto look = std::get<TableSample>(file.lookAt()).look;
    const Harvest first = harvest(file, look);
    QCOMPARE(harvest(file, look, first.hash).rows, first.rows);
    BookParts other = people();
    other.texts.replace("Naledi", "Sipho");
    m_desk.put(u"change.xlsx"_s, other.bytes());
    const Harvest second = harvest(file, look, first.hash);
    QCOMPARE(second.problem->kind, Kind::Changed);
    QCOMPARE(second.rows.size(), 0); // it was hashed before
    m_desk.put(u"change.xlsx"_s, "Name,Town\nNaledi,Durban\n");
    QCOMPARE(harvest(file, look, first.hash).problem->kind, Kind::Changed);

    BookParts large;
    for (int i = 0; i < 20000; ++i)
        large.rows += textRow({ "Naledi " + QByteArray::number(i * 7919), "Durban " + QByteArray::number(i * 104729) });
    const QString path = m_desk.put(u"large.xlsx"_s, large.bytes());
    int rows = 0;
    const auto outcome = TableFile::at(path).read(look, {}, [&](const TableRow &) {
        if (++rows == 10)
            QFile(path).resize(QFile(path).size() / 4);
        return true;
    }, {});
    QVERIFY(rows >= 10);
    QCOMPARE(problemKind(outcome), Kind::Changed);
}

void TestWorkbookRefused::cancelling()
{
    BookParts book;
    book.rows = textRow({ "Name", "Town" }) + textRow({ "Naledi", "Durban" }) + QByteArray("<row/>").repeated(200000) + textRow({ "x" });
    const TableFile file = TableFile::at(m_desk.put(u"cancel.xlsx"_s, book.bytes()));
    const auto look = std::get<TableSample>(file.lookAt()).look;
    int rows = 0;
    QCOMPARE(problemKind(file.read(look, {}, [&](const TableRow &) { return ++rows < 1; }, {})), Kind::Cancelled);
    QCOMPARE(rows, 1);

    // Where no rows come.
    std::atomic_bool cancel = false;
    QList<qint64> told;
    const auto count = [&rows](const TableRow &) { return ++rows > 0; };
    rows = 0;
    QCOMPARE(problemKind(file.read(look, {}, count, [&](qint64 bytes) {
        told.append(bytes);
        cancel = told.size() == 10;
    }, &cancel)), Kind::Cancelled);
    QCOMPARE(rows, 1);
    QVERIFY(told.last() < std::get<TableSample>(file.lookAt()).bytes / 2);

    told.clear();
    cancel = false;
    QCOMPARE(problemKind(file.read(look, {}, count, [&](qint64 bytes) { told.append(bytes); }, &cancel)), std::nullopt);
    QVERIFY(told.size() > 50 && told.size() <= 100);
    cancel = true;
    QCOMPARE(problemKind(file.read(look, {}, count, {}, &cancel)), Kind::Cancelled);
}

QTEST_GUILESS_MAIN(TestWorkbookRefused)
#include "tst_workbookrefused.moc"
