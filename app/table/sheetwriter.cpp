// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/sheetwriter.h"

#include "app/table/tablereading.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <utility>

#include <xlsxwriter.h>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr quint32 kMostRows = 1'048'576;
constexpr qsizetype kMostColumns = 1'000;       ///< As many as are read.
constexpr qsizetype kLongestText = 32'767;
constexpr double kColumnWidth = 22;             ///< In digits of the default font.

Failure failed(lxw_error error)
{
    return Failure::of(FailureKind::StorageFailed, QString::fromUtf8(lxw_strerror(error)));
}

/// Whether readers would take this for a character, such as `_x0041_` (ECMA-376 part 1, 22.9.2.19).
bool looksEscaped(QStringView text)
{
    if (text.size() < 7 || text[1] != u'x' || text[6] != u'_')
        return false;
    const QStringView digits = text.sliced(2, 4);
    return std::all_of(digits.begin(), digits.end(), [](QChar c) { return "0123456789abcdefABCDEF"_L1.contains(c); });
}

} // namespace

QString sheetText(const QString &text)
{
    QString safe;
    safe.reserve(text.size());
    qsizetype fits = 0; // how much of it may stay if the text must be cut
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            safe.append(c);
            safe.append(text.at(++i));
        } else if (c.isNull()) {
            safe.append(QChar(0x2400)); // as in a text (csvtext.h)
        } else if (c.isSurrogate() || c.unicode() >= 0xFFFE) {
            safe.append(QChar::ReplacementCharacter);
        } else if (c == u'_' && looksEscaped(QStringView(text).sliced(i))) {
            safe.append("_x005F_"_L1);
        } else {
            safe.append(c);
        }
        if (safe.size() < kLongestText)
            fits = safe.size();
        if (safe.size() > kLongestText)
            return safe.left(fits) + QChar(0x2026);
    }
    return safe;
}

SheetWriter::~SheetWriter()
{
    if (m_workbook != nullptr)
        lxw_workbook_free(m_workbook);
}

Outcome<Done> SheetWriter::begin(const QString &path, const QStringList &headers)
{
    m_path = path;
    m_folder = QFile::encodeName(QFileInfo(path).absolutePath());
    lxw_workbook_options options {};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = m_folder.data(); // what people are called does not go to a folder that all share
    m_workbook = workbook_new_opt(QFile::encodeName(path).constData(), &options);
    m_sheet = m_workbook != nullptr ? workbook_add_worksheet(m_workbook, nullptr) : nullptr;
    if (m_sheet == nullptr)
        return Failure::of(FailureKind::StorageFailed, u"no room for the workbook"_s);
    lxw_format *const bold = workbook_add_format(m_workbook);
    format_set_bold(bold);
    worksheet_set_column(m_sheet, 0, static_cast<lxw_col_t>(qBound<qsizetype>(0, headers.size() - 1, kMostColumns - 1)), kColumnWidth,
                         nullptr);
    worksheet_set_row(m_sheet, 0, LXW_DEF_ROW_HEIGHT, bold);
    worksheet_freeze_panes(m_sheet, 1, 0);
    return add(headers);
}

Outcome<Done> SheetWriter::add(const QStringList &cells)
{
    if (m_rows >= kMostRows || cells.size() > kMostColumns)
        return Failure::of(FailureKind::TooLarge, u"more than a sheet can have"_s);
    bool filled = false;
    for (qsizetype column = 0; column < cells.size(); ++column) {
        const QString text = sheetText(cells.at(column));
        const lxw_error error = worksheet_write_string(m_sheet, m_rows, static_cast<lxw_col_t>(column), text.toUtf8().constData(),
                                                       nullptr);
        if (error != LXW_NO_ERROR)
            return failed(error);
        filled = filled || !text.trimmed().isEmpty();
    }
    m_filled += filled ? 1 : 0;
    ++m_rows;
    return Done();
}

Outcome<Done> SheetWriter::close()
{
    const lxw_error error = workbook_close(std::exchange(m_workbook, nullptr)); // frees it, whatever comes of it
    if (error != LXW_NO_ERROR)
        return failed(error);
    TableLook look;
    look.kind = TableLook::Kind::Workbook;
    look.headerRow = 0;
    qint64 rows = 0;
    const auto count = [&rows](const TableRow &) { return ++rows > 0; };
    const auto read = TableFile::at(m_path).read(look, {}, count, {});
    const auto *problem = std::get_if<TableProblem>(&read);
    const bool isEmpty = problem != nullptr && problem->kind == TableProblem::Kind::Empty;
    if ((problem != nullptr && !isEmpty) || rows != m_filled)
        return Failure::of(FailureKind::StorageFailed, u"the workbook was not written whole: "_s + (problem ? problem->technical : QString()));
    return Done();
}

} // namespace yoid
