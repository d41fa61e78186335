// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/table/bookparts.h"
#include "tests/unit/table/tablehelp.h"

#include <QtTest/QTest>

#include <xlsxwriter.h>

using namespace yoid;
using namespace Qt::StringLiterals;
using Kind = TableProblem::Kind;

/// What cells and sheets of a workbook come out as.
class TestWorkbook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cells_data();
    void cells();
    void gapsStayGaps();
    void rowsWithoutNumbers();
    void rowsAreAsWideAsTheHeader();
    void daysFrom1904();
    void theStrictKind();
    void onlySheetsThatCanBeSeen();
    void aCoverComesFirst();
    void theUserChoosesSheetAndHeader();
    void nobodyInIt();
    void partsAreFoundAsTheFormatSays();
    void writtenByAnotherLibrary();

private:
    /// Rows of the first sheet, with no header.
    QList<QStringList> rowsOf(const QByteArray &bytes)
    {
        TableLook look;
        look.kind = TableLook::Kind::Workbook;
        look.headerRow = 0;
        const Harvest all = harvest(TableFile::at(m_desk.put(u"book.xlsx"_s, bytes)), look);
        if (all.problem)
            qWarning() << static_cast<int>(all.problem->kind) << all.problem->technical;
        return all.rows;
    }

    Desk m_desk;
};

namespace {

/// Two styles of each test below: 0 is plain, 1 is day, 2 is day and time, 3 time, 4 elapsed, 5 leading zeros, 6 built-in 14.
const QByteArray kStyles = R"(<numFmts count="5"><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/>
<numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/><numFmt numFmtId="166" formatCode="h:mm AM/PM"/>
<numFmt numFmtId="167" formatCode="[h]:mm"/><numFmt numFmtId="168" formatCode="0000000"/></numFmts>
<fonts count="1"><font><b/></font></fonts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>
<cellXfs count="7"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165"/><xf numFmtId="166"/>
<xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="14"><alignment/></xf></cellXfs>)";

} // namespace

void TestWorkbook::cells_data()
{
    QTest::addColumn<QByteArray>("cell");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QByteArray &cell, const QString &text) { QTest::newRow(name) << cell << text; };
    row("whole number", "<c><v>42</v></c>", u"42"_s);
    row("exponent", "<c><v>2.78E+11</v></c>", u"278000000000"_s);
    row("small exponent", "<c><v>1.5E-3</v></c>", u"0.0015"_s);
    row("fraction", "<c><v>0.1</v></c>", u"0.1"_s);
    row("17 digits of 0.3", "<c><v>0.30000000000000004</v></c>", u"0.3"_s);
    row("17 digits of 1.1", "<c t=\"n\"><v>1.1000000000000001</v></c>", u"1.1"_s);
    row("negative", "<c><v>-12.50</v></c>", u"-12.5"_s);
    row("phone number", "<c><v>27821234567</v></c>", u"27821234567"_s);
    row("sixteen digits", "<c><v>8001015009087123</v></c>", u"8001015009087123"_s);
    row("leading zeros", "<c s=\"5\"><v>12345</v></c>", u"0012345"_s);
    row("leading zeros, longer", "<c s=\"5\"><v>12345678</v></c>", u"12345678"_s);
    row("day", "<c s=\"1\"><v>45975</v></c>", u"2025-11-14"_s);
    row("day, built in", "<c s=\"6\"><v>45975</v></c>", u"2025-11-14"_s);
    row("day with a time that does not show", "<c s=\"1\"><v>45975.5</v></c>", u"2025-11-14"_s);
    row("day and time", "<c s=\"2\"><v>45975.5625</v></c>", u"2025-11-14 13:30"_s);
    row("midnight", "<c s=\"2\"><v>45975</v></c>", u"2025-11-14"_s);
    row("a second before midnight", "<c s=\"2\"><v>45975.99999999999</v></c>", u"2025-11-15"_s);
    row("time", "<c s=\"3\"><v>0.5625</v></c>", u"13:30"_s);
    row("elapsed", "<c s=\"4\"><v>1.25</v></c>", u"30:00"_s);
    row("first of January 1900", "<c s=\"1\"><v>1</v></c>", u"1900-01-01"_s);
    row("a day that is none", "<c s=\"1\"><v>60</v></c>", u"1900-02-29"_s);
    row("first of March 1900", "<c s=\"1\"><v>61</v></c>", u"1900-03-01"_s);
    row("last day", "<c s=\"1\"><v>2958465</v></c>", u"9999-12-31"_s);
    row("beyond the last day", "<c s=\"1\"><v>2958466</v></c>", u"2958466"_s);
    row("before all days", "<c s=\"1\"><v>-1</v></c>", u"-1"_s);
    row("a style that is not there", "<c s=\"99\"><v>7</v></c>", u"7"_s);
    row("no number", "<c><v>abc</v></c>", u"abc"_s);
    row("true", "<c t=\"b\"><v>1</v></c>", u"true"_s);
    row("false", "<c t=\"b\"><v>0</v></c>", u"false"_s);
    row("error", "<c t=\"e\"><v>#N/A</v></c>", u"#N/A"_s);
    row("formula with a number", "<c><f>SUM(A1:A9)</f><v>45</v></c>", u"45"_s);
    row("formula with a text", "<c t=\"str\"><f>A1&amp;\"b\"</f><v>ab</v></c>", u"ab"_s);
    row("shared text", "<c t=\"s\"><v>0</v></c>", u"Naledi"_s);
    row("shared text with runs", "<c t=\"s\"><v>1</v></c>", u"Naledi Khumalo"_s);
    row("shared text with a hint for pronouncing", "<c t=\"s\"><v>2</v></c>", u"東京"_s);
    row("shared text with blanks and lines", "<c t=\"s\"><v>3</v></c>", u"  two\nlines "_s);
    row("shared text with escapes", "<c t=\"s\"><v>4</v></c>", u"a\r\nb _x0041_"_s);
    row("text in its cell", "<c t=\"inlineStr\"><is><t>0027</t></is></c>", u"0027"_s);
    row("runs in the cell", "<c t=\"inlineStr\"><is><r><rPr><b/></rPr><t>Zo</t></r><r><t>ë</t></r></is></c>", u"Zoë"_s);
    row("named characters", "<c t=\"inlineStr\"><is><t>&lt;b&gt; &amp;amp; &#x1F600;</t></is></c>", u"<b> &amp; 😀"_s);
    row("CDATA", "<c t=\"inlineStr\"><is><t><![CDATA[<a>]]>b</t></is></c>", u"<a>b"_s);
    row("day in ISO form", "<c t=\"d\"><v>2026-11-14T00:00:00</v></c>", u"2026-11-14"_s);
    row("moment in ISO form", "<c t=\"d\"><v>2026-11-14T09:30:00Z</v></c>", u"2026-11-14 09:30:00"_s);
    row("a formula is data", "<c t=\"inlineStr\"><is><t>=1+1</t></is></c>", u"=1+1"_s);
}

