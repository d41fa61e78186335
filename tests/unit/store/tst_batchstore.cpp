// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/batchsamples.h"
#include "tests/unit/store/sqlitebench.h"

#include <QtCore/QCoreApplication>

using namespace yoid;
using namespace Qt::StringLiterals;

/// What every store of batches does alike; once for each of them.
class TestBatchStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();
    void keepsWhatItWasGiven();
    void givesOrdinalsThatAreNeverGivenAgain();
    void answersInTheOrderOfTheCallsThroughTheEventLoop();
    void aDeadAskersCallIsCarriedOut();
    void rowsChangeByTheirNumbers();
    void readsRowsInPages();
    void newBatchesAreChecked_data();
    void newBatchesAreChecked();
    void rowsAreChecked_data();
    void rowsAreChecked();
    void phasesFollowTheTable_data();
    void phasesFollowTheTable();
    void aReleasedBatchStaysWhereItBelongs();
    void releaseGivesIntents();
    void releaseIsAllOrNothing_data();
    void releaseIsAllOrNothing();
    void removesOnlyWhatWasNotReleased();
    void aPlanThatWasNotReadIsLeftAsItIs();
    void tellsEveryChange();
    void forgetsAPersonOfADraft();
    void forgetsAPersonOfAReleasedBatch();

private:
    [[nodiscard]] bool reach(BatchPhase phase);
    [[nodiscard]] Outcome<int> forget(const QStringList &keys)
    {
        return m_calls->wait<int>([&](QObject *o, auto then) { m_journal->forgetPerson(keys, o, then); });
    }

    std::unique_ptr<SqliteBench> m_bench;
    std::unique_ptr<MemoryJournal> m_memory;
    Journal *m_journal = nullptr;
    std::unique_ptr<BatchCalls> m_calls;
};

void TestBatchStore::initTestCase_data()
{
    QTest::addColumn<bool>("durable");
    QTest::newRow("memory") << false;
    QTest::newRow("sqlite") << true;
}

void TestBatchStore::init()
{
    QFETCH_GLOBAL(bool, durable);
    if (durable) {
        m_bench = std::make_unique<SqliteBench>();
        QVERIFY(m_bench->start());
        m_journal = m_bench->journal.get();
    } else {
        m_memory = std::make_unique<MemoryJournal>();
        m_journal = m_memory.get();
    }
    m_calls.reset(new BatchCalls { m_journal->batches() });
}

void TestBatchStore::cleanup()
{
    m_calls.reset();
    m_journal = nullptr;
    m_bench.reset();
    m_memory.reset();
}

bool TestBatchStore::reach(BatchPhase phase)
{
    const QList<BatchRow> rows = sampleRows(1, 3);
    if (m_calls->create(sampleBatch(), rows) != u"done"_s)
        return false;
    const BatchHead head = m_calls->head(u"b1"_s);
    switch (phase) {
    case BatchPhase::Draft:
        return true;
    case BatchPhase::Released:
        return m_calls->release(inPhase(head, BatchPhase::Released), withIntents(rows)) == u"done"_s;
    case BatchPhase::Finished:
        return m_calls->release(inPhase(head, BatchPhase::Released), withIntents(rows)) == u"done"_s
            && m_calls->put(inPhase(head, BatchPhase::Finished)) == u"done"_s;
    case BatchPhase::Dropped:
        return m_calls->put(inPhase(head, BatchPhase::Dropped)) == u"done"_s;
    }
    return false;
}

void TestBatchStore::keepsWhatItWasGiven()
{
    QList<BatchRow> rows = sampleRows(1, 2);
    rows[0].repaired = { { 1, u"naledi@example.org"_s }, { 2, {} } };
    rows[0].choice = RowChoice::Keep;
    rows[1].cells = { u"\"quoted\", \u0142\u00f3d\u017a \U0001F393"_s, {}, u" 007 "_s };
    rows[1].choice = RowChoice::IssueAgain;
    BatchHead head = sampleBatch();
    head.replaces = { u"b0"_s };
    head.stage = BatchStage::Check;
    head.plan.deliverToWallet = false;
    head.plan.canary = { u"c1"_s };
    const Outcome<BatchHead> made = m_calls->make(head, rows);
    QVERIFY(made.ok());
    head.ordinal = 1;
    head.planReadable = true;
    QCOMPARE(*made, head);
    QCOMPARE(m_calls->heads(), QList<BatchHead>({ head }));
    QCOMPARE(m_calls->read(u"b1"_s).rows, rows);

    head.stage = BatchStage::Rehearse;
    head.toIssue = 2;
    head.plan.canaryAccepted = true;
    head.ordinal = 17; // not the caller's to give
    QCOMPARE(m_calls->put(head), u"done"_s);
    head.ordinal = 1;
    QCOMPARE(m_calls->heads(), QList<BatchHead>({ head }));
}

