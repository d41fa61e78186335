// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"

#include <QtCore/QPointer>

class QSystemTrayIcon;
class QWidget;

namespace yoid {

class MessageBar;

/// What the window says of batches wherever the user is: that one has people left when a profile is opened, and what is to become
/// of one at work when the window is closed. A hidden window keeps working and comes back when the work has ended.
class BatchNotices final : public QObject {
    Q_OBJECT

public:
    /// \param bar for what was left unfinished; \param closing for the question at closing
    BatchNotices(Console &console, QWidget &window, MessageBar &bar, MessageBar &closing, QObject *parent = nullptr);
    ~BatchNotices() override;

    /// The user closes the window: true when it may close now; else the question is on the window.
    [[nodiscard]] bool mayClose();
    /// The program is to end without asking: a signal, or the session of the desktop. The journal knows where everybody stands.
    void quitWithoutAsking() { m_mayQuit = true; }
    /// Hides the window; the work goes on.
    void keepWorking();
    /// Brings a hidden window back. Nothing when it is not hidden for work.
    void comeBack();
    [[nodiscard]] bool isHiddenForWork() const { return m_hidden; }

Q_SIGNALS:
    /// The user wants to see this batch.
    void lookRequested(const yoid::BatchId &batch);

private:
    void onSession(Session *session);
    void tellUnfinished();
    void onProgress(const BatchProgress &progress);
    void stopAndQuit();
    void quit();
    void tellEnded(const BatchProgress &progress);
    void showTray();
    [[nodiscard]] QList<BatchRun *> atWork() const;
    [[nodiscard]] QString name(const BatchId &batch) const;

    Console &m_console;
    QWidget &m_window;
    MessageBar &m_bar;
    MessageBar &m_closing;
    QPointer<Session> m_session;
    QSystemTrayIcon *m_tray = nullptr;
    bool m_hidden = false;
    bool m_stopping = false;    ///< To quit as soon as nobody is in hand.
    bool m_mayQuit = false;
};

} // namespace yoid
