// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/displaytext.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {
QString codePoint(char32_t c)
{
    return QString::fromUcs4(&c, 1);
}
} // namespace

class TestPlainText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneLine_data();
    void oneLine();
    void linesStayWhereTheyAreWanted();
    void longTextsAreCut_data();
    void longTextsAreCut();
    void hidden_data();
    void hidden();
    void everyCodePointIsShownOrMarked();
};

void TestPlainText::oneLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"Naledi Khumalo"_s << u"Naledi Khumalo"_s;
    QTest::newRow("markup stays literal") << u"<b>&lt;x %1"_s << u"<b>&lt;x %1"_s;
    QTest::newRow("line ends") << u"a\nb\r\nc\rd\u2028e\u2029f\u0085g"_s << u"a⏎b⏎c⏎d⏎e⏎f⏎g"_s;
    QTest::newRow("tab") << u"a\tb"_s << u"a⇥b"_s;
    QTest::newRow("NUL") << u"a"_s + QChar(0) + u"b"_s << u"a␀b"_s;
    QTest::newRow("escape, delete") << u"\u001B[31m\u007F"_s << u"␛[31m␡"_s;
    QTest::newRow("C1") << u"\u009B1m"_s << u"⟨U+009B⟩1m"_s;
    QTest::newRow("override") << u"abc\u202Efdp.exe"_s << u"abc⟨U+202E⟩fdp.exe"_s;
    QTest::newRow("isolates") << u"\u2066a\u2069"_s << u"⟨U+2066⟩a⟨U+2069⟩"_s;
    QTest::newRow("direction marks") << u"\u200Ea\u200F\u061C"_s << u"⟨U+200E⟩a⟨U+200F⟩⟨U+061C⟩"_s;
    QTest::newRow("zero width") << u"a\u200Bb\u2060c\uFEFFd\u00ADe"_s << u"a⟨U+200B⟩b⟨U+2060⟩c⟨U+FEFF⟩d⟨U+00AD⟩e"_s;
    QTest::newRow("joiner between Latin") << u"ad\u200Dmin\u200C!"_s << u"ad⟨U+200D⟩min⟨U+200C⟩!"_s;
    QTest::newRow("non-joiner in Persian") << u"می\u200Cخواهم"_s << u"می\u200Cخواهم"_s;
    QTest::newRow("joiner in Devanagari") << u"क्\u200Dष"_s << u"क्\u200Dष"_s;
    QTest::newRow("family") << u"👩\u200D👩\u200D👧 ok"_s << u"👩\u200D👩\u200D👧 ok"_s;
    QTest::newRow("heart with selector") << u"❤\uFE0F"_s << u"❤\uFE0F"_s;
    QTest::newRow("selector run") << u"a\uFE0F\uFE0E"_s << u"a\uFE0F⟨U+FE0E⟩"_s;
    QTest::newRow("selector with data") << u"a"_s + codePoint(0xE0121) << u"a⟨U+E0121⟩"_s;
    QTest::newRow("tag") << u"x"_s + codePoint(0xE0041) << u"x⟨U+E0041⟩"_s;
    QTest::newRow("private use") << u"\uE000"_s << u"⟨U+E000⟩"_s;
    QTest::newRow("Hangul filler") << u"\u3164"_s << u"⟨U+3164⟩"_s;
    QTest::newRow("lone surrogates") << QString(QChar(0xD800)) + u"a"_s + QChar(0xDC00) << u"\uFFFDa\uFFFD"_s;
    QTest::newRow("leading mark") << u"\u0301a"_s << u"◌\u0301a"_s;
    QTest::newRow("Vietnamese decomposed") << u"Nguye\u0302\u0303n"_s << u"Nguye\u0302\u0303n"_s;
    QTest::newRow("stack") << u"a"_s + QString(40, QChar(0x0301)) + u"b"_s << u"a"_s + QString(8, QChar(0x0301)) + u"…b"_s;
    QTest::newRow("Arabic") << u"محمد"_s << u"محمد"_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestPlainText::oneLine()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(plainOneLine(text), shown);
}

void TestPlainText::linesStayWhereTheyAreWanted()
{
    QCOMPARE(plainMultiLine(u"a\r\nb\u2028c\td\u202E"_s), u"a\nb\nc\td⟨U+202E⟩"_s);
}

void TestPlainText::longTextsAreCut_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("most");
    QTest::addColumn<QString>("shown");
    QTest::newRow("fits") << u"abcde"_s << 5 << u"abcde"_s;
    QTest::newRow("one too many") << u"abcdef"_s << 5 << u"abcd…"_s;
    QTest::newRow("emoji count once") << u"👩\u200D👩\u200D👧ab"_s << 3 << u"👩\u200D👩\u200D👧ab"_s;
    QTest::newRow("emoji are not torn") << u"a👩\u200D👩\u200D👧b"_s << 2 << u"a…"_s;
    QTest::newRow("100 kB") << QString(100'000, u'x') << 10 << u"xxxxxxxxx…"_s;
    QTest::newRow("nonsense cap") << u"abc"_s << 0 << u"…"_s;
}

void TestPlainText::longTextsAreCut()
{
    QFETCH(QString, text);
    QFETCH(int, most);
    QFETCH(QString, shown);
    QCOMPARE(plainOneLine(text, most), shown);
}

void TestPlainText::hidden_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    QTest::newRow("name") << u"Thandiwe Mbeki"_s << false;
    QTest::newRow("Arabic") << u"محمد"_s << false;
    QTest::newRow("two lines") << u"a\nb"_s << false;
    QTest::newRow("override") << u"a\u202Eb"_s << true;
    QTest::newRow("zero width") << u"a\u200Bb"_s << true;
    QTest::newRow("surrogate") << QString(QChar(0xD800)) << true;
}

void TestPlainText::hidden()
{
    QFETCH(QString, text);
    QFETCH(bool, expected);
    QCOMPARE(hasHiddenCharacters(text), expected);
}

void TestPlainText::everyCodePointIsShownOrMarked()
{
    for (uint c = 0; c <= QChar::LastValidCodePoint; ++c) {
        const QString text = u"a"_s + codePoint(c) + u"b"_s;
        const QString shown = plainOneLine(text);
        for (const QChar unit : shown) {
            if (unit.category() == QChar::Other_Control || (unit.category() == QChar::Other_Format && !(c >= 0x600 && c <= 0x8E2))
                || unit == QChar::LineSeparator || unit == QChar::ParagraphSeparator) {
                QFAIL(qPrintable(u"U+%1 passes unmarked"_s.arg(c, 0, 16)));
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestPlainText)
#include "tst_plaintext.moc"
