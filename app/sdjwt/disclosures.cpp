// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/disclosures.h"

#include "app/sdjwt/encoding.h"

#include <QtCore/QHash>
#include <QtCore/QJsonArray>
#include <QtCore/QSet>

#include <array>

using namespace Qt::StringLiterals;

namespace yoid::sdjwt {

namespace {

constexpr auto kDigests = "_sd"_L1;
constexpr auto kElement = "..."_L1;
constexpr auto kHashName = "_sd_alg"_L1;

std::optional<QCryptographicHash::Algorithm> hashFromName(QStringView name)
{
    if (name == u"sha-256")
        return QCryptographicHash::Sha256;
    if (name == u"sha-384")
        return QCryptographicHash::Sha384;
    if (name == u"sha-512")
        return QCryptographicHash::Sha512;
    return {};
}

/// Claims that decide whether the credential holds at all: the holder must not choose whether to show them (SD-JWT VC 2.2.2.3).
bool isNeverDisclosed(const QString &name)
{
    constexpr std::array fixed { "iss"_L1, "nbf"_L1, "exp"_L1, "cnf"_L1, "vct"_L1, "vct#integrity"_L1, "aka_vcts"_L1, "status"_L1 };
    return std::find(fixed.begin(), fixed.end(), name) != fixed.end();
}

Parsed<Disclosure> parseDisclosure(QByteArrayView encoded)
{
    if (encoded.isEmpty() || encoded.size() > limit::disclosureBytes)
        return encoded.isEmpty() ? Defect::BadDisclosure : Defect::TooLarge;
    const std::optional<QByteArray> text = fromBase64Url(encoded);
    if (!text)
        return Defect::BadEncoding;
    const Parsed<QJsonValue> json = strictJson(*text);
    if (!json)
        return json.defect();
    const QJsonArray parts = json->toArray();
    if (!json->isArray() || (parts.size() != 2 && parts.size() != 3) || !parts.first().isString())
        return Defect::BadDisclosure;
    Disclosure disclosure;
    disclosure.encoded = encoded.toByteArray();
    if (parts.size() == 3) {
        if (!parts.at(1).isString())
            return Defect::BadDisclosure;
        disclosure.name = parts.at(1).toString();
        if (*disclosure.name == kDigests || *disclosure.name == kElement)
            return Defect::ReservedName;
    }
    disclosure.value = parts.last();
    return disclosure;
}

/// Walks through the payload and puts each disclosure where its digest stands.
class Resolver {
public:
    explicit Resolver(const SdJwt &presentation)
        : m_presentation(presentation)
    {
    }

    [[nodiscard]] Parsed<ResolvedClaims> run()
    {
        for (qsizetype i = 0; i < m_presentation.disclosures.size(); ++i) {
            const QByteArray digest = digestOf(m_presentation.disclosures.at(i).encoded, m_presentation.hash);
            if (m_byDigest.contains(digest))
                return Defect::DigestTwice;
            m_byDigest.insert(digest, i);
        }
        ResolvedClaims result;
        QJsonObject payload = m_presentation.issuerToken.payload;
        payload.remove(kHashName);
        result.claims = object(payload, 0);
        if (m_defect)
            return *m_defect;
        if (m_used.size() != m_presentation.disclosures.size())
            return Defect::DisclosureUnreferenced;
        result.disclosed = m_topNames;
        result.hidden = m_hidden;
        return result;
    }

private:
    void fail(Defect defect)
    {
        if (!m_defect)
            m_defect = defect;
    }

    /// The disclosure of this digest, once; null when nobody has shown it.
    const Disclosure *take(const QJsonValue &digest)
    {
        if (!digest.isString()) {
            fail(Defect::BadDigest);
            return nullptr;
        }
        const QByteArray text = digest.toString().toUtf8();
        if (m_seen.contains(text)) {
            fail(Defect::DigestTwice);
            return nullptr;
        }
        m_seen.insert(text);
        const auto found = m_byDigest.constFind(text);
        if (found == m_byDigest.cend()) {
            ++m_hidden;
            return nullptr;
        }
        m_used.insert(*found);
        return &m_presentation.disclosures.at(*found);
    }

