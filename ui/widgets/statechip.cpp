// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/statechip.h"

#include "ui/icons.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>

namespace yoid {

StateChip::StateChip(QWidget *parent)
    : QFrame(parent)
    , m_symbol(Symbol::Circle)
    , m_icon(new PlainLabel)
    , m_word(new PlainLabel(TextRole::Strong))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::gap, metrics::hair, metrics::gap, metrics::hair);
    layout->setSpacing(metrics::hair + 2);
    layout->addWidget(m_icon);
    layout->addWidget(m_word);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setState(StageState::NotStarted);
}

void StateChip::setState(StageState state)
{
    setState(state, wordFor(state));
}

void StateChip::setState(StageState state, const QString &word)
{
    setMeaning(toneFor(state), symbolFor(state), word);
}

void StateChip::setMeaning(Tone tone, Symbol symbol, const QString &word)
{
    m_tone = tone;
    m_symbol = symbol;
    m_word->setText(word);
    setAccessibleName(word);
    refresh();
}

QString StateChip::word() const
{
    return m_word->text();
}

QString StateChip::wordFor(StageState state)
{
    switch (state) {
    case StageState::NotStarted: return tr("Not started");
    case StageState::Working: return tr("Working");
    case StageState::Done: return tr("Done");
    case StageState::Skipped: return tr("Not wanted");
    case StageState::Failed: return tr("Failed");
    case StageState::InDoubt: return tr("In doubt");
    }
    return {};
}

Tone StateChip::toneFor(StageState state)
{
    switch (state) {
    case StageState::NotStarted:
    case StageState::Skipped: return Tone::Neutral;
    case StageState::Working: return Tone::Accent;
    case StageState::Done: return Tone::Good;
    case StageState::Failed: return Tone::Bad;
    case StageState::InDoubt: return Tone::Warn;
    }
    return Tone::Neutral;
}

Symbol StateChip::symbolFor(StageState state)
{
    switch (state) {
    case StageState::NotStarted: return Symbol::Circle;
    case StageState::Working: return Symbol::Clock;
    case StageState::Done: return Symbol::Check;
    case StageState::Skipped: return Symbol::Skip;
    case StageState::Failed: return Symbol::Cross;
    case StageState::InDoubt: return Symbol::Question;
    }
    return Symbol::Circle;
}

void StateChip::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

void StateChip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::fill(m_tone, palette()));
    painter.drawRoundedRect(rect(), metrics::radius, metrics::radius);
}

void StateChip::refresh()
{
    const QColor color = theme::text(m_tone, palette());
    m_icon->setPixmap(symbolPixmap(m_symbol, metrics::icon - 2, color, devicePixelRatioF()));
    m_word->setTone(m_tone);
    update();
}

} // namespace yoid
