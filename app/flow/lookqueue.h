// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <limits>
#include <optional>
#include <set>
#include <utility>

namespace yoid {

/// An offer that is out, and when it was and will be looked at. Times are Clock::continuousMs().
struct TrackedOffer {
    static constexpr qint64 kNever = std::numeric_limits<qint64>::min() / 2;

    WorkRecord record;          ///< Without the person.
    qint64 startMs = 0;         ///< When it last changed, or somebody last asked: the waits grow from here.
    qint64 lastMs = kNever;     ///< When the service was last asked.
    qint64 dueMs = 0;
    bool first = false;         ///< It is on the screen.
    bool lost = false;          ///< The service does not know it.
    bool writing = false;       ///< A line about it is on its way to the journal.
    int partlyLooks = 0;
};

/// Which offer is looked at next: what is on the screen before the rest, each by how long it has been due, and every fourth
/// look for the rest all the same. Knows no clock and asks nobody.
class LookQueue final {
public:
    /// Takes an offer in, or replaces it; `dueMs` says when.
    void put(const TrackedOffer &offer);
    void remove(const IntentId &intent);
    [[nodiscard]] bool contains(const IntentId &intent) const { return m_offers.contains(intent); }
    /// Null when there is none. Not to be rescheduled through the pointer.
    [[nodiscard]] TrackedOffer *find(const IntentId &intent);
    [[nodiscard]] QList<IntentId> all() const { return m_offers.keys(); }
    [[nodiscard]] qsizetype size() const { return m_offers.size(); }

    void schedule(const IntentId &intent, qint64 dueMs);
    /// Leaves it out until it is scheduled again.
    void hold(const IntentId &intent);
    void setFirst(const IntentId &intent, bool first);

    /// The next one that is due; counted as a turn.
    [[nodiscard]] std::optional<IntentId> takeTurn(qint64 nowMs);
    /// When the next one falls due.
    [[nodiscard]] std::optional<qint64> earliest() const;

private:
    using Queue = std::set<std::pair<qint64, IntentId>>;
    [[nodiscard]] Queue &queueOf(const TrackedOffer &offer) { return offer.first ? m_first : m_rest; }

    QHash<IntentId, TrackedOffer> m_offers;
    Queue m_first;
    Queue m_rest;
    int m_turns = 0;
};

} // namespace yoid
