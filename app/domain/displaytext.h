// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

namespace yoid {

/// Text from a stranger made safe for a label, a cell or a log line (reliability 4.2 nos. 35, 36, 44, 72–77): it stays
/// plain text and every character that could hide, reorder or break what is shown becomes a visible mark, such as
/// `⟨U+202E⟩`, `␀` or `⏎`. Letters of every script, combining marks and joined emoji stay as they are. Only for looking
/// at: never send the result anywhere.

/// One line. Line ends become `⏎`, tabs `⇥`. Longer texts are cut to `maxGraphemes` characters, as people count them,
/// the last being `…`.
[[nodiscard]] QString plainOneLine(QStringView text, int maxGraphemes = 200);
/// The same with line ends kept (all of them as `\n`).
[[nodiscard]] QString plainMultiLine(QStringView text, int maxGraphemes = 4000);
/// True when the text holds something that plainMultiLine() would mark: a reason to look twice at a name.
[[nodiscard]] bool hasHiddenCharacters(QStringView text);

} // namespace yoid
