// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/flow/batchbench.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using State = BatchProgress::State;

namespace {

constexpr int kPeople = 5;
constexpr int kLinesAPerson = 7;

struct World : BatchWorld {
    World(Kind kind, int most)
        : BatchWorld(kind)
    {
        width = most;
        session->setBatchWidth(most);
    }
    /// As often as the operator presses it.
    void goOnToTheEnd(const BatchHead &head)
    {
        open(head);
        settle(1s);
        for (int i = 0; i < 8 && progress().state != State::Finished; ++i)
            run_();
        QCOMPARE(progress().state, State::Finished);
    }
};

} // namespace

class TestBatchResume : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutAtEveryLine_data();
    void cutAtEveryLine();
    void cutTwice();
    void recoveryLeavesItToTheRun();
    void randomFaults_data();
    void randomFaults();
};

void TestBatchResume::cutAtEveryLine_data()
{
    QTest::addColumn<CrashWorld::Kind>("kind");
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("whenSent");
    QTest::addColumn<bool>("wholly");
    for (const int width : { 1, 3 }) {
        for (const bool whenSent : { false, true })
            for (const bool wholly : { false, true })
                QTest::addRow("width %d, %s, %s", width, whenSent ? "sent" : "written", wholly ? "everybody" : "one")
                    << CrashWorld::Kind::InMemory << width << whenSent << wholly;
    }
}

/// The program ends right after this line was written, or while the request behind it is carried out unheard.
void TestBatchResume::cutAtEveryLine()
{
    QFETCH(CrashWorld::Kind, kind);
    QFETCH(int, width);
    QFETCH(bool, whenSent);
    QFETCH(bool, wholly);
    for (int line = 1; line <= kPeople * kLinesAPerson; ++line) {
        World world(kind, width);
        const BatchHead head = world.release(world.headFor(kPeople));
        world.open(head);
        world.signIn();
        if (wholly)
            world.dieWhollyAfter(line, whenSent);
        else
            world.dieAfter(line, whenSent);
        world.run->start();
        world.settleUntilRest(1min);
        QVERIFY(world.service.deliveries.size() < kPeople || line > (kPeople - 1) * kLinesAPerson || !wholly); // it did end there
        world.live();
        world.restart();
        world.session->recover();
        world.settle(1s);
        world.goOnToTheEnd(head);
        QCOMPARE(world.progress().delivered, kPeople);
        int neverSent = 0; // written down, and the program ended before the request went out
        for (const JournalStep &step : world.steps())
            neverSent += step.state == JournalState::AccountUnknown || step.state == JournalState::Unknown
                    || step.state == JournalState::DeliveryUnknown
                ? 1
                : 0;
        int intents = 0;
        for (const JournalStep &step : world.steps())
            intents += isIntent(step.state);
        QVERIFY2(world.posts <= intents && world.posts >= intents - neverSent, qPrintable(QString::number(line)));
        world.auditPeople(intents - world.posts);
        QVERIFY(world.service.offers.size() <= kPeople + world.progress().unusedOffers);
    }
}

void TestBatchResume::cutTwice()
{
    for (int first = 3; first <= kPeople * kLinesAPerson; first += 5) {
        for (int second = 1; second <= 12; second += 3) {
            World world(CrashWorld::Kind::InMemory, 2);
            const BatchHead head = world.release(world.headFor(kPeople));
            world.open(head);
            world.signIn();
            world.dieAfter(first, true);
            world.run->start();
            world.settleUntilRest(1min);
            world.live();
            world.restart();
            world.open(head);
            world.settle(1s);
            world.signIn();
            world.dieAfter(world.steps().size() + second, second % 2 == 0);
            world.run->start();
            world.settleUntilRest(1min);
            world.live();
            world.restart();
            world.goOnToTheEnd(head);
            QCOMPARE(world.progress().delivered, kPeople);
            int intents = 0;
            for (const JournalStep &step : world.steps())
                intents += isIntent(step.state);
            world.auditPeople(intents - world.posts);
        }
    }
}

/// "Go on with all" and the run do not meet: nobody is worked on twice.
void TestBatchResume::recoveryLeavesItToTheRun()
{
    World world(CrashWorld::Kind::InMemory, 3);
    const BatchHead head = world.release(world.headFor(kPeople));
    world.open(head);
    world.signIn();
    world.dieAfter(17, false);
    world.run->start();
    world.settleUntilRest(1min);
    world.live();
    world.restart();
    world.open(head);
    world.run->start();             // while recovery still reads
    world.session->recover();
    world.settle(1s);
    QVERIFY(!world.session->recovery().needsOperator());
    world.session->goOnWithAll();
    world.settleUntilRest();
    for (int i = 0; i < 5 && world.progress().state != State::Finished; ++i)
        world.run_();
    QCOMPARE(world.progress().delivered, kPeople);
    int intents = 0;
    for (const JournalStep &step : world.steps())
        intents += isIntent(step.state);
    world.auditPeople(intents - world.posts);
}

void TestBatchResume::randomFaults_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("percent");
    QTest::addColumn<int>("width");
    QTest::newRow("few, one at a time") << 1U << 5 << 1;
    QTest::newRow("some, four") << 2U << 10 << 4;
    QTest::newRow("many, six") << 3U << 25 << 6;
}

/// 300 people on a bad line: everybody ends with exactly one offer or a visible reason, and no request is without its line.
void TestBatchResume::randomFaults()
{
    QFETCH(quint32, seed);
    QFETCH(int, percent);
    QFETCH(int, width);
    World world(CrashWorld::Kind::InMemory, width);
    const BatchHead head = world.release(world.headFor(300));
    QRandomGenerator dice(seed);
    const auto whole = world.platform.otherwise;
    world.platform.otherwise = [&](const QByteArray &route, const FakeTransport::Seen &seen) -> std::optional<HttpResult> {
        if (seen.method != "POST" || static_cast<int>(dice.bounded(100U)) >= percent)
            return whole(route, seen);
        const quint32 kind = dice.bounded(9U);
        if (kind % 2 == 0)
            static_cast<void>(whole(route, seen)); // carried out, and the answer is lost or spoiled
        switch (kind) {
        case 0:
            return FakeTransport::failure(FailureKind::ConnectionLost, true);
        case 1:
            return FakeTransport::failure(FailureKind::ConnectionLost, false);
        case 2:
            return FakeTransport::failure(FailureKind::Timeout, true);
        case 3:
            return FakeTransport::failure(FailureKind::NameNotFound, false);
        case 4:
            return FakePlatform::json(500, "{}");
        case 5:
            return FakeTransport::reply(429, {}, { { "Retry-After", "2" } });
        case 6:
            return FakePlatform::json(200, "{\"da");
        case 7:
            return FakePlatform::json(422, R"({"message":"not like this"})");
        default:
            return FakePlatform::json(503, "{}");
        }
    };
    world.open(head);
    for (int i = 0; i < 60 && world.progress().state != State::Finished; ++i) {
        world.run_(3h);
        QVERIFY(world.progress().state != State::WaitingForLine);
        QCOMPARE(world.ends.size(), i + 1);
    }
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered + world.progress().failed, 300);
    QCOMPARE(world.progress().doubtful, 0);
    QVERIFY(world.progress().delivered > 200);
    world.auditPeople();
    QCOMPARE(world.storedHead(head.id)->delivered, world.progress().delivered);
}

Q_DECLARE_METATYPE(yoid::CrashWorld::Kind)

QTEST_GUILESS_MAIN(TestBatchResume)
#include "tst_batchresume.moc"
