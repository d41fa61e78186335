// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchpace.h"

#include <algorithm>
#include <cmath>

namespace yoid {

namespace {

constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kSoonestMs = 2'000;    // before that one person more or less would double the rate
constexpr std::size_t kFewest = 2;

} // namespace

void BatchPace::work(bool on, qint64 nowMs)
{
    if (on == m_sinceMs.has_value())
        return;
    if (on) {
        m_sinceMs = nowMs;
    } else {
        m_workedMs = workedMs(nowMs);
        m_sinceMs.reset();
    }
}

void BatchPace::finished(qint64 nowMs)
{
    m_finished.push_back(workedMs(nowMs));
}

double BatchPace::perMinute(qint64 nowMs)
{
    const qint64 worked = workedMs(nowMs);
    while (!m_finished.empty() && m_finished.front() + kMinuteMs <= worked)
        m_finished.pop_front();
    const qint64 span = std::min(worked, kMinuteMs);
    if (span < kSoonestMs || m_finished.size() < kFewest)
        return 0;
    return static_cast<double>(m_finished.size()) * static_cast<double>(kMinuteMs) / static_cast<double>(span);
}

std::optional<int> BatchPace::secondsFor(int people, qint64 nowMs)
{
    const double rate = perMinute(nowMs);
    if (rate <= 0)
        return {};
    return static_cast<int>(std::ceil(people * 60.0 / rate));
}

qint64 BatchPace::workedMs(qint64 nowMs) const
{
    return m_workedMs + (m_sinceMs ? std::max<qint64>(0, nowMs - *m_sinceMs) : 0);
}

} // namespace yoid
