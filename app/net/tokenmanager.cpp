// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/tokenmanager.h"

#include "app/net/tokenmanager_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kBetweenUserTries = 5s;
constexpr std::chrono::milliseconds kLongestWaiting = 24h;

} // namespace

TokenManager::TokenManager(Transport &transport, Clock &clock, const Profile &profile, Random random, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, transport, clock, profile, std::move(random)))
{
}

TokenManager::~TokenManager()
{
    close();
}

void TokenManager::acquire(QObject *context, Then then, std::chrono::milliseconds deadline)
{
    if (d->closed) {
        TokenWaiters::answer(context, std::move(then), Failure::of(FailureKind::Cancelled, u"the profile is closed"_s));
        return;
    }
    const Moment now = Moment::now(d->clock);
    d->lastUseMs = now.continuousMs;
    d->idle = false;
    d->step(); // what time has changed comes first; a renewal that is due starts here
    const qint64 deadlineMs = now.continuousMs + std::clamp(deadline, 0ms, kLongestWaiting).count();
    if (d->usable(now)) {
        TokenWaiters::answer(context, std::move(then), TokenLease { d->token->value.clone(), d->token->id });
    } else if (d->rejected) {
        TokenWaiters::answer(context, std::move(then), *d->rejected);
    } else if (d->freshRefusals.blocked(now.continuousMs)) {
        TokenWaiters::answer(context, std::move(then), d->apiRefusal(now));
    } else if (!d->flight && d->throttledUntilMs > now.continuousMs && deadlineMs <= d->throttledUntilMs) {
        TokenWaiters::answer(context, std::move(then), d->unavailable(now));
    } else {
        d->waiters.add(this, context, std::move(then), now.continuousMs, deadlineMs, [this] { d->step(); });
        d->step();
    }
}

void TokenManager::report401(quint64 id)
{
    if (d->closed || !d->token || d->token->id != id)
        return; // an old token's late 401 must not destroy the one that another call just fetched
    const Moment now = Moment::now(d->clock);
    const qint64 age = now.continuousMs - d->token->sent.continuousMs;
    d->token.reset();
    // What is in the air was asked for before this refusal and may share its fate (T3).
    d->dropFlight();
    if (d->freshRefusals.refused(now.continuousMs, age)) {
        d->demanded = false;
        d->lastError = d->apiRefusal(now);
        d->waiters.failAll(*d->lastError);
    } else if (age >= kFreshToken.count() && !d->rejected) {
        d->demanded = true;
    }
    d->step();
}

void TokenManager::setSecret(Secret secret)
{
    if (d->closed)
        return;
    d->dropFlight();
    d->token.reset();
    d->secret.wipe();
    d->secretReason.reset();
    d->rejected.reset();
    d->lastError.reset();
    d->requestId.clear();
    d->freshRefusals = {};
    d->gate.forgetSuccess();
    d->failuresInRow = 0;
    d->notBeforeMs = 0;
    d->throttledUntilMs = 0;
    d->demanded = false;
    d->idle = false;
    if (secret.view().contains('\0'))
        d->secretReason = Failure::of(FailureKind::InvalidInput, u"the client secret holds a NUL"_s);
    else
        d->secret = std::move(secret);
    d->step();
}

void TokenManager::secretUnavailable(const Failure &reason)
{
    if (d->closed || !d->secret.isEmpty())
        return;
    d->secretReason = reason;
    d->secretReason->mayHaveExecuted = false;
    d->step();
}

void TokenManager::retryNow()
{
    if (d->closed)
        return;
    const qint64 nowMs = d->clock.continuousMs();
    if (d->lastUserTryMs && nowMs - *d->lastUserTryMs < kBetweenUserTries.count())
        return;
    d->lastUserTryMs = nowMs;
    d->lastUseMs = nowMs;
    d->idle = false;
    d->rejected.reset();
    d->freshRefusals.unblock();
    d->notBeforeMs = 0;
    d->throttledUntilMs = 0;
    d->demanded = true;
    d->step();
}

void TokenManager::close()
{
    if (d->closed)
        return;
    d->closed = true;
    d->dropFlight();
    d->token.reset();
    d->secret.wipe();
    d->alarm->stop();
    d->waiters.failAll(Failure::of(FailureKind::Cancelled, u"the profile was closed"_s));
    d->publish();
}

void TokenManager::lookAgain()
{
    if (d->closed || d->rejected)
        return;
    d->notBeforeMs = 0;
    if (d->token)
        d->token->suspect = true;
    else if (d->failuresInRow > 0)
        d->demanded = true; // one attempt, also when nobody waits: the badge should tell that the line is back
    d->step();
}

void TokenManager::setLearnedSecrets(const LearnedSecrets *secrets)
{
    d->secrets = secrets;
}

void TokenManager::setBusy(bool busy)
{
    if (d->busy == busy)
        return;
    d->busy = busy;
    if (busy)
        d->idle = false;
    else
        d->lastUseMs = d->clock.continuousMs();
    d->step();
}

TokenStatus TokenManager::status() const
{
    return d->statusAt(Moment::now(d->clock));
}

} // namespace yoid
