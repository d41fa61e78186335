// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QWidget>

class QPushButton;

namespace yoid {

/// What an empty place shows: what is missing and the one next step. An empty place teaches.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    /// \param action text of the one button; empty: no button
    EmptyState(const QString &headline, const QString &explanation, const QString &action, QWidget *parent = nullptr);

    [[nodiscard]] QPushButton *button() const { return m_button; }

private:
    QPushButton *m_button = nullptr;
};

} // namespace yoid
