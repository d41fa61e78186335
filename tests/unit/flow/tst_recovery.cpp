// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/recovery.h"
#include "app/flow/session.h"
#include "tests/unit/flow/crashworld.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

IssueDraft draftFor(const QString &email)
{
    IssueDraft draft = sampleDraft();
    draft.intent = IntentId::create();
    draft.person.email = email;
    return draft;
}

/// The program is one session.
struct World : CrashWorld {
    using CrashWorld::CrashWorld;
    ~World() override { session.reset(); }

    void open()
    {
        session = std::make_unique<Session>(profile, line, clock, *journal);
        session->setSecret(Secret("s3cr+t&value"));
        QObject::connect(session.get(), &Session::recovered, &context, [this](const RecoveryReport &) { ++recoveries; });
    }
    void kill()
    {
        session.reset();
        afterDeath();
    }
    RecoveryReport recover()
    {
        open();
        session->recover();
        settle();
        return session->recovery();
    }
    void goOnWithAll()
    {
        session->goOnWithAll();
        settle(1min);
    }
    [[nodiscard]] Outcome<IssueFlow *> takeUp(const IntentId &intent)
    {
        Answer<IssueFlow *> answer;
        session->takeUp(intent, &context, answer.catcher());
        settle(0ms);
        return answer.count == 1 ? *answer.last : Outcome<IssueFlow *>(Failure::of(FailureKind::Internal, u"not answered once"_s));
    }
    [[nodiscard]] FailureKind dropped(const IntentId &intent)
    {
        Answer<Done> answer;
        session->drop(intent, &context, answer.catcher());
        settle(0ms);
        if (answer.count != 1)
            return FailureKind::Internal;
        return answer.ok() ? FailureKind::Cancelled : answer.failure().kind; // Cancelled stands for "done" here
    }
    /// Lines of one piece of work, as they would have been written.
    IntentId lay(const QList<JournalState> &states, const Profile &whose, const QString &email = u"naledi.k@example.org"_s)
    {
        const IssueDraft draft = draftFor(email);
        for (const JournalState state : states) {
            JournalStep step;
            step.intent = draft.intent;
            step.work = states.first() == JournalState::RequestIntent ? WorkKind::Verify : WorkKind::Issue;
            step.state = state;
            step.at = clock.nowUtc();
            step.profile = whose.id;
            step.environment = whose.environment;
            step.origin = workOrigin(whose);
            if (state == JournalState::Prepared)
                step.sealed = { { fact::person, toJson(draft.person) }, { fact::draft, toJson(draft) } };
            if (state == JournalState::Offered)
                step.facts.insert(fact::issuanceId, QString(u"iss-of-"_s + draft.intent.text));
            if (state == JournalState::Requested)
                step.facts.insert(fact::presentationId, QString(u"pres-of-"_s + draft.intent.text));
            journal->append(step, &context, [this](const Outcome<Done> &outcome) {
                if (!outcome.ok())
                    broken << "not laid";
            });
        }
        return draft.intent;
    }
    IntentId lay(const QList<JournalState> &states) { return lay(states, profile); }
    [[nodiscard]] QString stateOf(const IntentId &intent) { return journalStateKey(details(intent).record.state); }
    [[nodiscard]] qsizetype flows() const { return session->findChildren<IssueFlow *>().size(); }

    std::unique_ptr<Session> session;
    int recoveries = 0;
};

using enum JournalState;

} // namespace

class TestRecovery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lostAnswersAreWrittenDown_data();
    void lostAnswersAreWrittenDown();
    void whatIsLeftToDoIsCounted();
    void cutAtAnyPointItEndsTheSame();
    void recoverTwiceIsOnce();
    void workOnItsWayIsNotTouched();
    void anotherProfilesWorkStays();
    void anotherTokenAddressIsAnotherPlace();
    void aJournalThatCannotBeReadIsAskedAgain();
    void whatSomebodySettledMeanwhileIsSkipped();
    void offersAreWatchedAlthoughRecoveryFailed();
    void tenThousandMakeNoFlows();
    void goesOnWithAll_data();
    void goesOnWithAll();
    void oneOfferCallAtATime();
    void whatFailsIsLeftAndTheRestGoesOn();
    void withoutALineItStops();
    void takenUpIsTheSameFlow();
    void takingUpWritesTheDoubt();
    void sameClickAfterARestart();
    void closesWhatWasNotFinished_data();
    void closesWhatWasNotFinished();
    void workOnItsWayIsNotClosed();
    void finishedFlowsAreLetGo();
    void firstPasswordIsKeptUntilHandedOver();
    void closingCancels();
};

