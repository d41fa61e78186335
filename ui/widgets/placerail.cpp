// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/placerail.h"

#include "ui/icons.h"
#include "ui/models/displaytext.h"

#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Quiet until it is current, and with a focus ring that can be seen.
class RailButton final : public QToolButton {
public:
    RailButton(const QString &title, Symbol symbol)
        : m_symbol(symbol)
    {
        setText(title);
        setCheckable(true);
        setAutoExclusive(true);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setFixedHeight(metrics::target);
        setAttribute(Qt::WA_Hover);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        QFontMetrics words(theme::font(TextRole::Strong, font()));
        return { words.horizontalAdvance(text()) + metrics::icon + metrics::margin * 3, metrics::target };
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRect area = rect().adjusted(metrics::hair, 2, -metrics::hair, -2);
        if (isChecked() || (underMouse() && isEnabled())) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme::fill(isChecked() ? Tone::Accent : Tone::Neutral, palette()));
            painter.drawRoundedRect(area, metrics::radius, metrics::radius);
        }
        if (isChecked()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme::text(Tone::Accent, palette()));
            const int x = isRightToLeft() ? area.right() - 3 : area.left();
            painter.drawRoundedRect(x, area.top() + metrics::gap, 3, area.height() - 2 * metrics::gap, 1, 1);
        }
        if (hasFocus()) {
            painter.setPen(QPen(theme::text(Tone::Accent, palette()), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), metrics::radius, metrics::radius);
        }
        const QColor ink = !isEnabled() ? palette().color(QPalette::Disabled, QPalette::WindowText)
            : isChecked()               ? theme::text(Tone::Accent, palette())
                                        : palette().color(QPalette::WindowText);
        QRect icon(area.left() + metrics::margin - 2, area.center().y() - metrics::icon / 2, metrics::icon, metrics::icon);
        QRect words(icon.right() + metrics::gap + 2, area.top(), area.right() - icon.right() - metrics::gap, area.height());
        icon = QStyle::visualRect(layoutDirection(), rect(), icon);
        words = QStyle::visualRect(layoutDirection(), rect(), words);
        painter.drawPixmap(icon.topLeft(), symbolPixmap(m_symbol, metrics::icon, ink, devicePixelRatioF()));
        painter.setPen(ink);
        painter.setFont(isChecked() ? theme::font(TextRole::Strong, font()) : font());
        painter.drawText(words, int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)), text());
    }

private:
    Symbol m_symbol;
};

} // namespace

PlaceRail::PlaceRail(QWidget *parent)
    : QFrame(parent)
    , m_layout(new QVBoxLayout(this))
    , m_group(new QButtonGroup(this))
{
    setObjectName(u"placeRail"_s);
    setAccessibleName(tr("Places"));
    m_layout->setContentsMargins(metrics::hair, metrics::gap, metrics::hair, metrics::gap);
    m_layout->setSpacing(metrics::hair);
    m_layout->addStretch(1);
    setMinimumWidth(132);
}

void PlaceRail::addPlace(const QString &id, const QString &title, Symbol symbol, const QString &shortcut, Where where)
{
    auto *button = new RailButton(title, symbol);
    button->setObjectName(u"place_"_s + id);
    button->setAccessibleName(title);
    m_tips.insert(id, shortcut);
    button->setToolTip(shortcut);
    m_group->addButton(button);
    m_layout->insertWidget(where == Where::Top ? m_atTop++ : m_layout->count(), button); // the stretch stands between
    m_buttons.insert(id, button);
    connect(button, &QToolButton::toggled, this, [this, id](bool on) {
        if (on)
            Q_EMIT chosen(id);
    });
}

void PlaceRail::setCurrent(const QString &id)
{
    if (QToolButton *button = m_buttons.value(id)) {
        button->setChecked(true);
        return;
    }
    // None of ours (the connect place): nothing is marked.
    m_group->setExclusive(false);
    for (QToolButton *button : std::as_const(m_buttons)) {
        button->setAutoExclusive(false);
        button->setChecked(false);
        button->setAutoExclusive(true);
    }
    m_group->setExclusive(true);
}

void PlaceRail::setBlocked(const QString &id, const QString &reason)
{
    QToolButton *button = m_buttons.value(id);
    if (!button)
        return;
    button->setEnabled(reason.isEmpty());
    button->setToolTip(reason.isEmpty() ? m_tips.value(id) : reason);
    button->setAccessibleDescription(reason);
}

void PlaceRail::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.fillRect(isRightToLeft() ? 0 : width() - 1, 0, 1, height(), theme::border(palette()));
}

} // namespace yoid
