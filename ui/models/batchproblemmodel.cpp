// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/batchproblemmodel.h"

#include "ui/models/displaytext.h"
#include "ui/models/roles.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kKept = 500; ///< Far more than a screen shows.

} // namespace

BatchProblemModel::BatchProblemModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void BatchProblemModel::setSource(const BatchRowSource &source)
{
    m_source = source;
    m_filter.reset();
    refresh();
}

void BatchProblemModel::refresh()
{
    beginResetModel();
    m_seen.clear();
    m_rows.clear();
    if (m_source.rowCount) {
        if (!m_filter) {
            m_rows = m_source.withProblems();
        } else if (*m_filter == RowClass::Fix || *m_filter == RowClass::LookAgain) {
            const QList<int> &candidates = m_source.withProblems();
            std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(m_rows),
                         [this](int index) { return m_source.classOf(index) == *m_filter; });
        } else { // a clean row may be ready, or left out by choice
            for (int index = 0; index < m_source.rowCount(); ++index) {
                if (m_source.classOf(index) == *m_filter)
                    m_rows += index;
            }
        }
    }
    endResetModel();
}

void BatchProblemModel::refreshRow(int index)
{
    m_seen.remove(index);
    const QModelIndex first = indexOfRow(index);
    if (first.isValid())
        Q_EMIT dataChanged(first, this->index(first.row(), ColumnCount - 1));
}

void BatchProblemModel::setFilter(std::optional<RowClass> filter)
{
    m_filter = filter;
    refresh();
}

void BatchProblemModel::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
}

int BatchProblemModel::batchIndex(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_rows.size() ? m_rows[index.row()] : -1;
}

QModelIndex BatchProblemModel::indexOfRow(int batchIndex) const
{
    const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), batchIndex);
    return at != m_rows.end() && *at == batchIndex ? index(int(at - m_rows.begin()), 0) : QModelIndex();
}

const QList<RowProblem> &BatchProblemModel::problemsOf(int batchIndex) const
{
    auto at = m_seen.constFind(batchIndex);
    if (at == m_seen.constEnd()) {
        if (m_seen.size() >= kKept)
            m_seen.clear();
        QList<RowProblem> problems = m_source.problems(batchIndex);
        std::stable_partition(problems.begin(), problems.end(), [](const RowProblem &one) { return one.blocks(); });
        at = m_seen.insert(batchIndex, problems);
    }
    return *at;
}

std::optional<RowProblem> BatchProblemModel::shownProblem(int batchIndex) const
{
    if (!m_source.problems || batchIndex < 0 || batchIndex >= m_source.rowCount())
        return std::nullopt;
    const QList<RowProblem> &problems = problemsOf(batchIndex);
    return problems.isEmpty() ? std::nullopt : std::optional(problems.first());
}

int BatchProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int BatchProblemModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString BatchProblemModel::stateText(int batchIndex) const
{
    const QList<RowProblem> &problems = problemsOf(batchIndex);
    const RowChoice choice = m_source.row(batchIndex).choice;
    QString text;
    if (!problems.isEmpty()) {
        text = m_source.sentence(problems.first());
        if (problems.size() > 1)
            text = tr("%1 (and %2 more)").arg(text).arg(problems.size() - 1);
    }
    switch (choice) {
    case RowChoice::None:
        return text.isEmpty() ? tr("Ready.") : text;
    case RowChoice::Keep:
        return text.isEmpty() ? tr("Ready.") : tr("Kept as it is. %1").arg(text);
    case RowChoice::IssueAgain:
        return text.isEmpty() ? tr("Ready.") : tr("Issued again. %1").arg(text);
    case RowChoice::Skip:
        return text.isEmpty() ? tr("Left out.") : tr("Left out. %1").arg(text);
    }
    return text;
}

QVariant BatchProblemModel::data(const QModelIndex &index, int role) const
{
    const int row = batchIndex(index);
    if (row < 0)
        return {};
    if (role == StateRole)
        return int(m_source.classOf(row));
    const std::optional<RowProblem> problem = index.column() == Repair || role == Qt::EditRole ? shownProblem(row) : std::nullopt;
    if (role == Qt::EditRole && index.column() == Repair && problem && problem->column >= 0)
        return problem->suggestion.isEmpty() ? m_source.row(row).text(problem->column) : problem->suggestion;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    QString text;
    switch (Column(index.column())) {
    case Row:
        text = QString::number(m_source.row(row).line);
        break;
    case Who:
        text = displayText(m_source.person(row).displayName(), 80);
        break;
    case Problem:
        text = stateText(row);
        break;
    case Repair:
        if (problem && problem->column >= 0)
            text = problem->suggestion.isEmpty() ? displayText(m_source.row(row).text(problem->column), 80)
                                                 : tr("%1 ?").arg(displayText(problem->suggestion, 80));
        break;
    case ColumnCount:
        break;
    }
    if (role == Qt::ToolTipRole)
        return text.isEmpty() ? QVariant() : QVariant(toolTipText(text));
    return text;
}

QVariant BatchProblemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Row:
        return tr("Row");
    case Who:
        return tr("Person");
    case Problem:
        return tr("What is wrong");
    case Repair:
        return tr("Repair here");
    case ColumnCount:
        break;
    }
    return {};
}

Qt::ItemFlags BatchProblemModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == Repair && !m_readOnly) {
        const std::optional<RowProblem> problem = shownProblem(batchIndex(index));
        if (problem && problem->column >= 0)
            flags |= Qt::ItemIsEditable;
    }
    return flags;
}

bool BatchProblemModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const int row = batchIndex(index);
    if (row < 0 || role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable))
        return false;
    const std::optional<RowProblem> problem = shownProblem(row);
    const QString text = value.toString();
    if (text == m_source.row(row).text(problem->column))
        return false; // nothing was changed, only looked at
    Q_EMIT repairWanted(row, problem->column, text);
    return true;
}

} // namespace yoid
