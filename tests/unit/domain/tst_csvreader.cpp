// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/csvreader.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

struct Result {
    QList<QStringList> records;
    QList<qint64> lines;
    QList<bool> odd;
    std::optional<CsvProblem> problem;
};

/// Reads in pieces of one size; a size of zero is all at once.
Result readAll(const QByteArray &bytes, const CsvDialect &dialect = {}, qsizetype piece = 0)
{
    Result result;
    CsvReader reader(dialect);
    const auto take = [&](const CsvRecord &record) {
        result.records.append(record.texts());
        result.lines.append(record.line());
        result.odd.append(record.odd());
        return true;
    };
    bool going = true;
    for (qsizetype at = 0; going && piece > 0 && at < bytes.size(); at += piece)
        going = reader.feed(QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at)), false, take);
    if (going)
        reader.feed(piece > 0 ? QByteArrayView() : QByteArrayView(bytes), true, take);
    result.problem = reader.problem();
    return result;
}

QByteArray utf16(const QString &text, bool bigEndian, bool mark)
{
    QStringEncoder encoder(bigEndian ? QStringConverter::Utf16BE : QStringConverter::Utf16LE,
                           mark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
    return encoder.encode(text);
}

} // namespace

class TestCsvReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tables_data();
    void tables();
    void refused_data();
    void refused();
    void guesses_data();
    void guesses();
    void encodings();
    void limits();
    void whatIsWrittenIsReadBack();
    void aReaderCanBeStopped();
};

void TestCsvReader::tables_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<QStringList>>("records");
    QTest::addColumn<QList<qint64>>("lines");
    const auto row = [](const char *name, const QByteArray &bytes, const QList<QStringList> &records, const QList<qint64> &lines) {
        QTest::newRow(name) << bytes << records << lines;
    };
    const auto list = [](std::initializer_list<const char *> cells) {
        QStringList texts;
        for (const char *const cell : cells)
            texts.append(QString::fromUtf8(cell));
        return texts;
    };
    row("empty file", "", {}, {});
    row("only a mark", "\xEF\xBB\xBF", {}, {});
    row("plain", "a,b\n1,2\n", { list({ "a", "b" }), list({ "1", "2" }) }, { 1, 2 });
    row("no line end at the end", "a,b\n1,2", { list({ "a", "b" }), list({ "1", "2" }) }, { 1, 2 });
    row("CRLF", "a,b\r\n1,2\r\n", { list({ "a", "b" }), list({ "1", "2" }) }, { 1, 2 });
    row("CR", "a,b\r1,2\r", { list({ "a", "b" }), list({ "1", "2" }) }, { 1, 2 });
    row("mixed ends", "a\rb\nc\r\nd", { list({ "a" }), list({ "b" }), list({ "c" }), list({ "d" }) }, { 1, 2, 3, 4 });
    row("blank lines", "a\n\n\r\n  \nb\n", { list({ "a" }), list({ "  " }), list({ "b" }) }, { 1, 4, 5 });
    row("a mark", "\xEF\xBB\xBF" "a,b\n", { list({ "a", "b" }) }, { 1 });
    row("empty cells", ",,\n", { list({ "", "", "" }) }, { 1 });
    row("ragged", "a,b\n1\n1,2,3\n", { list({ "a", "b" }), list({ "1" }), list({ "1", "2", "3" }) }, { 1, 2, 3 });
    row("quoted", "\"a,b\",\"c\"\n", { list({ "a,b", "c" }) }, { 1 });
    row("doubled marks", "\"say \"\"yes\"\"\",\"\"\"\"\n", { list({ "say \"yes\"", "\"" }) }, { 1 });
    row("empty and quoted", "\"\",\"\"\n", { list({ "", "" }) }, { 1 });
    row("a line end in a cell", "\"a\r\nb\",c\nd,e\n", { list({ "a\r\nb", "c" }), list({ "d", "e" }) }, { 1, 3 });
    row("three kinds of line end in a cell", "\"a\rb\nc\r\nd\"\nx\n", { list({ "a\rb\nc\r\nd" }), list({ "x" }) }, { 1, 5 });
    row("a mark in the middle", "a\"b\",c\n", { list({ "a\"b\"", "c" }) }, { 1 });
    row("spaces are kept", " a , b \n", { list({ " a ", " b " }) }, { 1 });
    row("spaces behind a closing mark", "\"a\"  ,b\n", { list({ "a", "b" }) }, { 1 });
    row("letters behind a closing mark", "\"a\"b,c\n", { list({ "ab", "c" }) }, { 1 });
    row("leading zeros and formulas are data", "007,=1+1,@x\n", { list({ "007", "=1+1", "@x" }) }, { 1 });
    row("letters of the world", "Nálēdi,\xD8\xB9\xD9\x84\xD9\x8A,\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8E\x93\n", { list({ "Nálēdi", "علي", "👩‍🎓" }) }, { 1 });
}

