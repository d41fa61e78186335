// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/card.h"

#include "ui/theme.h"

#include <QtGui/QPainter>

namespace yoid {

Card::Card(QWidget *parent)
    : QFrame(parent)
{
    setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
}

void Card::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme::border(palette()));
    painter.setBrush(palette().base());
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius, metrics::radius);
}

} // namespace yoid
