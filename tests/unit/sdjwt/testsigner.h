// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>

#include <memory>

/// Makes tokens for the tests, good ones and bad ones: ES256 keys, signatures, disclosures. Uses nothing of app/sdjwt, so that a
/// mistake there cannot cancel itself out.
class TestSigner final {
public:
    TestSigner();
    ~TestSigner();

    [[nodiscard]] QJsonObject jwk() const;
    /// header.payload.signature, whatever the header says.
    [[nodiscard]] QByteArray sign(const QByteArray &header, const QByteArray &payload) const;
    [[nodiscard]] QByteArray sign(const QJsonObject &header, const QJsonObject &payload) const;
    /// A self-signed certificate of this key in DER, or one signed by another signer. \param san e.g. `URI:https://a.example`
    [[nodiscard]] QByteArray certificate(const QByteArray &name, const QByteArray &san, bool authority, const TestSigner *signer = nullptr,
                                         const QByteArray &signerName = {}, qint64 notAfter = 4102444800) const;

    [[nodiscard]] static QByteArray base64Url(const QByteArray &bytes);
    [[nodiscard]] static QByteArray digest(const QByteArray &encoded);

private:
    struct Private;
    std::unique_ptr<Private> d;
};
