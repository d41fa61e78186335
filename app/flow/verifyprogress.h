// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/personnote.h"
#include "app/domain/verdict.h"

#include <QtCore/QMetaType>

#include <optional>

namespace yoid {

/// One verification as the pane shows it.
struct VerifyProgress {
    enum class Phase {
        MakingRequest,  ///< Asking the service for a request.
        Ready,          ///< Made ahead; nobody has seen it.
        OnScreen,       ///< The QR is there; waiting for the youth.
        Ended,          ///< There is a final verdict.
        Failed,         ///< The request could not be made; `failure` says why.
    };
    IntentId intent;
    Phase phase = Phase::MakingRequest;
    PresentationTemplate asked;
    Presentation presentation;      ///< Its QR URI is valid from OnScreen on.
    Verdict verdict;
    QDateTime shownAt;              ///< UTC
    QDateTime answeredAt;           ///< UTC; when we first saw the answer.
    QDateTime lastChecked;
    PersonNote person;              ///< What the operator noted after the answer.
    bool noConnection = false;      ///< Polling has failed for 20 s.
    std::optional<Failure> failure;

    bool operator==(const VerifyProgress &) const = default;
};

} // namespace yoid

Q_DECLARE_METATYPE(yoid::VerifyProgress)
