// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/sdjwt/jws.h"

#include <QtCore/QDateTime>
#include <QtCore/QUrl>

namespace yoid::sdjwt {

/// Where a credential's status stands (Token Status List 6): `status.status_list` with `idx` and `uri`.
struct StatusReference {
    QUrl address;
    QString uri;            ///< The same, as it stands in the credential: `sub` must be equal to it, letter by letter.
    qint64 index = 0;
};
/// Nothing when the credential has no `status`; ClaimMissing or AddressRefused when it has one that cannot be used.
[[nodiscard]] Parsed<std::optional<StatusReference>> statusReference(const QJsonObject &claims);

enum class CredentialStatus {
    Valid,          ///< 0
    Invalid,        ///< 1: revoked, for good.
    Suspended,      ///< 2: may come back.
    Other,          ///< Any other value: not acceptable.
};

/// A status list token (Token Status List 5.1), its content checked but for the signature.
struct StatusList {
    Jws token;
    QString issuer;         ///< `iss`; may be empty.
    int bits = 1;
    QByteArray bytes;       ///< Inflated, at most limit::statusListBytes.
    QDateTime issuedAt;
    QDateTime goodUntil;    ///< The earlier of `exp` and fetch time + `ttl`, between 60 s and 24 h after fetching.
};

/// Checks type, `sub`, `iat`, `exp`, `bits` and inflates with a cap.
[[nodiscard]] Parsed<StatusList> parseStatusList(const QByteArray &compact, const StatusReference &reference, const QDateTime &fetchedAt);
/// The value at an index; StatusIndexOutOfRange beyond the end.
[[nodiscard]] Parsed<CredentialStatus> statusAt(const StatusList &list, qint64 index);

} // namespace yoid::sdjwt
