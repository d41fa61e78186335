// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/e2e/crash/campaignoperator.h"

#include <functional>
#include <memory>

namespace yoid {

/// The operator of a batch: imports the file where no batch is there yet, else opens the one that is; matches, repairs, rehearses,
/// releases, and lets it run. Says at each start "continue", and ends when the run comes to rest. Prints each phase as it begins, for
/// whoever waits for a moment to kill it.
class BatchCampaign final : public CampaignOperator {
    Q_OBJECT

public:
    BatchCampaign(const RunPlan &plan, Console &console, Clock &clock, QObject *parent = nullptr);

private:
    /// How far the operator has come with the draft.
    enum class Step { Matching, Repairing, Rehearsing, Releasing };

    void sessionOpened() override;
    void sessionRecovered(const RecoveryReport &report) override;
    void tell(QTextStream &out) const override;

    void goOn();
    void importFile();
    void importLooked(const Batches::Looked &looked);
    void prepare(const BatchId &batch);
    void prepareFurther();
    void match();
    void repair();
    void rehearse();
    void release();
    void run(const BatchHead &head);
    void runMoved(const BatchProgress &progress);
    void runEnded(const BatchProgress &progress);
    /// After some thought.
    void say(const QString &what, std::function<void()> then);
    void later(void (BatchCampaign::*what)());

    Clock &m_clock;
    std::shared_ptr<BatchDraft> m_draft;
    BatchRun *m_run = nullptr;
    BatchProgress::State m_state = BatchProgress::State::Resting;
    Step m_step = Step::Matching;
    int m_presses = 0;          ///< How often "continue" was said after a rest,
    int m_retries = 0;          ///< and how often those who failed were tried again.
    int m_refusals = 0;         ///< Of the release, because something was still being looked at.
    bool m_isRecovered = false;
};

} // namespace yoid
