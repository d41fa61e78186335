// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/stepfacts.h"
#include "app/flow/stepwriter.h"
#include "tests/unit/flow/crashworld.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// The program on one day: it ends when this goes, and nothing of it is left but the journal.
struct Process {
    Process(FakeTransport &line, FakeClock &clock, const Profile &openProfile)
        : profile(openProfile)
        , tokens(line, clock, profile, [] { return 0.5; })
        , api(line, tokens, clock, profile)
    {
        tokens.setSecret(Secret("s3cr+t&value"));
    }

    Profile profile;
    TokenManager tokens;
    ApiClient api;
    std::unique_ptr<IssueFlow> flow; ///< goes first
};

/// The program is one flow.
struct World : CrashWorld {
    using CrashWorld::CrashWorld;

    void begin()
    {
        process = std::make_unique<Process>(line, clock, profile);
        process->flow = std::make_unique<IssueFlow>(process->api, *journal, clock, profile, draft);
        process->flow->start();
        settle();
    }
    void kill()
    {
        process.reset();
        afterDeath();
    }
    using CrashWorld::details;
    [[nodiscard]] WorkDetails details() { return details(draft.intent); }
    void takeUp()
    {
        const WorkDetails known = details();
        process = std::make_unique<Process>(line, clock, profile);
        const int before = platform.apiCalls();
        process->flow = std::make_unique<IssueFlow>(process->api, *journal, clock, profile, known);
        process->flow->start(); // does nothing
        const int lines = journal->appends;
        settle();
        if (platform.apiCalls() != before || journal->appends != lines)
            broken << "something was sent or written by taking up";
    }
    void goOn()
    {
        for (int i = 0; i < 12 && progress().delivery != StageState::Done && progress().acceptance != StageState::Done; ++i) {
            process->flow->goOn();
            settle();
        }
    }
    void accept()
    {
        acceptAll();
        process->flow->checkNow();
        settle(1min);
    }
    [[nodiscard]] const IssueProgress &progress() const { return process->flow->progress(); }
    void audit(int cutBeforeSend)
    {
        CrashWorld::audit(cutBeforeSend);
        QCOMPARE(details().record.unusedOffers, story().filter(u"abandoned"_s).size());
    }

    IssueDraft draft = sampleDraft();
    std::unique_ptr<Process> process;
};

} // namespace

class TestTakeUp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhereItStands_data();
    void showsWhereItStands();
    void showsFinishedWork();
    void deliversTheSameOfferAgain();
    void deliveryThatNeverBeganLeavesTheJournal_data();
    void deliveryThatNeverBeganLeavesTheJournal();
    void whatIsNotThereCannotGoOn();
    void deliveryInDoubtThatWasAcceptedIsNotRepeated();
    void hearsOfWhatOthersWrite_data();
    void hearsOfWhatOthersWrite();
    void anothersLineIsNotItsOwn();
    void revocationRefusedIsTrackedOn();
    void sameIntentIsTakenUp();
    void sameIntentOfAnotherOriginIsRefused();
    void offerInDoubtIsAdoptedOnProof_data();
    void offerInDoubtIsAdoptedOnProof();
    void cutAtEveryPoint_data();
    void cutAtEveryPoint();
    void cutTwice();
};

void TestTakeUp::showsWhereItStands_data()
{
    using enum StageState;
    QTest::addColumn<int>("lines");
    QTest::addColumn<QList<int>>("stages");
    QTest::addColumn<bool>("says");
    const auto row = [](const char *name, int lines, StageState account, StageState offer, StageState delivery, StageState acceptance,
                        bool says) {
        QTest::newRow(name) << lines
                            << QList { static_cast<int>(account), static_cast<int>(offer), static_cast<int>(delivery),
                                       static_cast<int>(acceptance) }
                            << says;
    };
    row("prepared", 1, Failed, NotStarted, NotStarted, NotStarted, true);
    row("account in doubt", 2, InDoubt, NotStarted, NotStarted, NotStarted, false);
    row("account ready", 3, Done, Failed, NotStarted, NotStarted, true);
    row("offer in doubt", 4, Done, InDoubt, NotStarted, NotStarted, false);
    row("offered", 5, Done, Done, Failed, Working, true);
    row("delivery in doubt", 6, Done, Done, InDoubt, Working, false);
    row("delivered", 7, Done, Done, Done, Working, false);
}

