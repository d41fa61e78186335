// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/session.h"

#include "app/flow/session_p.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

void Session::Private::beginToWatch()
{
    if (watch)
        return;
    watch = std::make_unique<OfferWatch>(api, journal, clock, profile, plan(PollPlan::forAcceptance()));
    watch->setBudget(&budget);
    watch->setBusy([this](const IntentId &intent) {
        const IssueFlow *const flow = liveFlow(intent);
        return revocations.contains(intent) || (flow && flow->isAtWork());
    });
    watch->setHidden(hidden);
    watch->watchFirst(visible);
    watch->start();
    requests = std::make_unique<RequestWatch>(
        api, journal, clock, profile, [this](const IntentId &intent) { return isLive(intent); },
        [this] { return tokens.status().clockSkewMs; });
    beginRequests();
}

void Session::Private::revocationRefused(const IntentId &intent, const Failure &failure)
{
    revocations.remove(intent);
    RevokeProgress progress;
    progress.intent = intent;
    progress.phase = RevokeProgress::Phase::NotSent;
    progress.failure = failure;
    progress.ended = true;
    if (!closed)
        Q_EMIT q->revokeProgressChanged(progress);
}

void Session::Private::beginToRevoke(const WorkDetails &details, RevokeReason reason, const QString &note)
{
    const IntentId intent = details.record.intent;
    auto *const flow = new RevokeFlow(api, journal, clock, profile, details, reason, note, &revokeWays, q);
    revocations.insert(intent, flow);
    connect(flow, &RevokeFlow::progressChanged, q, &Session::revokeProgressChanged);
    connect(flow, &RevokeFlow::finished, &calls, [this, flow, intent] {
        revocations.remove(intent);
        flow->deleteLater();
    });
    flow->start();
}

void Session::revoke(const IntentId &intent, RevokeReason reason, const QString &note)
{
    if (d->closed || d->revocations.contains(intent))
        return;
    d->revocations.insert(intent, nullptr); // also while the journal is read
    d->readSettled(intent, [this, intent, reason, note](const Outcome<WorkDetails> &details) {
        const IssueFlow *const live = d->liveFlow(intent);
        if (!details.ok())
            d->revocationRefused(intent, details.failure());
        else if (live && live->isBusy())
            d->revocationRefused(intent, Failure::of(FailureKind::InvalidInput, u"this work is on its way"_s));
        else
            d->beginToRevoke(*details, reason, note);
    });
}

void Session::watchFirst(const QList<IntentId> &visible)
{
    d->visible = visible;
    if (d->watch)
        d->watch->watchFirst(visible);
}

void Session::checkNow(const IntentId &intent)
{
    if (d->closed)
        return;
    if (IssueFlow *const flow = d->liveFlow(intent); flow && flow->isAtWork())
        flow->checkNow();
    else if (d->watch) {
        d->watch->checkNow(intent);
        d->requests->checkNow(intent);
    }
}

} // namespace yoid
