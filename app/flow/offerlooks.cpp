// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/offerwatch_p.h"

#include "app/flow/seenstate.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace yoid {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSpacing = 500ms;
constexpr milliseconds kGrace = 100ms;          // in which a poller that waits for the same moment goes first
constexpr milliseconds kFirstLineWait = 10s;
constexpr milliseconds kLongestLineWait = 5min;
constexpr milliseconds kLongestRetry = 1h;
constexpr milliseconds kRarely = 6h;
constexpr milliseconds kOld = 168h;             // an offer that nobody took for a week
constexpr milliseconds kOldEvery = 1h;
constexpr int kHiddenFactor = 4;
constexpr int kLargestSlowdown = 64;
constexpr int kLooksAfterPartly = 3;            // contract 4.1

/// What a failed look says about the line or the service as a whole, rather than about this one offer.
bool isTroubleOfAll(FailureKind kind)
{
    switch (kind) {
    case FailureKind::Cancelled:
    case FailureKind::NameNotFound:
    case FailureKind::ConnectionRefused:
    case FailureKind::ConnectionLost:
    case FailureKind::Timeout:
    case FailureKind::TlsRefused:
    case FailureKind::ProxyRefused:
    case FailureKind::RedirectRefused:
    case FailureKind::NotTheApi:
    case FailureKind::Unauthorized:
    case FailureKind::ServerError:
    case FailureKind::SecretRefused:
    case FailureKind::TokenUnavailable:
    case FailureKind::SecretMissing:
    case FailureKind::SecretLocked:
    case FailureKind::KeychainUnavailable:
    case FailureKind::KeychainWedged:
        return true;
    case FailureKind::InvalidInput:
    case FailureKind::AlreadyGiven:
    case FailureKind::Replaced:
    case FailureKind::AddressRefused:
    case FailureKind::TooLarge:
    case FailureKind::MalformedReply:
    case FailureKind::Forbidden:
    case FailureKind::NotFound:
    case FailureKind::Conflict:
    case FailureKind::Rejected:
    case FailureKind::RateLimited:
    case FailureKind::StorageFailed:
    case FailureKind::Internal:
        break;
    }
    return false;
}

} // namespace

OfferWatch::Private::Private(OfferWatch *watch, ApiClient &apiClient, Journal &theJournal, Clock &theClock, const Profile &profile, PollPlan thePlan,
                             Poller::Random theRandom)
    : q(watch)
    , api(apiClient)
    , journal(theJournal)
    , clock(theClock)
    , origin(workOrigin(profile))
    , plan(std::move(thePlan))
    , random(theRandom ? std::move(theRandom) : Poller::Random([] { return QRandomGenerator::global()->generateDouble(); }))
    , alarm(theClock.createAlarm())
{
}

milliseconds OfferWatch::Private::intervalOf(const TrackedOffer &offer) const
{
    const milliseconds elapsed { now() - offer.startMs };
    milliseconds wait = plan.intervalAt(elapsed);
    if (elapsed > kOld && !offer.first)
        wait = std::max(wait, kOldEvery);
    if (offer.lost)
        wait = std::max(wait, kRarely);
    if (hidden)
        wait *= kHiddenFactor;
    // Jitter keeps a room full of consoles from asking in step.
    return milliseconds(static_cast<qint64>(static_cast<double>(wait.count()) * (0.9 + 0.2 * random())));
}

/// When the next question may go out. \param isAsked somebody waits for it: tried although there seems to be no line
qint64 OfferWatch::Private::freeAt(bool isAsked) const
{
    qint64 at = std::max(ownFreeMs, retryMs);
    if (budget)
        at = std::max(at, budget->nextFreeMs + (isAsked ? 0 : kGrace.count()));
    return isAsked ? at : std::max(at, lineMs);
}

void OfferWatch::Private::take(const WorkRecord &record, bool fromDisk)
{
    if (record.origin != origin || record.work != WorkKind::Issue)
        return;
    if (!isTracked(record)) {
        offers.remove(record.intent);
        return;
    }
    const TrackedOffer *const known = offers.find(record.intent);
    if (known && fromDisk)
        return; // told meanwhile, which is at least as new
    const bool changed = !known || known->record.state != record.state || known->record.changedAt != record.changedAt;
    TrackedOffer offer = known ? *known : TrackedOffer();
    offer.record = record;
    offer.record.person = {};
    offer.first = visible.contains(record.intent);
    if (changed) {
        const auto ago = [this](const QDateTime &then) { return std::max<qint64>(0, then.msecsTo(clock.nowUtc())); };
        offer.startMs = now() - (record.changedAt.isValid() ? ago(record.changedAt) : 0);
        if (fromDisk)
            offer.lastMs = record.lastChecked.isValid() ? now() - ago(record.lastChecked) : TrackedOffer::kNever;
        else if (!known)
            offer.lastMs = now(); // a line was just written by what knows better; no need to ask at once
        offer.lost = false;
        offer.writing = false;
        offer.partlyLooks = 0;
    }
    if (!changed) {
        TrackedOffer *const kept = offers.find(record.intent);
        kept->record = offer.record;
        return;
    }
    offer.dueMs = offer.lastMs == TrackedOffer::kNever ? offer.lastMs : std::max(offer.lastMs, offer.startMs) + intervalOf(offer).count();
    offers.put(offer);
}

void OfferWatch::Private::reschedule(const IntentId &intent)
{
    if (const TrackedOffer *const offer = offers.find(intent))
        offers.schedule(intent, now() + intervalOf(*offer).count());
}

void OfferWatch::Private::rescheduleAll()
{
    const QList<IntentId> all = offers.all();
    for (const IntentId &intent : all) {
        const TrackedOffer *const offer = offers.find(intent);
        if (!offer->writing && offer->lastMs != TrackedOffer::kNever)
            offers.schedule(intent, std::max(offer->lastMs, offer->startMs) + intervalOf(*offer).count());
    }
}

