// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/linemeter.h"

#include <QtCore/QList>

#include <algorithm>

namespace yoid {

namespace {

constexpr qint64 kWindowMs = 30'000;
constexpr std::size_t kMost = 500;
constexpr int kWeakMs = 1000;
constexpr int kBadMs = 4000;
constexpr int kWeakPercent = 2;
constexpr int kBadPercent = 15;

LineQuality::Word wordFor(int typicalMs, int lostPercent)
{
    if (typicalMs >= kBadMs || lostPercent >= kBadPercent)
        return LineQuality::Word::Bad;
    if (typicalMs >= kWeakMs || lostPercent >= kWeakPercent)
        return LineQuality::Word::Weak;
    return LineQuality::Word::Good;
}

} // namespace

void LineMeter::ended(qint64 atMs, qint64 tookMs, bool answered)
{
    m_calls.push_back({ atMs, tookMs, answered });
    if (m_calls.size() > kMost)
        m_calls.pop_front();
}

LineQuality LineMeter::quality(qint64 nowMs)
{
    while (!m_calls.empty() && m_calls.front().atMs + kWindowMs < nowMs)
        m_calls.pop_front();
    if (m_calls.empty())
        return {};
    QList<qint64> times;
    for (const Call &call : m_calls) {
        if (call.answered)
            times.append(call.tookMs);
    }
    const auto all = static_cast<qsizetype>(m_calls.size());
    LineQuality quality;
    quality.lostPercent = static_cast<int>(100 * (all - times.size()) / all);
    if (times.isEmpty()) {
        if (all > 1)
            quality.word = LineQuality::Word::None;
        return quality;
    }
    const auto middle = times.begin() + (times.size() - 1) / 2;
    std::nth_element(times.begin(), middle, times.end());
    quality.typicalMs = static_cast<int>(std::min<qint64>(*middle, 3'600'000));
    quality.word = wordFor(quality.typicalMs, quality.lostPercent);
    return quality;
}

} // namespace yoid
