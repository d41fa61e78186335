// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/offerwatch.h"

#include "app/flow/offerwatch_p.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kFreshEnough = 60s; // what comes onto the screen is asked about unless it was just now

} // namespace

OfferWatch::OfferWatch(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, PollPlan plan, Poller::Random random,
                       QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, api, journal, clock, profile, std::move(plan), std::move(random)))
{
    connect(d->alarm.get(), &Alarm::rang, this, [this] { d->rang(); });
    connect(&journal, &Journal::recordChanged, this, [this](const WorkRecord &record) {
        if (!d->running)
            return;
        d->take(record, false);
        d->arm();
    });
    connect(&journal, &Journal::statusChanged, this, [this] { d->arm(); });
}

OfferWatch::~OfferWatch()
{
    stop();
}

void OfferWatch::setBudget(PollBudget *budget)
{
    d->budget = budget;
}

void OfferWatch::setBusy(std::function<bool(const IntentId &)> busy)
{
    d->busy = std::move(busy);
}

void OfferWatch::start()
{
    if (std::exchange(d->running, true))
        return;
    d->journal.readOpen(d->origin, this, [this](const Outcome<QList<WorkRecord>> &open) {
        if (!open.ok())
            return; // what changes from now on is told all the same
        for (const WorkRecord &record : *open)
            d->take(record, true);
        d->arm();
    });
}

void OfferWatch::stop()
{
    d->running = false;
    d->alarm->stop();
    d->call.reset();
}

void OfferWatch::watchFirst(const QList<IntentId> &visible)
{
    const QSet<IntentId> before = std::exchange(d->visible, QSet<IntentId>(visible.begin(), visible.end()));
    for (const IntentId &gone : before - d->visible)
        d->offers.setFirst(gone, false);
    const qint64 now = d->now();
    const qint64 secondStep = d->plan.steps.isEmpty() ? 0 : d->plan.steps.first().until.count();
    for (qsizetype i = 0; i < visible.size(); ++i) {
        TrackedOffer *const offer = d->offers.find(visible.at(i));
        if (!offer || before.contains(visible.at(i)))
            continue;
        d->offers.setFirst(visible.at(i), true);
        if (offer->lost || offer->writing)
            continue;
        offer->startMs = std::max(offer->startMs, now - secondStep);
        if (offer->lastMs + kFreshEnough.count() <= now) // in the order of the screen
            d->offers.schedule(visible.at(i), now - (visible.size() - i));
    }
    d->arm();
}

void OfferWatch::checkNow(const IntentId &intent)
{
    const auto ask = [this, intent] {
        if (!d->asked.contains(intent))
            d->asked.append(intent);
        d->arm();
    };
    if (TrackedOffer *const offer = d->offers.find(intent)) {
        offer->startMs = d->now();
        ask();
        return;
    }
    d->journal.readDetails(intent, this, [this, intent, ask](const Outcome<WorkDetails> &details) {
        if (!details.ok() || details->record.origin != d->origin || details->record.issuanceId.isEmpty())
            return;
        d->ended.insert(intent, details->record);
        ask();
    });
}

void OfferWatch::setHidden(bool hidden)
{
    if (std::exchange(d->hidden, hidden) == hidden)
        return;
    d->rescheduleAll();
    d->arm();
}

void OfferWatch::setMetered(bool metered)
{
    d->metered = metered;
    d->arm();
}

void OfferWatch::lookAgain()
{
    d->lineMs = 0;
    d->lineWait = 0ms;
    d->arm();
}

bool OfferWatch::noConnection() const
{
    return d->lost;
}

qsizetype OfferWatch::count() const
{
    return d->offers.size();
}

} // namespace yoid
