// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/plainlabel.h"

#include <QtCore/QEvent>
#include <QtWidgets/QApplication>

namespace yoid {

PlainLabel::PlainLabel(const QString &text, QWidget *parent)
    : PlainLabel(TextRole::Body, text, parent)
{
}

PlainLabel::PlainLabel(TextRole role, const QString &text, QWidget *parent)
    : QLabel(parent)
    , m_role(role)
{
    QLabel::setTextFormat(Qt::PlainText);
    setOpenExternalLinks(false);
    setText(text);
    if (role != TextRole::Body)
        applyFont();
}

void PlainLabel::setRole(TextRole role)
{
    m_role = role;
    applyFont();
}

void PlainLabel::setTone(std::optional<Tone> tone)
{
    m_tone = tone;
    applyColor();
}

void PlainLabel::setMuted(bool muted)
{
    m_muted = muted;
    applyColor();
}

void PlainLabel::setWrapped(bool wrapped)
{
    setWordWrap(wrapped);
    if (wrapped)
        setMinimumWidth(1);
}

void PlainLabel::setSelectable(bool selectable)
{
    setTextInteractionFlags(selectable ? Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard : Qt::NoTextInteraction);
}

void PlainLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_ownColor)
        applyColor();
    else if (event->type() == QEvent::ApplicationFontChange && m_role != TextRole::Body)
        applyFont();
}

void PlainLabel::applyFont()
{
    setFont(theme::font(m_role, QApplication::font()));
}

void PlainLabel::applyColor()
{
    if (!m_tone && !m_muted) {
        if (m_ownColor)
            setPalette(QPalette());
        m_ownColor = false;
        return;
    }
    m_ownColor = true;
    const QPalette around = parentWidget() ? parentWidget()->palette() : QApplication::palette();
    const QColor color = m_tone ? theme::text(*m_tone, around) : theme::mutedText(around);
    if (palette().color(QPalette::WindowText) == color)
        return;
    QPalette own;
    own.setColor(QPalette::WindowText, color);
    setPalette(own);
}

} // namespace yoid