void TestTakeUp::showsWhereItStands()
{
    QFETCH(int, lines);
    QFETCH(QList<int>, stages);
    QFETCH(bool, says);
    World world;
    world.dieAfter(lines, false);
    world.begin();
    world.live();
    world.kill();
    world.takeUp();
    const IssueProgress &progress = world.progress();
    const QList<int> shown { static_cast<int>(progress.account), static_cast<int>(progress.offer),
                             static_cast<int>(progress.delivery), static_cast<int>(progress.acceptance) };
    QCOMPARE(shown, stages);
    QCOMPARE(progress.failure && progress.failure->kind == FailureKind::Cancelled, says);
    QCOMPARE(progress.person, world.draft.person);
    QCOMPARE(progress.templateName, world.draft.credentialTemplate.name);
    QCOMPARE(progress.hasFirstPassword, lines > 2);
    QCOMPARE(progress.username, lines > 2 ? u"user"_s : QString());
    QCOMPARE(progress.issuanceId.text, lines > 4 ? u"iss-1"_s : QString());
    QCOMPARE(progress.credentialId.text, lines > 4 ? u"cred-1"_s : QString());
    QCOMPARE(progress.offerUri.isEmpty(), lines < 5);
    QCOMPARE(progress.deliveredAt.isValid(), lines > 6);
    QVERIFY(!progress.ended);
    world.settle(1h);
    QCOMPARE(world.steps().size(), lines); // waits for the operator
}

void TestTakeUp::showsFinishedWork()
{
    World world;
    world.begin();
    world.accept();
    world.kill();
    world.takeUp();
    QVERIFY(world.progress().ended);
    QCOMPARE(world.progress().acceptance, StageState::Done);
    QVERIFY(world.progress().hasFirstPassword); // not yet handed over
    QVERIFY(!world.progress().offerQrUri.isEmpty());
    const int calls = world.platform.apiCalls();
    world.process->flow->goOn();
    world.process->flow->deliverAgain();
    world.process->flow->checkNow();
    world.settle(1h);
    QCOMPARE(world.platform.apiCalls(), calls);
    world.audit(0);
}

void TestTakeUp::deliversTheSameOfferAgain()
{
    World world;
    world.begin();
    world.process->flow->deliverAgain(); // on the operator's word, in the same run
    world.process->flow->deliverAgain(); // a double click
    world.settle();
    QCOMPARE(world.service.deliveries.size(), 2);
    world.kill();
    world.takeUp();
    world.process->flow->deliverAgain();
    world.settle();
    QCOMPARE(world.service.deliveries.size(), 3);
    QCOMPARE(world.progress().delivery, StageState::Done);
    QCOMPARE(world.story().mid(5, 6),
             QStringList({ u"deliveryIntent#1"_s, u"delivered#1"_s, u"deliveryIntent#2"_s, u"delivered#2"_s,
                           u"deliveryIntent#3"_s, u"delivered#3"_s }));
    world.accept();
    world.audit(0);
}

void TestTakeUp::deliveryThatNeverBeganLeavesTheJournal_data()
{
    QTest::addColumn<QList<JournalState>>("more");
    QTest::addColumn<bool>("journalSaysNo");
    QTest::addColumn<StageState>("delivery");
    using enum JournalState;
    for (const bool journal : { false, true }) {
        const char *const why = journal ? "no line taken" : "no token";
        QTest::addRow("offered, %s", why) << QList<JournalState> {} << journal << StageState::Failed;
        QTest::addRow("delivered, %s", why) << QList<JournalState> { DeliveryIntent, Delivered } << journal << StageState::Failed;
        QTest::addRow("in doubt, %s", why) << QList<JournalState> { DeliveryIntent, DeliveryUnknown } << journal << StageState::InDoubt;
        QTest::addRow("revocation refused, %s", why)
            << QList<JournalState> { DeliveryIntent, Delivered, RevokeIntent, RevokeRefused } << journal << StageState::Failed;
    }
}

