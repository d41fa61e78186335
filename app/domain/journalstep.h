// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"
#include "app/base/secret.h"
#include "app/domain/profile.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonObject>
#include <QtCore/QMetaType>

#include <memory>
#include <optional>

namespace yoid {

/// Where a piece of work stands. The words are stable: they are stored.
enum class JournalState {
    // issuing, design.md section 4
    Prepared, NotSent, AccountIntent, AccountReady, AccountUnknown, AccountRefused,
    Sent, Offered, Refused, Unknown, Abandoned,
    DeliveryIntent, Delivered, DeliveryFailed, DeliveryUnknown,
    Accepted, Rejected, Failed, Expired, Revoked,
    // taking back (contract C9): RevokeAccepted is "the service said yes", Revoked "and it was seen to be so"
    RevokeIntent, RevokeAccepted, RevokeRefused, RevokeUnknown,
    // the operator has closed work that was not finished; nothing was delivered
    Dropped,
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
    /// Ids, words, fingerprints: what stays for ever, in clear, under the hash chain. No name, no attribute value, no link, no
    /// secret. Keys are fixed by flow/stepfacts.
    QJsonObject facts;
    /// Personal data and links: kept sealed, removed by the retention rules and by "forget this person". The chain holds only a
    /// fingerprint of it.
    QJsonObject sealed;
    /// The youth's first password, where this step brought one; sealed apart, removed first.
    std::shared_ptr<const Secret> firstPassword;
    Environment environment = Environment::Custom;
    /// Whom the work belongs to: workOrigin() of the profile. Work goes on only where it began.
    QString origin;

    bool operator==(const JournalStep &) const = default;
};

/// One line as the journal gives it back.
struct StoredStep {
    qint64 number = 0;              ///< Running number of the chain, from 1.
    JournalStep step;               ///< Without the first password.
    QString operatorName;           ///< Who sat at the computer.
    bool sealedReadable = true;     ///< False when what was sealed has been purged or its key is not at hand.
    QByteArray hash;                ///< SHA-256 of the chain up to this line.
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
Q_DECLARE_METATYPE(yoid::StoredStep)
