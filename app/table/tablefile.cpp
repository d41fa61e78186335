// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablefile.h"

#include "app/table/headerguess.h"
#include "app/table/tablebytes.h"
#include "app/table/tablecontent.h"
#include "app/table/textrows.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kSampleRows = 50;
constexpr qsizetype kHeaderRows = 10;
constexpr qsizetype kSampleLetters = 2 * 1024 * 1024; ///< A preview is not the place for more.

TableProblem problemOf(TableProblem::Kind kind, const QString &technical = {})
{
    return { kind, {}, 0, technical };
}

/// The first rows with their numbers, as they are found.
struct Beginning {
    QList<QStringList> rows;
    QList<qint64> numbers;
    qsizetype letters = 0;

    bool add(const TableRow &row, qsizetype most)
    {
        QStringList cells;
        cells.reserve(qsizetype(row.cells.size()));
        for (const QStringView cell : row.cells) {
            letters += cell.size();
            cells.append(cell.toString());
        }
        rows.append(cells);
        numbers.append(row.row);
        return rows.size() < most && letters < kSampleLetters;
    }
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

TableOutcome<TableSample> sampleOf(const TableLook &look, const Beginning &beginning, qint64 bytes)
{
    TableSample sample;
    sample.look = look;
    sample.bytes = bytes;
    BelowHeader below(look.headerRow);
    qsizetype width = 0;
    for (qsizetype i = 0; i < beginning.rows.size() && sample.rows.size() < kSampleRows; ++i) {
        const QStringList &row = beginning.rows.at(i);
        if (below(beginning.numbers.at(i)))
            sample.rows.append(row);
        else if (beginning.numbers.at(i) >= look.headerRow)
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

bool isSet(const std::atomic_bool *cancel)
{
    return cancel != nullptr && cancel->load(std::memory_order_relaxed);
}

/// Hashes what is left of the bytes.
std::optional<TableProblem> hashRest(TableBytes &bytes, QCryptographicHash &hash, const std::atomic_bool *cancel)
{
    QByteArray piece;
    do {
        if (isSet(cancel))
            return problemOf(TableProblem::Kind::Cancelled);
        if (!bytes.next(piece))
            return bytes.problem();
        hash.addData(piece);
    } while (!piece.isEmpty());
    return std::nullopt;
}

bool isOther(const TableBytes &bytes, const QByteArray &hash, const QByteArray &expected)
{
    return !bytes.isAsOpened() || (!expected.isEmpty() && hash != expected);
}

TableOutcome<TableContent> tableIn(TableBytes &bytes)
{
    QByteArray head;
    if (!bytes.next(head, TableBytes::kHead))
        return bytes.problem();
    if (head.isEmpty())
        return problemOf(TableProblem::Kind::Empty);
    const TableContent content = contentOf(head);
    switch (content) {
    case TableContent::Compound:
        return holdsEncryptedPackage(bytes.device()) ? problemOf(TableProblem::Kind::Encrypted)
                                                     : problemOf(TableProblem::Kind::NotATable, u"an old Office document"_s);
    case TableContent::Foreign:
        return problemOf(TableProblem::Kind::NotATable, u"not text"_s);
    case TableContent::Text:
    case TableContent::Zip:
        break;
    }
    if (!bytes.seek(0))
        return bytes.problem();
    return content;
}

/// How many bytes of a text were read so far, and their hash.
struct TextPieces {
    QCryptographicHash hash { QCryptographicHash::Sha256 };
    qint64 read = 0;
    bool cancelled = false;
};

TableOutcome<TableSample> lookAtText(TableBytes &bytes, bool pasted)
{
    const TableOutcome<CsvGuess> guessed = guessText(bytes, pasted);
    if (const auto *problem = std::get_if<TableProblem>(&guessed))
        return *problem;
    const auto &guess = std::get<CsvGuess>(guessed);
    if (!bytes.seek(0))
        return bytes.problem();
    Beginning beginning;
    const auto take = [&](const TableRow &row) { return beginning.add(row, kHeaderRows + kSampleRows); };
    if (const auto problem = readText(bytes, guess.dialect, [](QByteArrayView) { return true; }, take))
        return *problem;
    const HeaderGuess header = guessHeader(beginning.rows.first(std::min(kHeaderRows, beginning.rows.size())));
    TableLook look;
    look.kind = TableLook::Kind::Csv;
    look.dialect = guess.dialect;
    look.headerRow = header.index < 0 ? 0 : static_cast<int>(beginning.numbers.at(header.index));
    look.sure = guess.sure && header.sure;
    return sampleOf(look, beginning, bytes.size());
}

TableOutcome<TableSample> sampleText(TableBytes &bytes, const TableLook &look)
{
    Beginning beginning;
    const auto take = [&](const TableRow &row) { return row.row < look.headerRow || beginning.add(row, kSampleRows + 1); };
    if (const auto problem = readText(bytes, look.dialect, [](QByteArrayView) { return true; }, take))
        return *problem;
    return sampleOf(look, beginning, bytes.size());
}

TableOutcome<QByteArray> readWholeText(TableBytes &bytes, const TableLook &look, const QByteArray &expected,
                                       const TableFile::Take &take, const TableFile::Progress &progress,
                                       const std::atomic_bool *cancel)
{
    TextPieces pieces;
    Steps steps(bytes.size(), progress);
    BelowHeader below(look.headerRow);
    bool anyone = false;
    const auto takePiece = [&](QByteArrayView piece) {
        pieces.hash.addData(piece);
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
    const auto problem = readText(bytes, look.dialect, takePiece, takeRow);
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

} // namespace

TableFile TableFile::at(const QString &path)
{
    TableFile file;
    file.m_path = path;
    return file;
}

TableFile TableFile::pasted(const QString &text)
{
    TableFile file;
    file.m_pasted = text.isEmpty() ? ""_ba : text.toUtf8();
    return file;
}

TableOutcome<TableSample> TableFile::lookAt() const
{
    auto opened = open();
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    auto &bytes = std::get<TableBytes>(opened);
    const TableOutcome<TableContent> content = tableIn(bytes);
    if (const auto *problem = std::get_if<TableProblem>(&content))
        return *problem;
    if (std::get<TableContent>(content) == TableContent::Zip)
        return problemOf(TableProblem::Kind::NotATable);
    return lookAtText(bytes, m_path.isEmpty());
}

TableOutcome<TableSample> TableFile::sample(const TableLook &look) const
{
    auto opened = open();
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    return sampleText(std::get<TableBytes>(opened), look);
}

TableOutcome<QByteArray> TableFile::fingerprint(const std::atomic_bool &cancel) const
{
    auto opened = open();
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (const auto problem = hashRest(std::get<TableBytes>(opened), hash, &cancel))
        return *problem;
    return hash.result();
}

TableOutcome<QByteArray> TableFile::read(const TableLook &look, const QByteArray &expected, const Take &take,
                                         const Progress &progress, const std::atomic_bool *cancel) const
{
    auto opened = open();
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    return readWholeText(std::get<TableBytes>(opened), look, expected, take, progress, cancel);
}

TableOutcome<TableBytes> TableFile::open() const
{
    return m_path.isEmpty() && !m_pasted.isNull() ? TableBytes::of(m_pasted) : TableBytes::open(m_path);
}

QString TableFile::name() const
{
    return m_path.isEmpty() ? QString() : QFileInfo(m_path).fileName();
}

} // namespace yoid
