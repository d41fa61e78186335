// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonObject>
#include <QtCore/QMetaType>

namespace yoid {

/// Where a piece of work stands. The words are stable: they are stored.
enum class JournalState {
    // issuing, design.md section 4
    Prepared, NotSent, AccountIntent, AccountReady, AccountUnknown, AccountRefused,
    Sent, Offered, Refused, Unknown, Abandoned,
    DeliveryIntent, Delivered, DeliveryFailed, DeliveryUnknown,
    Accepted, Rejected, Failed, Expired, Revoked,
    // verifying
    RequestIntent, Requested, RequestFailed, RequestUnknown, Answered, Declined, RequestExpired, Parked,
};
[[nodiscard]] QString journalStateKey(JournalState state);

enum class WorkKind { Issue, Verify };

/// One line of the journal: written before a call (intent) and after it (result).
struct JournalStep {
    IntentId intent;
    WorkKind work = WorkKind::Issue;
    JournalState state = JournalState::Prepared;
    int attempt = 1;                ///< Which try of this step.
    QDateTime at;                   ///< UTC
    ProfileId profile;
    /// Ids, URIs, fingerprints; no token, no secret, no first password. Keys are fixed by the flows.
    QJsonObject facts;

    bool operator==(const JournalStep &) const = default;
};

/// True when a piece of work may go from one state to the next. The whole table is tested.
[[nodiscard]] bool isAllowedMove(JournalState from, JournalState to);
[[nodiscard]] bool isFinal(JournalState state);

} // namespace yoid

Q_DECLARE_METATYPE(yoid::JournalStep)
