// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/filehash.h"
#include "app/table/sheetrows.h"
#include "app/table/tablebytes.h"
#include "app/table/tablereading.h"
#include "app/table/workbook.h"


namespace yoid {

namespace {

using Kind = TableProblem::Kind;

// A million rows of ten cells are about 400 MB of XML. It is never in memory.
constexpr qint64 kLargestSheet = 2LL * 1024 * 1024 * 1024;
constexpr qint64 kLargestTexts = 512LL * 1024 * 1024;

/// A workbook opened for reading.
struct OpenWorkbook {
    std::unique_ptr<ZipArchive> archive;
    Workbook description;

    [[nodiscard]] static TableOutcome<OpenWorkbook> of(TableBytes &bytes)
    {
        auto opened = ZipArchive::open(bytes.device());
        if (const auto *problem = std::get_if<TableProblem>(&opened))
            return *problem;
        auto &archive = std::get<std::unique_ptr<ZipArchive>>(opened);
        auto described = Workbook::read(*archive);
        if (const auto *problem = std::get_if<TableProblem>(&described))
            return *problem;
        return OpenWorkbook { std::move(archive), std::get<Workbook>(std::move(described)) };
    }
};

enum class Extent { Beginning, Whole };

/// Rows of one sheet. A whole reading also proves the checksums of all that was used.
std::optional<TableProblem> readSheet(const OpenWorkbook &book, int sheet, Extent extent, const RowTake &take,
                                      const std::function<void(double)> &told, const std::atomic_bool *cancel)
{
    const Workbook &description = book.description;
    if (sheet < 0 || sheet >= description.sheets.size())
        return problemOf(Kind::Empty);
    std::unique_ptr<PartReader> texts;
    if (!description.sharedTexts.isEmpty()) {
        auto opened = openPart(*book.archive, description.sharedTexts, kLargestTexts, cancel);
        if (const auto *problem = std::get_if<TableProblem>(&opened))
            return *problem;
        texts = std::get<std::unique_ptr<PartReader>>(std::move(opened));
    }
    auto opened = openPart(*book.archive, description.sheets.at(sheet).part, kLargestSheet, cancel);
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    PartReader &reader = *std::get<std::unique_ptr<PartReader>>(opened);
    SharedTexts shared(std::move(texts));
    SheetRows rows(reader, description, shared);
    bool going = true;
    const auto takeRow = [&](const TableRow &row) {
        going = take(row);
        return going;
    };
    const double whole = static_cast<double>(std::max<qint64>(1, reader.part().unpacked()));
    auto problem = rows.read(takeRow, [&](qint64 unpacked) { told(static_cast<double>(unpacked) / whole); });
    if (problem || !going || extent == Extent::Beginning)
        return problem;
    shared.finish();
    return shared.problem();
}

std::optional<TableProblem> readBeginning(const OpenWorkbook &book, int sheet, const RowTake &take)
{
    return readSheet(book, sheet, Extent::Beginning, take, [](double) {}, nullptr);
}

/// Fills a row up to the width of the header: what is missing at its end is empty, not missing.
class Filled final {
public:
    explicit Filled(int headerRow)
        : m_headerRow(headerRow)
    {
    }
    TableRow operator()(const TableRow &row)
    {
        if (!m_seen && row.row >= m_headerRow) {
            m_seen = true;
            m_width = m_headerRow > 0 ? row.cells.size() : 0;
        }
        if (!m_seen || row.cells.size() >= m_width)
            return row;
        m_cells.assign(row.cells.begin(), row.cells.end());
        m_cells.resize(m_width, QStringView(u""));
        return { row.row, m_cells };
    }

private:
    int m_headerRow;
    bool m_seen = false;
    std::size_t m_width = 0;
    std::vector<QStringView> m_cells;
};

} // namespace

TableOutcome<TableSample> lookAtWorkbook(TableBytes &bytes)
{
    auto opened = OpenWorkbook::of(bytes);
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    const auto &book = std::get<OpenWorkbook>(opened);
    TableLook look;
    look.kind = TableLook::Kind::Workbook;
    look.sheets = book.description.sheetNames();
    for (look.sheet = 0; look.sheet < look.sheets.size(); ++look.sheet) {
        Beginning beginning;
        const auto take = [&](const TableRow &row) { return beginning.add(row, Beginning::kHeaderRows + Beginning::kSampleRows); };
        if (const auto problem = readBeginning(book, look.sheet, take))
            return *problem;
        look.sure = look.sheets.size() == 1;
        beginning.guessHeader(look);
        // The first with people in it; a cover may be before it.
        if (auto sample = sampleWorkbook(bytes, look); std::holds_alternative<TableSample>(sample))
            return sample;
    }
    return problemOf(Kind::Empty);
}

TableOutcome<TableSample> sampleWorkbook(TableBytes &bytes, const TableLook &look)
{
    auto opened = OpenWorkbook::of(bytes);
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    const auto &book = std::get<OpenWorkbook>(opened);
    Beginning beginning;
    Filled filled(look.headerRow);
    const auto take = [&](const TableRow &row) {
        return row.row < look.headerRow || beginning.add(filled(row), Beginning::kSampleRows + 1);
    };
    if (const auto problem = readBeginning(book, look.sheet, take))
        return *problem;
    TableLook seen = look;
    seen.sheets = book.description.sheetNames();
    return beginning.sample(seen, bytes.size());
}

TableOutcome<QByteArray> readWorkbook(TableBytes &bytes, const TableLook &look, const QByteArray &expected,
                                      const TableFile::Take &take, const TableFile::Progress &progress,
                                      const std::atomic_bool *cancel)
{
    FileHash hash;
    if (const auto problem = hashRest(bytes, hash, cancel))
        return *problem;
    const QByteArray result = hash.result();
    if (isOther(bytes, result, expected))
        return problemOf(Kind::Changed);
    auto opened = OpenWorkbook::of(bytes);
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    Steps steps(bytes.size(), progress);
    BelowHeader below(look.headerRow);
    Filled filled(look.headerRow);
    bool anyone = false;
    bool cancelled = false;
    const auto takeRow = [&](const TableRow &read) {
        const TableRow row = filled(read);
        if (!below(row.row))
            return true;
        anyone = true;
        cancelled = !take(row);
        return !cancelled;
    };
    const auto told = [&](double part) { steps.at(static_cast<qint64>(std::min(part, 1.0) * static_cast<double>(bytes.size()))); };
    const auto problem = readSheet(std::get<OpenWorkbook>(opened), look.sheet, Extent::Whole, takeRow, told, cancel);
    if (cancelled)
        return problemOf(Kind::Cancelled);
    // A part that was written anew meanwhile looks damaged.
    if (!bytes.isAsOpened() && (!problem || problem->kind == Kind::Damaged))
        return problemOf(Kind::Changed);
    if (problem)
        return *problem;
    if (!anyone)
        return problemOf(Kind::Empty);
    return result;
}

} // namespace yoid
