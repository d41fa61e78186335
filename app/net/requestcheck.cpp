// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/requestcheck.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// RFC 9110 5.6.2
bool isToken(QByteArrayView text)
{
    constexpr QByteArrayView kSymbols("!#$%&'*+-.^_`|~");
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kSymbols.contains(c);
    });
}

/// Visible ASCII and blanks. A line break here would become a header of its own (finding 14), and Qt does not object.
bool isHeaderValue(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// RFC 6750 2.1 is narrower; anything visible without a blank is let through.
bool isBearer(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// Headers that the transport or Qt sets; a second opinion on them could smuggle a request or a credential.
bool isReserved(const QByteArray &name)
{
    static constexpr std::array kReserved {
        "authorization", "connection", "content-encoding", "content-length", "content-type", "cookie", "expect", "host",
        "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        "user-agent", "x-request-id", "accept-encoding",
    };
    return std::any_of(kReserved.begin(), kReserved.end(),
                       [&](const char *reserved) { return name.compare(reserved, Qt::CaseInsensitive) == 0; });
}

bool hasDotSegment(const QUrl &url)
{
    const QList<QByteArray> segments = url.path(QUrl::FullyEncoded).toLatin1().split('/');
    return std::any_of(segments.begin(), segments.end(), [](QByteArray segment) {
        segment = segment.toLower();
        segment.replace("%2e", ".");
        return segment == "." || segment == "..";
    });
}

Failure invalid(const QString &why)
{
    return Failure::of(FailureKind::InvalidInput, why);
}

Failure refusedAddress(const QString &why)
{
    return Failure::of(FailureKind::AddressRefused, why);
}

} // namespace

QUrl parseRequestUrl(const QByteArray &encoded)
{
    if (!isBearer(encoded)) // the same alphabet: visible ASCII without a blank
        return {};
    QUrl url = QUrl::fromEncoded(encoded, QUrl::StrictMode);
    if (url.isRelative() || url.host().isEmpty())
        return {};
    return url;
}

std::optional<Failure> refusalOf(const HttpRequest &request, const QUrl &url)
{
    if (!url.isValid())
        return refusedAddress(u"not an absolute encoded address"_s);
    if (!url.userInfo().isEmpty() || url.hasFragment())
        return refusedAddress(u"user information or a fragment in the address"_s);
    if (hasDotSegment(url))
        return refusedAddress(u"dot segment in the path"_s);
    if (!isAllowedAddress(url))
        return refusedAddress(u"neither https nor this computer"_s);
    if (!request.allowedOrigins.contains(originOf(url)))
        return refusedAddress(u"not one of the profile's own addresses"_s);

    if (!isToken(request.method))
        return invalid(u"method"_s);
    for (const auto &[name, value] : request.headers) {
        if (!isToken(name) || !isHeaderValue(value))
            return invalid(u"header with characters that are not allowed"_s);
        if (isReserved(name))
            return invalid(u"header that only the transport may set: "_s + QString::fromLatin1(name));
    }
    if (!isHeaderValue(request.contentType))
        return invalid(u"content type with characters that are not allowed"_s);
    if (request.contentType.isEmpty() && !request.body.isEmpty())
        return invalid(u"a body without a content type"_s);
    const bool canCarryBody = request.method != "GET" && request.method != "HEAD";
    if (!request.body.isEmpty() && !canCarryBody)
        return invalid(u"a body on a GET"_s);
    if (!isBearer(request.bearer.view()))
        return invalid(u"access token with characters that are not allowed"_s);
    if (!isHeaderValue(request.requestId.toUtf8()))
        return invalid(u"request id with characters that are not allowed"_s);
    return std::nullopt;
}

} // namespace yoid
