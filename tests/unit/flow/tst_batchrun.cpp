// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/flow/batchbench.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using State = BatchProgress::State;

namespace {

struct Wide : BatchWorld {
    explicit Wide(int most = 4)
    {
        width = most;
        session->setBatchWidth(most);
    }
};

} // namespace

class TestBatchRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everybodyGetsOneOffer();
    void nothingIsSentBeforeStart();
    void belongsElsewhere();
};

void TestBatchRun::everybodyGetsOneOffer()
{
    Wide world;
    const BatchHead head = world.release(world.headFor(12), { 3, 7 });
    world.open(head);
    world.run_();
    QCOMPARE(world.ends.size(), 1);
    QCOMPARE(world.ends.constFirst().state, State::Finished);
    QCOMPARE(world.progress().people, 10);
    QCOMPARE(world.progress().accounts, 10);
    QCOMPARE(world.progress().offers, 10);
    QCOMPARE(world.progress().delivered, 10);
    QCOMPARE(world.progress().failed, 0);
    QCOMPARE(world.progress().doubtful, 0);
    QCOMPARE(world.progress().inHand, 0);
    QCOMPARE(world.service.deliveries.size(), 10);
    QVERIFY(world.progress().bytes >= 0);
    for (const BatchRowProgress &row : world.run->rows()) {
        QVERIFY(row.row != 3 && row.row != 7);
        QCOMPARE(row.person.email, BatchWorld::mailOf(row.row));
        QCOMPARE(row.delivery, StageState::Done);
        QCOMPARE(row.stage, std::optional(WorkStage::WaitingForYouth));
        QVERIFY(row.accountIsNew);
        QVERIFY(row.deliveredAt.isValid());
        const WorkRecord record = world.details(row.intent).record;
        QCOMPARE(record.batch, head.id);
        QCOMPARE(record.batchRow, row.row);
    }
    QCOMPARE(world.flickers, 0);
    const std::optional<BatchHead> kept = world.storedHead(head.id);
    QCOMPARE(kept->phase, BatchPhase::Finished);
    QCOMPARE(kept->delivered, 10);
    QVERIFY(kept->finishedAt.isValid());
    QVERIFY(world.session->unfinishedBatches().isEmpty());
    world.auditPeople();
}

void TestBatchRun::nothingIsSentBeforeStart()
{
    Wide world;
    world.open(world.release(world.headFor(3)));
    world.settle(1min);
    QVERIFY(world.run->isLoaded());
    QCOMPARE(world.run->rows().size(), 3);
    QCOMPARE(world.progress().state, State::Resting);
    QCOMPARE(world.posts, 0);
    QVERIFY(!world.run->isAtWork());
    QVERIFY(world.session->runsAtWork().isEmpty());
}

void TestBatchRun::belongsElsewhere()
{
    Wide world;
    const BatchHead draft = world.headFor(1);
    QCOMPARE(world.session->batchRun(draft), nullptr); // not released
    BatchHead other = world.headFor(1);
    other.phase = BatchPhase::Released;
    other.origin += u"x"_s;
    QCOMPARE(world.session->batchRun(other), nullptr);
    other = world.headFor(1);
    other.phase = BatchPhase::Released;
    other.profile = ProfileId::create();
    QCOMPARE(world.session->batchRun(other), nullptr);
    const BatchHead own = world.release(world.headFor(1));
    BatchRun *const run = world.session->batchRun(own);
    QVERIFY(run);
    QCOMPARE(world.session->batchRun(own), run);
    world.session->close();
    QCOMPARE(world.session->batchRun(world.release(world.headFor(1))), nullptr);
}

QTEST_GUILESS_MAIN(TestBatchRun)
#include "tst_batchrun.moc"
