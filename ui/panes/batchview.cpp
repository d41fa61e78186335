// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchview.h"

#include "ui/batchtext.h"
#include "ui/icons.h"
#include "ui/models/batchwords.h"
#include "ui/models/displaytext.h"
#include "ui/widgets/environmentband.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/stepbar.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QStringList stepNames()
{
    QStringList names;
    for (int step = 0; step <= int(BatchStage::Report) + 1; ++step)
        names += BatchText::stepName(step);
    return names;
}

} // namespace

BatchView::BatchView(QWidget *parent)
    : QWidget(parent)
    , m_list(new QPushButton(icon(Symbol::Back), tr("&All batches"), this))
    , m_title(new PlainLabel(TextRole::Strong, QString(), this))
    , m_steps(new StepBar(stepNames(), this))
    , m_heading(new PlainLabel(TextRole::Title, QString(), this))
    , m_messages(new MessageBar(this))
    , m_stack(new QStackedWidget(this))
    , m_reason(new PlainLabel(QString(), this))
    , m_back(new QPushButton(tr("&Back"), this))
    , m_next(new QPushButton(this))
{
    setObjectName(u"batchView"_s);
    m_list->setObjectName(u"batchAll"_s);
    m_list->setAutoDefault(true);
    m_title->setObjectName(u"batchTitle"_s);
    m_title->setWrapped(true);
    m_heading->setObjectName(u"batchHeading"_s);
    m_messages->setObjectName(u"batchMessage"_s);
    m_reason->setObjectName(u"batchNextReason"_s);
    m_reason->setWrapped(true);
    m_reason->setMuted(true);
    m_back->setObjectName(u"batchBack"_s);
    m_back->setAutoDefault(true);
    m_next->setObjectName(u"batchNext"_s);
    m_next->setAutoDefault(true);
    theme::makePrimary(m_next);

    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::margin);
    head->addWidget(m_list);
    head->addWidget(m_title, 1);
    auto *bottom = new QHBoxLayout;
    bottom->setSpacing(metrics::gap);
    bottom->addWidget(m_reason, 1);
    bottom->addWidget(m_back);
    bottom->addWidget(m_next);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::gap);
    column->setSpacing(metrics::gap);
    column->addLayout(head);
    column->addWidget(m_steps);
    column->addWidget(m_heading);
    column->addWidget(m_messages);
    column->addWidget(m_stack, 1);
    column->addLayout(bottom);

    connect(m_list, &QPushButton::clicked, this, &BatchView::listWanted);
    connect(m_steps, &StepBar::chosen, this, &BatchView::goTo);
    connect(m_back, &QPushButton::clicked, this, [this] { goTo(step() - 1); });
    connect(m_next, &QPushButton::clicked, this, &BatchView::next);
}

BatchView::~BatchView() = default;

void BatchView::addPage(BatchPage *page)
{
    m_pages.append(page);
    m_stack->addWidget(page);
    connect(page, &BatchPage::navigationChanged, this, &BatchView::refresh);
    connect(page, &BatchPage::stepWanted, this, [this](BatchStage stage) { goTo(int(stage) + 1); });
    connect(page, &BatchPage::batchWanted, this, &BatchView::batchWanted);
    refresh();
}

BatchPage *BatchView::page(int step) const
{
    return m_pages.value(step);
}

int BatchView::step() const
{
    return m_stack->currentIndex();
}

void BatchView::setDraft(const std::shared_ptr<BatchDraft> &draft)
{
    m_context = std::make_unique<QObject>();
    m_draft = draft;
    m_messages->clear();
    m_opening = draft != nullptr;
    for (BatchPage *page : std::as_const(m_pages))
        page->setDraft(draft);
    if (!draft) {
        show(0);
        return;
    }
    connect(draft.get(), &BatchDraft::planChanged, m_context.get(), [this] { refreshTitle(); });
    connect(draft.get(), &BatchDraft::loadFailed, m_context.get(), [this](const Failure &failure) {
        m_messages->showFailure(failure, ActionKind::OpenBatch);
    });
    connect(draft.get(), &BatchDraft::saveFailed, m_context.get(), [this](const Failure &failure) {
        m_messages->showFailure(failure, ActionKind::KeepBatch);
    });
    const auto open = [this] {
        m_opening = false;
        int step = int(m_draft->head().stage) + 1;
        // A step that has become impossible (a column matched anew meanwhile) is not where work can go on.
        while (step > 1 && !blocked(step).isEmpty())
            --step;
        show(step);
    };
    connect(draft.get(), &BatchDraft::loaded, m_context.get(), open);
    if (draft->isLoaded())
        open();
    else
        show(1); // the page says that it is reading
}