void TestWorkbook::cells()
{
    QFETCH(QByteArray, cell);
    QFETCH(QString, text);
    BookParts book;
    book.styles = kStyles;
    book.texts = "<si><t>Naledi</t></si><si><r><t>Naledi</t></r><r><rPr/><t xml:space=\"preserve\"> Khumalo</t></r></si>"
                 "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/></si>"
                 "<si><t xml:space=\"preserve\">  two\nlines </t></si><si><t>a_x000D_\nb _x005F_x0041_</t></si>";
    book.rows = "<row r=\"1\">" + cell + "</row>";
    QCOMPARE(rowsOf(book.bytes()), QList<QStringList> { { text } });
}

void TestWorkbook::gapsStayGaps()
{
    BookParts book;
    book.rows = R"(<row r="2"><c r="B2"><v>1</v></c><c r="D2" s="0"/><c r="E2"><v>2</v></c><c r="G2"/></row>
<row r="3"><c r="A3"/></row><row r="7"><c r="AA7"><v>27</v></c></row>)";
    TableLook look;
    look.kind = TableLook::Kind::Workbook;
    look.headerRow = 0;
    const Harvest all = harvest(TableFile::at(m_desk.put(u"gaps.xlsx"_s, book.bytes())), look);
    QCOMPARE(all.numbers, QList<qint64>({ 2, 7 }));
    QCOMPARE(all.rows.first(), QStringList({ QString(), u"1"_s, QString(), QString(), u"2"_s }));
    QCOMPARE(all.rows.last().size(), 27);
    QCOMPARE(all.rows.last().last(), u"27"_s);
}

void TestWorkbook::rowsWithoutNumbers()
{
    BookParts book;
    book.rows = textRow({ "a", "b" }) + "<row r=\"5\"><c><v>1</v></c><c r=\"C5\"><v>3</v></c><c><v>4</v></c></row>" + textRow({ "c" });
    TableLook look;
    look.kind = TableLook::Kind::Workbook;
    look.headerRow = 0;
    const Harvest all = harvest(TableFile::at(m_desk.put(u"bare.xlsx"_s, book.bytes())), look);
    QCOMPARE(all.numbers, QList<qint64>({ 1, 5, 6 }));
    QCOMPARE(all.rows.at(1), QStringList({ u"1"_s, QString(), u"3"_s, u"4"_s }));
}

