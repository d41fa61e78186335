// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchrun.h"

#include "app/flow/batchrun_p.h"

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
    QObject::connect(&parts.journal, &Journal::statusChanged, q, [this](const JournalStatus &status) { statusChanged(status); });
    QObject::connect(&parts.store, &BatchStore::changed, q, [this](const BatchHead &changedHead) { headChanged(changedHead); });
    load();
}

void BatchRun::Private::drop()
{
    closed = true;
    startWanted = false;
    telling->stop();
    patience->stop();
    question.reset();
    reading.reset();
    loading.reset();
    hands.clear(); // the flows are the session's
    queue.clear();
    progress.state = State::Resting;
    progress.inHand = 0;
}

IssueDraft BatchRun::Private::draftOf(int row) const
{
    IssueDraft draft = draftFor(sources.at(row));
    draft.replaces = replaced.value(sources.at(row).line);
    return draft;
}

OfferKnowledge BatchRun::Private::knowledgeOf(int row) const
{
    OfferKnowledge knowledge = knownAtRelease;
    knowledge.ofEarlier = sources.at(row).choice == RowChoice::IssueAgain;
    return knowledge;
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
    if (!d->isLoaded || d->unread) {
        d->startWanted = true;
        d->readAgain();
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

void BatchRun::readAgain()
{
    d->readAgain();
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
