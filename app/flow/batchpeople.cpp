// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchrun_p.h"

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool isDelivered(const IssueProgress &progress)
{
    using enum StageState;
    return progress.delivery == Done || (progress.offer == Done && progress.delivery == Skipped) || progress.acceptance == Done
        || progress.acceptance == Failed;
}

/// Where the flow is; nothing while it does not call.
std::optional<ActionKind> callOf(const IssueProgress &progress)
{
    if (progress.account == StageState::Working)
        return ActionKind::CreateAccount;
    if (progress.offer == StageState::Working)
        return ActionKind::MakeOffer;
    if (progress.delivery == StageState::Working)
        return ActionKind::DeliverOffer;
    return {};
}

/// Will not be otherwise by waiting.
bool needsOperator(const Failure &failure)
{
    using enum FailureKind;
    return failure.kind == TlsRefused || failure.kind == SecretRefused || failure.kind == AddressRefused;
}

/// Perhaps nobody is there: no answer at all, or somebody else's (a sign-in page of the network).
bool isOfTheLine(const Failure &failure)
{
    using enum FailureKind;
    return failure.kind == ConnectionLost || failure.kind == Timeout || failure.kind == NotTheApi || failure.kind == RedirectRefused;
}

} // namespace

void BatchRun::Private::begin(std::deque<int> people)
{
    const bool goesOn = isAtWork(progress.state);
    if (goesOn) {
        const QSet<int> waiting(queue.cbegin(), queue.cend());
        std::copy_if(people.cbegin(), people.cend(), std::back_inserter(queue), [&](int row) { return !waiting.contains(row); });
    } else {
        queue = std::move(people);
        breaker = {};
        waits = 0;
        width.startOver();
    }
    if (progress.state != State::WaitingForLine) {
        pausing = false;
        haltWith.reset();
        progress.failure.reset();
        setState(State::Running);
    }
    readAgain();
    dispatch();
}

void BatchRun::Private::dispatch()
{
    while (progress.state == State::Running && !question && !reading && !unread && !queue.empty() && static_cast<int>(hands.size()) < width.now()) {
        const int row = queue.front();
        queue.pop_front();
        const BatchStanding standing = standings.at(row);
        if (hands.count(row) == 0 && standing != BatchStanding::Delivered && standing != BatchStanding::Closed)
            take(row);
    }
    const bool nothingLeft = queue.empty() || progress.state == State::Stopping;
    if (isAtWork(progress.state) && hands.empty() && nothingLeft)
        end();
}

void BatchRun::Private::take(int row)
{
    Hand &hand = hands[row];
    hand.sentMs = now();
    standings[row] = BatchStanding::Midway;
    rows[row].failure.reset();
    rows[row].failureText.clear();
    changed(row);
    const IntentId intent = rows.at(row).intent;
    IssueFlow *const kept = unwritten.take(row);
    if (isForgotten(row)) {
        if (kept)
            parts.letGo(kept);
        hands.erase(row);
        refused(row, {}, Failure::of(FailureKind::InvalidInput, u"what was imported is no longer there"_s));
        return;
    }
    if (kept) {
        hand.wentOn = true;
        hold(row, kept);
        kept->goOn();
        moved(row);
        return;
    }
    if (!parts.records.find(intent)) {
        const IssueDraft draft = draftOf(row);
        if (const std::optional<Failure> given = parts.refusal(draft, knowledgeOf(row))) {
            hands.erase(row);
            rows[row].account = StageState::Failed;
            refused(row, {}, *given);
            return;
        }
        IssueFlow *const flow = parts.begin(draft, knowledgeOf(row));
        hold(row, flow);
        flow->startAfresh(); // the records have all that the journal has
        moved(row);
        return;
    }
    hand.wentOn = true;
    parts.takeUp(intent, knowledgeOf(row), [this, row, self = QPointer<BatchRun>(q)](const Outcome<IssueFlow *> &taken) {
        if (!self || closed || hands.count(row) == 0)
            return;
        if (!taken.ok()) {
            const Hand gone = hands.at(row);
            hands.erase(row);
            showAtRest(row);
            notDelivered(row, gone, taken.failure());
            dispatch();
            return;
        }
        hold(row, *taken);
        if (pausing)
            hands.at(row).stopped = true;
        else if (!isTakenOver(row) && !isForgotten(row))
            (*taken)->goOn();
        moved(row);
    });
}

