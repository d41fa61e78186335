// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/displaytext.h"

#include <QtTest/QtTest>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

class DisplayTextTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordinaryTextIsLeftAlone();
    void hiddenCharactersBecomeVisible();
    void longTextIsCut();
    void toolTipsShowMarkupAsText();
    void titlesKeepTheirAmpersand();
};

void DisplayTextTest::ordinaryTextIsLeftAlone()
{
    for (const QString &text : { u"Naledi Khumalo"_s, u"Zoë N'Diaye"_s, u"محمد"_s, u"👩‍👩‍👧"_s, u"<b>x</b>"_s, u"%1"_s })
        QCOMPARE(displayText(text), text);
    QCOMPARE(displayParagraph(u"a\r\nb\nc"_s), u"a\nb\nc"_s);
}

void DisplayTextTest::hiddenCharactersBecomeVisible()
{
    QCOMPARE(displayText(u"a\u202Eb"_s), u"a⟨U+202E⟩b"_s);
    QCOMPARE(displayText(u"a\u200Bb"_s), u"a⟨U+200B⟩b"_s);
    QCOMPARE(displayText(u"a\nb"_s), u"a⏎b"_s);
    QVERIFY(!displayText(u"\u001b[2J"_s).contains(QChar(0x1b)));
}

void DisplayTextTest::longTextIsCut()
{
    QVERIFY(displayText(QString(100'000, u'x')).size() <= 200);
    QVERIFY(displayText(QString(100'000, u'x')).endsWith(u'…'));
    QCOMPARE(displayText(QString(200, u'x')).size(), 200);
}

void DisplayTextTest::toolTipsShowMarkupAsText()
{
    const QString tip = toolTipText(u"<img src=//host/x> & more"_s);
    QVERIFY(!tip.contains(u"<img"));
    QVERIFY(tip.contains(u"&lt;img"));
    QVERIFY(toolTipText(QString(100'000, u'<')).size() < 4000);
}

void DisplayTextTest::titlesKeepTheirAmpersand()
{
    QCOMPARE(titleText(u"Fish & Chips"_s), u"Fish && Chips"_s);
}

} // namespace

QTEST_GUILESS_MAIN(DisplayTextTest)
#include "tst_displaytext.moc"
