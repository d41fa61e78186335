// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/calllog.h"
#include "app/practice/faults.h"
#include "app/practice/listener.h"
#include "app/practice/mischief.h"
#include "app/practice/papers.h"
#include "app/practice/router.h"
#include "app/practice/tokens.h"
#include "app/practice/world.h"
#include "app/practice/youth.h"

namespace yoid::practice {

/// How the pretend platform starts.
struct Options {
    quint16 port = 0;
    Dialect dialect = Dialect::Current;
    int tokenLifeSeconds = 300;
    int acceptAfterMs = 4000;
    int answerAfterMs = -1;
    int latencyMs = 0;
    RevokeRule revokeRule = RevokeRule::Accepted;
    int confirmAfterReads = 0;
    bool echoIssuances = false;
    QString clientId = QStringLiteral("practice-console");
    QByteArray clientSecret;    ///< Empty: a random one.
};

/// The whole pretend platform: Keycloak, three services, a youth, and the control address for tests and rehearsals.
class Platform final : public QObject {
    Q_OBJECT

public:
    explicit Platform(const Options &options, QObject *parent = nullptr);

    /// \return false when the port cannot be had
    [[nodiscard]] bool start();
    /// What the one who started us needs to know, secrets included; to be printed once.
    [[nodiscard]] QJsonObject readyMessage() const;

private:
    [[nodiscard]] Reply handle(const Request &request);
    [[nodiscard]] Reply served(Request request);
    [[nodiscard]] Reply api(Request request);
    [[nodiscard]] Reply control(Request request);
    [[nodiscard]] Reply change(const QJsonObject &settings);
    void addControl();

    Options m_options;
    World m_world;
    Router m_router;
    Router m_control;
    Router m_published;         ///< Answers anybody.
    Tokens m_tokens;
    Youth m_youth;
    Papers m_papers;
    Mischief m_mischief;
    Faults m_faults;
    CallLog m_log;
    Listener m_listener;
    QByteArray m_controlKey;
};

} // namespace yoid::practice
