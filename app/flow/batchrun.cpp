// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchrun.h"

#include "app/flow/batchrun_p.h"
#include "app/flow/stepfacts.h"

#include <QtCore/QSet>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kBetweenTellings = 100ms;
constexpr std::chrono::milliseconds kPulse = 1s;    // rate, time left and the line change by themselves

} // namespace

BatchRun::Private::Private(const BatchHead &batch, BatchRunParts runParts, int most)
    : head(batch)
    , parts(std::move(runParts))
    , width(most)
    , telling(parts.clock.createAlarm())
    , patience(parts.clock.createAlarm())
    , loading(std::make_unique<QObject>())
{
    progress.batch = head.id;
    progress.width = width.now();
}

void BatchRun::Private::attach(BatchRun *run)
{
    q = run;
    QObject::connect(telling.get(), &Alarm::rang, q, [this] { tell(); });
    QObject::connect(patience.get(), &Alarm::rang, q, [this] { askLine(); });
    QObject::connect(&parts.journal, &Journal::recordChanged, q, [this](const WorkRecord &record) { heard(record); });
    QObject::connect(&parts.store, &BatchStore::changed, q, [this](const BatchHead &changedHead) {
        if (changedHead.id == head.id)
            head = changedHead;
    });
    load();
}

void BatchRun::Private::drop()
{
    closed = true;
    startWanted = false;
    telling->stop();
    patience->stop();
    question.reset();
    loading.reset();
    hands.clear(); // the flows are the session's
    queue.clear();
    progress.state = State::Resting;
    progress.inHand = 0;
}

void BatchRun::Private::load()
{
    if (!head.planReadable) {
        progress.failure = Failure::of(FailureKind::SecretLocked, u"what was decided for this batch cannot be read"_s);
        return;
    }
    if (head.replaces.isEmpty())
        readRows();
    else
        readReplaced();
    if (!parts.records.isLoaded()) {
        QObject::connect(&parts.records, &RecordBook::loaded, loading.get(), [this] { loadedBoth(); });
        parts.records.load();
    }
}

void BatchRun::Private::readReplaced()
{
    parts.store.readRows(head.replaces, loading.get(), [this](const Outcome<QList<BatchRow>> &page, bool last) {
        for (const BatchRow &row : page.ok() ? *page : QList<BatchRow>()) {
            if (!row.intent.isEmpty())
                replaced.insert(row.line, row.intent);
        }
        if (last)
            readRows();
    });
}

IssueDraft BatchRun::Private::draftOf(int row) const
{
    IssueDraft draft = parts.draftOf(sources.at(row));
    draft.replaces = replaced.value(sources.at(row).line);
    return draft;
}

void BatchRun::Private::readRows()
{
    parts.store.readRows(head.id, loading.get(), [this](const Outcome<QList<BatchRow>> &page, bool last) {
        if (!page.ok()) {
            progress.failure = page.failure();
            rows.clear();
            sources.clear();
            places.clear();
            return;
        }
        takePage(*page);
        rowsRead = last;
        if (last)
            loadedBoth();
    });
}

void BatchRun::Private::takePage(const QList<BatchRow> &page)
{
    for (const BatchRow &source : page) {
        if (source.intent.isEmpty() || places.contains(source.intent))
            continue; // was left out
        BatchRowProgress row;
        row.row = source.number;
        row.intent = source.intent;
        row.person = parts.draftOf(source).person;
        places.insert(source.intent, static_cast<int>(rows.size()));
        rows.append(row);
        sources.append(source);
    }
}

void BatchRun::Private::loadedBoth()
{
    if (isLoaded || !rowsRead || !parts.records.isLoaded())
        return;
    isLoaded = true;
    standings.fill(BatchStanding::NotBegun, rows.size());
    shares.fill(Share(), rows.size());
    unusedOffers.fill(0, rows.size());
    progress.people = static_cast<int>(rows.size());
    progress.failure.reset();
    for (int row = 0; row < progress.people; ++row) {
        showAtRest(row);
        if (standings.at(row) != BatchStanding::NotBegun)
            toRead.push_back(row);
    }
    if (head.phase == BatchPhase::Finished)
        progress.state = State::Finished;
    touch();
    Q_EMIT q->loaded();
    if (closed)
        return;
    readDetails();
    if (std::exchange(startWanted, false))
        q->start();
}

/// What records do not tell: whether the account was new, and whether its first password is still here. One at a time, and nobody
/// waits for it.
void BatchRun::Private::readDetails()
{
    while (!toRead.empty() && hands.count(toRead.front()) > 0)
        toRead.pop_front(); // the flow tells
    if (toRead.empty() || storyBeingRead)
        return;
    const int row = toRead.front();
    toRead.pop_front();
    storyBeingRead = true;
    parts.journal.readDetails(rows.at(row).intent, loading.get(), [this, row](const Outcome<WorkDetails> &details) {
        storyBeingRead = false;
        if (details.ok() && hands.count(row) == 0)
            takeDetails(row, *details);
        readDetails();
    });
}

void BatchRun::Private::takeDetails(int row, const WorkDetails &details)
{
    BatchRowProgress &shown = rows[row];
    const BatchRowProgress before = shown;
    shown.hasFirstPassword = details.hasFirstPassword;
    for (const StoredStep &stored : details.story) {
        if (stored.step.state != JournalState::AccountReady)
            continue;
        shown.accountIsNew = stored.step.facts.value(fact::created).toBool();
        if (shown.account == StageState::NotStarted)
            shown.account = StageState::Done; // nothing was sent, but of the offer
    }
    if (shown != before)
        changed(row);
}

