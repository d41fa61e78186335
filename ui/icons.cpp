// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/icons.h"

#include <QtCore/QFile>
#include <QtGui/QGuiApplication>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

#include <optional>

using namespace Qt::StringLiterals;

/// Pulls the compiled-in files out of the static library; the macro must stand outside any namespace.
static void initialiseResources()
{
    Q_INIT_RESOURCE(console);
}

namespace yoid {

namespace {

/// Draws at paint time, so that a change of palette needs no new icon.
class SymbolEngine final : public QIconEngine {
public:
    SymbolEngine(Symbol symbol, std::optional<Tone> tone)
        : m_symbol(symbol)
        , m_tone(tone)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        Q_UNUSED(state)
        const int side = qMin(rect.width(), rect.height());
        const QPixmap drawing = symbolPixmap(m_symbol, side, color(mode), painter->device()->devicePixelRatioF());
        painter->drawPixmap(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, drawing);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        Q_UNUSED(state)
        return symbolPixmap(m_symbol, qMin(size.width(), size.height()), color(mode), 1.0);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        Q_UNUSED(state)
        Q_UNUSED(scale)
        return symbolPixmap(m_symbol, qMin(size.width(), size.height()), color(mode), 1.0);
    }

    [[nodiscard]] QIconEngine *clone() const override { return new SymbolEngine(m_symbol, m_tone); }

private:
    [[nodiscard]] QColor color(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        switch (mode) {
        case QIcon::Disabled: return palette.color(QPalette::Disabled, QPalette::ButtonText);
        case QIcon::Selected: return palette.color(QPalette::HighlightedText);
        case QIcon::Normal:
        case QIcon::Active: break;
        }
        return m_tone ? theme::text(*m_tone, palette) : palette.color(QPalette::ButtonText);
    }

    Symbol m_symbol;
    std::optional<Tone> m_tone;
};

struct SymbolRow {
    Symbol symbol;
    const char16_t *name;
};

constexpr SymbolRow kSymbols[] {
    { Symbol::Verify, u"verify" }, { Symbol::Issue, u"issue" }, { Symbol::Batches, u"batches" }, { Symbol::Records, u"records" }, { Symbol::Log, u"log" },
    { Symbol::Connect, u"connect" }, { Symbol::Practice, u"practice" }, { Symbol::Check, u"check" },
    { Symbol::Warning, u"warning" }, { Symbol::Cross, u"cross" }, { Symbol::Circle, u"circle" },
    { Symbol::Clock, u"clock" }, { Symbol::Question, u"question" }, { Symbol::Skip, u"skip" },
    { Symbol::Settings, u"settings" },
    { Symbol::Key, u"key" }, { Symbol::Lock, u"lock" }, { Symbol::Copy, u"copy" },
    { Symbol::Refresh, u"refresh" }, { Symbol::Search, u"search" }, { Symbol::Pause, u"pause" },
    { Symbol::Play, u"play" }, { Symbol::Trash, u"trash" }, { Symbol::File, u"file" },
    { Symbol::Paste, u"paste" }, { Symbol::Eye, u"eye" }, { Symbol::Person, u"person" },
    { Symbol::Send, u"send" }, { Symbol::Qr, u"qr" }, { Symbol::Back, u"back" }, { Symbol::Add, u"add" },
    { Symbol::Close, u"close" }, { Symbol::More, u"more" }, { Symbol::FullScreen, u"fullscreen" },
};

} // namespace

QList<Symbol> allSymbols()
{
    QList<Symbol> symbols;
    for (const SymbolRow &row : kSymbols)
        symbols.append(row.symbol);
    return symbols;
}

QString symbolName(Symbol symbol)
{
    for (const SymbolRow &row : kSymbols) {
        if (row.symbol == symbol)
            return QString::fromUtf16(row.name);
    }
    return {};
}

QPixmap symbolPixmap(Symbol symbol, int size, const QColor &color, double devicePixelRatio)
{
    const int pixels = qMax(1, qRound(size * devicePixelRatio));
    const QString key = u"yoid-symbol/%1/%2/%3"_s.arg(symbolName(symbol)).arg(pixels).arg(color.name());
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        initialiseResources();
        QFile file(u":/icons/"_s + symbolName(symbol) + u".svg"_s);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QByteArray drawing = file.readAll();
        drawing.replace("#000000", color.name().toLatin1());
        QSvgRenderer renderer(drawing);
        if (!renderer.isValid())
            return {};
        pixmap = QPixmap(pixels, pixels);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.end();
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QIcon icon(Symbol symbol)
{
    return QIcon(new SymbolEngine(symbol, std::nullopt));
}

QIcon icon(Symbol symbol, Tone tone)
{
    return QIcon(new SymbolEngine(symbol, tone));
}

Symbol symbolFor(Tone tone)
{
    switch (tone) {
    case Tone::Neutral: return Symbol::Circle;
    case Tone::Accent: return Symbol::Clock;
    case Tone::Good: return Symbol::Check;
    case Tone::Warn: return Symbol::Warning;
    case Tone::Bad: return Symbol::Cross;
    }
    return Symbol::Circle;
}

} // namespace yoid
