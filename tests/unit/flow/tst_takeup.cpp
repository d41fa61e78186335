// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/flow/issuebench.h"
#include "tests/unit/flow/rememberingservice.h"

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

/// What outlives a crash: the services, the journal, and the operator who goes on afterwards.
struct World {
    World()
    {
        platform.onRequest = [this](const QByteArray &route, const FakeTransport::Seen &seen) {
            if (seen.method != "POST")
                return;
            ++posts;
            const QList<JournalStep> steps = journal.steps();
            if (steps.isEmpty() || steps.last().state != intentOf(route) || steps.last().attempt != seen.attempt)
                broken << "no intent before " + route;
            if (afterSend && journal.steps().size() == dieAt)
                line.hold(true); // it will be carried out, but nobody will hear
        };
        journal.swallow = [this](const JournalStep &) { return !afterSend && journal.steps().size() + 1 == dieAt; };
    }

    /// From now on the program ends at this line: right after it was committed, or after the request behind it was carried out.
    void dieAfter(qsizetype lineNumber, bool whenSent)
    {
        dieAt = lineNumber;
        afterSend = whenSent;
    }
    void live()
    {
        dieAt = -1;
        afterSend = false;
    }
    void begin()
    {
        process = std::make_unique<Process>(line, clock, profile);
        process->flow = std::make_unique<IssueFlow>(process->api, journal, clock, profile, draft);
        process->flow->start();
        settle();
    }
    void kill()
    {
        process.reset();
        line.hold(false);
        line.releaseAll();
        settle();
    }
    [[nodiscard]] WorkDetails details()
    {
        WorkDetails found;
        journal.readDetails(draft.intent, &context, [&](const Outcome<WorkDetails> &outcome) {
            if (outcome.ok())
                found = *outcome;
            else
                broken << "no such work";
        });
        settle(0ms);
        return found;
    }
    void takeUp()
    {
        const WorkDetails known = details();
        process = std::make_unique<Process>(line, clock, profile);
        const int before = platform.apiCalls();
        process->flow = std::make_unique<IssueFlow>(process->api, journal, clock, profile, known);
        process->flow->start(); // does nothing
        const int lines = journal.appends;
        settle();
        if (platform.apiCalls() != before || journal.appends != lines)
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
        for (const RememberingService::Delivery &delivery : service.deliveries) {
            for (const QByteArray &offer : service.offers) {
                if (delivery.offerUri.contains(QByteArray("%2F" + offer + "%3F")))
                    service.accepted.insert(offer);
            }
        }
        process->flow->checkNow();
        settle(1min);
    }
    /// Time passes; it stands still while the program hangs at the point where it is to end.
    void settle(std::chrono::milliseconds time = 20s)
    {
        clock.advance(0ms);
        for (auto passed = 0ms; passed < time && line.held() == 0; passed += 1s)
            clock.advance(1s);
    }
    [[nodiscard]] const IssueProgress &progress() const { return process->flow->progress(); }

    /// I1, I2, I4, I5, I7 of reliability 3.9. \param cutBeforeSend intents whose request was never sent
    void audit(int cutBeforeSend)
    {
        QSet<QByteArray> delivered;
        for (const RememberingService::Delivery &delivery : service.deliveries) {
            delivered.insert(delivery.offerUri);
            QCOMPARE(delivery.recipient, u"naledi.k@example.org"_s); // I4
        }
        QCOMPARE(delivered.size(), 1); // I1
        int intents = 0;
        int abandoned = 0;
        QSet<QString> offered;
        for (const JournalStep &step : journal.steps()) {
            intents += isIntent(step.state);
            abandoned += step.state == JournalState::Abandoned;
            if (step.state == JournalState::Offered)
                offered.insert(step.facts.value(fact::issuanceId).toString());
        }
        QCOMPARE(posts, intents - cutBeforeSend); // I5
        QCOMPARE(offered.size(), 1);              // I2
        QVERIFY(service.offers.size() <= 1 + abandoned); // I3: ours, or counted as left behind
        QCOMPARE(details().record.unusedOffers, abandoned);
        QCOMPARE(broken, QByteArrayList());
        QCOMPARE(journal.steps().last().state, JournalState::Accepted);
    }

    FakeClock clock;
    FakeTransport line { &clock };
    FakePlatform platform { line };
    RememberingService service { platform };
    ScriptedJournal journal;
    Profile profile = FakePlatform::profile();
    IssueDraft draft = sampleDraft();
    qsizetype dieAt = -1;
    bool afterSend = false;
    int posts = 0;
    QByteArrayList broken;
    QObject context;
    std::unique_ptr<Process> process;
};

enum class Trouble { None, AccountLost, AccountRefused, OfferLost, OfferRefused, OfferNotSent, DeliveryLost, DeliveryRefused };

void makeTrouble(World &world, Trouble trouble)
{
    const HttpResult no = FakePlatform::json(400, R"({"message":"no"})");
    switch (trouble) {
    case Trouble::None:
        break;
    case Trouble::AccountLost:
        world.platform.next(kAccount, lost());
        break;
    case Trouble::AccountRefused:
        world.platform.next(kAccount, no);
        break;
    case Trouble::OfferLost:
        world.platform.next(kOffer, lost());
        break;
    case Trouble::OfferRefused:
        world.platform.next(kOffer, no);
        break;
    case Trouble::OfferNotSent:
        world.platform.next(kOffer, notSent());
        break;
    case Trouble::DeliveryLost:
        world.platform.next(kDelivery, lost());
        break;
    case Trouble::DeliveryRefused:
        world.platform.next(kDelivery, no);
        break;
    }
}

} // namespace

