// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/sessionnotices.h"

#include "ui/widgets/messagebar.h"

using namespace Qt::StringLiterals;

namespace yoid {

SessionNotices::SessionNotices(Console &console, MessageBar &bar, QObject *parent)
    : QObject(parent)
    , m_console(console)
    , m_bar(bar)
{
    connect(&console, &Console::sessionChanged, this, &SessionNotices::onSession);
    connect(&console, &Console::openFailed, this, &SessionNotices::onOpenFailed);
    connect(&console, &Console::keychainWaiting, this, &SessionNotices::onKeychainWaiting);
    connect(&console.practice(), &Practice::lost, this, [this] {
        m_bar.showNotice(Tone::Warn, tr("The practice server has ended."),
                         tr("This is practice: no real youth is concerned. Start it again to go on."));
        m_bar.addAction(tr("Start practice again"), this, [this] {
            m_bar.clear();
            m_console.openPractice();
        });
    });
    connect(&bar, &MessageBar::closed, this, [this] { m_aboutSecret = false; });
    onSession(console.session());
}

void SessionNotices::onSession(Session *session)
{
    m_lastState = TokenState::Closed;
    if (m_aboutSecret)
        m_bar.clear();
    m_aboutSecret = false;
    if (session)
        connect(session, &Session::tokenStatusChanged, this, &SessionNotices::onTokenStatus);
}

void SessionNotices::onTokenStatus(const TokenStatus &status)
{
    const TokenState before = std::exchange(m_lastState, status.state);
    if (status.state == TokenState::Fresh && m_aboutSecret) {
        m_bar.clear();
        m_aboutSecret = false;
    }
    if (status.state != TokenState::Rejected || before == TokenState::Rejected)
        return;
    m_bar.showFailure(status.lastError.value_or(Failure::of(FailureKind::SecretRefused)), ActionKind::SignIn);
    m_aboutSecret = true;
    m_bar.addAction(tr("Type a new secret…"), this, [this] { Q_EMIT profileRequested(); });
    m_bar.addAction(tr("Try again"), this, [this] {
        m_bar.clear();
        if (Session *session = m_console.session())
            session->renewToken();
    });
}

void SessionNotices::onOpenFailed(const Failure &failure)
{
    m_bar.showFailure(failure, ActionKind::SignIn);
    m_aboutSecret = true;
    switch (failure.kind) {
    case FailureKind::SecretMissing:
    case FailureKind::SecretLocked:
        m_bar.addAction(tr("Try again"), this, [this] {
            m_bar.clear();
            m_console.readSecretAgain();
        });
        offerSecret();
        return;
    case FailureKind::KeychainUnavailable:
    case FailureKind::KeychainWedged:
        offerSecret();
        return;
    default:
        m_bar.addAction(tr("Choose a profile"), this, [this] { Q_EMIT switchRequested(); });
        return;
    }
}

void SessionNotices::onKeychainWaiting()
{
    m_bar.showNotice(Tone::Accent, tr("Waiting for this computer's keychain."),
                     tr("Your keyring may be asking for its password: look for its window, perhaps behind this one. "
                        "Nothing is lost while it waits."));
    m_aboutSecret = true;
    offerSecret();
}

void SessionNotices::offerSecret()
{
    m_bar.addAction(tr("Type the secret…"), this, [this] { Q_EMIT profileRequested(); });
}

} // namespace yoid
