// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchrehearsepage.h"

#include "app/flow/console.h"
#include "app/store/settings.h"
#include "ui/panes/batchrehearseview.h"
#include "ui/widgets/messagebar.h"

#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

BatchRehearsePage::BatchRehearsePage(Console &console, Settings *settings, QWidget *parent)
    : BatchPage(u"batchRehearse"_s, parent)
    , m_console(console)
    , m_settings(settings)
    , m_view(new BatchRehearseView)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    connect(m_view, &BatchRehearseView::trialRequested, this, &BatchRehearsePage::sendTrial);
    connect(m_view, &BatchRehearseView::waived, this, [this](const QString &why) {
        if (draft())
            draft()->waiveCanary(why);
        refresh();
    });
    connect(m_view, &BatchRehearseView::checkNowRequested, this, [this] {
        if (Session *open = session())
            open->checkNow(draft()->plan().canary);
    });
    connect(m_view, &BatchRehearseView::goOnRequested, this, [this] {
        Session *open = session();
        if (!open)
            return;
        open->takeUp(draft()->plan().canary, this, [this](const Outcome<IssueFlow *> &flow) {
            if (flow.ok())
                flow.value()->goOn();
            else
                m_view->messages()->showFailure(flow.failure(), ActionKind::MakeOffer);
        });
    });
    connect(&console, &Console::sessionChanged, this, &BatchRehearsePage::openSession);
    openSession(console.session());
}

BatchRehearsePage::~BatchRehearsePage() = default;

QString BatchRehearsePage::title() const
{
    return tr("Rehearse");
}

QString BatchRehearsePage::nextText() const
{
    return tr("Next: release");
}

QString BatchRehearsePage::nextBlocked() const
{
    if (!draft() || !draft()->isLoaded())
        return tr("The batch is still being read.");
    if (draft()->head().phase != BatchPhase::Draft)
        return {};
    if (draft()->isChecking())
        return tr("The rows are being checked…");
    if (draft()->counts().ready == 0)
        return tr("Nobody is ready yet. Go back to Check.");
    const BatchPlan &plan = draft()->plan();
    if (!plan.canaryAccepted && !plan.canaryWaived)
        return tr("Accept the trial credential on a phone first, or go on without one.");
    return {};
}

Session *BatchRehearsePage::session() const
{
    Session *const open = m_console.session();
    return open && draft() && draft()->isLoaded() && workOrigin(open->profile()) == draft()->head().origin ? open : nullptr;
}

void BatchRehearsePage::enter()
{
    m_view->setTestWallet(rememberedWallet());
    rehearse();
    followTrial();
    refresh();
}

void BatchRehearsePage::draftChanged(QObject *context)
{
    m_dry.reset();
    m_running = false;
    m_stale = true;
    m_view->messages()->clear();
    m_view->showDryRun(std::nullopt);
    if (!draft())
        return;
    const auto changed = [this] {
        m_stale = true;
        rehearse();
        refresh();
    };
    connect(draft().get(), &BatchDraft::loaded, context, changed);
    connect(draft().get(), &BatchDraft::checked, context, changed);
    connect(draft().get(), &BatchDraft::rowChanged, context, changed);
    connect(draft().get(), &BatchDraft::planChanged, context, [this] { refresh(); });
    refresh();
}

void BatchRehearsePage::openSession(Session *session)
{
    if (session)
        connect(session, &Session::issueProgressChanged, this, &BatchRehearsePage::onProgress);
    followTrial();
    refresh();
}

void BatchRehearsePage::rehearse()
{
    // Only for somebody who looks: it goes through all rows.
    if (!isVisible() || !m_stale || m_running || !draft() || !draft()->isLoaded() || draft()->isChecking())
        return;
    m_running = true;
    m_stale = false;
    m_view->showDryRun(std::nullopt);
    const BatchId batch = draft()->head().id;
    draft()->rehearse(this, [this, batch](const DryRun &run) {
        if (!draft() || draft()->head().id != batch)
            return;
        m_running = false;
        if (m_stale) {
            rehearse();
            return;
        }
        m_dry = run;
        m_view->showDryRun(run);
        refresh();
    });
}

