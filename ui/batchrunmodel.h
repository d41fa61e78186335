// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/batchprogress.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QSortFilterProxyModel>

#include <functional>

namespace yoid {

/// What somebody looking for people in a released batch asks for.
enum class BatchRowGroup {
    All,
    Left,       ///< Not begun, or in hand.
    Waiting,    ///< Handed over; waiting for the youth.
    Accepted,
    Failed,
    InDoubt,
};
/// Never All.
[[nodiscard]] BatchRowGroup groupOf(const BatchRowProgress &row);

/// The people of a released batch, in the order of the file. A change touches the rows it names and no others.
class BatchRunModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Row, Name, Account, Offer, Delivery, Note, ColumnCount };
    enum OwnRole {
        GroupRole = Qt::UserRole + 20,  ///< BatchRowGroup as int.
    };

    explicit BatchRunModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// StateRole is a StageState, of the three stages.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// Where the row is in the file, by its number: how every other step tells people's rows. Without it the number is shown.
    void setLines(std::function<qint64(int number)> lineOf);
    void setRows(const QList<BatchRowProgress> &rows);
    /// \param indexes into rows, in ascending order; those that are not ours are ignored
    void update(const QList<BatchRowProgress> &rows, const QList<int> &indexes);
    [[nodiscard]] const QList<BatchRowProgress> &rows() const { return m_rows; }
    [[nodiscard]] int countOf(BatchRowGroup group) const;

Q_SIGNALS:
    /// How many are in each group.
    void countsChanged();

private:
    void count(const BatchRowProgress &row, int by);

    std::function<qint64(int)> m_lineOf;
    QList<BatchRowProgress> m_rows;
    QHash<BatchRowGroup, int> m_counts;
};

/// People of one group whose row has every word of a text, whatever the accents.
class BatchRunFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit BatchRunFilter(QObject *parent = nullptr);

    void setGroup(BatchRowGroup group);
    void setText(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    BatchRowGroup m_group = BatchRowGroup::All;
    QStringList m_words;
};

} // namespace yoid
