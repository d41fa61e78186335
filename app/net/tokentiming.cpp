// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/tokentiming.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace yoid {

namespace {

using std::chrono::milliseconds;

constexpr qint64 ms(milliseconds length)
{
    return length.count();
}

constexpr milliseconds kLongestMargin = 30s;
constexpr milliseconds kShortestMargin = 1s;
constexpr milliseconds kLongestJitter = 5s;
constexpr milliseconds kLongestGuard = 5s;
constexpr milliseconds kJump = 5s;
constexpr milliseconds kFloor = 1s;
constexpr milliseconds kFloorAfterSuccess = 5s;
constexpr qsizetype kRequestsPerMinute = 10;
constexpr milliseconds kMinute = 60s;
constexpr qsizetype kFreshRefusals = 3;
constexpr milliseconds kFirstBlock = 60s;
constexpr milliseconds kLongestBlock = 600s;

} // namespace

TokenTimes TokenTimes::of(Moment sent, milliseconds life, double unit)
{
    const milliseconds margin = std::clamp<milliseconds>(life / 4, kShortestMargin, kLongestMargin);
    const milliseconds guard = std::min(kLongestGuard, life / 10);
    const milliseconds jitter { static_cast<qint64>(static_cast<double>(ms(std::min(kLongestJitter, life / 50))) * unit) };
    TokenTimes times;
    times.dueMs = sent.continuousMs + std::max<qint64>(0, ms(life - margin - jitter));
    times.endMs = sent.continuousMs + ms(life - guard);
    times.endWallMs = sent.wallMs + ms(life - guard);
    return times;
}

qint64 TokenTimes::leftMs(Moment now) const
{
    return std::max<qint64>(0, std::min(endMs - now.continuousMs, endWallMs - now.wallMs));
}

qint64 JumpWatch::look(Moment now)
{
    if (!m_anchor) {
        m_anchor = now;
        return 0;
    }
    const qint64 ahead = (now.wallMs - m_anchor->wallMs) - (now.continuousMs - m_anchor->continuousMs);
    if (std::abs(ahead) <= ms(kJump))
        return 0;
    m_anchor = now;
    return ahead;
}

void SendGate::sent(qint64 nowMs)
{
    m_sentMs.removeIf([nowMs](qint64 at) { return nowMs - at >= ms(kMinute); });
    m_sentMs.append(nowMs);
}

qint64 SendGate::openFromMs(qint64 nowMs) const
{
    qint64 from = nowMs;
    if (!m_sentMs.isEmpty())
        from = std::max(from, m_sentMs.last() + ms(kFloor));
    if (m_succeededMs)
        from = std::max(from, *m_succeededMs + ms(kFloorAfterSuccess));
    if (m_sentMs.size() >= kRequestsPerMinute)
        from = std::max(from, m_sentMs.at(m_sentMs.size() - kRequestsPerMinute) + ms(kMinute));
    return from;
}

bool FreshRefusals::refused(qint64 nowMs, qint64 tokenAgeMs)
{
    if (tokenAgeMs >= ms(kFreshToken))
        return false;
    m_refusedMs.removeIf([nowMs](qint64 at) { return nowMs - at >= ms(kMinute); });
    m_refusedMs.append(nowMs);
    // After the first break a single fresh refusal is enough: nothing has changed.
    if (m_refusedMs.size() < kFreshRefusals && m_trips == 0)
        return false;
    const milliseconds length = std::min(kLongestBlock, kFirstBlock * (1 << std::min(m_trips, 4)));
    m_blockedUntilMs = nowMs + ms(length);
    ++m_trips;
    m_refusedMs.clear();
    return true;
}

void FreshRefusals::recovered()
{
    m_trips = 0;
    m_refusedMs.clear();
}

} // namespace yoid