    QJsonValue any(const QJsonValue &value, int depth)
    {
        if (m_defect || depth > limit::depth) {
            fail(Defect::TooLarge);
            return {};
        }
        if (value.isObject())
            return object(value.toObject(), depth);
        if (value.isArray())
            return array(value.toArray(), depth);
        return value;
    }

    QJsonObject object(const QJsonObject &source, int depth)
    {
        QJsonObject result;
        for (auto member = source.constBegin(); member != source.constEnd() && !m_defect; ++member) {
            if (member.key() == kElement)
                fail(Defect::BadDigest); // only as the one member of an array's element
            else if (member.key() != kDigests)
                result.insert(member.key(), any(member.value(), depth + 1));
        }
        if (m_defect || !source.contains(kDigests))
            return result;
        if (!source.value(kDigests).isArray()) {
            fail(Defect::BadDigest);
            return result;
        }
        const QJsonArray digests = source.value(kDigests).toArray();
        for (const QJsonValue &digest : digests) {
            const Disclosure *const disclosure = take(digest);
            if (m_defect)
                return result;
            if (!disclosure)
                continue;
            if (!disclosure->name)
                fail(Defect::BadDisclosure); // one for an array's element
            else if (result.contains(*disclosure->name))
                fail(Defect::NameTwice);
            else if (depth == 0 && (isNeverDisclosed(*disclosure->name) || *disclosure->name == kHashName))
                fail(Defect::ReservedName);
            else
                result.insert(*disclosure->name, any(disclosure->value, depth + 1));
            if (m_defect)
                return result;
            if (depth == 0)
                m_topNames.append(*disclosure->name);
        }
        return result;
    }

    QJsonArray array(const QJsonArray &source, int depth)
    {
        QJsonArray result;
        for (const QJsonValue &element : source) {
            if (m_defect)
                return result;
            if (!element.isObject() || !element.toObject().contains(kElement)) {
                result.append(any(element, depth + 1));
                continue;
            }
            const QJsonObject placeholder = element.toObject();
            if (placeholder.size() != 1) {
                fail(Defect::BadDigest);
                return result;
            }
            const Disclosure *const disclosure = take(placeholder.value(kElement));
            if (disclosure && disclosure->name)
                fail(Defect::BadDisclosure); // one for an object's member
            else if (disclosure)
                result.append(any(disclosure->value, depth + 1));
        }
        return result;
    }

    const SdJwt &m_presentation;
    QHash<QByteArray, qsizetype> m_byDigest;
    QSet<QByteArray> m_seen;
    QSet<qsizetype> m_used;
    QStringList m_topNames;
    std::optional<Defect> m_defect;
    int m_hidden = 0;
};

} // namespace

QByteArray digestOf(QByteArrayView encoded, QCryptographicHash::Algorithm hash)
{
    return toBase64Url(QCryptographicHash::hash(encoded.toByteArray(), hash));
}

Parsed<SdJwt> parseSdJwt(QByteArrayView text, const QStringList &types)
{
    if (text.size() > limit::credentialBytes)
        return Defect::TooLarge;
    text = text.trimmed();
    const qsizetype lastTilde = text.lastIndexOf('~');
    if (lastTilde < 0)
        return Defect::NotCompact;
    SdJwt presentation;
    presentation.presented = text.first(lastTilde + 1).toByteArray();
    presentation.keyBinding = text.sliced(lastTilde + 1).toByteArray();

    QList<QByteArray> parts = text.first(lastTilde).toByteArray().split('~');
    if (parts.size() - 1 > limit::disclosures)
        return Defect::TooLarge;
    const Parsed<Jws> token = parseJws(parts.takeFirst(), types);
    if (!token)
        return token.defect();
    presentation.issuerToken = *token;

    const QJsonObject &payload = presentation.issuerToken.payload;
    if (payload.contains(kHashName)) {
        const auto hash = hashFromName(textOf(payload, kHashName).value_or(QString()));
        if (!hash)
            return Defect::HashAlgorithmRefused;
        presentation.hash = *hash;
    }
    for (const QByteArray &part : std::as_const(parts)) {
        const Parsed<Disclosure> disclosure = parseDisclosure(part);
        if (!disclosure)
            return disclosure.defect();
        presentation.disclosures.append(*disclosure);
    }
    return presentation;
}

Parsed<ResolvedClaims> resolveClaims(const SdJwt &presentation)
{
    return Resolver(presentation).run();
}

} // namespace yoid::sdjwt
