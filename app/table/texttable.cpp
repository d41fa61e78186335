// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/filehash.h"
#include "app/table/tablebytes.h"
#include "app/table/tablereading.h"
#include "app/table/textrows.h"


namespace yoid {

namespace {

/// How many bytes of a text were read so far, and their hash.
struct TextPieces {
    FileHash hash;
    qint64 read = 0;
    bool cancelled = false;
};

} // namespace

TableOutcome<TableSample> lookAtText(TableBytes &bytes, bool pasted)
{
    const TableOutcome<CsvGuess> guessed = guessText(bytes, pasted);
    if (const auto *problem = std::get_if<TableProblem>(&guessed))
        return *problem;
    const auto &guess = std::get<CsvGuess>(guessed);
    if (!bytes.seek(0))
        return bytes.problem();
    Beginning beginning;
    const auto take = [&](const TableRow &row) { return beginning.add(row, Beginning::kHeaderRows + Beginning::kSampleRows); };
    if (const auto problem = readTextRows(bytes, guess.dialect, [](QByteArrayView) { return true; }, take))
        return *problem;
    TableLook look;
    look.kind = TableLook::Kind::Csv;
    look.dialect = guess.dialect;
    look.sure = guess.sure;
    beginning.guessHeader(look);
    return beginning.sample(look, bytes.size());
}

TableOutcome<TableSample> sampleText(TableBytes &bytes, const TableLook &look)
{
    Beginning beginning;
    const auto take = [&](const TableRow &row) { return row.row < look.headerRow || beginning.add(row, Beginning::kSampleRows + 1); };
    if (const auto problem = readTextRows(bytes, look.dialect, [](QByteArrayView) { return true; }, take))
        return *problem;
    return beginning.sample(look, bytes.size());
}

TableOutcome<QByteArray> readText(TableBytes &bytes, const TableLook &look, const QByteArray &expected,
                                       const TableFile::Take &take, const TableFile::Progress &progress,
                                       const std::atomic_bool *cancel)
{
    TextPieces pieces;
    Steps steps(bytes.size(), progress);
    BelowHeader below(look.headerRow);
    bool anyone = false;
    const auto takePiece = [&](QByteArrayView piece) {
        pieces.hash.add(piece);
        pieces.read += piece.size();
        steps.at(pieces.read);
        pieces.cancelled = isSet(cancel);
        return !pieces.cancelled;
    };
    const auto takeRow = [&](const TableRow &row) {
        if (!below(row.row))
            return true;
        anyone = true;
        pieces.cancelled = !take(row);
        return !pieces.cancelled;
    };
    const auto problem = readTextRows(bytes, look.dialect, takePiece, takeRow);
    if (pieces.cancelled)
        return problemOf(TableProblem::Kind::Cancelled);
    if (problem && problem->kind != TableProblem::Kind::BadText)
        return *problem;
    // What is wrong with a text that was changed meanwhile is not worth telling.
    if (const auto unread = hashRest(bytes, pieces.hash, cancel))
        return *unread;
    const QByteArray hash = pieces.hash.result();
    if (isOther(bytes, hash, expected))
        return problemOf(TableProblem::Kind::Changed);
    if (problem)
        return *problem;
    if (!anyone)
        return problemOf(TableProblem::Kind::Empty);
    return hash;
}

} // namespace yoid
