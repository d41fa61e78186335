// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/lookqueue.h"
#include "app/flow/offerwatch.h"
#include "tests/unit/flow/trackedwork.h"
#include "tests/unit/net/apibench.h"

#include <QtCore/QSet>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <algorithm>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

struct WatchBench : ApiBench {
    WatchBench()
    {
        watch.setBudget(&budget);
        platform.otherwise = [this](const QByteArray &route, const FakeTransport::Seen &) -> std::optional<HttpResult> {
            if (!route.startsWith("GET /credentials/"))
                return std::nullopt;
            const QByteArray id = route.mid(17);
            looks << std::pair(id, clock.continuousMs());
            return FakePlatform::json(200, lookBody(id, status.value(id, "offered"), inner.value(id, "offered")));
        };
    }
    IntentId put(const QByteArray &id, JournalState state = JournalState::Delivered, std::chrono::milliseconds ago = 0ms)
    {
        return putWork(journal, profile, state, id, clock.nowUtc().addMSecs(-ago.count()));
    }
    QList<IntentId> putMany(int count, std::chrono::milliseconds ago)
    {
        QList<IntentId> intents;
        for (int i = 0; i < count; ++i)
            intents << put("i" + QByteArray::number(i), JournalState::Delivered, ago);
        settle();
        return intents;
    }
    void start()
    {
        settle();
        watch.start();
        settle();
    }
    [[nodiscard]] int count(const QByteArray &id = {}) const
    {
        return static_cast<int>(std::count_if(looks.begin(), looks.end(), [&](const auto &look) { return id.isEmpty() || look.first == id; }));
    }
    /// Looks within `time` from now.
    [[nodiscard]] int during(std::chrono::milliseconds time, const QByteArray &id = {})
    {
        const int before = count(id);
        settle(time);
        return count(id) - before;
    }
    [[nodiscard]] WorkRecord record(const IntentId &intent)
    {
        WorkRecord found;
        journal.readDetails(intent, &context, [&](const Outcome<WorkDetails> &details) { found = details->record; });
        settle();
        return found;
    }
    [[nodiscard]] JournalState state(const IntentId &intent) { return record(intent).state; }

    ScriptedJournal journal;
    PollBudget budget;
    QHash<QByteArray, QByteArray> status;
    QHash<QByteArray, QByteArray> inner;
    QList<std::pair<QByteArray, qint64>> looks;
    OfferWatch watch { *api, journal, clock, profile, PollPlan::forAcceptance(), [] { return 0.5; } };
};

} // namespace

class TestOfferWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneOffer();
    void aHundredOffers();
    void tenThousandOffers();
    void nothingToWatchAsksNothing();
    void whatWasCheckedJustNowWaits();
    void visibleFirst();
    void theRestIsNotStarved();
    void scrollingAsksOnceForEach();
    void endings_data();
    void endings();
    void unchangedIsNoted();
    void partlyIssuedIsLookedAtAgain();
    void busyWorkIsLeftAlone();
    void aFlowThatBeganMeanwhileWins();
    void newOffersJoinAndEndedOnesLeave();
    void otherOriginsAreNotAsked();
    void hiddenAsksFourTimesLess();
    void noConnectionStopsTheRound();
    void theLineComesBack();
    void tooManyRequests();
    void unknownToTheService();
    void checkNow();
    void checkNowOnWhatHasEnded();
    void meteredOnlyWhenAsked();
    void journalThatTakesNoLines();
    void aLineThatCannotBeWritten();
    void aHangingAnswerHoldsBackNoMoreThanItself();
    void pollersGoFirst();
    void stopIsSilent();
    void theQueueIsFair();
};

void TestOfferWatch::oneOffer()
{
    WatchBench bench;
    bench.put("a");
    bench.start();
    // 10 s for 2 min, 60 s for an hour, then 10 min (product 2.8).
    QCOMPARE(bench.count(), 1); // at once: nobody has ever looked
    QCOMPARE(bench.during(2min), 12);
    const int steady = bench.during(8min);
    QVERIFY2(steady >= 7 && steady <= 9, qPrintable(QString::number(steady)));
    bench.settle(50min);
    const int slow = bench.during(60min);
    QVERIFY2(slow >= 5 && slow <= 7, qPrintable(QString::number(slow)));
    bench.settle(7 * 24h);
    const int old = bench.during(24h);
    QVERIFY2(old >= 23 && old <= 25, qPrintable(QString::number(old))); // nobody took it for a week
}

