// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/namecompare.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(yoid::NameMatch)

class TestNameCompare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void table_data();
    void table();
    void differingWordsAreMarked();
    void hugeNamesTakeNoTime();
};

void TestNameCompare::table_data()
{
    QTest::addColumn<QString>("card");
    QTest::addColumn<QString>("credential");
    QTest::addColumn<NameMatch>("match");
    const auto row = [](const char *what, const QString &card, const QString &credential, NameMatch match) {
        QTest::newRow(what) << card << credential << match;
    };
    using enum NameMatch;
    row("the same", u"Naledi Khumalo"_s, u"Naledi Khumalo"_s, Same);
    row("order and case", u"KHUMALO, Naledi"_s, u"Naledi Khumalo"_s, Same);
    row("accents", u"Jose Angel Munoz"_s, u"José Ángel Muñoz"_s, Same);
    row("accents composed otherwise", QString(u"Jose\u0301 Silva"_s), QString(u"Jos\u00E9 Silva"_s), Same);
    row("stroke letters", u"Lukasz Soerensen"_s.replace(u"oe"_s, u"o"_s), u"Łukasz Sørensen"_s, Same);
    row("particles", u"Maria Silva"_s, u"Maria da Silva"_s, Same);
    row("Dutch particles", u"Jan van der Merwe"_s, u"Merwe Jan"_s, Same);
    row("title", u"Dr. Amina Bello"_s, u"Amina Bello"_s, Same);
    row("hyphen", u"Anne-Marie Dupont"_s, u"Anne Marie Dupont"_s, Same);
    row("written together", u"Mary Ann Okoro"_s, u"Maryann Okoro"_s, Same);
    row("apostrophe", u"N'Golo Kanté"_s, u"Ngolo Kante"_s, Same);
    row("curly apostrophe", u"O\u2019Brien Pat"_s, u"Pat O'Brien"_s, Same);
    row("full width", u"\uFF2E\uFF41\uFF4C\uFF45\uFF44\uFF49 Khumalo"_s, u"Naledi Khumalo"_s, Same);
    row("Arabic alef and marks", QString(u"\u0623\u062D\u0645\u062F \u0639\u0644\u064A"_s), QString(u"\u0627\u062D\u0645\u062F \u0639\u0644\u0649"_s), Same);
    row("one name only", u"Suharto"_s, u"suharto"_s, Same);
    row("a name that is a particle", u"Da"_s, u"da"_s, Same);
    row("product mock-up", u"Khumalo N. Grace"_s, u"Naledi KHUMALO"_s, Close);
    row("middle name left out", u"Naledi Grace Khumalo"_s, u"Naledi Khumalo"_s, Close);
    row("initial", u"N Khumalo"_s, u"Naledi Khumalo"_s, Close);
    row("double surname", u"Ana Garcia Lopez"_s, u"Ana Garcia"_s, Close);
    row("one letter typed wrong", u"Naledi Kumalo"_s, u"Naledi Khumalo"_s, Close);
    row("two letters swapped", u"Naledi Khmualo"_s, u"Naledi Khumalo"_s, Close);
    row("another way of writing it", u"Muhammad Ali"_s, u"Mohamed Ali"_s, Close);
    row("first name only", u"Naledi"_s, u"Naledi Khumalo"_s, Close);
    row("another first name", u"Thandi Khumalo"_s, u"Naledi Khumalo"_s, Different);
    row("another surname", u"Naledi Dlamini"_s, u"Naledi Khumalo"_s, Different);
    row("nobody alike", u"Kofi Boateng"_s, u"Naledi Khumalo"_s, Different);
    row("only a particle in common", u"de Silva"_s, u"de Souza"_s, Different);
    row("only initials fit", u"N K"_s, u"Naledi Khumalo"_s, Different);
    row("only a title in common", u"Dr Bello"_s, u"Dr Okoro"_s, Different);
    row("short names are not likely spellings", u"Ali Osa"_s, u"Ada Osa"_s, Different);
    row("same words, one of them twice", u"Osei Osei"_s, u"Osei Kofi"_s, Different);
    row("other script", QString(u"\u041D\u0430\u043B\u0435\u0434\u0438"_s), u"Naledi"_s, Different);
    row("nothing typed", QString(), u"Naledi Khumalo"_s, NotCompared);
    row("nothing but signs", u" -.,' "_s, u"Naledi Khumalo"_s, NotCompared);
    row("nothing in the credential", u"Naledi Khumalo"_s, QString(), NotCompared);
}

void TestNameCompare::table()
{
    QFETCH(QString, card);
    QFETCH(QString, credential);
    QFETCH(NameMatch, match);
    QCOMPARE(compareNames(card, credential).match, match);
    QCOMPARE(compareNames(credential, card).match, match); // neither side is the right one
}

void TestNameCompare::differingWordsAreMarked()
{
    const NameComparison found = compareNames(u"Khumalo N. Grace"_s, u"Naledi de Khumalo"_s);
    QCOMPARE(found.onCard, QList<NamePart>({ { u"Khumalo"_s, true }, { u"N"_s, true }, { u"Grace"_s, false } }));
    QCOMPARE(found.inCredential, QList<NamePart>({ { u"Naledi"_s, true }, { u"de"_s, true }, { u"Khumalo"_s, true } }));
}

void TestNameCompare::hugeNamesTakeNoTime()
{
    const NameComparison found = compareNames(QString(100'000, u'a'), QString(100'000, u'b'));
    QCOMPARE(found.match, NameMatch::Different);
    QVERIFY(found.onCard.first().text.size() <= 300);
}

QTEST_GUILESS_MAIN(TestNameCompare)
#include "tst_namecompare.moc"