void TestBatchStore::givesOrdinalsThatAreNeverGivenAgain()
{
    for (const auto &id : { u"b1"_s, u"b2"_s, u"b3"_s })
        QCOMPARE(m_calls->create(sampleBatch(id), {}), u"done"_s);
    QCOMPARE(m_calls->remove(u"b3"_s), u"done"_s);
    QCOMPARE(m_calls->make(sampleBatch(u"b4"_s), {})->ordinal, 4);
    QStringList newestFirst;
    const QList<BatchHead> heads = m_calls->heads();
    for (const BatchHead &head : heads)
        newestFirst << head.id.text;
    QCOMPARE(newestFirst, QStringList({ u"b4"_s, u"b2"_s, u"b1"_s }));
}

void TestBatchStore::answersInTheOrderOfTheCallsThroughTheEventLoop()
{
    QStringList answers;
    BatchStore &store = m_calls->store;
    const auto note = [&](const QString &what) {
        return [&answers, what](const Outcome<Done> &outcome) { answers << what + u' ' + BatchCalls::word(outcome); };
    };
    store.putRows({ u"b1"_s }, sampleRows(1, 1), this, note(u"too early"_s));
    store.create(sampleBatch(), sampleRows(1, 1), this, [&](const Outcome<BatchHead> &made) { answers << u"create "_s + BatchCalls::word(made); });
    store.putRows({ u"b1"_s }, sampleRows(2, 2), this, note(u"rows"_s));
    store.put(inPhase(sampleBatch(), BatchPhase::Dropped), this, note(u"drop"_s));
    store.putRows({ u"b1"_s }, sampleRows(3, 3), this, note(u"too late"_s));
    QVERIFY(answers.isEmpty());
    QTRY_COMPARE(answers.size(), 5);
    QCOMPARE(answers, QStringList({ u"too early InvalidInput"_s, u"create done"_s, u"rows done"_s, u"drop done"_s, u"too late InvalidInput"_s }));
    QCOMPARE(m_calls->read(u"b1"_s).rows, sampleRows(1, 2));
}

void TestBatchStore::aDeadAskersCallIsCarriedOut()
{
    auto asker = std::make_unique<QObject>();
    m_calls->store.create(sampleBatch(), sampleRows(1, 1), asker.get(), [](const Outcome<BatchHead> &) { QFAIL("told the dead"); });
    m_calls->store.readHeads(asker.get(), [](const Outcome<QList<BatchHead>> &) { QFAIL("told the dead"); });
    m_calls->store.readRows({ u"b1"_s }, asker.get(), [](const Outcome<QList<BatchRow>> &, bool) { QFAIL("told the dead"); });
    asker.reset();
    QCOMPARE(m_calls->heads().size(), 1);
    QCOMPARE(m_calls->read(u"b1"_s).rows, sampleRows(1, 1));
}

void TestBatchStore::rowsChangeByTheirNumbers()
{
    QCOMPARE(m_calls->create(sampleBatch(), sampleRows(1, 3)), u"done"_s);
    BatchRow second = sampleRow(2);
    second.repaired.insert(0, u"Naledi M."_s);
    second.choice = RowChoice::Skip;
    QCOMPARE(m_calls->putRows(u"b1"_s, { sampleRow(5), second, sampleRow(4) }), u"done"_s);
    QCOMPARE(m_calls->read(u"b1"_s).rows, QList<BatchRow>({ sampleRow(1), second, sampleRow(3), sampleRow(4), sampleRow(5) }));
}