/// No. 59: a sheet has no cell for what is empty at the end; that is not ragged.
void TestWorkbook::rowsAreAsWideAsTheHeader()
{
    BookParts book;
    book.rows = textRow({ "Name", "Town", "Note" }) + textRow({ "Naledi" }) + textRow({ "Sipho", "Maseru", "x", "more" });
    const TableFile file = TableFile::at(m_desk.put(u"wide.xlsx"_s, book.bytes()));
    const auto sample = std::get<TableSample>(file.lookAt());
    QCOMPARE(sample.headers.size(), 4);
    const Harvest all = harvest(file, sample.look);
    QCOMPARE(all.rows.first(), QStringList({ u"Naledi"_s, QString(), QString() }));
    QCOMPARE(all.rows.last(), QStringList({ u"Sipho"_s, u"Maseru"_s, u"x"_s, u"more"_s }));
}

void TestWorkbook::daysFrom1904()
{
    BookParts book;
    book.styles = kStyles;
    book.workbookProperties = "<workbookPr date1904=\"1\"/>";
    book.rows = "<row><c s=\"1\"><v>44513</v></c><c s=\"1\"><v>0</v></c></row>";
    QCOMPARE(rowsOf(book.bytes()), QList<QStringList>({ { u"2025-11-14"_s, u"1904-01-01"_s } }));
}

void TestWorkbook::theStrictKind()
{
    BookParts book;
    book.main = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    book.relations = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    book.texts = "<si><t>Naledi</t></si>";
    book.rows = "<row><c t=\"s\"><v>0</v></c></row>";
    QCOMPARE(rowsOf(book.bytes()), QList<QStringList> { { u"Naledi"_s } });
}

void TestWorkbook::onlySheetsThatCanBeSeen()
{
    BookParts book;
    const QByteArray relation = "<Relationship Id=\"%1\" Type=\"" + book.relations + "/%2\" Target=\"%3\"/>";
    const auto related = [&relation](const char *id, const char *type, const char *target) {
        return QByteArray(relation).replace("%1", id).replace("%2", type).replace("%3", target);
    };
    book.sheets = R"(<sheet name="Hidden" sheetId="1" state="hidden" r:id="rId1"/><sheet name="Deep" sheetId="2" state="veryHidden" r:id="rId1"/>
<sheet name="Chart" sheetId="3" r:id="rId3"/><sheet name="People &amp; more" sheetId="4" state="visible" r:id="rId4"/>
<sheet name="Nowhere" sheetId="5" r:id="rId77"/>)";
    book.moreRelations = related("rId3", "chartsheet", "chartsheets/sheet1.xml") + related("rId4", "worksheet", "worksheets/sheet9.xml");
    book.rows = textRow({ "secret", "secret" }) + textRow({ "secret", "secret" });
    book.more = { { "xl/worksheets/sheet9.xml", book.sheet(textRow({ "Name", "Town" }) + textRow({ "Naledi", "Durban" })) } };
    const TableFile file = TableFile::at(m_desk.put(u"hidden.xlsx"_s, book.bytes()));
    const auto sample = std::get<TableSample>(file.lookAt());
    QCOMPARE(sample.look.sheets, QStringList { u"People & more"_s });
    QCOMPARE(sample.rows, QList<QStringList>({ { u"Naledi"_s, u"Durban"_s } }));
    QVERIFY(sample.look.sure);
}

namespace {

/// A cover, and people under a title on the second sheet.
QByteArray bookWithCover()
{
    BookParts book;
    book.sheets = R"(<sheet name="Cover" sheetId="1" r:id="rId1"/><sheet name="People" sheetId="2" r:id="rId2"/>)";
    book.moreRelations = "<Relationship Id=\"rId2\" Type=\"" + book.relations + "/worksheet\" Target=\"worksheets/../worksheets/sheet2.xml\"/>";
    book.rows = textRow({ "Read me first" });
    book.more = { { "xl/worksheets/sheet2.xml",
                    book.sheet(textRow({ "Graduates" }) + textRow({ "Name", "E-mail" }) + textRow({ "Naledi", "n@example.org" })) } };
    return book.bytes();
}

} // namespace

void TestWorkbook::aCoverComesFirst()
{
    const TableFile file = TableFile::at(m_desk.put(u"cover.xlsx"_s, bookWithCover()));
    const auto sample = std::get<TableSample>(file.lookAt());
    QCOMPARE(sample.look.sheets, QStringList({ u"Cover"_s, u"People"_s }));
    QCOMPARE(sample.look.sheet, 1);
    QCOMPARE(sample.look.headerRow, 2);
    QVERIFY(!sample.look.sure); // another sheet could be meant
    QCOMPARE(sample.headers, QStringList({ u"Name"_s, u"E-mail"_s }));
}

