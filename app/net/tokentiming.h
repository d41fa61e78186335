// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"

#include <QtCore/QList>

#include <chrono>
#include <optional>

namespace yoid {

/// Both clocks read at one moment.
struct Moment {
    qint64 continuousMs = 0;
    qint64 wallMs = 0;

    [[nodiscard]] static Moment now(const Clock &clock) { return { clock.continuousMs(), clock.wallMs() }; }
    bool operator==(const Moment &) const = default;
};

/// When a token is renewed and when it stops being lent (reliability 2.1).
struct TokenTimes {
    qint64 dueMs = 0;           ///< Continuous clock: time to renew.
    qint64 endMs = 0;           ///< Continuous clock: not lent from here on.
    qint64 endWallMs = 0;       ///< Wall clock: the same; catches a machine that was paused without its clock counting.

    /// \param sent before the request left, because the server's count starts somewhere after that
    /// \param unit a random number in [0, 1) for the jitter
    [[nodiscard]] static TokenTimes of(Moment sent, std::chrono::milliseconds life, double unit);

    [[nodiscard]] bool usable(Moment now) const { return now.continuousMs < endMs && now.wallMs < endWallMs; }
    [[nodiscard]] bool due(Moment now) const { return now.continuousMs >= dueMs; }
    /// What is left by the stricter clock, never negative.
    [[nodiscard]] qint64 leftMs(Moment now) const;
};

/// Notices when the wall clock and the continuous clock part: somebody set the time, or a virtual machine was paused.
class JumpWatch final {
public:
    void anchor(Moment now) { m_anchor = now; }
    /// How far the wall clock ran ahead since the last anchor when that is more than 5 s either way, else 0. Anchors
    /// again, so that a jump is told once.
    [[nodiscard]] qint64 look(Moment now);

private:
    std::optional<Moment> m_anchor;
};

/// Keeps token requests apart: 1 s always, 5 s after a success, 10 in a rolling minute (reliability 2.1).
class SendGate final {
public:
    void sent(qint64 nowMs);
    void succeeded(qint64 nowMs) { m_succeededMs = nowMs; }
    /// A new secret: the answer to the old one says nothing about it.
    void forgetSuccess() { m_succeededMs.reset(); }
    /// The earliest moment for the next request, on the continuous clock.
    [[nodiscard]] qint64 openFromMs(qint64 nowMs) const;

private:
    QList<qint64> m_sentMs; ///< of the last minute, oldest first
    std::optional<qint64> m_succeededMs;
};

/// Breaks the circle of an API that answers 401 to tokens that were only just granted (reliability 2.3).
class FreshRefusals final {
public:
    /// The API refused a token of this age. True: stop asking for tokens until blockedUntilMs().
    [[nodiscard]] bool refused(qint64 nowMs, qint64 tokenAgeMs);
    /// A token lived on without being refused.
    void recovered();
    void unblock() { m_blockedUntilMs.reset(); }

    [[nodiscard]] bool blocked(qint64 nowMs) const { return m_blockedUntilMs && nowMs < *m_blockedUntilMs; }
    [[nodiscard]] qint64 blockedUntilMs() const { return m_blockedUntilMs.value_or(0); }

private:
    QList<qint64> m_refusedMs;
    std::optional<qint64> m_blockedUntilMs;
    int m_trips = 0;
};

/// The age below which a refused token counts as fresh, and above which one that was not refused counts as good.
inline constexpr std::chrono::milliseconds kFreshToken { 10'000 };

} // namespace yoid
