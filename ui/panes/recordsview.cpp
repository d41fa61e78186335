// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/recordsview.h"

#include "ui/models/roles.h"
#include "ui/panes/emptystate.h"
#include "ui/panes/recordfilters.h"
#include "ui/recordtext.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kStill { 400 };
/// In letters: narrower than this, the details stand below the list.
constexpr int kSideBySide = 172;
/// In letters: narrower than this, the list shows only what tells records apart.
constexpr int kAllColumns = 96;

/// Gives the stage its icon and colour; the word comes from the model.
class StageDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto stage = WorkStage(index.data(StateRole).toInt());
        const Tone tone = RecordText::tone(stage);
        option->icon = icon(RecordText::symbol(stage), tone);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(metrics::icon - 4, metrics::icon - 4);
        option->palette.setColor(QPalette::Text, theme::text(tone, option->palette));
    }
};

} // namespace

RecordsView::RecordsView(RequestLogModel *log, QWidget *parent)
    : QWidget(parent)
    , m_model(new RecordsModel(this))
    , m_filters(new RecordFilters(this))
    , m_message(new MessageBar(this))
    , m_count(new PlainLabel(QString(), this))
    , m_export(new QPushButton(icon(Symbol::File), tr("&Export this list…"), this))
    , m_splitter(new QSplitter(this))
    , m_pages(new QStackedWidget(this))
    , m_table(new QTableView(this))
    , m_detail(new RecordDetail(log, this))
{
    setObjectName(u"recordsView"_s);
    m_message->setObjectName(u"recordsMessage"_s);
    m_count->setObjectName(u"recordCount"_s);
    m_count->setMuted(true);
    m_export->setObjectName(u"recordExport"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(buildList());
    m_splitter->addWidget(m_detail);
    m_detail->setRecord({});

    auto *head = new QHBoxLayout;
    head->addWidget(new PlainLabel(TextRole::Title, tr("Records"), this), 1);
    head->addWidget(m_count);
    head->addWidget(m_export);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::gap);
    column->setSpacing(metrics::gap);
    column->addLayout(head);
    column->addWidget(m_message);
    column->addWidget(m_filters);
    column->addWidget(m_splitter, 1);

    m_watch.setSingleShot(true);
    m_watch.setInterval(kStill);
    connect(&m_watch, &QTimer::timeout, this, &RecordsView::tellVisible);
    connect(m_export, &QPushButton::clicked, this, &RecordsView::exportRequested);
    connect(m_filters, &RecordFilters::queryChanged, m_model, &RecordsModel::setQuery);
    connect(m_filters, &RecordFilters::listWanted, this, [this] {
        m_table->setFocus();
        if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
            m_table->setCurrentIndex(m_model->index(0, 0));
    });
    connect(m_model, &RecordsModel::summaryChanged, this, [this] {
        m_filters->setSummary(m_model->summary());
        chooseColumns();
        refreshPage();
    });
    connect(m_model, &RecordsModel::settled, this, &RecordsView::refreshPage);
    connect(m_model, &QAbstractItemModel::modelReset, this, &RecordsView::rowsChanged);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &RecordsView::refreshPage);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &RecordsView::refreshPage);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RecordsView::showCurrent);
    connect(m_detail, &RecordDetail::closed, this, [this] {
        m_detail->setRecord({});
        m_restoring = true;
        m_table->clearSelection();
        m_restoring = false;
        m_table->setFocus();
    });
    connect(m_detail, &RecordDetail::qrShown, this, &RecordsView::makeRoomForQr);
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_filters, &RecordFilters::focusSearch);
    refreshPage();
}

