// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/table/numberformat.h"
#include "app/table/partreader.h"

namespace yoid {

/// What a workbook says of itself (SpreadsheetML, ECMA-376 part 1, 18; strict and transitional), apart from the cells.
struct Workbook {
    struct Sheet {
        QString name;
        QString part;
    };
    QList<Sheet> sheets;            ///< Those that can be seen and have cells.
    bool from1904 = false;
    QList<NumberFormat> formats;    ///< By the number of a cell's style.
    QString sharedTexts;            ///< Its part; empty: none.

    [[nodiscard]] static TableOutcome<Workbook> read(const ZipArchive &archive);
    [[nodiscard]] QStringList sheetNames() const;
};

/// A part that must be there. \param cancel may be nullptr
[[nodiscard]] TableOutcome<std::unique_ptr<PartReader>> openPart(const ZipArchive &archive, const QString &name, qint64 cap,
                                                                 const std::atomic_bool *cancel);

/// The name of the part that `target` means when a part in `folder` says so; empty when it leads out of the package.
[[nodiscard]] QString partName(const QString &folder, const QString &target);

} // namespace yoid
