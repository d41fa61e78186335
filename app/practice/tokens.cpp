// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/tokens.h"

#include "app/practice/world.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonDocument>
#include <QtCore/QRandomGenerator>
#include <QtCore/QUuid>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

constexpr qsizetype mostTokens = 512;

QByteArray randomBytes(int words)
{
    QList<quint32> noise(words);
    QRandomGenerator::system()->fillRange(noise.data(), noise.size());
    return { reinterpret_cast<const char *>(noise.constData()), noise.size() * qsizetype(sizeof(quint32)) };
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray fingerprint(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

QByteArray bearerOf(const Request &request)
{
    const QByteArray value = request.header("Authorization");
    return value.left(7).compare("Bearer ", Qt::CaseInsensitive) == 0 ? value.mid(7).trimmed() : QByteArray();
}

Reply oauthError(int status, const QString &error, const QString &description)
{
    Reply reply = jsonReply(status, { { u"error"_s, error }, { u"error_description"_s, description } });
    reply.headers.append({ "Pragma"_ba, "no-cache"_ba });
    return reply;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// application/x-www-form-urlencoded: `+` is a space, `%` needs two hex digits.
std::optional<QByteArray> formDecoded(QByteArrayView text)
{
    QByteArray out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == '+') {
            out.append(' ');
        } else if (text.at(i) == '%') {
            if (i + 2 >= text.size() || hexDigit(text.at(i + 1)) < 0 || hexDigit(text.at(i + 2)) < 0)
                return std::nullopt;
            out.append(static_cast<char>(hexDigit(text.at(i + 1)) * 16 + hexDigit(text.at(i + 2))));
            i += 2;
        } else {
            out.append(text.at(i));
        }
    }
    return out;
}

struct Form {
    QMap<QByteArray, QByteArray> fields;
    bool wellFormed = true;
    bool hasDuplicates = false;
};

Form parseForm(const QByteArray &body)
{
    Form form;
    if (body.isEmpty())
        return form;
    const QList<QByteArray> pairs = body.split('&');
    for (const QByteArray &pair : pairs) {
        const qsizetype equals = pair.indexOf('=');
        const auto name = formDecoded(equals < 0 ? pair : pair.left(equals));
        const auto value = formDecoded(equals < 0 ? QByteArray() : pair.mid(equals + 1));
        if (!name || !value) {
            form.wellFormed = false;
            return form;
        }
        form.hasDuplicates = form.hasDuplicates || form.fields.contains(*name);
        form.fields.insert(*name, *value);
    }
    return form;
}

} // namespace

Tokens::Tokens(QString clientId, QByteArray secret)
    : m_clientId(std::move(clientId))
    , m_secret(std::move(secret))
{
}

void Tokens::setLifeSeconds(int seconds)
{
    m_lifeSeconds = std::clamp(seconds, 1, 86'400);
}

void Tokens::revokeAll()
{
    m_given.clear();
    m_notBefore = QDateTime::currentSecsSinceEpoch();
}

void Tokens::rotateSecret()
{
    m_secret = newSecret();
}

QByteArray Tokens::newSecret()
{
    const QByteArray awkward = "+&=% /?#:\""_ba;
    QByteArray secret = base64Url(randomBytes(8)).left(32);
    for (const char c : awkward)
        secret.insert(QRandomGenerator::system()->bounded(1, static_cast<int>(secret.size())), c);
    return secret;
}

QByteArray Tokens::makeToken() const
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QJsonObject header { { u"alg"_s, u"RS256"_s }, { u"typ"_s, u"JWT"_s }, { u"kid"_s, u"practice"_s } };
    const QJsonObject claims { { u"exp"_s, now + m_lifeSeconds },
                               { u"iat"_s, now },
                               { u"jti"_s, QUuid::createUuid().toString(QUuid::WithoutBraces) },
                               { u"iss"_s, m_issuer },
                               { u"typ"_s, u"Bearer"_s },
                               { u"azp"_s, m_clientId },
                               { u"scope"_s, u"email profile"_s } };
    const auto part = [](const QJsonObject &object) {
        return base64Url(QJsonDocument(object).toJson(QJsonDocument::Compact));
    };
    // The last part is noise of the length of a signature: to the client the token is opaque.
    return part(header) + '.' + part(claims) + '.' + base64Url(randomBytes(64));
}

