// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/batchlistmodel.h"

#include "ui/models/batchwords.h"
#include "ui/models/displaytext.h"
#include "ui/models/recordwords.h"
#include "ui/models/roles.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

BatchListModel::BatchListModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void BatchListModel::setHeads(const QList<BatchHead> &heads)
{
    const auto at = [](const QList<BatchHead> &list, const BatchId &id) {
        return std::find_if(list.begin(), list.end(), [&id](const BatchHead &head) { return head.id == id; }) - list.begin();
    };
    for (qsizetype row = m_heads.size() - 1; row >= 0; --row) {
        if (at(heads, m_heads[row].id) < heads.size())
            continue;
        beginRemoveRows({}, int(row), int(row));
        m_heads.removeAt(row);
        endRemoveRows();
    }
    for (qsizetype row = 0; row < heads.size(); ++row) {
        const qsizetype stood = at(m_heads, heads[row].id);
        if (stood == m_heads.size()) {
            beginInsertRows({}, int(row), int(row));
            m_heads.insert(row, heads[row]);
            endInsertRows();
            continue;
        }
        if (stood != row) { // only ever further down: what stands above is in its place
            beginMoveRows({}, int(stood), int(stood), {}, int(row));
            m_heads.move(stood, row);
            endMoveRows();
        }
        if (m_heads[row] != heads[row]) {
            m_heads[row] = heads[row];
            Q_EMIT dataChanged(index(int(row), 0), index(int(row), ColumnCount - 1));
        }
    }
}

void BatchListModel::setNow(const QDateTime &now)
{
    m_now = now;
    if (!m_heads.isEmpty())
        Q_EMIT dataChanged(index(0, When), index(rowCount() - 1, When), { Qt::DisplayRole });
}

const BatchHead *BatchListModel::head(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_heads.size() ? &m_heads[index.row()] : nullptr;
}

QModelIndex BatchListModel::indexOf(const BatchId &batch) const
{
    for (int row = 0; row < m_heads.size(); ++row) {
        if (m_heads[row].id == batch)
            return index(row, 0);
    }
    return {};
}

int BatchListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_heads.size());
}

int BatchListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString BatchListModel::text(const BatchHead &head, int column) const
{
    switch (Column(column)) {
    case Name:
        return batchName(head);
    case File:
        return batchFile(head);
    case Template:
        return displayText(head.templateName, 80);
    case People:
        return QString::number(head.rows);
    case State:
        return batchPhaseText(head);
    case When:
        return momentText(head.changedAt, m_now);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant BatchListModel::data(const QModelIndex &index, int role) const
{
    const BatchHead *head = this->head(index);
    if (!head)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*head, index.column());
    case Qt::ToolTipRole:
        return toolTipText(index.column() == When ? fullMomentText(head->changedAt) : text(*head, index.column()));
    case Qt::AccessibleTextRole:
        // A reader says one cell at a time: the first tells the whole batch.
        if (index.column() == Name)
            return QStringList { batchName(*head), batchFile(*head), displayText(head->templateName, 80), peopleText(head->rows),
                                 batchPhaseText(*head) }
                .join(u", "_s);
        return text(*head, index.column());
    case Qt::TextAlignmentRole:
        return int((index.column() == People ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IdRole:
        return head->id.text;
    case StateRole:
        return int(head->phase);
    case RawRole:
        switch (Column(index.column())) {
        case Name:
            return head->ordinal;
        case People:
            return head->rows;
        case When:
            return head->changedAt;
        case File:
        case Template:
        case State:
        case ColumnCount:
            return text(*head, index.column());
        }
        return {};
    default:
        return {};
    }
}

QVariant BatchListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Name:
        return tr("Batch");
    case File:
        return tr("File");
    case Template:
        return tr("Credential");
    case People:
        return tr("People");
    case State:
        return tr("How it stands");
    case When:
        return tr("Last change");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace yoid
