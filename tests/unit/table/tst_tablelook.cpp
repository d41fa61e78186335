// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/table/tablehelp.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;
using Kind = TableProblem::Kind;

namespace {

QByteArray utf16(const QString &text, QStringConverter::Encoding encoding, QStringConverter::Flag flag)
{
    QStringEncoder encoder(encoding, flag);
    return encoder.encode(text);
}

const QString kPeople = u"Name,Surname,E-mail\r\nNaledi,Khumalo,naledi@example.org\r\nZoë,Müller,zoe@example.org\r\n"_s;

} // namespace

/// Text tables: what is guessed of them and shown for correction (reliability 4.2 nos. 49-51).
class TestTableLook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void markedAndUnmarkedEncodings_data();
    void markedAndUnmarkedEncodings();
    void latin1IsAskedWithAPreview();
    void lettersFarDownTellTheEncoding();
    void delimiters_data();
    void delimiters();
    void theFirstLineOfExcelNamesTheDelimiter_data();
    void theFirstLineOfExcelNamesTheDelimiter();
    void headerRows_data();
    void headerRows();
    void theUserCorrectsTheHeaderRow();
    void pasted();
    void otherThings_data();
    void otherThings();

private:
    Desk m_desk;
};

void TestTableLook::markedAndUnmarkedEncodings_data()
{
    using C = QStringConverter;
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("encoding");
    QTest::addColumn<bool>("sure");
    const auto row = [](const char *name, const QByteArray &bytes, CsvEncoding encoding, bool sure) {
        QTest::newRow(name) << bytes << static_cast<int>(encoding) << sure;
    };
    row("UTF-8", kPeople.toUtf8(), CsvEncoding::Utf8, true);
    row("UTF-8 with mark", "\xEF\xBB\xBF" + kPeople.toUtf8(), CsvEncoding::Utf8, true);
    row("UTF-16 LE with mark", utf16(kPeople, C::Utf16LE, C::Flag::WriteBom), CsvEncoding::Utf16Le, true);
    row("UTF-16 BE with mark", utf16(kPeople, C::Utf16BE, C::Flag::WriteBom), CsvEncoding::Utf16Be, true);
    row("UTF-16 LE", utf16(kPeople, C::Utf16LE, C::Flag::Default), CsvEncoding::Utf16Le, false);
    row("UTF-16 BE", utf16(kPeople, C::Utf16BE, C::Flag::Default), CsvEncoding::Utf16Be, false);
}

/// No. 49.
void TestTableLook::markedAndUnmarkedEncodings()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, encoding);
    QFETCH(bool, sure);
    const TableFile file = TableFile::at(m_desk.put(u"people.csv"_s, bytes));
    const auto looked = file.lookAt();
    QCOMPARE(problemKind(looked), std::nullopt);
    const auto &sample = std::get<TableSample>(looked);
    QCOMPARE(static_cast<int>(sample.look.dialect.encoding), encoding);
    QCOMPARE(sample.look.sure, sure);
    QCOMPARE(sample.bytes, bytes.size());
    QCOMPARE(sample.headers, QStringList({ u"Name"_s, u"Surname"_s, u"E-mail"_s }));
    QCOMPARE(sample.rows.size(), 2);
    QCOMPARE(sample.rows.last(), QStringList({ u"Zoë"_s, u"Müller"_s, u"zoe@example.org"_s }));
    QCOMPARE(harvest(file, sample.look).rows, sample.rows);
}

/// No. 50.
void TestTableLook::latin1IsAskedWithAPreview()
{
    const TableFile file = TableFile::at(m_desk.put(u"latin.csv"_s, kPeople.toLatin1()));
    const auto looked = file.lookAt();
    const auto &sample = std::get<TableSample>(looked);
    QCOMPARE(sample.look.dialect.encoding, CsvEncoding::Windows1252);
    QVERIFY(!sample.look.sure);
    QCOMPARE(sample.rows.last().first(), u"Zoë"_s);
    // The user may correct it, and sees what comes of it.
    TableLook look = sample.look;
    look.dialect.encoding = CsvEncoding::Utf8;
    QCOMPARE(problemKind(file.sample(look)), Kind::BadText);
    look.dialect = { CsvEncoding::Windows1252, u';' };
    QCOMPARE(std::get<TableSample>(file.sample(look)).rows.last(), QStringList { u"Zoë,Müller,zoe@example.org"_s });
}

