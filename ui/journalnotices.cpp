// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/journalnotices.h"

#include "ui/journaltext.h"
#include "ui/widgets/messagebar.h"

#include <QtWidgets/QPushButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

JournalNotices::JournalNotices(Console &console, MessageBar &bar, MessageBar &recovery, QObject *parent)
    : QObject(parent)
    , m_console(console)
    , m_bar(bar)
    , m_recovery(recovery)
{
    connect(&console, &Console::journalStatusChanged, this, &JournalNotices::onStatus);
    connect(&console, &Console::recordsReplaced, this, [this] { onStatus(m_console.journal().status()); });
    connect(&console, &Console::sessionChanged, this, &JournalNotices::onSession);
    connect(&bar, &MessageBar::closed, this, [this] { m_closedByUser = true; });
    onStatus(console.journal().status());
    onSession(console.session());
}

void JournalNotices::setCare(JournalCare care)
{
    m_care = std::move(care);
    tell();
}

void JournalNotices::onStatus(const JournalStatus &status)
{
    if (status == m_status)
        return;
    const bool same = status.reason == m_status.reason && status.state == m_status.state;
    m_status = status;
    if (same)
        return; // only for support
    m_closedByUser = false;
    if (status.state != JournalStatus::State::Opening)
        m_askedAt = {};
    tell();
}

void JournalNotices::tell()
{
    const FailureText text = JournalText::of(m_status);
    if (text.happened.isEmpty() || m_closedByUser) {
        m_bar.clear();
        return;
    }
    FailureText shown = text;
    if (m_askedAt.isValid()) // the same answer is no news, and would look like none
        shown.advice += u' ' + tr("Asked again at %1.").arg(m_askedAt.toString(u"HH:mm:ss"_s));
    m_bar.showText(JournalText::tone(m_status), shown);
    m_bar.setClosable(m_status.takesLines()); // what stops the work stays until it is over
    if (JournalText::canOpenAgain(m_status) && m_care.open) {
        QPushButton *again = m_bar.addAction(tr("Try again"), this, [this] {
            m_askedAt = m_console.clock().nowUtc().toLocalTime().time();
            tell();
            m_care.open();
        });
        again->setObjectName(u"openJournalAgain"_s);
    }
    if (JournalText::canStartNewKey(m_status) && m_care.startNewKey) {
        QPushButton *anew = m_bar.addAction(tr("Start with a new key…"), this, [this] { askAboutNewKey(); });
        anew->setObjectName(u"startNewKey"_s);
    }
}

void JournalNotices::askAboutNewKey()
{
    m_bar.showText(Tone::Warn, JournalText::aboutNewKey());
    m_bar.setClosable(false);
    QPushButton *confirm = m_bar.addAction(tr("Give up the old key"), this, [this] {
        tell(); // until the journal says otherwise it is as it was
        m_care.startNewKey();
    });
    confirm->setObjectName(u"confirmNewKey"_s);
    QPushButton *keep = m_bar.addAction(tr("Keep waiting for the old one"), this, [this] { tell(); });
    keep->setObjectName(u"keepOldKey"_s);
    keep->setFocus(); // nothing destructive on Enter
}

void JournalNotices::onSession(Session *session)
{
    m_recovery.clear();
    m_session = session;
    m_resumeDue = false;
    if (!session)
        return;
    connect(session, &Session::recovered, this, &JournalNotices::onRecovered);
    connect(session, &Session::tokenStatusChanged, this, &JournalNotices::resumeIfDue);
    onRecovered(session->recovery());
}

void JournalNotices::resumeIfDue(const TokenStatus &status)
{
    // Without a token every piece of work would only fail once more.
    if (status.usable && m_session && std::exchange(m_resumeDue, false))
        m_session->goOnWithAll();
}

void JournalNotices::onRecovered(const RecoveryReport &report)
{
    const QString sentence = JournalText::recovered(report);
    m_recovery.clear();
    if (sentence.isEmpty())
        return;
    if (m_resumeByItself && m_resumeByItself() && m_session) {
        m_recovery.showNotice(Tone::Accent, sentence, tr("It is being finished now, as your settings say. Records shows how far it is."));
        m_resumeDue = true;
        resumeIfDue(m_session->tokenStatus());
        return;
    }
    m_recovery.showNotice(Tone::Warn, sentence, JournalText::aboutRecovered(report));
    QPushButton *finish = m_recovery.addAction(tr("Finish them now"), this, [this] {
        m_recovery.clear();
        if (m_session)
            m_session->goOnWithAll();
    });
    finish->setObjectName(u"finishRecovered"_s);
    QPushButton *look = m_recovery.addAction(tr("Look"), this, [this] { Q_EMIT lookRequested(); });
    look->setObjectName(u"lookAtRecovered"_s);
}

} // namespace yoid
