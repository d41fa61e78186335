// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchproblemtable.h"

#include "ui/icons.h"
#include "ui/models/batchproblemmodel.h"
#include "ui/models/roles.h"
#include "ui/theme.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStyledItemDelegate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// The sign of the row's class before what is said about it.
class ProblemDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->icon = BatchProblemTable::iconOf(RowClass(index.data(StateRole).toInt()));
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(metrics::icon - 4, metrics::icon - 4);
    }
};

} // namespace

QIcon BatchProblemTable::iconOf(RowClass rowClass)
{
    switch (rowClass) {
    case RowClass::Ready:
        return icon(Symbol::Check, Tone::Good);
    case RowClass::Fix:
        return icon(Symbol::Cross, Tone::Bad);
    case RowClass::LookAgain:
        return icon(Symbol::Eye, Tone::Warn);
    case RowClass::Skip:
        return icon(Symbol::Skip, Tone::Neutral);
    }
    return icon(Symbol::Circle, Tone::Neutral);
}

BatchProblemTable::BatchProblemTable(BatchProblemModel *model, QWidget *parent)
    : QTableView(parent)
{
    setObjectName(u"batchProblems"_s);
    setAccessibleName(tr("People of this batch"));
    setModel(model);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false); // Tab leaves the table
    setItemDelegateForColumn(BatchProblemModel::Problem, new ProblemDelegate(this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + metrics::gap);
    setMinimumHeight((fontMetrics().height() + metrics::gap) * 3);
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(BatchProblemModel::Problem, QHeaderView::Stretch);
}

void BatchProblemTable::goToNextOpen()
{
    for (int row = currentIndex().row() + 1; row < model()->rowCount(); ++row) {
        const QModelIndex next = model()->index(row, 0);
        const auto rowClass = RowClass(next.data(StateRole).toInt());
        if (rowClass == RowClass::Fix || rowClass == RowClass::LookAgain) {
            setCurrentIndex(next);
            return;
        }
    }
}

void BatchProblemTable::resizeEvent(QResizeEvent *event)
{
    const int letter = fontMetrics().averageCharWidth();
    QHeaderView *header = horizontalHeader();
    header->resizeSection(BatchProblemModel::Row, std::min(letter * 9, width() / 10));
    header->resizeSection(BatchProblemModel::Who, std::min(letter * 26, width() / 5));
    header->resizeSection(BatchProblemModel::Repair, std::min(letter * 28, width() / 5));
    QTableView::resizeEvent(event);
}

} // namespace yoid
