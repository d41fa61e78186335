// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/sdjwt/parsed.h"

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QString>

#include <memory>

namespace yoid::sdjwt {

/// The algorithms we accept, all asymmetric (reliability 1.10). A key has exactly one of them, so a token cannot choose.
enum class Algorithm { Es256, Es384, EdDsa };
[[nodiscard]] std::optional<Algorithm> algorithmFromName(QStringView name);

/// A public key: P-256, P-384 or Ed25519. Cheap to copy.
class PublicKey final {
public:
    /// From a JWK (RFC 7517, RFC 8037). BadKey for another type, for a point that is not on its curve, and for `use` or `key_ops`
    /// that do not allow verifying. A private part is not looked at.
    [[nodiscard]] static Parsed<PublicKey> fromJwk(const QJsonObject &jwk);
    /// The subject's key of a certificate in DER.
    [[nodiscard]] static Parsed<PublicKey> fromCertificate(const QByteArray &der);

    [[nodiscard]] Algorithm algorithm() const { return m_algorithm; }
    /// The signature in JOSE form: r and s one after the other, or the 64 bytes of Ed25519.
    [[nodiscard]] bool verifies(QByteArrayView input, QByteArrayView signature) const;

private:
    struct Handle;
    PublicKey(std::shared_ptr<const Handle> handle, Algorithm algorithm);

    std::shared_ptr<const Handle> m_handle;
    Algorithm m_algorithm;
};

} // namespace yoid::sdjwt
