// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/poller.h"
#include "tests/support/fakeclock.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <limits>

using namespace yoid;
using namespace std::chrono_literals;

namespace {

/// Looks when it is told to and notes when that was.
class Owner final : public QObject {
public:
    Owner(FakeClock &clock, Poller &poller)
        : m_clock(clock)
    {
        connect(&poller, &Poller::due, this, [this, &poller] {
            looks << m_clock.continuousMs() - m_startMs;
            if (silent)
                return;
            if (failure)
                poller.failed(*failure);
            else
                poller.answered();
        });
    }
    QList<qint64> looks;
    std::optional<Failure> failure;
    bool silent = false; ///< The look stays under way.

private:
    FakeClock &m_clock;
    qint64 m_startMs = m_clock.continuousMs();
};

Poller::Random middle()
{
    return [] { return 0.5; };
}

Failure limited(std::optional<std::chrono::seconds> retryAfter)
{
    Failure failure = Failure::of(FailureKind::RateLimited);
    failure.retryAfter = retryAfter;
    return failure;
}

} // namespace

class TestPoller : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void waitsGrowAsPlanned();
    void plansOfIssuing();
    void jitterStaysWithinATenth();
    void looksNowWhenAsked();
    void neverTwoLooksAtOnce();
    void hiddenWaitsFourTimesAsLong();
    void shownAgainLooksAtOnce();
    void rateLimitDoublesUntilAGoodAnswer();
    void retryAfterHoldsBackEvenTheUser();
    void noConnectionAfterTwentySeconds();
    void aHangingLookCountsFromItsBeginning();
    void expiryBringsOneLastLook();
    void expiryIsJudgedByTheServicesClock();
    void expiryDuringSleepIsSeenAfterwards();
    void aLastLookThatFailsIsNotTheLast();
    void stopLeavesNoAlarm();
    void startBeginsAnew();
    void lateReportsAfterStopAreIgnored();
    void budgetSpreadsManyPollers();
};

void TestPoller::waitsGrowAsPlanned()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAnswer(), middle());
    Owner owner(clock, poller);
    poller.start();
    clock.advance(10min);
    QCOMPARE(owner.looks.first(), 2000);
    QCOMPARE(owner.looks.at(1), 4000);
    QCOMPARE(owner.looks.at(14), 30'000);
    QCOMPARE(owner.looks.at(15), 35'000);
    QVERIFY(owner.looks.size() <= 65); // reliability 5.8: a third of a fixed 3 s
    QVERIFY(owner.looks.size() >= 60);
    const qsizetype atTen = owner.looks.size();
    clock.advance(50min);
    QCOMPARE(owner.looks.size() - atTen, 50);
    const qsizetype atHour = owner.looks.size();
    clock.advance(1h);
    QCOMPARE(owner.looks.size() - atHour, 12);
}

void TestPoller::plansOfIssuing()
{
    QCOMPARE(PollPlan::forAcceptance().intervalAt(0s), 10s);
    QCOMPARE(PollPlan::forAcceptance().intervalAt(3min), 60s);
    QCOMPARE(PollPlan::forAcceptance().intervalAt(2h), 10min);
    QCOMPARE(PollPlan::forPractice().intervalAt(0s), 2s);
}

void TestPoller::jitterStaysWithinATenth()
{
    for (const double unit : { 0.0, 0.25, 0.999999 }) {
        FakeClock clock;
        Poller poller(clock, PollPlan::forAnswer(), [unit] { return unit; });
        Owner owner(clock, poller);
        poller.start();
        clock.advance(3s);
        QVERIFY(owner.looks.first() >= 1800 && owner.looks.first() <= 2200);
        QCOMPARE(owner.looks.first() < 2000, unit < 0.5);
    }
}

void TestPoller::looksNowWhenAsked()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAcceptance(), middle());
    Owner owner(clock, poller);
    poller.checkNow();
    clock.advance(1s);
    QVERIFY(owner.looks.isEmpty()); // not running
    poller.start();
    clock.advance(1s);
    QVERIFY(owner.looks.isEmpty());
    poller.checkNow();
    clock.advance(0s);
    QCOMPARE(owner.looks, QList<qint64>({ 2000 }));
    clock.advance(10s);
    QCOMPARE(owner.looks, QList<qint64>({ 2000, 12'000 }));
}

void TestPoller::neverTwoLooksAtOnce()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAnswer(), middle());
    Owner owner(clock, poller);
    owner.silent = true;
    poller.start();
    clock.advance(1min);
    QCOMPARE(owner.looks.size(), 1);
    poller.checkNow();
    poller.checkNow();
    clock.advance(1min);
    QCOMPARE(owner.looks.size(), 1);
    owner.silent = false;
    poller.answered();
    clock.advance(0s);
    QCOMPARE(owner.looks.size(), 2); // the two presses together are one more look
}

