// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/tablepreviewmodel.h"

#include "ui/models/batchwords.h"
#include "ui/models/displaytext.h"

#include <algorithm>

namespace yoid {

TablePreviewModel::TablePreviewModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void TablePreviewModel::setTable(const QStringList &headers, const QList<QStringList> &rows, int firstRow)
{
    beginResetModel();
    m_headers = headers;
    m_rows = rows.mid(0, MostRows);
    m_firstRow = firstRow;
    qsizetype widest = headers.size();
    for (const QStringList &row : std::as_const(m_rows))
        widest = std::max(widest, row.size());
    m_columns = int(std::min<qsizetype>(widest, MostColumns));
    endResetModel();
}

int TablePreviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TablePreviewModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

QVariant TablePreviewModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const QString cell = m_rows[index.row()].value(index.column());
    if (role == Qt::DisplayRole)
        return displayText(cell, 80);
    if (role == Qt::ToolTipRole)
        return cell.isEmpty() ? QVariant() : QVariant(toolTipText(cell));
    return {};
}

QVariant TablePreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Horizontal)
        return columnTitle(m_headers, section);
    return m_firstRow + section;
}

} // namespace yoid