void TestBatchStore::readsRowsInPages()
{
    QCOMPARE(m_calls->create(sampleBatch(), sampleRows(1, 700)), u"done"_s);
    QCOMPARE(m_calls->putRows(u"b1"_s, sampleRows(701, 2000)), u"done"_s);
    QCOMPARE(m_calls->create(sampleBatch(u"b2"_s), sampleRows(1, 1)), u"done"_s);
    QCOMPARE(m_calls->create(sampleBatch(u"b3"_s), {}), u"done"_s);
    const BatchCalls::Read all = m_calls->read(u"b1"_s);
    QVERIFY(!all.failure);
    QCOMPARE(all.rows, sampleRows(1, 2000));
    QVERIFY2(all.pages.size() >= 2, "all in one page");
    QCOMPARE(m_calls->read(u"b2"_s).rows, sampleRows(1, 1));
    QCOMPARE(m_calls->read(u"b3"_s).pages, QList<qsizetype>({ 0 }));
    const BatchCalls::Read none = m_calls->read(u"b9"_s);
    QVERIFY(none.failure);
    QCOMPARE(none.failure->kind, FailureKind::InvalidInput);
}

void TestBatchStore::newBatchesAreChecked_data()
{
    QTest::addColumn<BatchHead>("head");
    QTest::addColumn<QList<BatchRow>>("rows");
    QTest::newRow("no id") << sampleBatch({}) << sampleRows(1, 1);
    QTest::newRow("an id that is there") << sampleBatch() << sampleRows(1, 1);
    QTest::newRow("released") << inPhase(sampleBatch(u"b2"_s), BatchPhase::Released) << withIntents(sampleRows(1, 1));
    QTest::newRow("finished") << inPhase(sampleBatch(u"b2"_s), BatchPhase::Finished) << sampleRows(1, 1);
    QTest::newRow("dropped") << inPhase(sampleBatch(u"b2"_s), BatchPhase::Dropped) << sampleRows(1, 1);
    QTest::newRow("row 0") << sampleBatch(u"b2"_s) << sampleRows(0, 1);
    QTest::newRow("a row twice") << sampleBatch(u"b2"_s) << sampleRows(1, 2) + sampleRows(2, 3);
    QTest::newRow("an intent") << sampleBatch(u"b2"_s) << withIntents(sampleRows(1, 1));
}

void TestBatchStore::newBatchesAreChecked()
{
    QFETCH(BatchHead, head);
    QFETCH(QList<BatchRow>, rows);
    QCOMPARE(m_calls->create(sampleBatch(), sampleRows(1, 1)), u"done"_s);
    const QList<BatchHead> before = m_calls->heads();
    QCOMPARE(m_calls->create(head, rows), u"InvalidInput"_s);
    QCOMPARE(m_calls->heads(), before);
    QCOMPARE(m_calls->read(u"b1"_s).rows, sampleRows(1, 1));
}

void TestBatchStore::rowsAreChecked_data()
{
    QTest::addColumn<BatchPhase>("phase");
    QTest::addColumn<QString>("batch");
    QTest::addColumn<QList<BatchRow>>("rows");
    QTest::newRow("unknown batch") << BatchPhase::Draft << u"b9"_s << sampleRows(1, 1);
    QTest::newRow("released") << BatchPhase::Released << u"b1"_s << sampleRows(4, 4);
    QTest::newRow("finished") << BatchPhase::Finished << u"b1"_s << sampleRows(4, 4);
    QTest::newRow("dropped") << BatchPhase::Dropped << u"b1"_s << sampleRows(4, 4);
    QTest::newRow("row 0") << BatchPhase::Draft << u"b1"_s << sampleRows(0, 0);
    QTest::newRow("a row twice") << BatchPhase::Draft << u"b1"_s << sampleRows(4, 5) + sampleRows(4, 4);
    QTest::newRow("an intent") << BatchPhase::Draft << u"b1"_s << sampleRows(4, 5) + withIntents(sampleRows(6, 6));
}

void TestBatchStore::rowsAreChecked()
{
    QFETCH(BatchPhase, phase);
    QFETCH(QString, batch);
    QFETCH(QList<BatchRow>, rows);
    QVERIFY(reach(phase));
    const QList<BatchRow> before = m_calls->read(u"b1"_s).rows;
    QCOMPARE(m_calls->putRows(batch, rows), u"InvalidInput"_s);
    QCOMPARE(m_calls->read(u"b1"_s).rows, before);
}

