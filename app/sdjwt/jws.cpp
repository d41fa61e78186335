// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/jws.h"

#include "app/sdjwt/encoding.h"

#include <QtCore/QJsonArray>

using namespace Qt::StringLiterals;

namespace yoid::sdjwt {

namespace {

QString withoutPrefix(const QString &type)
{
    const QString lower = type.toLower();
    return lower.startsWith("application/"_L1) ? lower.mid(12) : lower;
}

} // namespace

QString Jws::keyId() const
{
    return textOf(header, "kid"_L1).value_or(QString());
}

QList<QByteArray> Jws::certificates() const
{
    QList<QByteArray> chain;
    const QJsonArray entries = header.value("x5c"_L1).toArray();
    for (const QJsonValue &entry : entries)
        chain.append(QByteArray::fromBase64(entry.toString().toLatin1()));
    return chain;
}

Parsed<Jws> parseJws(QByteArrayView compact, const QStringList &types, qsizetype mostBytes)
{
    if (compact.size() > mostBytes)
        return Defect::TooLarge;
    const qsizetype first = compact.indexOf('.');
    const qsizetype second = first < 0 ? -1 : compact.indexOf('.', first + 1);
    if (first <= 0 || second <= first + 1 || compact.indexOf('.', second + 1) >= 0)
        return Defect::NotCompact;

    const std::optional<QByteArray> header = fromBase64Url(compact.first(first));
    const std::optional<QByteArray> payload = fromBase64Url(compact.sliced(first + 1, second - first - 1));
    const std::optional<QByteArray> signature = fromBase64Url(compact.sliced(second + 1));
    if (!header || !payload || !signature)
        return Defect::BadEncoding;

    const Parsed<QJsonObject> parsedHeader = strictObject(*header);
    if (!parsedHeader)
        return parsedHeader.defect();
    Jws jws;
    jws.header = *parsedHeader;
    jws.signingInput = compact.first(second).toByteArray();
    jws.signature = *signature;

    const std::optional<Algorithm> algorithm = algorithmFromName(textOf(jws.header, "alg"_L1).value_or(QString()));
    if (!algorithm)
        return Defect::AlgorithmRefused;
    jws.algorithm = *algorithm;
    if (!types.contains(withoutPrefix(textOf(jws.header, "typ"_L1).value_or(QString()))))
        return Defect::WrongTokenType;
    if (jws.header.contains("crit"_L1) || jws.header.contains("b64"_L1)) // we understand no extension
        return Defect::UnknownCriticalHeader;
    if (jws.header.contains("x5c"_L1)) {
        const QJsonArray chain = jws.header.value("x5c"_L1).toArray();
        if (chain.isEmpty() || chain.size() > 10)
            return Defect::BadKey;
        for (const QJsonValue &entry : chain) { // standard base64 with padding (RFC 7515 4.1.6)
            if (!entry.isString() || !QByteArray::fromBase64Encoding(entry.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors))
                return Defect::BadKey;
        }
    }

    const Parsed<QJsonObject> parsedPayload = strictObject(*payload);
    if (!parsedPayload)
        return parsedPayload.defect();
    jws.payload = *parsedPayload;
    return jws;
}

std::optional<Defect> verify(const Jws &jws, const PublicKey &key)
{
    if (key.algorithm() != jws.algorithm)
        return Defect::BadKey;
    if (!key.verifies(jws.signingInput, jws.signature))
        return Defect::SignatureWrong;
    return {};
}

} // namespace yoid::sdjwt
