// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/table/tablehelp.h"

#include <QtCore/QCryptographicHash>
#include <QtTest/QTest>

#if defined(Q_OS_UNIX)
#include <sys/stat.h>
#endif

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

/// Text tables: what is guessed, what is read and what is refused (reliability 4.2 nos. 49-57, 59, 60, 69, 70).
class TestTableFile : public QObject {
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
    void quotedLineBreaksStayOneRow();
    void anOpenQuoteTakesNothing();
    void lineEnds_data();
    void lineEnds();
    void nobodyInIt_data();
    void nobodyInIt();
    void aHugeCellIsRefused();
    void raggedRowsComeAsTheyAre();
    void nulIsRefused();
    void formulasAreData();
    void pasted();
    void otherThings_data();
    void otherThings();
    void aFileThatIsAnotherByNow();
    void aReadingThatFails();
    void pipesAndDevicesDoNotHang();
    void fingerprints();
    void cancelling();
    void progressIsToldNowAndThen();
    void theFileStaysAsItIs();

private:
    Desk m_desk;
};

void TestTableFile::markedAndUnmarkedEncodings_data()
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
void TestTableFile::markedAndUnmarkedEncodings()
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
void TestTableFile::latin1IsAskedWithAPreview()
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

void TestTableFile::lettersFarDownTellTheEncoding()
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

void TestTableFile::delimiters_data()
{
    QTest::addColumn<char16_t>("delimiter");
    QTest::newRow("comma") << u',';
    QTest::newRow("semicolon") << u';';
    QTest::newRow("tab") << u'\t';
    QTest::newRow("bar") << u'|';
}

/// No. 51.
void TestTableFile::delimiters()
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

void TestTableFile::theFirstLineOfExcelNamesTheDelimiter_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QString text = u"sep=;\r\nName;Notes\r\nNaledi;a,b,c\r\nSipho;d,e,f\r\n"_s;
    QTest::newRow("UTF-8") << text.toUtf8();
    QTest::newRow("capitals") << "SEP=;" + text.toUtf8().mid(5);
    QTest::newRow("UTF-16") << utf16(text, QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
}

void TestTableFile::theFirstLineOfExcelNamesTheDelimiter()
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

void TestTableFile::headerRows_data()
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

void TestTableFile::headerRows()
{
    QFETCH(QString, text);
    QFETCH(int, headerRow);
    QFETCH(bool, sure);
    const TableFile file = TableFile::at(m_desk.put(u"header.csv"_s, text.toUtf8()));
    const auto sample = std::get<TableSample>(file.lookAt());
    QCOMPARE(sample.look.headerRow, headerRow);
    QCOMPARE(sample.look.sure, sure);
}

void TestTableFile::theUserCorrectsTheHeaderRow()
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

/// No. 52.
void TestTableFile::quotedLineBreaksStayOneRow()
{
    const TableFile file = TableFile::at(m_desk.put(u"breaks.csv"_s, "Name,Address\nNaledi,\"1 Long St\nDurban\"\nSipho,x\n"));
    const auto sample = std::get<TableSample>(file.lookAt());
    const Harvest all = harvest(file, sample.look);
    QCOMPARE(all.rows.size(), 2);
    QCOMPARE(all.rows.first().last(), u"1 Long St\nDurban"_s);
    QCOMPARE(all.numbers, QList<qint64>({ 2, 4 }));
}

/// No. 53.
void TestTableFile::anOpenQuoteTakesNothing()
{
    const TableFile file = TableFile::at(m_desk.put(u"quote.csv"_s, "Name,Address\nNaledi,\"1 Long St\nSipho,x\n"));
    const Harvest all = harvest(file, {});
    QVERIFY(all.problem);
    QCOMPARE(all.problem->kind, Kind::BadText);
    QCOMPARE(all.problem->csv, CsvProblem({ CsvProblem::Kind::UnbalancedQuote, 2 }));
    QCOMPARE(all.problem->row, 2);
    QCOMPARE(all.rows.size(), 0);
    QCOMPARE(problemKind(file.lookAt()), Kind::BadText);
}

void TestTableFile::lineEnds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("CR only") << QByteArray("Name,Town\rNaledi,Durban\rSipho,Maseru\r");
    QTest::newRow("mixed") << QByteArray("Name,Town\r\nNaledi,Durban\rSipho,Maseru\n");
    QTest::newRow("none at the end") << QByteArray("Name,Town\nNaledi,Durban\nSipho,Maseru");
}

/// No. 54.
void TestTableFile::lineEnds()
{
    QFETCH(QByteArray, bytes);
    const TableFile file = TableFile::at(m_desk.put(u"ends.csv"_s, bytes));
    const Harvest all = harvest(file, std::get<TableSample>(file.lookAt()).look);
    QCOMPARE(all.rows, QList<QStringList>({ { u"Naledi"_s, u"Durban"_s }, { u"Sipho"_s, u"Maseru"_s } }));
    QCOMPARE(all.numbers, QList<qint64>({ 2, 3 }));
}

