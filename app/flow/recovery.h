// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/revokeprogress.h"
#include "app/store/journal.h"

#include <QtCore/QObject>

#include <functional>
#include <optional>

namespace yoid {

/// The state of a call whose answer was lost, by its intent; nothing for a state that is no intent.
[[nodiscard]] std::optional<JournalState> doubtOf(JournalState intent);
/// The line that says so; only for a record that stands at an intent.
[[nodiscard]] JournalStep crashLine(const WorkRecord &record, const QDateTime &now);

/// Looks through the open work of one profile at its origin: writes down as in doubt what was sent without an answer (reliability 3.7), and
/// counts what is left to do. Sends nothing, makes no flows, and may be cut at any point and run again (I10).
class Recovery final : public QObject {
    Q_OBJECT

public:
    /// \param isLive true for work that is on its way in this run of the program: it is not touched
    /// \param isRun true for batches whose people are gone on with by their own run: they are left out of the report
    Recovery(Journal &journal, Clock &clock, const Profile &profile, std::function<bool(const IntentId &)> isLive,
             std::function<bool(const BatchId &)> isRun = {}, QObject *parent = nullptr);

    /// \param then the report, or why the journal could not be read or written; once
    void run(std::function<void(Outcome<RecoveryReport>)> then);

private:
    void settle(const QList<WorkRecord> &open);
    void report();

    Journal &m_journal;
    Clock &m_clock;
    Profile m_profile;
    std::function<bool(const IntentId &)> m_isLive;
    std::function<bool(const BatchId &)> m_isRun;
    std::function<void(Outcome<RecoveryReport>)> m_then;
    QList<WorkRecord> m_open;
    std::optional<Failure> m_failure;
    qsizetype m_writing = 0;
};

} // namespace yoid
