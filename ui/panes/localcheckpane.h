// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

namespace yoid {

class Clipboard;
class Console;
class LocalCheckFlow;
class LocalCheckView;
class Session;
enum class PracticePaper;

/// Connects the view of a check on this computer with what it needs of the console. Works with no session open, too.
class LocalCheckPane final : public QWidget {
    Q_OBJECT

public:
    explicit LocalCheckPane(Console &console, QWidget *parent = nullptr);
    ~LocalCheckPane() override;

    /// Somebody comes to it: who is trusted is looked up.
    void enter();

Q_SIGNALS:
    void backRequested();

private:
    void onSession(Session *session);
    void check(const QByteArray &credential);
    void showFlow();
    void drop();
    void showTypes();
    void copyFromYouth(PracticePaper which);

    Console &m_console;
    Clipboard *m_clipboard;
    LocalCheckView *m_view;
    QPointer<LocalCheckFlow> m_flow;
};

} // namespace yoid
