// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/journal.h"

#include <QtCore/QPointer>

#include <functional>
#include <optional>

namespace yoid {

/// A journal that can fail to commit, or keep its answers back, when a test says so: in front of a MemoryJournal of its own or
/// of another one.
class ScriptedJournal final : public Journal {
    Q_OBJECT

public:
    explicit ScriptedJournal(Journal *other = nullptr)
        : m_journal(other ? *other : m_memory)
    {
        connect(&m_journal, &Journal::committed, this, &Journal::committed);
        connect(&m_journal, &Journal::recordChanged, this, &Journal::recordChanged);
        connect(&m_journal, &Journal::statusChanged, this, &Journal::statusChanged);
    }

    [[nodiscard]] JournalStatus status() const override { return reported.value_or(m_journal.status()); }
    void setOperator(const QString &name) override { m_journal.setOperator(name); }
    [[nodiscard]] QString fingerprint(const QByteArray &canonical) const override
    {
        return keyAway ? QString() : m_journal.fingerprint(canonical);
    }
    void noteChecked(const QList<IntentId> &intents, const QDateTime &at) override { m_journal.noteChecked(intents, at); }
    void readRecords(QObject *context, std::function<void(const QList<WorkRecord> &page, bool last)> page) override
    {
        m_journal.readRecords(context, std::move(page));
    }
    void readDetails(const IntentId &intent, QObject *context, Then<WorkDetails> then) override
    {
        m_journal.readDetails(intent, context, std::move(then));
    }
    void readOpen(const QString &origin, QObject *context, Then<QList<WorkRecord>> then) override
    {
        m_journal.readOpen(origin, context, std::move(then));
    }
    void readFirstPassword(const IntentId &intent, QObject *context, Then<Secret> then) override
    {
        m_journal.readFirstPassword(intent, context, std::move(then));
    }
    void ownerOf(const QList<IssuanceId> &ids, QObject *context, Then<QHash<IssuanceId, IntentId>> then) override
    {
        m_journal.ownerOf(ids, context, std::move(then));
    }
    [[nodiscard]] BatchStore &batches() override { return inFront ? *inFront : m_journal.batches(); }
    void dropFirstPassword(const IntentId &intent) override { m_journal.dropFirstPassword(intent); }
    void forgetPerson(const QStringList &personKeys, QObject *context, Then<int> then) override
    {
        m_journal.forgetPerson(personKeys, context, std::move(then));
    }
    void verifyChain(QObject *context, Then<ChainReport> then) override { m_journal.verifyChain(context, std::move(then)); }
    void exportMonth(int year, int month, QObject *context, Then<QByteArray> then) override
    {
        m_journal.exportMonth(year, month, context, std::move(then));
    }

    void append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then) override
    {
        ++appends;
        if (refuse && refuse(step)) {
            QMetaObject::invokeMethod(
                context, [then] { then(Failure::of(FailureKind::StorageFailed, QStringLiteral("disk full"))); },
                Qt::QueuedConnection);
            return;
        }
        // Committed, but whoever wrote it dies before it hears so.
        const bool silent = swallow && swallow(step);
        m_journal.append(step, this, [this, step, silent, then, asker = QPointer<QObject>(context)](const Outcome<Done> &outcome) {
            if (outcome.ok())
                m_steps.append(step);
            if (asker && !silent)
                then(outcome);
        });
    }
    [[nodiscard]] QList<JournalStep> steps() const { return &m_journal == &m_memory ? m_memory.steps() : m_steps; }
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
    /// Of the batches; the test's own.
    BatchStore *inFront = nullptr;
    int appends = 0;
    bool keyAway = false;
    /// Said instead of the truth; statusChanged() is the test's.
    std::optional<JournalStatus> reported;

private:
    MemoryJournal m_memory;
    Journal &m_journal;
    QList<JournalStep> m_steps;
};

} // namespace yoid
