// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/journalstep.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestJournalStep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStateHasItsOwnStableKey();
    void everyPairIsDecided_data();
    void everyPairIsDecided();
    void everyStateCanBeReached();
    void finalStatesEndTheWork();
    void noIntentFollowsAnIntent();
    void anOfferIsNeverFollowedByASecondOne();
};

namespace {

/// Written down a second time, by hand, as sentences of the table in design.md section 4: from, then all that may follow.
const QMap<QString, QStringList> kMoves {
    { u"prepared"_s, { u"notSent"_s, u"accountIntent"_s, u"sent"_s, u"dropped"_s } },
    { u"notSent"_s, { u"notSent"_s, u"accountIntent"_s, u"sent"_s, u"dropped"_s } },
    { u"accountIntent"_s, { u"accountReady"_s, u"accountUnknown"_s, u"accountRefused"_s, u"notSent"_s } },
    { u"accountReady"_s, { u"notSent"_s, u"sent"_s, u"dropped"_s } },
    { u"accountUnknown"_s, { u"notSent"_s, u"accountIntent"_s, u"dropped"_s } },
    { u"accountRefused"_s, { u"notSent"_s, u"accountIntent"_s, u"dropped"_s } },
    { u"sent"_s, { u"offered"_s, u"refused"_s, u"unknown"_s, u"notSent"_s } },
    { u"offered"_s, { u"deliveryIntent"_s, u"deliveryFailed"_s, u"accepted"_s, u"rejected"_s, u"failed"_s, u"expired"_s, u"revoked"_s, u"revokeIntent"_s } },
    { u"refused"_s, { u"prepared"_s, u"dropped"_s } },
    { u"unknown"_s, { u"offered"_s, u"abandoned"_s } },
    { u"abandoned"_s, { u"prepared"_s, u"dropped"_s } },
    { u"deliveryIntent"_s, { u"delivered"_s, u"deliveryFailed"_s, u"deliveryUnknown"_s } },
    { u"delivered"_s, { u"deliveryIntent"_s, u"deliveryFailed"_s, u"accepted"_s, u"rejected"_s, u"failed"_s, u"expired"_s, u"revoked"_s, u"revokeIntent"_s } },
    { u"deliveryFailed"_s, { u"deliveryIntent"_s, u"deliveryFailed"_s, u"accepted"_s, u"rejected"_s, u"failed"_s, u"expired"_s, u"revoked"_s, u"revokeIntent"_s } },
    { u"deliveryUnknown"_s, { u"deliveryIntent"_s, u"deliveryFailed"_s, u"accepted"_s, u"rejected"_s, u"failed"_s, u"expired"_s, u"revoked"_s, u"revokeIntent"_s } },
    { u"accepted"_s, { u"revoked"_s, u"revokeIntent"_s } },
    { u"rejected"_s, {} },
    { u"failed"_s, {} },
    { u"expired"_s, {} },
    { u"revoked"_s, {} },
    { u"revokeIntent"_s, { u"revokeAccepted"_s, u"revokeRefused"_s, u"revokeUnknown"_s } },
    { u"revokeAccepted"_s, { u"revoked"_s, u"revokeIntent"_s } },
    { u"revokeRefused"_s, { u"revokeIntent"_s, u"deliveryIntent"_s, u"accepted"_s, u"rejected"_s, u"failed"_s, u"expired"_s, u"revoked"_s } },
    { u"revokeUnknown"_s, { u"revokeIntent"_s, u"revokeAccepted"_s, u"revoked"_s } },
    { u"dropped"_s, {} },
    { u"requestIntent"_s, { u"requested"_s, u"requestFailed"_s, u"requestUnknown"_s } },
    { u"requested"_s, { u"requested"_s, u"answered"_s, u"declined"_s, u"failed"_s, u"requestExpired"_s, u"parked"_s, u"dropped"_s } },
    { u"requestFailed"_s, { u"requestIntent"_s, u"requestFailed"_s, u"dropped"_s } },
    { u"requestUnknown"_s, { u"requestIntent"_s, u"requestFailed"_s, u"dropped"_s } },
    { u"answered"_s, { u"answered"_s } },
    { u"declined"_s, {} },
    { u"requestExpired"_s, {} },
    { u"parked"_s, { u"requested"_s, u"answered"_s, u"declined"_s, u"failed"_s, u"requestExpired"_s } },
};

} // namespace