void BatchRun::Private::hold(int row, IssueFlow *flow)
{
    Hand &hand = hands.at(row);
    hand.flow = flow;
    hand.opening = false;
    QObject::connect(flow, &IssueFlow::progressChanged, q, [this, row] { moved(row); });
    QObject::connect(flow, &IssueFlow::finished, q, [this, row] { moved(row); });
}

void BatchRun::Private::stopHand(const Hand &hand)
{
    if (hand.flow)
        hand.flow->stop();
}

void BatchRun::Private::moved(int row)
{
    const auto found = hands.find(row);
    if (closed || found == hands.end() || !found->second.flow)
        return;
    Hand &hand = found->second;
    const IssueProgress &at = hand.flow->progress();
    if (const std::optional<ActionKind> call = callOf(at); call && *call != hand.call) {
        hand.call = *call;
        hand.sentMs = now();
    }
    showProgress(rows[row], at);
    changed(row);
    if (std::exchange(hand.toBeLookedAt, true))
        return;
    // After whoever writes next has begun to.
    QMetaObject::invokeMethod(q, [this, row] { lookWhetherAtRest(row); }, Qt::QueuedConnection);
}

void BatchRun::Private::lookWhetherAtRest(int row)
{
    const auto found = hands.find(row);
    if (closed || found == hands.end())
        return;
    found->second.toBeLookedAt = false;
    const QPointer<IssueFlow> flow = found->second.flow;
    if (!found->second.opening && (!flow || !flow->isBusy()))
        atRest(row);
}

void BatchRun::Private::atRest(int row)
{
    const Hand hand = hands.at(row);
    hands.erase(row);
    if (!hand.flow) { // somebody else has dropped the work
        showAtRest(row);
        dispatch();
        return;
    }
    const IssueProgress last = hand.flow->progress();
    const bool delivered = isDelivered(last);
    hand.flow->disconnect(q);
    // One that was stopped would never go on: what it could not write is in doubt, as after a crash, and settled by looking.
    if (!delivered && last.failure && last.failure->kind == FailureKind::StorageFailed && hand.flow->canGoOn())
        unwritten.insert(row, hand.flow);
    else
        parts.letGo(hand.flow);
    showAtRest(row);
    if (delivered) {
        breaker.succeeded();
        pace.finished(now());
        sources[row].cells.clear();
        sources[row].repaired.clear();
    } else {
        notDelivered(row, hand, last.failure);
    }
    dispatch();
}

void BatchRun::Private::notDelivered(int row, const Hand &hand, const std::optional<Failure> &failure)
{
    if (!failure || failure->kind == FailureKind::Cancelled) { // stopped on the way, or it turned out to have been begun before
        if (progress.state == State::Running && (!hand.wentOn || hand.stopped))
            queue.push_front(row);
        return;
    }
    if (failure->kind == FailureKind::StorageFailed || !parts.journal.status().takesLines()) {
        halt(*failure);
    } else if (concernsEverybody(*failure)) {
        // One that may have been carried out all the same stays in doubt: asked for again at once it might reach the person each time.
        if (!failure->mayHaveExecuted)
            queue.push_front(row);
        silent = hand.call;
        if (needsOperator(*failure))
            halt(*failure);
        else
            awaitLine(*failure);
    } else if (isOfTheLine(*failure)) {
        noAnswer(row, hand, *failure);
    } else {
        refused(row, hand, *failure);
    }
}

void BatchRun::Private::noAnswer(int row, const Hand &hand, const Failure &failure)
{
    if (!failure.mayHaveExecuted && isPassing(failure.kind)) {
        queue.push_front(row); // it did not arrive
    } else {
        rows[row].failureText = failure.serverText;
        pace.finished(now());
    }
    silent = hand.call;
    if (breaker.failed(failure, hand.sentMs, now()))
        halt(failure);
    else if (progress.state == State::Running)
        askLine(); // before somebody else falls into doubt
}

