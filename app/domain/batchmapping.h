// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/credentialtemplate.h"

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QStringList>

#include <optional>

namespace yoid {

/// What of a person a column may hold.
enum class PersonField { Email, Username, ExternalIdentifier, FirstName, LastName, FullName, Language };
[[nodiscard]] QString personFieldKey(PersonField field);
[[nodiscard]] std::optional<PersonField> personFieldFromKey(QStringView key);
[[nodiscard]] QList<PersonField> allPersonFields();

/// Where the cells of a column go.
struct ColumnTarget {
    enum class Kind { Undecided, Ignored, Person, Attribute };
    Kind kind = Kind::Undecided;
    PersonField person = PersonField::Email;    ///< Of Kind::Person.
    QString attribute;                          ///< Key, of Kind::Attribute.

    bool operator==(const ColumnTarget &) const = default;
    [[nodiscard]] static ColumnTarget ignored() { return { Kind::Ignored, PersonField::Email, {} }; }
    [[nodiscard]] static ColumnTarget to(PersonField field) { return { Kind::Person, field, {} }; }
    [[nodiscard]] static ColumnTarget to(const QString &attributeKey) { return { Kind::Attribute, PersonField::Email, attributeKey }; }
};

/// In which order a file writes its dates. A file has one order; 2026-11-14 is read in any.
enum class DateOrder { DayMonthYear, MonthDayYear, YearMonthDay };
[[nodiscard]] QString dateOrderKey(DateOrder order);
[[nodiscard]] std::optional<DateOrder> dateOrderFromKey(QStringView key);

/// The mark before the decimals, by the rule of the file and not of this computer (product 6.3).
enum class DecimalMark { Point, Comma };

/// How a file is read as people and credentials.
struct BatchMapping {
    QStringList headers;                    ///< As in the file; empty and equal ones are possible.
    QList<ColumnTarget> targets;            ///< One for each column.
    QMap<QString, QString> fixedValues;     ///< Attribute key → one value for everybody, in IssueDraft's form.
    std::optional<DateOrder> dateOrder;     ///< Nothing: not asked or proved yet.
    DecimalMark decimalMark = DecimalMark::Point;

    bool operator==(const BatchMapping &) const = default;
    [[nodiscard]] int columnOf(PersonField field) const;            ///< -1: none
    [[nodiscard]] int columnOf(const QString &attributeKey) const;  ///< -1: none
};

/// What stands in the way of checking.
struct MappingProblem {
    enum class Kind {
        NoIdentifier,       ///< No column for e-mail, user name or own id.
        TargetTwice,        ///< Two columns with the same target.
        AttributeMissing,   ///< A required attribute has neither column nor fixed value.
        FixedValueBad,      ///< The fixed value does not fit the attribute's type.
        ColumnUndecided,    ///< Matched with nothing, and not said to be left out (reliability 4.2 nos. 58, 66).
        DateOrderUnknown,   ///< There are dates that may be read two ways.
    };
    Kind kind = Kind::NoIdentifier;
    int column = -1;
    QString attribute;

    bool operator==(const MappingProblem &) const = default;
};
/// \param datesAreAmbiguous as the evidence of the date columns says, see DateEvidence
[[nodiscard]] QList<MappingProblem> problemsOf(const BatchMapping &mapping, const CredentialTemplate &credentialTemplate,
                                               bool datesAreAmbiguous);

/// A first matching by the names of the columns (also in French, Portuguese, Kiswahili, Arabic and Spanish) and by what the cells
/// look like. Never gives one target to two columns; what it is not sure of stays undecided.
/// \param sample some rows, at most 200 are looked at
[[nodiscard]] BatchMapping guessMapping(const QStringList &headers, const QList<QStringList> &sample,
                                        const CredentialTemplate &credentialTemplate);
/// The matching of an earlier file with the same template, carried over to this file by the columns' names; the rest is guessed.
[[nodiscard]] BatchMapping carriedOver(const BatchMapping &earlier, const BatchMapping &guessed);

/// What the cells of date columns prove about their order.
struct DateEvidence {
    int dayFirst = 0;       ///< Cells that only make sense day first (`14/03/2026`).
    int monthFirst = 0;     ///< Only month first (`03/14/2026`).
    int yearFirst = 0;      ///< Year first.
    int ambiguous = 0;      ///< `03/04/2026`: both ways.
    int same = 0;           ///< `04/04/2026`: it does not matter.
    int none = 0;           ///< Not a date in any order.
    QString example;        ///< The first ambiguous cell.

    bool operator==(const DateEvidence &) const = default;
    void take(QStringView cell);
    void add(const DateEvidence &other);
    /// The order, when at least one cell proves it and none proves another.
    [[nodiscard]] std::optional<DateOrder> proved() const;
    /// Somebody has to say: there are ambiguous cells and nothing (or both ways) is proved.
    [[nodiscard]] bool mustAsk() const;
};

/// The first cell of a file that only makes sense in this order.
struct DateProof {
    DateOrder order = DateOrder::DayMonthYear;
    int index = 0;          ///< Of the row, from 0.
    int column = 0;
    QString cell;           ///< As it stands, repaired or not; at most 40 characters.

    bool operator==(const DateProof &) const = default;
};

/// A cell as `YYYY-MM-DD`. Separators `/ . -` and blanks; two-digit years are 20YY up to ten years ahead of `thisYear`, else 19YY;
/// months also by name in the six languages (`14 Nov 2026`). Nothing when it is no day that exists.
[[nodiscard]] std::optional<QString> dateFromCell(QStringView cell, DateOrder order, int thisYear);
/// The day of a spreadsheet's serial number (`45975`), as a suggestion; nothing outside of 1930 … 2100. Days from 1899-12-30.
[[nodiscard]] std::optional<QString> dateFromSerial(QStringView cell);

[[nodiscard]] QJsonObject toJson(const BatchMapping &mapping);
[[nodiscard]] std::optional<BatchMapping> batchMappingFromJson(const QJsonObject &json);

} // namespace yoid
