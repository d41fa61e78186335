// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchmapping.h"

#include <QtCore/QDate>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

constexpr int kThisYear = 2026;

DateEvidence evidenceOf(const QStringList &cells)
{
    DateEvidence evidence;
    for (const QString &cell : cells)
        evidence.take(cell);
    return evidence;
}

} // namespace

/// Reliability 4.2 no. 64; product 6.3.
class TestBatchDates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readings_data();
    void readings();
    void everyDayOfALeapYear();
    void monthNames_data();
    void monthNames();
    void serials_data();
    void serials();
    void evidence_data();
    void evidence();
    void evidenceAddsUp();
};

void TestBatchDates::readings_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("dmy"); // empty: no date in this order
    QTest::addColumn<QString>("mdy");
    QTest::addColumn<QString>("ymd");
    const auto same = [](const char *name, const QString &cell, const QString &day) { QTest::newRow(name) << cell << day << day << day; };
    const auto never = [](const QString &cell) { QTest::newRow(qPrintable(u"never "_s + cell)) << cell << QString() << QString() << QString(); };
    same("ISO", u"2026-11-14"_s, u"2026-11-14"_s);
    same("year first with slashes", u"2026/11/14"_s, u"2026-11-14"_s);
    same("year first, short", u"2026.1.4"_s, u"2026-01-04"_s);
    same("ISO with a time", u"2026-11-14 00:00:00"_s, u"2026-11-14"_s);
    same("ISO with T and Z", u"2026-11-14T00:00:00Z"_s, u"2026-11-14"_s);
    same("ISO with an offset", u"2026-11-14T08:15:00.123+02:00"_s, u"2026-11-14"_s);
    same("day, name, year", u"14 Nov 2026"_s, u"2026-11-14"_s);
    same("joined", u"14-Nov-26"_s, u"2026-11-14"_s);
    same("name first", u"November 14, 2026"_s, u"2026-11-14"_s);
    same("ordinal", u"14th November 2026"_s, u"2026-11-14"_s);
    same("French ordinal", u"1er août 2026"_s, u"2026-08-01"_s);
    same("with de", u"14 de noviembre de 2026"_s, u"2026-11-14"_s);
    same("year, name, day", u"2026 Nov 14"_s, u"2026-11-14"_s);
    same("no-break blanks", u"\u00A014\u00A0Nov\u00A02026 "_s, u"2026-11-14"_s);
    same("a time after a name", u"14 Nov 2026 10:30"_s, u"2026-11-14"_s);
    QTest::newRow("both ways") << u"03/04/2026"_s << u"2026-04-03"_s << u"2026-03-04"_s << QString();
    QTest::newRow("both ways, short year") << u"03/04/25"_s << u"2025-04-03"_s << u"2025-03-04"_s << u"2003-04-25"_s;
    QTest::newRow("day first") << u"14/11/2026"_s << u"2026-11-14"_s << QString() << QString();
    QTest::newRow("month first") << u"11/14/2026"_s << QString() << u"2026-11-14"_s << QString();
    QTest::newRow("points") << u"14.11.2026"_s << u"2026-11-14"_s << QString() << QString();
    QTest::newRow("hyphens") << u"14-11-2026"_s << u"2026-11-14"_s << QString() << QString();
    QTest::newRow("blanks") << u"14 11 2026"_s << u"2026-11-14"_s << QString() << QString();
    QTest::newRow("blanks beside signs") << u"14 / 11 / 2026"_s << u"2026-11-14"_s << QString() << QString();
    QTest::newRow("single digits") << u"4/3/2026"_s << u"2026-03-04"_s << u"2026-04-03"_s << QString();
    QTest::newRow("American with a time") << u"11/14/2026 12:00:00 AM"_s << QString() << u"2026-11-14"_s << QString();
    QTest::newRow("Arabic digits and marks") << u"\u0661\u0664\u200F/\u0661\u0661\u200F/\u0662\u0660\u0662\u0666"_s << u"2026-11-14"_s << QString() << QString();
    QTest::newRow("Persian digits") << u"\u06F1\u06F4/\u06F1\u06F1/\u06F2\u06F0\u06F2\u06F6"_s << u"2026-11-14"_s << QString() << QString();
    QTest::newRow("ten years ahead") << u"01/02/36"_s << u"2036-02-01"_s << u"2036-01-02"_s << QString();
    QTest::newRow("eleven years ahead") << u"01/02/37"_s << u"1937-02-01"_s << u"1937-01-02"_s << QString();
    QTest::newRow("short year first") << u"99/12/31"_s << QString() << QString() << u"1999-12-31"_s;
    QTest::newRow("leap day") << u"29/02/2024"_s << u"2024-02-29"_s << QString() << QString();
    for (const QString &cell : { u"31/02/2026"_s, u"29/02/2026"_s, u"32/01/2026"_s, u"00/01/2026"_s, u"2026-13-01"_s, u"2026-02-31"_s, u""_s, u" "_s,
                                 u"today"_s, u"14/11"_s, u"14//11/2026"_s, u"14/11-2026"_s, u"14/11/026"_s, u"14/11/20266"_s, u"20261114"_s,
                                 u"45975"_s, u"1.2.3"_s, u"14/11/2026/1"_s, u"14 Nov"_s, u"Nov 2026"_s, u"14 Foo 2026"_s, u"31 Feb 2026"_s,
                                 u"2026-11-14 nonsense"_s, u"2026-11-14T"_s, u"14/11/2026x"_s, u"-14/11/2026"_s, u"0999-01-01"_s, u"14\n11\n2026"_s,
                                 u"14 Ju 2026"_s, u"14 Jui 2026"_s }) {
        never(cell);
    }
    never(QString(100'000, u'1'));
}

void TestBatchDates::readings()
{
    QFETCH(QString, cell);
    const auto text = [&cell](DateOrder order) { return dateFromCell(cell, order, kThisYear).value_or(QString()); };
    QTEST(text(DateOrder::DayMonthYear), "dmy");
    QTEST(text(DateOrder::MonthDayYear), "mdy");
    QTEST(text(DateOrder::YearMonthDay), "ymd");
}

void TestBatchDates::everyDayOfALeapYear()
{
    for (QDate day(2024, 1, 1); day.year() == 2024; day = day.addDays(1)) {
        const QString iso = day.toString(Qt::ISODate);
        QCOMPARE(dateFromCell(day.toString(u"d/M/yyyy"_s), DateOrder::DayMonthYear, kThisYear), std::optional(iso));
        QCOMPARE(dateFromCell(day.toString(u"MM.dd.yyyy"_s), DateOrder::MonthDayYear, kThisYear), std::optional(iso));
        QCOMPARE(dateFromCell(day.toString(u"yy-MM-dd"_s), DateOrder::YearMonthDay, kThisYear), std::optional(iso));
        QCOMPARE(dateFromSerial(QString::number(QDate(1899, 12, 30).daysTo(day))), std::optional(iso));
    }
    for (const int year : { 1900, 2000, 2100, 2023, 2024 })
        QCOMPARE(dateFromCell(QString(u"29/02/"_s + QString::number(year)), DateOrder::DayMonthYear, kThisYear).has_value(), QDate::isLeapYear(year));
}

void TestBatchDates::monthNames_data()
{
    QTest::addColumn<QString>("names");
    QTest::newRow("English") << u"January February March April May June July August September October November December"_s;
    QTest::newRow("English, short") << u"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"_s;
    QTest::newRow("French") << u"janvier février mars avril mai juin juillet août septembre octobre novembre décembre"_s;
    QTest::newRow("French, short") << u"janv févr mars avr mai juin juil août sept oct nov déc"_s;
    QTest::newRow("French, without accents") << u"JANVIER FEVRIER MARS AVRIL MAI JUIN JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE DECEMBRE"_s;
    QTest::newRow("Portuguese") << u"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"_s;
    QTest::newRow("Portuguese, short") << u"jan fev mar abr mai jun jul ago set out nov dez"_s;
    QTest::newRow("Spanish") << u"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"_s;
    QTest::newRow("Spanish, short") << u"ene feb mar abr may jun jul ago sept oct nov dic"_s;
    QTest::newRow("Kiswahili") << u"Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba"_s;
    QTest::newRow("Arabic") << u"يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"_s;
    QTest::newRow("Arabic, Maghreb") << u"جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر"_s;
    QTest::newRow("Arabic, Levant") << u"كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول"_s;
}

void TestBatchDates::monthNames()
{
    QFETCH(QString, names);
    const QStringList months = names.split(u' ');
    QCOMPARE(months.size(), 12);
    for (int month = 1; month <= 12; ++month) {
        QString name = months.at(month - 1);
        name.replace(u'_', u' ');
        const QString iso = QDate(2026, month, 14).toString(Qt::ISODate);
        QCOMPARE(dateFromCell(QString(u"14 "_s + name + u" 2026"_s), DateOrder::MonthDayYear, kThisYear), std::optional(iso));
    }
}

void TestBatchDates::serials_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("day");
    QTest::newRow("serial") << u"45975"_s << u"2025-11-14"_s;
    QTest::newRow("with a time of day") << u"45975.5"_s << u"2025-11-14"_s;
    QTest::newRow("first") << u"10959"_s << u"1930-01-01"_s;
    QTest::newRow("last") << u"73415"_s << u"2100-12-31"_s;
    for (const QString &cell : { u"10958"_s, u"73416"_s, u"2026"_s, u"100000"_s, u""_s, u"-45975"_s, u"4597x"_s, u"45 975"_s, u"45975.5.5"_s })
        QTest::newRow(qPrintable(u"not "_s + cell)) << cell << QString();
}

