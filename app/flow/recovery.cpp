// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/recovery.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// What an open piece of work needs after a start.
enum class Need { Nothing, Offer, Delivery, RequestWatch };

Need needOf(const WorkRecord &record)
{
    using enum JournalState;
    switch (record.state) {
    case Prepared:
    case NotSent:
    case AccountIntent:
    case AccountReady:
    case AccountUnknown:
    case AccountRefused:
    case Sent:
    case Refused:
    case Unknown:
    case Abandoned:
        return Need::Offer;
    case Offered:
        return record.deliver ? Need::Delivery : Need::Nothing;
    case DeliveryIntent:
    case DeliveryFailed:
    case DeliveryUnknown:
        return Need::Delivery;
    case Requested:
    case Parked:
        return record.ahead ? Need::Nothing : Need::RequestWatch;
    case Delivered:
    case Accepted:
    case Rejected:
    case Failed:
    case Expired:
    case Revoked:
    case RevokeIntent:
    case RevokeAccepted:
    case RevokeRefused:
    case RevokeUnknown:
    case Dropped:
    case RequestIntent:
    case RequestFailed:
    case RequestUnknown:
    case Answered:
    case Declined:
    case RequestExpired:
        return Need::Nothing;
    }
    return Need::Nothing;
}

} // namespace

std::optional<JournalState> doubtOf(JournalState intent)
{
    using enum JournalState;
    if (intent == AccountIntent)
        return AccountUnknown;
    if (intent == Sent)
        return Unknown;
    if (intent == DeliveryIntent)
        return DeliveryUnknown;
    if (intent == RequestIntent)
        return RequestUnknown;
    if (intent == RevokeIntent)
        return RevokeUnknown;
    return {};
}

JournalStep crashLine(const WorkRecord &record, const QDateTime &now)
{
    JournalStep step;
    step.intent = record.intent;
    step.work = record.work;
    step.state = doubtOf(record.state).value_or(record.state);
    step.attempt = record.attempt;
    step.at = now;
    step.profile = record.profile;
    step.environment = record.environment;
    step.origin = record.origin;
    step.facts.insert(fact::failure, u"crash"_s);
    return step;
}

Recovery::Recovery(Journal &journal, Clock &clock, const Profile &profile, std::function<bool(const IntentId &)> isLive,
                   std::function<bool(const BatchId &)> isRun, QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_clock(clock)
    , m_profile(profile)
    , m_isLive(std::move(isLive))
    , m_isRun(std::move(isRun))
{
}

void Recovery::run(std::function<void(Outcome<RecoveryReport>)> then)
{
    m_then = std::move(then);
    m_journal.readOpen(workOrigin(m_profile), this, [this](const Outcome<QList<WorkRecord>> &open) {
        if (open.ok())
            settle(*open);
        else
            std::exchange(m_then, {})(open.failure());
    });
}

void Recovery::settle(const QList<WorkRecord> &open)
{
    m_open = open;
    m_open.removeIf([this](const WorkRecord &record) { return record.profile != m_profile.id || m_isLive(record.intent); });
    m_writing = 1; // this loop
    for (WorkRecord &record : m_open) {
        if (!isIntent(record.state))
            continue;
        const JournalStep line = crashLine(record, m_clock.nowUtc());
        ++m_writing;
        m_journal.append(line, this, [this, intent = record.intent](const Outcome<Done> &outcome) {
            if (!outcome.ok() && outcome.failure().kind == FailureKind::Internal)
                m_open.removeIf([&](const WorkRecord &other) { return other.intent == intent; }); // settled meanwhile by whoever has it
            else if (!outcome.ok() && !m_failure)
                m_failure = outcome.failure();
            if (--m_writing == 0)
                report();
        });
        apply(record, line, {});
    }
    if (--m_writing == 0)
        report();
}

void Recovery::report()
{
    if (m_failure) {
        std::exchange(m_then, {})(*m_failure);
        return;
    }
    RecoveryReport report;
    for (const WorkRecord &record : std::as_const(m_open)) {
        const bool ofARun = m_isRun && !record.batch.isEmpty() && m_isRun(record.batch);
        switch (ofARun ? Need::Nothing : needOf(record)) {
        case Need::Offer:
            report.unfinished.append(record.intent);
            break;
        case Need::Delivery:
            report.delivery.append(record.intent);
            break;
        case Need::RequestWatch:
            ++report.requests;
            break;
        case Need::Nothing:
            break;
        }
        report.tracked += isTracked(record);
    }
    m_open.clear();
    std::exchange(m_then, {})(report);
}

} // namespace yoid
