// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/localcheckpane.h"

#include "app/flow/console.h"
#include "ui/clipboard.h"
#include "ui/panes/localcheckview.h"
#include "ui/showntext.h"

#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

LocalCheckPane::LocalCheckPane(Console &console, QWidget *parent)
    : QWidget(parent)
    , m_console(console)
    , m_clipboard(new Clipboard(console.clock(), this))
    , m_view(new LocalCheckView(console.clock(), this))
{
    setObjectName(u"localCheckPane"_s);
    setFocusProxy(m_view);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    LocalChecks &checks = console.localChecks();
    connect(&console, &Console::sessionChanged, this, &LocalCheckPane::onSession);
    connect(&checks, &LocalChecks::challengeChanged, this, [this] { m_view->setChallenge(m_console.localChecks().challenge()); });
    connect(&checks, &LocalChecks::trustChanged, this, [this] { // who was trusted when it was judged
        drop();
        m_view->clearReport();
    });
    connect(m_view, &LocalCheckView::checkRequested, this, &LocalCheckPane::check);
    connect(m_view, &LocalCheckView::cleared, this, &LocalCheckPane::drop);
    connect(m_view, &LocalCheckView::backRequested, this, [this] {
        drop();
        m_view->clear(); // nothing of a person stays behind the other places
        Q_EMIT backRequested();
    });
    connect(m_view, &LocalCheckView::fetchRequested, this, [this] {
        if (m_flow) {
            m_view->setFetching(true);
            m_flow->fetch();
        }
    });
    connect(m_view, &LocalCheckView::refreshRequested, this, [this] {
        if (m_flow) {
            m_view->setFetching(true);
            m_flow->refresh();
        }
    });
    connect(m_view, &LocalCheckView::holderRequested, this, [this](bool asked) {
        if (asked)
            (void)m_console.localChecks().askHolder();
        else
            m_console.localChecks().askNoHolder();
    });
    connect(m_view, &LocalCheckView::typeChosen, this, [this](const QString &type) {
        m_console.localChecks().expectType(type);
        drop(); // it was judged by another question
        m_view->clearReport();
    });
    connect(m_view, &LocalCheckView::copyRequested, m_clipboard, &Clipboard::copyShortLived);
    connect(m_view, &LocalCheckView::practiceCopyRequested, this, &LocalCheckPane::copyFromYouth);
    onSession(console.session());
}

LocalCheckPane::~LocalCheckPane() = default;

void LocalCheckPane::enter()
{
    if (Session *session = m_console.session(); session && session->trustedEntities().isEmpty())
        session->loadTrustedEntities();
    m_view->setFocus();
}

void LocalCheckPane::onSession(Session *session)
{
    drop();
    m_view->clear();
    m_view->setPractising(session && session->profile().environment == Environment::Practice);
    if (session)
        connect(session, &Session::checksChanged, this, &LocalCheckPane::showTypes);
    showTypes();
}

/// Of the saved checks: what people here ask for anyway.
void LocalCheckPane::showTypes()
{
    QList<std::pair<QString, QString>> types;
    const QList<PresentationTemplate> checks = m_console.session() ? m_console.session()->checks() : QList<PresentationTemplate>();
    for (const PresentationTemplate &check : checks) {
        for (const RequestedCredential &wanted : check.credentials)
            types.append({ shownText(wanted.name.isEmpty() ? check.name : wanted.name, 80), wanted.type });
    }
    m_view->setTypes(types);
}

void LocalCheckPane::drop()
{
    delete m_flow;
}

void LocalCheckPane::check(const QByteArray &credential)
{
    drop();
    m_flow = m_console.localChecks().check(credential, this);
    connect(m_flow, &LocalCheckFlow::reportChanged, this, &LocalCheckPane::showFlow);
    connect(m_flow, &LocalCheckFlow::finished, this, &LocalCheckPane::showFlow);
    m_flow->start();
}

void LocalCheckPane::showFlow()
{
    const sdjwt::LocalReport &report = m_flow->report();
    m_view->setReport(report, m_console.localChecks().nameOf(report.issuer));
    const bool usedTheCache = report.line(sdjwt::CheckItem::IssuerKey).asOf.isValid() || report.line(sdjwt::CheckItem::Status).asOf.isValid();
    m_view->setHosts(m_flow->hosts(), usedTheCache);
    m_view->setFailures(m_flow->failures());
    m_view->setFetching(!m_flow->isOver());
}

void LocalCheckPane::copyFromYouth(PracticePaper which)
{
    const sdjwt::Challenge challenge = m_console.localChecks().challenge().value_or(sdjwt::Challenge());
    m_console.practice().takeCredential(which, challenge.nonce, challenge.audience, this, [this](const Outcome<QByteArray> &outcome) {
        if (!outcome.ok()) {
            m_view->showPracticeFailure(outcome.failure());
            return;
        }
        m_clipboard->copyShortLived(QString::fromLatin1(outcome.value()));
        m_view->practiceCopied();
    });
}

} // namespace yoid
