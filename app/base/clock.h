// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QObject>

#include <chrono>
#include <memory>

namespace yoid {

/// Wakes its owner once. The deadline it serves is checked against Clock::continuousMs(), never against the alarm:
/// deadlines decide, alarms only wake (design decision 7).
class Alarm : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Rings once after this long; replaces an earlier setting. Any length works, also beyond an int of milliseconds.
    virtual void start(std::chrono::milliseconds in) = 0;
    virtual void stop() = 0;
    [[nodiscard]] virtual bool isActive() const = 0;

Q_SIGNALS:
    void rang();
};

/// Where time comes from. Tests put a hand-turned clock in its place and let hours pass in milliseconds.
class Clock {
public:
    virtual ~Clock() = default;

    /// Wall time: milliseconds since the epoch in UTC. May jump.
    [[nodiscard]] virtual qint64 wallMs() const = 0;
    /// Milliseconds on a clock that never jumps and goes on counting while the computer sleeps.
    [[nodiscard]] virtual qint64 continuousMs() const = 0;
    /// A new alarm of this clock, for use on the calling thread. With a coarse alarm the system may be up to 5 % late.
    [[nodiscard]] virtual std::unique_ptr<Alarm> createAlarm(Qt::TimerType type = Qt::CoarseTimer) = 0;

    [[nodiscard]] QDateTime nowUtc() const { return QDateTime::fromMSecsSinceEpoch(wallMs(), Qt::UTC); }
};

/// The computer's own clocks. The continuous one is CLOCK_BOOTTIME on Linux, which counts suspend.
class SystemClock final : public Clock {
public:
    [[nodiscard]] qint64 wallMs() const override;
    [[nodiscard]] qint64 continuousMs() const override;
    [[nodiscard]] std::unique_ptr<Alarm> createAlarm(Qt::TimerType type = Qt::CoarseTimer) override;
};

} // namespace yoid