void TestPoller::hiddenWaitsFourTimesAsLong()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAnswer(), middle());
    Owner owner(clock, poller);
    poller.setHidden(true);
    poller.start();
    clock.advance(20s);
    QCOMPARE(owner.looks, QList<qint64>({ 8000, 16'000 }));
}

void TestPoller::shownAgainLooksAtOnce()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAnswer(), middle());
    Owner owner(clock, poller);
    poller.start();
    poller.setHidden(true);
    clock.advance(1s);
    poller.setHidden(false);
    poller.setHidden(false);
    clock.advance(1s);
    QCOMPARE(owner.looks, QList<qint64>({ 1000 }));
}

void TestPoller::rateLimitDoublesUntilAGoodAnswer()
{
    FakeClock clock;
    Poller poller(clock, { {}, 10s }, middle());
    Owner owner(clock, poller);
    owner.failure = limited({});
    poller.start();
    clock.advance(75s);
    QCOMPARE(owner.looks, QList<qint64>({ 10'000, 30'000, 70'000 }));
    owner.failure.reset();
    clock.advance(90s);
    QCOMPARE(owner.looks.mid(3), QList<qint64>({ 150'000, 160'000 }));
}

void TestPoller::retryAfterHoldsBackEvenTheUser()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAnswer(), middle());
    Owner owner(clock, poller);
    owner.failure = limited(120s);
    poller.start();
    clock.advance(3s);
    QCOMPARE(owner.looks.size(), 1);
    owner.failure.reset();
    poller.checkNow();
    clock.advance(118s);
    QCOMPARE(owner.looks.size(), 1);
    clock.advance(2s);
    QCOMPARE(owner.looks.at(1), 122'000);
}

void TestPoller::noConnectionAfterTwentySeconds()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAnswer(), middle());
    Owner owner(clock, poller);
    QSignalSpy changed(&poller, &Poller::noConnectionChanged);
    owner.failure = Failure::of(FailureKind::ConnectionRefused);
    poller.start();
    clock.advance(21s); // failing since 2 s
    QVERIFY(!poller.noConnection());
    clock.advance(1s);
    QVERIFY(poller.noConnection());
    clock.advance(30s);
    QCOMPARE(changed.size(), 1);
    owner.failure.reset();
    clock.advance(5s);
    QVERIFY(!poller.noConnection());
    QCOMPARE(changed.size(), 2);
    // One failure is no lost connection.
    owner.failure = Failure::of(FailureKind::Timeout);
    poller.checkNow();
    clock.advance(0s);
    QCOMPARE(changed.size(), 2);
}

void TestPoller::aHangingLookCountsFromItsBeginning()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAnswer(), middle());
    Owner owner(clock, poller);
    owner.silent = true;
    poller.start();
    clock.advance(32s);
    poller.failed(Failure::of(FailureKind::Timeout)); // asked at 2 s, 30 s ago
    QVERIFY(poller.noConnection());
}

