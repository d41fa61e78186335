// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablebytes.h"
#include "app/table/tablereading.h"
#include "tests/fuzz/promise.h"
#include "tests/unit/table/bookparts.h"

#include <QtCore/QCryptographicHash>

using namespace yoid;

namespace {

/// A zip as it is; what begins like a part of a workbook is put into one, so that no checksum keeps it from the readers.
QByteArray workbookOf(const QByteArray &input)
{
    if (!input.startsWith('<'))
        return input;
    BookParts book;
    book.texts = "<si><t>Name</t></si>";
    book.styles = " ";
    book.rows = textRow({ "Name", "Born" }) + R"(<row><c t="s"><v>0</v></c><c s="1"><v>45975.5</v></c></row>)";
    ZipParts parts = book.parts();
    const QByteArray name = input.startsWith("<sst") ? "xl/sharedStrings.xml" : input.startsWith("<sty") ? "xl/styles.xml" : "xl/worksheets/sheet1.xml";
    for (auto &part : parts) {
        if (part.first == name)
            part.second = input;
    }
    return zipOf(parts);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = workbookOf(inputBytes(data, size));
    TableBytes looked = TableBytes::of(bytes);
    const auto sample = lookAtWorkbook(looked);
    if (const auto *problem = std::get_if<TableProblem>(&sample)) {
        using Kind = TableProblem::Kind;
        promise(problem->kind != Kind::ReadFailed && problem->kind != Kind::Changed && problem->kind != Kind::Cancelled);
        return 0;
    }
    const auto &seen = std::get<TableSample>(sample);
    promise(!seen.rows.isEmpty() && seen.rows.size() <= 50 && seen.look.sheet < seen.look.sheets.size());

    TableBytes read = TableBytes::of(bytes);
    qint64 last = seen.look.headerRow;
    qsizetype rows = 0;
    const auto take = [&](const TableRow &row) {
        promise(row.row > last && row.row <= 1'048'576 && row.cells.size() <= 1000);
        last = row.row;
        if (rows < seen.rows.size()) {
            const QStringList &cells = seen.rows.at(rows);
            promise(cells.size() == qsizetype(row.cells.size()));
            for (qsizetype i = 0; i < cells.size(); ++i)
                promise(row.cells[std::size_t(i)] == cells.at(i));
        }
        for (const QStringView cell : row.cells)
            promise(cell.size() <= 64 * 1024 && !cell.contains(u'\0'));
        ++rows;
        return true;
    };
    const auto outcome = readWorkbook(read, seen.look, {}, take, {}, nullptr);
    if (const auto *hash = std::get_if<QByteArray>(&outcome))
        promise(rows >= seen.rows.size() && *hash == QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
    return 0;
}
