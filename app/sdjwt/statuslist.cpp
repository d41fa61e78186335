// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/statuslist.h"

#include "app/sdjwt/did.h"
#include "app/sdjwt/encoding.h"

#include <zlib.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid::sdjwt {

namespace {

constexpr qint64 kSkewSeconds = 60;
constexpr qint64 kShortestSeconds = 60;
constexpr qint64 kLongestSeconds = 24 * 3600;

/// ZLIB (RFC 1950) to its very end, never more than the cap.
Parsed<QByteArray> inflated(const QByteArray &packed)
{
    z_stream stream {};
    if (inflateInit(&stream) != Z_OK)
        return Defect::BadEncoding;
    QByteArray result;
    QByteArray piece(64 * 1024, Qt::Uninitialized);
    // zlib only reads it, but says so only with ZLIB_CONST.
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.constData()));
    stream.avail_in = uInt(packed.size());
    int state = Z_OK;
    while (state == Z_OK && result.size() <= limit::statusListBytes) {
        stream.next_out = reinterpret_cast<Bytef *>(piece.data());
        stream.avail_out = uInt(piece.size());
        state = inflate(&stream, Z_NO_FLUSH);
        result.append(piece.constData(), piece.size() - qsizetype(stream.avail_out));
    }
    const bool whole = state == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    if (result.size() > limit::statusListBytes)
        return Defect::TooLarge;
    if (!whole)
        return Defect::BadEncoding;
    return result;
}

} // namespace

Parsed<std::optional<StatusReference>> statusReference(const QJsonObject &claims)
{
    if (!claims.contains("status"_L1))
        return std::optional<StatusReference>();
    // A status of a kind we do not know is no reason to call the credential good.
    const QJsonObject list = claims.value("status"_L1).toObject().value("status_list"_L1).toObject();
    StatusReference reference;
    reference.uri = textOf(list, "uri"_L1).value_or(QString());
    const QJsonValue index = list.value("idx"_L1);
    constexpr double most = 8.0 * double(limit::statusListBytes);
    if (reference.uri.isEmpty() || !index.isDouble() || index.toDouble() < 0 || index.toDouble() > most
        || index.toDouble() != double(index.toInteger(-1)))
        return Defect::ClaimMissing;
    reference.index = index.toInteger();
    reference.address = QUrl(reference.uri, QUrl::StrictMode);
    if (!mayBeFetched(reference.address))
        return Defect::AddressRefused;
    return std::optional<StatusReference>(reference);
}

Parsed<StatusList> parseStatusList(const QByteArray &compact, const StatusReference &reference, const QDateTime &fetchedAt)
{
    const Parsed<Jws> token = parseJws(QByteArrayView(compact).trimmed(), { u"statuslist+jwt"_s }, limit::statusTokenBytes);
    if (!token)
        return token.defect();
    const QJsonObject &payload = token->payload;
    if (textOf(payload, "sub"_L1) != reference.uri)
        return Defect::StatusListMismatch;
    const std::optional<qint64> issuedAt = secondsOf(payload, "iat"_L1);
    if (!issuedAt)
        return Defect::ClaimMissing;
    const qint64 now = fetchedAt.toSecsSinceEpoch();
    if (*issuedAt > now + kSkewSeconds)
        return Defect::IssuedInFuture;

    qint64 good = kLongestSeconds;
    if (payload.contains("ttl"_L1)) {
        const std::optional<qint64> life = secondsOf(payload, "ttl"_L1);
        if (!life || *life <= 0)
            return Defect::ClaimMissing;
        good = std::clamp(*life, kShortestSeconds, kLongestSeconds);
    }
    if (payload.contains("exp"_L1)) {
        const std::optional<qint64> expires = secondsOf(payload, "exp"_L1);
        if (!expires)
            return Defect::ClaimMissing;
        if (*expires + kSkewSeconds <= now)
            return Defect::Expired;
        good = std::min(good, std::max(*expires - now, qint64(0)));
    }

    StatusList list;
    list.token = *token;
    list.issuer = textOf(payload, "iss"_L1).value_or(QString());
    list.issuedAt = QDateTime::fromSecsSinceEpoch(*issuedAt, Qt::UTC);
    list.goodUntil = fetchedAt.addSecs(std::max(good, kShortestSeconds));
    const QJsonObject body = payload.value("status_list"_L1).toObject();
    list.bits = body.value("bits"_L1).toInt();
    if (list.bits != 1 && list.bits != 2 && list.bits != 4 && list.bits != 8)
        return Defect::ClaimMissing;
    const std::optional<QByteArray> packed = fromBase64Url(textOf(body, "lst"_L1).value_or(QString()).toLatin1());
    if (!packed || packed->isEmpty())
        return Defect::BadEncoding;
    const Parsed<QByteArray> bytes = inflated(*packed);
    if (!bytes)
        return bytes.defect();
    list.bytes = *bytes;
    return list;
}

Parsed<CredentialStatus> statusAt(const StatusList &list, qint64 index)
{
    const qint64 perByte = 8 / list.bits;
    if (index < 0 || index / perByte >= list.bytes.size())
        return Defect::StatusIndexOutOfRange;
    const auto byte = static_cast<unsigned char>(list.bytes.at(qsizetype(index / perByte)));
    const unsigned value = (unsigned(byte) >> unsigned((index % perByte) * list.bits)) & ((1U << unsigned(list.bits)) - 1U);
    switch (value) {
    case 0:
        return CredentialStatus::Valid;
    case 1:
        return CredentialStatus::Invalid;
    case 2:
        return CredentialStatus::Suspended;
    default:
        return CredentialStatus::Other;
    }
}

} // namespace yoid::sdjwt