void BatchRun::Private::refused(int row, const Hand &hand, const Failure &failure)
{
    BatchStanding &standing = standings[row];
    if (standing == BatchStanding::Midway || standing == BatchStanding::NotBegun)
        standing = BatchStanding::Refused; // nothing was sent, and it would be no different the next time
    rows[row].failure = failure.kind;
    rows[row].failureText = failure.serverText;
    pace.finished(now());
    changed(row);
    const bool ofThisPerson
        = failure.kind == FailureKind::AlreadyGiven || (failure.kind == FailureKind::InvalidInput && failure.httpStatus == 0);
    if (!ofThisPerson && breaker.failed(failure, hand.sentMs, now()))
        halt(failure);
}

void BatchRun::Private::heard(const WorkRecord &record)
{
    if (closed || !isLoaded)
        return;
    if (!record.replaces.isEmpty())
        heardReplacement(record);
    const auto place = places.constFind(record.intent);
    if (place == places.cend())
        return;
    const int row = *place;
    if (hands.count(row) == 0) {
        takeRecord(row, record);
    } else { // the flow tells the rest
        rows[row].stage = stageOf(record);
        progress.unusedOffers += record.unusedOffers - std::exchange(unusedOffers[row], record.unusedOffers);
        changed(row);
    }
}

/// Other work was begun in place of that of one of these people, or is given up.
void BatchRun::Private::heardReplacement(const WorkRecord &record)
{
    const auto place = places.constFind(record.replaces);
    const bool stands = record.state != JournalState::Dropped;
    if (place == places.cend() || takenByWork.contains(record.replaces) == stands)
        return;
    if (stands)
        takenByWork.insert(record.replaces);
    else
        takenByWork.remove(record.replaces);
    if (const auto hand = hands.find(*place); hand != hands.end())
        stopHand(hand->second);
    else
        showAtRest(*place);
}

void BatchRun::Private::takeRecord(int row, const WorkRecord &record)
{
    const QString text = rows.at(row).failureText;
    showRecord(rows[row], record);
    if (!record.personReadable)
        rows[row].person = {}; // forgotten
    rows[row].failureText = rows.at(row).failure ? text : QString();
    standings[row] = standingOf(record);
    if (standings.at(row) != BatchStanding::Delivered && isTakenOver(row))
        showTakenOver(row);
    progress.unusedOffers += record.unusedOffers - std::exchange(unusedOffers[row], record.unusedOffers);
    changed(row);
}

void BatchRun::Private::showAtRest(int row)
{
    if (const RecordBook::Entry record = parts.records.find(rows.at(row).intent)) {
        takeRecord(row, *record);
        return;
    }
    BatchRowProgress &shown = rows[row];
    shown.account = shown.offer = shown.delivery = shown.acceptance = StageState::NotStarted;
    shown.failure.reset();
    shown.failureText.clear();
    standings[row] = BatchStanding::NotBegun;
    if (isTakenOver(row))
        showTakenOver(row);
    changed(row);
}

void BatchRun::Private::showTakenOver(int row)
{
    using enum StageState;
    standings[row] = BatchStanding::Closed;
    BatchRowProgress &shown = rows[row];
    shown.failure = FailureKind::Replaced;
    shown.failureText.clear();
    for (StageState *const stage : { &shown.account, &shown.offer, &shown.delivery }) {
        if (*stage == Done || *stage == Skipped)
            continue;
        if (*stage == NotStarted)
            *stage = Failed; // where it ends
        break;
    }
}

bool BatchRun::Private::canRetry(int row) const
{
    const BatchStanding standing = standings.at(row);
    const bool failed = standing == BatchStanding::Refused || standing == BatchStanding::Doubtful
        || (standing == BatchStanding::Midway && rows.at(row).failure);
    return failed && hands.count(row) == 0;
}

} // namespace yoid
