// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journal.h"

#include <QtCore/QCoreApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestMemoryJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commitsInOrderThroughTheEventLoop();
    void firstStepsAndMoves_data();
    void firstStepsAndMoves();
    void refusedStepsLeaveNoTrace();
    void workDoesNotMixAcrossIntents();
    void aDeadAskersStepIsCommitted();
    void everyMoveAgreesWithTheTable();

private:
    void append(MemoryJournal &journal, const JournalStep &step)
    {
        journal.append(step, this, [this](Outcome<Done> o) { m_answers << (o ? u"done"_s : failureName(o.failure().kind)); });
    }
    QStringList m_answers;
};

namespace {

JournalStep step(const IntentId &intent, JournalState state, WorkKind work = WorkKind::Issue)
{
    JournalStep made;
    made.intent = intent;
    made.work = work;
    made.state = state;
    return made;
}

} // namespace

void TestMemoryJournal::commitsInOrderThroughTheEventLoop()
{
    m_answers.clear();
    MemoryJournal journal;
    QSignalSpy committed(&journal, &Journal::committed);
    const IntentId intent = IntentId::create();
    const QList<JournalStep> steps { step(intent, JournalState::Prepared), step(intent, JournalState::NotSent) };
    for (const JournalStep &one : steps)
        append(journal, one);
    QVERIFY(m_answers.isEmpty());
    QCOMPARE(committed.size(), 0);
    QCoreApplication::processEvents();
    QCOMPARE(m_answers, QStringList({ u"done"_s, u"done"_s }));
    QCOMPARE(committed.size(), 2);
    QCOMPARE(committed.at(0).first().value<JournalStep>(), steps.at(0));
    QCOMPARE(committed.at(1).first().value<JournalStep>(), steps.at(1));
    QCOMPARE(journal.steps(), steps);
}

void TestMemoryJournal::firstStepsAndMoves_data()
{
    QTest::addColumn<int>("work");
    QTest::addColumn<int>("first");
    for (const WorkKind work : { WorkKind::Issue, WorkKind::Verify }) {
        for (const JournalState state : allJournalStates())
            QTest::addRow("%d %s", static_cast<int>(work), qPrintable(journalStateKey(state)))
                << static_cast<int>(work) << static_cast<int>(state);
    }
}

void TestMemoryJournal::firstStepsAndMoves()
{
    QFETCH(int, work);
    QFETCH(int, first);
    m_answers.clear();
    MemoryJournal journal;
    append(journal, step(IntentId::create(), static_cast<JournalState>(first), static_cast<WorkKind>(work)));
    const JournalState only
        = static_cast<WorkKind>(work) == WorkKind::Issue ? JournalState::Prepared : JournalState::RequestIntent;
    const bool allowed = static_cast<JournalState>(first) == only;
    QCoreApplication::processEvents();
    QCOMPARE(m_answers, QStringList { allowed ? u"done"_s : u"Internal"_s });
    QCOMPARE(journal.steps().size(), allowed ? 1 : 0);
}

void TestMemoryJournal::refusedStepsLeaveNoTrace()
{
    m_answers.clear();
    MemoryJournal journal;
    QSignalSpy committed(&journal, &Journal::committed);
    const IntentId intent = IntentId::create();
    append(journal, step({}, JournalState::Prepared));
    append(journal, step(intent, JournalState::Prepared));
    append(journal, step(intent, JournalState::Accepted));
    append(journal, step(intent, JournalState::NotSent)); // judged from Prepared, not from the refused one
    QCoreApplication::processEvents();
    QCOMPARE(m_answers, QStringList({ u"Internal"_s, u"done"_s, u"Internal"_s, u"done"_s }));
    QCOMPARE(committed.size(), 2);
    QCOMPARE(journal.steps().size(), 2);
}

void TestMemoryJournal::workDoesNotMixAcrossIntents()
{
    m_answers.clear();
    MemoryJournal journal;
    append(journal, step(IntentId::create(), JournalState::Prepared));
    append(journal, step(IntentId::create(), JournalState::NotSent)); // another intent: it has not begun
    const IntentId verify = IntentId::create();
    append(journal, step(verify, JournalState::RequestIntent, WorkKind::Verify));
    append(journal, step(verify, JournalState::Requested, WorkKind::Issue)); // a piece of work stays of its kind
    append(journal, step(verify, JournalState::Requested, WorkKind::Verify));
    QCoreApplication::processEvents();
    QCOMPARE(m_answers, QStringList({ u"done"_s, u"Internal"_s, u"done"_s, u"Internal"_s, u"done"_s }));
}

void TestMemoryJournal::aDeadAskersStepIsCommitted()
{
    m_answers.clear();
    MemoryJournal journal;
    bool told = false;
    const IntentId intent = IntentId::create();
    {
        QObject asker;
        journal.append(step(intent, JournalState::Prepared), &asker, [&](Outcome<Done>) { told = true; });
    }
    append(journal, step(intent, JournalState::NotSent));
    QCoreApplication::processEvents();
    QCOMPARE(m_answers, QStringList { u"done"_s });
    QVERIFY(!told);
    QCOMPARE(journal.steps().size(), 2);
}

void TestMemoryJournal::everyMoveAgreesWithTheTable()
{
    // From the two first states, which are the ones that can be reached without knowing the table.
    for (const WorkKind work : { WorkKind::Issue, WorkKind::Verify }) {
        const JournalState first = work == WorkKind::Issue ? JournalState::Prepared : JournalState::RequestIntent;
        for (const JournalState next : allJournalStates()) {
            m_answers.clear();
            MemoryJournal journal;
            const IntentId intent = IntentId::create();
            append(journal, step(intent, first, work));
            append(journal, step(intent, next, work));
            QCoreApplication::processEvents();
            QCOMPARE(m_answers.size(), 2);
            QCOMPARE(m_answers.last(), isAllowedMove(first, next) ? u"done"_s : u"Internal"_s);
        }
    }
}

QTEST_GUILESS_MAIN(TestMemoryJournal)
#include "tst_memoryjournal.moc"