void TestOfferWatch::aHundredOffers()
{
    WatchBench bench;
    bench.putMany(100, 3h);
    bench.start();
    bench.settle(10min);
    const int looks = bench.count();
    QVERIFY2(looks >= 100 && looks <= 202, qPrintable(QString::number(looks)));
    QSet<QByteArray> seen;
    for (const auto &[id, at] : bench.looks.first(100))
        seen.insert(id);
    QCOMPARE(seen.size(), 100); // everyone once before anyone twice
}

void TestOfferWatch::tenThousandOffers()
{
    WatchBench bench;
    bench.putMany(10'000, 3h);
    bench.start();
    QCOMPARE(bench.watch.count(), 10'000);
    bench.settle(10min);
    const int looks = bench.count();
    QVERIFY2(looks > 900 && looks <= 1201, qPrintable(QString::number(looks))); // two in a second at most
    QSet<QByteArray> seen;
    for (const auto &[id, at] : bench.looks)
        seen.insert(id);
    QCOMPARE(seen.size(), bench.count()); // fair: nobody twice while others wait
    for (qsizetype i = 2; i < bench.looks.size(); ++i)
        QVERIFY(bench.looks.at(i).second - bench.looks.at(i - 2).second >= 1000);
}

void TestOfferWatch::nothingToWatchAsksNothing()
{
    WatchBench bench;
    using enum JournalState;
    for (const JournalState state : { Prepared, Sent, Unknown, DeliveryIntent, Accepted, Rejected, Failed, Expired, Revoked, RevokeIntent })
        bench.put("x-" + journalStateKey(state).toLatin1(), state);
    bench.start();
    bench.settle(24h);
    QCOMPARE(bench.watch.count(), 0);
    QCOMPARE(bench.platform.apiCalls(), 0);
    QCOMPARE(bench.platform.tokenCalls(), 0);
}

void TestOfferWatch::whatWasCheckedJustNowWaits()
{
    WatchBench bench;
    const IntentId intent = bench.put("a", JournalState::Delivered, 3h);
    bench.settle();
    bench.journal.noteChecked({ intent }, bench.clock.nowUtc().addSecs(-120));
    bench.start();
    QCOMPARE(bench.during(7min), 0); // an earlier run of the program asked two minutes ago
    QCOMPARE(bench.during(2min), 1);
}

void TestOfferWatch::visibleFirst()
{
    WatchBench bench;
    const QList<IntentId> intents = bench.putMany(1000, 3h);
    const QList<IntentId> visible { intents.at(700), intents.at(20), intents.at(333) };
    bench.watch.watchFirst(visible);
    bench.settle();
    bench.watch.start();
    bench.watch.watchFirst({});
    bench.settle(5s);
    bench.looks.clear();
    bench.watch.watchFirst(visible);
    bench.settle(5s);
    QList<QByteArray> ids;
    for (const auto &[id, at] : bench.looks.first(3))
        ids << id;
    for (const QByteArray id : { "i700", "i20", "i333" })
        QVERIFY2(bench.count(id) >= 1, id.constData());
    QVERIFY(ids.contains("i700"));
    // They are looked at every minute now, the rest in turn.
    const int before = bench.count("i20");
    bench.settle(10min);
    const int often = bench.count("i20") - before;
    QVERIFY2(often >= 9 && often <= 11, qPrintable(QString::number(often)));
    QVERIFY(bench.count() > 600);
}

void TestOfferWatch::theRestIsNotStarved()
{
    WatchBench bench;
    const QList<IntentId> intents = bench.putMany(400, 3h);
    bench.start();
    bench.watch.watchFirst(intents.first(60));
    for (const IntentId &intent : intents.first(60))
        bench.watch.checkNow(intent); // sixty rows that somebody waits for: more than the service is asked
    bench.settle(70s);
    bench.looks.clear();
    bench.settle(60s);
    const int rest = static_cast<int>(std::count_if(bench.looks.begin(), bench.looks.end(),
                                                    [](const auto &look) { return look.first.mid(1).toInt() >= 60; }));
    QVERIFY2(rest * 5 >= bench.count(), qPrintable(QString::number(rest)));
    QVERIFY2(rest * 2 <= bench.count(), qPrintable(QString::number(rest)));
}

void TestOfferWatch::scrollingAsksOnceForEach()
{
    WatchBench bench;
    const QList<IntentId> intents = bench.putMany(40, 3h);
    for (const IntentId &intent : intents)
        bench.journal.noteChecked({ intent }, bench.clock.nowUtc());
    bench.start();
    QCOMPARE(bench.count(), 0);
    bench.settle(2min);
    QCOMPARE(bench.count(), 0);
    for (int pass = 0; pass < 5; ++pass) {
        for (qsizetype at = 0; at + 10 <= intents.size(); at += 10)
            bench.watch.watchFirst(intents.mid(at, 10));
    }
    bench.watch.watchFirst({});
    bench.settle(50s);
    QCOMPARE(bench.count(), 40);
}

void TestOfferWatch::endings_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("inner");
    QTest::addColumn<QString>("to"); ///< empty: stays, and is asked about again
    using enum JournalState;
    const QList<std::tuple<QByteArray, QByteArray, QString>> ends {
        { "offered", "offered", u""_s }, { "completed", "issued", u"accepted"_s }, { "failed", "failed", u"failed"_s },
        { "expired", "expired", u"expired"_s }, { "completed", "revoked", u"revoked"_s }, { "WHATEVER", "odd", u""_s }
    };
    for (const JournalState from : { Offered, Delivered, DeliveryFailed, DeliveryUnknown, RevokeRefused }) {
        for (const auto &[status, inner, to] : ends)
            QTest::addRow("%s %s", qPrintable(journalStateKey(from)), inner.constData()) << static_cast<int>(from) << status << inner << to;
    }
    // The service has said yes, or may have: only "revoked" counts from then on.
    for (const JournalState from : { RevokeAccepted, RevokeUnknown }) {
        for (const auto &[status, inner, to] : ends)
            QTest::addRow("%s %s", qPrintable(journalStateKey(from)), inner.constData())
                << static_cast<int>(from) << status << inner << (to == u"revoked" ? to : QString(u""_s));
    }
}

void TestOfferWatch::endings()
{
    QFETCH(int, from);
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, inner);
    QFETCH(QString, to);
    WatchBench bench;
    bench.status["a"] = status;
    bench.inner["a"] = inner;
    const IntentId intent = bench.put("a", static_cast<JournalState>(from));
    const qsizetype lines = bench.journal.steps().size();
    bench.start();
    bench.settle(1min);
    QCOMPARE(journalStateKey(bench.state(intent)), to.isEmpty() ? journalStateKey(static_cast<JournalState>(from)) : to);
    QCOMPARE(bench.journal.steps().size(), lines + (to.isEmpty() ? 0 : 1));
    QVERIFY(bench.record(intent).lastChecked.isValid());
    if (to.isEmpty()) {
        QVERIFY(bench.count() > 3);
        return;
    }
    QCOMPARE(bench.count(), 1);
    QCOMPARE(bench.watch.count(), 0);
    QCOMPARE(bench.record(intent).rawStatus, QString::fromLatin1(inner == "revoked" ? inner : status));
    QCOMPARE(bench.record(intent).credentialId.text, u"cred-1"_s); // what was issued is not replaced by what is seen
    QVERIFY(bench.journal.steps().last().sealed.isEmpty());        // nor is the offer
    bench.settle(1h);
    QCOMPARE(bench.count(), 1);
}

