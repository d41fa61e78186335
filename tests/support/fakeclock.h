// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"

#include <QtCore/QList>

#include <atomic>

namespace yoid {

/// A clock turned by hand: advance() moves both clocks and rings every alarm that falls due, in order, delivering queued
/// events between the rings so that answers arrive as they would in real life.
class FakeClock final : public Clock {
public:
    [[nodiscard]] qint64 wallMs() const override { return m_wallMs; }
    [[nodiscard]] qint64 continuousMs() const override { return m_continuousMs; }
    [[nodiscard]] std::unique_ptr<Alarm> createAlarm(Qt::TimerType type = Qt::CoarseTimer) override;

    void advance(std::chrono::milliseconds by);
    /// The user or NTP sets the clock: only the wall time moves.
    void jumpWall(std::chrono::milliseconds by) { m_wallMs += by.count(); }
    /// The computer sleeps: time passes, alarms do not ring until the next advance().
    void sleep(std::chrono::milliseconds by);
    /// Alarms that are set now.
    [[nodiscard]] qsizetype activeAlarms() const;

private:
    friend class FakeAlarm;
    // Read on the journal's thread too.
    std::atomic<qint64> m_wallMs = 1'795'000'000'000; // November 2026
    std::atomic<qint64> m_continuousMs = 1'000'000;
    QList<class FakeAlarm *> m_alarms;
};

} // namespace yoid
