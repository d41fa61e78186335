// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/issuance.h"
#include "app/domain/profile.h"
#include "app/domain/workrecord.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// Why somebody gets the same credential once more although there is one.
enum class AgainReason { Corrected, Renewed, WalletLost, NeverArrived, Other };
[[nodiscard]] QList<AgainReason> allAgainReasons();
/// For IssueDraft::reason. Stored: never changed once released.
[[nodiscard]] QString againReasonKey(AgainReason reason);

/// The words for "this person already has this" (product 2.5). Plain text; text of others inside it is made visible first.
class DuplicateText final {
    Q_DECLARE_TR_FUNCTIONS(DuplicateText)

public:
    /// `Naledi Khumalo already has this: issued 3 May 2026, accepted.` The newest of several is told, and how many there are.
    /// \param earlier newest first; not empty
    [[nodiscard]] static QString sentence(const Person &person, const QList<WorkRecord> &earlier);
    /// `accepted`, `not accepted yet` … as it goes on after the day.
    [[nodiscard]] static QString stateWord(const WorkRecord &record);
    [[nodiscard]] static QString advice();
    [[nodiscard]] static QString reason(AgainReason reason);
    /// `Issue “Solar Installer L1” to Naledi Khumalo again — TEST`
    [[nodiscard]] static QString againSentence(const IssueDraft &draft, Environment environment);
};

} // namespace yoid
