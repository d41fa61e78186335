// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"
#include "app/domain/profile.h"

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QPair>

namespace yoid {

/// What the user was doing when a call was made; one sentence each in `ui/logtext`.
enum class ActionKind {
    SignIn, CheckConnection, CreateAccount, MakeOffer, DeliverOffer, TrackOffer, LoadTemplates, CreateTemplate,
    LoadPresets, LoadChecks, CreateCheck, LoadTrustedIssuers, CreateTrustedIssuer, MakeRequest, WaitForAnswer, PushRequest,
    Revoke, Practice, FetchTrust,
    // On this computer: nothing goes out.
    ReadFile, WriteFile, OpenBatch, KeepBatch,
};

/// One HTTP exchange as the log shows it. Already redacted: nothing in here is secret.
struct ExchangeRecord {
    quint64 number = 0;             ///< Running number within this program run.
    QDateTime startedAt;            ///< UTC
    Environment environment = Environment::Custom;
    ActionKind action = ActionKind::CheckConnection;
    QString requestId;              ///< The intent's id; joins log and journal.
    int attempt = 1;
    QByteArray method;
    QByteArray url;                 ///< Redacted, encoded.
    QList<QPair<QByteArray, QByteArray>> requestHeaders;
    QByteArray requestBody;
    int status = 0;                 ///< 0: no answer.
    QList<QPair<QByteArray, QByteArray>> responseHeaders;
    QByteArray responseBody;
    qint64 durationMs = 0;
    qint64 bytesSent = 0;
    qint64 bytesReceived = 0;
    bool failed = false;            ///< No answer, or not 2xx.
    FailureKind failure = FailureKind::Internal; ///< Meaningful when `failed`.
    QString failureText;            ///< Redacted technical text.

    bool operator==(const ExchangeRecord &) const = default;
};

} // namespace yoid

Q_DECLARE_METATYPE(yoid::ExchangeRecord)
