// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/sessionnotices.h"

#include "ui/widgets/messagebar.h"

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Below this a difference misleads nobody; tokens do not depend on the wall clock at all.
constexpr qint64 kNotableSkewMs = 60'000;

std::optional<FailureKind> kindOf(const TokenStatus &status)
{
    return status.lastError ? std::optional<FailureKind>(status.lastError->kind) : std::nullopt;
}

} // namespace

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
    m_lastKind.reset();
    m_refusal.reset();
    if (m_aboutSecret && session)
        m_bar.clear();
    m_aboutSecret = false;
    m_clockTold = false;
    if (session)
        connect(session, &Session::tokenStatusChanged, this, &SessionNotices::onTokenStatus);
}

void SessionNotices::onTokenStatus(const TokenStatus &status)
{
    const TokenState before = std::exchange(m_lastState, status.state);
    const std::optional<FailureKind> known = std::exchange(m_lastKind, kindOf(status));
    if (status.state != TokenState::Rejected)
        m_refusal.reset();
    const bool cured = status.usable || (before == TokenState::NoSecret && status.state != TokenState::NoSecret
                                         && status.state != TokenState::Rejected);
    if (cured && m_aboutSecret) {
        m_bar.clear();
        m_aboutSecret = false;
    }
    tellClock(status);
    if (status.state == before && m_lastKind == known)
        return; // said already
    if (status.state == TokenState::NoSecret && status.lastError) {
        showKeychainTrouble(*status.lastError);
    } else if (status.state == TokenState::Rejected) {
        m_refusal = status.lastError.value_or(Failure::of(FailureKind::SecretRefused));
        if (!m_connecting)
            showRefusal();
    }
}

void SessionNotices::tellClock(const TokenStatus &status)
{
    if (m_clockTold || m_aboutSecret || !status.usable || std::abs(status.clockSkewMs.value_or(0)) < kNotableSkewMs)
        return;
    m_clockTold = true;
    const qint64 minutes = (std::abs(*status.clockSkewMs) + 30'000) / 60'000;
    const QString difference = tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
    m_bar.showNotice(Tone::Warn,
                     *status.clockSkewMs > 0 ? tr("This computer's clock is %1 ahead of the service's clock.").arg(difference)
                                             : tr("This computer's clock is %1 behind the service's clock.").arg(difference),
                     tr("Nothing is lost and you can go on. Times shown here and the expiry of requests may be wrong until "
                        "the clock is set right."));
}

void SessionNotices::setConnecting(bool connecting)
{
    m_connecting = connecting;
    if (!m_refusal)
        return;
    if (!connecting) {
        showRefusal();
    } else if (m_aboutSecret) {
        m_bar.clear();
        m_aboutSecret = false;
    }
}

void SessionNotices::showRefusal()
{
    m_bar.showFailure(*m_refusal, ActionKind::SignIn);
    m_aboutSecret = true;
    offerSecret(tr("Type a new secret…"));
    m_bar.addAction(tr("Try again"), this, [this] {
        m_bar.clear();
        if (Session *session = m_console.session())
            session->renewToken();
    });
}

void SessionNotices::onOpenFailed(const Failure &failure)
{
    if (m_console.session()) {
        showKeychainTrouble(failure);
        return;
    }
    m_bar.showFailure(failure, ActionKind::SignIn);
    m_aboutSecret = true;
    m_bar.addAction(tr("Choose a profile"), this, [this] {
        m_bar.clear();
        Q_EMIT switchRequested();
    });
}

void SessionNotices::showKeychainTrouble(const Failure &failure, const QString &asked)
{
    FailureText text = failureText(failure, ActionKind::SignIn);
    if (!asked.isEmpty())
        text.advice += u' ' + asked;
    m_bar.showText(Tone::Bad, text);
    m_aboutSecret = true;
    m_bar.addAction(tr("Try again"), this, [this, failure] {
        // The same answer is no change of state and would not be heard of: the message stays until the keychain gives in.
        const QTime now = m_console.clock().nowUtc().toLocalTime().time();
        showKeychainTrouble(failure, tr("Asked again at %1.").arg(now.toString(u"HH:mm:ss"_s)));
        m_console.readSecretAgain();
    });
    offerSecret(tr("Type the secret…"));
}

void SessionNotices::onKeychainWaiting()
{
    m_bar.showNotice(Tone::Accent, tr("Waiting for this computer's keychain."),
                     tr("Your keyring may be asking for its password: look for its window, perhaps behind this one. "
                        "Nothing is lost while it waits."));
    m_aboutSecret = true;
    if (m_console.session())
        offerSecret(tr("Type the secret…"));
}

void SessionNotices::offerSecret(const QString &text)
{
    m_bar.addAction(text, this, [this] {
        m_bar.clear();
        Q_EMIT profileRequested();
    });
}

} // namespace yoid
