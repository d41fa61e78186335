// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchregret.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

using Fate = BatchRegret::Fate;
using State = BatchRegret::State;
using Phase = RevokeProgress::Phase;

BatchRegret::Work work(int number, JournalState state, std::optional<bool> revocable = true)
{
    WorkRecord record;
    record.intent = { u"intent-%1"_s.arg(number) };
    record.state = state;
    record.issuanceId = { u"iss-%1"_s.arg(number) };
    record.revocable = revocable;
    return { number, record };
}

/// A session that answers when the test says so.
struct Bench {
    struct Asked {
        IntentId intent;
        RevokeReason reason;
        QString note;
    };
    Bench()
        : regret([this](const IntentId &intent, RevokeReason reason, const QString &note) {
            asked.append({ intent, reason, note });
        })
    {
    }
    void answer(Phase phase, FailureKind kind = FailureKind::Rejected)
    {
        RevokeProgress progress;
        progress.intent = asked.constLast().intent;
        progress.phase = phase;
        progress.ended = true;
        if (phase != Phase::Confirmed && phase != Phase::Accepted)
            progress.failure = Failure::of(kind);
        regret.take(progress);
    }
    QList<Asked> asked;
    BatchRegret regret;
};

} // namespace

class BatchRegretTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStateHasItsFate_data();
    void everyStateHasItsFate();
    void workThatNeverBeganNeedsNothing();
    void theCountMustBeTheRightOne();
    void oneAfterTheOther();
    void everyFailureIsKnownAndTheOthersGoOn();
    void nothingIsAskedWhileNothingCanBeSent();
    void fiveEqualFailuresHalt();
    void differentFailuresDoNot();
    void stopsAfterTheOneInHand();
    void whatIsInDoubtIsAskedAgain();
    void laterNewsCounts();
    void strangersAreIgnored();
    void answersAtOnceDoNotNestForEver();
    void planIsNotTouchedWhileAtWork();
};

void BatchRegretTest::everyStateHasItsFate_data()
{
    QTest::addColumn<JournalState>("state");
    QTest::addColumn<int>("revocable");
    QTest::addColumn<Fate>("fate");
    QTest::addColumn<bool>("again");
    using enum JournalState;
    const auto row = [](const char *name, JournalState state, int revocable, Fate fate, bool again) {
        QTest::newRow(name) << state << revocable << fate << again;
    };
    row("accepted", Accepted, 1, Fate::ToTakeBack, false);
    row("accepted, not told whether it can be", Accepted, -1, Fate::ToTakeBack, false);
    row("accepted, cannot be", Accepted, 0, Fate::NotRevocable, true);
    row("waiting for the youth", Delivered, 1, Fate::ToTakeBack, false);
    row("waiting, cannot be", Delivered, 0, Fate::NotRevocable, true);
    row("by QR", Offered, 1, Fate::ToTakeBack, false);
    row("delivery failed", DeliveryFailed, 1, Fate::ToTakeBack, false);
    row("delivery in doubt", DeliveryUnknown, 1, Fate::ToTakeBack, false);
    row("taken back before", Revoked, 1, Fate::TakenBack, true);
    row("accepted by the service", RevokeAccepted, 1, Fate::Unconfirmed, true);
    row("refused before", RevokeRefused, 1, Fate::Refused, false);
    row("revocation in doubt", RevokeUnknown, 1, Fate::InDoubt, false);
    row("cut off while taking back", RevokeIntent, 1, Fate::InDoubt, false);
    row("offer in doubt", Unknown, 1, Fate::Unsettled, false);
    row("on its way", Sent, 1, Fate::Unsettled, false);
    row("delivery on its way", DeliveryIntent, 1, Fate::Unsettled, false);
    row("account in doubt", AccountUnknown, 1, Fate::Unsettled, false);
    row("refused", Refused, 1, Fate::NothingOut, true);
    row("never sent", NotSent, 1, Fate::NothingOut, true);
    row("prepared", Prepared, 1, Fate::NothingOut, true);
    row("abandoned", Abandoned, 1, Fate::NothingOut, true);
    row("declined", Rejected, 1, Fate::NothingOut, true);
    row("expired", Expired, 1, Fate::NothingOut, true);
    row("dropped", Dropped, 1, Fate::NothingOut, true);
}

