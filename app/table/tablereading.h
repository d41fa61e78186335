// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/table/tablefile.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace yoid {

class FileHash;
class TableBytes;

/// What reading a text and reading a workbook have in common.

/// Takes a row that has something in it; false ends the reading.
using RowTake = std::function<bool(const TableRow &row)>;

[[nodiscard]] TableProblem problemOf(TableProblem::Kind kind, const QString &technical = {});
[[nodiscard]] bool isSet(const std::atomic_bool *cancel);
/// Whether there is anything but blanks in the row.
[[nodiscard]] bool hasText(const TableRow &row);
/// Hashes what is left of the bytes.
[[nodiscard]] std::optional<TableProblem> hashRest(TableBytes &bytes, FileHash &hash, const std::atomic_bool *cancel);
/// Whether they are other bytes than those that were looked at, or became others while they were read.
[[nodiscard]] bool isOther(const TableBytes &bytes, const QByteArray &hash, const QByteArray &expected);

/// The first rows with their numbers, as they are found.
class Beginning final {
public:
    static constexpr qsizetype kSampleRows = 50;
    static constexpr qsizetype kHeaderRows = 10; ///< Among which the header is looked for.

    /// False when it has enough.
    bool add(const TableRow &row, qsizetype most);
    /// Guesses the header row; adds to the doubt there is.
    void guessHeader(TableLook &look) const;
    [[nodiscard]] TableOutcome<TableSample> sample(const TableLook &look, qint64 bytes) const;

private:
    QList<QStringList> m_rows;
    QList<qint64> m_numbers;
    qsizetype m_letters = 0;
};

/// Lets only the rows below the header through.
class BelowHeader final {
public:
    explicit BelowHeader(int headerRow)
        : m_headerRow(headerRow)
        , m_passed(headerRow < 1)
    {
    }
    bool operator()(qint64 row)
    {
        if (m_passed)
            return true;
        m_passed = row >= m_headerRow; // that one is the header itself
        return false;
    }

private:
    int m_headerRow;
    bool m_passed;
};

/// Tells the progress at most a hundred times.
class Steps final {
public:
    Steps(qint64 total, const TableFile::Progress &progress)
        : m_step(std::max<qint64>(1, total / 99))
        , m_progress(progress)
    {
    }
    void at(qint64 bytes)
    {
        if (!m_progress || bytes < m_next)
            return;
        m_next = bytes + m_step;
        m_progress(bytes);
    }

private:
    qint64 m_step;
    qint64 m_next = 0;
    const TableFile::Progress &m_progress;
};

[[nodiscard]] TableOutcome<TableSample> lookAtText(TableBytes &bytes, bool pasted);
[[nodiscard]] TableOutcome<TableSample> sampleText(TableBytes &bytes, const TableLook &look);
[[nodiscard]] TableOutcome<QByteArray> readText(TableBytes &bytes, const TableLook &look, const QByteArray &expected,
                                                const TableFile::Take &take, const TableFile::Progress &progress,
                                                const std::atomic_bool *cancel);

[[nodiscard]] TableOutcome<TableSample> lookAtWorkbook(TableBytes &bytes);
[[nodiscard]] TableOutcome<TableSample> sampleWorkbook(TableBytes &bytes, const TableLook &look);
[[nodiscard]] TableOutcome<QByteArray> readWorkbook(TableBytes &bytes, const TableLook &look, const QByteArray &expected,
                                                    const TableFile::Take &take, const TableFile::Progress &progress,
                                                    const std::atomic_bool *cancel);

} // namespace yoid
