// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batchcheck.h"
#include "app/flow/batchrows.h"
#include "app/flow/recordbook.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace yoid {

/// What a check of all rows found, with the tools to look at single rows again. Rows are named by their index.
struct CheckedRows {
    std::optional<DateOrder> provedOrder;   ///< The order of days and months, where the cells prove it.
    DateEvidence evidence;
    QList<DateProof> proofs;                ///< One for each order that a cell proves, in the order of the file.
    std::unique_ptr<RowChecker> checker;
    std::unique_ptr<RowTwins> twins;        ///< Of `checker`, which therefore stands above.
    QHash<int, QList<RowProblem>> own;      ///< Of the row by itself.
    QHash<int, QList<RowProblem>> shared;   ///< Of rows above it.
    QHash<int, QList<RowProblem>> earlier;  ///< Of earlier work.
    std::vector<RowClass> classes;
    QList<int> marked;                      ///< Ascending: with anything to look at, or left out.

    [[nodiscard]] QList<RowProblem> problems(int index) const;
    /// Its class and whether it is among the marked, after its problems or its choice changed. The class it had.
    RowClass sort(int index, RowChoice choice);
    /// What the rows are to each other now. Rows that are concerned: before, after or both.
    QSet<int> compare();
    /// The row by itself, and among the others; compare() tells what of it concerns others.
    void look(int index, const BatchRow &row);
};

/// For a thread of the pool; null when cancelled.
[[nodiscard]] std::shared_ptr<CheckedRows> checkRows(const BatchRows &rows, const BatchPlan &plan, int thisYear,
                                                     const std::atomic_bool &cancelled);
/// Of the columns that hold dates under this mapping.
[[nodiscard]] QList<int> dateColumns(const BatchPlan &plan);

/// Earlier work that counts as "this person already has this credential", or had it, by the fingerprints of its person.
class EarlierWork final {
public:
    struct Scope {
        QString origin;
        QString templateId;
        BatchId batch;              ///< Its own work is no earlier work.
        QSet<BatchId> replaced;     ///< What was taken back of these is why there is this batch.
    };
    EarlierWork() = default;
    /// For a thread of the pool.
    EarlierWork(const QList<RecordBook::Entry> &entries, const Scope &scope);

    [[nodiscard]] static bool concerns(const WorkRecord &record, const Scope &scope);
    [[nodiscard]] bool isEmpty() const { return m_byKey.isEmpty(); }
    [[nodiscard]] QList<RowProblem> of(const QStringList &personKeys) const;
    /// Whether this work was here, and counted as issued.
    [[nodiscard]] bool knows(const WorkRecord &record) const;

private:
    QHash<QString, QList<RecordBook::Entry>> m_byKey;
};

} // namespace yoid
