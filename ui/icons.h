// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

#include <QtGui/QIcon>

namespace yoid {

/// Our own line drawings, 24 units square, in `resources/icons`.
enum class Symbol {
    Verify, Issue, Batches, Records, Log, Connect, Practice,
    Check, Warning, Cross, Circle, Clock, Question, Skip, Settings,
    Key, Lock, Copy, Refresh, Search, Pause, Play, Trash, File, Paste, Eye, Person, Send, Qr, Back, Add, Close, More, FullScreen,
};

/// All symbols, so that a test can prove that each has its drawing.
[[nodiscard]] QList<Symbol> allSymbols();
[[nodiscard]] QString symbolName(Symbol symbol);

/// An icon in the colour of the text around it (button, selected row, disabled), following the palette by itself.
[[nodiscard]] QIcon icon(Symbol symbol);
/// An icon in the colour of a tone, following the palette by itself.
[[nodiscard]] QIcon icon(Symbol symbol, Tone tone);
/// One drawing in exactly this colour; invalid when the drawing is missing.
[[nodiscard]] QPixmap symbolPixmap(Symbol symbol, int size, const QColor &color, double devicePixelRatio);
/// The symbol that goes with a tone, so that colour never speaks alone.
[[nodiscard]] Symbol symbolFor(Tone tone);

} // namespace yoid
