// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchrun_p.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace yoid {

namespace {

bool isOfIssuing(ActionKind action)
{
    return action == ActionKind::CreateAccount || action == ActionKind::MakeOffer || action == ActionKind::DeliverOffer;
}

/// "Not now", or nothing: fewer people at a time may help.
bool isTrouble(const ExchangeRecord &record)
{
    return record.status == 0 || record.status == 429 || record.status == 503 || record.status == 504;
}

/// The service itself has said something, so the line is there.
bool isAnswer(const Failure &failure)
{
    using enum FailureKind;
    const bool somebodyElse = failure.kind == NotTheApi || failure.kind == RedirectRefused;
    return failure.httpStatus != 0 && failure.kind != RateLimited && !somebodyElse;
}

} // namespace

void BatchRun::Private::exchanged(const ExchangeRecord &record)
{
    const auto place = places.constFind(IntentId { record.requestId });
    if (closed || !isLoaded || place == places.cend())
        return;
    progress.bytes += record.bytesSent + record.bytesReceived;
    const bool ended = !(record.failed && record.status == 0 && record.failure == FailureKind::Cancelled);
    if (ended)
        line.ended(now(), record.durationMs, record.status != 0);
    if (ended && isOfIssuing(record.action) && hands.count(*place) > 0) {
        if (isTrouble(record))
            width.troubled();
        else
            width.answered(record.action, record.durationMs);
        if (!record.failed)
            waits = 0;
        if (progress.state == State::Running) // there may be room for more
            QMetaObject::invokeMethod(q, [this] { dispatch(); }, Qt::QueuedConnection);
    }
    touch();
}

void BatchRun::Private::awaitLine(const Failure &failure)
{
    if (progress.state != State::Running && progress.state != State::WaitingForLine)
        return; // stopping anyway
    question.reset();
    const bool known = progress.state == State::WaitingForLine && patience->isActive();
    const bool patient = failure.kind == FailureKind::RateLimited && failure.retryAfter;
    if (known && !patient)
        return; // others in hand have met with it, too
    const std::chrono::milliseconds wait = patient ? *failure.retryAfter : Backoff().wait(++waits, parts.random());
    const QDateTime until = patient ? parts.clock.nowUtc().addMSecs(wait.count()) : QDateTime();
    if (known && progress.resumesAt.isValid() && until <= progress.resumesAt)
        return;
    progress.failure = failure;
    progress.resumesAt = until;
    patience->start(wait);
    setState(State::WaitingForLine);
}

void BatchRun::Private::askLine()
{
    if (closed || question || !isAtWork(progress.state))
        return;
    if (progress.state == State::WaitingForLine && progress.resumesAt.isValid()) { // it has said itself when to come again
        goOn();
        return;
    }
    question = std::make_unique<QObject>();
    parts.probe(silent, question.get(), [this](const Outcome<Done> &outcome) { lineAnswered(outcome); });
}

void BatchRun::Private::lineAnswered(const Outcome<Done> &outcome)
{
    question.reset();
    if (closed || (progress.state != State::Running && progress.state != State::WaitingForLine))
        return;
    if (outcome.ok() || isAnswer(outcome.failure())) {
        goOn();
        return;
    }
    const FailureKind kind = outcome.failure().kind;
    if (kind == FailureKind::TlsRefused || kind == FailureKind::SecretRefused || kind == FailureKind::AddressRefused)
        halt(outcome.failure());
    else
        awaitLine(outcome.failure());
    dispatch();
}

void BatchRun::Private::goOn()
{
    patience->stop();
    if (progress.state == State::WaitingForLine) {
        progress.failure.reset();
        progress.resumesAt = {};
        setState(State::Running);
    }
    dispatch();
}

void BatchRun::Private::lookAgain()
{
    if (progress.state != State::WaitingForLine || progress.resumesAt.isValid())
        return; // patience that the service asked for is kept
    patience->stop();
    askLine();
}

