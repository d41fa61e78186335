// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/journal.h"
#include "tests/e2e/crash/runparts.h"

namespace yoid {

/// Fills the journal with work of earlier days, so that starting with many rows can be measured: nearly all delivered or
/// accepted, one in a hundred not, and the last ones cut off in the middle of a call.
class Filler final : public QObject {
    Q_OBJECT

public:
    Filler(const RunPlan &plan, Journal &journal, Clock &clock, int rows, QObject *parent = nullptr);
    void start();

Q_SIGNALS:
    void ended(bool ok);

private:
    void fillRow();
    void append(const IssueDraft &draft, JournalState state);

    const RunPlan &m_plan;
    Journal &m_journal;
    Clock &m_clock;
    int m_rows;
    int m_row = 0;
    int m_waiting = 0;
    bool m_failed = false;
};

} // namespace yoid
