// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/batchrunmodel.h"

#include "app/domain/foldedtext.h"
#include "ui/batchruntext.h"
#include "ui/models/displaytext.h"
#include "ui/models/roles.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool anyIs(const BatchRowProgress &row, StageState state)
{
    return row.account == state || row.offer == state || row.delivery == state;
}

} // namespace

BatchRowGroup groupOf(const BatchRowProgress &row)
{
    if (anyIs(row, StageState::InDoubt))
        return BatchRowGroup::InDoubt;
    if (anyIs(row, StageState::Failed) || row.acceptance == StageState::Failed)
        return BatchRowGroup::Failed;
    if (row.acceptance == StageState::Done)
        return BatchRowGroup::Accepted;
    if (row.offer == StageState::Done && (row.delivery == StageState::Done || row.delivery == StageState::Skipped))
        return BatchRowGroup::Waiting;
    return BatchRowGroup::Left;
}

BatchRunModel::BatchRunModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

int BatchRunModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int BatchRunModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BatchRunModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const BatchRowProgress &row = m_rows.at(index.row());
    switch (role) {
    case GroupRole: return int(groupOf(row));
    case IdRole: return row.intent.text;
    case RawRole: return index.column() == Row ? QVariant(row.row) : data(index, Qt::DisplayRole);
    case StateRole:
        switch (index.column()) {
        case Account: return int(row.account);
        case Offer: return int(row.offer);
        case Delivery: return int(row.delivery);
        default: return {};
        }
    case CopyTextRole: {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column)
            cells.append(index.siblingAtColumn(column).data().toString());
        return cells.join(u'\t');
    }
    case Qt::ToolTipRole: // what may be cut off
        return index.column() == Name || index.column() == Note ? toolTipText(data(index, Qt::DisplayRole).toString()) : QVariant();
    case Qt::TextAlignmentRole: return index.column() == Row ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DisplayRole:
        switch (index.column()) {
        case Row: return QString::number(m_lineOf ? m_lineOf(row.row) : row.row);
        case Name: return displayText(row.person.displayName(), 120);
        case Account: return BatchRunText::accountWord(row);
        case Offer: return BatchRunText::stageWord(row.offer);
        case Delivery: return BatchRunText::deliveryWord(row);
        case Note: return BatchRunText::note(row);
        default: return {};
        }
    default: return {};
    }
}

QVariant BatchRunModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Row: return tr("Row");
    case Name: return tr("Person");
    case Account: return tr("Account");
    case Offer: return tr("Offer");
    case Delivery: return tr("Delivery");
    case Note: return tr("Note");
    default: return {};
    }
}

void BatchRunModel::count(const BatchRowProgress &row, int by)
{
    m_counts[groupOf(row)] += by;
}

int BatchRunModel::countOf(BatchRowGroup group) const
{
    return group == BatchRowGroup::All ? int(m_rows.size()) : m_counts.value(group);
}

void BatchRunModel::setLines(std::function<qint64(int number)> lineOf)
{
    m_lineOf = std::move(lineOf);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, Row), index(int(m_rows.size()) - 1, Row));
}

void BatchRunModel::setRows(const QList<BatchRowProgress> &rows)
{
    beginResetModel();
    m_rows = rows;
    m_rows.detach(); // here and now, not in the middle of the run
    m_counts.clear();
    for (const BatchRowProgress &row : std::as_const(m_rows))
        count(row, 1);
    endResetModel();
    Q_EMIT countsChanged();
}

void BatchRunModel::update(const QList<BatchRowProgress> &rows, const QList<int> &indexes)
{
    if (rows.size() != m_rows.size()) { // another batch, or read anew
        setRows(rows);
        return;
    }
    const QHash<BatchRowGroup, int> before = m_counts;
    int from = -1;
    int to = -1;
    const auto tell = [this](int first, int last) {
        if (first >= 0)
            Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
    };
    for (const int at : indexes) {
        if (at < 0 || at >= m_rows.size() || m_rows.at(at) == rows.at(at))
            continue;
        count(m_rows.at(at), -1);
        m_rows[at] = rows.at(at);
        count(m_rows.at(at), 1);
        if (from >= 0 && at == to + 1) {
            to = at;
            continue;
        }
        tell(from, to);
        from = to = at;
    }
    tell(from, to);
    if (m_counts != before)
        Q_EMIT countsChanged();
}

BatchRunFilter::BatchRunFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(RawRole);
    setDynamicSortFilter(true);
}

void BatchRunFilter::setGroup(BatchRowGroup group)
{
    if (group == m_group)
        return;
    m_group = group;
    invalidateFilter();
}

void BatchRunFilter::setText(const QString &text)
{
    const QStringList words = foldedText(text).split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

bool BatchRunFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const auto *const model = qobject_cast<const BatchRunModel *>(sourceModel());
    if (!model || sourceParent.isValid() || sourceRow >= model->rows().size())
        return false;
    const BatchRowProgress &row = model->rows().at(sourceRow);
    if (m_group != BatchRowGroup::All && groupOf(row) != m_group)
        return false;
    if (m_words.isEmpty())
        return true;
    const Person &person = row.person;
    const QString text = foldedText(QStringList { model->index(sourceRow, BatchRunModel::Row).data().toString(), person.firstName, person.lastName, person.email,
                                                  person.username, person.externalIdentifier, BatchRunText::note(row) }
                                        .join(u' '));
    return std::all_of(m_words.cbegin(), m_words.cend(), [&](const QString &word) { return text.contains(word); });
}

} // namespace yoid
