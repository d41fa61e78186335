// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batchmapping.h"

#include <QtCore/QStringList>

#include <array>
#include <optional>

namespace yoid {

/// What the sources of matching and checking share; nobody else includes this.

/// The words of a column's name without accents, case, punctuation and the hump of camelCase: `Date_completed` → `date completed`.
[[nodiscard]] QStringList headerWords(QStringView header);
/// The same without blanks, by which names of columns are compared: `firstname`.
[[nodiscard]] QString headerKey(QStringView header);
/// The person field that a column with this name surely holds, in any of the six languages.
[[nodiscard]] std::optional<PersonField> meaningOf(QStringView header);
[[nodiscard]] std::optional<PersonField> meaningOf(const AttributeDefinition &attribute);
/// A word brought to one form across the six languages where it is one that credentials use (`fecha`, `tarehe` → `date`).
[[nodiscard]] QString commonWord(const QString &word);

/// The column that fills this field of the person: its own, else that of an attribute which means the same, for one column
/// of names may have to serve both the account and the credential. -1: none.
[[nodiscard]] int columnFor(const BatchMapping &mapping, const CredentialTemplate &credentialTemplate, PersonField field);

/// A date as its parts stand in a cell, before anybody knows what they are.
struct DateParts {
    enum class Shape {
        None,           ///< No date.
        YearFirst,      ///< a is a year of four digits.
        YearLast,       ///< c is a year of four digits; a and b are day and month in either order.
        Short,          ///< None of the three has more than two digits.
        Named,          ///< a is the day, b the month by its name, c the year.
    };
    Shape shape = Shape::None;
    int a = 0;
    int b = 0;
    int c = 0;
    bool shortYear = false;     ///< Of Named: the year has two digits.
    bool yearMayLead = false;   ///< Of Short: a has two digits.
    bool yearMayEnd = false;    ///< Of Short: c has two digits.
};
/// Allocates only where letters stand in the cell.
[[nodiscard]] DateParts datePartsOf(QStringView cell);

/// The digit in any script, or -1.
[[nodiscard]] int digitOf(QChar c);
/// Direction marks and fillers without width, which dates and numbers of spreadsheets are full of.
[[nodiscard]] bool isUnseen(QChar c);

struct CalendarDay {
    int year = 0;
    int month = 0;
    int day = 0;
    bool operator==(const CalendarDay &) const = default;
    /// A day that exists, in a year of four digits.
    [[nodiscard]] bool exists() const;
};
/// The day that the parts mean in this order; it need not exist. Nothing where they cannot stand in it.
[[nodiscard]] std::optional<CalendarDay> dayOf(const DateParts &parts, DateOrder order, int thisYear);
/// Days in a month that exists.
[[nodiscard]] int daysIn(int month, int year);
[[nodiscard]] QString isoText(const CalendarDay &day);

} // namespace yoid
