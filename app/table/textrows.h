// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/table/tablereading.h"

#include <functional>
#include <optional>

namespace yoid {

class TableBytes;

/// Told of every piece that was read; false ends the reading.
using PieceTake = std::function<bool(QByteArrayView piece)>;

/// The dialect of a text, from its first bytes; further on only to see whether letters follow that tell the encoding. What Excel
/// writes as a first line `sep=;` rules.
/// \param pasted it came as text and has no other encoding than UTF-8
[[nodiscard]] TableOutcome<CsvGuess> guessText(TableBytes &bytes, bool pasted);

/// All rows with text, from the present place on; the line `sep=…` is none. What `take` or `piece` ended is no problem.
[[nodiscard]] std::optional<TableProblem> readTextRows(TableBytes &bytes, const CsvDialect &dialect, const PieceTake &piece,
                                                       const RowTake &take);

} // namespace yoid