QWidget *RecordsView::buildList()
{
    buildTable();
    auto *loading = new EmptyState(tr("Reading the records…"), QString(), QString(), this);
    auto *nothing = new EmptyState(tr("Nothing has been issued or verified here yet"),
                                   tr("Whatever you issue or verify from this computer is kept here: for whom, how it stands, and what "
                                      "happened when. From here you can remind a youth, show the QR code again, or take a credential "
                                      "back. Begin with the first one."),
                                   tr("Issue a credential"), this);
    nothing->button()->setObjectName(u"recordsIssueFirst"_s);
    auto *elsewhere = new EmptyState(tr("Nothing in this profile yet"),
                                     tr("Other profiles on this computer have records. They can be read here too."),
                                     tr("Show all profiles"), this);
    elsewhere->button()->setObjectName(u"recordsAllProfiles"_s);
    auto *none = new EmptyState(tr("No record matches"),
                                tr("Take a word out of the search or a filter off. Accents and capitals make no difference."),
                                tr("Show every record"), this);
    none->button()->setObjectName(u"recordsShowEvery"_s);
    // In the order of Page.
    for (QWidget *page : std::initializer_list<QWidget *> { loading, nothing, elsewhere, none, m_table })
        m_pages->addWidget(page);
    connect(nothing->button(), &QPushButton::clicked, this, &RecordsView::issueWanted);
    connect(elsewhere->button(), &QPushButton::clicked, m_filters, &RecordFilters::showAllProfiles);
    connect(none->button(), &QPushButton::clicked, m_filters, &RecordFilters::showEverything);
    return m_pages;
}

void RecordsView::buildTable()
{
    m_table->setObjectName(u"recordTable"_s);
    m_table->setAccessibleName(tr("Records"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->setTabKeyNavigation(false); // Tab leaves the table
    m_table->setItemDelegateForColumn(RecordsModel::Stage, new StageDelegate(m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + metrics::gap);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(RecordsModel::Age, Qt::AscendingOrder);
    for (const int column : { RecordsModel::Person, RecordsModel::Title }) // what may be long shares what is left
        header->setSectionResizeMode(column, QHeaderView::Stretch);
    const int letter = m_table->fontMetrics().averageCharWidth();
    header->resizeSection(RecordsModel::Stage, letter * 27);
    header->resizeSection(RecordsModel::Age, letter * 13);
    header->resizeSection(RecordsModel::LastChecked, letter * 17);
    header->resizeSection(RecordsModel::Operator, letter * 14);
    header->resizeSection(RecordsModel::EnvironmentColumn, letter * 13);
    m_table->hideColumn(RecordsModel::EnvironmentColumn);
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        m_filters->setSort(RecordQuery::Sort(column), order); // the columns stand in the order of Sort
    });
    connect(m_model, &QAbstractItemModel::modelReset, header, [this, header] {
        const QSignalBlocker quiet(header);
        header->setSortIndicator(int(m_model->query().sort), m_model->query().order);
        header->viewport()->update();
    });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { m_watch.start(); });
    connect(m_table, &QAbstractItemView::activated, this, [this] { m_detail->setFocus(); });
}

void RecordsView::setEntries(const QList<RecordsModel::Entry> &entries, bool complete)
{
    m_complete = complete;
    m_model->setEntries(entries);
    refreshPage();
}

void RecordsView::change(const RecordsModel::Entry &entry)
{
    m_model->change(entry);
    if (m_detail->record() && m_detail->record()->intent == entry->intent) {
        m_detail->setRecord(entry);
        Q_EMIT recordShown(entry);
    }
    m_watch.start();
}

void RecordsView::clear()
{
    m_complete = false;
    m_detail->setRecord({});
    m_message->clear();
    m_model->clear();
    refreshPage();
}

void RecordsView::setProfile(const ProfileId &profile)
{
    m_filters->setProfile(profile);
}

void RecordsView::setNow(const QDateTime &now)
{
    m_filters->setNow(now);
    m_model->setNow(now);
}

void RecordsView::open(const IntentId &intent)
{
    m_wanted = intent;
    if (const RecordsModel::Entry entry = m_model->find(intent)) {
        m_filters->showEverything();
        if (m_model->query().profile != entry->profile)
            m_filters->showAllProfiles();
    }
    if (!m_model->isBusy())
        rowsChanged();
}

RecordsView::Page RecordsView::page() const
{
    return Page(m_pages->currentIndex());
}

void RecordsView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    chooseOrientation();
    m_watch.start();
}

void RecordsView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    chooseOrientation();
    m_watch.start();
}

