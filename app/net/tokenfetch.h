// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/accesstoken.h"
#include "app/domain/profile.h"
#include "app/net/tokentiming.h"
#include "app/net/transport.h"

#include <optional>

namespace yoid {

/// What a failed token request means for the next one.
enum class TokenRefusal {
    Transient,  ///< The line or the server: try again with growing waits.
    Stranger,   ///< A sign-in page or another machine answered (captive portal): the same, but 10 s at least.
    Wait,       ///< The server said how long to wait: `failure.retryAfter` is set.
    Permanent,  ///< This client id and secret, or this address, will not do until somebody changes it.
};

/// An answer of the token endpoint, sorted.
struct TokenAnswer {
    std::optional<TokenGrant> grant;
    Failure failure;                            ///< Meaningful without a grant; never `mayHaveExecuted`.
    TokenRefusal refusal = TokenRefusal::Transient;
    std::optional<qint64> clockSkewMs;          ///< Wall clock minus the server's Date, when it sent one.
};

/// The client credentials request (RFC 6749 4.4.2), id and secret in the body: form parameters win over the Basic header
/// in Keycloak and arrive unchanged in all its releases. Never both.
[[nodiscard]] HttpRequest tokenRequest(const Profile &profile, const Secret &secret, const QString &requestId, int attempt);

/// \param sent when the request left, \param now when the answer was there
[[nodiscard]] TokenAnswer sortTokenAnswer(const HttpResult &result, Moment sent, Moment now);

} // namespace yoid