void TestRecovery::lostAnswersAreWrittenDown_data()
{
    QTest::addColumn<QList<JournalState>>("story");
    QTest::addColumn<JournalState>("then");
    QTest::newRow("account") << QList { Prepared, AccountIntent } << AccountUnknown;
    QTest::newRow("offer") << QList { Prepared, Sent } << Unknown;
    QTest::newRow("delivery") << QList { Prepared, Sent, Offered, DeliveryIntent } << DeliveryUnknown;
    QTest::newRow("revocation") << QList { Prepared, Sent, Offered, Accepted, RevokeIntent } << RevokeUnknown;
    QTest::newRow("request") << QList { RequestIntent } << RequestUnknown;
    for (const JournalState state : allJournalStates())
        QCOMPARE(doubtOf(state).has_value(), isIntent(state));
}

void TestRecovery::lostAnswersAreWrittenDown()
{
    QFETCH(QList<JournalState>, story);
    QFETCH(JournalState, then);
    for (const auto kind : { World::Kind::InMemory, World::Kind::Durable }) {
        World world(kind);
        const IntentId intent = world.lay(story);
        world.settle();
        world.recover();
        const WorkDetails details = world.details(intent);
        QCOMPARE(details.record.state, then);
        QCOMPARE(details.story.size(), story.size() + 1);
        QCOMPARE(details.story.last().step.facts.value(fact::failure).toString(), u"crash"_s);
        QCOMPARE(world.platform.sent("POST /users").size() + world.platform.sent("POST /credentials/issuance").size()
                     + world.platform.sent("POST /orgs/credentials").size(),
                 0);
        QCOMPARE(world.broken, QByteArrayList());
    }
}

void TestRecovery::whatIsLeftToDoIsCounted()
{
    World world;
    const QList<IntentId> unfinished { world.lay({ Prepared }), world.lay({ Prepared, NotSent }), world.lay({ Prepared, AccountIntent }),
                                       world.lay({ Prepared, Sent }), world.lay({ Prepared, Sent, Unknown }),
                                       world.lay({ Prepared, Sent, Refused }), world.lay({ Prepared, Sent, Unknown, Abandoned }) };
    const QList<IntentId> delivery { world.lay({ Prepared, Sent, Offered }), world.lay({ Prepared, Sent, Offered, DeliveryIntent }),
                                     world.lay({ Prepared, Sent, Offered, DeliveryIntent, DeliveryFailed }) };
    world.lay({ Prepared, Sent, Offered, DeliveryIntent, Delivered });
    world.lay({ Prepared, Sent, Offered, Accepted, RevokeIntent, RevokeAccepted });
    world.lay({ Prepared, Sent, Offered, Accepted });
    world.lay({ Prepared, Dropped });
    world.lay({ RequestIntent, Requested });
    world.lay({ RequestIntent, Requested, Parked });
    world.lay({ RequestIntent, RequestFailed });
    const RecoveryReport report = world.recover();
    const auto sorted = [](QList<IntentId> list) {
        std::sort(list.begin(), list.end());
        return list;
    };
    QCOMPARE(sorted(report.unfinished), sorted(unfinished));
    QCOMPARE(sorted(report.delivery), sorted(delivery));
    QCOMPARE(report.tracked, 5);
    QCOMPARE(report.requests, 2);
    QVERIFY(report.needsOperator());
    QCOMPARE(world.recoveries, 1);
    QCOMPARE(world.flows(), 0);
}

/// I10: a crash during recovery, any number of times, ends in the same state.
void TestRecovery::cutAtAnyPointItEndsTheSame()
{
    for (int cut = 1; cut <= 3; ++cut) {
        World world(World::Kind::Durable);
        const QList<IntentId> works { world.lay({ Prepared, AccountIntent }), world.lay({ Prepared, Sent }),
                                      world.lay({ Prepared, Sent, Offered, DeliveryIntent }) };
        world.settle(0s);
        const qsizetype before = world.steps().size();
        int left = cut;
        world.journal->refuse = [&](const JournalStep &) { return left-- <= 0; };
        world.recover();
        QCOMPARE(world.recoveries, cut == 3 ? 1 : 0); // an unfinished one is not called done
        world.kill();
        QCOMPARE(world.steps().size(), before + cut);
        const RecoveryReport report = world.recover();
        QCOMPARE(world.steps().size(), before + 3);
        world.kill();
        QCOMPARE(world.recover(), report);
        QCOMPARE(world.steps().size(), before + 3);
        QCOMPARE(report.unfinished.size(), 2);
        QCOMPARE(report.delivery.size(), 1);
        for (const IntentId &work : works)
            QVERIFY(!isIntent(world.details(work).record.state)); // I8
    }
}

