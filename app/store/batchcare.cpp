// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/batchcare.h"

#include "app/store/batchscribe.h"

#include <QtCore/QMap>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid::batchcare {

namespace {

using Batch = BatchTables::Batch;

/// How long a draft stays that nobody touches.
constexpr int kDraftDays = 90;

BatchTables::Until dueUntil(int days, const QDateTime &now)
{
    const auto before = [&](int count) { return now.addDays(-count).toMSecsSinceEpoch(); };
    BatchTables::Until until;
    until.draft = before(kDraftDays);
    if (days > 0) {
        until.finished = before(days);
        until.released = before(std::max(days + 30, 365)); // as work that stands where nothing goes on by itself
    }
    return until;
}

bool wasReleased(const BatchHead &head)
{
    return head.phase == BatchPhase::Released || head.phase == BatchPhase::Finished;
}

} // namespace

QList<BatchTables::Place> rowsOf(const QStringList &personKeys, const QList<IntentId> &intents, JournalTables &journal)
{
    BatchTables tables(journal.sql());
    if (!tables.exist())
        return {};
    QMap<std::pair<int, int>, BatchTables::Place> found;
    const auto note = [&](const BatchTables::Place &place) { found.insert({ place.batch, place.number }, place); };
    for (const QString &key : personKeys) {
        const QList<BatchTables::Place> places = tables.rowsOfPerson(key);
        std::for_each(places.cbegin(), places.cend(), note);
    }
    for (const IntentId &intent : intents) {
        if (const std::optional<BatchTables::Place> place = tables.rowOfWork(intent))
            note(*place);
    }
    return found.values();
}

void emptyRows(const QList<BatchTables::Place> &rows, JournalTables &journal)
{
    BatchTables tables(journal.sql());
    for (const BatchTables::Place &row : rows)
        tables.emptyRow(row);
}

std::optional<BatchId> purgeNext(int days, const journalcare::Asked &asked, JournalWriter &writer)
{
    BatchTables tables(writer.tables().sql());
    const std::optional<Batch> due = tables.nextToPurge(dueUntil(days, asked.at));
    if (writer.readFailure() || !due)
        return {};
    BatchHead head = due->head;
    const Outcome<Done> written = writer.transact([&] {
        if (head.phase == BatchPhase::Draft) {
            head.phase = BatchPhase::Dropped;
            head.changedAt = asked.at;
            tables.updateBatch(head, {}, asked.at);
            batchscribe::writePhase(head, asked, writer);
        }
        tables.purge(head.ordinal, wasReleased(head));
        writer.scribe().writeCare(u"purged"_s, asked.at, asked.operatorName, { { u"batch"_s, head.id.text } });
        writer.scribe().writeHead(*writer.sealer());
    });
    if (!written.ok())
        return {};
    tell({ head.ordinal }, writer);
    return head.id;
}

void purgeInCopy(const BatchId &id, JournalTables &journal)
{
    BatchTables tables(journal.sql());
    const std::optional<Batch> batch = tables.exist() ? tables.batch(id) : std::nullopt;
    if (batch)
        tables.purge(batch->head.ordinal, wasReleased(batch->head));
}

void tell(const QSet<int> &batches, JournalWriter &writer)
{
    BatchTables tables(writer.tables().sql());
    for (const int ordinal : batches) {
        if (const std::optional<Batch> batch = tables.batch(ordinal))
            Q_EMIT writer.batchChanged(batchscribe::opened(*batch, writer.sealer()));
    }
}

void tellBatchesOf(const QList<BatchTables::Place> &rows, JournalWriter &writer)
{
    QSet<int> batches;
    for (const BatchTables::Place &row : rows)
        batches.insert(row.batch);
    tell(batches, writer);
}

} // namespace yoid::batchcare