class TestTakeUp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhereItStands_data();
    void showsWhereItStands();
    void showsFinishedWork();
    void deliversTheSameOfferAgain();
    void whatIsNotThereCannotGoOn();
    void deliveryInDoubtThatWasAcceptedIsNotRepeated();
    void hearsOfWhatOthersWrite_data();
    void hearsOfWhatOthersWrite();
    void revocationRefusedIsTrackedOn();
    void sameIntentIsTakenUp();
    void sameIntentOfAnotherOriginIsRefused();
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
    QCOMPARE(world.journal.steps().size(), lines); // waits for the operator
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
    QCOMPARE(world.journal.story().mid(5, 6),
             QStringList({ u"deliveryIntent#1"_s, u"delivered#1"_s, u"deliveryIntent#2"_s, u"delivered#2"_s,
                           u"deliveryIntent#3"_s, u"delivered#3"_s }));
    world.accept();
    world.audit(0);
}

void TestTakeUp::whatIsNotThereCannotGoOn()
{
    for (int lines = 1; lines <= 6; ++lines) {
        World world;
        world.dieAfter(lines, false);
        world.begin();
        world.live();
        world.kill();
        world.journal.forgetPerson(world.details().record.personKeys, &world.context, [](const Outcome<int> &) {});
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
        JournalStep step = world.journal.steps().last();
        step.state = state;
        step.facts = {};
        world.journal.append(step, &world.context, [](const Outcome<Done> &) {});
    }
    const qsizetype lines = world.journal.steps().size();
    world.settle(5s);
    QTEST(static_cast<int>(world.progress().acceptance), "acceptance");
    QTEST(world.progress().ended, "ended");
    const auto calls = world.platform.apiCalls();
    world.service.accepted.insert("iss-1");
    world.settle(1h);
    QCOMPARE(world.platform.apiCalls(), calls); // it no longer asks, nor writes over it
    QCOMPARE(world.journal.steps().size(), lines);
    QCOMPARE(world.progress().failure, std::nullopt);
}

void TestTakeUp::revocationRefusedIsTrackedOn()
{
    World world;
    world.begin();
    for (const JournalState state : { JournalState::RevokeIntent, JournalState::RevokeRefused }) {
        JournalStep step = world.journal.steps().last();
        step.state = state;
        step.facts = {};
        world.journal.append(step, &world.context, [](const Outcome<Done> &) {});
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
    const qsizetype lines = world.journal.steps().size();
    world.kill();
    world.profile.clientId = u"another-client"_s;
    world.begin();
    QCOMPARE(world.posts, posts);
    QCOMPARE(world.journal.steps().size(), lines);
    QVERIFY(world.progress().ended);
    QCOMPARE(world.progress().failure->kind, FailureKind::InvalidInput);
    QVERIFY(world.progress().issuanceId.isEmpty());
}

void TestTakeUp::cutAtEveryPoint_data()
{
    QTest::addColumn<int>("trouble");
    QTest::addColumn<int>("line");
    QTest::addColumn<bool>("whenSent");
    const char *const names[] = { "clean", "account lost", "account refused", "offer lost", "offer refused", "offer not sent",
                                  "delivery lost", "delivery refused" };
    for (int trouble = 0; trouble <= static_cast<int>(Trouble::DeliveryRefused); ++trouble) {
        World world;
        makeTrouble(world, static_cast<Trouble>(trouble));
        world.begin();
        world.goOn();
        world.accept();
        const QList<JournalStep> story = world.journal.steps();
        for (int line = 1; line <= story.size(); ++line) {
            const QByteArray state = journalStateKey(story.at(line - 1).state).toLatin1();
            QTest::addRow("%s: %d %s", names[trouble], line, state.constData()) << trouble << line << false;
            if (isIntent(story.at(line - 1).state))
                QTest::addRow("%s: %d %s sent", names[trouble], line, state.constData()) << trouble << line << true;
        }
    }
}

void TestTakeUp::cutAtEveryPoint()
{
    QFETCH(int, trouble);
    QFETCH(int, line);
    QFETCH(bool, whenSent);
    World world;
    makeTrouble(world, static_cast<Trouble>(trouble));
    world.dieAfter(line, whenSent);
    world.begin();
    world.goOn();
    if (world.journal.steps().size() < line)
        world.accept();
    QCOMPARE(world.journal.steps().size(), line); // it did end there
    const bool unsent = isIntent(world.journal.steps().last().state) && !whenSent;
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
        QVERIFY(world.journal.story().filter(u"accountUnknown"_s).size() > 0);
    world.audit(unsent ? 1 : 0);
}

/// A crash while going on after a crash, at every pair of points.
void TestTakeUp::cutTwice()
{
    World whole;
    whole.begin();
    whole.accept();
    const auto lines = static_cast<int>(whole.journal.steps().size());
    for (int first = 1; first < lines; ++first) {
        for (int second = first + 1; second < first + 8; ++second) {
            for (const bool whenSent : { false, true }) {
                World world;
                int unsent = 0;
                world.dieAfter(first, false);
                world.begin();
                unsent += isIntent(world.journal.steps().last().state);
                world.kill();
                world.dieAfter(second, whenSent);
                world.takeUp();
                world.goOn();
                world.accept();
                const bool died = world.journal.steps().size() == second && world.journal.steps().last().state != JournalState::Accepted;
                if (died && !whenSent)
                    unsent += isIntent(world.journal.steps().last().state);
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
                             qPrintable(world.journal.story().join(u' ')));
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestTakeUp)
#include "tst_takeup.moc"