void TestRecovery::recoverTwiceIsOnce()
{
    World world;
    world.lay({ Prepared, Sent });
    world.open();
    world.session->recover();
    world.session->recover();
    world.settle();
    world.session->recover();
    world.settle();
    QCOMPARE(world.recoveries, 1);
    QCOMPARE(world.steps().size(), 3);
}

void TestRecovery::workOnItsWayIsNotTouched()
{
    World world;
    world.open();
    world.line.hold(true);
    const IssueFlow *const flow = world.session->startIssue(draftFor(u"a@example.org"_s));
    world.settle(0ms);
    world.line.release(); // the token
    world.clock.advance(0ms);
    QCOMPARE(world.stateOf(flow->progress().intent), u"accountIntent"_s);
    world.session->recover();
    world.clock.advance(0ms);
    QCOMPARE(world.recoveries, 1);
    QCOMPARE(world.session->recovery(), RecoveryReport());
    QCOMPARE(world.stateOf(flow->progress().intent), u"accountIntent"_s);
    world.line.hold(false);
    world.line.releaseAll();
    world.settle();
    QCOMPARE(flow->progress().delivery, StageState::Done);
}

void TestRecovery::anotherProfilesWorkStays()
{
    World world;
    const IntentId mine = world.lay({ Prepared, Sent });
    Profile other = world.profile;
    other.id = { u"another-profile"_s };
    const IntentId sameOrigin = world.lay({ Prepared, Sent, Unknown }, other);
    other.clientId = u"another-client"_s;
    const IntentId theirs = world.lay({ Prepared, Sent }, other);
    const RecoveryReport report = world.recover();
    QCOMPARE(report.unfinished, QList { mine });
    QCOMPARE(world.stateOf(theirs), u"sent"_s); // its own profile settles it
    for (const IntentId &intent : { theirs, sameOrigin }) {
        const Outcome<IssueFlow *> taken = world.takeUp(intent);
        QVERIFY(!taken.ok());
        QCOMPARE(taken.failure().kind, FailureKind::InvalidInput);
        QCOMPARE(world.dropped(intent), FailureKind::InvalidInput);
    }
    world.goOnWithAll();
    QCOMPARE(world.service.offers.size(), 1);
    QCOMPARE(world.stateOf(theirs), u"sent"_s);
    QCOMPARE(world.stateOf(sameOrigin), u"unknown"_s);
}

void TestRecovery::anotherTokenAddressIsAnotherPlace()
{
    World world;
    const IntentId intent = world.lay({ Prepared, Sent });
    world.profile.tokenUrl = QUrl(u"https://id.elsewhere.example/realms/x/protocol/openid-connect/token"_s);
    QCOMPARE(world.recover(), RecoveryReport());
    QVERIFY(!world.takeUp(intent).ok());
    QCOMPARE(world.stateOf(intent), u"sent"_s);
    world.kill();
    world.profile.tokenUrl = FakePlatform::profile().tokenUrl;
    QCOMPARE(world.recover().unfinished, QList { intent });
}

void TestRecovery::aJournalThatCannotBeReadIsAskedAgain()
{
    World world;
    world.lay({ Prepared, Sent });
    world.journal->refuse = [](const JournalStep &) { return true; };
    world.recover();
    QCOMPARE(world.recoveries, 0);
    world.journal->refuse = {};
    world.session->recover();
    world.settle();
    QCOMPARE(world.recoveries, 1);
    QCOMPARE(world.session->recovery().unfinished.size(), 1);
}

void TestRecovery::whatSomebodySettledMeanwhileIsSkipped()
{
    World world;
    const IntentId settled = world.lay({ Prepared, Sent });
    const IntentId left = world.lay({ Prepared, Sent });
    world.settle();
    world.open();
    world.session->recover(); // has asked which work is open
    JournalStep line = world.steps().constFirst();
    line.intent = settled;
    line.state = Refused;
    line.sealed = {};
    world.journal->append(line, &world.context, [](const Outcome<Done> &outcome) { QVERIFY(outcome.ok()); });
    world.settle();
    QCOMPARE(world.recoveries, 1);
    QCOMPARE(world.session->recovery().unfinished, QList { left });
    QCOMPARE(world.stateOf(settled), u"refused"_s);
    QCOMPARE(world.stateOf(left), u"unknown"_s);
}