void BatchRun::Private::halt(const Failure &failure)
{
    if (!isAtWork(progress.state) || haltWith)
        return;
    haltWith = failure;
    progress.failure = failure;
    progress.resumesAt = {};
    patience->stop();
    question.reset();
    setState(State::Stopping);
}

void BatchRun::Private::stopWorking(bool atOnce)
{
    startWanted = false;
    if (closed || !isAtWork(progress.state))
        return;
    patience->stop();
    question.reset();
    progress.resumesAt = {};
    if (!haltWith)
        progress.failure.reset();
    setState(State::Stopping);
    if (atOnce) {
        pausing = true;
        QList<QPointer<IssueFlow>> inHand;
        for (auto &[row, hand] : hands) {
            hand.stopped = true;
            inHand.append(hand.flow);
        }
        for (const QPointer<IssueFlow> &flow : std::as_const(inHand)) {
            if (flow)
                flow->stop();
        }
    }
    dispatch();
}

void BatchRun::Private::end()
{
    queue.clear();
    pausing = false;
    question.reset();
    patience->stop();
    const std::optional<Failure> halted = std::exchange(haltWith, {});
    const bool finished = !halted && everybodyHasAnOutcome();
    progress.failure = halted;
    progress.resumesAt = {};
    setState(halted ? State::Halted : finished ? State::Finished : State::Resting);
    writeHead();
    const QPointer<BatchRun> self(q);
    tell();
    if (self && !closed)
        Q_EMIT q->ended(progress);
}

bool BatchRun::Private::everybodyHasAnOutcome() const
{
    return std::all_of(standings.cbegin(), standings.cend(), [](BatchStanding standing) {
        return standing == BatchStanding::Delivered || standing == BatchStanding::Refused || standing == BatchStanding::Closed;
    });
}

/// Some refusals leave no line behind (a call that never went out): only this run knows them. Forgotten with it, the work would lie
/// unfinished in a batch that nobody asks about.
bool BatchRun::Private::everyReasonIsKept() const
{
    for (int row = 0; row < progress.people; ++row) {
        const std::optional<FailureKind> why = rows.at(row).failure;
        if (standings.at(row) != BatchStanding::Refused || why == FailureKind::AlreadyGiven)
            continue;
        const RecordBook::Entry record = parts.records.find(rows.at(row).intent);
        if (record && standingOf(*record) == BatchStanding::Midway)
            return false;
    }
    return true;
}

void BatchRun::Private::writeHead()
{
    // Whom a draft has taken over may be given back; nobody would ask about them in a finished batch.
    const bool isFinal = std::none_of(successors.cbegin(), successors.cend(),
                                      [](const Successor &successor) { return successor.phase == BatchPhase::Draft; });
    const bool finished = everybodyHasAnOutcome() && isFinal && everyReasonIsKept();
    BatchHead now = head;
    now.phase = finished ? BatchPhase::Finished : BatchPhase::Released;
    now.delivered = progress.delivered;
    now.failed = progress.failed;
    now.doubtful = progress.doubtful;
    if (!finished)
        now.finishedAt = {};
    else if (head.phase != BatchPhase::Finished || !head.finishedAt.isValid())
        now.finishedAt = parts.clock.nowUtc();
    if (now == head)
        return;
    now.changedAt = parts.clock.nowUtc();
    // Only a memory for the list: what it says is known again from the rows' own work.
    parts.store.put(now, loading.get(), [](const Outcome<Done> &) {});
}

void BatchRun::Private::setState(State to)
{
    if (progress.state == to)
        return;
    const bool worked = isAtWork(progress.state);
    progress.state = to;
    pace.work(to == State::Running || to == State::Stopping, now());
    touch();
    if (worked != isAtWork(to))
        parts.workChanged();
}

bool BatchRun::Private::isAtWork(State state)
{
    return state == State::Running || state == State::Stopping || state == State::WaitingForLine;
}

} // namespace yoid
