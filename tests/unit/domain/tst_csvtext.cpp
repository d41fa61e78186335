// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/csvtext.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// Reads as RFC 4180 says, strictly: any deviation gives nothing. Its own code, to check the writer against.
std::optional<QList<QStringList>> readStrictly(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    QList<QStringList> records;
    QStringList record;
    qsizetype at = 0;
    while (at < text.size()) {
        QString field;
        if (text[at] == u'"') {
            for (++at;; ++at) {
                if (at >= text.size())
                    return std::nullopt;
                if (text[at] != u'"')
                    field += text[at];
                else if (at + 1 < text.size() && text[at + 1] == u'"')
                    field += text[at++];
                else
                    break;
            }
            ++at;
        } else {
            while (at < text.size() && text[at] != u',' && text[at] != u'\r') {
                if (text[at] == u'"' || text[at] == u'\n')
                    return std::nullopt;
                field += text[at++];
            }
        }
        record << field;
        if (QStringView(text).sliced(at).startsWith(u"\r\n")) {
            records << record;
            record.clear();
            at += 2;
            continue;
        }
        if (at >= text.size() || text[at++] != u',')
            return std::nullopt;
    }
    return record.isEmpty() ? std::optional(records) : std::nullopt;
}

} // namespace

class TestCsvText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lines_data();
    void lines();
    void formulas_data();
    void formulas();
    void anySeparatorAnyStart();
    void everyFieldComesBack();
    void startsWithTheMark();
};

void TestCsvText::lines_data()
{
    QTest::addColumn<QStringList>("fields");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("plain") << QStringList { u"Thandi"_s, u"accepted"_s } << "Thandi,accepted\r\n"_ba;
    QTest::newRow("none") << QStringList {} << "\r\n"_ba;
    QTest::newRow("one empty") << QStringList { QString() } << "\"\"\r\n"_ba;
    QTest::newRow("two empty") << QStringList { QString(), QString() } << ",\r\n"_ba;
    QTest::newRow("comma") << QStringList { u"Müller, Thandi"_s } << "\"Müller, Thandi\"\r\n"_ba;
    QTest::newRow("quotes") << QStringList { u"the \"best\""_s } << "\"the \"\"best\"\"\"\r\n"_ba;
    QTest::newRow("line ends") << QStringList { u"a\nb"_s, u"c\r\nd"_s } << "\"a\nb\",\"c\r\nd\"\r\n"_ba;
    QTest::newRow("other separators") << QStringList { u"a;b"_s, u"c\td"_s } << "\"a;b\",\"c\td\"\r\n"_ba;
    QTest::newRow("outer blanks") << QStringList { u" a"_s, u"b "_s, u"c d"_s } << "\" a\",\"b \",c d\r\n"_ba;
    QTest::newRow("other scripts") << QStringList { u"Ọlá"_s, u"ثاندي"_s, u"👩🏾‍🎓"_s } << QByteArray("Ọlá,ثاندي,👩🏾‍🎓\r\n");
    QTest::newRow("formula with a comma") << QStringList { u"=SUM(1,2)"_s } << "\"'=SUM(1,2)\"\r\n"_ba;
    QTest::newRow("NUL within") << QStringList { u"a"_s + QChar(0) + u"b"_s } << QByteArray("a␀b\r\n");
}

void TestCsvText::lines()
{
    QFETCH(QStringList, fields);
    QFETCH(QByteArray, line);
    QCOMPARE(csvLine(fields), line);
}

