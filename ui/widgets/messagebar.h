// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/failuretext.h"
#include "ui/theme.h"

#include <QtWidgets/QFrame>

#include <functional>

class QHBoxLayout;
class QPushButton;
class QToolButton;

namespace yoid {

class PlainLabel;

/// Says what went wrong (or what to know) without stopping the work: what happened, what it means for the youth, what to
/// do now with its buttons, and the code for support. Hidden while there is nothing to say. Announced to assistive
/// technology once, when it appears; all of its text can be marked and copied.
class MessageBar final : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);

    void showFailure(const Failure &failure, ActionKind action);
    void showText(Tone tone, const FailureText &text);
    /// A notice without code, e.g. "Your keyring may be asking for its password".
    void showNotice(Tone tone, const QString &headline, const QString &body = {});
    /// A button for "what to do now"; gone with the next message. The bar stays until it is closed or cleared.
    /// \param then runs on click while `context` lives
    QPushButton *addAction(const QString &text, QObject *context, std::function<void()> then);
    /// Whether the user may close it; default yes.
    void setClosable(bool closable);
    void clear();
    /// Everything that is shown, as one text.
    [[nodiscard]] QString shownText() const;

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void removeActions();
    void refresh();
    void announce();
    void copyForSupport();

    Tone m_tone = Tone::Neutral;
    PlainLabel *m_icon;
    PlainLabel *m_happened;
    PlainLabel *m_meaning;
    PlainLabel *m_advice;
    PlainLabel *m_code;
    QHBoxLayout *m_actionRow;
    QList<QPushButton *> m_actions;
    QToolButton *m_copy;
    QToolButton *m_close;
};

} // namespace yoid
