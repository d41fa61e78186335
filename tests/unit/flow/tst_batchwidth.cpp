// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchwidth.h"

#include <QtTest/QTest>

using namespace yoid;

namespace {

constexpr ActionKind kCall = ActionKind::MakeOffer;

void calm(BatchWidth &width, int calls, qint64 ms = 100)
{
    for (int i = 0; i < calls; ++i)
        width.answered(kCall, ms);
}

} // namespace

class TestBatchWidth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beginsSmall_data();
    void beginsSmall();
    void doublesUntilTrouble();
    void halvesOnTrouble_data();
    void halvesOnTrouble();
    void troubleOfOneMomentCountsOnce();
    void widensByOneAfterACalmStretch();
    void slowAnswersDoNotWiden();
    void quickAnswersMayVary();
    void kindsOfCallsAreComparedWithTheirOwn();
    void neverOverTheMost();
    void startsOver();
};

void TestBatchWidth::beginsSmall_data()
{
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("first");
    QTest::newRow("nonsense") << -3 << 1;
    QTest::newRow("none") << 0 << 1;
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("two") << 2 << 2;
    QTest::newRow("six") << 6 << 2;
}

void TestBatchWidth::beginsSmall()
{
    QFETCH(int, most);
    QTEST(BatchWidth(most).now(), "first");
}

void TestBatchWidth::doublesUntilTrouble()
{
    BatchWidth width(6);
    calm(width, 1);
    QCOMPARE(width.now(), 2);
    calm(width, 1);
    QCOMPARE(width.now(), 4);
    calm(width, 3);
    QCOMPARE(width.now(), 4);
    calm(width, 1);
    QCOMPARE(width.now(), 6); // after six answers: at 100 ms a call well within the first second
}

void TestBatchWidth::halvesOnTrouble_data()
{
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("after");
    QTest::newRow("six") << 6 << 3;
    QTest::newRow("five") << 5 << 2;
    QTest::newRow("two") << 2 << 1;
    QTest::newRow("one") << 1 << 1;
}

void TestBatchWidth::halvesOnTrouble()
{
    QFETCH(int, most);
    BatchWidth width(most);
    calm(width, 40);
    QCOMPARE(width.now(), most);
    width.troubled();
    QTEST(width.now(), "after");
}

void TestBatchWidth::troubleOfOneMomentCountsOnce()
{
    BatchWidth width(6);
    calm(width, 40);
    for (int i = 0; i < 6; ++i)
        width.troubled();
    QCOMPARE(width.now(), 3);
    width.troubled(); // the next moment
    QCOMPARE(width.now(), 1);
    for (int i = 0; i < 20; ++i)
        width.troubled();
    QCOMPARE(width.now(), 1);
}

void TestBatchWidth::widensByOneAfterACalmStretch()
{
    BatchWidth width(6);
    calm(width, 40);
    width.troubled();
    QCOMPARE(width.now(), 3);
    calm(width, 7);
    QCOMPARE(width.now(), 3);
    calm(width, 1);
    QCOMPARE(width.now(), 4);
    calm(width, 7);
    width.troubled(); // begins anew
    QCOMPARE(width.now(), 2);
    calm(width, 7);
    QCOMPARE(width.now(), 2);
    calm(width, 1);
    QCOMPARE(width.now(), 3);
}

void TestBatchWidth::slowAnswersDoNotWiden()
{
    BatchWidth width(40);
    calm(width, 3);
    QCOMPARE(width.now(), 4);
    calm(width, 12, 250); // more than twice the best: the service is at its end
    const int held = width.now();
    QVERIFY(held < 40);
    calm(width, 40, 250);
    QCOMPARE(width.now(), held);
    calm(width, 24, 120);
    QVERIFY(width.now() > held);
}

void TestBatchWidth::quickAnswersMayVary()
{
    BatchWidth width(6);
    calm(width, 3, 1);
    calm(width, 40, 30); // thirty times as long, and nothing anybody would notice
    QCOMPARE(width.now(), 6);
}

void TestBatchWidth::kindsOfCallsAreComparedWithTheirOwn()
{
    BatchWidth width(6);
    for (int i = 0; i < 3; ++i)
        width.answered(ActionKind::CreateAccount, 60);
    for (int i = 0; i < 8; ++i)
        width.answered(ActionKind::MakeOffer, 900);
    QCOMPARE(width.now(), 6);
}

void TestBatchWidth::neverOverTheMost()
{
    BatchWidth width(6);
    calm(width, 40);
    width.setMost(3);
    QCOMPARE(width.now(), 3);
    calm(width, 40);
    QCOMPARE(width.now(), 3);
    width.setMost(5);
    QCOMPARE(width.now(), 3); // it has to be earned
    calm(width, 40);
    QCOMPARE(width.now(), 5);
    QCOMPARE(width.most(), 5);
}

void TestBatchWidth::startsOver()
{
    BatchWidth width(6);
    calm(width, 40);
    width.troubled();
    width.startOver();
    QCOMPARE(width.now(), 2);
    calm(width, 2);
    QCOMPARE(width.now(), 4);
}

QTEST_GUILESS_MAIN(TestBatchWidth)
#include "tst_batchwidth.moc"
