// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/practice.h"

#include <QtWidgets/QFrame>

class QPushButton;

namespace yoid {

class PlainLabel;

/// Plays the youth while practising. Shown in the practice environment only and clearly not a part of the real work.
class PracticeStrip final : public QFrame {
    Q_OBJECT

public:
    enum class For { Issue, Verify };
    explicit PracticeStrip(For what, QWidget *parent = nullptr);

    /// Whether there is something the youth could do now.
    void setYouthCanAct(bool can);
    /// The youth could not be told; said here until the next try.
    void showFailure(const Failure &failure);

Q_SIGNALS:
    void acceptRequested();
    void answerRequested(yoid::PracticeAnswer how);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void say(const QString &text);

    PlainLabel *m_problem;
    QList<QPushButton *> m_buttons;
};

} // namespace yoid