void BatchRun::Private::changed(int row)
{
    count(shares.at(row), -1);
    shares[row] = shareOf(row);
    count(shares.at(row), 1);
    dirty.insert(row);
    touch();
}

BatchRun::Private::Share BatchRun::Private::shareOf(int row) const
{
    using enum StageState;
    const BatchRowProgress &shown = rows.at(row);
    const BatchStanding standing = standings.at(row);
    Share share;
    share.account = shown.account == Done || shown.account == Skipped;
    share.offer = shown.offer == Done;
    share.delivered = shown.delivery == Done || (share.offer && shown.delivery == Skipped);
    share.accepted = shown.acceptance == Done;
    share.failed = standing == BatchStanding::Refused || standing == BatchStanding::Closed;
    share.doubtful = standing == BatchStanding::Doubtful;
    return share;
}

void BatchRun::Private::count(const Share &share, int sign)
{
    progress.accounts += sign * share.account;
    progress.offers += sign * share.offer;
    progress.delivered += sign * share.delivered;
    progress.accepted += sign * share.accepted;
    progress.failed += sign * share.failed;
    progress.doubtful += sign * share.doubtful;
}

void BatchRun::Private::touch()
{
    if (closed || !isLoaded || std::exchange(tellingSoon, true))
        return;
    const auto since = std::chrono::milliseconds(now() - toldMs);
    telling->start(std::clamp<std::chrono::milliseconds>(kBetweenTellings - since, 0ms, kBetweenTellings));
}

void BatchRun::Private::tell()
{
    if (closed)
        return;
    telling->stop();
    tellingSoon = false;
    const qint64 at = now();
    progress.inHand = static_cast<int>(hands.size());
    progress.width = width.now();
    progress.perMinute = pace.perMinute(at);
    progress.secondsLeft.reset();
    if (isAtWork(progress.state))
        progress.secondsLeft = pace.secondsFor(static_cast<int>(queue.size() + hands.size()), at);
    progress.line = line.quality(at);
    toldMs = at;
    const QList<int> indexes(dirty.cbegin(), dirty.cend());
    dirty.clear();
    if (isAtWork(progress.state))
        telling->start(kPulse);
    const QPointer<BatchRun> self(q);
    if (progress != told) {
        told = progress;
        Q_EMIT q->progressChanged(told);
    }
    if (self && !closed && !indexes.isEmpty())
        Q_EMIT q->rowsChanged(indexes);
}

BatchRun::BatchRun(std::unique_ptr<Private> own, QObject *parent)
    : QObject(parent)
    , d(std::move(own))
{
    d->attach(this);
}

BatchRun::~BatchRun() = default;

bool BatchRun::isLoaded() const
{
    return d->isLoaded;
}

const BatchProgress &BatchRun::progress() const
{
    return d->progress;
}

const QList<BatchRowProgress> &BatchRun::rows() const
{
    return d->rows;
}

void BatchRun::start()
{
    if (d->closed)
        return;
    if (!d->isLoaded) {
        d->startWanted = true;
        return;
    }
    if (d->progress.state == BatchProgress::State::WaitingForLine)
        d->lookAgain();
    if (d->progress.state == BatchProgress::State::WaitingForLine || d->progress.state == BatchProgress::State::Running)
        return;
    std::deque<int> people;
    for (const bool begun : { true, false }) { // what was left in the middle comes first
        for (int row = 0; row < d->progress.people; ++row) {
            const BatchStanding standing = d->standings.at(row);
            const bool fits = begun ? standing == BatchStanding::Midway || standing == BatchStanding::Doubtful
                                    : standing == BatchStanding::NotBegun;
            if (fits && d->hands.count(row) == 0)
                people.push_back(row);
        }
    }
    d->begin(std::move(people));
}

void BatchRun::stop()
{
    d->stopWorking(false);
}

void BatchRun::pause()
{
    d->stopWorking(true);
}

void BatchRun::retry(const QList<int> &wanted)
{
    if (d->closed || !d->isLoaded)
        return;
    const QSet<int> numbers(wanted.cbegin(), wanted.cend());
    std::deque<int> people;
    for (int row = 0; row < d->progress.people; ++row) {
        if (d->canRetry(row) && numbers.contains(d->rows.at(row).row))
            people.push_back(row);
    }
    if (!people.empty())
        d->begin(std::move(people));
}

QList<int> BatchRun::retryable() const
{
    QList<int> found;
    for (int row = 0; row < d->standings.size(); ++row) {
        if (d->canRetry(row))
            found.append(d->rows.at(row).row);
    }
    return found;
}

void BatchRun::setWidth(int most)
{
    d->width.setMost(most);
    d->dispatch();
    d->touch();
}

void BatchRun::exchanged(const ExchangeRecord &record)
{
    d->exchanged(record);
}

void BatchRun::lookAgain()
{
    d->lookAgain();
}

void BatchRun::drop()
{
    d->drop();
}

bool BatchRun::isAtWork() const
{
    return Private::isAtWork(d->progress.state);
}

} // namespace yoid
