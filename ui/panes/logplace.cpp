// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/logplace.h"

#include "ui/failuretext.h"
#include "ui/icons.h"
#include "ui/models/curltext.h"
#include "ui/models/logtext.h"
#include "ui/models/requestlogmodel.h"
#include "ui/models/roles.h"
#include "ui/models/textfilterproxy.h"
#include "ui/widgets/plainlabel.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QShortcut>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Gives the result its icon and colour; the words come from the model.
class ResultDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const bool failed = index.data(StateRole).toInt() == int(RequestLogModel::LogState::Failed);
        const Tone tone = failed ? Tone::Bad : Tone::Good;
        option->icon = icon(symbolFor(tone), tone);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(metrics::icon - 4, metrics::icon - 4);
        if (failed)
            option->palette.setColor(QPalette::Text, theme::text(tone, option->palette));
    }
};

} // namespace

LogPlace::LogPlace(RequestLogModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_proxy(new TextFilterProxy(this))
    , m_search(new QLineEdit)
    , m_failedOnly(new QCheckBox(tr("&Failed only")))
    , m_pause(new QPushButton(tr("&Pause")))
    , m_count(new PlainLabel)
    , m_tableOrEmpty(new QStackedWidget)
    , m_empty(new PlainLabel)
    , m_table(new QTableView)
    , m_explanation(new PlainLabel(TextRole::Strong))
    , m_details(new QPlainTextEdit)
    , m_copy(new QPushButton(tr("&Copy this call")))
    , m_copyCurl(new QPushButton(tr("Copy as c&URL")))
{
    setObjectName(u"logPlace"_s);
    m_proxy->setSourceModel(&model);

    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildTable());
    splitter->addWidget(m_detailsArea = buildDetails());
    splitter->setSizes({ 300, 240 });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::gap);
    layout->setSpacing(metrics::gap);
    layout->addWidget(new PlainLabel(TextRole::Title, tr("Log")));
    auto *intro = new PlainLabel(tr("Every call to the service. Secrets, passwords, names and links are hidden before anything is recorded here. Choose a call to see what was sent and what came back."));
    intro->setMuted(true);
    intro->setWrapped(true);
    layout->addWidget(intro);
    layout->addWidget(buildTools());
    layout->addWidget(splitter, 1);

    connect(&model, &QAbstractItemModel::rowsInserted, this, [this] { refreshCount(); });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] { refreshCount(); });
    connect(&model, &RequestLogModel::heldBackChanged, this, [this] { refreshCount(); });
    refreshCount();
    showSelected();
}

QWidget *LogPlace::buildTools()
{
    m_search->setObjectName(u"logSearch"_s);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search in the log"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(metrics::field);
    m_search->addAction(icon(Symbol::Search), QLineEdit::LeadingPosition);
    m_failedOnly->setObjectName(u"logFailedOnly"_s);
    m_pause->setObjectName(u"logPause"_s);
    m_pause->setCheckable(true);
    m_pause->setIcon(icon(Symbol::Pause));
    m_pause->setToolTip(tr("Hold the list still. What happens meanwhile is kept and appears when you go on."));
    m_count->setMuted(true);
    m_count->setObjectName(u"logCount"_s);
    auto *clear = new QPushButton(tr("C&lear the log"));
    clear->setObjectName(u"logClear"_s);
    clear->setIcon(icon(Symbol::Trash));

    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::gap);
    row->addWidget(m_search, 2);
    row->addWidget(m_failedOnly);
    row->addWidget(m_count, 1, Qt::AlignRight);
    row->addWidget(m_pause);
    row->addWidget(clear);

    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, [this] {
        m_search->setFocus();
        m_search->selectAll();
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_proxy->setText(text);
        refreshCount();
    });
    connect(m_failedOnly, &QCheckBox::toggled, this, [this](bool on) {
        m_proxy->setState(on ? std::optional<int>(int(RequestLogModel::LogState::Failed)) : std::nullopt);
        refreshCount();
    });
    connect(m_pause, &QPushButton::toggled, this, [this](bool on) {
        m_pause->setText(on ? tr("&Go on") : tr("&Pause"));
        m_pause->setIcon(icon(on ? Symbol::Play : Symbol::Pause));
        m_model.setPaused(on);
        refreshCount();
    });
    connect(clear, &QPushButton::clicked, this, [this] {
        m_model.clear();
        showSelected();
    });
    return tools;
}

