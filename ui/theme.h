// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/profile.h"

#include <QtGui/QColor>
#include <QtGui/QFont>
#include <QtGui/QPalette>

class QApplication;
class QPushButton;

namespace yoid {

/// The only place where distances are written down. Device-independent pixels.
namespace metrics {
inline constexpr int hair = 4;          ///< Between an icon and its word.
inline constexpr int gap = 8;           ///< Between things that belong together.
inline constexpr int margin = 16;       ///< Around a place or a card.
inline constexpr int section = 24;      ///< Between sections.
inline constexpr int radius = 6;        ///< Corners of cards and chips.
inline constexpr int icon = 20;         ///< Beside a word.
inline constexpr int bigIcon = 40;      ///< Beside a title.
inline constexpr int control = 34;      ///< Least height of a main button.
inline constexpr int target = 44;       ///< Least size of what a finger must hit.
inline constexpr int column = 680;      ///< Widest line of text that reads well.
inline constexpr int field = 420;       ///< Widest single-line field.
}

/// The only sizes of text.
enum class TextRole { Title, Heading, Strong, Body, Small, Code };

/// What a colour says. Never said by colour alone: an icon and a word go with it.
enum class Tone { Neutral, Accent, Good, Warn, Bad };

/// Colours and fonts, all worked out from the palette in use, so that light, dark and high contrast need no switch.
namespace theme {

/// Fusion where the desktop brings no style of its own, and the one accent as highlight.
void install(QApplication &app);

[[nodiscard]] bool isDark(const QPalette &palette);
/// WCAG 2 contrast ratio, 1 … 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);
/// Text and icon colour of a tone: at least 4.5:1 on window, base and the tone's own fill.
[[nodiscard]] QColor text(Tone tone, const QPalette &palette);
/// The one accent as a background; its words are white.
[[nodiscard]] QColor accent();
/// A quiet background of that tone.
[[nodiscard]] QColor fill(Tone tone, const QPalette &palette);
/// For secondary words; still 4.5:1 on window and base.
[[nodiscard]] QColor mutedText(const QPalette &palette);
/// The edge of something to work with: at least 3:1 on window and base.
[[nodiscard]] QColor outline(const QPalette &palette);
/// A thin line between areas.
[[nodiscard]] QColor border(const QPalette &palette);
[[nodiscard]] QFont font(TextRole role, const QFont &base);

/// How an environment is told apart on every window: colour, pattern and (elsewhere) its word.
struct Band {
    QColor background;
    QColor stripes;
    QColor text;
    Qt::BrushStyle pattern = Qt::NoBrush;
};
[[nodiscard]] Band band(Environment environment);

/// Gives the one main button of a place the accent colour. Follows the palette by itself.
void makePrimary(QPushButton *button);
/// Takes the accent off a button that makePrimary() was called for, or gives it back: there is one main button at a time.
void setPrimary(QPushButton *button, bool primary);

} // namespace theme

} // namespace yoid
