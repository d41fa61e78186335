// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/account.h"
#include "app/domain/batch.h"
#include "app/domain/issuance.h"

#include <QtCore/QStringView>

#include <memory>
#include <optional>
#include <span>

namespace yoid {

/// One thing about one row that somebody should look at.
struct RowProblem {
    enum class Kind {
        // These must be repaired or the row skipped.
        TooFewCells,        ///< Ragged row: fewer cells than columns, and a needed one is among the missing.
        TooManyCells,       ///< Ragged row: more cells with text in them than columns.
        NoIdentifier,       ///< Nothing by which the person could be reached.
        BadPerson,          ///< `personReason` says what; `suggestion` where one is likely.
        BadValue,           ///< `valueReason` says what; `suggestion` where one is likely.
        ScientificNumber,   ///< `2.78E+11`: a spreadsheet has thrown digits away.
        DateSerial,         ///< `45975` in a date column; `suggestion` is the day.
        NotADay,            ///< `31/02/2026`; `suggestion` is the last day of that month where that is meant.
        // These want a look and a decision (RowChoice).
        LikelyTypingError,  ///< `gmial.com`; `suggestion` is the repaired cell.
        HiddenCharacters,   ///< Characters that cannot be seen or that turn the direction of text.
        SharedMailbox,      ///< Two different people with one identifier; `otherRow`.
        PossiblySame,       ///< Equal but for case or a `+tag` (reliability 4.2 no. 63); `otherRow`.
        AlreadyIssued,      ///< The person has this credential; `earlier`.
        HadRevoked,         ///< The person had it and it was taken back; `earlier`.
        // This one skips by itself.
        DuplicateInFile,    ///< The same person with the same values stands above; `otherRow`.
    };
    Kind kind = Kind::NoIdentifier;
    int column = -1;                ///< Of the file; -1: the row as a whole.
    ColumnTarget target;
    QString value;                  ///< The cell as it is, at most 200 characters.
    QString suggestion;             ///< What the cell might be instead; empty: none.
    std::optional<PersonProblem::Reason> personReason;
    std::optional<AttributeProblem::Reason> valueReason;
    int otherRow = 0;
    IntentId earlier;

    bool operator==(const RowProblem &) const = default;
    [[nodiscard]] bool blocks() const;
};

enum class RowClass { Ready, Fix, LookAgain, Skip };
/// What a row is with these problems and this decision: Skip when it says so (or is a duplicate, whatever it says), Fix while anything
/// blocks, LookAgain while anything wants a decision that was not made, else Ready.
[[nodiscard]] RowClass classOf(const QList<RowProblem> &problems, RowChoice choice);

/// Checks rows one by one against the plan, by themselves. Made once for a plan (it prepares what the plan says), then used for
/// any number of rows; for any thread, one at a time. A row without problems costs no allocation.
class RowChecker final {
public:
    /// \param thisYear for two-digit years
    RowChecker(const BatchPlan &plan, int thisYear);
    ~RowChecker();
    RowChecker(RowChecker &&) noexcept;
    RowChecker &operator=(RowChecker &&) noexcept;

    /// Problems of these cells; those that come of other rows or of earlier work are not among them. Empty for a clean row.
    [[nodiscard]] QList<RowProblem> check(std::span<const QStringView> cells) const;
    [[nodiscard]] QList<RowProblem> check(const BatchRow &row) const;
    /// Whether check() would find nothing; faster.
    [[nodiscard]] bool isClean(std::span<const QStringView> cells) const;
    /// What would be issued: the person and the values as they go on the wire. Whole only for a row that nothing blocks.
    [[nodiscard]] IssueDraft draftOf(const BatchRow &row) const;
    /// The language of the row for slips and messages: of its column where it names one we have, else of the plan.
    [[nodiscard]] QString languageOf(const BatchRow &row) const;

private:
    friend class RowTwins;
    class Private;
    std::unique_ptr<Private> d;
};

/// Finds rows that are about the same person, in one pass, by 64-bit hashes: rows of equal hash are called equal. About 40 bytes a row.
class RowTwins final {
public:
    explicit RowTwins(const RowChecker &checker);
    ~RowTwins();

    /// Rows must come in ascending order of their numbers; a row again (after a repair) replaces what it was.
    void take(int row, std::span<const QStringView> cells);
    void take(const BatchRow &row);
    /// Problems that a row has because of rows above it, for those in question only: row → problems. Cheap when there are none.
    [[nodiscard]] QHash<int, QList<RowProblem>> problems() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