void TestBatchDates::serials()
{
    QFETCH(QString, cell);
    QTEST(dateFromSerial(cell).value_or(QString()), "day");
}

void TestBatchDates::evidence_data()
{
    QTest::addColumn<QStringList>("cells");
    QTest::addColumn<QString>("proved"); // a key, or empty
    QTest::addColumn<bool>("mustAsk");
    QTest::newRow("nothing") << QStringList {} << QString() << false;
    QTest::newRow("no dates") << QStringList { u"Naledi"_s, u"7"_s } << QString() << false;
    QTest::newRow("03/04/25: ask") << QStringList { u"03/04/25"_s } << QString() << true;
    QTest::newRow("both ways: ask") << QStringList { u"03/04/2026"_s, u"05/06/2026"_s } << QString() << true;
    QTest::newRow("one proves day first") << QStringList { u"03/04/2026"_s, u"14/03/2026"_s } << u"dmy"_s << false;
    QTest::newRow("one proves month first") << QStringList { u"03/04/2026"_s, u"03/14/2026"_s } << u"mdy"_s << false;
    QTest::newRow("proofs against each other: ask") << QStringList { u"03/04/2026"_s, u"14/03/2026"_s, u"03/14/2026"_s } << QString() << true;
    QTest::newRow("against each other, nothing open") << QStringList { u"14/03/2026"_s, u"03/14/2026"_s } << QString() << false;
    QTest::newRow("year first") << QStringList { u"2026-11-14"_s } << u"ymd"_s << false;
    QTest::newRow("year first beside day first") << QStringList { u"2026-11-14"_s, u"14/03/2026"_s } << u"dmy"_s << false;
    QTest::newRow("year first proves nothing about others") << QStringList { u"2026-11-14"_s, u"03/04/2026"_s } << QString() << true;
    QTest::newRow("same both ways") << QStringList { u"04/04/2026"_s } << QString() << false;
    QTest::newRow("by name") << QStringList { u"14 Nov 2026"_s } << QString() << false;
    QTest::newRow("26/11/14 is read in three ways") << QStringList { u"26/11/14"_s } << QString() << true;
    QTest::newRow("11/14/26 is read in one") << QStringList { u"11/14/26"_s } << u"mdy"_s << false;
    QTest::newRow("no such day proves nothing") << QStringList { u"31/02/2026"_s } << QString() << false;
}