void TestBatchStore::phasesFollowTheTable_data()
{
    using enum BatchPhase;
    QTest::addColumn<BatchPhase>("from");
    QTest::addColumn<BatchPhase>("to");
    QTest::addColumn<bool>("allowed");
    const QList<BatchPhase> all { Draft, Released, Finished, Dropped };
    const QList<std::pair<BatchPhase, BatchPhase>> allowed { { Draft, Draft },       { Draft, Dropped },      { Released, Released },
                                                             { Released, Finished }, { Finished, Finished }, { Finished, Released } };
    for (const BatchPhase from : all) {
        for (const BatchPhase to : all)
            QTest::addRow("%s to %s", qPrintable(batchPhaseKey(from)), qPrintable(batchPhaseKey(to)))
                << from << to << allowed.contains(std::pair(from, to));
    }
}

void TestBatchStore::phasesFollowTheTable()
{
    QFETCH(BatchPhase, from);
    QFETCH(BatchPhase, to);
    QFETCH(bool, allowed);
    QVERIFY(reach(from));
    const BatchHead before = m_calls->head(u"b1"_s);
    QCOMPARE(before.phase, from);
    BatchHead next = inPhase(before, to);
    next.delivered = 2;
    QCOMPARE(m_calls->put(next), allowed ? u"done"_s : u"InvalidInput"_s);
    QCOMPARE(m_calls->head(u"b1"_s), allowed ? next : before);
}

void TestBatchStore::aReleasedBatchStaysWhereItBelongs()
{
    QVERIFY(reach(BatchPhase::Draft));
    BatchHead head = m_calls->head(u"b1"_s);
    head.origin = u"elsewhere"_s;
    QCOMPARE(m_calls->put(head), u"done"_s); // a draft may move
    BatchHead moved = inPhase(head, BatchPhase::Released);
    moved.origin = u"origin"_s;
    QCOMPARE(m_calls->release(moved, withIntents(sampleRows(1, 1))), u"InvalidInput"_s);
    head.phase = BatchPhase::Released;
    QCOMPARE(m_calls->release(head, withIntents(sampleRows(1, 1))), u"done"_s);
    for (int what = 0; what < 3; ++what) {
        BatchHead other = head;
        if (what == 0)
            other.origin = u"origin"_s;
        else if (what == 1)
            other.profile = { u"p2"_s };
        else
            other.environment = Environment::Production;
        QCOMPARE(m_calls->put(other), u"InvalidInput"_s);
    }
    QCOMPARE(m_calls->put({}), u"InvalidInput"_s);
    QCOMPARE(m_calls->head(u"b1"_s), head);
}

void TestBatchStore::releaseGivesIntents()
{
    QVERIFY(reach(BatchPhase::Draft));
    BatchHead head = inPhase(m_calls->head(u"b1"_s), BatchPhase::Released);
    head.releasedBy = u"Sipho"_s;
    head.releasedAt = head.createdAt.addSecs(600);
    head.toIssue = 2;
    QList<BatchRow> rows = withIntents({ sampleRow(1), sampleRow(3) });
    rows[1].repaired.insert(0, u"Naledi M."_s);
    QCOMPARE(m_calls->release(head, rows), u"done"_s);
    QCOMPARE(m_calls->head(u"b1"_s), head);
    QCOMPARE(m_calls->read(u"b1"_s).rows, QList<BatchRow>({ rows.at(0), sampleRow(2), rows.at(1) }));
}

void TestBatchStore::releaseIsAllOrNothing_data()
{
    using enum BatchPhase;
    QTest::addColumn<BatchPhase>("from");
    QTest::addColumn<BatchPhase>("to");
    QTest::addColumn<QList<BatchRow>>("rows");
    const QList<BatchRow> good = withIntents(sampleRows(1, 3), u"n"_s);
    QTest::newRow("a second release") << Released << Released << good;
    QTest::newRow("a finished one") << Finished << Released << good;
    QTest::newRow("a dropped one") << Dropped << Released << good;
    QTest::newRow("to draft") << Draft << Draft << good;
    QTest::newRow("to finished") << Draft << Finished << good;
    QTest::newRow("nobody") << Draft << Released << QList<BatchRow>();
    QTest::newRow("a row without an intent") << Draft << Released << good.mid(0, 2) + sampleRows(3, 3);
    QTest::newRow("a row that is not there") << Draft << Released << good + withIntents(sampleRows(4, 4));
    QTest::newRow("row 0") << Draft << Released << good + withIntents(sampleRows(0, 0));
    QTest::newRow("a row twice") << Draft << Released << good + withIntents(sampleRows(3, 3));
    QList<BatchRow> twice = good;
    twice[2].intent = twice[0].intent;
    QTest::newRow("an intent of another row") << Draft << Released << twice;
    twice[2].intent = { u"other2"_s };
    QTest::newRow("an intent of another batch") << Draft << Released << twice;
}

