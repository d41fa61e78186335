// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batchcheck.h"
#include "app/domain/batchmappingparts.h"

#include <array>
#include <vector>

namespace yoid {

/// What the sources of the check share; nobody else includes this.

/// A cell as a value of an attribute in IssueDraft's form, or what is wrong with it.
struct ValueReading {
    QString value;
    bool fits = false;
    RowProblem::Kind kind = RowProblem::Kind::BadValue;     ///< Where it does not fit.
    std::optional<AttributeProblem::Reason> reason;
    QString suggestion;     ///< A cell that would fit.

    [[nodiscard]] static ValueReading good(const QString &value) { return { value, true, {}, {}, {} }; }
    [[nodiscard]] static ValueReading bad(AttributeProblem::Reason reason, const QString &suggestion = {})
    {
        return { {}, false, RowProblem::Kind::BadValue, reason, suggestion };
    }
};

/// How a file writes what is not text.
struct CellRules {
    std::optional<DateOrder> dateOrder; ///< Nothing: only what is the same in every order is read.
    DecimalMark decimalMark = DecimalMark::Point;
    int thisYear = 2000;
};
/// \param cell with something in it
[[nodiscard]] ValueReading readValue(AttributeType type, QStringView cell, const CellRules &rules);
/// `2.78E+11`, `1,5E-05`: how a spreadsheet shows what it has no room for.
[[nodiscard]] bool isSpreadsheetScientific(QStringView cell);
/// The text without what cannot be seen; empty when that is not all that is odd about it.
[[nodiscard]] QString withoutHiddenCharacters(QStringView text);

struct SplitName {
    QString first;
    QString last;
};
/// `Naledi Khumalo` and `Khumalo, Naledi`; one word alone is the first name, for it is what the person is called.
[[nodiscard]] SplitName splitFullName(QStringView fullName);
/// The code of the language that this cell names, where it is one of ours.
[[nodiscard]] std::optional<QString> languageFromCell(QStringView cell);

/// An attribute and where its values come from.
struct AttributeColumn {
    AttributeDefinition attribute;
    int column = -1;                ///< -1: the fixed value, or nothing.
    QString fixed;
    std::optional<AttributeProblem::Reason> fixedProblem; ///< Also of a needed value that nothing gives.
};

/// What the plan says, prepared once.
struct CheckPlan {
    BatchPlan plan;
    CellRules rules;
    int columns = 0;                                ///< As many as the file's header has.
    std::array<int, 7> personColumns {};            ///< By PersonField; -1: none.
    std::vector<AttributeColumn> attributes;
    bool everClean = true;                          ///< False where a fixed value spoils every row.

    [[nodiscard]] int columnOf(PersonField field) const { return personColumns[size_t(field)]; }
};

class RowChecker::Private final {
public:
    std::shared_ptr<const CheckPlan> plan;
};

/// The cells of a row with what was repaired in them.
class RowCells final {
public:
    RowCells(std::span<const QStringView> cells, const QHash<int, QString> *repaired)
        : m_cells(cells)
        , m_repaired(repaired)
    {
    }
    [[nodiscard]] bool has(int column) const { return column >= 0 && (size_t(column) < m_cells.size() || (m_repaired && m_repaired->contains(column))); }
    [[nodiscard]] QStringView at(int column) const
    {
        if (m_repaired) {
            if (const auto mended = m_repaired->constFind(column); mended != m_repaired->constEnd())
                return *mended;
        }
        return column >= 0 && size_t(column) < m_cells.size() ? m_cells[size_t(column)] : QStringView();
    }
    [[nodiscard]] int size() const { return int(m_cells.size()); }

private:
    std::span<const QStringView> m_cells;
    const QHash<int, QString> *m_repaired;
};

/// What is remembered of a row to find its twins: 40 bytes, and nothing that names anybody.
struct RowTrace {
    int row = 0;
    quint32 name = 0;       ///< Of the folded name; 0: none.
    quint32 exact = 0;      ///< Of the identifier as it is used.
    quint32 field = 0;      ///< Which identifier that is, a PersonField.
    quint64 loose = 0;      ///< Of the identifier without case and `+tag`; 0: there is none.
    quint64 second = 0;     ///< Of another identifier of the person; 0: there is none.
    quint64 values = 0;     ///< Of the person and the values as they would be sent, composed.
};
static_assert(sizeof(RowTrace) == 40);

/// The short way for the rows that most files are made of; false and nothing: it is not sure, take the exact way.
[[nodiscard]] bool isSurelyClean(const CheckPlan &plan, std::span<const QStringView> cells);
[[nodiscard]] std::optional<RowTrace> quickTrace(const CheckPlan &plan, std::span<const QStringView> cells, size_t seed);
[[nodiscard]] RowTrace exactTrace(const CheckPlan &plan, const RowCells &cells, size_t seed);
/// Never 0, which means "none".
[[nodiscard]] quint64 traceHash(QStringView text, size_t seed);
[[nodiscard]] quint32 shortTraceHash(quint64 hash);
/// What parts the texts of a record from each other: no character, and in no file.
inline constexpr char16_t kTraceSeparator = 0xFFFF;

/// The person of a row, as it would be sent.
[[nodiscard]] Person personOf(const CheckPlan &plan, const RowCells &cells);

} // namespace yoid
