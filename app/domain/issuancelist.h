// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/envelope.h"
#include "app/domain/issuance.h"

#include <QtCore/QMap>

#include <optional>

namespace yoid {

/// One entry of the service's list of issuances (contract 2.10). What is not documented to be echoed may be missing.
struct ListedIssuance {
    Issuance issuance;
    QString templateId;                                 ///< Empty where the service does not say.
    /// Nothing where the service does not echo them, contradicts itself, or says something that is no plain value.
    std::optional<QMap<QString, QString>> attributes;   ///< key → text; numbers and booleans written out

    bool operator==(const ListedIssuance &) const = default;
};

/// The list as far as it was read.
struct IssuanceListing {
    QList<ListedIssuance> items;
    /// Everything asked for is in it. False when the list ran in circles, was cut off at a cap, led elsewhere or held an entry
    /// that cannot be read: from such a list nothing can be concluded by counting.
    bool complete = true;
};

/// \param envelope `data` is the array of all pages
[[nodiscard]] Outcome<IssuanceListing> parseIssuanceListing(const Envelope &envelope);

/// True when the service proves that this issuance was made from this draft: the right template and every attribute echoed
/// with its value, no more and no fewer (design decision 4). Unicode forms and spellings of a number do not count.
[[nodiscard]] bool echoes(const ListedIssuance &listed, const IssueDraft &draft);
/// True when the values that would be echoed say whose they are: one is the person's e-mail, user name, own id or full name,
/// or two of them are the first and the last name; accents and case do not count. Only then can an echo prove whom an offer was
/// made for: `Workshop: Safety, 2026-11-24` may as well be what another computer issued to somebody else.
[[nodiscard]] bool namesPerson(const IssueDraft &draft);
/// True when an echo could not tell these two apart.
[[nodiscard]] bool looksTheSame(const IssueDraft &a, const IssueDraft &b);

} // namespace yoid