void TestTableFile::nobodyInIt_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no bytes") << QByteArray();
    QTest::newRow("a mark only") << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("blank lines") << QByteArray("\r\n\r\n\n");
    QTest::newRow("header only") << QByteArray("Name,E-mail\r\n");
    QTest::newRow("header and empty rows") << QByteArray("Name,E-mail\r\n,\r\n , \r\n");
}

/// No. 55.
void TestTableFile::nobodyInIt()
{
    QFETCH(QByteArray, bytes);
    const TableFile file = TableFile::at(m_desk.put(u"empty.csv"_s, bytes));
    QCOMPARE(problemKind(file.lookAt()), Kind::Empty);
    QCOMPARE(problemKind(file.sample({})), Kind::Empty);
    QCOMPARE(harvest(file, {}).problem->kind, Kind::Empty);
}

/// No. 57; what a cell may hold at most is csvreader's to test.
void TestTableFile::aHugeCellIsRefused()
{
    const QByteArray huge(200 * 1024, 'x');
    for (const QByteArray &cell : { huge, QByteArray('"' + huge + '"') }) {
        const TableFile file = TableFile::at(m_desk.put(u"huge.csv"_s, "Name,Town\nNaledi,Durban\nSipho," + cell + "\n"));
        const Harvest all = harvest(file, {});
        QCOMPARE(all.problem->csv, CsvProblem({ CsvProblem::Kind::CellTooLong, 3 }));
    }
}

/// No. 59: they are flagged by the check; here nothing of them gets lost.
void TestTableFile::raggedRowsComeAsTheyAre()
{
    const TableFile file = TableFile::at(m_desk.put(u"ragged.csv"_s, "A,B,C\n1\n1,2,3,4\n1,2,\n"));
    QCOMPARE(harvest(file, {}).rows,
             QList<QStringList>({ { u"1"_s }, { u"1"_s, u"2"_s, u"3"_s, u"4"_s }, { u"1"_s, u"2"_s, QString() } }));
    QCOMPARE(std::get<TableSample>(file.lookAt()).headers.size(), 4);
}

/// No. 60.
void TestTableFile::nulIsRefused()
{
    const TableFile file = TableFile::at(m_desk.put(u"nul.csv"_s, QByteArray("Name,Town\nNal\0edi,Durban\n", 25)));
    QCOMPARE(harvest(file, {}).problem->csv, CsvProblem({ CsvProblem::Kind::NulCharacter, 2 }));
    QCOMPARE(problemKind(file.lookAt()), Kind::BadText);
}

void TestTableFile::formulasAreData()
{
    const TableFile file = TableFile::at(m_desk.put(u"formula.csv"_s, "Name,Note\n=1+1,@home\n"));
    QCOMPARE(harvest(file, {}).rows.first(), QStringList({ u"=1+1"_s, u"@home"_s }));
}

void TestTableFile::pasted()
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

void TestTableFile::otherThings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("PDF") << QByteArray("%PDF-1.7\n1 0 obj\n");
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
    QTest::newRow("old Office document") << QByteArray("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + QByteArray(2000, '\0');
    QTest::newRow("web page named .xls") << QByteArray("\r\n<HTML><table><tr><td>Name</td></tr></table>");
    QTest::newRow("program") << QByteArray("\x7F" "ELF\x02\x01\x01", 7) + QByteArray(100, '\0');
    QTest::newRow("control characters") << QByteArray("\x01\x02\x03\x04, \x05\x06\n", 10).repeated(20);
}

void TestTableFile::otherThings()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(problemKind(TableFile::at(m_desk.put(u"people.csv"_s, bytes)).lookAt()), Kind::NotATable);
}

/// No. 69.
void TestTableFile::aFileThatIsAnotherByNow()
{
    const TableFile file = TableFile::at(m_desk.put(u"change.csv"_s, kPeople.toUtf8()));
    const auto look = std::get<TableSample>(file.lookAt()).look;
    const Harvest first = harvest(file, look);
    QCOMPARE(harvest(file, look, first.hash).problem, std::nullopt);
    m_desk.put(u"change.csv"_s, QString(kPeople).replace(u"naledi@"_s, u"other@"_s).toUtf8());
    QCOMPARE(harvest(file, look, first.hash).problem->kind, Kind::Changed);
    m_desk.put(u"change.csv"_s, "Name,\"Open");
    QCOMPARE(harvest(file, look, first.hash).problem->kind, Kind::Changed);

    // Cut short, or written to, while it is read.
    QByteArray large = kPeople.toUtf8();
    while (large.size() < 4 * 1024 * 1024)
        large += "Sipho,Dube,sipho@example.org\r\n";
    for (const bool shorter : { true, false }) {
        const QString path = m_desk.put(u"change.csv"_s, large);
        int rows = 0;
        const auto outcome = file.read(look, {}, [&](const TableRow &) {
            if (++rows == 10) {
                QFile other(path);
                if (shorter)
                    other.resize(3 * 1024 * 1024);
                else if (other.open(QIODevice::Append))
                    other.write("Lindiwe,Zulu,l@example.org\r\n");
            }
            return true;
        }, {});
        QVERIFY(rows > 10);
        QCOMPARE(problemKind(outcome), Kind::Changed);
    }
}

