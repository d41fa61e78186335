// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/textrows.h"

#include "app/table/tablebytes.h"

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// The delimiter that a first line `sep=;` names.
std::optional<char16_t> namedDelimiter(const CsvRecord &record, char16_t delimiter)
{
    if (record.line() != 1 || record.size() > 2)
        return std::nullopt;
    const QString line = record.texts().join(QChar(delimiter)); // split by its own delimiter it has two cells
    if (line.size() != 5 || !line.startsWith("sep="_L1, Qt::CaseInsensitive))
        return std::nullopt;
    return line.back().unicode();
}

bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0; });
}

/// Looks for the first letters beyond ASCII and guesses by them. False when the bytes cannot be read.
bool lookFurther(TableBytes &bytes, CsvGuess &guess)
{
    QByteArray piece;
    for (;;) {
        if (!bytes.next(piece, TableBytes::kHead))
            return false;
        if (piece.isEmpty())
            return true;
        if (isAscii(piece))
            continue;
        // A letter may be cut off at the end of the piece, but not at its beginning: what came before was ASCII.
        const CsvGuess further = guessCsvDialect(piece, false);
        guess.dialect.encoding = further.dialect.encoding;
        guess.sure = further.sure;
        return true;
    }
}

} // namespace

TableOutcome<CsvGuess> guessText(TableBytes &bytes, bool pasted)
{
    QByteArray head;
    if (!bytes.seek(0) || !bytes.next(head, TableBytes::kHead))
        return bytes.problem();
    const bool whole = head.size() < TableBytes::kHead;
    CsvGuess guess = guessCsvDialect(head, whole);
    if (pasted) {
        guess.dialect.encoding = CsvEncoding::Utf8;
        guess.sure = true;
        if (head.contains('\t'))
            guess.dialect.delimiter = u'\t'; // what a sheet puts on the clipboard
    } else if (!whole && isAscii(head) && !lookFurther(bytes, guess)) {
        return bytes.problem();
    }
    std::optional<char16_t> named;
    CsvReader reader(guess.dialect);
    reader.feed(head, whole, [&](const CsvRecord &record) {
        named = namedDelimiter(record, guess.dialect.delimiter);
        return false;
    });
    if (named)
        guess.dialect.delimiter = *named;
    return guess;
}

std::optional<TableProblem> readTextRows(TableBytes &bytes, const CsvDialect &dialect, const PieceTake &piece, const RowTake &take)
{
    CsvReader reader(dialect);
    std::vector<QStringView> cells;
    const auto takeRecord = [&](const CsvRecord &record) {
        if (namedDelimiter(record, dialect.delimiter))
            return true;
        cells.clear();
        for (qsizetype i = 0; i < record.size(); ++i)
            cells.push_back(record.cell(i));
        const TableRow row { record.line(), cells };
        return !hasText(row) || take(row);
    };
    QByteArray read;
    bool going = true;
    while (going) {
        if (!bytes.next(read))
            return bytes.problem();
        if (!piece(read))
            return std::nullopt;
        going = reader.feed(read, read.isEmpty(), takeRecord) && !read.isEmpty();
    }
    if (const auto &problem = reader.problem())
        return TableProblem { TableProblem::Kind::BadText, problem, problem->line, {} };
    return std::nullopt;
}

} // namespace yoid