/// Without a token, or without its line, nothing was sent: what the journal says of the offer is still true.
void TestTakeUp::deliveryThatNeverBeganLeavesTheJournal()
{
    QFETCH(QList<JournalState>, more);
    QFETCH(bool, journalSaysNo);
    QFETCH(StageState, delivery);
    World world;
    world.dieAfter(5, false); // the offer is there
    world.begin();
    world.live();
    world.kill();
    QCOMPARE(world.story().last(), u"offered#1"_s);
    JournalStep step = world.steps().first();
    step.facts = {};
    step.sealed = {};
    for (const JournalState state : std::as_const(more)) {
        step.state = state;
        world.journal->append(step, &world.context, [&](const Outcome<Done> &outcome) { QVERIFY(outcome.ok()); });
    }
    world.settle();
    world.takeUp();
    const QStringList before = world.story();
    const int posts = world.posts;
    if (journalSaysNo)
        world.journal->refuse = [](const JournalStep &) { return true; };
    else
        world.platform.tokenAnswer = FakeTransport::failure(FailureKind::NameNotFound);
    world.process->flow->deliverAgain();
    world.settle(2min);
    QCOMPARE(world.story(), before);
    QCOMPARE(world.posts, posts);
    QCOMPARE(world.progress().delivery, delivery);
    QVERIFY(world.progress().failure);
    world.journal->refuse = {};
    world.platform.tokenAnswer.reset();
    world.process->tokens.lookAgain();
    world.settle(5min);
    world.process->flow->deliverAgain(); // nothing is stuck
    world.settle();
    QCOMPARE(world.progress().delivery, StageState::Done);
    QCOMPARE(world.service.deliveries.size(), 1);
}

void TestTakeUp::whatIsNotThereCannotGoOn()
{
    for (int lines = 1; lines <= 6; ++lines) {
        World world;
        world.dieAfter(lines, false);
        world.begin();
        world.live();
        world.kill();
        world.journal->forgetPerson(world.details().record.personKeys, &world.context, [](const Outcome<int> &) {});
        world.settle();
        world.takeUp();
        QCOMPARE(world.progress().templateName, world.draft.credentialTemplate.name);
        const auto posts = world.posts;
        world.process->flow->goOn();
        world.settle();
        world.process->flow->deliverAgain();
        world.settle();
        QCOMPARE(world.posts, posts);
        QCOMPARE(world.progress().failure->kind, FailureKind::StorageFailed);
    }
}

void TestTakeUp::deliveryInDoubtThatWasAcceptedIsNotRepeated()
{
    World world;
    world.dieAfter(6, true); // handed over, but nobody heard so
    world.begin();
    QCOMPARE(world.service.deliveries.size(), 1);
    world.live();
    world.kill();
    world.service.accepted.insert("iss-1");
    world.takeUp();
    world.process->flow->goOn();
    world.settle();
    QCOMPARE(world.service.deliveries.size(), 1);
    QCOMPARE(world.progress().acceptance, StageState::Done);
    world.audit(0);
}

void TestTakeUp::hearsOfWhatOthersWrite_data()
{
    using enum JournalState;
    QTest::addColumn<QList<JournalState>>("states");
    QTest::addColumn<int>("acceptance");
    QTest::addColumn<bool>("ended");
    QTest::newRow("accepted") << QList { Accepted } << static_cast<int>(StageState::Done) << true;
    QTest::newRow("expired") << QList { Expired } << static_cast<int>(StageState::Failed) << true;
    QTest::newRow("being revoked") << QList { RevokeIntent } << static_cast<int>(StageState::Working) << false;
    QTest::newRow("revoke accepted") << QList { RevokeIntent, RevokeAccepted } << static_cast<int>(StageState::Working) << false;
    QTest::newRow("revoked") << QList { RevokeIntent, RevokeAccepted, Revoked } << static_cast<int>(StageState::Failed) << true;
}

void TestTakeUp::hearsOfWhatOthersWrite()
{
    QFETCH(QList<JournalState>, states);
    World world;
    world.begin();
    for (const JournalState state : states) {
        JournalStep step = world.steps().last();
        step.state = state;
        step.facts = {};
        world.journal->append(step, &world.context, [](const Outcome<Done> &) {});
    }
    const qsizetype lines = world.steps().size();
    world.settle(5s);
    QTEST(static_cast<int>(world.progress().acceptance), "acceptance");
    QTEST(world.progress().ended, "ended");
    const auto calls = world.platform.apiCalls();
    world.service.accepted.insert("iss-1");
    world.settle(1h);
    QCOMPARE(world.platform.apiCalls(), calls); // it no longer asks, nor writes over it
    QCOMPARE(world.steps().size(), lines);
    QCOMPARE(world.progress().failure, std::nullopt);
}

