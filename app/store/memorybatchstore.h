// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/batchstore.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <map>

namespace yoid {

/// Keeps the batches of this program run: for practice and for tests. The same rules as the durable one; nothing is purged.
class MemoryBatchStore final : public BatchStore {
    Q_OBJECT

public:
    using BatchStore::BatchStore;

    void create(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<BatchHead> then) override;
    void putRows(const BatchId &batch, const QList<BatchRow> &rows, QObject *context, Then<Done> then) override;
    void put(const BatchHead &head, QObject *context, Then<Done> then) override;
    void release(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<Done> then) override;
    void remove(const BatchId &batch, QObject *context, Then<Done> then) override;
    void readHeads(QObject *context, Then<QList<BatchHead>> then) override;
    void readRows(const BatchId &batch, QObject *context,
                  std::function<void(const Outcome<QList<BatchRow>> &page, bool last)> page) override;

    /// Removes what the rows with one of these fingerprints, or of this work, say of their people. How many of them had no work.
    int forget(const QSet<QString> &personKeys, const QSet<IntentId> &intents);

private:
    struct Row {
        BatchRow row;
        QSet<QString> keys;     ///< All that it ever had.
        bool forgotten = false;
    };
    struct Batch {
        BatchHead head;
        std::map<int, Row> rows;
    };

    [[nodiscard]] const BatchHead *known(const BatchId &batch) const;
    void write(Batch &batch, const QList<BatchRow> &rows);
    void write(Batch &batch, const BatchHead &head);
    void tell(const BatchHead &head);

    QHash<BatchId, Batch> m_batches;
    QSet<IntentId> m_intents;
    int m_lastOrdinal = 0;
};

} // namespace yoid
