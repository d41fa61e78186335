// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/batchstore.h"
#include "app/store/journalcare.h"
#include "app/store/journalwriter.h"

#include <QtCore/QHash>

#include <memory>

namespace yoid {

/// The batches in the durable journal's file: this side on the GUI thread, the work (batchtasks) on the journal's. Rows and plans are
/// sealed with the journal's key, each bound to its place. Without the key the heads can be read, plans and rows not (SecretLocked);
/// where the journal takes no line, nothing is written either, with the same failures.
class SqliteBatchStore final : public BatchStore {
    Q_OBJECT

public:
    using HandOver = std::function<void(JournalWriter::Task)>;
    using Who = std::function<journalcare::Asked()>;

    /// \param handOver brings a task to the writer's thread, in its place between the steps
    SqliteBatchStore(JournalWriter &writer, HandOver handOver, Who who);

    void create(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<BatchHead> then) override;
    void putRows(const BatchId &batch, const QList<BatchRow> &rows, QObject *context, Then<Done> then) override;
    void put(const BatchHead &head, QObject *context, Then<Done> then) override;
    void release(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<Done> then) override;
    void remove(const BatchId &batch, QObject *context, Then<Done> then) override;
    void readHeads(QObject *context, Then<QList<BatchHead>> then) override;
    void readRows(const BatchId &batch, QObject *context,
                  std::function<void(const Outcome<QList<BatchRow>> &page, bool last)> page) override;

private:
    template<typename T>
    std::function<void(Outcome<T>)> expect(QObject *context, Then<T> then);

    JournalWriter &m_writer;
    const HandOver m_handOver;
    const Who m_who;
    quint64 m_lastTicket = 0;
    /// Callbacks stay on this thread; only their tickets travel.
    QHash<quint64, std::function<void(void *outcome, bool last)>> m_waiting;
};

} // namespace yoid
