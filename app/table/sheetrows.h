// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/table/sharedtexts.h"
#include "app/table/tablereading.h"
#include "app/table/workbook.h"

#include <vector>

namespace yoid {

/// The rows of a worksheet, one after the other, as they come out of its part; holds one of them. Rows and cells that are not there
/// are gaps; what is empty at the end of a row is no cell.
class SheetRows final {
public:
    SheetRows(PartReader &reader, const Workbook &workbook, SharedTexts &texts);

    /// Up to the end of the part, or until `take` has enough. \param told how much of the part was unpacked
    [[nodiscard]] std::optional<TableProblem> read(const RowTake &take, const std::function<void(qint64)> &told);

private:
    enum class Type { Number, Shared, Inline, Text, Truth, Error, Day };
    struct Place {
        qsizetype from = 0;
        qsizetype length = 0;
    };

    [[nodiscard]] static Type typeOf(QStringView letter);
    [[nodiscard]] bool rows(const RowTake &take, const std::function<void(qint64)> &told);
    void beginRow(QStringView number);
    void cell();
    [[nodiscard]] qint64 columnOf(QStringView reference);
    void appendValue(Type type, int style);
    void place(qint64 column, qsizetype from);
    [[nodiscard]] TableRow row();
    void fail(const TableProblem &problem) { m_reader.fail(problem); }
    void badText(CsvProblem::Kind kind);

    PartReader &m_reader;
    const Workbook &m_workbook;
    SharedTexts &m_texts;
    qint64 m_row = 0;
    qint64 m_column = 0;
    QString m_text;                     ///< Of all cells of the row.
    QString m_raw;                      ///< Of one cell, as it stands in the part.
    std::vector<Place> m_places;
    std::vector<QStringView> m_cells;
};

} // namespace yoid
