// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchimport_p.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kPage = 500;
/// A batch lives in memory while it is prepared.
constexpr int kMostRows = 100'000;
constexpr qsizetype kSample = 200;

/// Sheets end in rows that were filled once and have only separators left; nobody is meant by them.
bool isBlank(std::span<const QStringView> cells)
{
    return std::all_of(cells.begin(), cells.end(), [](QStringView cell) { return cell.trimmed().isEmpty(); });
}

} // namespace

/// The side on the pool.
class BatchImport::Private::Reader final {
public:
    Reader(ImportTask task, std::shared_ptr<Line> line, Private *owner)
        : m_task(std::move(task))
        , m_line(std::move(line))
        , m_owner(owner)
    {
    }

    void run()
    {
        const TableOutcome<QByteArray> outcome = read();
        // The owner is looked at on its own thread only, and there only while the mailbox is open.
        m_line->mailbox.post([owner = m_owner, outcome] { owner->readingEnded(outcome); });
    }

private:
    TableOutcome<QByteArray> read()
    {
        const TableOutcome<TableSample> sample = m_task.file.sample(m_task.look);
        if (const auto *problem = std::get_if<TableProblem>(&sample))
            return *problem;
        m_headers = std::get<TableSample>(sample).headers;
        TableOutcome<QByteArray> outcome = m_task.file.read(
            m_task.look, m_task.hash, [this](const TableRow &row) { return take(row); },
            [this](qint64 bytes) { m_bytes = bytes; });
        if (m_tooMany) {
            TableProblem problem;
            problem.kind = TableProblem::Kind::TooLarge;
            problem.row = m_tooMany;
            return problem;
        }
        const bool whole = std::holds_alternative<QByteArray>(outcome);
        if (whole && m_number == 0) {
            TableProblem problem;
            problem.kind = TableProblem::Kind::Empty;
            return problem;
        }
        if (whole && !m_page.isEmpty() && !handOver()) {
            TableProblem problem;
            problem.kind = TableProblem::Kind::Cancelled;
            return problem;
        }
        return outcome;
    }

    bool take(const TableRow &row)
    {
        if (m_line->cancelled)
            return false;
        if (isBlank(row.cells))
            return true;
        if (m_number == kMostRows) {
            m_tooMany = row.row;
            return false;
        }
        BatchRow made;
        made.number = ++m_number;
        made.line = row.row;
        made.cells.reserve(qsizetype(row.cells.size()));
        for (const QStringView cell : row.cells)
            made.cells.append(cell.toString());
        m_page.append(std::move(made));
        return m_page.size() < kPage || handOver();
    }

    bool handOver()
    {
        if (!std::exchange(m_matched, true))
            match();
        m_line->room.acquire();
        if (m_line->cancelled)
            return false;
        m_line->mailbox.post([owner = m_owner, page = std::exchange(m_page, {}), bytes = m_bytes] { owner->take(page, bytes); });
        return true;
    }

    /// The first page is what the matching is guessed from.
    void match()
    {
        QList<QStringList> sample;
        for (qsizetype i = 0; i < std::min(m_page.size(), kSample); ++i)
            sample.append(m_page.at(i).cells);
        BatchMapping mapping = guessMapping(m_headers, sample, m_task.head.plan.credentialTemplate);
        if (m_task.earlier)
            mapping = carriedOver(*m_task.earlier, mapping);
        mapping.dateOrder.reset(); // each file is asked anew
        m_line->mailbox.post([owner = m_owner, mapping] { owner->task.head.plan.mapping = mapping; });
    }

    ImportTask m_task;
    std::shared_ptr<Line> m_line;
    Private *m_owner;
    QStringList m_headers;
    QList<BatchRow> m_page;
    int m_number = 0;
    qint64 m_bytes = 0;
    qint64 m_tooMany = 0;
    bool m_matched = false;
};

BatchImport::Private::Private(BatchStore &batchStore, Clock &theClock, ImportTask what)
    : store(batchStore)
    , clock(theClock)
    , task(std::move(what))
{
}

BatchImport::Private::~Private()
{
    if (!ended)
        stopReading();
}

void BatchImport::Private::begin(BatchImport *import)
{
    q = import;
    line = std::make_shared<Line>(import);
    QThreadPool::globalInstance()->start(
        [reader = std::make_shared<Reader>(task, line, this)] { reader->run(); });
}

void BatchImport::Private::cancel()
{
    TableProblem problem;
    problem.kind = TableProblem::Kind::Cancelled;
    fail(problem);
}

/// Also takes away what is in the store already: its calls are carried out in order.
void BatchImport::Private::stopReading()
{
    ended = true;
    line->cancelled = true;
    line->mailbox.close();
    line->room.release(2);
    if (asked)
        store.remove(task.head.id, &store, [](const Outcome<Done> &) {}); // what stays for once goes at the next start
}

void BatchImport::Private::take(const QList<BatchRow> &page, qint64 read)
{
    ++writing;
    rows += int(page.size());
    bytes = read;
    if (std::exchange(asked, true)) {
        store.putRows(task.head.id, page, q, [this](const Outcome<Done> &outcome) { written(outcome); });
    } else {
        store.create(task.head, page, q, [this](const Outcome<BatchHead> &made) {
            if (made.ok())
                task.head.ordinal = made->ordinal;
            written(made.ok() ? Outcome<Done>(Done {}) : Outcome<Done>(made.failure()));
        });
    }
    Q_EMIT q->progressed(rows, bytes);
}

void BatchImport::Private::written(const Outcome<Done> &outcome)
{
    --writing;
    if (ended)
        return;
    if (!outcome.ok()) {
        fail(outcome.failure());
        return;
    }
    line->room.release();
    if (hash && writing == 0)
        seal(*hash);
}

void BatchImport::Private::readingEnded(const TableOutcome<QByteArray> &outcome)
{
    if (const auto *problem = std::get_if<TableProblem>(&outcome)) {
        fail(*problem);
        return;
    }
    hash = std::get<QByteArray>(outcome);
    if (writing == 0)
        seal(*hash);
}

/// The fingerprint is written last: without it the batch is a leftover.
void BatchImport::Private::seal(const QByteArray &fingerprint)
{
    task.head.fileHash = fingerprint;
    task.head.rows = rows;
    task.head.changedAt = clock.nowUtc();
    store.put(task.head, q, [this](const Outcome<Done> &outcome) {
        if (ended)
            return;
        if (!outcome.ok()) {
            fail(outcome.failure());
            return;
        }
        ended = true;
        line->mailbox.close();
        done(task.head);
        Q_EMIT q->imported(task.head.id);
        q->deleteLater();
    });
}

void BatchImport::Private::fail(const ImportFailure &why)
{
    if (ended)
        return;
    stopReading();
    // Through the event loop: whoever cancels is not told in the middle of it.
    QMetaObject::invokeMethod(
        q,
        [this, why] {
            Q_EMIT q->failed(why);
            q->deleteLater();
        },
        Qt::QueuedConnection);
}

BatchImport::BatchImport(std::unique_ptr<Private> given, QObject *parent)
    : QObject(parent)
    , d(std::move(given))
{
}

BatchImport::~BatchImport() = default;

int BatchImport::rows() const
{
    return d->rows;
}

qint64 BatchImport::bytes() const
{
    return d->bytes;
}

void BatchImport::cancel()
{
    d->cancel();
}

} // namespace yoid
