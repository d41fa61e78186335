// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchreportview.h"

#include "ui/batchruntext.h"
#include "ui/icons.h"
#include "ui/panes/batchrowsview.h"
#include "ui/panes/regretform.h"
#include "ui/panes/slipsform.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/wraprow.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

BatchReportView::BatchReportView(BatchRunModel &model, QWidget *parent)
    : QWidget(parent)
    , m_message(new MessageBar)
    , m_pages(new QStackedWidget)
    , m_counts(new PlainLabel(TextRole::Heading))
    , m_meaning(new PlainLabel)
    , m_retry(new QPushButton(icon(Symbol::Refresh), QString()))
    , m_settle(new QPushButton(icon(Symbol::Question), QString()))
    , m_continue(new QPushButton(icon(Symbol::Play), QString()))
    , m_slips(new QPushButton(icon(Symbol::Qr), QString()))
    , m_export(new QPushButton(icon(Symbol::File), tr("Export the table…")))
    , m_pdf(new QPushButton(icon(Symbol::File), tr("Save one page as PDF…")))
    , m_regret(new QPushButton(icon(Symbol::Warning), tr("Something was wrong with this batch…")))
    , m_rows(new BatchRowsView(model))
    , m_slipsForm(new SlipsForm)
    , m_regretForm(new RegretForm)
{
    m_message->setObjectName(u"reportMessage"_s);
    m_counts->setObjectName(u"reportCounts"_s);
    m_counts->setWrapped(true);
    m_meaning->setObjectName(u"reportMeaning"_s);
    m_meaning->setWrapped(true);
    const struct {
        QPushButton *button;
        QString name;
        void (BatchReportView::*signal)();
    } buttons[] {
        { m_retry, u"reportRetry"_s, &BatchReportView::retryRequested },
        { m_settle, u"reportSettle"_s, &BatchReportView::settleRequested },
        { m_continue, u"reportContinue"_s, &BatchReportView::continueRequested },
        { m_slips, u"reportSlips"_s, &BatchReportView::slipsRequested },
        { m_export, u"reportExport"_s, &BatchReportView::exportRequested },
        { m_pdf, u"reportPdf"_s, &BatchReportView::pdfRequested },
        { m_regret, u"reportRegret"_s, &BatchReportView::regretRequested },
    };
    auto *row = new WrapRow;
    row->setSpacing(metrics::gap);
    for (const auto &[button, name, signal] : buttons) {
        button->setObjectName(name);
        button->setMinimumHeight(metrics::control);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, signal);
    }
    auto *report = new QWidget;
    auto *list = new QVBoxLayout(report);
    list->setContentsMargins(0, 0, 0, 0);
    list->setSpacing(metrics::gap);
    list->addWidget(m_counts);
    list->addWidget(m_meaning);
    list->addLayout(row);
    list->addWidget(m_rows, 1);

    auto *slipsScroll = new ScrollPane;
    slipsScroll->setWidgetResizable(true);
    slipsScroll->setFrameShape(QFrame::NoFrame);
    slipsScroll->setFocusPolicy(Qt::NoFocus);
    slipsScroll->setWidget(m_slipsForm);
    m_pages->addWidget(report);
    m_pages->addWidget(slipsScroll);
    m_pages->addWidget(m_regretForm);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_message);
    column->addWidget(m_pages, 1);

    connect(m_rows, &BatchRowsView::openRecord, this, &BatchReportView::openRecord);
    connect(m_slipsForm, &SlipsForm::closed, this, [this] {
        showReport();
        m_slips->setFocus(Qt::OtherFocusReason);
    });
    connect(m_regretForm, &RegretForm::closed, this, [this] {
        showReport();
        m_regret->setFocus(Qt::OtherFocusReason);
    });
    showFacts({});
}

void BatchReportView::showReport()
{
    m_pages->setCurrentIndex(0);
}

void BatchReportView::showSlips()
{
    m_pages->setCurrentIndex(1);
    m_slipsForm->setFocus(Qt::OtherFocusReason);
}

void BatchReportView::showRegret()
{
    m_pages->setCurrentIndex(2);
    m_regretForm->setFocus(Qt::OtherFocusReason);
}

void BatchReportView::showFacts(const Facts &facts)
{
    using State = BatchProgress::State;
    const BatchProgress &progress = facts.progress;
    const bool atWork = progress.state == State::Running || progress.state == State::Stopping || progress.state == State::WaitingForLine;
    m_counts->setText(BatchRunText::counts(progress));
    QString meaning;
    if (atWork)
        meaning = tr("The batch is still at work; these numbers move.");
    else if (progress.doubtful > 0)
        meaning = tr("In doubt: a call got no answer, so it may or may not have arrived. Settling asks again in a way that gives nobody two credentials.");
    else if (progress.people > 0 && progress.accepted < progress.delivered)
        meaning = tr("Handed over is not yet accepted: the youth decide in their wallet. The Records place follows each of them.");
    if (!facts.replaces.isEmpty())
        meaning = (meaning.isEmpty() ? QString() : meaning + u' ') + facts.replaces;
    if (!facts.blocked.isEmpty())
        meaning = (meaning.isEmpty() ? QString() : meaning + u' ') + facts.blocked;
    m_meaning->setText(meaning);
    m_meaning->setVisible(!meaning.isEmpty());
    const int left = BatchRunText::left(progress) - progress.doubtful;
    m_retry->setText(tr("Retry the %1 that failed").arg(facts.retryable));
    m_retry->setVisible(facts.retryable > 0 && !atWork);
    m_settle->setText(tr("Settle the %1 in doubt").arg(progress.doubtful));
    m_settle->setVisible(progress.doubtful > 0 && !atWork);
    m_continue->setText(tr("Continue with the %1 left").arg(left));
    m_continue->setVisible(left > 0 && !atWork);
    for (QPushButton *button : { m_retry, m_settle, m_continue }) {
        button->setEnabled(facts.blocked.isEmpty());
        button->setAccessibleDescription(facts.blocked);
    }
    m_slips->setText(facts.slips == 1 ? tr("Print 1 slip…") : tr("Print %1 slips…").arg(facts.slips));
    m_slips->setVisible(facts.slips > 0);
    m_regret->setEnabled(!atWork && facts.blocked.isEmpty());
    m_regret->setAccessibleDescription(atWork ? tr("Stop the batch first.") : facts.blocked);
    m_regret->setToolTip(m_regret->accessibleDescription());
}

} // namespace yoid
