// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace yoid {

/// Which of the first rows holds the names of the columns: the first with most cells that read like names. Titles above it have
/// fewer; rows of people have addresses, numbers and days in them.
struct HeaderGuess {
    int index = -1;         ///< Among the rows given; -1: none does.
    bool sure = false;
};
/// \param rows the first ten or less
[[nodiscard]] HeaderGuess guessHeader(const QList<QStringList> &rows);

} // namespace yoid
