// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batch.h"

#include <QtCore/QAbstractTableModel>

namespace yoid {

/// All batches, newest first, as the list of the Batches place shows them. A change of one batch is a change of one row.
class BatchListModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, File, Template, People, State, When, ColumnCount };

    explicit BatchListModel(QObject *parent = nullptr);

    /// Newest first. Rows are changed, inserted and removed one by one, so that a selection stays where it was.
    void setHeads(const QList<BatchHead> &heads);
    /// For "today" and "yesterday".
    void setNow(const QDateTime &now);
    [[nodiscard]] const BatchHead *head(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const BatchId &batch) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// IdRole: the batch's id; StateRole: BatchPhase; RawRole: what can be sorted by.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const BatchHead &head, int column) const;

    QList<BatchHead> m_heads;
    QDateTime m_now;
};

} // namespace yoid