void TestTableLook::lettersFarDownTellTheEncoding()
{
    QString text = u"Name,E-mail\n"_s;
    for (int i = 0; i < 8000; ++i)
        text += u"Naledi,naledi%1@example.org\n"_s.arg(i);
    text += u"Zoë,zoe@example.org\n"_s;
    QVERIFY(text.size() > 3 * 64 * 1024);
    for (const bool latin : { true, false }) {
        const TableFile file = TableFile::at(m_desk.put(u"far.csv"_s, latin ? text.toLatin1() : text.toUtf8()));
        const auto look = std::get<TableSample>(file.lookAt()).look;
        QCOMPARE(look.dialect.encoding, latin ? CsvEncoding::Windows1252 : CsvEncoding::Utf8);
        QCOMPARE(look.sure, !latin);
        QCOMPARE(harvest(file, look).rows.last().first(), u"Zoë"_s);
    }
}

void TestTableLook::delimiters_data()
{
    QTest::addColumn<char16_t>("delimiter");
    QTest::newRow("comma") << u',';
    QTest::newRow("semicolon") << u';';
    QTest::newRow("tab") << u'\t';
    QTest::newRow("bar") << u'|';
}

/// No. 51.
void TestTableLook::delimiters()
{
    QFETCH(char16_t, delimiter);
    QString text = u"Name~E-mail~Score\nNaledi~naledi@example.org~1\nSipho~sipho@example.org~2\n"_s;
    text.replace(u'~', QChar(delimiter));
    const TableFile file = TableFile::at(m_desk.put(u"delimited.txt"_s, text.toUtf8()));
    const auto sample = std::get<TableSample>(file.lookAt());
    QCOMPARE(sample.look.dialect.delimiter, delimiter);
    QCOMPARE(sample.headers.size(), 3);
    QVERIFY(sample.look.sure);
}

void TestTableLook::theFirstLineOfExcelNamesTheDelimiter_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QString text = u"sep=;\r\nName;Notes\r\nNaledi;a,b,c\r\nSipho;d,e,f\r\n"_s;
    QTest::newRow("UTF-8") << text.toUtf8();
    QTest::newRow("capitals") << "SEP=;" + text.toUtf8().mid(5);
    QTest::newRow("UTF-16") << utf16(text, QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
}

void TestTableLook::theFirstLineOfExcelNamesTheDelimiter()
{
    QFETCH(QByteArray, bytes);
    const TableFile file = TableFile::at(m_desk.put(u"sep.csv"_s, bytes));
    const auto sample = std::get<TableSample>(file.lookAt());
    QCOMPARE(sample.look.dialect.delimiter, u';');
    QCOMPARE(sample.look.headerRow, 2);
    QCOMPARE(sample.headers, QStringList({ u"Name"_s, u"Notes"_s }));
    QCOMPARE(harvest(file, sample.look).numbers, QList<qint64>({ 3, 4 }));
    TableLook look = sample.look;
    look.headerRow = 0;
    QCOMPARE(harvest(file, look).rows.first(), QStringList({ u"Name"_s, u"Notes"_s }));
}