void TestRecovery::offersAreWatchedAlthoughRecoveryFailed()
{
    World world;
    world.lay({ Prepared, Sent });
    world.lay({ Prepared, Sent, Offered, DeliveryIntent, Delivered });
    world.settle();
    world.journal->refuse = [](const JournalStep &) { return true; };
    world.recover();
    world.settle(1min);
    QCOMPARE(world.recoveries, 0);
    QVERIFY(world.platform.apiCalls() > 0);
}

void TestRecovery::tenThousandMakeNoFlows()
{
    World world;
    for (int i = 0; i < 10'000; ++i)
        world.lay({ Prepared });
    world.open();
    world.session->recover();
    world.clock.advance(0ms);
    QCOMPARE(world.session->recovery().unfinished.size(), 10'000);
    QCOMPARE(world.flows(), 0);
    QCOMPARE(world.line.count(), 0);
}

void TestRecovery::goesOnWithAll_data()
{
    QTest::addColumn<bool>("durable");
    QTest::addColumn<int>("line");
    QTest::addColumn<bool>("whenSent");
    for (const bool durable : { false, true }) {
        for (int line = 1; line <= 22; line += durable ? 3 : 1) {
            for (const bool whenSent : { false, true })
                QTest::addRow("%d %s, %s", line, whenSent ? "sent" : "written", durable ? "on disk" : "in memory")
                    << durable << line << whenSent;
        }
    }
}

/// Three people at once, the program ends at any line of it, and all is gone on with: each has one offer in the end.
void TestRecovery::goesOnWithAll()
{
    QFETCH(bool, durable);
    QFETCH(int, line);
    QFETCH(bool, whenSent);
    World world(durable ? World::Kind::Durable : World::Kind::InMemory);
    world.open();
    world.dieAfter(line, whenSent);
    QSet<IntentId> begun;
    for (const auto &email : { u"a@example.org"_s, u"b@example.org"_s, u"c@example.org"_s }) {
        const IssueDraft draft = draftFor(email);
        begun.insert(draft.intent);
        world.session->startIssue(draft);
    }
    world.settle(4s);
    world.live();
    // In the air when it died: their intents are written, but it is not known which of them had gone out.
    int unsent = 0;
    for (const JournalStep &step : world.steps())
        unsent += isIntent(step.state);
    unsent -= world.posts;
    QVERIFY(unsent >= 0);
    world.kill();
    world.recover();
    for (const IntentId &intent : std::as_const(begun))
        QVERIFY(world.details(intent).record.intent.isEmpty() || !isIntent(world.details(intent).record.state)); // I8
    world.goOnWithAll();
    world.acceptAll();
    for (const IntentId &intent : std::as_const(begun))
        world.session->checkNow(intent);
    world.settle(1min);
    world.broken.removeAll("no such work"); // died before it was even prepared
    world.audit(unsent);
}

void TestRecovery::oneOfferCallAtATime()
{
    World world;
    QList<IntentId> works;
    for (int i = 0; i < 4; ++i)
        works << world.lay({ Prepared }, world.profile, u"p%1@example.org"_s.arg(i));
    int inTheAir = 0;
    int most = 0;
    QObject::connect(world.journal.get(), &Journal::committed, &world.context, [&](const JournalStep &step) {
        if (step.state == Sent)
            most = std::max(most, ++inTheAir);
        else if (step.state == Offered)
            --inTheAir;
    });
    QCOMPARE(world.recover().unfinished.size(), 4);
    world.goOnWithAll();
    world.session->goOnWithAll(); // once more: nothing is left
    world.settle();
    QCOMPARE(most, 1);
    QCOMPARE(world.service.offers.size(), 4);
    QCOMPARE(world.service.deliveries.size(), 4);
    QCOMPARE(world.flows(), 0); // the watch over offers goes on from here
    world.acceptAll();
    world.settle(10min);
    world.audit(0);
}

void TestRecovery::whatFailsIsLeftAndTheRestGoesOn()
{
    World world;
    const IntentId bad = world.lay({ Prepared }, world.profile, u"bad@example.org"_s);
    const IntentId good = world.lay({ Prepared }, world.profile, u"good@example.org"_s);
    world.platform.next(kAccount, FakePlatform::json(400, R"({"message":"no"})"));
    world.recover();
    QSignalSpy told(world.session.get(), &Session::issueProgressChanged);
    world.goOnWithAll();
    QSet<QString> states { world.stateOf(bad), world.stateOf(good) };
    QCOMPARE(states, QSet<QString>({ u"accountRefused"_s, u"delivered"_s }));
    bool toldOfTheFailure = false;
    for (const QList<QVariant> &one : std::as_const(told))
        toldOfTheFailure = toldOfTheFailure || one.first().value<IssueProgress>().account == StageState::Failed;
    QVERIFY(toldOfTheFailure);
}

void TestRecovery::withoutALineItStops()
{
    World world;
    for (int i = 0; i < 5; ++i)
        world.lay({ Prepared });
    world.recover();
    world.platform.tokenAnswer = FakeTransport::failure(FailureKind::NameNotFound);
    world.goOnWithAll();
    const int tried = static_cast<int>(world.story().filter(u"notSent"_s).size());
    QCOMPARE(tried, 1); // and not five, and not again and again
    world.platform.tokenAnswer.reset();
    world.session->lookAgain();
    world.settle(5min);
    world.goOnWithAll();
    QCOMPARE(world.service.deliveries.size(), 5);
}

void TestRecovery::takenUpIsTheSameFlow()
{
    World world;
    const IntentId intent = world.lay({ Prepared });
    world.recover();
    const Outcome<IssueFlow *> first = world.takeUp(intent);
    QVERIFY(first.ok());
    QCOMPARE(*world.takeUp(intent), *first);
    Answer<IssueFlow *> one;
    Answer<IssueFlow *> two;
    const IntentId other = world.lay({ Prepared });
    world.session->takeUp(other, &world.context, one.catcher());
    world.session->takeUp(other, &world.context, two.catcher());
    world.settle(0ms);
    QVERIFY(one.ok() && two.ok());
    QCOMPARE(one.value(), two.value());
    QCOMPARE(world.flows(), 2);
    QVERIFY(!world.takeUp({ u"nothing"_s }).ok());
    const IntentId check = world.lay({ RequestIntent, Requested });
    QVERIFY(!world.takeUp(check).ok());
}

void TestRecovery::takingUpWritesTheDoubt()
{
    World world;
    const IntentId intent = world.lay({ Prepared, Sent });
    world.settle(0ms);
    world.open(); // nobody has recovered yet
    const Outcome<IssueFlow *> taken = world.takeUp(intent);
    QVERIFY(taken.ok());
    QCOMPARE(world.stateOf(intent), u"unknown"_s);
    QCOMPARE((*taken)->progress().offer, StageState::InDoubt);
    QCOMPARE(world.posts, 0);
}

void TestRecovery::sameClickAfterARestart()
{
    for (const auto kind : { World::Kind::InMemory, World::Kind::Durable }) {
        World world(kind);
        world.open();
        const IssueDraft draft = draftFor(u"a@example.org"_s);
        QCOMPARE(world.session->startIssue(draft), world.session->startIssue(draft)); // a double click
        world.settle();
        QCOMPARE(world.service.offers.size(), 1);
        world.kill();
        world.open();
        world.session->recover();
        IssueFlow *const flow = world.session->startIssue(draft); // the window was still open
        QCOMPARE(world.session->startIssue(draft), flow);
        world.settle();
        QCOMPARE(flow->progress().delivery, StageState::Done);
        QCOMPARE(world.service.offers.size(), 1);
        QCOMPARE(world.service.deliveries.size(), 1);
        QCOMPARE(world.story().filter(u"prepared"_s).size(), 1);
    }
}

void TestRecovery::closesWhatWasNotFinished_data()
{
    QTest::addColumn<QList<JournalState>>("story");
    QTest::addColumn<bool>("closes");
    QTest::newRow("prepared") << QList { Prepared } << true;
    QTest::newRow("not sent") << QList { Prepared, NotSent } << true;
    QTest::newRow("account in doubt") << QList { Prepared, AccountIntent } << true;
    QTest::newRow("account ready") << QList { Prepared, AccountIntent, AccountReady } << true;
    QTest::newRow("account refused") << QList { Prepared, AccountIntent, AccountRefused } << true;
    QTest::newRow("offer lost") << QList { Prepared, Sent } << true;
    QTest::newRow("offer in doubt") << QList { Prepared, Sent, Unknown } << true;
    QTest::newRow("refused") << QList { Prepared, Sent, Refused } << true;
    QTest::newRow("abandoned") << QList { Prepared, Sent, Unknown, Abandoned } << true;
    QTest::newRow("offered") << QList { Prepared, Sent, Offered } << false;
    QTest::newRow("delivered") << QList { Prepared, Sent, Offered, DeliveryIntent, Delivered } << false;
    QTest::newRow("accepted") << QList { Prepared, Sent, Offered, Accepted } << false;
    QTest::newRow("dropped") << QList { Prepared, Dropped } << false;
}

void TestRecovery::closesWhatWasNotFinished()
{
    QFETCH(QList<JournalState>, story);
    QFETCH(bool, closes);
    World world;
    const IntentId intent = world.lay(story);
    world.recover();
    QCOMPARE(world.dropped(intent), closes ? FailureKind::Cancelled : FailureKind::InvalidInput);
    const WorkRecord record = world.details(intent).record;
    QCOMPARE(record.state == Dropped, closes || story.contains(Dropped));
    if (story.contains(Sent) && closes && !story.contains(Refused))
        QCOMPARE(record.unusedOffers, 1); // counted as left behind
    world.goOnWithAll();
    if (closes)
        QCOMPARE(world.posts, 0);
}

void TestRecovery::workOnItsWayIsNotClosed()
{
    World world;
    world.open();
    world.platform.always(kOffer, FakePlatform::json(400, R"({"message":"no"})"));
    const IssueDraft draft = draftFor(u"a@example.org"_s);
    IssueFlow *const flow = world.session->startIssue(draft);
    world.line.hold(true);
    world.settle(0ms);
    world.line.release();
    world.clock.advance(0ms);
    QVERIFY(flow->isBusy());
    Answer<Done> answer;
    world.session->drop(draft.intent, &world.context, answer.catcher());
    world.clock.advance(0ms);
    QVERIFY(answer.failedAs(FailureKind::InvalidInput));
    world.line.hold(false);
    world.line.releaseAll();
    world.settle();
    QCOMPARE(world.stateOf(draft.intent), u"refused"_s);
    QCOMPARE(world.dropped(draft.intent), FailureKind::Cancelled);
    world.settle(0ms);
    QVERIFY(flow->progress().ended); // it has heard of it
}

void TestRecovery::finishedFlowsAreLetGo()
{
    World world;
    world.open();
    for (int i = 0; i < 6; ++i) {
        const QPointer<IssueFlow> flow(world.session->startIssue(draftFor(u"p%1@example.org"_s.arg(i))));
        world.settle(4s);
        world.acceptAll();
        flow->checkNow();
        world.settle(4s);
        QVERIFY(flow && flow->progress().ended); // the latest stays: it is on screen
        QVERIFY(world.flows() <= 2);
    }
    world.audit(0);
}

void TestRecovery::firstPasswordIsKeptUntilHandedOver()
{
    World world;
    world.open();
    const IssueDraft draft = draftFor(u"a@example.org"_s);
    IssueFlow *flow = world.session->startIssue(draft);
    world.settle();
    QCOMPARE(flow->takeFirstPassword().view().toByteArray(), QByteArray("q7!Rk2vZp0aE"));
    world.kill();
    world.recover();
    Outcome<IssueFlow *> taken = world.takeUp(draft.intent);
    QVERIFY(taken.ok());
    world.settle(0ms);
    QVERIFY((*taken)->progress().hasFirstPassword);
    world.session->firstPasswordHandedOver(draft.intent);
    world.settle(0ms);
    world.kill();
    world.recover();
    taken = world.takeUp(draft.intent);
    QVERIFY(taken.ok());
    world.settle(0ms);
    QVERIFY(!(*taken)->progress().hasFirstPassword);
}

void TestRecovery::closingCancels()
{
    World world;
    const IntentId intent = world.lay({ Prepared, Sent });
    world.open();
    world.session->recover();
    Answer<IssueFlow *> taken;
    Answer<Done> dropped;
    world.session->takeUp(intent, &world.context, taken.catcher());
    world.session->drop(intent, &world.context, dropped.catcher());
    world.session->goOnWithAll();
    world.session->close();
    world.settle();
    QVERIFY(taken.failedAs(FailureKind::Cancelled));
    QVERIFY(dropped.failedAs(FailureKind::Cancelled));
    QCOMPARE(world.recoveries, 0);
    world.session->recover();
    world.session->goOnWithAll();
    Answer<IssueFlow *> late;
    world.session->takeUp(intent, &world.context, late.catcher());
    world.settle();
    QVERIFY(late.failedAs(FailureKind::Cancelled));
    QCOMPARE(world.flows(), 0);
    QCOMPARE(world.posts, 0);
}

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