void BatchRegretTest::everyStateHasItsFate()
{
    QFETCH(JournalState, state);
    QFETCH(int, revocable);
    QFETCH(Fate, fate);
    QFETCH(bool, again);
    Bench bench;
    bench.regret.plan({ work(7, state, revocable < 0 ? std::nullopt : std::optional<bool>(revocable == 1)) });
    QCOMPARE(bench.regret.rows().constFirst().fate, fate);
    QCOMPARE(bench.regret.rows().constFirst().accepted, state == JournalState::Accepted);
    QCOMPARE(bench.regret.replaceable(), again ? QList { 7 } : QList<int>());
    QVERIFY(bench.asked.isEmpty()); // looking sends nothing
}

void BatchRegretTest::workThatNeverBeganNeedsNothing()
{
    Bench bench;
    bench.regret.plan({ { 3, std::nullopt } });
    QCOMPARE(bench.regret.rows().constFirst().fate, Fate::NothingOut);
    QCOMPARE(bench.regret.replaceable(), QList { 3 });
    QVERIFY(!bench.regret.start(0, RevokeReason::WrongDetails, {}).ok());
}

void BatchRegretTest::theCountMustBeTheRightOne()
{
    Bench bench;
    bench.regret.plan({ work(1, JournalState::Accepted), work(2, JournalState::Delivered), work(3, JournalState::Refused) });
    QCOMPARE(bench.regret.counts().toTakeBack, 2);
    QCOMPARE(bench.regret.counts().accepted, 1);
    const Outcome<Done> refused = bench.regret.start(3, RevokeReason::WrongDetails, {});
    QVERIFY(!refused.ok());
    QCOMPARE(refused.failure().kind, FailureKind::InvalidInput);
    QVERIFY(bench.asked.isEmpty());
    QCOMPARE(bench.regret.state(), State::Planned);
    QVERIFY(bench.regret.start(2, RevokeReason::WrongDetails, {}).ok());
    QVERIFY(!bench.regret.start(2, RevokeReason::WrongDetails, {}).ok()); // it has begun
    QCOMPARE(bench.asked.size(), 1);
}

void BatchRegretTest::oneAfterTheOther()
{
    Bench bench;
    QSignalSpy ended(&bench.regret, &BatchRegret::ended);
    bench.regret.plan({ work(1, JournalState::Accepted), work(2, JournalState::Refused), work(3, JournalState::Delivered) });
    QVERIFY(bench.regret.start(2, RevokeReason::WrongDetails, u"wrong date"_s).ok());
    QCOMPARE(bench.asked.size(), 1);
    QCOMPARE(bench.asked.at(0).intent.text, u"intent-1"_s);
    QCOMPARE(bench.asked.at(0).reason, RevokeReason::WrongDetails);
    QCOMPARE(bench.asked.at(0).note, u"wrong date"_s);
    RevokeProgress working;
    working.intent = bench.asked.at(0).intent;
    bench.regret.take(working); // not the end of it
    QCOMPARE(bench.asked.size(), 1);
    bench.answer(Phase::Confirmed);
    QCOMPARE(bench.asked.size(), 2);
    QCOMPARE(bench.asked.at(1).intent.text, u"intent-3"_s);
    QCOMPARE(ended.size(), 0);
    bench.answer(Phase::Accepted);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(bench.regret.state(), State::Ended);
    QCOMPARE(bench.regret.counts().takenBack, 2);
    QCOMPARE(bench.regret.counts().unconfirmed, 1);
    QCOMPARE(bench.regret.replaceable(), (QList { 1, 2, 3 }));
}

