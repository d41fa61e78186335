// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchrepairs.h"

#include "app/domain/csvtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Which column of the given table holds what.
struct Columns {
    qsizetype row = -1;
    qsizetype batch = -1;
    QList<qsizetype> cells;     ///< For each column of the batch; -1: taken out.
};

Failure notOurs(const QString &why)
{
    return Failure::of(FailureKind::InvalidInput, why);
}

Failure unreadable(const TableProblem &problem)
{
    switch (problem.kind) {
    case TableProblem::Kind::CannotOpen:
    case TableProblem::Kind::ReadFailed:
        return Failure::of(FailureKind::StorageFailed, problem.technical);
    case TableProblem::Kind::Cancelled:
        return Failure::of(FailureKind::Cancelled, problem.technical);
    case TableProblem::Kind::Changed:
    case TableProblem::Kind::NotATable:
    case TableProblem::Kind::Encrypted:
    case TableProblem::Kind::TooLarge:
    case TableProblem::Kind::Damaged:
    case TableProblem::Kind::BadText:
    case TableProblem::Kind::Empty:
        break;
    }
    return notOurs(problem.technical);
}

/// As it stands in a table that was written against formulas.
bool isHeader(const QString &given, const QString &name)
{
    return given.trimmed() == name.trimmed() || given.trimmed() == withoutFormulas(name).trimmed();
}

/// The column with this name that comes after as many of the same name as in the file.
qsizetype columnOf(const QStringList &given, const QStringList &headers, qsizetype wanted)
{
    const QString &name = headers.at(wanted);
    auto before = std::count(headers.cbegin(), headers.cbegin() + wanted, name);
    for (qsizetype column = 0; column < given.size(); ++column) {
        if (isHeader(given.at(column), name) && before-- == 0)
            return column;
    }
    return -1;
}

std::optional<Columns> columnsOf(const QStringList &given, const QStringList &headers)
{
    const QStringList marks = repairColumns();
    Columns columns;
    columns.row = given.lastIndexOf(marks.first());
    columns.batch = given.lastIndexOf(marks.last());
    if (columns.row < 0 || columns.batch < 0)
        return std::nullopt;
    for (qsizetype column = 0; column < headers.size(); ++column)
        columns.cells.append(columnOf(given, headers, column));
    return columns;
}

/// The text that became this by withoutFormulas().
QString withFormulas(const QString &text)
{
    QString bare;
    bare.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool guards = text.at(i) == u'\'' && (i == 0 || u";\t\n\r"_s.contains(text.at(i - 1)));
        if (!guards)
            bare.append(text.at(i));
    }
    return withoutFormulas(bare) == text ? bare : text;
}

QString withPlainLineEnds(QString text)
{
    return text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n');
}

bool isDigits(QStringView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QStringView withoutZeros(QStringView digits)
{
    while (digits.size() > 1 && digits.front() == u'0')
        digits = digits.sliced(1);
    return digits;
}

/// Whether a spreadsheet makes `given` of `present` when it opens and saves the table: zeros in front are gone, or most digits.
bool isSpoiled(const QString &given, const QString &present)
{
    if (!isDigits(present))
        return false;
    if (isDigits(given))
        return given.size() < present.size() && withoutZeros(given) == withoutZeros(present);
    const qsizetype e = given.indexOf(u'E', 0, Qt::CaseInsensitive);
    bool isNumber = false;
    (void)QString(given).replace(u',', u'.').toDouble(&isNumber);
    return e > 0 && isNumber && present.size() >= 11;
}

} // namespace

QStringList repairColumns()
{
    return { u"YoID row"_s, u"YoID reason"_s, u"YoID batch"_s };
}

Outcome<QList<RepairedRow>> readRepaired(const TableFile &file, const QStringList &headers, const BatchId &batch)
{
    TableOutcome<TableSample> sample = file.lookAt();
    if (const auto *problem = std::get_if<TableProblem>(&sample))
        return unreadable(*problem);
    TableLook look = std::get<TableSample>(sample).look;
    std::optional<Columns> columns = columnsOf(std::get<TableSample>(sample).headers, headers);
    if (!columns && look.headerRow != 1) {
        look.headerRow = 1;
        sample = file.sample(look);
        if (const auto *again = std::get_if<TableSample>(&sample))
            columns = columnsOf(again->headers, headers);
    }
    if (!columns)
        return notOurs(u"the columns that tell the row and the batch are missing"_s);
    QList<RepairedRow> rows;
    QString strange;
    const TableOutcome<QByteArray> read = file.read(
        look, {},
        [&](const TableRow &row) {
            const auto cell = [&row](qsizetype column) {
                return column >= 0 && size_t(column) < row.cells.size() ? row.cells[size_t(column)] : QStringView();
            };
            const QStringView mark = cell(columns->batch).trimmed();
            const QStringView number = cell(columns->row).trimmed();
            if (mark.isEmpty() && number.isEmpty())
                return true; // a line somebody has added
            RepairedRow found;
            found.number = number.toInt();
            if (mark != batch.text || found.number < 1) {
                strange = u"line %1 is of another batch"_s.arg(row.row);
                return false;
            }
            for (qsizetype column = 0; column < columns->cells.size(); ++column) {
                if (columns->cells.at(column) >= 0)
                    found.cells.insert(int(column), cell(columns->cells.at(column)).toString());
            }
            rows.append(std::move(found));
            return true;
        },
        [](qint64) {});
    if (!strange.isEmpty())
        return notOurs(strange);
    if (const auto *problem = std::get_if<TableProblem>(&read))
        return unreadable(*problem);
    return rows;
}

std::optional<QString> repairIn(const QString &given, const QString &present, std::optional<DateOrder> order, int thisYear)
{
    const QString text = withPlainLineEnds(given);
    if (text == withPlainLineEnds(present) || text == withPlainLineEnds(withoutFormulas(present)) || isSpoiled(given, present))
        return std::nullopt;
    if (order) {
        const std::optional<QString> day = dateFromCell(given, *order, thisYear);
        if (day && day == dateFromCell(present, *order, thisYear))
            return std::nullopt;
    }
    return withFormulas(given);
}

} // namespace yoid