void TestOfferWatch::unchangedIsNoted()
{
    WatchBench bench;
    const IntentId intent = bench.put("a");
    bench.start();
    bench.settle(30s);
    const QDateTime checked = bench.record(intent).lastChecked;
    QVERIFY(checked.isValid());
    bench.settle(30s);
    QVERIFY(bench.record(intent).lastChecked > checked);
    QCOMPARE(bench.journal.story().last(), u"delivered#1"_s);
}

void TestOfferWatch::partlyIssuedIsLookedAtAgain()
{
    WatchBench bench;
    bench.status["a"] = "partiallyIssued";
    bench.inner["a"] = "issued";
    const IntentId intent = bench.put("a");
    bench.start();
    QCOMPARE(bench.state(intent), JournalState::Delivered);
    bench.settle(1min);
    QCOMPARE(bench.state(intent), JournalState::Accepted);
    QCOMPARE(bench.count(), 4);
}

void TestOfferWatch::busyWorkIsLeftAlone()
{
    WatchBench bench;
    const IntentId a = bench.put("a");
    bench.put("b");
    QSet<IntentId> busy { a };
    bench.watch.setBusy([&busy](const IntentId &intent) { return busy.contains(intent); });
    bench.start();
    bench.settle(5min);
    QCOMPARE(bench.count("a"), 0);
    QVERIFY(bench.count("b") > 10);
    bench.watch.checkNow(a);
    bench.settle(1s);
    QCOMPARE(bench.count("a"), 0); // its own flow is asked instead
    busy.clear();
    bench.settle(2min);
    QVERIFY(bench.count("a") > 0);
}