void TestBatchDates::evidence()
{
    QFETCH(QStringList, cells);
    const DateEvidence evidence = evidenceOf(cells);
    const std::optional<DateOrder> proved = evidence.proved();
    QTEST(proved ? dateOrderKey(*proved) : QString(), "proved");
    QTEST(evidence.mustAsk(), "mustAsk");
}

void TestBatchDates::evidenceAddsUp()
{
    const QStringList cells { u"2026-11-14"_s, u" 03/04/2026 "_s, u"05/06/2026"_s, u"14/03/2026"_s, u"03/14/2026"_s, u"04/04/2026"_s, u"x"_s, u""_s };
    const DateEvidence whole = evidenceOf(cells);
    DateEvidence expected;
    expected.yearFirst = expected.dayFirst = expected.monthFirst = expected.same = expected.none = 1;
    expected.ambiguous = 2;
    expected.example = u"03/04/2026"_s;
    QCOMPARE(whole, expected);
    for (qsizetype cut = 0; cut <= cells.size(); ++cut) {
        DateEvidence sum = evidenceOf(cells.first(cut));
        sum.add(evidenceOf(cells.sliced(cut)));
        QCOMPARE(sum, whole);
    }
}

QTEST_APPLESS_MAIN(TestBatchDates)
#include "tst_batchdates.moc"
