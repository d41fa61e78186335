// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/tokenmanager_p.h"

#include "app/base/softassert.h"

#include <QtCore/QLoggingCategory>
#include <QtCore/QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

Q_LOGGING_CATEGORY(lcToken, "yoid.token", QtWarningMsg)

using std::chrono::milliseconds;

constexpr milliseconds kLongestNap = 60s;
constexpr milliseconds kIdleAfter = 600s;
constexpr milliseconds kWaitForSecret = 20s;
constexpr milliseconds kStrangerFloor = 10s;
/// The transport ends a token request after 15 s; one that it forgot is given up a little later.
constexpr milliseconds kForgottenFlight = 20s;
constexpr Backoff kBackoff { 1s, 60s, 1s };

std::chrono::seconds roundedUp(qint64 ms)
{
    return std::max(1s, std::chrono::ceil<std::chrono::seconds>(milliseconds(ms)));
}

} // namespace

TokenManager::Private::Private(TokenManager &manager, Transport &line, Clock &time, const Profile &owner, Random dice)
    : q(manager)
    , transport(line)
    , clock(time)
    , profile(owner)
    , random(std::move(dice))
    , alarm(time.createAlarm())
    , lastUseMs(time.continuousMs())
{
    if (!random)
        random = [] { return QRandomGenerator::global()->generateDouble(); };
    QObject::connect(alarm.get(), &Alarm::rang, &q, [this] { step(); });
    m_published = timeless();
}

void TokenManager::Private::step()
{
    if (closed)
        return;
    const Moment now = Moment::now(clock);
    settleFacts(now);
    if (const auto planned = plannedMs(now); planned && *planned <= now.continuousMs)
        send(now);
    setAlarm(now);
    publish();
}

/// What time alone has changed.
void TokenManager::Private::settleFacts(Moment now)
{
    if (jumps.look(now) > 0 && token) {
        token->suspect = true;
        demanded = demanded || !resting(now); // also when the wall clock just ended it
    }
    if (flight && now.continuousMs - flight->sent.continuousMs >= kForgottenFlight.count()) {
        dropFlight();
        TokenAnswer answer;
        answer.failure = Failure::of(FailureKind::Timeout, u"the token request did not come back"_s);
        refuse(answer, now);
    }
    if (token && !token->times.usable(now)) {
        if (now.continuousMs - token->sent.continuousMs >= kFreshToken.count())
            freshRefusals.recovered();
        token.reset();
    }
    if (token && (token->suspect || token->times.due(now))) {
        idle = resting(now);
        // Owed even when a floor lies beyond the end of a very short life.
        if (!idle && failuresInRow == 0)
            demanded = true;
    }
    if (secret.isEmpty()) {
        waiters.failJoinedBy(now.continuousMs - kWaitForSecret.count(), noSecret());
        waiters.failDueBy(now.continuousMs, noSecret());
    } else {
        waiters.failDueBy(now.continuousMs, unavailable(now));
    }
}

/// The idle rule: nobody asked for ten minutes and no job runs.
bool TokenManager::Private::resting(Moment now) const
{
    return !busy && now.continuousMs - lastUseMs >= kIdleAfter.count();
}

bool TokenManager::Private::wantsFetch(Moment now) const
{
    if (!waiters.isEmpty() || demanded)
        return true;
    if (usable(now))
        return (token->suspect || token->times.due(now)) && !resting(now);
    return failuresInRow > 0 && busy;
}

qint64 TokenManager::Private::openFromMs(qint64 nowMs) const
{
    return std::max({ gate.openFromMs(nowMs), notBeforeMs, throttledUntilMs });
}

/// When the next request leaves, if one is wanted and allowed and none is in the air (T1, T5).
std::optional<qint64> TokenManager::Private::plannedMs(Moment now) const
{
    if (closed || flight || secret.isEmpty() || rejected || freshRefusals.blocked(now.continuousMs) || !wantsFetch(now))
        return std::nullopt;
    return openFromMs(now.continuousMs);
}

void TokenManager::Private::send(Moment now)
{
    demanded = false;
    if (failuresInRow == 0 || requestId.isEmpty())
        requestId = IntentId::create().text;
    if (!isAllowedAddress(profile.tokenUrl)) {
        TokenAnswer answer;
        answer.refusal = TokenRefusal::Permanent;
        answer.failure = Failure::of(FailureKind::AddressRefused, u"the token address is not https"_s);
        refuse(answer, now);
        return;
    }
    gate.sent(now.continuousMs);
    jumps.anchor(now);
    Exchange *exchange = transport.send(tokenRequest(profile, secret, requestId, failuresInRow + 1));
    const quint64 number = ++flightNumber;
    flight = Flight { exchange, number, now };
    YOID_ENSURE(exchange, return); // given up by its age
    QObject::connect(exchange, &Exchange::finished, &q, [this, number](const HttpResult &result) {
        if (flight && flight->number == number)
            onFinished(result);
    });
}

