// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/retryafter.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestRetryAfter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dates_data();
    void dates();
    void waits_data();
    void waits();
};

void TestRetryAfter::dates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("iso");
    QTest::newRow("IMF-fixdate") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << u"1994-11-06T08:49:37Z"_s;
    QTest::newRow("RFC 850") << QByteArray("Sunday, 06-Nov-94 08:49:37 GMT") << u"1994-11-06T08:49:37Z"_s;
    QTest::newRow("RFC 850, this century") << QByteArray("Tuesday, 24-Nov-26 10:00:00 GMT") << u"2026-11-24T10:00:00Z"_s;
    QTest::newRow("asctime") << QByteArray("Sun Nov  6 08:49:37 1994") << u"1994-11-06T08:49:37Z"_s;
    QTest::newRow("leap second") << QByteArray("Sat, 31 Dec 2016 23:59:60 GMT") << u"2016-12-31T23:59:59Z"_s;
    for (const char *bad : { "", "yesterday", "Sun, 31 Feb 2026 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
                             "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 08:49:37 CET", "06 Nov 1994 08:49:37 GMT",
                             "Sun, 06 Nov 94 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 8:49:37 GMT",
                             "1994-11-06T08:49:37Z" }) {
        QTest::newRow(qPrintable(u"bad: "_s + QLatin1StringView(bad))) << QByteArray(bad) << QString();
    }
    QTest::newRow("bad: long") << QByteArray(100'000, ' ') + "Sun, 06 Nov 1994 08:49:37 GMT" << QString();
}

void TestRetryAfter::dates()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, iso);
    const QDateTime parsed = parseHttpDate(text);
    QCOMPARE(parsed.isValid(), !iso.isEmpty());
    if (!iso.isEmpty())
        QCOMPARE(parsed.toString(Qt::ISODate), iso);
}

void TestRetryAfter::waits_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<int>("seconds"); // -1: no value
    const QByteArray served = "Tue, 24 Nov 2026 09:00:00 GMT"; // the server's clock is an hour behind ours
    QTest::newRow("1") << QByteArray("1") << QByteArray() << 1;
    QTest::newRow("0") << QByteArray("0") << QByteArray() << 1;
    QTest::newRow("-5") << QByteArray("-5") << QByteArray() << 1;
    QTest::newRow("120") << QByteArray(" 120 ") << QByteArray() << 120;
    QTest::newRow("99999") << QByteArray("99999") << QByteArray() << 3600;
    QTest::newRow("over 64 bit") << QByteArray("99999999999999999999999") << QByteArray() << 3600;
    QTest::newRow("one year") << QByteArray("31536000") << QByteArray() << 3600;
    QTest::newRow("date by server clock") << QByteArray("Tue, 24 Nov 2026 09:01:30 GMT") << served << 90;
    QTest::newRow("date by own clock") << QByteArray("Tue, 24 Nov 2026 10:00:45 GMT") << QByteArray() << 45;
    QTest::newRow("bad Date header") << QByteArray("Tue, 24 Nov 2026 10:00:45 GMT") << QByteArray("now") << 45;
    QTest::newRow("past") << QByteArray("Tue, 24 Nov 2026 08:00:00 GMT") << served << 1;
    QTest::newRow("far") << QByteArray("Wed, 24 Nov 2027 08:00:00 GMT") << served << 3600;
    for (const char *bad : { "", "soon", "1.5", "1s", "+3", "--3", "0x10", "1 2" })
        QTest::newRow(qPrintable(u"bad: "_s + QLatin1StringView(bad))) << QByteArray(bad) << QByteArray() << -1;
}

void TestRetryAfter::waits()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, date);
    QFETCH(int, seconds);
    const QDateTime now(QDate(2026, 11, 24), QTime(10, 0), Qt::UTC);
    const auto wait = parseRetryAfter(value, date, now);
    QCOMPARE(wait.has_value(), seconds >= 0);
    if (wait)
        QCOMPARE(wait->count(), seconds);
}

QTEST_GUILESS_MAIN(TestRetryAfter)
#include "tst_retryafter.moc"
