// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>
#include <QtCore/QStringView>

namespace yoid {

/// What the number format of a cell makes of a number, as far as it changes what a person reads.
struct NumberFormat {
    enum class Kind {
        Plain,      ///< The number itself.
        Date,
        DateTime,   ///< The day, and the time of day when there is one.
        Time,
        Elapsed,    ///< `[h]:mm`: hours may be more than 24.
        Padded,     ///< `00000`: leading zeros up to `digits`.
    };
    Kind kind = Kind::Plain;
    int digits = 0;
    bool operator==(const NumberFormat &) const = default;
};

/// Formats without a code of their own (ECMA-376 part 1, 18.8.30), those of East Asian languages among them.
[[nodiscard]] NumberFormat builtInFormat(int id);
/// By the code of a format, such as `dd/mm/yyyy;@` (18.8.31).
[[nodiscard]] NumberFormat numberFormat(QStringView code);

/// A number of a sheet as a person would type it: `2026-11-14`, `13:45`, `0027`, all digits and no exponent otherwise. Fifteen digits
/// count, as for spreadsheets themselves; whole numbers keep all they have. What is no number stays as it is.
/// \param from1904 days are counted from 1904-01-01, not from 1900
[[nodiscard]] QString numberText(QStringView raw, const NumberFormat &format, bool from1904);

} // namespace yoid
