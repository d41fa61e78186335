// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/lookqueue.h"
#include "app/flow/offerwatch.h"

#include <memory>

namespace yoid {

/// What to look at next, and what to make of the answer.
class OfferWatch::Private {
public:
    Private(OfferWatch *watch, ApiClient &apiClient, Journal &theJournal, Clock &theClock, const Profile &profile, PollPlan thePlan,
            Poller::Random theRandom);

    [[nodiscard]] qint64 now() const { return clock.continuousMs(); }
    [[nodiscard]] std::chrono::milliseconds intervalOf(const TrackedOffer &offer) const;
    [[nodiscard]] qint64 freeAt(bool asked) const;

    void take(const WorkRecord &record, bool fromDisk);
    void reschedule(const IntentId &intent);
    void rescheduleAll();
    void arm();
    void rang();
    void look(const IntentId &intent, const WorkRecord &record);
    void looked(const IntentId &intent, const WorkRecord &record, const Outcome<Issuance> &outcome);
    void answered(const IntentId &intent, const WorkRecord &record, const Issuance &issuance);
    void failed(const IntentId &intent, const Failure &failure);
    void write(const WorkRecord &record, JournalState state, const Issuance &issuance);
    void setNoConnection(bool lost);

    OfferWatch *q;
    ApiClient &api;
    Journal &journal;
    Clock &clock;
    QString origin;
    PollPlan plan;
    Poller::Random random;
    std::unique_ptr<Alarm> alarm;
    PollBudget *budget = nullptr;
    std::function<bool(const IntentId &)> busy;
    LookQueue offers;
    QSet<IntentId> visible;
    QList<IntentId> asked;                  ///< By checkNow(), oldest first.
    QHash<IntentId, WorkRecord> ended;      ///< Of `asked`: work that is not tracked any more.
    QSet<IntentId> toldUnknown;
    std::unique_ptr<QObject> call;          ///< Context of the look on its way.
    qint64 ownFreeMs = 0;
    qint64 retryMs = 0;                     ///< The service's Retry-After.
    qint64 lineMs = 0;                      ///< While there is no line.
    std::chrono::milliseconds lineWait { 0 };
    int slowdown = 1;
    bool hidden = false;
    bool metered = false;
    bool running = false;
    bool lost = false;
};

} // namespace yoid
