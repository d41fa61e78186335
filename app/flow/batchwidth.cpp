// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchwidth.h"

#include <algorithm>

namespace yoid {

namespace {

constexpr int kFirstWidth = 2;
constexpr int kCalmStretch = 8;         // answers in a row before one more person is taken in hand
constexpr qsizetype kCompared = 8;
constexpr qsizetype kEnough = 3;        // a median of fewer says nothing
constexpr qint64 kQuickMs = 50;         // below this nobody waits, whatever the ratio is

qint64 medianOf(QList<qint64> times)
{
    const auto middle = times.begin() + (times.size() - 1) / 2;
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

} // namespace

BatchWidth::BatchWidth(int most)
    : m_most(std::max(1, most))
    , m_width(std::min(kFirstWidth, m_most))
{
}

void BatchWidth::setMost(int most)
{
    m_most = std::max(1, most);
    m_width = std::min(m_width, m_most);
}

void BatchWidth::answered(ActionKind call, qint64 tookMs)
{
    m_sameTrouble = std::max(0, m_sameTrouble - 1);
    Lane &lane = m_lanes[call];
    if (lane.recent.size() == kCompared)
        lane.recent.removeFirst();
    lane.recent.append(tookMs);
    if (!isCalm(lane)) {
        m_calm = 0;
        m_slowStart = false;
        return;
    }
    ++m_calm;
    if (m_slowStart && m_calm >= m_width)
        widen(m_width * 2);
    else if (!m_slowStart && m_calm >= kCalmStretch)
        widen(m_width + 1);
}

void BatchWidth::troubled()
{
    m_calm = 0;
    m_slowStart = false;
    if (m_sameTrouble > 0) {
        --m_sameTrouble;
        return;
    }
    m_sameTrouble = m_width - 1;
    m_width = std::max(1, m_width / 2);
}

void BatchWidth::startOver()
{
    *this = BatchWidth(m_most);
}

bool BatchWidth::isCalm(Lane &lane)
{
    if (lane.recent.size() < kEnough)
        return true;
    const qint64 median = medianOf(lane.recent);
    lane.bestMs = lane.bestMs < 0 ? median : std::min(lane.bestMs, median);
    return median <= std::max(kQuickMs, 2 * lane.bestMs);
}

void BatchWidth::widen(int to)
{
    m_calm = 0;
    m_width = std::min(to, m_most);
}

} // namespace yoid
