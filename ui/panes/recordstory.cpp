// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/recordstory.h"

#include "ui/icons.h"
#include "ui/models/displaytext.h"
#include "ui/models/recordwords.h"
#include "ui/models/requestidproxy.h"
#include "ui/models/requestlogmodel.h"
#include "ui/recordtext.h"
#include "ui/showntext.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QLocale>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kMostLines = 200;
constexpr int kRowsInSight = 6;

void addRow(QString &text, const QString &name, const QString &value)
{
    if (!value.isEmpty())
        text += name + u": "_s + displayText(value, 4000) + u'\n';
}

} // namespace

RecordStoryView::RecordStoryView(RequestLogModel *log, QWidget *parent)
    : QWidget(parent)
    , m_wait(new PlainLabel(tr("Reading what happened…"), this))
    , m_linesArea(new QWidget(this))
    , m_lines(new QGridLayout(m_linesArea))
    , m_callTable(new QTableView(this))
    , m_noCalls(new PlainLabel(tr("No calls for this since the program was started."), this))
    , m_technicalToggle(new QPushButton(tr("Technical details"), this))
    , m_technical(new QPlainTextEdit(this))
{
    m_linesArea->setObjectName(u"recordStory"_s);
    m_linesArea->setAccessibleName(tr("What happened"));
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setHorizontalSpacing(metrics::gap);
    m_lines->setVerticalSpacing(metrics::hair);
    m_lines->setColumnStretch(1, 1);
    m_wait->setMuted(true);
    m_noCalls->setMuted(true);
    m_noCalls->setWrapped(true);
    m_noCalls->setObjectName(u"recordNoCalls"_s);

    m_callTable->setObjectName(u"recordCalls"_s);
    m_callTable->setAccessibleName(tr("Calls for this record, newest first"));
    m_callTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_callTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_callTable->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_callTable->setShowGrid(false);
    m_callTable->setTabKeyNavigation(false);
    m_callTable->verticalHeader()->hide();
    m_callTable->verticalHeader()->setDefaultSectionSize(m_callTable->fontMetrics().height() + metrics::gap);
    m_callTable->horizontalHeader()->setHighlightSections(false);
    m_callTable->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_callTable->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    if (log) {
        m_calls = new RequestIdProxy(this);
        m_calls->setSourceModel(log);
        m_callTable->setModel(m_calls);
        for (const int column : { RequestLogModel::Method, RequestLogModel::Path, RequestLogModel::Bytes, RequestLogModel::Attempt })
            m_callTable->hideColumn(column);
        QHeaderView *header = m_callTable->horizontalHeader();
        header->setSectionResizeMode(RequestLogModel::Action, QHeaderView::Stretch);
        const int letter = m_callTable->fontMetrics().averageCharWidth();
        header->resizeSection(RequestLogModel::Time, letter * 12);
        header->resizeSection(RequestLogModel::Status, letter * 18);
        header->resizeSection(RequestLogModel::Duration, letter * 10);
        for (const auto change : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
            connect(m_calls, change, this, &RecordStoryView::refreshCalls);
        connect(m_calls, &QAbstractItemModel::modelReset, this, &RecordStoryView::refreshCalls);
        connect(m_calls, &QAbstractItemModel::layoutChanged, this, &RecordStoryView::refreshCalls);
    }

    m_technicalToggle->setObjectName(u"recordTechnicalToggle"_s);
    m_technicalToggle->setCheckable(true);
    m_technicalToggle->setToolTip(tr("Ids and links, for support (F12)"));
    m_technical->setObjectName(u"recordTechnical"_s);
    m_technical->setAccessibleName(tr("Technical details"));
    m_technical->setReadOnly(true);
    m_technical->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_technical->setTabChangesFocus(true);
    m_technical->setFont(theme::font(TextRole::Code, font()));
    m_technical->setMinimumHeight(fontMetrics().height() * 12);
    m_technical->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(new PlainLabel(TextRole::Heading, tr("What happened"), this));
    column->addWidget(m_wait);
    column->addWidget(m_linesArea);
    column->addSpacing(metrics::gap);
    column->addWidget(new PlainLabel(TextRole::Heading, tr("Calls in the log"), this));
    column->addWidget(m_noCalls);
    column->addWidget(m_callTable);
    column->addSpacing(metrics::gap);
    column->addWidget(m_technicalToggle, 0, Qt::AlignLeft);
    column->addWidget(m_technical);
    connect(m_technicalToggle, &QPushButton::toggled, m_technical, &QWidget::setVisible);
    refreshCalls();
}

void RecordStoryView::begin(const WorkRecord &record)
{
    clearLines();
    m_wait->show();
    m_technical->clear();
    if (m_calls)
        m_calls->setRequestId(record.intent.text);
    refreshCalls();
}

void RecordStoryView::setStory(const WorkRecord &record, const RecordStory &story)
{
    clearLines();
    m_wait->hide();
    const qsizetype hidden = qMax<qsizetype>(0, story.lines.size() - kMostLines);
    if (hidden > 0)
        addLine({}, tr("%1 earlier lines are in the audit trail.").arg(hidden), true);
    const bool severalOperators = std::any_of(story.lines.begin(), story.lines.end(), [&](const StoredStep &line) {
        return line.operatorName != story.lines.constFirst().operatorName;
    });
    QString day;
    for (const StoredStep &line : story.lines.mid(hidden)) {
        const QDateTime at = line.step.at.toLocalTime();
        const QString today = QLocale::c().toString(at.date(), u"d MMM yyyy"_s);
        if (today != day) {
            const bool named = !severalOperators && !line.operatorName.isEmpty() && day.isEmpty();
            addLine(today, named ? tr("by %1").arg(shownInSentence(line.operatorName, 60)) : QString(), true);
        }
        day = today;
        QString what = RecordText::storyLine(line.step);
        if (severalOperators && !line.operatorName.isEmpty())
            what = tr("%1 (%2)").arg(what, shownInSentence(line.operatorName, 60));
        addLine(QLocale::c().toString(at.time(), u"HH:mm"_s), what, false);
        if (const QString note = line.step.sealed.value(fact::note).toString(); !note.isEmpty())
            addLine({}, tr("Note: %1").arg(shownInSentence(note, 500)), true);
    }
    m_technical->setPlainText(technicalText(record, story));
}

void RecordStoryView::toggleTechnical()
{
    m_technicalToggle->toggle();
    m_technicalToggle->setFocus();
}

void RecordStoryView::clearLines()
{
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_lineCount = 0;
}

void RecordStoryView::addLine(const QString &when, const QString &what, bool muted)
{
    const int row = m_lineCount++;
    auto *time = new PlainLabel(when, m_linesArea);
    time->setMuted(true);
    auto *text = new PlainLabel(what, m_linesArea);
    text->setWrapped(true);
    text->setMuted(muted);
    m_lines->addWidget(time, row, 0, Qt::AlignTop | Qt::AlignLeft);
    m_lines->addWidget(text, row, 1);
}

void RecordStoryView::refreshCalls()
{
    const int rows = m_calls ? m_calls->rowCount() : 0;
    m_callTable->setVisible(rows > 0);
    m_noCalls->setVisible(rows == 0);
    const int height = m_callTable->verticalHeader()->defaultSectionSize();
    m_callTable->setFixedHeight(m_callTable->horizontalHeader()->sizeHint().height() + height * qBound(1, rows, kRowsInSight)
                                + 2 * m_callTable->frameWidth());
}

QString RecordStoryView::technicalText(const WorkRecord &record, const RecordStory &story)
{
    QString text;
    addRow(text, tr("Our id (request id)"), record.intent.text);
    addRow(text, tr("Issuance id"), record.issuanceId.text);
    addRow(text, tr("Credential id"), record.credentialId.text);
    addRow(text, tr("Presentation id"), record.presentationId.text);
    addRow(text, tr("Template id"), record.templateId);
    addRow(text, tr("In place of"), record.replaces.text);
    addRow(text, tr("The service's last word"), record.rawStatus);
    addRow(text, tr("Stored state"), journalStateKey(record.state));
    if (record.revocable)
        addRow(text, tr("Can be taken back"), *record.revocable ? tr("yes") : tr("no"));
    addRow(text, tr("Offer ends"), fullMomentText(record.expiresAt));
    addRow(text, tr("Origin"), record.origin);
    if (!story.lines.isEmpty()) {
        const StoredStep &last = story.lines.constLast();
        addRow(text, tr("Last line of the journal"), QString::number(last.number));
        addRow(text, tr("Its hash"), QString::fromLatin1(last.hash.toHex()));
    }
    addRow(text, tr("Link of the offer (whoever has it can take the credential)"), story.offerUri);
    addRow(text, tr("Link in the QR code"), story.offerQrUri);
    return text.trimmed();
}

} // namespace yoid
