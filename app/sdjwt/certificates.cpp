// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/certificates.h"

#include "app/sdjwt/freed.h"

#include <QtCore/QUrl>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace yoid::sdjwt {

namespace {

using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

struct StackFreed {
    void operator()(STACK_OF(X509) *stack) const { sk_X509_pop_free(stack, X509_free); }
};
using Stack = std::unique_ptr<STACK_OF(X509), StackFreed>;

Certificate fromDer(const QByteArray &der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    return Certificate(d2i_X509(nullptr, &at, long(der.size())));
}

/// Whether the leaf speaks for this issuer: its URI exactly, or its host.
bool names(const X509 *leaf, const QString &issuer)
{
    const Names alternatives(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(leaf, NID_subject_alt_name, nullptr, nullptr)));
    const QString host = QUrl(issuer, QUrl::StrictMode).host(QUrl::FullyEncoded);
    for (int i = 0; alternatives && i < sk_GENERAL_NAME_num(alternatives.get()); ++i) {
        const GENERAL_NAME *const name = sk_GENERAL_NAME_value(alternatives.get(), i);
        if (name->type != GEN_URI && name->type != GEN_DNS)
            continue;
        const ASN1_IA5STRING *const text = name->type == GEN_URI ? name->d.uniformResourceIdentifier : name->d.dNSName;
        const QByteArray value(reinterpret_cast<const char *>(ASN1_STRING_get0_data(text)), ASN1_STRING_length(text));
        if (value.contains('\0'))
            return false;
        if (name->type == GEN_URI ? QString::fromLatin1(value) == issuer
                                  : !host.isEmpty() && QString::fromLatin1(value).compare(host, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

} // namespace

Parsed<PublicKey> keyFromCertificates(const QList<QByteArray> &chain, const QList<QByteArray> &roots, const QString &issuer,
                                      const QDateTime &nowUtc)
{
    if (chain.isEmpty() || roots.isEmpty())
        return Defect::CertificateRefused;
    const Certificate leaf = fromDer(chain.first());
    const Store store(X509_STORE_new());
    const Stack between(sk_X509_new_null());
    const StoreContext context(X509_STORE_CTX_new());
    if (!leaf || !store || !between || !context)
        return Defect::CertificateRefused;
    for (const QByteArray &root : roots) {
        if (const Certificate trusted = fromDer(root))
            X509_STORE_add_cert(store.get(), trusted.get());
    }
    for (const QByteArray &der : chain.mid(1)) {
        Certificate certificate = fromDer(der);
        if (!certificate)
            return Defect::CertificateRefused;
        sk_X509_push(between.get(), certificate.release());
    }
    if (X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), between.get()) != 1)
        return Defect::CertificateRefused;
    X509_VERIFY_PARAM *const rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(rules, nowUtc.toSecsSinceEpoch());
    // A configured certificate is an anchor also when it is no self-signed root; strict, so that a leaf cannot act as an authority.
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_depth(rules, 6);
    if (X509_verify_cert(context.get()) != 1)
        return Defect::CertificateRefused;
    if (!issuer.isEmpty() && !names(leaf.get(), issuer))
        return Defect::IssuerMismatch;
    return PublicKey::fromCertificate(chain.first());
}

Parsed<QByteArray> authorityIn(const QByteArray &file)
{
    Certificate certificate;
    if (file.contains("-----BEGIN")) {
        const Memory memory(BIO_new_mem_buf(file.constData(), int(file.size())));
        certificate.reset(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
        const Certificate second(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
        ERR_clear_error(); // that there is no second one is no error
        if (second)
            return Defect::CertificateRefused;
    } else {
        certificate = fromDer(file);
    }
    // 1 is an authority by its basic constraints; the others are guesses about old certificates.
    if (!certificate || X509_check_ca(certificate.get()) != 1)
        return Defect::CertificateRefused;
    unsigned char *bytes = nullptr;
    const int size = i2d_X509(certificate.get(), &bytes);
    if (size <= 0)
        return Defect::CertificateRefused;
    const QByteArray der(reinterpret_cast<const char *>(bytes), size);
    OPENSSL_free(bytes);
    return der;
}

QString subjectOf(const QByteArray &der)
{
    const Certificate certificate = fromDer(der);
    const Memory memory(BIO_new(BIO_s_mem()));
    if (!certificate || !memory
        || X509_NAME_print_ex(memory.get(), X509_get_subject_name(certificate.get()), 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0)
        return {};
    char *text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return QString::fromUtf8(text, size);
}

} // namespace yoid::sdjwt
