// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchrun_p.h"
#include "app/flow/stepfacts.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// What was on its way when this batch was released, and what it stands in for.
OfferKnowledge knownAt(const BatchHead &head, const QList<BatchHead> &heads)
{
    OfferKnowledge known;
    known.until = head.releasedAt;
    QHash<BatchId, BatchId> replaces;
    for (const BatchHead &other : heads) {
        replaces.insert(other.id, other.replaces);
        if (other.releasedAt.isValid() && other.releasedAt < head.releasedAt)
            known.released.insert(other.id);
    }
    for (BatchId earlier = head.replaces; !earlier.isEmpty() && !known.replaced.contains(earlier); earlier = replaces.value(earlier))
        known.replaced.insert(earlier);
    return known;
}

bool canBeRead(const JournalStatus &status)
{
    return status.state == JournalStatus::State::Ready || status.state == JournalStatus::State::ReadOnly;
}

} // namespace

/// Begins to read, from the beginning: what an earlier reading still brings counts no longer. Nobody is taken in hand meanwhile.
void BatchRun::Private::load()
{
    reading = std::make_unique<Reading>();
    parts.store.readHeads(&reading->context, [this](const Outcome<QList<BatchHead>> &read) {
        if (!read.ok()) {
            unreadable(read.failure());
            return;
        }
        takeHeads(*read);
    });
    if (!parts.records.isLoaded()) {
        QObject::connect(&parts.records, &RecordBook::loaded, &reading->context, [this] { allRead(); });
        parts.records.load();
    }
}

void BatchRun::Private::takeHeads(const QList<BatchHead> &heads)
{
    const auto own = std::find_if(heads.cbegin(), heads.cend(), [this](const BatchHead &other) { return other.id == head.id; });
    if (own == heads.cend()) {
        unreadable(Failure::of(FailureKind::InvalidInput, u"there is no such batch"_s));
        return;
    }
    head = *own;
    if (!head.planReadable) {
        unreadable(Failure::of(FailureKind::SecretLocked, u"what was decided for this batch cannot be read"_s));
        return;
    }
    draftFor = parts.drafting(head);
    knownAtRelease = knownAt(head, heads);
    if (!head.replaces.isEmpty())
        reading->others.append(head.replaces);
    for (const BatchHead &other : heads) {
        if (!(other.replaces == head.id) || other.phase == BatchPhase::Dropped)
            continue;
        reading->others.append(other.id);
        reading->successors.insert(other.id, { other.rows, other.phase });
    }
    readOther();
}

/// Whose work this batch replaces, and whom others have taken over from it: by the line of the file, which a row keeps.
void BatchRun::Private::readOther()
{
    if (reading->others.isEmpty()) {
        readRows();
        return;
    }
    const BatchId other = reading->others.takeFirst();
    parts.store.readRows(other, &reading->context, [this, other](const Outcome<QList<BatchRow>> &page, bool last) {
        if (!page.ok()) { // half of it would be a wrong answer
            unreadable(page.failure());
            return;
        }
        takeOthers(other, *page);
        if (last)
            readOther();
    });
}

void BatchRun::Private::takeOthers(const BatchId &other, const QList<BatchRow> &page)
{
    for (const BatchRow &row : page) {
        if (other == head.replaces) {
            if (!row.intent.isEmpty() && row.line > 0)
                reading->replaced.insert(row.line, row.intent);
        } else if (row.line > 0) {
            reading->taken.insert(row.line);
        } else {
            ++reading->nameless;
            reading->namelessWork.insert(row.intent);
        }
    }
}

void BatchRun::Private::readRows()
{
    parts.store.readRows(head.id, &reading->context, [this](const Outcome<QList<BatchRow>> &page, bool last) {
        if (!page.ok()) {
            unreadable(page.failure());
            return;
        }
        takePage(*page);
        reading->rowsRead = last;
        if (last)
            allRead();
    });
}

void BatchRun::Private::takePage(const QList<BatchRow> &page)
{
    for (const BatchRow &source : page) {
        if (source.intent.isEmpty())
            continue; // was left out
        reading->nobody += source.line > 0 ? 0 : 1;
        if (const auto place = places.constFind(source.intent); place != places.cend()) {
            takeAgain(*place, source);
            continue;
        }
        BatchRowProgress row;
        row.row = source.number;
        row.intent = source.intent;
        row.person = draftFor(source).person;
        places.insert(source.intent, static_cast<int>(rows.size()));
        rows.append(row);
        sources.append(source);
    }
}

/// Nothing of a released row changes but that its person is forgotten.
void BatchRun::Private::takeAgain(int row, const BatchRow &source)
{
    if (!source.cells.isEmpty() || sources.at(row).line == 0)
        return;
    sources[row].cells.clear();
    sources[row].repaired.clear();
    rows[row].person = {};
    reading->forgotten.append(row);
}