void TestBatchStore::releaseIsAllOrNothing()
{
    QFETCH(BatchPhase, from);
    QFETCH(BatchPhase, to);
    QFETCH(QList<BatchRow>, rows);
    QCOMPARE(m_calls->create(sampleBatch(u"b0"_s), sampleRows(1, 2)), u"done"_s);
    QCOMPARE(m_calls->release(inPhase(sampleBatch(u"b0"_s), BatchPhase::Released), withIntents(sampleRows(1, 2), u"other"_s)), u"done"_s);
    QVERIFY(reach(from));
    const QList<BatchHead> headsBefore = m_calls->heads();
    const QList<BatchRow> before = m_calls->read(u"b1"_s).rows;
    QCOMPARE(m_calls->release(inPhase(headsBefore.first(), to), rows), u"InvalidInput"_s);
    QCOMPARE(m_calls->heads(), headsBefore);
    QCOMPARE(m_calls->read(u"b1"_s).rows, before);
    if (from == BatchPhase::Draft) // the refused intents were taken by nobody
        QCOMPARE(m_calls->release(inPhase(headsBefore.first(), BatchPhase::Released), withIntents(sampleRows(1, 3), u"n"_s)), u"done"_s);
}

void TestBatchStore::removesOnlyWhatWasNotReleased()
{
    QCOMPARE(m_calls->remove(u"b1"_s), u"InvalidInput"_s);
    QVERIFY(reach(BatchPhase::Draft));
    QCOMPARE(m_calls->remove(u"b1"_s), u"done"_s);
    QVERIFY(m_calls->heads().isEmpty());
    QVERIFY(m_calls->read(u"b1"_s).failure);
    QVERIFY(reach(BatchPhase::Dropped));
    QCOMPARE(m_calls->remove(u"b1"_s), u"done"_s);
    QVERIFY(reach(BatchPhase::Released));
    QCOMPARE(m_calls->remove(u"b1"_s), u"InvalidInput"_s);
    QCOMPARE(m_calls->put(inPhase(m_calls->head(u"b1"_s), BatchPhase::Finished)), u"done"_s);
    QCOMPARE(m_calls->remove(u"b1"_s), u"InvalidInput"_s);
    QCOMPARE(m_calls->read(u"b1"_s).rows, withIntents(sampleRows(1, 3)));
}

void TestBatchStore::aPlanThatWasNotReadIsLeftAsItIs()
{
    QVERIFY(reach(BatchPhase::Draft));
    const BatchHead known = m_calls->head(u"b1"_s);
    BatchHead head = known;
    head.plan = {};
    head.planReadable = false;
    head.stage = BatchStage::Check;
    QCOMPARE(m_calls->put(head), u"done"_s);
    QCOMPARE(m_calls->head(u"b1"_s).plan, known.plan);
    QCOMPARE(m_calls->head(u"b1"_s).stage, BatchStage::Check);
    head.plan = known.plan; // made by hand: it says something
    head.plan.note = u"new"_s;
    QCOMPARE(m_calls->put(head), u"done"_s);
    QCOMPARE(m_calls->head(u"b1"_s).plan, head.plan);
}

