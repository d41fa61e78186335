// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablereading.h"

#include "app/table/filehash.h"
#include "app/table/headerguess.h"
#include "app/table/tablebytes.h"


namespace yoid {

namespace {

constexpr qsizetype kSampleLetters = 2LL * 1024 * 1024; ///< A preview is not the place for more.

} // namespace

TableProblem problemOf(TableProblem::Kind kind, const QString &technical)
{
    return { kind, {}, 0, technical };
}

bool isSet(const std::atomic_bool *cancel)
{
    return cancel != nullptr && cancel->load(std::memory_order_relaxed);
}

bool hasText(const TableRow &row)
{
    return std::any_of(row.cells.begin(), row.cells.end(), [](QStringView cell) {
        return std::any_of(cell.begin(), cell.end(), [](QChar c) { return !c.isSpace(); });
    });
}

std::optional<TableProblem> hashRest(TableBytes &bytes, FileHash &hash, const std::atomic_bool *cancel)
{
    QByteArray piece;
    do {
        if (isSet(cancel))
            return problemOf(TableProblem::Kind::Cancelled);
        if (!bytes.next(piece))
            return bytes.problem();
        hash.add(piece);
    } while (!piece.isEmpty());
    return std::nullopt;
}

bool isOther(const TableBytes &bytes, const QByteArray &hash, const QByteArray &expected)
{
    return hash.isEmpty() || !bytes.isAsOpened() || (!expected.isEmpty() && hash != expected);
}

bool Beginning::add(const TableRow &row, qsizetype most)
{
    QStringList cells;
    cells.reserve(qsizetype(row.cells.size()));
    for (const QStringView cell : row.cells) {
        m_letters += cell.size();
        cells.append(cell.toString());
    }
    m_rows.append(cells);
    m_numbers.append(row.row);
    return m_rows.size() < most && m_letters < kSampleLetters;
}

void Beginning::guessHeader(TableLook &look) const
{
    const HeaderGuess header = yoid::guessHeader(m_rows.first(std::min(kHeaderRows, m_rows.size())));
    look.headerRow = header.index < 0 ? 0 : static_cast<int>(m_numbers.at(header.index));
    look.sure = look.sure && header.sure;
}

TableOutcome<TableSample> Beginning::sample(const TableLook &look, qint64 bytes) const
{
    TableSample sample;
    sample.look = look;
    sample.bytes = bytes;
    BelowHeader below(look.headerRow);
    qsizetype width = 0;
    for (qsizetype i = 0; i < m_rows.size() && sample.rows.size() < kSampleRows; ++i) {
        const QStringList &row = m_rows.at(i);
        if (below(m_numbers.at(i)))
            sample.rows.append(row);
        else if (m_numbers.at(i) >= look.headerRow)
            sample.headers = row;
        else
            continue;
        width = std::max(width, row.size());
    }
    if (sample.rows.isEmpty())
        return problemOf(TableProblem::Kind::Empty);
    while (sample.headers.size() < width)
        sample.headers.append(QString());
    return sample;
}

} // namespace yoid
