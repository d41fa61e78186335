// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/backoff.h"
#include "app/base/clock.h"
#include "app/base/failure.h"
#include "app/base/ids.h"
#include "app/base/outcome.h"
#include "app/base/secret.h"
#include "tests/support/fakeclock.h"

#include <QtCore/QSet>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <type_traits>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestBase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFailureHasItsOwnCodeAndName();
    void outcomeHoldsOneSide();
    void secretMovesAndWipes();
    void safeIds_data();
    void safeIds();
    void backoffStaysBetweenFloorAndCeiling();
    void systemAlarmRings();
    void fakeClockRingsInOrder();
};

void TestBase::everyFailureHasItsOwnCodeAndName()
{
    QSet<QString> codes;
    QSet<QString> names;
    for (const FailureKind kind : allFailureKinds()) {
        codes.insert(supportCode(kind));
        names.insert(failureName(kind));
    }
    QCOMPARE(codes.size(), allFailureKinds().size());
    QCOMPARE(names.size(), allFailureKinds().size());
    // The last enumerator: a kind added to the enum but not to the table would take another one's row.
    QCOMPARE(allFailureKinds().size(), static_cast<int>(FailureKind::Internal) + 1);
}

void TestBase::outcomeHoldsOneSide()
{
    const Outcome<int> good(7);
    QVERIFY(good.ok());
    QCOMPARE(good.value(), 7);
    const Outcome<int> bad(Failure::of(FailureKind::Timeout));
    QVERIFY(!bad);
    QCOMPARE(bad.failure().kind, FailureKind::Timeout);
    QVERIFY_THROWS_EXCEPTION(std::bad_variant_access, (void)bad.value());
}

void TestBase::secretMovesAndWipes()
{
    static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
    static_assert(!std::is_convertible_v<Secret, QString> && !std::is_convertible_v<Secret, QByteArray>);
    QByteArray bytes("s3cret-value");
    const char *const where = bytes.constData();
    Secret secret(std::move(bytes));
    QCOMPARE(secret.view().data(), where); // taken over, not copied
    Secret copy = secret.clone();
    QVERIFY(copy.view().data() != where);
    QVERIFY(copy.equals(secret));
    Secret moved = std::move(secret);
    QCOMPARE(moved.size(), 12);
    moved.wipe();
    QVERIFY(moved.isEmpty());
    QVERIFY(!copy.equals(moved));
}

void TestBase::safeIds_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("safe");
    QTest::newRow("hex") << u"6421a8905c17830c188e2e2f"_s << true;
    QTest::newRow("preset") << u"didx:basic-identity"_s << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("dots") << u".."_s << false;
    QTest::newRow("slash") << u"a/b"_s << false;
    QTest::newRow("crlf") << u"a\r\nb"_s << false;
    QTest::newRow("128") << QString(128, u'a') << true;
    QTest::newRow("129") << QString(129, u'a') << false;
    QTest::newRow("full-width digit") << u"１"_s << false;
}

void TestBase::safeIds()
{
    QFETCH(QString, id);
    QFETCH(bool, safe);
    QCOMPARE(isSafeId(id), safe);
}

void TestBase::backoffStaysBetweenFloorAndCeiling()
{
    const Backoff backoff;
    QCOMPARE(backoff.wait(1, 0.0), 1000ms);
    QCOMPARE(backoff.wait(4, 0.5), 4000ms);
    for (int attempt = 1; attempt < 10'000; attempt *= 3) {
        QVERIFY(backoff.wait(attempt, 0.999999) <= 60s);
        QVERIFY(backoff.wait(attempt, 0.0) >= 1s);
    }
}

void TestBase::systemAlarmRings()
{
    SystemClock clock;
    const auto alarm = clock.createAlarm(Qt::PreciseTimer);
    QSignalSpy rang(alarm.get(), &Alarm::rang);
    const qint64 before = clock.continuousMs();
    alarm->start(20ms);
    QVERIFY(rang.wait(5000));
    QVERIFY(clock.continuousMs() - before >= 20);
    QVERIFY(!alarm->isActive());
}

void TestBase::fakeClockRingsInOrder()
{
    FakeClock clock;
    QStringList order;
    const auto late = clock.createAlarm();
    const auto early = clock.createAlarm();
    connect(late.get(), &Alarm::rang, this, [&] { order << u"late"_s; });
    connect(early.get(), &Alarm::rang, this, [&] {
        order << u"early"_s;
        if (order.size() == 1)
            early->start(1h);
    });
    late->start(90min);
    early->start(1h);
    clock.advance(3h);
    QCOMPARE(order, QStringList({ u"early"_s, u"late"_s, u"early"_s }));
}

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