void BatchRegretTest::everyFailureIsKnownAndTheOthersGoOn()
{
    Bench bench;
    bench.regret.plan({ work(1, JournalState::Accepted), work(2, JournalState::Accepted), work(3, JournalState::Accepted) });
    QVERIFY(bench.regret.start(3, RevokeReason::IssuedInError, {}).ok());
    bench.answer(Phase::Refused, FailureKind::Rejected);
    bench.answer(Phase::InDoubt, FailureKind::Timeout);
    bench.answer(Phase::Confirmed);
    QCOMPARE(bench.regret.state(), State::Ended);
    QCOMPARE(bench.regret.rows().at(0).fate, Fate::Refused);
    QCOMPARE(bench.regret.rows().at(0).failure->kind, FailureKind::Rejected);
    QCOMPARE(bench.regret.rows().at(1).fate, Fate::InDoubt);
    QCOMPARE(bench.regret.rows().at(1).failure->kind, FailureKind::Timeout);
    QCOMPARE(bench.regret.replaceable(), QList { 3 });
    QCOMPARE(bench.regret.counts().refused, 1);
    QCOMPARE(bench.regret.counts().inDoubt, 1);
}

void BatchRegretTest::nothingIsAskedWhileNothingCanBeSent()
{
    Bench bench;
    QSignalSpy ended(&bench.regret, &BatchRegret::ended);
    bench.regret.plan({ work(1, JournalState::Accepted), work(2, JournalState::Accepted) });
    QVERIFY(bench.regret.start(2, RevokeReason::IssuedInError, {}).ok());
    bench.answer(Phase::NotSent, FailureKind::TokenUnavailable);
    QCOMPARE(bench.asked.size(), 1);
    QCOMPARE(bench.regret.state(), State::Halted);
    QCOMPARE(bench.regret.failure()->kind, FailureKind::TokenUnavailable);
    QCOMPARE(ended.size(), 1);
    bench.regret.goOn(); // the line is back
    QCOMPARE(bench.asked.size(), 2);
    QCOMPARE(bench.asked.at(1).intent.text, u"intent-1"_s);
    QVERIFY(!bench.regret.failure());
    bench.answer(Phase::Confirmed);
    bench.answer(Phase::Confirmed);
    QCOMPARE(bench.regret.state(), State::Ended);
    QCOMPARE(bench.asked.size(), 3);
}

void BatchRegretTest::fiveEqualFailuresHalt()
{
    Bench bench;
    QList<BatchRegret::Work> all;
    for (int i = 1; i <= 9; ++i)
        all.append(work(i, JournalState::Accepted));
    bench.regret.plan(all);
    QVERIFY(bench.regret.start(9, RevokeReason::IssuedInError, {}).ok());
    for (int i = 0; i < 5; ++i)
        bench.answer(Phase::Refused, FailureKind::Forbidden);
    QCOMPARE(bench.asked.size(), 5);
    QCOMPARE(bench.regret.state(), State::Halted);
    QCOMPARE(bench.regret.failure()->kind, FailureKind::Forbidden);
    QCOMPARE(bench.regret.counts().refused, 5);
    QCOMPARE(bench.regret.counts().toTakeBack, 4);
}

void BatchRegretTest::differentFailuresDoNot()
{
    Bench bench;
    QList<BatchRegret::Work> all;
    for (int i = 1; i <= 9; ++i)
        all.append(work(i, JournalState::Accepted));
    bench.regret.plan(all);
    QVERIFY(bench.regret.start(9, RevokeReason::IssuedInError, {}).ok());
    for (int i = 0; i < 4; ++i)
        bench.answer(Phase::Refused, FailureKind::Rejected);
    bench.answer(Phase::Confirmed); // it works, after all
    for (int i = 0; i < 4; ++i)
        bench.answer(Phase::Refused, FailureKind::Rejected);
    QCOMPARE(bench.regret.state(), State::Ended);
}

