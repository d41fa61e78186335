// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/csvreader.h"
#include "tests/fuzz/promise.h"

using namespace yoid;

namespace {

struct Reading {
    QList<QStringList> records;
    QList<qint64> lines;
    std::optional<CsvProblem> problem;
};

Reading readAll(const QByteArray &bytes, const CsvDialect &dialect, qsizetype piece)
{
    Reading reading;
    CsvReader reader(dialect);
    const auto take = [&reading](const CsvRecord &record) {
        promise(record.size() >= 1 && record.size() <= 1000);
        for (qsizetype i = 0; i < record.size(); ++i)
            promise(record.cell(i).size() <= 64 * 1024 && !record.cell(i).contains(u'\0'));
        promise(reading.lines.isEmpty() || record.line() > reading.lines.last());
        reading.records.append(record.texts());
        reading.lines.append(record.line());
        return true;
    };
    bool going = true;
    for (qsizetype at = 0; going && at < bytes.size(); at += piece)
        going = reader.feed(QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at)), false, take);
    if (going)
        reader.feed({}, true, take);
    reading.problem = reader.problem();
    return reading;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = inputBytes(data, size);
    const CsvGuess guess = guessCsvDialect(bytes, true);
    promise(QStringView(u",;\t|").contains(QChar(guess.dialect.delimiter)));
    const Reading whole = readAll(bytes, guess.dialect, qMax<qsizetype>(1, bytes.size()));
    const Reading pieces = readAll(bytes, guess.dialect, 7);
    promise(whole.problem == pieces.problem);
    if (whole.problem)
        return 0; // how many records came before it may differ: nothing of them is taken
    promise(whole.records == pieces.records && whole.lines == pieces.lines);
    return 0;
}
