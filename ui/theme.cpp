// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/theme.h"

#include "ui/consolestyle.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace yoid::theme {

namespace {

constexpr double kReadable = 4.5;
constexpr double kVisible = 3.0;
constexpr const char *kQuiet = "yoidQuiet";
constexpr QRgb kAccent = 0xff1f5fbf;

double channel(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(double(color.redF())) + 0.7152 * channel(double(color.greenF()))
        + 0.0722 * channel(double(color.blueF()));
}

QColor mix(const QColor &a, const QColor &b, float share)
{
    const float rest = 1.0F - share;
    return QColor::fromRgbF(a.redF() * rest + b.redF() * share, a.greenF() * rest + b.greenF() * share,
                            a.blueF() * rest + b.blueF() * share);
}

/// Moves the colour towards black or white until it can be read on all of these.
QColor readable(const QColor &wanted, std::initializer_list<QColor> backgrounds, bool dark)
{
    const auto good = [&](const QColor &color) {
        return std::all_of(backgrounds.begin(), backgrounds.end(),
                           [&](const QColor &background) { return contrast(color, background) >= kReadable; });
    };
    const QColor end = dark ? QColor(Qt::white) : QColor(Qt::black);
    for (int step = 0; step < 20; ++step) {
        const QColor color = mix(wanted, end, float(step) / 20.0F);
        if (good(color))
            return color;
    }
    return end;
}

QColor hue(Tone tone, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (tone) {
    case Tone::Neutral: return palette.color(QPalette::WindowText);
    case Tone::Accent: return dark ? QColor(0x7f, 0xb2, 0xff) : QColor::fromRgb(kAccent);
    case Tone::Good: return dark ? QColor(0x5f, 0xd0, 0x8a) : QColor(0x17, 0x6b, 0x3a);
    case Tone::Warn: return dark ? QColor(0xf2, 0xb8, 0x4b) : QColor(0x8a, 0x55, 0x00);
    case Tone::Bad: return dark ? QColor(0xff, 0x8f, 0x85) : QColor(0xb0, 0x1e, 0x23);
    }
    return palette.color(QPalette::WindowText);
}

/// Paints one button in the accent. Fusion would lighten the colour until white words on it could not be read.
class PrimaryLook final : public QObject {
public:
    explicit PrimaryLook(QPushButton *button)
        : QObject(button)
        , m_button(button)
    {
        button->installEventFilter(this);
        button->setAttribute(Qt::WA_Hover);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_button->isEnabled() && !m_button->property(kQuiet).toBool()) {
            paint();
            return true;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    void paint() const
    {
        QPainter painter(m_button);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF area = QRectF(m_button->rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        QColor color = QColor::fromRgb(kAccent);
        if (m_button->isDown())
            color = color.darker(125);
        else if (m_button->underMouse())
            color = color.darker(112);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(area, metrics::hair, metrics::hair);
        if (m_button->hasFocus()) {
            painter.setPen(QPen(Qt::white, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(area.adjusted(2.5, 2.5, -2.5, -2.5), 2, 2);
        }
        painter.setPen(Qt::white);
        painter.setFont(m_button->font());
        // Wrapped where a sentence is wider than its place (SentenceButton is high enough then).
        painter.drawText(m_button->rect().adjusted(metrics::hair, 0, -metrics::hair, 0),
                         int(Qt::AlignCenter) | int(Qt::TextShowMnemonic) | int(Qt::TextWordWrap), m_button->text());
    }

    QPushButton *m_button;
};

} // namespace

void install(QApplication &app)
{
#if defined(Q_OS_LINUX)
    QApplication::setStyle(new ConsoleStyle);
#endif
    // Only these roles are ours; everything else goes on following the system.
    QPalette palette;
    palette.setColor(QPalette::Highlight, QColor::fromRgb(kAccent));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    QApplication::setPalette(palette);
    app.setProperty("yoidThemeInstalled", true);
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window)) < luminance(palette.color(QPalette::WindowText));
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor accent()
{
    return QColor::fromRgb(kAccent);
}

QColor fill(Tone tone, const QPalette &palette)
{
    return mix(palette.color(QPalette::Window), hue(tone, palette), tone == Tone::Neutral ? 0.06F : 0.12F);
}

QColor text(Tone tone, const QPalette &palette)
{
    return readable(hue(tone, palette),
                    { palette.color(QPalette::Window), palette.color(QPalette::Base), fill(tone, palette) }, isDark(palette));
}

QColor mutedText(const QPalette &palette)
{
    const QColor wanted = mix(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.35F);
    return readable(wanted, { palette.color(QPalette::Window), palette.color(QPalette::Base) }, isDark(palette));
}

QColor outline(const QPalette &palette)
{
    const QColor window = palette.color(QPalette::Window);
    const QColor base = palette.color(QPalette::Base);
    const QColor end = palette.color(QPalette::WindowText);
    for (int step = 6; step < 20; ++step) {
        const QColor color = mix(window, end, float(step) / 20.0F);
        if (contrast(color, window) >= kVisible && contrast(color, base) >= kVisible)
            return color;
    }
    return end;
}

QColor border(const QPalette &palette)
{
    return mix(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.18F);
}

QFont font(TextRole role, const QFont &base)
{
    QFont font = base;
    const auto scale = [&](double factor) {
        if (base.pointSizeF() > 0)
            font.setPointSizeF(base.pointSizeF() * factor);
        else
            font.setPixelSize(int(std::lround(base.pixelSize() * factor)));
    };
    switch (role) {
    case TextRole::Title:
        scale(1.7);
        font.setWeight(QFont::DemiBold);
        break;
    case TextRole::Heading:
        scale(1.2);
        font.setWeight(QFont::DemiBold);
        break;
    case TextRole::Strong:
        font.setWeight(QFont::DemiBold);
        break;
    case TextRole::Body:
        break;
    case TextRole::Small:
        scale(0.9);
        break;
    case TextRole::Code:
        font.setFamilies({ u"monospace"_s });
        font.setStyleHint(QFont::Monospace);
        font.setFixedPitch(true);
        break;
    }
    return font;
}

Band band(Environment environment)
{
    switch (environment) {
    case Environment::Practice: return { QColor(0x54, 0x3a, 0x93), QColor(0x66, 0x4d, 0xa3), Qt::white, Qt::Dense6Pattern };
    case Environment::Test: return { QColor(0x0b, 0x62, 0x5c), QColor(0x1f, 0x73, 0x6d), Qt::white, Qt::BDiagPattern };
    case Environment::Production: return { QColor(0x8e, 0x14, 0x20), QColor(0xa3, 0x30, 0x3a), Qt::white, Qt::DiagCrossPattern };
    case Environment::Custom: return { QColor(0x3f, 0x4b, 0x57), QColor(0x53, 0x5f, 0x6b), Qt::white, Qt::HorPattern };
    }
    return {};
}

void makePrimary(QPushButton *button)
{
    button->setMinimumHeight(metrics::control);
    button->setFont(font(TextRole::Strong, QApplication::font()));
    new PrimaryLook(button);
}

void setPrimary(QPushButton *button, bool primary)
{
    button->setProperty(kQuiet, !primary);
    button->setFont(font(primary ? TextRole::Strong : TextRole::Body, QApplication::font()));
    button->update();
}

} // namespace yoid::theme
