// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"
#include "ui/print/receiptpdf.h"

#include <QtCore/QPointer>
#include <QtCore/QSet>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <chrono>

namespace yoid {

class Clipboard;
class Console;
class LocalCheckPane;
class Session;
class VerifyFlow;
class VerifyView;
struct CredentialTemplate;
struct Person;
struct PresentationTemplate;

/// Connects the Verify view with the open session. Holds no state of its own beyond which flow is shown.
class VerifyPlace final : public QWidget {
    Q_OBJECT

public:
    explicit VerifyPlace(Console &console, QWidget *parent = nullptr);

    /// Opens the editor for the check that matches a credential of this organisation.
    void makeMatchingCheck(const CredentialTemplate &issued);
    /// How long a verdict stays on the screen; zero: until it is left.
    void setClearAfter(std::chrono::seconds time);
    /// As printed on receipts.
    void setOperator(const QString &name) { m_operator = name; }

private:
    void connectAnswers();
    void listenToRecords();
    void refreshReady();
    void refreshAnswers();
    void openAnswer(const IntentId &intent);
    void showAgain(const IntentId &intent);
    void askWhereToSave(const VerifyProgress &progress, ReceiptContents contents);
    void openSession(Session *session);
    void startVerify(const PresentationTemplate &check);
    void push(const Person &person);
    void openEditor();

    Console &m_console;
    QPointer<Session> m_session;
    QPointer<VerifyFlow> m_flow;    ///< The one that is shown; owned by the session.
    bool m_loadFailed = false;
    QString m_operator;
    QSet<IntentId> m_new;           ///< Late answers nobody has looked at yet.
    QTimer m_soon;                  ///< Many records may change at once.
    QPointer<QObject> m_hearing;    ///< Of the records in force.
    Clipboard *m_clipboard;
    VerifyView *m_view;
    LocalCheckPane *m_local;
};

} // namespace yoid