void TestWorkbook::theUserChoosesSheetAndHeader()
{
    const TableFile file = TableFile::at(m_desk.put(u"cover.xlsx"_s, bookWithCover()));
    TableLook look = std::get<TableSample>(file.lookAt()).look;
    look.headerRow = 0;
    QCOMPARE(std::get<TableSample>(file.sample(look)).rows.size(), 3);
    QCOMPARE(std::get<TableSample>(file.sample(look)).headers, QStringList({ QString(), QString() }));
    look.headerRow = 1;
    QCOMPARE(std::get<TableSample>(file.sample(look)).headers, QStringList({ u"Graduates"_s, QString() }));
    look.sheet = 0;
    QCOMPARE(problemKind(file.sample(look)), Kind::Empty);
    look.headerRow = 0;
    QCOMPARE(harvest(file, look).rows, QList<QStringList> { { u"Read me first"_s } });
    look.sheet = 2;
    QCOMPARE(problemKind(file.sample(look)), Kind::Empty);
}

/// No. 55.
void TestWorkbook::nobodyInIt()
{
    BookParts book;
    const QByteArray blank = "<row><c s=\"1\"/></row>" + textRow({ " " });
    for (const QByteArray &rows : { QByteArray(), textRow({ "Name", "Town" }), QByteArray(textRow({ "Name" }) + blank) }) {
        book.rows = rows;
        const TableFile file = TableFile::at(m_desk.put(u"nobody.xlsx"_s, book.bytes()));
        QCOMPARE(problemKind(file.lookAt()), Kind::Empty);
        TableLook look;
        look.kind = TableLook::Kind::Workbook;
        QCOMPARE(harvest(file, look).problem->kind, Kind::Empty);
    }
}

void TestWorkbook::partsAreFoundAsTheFormatSays()
{
    // Names are equal but for case; a target may begin at the root or climb, but never out of the package.
    BookParts book;
    book.sheets = R"(<sheet name="Out" sheetId="1" r:id="rId2"/>)";
    book.moreRelations = "<Relationship Id=\"rId2\" Type=\"" + book.relations + "/worksheet\" Target=\"../XL/Sheets/./PEOPLE.xml\"/>";
    book.more = { { "xl/sheets/people.xml", book.sheet(textRow({ "found" })) } };
    QCOMPARE(rowsOf(book.bytes()), QList<QStringList> { { u"found"_s } });
}

void TestWorkbook::writtenByAnotherLibrary()
{
    const QByteArray path = QFile::encodeName(m_desk.path(u"other.xlsx"_s));
    lxw_workbook *const workbook = workbook_new(path.constData()); // with shared texts
    lxw_worksheet *const sheet = workbook_add_worksheet(workbook, "Ünïcode");
    lxw_format *const day = workbook_add_format(workbook);
    format_set_num_format(day, "d mmmm yyyy");
    worksheet_write_string(sheet, 0, 0, "Name", nullptr);
    worksheet_write_string(sheet, 0, 1, "Completed", nullptr);
    worksheet_write_string(sheet, 0, 2, "Score", nullptr);
    worksheet_write_string(sheet, 0, 3, "Passed", nullptr);
    worksheet_write_string(sheet, 1, 0, "Zoë 😀", nullptr);
    lxw_datetime completed { 2026, 11, 14, 0, 0, 0 };
    worksheet_write_datetime(sheet, 1, 1, &completed, day);
    worksheet_write_number(sheet, 1, 2, 0.1 + 0.2, nullptr);
    worksheet_write_boolean(sheet, 1, 3, 1, nullptr);
    worksheet_write_formula_num(sheet, 2, 2, "=C2*2", nullptr, 0.6);
    QCOMPARE(workbook_close(workbook), LXW_NO_ERROR);
    const TableFile file = TableFile::at(m_desk.path(u"other.xlsx"_s));
    const auto sample = std::get<TableSample>(file.lookAt());
    QCOMPARE(sample.look.sheets, QStringList { u"Ünïcode"_s });
    QCOMPARE(sample.headers, QStringList({ u"Name"_s, u"Completed"_s, u"Score"_s, u"Passed"_s }));
    QCOMPARE(harvest(file, sample.look).rows,
             QList<QStringList>({ { u"Zoë 😀"_s, u"2026-11-14"_s, u"0.3"_s, u"true"_s }, { QString(), QString(), u"0.6"_s, QString() } }));
}

QTEST_GUILESS_MAIN(TestWorkbook)
#include "tst_workbook.moc"
