// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace yoid {

/// Tables for other programs: RFC 4180 (comma, CRLF, quotes doubled) in UTF-8, and nothing in it can become a formula
/// (reliability 1.9, OWASP ASVS 5 1.2.10). Only for giving out; a table read back holds the apostrophes.

/// What a file begins with, so that spreadsheets take it for UTF-8: the byte order mark.
[[nodiscard]] QByteArray csvStart();
/// One record with its line end.
[[nodiscard]] QByteArray csvLine(const QStringList &fields);

/// The text with an apostrophe before whatever a spreadsheet could take for a formula: a leading `= + - @`, also behind
/// blanks, quotes and invisible characters and in full-width and other compatibility forms, and a leading control
/// character. Numbers are no exception: `-3` and `+27 82…` get one too, because a formula can begin like that. The same
/// after a semicolon, a tab or a line end within the text, where a spreadsheet set to another separator begins a cell.
[[nodiscard]] QString withoutFormulas(QStringView text);

} // namespace yoid