void OfferWatch::Private::arm()
{
    if (!running || call)
        return;
    const bool isAsked = !asked.isEmpty();
    const std::optional<qint64> due = isAsked ? std::optional<qint64>(now()) : metered ? std::nullopt : offers.earliest();
    if (!due || !journal.status().takesLines()) {
        alarm->stop();
        return;
    }
    alarm->start(milliseconds(std::max<qint64>(0, std::max(*due, freeAt(isAsked)) - now())));
}

void OfferWatch::Private::rang()
{
    if (!running || call)
        return;
    const bool isAsked = !asked.isEmpty();
    if (now() < freeAt(isAsked) || !journal.status().takesLines()) {
        arm();
        return;
    }
    while (!asked.isEmpty()) {
        const IntentId intent = asked.takeFirst();
        std::optional<WorkRecord> record;
        if (const TrackedOffer *const offer = offers.find(intent); offer && !offer->writing)
            record = offer->record;
        else if (!offer && ended.contains(intent))
            record = ended.take(intent);
        if (record && !(busy && busy(intent))) {
            look(intent, *record);
            return;
        }
    }
    while (!metered && now() >= freeAt(false)) {
        const std::optional<IntentId> intent = offers.takeTurn(now());
        if (!intent)
            break;
        if (!busy || !busy(*intent)) {
            look(*intent, offers.find(*intent)->record);
            return;
        }
        reschedule(*intent);
    }
    arm();
}

void OfferWatch::Private::look(const IntentId &intent, const WorkRecord &record)
{
    ownFreeMs = now() + kSpacing.count() * slowdown;
    if (budget)
        budget->nextFreeMs = now() + budget->spacing.count();
    if (TrackedOffer *const offer = offers.find(intent)) {
        offers.hold(intent);
        offer->lastMs = now();
    }
    call = std::make_unique<QObject>();
    CallOptions options;
    options.context = call.get();
    options.intent = intent;
    api.getIssuance(options, record.issuanceId,
                    [this, intent, record](const Outcome<Issuance> &outcome) { looked(intent, record, outcome); });
}

void OfferWatch::Private::looked(const IntentId &intent, const WorkRecord &record, const Outcome<Issuance> &outcome)
{
    call.reset();
    // A flow may have begun with it meanwhile, and its lines are the newer ones.
    const TrackedOffer *const offer = offers.find(intent);
    const bool stale = (busy && busy(intent)) || (offer && offer->record.state != record.state);
    if (stale)
        reschedule(intent);
    else if (outcome.ok())
        answered(intent, record, *outcome);
    else
        failed(intent, outcome.failure());
    arm();
}

void OfferWatch::Private::answered(const IntentId &intent, const WorkRecord &record, const Issuance &issuance)
{
    lineWait = 0ms;
    lineMs = 0;
    slowdown = std::max(1, slowdown / 2);
    setNoConnection(false);
    TrackedOffer *const offer = offers.find(intent);
    const bool partly = issuance.status == IssuanceStatus::PartiallyIssued && offer && ++offer->partlyLooks <= kLooksAfterPartly;
    const std::optional<JournalState> state = partly ? std::nullopt : stateSeen(record.state, issuance);
    if (state) {
        if (offer)
            offer->writing = true; // not scheduled: looked at again only when the line could not be written
        write(record, *state, issuance);
        return;
    }
    if (offer)
        offer->lost = false;
    journal.noteChecked({ intent }, clock.nowUtc());
    reschedule(intent);
}

void OfferWatch::Private::failed(const IntentId &intent, const Failure &failure)
{
    TrackedOffer *const offer = offers.find(intent);
    if (failure.kind == FailureKind::RateLimited) {
        const milliseconds wanted = std::max<milliseconds>(failure.retryAfter.value_or(0s), kFirstLineWait);
        retryMs = now() + std::min(kLongestRetry, wanted * slowdown).count();
        slowdown = std::min(slowdown * 2, kLargestSlowdown);
    } else if (isTroubleOfAll(failure.kind)) {
        lineWait = std::clamp(lineWait * 2, kFirstLineWait, kLongestLineWait);
        lineMs = now() + std::max<milliseconds>(lineWait, failure.retryAfter.value_or(0s)).count();
        setNoConnection(failure.httpStatus == 0);
    } else if (failure.kind == FailureKind::NotFound || failure.kind == FailureKind::InvalidInput) {
        if (offer)
            offer->lost = true;
        journal.noteChecked({ intent }, clock.nowUtc());
        if (!toldUnknown.contains(intent)) {
            toldUnknown.insert(intent);
            Q_EMIT q->unknownToService(intent);
        }
    }
    reschedule(intent);
}

void OfferWatch::Private::write(const WorkRecord &record, JournalState state, const Issuance &issuance)
{
    JournalStep step;
    step.intent = record.intent;
    step.work = record.work;
    step.state = state;
    step.at = clock.nowUtc();
    step.profile = record.profile;
    step.environment = record.environment;
    step.origin = record.origin;
    step.facts = seenFacts(record, issuance);
    journal.append(step, q, [this, intent = record.intent](const Outcome<Done> &outcome) {
        if (outcome.ok()) {
            journal.noteChecked({ intent }, clock.nowUtc());
            return;
        }
        if (TrackedOffer *const offer = offers.find(intent)) {
            offer->writing = false;
            reschedule(intent);
            arm();
        }
    });
}

void OfferWatch::Private::setNoConnection(bool isLost)
{
    if (std::exchange(lost, isLost) != isLost)
        Q_EMIT q->noConnectionChanged(isLost);
}

} // namespace yoid
