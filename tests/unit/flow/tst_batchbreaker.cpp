// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchbreaker.h"

#include <QtTest/QTest>

using namespace yoid;

namespace {

Failure answer(FailureKind kind, int status, const QStringList &fields = {})
{
    Failure failure = Failure::of(kind);
    failure.httpStatus = status;
    failure.fields = fields;
    return failure;
}

} // namespace

class TestBatchBreaker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tripsAtTheFifth_data();
    void tripsAtTheFifth();
    void othersBeginAnew_data();
    void othersBeginAnew();
    void successBeginsAnew();
    void wordsDoNotMatter();
    void silenceOfOneMomentCountsOnce();
    void answersOfOneMomentCountEach();
};

void TestBatchBreaker::tripsAtTheFifth_data()
{
    QTest::addColumn<FailureKind>("kind");
    QTest::addColumn<int>("status");
    QTest::newRow("refused") << FailureKind::Rejected << 422;
    QTest::newRow("forbidden") << FailureKind::Forbidden << 403;
    QTest::newRow("server error") << FailureKind::ServerError << 500;
    QTest::newRow("no answer") << FailureKind::Timeout << 0;
}

void TestBatchBreaker::tripsAtTheFifth()
{
    QFETCH(FailureKind, kind);
    QFETCH(int, status);
    BatchBreaker breaker;
    for (int i = 1; i <= 4; ++i)
        QVERIFY(!breaker.failed(answer(kind, status), 100 * i, 100 * i + 50));
    QVERIFY(breaker.failed(answer(kind, status), 500, 550));
    QVERIFY(breaker.failed(answer(kind, status), 600, 650)); // and stays
}

void TestBatchBreaker::othersBeginAnew_data()
{
    QTest::addColumn<FailureKind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QStringList>("fields");
    const QStringList mail { QStringLiteral("/email") };
    QTest::newRow("another kind") << FailureKind::Conflict << 400 << mail;
    QTest::newRow("another status") << FailureKind::Rejected << 422 << mail;
    QTest::newRow("another field") << FailureKind::Rejected << 400 << QStringList { QStringLiteral("/name") };
    QTest::newRow("no field") << FailureKind::Rejected << 400 << QStringList();
}

void TestBatchBreaker::othersBeginAnew()
{
    QFETCH(FailureKind, kind);
    QFETCH(int, status);
    QFETCH(QStringList, fields);
    const Failure usual = answer(FailureKind::Rejected, 400, { QStringLiteral("/email") });
    BatchBreaker breaker;
    for (int i = 0; i < 4; ++i)
        QVERIFY(!breaker.failed(usual, i, i));
    QVERIFY(!breaker.failed(answer(kind, status, fields), 5, 5));
    for (int i = 0; i < 4; ++i)
        QVERIFY(!breaker.failed(usual, 10 + i, 10 + i));
    QVERIFY(breaker.failed(usual, 20, 20));
}

void TestBatchBreaker::successBeginsAnew()
{
    const Failure usual = answer(FailureKind::Rejected, 400);
    BatchBreaker breaker;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 4; ++i)
            QVERIFY(!breaker.failed(usual, i, i));
        breaker.succeeded();
    }
}

void TestBatchBreaker::wordsDoNotMatter()
{
    BatchBreaker breaker;
    for (int i = 1; i <= 5; ++i) {
        Failure failure = answer(FailureKind::Rejected, 400);
        failure.serverText = QStringLiteral("no such recipient: %1").arg(i);
        failure.requestId = QString::number(i);
        QCOMPARE(breaker.failed(failure, i, i), i == 5);
    }
}

/// Six people in hand when the line is cut are one cut, not a reason to give up.
void TestBatchBreaker::silenceOfOneMomentCountsOnce()
{
    const Failure silence = answer(FailureKind::ConnectionLost, 0);
    BatchBreaker breaker;
    for (int cut = 0; cut < 4; ++cut) {
        for (int person = 0; person < 6; ++person)
            QVERIFY(!breaker.failed(silence, 1000 * cut + person, 1000 * cut + 500 + person));
    }
    QVERIFY(breaker.failed(silence, 9000, 9500));
}

void TestBatchBreaker::answersOfOneMomentCountEach()
{
    BatchBreaker breaker;
    for (int person = 1; person <= 5; ++person)
        QCOMPARE(breaker.failed(answer(FailureKind::Forbidden, 403), 0, 100), person == 5);
}

QTEST_GUILESS_MAIN(TestBatchBreaker)
#include "tst_batchbreaker.moc"