void TestJournalStep::everyStateHasItsOwnStableKey()
{
    QSet<QString> keys;
    for (const JournalState state : allJournalStates()) {
        keys.insert(journalStateKey(state));
        QCOMPARE(journalStateFromKey(journalStateKey(state)), state);
    }
    QCOMPARE(keys.size(), allJournalStates().size());
    // The last enumerator: a state added to the enum but not to the table would be missed.
    QCOMPARE(allJournalStates().size(), static_cast<int>(JournalState::Parked) + 1);
    const QStringList stored = kMoves.keys();
    QCOMPARE(keys, QSet<QString>(stored.begin(), stored.end()));
    QVERIFY(!journalStateFromKey(u"Prepared"));
    QVERIFY(!journalStateFromKey(u""));
    QVERIFY(!journalStateFromKey(u"aStateOfTomorrow"));
}

void TestJournalStep::everyPairIsDecided_data()
{
    QTest::addColumn<JournalState>("from");
    QTest::addColumn<JournalState>("to");
    for (const JournalState from : allJournalStates()) {
        for (const JournalState to : allJournalStates())
            QTest::addRow("%s > %s", qPrintable(journalStateKey(from)), qPrintable(journalStateKey(to))) << from << to;
    }
}

void TestJournalStep::everyPairIsDecided()
{
    QFETCH(JournalState, from);
    QFETCH(JournalState, to);
    QCOMPARE(isAllowedMove(from, to), kMoves[journalStateKey(from)].contains(journalStateKey(to)));
}

void TestJournalStep::everyStateCanBeReached()
{
    QSet<JournalState> reached;
    for (const JournalState state : allJournalStates()) {
        if (isFirst(state))
            reached.insert(state);
    }
    QCOMPARE(reached, QSet<JournalState>({ JournalState::Prepared, JournalState::RequestIntent }));
    for (qsizetype before = 0; before != reached.size();) {
        before = reached.size();
        for (const JournalState from : QSet<JournalState>(reached)) {
            for (const JournalState to : allJournalStates()) {
                if (isAllowedMove(from, to))
                    reached.insert(to);
            }
        }
    }
    QCOMPARE(reached.size(), allJournalStates().size());
}

void TestJournalStep::finalStatesEndTheWork()
{
    QStringList finals;
    for (const JournalState state : allJournalStates()) {
        if (!isFinal(state))
            continue;
        finals << journalStateKey(state);
        for (const JournalState to : allJournalStates())
            QVERIFY(!isAllowedMove(state, to) || to == JournalState::Revoked || to == JournalState::RevokeIntent
                    || (state == JournalState::Answered && to == state)); // a note
    }
    QCOMPARE(finals, QStringList({ u"accepted"_s, u"rejected"_s, u"failed"_s, u"expired"_s, u"revoked"_s, u"dropped"_s,
                                   u"answered"_s, u"declined"_s, u"requestExpired"_s }));
}

void TestJournalStep::noIntentFollowsAnIntent()
{
    QStringList intents;
    for (const JournalState from : allJournalStates()) {
        if (!isIntent(from))
            continue;
        intents << journalStateKey(from);
        for (const JournalState to : allJournalStates())
            QVERIFY(!isIntent(to) || !isAllowedMove(from, to));
    }
    QCOMPARE(intents, QStringList({ u"accountIntent"_s, u"sent"_s, u"deliveryIntent"_s, u"revokeIntent"_s, u"requestIntent"_s }));
}

void TestJournalStep::anOfferIsNeverFollowedByASecondOne()
{
    QSet<JournalState> after { JournalState::Offered };
    for (qsizetype before = 0; before != after.size();) {
        before = after.size();
        for (const JournalState from : QSet<JournalState>(after)) {
            for (const JournalState to : allJournalStates()) {
                if (isAllowedMove(from, to))
                    after.insert(to);
            }
        }
    }
    QVERIFY(!after.contains(JournalState::Sent));
    QVERIFY(!after.contains(JournalState::Prepared));
    QVERIFY(!after.contains(JournalState::AccountIntent));
}

QTEST_GUILESS_MAIN(TestJournalStep)
#include "tst_journalstep.moc"
