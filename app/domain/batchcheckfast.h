// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QStringView>

#include <array>

namespace yoid {

/// Short cuts for cells as most files have them. Each says "surely" or nothing: what is not sure takes the exact way, which decides.
/// None of them allocates.
namespace fast {

/// What is known of a character without looking further.
struct Letter {
    std::array<char16_t, 3> folded {};  ///< As foldedText() has it.
    unsigned char foldedSize = 0;
    bool plain = false;     ///< Seen, composed, no control and no mark: it may stand in a name as it is.
    bool sure = false;      ///< `folded` is known.
};
/// Of the scripts whose letters stand below U+0700, and Latin letters with two accents; anything else is not plain.
[[nodiscard]] const Letter &letterOf(char16_t c);
/// A small ASCII letter for a capital one, anything else as it is.
[[nodiscard]] constexpr char16_t lower(char16_t c)
{
    return c >= u'A' && c <= u'Z' ? static_cast<char16_t>(c + 32) : c;
}

/// Without blanks at the ends; other white space is never plain and stays.
[[nodiscard]] inline QStringView trimmed(QStringView cell)
{
    while (!cell.isEmpty() && cell.front() == u' ')
        cell = cell.sliced(1);
    while (!cell.isEmpty() && cell.back() == u' ')
        cell.chop(1);
    return cell;
}
/// Nothing but plain letters, ASCII signs and blanks.
[[nodiscard]] bool isPlain(QStringView text);
/// isPlain(), not long, and not `2.78E+11`.
[[nodiscard]] bool isPlainText(QStringView text);
/// An address that nothing can be said against: ASCII, well-formed, no likely slip in the domain. Trimmed.
[[nodiscard]] bool isPlainMail(QStringView text);
/// Letters, digits, `.`, `-` and `_`, and not `1.5E-05`. Trimmed.
[[nodiscard]] bool isPlainUsername(QStringView text);
/// ASCII, visible, and not `2.78E+11`. Trimmed.
[[nodiscard]] bool isPlainIdentifier(QStringView text);
/// Digits as JSON has them, with this mark. Trimmed.
[[nodiscard]] bool isPlainNumber(QStringView text, char16_t mark);

struct Day {
    int first = 0;
    int second = 0;
    int third = 0;
    bool yearFirst = false;
    bool sure = false;
};
/// `14/11/2026` and `2026-11-14`, with `/`, `.` or `-`; whether the day exists is not looked at. Trimmed.
[[nodiscard]] Day plainDay(QStringView text);
/// 1: yes, 0: no, -1: not sure. Trimmed.
[[nodiscard]] int plainAnswer(QStringView text);

} // namespace fast

} // namespace yoid
