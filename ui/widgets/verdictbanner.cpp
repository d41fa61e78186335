// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/verdictbanner.h"

#include "ui/icons.h"
#include "ui/verdicttext.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// At two metres a word needs letters of about 8 mm: 40 px on a common laptop.
constexpr int WordPixels = 40;
constexpr int ShapePixels = 88;

Symbol symbolOf(VerdictLevel level)
{
    switch (level) {
    case VerdictLevel::Waiting: return Symbol::Clock;
    case VerdictLevel::NoAnswer: return Symbol::Circle;
    case VerdictLevel::Accepted: return Symbol::Check;
    case VerdictLevel::CheckByHand: return Symbol::Warning;
    case VerdictLevel::DoNotAccept: return Symbol::Cross;
    }
    return Symbol::Circle;
}

} // namespace

VerdictBanner::VerdictBanner(QWidget *parent)
    : QFrame(parent)
    , m_shape(new PlainLabel(QString(), this))
    , m_word(new PlainLabel(TextRole::Title, QString(), this))
    , m_sentence(new PlainLabel(TextRole::Heading, QString(), this))
    , m_advice(new PlainLabel(QString(), this))
{
    setObjectName(u"verdict"_s);
    setFocusPolicy(Qt::StrongFocus);
    m_shape->setObjectName(u"verdictShape"_s);
    m_word->setObjectName(u"verdictWord"_s);
    m_sentence->setObjectName(u"verdictSentence"_s);
    m_sentence->setWrapped(true);
    m_advice->setObjectName(u"verdictAdvice"_s);
    m_advice->setWrapped(true);
    QFont big = m_word->font();
    big.setPixelSize(WordPixels);
    m_word->setFont(big);
    auto *words = new QVBoxLayout;
    words->setSpacing(metrics::hair);
    words->addWidget(m_word);
    words->addWidget(m_sentence);
    words->addWidget(m_advice);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    row->setSpacing(metrics::margin);
    row->addWidget(m_shape);
    row->addLayout(words, 1);
    refresh();
}

Tone VerdictBanner::toneOf(VerdictLevel level)
{
    switch (level) {
    case VerdictLevel::Accepted: return Tone::Good;
    case VerdictLevel::CheckByHand: return Tone::Warn;
    case VerdictLevel::DoNotAccept: return Tone::Bad;
    case VerdictLevel::Waiting:
    case VerdictLevel::NoAnswer: return Tone::Neutral;
    }
    return Tone::Neutral;
}

void VerdictBanner::setVerdict(VerdictLevel level, const QString &word, const QString &sentence, const QString &advice)
{
    m_level = level;
    m_word->setText(word);
    m_sentence->setText(sentence);
    m_advice->setText(advice);
    setAccessibleName(tr("%1. %2").arg(word, sentence));
    setAccessibleDescription(advice);
    refresh();
}

void VerdictBanner::refresh()
{
    const QColor color = theme::text(toneOf(m_level), palette());
    m_shape->setPixmap(symbolPixmap(symbolOf(m_level), ShapePixels, color, devicePixelRatioF()));
    m_shape->setAccessibleName(m_word->text());
    m_word->setTone(toneOf(m_level));
    update();
}

void VerdictBanner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

void VerdictBanner::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tone tone = toneOf(m_level);
    painter.setPen(QPen(theme::text(tone, palette()), hasFocus() ? 4 : 2));
    painter.setBrush(theme::fill(tone, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), metrics::radius, metrics::radius);
}

} // namespace yoid
