// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/base/secret.h"

#include <chrono>

namespace yoid {

/// What a token endpoint granted (RFC 6749 5.1). The token is opaque: its `exp` is not read.
struct TokenGrant {
    Secret accessToken;
    std::chrono::seconds lifetime { 0 };    ///< As the rules of reliability 2.4 make it: 0 … 86 400 s.
    bool lifetimeGuessed = false;           ///< `expires_in` missing or unusable: 60 s assumed.
    bool lifetimeClamped = false;
    bool lifetimeShort = false;             ///< Under 10 s: unusually short.
};

/// Sorts the answer of the token endpoint. Failures: SecretRefused (any 400/401/403 with or without an OAuth error;
/// permanent), RateLimited, ServerError, NotFound (realm not there: transient), NotTheApi, MalformedReply.
/// \param contentType the reply's Content-Type, to tell HTML from JSON
[[nodiscard]] Outcome<TokenGrant> parseTokenReply(int httpStatus, const QByteArray &contentType, const QByteArray &body);

} // namespace yoid