QString BatchView::blocked(int step) const
{
    if (step == 0)
        return {};
    if (!page(step))
        return tr("This step is not there.");
    if (!m_draft)
        return tr("Choose the file first.");
    if (!m_draft->isLoaded())
        return tr("The batch is still being read.");
    if (m_draft->head().phase != BatchPhase::Draft)
        return {}; // what was released can be looked at from all sides
    for (int before = 1; before < step; ++before) {
        const QString reason = page(before)->nextBlocked();
        if (!reason.isEmpty())
            return reason;
    }
    return {};
}

void BatchView::goTo(int step)
{
    if (step < 0 || step >= m_pages.size() || !blocked(step).isEmpty())
        return;
    show(step);
}

void BatchView::show(int step)
{
    if (step >= m_pages.size())
        return;
    BatchPage *before = page(this->step());
    BatchPage *now = page(step);
    if (before && before != now)
        before->leave();
    m_stack->setCurrentIndex(step);
    if (step > 0 && m_draft && m_draft->isLoaded() && m_draft->head().stage != BatchStage(step - 1))
        m_draft->setStage(BatchStage(step - 1));
    now->enter();
    refresh();
}

void BatchView::leave()
{
    if (BatchPage *current = page(step()))
        current->leave();
}

void BatchView::next()
{
    BatchPage *current = page(step());
    if (current && current->canGoNext() && current->goNext())
        goTo(step() + 1);
}

void BatchView::refreshTitle()
{
    if (!m_draft) {
        m_title->setText(tr("New batch"));
        return;
    }
    const BatchHead &head = m_draft->head();
    QStringList parts { batchName(head), batchFile(head), peopleText(head.rows), EnvironmentBand::word(head.environment) };
    if (head.phase == BatchPhase::Finished)
        parts += tr("finished");
    else if (head.phase == BatchPhase::Released)
        parts += tr("released"); // without numbers: those of the run move faster than those of the list
    m_title->setText(m_draft->isLoaded() ? parts.join(u"  ·  "_s) : tr("Reading the batch…"));
}

void BatchView::refresh()
{
    refreshTitle();
    BatchPage *current = page(step());
    if (!current)
        return;
    // The step where the batch stands is not done; what lies before it is. What was released is prepared for good.
    int standsAt = 0;
    if (m_draft && m_draft->isLoaded())
        standsAt = m_draft->head().phase == BatchPhase::Draft ? int(m_draft->head().stage) + 1
                                                             : std::max(int(m_draft->head().stage), int(BatchStage::Release)) + 1;
    for (int at = 0; at <= int(BatchStage::Report) + 1; ++at) {
        const QString reason = blocked(at);
        const StepBar::State state = !reason.isEmpty() ? StepBar::State::Blocked
            : at < standsAt                            ? StepBar::State::Done
                                                       : StepBar::State::Open;
        m_steps->setState(at, state, reason);
    }
    m_steps->setCurrent(step());
    m_heading->setText(current->title());

    const QString next = current->nextText();
    const QString reason = current->nextBlocked();
    m_next->setText(next);
    m_next->setVisible(!next.isEmpty());
    m_next->setEnabled(reason.isEmpty());
    m_next->setAccessibleDescription(reason);
    const QString backReason = current->backBlocked();
    m_back->setVisible(step() > 0);
    m_back->setEnabled(backReason.isEmpty());
    m_back->setAccessibleDescription(backReason);
    m_back->setToolTip(backReason.isEmpty() ? QString() : toolTipText(backReason));
    m_reason->setText(next.isEmpty() ? QString() : reason);
}

} // namespace yoid
