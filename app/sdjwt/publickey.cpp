// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/publickey.h"

#include "app/sdjwt/encoding.h"
#include "app/sdjwt/freed.h"

#include <QtCore/QJsonArray>

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

using namespace Qt::StringLiterals;

namespace yoid::sdjwt {

namespace {

using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

const unsigned char *bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

qsizetype coordinateSize(Algorithm algorithm)
{
    return algorithm == Algorithm::Es384 ? 48 : 32;
}

/// Null when the point is not on the curve.
Key ecKey(Algorithm algorithm, const QByteArray &x, const QByteArray &y)
{
    const QByteArray point = '\x04' + x + y;
    const Builder builder(OSSL_PARAM_BLD_new());
    const char *const group = algorithm == Algorithm::Es384 ? "P-384" : "P-256";
    if (!builder || !OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0)
        || !OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(), size_t(point.size())))
        return {};
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY *made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return {};
    Key key(made);
    const Context check(EVP_PKEY_CTX_new(key.get(), nullptr));
    if (!check || EVP_PKEY_public_check(check.get()) != 1)
        return {};
    return key;
}

std::optional<Algorithm> algorithmOf(const EVP_PKEY *key)
{
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519)
        return Algorithm::EdDsa;
    char group[32] = {};
    size_t length = 0;
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC || EVP_PKEY_get_group_name(key, group, sizeof group, &length) != 1)
        return {};
    const QByteArrayView name(group, qsizetype(length));
    if (name == "prime256v1" || name == "P-256")
        return Algorithm::Es256;
    if (name == "secp384r1" || name == "P-384")
        return Algorithm::Es384;
    return {};
}

/// OpenSSL wants ECDSA signatures in DER. Empty for one of a wrong length.
QByteArray derFromJose(QByteArrayView signature, Algorithm algorithm)
{
    const qsizetype half = coordinateSize(algorithm);
    if (signature.size() != 2 * half)
        return {};
    const EcSignature made(ECDSA_SIG_new());
    Number r(BN_bin2bn(bytesOf(signature), int(half), nullptr));
    Number s(BN_bin2bn(bytesOf(signature.sliced(half)), int(half), nullptr));
    if (!made || !r || !s || ECDSA_SIG_set0(made.get(), r.get(), s.get()) != 1)
        return {};
    (void)r.release(); // the signature owns them now
    (void)s.release();
    unsigned char *der = nullptr;
    const int size = i2d_ECDSA_SIG(made.get(), &der);
    if (size <= 0)
        return {};
    const QByteArray result(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    return result;
}

bool mayVerify(const QJsonObject &jwk)
{
    if (jwk.contains("use"_L1) && jwk.value("use"_L1).toString() != u"sig")
        return false;
    return !jwk.contains("key_ops"_L1) || jwk.value("key_ops"_L1).toArray().contains(u"verify"_s);
}

} // namespace

struct PublicKey::Handle {
    Key key;
};

std::optional<Algorithm> algorithmFromName(QStringView name)
{
    if (name == u"ES256")
        return Algorithm::Es256;
    if (name == u"ES384")
        return Algorithm::Es384;
    if (name == u"EdDSA")
        return Algorithm::EdDsa;
    return {};
}

PublicKey::PublicKey(std::shared_ptr<const Handle> handle, Algorithm algorithm)
    : m_handle(std::move(handle))
    , m_algorithm(algorithm)
{
}

Parsed<PublicKey> PublicKey::fromJwk(const QJsonObject &jwk)
{
    const auto part = [&](QLatin1StringView name) {
        return fromBase64Url(textOf(jwk, name).value_or(QString()).toLatin1()).value_or(QByteArray());
    };
    const QString type = textOf(jwk, "kty"_L1).value_or(QString());
    const QString curve = textOf(jwk, "crv"_L1).value_or(QString());
    const std::optional<QString> named = textOf(jwk, "alg"_L1);
    if (!mayVerify(jwk))
        return Defect::BadKey;

    Key key;
    Algorithm algorithm = Algorithm::Es256;
    if (type == u"EC" && (curve == u"P-256" || curve == u"P-384")) {
        algorithm = curve == u"P-384" ? Algorithm::Es384 : Algorithm::Es256;
        const QByteArray x = part("x"_L1);
        const QByteArray y = part("y"_L1);
        if (x.size() == coordinateSize(algorithm) && y.size() == x.size())
            key = ecKey(algorithm, x, y);
    } else if (type == u"OKP" && curve == u"Ed25519") {
        algorithm = Algorithm::EdDsa;
        const QByteArray x = part("x"_L1);
        if (x.size() == 32)
            key.reset(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(x), size_t(x.size())));
    }
    if (!key || (named && algorithmFromName(*named) != algorithm))
        return Defect::BadKey;
    return PublicKey(std::make_shared<const Handle>(Handle { std::move(key) }), algorithm);
}

Parsed<PublicKey> PublicKey::fromCertificate(const QByteArray &der)
{
    const unsigned char *at = bytesOf(der);
    const Certificate certificate(d2i_X509(nullptr, &at, long(der.size())));
    if (!certificate)
        return Defect::BadKey;
    Key key(X509_get_pubkey(certificate.get()));
    const std::optional<Algorithm> algorithm = key ? algorithmOf(key.get()) : std::nullopt;
    if (!algorithm)
        return Defect::BadKey;
    return PublicKey(std::make_shared<const Handle>(Handle { std::move(key) }), *algorithm);
}

bool PublicKey::verifies(QByteArrayView input, QByteArrayView signature) const
{
    const bool edwards = m_algorithm == Algorithm::EdDsa;
    const QByteArray wanted = edwards ? signature.toByteArray() : derFromJose(signature, m_algorithm);
    if (wanted.isEmpty() || (edwards && wanted.size() != 64))
        return false;
    const EVP_MD *const hash = edwards ? nullptr : m_algorithm == Algorithm::Es384 ? EVP_sha384() : EVP_sha256();
    const Digest context(EVP_MD_CTX_new());
    return context && EVP_DigestVerifyInit(context.get(), nullptr, hash, nullptr, m_handle->key.get()) == 1
        && EVP_DigestVerify(context.get(), bytesOf(wanted), size_t(wanted.size()), bytesOf(input), size_t(input.size())) == 1;
}

} // namespace yoid::sdjwt
