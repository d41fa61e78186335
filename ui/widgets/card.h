// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QFrame>

namespace yoid {

/// A quiet area that groups what belongs together: base colour, thin border, round corners, margins of the theme.
class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace yoid