QWidget *LogPlace::buildTable()
{
    m_table->setObjectName(u"logTable"_s);
    m_table->setAccessibleName(tr("Requests, newest first"));
    m_table->setModel(m_proxy);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setTabKeyNavigation(false); // Tab leaves the table
    m_table->setItemDelegateForColumn(RequestLogModel::Status, new ResultDelegate(m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + metrics::gap);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(RequestLogModel::Path, QHeaderView::Stretch);
    const int letter = m_table->fontMetrics().averageCharWidth();
    header->resizeSection(RequestLogModel::Time, letter * 11);
    header->resizeSection(RequestLogModel::Action, letter * 25);
    header->resizeSection(RequestLogModel::Method, letter * 9);
    header->resizeSection(RequestLogModel::Status, letter * 27);
    header->resizeSection(RequestLogModel::Duration, letter * 10);
    header->resizeSection(RequestLogModel::Bytes, letter * 10);
    header->resizeSection(RequestLogModel::Attempt, letter * 6);

    m_empty->setObjectName(u"logEmpty"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWrapped(true);
    m_empty->setMuted(true);
    m_tableOrEmpty->addWidget(m_table);
    m_tableOrEmpty->addWidget(m_empty);

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { showSelected(); });
    return m_tableOrEmpty;
}

QWidget *LogPlace::buildDetails()
{
    m_explanation->setObjectName(u"logExplanation"_s);
    m_explanation->setWrapped(true);
    m_details->setObjectName(u"logDetails"_s);
    m_details->setAccessibleName(tr("Details of the request"));
    m_details->setReadOnly(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setTabChangesFocus(true);
    m_details->setFont(theme::font(TextRole::Code, font()));
    m_details->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_copy->setObjectName(u"logCopy"_s);
    m_copy->setIcon(icon(Symbol::Copy));
    m_copyCurl->setObjectName(u"logCopyCurl"_s);
    m_copyCurl->setToolTip(tr("A command for a terminal, with placeholders where the token and hidden values belong."));

    auto *details = new QWidget;
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(0, metrics::gap, 0, 0);
    layout->setSpacing(metrics::gap);
    layout->addWidget(m_explanation);
    layout->addWidget(m_details, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addWidget(m_copyCurl);
    buttons->addStretch(1);
    layout->addLayout(buttons);

    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (const ExchangeRecord *record = selected())
            QGuiApplication::clipboard()->setText(exchangeExplanation(*record) + u"\n\n"_s + recordText(*record));
    });
    connect(m_copyCurl, &QPushButton::clicked, this, [this] {
        if (const ExchangeRecord *record = selected())
            QGuiApplication::clipboard()->setText(curlText(*record));
    });
    return details;
}

const ExchangeRecord *LogPlace::selected() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : m_model.record(m_proxy->mapToSource(rows.constFirst()));
}

void LogPlace::showSelected()
{
    const ExchangeRecord *record = selected();
    m_detailsArea->setVisible(record); // nothing chosen, nothing taken from the list
    m_copy->setEnabled(record);
    m_copyCurl->setEnabled(record);
    m_explanation->setText(record ? exchangeExplanation(*record) : QString());
    m_details->setPlainText(record ? recordText(*record) : QString());
}

void LogPlace::refreshCount()
{
    const int all = m_model.rowCount();
    const int shown = m_proxy->rowCount();
    QString words = shown == all ? tr("Calls: %1").arg(all) : tr("Calls: %1 of %2").arg(shown).arg(all);
    if (m_model.isPaused())
        words = tr("%1 – paused, %2 new").arg(words, QString::number(m_model.heldBack()));
    m_count->setText(words);
    m_empty->setText(all == 0 ? tr("Nothing has been sent yet.\nIssue or verify something, and each call appears here with what it was for.")
                              : tr("No call matches. Empty the search field or take the tick off \"Failed only\"."));
    m_tableOrEmpty->setCurrentWidget(shown == 0 ? static_cast<QWidget *>(m_empty) : m_table);
}

} // namespace yoid