void TestOfferWatch::aFlowThatBeganMeanwhileWins()
{
    WatchBench bench;
    bench.status["a"] = "completed";
    bench.inner["a"] = "issued";
    const IntentId intent = bench.put("a");
    bool busy = false;
    bench.watch.setBusy([&busy](const IntentId &) { return busy; });
    bench.line.hold(true);
    bench.start();
    bench.line.release(); // the token
    bench.settle();
    QCOMPARE(bench.line.held(), 1);
    busy = true;
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1s);
    QCOMPARE(bench.state(intent), JournalState::Delivered);
}

void TestOfferWatch::newOffersJoinAndEndedOnesLeave()
{
    WatchBench bench;
    bench.start();
    const IntentId intent = bench.put("a");
    bench.settle(1s);
    QCOMPARE(bench.watch.count(), 1);
    QCOMPARE(bench.count(), 0); // somebody has just dealt with it
    bench.settle(15s);
    QCOMPARE(bench.count(), 1);
    JournalStep step = bench.journal.steps().last();
    step.state = JournalState::Expired;
    bench.journal.append(step, &bench.context, [](const Outcome<Done> &) {});
    bench.settle(1h);
    QCOMPARE(bench.watch.count(), 0);
    QCOMPARE(bench.count(), 1);
    QCOMPARE(bench.state(intent), JournalState::Expired);
}

void TestOfferWatch::otherOriginsAreNotAsked()
{
    WatchBench bench;
    Profile other = bench.profile;
    other.clientId = u"somebody-else"_s;
    putWork(bench.journal, other, JournalState::Delivered, "a", bench.clock.nowUtc());
    bench.start();
    putWork(bench.journal, other, JournalState::Delivered, "b", bench.clock.nowUtc());
    bench.settle(1h);
    QCOMPARE(bench.platform.apiCalls(), 0);
    const IntentId intent = bench.journal.steps().last().intent;
    bench.watch.checkNow(intent);
    bench.settle(1min);
    QCOMPARE(bench.platform.apiCalls(), 0);
}

void TestOfferWatch::hiddenAsksFourTimesLess()
{
    WatchBench bench;
    bench.putMany(5, 3h);
    bench.start();
    bench.settle(30min);
    const int shown = bench.during(4h);
    bench.watch.setHidden(true);
    bench.settle(30min);
    const int hidden = bench.during(4h);
    QVERIFY2(std::abs(shown - 4 * hidden) <= 10, qPrintable(u"%1 %2"_s.arg(shown).arg(hidden)));
    bench.watch.setHidden(false);
    QCOMPARE(bench.during(11min) >= 5, true);
}

void TestOfferWatch::noConnectionStopsTheRound()
{
    WatchBench bench;
    bench.putMany(500, 3h);
    QSignalSpy spy(&bench.watch, &OfferWatch::noConnectionChanged);
    int tries = 0;
    bench.platform.onRequest = [&](const QByteArray &, const FakeTransport::Seen &) { ++tries; };
    const auto works = std::exchange(bench.platform.otherwise, [](const QByteArray &, const FakeTransport::Seen &) {
        return std::optional<HttpResult>(FakeTransport::failure(FailureKind::ConnectionRefused));
    });
    bench.start();
    bench.settle(1h);
    QVERIFY(bench.watch.noConnection());
    QCOMPARE(spy.size(), 1);
    QVERIFY2(tries >= 8 && tries <= 20, qPrintable(QString::number(tries))); // 10 s, 20 s, … 5 min: one question each
    bench.platform.otherwise = works;
    bench.settle(6min);
    QCOMPARE(spy.size(), 2);
    QVERIFY(!bench.watch.noConnection());
    QVERIFY(bench.count() > 20);
}

void TestOfferWatch::theLineComesBack()
{
    WatchBench bench;
    bench.put("a", JournalState::Delivered, 3h);
    bench.put("b", JournalState::Delivered, 3h);
    bench.platform.next("GET /credentials/a", FakeTransport::failure(FailureKind::NameNotFound));
    bench.platform.next("GET /credentials/b", FakeTransport::failure(FailureKind::NameNotFound));
    bench.start();
    bench.settle(1s);
    QVERIFY(bench.watch.noConnection());
    QCOMPARE(bench.platform.apiCalls(), 1);
    bench.watch.lookAgain();
    bench.settle(1s);
    QCOMPARE(bench.platform.apiCalls(), 2); // at once instead of after its wait
}