void TokenManager::Private::onFinished(const HttpResult &result)
{
    const Moment sent = flight->sent;
    flight.reset();
    const Moment now = Moment::now(clock);
    TokenAnswer answer = sortTokenAnswer(result, sent, now);
    if (answer.clockSkewMs)
        clockSkewMs = answer.clockSkewMs;
    if (answer.grant)
        accept(std::move(*answer.grant), sent, now);
    else
        refuse(answer, now);
    step();
}

void TokenManager::Private::accept(TokenGrant grant, Moment sent, Moment now)
{
    warnAboutLife(grant);
    if (token && now.continuousMs - token->sent.continuousMs >= kFreshToken.count())
        freshRefusals.recovered();
    // Where the clock was set while the answer was under way, only the continuous one tells the token's age.
    JumpWatch flightWatch;
    flightWatch.anchor(sent);
    if (flightWatch.look(now) != 0)
        sent.wallMs = now.wallMs - (now.continuousMs - sent.continuousMs);
    jumps.anchor(now);

    ++successes;
    failuresInRow = 0;
    notBeforeMs = 0;
    throttledUntilMs = 0;
    demanded = false;
    idle = false;
    lastError.reset();
    gate.succeeded(now.continuousMs);
    const milliseconds life = grant.lifetime;
    token = Token { std::move(grant.accessToken), ++lastTokenId, sent, life, TokenTimes::of(sent, life, random()), false };
    // Even a token with no life left serves the calls that waited for it: they could never have a younger one.
    waiters.succeed(token->value, token->id);
}

void TokenManager::Private::refuse(const TokenAnswer &answer, Moment now)
{
    ++failures;
    ++failuresInRow;
    demanded = false;
    if (token)
        token->suspect = true; // somebody saw a reason to renew; it stands until it is done
    lastError = secrets ? secrets->cleaned(answer.failure) : answer.failure;
    lastError->requestId = requestId;
    qCInfo(lcToken) << "no token:" << failureName(answer.failure.kind) << answer.failure.httpStatus;
    switch (answer.refusal) {
    case TokenRefusal::Permanent:
        rejected = lastError;
        if (!usable(now))
            waiters.failAll(*rejected);
        return;
    case TokenRefusal::Wait:
        throttledUntilMs = now.continuousMs + milliseconds(answer.failure.retryAfter.value_or(60s)).count();
        waiters.failDueBy(throttledUntilMs, unavailable(now));
        return;
    case TokenRefusal::Transient:
    case TokenRefusal::Stranger:
        break;
    }
    milliseconds wait = kBackoff.wait(failuresInRow, random());
    if (usable(now))
        wait = std::max(kBackoff.floor, std::min(wait, milliseconds(token->times.leftMs(now) / 2)));
    if (answer.refusal == TokenRefusal::Stranger)
        wait = std::max(wait, kStrangerFloor);
    notBeforeMs = now.continuousMs + wait.count();
}

void TokenManager::Private::warnAboutLife(const TokenGrant &grant)
{
    if (m_warnedLife || !(grant.lifetimeGuessed || grant.lifetimeClamped || grant.lifetimeShort))
        return;
    m_warnedLife = true;
    const char *what = "the token's lifetime is unusually short:";
    if (grant.lifetimeGuessed)
        what = "the token answer names no usable lifetime; taking it for";
    else if (grant.lifetimeClamped)
        what = "the token's lifetime is unusually long; taking it for";
    qCWarning(lcToken) << what << grant.lifetime.count() << "s";
}

void TokenManager::Private::setAlarm(Moment now)
{
    std::optional<qint64> next = plannedMs(now);
    const auto consider = [&next](std::optional<qint64> at) {
        if (at && (!next || *at < *next))
            next = at;
    };
    if (flight)
        consider(flight->sent.continuousMs + kForgottenFlight.count());
    if (token) {
        consider(now.continuousMs + token->times.leftMs(now));
        if (!token->times.due(now))
            consider(token->times.dueMs);
    }
    consider(waiters.earliestDeadlineMs());
    if (secret.isEmpty() && !waiters.isEmpty())
        consider(*waiters.earliestJoinedMs() + kWaitForSecret.count());
    if (freshRefusals.blocked(now.continuousMs))
        consider(freshRefusals.blockedUntilMs());
    if (throttledUntilMs > now.continuousMs)
        consider(throttledUntilMs);
    if (!next) {
        alarm->stop();
        return;
    }
    // Short steps: a clock that stops in sleep, or jumps, is noticed within a minute.
    alarm->start(std::clamp<milliseconds>(milliseconds(*next - now.continuousMs), 1ms, kLongestNap));
}

