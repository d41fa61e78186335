// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/net/tokenfetch.h"
#include "app/net/tokenmanager.h"
#include "app/net/tokenwaiters.h"

#include <QtCore/QPointer>

namespace yoid {

/// Holds facts only; the state of reliability 2.2 is read off them, so that no two of them can contradict each other.
/// Every event changes facts and calls step(), the one place that decides to send.
class TokenManager::Private final {
public:
    Private(TokenManager &manager, Transport &line, Clock &time, const Profile &owner, Random dice);

    void step();
    /// Ends the request in the air; its answer will not be used (T3).
    void dropFlight();
    /// Tells a change of the status, later and at most once a turn of the event loop.
    void publish();
    [[nodiscard]] TokenStatus statusAt(Moment now) const;
    [[nodiscard]] bool usable(Moment now) const { return token && token->times.usable(now); }
    [[nodiscard]] Failure unavailable(Moment now) const;
    [[nodiscard]] Failure apiRefusal(Moment now) const;

    struct Token {
        Secret value;
        quint64 id = 0;
        Moment sent;
        std::chrono::milliseconds life { 0 };
        TokenTimes times;
        bool suspect = false;       ///< The clocks parted or the line was away: renew when there is a chance.
    };
    struct Flight {
        QPointer<Exchange> exchange;
        quint64 number = 0;
        Moment sent;
    };
    struct Published {
        TokenStatus status;
        quint64 tokenId = 0;
        std::optional<qint64> plannedMs;
        bool operator==(const Published &) const = default;
    };

    TokenManager &q;
    Transport &transport;
    Clock &clock;
    const Profile profile;
    Random random;
    std::unique_ptr<Alarm> alarm;
    TokenWaiters waiters;
    const LearnedSecrets *secrets = nullptr;

    bool closed = false;
    Secret secret;
    std::optional<Failure> secretReason;

    std::optional<Token> token;
    quint64 lastTokenId = 0;
    std::optional<Flight> flight;
    quint64 flightNumber = 0;       ///< Late answers are dropped by it (T3).
    QString requestId;              ///< One for a row of attempts.

    SendGate gate;
    FreshRefusals freshRefusals;
    JumpWatch jumps;
    int failuresInRow = 0;
    qint64 notBeforeMs = 0;         ///< Backoff: no attempt before.
    qint64 throttledUntilMs = 0;    ///< The server's own Retry-After.
    std::optional<Failure> rejected;
    bool demanded = false;          ///< A fetch is owed whether or not somebody waits.
    bool idle = false;              ///< A renewal was left out because nobody uses the token.
    bool busy = false;
    qint64 lastUseMs = 0;
    std::optional<qint64> lastUserTryMs;

    int successes = 0;
    int failures = 0;
    std::optional<qint64> clockSkewMs;
    std::optional<Failure> lastError;

private:
    void settleFacts(Moment now);
    [[nodiscard]] bool resting(Moment now) const;
    [[nodiscard]] bool wantsFetch(Moment now) const;
    [[nodiscard]] qint64 openFromMs(qint64 nowMs) const;
    [[nodiscard]] std::optional<qint64> plannedMs(Moment now) const;
    void send(Moment now);
    void onFinished(const HttpResult &result);
    void accept(TokenGrant grant, Moment sent, Moment now);
    void refuse(const TokenAnswer &answer, Moment now);
    void warnAboutLife(const TokenGrant &grant);
    void setAlarm(Moment now);
    [[nodiscard]] TokenState stateAt(Moment now) const;
    [[nodiscard]] Failure noSecret() const;
    [[nodiscard]] Published timeless() const;

    bool m_warnedLife = false;
    bool m_publishing = false;
    Published m_published;
};

} // namespace yoid
