// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/poller.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kNoConnectionAfter = 20s; // product 1, no. 16
/// Between the end of one look and the next, however long it took.
constexpr std::chrono::milliseconds kLeastPause = 500ms;
constexpr int kHiddenFactor = 4;
constexpr int kLargestSlowdown = 64;

} // namespace

PollPlan PollPlan::forAnswer()
{
    return { { { 30s, 2s }, { 2min, 5s }, { 10min, 15s }, { 1h, 60s } }, 5min };
}

PollPlan PollPlan::forAcceptance()
{
    return { { { 2min, 10s }, { 1h, 60s } }, 10min };
}

PollPlan PollPlan::forPractice()
{
    return { { { 1min, 2s }, { 5min, 10s }, { 1h, 60s } }, 10min };
}

std::chrono::milliseconds PollPlan::intervalAt(std::chrono::milliseconds elapsed) const
{
    for (const Step &step : steps) {
        if (elapsed < step.until)
            return step.every;
    }
    return thereafter;
}

Poller::Poller(Clock &clock, PollPlan plan, Random random, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_plan(std::move(plan))
    , m_random(random ? std::move(random) : Random([] { return QRandomGenerator::global()->generateDouble(); }))
    , m_alarm(clock.createAlarm())
{
    connect(m_alarm.get(), &Alarm::rang, this, &Poller::look);
}

Poller::~Poller() = default;

void Poller::start()
{
    m_startedMs = m_clock.continuousMs();
    m_running = true;
    m_looking = false;
    m_again = false;
    m_lastLook = false;
    m_slowdown = 1;
    plan();
}

void Poller::stop()
{
    m_running = false;
    m_looking = false;
    m_alarm->stop();
}

void Poller::checkNow()
{
    if (!m_running)
        return;
    if (m_looking)
        m_again = true;
    else
        arm(0ms);
}

void Poller::setHidden(bool hidden)
{
    if (std::exchange(m_hidden, hidden) == hidden || !m_running || m_looking)
        return;
    if (hidden)
        plan();
    else
        arm(0ms);
}

void Poller::setExpiry(const QDateTime &expiry)
{
    m_expiry = expiry;
    if (m_running && !m_looking)
        plan();
}

void Poller::setClockSkew(std::function<std::optional<qint64>()> skewMs)
{
    m_skewMs = std::move(skewMs);
}

void Poller::setBudget(PollBudget *budget)
{
    m_budget = budget;
}

void Poller::answered()
{
    if (!m_looking)
        return;
    m_failingSinceMs = -1;
    m_slowdown = 1;
    if (std::exchange(m_noConnection, false))
        Q_EMIT noConnectionChanged(false);
    looked();
}

void Poller::failed(const Failure &failure)
{
    if (!m_looking)
        return;
    if (m_failingSinceMs < 0)
        m_failingSinceMs = m_askedMs;
    if (failure.retryAfter)
        m_notBeforeMs = m_clock.continuousMs() + std::chrono::milliseconds(*failure.retryAfter).count();
    if (failure.kind == FailureKind::RateLimited)
        m_slowdown = std::min(m_slowdown * 2, kLargestSlowdown);
    // What nobody saw may have been answered in time. Only "no such thing" says that there is nothing more to see.
    m_lastLook = m_lastLook && failure.kind == FailureKind::NotFound;
    const std::chrono::milliseconds failing { m_clock.continuousMs() - m_failingSinceMs };
    if (failing >= kNoConnectionAfter && !std::exchange(m_noConnection, true))
        Q_EMIT noConnectionChanged(true);
    looked();
}

QDateTime Poller::serverNow() const
{
    const std::optional<qint64> skew = m_skewMs ? m_skewMs() : std::nullopt;
    return m_clock.nowUtc().addMSecs(-skew.value_or(0));
}

void Poller::looked()
{
    if (!m_running) // a slot above may have stopped us
        return;
    m_looking = false;
    if (m_lastLook) {
        stop();
        Q_EMIT expired();
    } else if (std::exchange(m_again, false)) {
        arm(0ms);
    } else {
        plan();
    }
}

void Poller::plan()
{
    const std::chrono::milliseconds elapsed { m_clock.continuousMs() - m_startedMs };
    std::chrono::milliseconds wait = m_plan.intervalAt(elapsed) * m_slowdown * (m_hidden ? kHiddenFactor : 1);
    // On a slow line the next look still comes an interval after the last one went out, not after it ended.
    const std::chrono::milliseconds took = m_askedMs > 0 ? std::chrono::milliseconds(m_clock.continuousMs() - m_askedMs) : 0ms;
    m_askedMs = 0;
    // Jitter keeps a room full of consoles from asking in step.
    wait = std::chrono::milliseconds(static_cast<qint64>(static_cast<double>(wait.count()) * (0.9 + 0.2 * m_random())));
    arm(std::max(wait - took, std::min(wait, kLeastPause)));
}

void Poller::arm(std::chrono::milliseconds wait)
{
    const std::chrono::milliseconds left = untilExpiry();
    m_alarm->start(std::max(0ms, left > 0ms ? std::min(wait, left) : wait));
}

void Poller::look()
{
    if (!m_running || m_looking)
        return;
    const qint64 now = m_clock.continuousMs();
    const qint64 notBefore = std::max(m_notBeforeMs, m_budget ? m_budget->nextFreeMs : 0);
    if (now < notBefore) {
        m_alarm->start(std::chrono::milliseconds(notBefore - now));
        return;
    }
    if (m_budget)
        m_budget->nextFreeMs = now + m_budget->spacing.count();
    m_looking = true;
    m_lastLook = untilExpiry() <= 0ms;
    m_askedMs = now;
    Q_EMIT due();
}

std::chrono::milliseconds Poller::untilExpiry() const
{
    if (!m_expiry.isValid())
        return std::chrono::milliseconds::max();
    return std::chrono::milliseconds(serverNow().msecsTo(m_expiry));
}

} // namespace yoid
