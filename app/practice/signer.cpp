// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/signer.h"

#include <QtCore/QJsonDocument>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

constexpr int kNumberBytes = 32;

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray numberOf(const BIGNUM *number)
{
    QByteArray bytes(kNumberBytes, '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char *>(bytes.data()), kNumberBytes);
    return bytes;
}

} // namespace

struct Signer::Key {
    EVP_PKEY *pair = EVP_EC_gen("P-256");
};

Signer::Signer()
    : m_key(std::make_unique<Key>())
{
    if (!m_key->pair)
        qFatal("no key can be made");
}

Signer::~Signer()
{
    EVP_PKEY_free(m_key->pair);
}

QByteArray Signer::base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QJsonObject Signer::jwk() const
{
    const auto coordinate = [this](const char *name) {
        BIGNUM *number = nullptr;
        EVP_PKEY_get_bn_param(m_key->pair, name, &number);
        const QString text = QString::fromLatin1(base64Url(numberOf(number)));
        BN_free(number);
        return text;
    };
    return { { u"kty"_s, u"EC"_s },
             { u"crv"_s, u"P-256"_s },
             { u"x"_s, coordinate(OSSL_PKEY_PARAM_EC_PUB_X) },
             { u"y"_s, coordinate(OSSL_PKEY_PARAM_EC_PUB_Y) } };
}

QByteArray Signer::sign(QJsonObject header, const QJsonObject &payload) const
{
    header.insert(u"alg"_s, u"ES256"_s);
    const auto part = [](const QJsonObject &object) { return base64Url(QJsonDocument(object).toJson(QJsonDocument::Compact)); };
    const QByteArray input = part(header) + '.' + part(payload);
    EVP_MD_CTX *const context = EVP_MD_CTX_new();
    size_t size = 0;
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, m_key->pair);
    EVP_DigestSign(context, nullptr, &size, bytesOf(input), size_t(input.size()));
    QByteArray der(qsizetype(size), '\0');
    EVP_DigestSign(context, reinterpret_cast<unsigned char *>(der.data()), &size, bytesOf(input), size_t(input.size()));
    EVP_MD_CTX_free(context);
    // JOSE wants the two numbers one after the other, OpenSSL wraps them in DER (RFC 7518 3.4).
    const unsigned char *at = bytesOf(der);
    ECDSA_SIG *const numbers = d2i_ECDSA_SIG(nullptr, &at, long(size));
    const QByteArray signature = numberOf(ECDSA_SIG_get0_r(numbers)) + numberOf(ECDSA_SIG_get0_s(numbers));
    ECDSA_SIG_free(numbers);
    return input + '.' + base64Url(signature);
}

} // namespace yoid::practice
