// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"
#include "app/base/ids.h"

#include <QtCore/QList>
#include <QtCore/QMetaType>

#include <optional>

namespace yoid {

/// Why a credential is taken back; kept here only, the service has no field for it.
enum class RevokeReason { IssuedInError, WrongPerson, WrongDetails, NoLongerTrue, PersonAsked, Misuse, Other };
[[nodiscard]] QList<RevokeReason> allRevokeReasons();
/// Stored word, e.g. `wrongPerson`.
[[nodiscard]] QString revokeReasonKey(RevokeReason reason);

struct RevokeProgress {
    enum class Phase {
        Working,
        Confirmed,      ///< The service said yes and the credential was read back as revoked.
        Accepted,       ///< The service said yes; reading back does not show it (yet).
        Refused,        ///< The service said no; `failure` says why. Nothing has changed.
        InDoubt,        ///< No proper answer. Asking again does no harm: "already revoked" counts as yes.
        NotSent,        ///< Nothing left this computer.
    };
    IntentId intent;    ///< Of the issuing that is taken back.
    Phase phase = Phase::Working;
    std::optional<Failure> failure;
    bool ended = false;

    bool operator==(const RevokeProgress &) const = default;
};

/// What was found unfinished when a profile was opened. Calls whose answer was lost have been written down as in doubt by
/// then; nothing has been sent.
struct RecoveryReport {
    QList<IntentId> unfinished; ///< Issuing that was begun and has no offer out yet, oldest first; the operator says go on or drop.
    QList<IntentId> delivery;   ///< The offer is there, but whether it was handed over is in doubt or it was not.
    int tracked = 0;            ///< Offers that are out and are watched again.
    int requests = 0;           ///< Presentation requests that are watched again.

    [[nodiscard]] bool needsOperator() const { return !unfinished.isEmpty() || !delivery.isEmpty(); }
    bool operator==(const RecoveryReport &) const = default;
};

} // namespace yoid

Q_DECLARE_METATYPE(yoid::RevokeProgress)
Q_DECLARE_METATYPE(yoid::RecoveryReport)
