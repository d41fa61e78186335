// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/practice/practiceprocess.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QNetworkRequest>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

namespace yoid::test {

QJsonObject Answer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QJsonObject Answer::error() const
{
    return json().value(u"errors"_s).toArray().at(0).toObject();
}

QByteArray Answer::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

PracticeProcess::PracticeProcess(const QStringList &arguments, const QByteArray &standardInput)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QString::fromUtf8(YOID_PRACTICE_PROGRAM), arguments);
    if (!standardInput.isEmpty())
        m_process.write(standardInput);
    const bool spoke = QTest::qWaitFor([this] { return m_process.canReadLine(); }, 20'000);
    if (spoke)
        m_ready = QJsonDocument::fromJson(m_process.readLine()).object();
}

PracticeProcess::~PracticeProcess()
{
    m_process.closeWriteChannel();
    if (!QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, 20'000))
        m_process.kill();
}

QByteArray PracticeProcess::goodForm() const
{
    return "grant_type=client_credentials&client_id="
        + QUrl::toPercentEncoding(m_ready.value(u"clientId"_s).toString()) + "&client_secret="
        + QUrl::toPercentEncoding(m_ready.value(u"clientSecret"_s).toString());
}

Answer PracticeProcess::token(const QByteArray &form)
{
    return send("POST", "/iam/realms/product-hub/protocol/openid-connect/token", "application/x-www-form-urlencoded", form);
}

bool PracticeProcess::signIn()
{
    m_bearer.clear();
    m_bearer = token(goodForm()).json().value(u"access_token"_s).toString().toLatin1();
    return !m_bearer.isEmpty();
}

Answer PracticeProcess::post(const QByteArray &target, const QJsonObject &body)
{
    return send("POST", target, "application/json", QJsonDocument(body).toJson(QJsonDocument::Compact));
}

Answer PracticeProcess::control(const QByteArray &method, const QByteArray &target, const QJsonObject &body)
{
    return send(method, target, "application/json",
                method == "GET" ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact),
                { { "X-Practice-Key", m_ready.value(u"controlKey"_s).toString().toLatin1() } });
}

Answer PracticeProcess::send(const QByteArray &method, const QByteArray &target, const QByteArray &type,
                             const QByteArray &body, const QList<QPair<QByteArray, QByteArray>> &extra)
{
    QNetworkRequest request(QUrl::fromEncoded(base() + target, QUrl::StrictMode));
    request.setTransferTimeout(20'000);
    if (!m_bearer.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_bearer);
    if (!type.isEmpty())
        request.setRawHeader("Content-Type", type);
    for (const auto &[name, value] : extra)
        request.setRawHeader(name, value);
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    Answer answer;
    if (!finished.wait(30'000))
        return answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->readAll();
    answer.headers = reply->rawHeaderPairs();
    return answer;
}

QJsonObject PracticeProcess::credentialTemplate(const QString &name)
{
    const QJsonArray all = get("/me-creds/api/templates/credentials").data().toArray();
    for (const auto &item : all) {
        if (item.toObject().value(u"name"_s).toString().contains(name))
            return item.toObject();
    }
    return {};
}

QJsonObject PracticeProcess::presentationTemplate(bool restricted)
{
    const QJsonArray all = get("/me-creds/api/templates/presentations").data().toArray();
    for (const auto &item : all) {
        const QJsonObject wanted = item.toObject().value(u"credentials"_s).toArray().at(0).toObject();
        if (!wanted.value(u"trustedIssuers"_s).toArray().isEmpty() == restricted)
            return item.toObject();
    }
    return {};
}

QJsonObject PracticeProcess::offerSolar()
{
    const Answer user = post("/consumer-onboarding/api/users",
                             { { u"email"_s, u"naledi@example.org"_s },
                               { u"firstName"_s, u"Naledi"_s },
                               { u"lastName"_s, u"Khumalo"_s } });
    Q_UNUSED(user);
    const Answer made = post("/me-creds/api/credentials/issuance",
                             { { u"credentialTemplateId"_s, credentialTemplate(u"Solar"_s).value(u"id"_s) },
                               { u"attributes"_s,
                                 QJsonObject { { u"fullName"_s, u"Naledi Khumalo"_s },
                                               { u"courseName"_s, u"Solar Installer Level 1"_s },
                                               { u"completedOn"_s, u"2026-11-14"_s },
                                               { u"finalMark"_s, 81 } } } });
    const Answer sent = post("/me-wallet/api/orgs/credentials",
                             { { u"credentialOffer"_s, made.item().value(u"offerUri"_s) },
                               { u"recipient"_s, u"naledi@example.org"_s },
                               { u"identifierType"_s, u"email"_s } });
    return sent.status == 201 && sent.body.isEmpty() ? made.item() : QJsonObject();
}

} // namespace yoid::test
