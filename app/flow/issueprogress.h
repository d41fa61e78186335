// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/issuance.h"

#include <QtCore/QMetaType>

#include <optional>

namespace yoid {

/// How far one stage of issuing has come.
enum class StageState {
    NotStarted,
    Working,
    Done,
    Skipped,    ///< Not wanted, e.g. QR only.
    Failed,     ///< The service said no, or nothing was sent.
    InDoubt,    ///< Sent, but no proper answer (design decision 4).
};

/// One issuing as the pane shows it; every change of it is on the journal first.
struct IssueProgress {
    IntentId intent;
    Person person;
    QString templateName;
    StageState account = StageState::NotStarted;
    StageState offer = StageState::NotStarted;
    StageState delivery = StageState::NotStarted;
    StageState acceptance = StageState::NotStarted; ///< Working: waiting for the youth.
    bool accountIsNew = false;
    bool hasFirstPassword = false;      ///< To be taken once with IssueFlow::takeFirstPassword().
    bool firstPasswordLost = false;
    QString username;
    IssuanceId issuanceId;
    CredentialId credentialId;
    QString offerUri;
    QString offerQrUri;
    IssuanceStatus status = IssuanceStatus::Unknown;
    QString rawStatus;
    std::optional<bool> revocable;
    QDateTime deliveredAt;
    QDateTime lastChecked;
    int unusedOffers = 0;               ///< Offers left behind, harmless.
    std::optional<Failure> failure;     ///< Of the stage that is Failed or InDoubt, else of the lost connection.
    bool noConnection = false;          ///< Tracking cannot reach the service at the moment.
    bool ended = false;                 ///< Nothing more will happen by itself.

    bool operator==(const IssueProgress &) const = default;
};

} // namespace yoid

Q_DECLARE_METATYPE(yoid::IssueProgress)