void TokenManager::Private::dropFlight()
{
    if (!flight)
        return;
    const QPointer<Exchange> exchange = flight->exchange;
    flight.reset();
    if (exchange) {
        exchange->disconnect(&q);
        exchange->abort();
    }
}

TokenState TokenManager::Private::stateAt(Moment now) const
{
    const bool canServe = usable(now);
    if (closed)
        return TokenState::Closed;
    if (flight)
        return canServe ? TokenState::Refreshing : TokenState::Fetching;
    if (secret.isEmpty())
        return TokenState::NoSecret;
    if (canServe) {
        const bool renewable = token->suspect || token->times.due(now) || failuresInRow > 0 || demanded;
        return renewable ? TokenState::Stale : TokenState::Fresh;
    }
    if (rejected || freshRefusals.blocked(now.continuousMs))
        return TokenState::Rejected;
    if (throttledUntilMs > now.continuousMs)
        return TokenState::Throttled;
    return failuresInRow > 0 || plannedMs(now) ? TokenState::Backoff : TokenState::Empty;
}

TokenStatus TokenManager::Private::statusAt(Moment now) const
{
    TokenStatus status;
    status.state = stateAt(now);
    status.usable = usable(now);
    status.takenAtContinuousMs = now.continuousMs;
    if (status.usable) {
        status.usableForMs = token->times.leftMs(now);
        status.issuedAt = QDateTime::fromMSecsSinceEpoch(token->sent.wallMs, Qt::UTC);
        status.lifetimeMs = token->life.count();
    }
    if (const auto planned = plannedMs(now))
        status.nextTryInMs = std::max<qint64>(0, *planned - now.continuousMs);
    else if (status.state == TokenState::Throttled)
        status.nextTryInMs = throttledUntilMs - now.continuousMs;
    status.renewals = std::max(0, successes - 1);
    status.failures = failures;
    status.waiting = waiters.size();
    status.clockSkewMs = clockSkewMs;
    status.lastError = status.state == TokenState::NoSecret && secretReason ? secretReason : lastError;
    status.idle = idle && !flight && !closed;
    return status;
}

Failure TokenManager::Private::unavailable(Moment now) const
{
    Failure failure = lastError.value_or(Failure());
    failure.technical = lastError ? failureName(lastError->kind) + u": "_s + lastError->technical
                                  : u"no token within the time the call could wait"_s;
    failure.kind = FailureKind::TokenUnavailable;
    failure.retryAfter.reset();
    if (throttledUntilMs > now.continuousMs)
        failure.retryAfter = roundedUp(throttledUntilMs - now.continuousMs);
    return failure;
}

Failure TokenManager::Private::apiRefusal(Moment now) const
{
    Failure failure = Failure::of(FailureKind::Unauthorized, u"the service refuses tokens that were only just granted"_s);
    failure.httpStatus = 401;
    failure.retryAfter = roundedUp(freshRefusals.blockedUntilMs() - now.continuousMs);
    return failure;
}

Failure TokenManager::Private::noSecret() const
{
    return secretReason.value_or(Failure::of(FailureKind::SecretMissing, u"the client secret has not been read yet"_s));
}

/// The status without what merely counts down: that time went by is no change, a new end or a new next attempt is.
TokenManager::Private::Published TokenManager::Private::timeless() const
{
    const Moment now = Moment::now(clock);
    Published shown { statusAt(now), token ? token->id : 0, plannedMs(now) };
    shown.status.usableForMs = 0;
    shown.status.takenAtContinuousMs = 0;
    shown.status.nextTryInMs = 0;
    return shown;
}

/// From the event loop, so that nobody is told inside his own call and a state that lasted no time is not shown.
void TokenManager::Private::publish()
{
    if (m_publishing)
        return;
    m_publishing = true;
    const auto tell = [this] {
        m_publishing = false;
        Published now = timeless();
        if (now == m_published)
            return;
        m_published = std::move(now);
        Q_EMIT q.statusChanged(q.status());
    };
    QMetaObject::invokeMethod(&q, tell, Qt::QueuedConnection);
}

} // namespace yoid
