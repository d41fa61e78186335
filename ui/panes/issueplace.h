// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

namespace yoid {

class Clipboard;
class Console;
class IssueFlow;
class IssueView;
class Session;
struct CredentialTemplate;
struct IssueDraft;
struct IssueProgress;

/// Connects the Issue view with the open session. Holds no state of its own beyond which flow is shown.
class IssuePlace final : public QWidget {
    Q_OBJECT

public:
    explicit IssuePlace(Console &console, QWidget *parent = nullptr);

    /// Fills the form in for a new offer in place of earlier work (`draft.replaces`). Nothing is sent by that.
    void prefill(const IssueDraft &draft);

Q_SIGNALS:
    /// A check is wanted that asks for what this template issues.
    void matchingCheckRequested(const yoid::CredentialTemplate &issued);
    /// The user wants to see this piece of earlier work.
    void openRecord(const yoid::IntentId &intent);

private:
    void openSession(Session *session);
    void startIssue(const IssueDraft &draft);
    void showProgress(const IssueProgress &progress);

    Console &m_console;
    QPointer<Session> m_session;
    QPointer<IssueFlow> m_flow;     ///< The one that is shown; owned by the session.
    bool m_loadFailed = false;
    Clipboard *m_clipboard;
    IssueView *m_view;
};

} // namespace yoid
