// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/clock.h"

#include <QtCore/QTimer>

#include <algorithm>

#if defined(Q_OS_WIN)
#include <qt_windows.h>
#include <realtimeapiset.h>
#else
#include <time.h>
#endif

using namespace std::chrono_literals;

namespace yoid {

namespace {

/// Timers run on a clock that may stop while the computer sleeps, so an alarm looks again at least this often.
constexpr std::chrono::milliseconds kLongestNap = 60s;

class SystemAlarm final : public Alarm {
public:
    SystemAlarm(const Clock &clock, Qt::TimerType type)
        : m_clock(clock)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(type);
        connect(&m_timer, &QTimer::timeout, this, &SystemAlarm::look);
    }

    void start(std::chrono::milliseconds in) override
    {
        m_dueMs = m_clock.continuousMs() + std::max<qint64>(0, in.count());
        nap();
    }
    void stop() override { m_timer.stop(); }
    [[nodiscard]] bool isActive() const override { return m_timer.isActive(); }

private:
    void nap()
    {
        const std::chrono::milliseconds left { std::max<qint64>(0, m_dueMs - m_clock.continuousMs()) };
        m_timer.start(std::min(left, kLongestNap));
    }
    void look()
    {
        if (m_clock.continuousMs() < m_dueMs)
            nap();
        else
            Q_EMIT rang();
    }

    const Clock &m_clock;
    QTimer m_timer;
    qint64 m_dueMs = 0;
};

} // namespace

qint64 SystemClock::wallMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

qint64 SystemClock::continuousMs() const
{
#if defined(Q_OS_WIN)
    ULONGLONG hundredNs = 0;
    QueryInterruptTime(&hundredNs);
    return static_cast<qint64>(hundredNs / 10000);
#else
#if defined(Q_OS_MACOS)
    constexpr clockid_t id = CLOCK_MONOTONIC_RAW; // mach_continuous_time on macOS
#else
    constexpr clockid_t id = CLOCK_BOOTTIME;
#endif
    timespec now {};
    clock_gettime(id, &now);
    return static_cast<qint64>(now.tv_sec) * 1000 + static_cast<qint64>(now.tv_nsec) / 1'000'000;
#endif
}

std::unique_ptr<Alarm> SystemClock::createAlarm(Qt::TimerType type)
{
    return std::make_unique<SystemAlarm>(*this, type);
}

} // namespace yoid