void TestCsvReader::tables()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<QStringList>, records);
    QFETCH(QList<qint64>, lines);
    // Where a piece ends must not matter.
    for (const qsizetype piece : { 0, 1, 2, 3, 7, 64 }) {
        const Result result = readAll(bytes, {}, piece);
        QVERIFY(!result.problem);
        QCOMPARE(result.records, records);
        QCOMPARE(result.lines, lines);
    }
    QCOMPARE(readAll("\"a\"b\nc\n").odd, QList<bool>({ true, false }));
}

void TestCsvReader::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<CsvProblem::Kind>("kind");
    QTest::addColumn<qint64>("line");
    using enum CsvProblem::Kind;
    QTest::newRow("never closed") << "a\nb,\"c\nd\n"_ba << UnbalancedQuote << qint64(2);
    QTest::newRow("never closed, nothing else") << "\""_ba << UnbalancedQuote << qint64(1);
    QTest::newRow("a NUL") << QByteArray("a\nb\0c\n", 6) << NulCharacter << qint64(2);
    QTest::newRow("a NUL in quotes") << QByteArray("a\n\"b\nc\0\"\n", 9) << NulCharacter << qint64(3);
    QTest::newRow("a NUL behind quotes") << QByteArray("\"b\"\0\n", 5) << NulCharacter << qint64(1);
    QTest::newRow("not UTF-8") << "a\n\xE9\n"_ba << BadEncoding << qint64(3);
    QTest::newRow("cut off in a letter") << "a\nb\xC3"_ba << BadEncoding << qint64(2);
}

void TestCsvReader::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(CsvProblem::Kind, kind);
    QFETCH(qint64, line);
    for (const qsizetype piece : { 0, 1, 3 }) {
        const Result result = readAll(bytes, {}, piece);
        QVERIFY(result.problem.has_value());
        QCOMPARE(result.problem->kind, kind);
        if (kind != CsvProblem::Kind::BadEncoding)
            QCOMPARE(result.problem->line, line);
    }
}

void TestCsvReader::guesses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<CsvEncoding>("encoding");
    QTest::addColumn<QChar>("delimiter");
    QTest::addColumn<bool>("sure");
    using enum CsvEncoding;
    const auto row = [](const char *name, const QByteArray &bytes, CsvEncoding encoding, char16_t delimiter, bool sure) {
        QTest::newRow(name) << bytes << encoding << QChar(delimiter) << sure;
    };
    row("comma", "name,mail\nNaledi,n@x.org\n", Utf8, u',', true);
    row("semicolon, with commas inside", "nom;note\n\"Dupont, A\";14,5\nMartin;12,25\n", Utf8, u';', true);
    row("semicolon, decimal commas everywhere", "nom;note\nA;14,5\nB;12,25\nC;9,75\n", Utf8, u';', true);
    row("tab", "name\tmail\nNaledi\tn@x.org\n", Utf8, u'\t', true);
    row("bar", "name|mail\nNaledi|n@x.org\n", Utf8, u'|', true);
    row("one column", "mail\nn@x.org\n", Utf8, u',', true);
    row("a mark", "\xEF\xBB\xBFnom;x\nA;1\n", Utf8, u';', true);
    row("UTF-8 without a mark", "pr\xC3\xA9nom,x\nZo\xC3\xAB,1\n", Utf8, u',', true);
    row("Windows-1252", "pr\xE9nom;x\nZo\xEB;1\n", Windows1252, u';', false);
    row("UTF-16 LE with a mark", utf16(u"prénom;x\nZoë;1\n"_s, false, true), Utf16Le, u';', true);
    row("UTF-16 BE with a mark", utf16(u"prénom;x\nZoë;1\n"_s, true, true), Utf16Be, u';', true);
    row("UTF-16 LE without", utf16(u"prénom\tx\nZoë\t1\n"_s, false, false), Utf16Le, u'\t', false);
    row("UTF-16 BE without", utf16(u"prénom\tx\nZoë\t1\n"_s, true, false), Utf16Be, u'\t', false);
    row("empty", "", Utf8, u',', true);
    row("a title above the table", "Graduates 2026\n\nname;mail\nA;a@x.org\nB;b@x.org\n", Utf8, u';', true);
}

void TestCsvReader::guesses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(CsvEncoding, encoding);
    QFETCH(QChar, delimiter);
    QFETCH(bool, sure);
    const CsvGuess guess = guessCsvDialect(bytes, true);
    QCOMPARE(guess.dialect.encoding, encoding);
    QCOMPARE(QChar(guess.dialect.delimiter), delimiter);
    QCOMPARE(guess.sure, sure);
    // A sample that ends in the middle of a letter is no other encoding.
    if (encoding == CsvEncoding::Utf8)
        QCOMPARE(guessCsvDialect("pr\xC3\xA9nom,x\nZo\xC3"_ba, false).dialect.encoding, CsvEncoding::Utf8);
}

