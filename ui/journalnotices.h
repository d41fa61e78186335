// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"

#include <QtCore/QPointer>
#include <QtCore/QTime>

#include <functional>

namespace yoid {

class MessageBar;

/// What can be done about the durable journal. The program gives it; without it the buttons are not offered.
struct JournalCare {
    std::function<void()> open;         ///< Tries again.
    std::function<void()> startNewKey;  ///< Gives the old key up.
};

/// Says in the window how the journal in force is, for as long as it is so, and what was found unfinished when a profile was
/// opened.
class JournalNotices final : public QObject {
    Q_OBJECT

public:
    /// \param bar for the journal; \param recovery for what was found
    JournalNotices(Console &console, MessageBar &bar, MessageBar &recovery, QObject *parent = nullptr);

    void setCare(JournalCare care);
    /// Asked when something unfinished was found: whether it is gone on with without asking the operator.
    void setResumeByItself(std::function<bool()> wanted) { m_resumeByItself = std::move(wanted); }

Q_SIGNALS:
    /// The user wants to see the records that need somebody.
    void lookRequested();

private:
    void onStatus(const JournalStatus &status);
    void tell();
    void askAboutNewKey();
    void onSession(Session *session);
    void onRecovered(const RecoveryReport &report);
    void resumeIfDue(const TokenStatus &status);

    Console &m_console;
    MessageBar &m_bar;
    MessageBar &m_recovery;
    JournalCare m_care;
    std::function<bool()> m_resumeByItself;
    JournalStatus m_status;
    QPointer<Session> m_session;
    bool m_resumeDue = false;       ///< By itself, as soon as there is a token.
    QTime m_askedAt;                ///< When "Try again" was pressed without an answer yet.
    bool m_closedByUser = false;    ///< What may be closed has been, for this status.
};

} // namespace yoid
