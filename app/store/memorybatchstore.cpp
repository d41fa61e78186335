// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/memorybatchstore.h"

#include "app/store/answer.h"
#include "app/store/batchrules.h"

#include <algorithm>
#include <utility>

namespace yoid {

namespace {

constexpr qsizetype kPage = 1000;

} // namespace

const BatchHead *MemoryBatchStore::known(const BatchId &batch) const
{
    const auto found = m_batches.constFind(batch);
    return found == m_batches.cend() ? nullptr : &found->head;
}

void MemoryBatchStore::create(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<BatchHead> then)
{
    if (const std::optional<Failure> refusal = refusalOfNewBatch(head, rows, known(head.id))) {
        answerLater<BatchHead>(context, std::move(then), *refusal);
        return;
    }
    // Taken at once and told through the event loop, as MemoryJournal does.
    Batch batch;
    batch.head = head;
    batch.head.ordinal = ++m_lastOrdinal;
    batch.head.planReadable = true;
    write(batch, rows);
    m_batches.insert(head.id, batch);
    answerLater<BatchHead>(context, std::move(then), batch.head);
    tell(batch.head);
}

void MemoryBatchStore::putRows(const BatchId &batch, const QList<BatchRow> &rows, QObject *context, Then<Done> then)
{
    if (const std::optional<Failure> refusal = refusalOfRows(rows, known(batch))) {
        answerLater<Done>(context, std::move(then), *refusal);
        return;
    }
    Batch &changed = m_batches[batch];
    write(changed, rows);
    answerLater<Done>(context, std::move(then), Done {});
    tell(changed.head);
}

void MemoryBatchStore::put(const BatchHead &head, QObject *context, Then<Done> then)
{
    if (const std::optional<Failure> refusal = refusalOfHead(head, known(head.id))) {
        answerLater<Done>(context, std::move(then), *refusal);
        return;
    }
    Batch &changed = m_batches[head.id];
    write(changed, head);
    answerLater<Done>(context, std::move(then), Done {});
    tell(changed.head);
}

void MemoryBatchStore::release(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<Done> then)
{
    std::optional<Failure> refusal = refusalOfRelease(head, rows, known(head.id));
    for (qsizetype at = 0; !refusal && at < rows.size(); ++at) {
        const BatchRow &row = rows.at(at);
        const std::map<int, Row> &stored = m_batches[head.id].rows;
        const auto found = stored.find(row.number);
        if (found == stored.end() || found->second.forgotten)
            refusal = refusalOfReleasedRow(row.number);
        else if (m_intents.contains(row.intent))
            refusal = refusalOfTakenIntent(row.number);
    }
    if (refusal) {
        answerLater<Done>(context, std::move(then), *refusal);
        return;
    }
    Batch &changed = m_batches[head.id];
    write(changed, head);
    write(changed, rows);
    for (const BatchRow &row : rows)
        m_intents.insert(row.intent);
    answerLater<Done>(context, std::move(then), Done {});
    tell(changed.head);
}

void MemoryBatchStore::remove(const BatchId &batch, QObject *context, Then<Done> then)
{
    if (const std::optional<Failure> refusal = refusalOfRemoval(known(batch))) {
        answerLater<Done>(context, std::move(then), *refusal);
        return;
    }
    const BatchHead gone = removedBatch(m_batches.take(batch).head);
    answerLater<Done>(context, std::move(then), Done {});
    tell(gone);
}

void MemoryBatchStore::readHeads(QObject *context, Then<QList<BatchHead>> then)
{
    QList<BatchHead> heads;
    for (const Batch &batch : std::as_const(m_batches))
        heads.append(batch.head);
    std::sort(heads.begin(), heads.end(), [](const BatchHead &a, const BatchHead &b) { return a.ordinal > b.ordinal; });
    answerLater<QList<BatchHead>>(context, std::move(then), heads);
}

void MemoryBatchStore::readRows(const BatchId &batch, QObject *context,
                                std::function<void(const Outcome<QList<BatchRow>> &page, bool last)> page)
{
    const auto give = [context, page = std::move(page)](const Outcome<QList<BatchRow>> &rows, bool last) {
        QMetaObject::invokeMethod(
            context, [page, rows, last] { page(rows, last); }, Qt::QueuedConnection);
    };
    const auto found = m_batches.constFind(batch);
    if (found == m_batches.cend()) {
        give(refusalOfUnknownBatch(), true);
        return;
    }
    QList<BatchRow> rows;
    for (const auto &[number, stored] : found->rows) {
        if (rows.size() == kPage)
            give(std::exchange(rows, {}), false);
        rows.append(stored.row);
    }
    give(rows, true);
}

int MemoryBatchStore::forget(const QSet<QString> &personKeys, const QSet<IntentId> &intents)
{
    int withoutWork = 0;
    for (Batch &batch : m_batches) {
        bool any = false;
        for (auto &[number, stored] : batch.rows) {
            if (stored.forgotten || !(personKeys.intersects(stored.keys) || intents.contains(stored.row.intent)))
                continue;
            BatchRow left;
            left.number = number;
            left.intent = stored.row.intent;
            if (left.intent.isEmpty())
                ++withoutWork;
            stored = { left, {}, true };
            any = true;
        }
        if (any)
            tell(batch.head);
    }
    return withoutWork;
}

void MemoryBatchStore::write(Batch &batch, const QList<BatchRow> &rows)
{
    for (const BatchRow &row : rows) {
        Row &stored = batch.rows[row.number];
        if (stored.forgotten)
            continue;
        stored.row = row;
        stored.row.personKeys.clear();
        for (const QString &key : row.personKeys)
            stored.keys.insert(key);
    }
}

void MemoryBatchStore::write(Batch &batch, const BatchHead &head)
{
    const BatchPlan plan = leavesPlan(head) ? batch.head.plan : head.plan;
    const int ordinal = batch.head.ordinal;
    batch.head = head;
    batch.head.ordinal = ordinal;
    batch.head.plan = plan;
    batch.head.planReadable = true;
}

void MemoryBatchStore::tell(const BatchHead &head)
{
    QMetaObject::invokeMethod(
        this, [this, head] { Q_EMIT changed(head); }, Qt::QueuedConnection);
}

} // namespace yoid
