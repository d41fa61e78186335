// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/scriptedbatchstore.h"
#include "tests/unit/flow/batchbench.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Call = ScriptedBatchStore::Call;
using State = BatchProgress::State;

namespace {

struct World : BatchWorld {
    explicit World(int most = 1)
        : BatchWorld(CrashWorld::Kind::InMemory)
    {
        width = most;
        session->setBatchWidth(most);
        journal->inFront = &store;
    }
    [[nodiscard]] int postsFor(const QString &mail) const
    {
        int count = 0;
        for (const FakeTransport::Seen &seen : platform.sent(kAccount))
            count += seen.body.contains(mail.toUtf8());
        return count;
    }

    ScriptedBatchStore store { journal->batches() };
};

} // namespace

/// What a run knows of its rows: read again when they are others, or could not be read.
class TestBatchReread : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aForgottenPersonIsNotIssuedTo();
    void aPersonForgottenWhileAtWorkIsNotBegun();
    void aPersonForgottenInTheMiddleStopsNobodyElse();
    void aForgottenPersonIsKnownAgainAfterARestart();
    void rowsThatCannotBeReadAreReadAgain_data();
    void rowsThatCannotBeReadAreReadAgain();
    void readAgainWhenTheJournalChanges();
    void aPlanThatCannotBeReadIsReadAgain();
    void whatIsReplacedMustBeRead();
    void rowsLostOnTheWayHalt();
    void pausedAndStartedAtOnceWithPeopleTakenUp();
    void shortYearsStayThoseOfTheRelease();
};

void TestBatchReread::aForgottenPersonIsNotIssuedTo()
{
    World world;
    world.open(world.release(world.headFor(3)));
    world.settle(1s);
    world.forget(BatchWorld::mailOf(2));
    QCOMPARE(world.run->rows().at(1).person, Person());
    world.run_();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 2);
    QCOMPARE(world.progress().failed, 1);
    QCOMPARE(world.run->rows().at(1).failure, std::optional(FailureKind::InvalidInput));
    QCOMPARE(world.postsFor(BatchWorld::mailOf(2)), 0);
}

void TestBatchReread::aPersonForgottenWhileAtWorkIsNotBegun()
{
    World world;
    world.open(world.release(world.headFor(3)));
    world.signIn();
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    QCOMPARE(world.line.held(), 1);
    world.forget(BatchWorld::mailOf(3));
    world.line.hold(false);
    world.line.releaseAll();
    world.settleUntilRest();
    QCOMPARE(world.progress().delivered, 2);
    QCOMPARE(world.progress().failed, 1);
    QCOMPARE(world.postsFor(BatchWorld::mailOf(3)), 0);
}

void TestBatchReread::aPersonForgottenInTheMiddleStopsNobodyElse()
{
    World world;
    world.open(world.release(world.headFor(3)));
    world.signIn();
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    world.run->pause();
    world.line.hold(false);
    world.line.releaseAll();
    world.settleUntilRest();
    QCOMPARE(world.progress().accounts, 1);
    world.forget(BatchWorld::mailOf(1));
    world.run_();
    QCOMPARE(world.progress().state, State::Finished);
    QCOMPARE(world.progress().delivered, 2);
    QCOMPARE(world.progress().failed, 1);
    QCOMPARE(world.service.offers.size(), 2);
}

void TestBatchReread::aForgottenPersonIsKnownAgainAfterARestart()
{
    World world;
    const BatchHead head = world.release(world.headFor(2));
    world.forget(BatchWorld::mailOf(1));
    world.restart();
    world.open(head);
    world.run_();
    QCOMPARE(world.handedOver(), QStringList { BatchWorld::mailOf(2) });
}

void TestBatchReread::rowsThatCannotBeReadAreReadAgain_data()
{
    QTest::addColumn<int>("call");
    QTest::newRow("rows") << int(Call::ReadRows);
    QTest::newRow("heads") << int(Call::ReadHeads);
}

void TestBatchReread::rowsThatCannotBeReadAreReadAgain()
{
    QFETCH(int, call);
    World world;
    const BatchHead head = world.release(world.headFor(2));
    world.store.refuse = [call](Call asked) { return int(asked) == call; };
    world.open(head);
    world.settle(1s);
    QVERIFY(!world.run->isLoaded());
    QVERIFY(world.progress().failure);
    QCOMPARE(world.told.size(), 1); // it is said
    QCOMPARE(world.told.constLast().failure, world.progress().failure);
    world.run->start();
    world.settle(1s);
    QVERIFY(!world.run->isLoaded());
    QCOMPARE(world.posts, 0);
    world.store.refuse = {};
    QCOMPARE(world.session->batchRun(head), world.run); // asked for again, it tries again
    world.settle(1s);
    QVERIFY(world.run->isLoaded());
    QVERIFY(!world.progress().failure);
    QCOMPARE(world.posts, 0); // what was asked for in vain is not begun by itself
    world.run_();
    QCOMPARE(world.progress().delivered, 2);
    world.auditPeople();
}

void TestBatchReread::readAgainWhenTheJournalChanges()
{
    World world;
    world.store.refuse = [](Call asked) { return asked == Call::ReadRows; };
    world.open(world.release(world.headFor(2)));
    world.settle(1s);
    QVERIFY(!world.run->isLoaded());
    world.store.refuse = {};
    Q_EMIT world.journal->statusChanged(world.journal->status());
    world.settle(1s);
    QVERIFY(world.run->isLoaded());
    QVERIFY(!world.progress().failure);
}

