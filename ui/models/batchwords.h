// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batch.h"
#include "app/domain/csvreader.h"

namespace yoid {

/// "Batch 7"
[[nodiscard]] QString batchName(const BatchHead &head);
/// The file's name (or that it was pasted), made safe to show.
[[nodiscard]] QString batchFile(const BatchHead &head);
/// How far it has come, as a sentence without full stop: "Being prepared: match the columns", "228 of 281 delivered".
[[nodiscard]] QString batchPhaseText(const BatchHead &head);
/// "300 people"
[[nodiscard]] QString peopleText(int count);
/// The column's name in the file, else "Column 3"; safe to show.
[[nodiscard]] QString columnTitle(const QStringList &headers, int column);
[[nodiscard]] QString encodingTitle(CsvEncoding encoding);
[[nodiscard]] QString delimiterTitle(char16_t delimiter);

} // namespace yoid
