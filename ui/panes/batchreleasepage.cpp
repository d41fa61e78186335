// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchreleasepage.h"

#include "app/flow/console.h"
#include "app/store/settings.h"
#include "ui/batchrunwatch.h"
#include "ui/panes/batchreleaseview.h"
#include "ui/widgets/messagebar.h"

#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

BatchReleasePage::BatchReleasePage(Console &console, Settings *settings, QWidget *parent)
    : BatchPage(u"batchRelease"_s, parent)
    , m_console(console)
    , m_settings(settings)
    , m_watch(new BatchRunWatch(console, this))
    , m_view(new BatchReleaseView(m_watch->model()))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    m_watch->model().setLines([this](int number) {
        const bool known = draft() && draft()->isLoaded() && number >= 1 && number <= draft()->rowCount();
        return known ? draft()->row(number - 1).line : qint64(number);
    });
    connect(m_watch, &BatchRunWatch::changed, this, &BatchReleasePage::refresh);
    connect(m_view, &BatchReleaseView::releaseRequested, this, &BatchReleasePage::release);
    connect(m_view, &BatchReleaseView::startRequested, this, [this] {
        if (BatchRun *run = m_watch->run())
            run->start();
    });
    connect(m_view, &BatchReleaseView::pauseRequested, this, [this] {
        if (BatchRun *run = m_watch->run())
            run->pause();
    });
    connect(m_view, &BatchReleaseView::stopRequested, this, [this] {
        if (BatchRun *run = m_watch->run())
            run->stop();
    });
    connect(m_view, &BatchReleaseView::hideRequested, this, &BatchReleasePage::hideRequested);
    connect(m_view, &BatchReleaseView::reportRequested, this, [this] { Q_EMIT stepWanted(BatchStage::Report); });
    connect(m_view, &BatchReleaseView::openRecord, this, &BatchReleasePage::openRecord);
}

BatchReleasePage::~BatchReleasePage() = default;

QString BatchReleasePage::title() const
{
    return m_view->isReleased() ? tr("Issuing") : tr("Release the batch");
}

QString BatchReleasePage::nextText() const
{
    return m_view->isReleased() ? tr("Next: report") : QString();
}

QString BatchReleasePage::nextBlocked() const
{
    return m_view->isReleased() ? QString() : tr("Release the batch first.");
}

QString BatchReleasePage::operatorName() const
{
    return m_settings ? m_settings->get(setting::operatorName) : QString();
}

void BatchReleasePage::enter()
{
    refresh();
}

void BatchReleasePage::draftChanged(QObject *context)
{
    followRelease();
    m_view->messages()->clear();
    if (!draft()) {
        m_watch->setBatch(std::nullopt);
        return;
    }
    const auto changed = [this] {
        if (m_releasing != draft()->isReleasing())
            followRelease();
        m_watch->setBatch(draft()->isLoaded() ? std::optional(draft()->head()) : std::nullopt);
    };
    connect(draft().get(), &BatchDraft::loaded, context, changed);
    connect(draft().get(), &BatchDraft::planChanged, context, changed);
    connect(draft().get(), &BatchDraft::checked, context, [this] { refresh(); });
    connect(draft().get(), &BatchDraft::rowChanged, context, [this] { refresh(); });
    changed();
}

/// Whoever said the word may have left and come back meanwhile: the draft knows.
void BatchReleasePage::followRelease()
{
    m_releasing = draft() && draft()->isReleasing();
    m_view->setReleasing(m_releasing);
}

void BatchReleasePage::refresh()
{
    if (!draft() || !draft()->isLoaded())
        return;
    const BatchHead &head = draft()->head();
    if (head.phase != BatchPhase::Draft) {
        m_view->setBlocked(m_watch->obstacle());
        m_view->showProgress(m_watch->progress());
        Q_EMIT navigationChanged();
        return;
    }
    const BatchDraft::Counts counts = draft()->counts();
    BatchReleaseView::Facts facts;
    facts.templateName = draft()->plan().credentialTemplate.name;
    facts.people = counts.ready;
    facts.leftOut = counts.fix + counts.lookAgain + counts.skip;
    if (Session *session = m_watch->session())
        facts.profile = session->profile();
    facts.profile.environment = head.environment;
    facts.deliver = draft()->plan().deliverToWallet;
    facts.preparedBy = head.preparedBy;
    facts.releasedBy = operatorName();
    if (draft()->plan().canaryAccepted)
        facts.trial = tr("The trial credential was accepted.");
    else if (draft()->plan().canaryWaived)
        facts.trial = tr("▲ Without a trial credential.");
    facts.obstacle = m_watch->obstacle();
    if (draft()->isChecking())
        facts.obstacle = tr("The rows are being checked…");
    m_view->showFacts(facts);
    Q_EMIT navigationChanged();
}

void BatchReleasePage::release(int typedCount)
{
    if (!draft() || m_releasing)
        return;
    m_releasing = true;
    m_view->messages()->clear();
    const BatchId batch = draft()->head().id;
    draft()->release(typedCount, operatorName(), this, [this, batch](const Outcome<Done> &done) {
        if (!draft() || draft()->head().id != batch)
            return; // the operator looks at another one; this one waits with its Begin
        m_releasing = false;
        m_view->setReleasing(false);
        if (!done.ok()) {
            if (done.failure().kind == FailureKind::InvalidInput)
                m_view->messages()->showNotice(Tone::Warn, tr("Nothing was released: who is ready has changed meanwhile."),
                                               tr("Look at the numbers again, then release."));
            else
                m_view->messages()->showFailure(done.failure(), ActionKind::KeepBatch);
            refresh();
            return;
        }
        m_watch->setBatch(draft()->head());
        if (BatchRun *run = m_watch->run())
            run->start();
        refresh();
    });
}

} // namespace yoid
