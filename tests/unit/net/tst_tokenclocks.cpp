// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// Time in the token manager: jitter, floors, the breaker, the idle rule, clocks that jump and computers that sleep
// (reliability 2.1, 2.4).

#include "tests/unit/net/tokenbench.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

class TestTokenClocks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jitterRenewsEarlier();
    void idleRule();
    void idleRuleNotDuringAJob();
    void floorAfterSuccess();
    void breakerTenPerMinute();
    void wallClockJumps_data();
    void wallClockJumps();
    void clockSetWhileInFlight();
    void suspendTenMinutes();
    void suspendInFlight();
    void snapshotResume();
    void onlineAgainRenews();
    void clockSkew();
};

void TestTokenClocks::jitterRenewsEarlier()
{
    TokenBench bench;
    bench.dice = 0.5;
    bench.ready().take();
    bench.advance(267'500ms - 1ms);
    QCOMPARE(bench.requests(), 1);
    bench.advance(1ms);
    QCOMPARE(bench.requests(), 2); // half of min(5 s, 300/50 s) earlier
}

void TestTokenClocks::idleRule()
{
    TokenBench bench;
    bench.ready().take();
    bench.advance(9min); // renewed once at 4:30; at 9:00 it is due again, still inside ten minutes
    QCOMPARE(bench.requests(), 3);
    bench.advance(1h);
    QCOMPARE(bench.requests(), 3);
    QVERIFY(bench.tokens->status().idle);
    QVERIFY(!bench.tokens->status().usable);
    QCOMPARE(bench.state(), TokenState::Empty);
    QCOMPARE(bench.clock.fake.activeAlarms(), 0);
    QVERIFY(bench.take().ok);
    QCOMPARE(bench.requests(), 4);
    QVERIFY(!bench.tokens->status().idle);
    // Resting with the token still alive: it is lent at once and renewed behind the caller's back.
    bench.advance(13min + 30s);
    const int before = bench.requests();
    QVERIFY(bench.tokens->status().idle);
    QVERIFY(bench.tokens->status().usable);
    QCOMPARE(bench.state(), TokenState::Stale);
    QVERIFY(bench.take().ok);
    QCOMPARE(bench.requests(), before + 1);
}

void TestTokenClocks::idleRuleNotDuringAJob()
{
    TokenBench bench;
    bench.ready().take();
    bench.tokens->setBusy(true);
    bench.advance(1h);
    QVERIFY(bench.tokens->status().usable);
    QCOMPARE(bench.requests(), 1 + 60 * 60 / 270);
}

void TestTokenClocks::floorAfterSuccess()
{
    TokenBench bench;
    bench.ready().take();
    bench.advance(2s);
    bench.tokens->retryNow();
    bench.advance(2900ms);
    QCOMPARE(bench.requests(), 1);
    QCOMPARE(bench.state(), TokenState::Stale);
    QVERIFY(bench.take().ok);
    bench.advance(100ms);
    QCOMPARE(bench.requests(), 2);
}

void TestTokenClocks::breakerTenPerMinute()
{
    TokenBench bench;
    QList<qint64> sent;
    bench.line.setHandler([&](const auto &) {
        sent.append(bench.clock.continuousMs());
        return FakeTransport::failure(FailureKind::ConnectionRefused);
    });
    bench.ready().acquire(nullptr, 10min); // dice 0: backoff always at the floor of 1 s
    bench.advance(10min);
    QVERIFY(sent.size() >= 95);
    for (qsizetype i = 10; i < sent.size(); ++i)
        QVERIFY(sent[i] - sent[i - 10] >= 60'000);
    for (qsizetype i = 1; i < sent.size(); ++i)
        QVERIFY(sent[i] - sent[i - 1] >= 1000);
}

void TestTokenClocks::wallClockJumps_data()
{
    QTest::addColumn<qint64>("jumpMs");
    QTest::addColumn<int>("extra");
    QTest::newRow("+1 day") << qint64(86'400'000) << 1;
    QTest::newRow("-1 day") << qint64(-86'400'000) << 0;
    QTest::newRow("+2 s") << qint64(2000) << 0;
    QTest::newRow("-2 s") << qint64(-2000) << 0;
    QTest::newRow("+1 minute, token still good") << qint64(60'000) << 1;
}

void TestTokenClocks::wallClockJumps()
{
    QFETCH(qint64, jumpMs);
    QFETCH(int, extra);
    TokenBench bench;
    bench.ready().take();
    bench.use(30s);
    bench.clock.fake.jumpWall(std::chrono::milliseconds(jumpMs));
    bench.use(2min);
    QCOMPARE(bench.requests(), 1 + extra);
    for (const auto &one : std::as_const(bench.got))
        QVERIFY(one.ok);
    QCOMPARE(bench.got.size(), bench.calls);
    bench.advance(268s);
    QCOMPARE(bench.requests(), 2 + extra); // and life goes on as usual
}

void TestTokenClocks::clockSetWhileInFlight()
{
    TokenBench bench;
    bench.line.hold(true);
    bench.ready().acquire();
    bench.clock.fake.jumpWall(24h);
    bench.line.releaseAll();
    bench.settle();
    QVERIFY(bench.got.value(0).ok);
    QCOMPARE(bench.state(), TokenState::Fresh);
    bench.advance(60s);
    QCOMPARE(bench.requests(), 1);
}

void TestTokenClocks::suspendTenMinutes()
{
    TokenBench bench;
    bench.ready().take();
    bench.clock.fake.sleep(10min);
    const auto got = bench.take(); // before any alarm rang
    QCOMPARE(got.token, QByteArray("token-2"));
    QCOMPARE(bench.requests(), 2);
}

void TestTokenClocks::suspendInFlight()
{
    TokenBench bench;
    bench.line.hold(true);
    bench.ready().acquire(nullptr, 1h);
    bench.clock.fake.sleep(10min);
    bench.settle();
    bench.line.hold(false);
    bench.advance(3s);
    QCOMPARE(bench.got.value(0).token, QByteArray("token-2")); // the dead connection was given up
}

void TestTokenClocks::snapshotResume()
{
    TokenBench bench;
    bench.ready().take();
    bench.advance(60s);
    bench.clock.fake.jumpWall(10min); // the continuous clock stood still with the machine
    const auto got = bench.take();
    QCOMPARE(got.token, QByteArray("token-2"));
    QCOMPARE(bench.requests(), 2);
}

void TestTokenClocks::onlineAgainRenews()
{
    TokenBench bench;
    bench.ready().take();
    bench.advance(60s);
    bench.line.hold(true);
    bench.tokens->lookAgain();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Refreshing);
    bench.tokens->lookAgain();
    bench.settle();
    QCOMPARE(bench.requests(), 2);
    QVERIFY(bench.take().ok);
}

void TestTokenClocks::clockSkew()
{
    TokenBench bench;
    const QDateTime now = bench.clock.nowUtc();
    const QByteArray date = QLocale::c().toString(now.addSecs(-90), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
    bench.line.answer(TokenBench::json(200, bench.grantBody("300"), { { "Date", date } }));
    bench.ready().take();
    const auto skew = bench.tokens->status().clockSkewMs;
    QVERIFY(skew);
    QVERIFY(*skew > 89'000 && *skew < 91'000);
}

} // namespace yoid

QTEST_GUILESS_MAIN(yoid::TestTokenClocks)
#include "tst_tokenclocks.moc"
