// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/verifyplace.h"

#include "app/flow/console.h"
#include "ui/clipboard.h"
#include "ui/journaltext.h"
#include "ui/panes/localcheckpane.h"
#include "ui/panes/verifyview.h"

#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

VerifyPlace::VerifyPlace(Console &console, QWidget *parent)
    : QWidget(parent)
    , m_console(console)
    , m_clipboard(new Clipboard(console.clock(), this))
    , m_view(new VerifyView(console.clock(), this))
    , m_local(new LocalCheckPane(console, this))
{
    setObjectName(u"verifyPlace"_s);
    setFocusProxy(m_view);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *stack = new QStackedWidget(this);
    stack->addWidget(m_view);
    stack->addWidget(m_local);
    column->addWidget(stack);
    connect(m_view, &VerifyView::localCheckRequested, this, [this, stack] {
        stack->setCurrentWidget(m_local);
        setFocusProxy(m_local);
        m_local->enter();
    });
    connect(m_local, &LocalCheckPane::backRequested, this, [this, stack] {
        stack->setCurrentWidget(m_view);
        setFocusProxy(m_view);
        m_view->setFocus();
    });

    connect(&console, &Console::sessionChanged, this, &VerifyPlace::openSession);
    const auto block = [this](const JournalStatus &status) { m_view->setBlocked(JournalText::blocked(status)); };
    connect(&console, &Console::journalStatusChanged, this, block);
    block(console.journal().status());
    connect(m_view, &VerifyView::verifyRequested, this, &VerifyPlace::startVerify);
    connect(m_view, &VerifyView::tryAgainRequested, this, [this] {
        if (m_flow)
            m_flow->tryAgain();
    });
    connect(m_view, &VerifyView::checkNowRequested, this, [this] {
        if (m_flow)
            m_flow->checkNow();
    });
    connect(m_view, &VerifyView::pushRequested, this, &VerifyPlace::push);
    connect(m_view, &VerifyView::createCheckRequested, this, [this](const PresentationTemplate &draft) {
        if (!m_session)
            return;
        m_session->createCheck(draft, this, [this](const Outcome<PresentationTemplate> &outcome) {
            if (outcome.ok())
                m_view->checkCreated(outcome.value());
            else
                m_view->checkRefused(outcome.failure());
        });
    });
    connect(m_view, &VerifyView::createIssuerRequested, this, [this](const QString &name, const QStringList &dids) {
        if (!m_session)
            return;
        m_session->createTrustedEntity(name, dids, this, [this](const Outcome<TrustedEntity> &outcome) {
            if (outcome.ok())
                m_view->issuerCreated(outcome.value());
            else
                m_view->issuerRefused(outcome.failure());
        });
    });
    connect(m_view, &VerifyView::checksWanted, this, [this] {
        if (m_session)
            m_session->loadChecks();
    });
    connect(m_view, &VerifyView::editorOpened, this, &VerifyPlace::openEditor);
    connect(m_view, &VerifyView::copyRequested, m_clipboard, &Clipboard::copyShortLived);
    connect(m_view, &VerifyView::practiceAnswerRequested, this, [this](const QString &presentationId, PracticeAnswer how) {
        m_console.practice().answerRequest(presentationId, how);
    });
    connectAnswers();
    connect(&console.practice(), &Practice::controlFailed, m_view, &VerifyView::showPracticeFailure);
    openSession(console.session());
}

void VerifyPlace::openSession(Session *session)
{
    m_session = session;
    m_flow = nullptr;
    m_loadFailed = false;
    m_new.clear();
    if (!session) {
        m_view->closeProfile();
        return;
    }
    m_view->openProfile(session->profile().environment, session->profile().organisation);
    connect(session, &Session::checksChanged, this, [this, session] {
        m_loadFailed = false;
        m_view->setChecks(session->checks());
        refreshReady();
    });
    connect(session, &Session::templatesChanged, this, [this, session] { m_view->setTemplates(session->templates()); });
    connect(session, &Session::trustedEntitiesChanged, this,
            [this, session] { m_view->setTrustedEntities(session->trustedEntities()); });
    connect(session, &Session::loadFailed, this, [this](ActionKind what, const Failure &failure) {
        m_loadFailed = m_loadFailed || what == ActionKind::LoadChecks;
        m_view->showLoadFailure(what, failure);
    });
    connect(session, &Session::verifyProgressChanged, m_view, &VerifyView::setProgress);
    connect(session, &Session::readyRequestsChanged, this, &VerifyPlace::refreshReady);
    connect(session, &Session::lateAnswer, this, [this](const VerifyProgress &progress) {
        m_new.insert(progress.intent);
        m_view->tellAnswer(progress);
        m_soon.start();
    });
    // A list that could not be loaded without a token is asked for again as soon as there is one.
    connect(session, &Session::tokenStatusChanged, this, [this, session](const TokenStatus &status) {
        if (status.usable && m_loadFailed) {
            m_loadFailed = false;
            session->loadChecks();
        }
    });
    m_view->setTemplates(session->templates());
    m_view->setTrustedEntities(session->trustedEntities());
    if (!session->checks().isEmpty()) // known from earlier, also without a line
        m_view->setChecks(session->checks());
    refreshReady();
    listenToRecords();
    session->loadChecks();
    session->loadTrustedEntities(); // their names stand beside verdicts
    if (session->templates().isEmpty())
        session->loadTemplates();
}

void VerifyPlace::openEditor()
{
    if (!m_session)
        return;
    m_session->loadTrustedEntities();
    if (m_session->templates().isEmpty())
        m_session->loadTemplates();
}

void VerifyPlace::startVerify(const PresentationTemplate &check)
{
    if (!m_session)
        return;
    m_flow = m_session->startVerify(check);
    if (m_flow)
        m_view->begin(m_flow->progress());
}

void VerifyPlace::push(const Person &person)
{
    if (!m_flow)
        return;
    const IntentId intent = m_flow->progress().intent;
    m_flow->push(person, this, [this, intent](const Outcome<Done> &outcome) {
        if (m_view->shownIntent() != intent)
            return;
        if (outcome.ok())
            m_view->pushDone();
        else
            m_view->pushFailed(outcome.failure());
    });
}

} // namespace yoid