/// Two see the same end at once: the line of whoever came first is not the other one's.
void TestTakeUp::anothersLineIsNotItsOwn()
{
    World world;
    world.dieAfter(5, false);
    world.begin();
    world.live();
    StepWriter writer(*world.journal, world.clock, WorkKind::Issue, world.profile, world.draft.intent, &world.context);
    writer.resumeAt(JournalState::Offered);
    int foreign = 0;
    QObject::connect(world.journal.get(), &Journal::committed, &world.context, [&](const JournalStep &step) { foreign += writer.heard(step); });
    JournalStep line = world.steps().constFirst();
    line.state = JournalState::Accepted;
    line.facts = { { fact::status, u"completed"_s } };
    line.sealed = {};
    world.journal->append(line, &world.context, [](const Outcome<Done> &outcome) { QVERIFY(outcome.ok()); });
    int failures = 0;
    writer.record(JournalState::Accepted, 1, {}, [] { QFAIL("written twice"); }, [&](const Failure &) { ++failures; });
    world.settle();
    QCOMPARE(failures, 1);
    QCOMPARE(foreign, 1);
    QCOMPARE(writer.state(), JournalState::Accepted);
    world.process.reset();
}

void TestTakeUp::revocationRefusedIsTrackedOn()
{
    World world;
    world.begin();
    for (const JournalState state : { JournalState::RevokeIntent, JournalState::RevokeRefused }) {
        JournalStep step = world.steps().last();
        step.state = state;
        step.facts = {};
        world.journal->append(step, &world.context, [](const Outcome<Done> &) {});
    }
    world.settle(1s);
    world.accept();
    QCOMPARE(world.progress().acceptance, StageState::Done);
    world.audit(1); // the revocation's line was written here without a request
}

/// The window was closed and opened again, or the program started again, and the same click arrives once more.
void TestTakeUp::sameIntentIsTakenUp()
{
    World world;
    world.begin();
    const int posts = world.posts;
    world.kill();
    world.begin(); // not takeUp(): a start with the same intent
    QCOMPARE(world.posts, posts);
    QCOMPARE(world.progress().delivery, StageState::Done);
    QCOMPARE(world.progress().issuanceId.text, u"iss-1"_s);
    QVERIFY(world.progress().hasFirstPassword);
    world.accept();
    world.kill();
    world.begin();
    QVERIFY(world.progress().ended);
    QCOMPARE(world.posts, posts);
    world.audit(0);
}

void TestTakeUp::sameIntentOfAnotherOriginIsRefused()
{
    World world;
    world.begin();
    const int posts = world.posts;
    const qsizetype lines = world.steps().size();
    world.kill();
    world.profile.clientId = u"another-client"_s;
    world.begin();
    QCOMPARE(world.posts, posts);
    QCOMPARE(world.steps().size(), lines);
    QVERIFY(world.progress().ended);
    QCOMPARE(world.progress().failure->kind, FailureKind::InvalidInput);
    QVERIFY(world.progress().issuanceId.isEmpty());
}

void TestTakeUp::offerInDoubtIsAdoptedOnProof_data()
{
    QTest::addColumn<bool>("restarted");
    QTest::addColumn<bool>("proved");
    QTest::newRow("same run, proved") << false << true;
    QTest::newRow("restarted, proved") << true << true;
    QTest::newRow("same run, not proved") << false << false;
    QTest::newRow("restarted, not proved") << true << false;
}

void TestTakeUp::offerInDoubtIsAdoptedOnProof()
{
    QFETCH(bool, restarted);
    QFETCH(bool, proved);
    World world;
    if (restarted) {
        world.dieAfter(4, true); // made, but nobody heard
        world.begin();
        world.live();
        world.kill();
        world.takeUp();
    } else {
        world.service.offers.append("iss-1"); // made before the line broke
        world.platform.next(kOffer, lost());
        world.begin();
    }
    QDateTime askedFor;
    int asked = 0;
    world.process->flow->setProof([&](const IssueDraft &draft, const QDateTime &sentAt, QObject *asker, auto then) {
        ++asked;
        askedFor = sentAt;
        QCOMPARE(draft, world.draft);
        Outcome<Issuance> made = parseIssuance(openEnvelope("application/json", issuanceBody("offered")).value(), true);
        QMetaObject::invokeMethod(
            asker, [=] { then(proved ? std::optional<Issuance>(*made) : std::nullopt); }, Qt::QueuedConnection);
    });
    world.process->flow->goOn();
    world.process->flow->goOn(); // a double click
    world.goOn();
    QCOMPARE(asked, 1);
    for (const JournalStep &step : world.steps()) {
        if (step.state == JournalState::Sent && step.attempt == 1)
            QCOMPARE(askedFor, step.at);
        if (step.state == JournalState::Offered)
            QCOMPARE(step.facts.contains(fact::evidence), proved);
    }
    QCOMPARE(world.service.offers.size(), proved ? 1 : 2);
    QCOMPARE(world.progress().issuanceId.text, proved ? u"iss-1"_s : u"iss-2"_s);
    QCOMPARE(world.progress().unusedOffers, proved ? 0 : 1);
    world.accept();
    world.audit(0);
}

