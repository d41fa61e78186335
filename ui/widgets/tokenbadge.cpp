// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/tokenbadge.h"

#include "ui/widgets/tokendetails.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyle>

using namespace Qt::StringLiterals;

namespace yoid {

TokenBadge::TokenBadge(Clock &clock, QWidget *parent)
    : QAbstractButton(parent)
    , m_clock(clock)
{
    setObjectName(u"tokenBadge"_s);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setAccessibleDescription(tr("Opens the details of the access token."));
    m_second.setInterval(1000);
    m_second.setTimerType(Qt::CoarseTimer);
    connect(&m_second, &QTimer::timeout, this, [this] { refresh(); });
    connect(this, &QAbstractButton::clicked, this, [this] { openDetails(); });
    refresh();
}

void TokenBadge::setStatus(const std::optional<TokenStatus> &status)
{
    m_status = status;
    refresh();
    runTimer();
}

void TokenBadge::openDetails()
{
    if (m_details) {
        m_details->close();
        return;
    }
    m_details = new TokenDetails(this);
    connect(m_details, &TokenDetails::renewRequested, this, &TokenBadge::renewRequested);
    connect(m_details, &TokenDetails::profileRequested, this, &TokenBadge::profileRequested);
    refresh();
    m_details->showAboveAnchor();
    runTimer();
}

QSize TokenBadge::sizeHint() const
{
    return { metrics::icon + metrics::gap * 3 + fontMetrics().horizontalAdvance(m_words.shown) + 2,
             qMax(metrics::icon, fontMetrics().height()) + metrics::gap };
}

void TokenBadge::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(theme::text(Tone::Accent, palette()), 2) : QPen(Qt::NoPen));
    painter.setBrush(theme::fill(m_words.tone, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), metrics::radius, metrics::radius);
    const QColor ink = theme::text(m_words.tone, palette());
    QRect icon(metrics::gap, (height() - metrics::icon) / 2, metrics::icon, metrics::icon);
    QRect words(icon.right() + metrics::gap, 0, width() - icon.right() - metrics::gap, height());
    icon = QStyle::visualRect(layoutDirection(), rect(), icon);
    words = QStyle::visualRect(layoutDirection(), rect(), words);
    painter.drawPixmap(icon.topLeft(), symbolPixmap(m_words.symbol, metrics::icon, ink, devicePixelRatioF()));
    painter.setPen(ink);
    painter.drawText(words, int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)), m_words.shown);
}

void TokenBadge::showEvent(QShowEvent *event)
{
    QAbstractButton::showEvent(event);
    refresh();
    runTimer();
}

void TokenBadge::hideEvent(QHideEvent *event)
{
    QAbstractButton::hideEvent(event);
    m_second.stop();
}

void TokenBadge::refresh()
{
    const TokenWords words = m_status ? tokenWords(*m_status, m_clock.continuousMs()) : tokenWordsWithoutSession();
    const bool sameWidth = words.shown.size() == m_words.shown.size();
    const bool changed = !(words == m_words);
    m_words = words;
    const QString name = tr("Access token: %1").arg(words.state);
    if (accessibleName() != name)
        setAccessibleName(name);
    if (changed) {
        if (!sameWidth)
            updateGeometry();
        update();
    }
    if (m_details)
        m_details->setStatus(m_status, m_clock.continuousMs());
}

void TokenBadge::runTimer()
{
    const bool counts = m_words.counts || (m_details && m_status);
    if (counts && isVisible())
        m_second.start();
    else
        m_second.stop();
}

} // namespace yoid