void TestOfferWatch::tooManyRequests()
{
    WatchBench bench;
    bench.putMany(300, 3h);
    int tries = 0;
    bench.platform.onRequest = [&](const QByteArray &, const FakeTransport::Seen &) { ++tries; };
    const auto works = std::exchange(bench.platform.otherwise, [](const QByteArray &, const FakeTransport::Seen &) {
        return std::optional<HttpResult>(FakeTransport::reply(429, "", { { "Retry-After", "30" } }));
    });
    bench.start();
    QCOMPARE(tries, 1);
    bench.settle(29s);
    QCOMPARE(tries, 1);
    bench.settle(2s);
    QCOMPARE(tries, 2);
    bench.settle(58s);
    QCOMPARE(tries, 2); // twice as long now
    bench.settle(3s);
    QCOMPARE(tries, 3);
    bench.settle(24h);
    QVERIFY2(tries <= 60, qPrintable(QString::number(tries)));
    QVERIFY(!bench.watch.noConnection());
    bench.platform.otherwise = works;
    bench.settle(2h);
    QVERIFY(bench.count() >= 300);
    // Also what somebody waits for: the service said when.
    bench.platform.otherwise = [](const QByteArray &, const FakeTransport::Seen &) {
        return std::optional<HttpResult>(FakeTransport::reply(503, "", { { "Retry-After", "100" } }));
    };
    bench.settle(10min);
    const int before = tries;
    bench.watch.checkNow(bench.journal.steps().first().intent);
    bench.settle(5s);
    QCOMPARE(tries, before);
}

void TestOfferWatch::unknownToTheService()
{
    WatchBench bench;
    const IntentId intent = bench.put("gone");
    bench.put("here");
    QSignalSpy spy(&bench.watch, &OfferWatch::unknownToService);
    bench.platform.always("GET /credentials/gone", FakePlatform::json(404, R"({"message":"not found"})"));
    bench.start();
    bench.settle(24h);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.first().first().value<IntentId>(), intent);
    const qsizetype asked = bench.platform.sent("GET /credentials/gone").size();
    QVERIFY2(asked >= 3 && asked <= 6, qPrintable(QString::number(asked)));
    QCOMPARE(bench.state(intent), JournalState::Delivered); // nothing is concluded from it
    QVERIFY(bench.count("here") > 100);
}

void TestOfferWatch::checkNow()
{
    WatchBench bench;
    const IntentId intent = bench.put("a", JournalState::Delivered, 3h);
    bench.putMany(50, 3h);
    bench.start();
    bench.settle(10min);
    bench.looks.clear();
    bench.watch.checkNow(intent);
    bench.watch.checkNow(intent);
    bench.settle(2s);
    QVERIFY(!bench.looks.isEmpty());
    QCOMPARE(bench.count("a"), 1);
    QVERIFY(bench.during(1min, "a") >= 5); // somebody waits: the short steps again
}

void TestOfferWatch::checkNowOnWhatHasEnded()
{
    WatchBench bench;
    const IntentId accepted = bench.put("a", JournalState::Accepted);
    const IntentId without = bench.put("b", JournalState::Prepared);
    bench.status["a"] = "completed";
    bench.inner["a"] = "issued";
    bench.start();
    bench.watch.checkNow(accepted);
    bench.watch.checkNow(without);
    bench.watch.checkNow(IntentId::create());
    bench.settle(1min);
    QCOMPARE(bench.count(), 1);
    QVERIFY(bench.record(accepted).lastChecked.isValid());
    QCOMPARE(bench.state(accepted), JournalState::Accepted);
    bench.inner["a"] = "revoked"; // by somebody else
    bench.watch.checkNow(accepted);
    bench.settle(1min);
    QCOMPARE(bench.state(accepted), JournalState::Revoked);
    QCOMPARE(bench.count(), 2);
}

void TestOfferWatch::meteredOnlyWhenAsked()
{
    WatchBench bench;
    const IntentId intent = bench.put("a");
    bench.watch.setMetered(true);
    bench.start();
    bench.settle(1h);
    QCOMPARE(bench.count(), 0);
    bench.watch.checkNow(intent);
    bench.settle(1h);
    QCOMPARE(bench.count(), 1);
    bench.watch.setMetered(false);
    bench.settle(1min);
    QVERIFY(bench.count() > 1);
}

