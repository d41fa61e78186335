// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/batchtasks.h"

#include "app/base/logging.h"
#include "app/store/batchcare.h"
#include "app/store/batchrules.h"
#include "app/store/batchscribe.h"
#include "app/store/journalmeta.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid::batchtasks {

namespace {

using namespace batchscribe;
using Batch = BatchTables::Batch;

struct Known {
    std::optional<Batch> batch;
    [[nodiscard]] const BatchHead *head() const { return batch ? &batch->head : nullptr; }
};

void putRowsInto(int ordinal, const BatchId &batch, const QList<BatchRow> &rows, JournalWriter &writer)
{
    BatchTables tables(writer.tables().sql());
    for (const BatchRow &row : rows) {
        tables.putRow(ordinal, sealedRow(row, batch, *writer.sealer()));
        tables.putPersonKeys(ordinal, row.number, row.personKeys);
    }
}

/// The head as it is to be written beside the one that is there.
BatchHead following(BatchHead head, const BatchHead &known)
{
    head.ordinal = known.ordinal;
    return head;
}

QByteArray planFor(const BatchHead &head, const Batch &known, JournalWriter &writer)
{
    return leavesPlan(head) || known.purged ? QByteArray() : sealedPlan(head, *writer.sealer());
}

Outcome<BatchHead> createNow(BatchHead head, const QList<BatchRow> &rows, const Asked &asked, JournalWriter &writer)
{
    BatchTables tables(writer.tables().sql());
    const Known known { tables.batch(head.id) };
    head.ordinal = writer.tables().meta(journalmeta::lastBatch).toInt() + 1;
    if (const std::optional<Failure> failure = writer.readFailure())
        return *failure;
    if (const std::optional<Failure> refusal = refusalOfNewBatch(head, rows, known.head()))
        return *refusal;
    const Outcome<Done> written = writer.transact([&] {
        writer.tables().setMeta(journalmeta::lastBatch, QByteArray::number(head.ordinal));
        tables.insertBatch(head, sealedPlan(head, *writer.sealer()), asked.at);
        putRowsInto(head.ordinal, head.id, rows, writer);
    });
    if (!written.ok())
        return written.failure();
    head.planReadable = true;
    return head;
}

Outcome<int> putRowsNow(const BatchId &batch, const QList<BatchRow> &rows, const Asked &asked, JournalWriter &writer)
{
    BatchTables tables(writer.tables().sql());
    const Known known { tables.batch(batch) };
    if (const std::optional<Failure> failure = writer.readFailure())
        return *failure;
    if (const std::optional<Failure> refusal = refusalOfRows(rows, known.head()))
        return *refusal;
    const int ordinal = known.head()->ordinal;
    const Outcome<Done> written = writer.transact([&] {
        putRowsInto(ordinal, batch, rows, writer);
        tables.touch(ordinal, asked.at);
    });
    return written.ok() ? Outcome<int>(ordinal) : Outcome<int>(written.failure());
}

Outcome<int> putNow(const BatchHead &head, const Asked &asked, JournalWriter &writer)
{
    BatchTables tables(writer.tables().sql());
    const Known known { tables.batch(head.id) };
    if (const std::optional<Failure> failure = writer.readFailure())
        return *failure;
    if (const std::optional<Failure> refusal = refusalOfHead(head, known.head()))
        return *refusal;
    const BatchHead next = following(head, *known.head());
    const Outcome<Done> written = writer.transact([&] {
        tables.updateBatch(next, planFor(next, *known.batch, writer), asked.at);
        if (next.phase != known.head()->phase)
            writePhase(next, asked, writer);
    });
    return written.ok() ? Outcome<int>(next.ordinal) : Outcome<int>(written.failure());
}

/// The rows are there and whole, and their intents are nobody else's.
std::optional<Failure> refusalOfTheseRows(int ordinal, const QList<BatchRow> &rows, BatchTables &tables)
{
    for (const BatchRow &row : rows) {
        if (!tables.hasWholeRow(ordinal, row.number))
            return refusalOfReleasedRow(row.number);
        if (tables.hasIntent(row.intent))
            return refusalOfTakenIntent(row.number);
    }
    return {};
}

Outcome<int> releaseNow(const BatchHead &head, const QList<BatchRow> &rows, const Asked &asked, JournalWriter &writer)
{
    BatchTables tables(writer.tables().sql());
    const Known known { tables.batch(head.id) };
    std::optional<Failure> refusal = refusalOfRelease(head, rows, known.head());
    if (!refusal)
        refusal = refusalOfTheseRows(known.head()->ordinal, rows, tables);
    if (const std::optional<Failure> failure = writer.readFailure())
        return *failure;
    if (refusal)
        return *refusal;
    if (!writer.backupsFolder().isEmpty()) {
        if (const Outcome<Done> made = writer.file().backup(); !made.ok())
            qCWarning(lcStore) << "journal: no backup before a batch:" << made.failure().technical;
        if (const std::optional<Failure> unwritable = writer.refusal()) // it may have filled the disk
            return *unwritable;
    }
    const BatchHead next = following(head, *known.head());
    const Outcome<Done> written = writer.transact([&] {
        tables.updateBatch(next, planFor(next, *known.batch, writer), asked.at);
        for (const BatchRow &row : rows) {
            tables.release(next.ordinal, sealedRow(row, next.id, *writer.sealer()));
            tables.putPersonKeys(next.ordinal, row.number, row.personKeys);
        }
        writePhase(next, asked, writer);
    });
    return written.ok() ? Outcome<int>(next.ordinal) : Outcome<int>(written.failure());
}

Outcome<BatchHead> removeNow(const BatchId &batch, JournalWriter &writer)
{
    BatchTables tables(writer.tables().sql());
    const Known known { tables.batch(batch) };
    if (const std::optional<Failure> failure = writer.readFailure())
        return *failure;
    if (const std::optional<Failure> refusal = refusalOfRemoval(known.head()))
        return *refusal;
    const Outcome<Done> written = writer.transact([&] { tables.removeBatch(known.head()->ordinal); });
    return written.ok() ? Outcome<BatchHead>(removedBatch(*known.head())) : Outcome<BatchHead>(written.failure());
}

/// Gives the answer, and tells how the batch stands now.
JournalWriter::Task changing(Give<Done> give, std::function<Outcome<int>(JournalWriter &)> work)
{
    return [give = std::move(give), work = std::move(work)](JournalWriter &writer) {
        const std::optional<Failure> refusal = writer.refusal();
        const Outcome<int> done = refusal ? Outcome<int>(*refusal) : work(writer);
        give(done.ok() ? Outcome<Done>(Done {}) : Outcome<Done>(done.failure()));
        if (done.ok())
            batchcare::tell({ *done }, writer);
        return true;
    };
}

} // namespace

