// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

namespace yoid {

class Clipboard;
class Console;
class LocalCheckPane;
class Session;
class VerifyFlow;
class VerifyView;
struct Person;
struct PresentationTemplate;

/// Connects the Verify view with the open session. Holds no state of its own beyond which flow is shown.
class VerifyPlace final : public QWidget {
    Q_OBJECT

public:
    explicit VerifyPlace(Console &console, QWidget *parent = nullptr);

private:
    void openSession(Session *session);
    void startVerify(const PresentationTemplate &check);
    void push(const Person &person);
    void openEditor();

    Console &m_console;
    QPointer<Session> m_session;
    QPointer<VerifyFlow> m_flow;    ///< The one that is shown; owned by the session.
    bool m_loadFailed = false;
    Clipboard *m_clipboard;
    VerifyView *m_view;
    LocalCheckPane *m_local;
};

} // namespace yoid
