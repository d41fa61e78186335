// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/batch.h"
#include "app/table/tablefile.h"

#include <QtCore/QHash>

namespace yoid {

/// A row of a table of problems that was given back, with its cells by the columns of the batch.
struct RepairedRow {
    int number = 0;
    QHash<int, QString> cells;
};

/// The names of the columns that a table of problems has beside those of the file. In English for every user: they are how such a
/// table is known again.
[[nodiscard]] QStringList repairColumns(); ///< row, reason, batch

/// Reads such a table, whatever became of the order of its columns and of its kind. Blocks. InvalidInput when it is not of this batch.
/// \param headers of the file the batch was made of
[[nodiscard]] Outcome<QList<RepairedRow>> readRepaired(const TableFile &file, const QStringList &headers, const BatchId &batch);

/// What a person has written in a cell of the table, or nothing when it says what it said: also where only the apostrophe against
/// formulas, or a spreadsheet with its own mind about numbers and dates, has changed it.
/// \param order of the dates, in a column of dates
[[nodiscard]] std::optional<QString> repairIn(const QString &given, const QString &present, std::optional<DateOrder> order, int thisYear);

} // namespace yoid