void TestCsvText::formulas_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("safe");
    const auto same = [](const char *name, const QString &text) { QTest::newRow(name) << text << text; };
    const auto guarded = [](const char *name, const QString &text) { QTest::newRow(name) << text << u'\'' + text; };

    same("empty", {});
    same("word", u"Thandi"_s);
    same("inner signs", u"a=b+c-d@e"_s);
    same("address", u"thandi@example.org"_s);
    same("date", u"2026-03-01"_s);
    same("number", u"3"_s);
    same("blank", u" "_s);
    same("apostrophe", u"'=1"_s);
    same("bracket", u"(=1)"_s);
    same("lines", u"first\nsecond - third"_s);
    same("list", u"a; b; c"_s);
    same("superscript letter", u"ª"_s);

    guarded("equals", u"=1+1"_s);
    guarded("plus", u"+1"_s);
    guarded("minus", u"-1+1"_s);
    guarded("at", u"@SUM(1)"_s);
    guarded("negative number", u"-3"_s);
    guarded("telephone", u"+27 82 000 0000"_s);
    guarded("only the sign", u"="_s);
    guarded("DDE", u"=cmd|'/C calc'!A0"_s);
    guarded("link", u"=HYPERLINK(\"https://evil.example\")"_s);
    guarded("tab and word", u"\tword"_s);
    guarded("return", u"\rword"_s);
    guarded("line feed", u"\nword"_s);
    guarded("escape", u"\x1b[0m"_s);
    guarded("blank", u" =1"_s);
    guarded("blanks", u"   \u00a0\u3000@x"_s);
    guarded("zero width", u"\u200b=1"_s);
    guarded("byte order mark", u"\ufeff=1"_s);
    guarded("right to left", u"\u202e=1"_s);
    guarded("in quotes", u"\"=1\""_s);
    guarded("full-width equals", u"＝1"_s);
    guarded("full-width plus", u"＋1"_s);
    guarded("full-width minus", u"－1"_s);
    guarded("full-width at", u"＠x"_s);
    guarded("small equals", u"﹦1"_s);
    guarded("small at", u"﹫x"_s);
    guarded("minus sign", u"−3"_s);

    QTest::newRow("NUL") << QChar(0) + u"=1"_s << u"'␀=1"_s;
    QTest::newRow("tab") << u"\t=1"_s << u"'\t'=1"_s; // it is a control character and begins a cell
    QTest::newRow("tab within") << u"a\t=1"_s << u"a\t'=1"_s;
    QTest::newRow("semicolon") << u"x;=1+1"_s << u"x;'=1+1"_s;
    QTest::newRow("semicolon and blank") << u"x; ＝1"_s << u"x;' ＝1"_s;
    QTest::newRow("semicolon and quote") << u"x;\"=1\""_s << u"x;'\"=1\""_s;
    QTest::newRow("line feed within") << u"x\n=1\r\n-y"_s << u"x\n'=1\r\n'-y"_s;
    QTest::newRow("at the end") << u"x;"_s << u"x;"_s;
}

void TestCsvText::formulas()
{
    QFETCH(QString, text);
    QFETCH(QString, safe);
    QCOMPARE(withoutFormulas(text), safe);
}

void TestCsvText::anySeparatorAnyStart()
{
    // Whatever separator a spreadsheet is set to, no cell it finds begins with a sign.
    const QStringList starts { u"="_s, u"+"_s, u"-"_s, u"@"_s, u"＝"_s, u" ="_s, u"\"="_s, u"\u200b@"_s };
    for (const QString &start : starts) {
        for (const QString &before : { QString(), u"a;"_s, u"a,b;"_s, u"\""_s, u"a\n"_s, u"a\"\";"_s }) {
            const QString line = QString::fromUtf8(csvLine({ u"x"_s, before + start + u"cmd"_s, u"y"_s }));
            for (const QChar separator : { QChar(u';'), QChar(u'\t'), QChar(u'\n') }) {
                for (QString cell : line.split(separator)) {
                    cell.remove(u'"').remove(QChar(0x200b));
                    cell = cell.trimmed().normalized(QString::NormalizationForm_KC);
                    QVERIFY2(cell.isEmpty() || !u"=+-@"_s.contains(cell.front()), qPrintable(line));
                }
            }
        }
    }
}

void TestCsvText::everyFieldComesBack()
{
    const QList<QStringList> records { { u"Person"_s, u"Credential"_s, u"Note"_s },
                                       { u"Müller, \"Thandi\""_s, u"a\r\nb\nc\rd"_s, u" outer "_s },
                                       { u"\""_s, u"\"\"\""_s, u","_s },
                                       { QString(), QString(), QString() },
                                       { u"=1"_s, u"x;@y"_s, u"-3"_s },
                                       { QString(100'000, u'"'), u"\u2028"_s, u"👩🏾‍🎓"_s } };
    QByteArray bytes;
    for (const QStringList &record : records)
        bytes += csvLine(record);
    const auto read = readStrictly(bytes);
    QVERIFY(read.has_value());
    QCOMPARE(read->size(), records.size());
    for (qsizetype i = 0; i < records.size(); ++i) {
        QStringList expected;
        for (const QString &field : records[i])
            expected << withoutFormulas(field);
        QCOMPARE(read->at(i), expected);
    }
}

void TestCsvText::startsWithTheMark()
{
    QCOMPARE(csvStart().toHex(), "efbbbf"_ba);
    QVERIFY(!csvLine({ u"a"_s }).startsWith(csvStart()));
}

QTEST_APPLESS_MAIN(TestCsvText)
#include "tst_csvtext.moc"
