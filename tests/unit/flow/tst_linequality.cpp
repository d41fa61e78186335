// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchpace.h"
#include "app/flow/linemeter.h"

#include <QtTest/QTest>

using namespace yoid;

using Word = LineQuality::Word;

Q_DECLARE_METATYPE(yoid::LineQuality::Word)

class TestLineQuality : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void onlyTheLastHalfMinuteCounts();
    void onlyTheLatestCallsCount();
    void medianAndNotMean();
    void paceOfTheLastMinute();
    void paceKnowsNoPauses();
    void paceIsNotKnownAtOnce();
};

void TestLineQuality::words_data()
{
    QTest::addColumn<int>("answered");
    QTest::addColumn<int>("lost");
    QTest::addColumn<int>("ms");
    QTest::addColumn<Word>("word");
    QTest::addColumn<int>("percent");
    QTest::newRow("nothing known") << 0 << 0 << 0 << Word::Unknown << 0;
    QTest::newRow("one call lost") << 0 << 1 << 0 << Word::Unknown << 100;
    QTest::newRow("all lost") << 0 << 2 << 0 << Word::None << 100;
    QTest::newRow("quick") << 20 << 0 << 80 << Word::Good << 0;
    QTest::newRow("just good") << 20 << 0 << 999 << Word::Good << 0;
    QTest::newRow("slow") << 20 << 0 << 1000 << Word::Weak << 0;
    QTest::newRow("slow and lossy") << 96 << 4 << 1400 << Word::Weak << 4;
    QTest::newRow("one in a hundred") << 99 << 1 << 80 << Word::Good << 1;
    QTest::newRow("one in fifty") << 98 << 2 << 80 << Word::Weak << 2;
    QTest::newRow("one in seven") << 86 << 14 << 80 << Word::Weak << 14;
    QTest::newRow("one in six") << 85 << 15 << 80 << Word::Bad << 15;
    QTest::newRow("very slow") << 10 << 0 << 4000 << Word::Bad << 0;
}

void TestLineQuality::words()
{
    QFETCH(int, answered);
    QFETCH(int, lost);
    QFETCH(int, ms);
    LineMeter meter;
    for (int i = 0; i < answered; ++i)
        meter.ended(1000, ms, true);
    for (int i = 0; i < lost; ++i)
        meter.ended(1000, 30'000, false); // how long it took to give up says nothing
    const LineQuality quality = meter.quality(2000);
    QTEST(quality.word, "word");
    QTEST(quality.lostPercent, "percent");
    QCOMPARE(quality.typicalMs, answered > 0 ? ms : 0);
}

void TestLineQuality::onlyTheLastHalfMinuteCounts()
{
    LineMeter meter;
    meter.ended(0, 5000, true);
    meter.ended(0, 0, false);
    meter.ended(20'000, 100, true);
    QCOMPARE(meter.quality(30'000).lostPercent, 33);
    QCOMPARE(meter.quality(30'001).word, Word::Good);
    QCOMPARE(meter.quality(30'001).typicalMs, 100);
    QCOMPARE(meter.quality(51'000), LineQuality());
}

void TestLineQuality::onlyTheLatestCallsCount()
{
    LineMeter meter;
    for (int i = 0; i < 1000; ++i)
        meter.ended(0, 5000, false);
    for (int i = 0; i < 500; ++i)
        meter.ended(0, 10, true);
    QCOMPARE(meter.quality(0).lostPercent, 0);
}

void TestLineQuality::medianAndNotMean()
{
    LineMeter meter;
    for (const int ms : { 90, 100, 110, 120, 29'000 })
        meter.ended(0, ms, true);
    QCOMPARE(meter.quality(0).typicalMs, 110);
}

void TestLineQuality::paceOfTheLastMinute()
{
    BatchPace pace;
    pace.work(true, 1000);
    qint64 now = 1000;
    for (int i = 0; i < 100; ++i) // ten a minute
        pace.finished(now += 6000);
    QCOMPARE(pace.perMinute(now), 10.0);
    QCOMPARE(pace.secondsFor(5, now), std::optional(30));
    for (int i = 0; i < 60; ++i) // now sixty a minute
        pace.finished(now += 1000);
    QCOMPARE(pace.perMinute(now), 60.0);
    QCOMPARE(pace.secondsFor(0, now), std::optional(0));
}

void TestLineQuality::paceKnowsNoPauses()
{
    BatchPace pace;
    pace.work(true, 0);
    pace.work(true, 10'000); // says nothing new
    for (qint64 at = 3000; at <= 60'000; at += 3000)
        pace.finished(at);
    const double before = pace.perMinute(60'000);
    QCOMPARE(before, 20.0);
    pace.work(false, 60'000);
    QCOMPARE(pace.perMinute(3'600'000), before);
    pace.work(true, 3'600'000);
    QCOMPARE(pace.perMinute(3'600'000), before);
    pace.finished(3'603'000);
    QCOMPARE(pace.perMinute(3'603'000), before);
}

void TestLineQuality::paceIsNotKnownAtOnce()
{
    BatchPace pace;
    QCOMPARE(pace.perMinute(0), 0.0);
    pace.work(true, 0);
    pace.finished(100);
    pace.finished(200);
    QCOMPARE(pace.perMinute(1000), 0.0); // not 120
    QCOMPARE(pace.secondsFor(10, 1000), std::optional<int>());
    QCOMPARE(pace.perMinute(4000), 30.0);
    QCOMPARE(pace.secondsFor(10, 4000), std::optional(20));
}

QTEST_GUILESS_MAIN(TestLineQuality)
#include "tst_linequality.moc"
