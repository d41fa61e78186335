// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QJsonDocument>
#include <QtCore/QList>
#include <QtCore/QUrl>
#include <QtNetwork/QNetworkAccessManager>

namespace yoid {

/// The administrator's hand on the server, through its REST interface. Shares no code with the console: what it sees is
/// what the server saw. Waits for each answer; a call that fails ends the test.
class KeycloakAdmin final {
public:
    KeycloakAdmin(QUrl base, QByteArray password);

    void setClientEnabled(const QString &clientId, bool enabled);
    /// A new secret; the old one is dead at once.
    [[nodiscard]] QByteArray rotateSecret(const QString &clientId);
    /// Every token issued before this moment is refused (0: none).
    void setNotBefore(qint64 epochSeconds);
    /// When the server granted tokens to this client, milliseconds since the epoch, oldest first.
    [[nodiscard]] QList<qint64> logins(const QString &clientId);
    /// When it refused this client.
    [[nodiscard]] QList<qint64> loginErrors(const QString &clientId);

private:
    [[nodiscard]] QJsonDocument call(const QByteArray &method, const QString &path, const QByteArray &body = {});
    [[nodiscard]] QByteArray token();
    [[nodiscard]] QString idOf(const QString &clientId);
    [[nodiscard]] QList<qint64> events(const QString &type, const QString &clientId);

    QNetworkAccessManager m_network;
    QUrl m_base;
    QByteArray m_password;
};

} // namespace yoid