void TestTableLook::headerRows_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("headerRow");
    QTest::addColumn<bool>("sure");
    QTest::newRow("first") << u"Name,Surname\nNaledi,Khumalo\n"_s << 1 << true;
    QTest::newRow("under a title") << u"Graduates of 2026,,\n\n,,\nName,Surname,Town\nNaledi,Khumalo,Durban\n"_s << 4 << true;
    QTest::newRow("none") << u"Naledi,Khumalo,naledi@example.org\nSipho,Dube,sipho@example.org\n"_s << 0 << false;
    QTest::newRow("numbers only") << u"1,2\n3,4\n"_s << 0 << false;
    QTest::newRow("a name is missing") << u"Name,Surname,,Town\nNaledi,Khumalo,South,Durban\n"_s << 1 << true;
    QTest::newRow("a year among the names") << u"Name,Surname,2026\nNaledi,Khumalo,7\n"_s << 1 << false;
    QTest::newRow("Arabic") << u"الاسم,اللقب\nليلى,حسن\n"_s << 1 << true;
}

void TestTableLook::headerRows()
{
    QFETCH(QString, text);
    QFETCH(int, headerRow);
    QFETCH(bool, sure);
    const TableFile file = TableFile::at(m_desk.put(u"header.csv"_s, text.toUtf8()));
    const auto sample = std::get<TableSample>(file.lookAt());
    QCOMPARE(sample.look.headerRow, headerRow);
    QCOMPARE(sample.look.sure, sure);
}

void TestTableLook::theUserCorrectsTheHeaderRow()
{
    const TableFile file = TableFile::at(m_desk.put(u"header.csv"_s, "A,B\nC,D\nE,F,G\n"));
    TableLook look;
    look.headerRow = 2;
    auto sample = std::get<TableSample>(file.sample(look));
    QCOMPARE(sample.headers, QStringList({ u"C"_s, u"D"_s, QString() })); // as wide as the widest row
    QCOMPARE(harvest(file, look).rows, QList<QStringList>({ { u"E"_s, u"F"_s, u"G"_s } }));
    look.headerRow = 0;
    sample = std::get<TableSample>(file.sample(look));
    QCOMPARE(sample.headers, QStringList({ QString(), QString(), QString() }));
    QCOMPARE(sample.rows.size(), 3);
    QCOMPARE(harvest(file, look).numbers, QList<qint64>({ 1, 2, 3 }));
    look.headerRow = 3;
    QCOMPARE(problemKind(file.sample(look)), Kind::Empty);
}

void TestTableLook::pasted()
{
    const TableFile sheet = TableFile::pasted(u"Name\tNotes\nZoë\ta,b,c\n😀\td,e,f\n"_s);
    const auto sample = std::get<TableSample>(sheet.lookAt());
    QCOMPARE(sample.look.dialect, CsvDialect({ CsvEncoding::Utf8, u'\t' }));
    QVERIFY(sample.look.sure);
    QCOMPARE(sample.rows.last(), QStringList({ u"😀"_s, u"d,e,f"_s }));
    QCOMPARE(sheet.name(), QString());
    const Harvest all = harvest(sheet, sample.look);
    QCOMPARE(all.rows, sample.rows);
    QCOMPARE(all.hash.size(), 32);
    QCOMPARE(std::get<TableSample>(TableFile::pasted(u"Name;Town\nNaledi;Durban"_s).lookAt()).look.dialect.delimiter, u';');
    QCOMPARE(problemKind(TableFile::pasted({}).lookAt()), Kind::Empty);
}

void TestTableLook::otherThings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("PDF") << QByteArray("%PDF-1.7\n1 0 obj\n");
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
    QTest::newRow("old Office document") << QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + QByteArray(2000, '\0');
    QTest::newRow("web page named .xls") << QByteArray("\r\n<HTML><table><tr><td>Name</td></tr></table>");
    QTest::newRow("program") << QByteArray("\x7F" "ELF\x02\x01\x01", 7) + QByteArray(100, '\0');
    QTest::newRow("control characters") << QByteArray("\x01\x02\x03\x04, \x05\x06\n", 10).repeated(20);
}

void TestTableLook::otherThings()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(problemKind(TableFile::at(m_desk.put(u"people.csv"_s, bytes)).lookAt()), Kind::NotATable);
}

QTEST_GUILESS_MAIN(TestTableLook)
#include "tst_tablelook.moc"
