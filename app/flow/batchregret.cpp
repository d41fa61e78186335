// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchregret.h"

#include "app/flow/session.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// As the circuit breaker of issuing (product 2.6).
constexpr int kMostEqualFailures = 5;

using Fate = BatchRegret::Fate;

Fate fateOf(const WorkRecord &record)
{
    using enum JournalState;
    switch (record.state) {
    case Revoked:
        return Fate::TakenBack;
    case RevokeAccepted:
        return Fate::Unconfirmed;
    case RevokeRefused:
        return Fate::Refused;
    case RevokeUnknown:
    case RevokeIntent:
        return Fate::InDoubt;
    case Offered:
    case Delivered:
    case DeliveryFailed:
    case DeliveryUnknown:
    case Accepted:
        return record.revocable == false ? Fate::NotRevocable : Fate::ToTakeBack;
    case AccountIntent:
    case AccountUnknown:
    case Sent:
    case Unknown:
    case DeliveryIntent:
        return Fate::Unsettled;
    default:
        return Fate::NothingOut;
    }
}

bool isToAsk(Fate fate)
{
    return fate == Fate::ToTakeBack || fate == Fate::InDoubt || fate == Fate::NotSent;
}

Fate fateAfter(RevokeProgress::Phase phase)
{
    using Phase = RevokeProgress::Phase;
    switch (phase) {
    case Phase::Working: return Fate::Working;
    case Phase::Confirmed: return Fate::TakenBack;
    case Phase::Accepted: return Fate::Unconfirmed;
    case Phase::Refused: return Fate::Refused;
    case Phase::InDoubt: return Fate::InDoubt;
    case Phase::NotSent: return Fate::NotSent;
    }
    return Fate::InDoubt;
}

} // namespace

BatchRegret::BatchRegret(Revoke revoke, QObject *parent)
    : QObject(parent)
    , m_revoke(std::move(revoke))
{
}

BatchRegret::BatchRegret(Session &session, QObject *parent)
    : BatchRegret([&session](const IntentId &intent, RevokeReason reason,
                             const QString &note) { session.revoke(intent, reason, note); },
                  parent)
{
    connect(&session, &Session::revokeProgressChanged, this, &BatchRegret::take);
}

BatchRegret::~BatchRegret() = default;

void BatchRegret::plan(const QList<Work> &work)
{
    if (isAtWork())
        return;
    m_rows.clear();
    m_rows.reserve(work.size());
    m_where.clear();
    for (const Work &one : work) {
        Row row;
        row.number = one.number;
        if (one.record && one.record->work == WorkKind::Issue) {
            row.intent = one.record->intent;
            row.accepted = one.record->state == JournalState::Accepted;
            row.fate = fateOf(*one.record);
            m_where.insert(row.intent, m_rows.size());
        }
        m_rows.append(row);
    }
    m_state = State::Planned;
    m_failure.reset();
    Q_EMIT changed();
}

BatchRegret::Counts BatchRegret::counts() const
{
    Counts counts;
    counts.people = int(m_rows.size());
    for (const Row &row : m_rows) {
        if (isToAsk(row.fate) || row.fate == Fate::Working) {
            ++counts.toTakeBack;
            counts.accepted += row.accepted ? 1 : 0;
        }
        counts.takenBack += row.fate == Fate::TakenBack || row.fate == Fate::Unconfirmed ? 1 : 0;
        counts.unconfirmed += row.fate == Fate::Unconfirmed ? 1 : 0;
        counts.refused += row.fate == Fate::Refused ? 1 : 0;
        counts.inDoubt += row.fate == Fate::InDoubt ? 1 : 0;
        counts.notRevocable += row.fate == Fate::NotRevocable ? 1 : 0;
        counts.nothingOut += row.fate == Fate::NothingOut ? 1 : 0;
        counts.unsettled += row.fate == Fate::Unsettled ? 1 : 0;
    }
    return counts;
}

Outcome<Done> BatchRegret::start(int typedCount, RevokeReason reason, const QString &note)
{
    const int count = counts().toTakeBack;
    if (isAtWork() || count == 0 || typedCount != count)
        return Failure::of(FailureKind::InvalidInput, u"typed %1 of %2"_s.arg(typedCount).arg(count));
    m_reason = reason;
    m_note = note;
    goOn();
    return Done {};
}

void BatchRegret::goOn()
{
    if (isAtWork())
        return;
    m_left.clear();
    for (qsizetype i = m_rows.size() - 1; i >= 0; --i) {
        if (isToAsk(m_rows.at(i).fate))
            m_left.append(i);
    }
    m_equal = 0;
    m_failure.reset();
    m_state = State::Working;
    next();
}

void BatchRegret::stop()
{
    if (m_state != State::Working)
        return;
    m_state = State::Stopping;
    Q_EMIT changed();
}

void BatchRegret::next()
{
    m_answered = true;
    while (std::exchange(m_answered, false)) {
        if (m_state == State::Stopping) {
            end(State::Stopped);
            return;
        }
        if (m_left.isEmpty()) {
            end(State::Ended);
            return;
        }
        m_at = m_left.takeLast();
        Row &row = m_rows[m_at];
        row.fate = Fate::Working;
        row.failure.reset();
        const IntentId intent = row.intent;
        Q_EMIT changed();
        m_asking = true;
        m_revoke(intent, m_reason, m_note); // may be answered at once
        m_asking = false;
    }
}

void BatchRegret::end(State state)
{
    m_at = -1;
    m_state = state;
    Q_EMIT changed();
    Q_EMIT ended();
}

void BatchRegret::take(const RevokeProgress &progress)
{
    const qsizetype at = m_where.value(progress.intent, -1);
    if (at < 0)
        return;
    const auto found = m_rows.begin() + at;
    found->fate = fateAfter(progress.phase);
    found->failure = progress.failure;
    const bool inHand = at == m_at;
    if (!inHand || !progress.ended) {
        Q_EMIT changed();
        return;
    }
    m_at = -1;
    if (shouldHalt(*found))
        end(State::Halted);
    else if (m_asking)
        m_answered = true; // next() goes on, without going deeper
    else
        next();
}

bool BatchRegret::shouldHalt(const Row &row)
{
    const bool failed = row.fate == Fate::Refused || row.fate == Fate::InDoubt || row.fate == Fate::NotSent;
    if (!failed) {
        m_equal = 0;
        return false;
    }
    const FailureKind kind = row.failure ? row.failure->kind : FailureKind::Internal;
    m_equal = m_equal > 0 && kind == m_kind ? m_equal + 1 : 1;
    m_kind = kind;
    // What was not sent for one person would not be sent for the next either.
    if (row.fate != Fate::NotSent && m_equal < kMostEqualFailures)
        return false;
    m_failure = row.failure ? row.failure : std::optional(Failure::of(kind));
    return true;
}

QList<int> BatchRegret::replaceable() const
{
    QList<int> numbers;
    for (const Row &row : m_rows) {
        switch (row.fate) {
        case Fate::TakenBack:
        case Fate::Unconfirmed:
        case Fate::NotRevocable:
        case Fate::NothingOut:
            numbers.append(row.number);
            break;
        case Fate::ToTakeBack:
        case Fate::Working:
        case Fate::Refused:
        case Fate::InDoubt:
        case Fate::NotSent:
        case Fate::Unsettled:
            break;
        }
    }
    return numbers;
}

} // namespace yoid