void TestBatchReread::aPlanThatCannotBeReadIsReadAgain()
{
    World world;
    BatchHead head = world.release(world.headFor(2));
    const BatchHead whole = head;
    head.plan = {};
    head.planReadable = false;
    world.store.plansAway = true;
    world.open(head);
    world.settle(1s);
    QVERIFY(!world.run->isLoaded());
    QCOMPARE(world.progress().failure->kind, FailureKind::SecretLocked);
    world.store.plansAway = false;
    world.run_();
    QCOMPARE(world.progress().delivered, 2);
    QCOMPARE(world.details(world.run->rows().constFirst().intent).record.templateName, whole.plan.credentialTemplate.name);
    world.auditPeople();
}

/// Half of what is replaced would leave offers without a link to what they replace.
void TestBatchReread::whatIsReplacedMustBeRead()
{
    World world;
    const BatchHead first = world.release(world.headFor(1));
    BatchHead anew = world.headFor(1);
    anew.replaces = first.id;
    anew = world.release(anew);
    world.store.refuse = [&](Call asked) { return asked == Call::ReadRows && world.store.rowsOf == first.id; };
    world.open(anew);
    world.run_();
    QVERIFY(!world.run->isLoaded());
    QVERIFY(world.progress().failure);
    QCOMPARE(world.posts, 0);
    world.store.refuse = {};
    world.run_();
    QCOMPARE(world.progress().delivered, 1);
    QVERIFY(!world.details(world.run->rows().constFirst().intent).record.replaces.isEmpty());
}

/// A person was forgotten, and who it was cannot be read: nothing is sent on a guess.
void TestBatchReread::rowsLostOnTheWayHalt()
{
    World world;
    world.open(world.release(world.headFor(3)));
    world.signIn();
    world.line.hold(true);
    world.run->start();
    world.settle(1s);
    world.store.refuse = [](Call asked) { return asked == Call::ReadRows; };
    world.forget(BatchWorld::mailOf(3));
    world.line.hold(false);
    world.line.releaseAll();
    world.settleUntilRest();
    QCOMPARE(world.progress().state, State::Halted);
    QCOMPARE(world.progress().failure->kind, FailureKind::StorageFailed);
    QCOMPARE(world.handedOver(), QStringList { BatchWorld::mailOf(1) });
    world.store.refuse = {};
    world.run_();
    QCOMPARE(world.handedOver(), (QStringList { BatchWorld::mailOf(1), BatchWorld::mailOf(2) }));
    QCOMPARE(world.postsFor(BatchWorld::mailOf(3)), 0);
}

/// People who were begun before: pause, and start before they have come to rest.
void TestBatchReread::pausedAndStartedAtOnceWithPeopleTakenUp()
{
    for (const bool whileReading : { false, true }) {
        World world(2);
        const BatchHead head = world.release(world.headFor(4));
        world.open(head);
        world.signIn();
        world.line.hold(true);
        world.run->start();
        world.settle(1s);
        world.run->pause();
        world.line.hold(false);
        world.line.releaseAll();
        world.settleUntilRest();
        QCOMPARE(world.progress().accounts, 2);
        world.line.hold(true);
        world.run->start(); // these two are taken up
        if (!whileReading) {
            world.settle(1s);
            QCOMPARE(world.line.held(), 2);
        }
        world.run->pause();
        world.run->start();
        world.line.hold(false);
        world.line.releaseAll();
        world.settleUntilRest();
        QCOMPARE(world.progress().state, State::Finished);
        QCOMPARE(world.progress().delivered, 4);
        world.auditPeople();
    }
}

/// What was checked is what is issued: also when the batch goes on in another year, where "37" would be another one.
void TestBatchReread::shortYearsStayThoseOfTheRelease()
{
    World world;
    BatchHead head = world.headFor(1);
    AttributeDefinition day;
    day.key = u"completedOn"_s;
    day.type = AttributeType::Date;
    head.plan.credentialTemplate.attributes << day;
    head.plan.mapping.headers << u"day"_s;
    head.plan.mapping.targets << ColumnTarget::to(u"completedOn"_s);
    head.plan.mapping.dateOrder = DateOrder::DayMonthYear;
    const int year = world.clock.nowUtc().date().year();
    BatchRow row = world.rowFor(1, BatchWorld::mailOf(1));
    row.cells << u"14/11/%1"_s.arg((year + 11) % 100); // a hundred years before, for now
    head = world.releaseRows(world.create(head, { row }), { row });
    world.session.reset();
    world.clock.advance(std::chrono::hours(24 * 366));
    QVERIFY(world.clock.nowUtc().date().year() > year);
    world.restart();
    world.open(*world.storedHead(head.id));
    world.run_();
    QCOMPARE(world.progress().delivered, 1);
    const QByteArray sent = world.platform.sent(kOffer).constFirst().body;
    QVERIFY2(sent.contains(QByteArray(QByteArray::number(year + 11 - 100) + "-11-14")), sent.constData());
}

QTEST_GUILESS_MAIN(TestBatchReread)
#include "tst_batchreread.moc"