void TestPoller::expiryBringsOneLastLook()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAcceptance(), middle());
    Owner owner(clock, poller);
    QSignalSpy expired(&poller, &Poller::expired);
    poller.setExpiry(clock.nowUtc().addSecs(25));
    poller.start();
    clock.advance(1h);
    QCOMPARE(owner.looks, QList<qint64>({ 10'000, 20'000, 25'000 }));
    QCOMPARE(expired.size(), 1);
    QVERIFY(!poller.isRunning());
    QCOMPARE(clock.activeAlarms(), 0);
}

void TestPoller::expiryIsJudgedByTheServicesClock()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAcceptance(), middle());
    Owner owner(clock, poller);
    QSignalSpy expired(&poller, &Poller::expired);
    const QDateTime trueNow = clock.nowUtc();
    clock.jumpWall(24h); // this computer's clock is a day ahead
    poller.setClockSkew([] { return std::optional<qint64>(24LL * 3600 * 1000); });
    poller.setExpiry(trueNow.addSecs(60));
    QCOMPARE(poller.serverNow(), trueNow);
    poller.start();
    clock.advance(55s);
    QCOMPARE(expired.size(), 0);
    clock.advance(10s);
    QCOMPARE(expired.size(), 1);
}

void TestPoller::expiryDuringSleepIsSeenAfterwards()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAcceptance(), middle());
    Owner owner(clock, poller);
    QSignalSpy expired(&poller, &Poller::expired);
    poller.setExpiry(clock.nowUtc().addSecs(60));
    poller.start();
    clock.sleep(8h);
    clock.advance(1s);
    QCOMPARE(owner.looks.size(), 1);
    QCOMPARE(expired.size(), 1);
}

/// Without a line nobody can say that no answer came in time.
void TestPoller::aLastLookThatFailsIsNotTheLast()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAcceptance(), middle());
    Owner owner(clock, poller);
    QSignalSpy expired(&poller, &Poller::expired);
    poller.setExpiry(clock.nowUtc().addSecs(25));
    poller.start();
    clock.advance(15s);
    owner.failure = Failure::of(FailureKind::ConnectionLost);
    clock.advance(60s);
    QCOMPARE(expired.size(), 0);
    QVERIFY(poller.isRunning());
    QVERIFY(poller.noConnection());
    QCOMPARE(owner.looks, QList<qint64>({ 10'000, 20'000, 25'000, 35'000, 45'000, 55'000, 65'000, 75'000 }));
    owner.failure.reset();
    clock.advance(10s);
    QCOMPARE(expired.size(), 1);
    QVERIFY(!poller.isRunning());
}

void TestPoller::stopLeavesNoAlarm()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAnswer(), middle());
    Owner owner(clock, poller);
    poller.start();
    poller.stop();
    QCOMPARE(clock.activeAlarms(), 0);
    poller.setHidden(true);
    poller.setHidden(false);
    poller.setExpiry(clock.nowUtc());
    clock.advance(1h);
    QVERIFY(owner.looks.isEmpty());
}

void TestPoller::startBeginsAnew()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAnswer(), middle());
    Owner owner(clock, poller);
    poller.start();
    clock.advance(30min);
    owner.looks.clear();
    poller.start();
    clock.advance(10s);
    QCOMPARE(owner.looks.size(), 5);
}

void TestPoller::lateReportsAfterStopAreIgnored()
{
    FakeClock clock;
    Poller poller(clock, PollPlan::forAnswer(), middle());
    Owner owner(clock, poller);
    owner.silent = true;
    poller.start();
    clock.advance(2s);
    poller.stop();
    poller.answered();
    poller.failed(limited(10s));
    QCOMPARE(clock.activeAlarms(), 0);
    QVERIFY(!poller.noConnection());
}

void TestPoller::budgetSpreadsManyPollers()
{
    FakeClock clock;
    PollBudget budget;
    std::vector<std::unique_ptr<Poller>> pollers;
    QList<qint64> looks;
    for (int i = 0; i < 20; ++i) {
        auto poller = std::make_unique<Poller>(clock, PollPlan::forAnswer(), middle());
        poller->setBudget(&budget);
        connect(poller.get(), &Poller::due, this, [&looks, &clock, p = poller.get()] {
            looks << clock.continuousMs();
            p->answered();
        });
        poller->start();
        pollers.push_back(std::move(poller));
    }
    clock.advance(60s);
    QVERIFY(looks.size() > 100);
    for (qsizetype i = 1; i < looks.size(); ++i)
        QVERIFY(looks.at(i) - looks.at(i - 1) >= 500);
}

QTEST_GUILESS_MAIN(TestPoller)
#include "tst_poller.moc"
