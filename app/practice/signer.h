// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>

#include <memory>

namespace yoid::practice {

/// A key pair (P-256) that lives as long as the pretend platform, and the tokens it signs (RFC 7515, ES256).
class Signer final {
public:
    Signer();
    ~Signer();
    Signer(const Signer &) = delete;
    Signer &operator=(const Signer &) = delete;

    /// The public half (RFC 7517).
    [[nodiscard]] QJsonObject jwk() const;
    /// `header.payload.signature`; `alg` is added.
    [[nodiscard]] QByteArray sign(QJsonObject header, const QJsonObject &payload) const;

    [[nodiscard]] static QByteArray base64Url(const QByteArray &bytes);

private:
    struct Key;
    std::unique_ptr<Key> m_key;
};

} // namespace yoid::practice
