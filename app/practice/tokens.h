// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/message.h"

namespace yoid::practice {

/// The token endpoint of a Keycloak realm, for one confidential client with a service account.
class Tokens final {
public:
    Tokens(QString clientId, QByteArray secret);

    void setIssuer(const QString &issuer) { m_issuer = issuer; }
    /// For tokens given out from now on; at least 1 s.
    void setLifeSeconds(int seconds);
    /// Every token given out so far dies, as after a pushed not-before.
    void revokeAll();
    /// A new secret; the old one is refused from now on.
    void rotateSecret();
    [[nodiscard]] QByteArray secret() const { return m_secret; }

    /// The answer to anything sent to the endpoint.
    [[nodiscard]] Reply answer(const Request &request);

    enum class Check { Good, Missing, Unknown, Expired };
    [[nodiscard]] Check check(const Request &request) const;
    /// Kills the token of this request.
    void forget(const Request &request);

    /// At least 32 characters, with those that break a careless encoder.
    [[nodiscard]] static QByteArray newSecret();

private:
    struct Given {
        QByteArray fingerprint;
        qint64 deadlineMs = 0;
    };
    [[nodiscard]] QByteArray makeToken() const;

    QString m_clientId;
    QString m_issuer;
    QByteArray m_secret;
    int m_lifeSeconds = 300;
    qint64 m_notBefore = 0;     ///< Seconds since the epoch; 0: never pushed.
    QList<Given> m_given;
};

} // namespace yoid::practice
