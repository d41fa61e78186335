// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/csvreader.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <atomic>
#include <functional>
#include <optional>
#include <span>

namespace yoid {

class TableBytes;

/// How a table is to be read; guessed by lookAt(), corrected by the user.
struct TableLook {
    enum class Kind { Csv, Workbook };
    Kind kind = Kind::Csv;
    CsvDialect dialect;             ///< Of Kind::Csv; `tab` for what is pasted from a sheet.
    bool sure = false;              ///< Nothing of the guess is in doubt.
    QStringList sheets;             ///< Of a workbook, in its order; hidden ones are not among them.
    int sheet = 0;
    int headerRow = 1;              ///< Which row holds the names of the columns, counted as in TableRow; 0: none does.

    bool operator==(const TableLook &) const = default;
};

/// Why a table cannot be taken; nothing of it is, then.
struct TableProblem {
    enum class Kind {
        CannotOpen,         ///< Not there, not readable, or no file.
        ReadFailed,         ///< It broke off while reading (a pulled stick, reliability 4.2 no. 70).
        Changed,            ///< It is not the file that was looked at (no. 69).
        NotATable,          ///< Neither text nor a workbook: an old .xls, a PDF, a picture …
        Encrypted,          ///< A workbook with a password.
        TooLarge,           ///< A part of the workbook over the cap when unpacked, or more columns or rows than a sheet can have.
        Damaged,            ///< A workbook whose parts do not fit together.
        BadText,            ///< `csv` says what and where.
        Empty,              ///< No row with people in it (no. 55).
        Cancelled,
    };
    Kind kind = Kind::CannotOpen;
    std::optional<CsvProblem> csv;
    qint64 row = 0;                 ///< Where it applies, from 1.
    QString technical;

    bool operator==(const TableProblem &) const = default;
};

template<typename T>
using TableOutcome = std::variant<T, TableProblem>;

/// The first rows of a table as its look reads them.
struct TableSample {
    TableLook look;
    QStringList headers;            ///< Of the header row, as they stand; as many as the widest row has cells.
    QList<QStringList> rows;        ///< At most 50, after the header row.
    qint64 bytes = 0;               ///< Of the file.
};

/// A row on its way out of a table. Views live as long as the call.
struct TableRow {
    qint64 row = 0;                 ///< Line of the text file, or row of the sheet, from 1.
    std::span<const QStringView> cells;
};

/// Bytes that hold a table: a file, or what was pasted. Blocks: for a worker thread. A file is never changed and never kept open.
class TableFile final {
public:
    [[nodiscard]] static TableFile at(const QString &path);
    /// Text from the clipboard.
    [[nodiscard]] static TableFile pasted(const QString &text);

    /// Looks at the beginning and guesses everything (encoding, delimiter, sheet, header row).
    [[nodiscard]] TableOutcome<TableSample> lookAt() const;
    /// The first rows as read with this look.
    [[nodiscard]] TableOutcome<TableSample> sample(const TableLook &look) const;
    /// SHA-256 of all bytes.
    [[nodiscard]] TableOutcome<QByteArray> fingerprint(const std::atomic_bool &cancel) const;

    /// Hands over every row after the header row; false from `take` ends it as Cancelled. The bytes are hashed while they are
    /// read (those of a workbook before), and must be those of `expected` (empty: any); the hash is what is returned. `progress`
    /// is told the bytes read so far, at most a hundred times. Cells of a workbook are text as a person would type it: dates as
    /// `2026-11-14`, numbers with all digits and a point, true/false as such; of a formula the value kept with it; an error
    /// (`#N/A`) as it stands. Rows without text are left out. `cancel` ends it where no rows come. Holds little more than one row, whatever the size (a workbook's shared texts besides, capped).
    using Take = std::function<bool(const TableRow &row)>;
    using Progress = std::function<void(qint64 bytes)>;
    [[nodiscard]] TableOutcome<QByteArray> read(const TableLook &look, const QByteArray &expected, const Take &take,
                                                const Progress &progress, const std::atomic_bool *cancel = nullptr) const;

    /// Without folders; empty for what was pasted.
    [[nodiscard]] QString name() const;

private:
    [[nodiscard]] TableOutcome<TableBytes> open() const;

    QString m_path;
    QByteArray m_pasted;
};

} // namespace yoid
