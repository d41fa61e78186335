// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/keycloak/keycloakadmin.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtNetwork/QNetworkReply>
#include <QtTest/QTest>

#include <algorithm>
#include <memory>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QByteArray answerOf(QNetworkReply *raw, const QString &what)
{
    const std::unique_ptr<QNetworkReply> reply(raw);
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 60'000))
        throw std::runtime_error("no answer: " + what.toStdString());
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = reply->readAll();
    if (status < 200 || status > 299)
        throw std::runtime_error(what.toStdString() + ": " + std::to_string(status) + " " + body.toStdString());
    return body;
}

} // namespace

KeycloakAdmin::KeycloakAdmin(QUrl base, QByteArray password)
    : m_base(std::move(base))
    , m_password(std::move(password))
{
}

QByteArray KeycloakAdmin::token()
{
    QUrl url = m_base;
    url.setPath(u"/realms/master/protocol/openid-connect/token"_s);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    const QByteArray form = "grant_type=password&client_id=admin-cli&username=admin&password=" + m_password;
    const QByteArray answer = answerOf(m_network.post(request, form), u"administrator's token"_s);
    return QJsonDocument::fromJson(answer).object().value("access_token"_L1).toString().toLatin1();
}

QJsonDocument KeycloakAdmin::call(const QByteArray &method, const QString &path, const QByteArray &body)
{
    QNetworkRequest request(QUrl(m_base.toString() + u"/admin/realms/product-hub"_s + path));
    request.setRawHeader("Authorization", "Bearer " + token());
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const QByteArray answer = answerOf(m_network.sendCustomRequest(request, method, body), path);
    return QJsonDocument::fromJson(answer);
}

QString KeycloakAdmin::idOf(const QString &clientId)
{
    const QJsonArray found = call("GET", u"/clients?clientId="_s + clientId).array();
    if (found.size() != 1)
        throw std::runtime_error("no such client: " + clientId.toStdString());
    return found.first().toObject().value("id"_L1).toString();
}

void KeycloakAdmin::setClientEnabled(const QString &clientId, bool enabled)
{
    const QString path = u"/clients/"_s + idOf(clientId);
    QJsonObject client = call("GET", path).object();
    client.insert("enabled"_L1, enabled);
    static_cast<void>(call("PUT", path, QJsonDocument(client).toJson()));
}

QByteArray KeycloakAdmin::rotateSecret(const QString &clientId)
{
    const QJsonDocument fresh = call("POST", u"/clients/%1/client-secret"_s.arg(idOf(clientId)), "{}");
    return fresh.object().value("value"_L1).toString().toUtf8();
}

void KeycloakAdmin::setNotBefore(qint64 epochSeconds)
{
    static_cast<void>(call("PUT", {}, "{\"notBefore\":" + QByteArray::number(epochSeconds) + "}"));
}

QList<qint64> KeycloakAdmin::logins(const QString &clientId)
{
    return events(u"CLIENT_LOGIN"_s, clientId);
}

QList<qint64> KeycloakAdmin::loginErrors(const QString &clientId)
{
    return events(u"CLIENT_LOGIN_ERROR"_s, clientId);
}

QList<qint64> KeycloakAdmin::events(const QString &type, const QString &clientId)
{
    QList<qint64> times;
    const QJsonArray found = call("GET", u"/events?max=1000&type=%1&client=%2"_s.arg(type, clientId)).array();
    for (const QJsonValue &event : found)
        times.append(event.toObject().value("time"_L1).toInteger());
    std::sort(times.begin(), times.end());
    return times;
}

} // namespace yoid
