// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>
#include <QtCore/QProcess>
#include <QtNetwork/QNetworkAccessManager>

namespace yoid::test {

/// What came back; status 0 when the line broke.
struct Answer {
    int status = 0;
    QByteArray body;
    QList<QPair<QByteArray, QByteArray>> headers;

    [[nodiscard]] QJsonObject json() const;
    [[nodiscard]] QJsonValue data() const { return json().value(QStringLiteral("data")); }
    [[nodiscard]] QJsonObject item() const { return data().toObject(); }
    /// The first entry of `errors`.
    [[nodiscard]] QJsonObject error() const;
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

/// The real practice program, started for one test, and a plain HTTP client for it.
class PracticeProcess final {
public:
    /// Starts it; isReady() tells whether the ready line came.
    explicit PracticeProcess(const QStringList &arguments = {}, const QByteArray &standardInput = {});
    ~PracticeProcess();

    [[nodiscard]] bool isReady() const { return m_ready.value(QStringLiteral("ready")).toBool(); }
    [[nodiscard]] QJsonObject ready() const { return m_ready; }
    [[nodiscard]] QByteArray base() const { return m_ready.value(QStringLiteral("base")).toString().toLatin1(); }
    [[nodiscard]] QProcess &process() { return m_process; }

    /// POST to the token endpoint with this body.
    [[nodiscard]] Answer token(const QByteArray &form);
    /// The right body for token().
    [[nodiscard]] QByteArray goodForm() const;
    /// Fetches a token and uses it from now on.
    bool signIn();
    [[nodiscard]] QByteArray bearer() const { return m_bearer; }

    [[nodiscard]] Answer get(const QByteArray &target) { return send("GET", target, {}, {}); }
    [[nodiscard]] Answer post(const QByteArray &target, const QJsonObject &body = {});
    [[nodiscard]] Answer control(const QByteArray &method, const QByteArray &target, const QJsonObject &body = {});
    [[nodiscard]] Answer send(const QByteArray &method, const QByteArray &target, const QByteArray &type,
                              const QByteArray &body, const QList<QPair<QByteArray, QByteArray>> &extra = {});

    /// The first credential template whose name holds this.
    [[nodiscard]] QJsonObject credentialTemplate(const QString &name);
    /// The practice check that names trusted issuers, or the one that does not.
    [[nodiscard]] QJsonObject presentationTemplate(bool restricted);
    /// Person, offer for a solar credential, delivered; the issuance's data.
    [[nodiscard]] QJsonObject offerSolar();

private:
    QProcess m_process;
    QNetworkAccessManager m_network;
    QJsonObject m_ready;
    QByteArray m_bearer;
};

} // namespace yoid::test
