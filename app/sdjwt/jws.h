// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/sdjwt/publickey.h"

#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

namespace yoid::sdjwt {

/// A signed token in compact form (RFC 7515), taken apart; nothing in it is proved before verify().
struct Jws {
    QJsonObject header;
    QJsonObject payload;
    QByteArray signingInput;
    QByteArray signature;
    Algorithm algorithm = Algorithm::Es256;

    [[nodiscard]] QString keyId() const;
    /// The certificates of `x5c`, leaf first, in DER; empty when there are none. A malformed one makes BadKey at parsing.
    [[nodiscard]] QList<QByteArray> certificates() const;
};

/// Takes a compact token apart. `typ` must be one of `types` (compared without case and without `application/`), `alg` one of
/// ES256, ES384 and EdDSA, and there must be no `crit`.
[[nodiscard]] Parsed<Jws> parseJws(QByteArrayView compact, const QStringList &types, qsizetype mostBytes = limit::credentialBytes);
/// SignatureWrong, or BadKey for a key of another kind.
[[nodiscard]] std::optional<Defect> verify(const Jws &jws, const PublicKey &key);

} // namespace yoid::sdjwt
