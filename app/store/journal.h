// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/journalstep.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

#include <functional>

namespace yoid {

/// The memory of what was intended and what came of it. Nothing is sent before its intent is committed, nothing is shown
/// before its result is (design decision 3).
class Journal : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Commits one step; the answer comes through the event loop, once, unless `context` dies first (the step is committed
    /// all the same). Steps are committed in the order they were given.
    virtual void append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then) = 0;

Q_SIGNALS:
    void committed(const yoid::JournalStep &step);
};

/// Keeps the steps of this program run. Refuses (Internal, nothing kept) moves that isAllowedMove() does not know, a piece
/// of work that does not begin with Prepared or RequestIntent, and one that changes its kind, as the durable one will.
class MemoryJournal final : public Journal {
    Q_OBJECT

public:
    using Journal::Journal;
    void append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then) override;
    [[nodiscard]] QList<JournalStep> steps() const { return m_steps; }

private:
    QList<JournalStep> m_steps;
    QHash<IntentId, JournalStep> m_latest;
};

} // namespace yoid