Reply Tokens::answer(const Request &request)
{
    if (request.method != "POST") {
        Reply reply = jsonReply(405, { { u"error"_s, u"HTTP 405 Method Not Allowed"_s } });
        reply.headers.append({ "Allow"_ba, "OPTIONS, POST"_ba });
        return reply;
    }
    const QByteArray type = request.header("Content-Type").split(';').first().trimmed().toLower();
    if (type != "application/x-www-form-urlencoded")
        return jsonReply(415, { { u"error"_s, u"HTTP 415 Unsupported Media Type"_s } });
    const Form form = parseForm(request.body);
    if (!form.wellFormed)
        return oauthError(400, u"invalid_request"_s, u"Malformed form body"_s);
    if (form.hasDuplicates)
        return oauthError(400, u"invalid_request"_s, u"duplicated parameter"_s);
    if (!form.fields.contains("grant_type"_ba))
        return oauthError(400, u"invalid_request"_s, u"Missing form parameter: grant_type"_s);

    QByteArray clientId = form.fields.value("client_id"_ba);
    QByteArray secret = form.fields.value("client_secret"_ba);
    const QByteArray authorization = request.header("Authorization");
    if (authorization.left(6).compare("Basic ", Qt::CaseInsensitive) == 0) {
        const QByteArray pair = QByteArray::fromBase64(authorization.mid(6).trimmed());
        const qsizetype colon = pair.indexOf(':');
        if (colon >= 0 && clientId.isEmpty())
            clientId = formDecoded(pair.left(colon)).value_or(QByteArray());
        if (colon >= 0 && secret.isEmpty())
            secret = formDecoded(pair.mid(colon + 1)).value_or(QByteArray());
    }
    if (clientId.isEmpty())
        return oauthError(400, u"invalid_client"_s, u"Missing parameter: client_id"_s);
    if (clientId != m_clientId.toUtf8())
        return oauthError(401, u"invalid_client"_s, u"Invalid client or Invalid client credentials"_s);
    if (secret != m_secret)
        return oauthError(401, u"unauthorized_client"_s, u"Invalid client or Invalid client credentials"_s);
    if (form.fields.value("grant_type"_ba) != "client_credentials")
        return oauthError(400, u"unsupported_grant_type"_s, u"Unsupported grant_type"_s);

    const QByteArray token = makeToken();
    if (m_given.size() >= mostTokens)
        m_given.removeFirst();
    m_given.append({ fingerprint(token), World::monotonicMs() + qint64(m_lifeSeconds) * 1000 });
    Reply reply = jsonReply(200,
                            { { u"access_token"_s, QString::fromLatin1(token) },
                              { u"expires_in"_s, m_lifeSeconds },
                              { u"refresh_expires_in"_s, 0 },
                              { u"token_type"_s, u"Bearer"_s },
                              { u"not-before-policy"_s, m_notBefore },
                              { u"scope"_s, u"email profile"_s } });
    reply.headers.append({ "Pragma"_ba, "no-cache"_ba });
    return reply;
}

Tokens::Check Tokens::check(const Request &request) const
{
    const QByteArray token = bearerOf(request);
    if (token.isEmpty())
        return Check::Missing;
    const QByteArray wanted = fingerprint(token);
    for (const Given &given : m_given) {
        if (given.fingerprint == wanted)
            return World::monotonicMs() < given.deadlineMs ? Check::Good : Check::Expired;
    }
    return Check::Unknown;
}

void Tokens::forget(const Request &request)
{
    const QByteArray wanted = fingerprint(bearerOf(request));
    m_given.removeIf([&wanted](const Given &given) { return given.fingerprint == wanted; });
}

} // namespace yoid::practice
