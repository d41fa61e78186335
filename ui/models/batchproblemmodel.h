// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batchcheck.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QHash>

#include <functional>

namespace yoid {

/// Where the problem model reads the rows of a batch: BatchDraft, or a test's own. Indexes from 0.
struct BatchRowSource {
    std::function<int()> rowCount;
    std::function<RowClass(int index)> classOf;
    std::function<QList<RowProblem>(int index)> problems;
    std::function<const QList<int> &()> withProblems;
    std::function<Person(int index)> person;
    std::function<const BatchRow &(int index)> row;
    /// The problem as a sentence that names column and value.
    std::function<QString(const RowProblem &problem)> sentence;
};

/// The rows of a batch that want something, one line a row: its number, the person, what is wrong, and the cell it is about for
/// repair in place. Asks for what is in sight only, so that ten thousand rows cost no more than ten.
class BatchProblemModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Row, Who, Problem, Repair, ColumnCount };

    explicit BatchProblemModel(QObject *parent = nullptr);

    /// Another batch. Empty functions: none.
    void setSource(const BatchRowSource &source);
    /// Everything may be different.
    void refresh();
    /// This row is different. It stays in the list, whatever it has become, until the next refresh() or setFilter(): what has
    /// just been repaired must not slip away under the hand.
    void refreshRow(int index);
    /// Nothing: every row that has anything to look at.
    void setFilter(std::optional<RowClass> filter);
    [[nodiscard]] std::optional<RowClass> filter() const { return m_filter; }
    /// Released batches are only looked at.
    void setReadOnly(bool readOnly);

    /// Index of the batch's row; -1: none.
    [[nodiscard]] int batchIndex(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOfRow(int batchIndex) const;
    /// The problem that is shown first: one that must be repaired before one that wants a look. Nothing for a clean row.
    [[nodiscard]] std::optional<RowProblem> shownProblem(int batchIndex) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// StateRole: RowClass; EditRole of Repair: the cell as it stands, or its suggestion.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    /// The operator has written this into the cell. The model itself changes nothing.
    void repairWanted(int batchIndex, int column, const QString &text);

private:
    [[nodiscard]] const QList<RowProblem> &problemsOf(int batchIndex) const;
    [[nodiscard]] QString stateText(int batchIndex) const;

    BatchRowSource m_source;
    std::optional<RowClass> m_filter;
    QList<int> m_rows;                                      ///< Batch indexes, ascending.
    mutable QHash<int, QList<RowProblem>> m_seen;           ///< Of rows in sight; emptied when it grows.
    bool m_readOnly = false;
};

} // namespace yoid
