// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/did.h"

#include "app/sdjwt/encoding.h"

#include <QtCore/QJsonArray>
#include <QtCore/QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid::sdjwt {

namespace {

constexpr qsizetype kLongestDid = 2048;

bool isAddressLiteral(const QString &host)
{
    if (host.contains(u':') || host.startsWith(u'['))
        return true; // IPv6
    // Also 0x7f.1, 2130706433 and 127.1: a last label of digits is never a public name (RFC 3696 2).
    const QString last = host.section(u'.', -1, -1, QString::SectionSkipEmpty);
    return last.isEmpty() || last.startsWith("0x"_L1, Qt::CaseInsensitive)
        || std::all_of(last.begin(), last.end(), [](QChar c) { return c.isDigit(); });
}

/// `#key-1` or the whole id with the fragment; both name the same method.
QString absoluteId(const QString &id, const QString &did)
{
    return id.startsWith(u'#') ? did + id : id;
}

Parsed<PublicKey> onlyKey(const QList<QJsonObject> &keys)
{
    if (keys.size() != 1)
        return Defect::IssuerKeyNotFound; // two that fit are as bad as none: nobody may choose for the issuer
    return PublicKey::fromJwk(keys.first());
}

} // namespace

bool mayBeFetched(const QUrl &url)
{
    return url.isValid() && url.scheme() == "https"_L1 && url.userInfo().isEmpty() && !url.hasFragment() && url.host().contains(u'.')
        && !isAddressLiteral(url.host(QUrl::FullyEncoded)) && url.port(443) > 0;
}

Parsed<QUrl> addressOfDidWeb(const QString &did)
{
    constexpr auto prefix = "did:web:"_L1;
    if (!did.startsWith(prefix) || did.size() > kLongestDid || did.contains(u'/') || did.contains(u'?') || did.contains(u'#'))
        return Defect::AddressRefused;
    QStringList parts = did.mid(prefix.size()).split(u':');
    if (parts.contains(QString()))
        return Defect::AddressRefused;
    const QByteArray authority = QByteArray::fromPercentEncoding(parts.takeFirst().toUtf8()); // only the port's colon is encoded
    if (QByteArrayView(authority).size() > 300 || authority.contains('/') || authority.contains('@') || authority.contains('?')
        || authority.contains('#') || authority.contains('\\'))
        return Defect::AddressRefused;
    for (const QString &part : std::as_const(parts)) {
        if (part == "."_L1 || part == ".."_L1)
            return Defect::AddressRefused;
    }
    const QString path = parts.isEmpty() ? u"/.well-known"_s : u'/' + parts.join(u'/');
    const QUrl url(u"https://"_s + QString::fromUtf8(authority) + path + u"/did.json"_s, QUrl::StrictMode);
    if (!mayBeFetched(url) || url.hasQuery())
        return Defect::AddressRefused;
    return url;
}

Parsed<PublicKey> keyOfDidJwk(const QString &did)
{
    constexpr auto prefix = "did:jwk:"_L1;
    if (!did.startsWith(prefix) || did.size() > kLongestDid)
        return Defect::BadKey;
    const std::optional<QByteArray> text = fromBase64Url(did.mid(prefix.size()).section(u'#', 0, 0).toLatin1());
    if (!text)
        return Defect::BadEncoding;
    const Parsed<QJsonObject> jwk = strictObject(*text);
    if (!jwk)
        return jwk.defect();
    return PublicKey::fromJwk(*jwk);
}

Parsed<PublicKey> keyFromDidDocument(const QByteArray &document, const QString &did, const QString &keyId)
{
    const Parsed<QJsonObject> parsed = strictObject(document);
    if (!parsed)
        return parsed.defect();
    if (textOf(*parsed, "id"_L1) != did)
        return Defect::IssuerMismatch;

    QList<QJsonObject> methods;
    QStringList mayAssert;
    const auto collect = [&](const QJsonObject &method) {
        const bool ownController = textOf(method, "controller"_L1).value_or(did) == did;
        if (ownController && method.value("publicKeyJwk"_L1).isObject())
            methods.append(method);
    };
    const QJsonArray listed = parsed->value("verificationMethod"_L1).toArray();
    for (const QJsonValue &method : listed)
        collect(method.toObject());
    const QJsonArray assertion = parsed->value("assertionMethod"_L1).toArray();
    for (const QJsonValue &entry : assertion) {
        if (entry.isString()) {
            mayAssert.append(absoluteId(entry.toString(), did));
        } else if (entry.isObject()) {
            collect(entry.toObject());
            mayAssert.append(absoluteId(textOf(entry.toObject(), "id"_L1).value_or(QString()), did));
        }
    }

    QList<QJsonObject> fitting;
    for (const QJsonObject &method : std::as_const(methods)) {
        const QString id = absoluteId(textOf(method, "id"_L1).value_or(QString()), did);
        if (mayAssert.contains(id) && (keyId.isEmpty() || id == absoluteId(keyId, did)))
            fitting.append(method.value("publicKeyJwk"_L1).toObject());
    }
    return onlyKey(fitting);
}

Parsed<QUrl> addressOfIssuerMetadata(const QString &issuer)
{
    QUrl url(issuer, QUrl::StrictMode);
    if (issuer.size() > kLongestDid || !mayBeFetched(url) || url.hasQuery())
        return Defect::AddressRefused;
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(u"/.well-known/jwt-vc-issuer"_s + path, QUrl::StrictMode);
    return url;
}

namespace {

Parsed<QJsonObject> metadataOf(const QByteArray &metadata, const QString &issuer)
{
    const Parsed<QJsonObject> parsed = strictObject(metadata);
    if (parsed && textOf(*parsed, "issuer"_L1) != issuer)
        return Defect::IssuerMismatch;
    // Exactly one of the two must be there (SD-JWT VC 5.2).
    if (parsed && parsed->contains("jwks"_L1) == parsed->contains("jwks_uri"_L1))
        return Defect::ClaimMissing;
    return parsed;
}

Parsed<PublicKey> keyFrom(const QJsonArray &keys, const QString &keyId)
{
    QList<QJsonObject> fitting;
    for (const QJsonValue &key : keys) {
        if (keyId.isEmpty() || textOf(key.toObject(), "kid"_L1) == keyId)
            fitting.append(key.toObject());
    }
    return onlyKey(fitting);
}

} // namespace

Parsed<PublicKey> keyFromIssuerMetadata(const QByteArray &metadata, const QString &issuer, const QString &keyId)
{
    const Parsed<QJsonObject> parsed = metadataOf(metadata, issuer);
    if (!parsed)
        return parsed.defect();
    return keyFrom(parsed->value("jwks"_L1).toObject().value("keys"_L1).toArray(), keyId);
}

Parsed<QUrl> keySetAddress(const QByteArray &metadata, const QString &issuer)
{
    const Parsed<QJsonObject> parsed = metadataOf(metadata, issuer);
    if (!parsed)
        return parsed.defect();
    if (!parsed->contains("jwks_uri"_L1))
        return QUrl();
    const QUrl url(textOf(*parsed, "jwks_uri"_L1).value_or(QString()), QUrl::StrictMode);
    if (!mayBeFetched(url))
        return Defect::AddressRefused;
    return url;
}

Parsed<PublicKey> keyFromKeySet(const QByteArray &keySet, const QString &keyId)
{
    const Parsed<QJsonObject> parsed = strictObject(keySet);
    if (!parsed)
        return parsed.defect();
    return keyFrom(parsed->value("keys"_L1).toArray(), keyId);
}

} // namespace yoid::sdjwt
