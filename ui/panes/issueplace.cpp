// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/issueplace.h"

#include "app/flow/console.h"
#include "ui/clipboard.h"
#include "ui/journaltext.h"
#include "ui/panes/issueform.h"
#include "ui/panes/issueview.h"

#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

IssuePlace::IssuePlace(Console &console, QWidget *parent)
    : QWidget(parent)
    , m_console(console)
    , m_clipboard(new Clipboard(console.clock(), this))
    , m_view(new IssueView(this))
{
    setObjectName(u"issuePlace"_s);
    setFocusProxy(m_view);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);

    connect(&console, &Console::sessionChanged, this, &IssuePlace::openSession);
    const auto block = [this](const JournalStatus &status) { m_view->setBlocked(JournalText::blocked(status)); };
    connect(&console, &Console::journalStatusChanged, this, block);
    block(console.journal().status());
    m_view->form()->setGuarded(true);
    connect(m_view, &IssueView::matchingCheckRequested, this, &IssuePlace::matchingCheckRequested);
    connect(m_view, &IssueView::duplicateCheckWanted, this, [this](const IssueDraft &draft) {
        if (!m_session)
            return;
        m_session->issuedBefore(draft, this, [this, draft](const QList<WorkRecord> &earlier) { m_view->setIssuedBefore(draft, earlier); });
    });
    connect(m_view, &IssueView::openRecord, this, &IssuePlace::openRecord);
    connect(m_view, &IssueView::firstPasswordHandedOver, this, [this](const IntentId &intent) {
        if (m_session)
            m_session->firstPasswordHandedOver(intent);
    });
    connect(m_view, &IssueView::issueRequested, this, &IssuePlace::startIssue);
    connect(m_view, &IssueView::goOnRequested, this, [this] {
        if (m_flow)
            m_flow->goOn();
    });
    connect(m_view, &IssueView::checkNowRequested, this, [this] {
        if (m_flow)
            m_flow->checkNow();
    });
    connect(m_view, &IssueView::templatesWanted, this, [this] {
        if (m_session)
            m_session->loadTemplates();
    });
    connect(m_view, &IssueView::presetsWanted, this, [this] {
        if (m_session)
            m_session->loadPresets();
    });
    const auto created = [this](const Outcome<CredentialTemplate> &outcome) {
        if (outcome.ok())
            m_view->templateCreated(outcome.value());
        else
            m_view->templateRefused(outcome.failure());
    };
    connect(m_view, &IssueView::createTemplateRequested, this, [this, created](const TemplateDraft &draft) {
        if (m_session)
            m_session->createTemplate(draft, this, created);
    });
    connect(m_view, &IssueView::presetTemplateRequested, this, [this, created](const QString &presetId) {
        if (m_session)
            m_session->createTemplateFromPreset(presetId, this, created);
    });
    connect(m_view, &IssueView::copyRequested, m_clipboard, &Clipboard::copyShortLived);
    connect(m_view, &IssueView::practiceAcceptRequested, this,
            [this](const QString &issuanceId) { m_console.practice().acceptOffer(issuanceId); });
    connect(&console.practice(), &Practice::controlFailed, m_view, &IssueView::showPracticeFailure);
    openSession(console.session());
}

void IssuePlace::prefill(const IssueDraft &draft)
{
    m_view->prefill(draft);
}

void IssuePlace::openSession(Session *session)
{
    m_session = session;
    m_flow = nullptr;
    m_loadFailed = false;
    if (!session) {
        m_view->closeProfile();
        return;
    }
    m_view->openProfile(session->profile().environment);
    connect(session, &Session::templatesChanged, this, [this, session] {
        m_loadFailed = false;
        m_view->setTemplates(session->templates());
    });
    connect(session, &Session::presetsChanged, this, [this, session] { m_view->setPresets(session->presets()); });
    connect(session, &Session::loadFailed, this, [this](ActionKind what, const Failure &failure) {
        m_loadFailed = m_loadFailed || what == ActionKind::LoadTemplates;
        m_view->showLoadFailure(what, failure);
    });
    connect(session, &Session::issueProgressChanged, this, &IssuePlace::showProgress);
    // A list that could not be loaded without a token is asked for again as soon as there is one.
    connect(session, &Session::tokenStatusChanged, this, [this, session](const TokenStatus &status) {
        if (status.usable && m_loadFailed) {
            m_loadFailed = false;
            session->loadTemplates();
        }
    });
    session->loadTemplates();
}

void IssuePlace::startIssue(const IssueDraft &draft)
{
    if (!m_session)
        return;
    m_flow = m_session->startIssue(draft);
    if (m_flow)
        showProgress(m_flow->progress());
}

void IssuePlace::showProgress(const IssueProgress &progress)
{
    m_view->setProgress(progress);
    if (m_flow && progress.intent == m_view->shownIntent() && progress.hasFirstPassword
        && m_flow->progress().intent == progress.intent) {
        Secret password = m_flow->takeFirstPassword();
        if (!password.isEmpty())
            m_view->setFirstPassword(std::move(password));
    }
}

} // namespace yoid