void TestCsvReader::encodings()
{
    const QString text = u"prénom;ville\r\nZoë;\"Saint-Étienne – nord\"\r\nعلي;€\r\n"_s;
    const QList<QStringList> expected { { u"prénom"_s, u"ville"_s }, { u"Zoë"_s, u"Saint-Étienne – nord"_s }, { u"علي"_s, u"€"_s } };
    for (const bool big : { false, true }) {
        for (const qsizetype piece : { 0, 1, 3, 5 }) {
            const CsvDialect dialect { big ? CsvEncoding::Utf16Be : CsvEncoding::Utf16Le, u';' };
            QCOMPARE(readAll(utf16(text, big, true), dialect, piece).records, expected);
            QCOMPARE(readAll(utf16(text, big, false), dialect, piece).records, expected);
            QCOMPARE(readAll(utf16(text, big, true).chopped(1), dialect, piece).problem->kind, CsvProblem::Kind::BadEncoding);
        }
    }
    QByteArray all;
    for (int byte = 0x80; byte < 0x100; ++byte)
        all += char(byte);
    const Result windows = readAll(all + ";\x93x\x94\n", { CsvEncoding::Windows1252, u';' });
    QCOMPARE(windows.records.first().at(0).at(0), QChar(0x20AC));
    QCOMPARE(windows.records.first().at(0).at(0x69), QChar(0xE9));
    QCOMPARE(windows.records.first().at(1), u"“x”"_s);
}

void TestCsvReader::limits()
{
    const QByteArray most(64 * 1024, 'x');
    for (const qsizetype piece : { qsizetype(0), qsizetype(4096) }) {
        QVERIFY(!readAll(most + "\n", {}, piece).problem);
        QVERIFY(!readAll('"' + most + "\"\n", {}, piece).problem);
        QCOMPARE(readAll("a\n" + most + "x\n", {}, piece).problem, (CsvProblem { CsvProblem::Kind::CellTooLong, 2 }));
        QCOMPARE(readAll("a\n\"" + most + "x\"\n", {}, piece).problem, (CsvProblem { CsvProblem::Kind::CellTooLong, 2 }));
    }
    // A quotation mark that never closes does not make us hold the whole file.
    CsvReader reader({});
    const QByteArray piece(100'000, 'x');
    QVERIFY(!reader.feed(QByteArray('"' + piece), false, [](const CsvRecord &) { return true; }));
    QVERIFY(!reader.feed(piece, false, [](const CsvRecord &) { return true; }));
    QVERIFY(!readAll(QByteArray(999, ',') + '\n').problem);
    QCOMPARE(readAll(QByteArray(1000, ',') + '\n').problem->kind, CsvProblem::Kind::TooManyCells);
}

void TestCsvReader::whatIsWrittenIsReadBack()
{
    QRandomGenerator random(20261124);
    static const QString letters = u"ab,;\t|\"\r\n é€ع👩"_s;
    for (int round = 0; round < 3000; ++round) {
        QList<QStringList> table;
        QString text;
        const char16_t delimiter = u",;\t|"[random.bounded(4)];
        const int records = 1 + random.bounded(4);
        for (int r = 0; r < records; ++r) {
            QStringList cells;
            QString line;
            for (int c = 0, count = 2 + random.bounded(3); c < count; ++c) {
                QString cell;
                for (int l = random.bounded(6); l > 0; --l)
                    cell += letters.at(random.bounded(letters.size()));
                cell.remove(QChar(0xD83D)).remove(QChar(0xDC69)); // halves of a letter have no encoding
                cells << cell;
                line += (c ? QString(QChar(delimiter)) : QString()) + u'"' + QString(cell).replace(u'"', u"\"\""_s) + u'"';
            }
            table << cells;
            text += line + (random.bounded(2) ? u"\r\n"_s : u"\n"_s);
        }
        const Result result = readAll(text.toUtf8(), { CsvEncoding::Utf8, delimiter }, random.bounded(9));
        QVERIFY(!result.problem);
        QCOMPARE(result.records, table);
    }
}

void TestCsvReader::aReaderCanBeStopped()
{
    CsvReader reader({});
    int taken = 0;
    const auto two = [&](const CsvRecord &) { return ++taken < 2; };
    QVERIFY(!reader.feed("a\nb\nc\nd\n", false, two));
    QCOMPARE(taken, 2);
    QVERIFY(!reader.feed("e\n", true, two));
    QCOMPARE(taken, 2);
    QVERIFY(!reader.problem());
}

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csvreader.moc"