void TestOfferWatch::journalThatTakesNoLines()
{
    WatchBench bench;
    bench.put("a");
    bench.settle();
    bench.journal.reported = JournalStatus { JournalStatus::State::ReadOnly, JournalStatus::Reason::DiskFull, {} };
    bench.start();
    bench.settle(1h);
    QCOMPARE(bench.count(), 0);
    bench.journal.reported.reset();
    Q_EMIT bench.journal.statusChanged(bench.journal.status());
    bench.settle(1min);
    QVERIFY(bench.count() > 0);
}

void TestOfferWatch::aLineThatCannotBeWritten()
{
    WatchBench bench;
    bench.status["a"] = "completed";
    const IntentId intent = bench.put("a");
    bench.settle();
    int refusals = 2;
    bench.journal.refuse = [&](const JournalStep &) { return refusals-- > 0; };
    bench.start();
    bench.settle(1min);
    QCOMPARE(bench.state(intent), JournalState::Accepted);
    QCOMPARE(bench.count(), 3);
}

void TestOfferWatch::aHangingAnswerHoldsBackNoMoreThanItself()
{
    WatchBench bench;
    bench.putMany(20, 3h);
    bench.platform.always("GET /credentials/i7", FakeTransport::failure(FailureKind::Timeout));
    bench.start();
    bench.settle(15min);
    QSet<QByteArray> seen;
    for (const auto &[id, at] : bench.looks)
        seen.insert(id);
    QCOMPARE(seen.size(), 19);
    QVERIFY(bench.platform.sent("GET /credentials/i7").size() <= 4);
}

void TestOfferWatch::pollersGoFirst()
{
    WatchBench bench;
    bench.putMany(2000, 3h);
    Poller poller(bench.clock, PollPlan::forAnswer(), [] { return 0.5; });
    poller.setBudget(&bench.budget);
    QList<qint64> due;
    connect(&poller, &Poller::due, &bench.context, [&] {
        due << bench.clock.continuousMs();
        poller.answered();
    });
    bench.start();
    poller.start();
    bench.settle(20s);
    // A youth stands in front of the code: every 2 s, and never more than one question of the round later.
    QVERIFY2(due.size() >= 8, qPrintable(QString::number(due.size())));
    for (qsizetype i = 1; i < due.size(); ++i)
        QVERIFY(due.at(i) - due.at(i - 1) <= 2600);
    QVERIFY(bench.count() >= 20);
}

void TestOfferWatch::stopIsSilent()
{
    WatchBench bench;
    bench.status["a"] = "completed";
    const IntentId intent = bench.put("a");
    bench.line.hold(true);
    bench.start();
    bench.watch.stop();
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1h);
    QCOMPARE(bench.state(intent), JournalState::Delivered);
    QCOMPARE(bench.platform.apiCalls(), 0);
    bench.watch.checkNow(intent);
    bench.settle(1h);
    QCOMPARE(bench.platform.apiCalls(), 0);
}

void TestOfferWatch::theQueueIsFair()
{
    LookQueue queue;
    const auto put = [&](const QString &name, qint64 due, bool first) {
        TrackedOffer offer;
        offer.record.intent.text = name;
        offer.dueMs = due;
        offer.first = first;
        queue.put(offer);
    };
    QCOMPARE(queue.earliest(), std::nullopt);
    put(u"a"_s, 10, false);
    put(u"b"_s, 5, false);
    put(u"c"_s, 20, true);
    QCOMPARE(queue.earliest(), 5);
    QCOMPARE(queue.takeTurn(4), std::nullopt);
    QCOMPARE(queue.takeTurn(10)->text, u"b"_s);
    queue.setFirst({ u"a"_s }, true);
    QCOMPARE(queue.takeTurn(30)->text, u"a"_s);
    queue.hold({ u"a"_s });
    QCOMPARE(queue.takeTurn(30)->text, u"c"_s);
    QCOMPARE(queue.takeTurn(30)->text, u"b"_s); // every fourth turn
    queue.setFirst({ u"a"_s }, false);           // held: not due again by that
    queue.remove({ u"c"_s });
    queue.remove({ u"b"_s });
    QCOMPARE(queue.earliest(), std::nullopt);
    queue.schedule({ u"a"_s }, 40);
    QCOMPARE(queue.earliest(), 40);
    put(u"a"_s, 50, true);
    QCOMPARE(queue.earliest(), 50);
    QCOMPARE(queue.size(), 1);
}

QTEST_GUILESS_MAIN(TestOfferWatch)
#include "tst_offerwatch.moc"
