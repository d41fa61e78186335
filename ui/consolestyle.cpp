// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/consolestyle.h"

#include "ui/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyleFactory>
#include <QtWidgets/QStyleOption>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int FieldPadding = 12; ///< Above and below the letters of a field, together.
constexpr int RowPadding = 10;   ///< The same of a line in a list.
constexpr qreal Corner = 2;

QColor edge(const QStyleOption &option)
{
    return option.state.testFlag(QStyle::State_Enabled) ? theme::outline(option.palette) : theme::border(option.palette);
}

QRectF inside(const QStyleOption &option)
{
    return QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

void drawTick(const QStyleOption &option, QPainter &painter)
{
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = option.state.testFlag(QStyle::State_On);
    const bool partly = option.state.testFlag(QStyle::State_NoChange);
    const qreal side = std::min(option.rect.width(), option.rect.height()) - 1;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    painter.setPen(on && enabled ? QPen(theme::accent()) : QPen(edge(option)));
    painter.setBrush(on ? (enabled ? theme::accent() : theme::border(option.palette)) : option.palette.color(QPalette::Base));
    painter.drawRoundedRect(box, Corner, Corner);
    painter.setPen(QPen(on ? Qt::white : edge(option), side / 7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](qreal x, qreal y) { return box.topLeft() + QPointF(x * side, y * side); };
    if (on) {
        const QPointF tick[] { at(0.24, 0.52), at(0.43, 0.71), at(0.77, 0.30) };
        painter.drawPolyline(tick, 3);
    } else if (partly) {
        painter.drawLine(at(0.25, 0.5), at(0.75, 0.5));
    }
}

void drawDot(const QStyleOption &option, QPainter &painter)
{
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = option.state.testFlag(QStyle::State_On);
    const qreal side = std::min(option.rect.width(), option.rect.height()) - 1;
    QRectF circle(0, 0, side, side);
    circle.moveCenter(QRectF(option.rect).center());
    const QColor color = on && enabled ? theme::accent() : edge(option);
    painter.setPen(color);
    painter.setBrush(on && enabled ? theme::accent() : option.palette.color(QPalette::Base));
    painter.drawEllipse(circle);
    if (!on)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(enabled ? QColor(Qt::white) : color);
    painter.drawEllipse(circle.center(), side / 5, side / 5);
}

} // namespace

ConsoleStyle::ConsoleStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{
}

void ConsoleStyle::polish(QPalette &palette)
{
    QProxyStyle::polish(palette);
    // Some desktops leave this one black on dark.
    palette.setColor(QPalette::PlaceholderText, theme::mutedText(palette));
}

QSize ConsoleStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                                     const QWidget *widget) const
{
    QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    const int letters = option ? option->fontMetrics.height() : 0;
    switch (type) {
    case CT_PushButton:
        size.rwidth() += metrics::margin;
        size.setHeight(std::max({ size.height(), letters + metrics::margin, metrics::control }));
        break;
    case CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option); button && !button->text.isEmpty()) {
            size.rwidth() += metrics::gap;
            size.setHeight(std::max(size.height(), letters + FieldPadding));
        }
        break;
    case CT_ComboBox:
        size.rwidth() += metrics::gap;
        size.setHeight(std::max(size.height(), letters + FieldPadding));
        break;
    case CT_LineEdit:
        size.setHeight(std::max(size.height(), letters + FieldPadding));
        break;
    case CT_ItemViewItem:
        size.setHeight(std::max(size.height(), letters + RowPadding));
        break;
    default:
        break;
    }
    return size;
}

QRect ConsoleStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    return element == SE_LineEditContents ? rect.adjusted(metrics::hair, 0, -metrics::hair, 0) : rect;
}

int ConsoleStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return metrics::gap;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return std::max(QProxyStyle::pixelMetric(metric, option, widget), option ? option->fontMetrics.ascent() + 2 : 0);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

void ConsoleStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
    case PE_IndicatorRadioButton:
    case PE_FrameLineEdit:
    case PE_Frame:
        break;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (element == PE_IndicatorRadioButton) {
        drawDot(*option, *painter);
    } else if (element == PE_FrameLineEdit || element == PE_Frame) {
        const bool focused = element == PE_FrameLineEdit && option->state.testFlag(State_HasFocus);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(focused                      ? QPen(theme::text(Tone::Accent, option->palette), 2)
                            : element == PE_Frame ? QPen(theme::border(option->palette))
                                                  : QPen(edge(*option)));
        painter->drawRoundedRect(focused ? inside(*option).adjusted(0.5, 0.5, -0.5, -0.5) : inside(*option), Corner, Corner);
    } else {
        drawTick(*option, *painter);
    }
    painter->restore();
}

} // namespace yoid