/// No. 70: a file whose reading fails for real, as that of a stick that was pulled.
void TestTableFile::aReadingThatFails()
{
    const TableFile gone = TableFile::at(m_desk.path(u"nowhere.csv"_s));
    QCOMPARE(problemKind(gone.lookAt()), Kind::CannotOpen);
    QCOMPARE(harvest(gone, {}).problem->kind, Kind::CannotOpen);
    QCOMPARE(problemKind(TableFile::at(QString()).lookAt()), Kind::CannotOpen);
#if defined(Q_OS_LINUX)
    const TableFile broken = TableFile::at(u"/proc/self/mem"_s); // a plain file whose first page cannot be read
    const std::atomic_bool cancel = false;
    QCOMPARE(problemKind(broken.lookAt()), Kind::ReadFailed);
    QCOMPARE(problemKind(broken.sample({})), Kind::ReadFailed);
    QCOMPARE(problemKind(broken.fingerprint(cancel)), Kind::ReadFailed);
    const Harvest none = harvest(broken, {});
    QCOMPARE(none.problem->kind, Kind::ReadFailed);
    QVERIFY(!none.problem->technical.isEmpty());
    QCOMPARE(none.rows.size(), 0);
#endif
}

void TestTableFile::pipesAndDevicesDoNotHang()
{
#if defined(Q_OS_UNIX)
    const QString pipe = m_desk.path(u"pipe.csv"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    for (const QString &path : { pipe, u"/dev/zero"_s, u"/dev/tty"_s, m_desk.path(u"."_s) }) {
        QCOMPARE(problemKind(TableFile::at(path).lookAt()), Kind::CannotOpen);
        QCOMPARE(harvest(TableFile::at(path), {}).problem->kind, Kind::CannotOpen);
    }
#endif
}

void TestTableFile::fingerprints()
{
    const TableFile file = TableFile::at(m_desk.put(u"print.csv"_s, kPeople.toUtf8()));
    const std::atomic_bool cancel = false;
    const auto print = std::get<QByteArray>(file.fingerprint(cancel));
    QCOMPARE(print, QCryptographicHash::hash(kPeople.toUtf8(), QCryptographicHash::Sha256));
    QCOMPARE(harvest(file, {}).hash, print);
    QCOMPARE(file.name(), u"print.csv"_s);
}

void TestTableFile::cancelling()
{
    const TableFile file = TableFile::at(m_desk.put(u"cancel.csv"_s, kPeople.toUtf8()));
    std::atomic_bool cancel = true;
    QCOMPARE(problemKind(file.fingerprint(cancel)), Kind::Cancelled);
    int rows = 0;
    QCOMPARE(problemKind(file.read({}, {}, [&](const TableRow &) { return ++rows < 1; }, {})), Kind::Cancelled);
    QCOMPARE(rows, 1);
    QCOMPARE(problemKind(file.read({}, {}, [&](const TableRow &) { return ++rows > 0; }, {}, &cancel)), Kind::Cancelled);
    QCOMPARE(rows, 1);
}

void TestTableFile::progressIsToldNowAndThen()
{
    QByteArray large = "Name,Town\n";
    while (large.size() < 40 * 1024 * 1024)
        large += QByteArray("Naledi,Durban\n").repeated(1000);
    const TableFile file = TableFile::at(m_desk.put(u"progress.csv"_s, large));
    QList<qint64> told;
    const auto outcome = file.read({}, {}, [](const TableRow &) { return true; }, [&](qint64 bytes) { told.append(bytes); });
    QCOMPARE(problemKind(outcome), std::nullopt);
    QVERIFY(told.size() > 50 && told.size() <= 100);
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    QVERIFY(told.last() <= large.size());
}

void TestTableFile::theFileStaysAsItIs()
{
    const QString path = m_desk.put(u"same.csv"_s, kPeople.toUtf8());
    QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner));
    const TableFile file = TableFile::at(path);
    QCOMPARE(harvest(file, std::get<TableSample>(file.lookAt()).look).rows.size(), 2);
    QFile after(path);
    QVERIFY(after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), kPeople.toUtf8());
    QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner));
}

QTEST_GUILESS_MAIN(TestTableFile)
#include "tst_tablefile.moc"