void BatchRun::Private::allRead()
{
    if (!reading->rowsRead || !parts.records.isLoaded())
        return;
    const std::unique_ptr<Reading> read = std::move(reading);
    replaced = read->replaced;
    successors = read->successors;
    takenLines = read->taken;
    takenByWork.clear();
    int nameless = read->nameless;
    for (const RecordBook::Entry &record : parts.records.entries()) {
        if (record->state == JournalState::Dropped || !places.contains(record->replaces))
            continue;
        takenByWork.insert(record->replaces);
        nameless -= read->namelessWork.contains(record->intent) ? 1 : 0;
    }
    // People of a replacing batch whose line went with them (forgotten, purged) and who were not forgotten here: who they were is
    // not known, so it may have been anybody.
    takenUnknown = nameless > read->nobody;
    if (std::exchange(unread, {}) && progress.state != State::Halted)
        progress.failure.reset();
    if (isLoaded)
        lookAtAllAgain(read->forgotten);
    else
        begun();
    if (closed)
        return;
    settleHead();
    touch();
    if (std::exchange(startWanted, false))
        q->start();
    else
        dispatch();
}

void BatchRun::Private::begun()
{
    isLoaded = true;
    standings.fill(BatchStanding::NotBegun, rows.size());
    shares.fill(Share(), rows.size());
    unusedOffers.fill(0, rows.size());
    progress.people = static_cast<int>(rows.size());
    for (int row = 0; row < progress.people; ++row) {
        showAtRest(row);
        if (parts.records.find(rows.at(row).intent))
            toRead.push_back(row);
    }
    if (head.phase == BatchPhase::Finished)
        progress.state = State::Finished;
    touch();
    Q_EMIT q->loaded();
    if (!closed)
        readDetails();
}

/// Who has been taken over, given back or forgotten meanwhile.
void BatchRun::Private::lookAtAllAgain(const QList<int> &forgotten)
{
    const QSet<int> gone(forgotten.cbegin(), forgotten.cend());
    for (int row = 0; row < progress.people; ++row) {
        const bool isClosed = rows.at(row).failure == FailureKind::Replaced;
        const bool isOther = standings.at(row) != BatchStanding::Delivered && isClosed != isTakenOver(row);
        if (gone.contains(row))
            changed(row);
        if (!isOther && !gone.contains(row))
            continue;
        if (const auto hand = hands.find(row); hand != hands.end())
            stopHand(hand->second);
        else if (isOther)
            showAtRest(row);
    }
}

bool BatchRun::Private::isTakenOver(int row) const
{
    const BatchRow &source = sources.at(row);
    return takenUnknown || takenLines.contains(source.line) || takenByWork.contains(source.intent);
}

bool BatchRun::Private::isForgotten(int row) const
{
    if (!sources.at(row).cells.isEmpty())
        return false;
    const RecordBook::Entry record = parts.records.find(sources.at(row).intent);
    return !record || !record->personReadable;
}

/// A batch whose end was not written, or that ends because of what others have done.
void BatchRun::Private::settleHead()
{
    if (isAtWork(progress.state) || !everybodyHasAnOutcome())
        return;
    if (progress.state == State::Resting)
        progress.state = State::Finished;
    if (head.phase == BatchPhase::Released)
        writeHead();
}

void BatchRun::Private::unreadable(const Failure &failure)
{
    reading.reset();
    unread = failure;
    startWanted = false;
    if (!isLoaded) {
        rows.clear();
        sources.clear();
        places.clear();
    }
    if (isAtWork(progress.state)) {
        halt(failure);
        dispatch();
        return;
    }
    progress.failure = failure;
    tell();
}

void BatchRun::Private::readAgain()
{
    if (!closed && unread && !reading)
        load();
}

void BatchRun::Private::statusChanged(const JournalStatus &status)
{
    if (canBeRead(status))
        readAgain();
}

/// A commit about a batch, ours or not.
void BatchRun::Private::headChanged(const BatchHead &changedHead)
{
    if (closed)
        return;
    if (changedHead.id == head.id) {
        // Nothing about the batch itself: a person was forgotten, or what names people was purged.
        const bool ofPeople = changedHead == head || (head.planReadable && !changedHead.planReadable);
        head = changedHead;
        if (ofPeople && (isLoaded || reading))
            load();
        return;
    }
    const QHash<BatchId, Successor> &all = reading ? reading->successors : successors;
    const auto known = all.constFind(changedHead.id);
    const bool isSuccessor = changedHead.replaces == head.id && changedHead.phase != BatchPhase::Dropped;
    const bool isNews = isSuccessor ? known == all.cend() || *known != Successor { changedHead.rows, changedHead.phase }
                                    : known != all.cend();
    if (isNews && (isLoaded || reading))
        load();
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

} // namespace yoid
