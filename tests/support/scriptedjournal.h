// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/journal.h"

#include <functional>
#include <optional>

namespace yoid {

/// A MemoryJournal that can fail to commit, or keep its answers back, when a test says so.
class ScriptedJournal final : public Journal {
    Q_OBJECT

public:
    ScriptedJournal()
    {
        connect(&m_memory, &Journal::committed, this, &Journal::committed);
        connect(&m_memory, &Journal::recordChanged, this, &Journal::recordChanged);
    }

    [[nodiscard]] JournalStatus status() const override { return reported.value_or(m_memory.status()); }
    void setOperator(const QString &name) override { m_memory.setOperator(name); }
    [[nodiscard]] QString fingerprint(const QByteArray &canonical) const override { return m_memory.fingerprint(canonical); }
    void noteChecked(const QList<IntentId> &intents, const QDateTime &at) override { m_memory.noteChecked(intents, at); }
    void readRecords(QObject *context, std::function<void(const QList<WorkRecord> &page, bool last)> page) override
    {
        m_memory.readRecords(context, std::move(page));
    }
    void readDetails(const IntentId &intent, QObject *context, Then<WorkDetails> then) override
    {
        m_memory.readDetails(intent, context, std::move(then));
    }
    void readOpen(const QString &origin, QObject *context, Then<QList<WorkRecord>> then) override
    {
        m_memory.readOpen(origin, context, std::move(then));
    }
    void readFirstPassword(const IntentId &intent, QObject *context, Then<Secret> then) override
    {
        m_memory.readFirstPassword(intent, context, std::move(then));
    }
    void ownerOf(const QList<IssuanceId> &ids, QObject *context, Then<QHash<IssuanceId, IntentId>> then) override
    {
        m_memory.ownerOf(ids, context, std::move(then));
    }
    void dropFirstPassword(const IntentId &intent) override { m_memory.dropFirstPassword(intent); }
    void forgetPerson(const QStringList &personKeys, QObject *context, Then<int> then) override
    {
        m_memory.forgetPerson(personKeys, context, std::move(then));
    }
    void verifyChain(QObject *context, Then<ChainReport> then) override { m_memory.verifyChain(context, std::move(then)); }
    void exportMonth(int year, int month, QObject *context, Then<QByteArray> then) override
    {
        m_memory.exportMonth(year, month, context, std::move(then));
    }

    void append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then) override
    {
        ++appends;
        if (swallow && swallow(step)) { // committed, but whoever wrote it dies before it hears so
            m_memory.append(step, this, [](const Outcome<Done> &) { });
            return;
        }
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

    /// True for a step whose commit is not told: the program ends at that very point.
    std::function<bool(const JournalStep &)> swallow;
    /// True for a step that is not to be committed.
    std::function<bool(const JournalStep &)> refuse;
    int appends = 0;
    /// Said instead of the truth; statusChanged() is the test's.
    std::optional<JournalStatus> reported;

private:
    MemoryJournal m_memory;
};

} // namespace yoid
