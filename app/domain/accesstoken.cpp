// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/accesstoken.h"

#include "app/domain/envelope.h"
#include "app/domain/jsonscan.h"

#include <algorithm>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr qsizetype kLongestToken = 16 * 1024;
constexpr std::chrono::seconds kGuessedLifetime = 60s;
constexpr std::chrono::seconds kLongestLifetime = 86'400s;
constexpr std::chrono::seconds kUnusuallyShort = 10s;

/// `expires_in` as a number; nothing when it is none. QJsonValue::toInt() would turn 300.7 and "300" into defaults.
std::optional<double> secondsIn(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble();
    if (!value.isString())
        return std::nullopt;
    bool isNumber = false;
    const double seconds = value.toString().trimmed().toDouble(&isNumber);
    if (!isNumber || !std::isfinite(seconds))
        return std::nullopt;
    return seconds;
}

void applyLifetime(const QJsonValue &expiresIn, TokenGrant &grant)
{
    const std::optional<double> seconds = secondsIn(expiresIn);
    if (!seconds) {
        grant.lifetime = kGuessedLifetime;
        grant.lifetimeGuessed = true;
        return;
    }
    const double longest = static_cast<double>(kLongestLifetime.count());
    grant.lifetimeClamped = *seconds > longest;
    grant.lifetime = std::chrono::seconds(static_cast<qint64>(std::floor(std::clamp(*seconds, 0.0, longest))));
    grant.lifetimeShort = grant.lifetime < kUnusuallyShort;
}

/// RFC 6750 allows fewer characters still; what matters is that nothing can end or split the header line.
bool isHeaderSafe(const QString &token)
{
    return !token.isEmpty() && token.size() <= kLongestToken
        && std::all_of(token.begin(), token.end(), [](QChar c) { return c > u' ' && c < u'\x7F'; });
}

Failure malformed(int httpStatus, const QString &why)
{
    Failure failure = Failure::of(FailureKind::MalformedReply, why);
    failure.httpStatus = httpStatus;
    return failure;
}

bool isTransientError(const QString &code)
{
    return code == "temporarily_unavailable"_L1 || code == "server_error"_L1 || code == "slow_down"_L1;
}

/// A refusal: who may say "this secret is wrong" and who is only passing trouble on (reliability 1.2, 2.4).
Failure refusal(int httpStatus, const QByteArray &contentType, const QByteArray &body)
{
    Failure failure = failureFromReply(httpStatus, contentType, body);
    failure.mayHaveExecuted = false; // asking for a token changes nothing
    const bool isKeycloaksWord = httpStatus == 400 || httpStatus == 401 || httpStatus == 403;
    if (isKeycloaksWord) {
        // A page is never Keycloak's token endpoint speaking: a portal or a gateway stands in between.
        failure.kind = looksLikeHtml(contentType, body) ? FailureKind::NotTheApi : FailureKind::SecretRefused;
    }
    return failure;
}

} // namespace

Outcome<TokenGrant> parseTokenReply(int httpStatus, const QByteArray &contentType, const QByteArray &body)
{
    if (httpStatus < 200 || httpStatus >= 300)
        return refusal(httpStatus, contentType, body);
    if (isBlank(body))
        return malformed(httpStatus, u"the answer of the token endpoint is empty"_s);
    if (looksLikeHtml(contentType, body)) {
        Failure failure = Failure::of(FailureKind::NotTheApi, u"a web page where a token was expected"_s);
        failure.httpStatus = httpStatus;
        return failure;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject())
        return malformed(httpStatus, u"the answer of the token endpoint is not a JSON object"_s);
    if (hasDuplicateMember(body, { "access_token", "token_type", "expires_in", "error" }))
        return malformed(httpStatus, u"a member of the token answer occurs twice"_s);

    const QJsonObject object = document.object();
    if (const QJsonValue code = object.value("error"_L1); !code.isUndefined() && !code.isNull()) {
        Failure failure = failureFromReply(400, contentType, body);
        failure.kind = isTransientError(failure.serverCode) ? FailureKind::ServerError : FailureKind::SecretRefused;
        failure.httpStatus = httpStatus;
        return failure;
    }
    const QJsonValue tokenType = object.value("token_type"_L1);
    if (!tokenType.isUndefined() && !tokenType.isNull()
        && tokenType.toString().compare("bearer"_L1, Qt::CaseInsensitive) != 0) {
        return malformed(httpStatus, u"token_type is not Bearer: "_s + safeWords(looseText(tokenType), 40));
    }
    const QString token = object.value("access_token"_L1).toString();
    if (!isHeaderSafe(token))
        return malformed(httpStatus, u"access_token is missing or cannot be put into a header"_s);

    TokenGrant grant;
    grant.accessToken = Secret(token.toLatin1());
    applyLifetime(object.value("expires_in"_L1), grant);
    return grant;
}

} // namespace yoid
