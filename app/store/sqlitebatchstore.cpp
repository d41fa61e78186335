// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/sqlitebatchstore.h"

#include "app/base/softassert.h"
#include "app/store/batchtasks.h"

#include <QtCore/QPointer>

#include <utility>

namespace yoid {

SqliteBatchStore::SqliteBatchStore(JournalWriter &writer, HandOver handOver, Who who)
    : m_writer(writer)
    , m_handOver(std::move(handOver))
    , m_who(std::move(who))
{
    connect(&writer, &JournalWriter::batchAnswered, this, [this](quint64 ticket, const std::shared_ptr<void> &outcome, bool last) {
        if (const auto then = last ? m_waiting.take(ticket) : m_waiting.value(ticket))
            then(outcome.get(), last);
    });
    connect(&writer, &JournalWriter::batchChanged, this, &BatchStore::changed);
}

template<typename T>
std::function<void(Outcome<T>)> SqliteBatchStore::expect(QObject *context, Then<T> then)
{
    const quint64 ticket = ++m_lastTicket;
    m_waiting.insert(ticket, [context = QPointer<QObject>(context), then = std::move(then)](void *outcome, bool) {
        if (context)
            then(std::move(*static_cast<Outcome<T> *>(outcome)));
    });
    return [w = &m_writer, ticket](Outcome<T> outcome) {
        Q_EMIT w->batchAnswered(ticket, std::make_shared<Outcome<T>>(std::move(outcome)), true);
    };
}

void SqliteBatchStore::create(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<BatchHead> then)
{
    YOID_ENSURE(context && then, return);
    m_handOver(batchtasks::create(head, rows, m_who(), expect<BatchHead>(context, std::move(then))));
}

void SqliteBatchStore::putRows(const BatchId &batch, const QList<BatchRow> &rows, QObject *context, Then<Done> then)
{
    YOID_ENSURE(context && then, return);
    m_handOver(batchtasks::putRows(batch, rows, m_who(), expect<Done>(context, std::move(then))));
}

void SqliteBatchStore::put(const BatchHead &head, QObject *context, Then<Done> then)
{
    YOID_ENSURE(context && then, return);
    m_handOver(batchtasks::put(head, m_who(), expect<Done>(context, std::move(then))));
}

void SqliteBatchStore::release(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<Done> then)
{
    YOID_ENSURE(context && then, return);
    m_handOver(batchtasks::release(head, rows, m_who(), expect<Done>(context, std::move(then))));
}

void SqliteBatchStore::remove(const BatchId &batch, QObject *context, Then<Done> then)
{
    YOID_ENSURE(context && then, return);
    m_handOver(batchtasks::remove(batch, expect<Done>(context, std::move(then))));
}

void SqliteBatchStore::readHeads(QObject *context, Then<QList<BatchHead>> then)
{
    YOID_ENSURE(context && then, return);
    m_handOver(batchtasks::readHeads(expect<QList<BatchHead>>(context, std::move(then))));
}

void SqliteBatchStore::readRows(const BatchId &batch, QObject *context,
                                std::function<void(const Outcome<QList<BatchRow>> &page, bool last)> page)
{
    YOID_ENSURE(context && page, return);
    const quint64 ticket = ++m_lastTicket;
    m_waiting.insert(ticket, [context = QPointer<QObject>(context), page = std::move(page)](void *outcome, bool last) {
        if (context)
            page(*static_cast<const Outcome<QList<BatchRow>> *>(outcome), last);
    });
    m_handOver(batchtasks::readRows(batch, [w = &m_writer, ticket](Outcome<QList<BatchRow>> rows, bool last) {
        Q_EMIT w->batchAnswered(ticket, std::make_shared<Outcome<QList<BatchRow>>>(std::move(rows)), last);
    }));
}

} // namespace yoid

#include "moc_sqlitebatchstore.cpp"
