// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"
#include "tests/e2e/crash/runparts.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QHash>
#include <QtCore/QSet>

namespace yoid {

/// The operator of the campaign: opens the profile, goes on with what an earlier start left unfinished, starts the rows the
/// journal does not know, goes on a few times with what failed, and ends when every row is delivered or has a visible reason.
class Campaign final : public QObject {
    Q_OBJECT

public:
    /// What the runner ends with.
    enum Exit { Settled = 0, BadPlan = 2, JournalStopped = 3, NotSettled = 4, NoProfile = 5 };

    Campaign(const RunPlan &plan, Console &console, Journal &journal, Clock &clock, QObject *parent = nullptr);

    /// Begins as soon as the journal takes lines.
    void start();
    /// Opens, recovers, tells how long that took, and ends.
    void setRecoverOnly(bool only) { m_recoverOnly = only; }

Q_SIGNALS:
    void ended(int code);

private:
    struct Row {
        const RunPlan::Row *plan = nullptr;
        int tries = 0;
        bool atWork = false;
        bool settled = false;
        bool known = false;         ///< The journal had it when this start began.
        bool revoking = false;
        bool moved = false;         ///< Since the operator last looked.
        QString word;               ///< How it ended, for the report.
    };

    void lookAtJournal();
    void openProfile();
    void readKnown();
    void recovered(const RecoveryReport &report);
    void begin();
    void fill();
    void lookForIdleRows();
    void recordChanged(const WorkRecord &record);
    void issueChanged(const IssueProgress &progress);
    void settle(Row &row, const QString &word);
    void verifyChanged(const VerifyProgress &progress);
    void revokeChanged(const RevokeProgress &progress);
    void goOnLater(const IntentId &intent);
    void endIfSettled();
    void end(int code, const QString &word);

    const RunPlan &m_plan;
    Console &m_console;
    Journal &m_journal;
    Clock &m_clock;
    std::unique_ptr<Alarm> m_impatience;
    RecoveryReport m_report;
    Session *m_session = nullptr;
    QElapsedTimer m_sinceStart;
    QHash<IntentId, Row> m_rows;
    QSet<IntentId> m_checks;
    QSet<IntentId> m_openChecks;
    int m_startedChecks = 0;
    bool m_recoverOnly = false;
    bool m_opened = false;
    bool m_isRecovered = false;
    bool m_knows = false;
    bool m_ended = false;
};

} // namespace yoid