void TestTakeUp::cutAtEveryPoint_data()
{
    QTest::addColumn<bool>("durable");
    QTest::addColumn<int>("trouble");
    QTest::addColumn<int>("line");
    QTest::addColumn<bool>("whenSent");
    for (int trouble = 0; trouble <= static_cast<int>(Trouble::DeliveryRefused); ++trouble) {
        World world;
        makeTrouble(world, static_cast<Trouble>(trouble));
        world.begin();
        world.goOn();
        world.accept();
        const QList<JournalStep> story = world.steps();
        for (int line = 1; line <= story.size(); ++line) {
            const QByteArray state = journalStateKey(story.at(line - 1).state).toLatin1();
            for (const bool durable : { false, true }) {
                if (durable && trouble != static_cast<int>(Trouble::None) && trouble != static_cast<int>(Trouble::OfferLost))
                    continue; // each commit there waits for the disk
                const char *const where = durable ? "on disk" : "in memory";
                QTest::addRow("%s: %d %s, %s", kTroubleNames[trouble], line, state.constData(), where)
                    << durable << trouble << line << false;
                if (isIntent(story.at(line - 1).state))
                    QTest::addRow("%s: %d %s sent, %s", kTroubleNames[trouble], line, state.constData(), where)
                        << durable << trouble << line << true;
            }
        }
    }
}

void TestTakeUp::cutAtEveryPoint()
{
    QFETCH(bool, durable);
    QFETCH(int, trouble);
    QFETCH(int, line);
    QFETCH(bool, whenSent);
    World world(durable ? World::Kind::Durable : World::Kind::InMemory);
    makeTrouble(world, static_cast<Trouble>(trouble));
    world.dieAfter(line, whenSent);
    world.begin();
    world.goOn();
    if (world.steps().size() < line)
        world.accept();
    QCOMPARE(world.steps().size(), line); // it did end there
    const bool unsent = isIntent(world.steps().last().state) && !whenSent;
    world.live();
    world.kill();
    world.takeUp();
    if (world.details().record.state != JournalState::Accepted) {
        world.goOn();
        world.accept();
    }
    QVERIFY(world.progress().ended);
    QCOMPARE(world.progress().acceptance, StageState::Done);
    // The first password is there to be handed over, or it is said that nobody knows it.
    QCOMPARE(world.progress().firstPasswordLost, world.details().record.firstPasswordLost);
    QVERIFY(world.progress().hasFirstPassword != world.progress().firstPasswordLost);
    if (world.progress().hasFirstPassword)
        QCOMPARE(world.process->flow->takeFirstPassword().view().toByteArray(), QByteArray("q7!Rk2vZp0aE"));
    else
        QVERIFY(world.story().filter(u"accountUnknown"_s).size() > 0);
    world.audit(unsent ? 1 : 0);
}

/// A crash while going on after a crash, at every pair of points.
void TestTakeUp::cutTwice()
{
    World whole;
    whole.begin();
    whole.accept();
    const auto lines = static_cast<int>(whole.steps().size());
    for (int first = 1; first < lines; ++first) {
        for (int second = first + 1; second < first + 8; ++second) {
            for (const bool whenSent : { false, true }) {
                World world;
                int unsent = 0;
                world.dieAfter(first, false);
                world.begin();
                unsent += isIntent(world.steps().last().state);
                world.kill();
                world.dieAfter(second, whenSent);
                world.takeUp();
                world.goOn();
                world.accept();
                const bool died = world.steps().size() == second && world.steps().last().state != JournalState::Accepted;
                if (died && !whenSent)
                    unsent += isIntent(world.steps().last().state);
                world.live();
                world.kill();
                world.takeUp();
                if (world.details().record.state != JournalState::Accepted) {
                    world.goOn();
                    world.accept();
                }
                world.audit(unsent);
                if (QTest::currentTestFailed())
                    qWarning("cut after %d, then after %d%s: %s", first, second, whenSent ? " when sent" : "",
                             qPrintable(world.story().join(u' ')));
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestTakeUp)
#include "tst_takeup.moc"