void BatchRehearsePage::refresh()
{
    if (!draft() || !draft()->isLoaded())
        return;
    const BatchPlan &plan = draft()->plan();
    using Trial = BatchRehearseView::Trial;
    BatchRehearseView::Facts facts;
    facts.templateName = plan.credentialTemplate.name;
    facts.environment = draft()->head().environment;
    facts.deliver = plan.deliverToWallet;
    facts.waiver = plan.note;
    facts.trial = plan.canaryAccepted ? Trial::Accepted
        : plan.canaryWaived           ? Trial::Waived
        : plan.canary.isEmpty()       ? Trial::None
                                      : Trial::UnderWay;
    if (!session())
        facts.obstacle = tr("This batch belongs to another profile. Open that profile to send a trial.");
    else if (!m_console.journal().status().takesLines())
        facts.obstacle = tr("The records cannot be written at the moment, so nothing is sent.");
    else if (draft()->head().phase != BatchPhase::Draft)
        facts.obstacle = tr("The batch is released.");
    m_view->showFacts(facts);
    Q_EMIT navigationChanged();
}

void BatchRehearsePage::sendTrial(const QString &email)
{
    Session *const open = session();
    if (!open || !m_dry || m_dry->people == 0)
        return;
    m_view->messages()->clear();
    rememberWallet(email);
    IssueDraft trial = m_dry->example;
    trial.intent = IntentId::create();
    // The organisation's own wallet, not the youth's: neither their name nor their mailbox goes with it.
    trial.person = {};
    trial.person.email = email;
    trial.person.firstName = u"Trial"_s;
    trial.person.lastName = open->profile().organisation.isEmpty() ? open->profile().name : open->profile().organisation;
    trial.person = normalised(trial.person);
    trial.batch = {};
    trial.batchRow = 0;
    trial.reason = u"trial"_s;
    const QList<PersonProblem> problems = problemsOf(trial.person);
    for (const PersonProblem &problem : problems) {
        if (problem.blocks() && problem.field == PersonProblem::Field::Email) {
            m_view->messages()->showNotice(Tone::Bad, tr("That is not an e-mail address."), tr("Type the address of your own test wallet."));
            return;
        }
    }
    draft()->setCanary(trial.intent, false);
    IssueFlow *const flow = open->startIssue(trial);
    m_view->showTrial(flow->progress());
    refresh();
}

void BatchRehearsePage::followTrial()
{
    Session *const open = session();
    if (!open || draft()->plan().canary.isEmpty() || draft()->plan().canaryAccepted)
        return;
    const IntentId canary = draft()->plan().canary;
    open->takeUp(canary, this, [this, canary](const Outcome<IssueFlow *> &flow) {
        if (flow.ok() && draft() && draft()->plan().canary == canary)
            onProgress(flow.value()->progress());
    });
}

void BatchRehearsePage::onProgress(const IssueProgress &progress)
{
    if (!draft() || !draft()->isLoaded() || progress.intent.isEmpty() || progress.intent != draft()->plan().canary)
        return;
    m_view->showTrial(progress);
    if (progress.acceptance == StageState::Done && !draft()->plan().canaryAccepted)
        draft()->setCanary(progress.intent, true);
    refresh();
}

QString BatchRehearsePage::rememberedWallet() const
{
    if (!m_settings || !draft())
        return {};
    const QString key = draft()->head().profile.text + u'=';
    const QStringList wallets = m_settings->get(setting::testWallets);
    for (const QString &wallet : wallets) {
        if (wallet.startsWith(key))
            return wallet.mid(key.size());
    }
    return {};
}

void BatchRehearsePage::rememberWallet(const QString &email)
{
    if (!m_settings || !draft())
        return;
    const QString key = draft()->head().profile.text + u'=';
    QStringList wallets = m_settings->get(setting::testWallets);
    wallets.removeIf([&](const QString &wallet) { return wallet.startsWith(key); });
    wallets.append(key + email);
    m_settings->set(setting::testWallets, wallets);
}

} // namespace yoid
