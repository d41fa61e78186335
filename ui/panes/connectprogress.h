// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/issueprogress.h"

#include <QtWidgets/QWidget>

class QPushButton;

namespace yoid {

class PlainLabel;
class StateChip;

/// The steps of connecting, each with its state in words.
class ConnectProgress final : public QWidget {
    Q_OBJECT

public:
    enum Step { Keep, Check, StepCount };

    explicit ConnectProgress(QWidget *parent = nullptr);

    /// \param title what is being done
    /// \param keepText what the first step is called; empty: there is no such step
    void start(const QString &title, const QString &keepText, const QString &checkText);
    void setState(Step step, StageState state);

Q_SIGNALS:
    void backRequested();

private:
    PlainLabel *m_title;
    PlainLabel *m_names[StepCount];
    StateChip *m_chips[StepCount];
    QWidget *m_rows[StepCount];
};

} // namespace yoid
