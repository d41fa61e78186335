// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/sdjwt/testsigner.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonDocument>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

struct TestSigner::Private {
    EVP_PKEY *key = EVP_EC_gen("P-256");
};

namespace {

const unsigned char *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray numberOf(const BIGNUM *number)
{
    QByteArray bytes(32, '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char *>(bytes.data()), 32);
    return bytes;
}

void addExtension(X509 *certificate, int kind, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.constData());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

} // namespace

TestSigner::TestSigner()
    : d(std::make_unique<Private>())
{
}

TestSigner::~TestSigner()
{
    EVP_PKEY_free(d->key);
}

QByteArray TestSigner::base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray TestSigner::digest(const QByteArray &encoded)
{
    return base64Url(QCryptographicHash::hash(encoded, QCryptographicHash::Sha256));
}

QJsonObject TestSigner::jwk() const
{
    BIGNUM *x = nullptr;
    BIGNUM *y = nullptr;
    EVP_PKEY_get_bn_param(d->key, OSSL_PKEY_PARAM_EC_PUB_X, &x);
    EVP_PKEY_get_bn_param(d->key, OSSL_PKEY_PARAM_EC_PUB_Y, &y);
    const QJsonObject jwk { { QStringLiteral("kty"), QStringLiteral("EC") },
                            { QStringLiteral("crv"), QStringLiteral("P-256") },
                            { QStringLiteral("x"), QString::fromLatin1(base64Url(numberOf(x))) },
                            { QStringLiteral("y"), QString::fromLatin1(base64Url(numberOf(y))) } };
    BN_free(x);
    BN_free(y);
    return jwk;
}

QByteArray TestSigner::sign(const QByteArray &header, const QByteArray &payload) const
{
    const QByteArray input = base64Url(header) + '.' + base64Url(payload);
    EVP_MD_CTX *const context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, d->key);
    size_t size = 0;
    EVP_DigestSign(context, nullptr, &size, bytesOf(input), size_t(input.size()));
    QByteArray der(qsizetype(size), '\0');
    EVP_DigestSign(context, reinterpret_cast<unsigned char *>(der.data()), &size, bytesOf(input), size_t(input.size()));
    EVP_MD_CTX_free(context);
    const unsigned char *at = bytesOf(der);
    ECDSA_SIG *const signature = d2i_ECDSA_SIG(nullptr, &at, long(size));
    const QByteArray joined = numberOf(ECDSA_SIG_get0_r(signature)) + numberOf(ECDSA_SIG_get0_s(signature));
    ECDSA_SIG_free(signature);
    return input + '.' + base64Url(joined);
}

QByteArray TestSigner::sign(const QJsonObject &header, const QJsonObject &payload) const
{
    return sign(QJsonDocument(header).toJson(QJsonDocument::Compact), QJsonDocument(payload).toJson(QJsonDocument::Compact));
}

QByteArray TestSigner::certificate(const QByteArray &name, const QByteArray &san, bool authority, const TestSigner *signer,
                                   const QByteArray &signerName, qint64 notAfter) const
{
    X509 *const certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), long(qHash(name) & 0xffffff) + 1);
    ASN1_TIME_set(X509_getm_notBefore(certificate), 1577836800);
    ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(notAfter));
    const auto setName = [](X509_NAME *to, const QByteArray &text) {
        X509_NAME_add_entry_by_txt(to, "CN", MBSTRING_UTF8, bytesOf(text), int(text.size()), -1, 0);
    };
    setName(X509_get_subject_name(certificate), name);
    setName(X509_get_issuer_name(certificate), signer ? signerName : name);
    X509_set_pubkey(certificate, d->key);
    addExtension(certificate, NID_basic_constraints, authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    addExtension(certificate, NID_key_usage, authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
    addExtension(certificate, NID_subject_key_identifier, "hash");
    if (!san.isEmpty())
        addExtension(certificate, NID_subject_alt_name, san);
    if (signer) {
        // Strict checking wants to be told whose signature it is.
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int size = 0;
        X509 *const above = X509_new();
        X509_set_pubkey(above, signer->d->key);
        X509_pubkey_digest(above, EVP_sha1(), digest, &size);
        X509_free(above);
        AUTHORITY_KEYID *const id = AUTHORITY_KEYID_new();
        id->keyid = ASN1_OCTET_STRING_new();
        ASN1_OCTET_STRING_set(id->keyid, digest, int(size));
        X509_add1_ext_i2d(certificate, NID_authority_key_identifier, id, 0, X509V3_ADD_DEFAULT);
        AUTHORITY_KEYID_free(id);
    }
    X509_sign(certificate, signer ? signer->d->key : d->key, EVP_sha256());
    unsigned char *der = nullptr;
    const int size = i2d_X509(certificate, &der);
    const QByteArray result(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    X509_free(certificate);
    return result;
}
