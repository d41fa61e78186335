// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batcheslist.h"

#include "ui/icons.h"
#include "ui/models/batchwords.h"
#include "ui/models/displaytext.h"
#include "ui/models/roles.h"
#include "ui/panes/emptystate.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

BatchesList::BatchesList(QWidget *parent)
    : QWidget(parent)
    , m_model(new BatchListModel(this))
    , m_messages(new MessageBar(this))
    , m_new(new QPushButton(icon(Symbol::Add), tr("&New batch"), this))
    , m_open(new QPushButton(tr("&Open"), this))
    , m_drop(new QPushButton(icon(Symbol::Trash), tr("&Give up…"), this))
    , m_pages(new QStackedWidget(this))
    , m_table(new QTableView(this))
    , m_nothing(new EmptyState(tr("Issue to many people from one list"),
                               tr("Bring a table with one person in each row: an Excel workbook, a CSV file, or cells copied from a "
                                  "sheet. The console checks every person first and sends nothing until you release the batch. You "
                                  "can stop after every step and go on later; nothing is lost when the window is closed or the power "
                                  "goes. Drop the file here, press Ctrl+V to paste, or:"),
                               tr("New batch"), this))
    , m_hint(new PlainLabel(tr("Drop a table here, or press Ctrl+V to paste one from a sheet."), this))
{
    setObjectName(u"batchesList"_s);
    m_messages->setObjectName(u"batchesMessage"_s);
    m_new->setObjectName(u"batchNew"_s);
    m_new->setAutoDefault(true);
    m_open->setObjectName(u"batchOpen"_s);
    m_open->setAutoDefault(true);
    m_drop->setObjectName(u"batchDrop"_s);
    m_drop->setAutoDefault(true);
    m_nothing->button()->setObjectName(u"batchFirst"_s);
    m_nothing->button()->setIcon(icon(Symbol::Add));
    m_hint->setMuted(true);
    theme::makePrimary(m_new);

    m_table->setObjectName(u"batchTable"_s);
    m_table->setAccessibleName(tr("Batches"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + metrics::gap * 2);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int letter = m_table->fontMetrics().averageCharWidth();
    header->resizeSection(BatchListModel::Name, letter * 13);
    header->resizeSection(BatchListModel::People, letter * 9);
    header->resizeSection(BatchListModel::When, letter * 20);
    for (const int column : { BatchListModel::File, BatchListModel::Template, BatchListModel::State })
        header->setSectionResizeMode(column, QHeaderView::Stretch);

    auto *loading = new EmptyState(tr("Reading the batches…"), QString(), QString(), this);
    for (QWidget *page : std::initializer_list<QWidget *> { loading, m_nothing, m_table })
        m_pages->addWidget(page);

    auto *top = new QHBoxLayout;
    top->setSpacing(metrics::gap);
    top->addWidget(new PlainLabel(TextRole::Title, tr("Batches"), this), 1);
    top->addWidget(m_new);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(metrics::gap);
    bottom->addWidget(m_hint, 1);
    bottom->addWidget(m_drop);
    bottom->addWidget(m_open);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::gap);
    column->setSpacing(metrics::gap);
    column->addLayout(top);
    column->addWidget(m_messages);
    column->addWidget(m_pages, 1);
    column->addLayout(bottom);

    connect(m_new, &QPushButton::clicked, this, &BatchesList::newWanted);
    connect(m_nothing->button(), &QPushButton::clicked, this, &BatchesList::newWanted);
    const auto open = [this] {
        if (const BatchHead *head = current())
            Q_EMIT openWanted(head->id);
    };
    connect(m_open, &QPushButton::clicked, this, open);
    connect(m_table, &QAbstractItemView::activated, this, open);
    connect(m_drop, &QPushButton::clicked, this, [this] {
        const BatchHead *head = current();
        if (!head)
            return;
        m_messages->showNotice(Tone::Warn, tr("Give up %1 (%2)?").arg(batchName(*head), batchFile(*head)),
                               tr("Nothing of it has been sent. Its rows and repairs are taken off this computer; your file stays as "
                                  "it is."));
        m_messages->addAction(tr("Give it up"), this, [this, id = head->id] {
            m_messages->clear();
            Q_EMIT dropWanted(id);
        });
        m_messages->addAction(tr("Keep it"), this, [this] { m_messages->clear(); });
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &BatchesList::refresh);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &BatchesList::refresh);
    refresh();
}

const BatchHead *BatchesList::current() const
{
    return m_model->head(m_table->currentIndex());
}

void BatchesList::setHeads(const QList<BatchHead> &heads, bool complete)
{
    m_complete = complete;
    QList<BatchHead> shown;
    std::copy_if(heads.begin(), heads.end(), std::back_inserter(shown),
                 [](const BatchHead &head) { return head.phase != BatchPhase::Dropped; });
    m_model->setHeads(shown);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
    refresh();
}

void BatchesList::setNow(const QDateTime &now)
{
    m_model->setNow(now);
}

void BatchesList::setNewBlocked(const QString &reason)
{
    m_newBlocked = reason;
    refresh();
}

void BatchesList::select(const BatchId &batch)
{
    const QModelIndex index = m_model->indexOf(batch);
    if (index.isValid())
        m_table->setCurrentIndex(index);
    if (m_table->isVisible())
        m_table->setFocus();
}

void BatchesList::refresh()
{
    const bool some = m_model->rowCount() > 0;
    m_pages->setCurrentIndex(some ? 2 : m_complete ? 1 : 0);
    m_new->setVisible(some);
    m_open->setVisible(some);
    m_drop->setVisible(some);
    m_hint->setVisible(some);
    for (QPushButton *button : { m_new, m_nothing->button() }) {
        button->setEnabled(m_newBlocked.isEmpty());
        button->setToolTip(m_newBlocked.isEmpty() ? QKeySequence(Qt::CTRL | Qt::Key_B).toString(QKeySequence::NativeText)
                                                  : toolTipText(m_newBlocked));
        button->setAccessibleDescription(m_newBlocked);
    }
    const BatchHead *head = current();
    m_open->setEnabled(head != nullptr);
    const bool canDrop = head && head->phase == BatchPhase::Draft;
    const QString reason = canDrop || !head ? QString() : tr("It was released: it stays, so that everybody can see what was issued.");
    m_drop->setEnabled(canDrop);
    m_drop->setToolTip(reason.isEmpty() ? QString() : toolTipText(reason));
    m_drop->setAccessibleDescription(reason);
}

} // namespace yoid
