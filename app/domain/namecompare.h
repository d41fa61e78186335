// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

namespace yoid {

enum class NameMatch { NotCompared, Same, Close, Different };

/// One word of the name on the ID card.
struct NamePart {
    QString text;           ///< As it was typed.
    bool matched = false;   ///< The other name has it, too (particles and titles count as matched).
    bool operator==(const NamePart &) const = default;
};

struct NameComparison {
    NameMatch match = NameMatch::NotCompared;
    QList<NamePart> onCard;
    QList<NamePart> inCredential;
};

/// Compares the name on an ID card with a name in a credential (product 4.11). Order, case, accents, particles, titles, hyphens and
/// apostrophes do not count. Same: no word is left over. Close: every word of the shorter name has its place in the longer one, some
/// of them by an initial or a likely spelling. Helps the operator, decides nothing.
[[nodiscard]] NameComparison compareNames(const QString &onCard, const QString &inCredential);

} // namespace yoid