void TestBatchStore::tellsEveryChange()
{
    QStringList told;
    connect(&m_calls->store, &BatchStore::changed, this, [&](const BatchHead &head) {
        told << u"%1 %2 %3"_s.arg(head.id.text, batchPhaseKey(head.phase)).arg(head.rows);
    });
    BatchHead head = sampleBatch();
    head.rows = 2;
    QCOMPARE(m_calls->create(head, sampleRows(1, 1)), u"done"_s);
    QCOMPARE(m_calls->putRows(u"b1"_s, sampleRows(2, 2)), u"done"_s);
    QCOMPARE(m_calls->putRows(u"b1"_s, sampleRows(0, 2)), u"InvalidInput"_s);
    QCOMPARE(m_calls->release(inPhase(head, BatchPhase::Released), withIntents(sampleRows(1, 2))), u"done"_s);
    QCOMPARE(m_calls->put(inPhase(head, BatchPhase::Finished)), u"done"_s);
    QCOMPARE(m_calls->create(sampleBatch(u"b2"_s), sampleRows(1, 1)), u"done"_s);
    QCOMPARE(m_calls->remove(u"b2"_s), u"done"_s);
    const QStringList all { u"b1 draft 2"_s, u"b1 draft 2"_s, u"b1 released 2"_s, u"b1 finished 2"_s, u"b2 draft 0"_s, u"b2 dropped 0"_s };
    QTRY_COMPARE(told.size(), all.size());
    QCOMPARE(told, all);
}

void TestBatchStore::forgetsAPersonOfADraft()
{
    QList<BatchRow> rows = sampleRows(1, 3);
    rows[0].personKeys = { u"mail-1"_s };
    rows[1].personKeys = { u"mail-2"_s, u"user-2"_s };
    rows[2].personKeys = { u"mail-3"_s };
    QCOMPARE(m_calls->create(sampleBatch(), rows), u"done"_s);
    rows[1].personKeys = { u"mail-2b"_s }; // repaired since; the cells still hold the old one
    QCOMPARE(m_calls->putRows(u"b1"_s, { rows[1] }), u"done"_s);
    QStringList told;
    connect(&m_calls->store, &BatchStore::changed, this, [&](const BatchHead &head) { told << head.id.text; });
    QCOMPARE(forget({ u"nobody"_s }).value(), 0);
    QCOMPARE(forget({ u"mail-2"_s }).value(), 1);
    QTRY_COMPARE(told, QStringList({ u"b1"_s }));
    BatchRow left;
    left.number = 2;
    QCOMPARE(m_calls->read(u"b1"_s).rows, QList<BatchRow>({ sampleRow(1), left, sampleRow(3) }));

    // Whoever still has the row in hand cannot bring the person back, nor send for them.
    QCOMPARE(m_calls->putRows(u"b1"_s, { sampleRow(1, u"Thandi"_s), rows[1] }), u"done"_s);
    QCOMPARE(m_calls->read(u"b1"_s).rows, QList<BatchRow>({ sampleRow(1, u"Thandi"_s), left, sampleRow(3) }));
    QCOMPARE(m_calls->release(inPhase(sampleBatch(), BatchPhase::Released), withIntents(sampleRows(1, 3))), u"InvalidInput"_s);
    QCOMPARE(m_calls->release(inPhase(sampleBatch(), BatchPhase::Released), withIntents({ sampleRow(1), sampleRow(3) })), u"done"_s);
}

void TestBatchStore::forgetsAPersonOfAReleasedBatch()
{
    const FakeClock clock;
    Story story(clock);
    QList<BatchRow> rows = sampleRows(1, 2);
    QCOMPARE(m_calls->create(sampleBatch(), rows), u"done"_s);
    rows[0].intent = story.intent();
    rows[1].intent = { u"i2"_s };
    QCOMPARE(m_calls->release(inPhase(sampleBatch(), BatchPhase::Released), rows), u"done"_s);
    Person person;
    person.email = u"naledi1@example.org"_s;
    const Outcome<Done> begun = m_calls->wait<Done>(
        [&](QObject *o, auto then) { m_journal->append(story.begin(person, { u"mail-1"_s }), o, then); });
    QVERIFY(begun.ok());
    QCOMPARE(forget({ u"mail-1"_s }).value(), 1); // by its work: the row itself was never given a fingerprint
    BatchRow left;
    left.number = 1;
    left.intent = story.intent();
    QCOMPARE(m_calls->read(u"b1"_s).rows, QList<BatchRow>({ left, rows.at(1) }));
}

QTEST_GUILESS_MAIN(TestBatchStore)

#include "tst_batchstore.moc"
