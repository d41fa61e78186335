// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/foldedtext.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestFoldedText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void folds_data();
    void folds();
    void theSameHoweverItWasTyped();
};

void TestFoldedText::folds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("folded");
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("plain") << u"Naledi KHUMALO"_s << u"naledi khumalo"_s;
    QTest::newRow("address") << u"Naledi.K@Example.org"_s << u"naledi.k@example.org"_s;
    QTest::newRow("accents") << u"Zoë Dlaminí Ñandú"_s << u"zoe dlamini nandu"_s;
    QTest::newRow("stacked marks") << u"Nguyễn"_s << u"nguyen"_s;
    QTest::newRow("strokes") << u"Łukasz Søren Đorđe Ħ"_s << u"lukasz soren dorde h"_s;
    QTest::newRow("ligatures") << u"Ælfric Œuvre ﬁn"_s << u"aelfric oeuvre fin"_s;
    QTest::newRow("sharp s") << u"Weiß"_s << u"weiss"_s;
    QTest::newRow("full width") << u"ＡＢＣ１２"_s << u"abc12"_s;
    QTest::newRow("dotless i") << u"Işık"_s << u"isik"_s;
    QTest::newRow("greek") << u"ΆΝΝΑ"_s << u"αννα"_s;
    QTest::newRow("arabic vowels") << u"مُحَمَّد"_s << u"محمد"_s;
    QTest::newRow("cyrillic") << u"Иван"_s << u"иван"_s;
    QTest::newRow("outside the first plane") << u"\U0001D400nna \U0001F600"_s << u"anna \U0001F600"_s;
}

void TestFoldedText::folds()
{
    QFETCH(QString, text);
    QTEST(foldedText(text), "folded");
    QCOMPARE(foldedText(foldedText(text)), foldedText(text));
}

void TestFoldedText::theSameHoweverItWasTyped()
{
    const QString composed = u"Zo\u00EB"_s;
    QCOMPARE(foldedText(composed), foldedText(composed.normalized(QString::NormalizationForm_D)));
}

QTEST_GUILESS_MAIN(TestFoldedText)
#include "tst_foldedtext.moc"
