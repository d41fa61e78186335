// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/lookqueue.h"

#include <algorithm>

namespace yoid {

namespace {

constexpr int kTurnOfTheRest = 4;

} // namespace

void LookQueue::put(const TrackedOffer &offer)
{
    remove(offer.record.intent);
    TrackedOffer &kept = m_offers[offer.record.intent];
    kept = offer;
    queueOf(kept).insert({ kept.dueMs, kept.record.intent });
}

void LookQueue::remove(const IntentId &intent)
{
    hold(intent);
    m_offers.remove(intent);
}

TrackedOffer *LookQueue::find(const IntentId &intent)
{
    const auto found = m_offers.find(intent);
    return found == m_offers.end() ? nullptr : &*found;
}

void LookQueue::schedule(const IntentId &intent, qint64 dueMs)
{
    hold(intent);
    if (TrackedOffer *const offer = find(intent)) {
        offer->dueMs = dueMs;
        queueOf(*offer).insert({ dueMs, intent });
    }
}

void LookQueue::hold(const IntentId &intent)
{
    if (TrackedOffer *const offer = find(intent))
        queueOf(*offer).erase({ offer->dueMs, intent });
}

void LookQueue::setFirst(const IntentId &intent, bool first)
{
    TrackedOffer *const offer = find(intent);
    if (!offer || offer->first == first)
        return;
    const bool waiting = queueOf(*offer).erase({ offer->dueMs, intent }) > 0;
    offer->first = first;
    if (waiting)
        queueOf(*offer).insert({ offer->dueMs, intent });
}

std::optional<IntentId> LookQueue::takeTurn(qint64 nowMs)
{
    const auto isDue = [nowMs](const Queue &queue) { return !queue.empty() && queue.begin()->first <= nowMs; };
    const bool first = isDue(m_first);
    const bool rest = isDue(m_rest);
    if (!first && !rest)
        return {};
    const bool turnOfTheRest = ++m_turns % kTurnOfTheRest == 0;
    const Queue &queue = rest && (!first || turnOfTheRest) ? m_rest : m_first;
    return queue.begin()->second;
}

std::optional<qint64> LookQueue::earliest() const
{
    std::optional<qint64> due;
    for (const Queue *const queue : { &m_first, &m_rest }) {
        if (!queue->empty())
            due = due ? std::min(*due, queue->begin()->first) : queue->begin()->first;
    }
    return due;
}

} // namespace yoid
