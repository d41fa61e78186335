// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/journal.h"

#include <functional>

namespace yoid {

/// A MemoryJournal that can fail to commit, or keep its answers back, when a test says so.
class ScriptedJournal final : public Journal {
    Q_OBJECT

public:
    ScriptedJournal() { connect(&m_memory, &Journal::committed, this, &Journal::committed); }

    void append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then) override
    {
        ++appends;
        if (refuse && refuse(step)) {
            QMetaObject::invokeMethod(
                context, [then] { then(Failure::of(FailureKind::StorageFailed, QStringLiteral("disk full"))); },
                Qt::QueuedConnection);
            return;
        }
        m_memory.append(step, context, std::move(then));
    }
    [[nodiscard]] QList<JournalStep> steps() const { return m_memory.steps(); }
    /// The words of the states, with the attempt: `sent#1`.
    [[nodiscard]] QStringList story() const
    {
        QStringList words;
        for (const JournalStep &step : steps())
            words << journalStateKey(step.state) + QLatin1Char('#') + QString::number(step.attempt);
        return words;
    }

    /// True for a step that is not to be committed.
    std::function<bool(const JournalStep &)> refuse;
    int appends = 0;

private:
    MemoryJournal m_memory;
};

} // namespace yoid