JournalWriter::Task create(const BatchHead &head, const QList<BatchRow> &rows, const Asked &asked, Give<BatchHead> give)
{
    return [=, give = std::move(give)](JournalWriter &writer) {
        const std::optional<Failure> refusal = writer.refusal();
        const Outcome<BatchHead> made = refusal ? Outcome<BatchHead>(*refusal) : createNow(head, rows, asked, writer);
        give(made);
        if (made.ok())
            Q_EMIT writer.batchChanged(*made);
        return true;
    };
}

JournalWriter::Task putRows(const BatchId &batch, const QList<BatchRow> &rows, const Asked &asked, Give<Done> give)
{
    return changing(std::move(give), [=](JournalWriter &writer) { return putRowsNow(batch, rows, asked, writer); });
}

JournalWriter::Task put(const BatchHead &head, const Asked &asked, Give<Done> give)
{
    return changing(std::move(give), [=](JournalWriter &writer) { return putNow(head, asked, writer); });
}

JournalWriter::Task release(const BatchHead &head, const QList<BatchRow> &rows, const Asked &asked, Give<Done> give)
{
    return changing(std::move(give), [=](JournalWriter &writer) { return releaseNow(head, rows, asked, writer); });
}

JournalWriter::Task remove(const BatchId &batch, Give<Done> give)
{
    return [batch, give = std::move(give)](JournalWriter &writer) {
        const std::optional<Failure> refusal = writer.refusal();
        const Outcome<BatchHead> gone = refusal ? Outcome<BatchHead>(*refusal) : removeNow(batch, writer);
        give(gone.ok() ? Outcome<Done>(Done {}) : Outcome<Done>(gone.failure()));
        if (gone.ok())
            Q_EMIT writer.batchChanged(*gone);
        return true;
    };
}

JournalWriter::Task readHeads(Give<QList<BatchHead>> give)
{
    return [give = std::move(give)](JournalWriter &writer) {
        if (const std::optional<Failure> closed = writer.unreadable()) {
            give(*closed);
            return true;
        }
        QList<BatchHead> heads;
        BatchTables tables(writer.tables().sql());
        if (tables.exist()) {
            const QList<Batch> all = tables.batches();
            for (const Batch &batch : all)
                heads.append(opened(batch, writer.sealer()));
        }
        if (const std::optional<Failure> failure = writer.readFailure())
            give(*failure);
        else
            give(heads);
        return true;
    };
}

JournalWriter::Task readRows(const BatchId &batch, GivePage give)
{
    return [batch, give = std::move(give), after = 0](JournalWriter &writer) mutable {
        const auto ended = [&](const Failure &failure) {
            give(failure, true);
            return true;
        };
        if (const std::optional<Failure> closed = writer.unreadable())
            return ended(*closed);
        BatchTables tables(writer.tables().sql());
        const std::optional<Batch> known = tables.exist() ? tables.batch(batch) : std::nullopt;
        QList<BatchTables::Row> sealed;
        if (known)
            sealed = tables.rowsAfter(known->head.ordinal, after, JournalWriter::pageSize);
        if (const std::optional<Failure> failure = writer.readFailure())
            return ended(*failure);
        if (!known)
            return ended(refusalOfUnknownBatch());
        QList<BatchRow> rows;
        rows.reserve(sealed.size());
        for (const BatchTables::Row &one : std::as_const(sealed)) {
            Outcome<BatchRow> row = opened(one, batch, writer.sealer());
            if (!row.ok())
                return ended(row.failure());
            rows.append(std::move(*row));
            after = one.number;
        }
        const bool last = sealed.size() < JournalWriter::pageSize;
        give(rows, last);
        return last;
    };
}

JournalWriter::Task tellAll()
{
    return [](JournalWriter &writer) {
        if (writer.unreadable())
            return true;
        BatchTables tables(writer.tables().sql());
        const QList<Batch> all = tables.exist() ? tables.batches() : QList<Batch>();
        if (!writer.readFailure()) {
            for (const Batch &batch : all)
                Q_EMIT writer.batchChanged(opened(batch, writer.sealer()));
        }
        return true;
    };
}

} // namespace yoid::batchtasks
