// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/e2e/crash/campaignoperator.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace yoid {

/// The operator of single credentials: goes on with what an earlier start left unfinished, starts the rows the journal does not know,
/// goes on a few times with what failed, and ends when every row is delivered or has a visible reason.
class Campaign final : public CampaignOperator {
    Q_OBJECT

public:
    Campaign(const RunPlan &plan, Console &console, Journal &journal, Clock &clock, QObject *parent = nullptr);

private:
    void sessionOpened() override;
    void sessionRecovered(const RecoveryReport &report) override;
    void tell(QTextStream &out) const override;

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

    void readKnown();
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

    Journal &m_journal;
    Clock &m_clock;
    std::unique_ptr<Alarm> m_impatience;
    RecoveryReport m_report;
    QHash<IntentId, Row> m_rows;
    QSet<IntentId> m_checks;
    QSet<IntentId> m_openChecks;
    int m_startedChecks = 0;
    bool m_isRecovered = false;
    bool m_knows = false;
};

} // namespace yoid
