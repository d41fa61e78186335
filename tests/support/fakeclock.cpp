// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakeclock.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace yoid {

class FakeAlarm final : public Alarm {
public:
    explicit FakeAlarm(FakeClock &clock)
        : m_clock(clock)
    {
        m_clock.m_alarms.append(this);
    }
    ~FakeAlarm() override { m_clock.m_alarms.removeOne(this); }
    void start(std::chrono::milliseconds in) override
    {
        m_dueMs = m_clock.m_continuousMs + std::max<qint64>(0, in.count());
        m_active = true;
    }
    void stop() override { m_active = false; }
    [[nodiscard]] bool isActive() const override { return m_active; }
    [[nodiscard]] qint64 dueMs() const { return m_dueMs; }
    void ring()
    {
        m_active = false;
        Q_EMIT rang();
    }

private:
    FakeClock &m_clock;
    qint64 m_dueMs = 0;
    bool m_active = false;
};

namespace {

void deliverQueuedEvents()
{
    // A queued answer may queue the next one; ten rounds are more than any chain in the program.
    for (int round = 0; round < 10; ++round) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

} // namespace

std::unique_ptr<Alarm> FakeClock::createAlarm(Qt::TimerType)
{
    return std::make_unique<FakeAlarm>(*this);
}

void FakeClock::advance(std::chrono::milliseconds by)
{
    const qint64 target = m_continuousMs + by.count();
    deliverQueuedEvents();
    while (true) {
        FakeAlarm *next = nullptr;
        for (FakeAlarm *alarm : std::as_const(m_alarms)) {
            if (alarm->isActive() && alarm->dueMs() <= target && (!next || alarm->dueMs() < next->dueMs()))
                next = alarm;
        }
        if (!next)
            break;
        const qint64 step = std::max<qint64>(0, next->dueMs() - m_continuousMs);
        m_continuousMs += step;
        m_wallMs += step;
        next->ring();
        deliverQueuedEvents();
    }
    m_wallMs += target - m_continuousMs;
    m_continuousMs = target;
    deliverQueuedEvents();
}

void FakeClock::sleep(std::chrono::milliseconds by)
{
    m_wallMs += by.count();
    m_continuousMs += by.count();
}

qsizetype FakeClock::activeAlarms() const
{
    return std::count_if(m_alarms.begin(), m_alarms.end(), [](const FakeAlarm *alarm) { return alarm->isActive(); });
}

} // namespace yoid