void BatchRegretTest::stopsAfterTheOneInHand()
{
    Bench bench;
    bench.regret.plan({ work(1, JournalState::Accepted), work(2, JournalState::Accepted) });
    QVERIFY(bench.regret.start(2, RevokeReason::IssuedInError, {}).ok());
    bench.regret.stop();
    QCOMPARE(bench.regret.state(), State::Stopping);
    QVERIFY(bench.regret.isAtWork());
    bench.answer(Phase::Confirmed);
    QCOMPARE(bench.regret.state(), State::Stopped);
    QCOMPARE(bench.asked.size(), 1);
    bench.regret.goOn();
    bench.answer(Phase::Confirmed);
    QCOMPARE(bench.regret.state(), State::Ended);
}

void BatchRegretTest::whatIsInDoubtIsAskedAgain()
{
    Bench bench;
    bench.regret.plan({ work(1, JournalState::RevokeUnknown), work(2, JournalState::Revoked) });
    QCOMPARE(bench.regret.counts().toTakeBack, 1);
    QVERIFY(bench.regret.start(1, RevokeReason::IssuedInError, {}).ok());
    QCOMPARE(bench.asked.constFirst().intent.text, u"intent-1"_s);
    bench.answer(Phase::InDoubt, FailureKind::Timeout);
    QCOMPARE(bench.regret.state(), State::Ended);
    bench.regret.goOn();
    QCOMPARE(bench.asked.size(), 2);
    bench.answer(Phase::Confirmed);
    QCOMPARE(bench.regret.replaceable(), (QList { 1, 2 }));
}

void BatchRegretTest::laterNewsCounts()
{
    Bench bench;
    bench.regret.plan({ work(1, JournalState::RevokeAccepted) });
    QCOMPARE(bench.regret.counts().unconfirmed, 1);
    RevokeProgress seen;
    seen.intent = { u"intent-1"_s };
    seen.phase = Phase::Confirmed;
    seen.ended = true;
    bench.regret.take(seen);
    QCOMPARE(bench.regret.counts().unconfirmed, 0);
    QCOMPARE(bench.regret.counts().takenBack, 1);
    QCOMPARE(bench.regret.state(), State::Planned); // nothing was asked here
}

void BatchRegretTest::strangersAreIgnored()
{
    Bench bench;
    bench.regret.plan({ work(1, JournalState::Accepted), { 2, std::nullopt } });
    QVERIFY(bench.regret.start(1, RevokeReason::IssuedInError, {}).ok());
    const QList<BatchRegret::Row> before = bench.regret.rows();
    RevokeProgress other;
    other.intent = { u"somebody else"_s };
    other.phase = Phase::Confirmed;
    other.ended = true;
    bench.regret.take(other);
    other.intent = {};
    bench.regret.take(other);
    QCOMPARE(bench.regret.rows(), before);
    QVERIFY(bench.regret.isAtWork());
}

void BatchRegretTest::answersAtOnceDoNotNestForEver()
{
    // A session that refuses at once (closed, no journal) answers from within the asking.
    BatchRegret *self = nullptr;
    int asked = 0;
    BatchRegret regret([&](const IntentId &intent, RevokeReason, const QString &) {
        ++asked;
        RevokeProgress progress;
        progress.intent = intent;
        progress.phase = Phase::Confirmed;
        progress.ended = true;
        self->take(progress);
    });
    self = &regret;
    QList<BatchRegret::Work> all;
    for (int i = 1; i <= 20'000; ++i)
        all.append(work(i, JournalState::Accepted));
    regret.plan(all);
    QVERIFY(regret.start(20'000, RevokeReason::IssuedInError, {}).ok());
    QTRY_COMPARE_WITH_TIMEOUT(regret.state(), State::Ended, 60'000);
    QCOMPARE(asked, 20'000);
}

void BatchRegretTest::planIsNotTouchedWhileAtWork()
{
    Bench bench;
    bench.regret.plan({ work(1, JournalState::Accepted) });
    QVERIFY(bench.regret.start(1, RevokeReason::IssuedInError, {}).ok());
    bench.regret.plan({});
    QCOMPARE(bench.regret.rows().size(), 1);
}

QTEST_GUILESS_MAIN(BatchRegretTest)
#include "tst_batchregret.moc"
