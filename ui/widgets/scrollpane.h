// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QScrollArea>

namespace yoid {

/// A scroll area that assistive technology cannot crash. Qt 6.4's own interface of a QScrollArea takes the index of a child
/// from the other process unchecked; when a scroll bar has just gone, a screen reader asking for it ends the program.
class ScrollPane final : public QScrollArea {
    Q_OBJECT

public:
    explicit ScrollPane(QWidget *parent = nullptr);
};

} // namespace yoid
