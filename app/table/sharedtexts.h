// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/table/partreader.h"

#include <string>
#include <vector>

namespace yoid {

/// The text of a string item (ECMA-376 part 1, 18.4.8) at which the reader stands: its runs joined, hints for pronouncing left out,
/// `_x000D_` resolved (22.9.2.19).
void appendStringItem(PartReader &reader, QString &to);
/// Resolves `_xHHHH_` in what stands behind `from`.
void resolveEscapes(QString &text, qsizetype from);

/// The texts that the cells of a workbook share, read no further than they are asked for and kept as UTF-8 (a text of a table is
/// mostly ASCII, and there may be millions).
class SharedTexts final {
public:
    /// \param reader may be nothing: there are none
    explicit SharedTexts(std::unique_ptr<PartReader> reader);

    /// False when there is no such text, or too much of them: then problem() says so.
    [[nodiscard]] bool append(quint32 index, QString &to);
    /// Reads what was not asked for, to prove it whole.
    void finish();
    [[nodiscard]] const std::optional<TableProblem> &problem() const { return m_problem; }

private:
    bool readOne();
    void keep(QByteArrayView text);
    void takeProblem();

    std::unique_ptr<PartReader> m_reader;
    std::vector<std::string> m_chunks;  ///< Of one size; a text never goes over the end of its chunk.
    std::vector<quint32> m_places;      ///< Chunk and offset of each text, its length before it.
    QString m_text;
    std::optional<TableProblem> m_problem;
    bool m_inTable = false;
    bool m_ended = false;
};

} // namespace yoid
