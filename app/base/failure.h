// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace yoid {

/// Why something did not work. Every kind has one sentence for people in `ui/failuretext`; code decides by kind,
/// never by text.
enum class FailureKind {
    // Nothing left this computer.
    InvalidInput,       ///< The caller's data breaks a rule; `fields` names the places.
    AddressRefused,     ///< Not https, or not one of the profile's own origins (reliability T2).
    Cancelled,          ///< The user or the program stopped it.
    AlreadyGiven,       ///< Other work has given this person the credential meanwhile, or is about to.
    Replaced,           ///< A batch made in place of this one has taken this person over.
    // The line.
    NameNotFound,       ///< The host name does not resolve.
    ConnectionRefused,  ///< Nobody listens there.
    ConnectionLost,     ///< Closed or reset before a whole answer was read.
    Timeout,            ///< The total deadline passed.
    TlsRefused,         ///< The certificate or the protocol is not acceptable; never ignored.
    ProxyRefused,       ///< The proxy said no or wants a sign-in.
    // An answer that is not what the step needs.
    RedirectRefused,    ///< 3xx: never followed.
    NotTheApi,          ///< HTML or another stranger's answer: a sign-in page, a captive portal.
    TooLarge,           ///< Body or headers over the cap.
    MalformedReply,     ///< No valid HTTP status, not JSON, or not the shape the step needs.
    // The service's own words.
    Unauthorized,       ///< 401 that one renewal did not cure.
    Forbidden,          ///< 403: no right for this; renewing does not help.
    NotFound,           ///< 404, 410
    Conflict,           ///< 409
    Rejected,           ///< Other 4xx: `serverText` and `fields` say what.
    RateLimited,        ///< 429, or 503 with Retry-After: wait `retryAfter`.
    ServerError,        ///< 5xx
    // The token.
    SecretRefused,      ///< Keycloak does not accept this client id and secret (latched until changed).
    TokenUnavailable,   ///< No usable token within the caller's deadline.
    // The keychain (reliability 2.5).
    SecretMissing,      ///< No entry; may also mean locked or another keyring.
    SecretLocked,       ///< Locked, or the user denied access.
    KeychainUnavailable,///< No keychain service on this computer.
    KeychainWedged,     ///< A keychain job never came back; restart or unlock.
    // This computer.
    StorageFailed,      ///< A file or the journal could not be read or written.
    Internal,           ///< A bug of ours, caught by a soft assert.
};

/// One failed piece of work, as a value. All texts are already redacted and are for plain display only.
struct Failure {
    FailureKind kind = FailureKind::Internal;
    /// True when the server may have carried the request out although we saw no proper answer. A request for which
    /// this is true is never sent again by itself (design decision 4).
    bool mayHaveExecuted = false;
    int httpStatus = 0;                                 ///< 0 when no status was received.
    QString serverCode;                                 ///< The service's own error code, e.g. `VALIDATION_ERROR`.
    QString serverText;                                 ///< The service's own words, at most 500 characters.
    QStringList fields;                                 ///< Field hints, e.g. `/attributes/completedOn`.
    std::optional<std::chrono::seconds> retryAfter;     ///< Clamped to 1 s … 3600 s.
    QString technical;                                  ///< For the log and for support; never shown as the message.
    QString requestId;                                  ///< Joins log, journal and support mail.

    bool operator==(const Failure &) const = default;

    [[nodiscard]] static Failure of(FailureKind kind, const QString &technical = {});
};

/// Short stable code for support, such as `YC-408`. One for each kind, never reused.
[[nodiscard]] QString supportCode(FailureKind kind);
/// The enumerator's name, for the log and for tests.
[[nodiscard]] QString failureName(FailureKind kind);
/// All kinds, so that tables (texts, codes) can be tested for completeness.
[[nodiscard]] QList<FailureKind> allFailureKinds();

} // namespace yoid

Q_DECLARE_METATYPE(yoid::Failure)
