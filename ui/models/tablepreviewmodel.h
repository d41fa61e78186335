// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QAbstractTableModel>
#include <QtCore/QStringList>

namespace yoid {

/// The first rows of a table that is about to be imported, for looking whether it is read rightly.
class TablePreviewModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int MostRows = 10;
    static constexpr int MostColumns = 60;

    explicit TablePreviewModel(QObject *parent = nullptr);

    /// \param firstRow number of the first of these rows in the file, from 1; counted on from there
    void setTable(const QStringList &headers, const QList<QStringList> &rows, int firstRow);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_headers;
    QList<QStringList> m_rows;
    int m_firstRow = 1;
    int m_columns = 0;
};

} // namespace yoid
