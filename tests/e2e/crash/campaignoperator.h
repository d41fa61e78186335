// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"
#include "tests/e2e/crash/runparts.h"

#include <QtCore/QElapsedTimer>

class QTextStream;

namespace yoid {

/// Whoever sits before the program in a campaign: opens the profile as soon as the journal takes lines, waits until it has recovered,
/// and says how it ended.
class CampaignOperator : public QObject {
    Q_OBJECT

public:
    /// What the runner ends with.
    enum Exit {
        Settled = 0,
        BadPlan = 2,
        JournalStopped = 3,
        NotSettled = 4,
        NoProfile = 5,
        AtRest = 6,         ///< Of a batch: nobody is worked on, and somebody has no outcome yet.
    };

    CampaignOperator(const RunPlan &plan, Console &console, Journal &journal, QObject *parent = nullptr);

    /// Begins as soon as the journal takes lines.
    void start();
    /// Opens, recovers, tells how long that took, and ends.
    void setRecoverOnly(bool only) { m_recoverOnly = only; }

Q_SIGNALS:
    void ended(int code);

protected:
    /// Nothing has been recovered yet.
    virtual void sessionOpened() = 0;
    /// Once; never when it is only to recover.
    virtual void sessionRecovered(const RecoveryReport &report) = 0;
    /// How everybody stands, line by line.
    virtual void tell(QTextStream &out) const = 0;

    [[nodiscard]] const RunPlan &plan() const { return m_plan; }
    [[nodiscard]] Console &console() const { return m_console; }
    [[nodiscard]] Session &session() const { return *m_session; }
    [[nodiscard]] bool hasEnded() const { return m_ended; }
    void end(int code, const QString &word);

private:
    void lookAtJournal();
    void openProfile();
    void recovered(const RecoveryReport &report);

    const RunPlan &m_plan;
    Console &m_console;
    Journal &m_journal;
    Session *m_session = nullptr;
    QElapsedTimer m_sinceStart;
    bool m_recoverOnly = false;
    bool m_opened = false;
    bool m_isRecovered = false;
    bool m_ended = false;
};

} // namespace yoid
