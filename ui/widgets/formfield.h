// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QWidget>

namespace yoid {

class PlainLabel;

/// One field of a form: its label above, the control, a hint, and, when something is wrong, the problem right beneath it
/// with icon and words. The control gets the label as accessible name and the problem as description.
class FormField final : public QWidget {
    Q_OBJECT

public:
    FormField(const QString &label, QWidget *control, QWidget *parent = nullptr);

    void setHint(const QString &hint);
    /// Empty: no problem.
    void setProblem(const QString &problem);
    [[nodiscard]] bool hasProblem() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QWidget *control() const { return m_control; }

private:
    QWidget *m_control;
    PlainLabel *m_hint;
    QWidget *m_problemRow;
    PlainLabel *m_problemIcon;
    PlainLabel *m_problem;
};

} // namespace yoid
