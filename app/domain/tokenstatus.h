// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"

#include <QtCore/QDateTime>
#include <QtCore/QMetaType>

#include <optional>

namespace yoid {

/// States of reliability 2.2, as shown to people and as tested.
enum class TokenState { NoSecret, Empty, Fetching, Fresh, Stale, Refreshing, Backoff, Throttled, Rejected, Closed };

/// A snapshot for the badge. Times are on the computer's wall clock for display only.
struct TokenStatus {
    TokenState state = TokenState::NoSecret;
    bool usable = false;                ///< A token can be used right now.
    qint64 usableForMs = 0;             ///< At the moment of the snapshot.
    qint64 takenAtContinuousMs = 0;     ///< Clock::continuousMs() of the snapshot, so that a view can count down.
    qint64 nextTryInMs = -1;            ///< Until the next attempt where one is planned (Backoff, Throttled, Stale); else -1.
    QDateTime issuedAt;                 ///< UTC; invalid when there is no token.
    qint64 lifetimeMs = 0;
    int renewals = 0;                   ///< Successful fetches since the profile was opened, the first not counted.
    int failures = 0;                   ///< Failed fetches since the profile was opened.
    int waiting = 0;                    ///< Calls waiting for a token.
    std::optional<qint64> clockSkewMs;  ///< This computer's wall clock minus the server's Date.
    std::optional<Failure> lastError;   ///< Of the latest failed fetch; cleared by a success.
    bool idle = false;                  ///< Resting: no use for ten minutes, renewed when needed.

    bool operator==(const TokenStatus &) const = default;
};

} // namespace yoid

Q_DECLARE_METATYPE(yoid::TokenStatus)
