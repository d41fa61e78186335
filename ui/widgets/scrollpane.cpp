// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/scrollpane.h"

#include <QtCore/QEvent>
#include <QtGui/QAccessible>
#include <QtWidgets/QAccessibleWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// QAccessibleWidget checks its indices.
QAccessibleInterface *makeInterface(const QString &className, QObject *object)
{
    auto *pane = className == "yoid::ScrollPane"_L1 ? qobject_cast<ScrollPane *>(object) : nullptr;
    return pane ? new QAccessibleWidget(pane, QAccessible::Client) : nullptr;
}

} // namespace

ScrollPane::ScrollPane(QWidget *parent)
    : QScrollArea(parent)
{
    [[maybe_unused]] static const bool known = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
}

void ScrollPane::setAsHighAsContent()
{
    m_height = 0;
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    measure();
}

QSize ScrollPane::sizeHint() const
{
    const QSize usual = QScrollArea::sizeHint();
    return m_height < 0 ? usual : QSize(usual.width(), m_height);
}

QSize ScrollPane::minimumSizeHint() const
{
    const QSize usual = QScrollArea::minimumSizeHint();
    return m_height < 0 ? usual : QSize(usual.width(), std::min(m_height, fontMetrics().height() * 5));
}

bool ScrollPane::eventFilter(QObject *watched, QEvent *event)
{
    const bool ate = QScrollArea::eventFilter(watched, event);
    if (m_height >= 0 && watched == widget() && event->type() == QEvent::LayoutRequest)
        measure();
    return ate;
}

void ScrollPane::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if (m_height >= 0)
        measure();
}

void ScrollPane::measure()
{
    const QWidget *content = widget();
    if (!content)
        return;
    // Without the scroll bar, or the pane would take one line of letters more because of the bar that it then does not need.
    const int width = this->width() - 2 * frameWidth();
    const int height = 2 * frameWidth() + (content->hasHeightForWidth() ? content->heightForWidth(width) : content->sizeHint().height());
    if (height == m_height)
        return;
    m_height = height;
    setMaximumHeight(height);
    updateGeometry();
}

} // namespace yoid
