// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/batchstore.h"

#include <QtCore/QHash>
#include <QtCore/QPointer>

#include <functional>

namespace yoid {

/// A store of batches that can fail, or keep its answers back, when a test says so: in front of another one.
class ScriptedBatchStore final : public BatchStore {
    Q_OBJECT

public:
    enum class Call { Create, PutRows, Put, Release, Remove, ReadHeads, ReadRows };

    explicit ScriptedBatchStore(BatchStore &other)
        : m_store(other)
    {
        connect(&m_store, &BatchStore::changed, this, &BatchStore::changed);
    }

    void create(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<BatchHead> then) override
    {
        if (!isRefused<BatchHead>(Call::Create, context, then))
            m_store.create(head, rows, this, held<BatchHead>(context, then));
    }
    void putRows(const BatchId &batch, const QList<BatchRow> &rows, QObject *context, Then<Done> then) override
    {
        if (!isRefused<Done>(Call::PutRows, context, then))
            m_store.putRows(batch, rows, this, held<Done>(context, then));
    }
    void put(const BatchHead &head, QObject *context, Then<Done> then) override
    {
        if (!isRefused<Done>(Call::Put, context, then))
            m_store.put(head, this, held<Done>(context, then));
    }
    void release(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<Done> then) override
    {
        if (!isRefused<Done>(Call::Release, context, then))
            m_store.release(head, rows, this, held<Done>(context, then));
    }
    void remove(const BatchId &batch, QObject *context, Then<Done> then) override
    {
        if (!isRefused<Done>(Call::Remove, context, then))
            m_store.remove(batch, this, held<Done>(context, then));
    }
    void readHeads(QObject *context, Then<QList<BatchHead>> then) override
    {
        const Then<QList<BatchHead>> seen = [this, then](const Outcome<QList<BatchHead>> &read) {
            QList<BatchHead> heads = read.ok() ? *read : QList<BatchHead>();
            for (BatchHead &head : heads) {
                if (!plansAway)
                    break;
                head.plan = {};
                head.planReadable = false;
            }
            then(read.ok() ? Outcome<QList<BatchHead>>(heads) : read);
        };
        if (!isRefused<QList<BatchHead>>(Call::ReadHeads, context, then))
            m_store.readHeads(this, held<QList<BatchHead>>(context, seen));
    }
    void readRows(const BatchId &batch, QObject *context,
                  std::function<void(const Outcome<QList<BatchRow>> &page, bool last)> page) override
    {
        rowsOf = batch;
        if (isRefused<QList<BatchRow>>(Call::ReadRows, context, [page](const Outcome<QList<BatchRow>> &rows) { page(rows, true); }))
            return;
        m_store.readRows(batch, context, std::move(page));
    }

    /// True for a call that fails as on a full disk.
    std::function<bool(Call)> refuse;
    /// Whose rows were asked for last.
    BatchId rowsOf;
    /// Without the key: what was decided cannot be read.
    bool plansAway = false;
    /// Answers are kept until letGo().
    bool hold = false;
    void letGo()
    {
        hold = false;
        const auto answers = std::exchange(m_held, {});
        for (const auto &answer : answers)
            answer();
    }
    [[nodiscard]] qsizetype heldBack() const { return m_held.size(); }
    QHash<Call, int> calls;

private:
    template<typename T>
    bool isRefused(Call call, QObject *context, const Then<T> &then)
    {
        ++calls[call];
        if (!refuse || !refuse(call))
            return false;
        QMetaObject::invokeMethod(
            context, [then] { then(Failure::of(FailureKind::StorageFailed, QStringLiteral("disk full"))); }, Qt::QueuedConnection);
        return true;
    }
    template<typename T>
    Then<T> held(QObject *context, const Then<T> &then)
    {
        return [this, context = QPointer<QObject>(context), then](const Outcome<T> &outcome) {
            const auto answer = [context, then, outcome] {
                if (context)
                    then(outcome);
            };
            if (hold)
                m_held.append(answer);
            else
                answer();
        };
    }

    BatchStore &m_store;
    QList<std::function<void()>> m_held;
};

} // namespace yoid
