// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/table/bookparts.h"
#include "tests/unit/table/tablehelp.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// Workbooks as other programs write them.
class TestWorkbookSamples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asOpenpyxlWrites();
    void asLibreOfficeWrites();
    void asExcelWrites();
};

void TestWorkbookSamples::asOpenpyxlWrites()
{
    const TableFile file = TableFile::at(QStringLiteral(YOID_TEST_DATA "/tables/graduates-openpyxl.xlsx"));
    const auto sample = std::get<TableSample>(file.lookAt());
    QCOMPARE(sample.look.sheets, QStringList { u"Graduates"_s });
    QCOMPARE(sample.look.headerRow, 3);
    QVERIFY(sample.look.sure);
    QCOMPARE(sample.headers, QStringList({ u"Name"_s, u"Surname"_s, u"ID number"_s, u"Date of birth"_s, u"Completed"_s, u"Score"_s,
                                           u"Passed"_s, u"Average"_s }));
    const Harvest all = harvest(file, sample.look);
    QCOMPARE(all.numbers, QList<qint64>({ 4, 5, 6, 7 }));
    QCOMPARE(all.rows.at(0), QStringList({ u"Naledi"_s, u"Khumalo"_s, u"0001015009087"_s, u"2000-01-01"_s, u"2026-11-14 13:30"_s,
                                           u"0.3"_s, u"true"_s, QString() })); // the formula has no value with it
    QCOMPARE(all.rows.at(1), QStringList({ u"Zoë"_s, u"Müller"_s, u"8001015009087"_s, u"1980-01-01"_s, u"2026-11-14"_s, u"87.5"_s,
                                           u"false"_s, QString() }));
    QCOMPARE(all.rows.at(2).first(3), QStringList({ u"ليلى"_s, u"حسن"_s, u"0002"_s }));
    QCOMPARE(all.rows.at(2).at(5), u"278000000000"_s);
    QCOMPARE(all.rows.at(3).first(3), QStringList({ u"Sipho 😀"_s, QString(), u"0000000042"_s }));
}

void TestWorkbookSamples::asLibreOfficeWrites()
{
    BookParts book;
    book.workbookProperties = R"(<fileVersion appName="Calc"/><workbookPr backupFile="false" showObjects="all" date1904="false"/>
<workbookProtection/><bookViews><workbookView showHorizontalScroll="true" activeTab="0"/></bookViews>)";
    book.sheets = R"(<sheet name="Sheet1" sheetId="1" state="visible" r:id="rId1"/>)";
    book.styles = R"(<numFmts count="2"><numFmt numFmtId="164" formatCode="General"/><numFmt numFmtId="165" formatCode="[$-409]d\-mmm\-yy;@"/></numFmts>
<cellStyleXfs count="1"><xf numFmtId="164" fontId="0"><protection locked="true" hidden="false"/></xf></cellStyleXfs>
<cellXfs count="2"><xf numFmtId="164" applyFont="false"><alignment horizontal="general"/></xf><xf numFmtId="165"/></cellXfs>)";
    book.texts = R"(<si><t xml:space="preserve">Name</t></si><si><t xml:space="preserve">Born</t></si><si><r><rPr><b val="true"/></rPr><t xml:space="preserve">Na</t></r><r><t xml:space="preserve">ledi</t></r></si>)";
    book.rows = R"(<row r="1" customFormat="false" ht="12.8" hidden="false"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="0" t="s"><v>1</v></c></row>
<row r="2" customFormat="false" ht="12.8"><c r="A2" s="0" t="s"><v>2</v></c><c r="B2" s="1" t="n"><v>36526</v></c></row>
<row r="3"><c r="A3" s="0" t="str"><f aca="false">A2</f><v>Naledi</v></c><c r="B3" s="0" t="b"><f aca="false">TRUE()</f><v>1</v></c></row>)";
    const Desk desk;
    const TableFile calc = TableFile::at(desk.put(u"calc.xlsx"_s, book.bytes()));
    const auto sample = std::get<TableSample>(calc.lookAt());
    QCOMPARE(sample.headers, QStringList({ u"Name"_s, u"Born"_s }));
    QCOMPARE(harvest(calc, sample.look).rows, QList<QStringList>({ { u"Naledi"_s, u"2000-01-01"_s }, { u"Naledi"_s, u"true"_s } }));
}

/// With what newer Excels put beside the cells, and in namespaces of their own.
void TestWorkbookSamples::asExcelWrites()
{
    BookParts book;
    ZipParts parts = book.parts();
    for (auto &[name, bytes] : parts) {
        if (name == "xl/worksheets/sheet1.xml")
            bytes = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" xmlns:x14ac="urn:x14ac" xmlns:xr="urn:xr" xr:uid="{1}">
<sheetPr codeName="Sheet1"/><dimension ref="A1:B3"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><selection activeCell="B3" sqref="B3"/></sheetView></sheetViews>
<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><cols><col min="1" max="2" width="9.1"/></cols>
<sheetData><row r="1" spans="1:2" x14ac:dyDescent="0.25"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Town</t></is></c></row>
<row r="2" spans="1:2"><c r="A2" t="str" cm="1"><f t="array" ref="A2">_xlfn.CONCAT("Na","ledi")</f><v>Naledi</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>
<mergeCells count="1"><mergeCell ref="A5:B5"/></mergeCells><conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>A1=1</formula></cfRule></conditionalFormatting>
<extLst><ext uri="{2}" xmlns:x14="urn:x14"><x14:row><x14:c><x14:v>99</x14:v></x14:c></x14:row></ext></extLst></worksheet>)";
    }
    const Desk desk;
    const TableFile file = TableFile::at(desk.put(u"excel.xlsx"_s, zipOf(parts)));
    const auto sample = std::get<TableSample>(file.lookAt());
    QCOMPARE(sample.headers, QStringList({ u"Name"_s, u"Town"_s }));
    QCOMPARE(harvest(file, sample.look).rows, QList<QStringList>({ { u"Naledi"_s, u"#DIV/0!"_s } }));
}

QTEST_GUILESS_MAIN(TestWorkbookSamples)
#include "tst_workbooksamples.moc"
