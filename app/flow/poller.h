// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/base/failure.h"

#include <QtCore/QList>
#include <QtCore/QObject>

#include <functional>
#include <memory>
#include <optional>

namespace yoid {

/// How often something is looked at, by how long it has been looked at already.
struct PollPlan {
    struct Step {
        std::chrono::milliseconds until;
        std::chrono::milliseconds every;
    };
    QList<Step> steps;
    std::chrono::milliseconds thereafter { 300'000 };

    /// While a youth stands in front of a QR code: 2 s, 5 s, 15 s, 60 s, 5 min (reliability 5.8).
    [[nodiscard]] static PollPlan forAnswer();
    /// An offer that may be accepted today or next week: 10 s, 60 s, 10 min (product 2.8).
    [[nodiscard]] static PollPlan forAcceptance();
    /// The same in practice, where the pretend youth answers after a moment.
    [[nodiscard]] static PollPlan forPractice();

    [[nodiscard]] std::chrono::milliseconds intervalAt(std::chrono::milliseconds elapsed) const;
};

/// Keeps all looks of one session together at two in a second.
struct PollBudget {
    std::chrono::milliseconds spacing { 500 };
    qint64 nextFreeMs = 0; ///< Clock::continuousMs()
};

/// Tells when one thing is to be looked at: growing waits with ±10 % jitter, Retry-After honoured, doubled on 429, four times
/// slower in a hidden window, a last look at the expiry, repeated until the service could be asked. It never looks itself: its
/// owner does on due() and reports how it went. No look is asked for while one is under way.
class Poller final : public QObject {
    Q_OBJECT

public:
    /// Random numbers in [0, 1); a test gives its own.
    using Random = std::function<double()>;

    Poller(Clock &clock, PollPlan plan, Random random = {}, QObject *parent = nullptr);
    ~Poller() override;

    /// Begins, or begins anew: the waits start from their shortest. The first look comes after the first wait.
    void start();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_running; }
    /// Looks now; when a look is under way, once more right after it.
    void checkNow();
    /// A hidden window waits four times as long; shown again, it looks at once.
    void setHidden(bool hidden);
    /// From this moment of the service's time on nothing new is expected: one last look, then expired().
    void setExpiry(const QDateTime &expiry);
    /// How far this computer's wall clock is ahead of the service's; asked whenever expiry is judged. Unknown: none.
    void setClockSkew(std::function<std::optional<qint64>()> skewMs);
    /// Shared with the other pollers of the session; must outlive this.
    void setBudget(PollBudget *budget);

    /// The look went well.
    void answered();
    /// The look failed; after 20 s without a good one noConnection() turns true.
    void failed(const Failure &failure);
    [[nodiscard]] bool noConnection() const { return m_noConnection; }
    /// The service's time as far as it is known.
    [[nodiscard]] QDateTime serverNow() const;

Q_SIGNALS:
    void due();
    void expired();
    void noConnectionChanged(bool noConnection);

private:
    void arm(std::chrono::milliseconds wait);
    void plan();
    void look();
    void looked();
    [[nodiscard]] std::chrono::milliseconds untilExpiry() const;

    Clock &m_clock;
    PollPlan m_plan;
    Random m_random;
    std::unique_ptr<Alarm> m_alarm;
    PollBudget *m_budget = nullptr;
    std::function<std::optional<qint64>()> m_skewMs;
    QDateTime m_expiry;
    qint64 m_startedMs = 0;
    qint64 m_askedMs = 0;           ///< When the look under way began.
    qint64 m_failingSinceMs = -1;
    int m_slowdown = 1;
    qint64 m_notBeforeMs = 0;       ///< The service's Retry-After, on the continuous clock.
    bool m_running = false;
    bool m_looking = false;
    bool m_again = false;
    bool m_hidden = false;
    bool m_lastLook = false;
    bool m_noConnection = false;
};

} // namespace yoid
