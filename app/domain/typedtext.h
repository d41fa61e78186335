// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <optional>

namespace yoid {

/// What people type and paste, brought into one form. Line ends are never trimmed away: in an identifier they are an
/// attack or an accident, and both are to be seen (reliability 4.2 no. 62).

/// Without white space at the ends, line ends excepted.
[[nodiscard]] QString trimmedText(QStringView text);
/// Without direction marks and zero-width fillers; joiners stay, for letters need them.
[[nodiscard]] QString withoutDirectionMarks(QStringView text);
/// Decimal digits of any script, and the Arabic decimal mark, as ASCII.
[[nodiscard]] QString asciiDigits(QStringView text);
/// For e-mail, user name and own id: no invisible characters, ASCII digits, full-width letters and signs as ASCII, NFC.
[[nodiscard]] QString plainIdentifier(QStringView text);
/// True for control characters, line separators and characters that turn the direction of text.
[[nodiscard]] bool hasForbiddenControls(QStringView text);

/// True when one letter is wrong, missing, too many, or two stand the wrong way round (optimal string alignment distance 1).
[[nodiscard]] bool isOneSlipAway(QStringView typed, QStringView meant);

/// A number as JSON writes it (RFC 8259 6), digit for digit as typed: a decimal comma becomes a point. Nothing when it
/// is none, when it is beyond a double, or when a comma may as well part thousands (`1,234`).
[[nodiscard]] std::optional<QByteArray> jsonNumber(QStringView typed);
/// `YYYY-MM-DD` of a day that exists; nothing for any other order or form.
[[nodiscard]] std::optional<QString> isoDate(QStringView typed);
/// `true` and `false`, in any case.
[[nodiscard]] std::optional<bool> plainBoolean(QStringView typed);

} // namespace yoid