void RecordsView::chooseOrientation()
{
    const bool beside = width() >= fontMetrics().averageCharWidth() * kSideBySide;
    const Qt::Orientation wanted = beside ? Qt::Horizontal : Qt::Vertical;
    if (m_splitter->orientation() != wanted) {
        m_splitter->setOrientation(wanted);
        m_shared = false;
    }
    shareRoom();
    makeRoomForQr();
    chooseColumns();
}

void RecordsView::shareRoom()
{
    if (m_shared || !m_detail->isVisibleTo(this) || !isVisible())
        return;
    m_shared = true; // from now on as the user drags it
    const int room = m_splitter->orientation() == Qt::Horizontal ? m_splitter->width() : m_splitter->height();
    m_splitter->setSizes(m_splitter->orientation() == Qt::Horizontal ? QList { room * 3 / 5, room * 2 / 5 }
                                                                     : QList { room * 2 / 5, room * 3 / 5 });
}

void RecordsView::makeRoomForQr()
{
    // One above the other, half of the height is not enough for a code that a cheap camera reads.
    m_pages->setVisible(!m_detail->isQrShown() || m_splitter->orientation() == Qt::Horizontal);
}

void RecordsView::chooseColumns()
{
    const bool wide = m_pages->width() >= fontMetrics().averageCharWidth() * kAllColumns;
    m_table->setColumnHidden(RecordsModel::LastChecked, !wide);
    m_table->setColumnHidden(RecordsModel::Operator, !wide);
    m_table->setColumnHidden(RecordsModel::EnvironmentColumn, !m_model->summary().severalEnvironments);
}

void RecordsView::showCurrent()
{
    const RecordsModel::Entry entry = m_model->entry(m_table->currentIndex());
    if (m_restoring || !entry || (m_detail->record() && m_detail->record()->intent == entry->intent))
        return;
    m_wanted = {};
    m_detail->setRecord(entry);
    shareRoom();
    chooseColumns();
    Q_EMIT recordShown(entry);
}

void RecordsView::rowsChanged()
{
    const IntentId shown = !m_wanted.isEmpty() ? m_wanted : m_detail->record() ? m_detail->record()->intent : IntentId();
    const int row = shown.isEmpty() ? -1 : m_model->rowOf(shown);
    if (row >= 0) {
        m_restoring = m_wanted.isEmpty();
        m_wanted = {};
        m_table->setCurrentIndex(m_model->index(row, 0));
        m_restoring = false;
        showCurrent();
    }
    refreshPage();
    m_watch.start();
}

void RecordsView::refreshPage()
{
    const RecordSummary &summary = m_model->summary();
    const int shown = m_model->rowCount();
    Page page = Page::List;
    if (shown == 0) {
        if (m_model->isBusy() || !m_complete)
            page = summary.total > 0 ? this->page() : Page::Loading;
        else if (summary.total == 0)
            page = summary.elsewhere > 0 ? Page::NothingInProfile : Page::NothingYet;
        else
            page = Page::NoMatch;
    }
    m_pages->setCurrentIndex(int(page));
    m_filters->setVisible(page != Page::NothingYet && page != Page::Loading);
    m_count->setText(page == Page::NothingYet ? QString()
                         : shown == summary.total ? tr("Records: %1").arg(shown)
                                                  : tr("Records: %1 of %2").arg(shown).arg(summary.total));
    const QString reason = shown > 0 ? QString() : tr("There is nothing in the list to export.");
    m_export->setEnabled(shown > 0);
    m_export->setAccessibleDescription(reason);
    m_export->setToolTip(shown > 0 ? tr("Saves what the list shows, in its order, as a CSV file with the names in it.") : reason);
}

void RecordsView::tellVisible()
{
    QList<IntentId> visible;
    if (m_table->isVisible() && m_model->rowCount() > 0) {
        const int first = qMax(0, m_table->rowAt(0));
        int last = m_table->rowAt(m_table->viewport()->height() - 1);
        if (last < 0)
            last = m_model->rowCount() - 1;
        for (int row = first; row <= last; ++row) {
            const RecordsModel::Entry entry = m_model->entry(m_model->index(row, 0));
            if (entry && (isTracked(*entry) || stageOf(*entry) == WorkStage::WaitingForYouth))
                visible.append(entry->intent);
        }
    }
    Q_EMIT visibleChanged(visible);
}

} // namespace yoid
