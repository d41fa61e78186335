// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/tokenfetch.h"

#include "app/domain/retryafter.h"
#include "app/net/formbody.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr std::chrono::seconds kRequestDeadline = 15s;
constexpr qint64 kLongestAnswer = 64 * 1024;
constexpr std::chrono::seconds kWaitWithoutHint = 60s;
constexpr int kNetworkAuthenticationRequired = 511; // RFC 6585 6: by definition not the origin server

TokenRefusal refusalOf(const Failure &failure)
{
    switch (failure.kind) {
    case FailureKind::SecretRefused:
    case FailureKind::AddressRefused:
    case FailureKind::InvalidInput:
        return TokenRefusal::Permanent;
    case FailureKind::RateLimited:
        return TokenRefusal::Wait;
    case FailureKind::NotTheApi:
    case FailureKind::RedirectRefused:
    case FailureKind::TlsRefused:
        return TokenRefusal::Stranger;
    case FailureKind::Cancelled:
    case FailureKind::AlreadyGiven:
    case FailureKind::Replaced:
    case FailureKind::NameNotFound:
    case FailureKind::ConnectionRefused:
    case FailureKind::ConnectionLost:
    case FailureKind::Timeout:
    case FailureKind::ProxyRefused:
    case FailureKind::TooLarge:
    case FailureKind::MalformedReply:
    case FailureKind::Unauthorized:
    case FailureKind::Forbidden:
    case FailureKind::NotFound:
    case FailureKind::Conflict:
    case FailureKind::Rejected:
    case FailureKind::ServerError:
    case FailureKind::TokenUnavailable:
    case FailureKind::SecretMissing:
    case FailureKind::SecretLocked:
    case FailureKind::KeychainUnavailable:
    case FailureKind::KeychainWedged:
    case FailureKind::StorageFailed:
    case FailureKind::Internal:
        break;
    }
    return TokenRefusal::Transient;
}

std::optional<qint64> skewIn(const HttpReply &reply, Moment sent, Moment now)
{
    const QDateTime date = parseHttpDate(reply.header("Date"));
    if (!date.isValid())
        return std::nullopt;
    // The server wrote Date somewhere between the two readings, cut off to a whole second.
    const qint64 half = (now.continuousMs - sent.continuousMs) / 2;
    return now.wallMs - half - (date.toMSecsSinceEpoch() + 500);
}

} // namespace

HttpRequest tokenRequest(const Profile &profile, const Secret &secret, const QString &requestId, int attempt)
{
    const QByteArray clientId = profile.clientId.toUtf8();
    HttpRequest request;
    request.method = "POST";
    request.url = profile.tokenUrl.toEncoded();
    request.contentType = "application/x-www-form-urlencoded";
    request.body = encodeForm({ { "grant_type", "client_credentials" }, { "client_id", clientId }, { "client_secret", secret.view() } });
    request.allowedOrigins = { originOf(profile.tokenUrl) };
    request.deadline = kRequestDeadline;
    request.maxBodyBytes = kLongestAnswer;
    request.action = ActionKind::SignIn;
    request.environment = profile.environment;
    request.requestId = requestId;
    request.attempt = attempt;
    return request;
}

TokenAnswer sortTokenAnswer(const HttpResult &result, Moment sent, Moment now)
{
    TokenAnswer answer;
    if (!result.ok()) {
        answer.failure = result.failure();
    } else {
        const HttpReply &reply = result.value();
        answer.clockSkewMs = skewIn(reply, sent, now);
        Outcome<TokenGrant> grant = parseTokenReply(reply.status, reply.header("Content-Type"), reply.body);
        if (grant.ok()) {
            answer.grant = std::move(grant).value();
            return answer;
        }
        answer.failure = grant.failure();
        const auto hint = parseRetryAfter(reply.header("Retry-After"), reply.header("Date"),
                                          QDateTime::fromMSecsSinceEpoch(now.wallMs, Qt::UTC));
        if (reply.status == 429 || (reply.status == 503 && hint)) {
            answer.failure.kind = FailureKind::RateLimited;
            answer.failure.retryAfter = hint.value_or(kWaitWithoutHint);
        } else if (reply.status == kNetworkAuthenticationRequired) {
            answer.failure.kind = FailureKind::NotTheApi;
        }
    }
    answer.failure.mayHaveExecuted = false; // asking for a token changes nothing, and the caller's own call was not sent
    answer.refusal = refusalOf(answer.failure);
    if (answer.refusal == TokenRefusal::Wait && !answer.failure.retryAfter)
        answer.failure.retryAfter = kWaitWithoutHint;
    return answer;
}

} // namespace yoid
