// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchrowsview.h"

#include "ui/icons.h"
#include "ui/models/roles.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/statechip.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Icon and colour of a stage; the word comes from the model.
class StageStateDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto state = StageState(index.data(StateRole).toInt());
        if (state == StageState::NotStarted)
            return;
        const Tone tone = StateChip::toneFor(state);
        option->icon = icon(StateChip::symbolFor(state), tone);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(metrics::icon - 4, metrics::icon - 4);
        option->palette.setColor(QPalette::Text, theme::text(tone, option->palette));
    }
};

QString groupTitle(BatchRowGroup group, int count)
{
    switch (group) {
    case BatchRowGroup::All: return BatchRowsView::tr("Everybody (%1)").arg(count);
    case BatchRowGroup::Left: return BatchRowsView::tr("Not finished (%1)").arg(count);
    case BatchRowGroup::Waiting: return BatchRowsView::tr("Waiting for the youth (%1)").arg(count);
    case BatchRowGroup::Accepted: return BatchRowsView::tr("Accepted (%1)").arg(count);
    case BatchRowGroup::Failed: return BatchRowsView::tr("Failed (%1)").arg(count);
    case BatchRowGroup::InDoubt: return BatchRowsView::tr("In doubt (%1)").arg(count);
    }
    return {};
}

} // namespace

BatchRowsView::BatchRowsView(BatchRunModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_filter(new BatchRunFilter(this))
    , m_group(new ChoiceBox)
    , m_search(new QLineEdit)
    , m_shown(new PlainLabel)
    , m_table(new QTableView)
{
    m_filter->setSourceModel(&model);
    m_group->setObjectName(u"batchRowGroup"_s);
    m_group->setAccessibleName(tr("Which people"));
    using enum BatchRowGroup;
    for (const BatchRowGroup group : { All, Left, Waiting, Accepted, Failed, InDoubt })
        m_group->addItem(groupTitle(group, 0), int(group));
    m_search->setObjectName(u"batchRowSearch"_s);
    m_search->setAccessibleName(tr("Search these people"));
    m_search->setPlaceholderText(tr("Search: name, e-mail, row"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaxLength(200);
    m_search->setMaximumWidth(metrics::field);
    m_shown->setObjectName(u"batchRowsShown"_s);
    m_shown->setMuted(true);

    m_table->setObjectName(u"batchRows"_s);
    m_table->setAccessibleName(tr("People of this batch"));
    m_table->setModel(m_filter);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false); // Tab leaves the table
    m_table->setMinimumHeight(m_table->fontMetrics().height() * 6);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + metrics::gap);
    auto *stages = new StageStateDelegate(m_table);
    for (const int column : { BatchRunModel::Account, BatchRunModel::Offer, BatchRunModel::Delivery })
        m_table->setItemDelegateForColumn(column, stages);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int letter = m_table->fontMetrics().averageCharWidth();
    header->resizeSection(BatchRunModel::Row, letter * 7);
    header->resizeSection(BatchRunModel::Name, letter * 26);
    header->resizeSection(BatchRunModel::Account, letter * 15);
    header->resizeSection(BatchRunModel::Offer, letter * 15);
    header->resizeSection(BatchRunModel::Delivery, letter * 24);
    header->setSectionResizeMode(BatchRunModel::Note, QHeaderView::Stretch);

    auto *tools = new QHBoxLayout;
    tools->addWidget(m_group);
    tools->addWidget(m_search, 1);
    tools->addStretch(1);
    tools->addWidget(m_shown);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addLayout(tools);
    column->addWidget(m_table, 1);

    connect(m_group, &QComboBox::currentIndexChanged, this, [this] {
        m_filter->setGroup(BatchRowGroup(m_group->currentData().toInt()));
        refresh();
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        refresh();
    });
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        const IntentId intent { index.data(IdRole).toString() };
        if (!intent.isEmpty())
            Q_EMIT openRecord(intent);
    });
    connect(&model, &BatchRunModel::countsChanged, this, &BatchRowsView::refresh);
    refresh();
}

void BatchRowsView::showGroup(BatchRowGroup group)
{
    m_group->setCurrentIndex(m_group->findData(int(group)));
}

void BatchRowsView::refresh()
{
    for (int i = 0; i < m_group->count(); ++i) {
        const auto group = BatchRowGroup(m_group->itemData(i).toInt());
        m_group->setItemText(i, groupTitle(group, m_model.countOf(group)));
    }
    const int shown = m_filter->rowCount();
    const int all = m_model.rowCount();
    m_shown->setText(shown == all ? QString() : tr("%1 of %2 shown").arg(shown).arg(all));
}

} // namespace yoid
