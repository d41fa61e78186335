// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonObject>
#include <QtCore/QMetaType>

#include <optional>

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
/// The stored word, such as `accountIntent`. Never changed once released.
[[nodiscard]] QString journalStateKey(JournalState state);
/// The reverse; nothing for a word this version does not know.
[[nodiscard]] std::optional<JournalState> journalStateFromKey(QStringView key);
/// All states, so that tables can be tested for completeness.
[[nodiscard]] QList<JournalState> allJournalStates();

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

/// True for a state in which the journal of a new intent may begin.
[[nodiscard]] bool isFirst(JournalState state);
/// True when a piece of work may go from one state to the next. The whole table is tested.
[[nodiscard]] bool isAllowedMove(JournalState from, JournalState to);
/// True when nothing more happens by itself and nothing is left in doubt: what follows, if anything, is the operator's
/// own new decision (a revocation).
[[nodiscard]] bool isFinal(JournalState state);
/// True for a state written before a request goes out. Found at the next start it means that the answer was lost.
[[nodiscard]] bool isIntent(JournalState state);

} // namespace yoid

Q_DECLARE_METATYPE(yoid::JournalStep)
