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

    /// As high as what is in it, where there is room; lower, and scrolled, where there is not.
    void setAsHighAsContent();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void measure();

    int m_height = -1;      ///< Of the content at this width; -1: the pane is not measured by it.
};

} // namespace yoid
