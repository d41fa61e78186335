// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/sheetrows.h"

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Kind = TableProblem::Kind;

constexpr qint64 kMostRows = 1'048'576;
constexpr qint64 kMostColumns = 16'384;
constexpr qint64 kMostCells = 1'000;            ///< As of a text (csvreader.h).
constexpr qsizetype kLongestCell = 64LL * 1024;

/// A moment in the form of ISO 8601, as the strict kind of the format may write it.
QString momentText(QString moment)
{
    if (moment.endsWith(u'Z'))
        moment.chop(1);
    const qsizetype time = moment.indexOf(u'T');
    if (time < 0)
        return moment;
    const bool midnight = QStringView(moment).sliced(time + 1).startsWith(u"00:00:00");
    return midnight ? moment.left(time) : moment.replace(time, 1, u' ');
}

} // namespace

SheetRows::SheetRows(PartReader &reader, const Workbook &workbook, SharedTexts &texts)
    : m_reader(reader)
    , m_workbook(workbook)
    , m_texts(texts)
{
}

std::optional<TableProblem> SheetRows::read(const RowTake &take, const std::function<void(qint64)> &told)
{
    if (m_reader.nextChild() && m_reader.name() != u"worksheet")
        fail(problemOf(Kind::Damaged, u"no worksheet"_s));
    while (m_reader.nextChild()) {
        if (m_reader.name() != u"sheetData")
            m_reader.skip();
        else if (!rows(take, told))
            return std::nullopt;
    }
    m_reader.finish();
    return m_reader.problem();
}

/// False when `take` has enough.
bool SheetRows::rows(const RowTake &take, const std::function<void(qint64)> &told)
{
    while (m_reader.nextChild()) {
        if (m_reader.name() != u"row") {
            m_reader.skip();
            continue;
        }
        beginRow(m_reader.attributes().value("r"_L1));
        while (m_reader.nextChild()) {
            if (m_reader.name() == u"c")
                cell();
            else
                m_reader.skip();
        }
        if (m_reader.problem())
            return true;
        told(m_reader.part().read());
        const TableRow read = row();
        if (hasText(read) && !take(read))
            return false;
    }
    return true;
}

void SheetRows::beginRow(QStringView number)
{
    m_column = 0;
    m_text.resize(0);
    m_places.clear();
    bool ok = true;
    const qint64 next = number.isEmpty() ? m_row + 1 : number.toLongLong(&ok);
    if (!ok || next <= m_row)
        fail(problemOf(Kind::Damaged, u"rows out of order"_s));
    else if (next > kMostRows)
        fail(problemOf(Kind::TooLarge, u"rows"_s));
    m_row = next;
}

SheetRows::Type SheetRows::typeOf(QStringView letter)
{
    if (letter == u"s")
        return Type::Shared;
    if (letter == u"inlineStr")
        return Type::Inline;
    if (letter == u"str")
        return Type::Text;
    if (letter == u"b")
        return Type::Truth;
    if (letter == u"e")
        return Type::Error;
    if (letter == u"d")
        return Type::Day;
    return Type::Number;
}

/// From 1; what has no reference stands beside the one before.
qint64 SheetRows::columnOf(QStringView reference)
{
    if (reference.isEmpty())
        return m_column + 1;
    qint64 column = 0;
    qsizetype at = 0;
    for (; at < reference.size() && reference[at] >= u'A' && reference[at] <= u'Z' && column <= kMostColumns; ++at)
        column = column * 26 + (reference[at].unicode() - u'A' + 1);
    if (column > kMostColumns) {
        fail(problemOf(Kind::TooLarge, u"columns"_s));
    } else if (column == 0 || reference.sliced(at).toLongLong() != m_row) {
        fail(problemOf(Kind::Damaged, u"a cell that is nowhere"_s));
    }
    return column;
}

void SheetRows::cell()
{
    const QXmlStreamAttributes attributes = m_reader.attributes();
    const Type type = typeOf(attributes.value("t"_L1));
    const int style = attributes.value("s"_L1).toInt();
    m_column = columnOf(attributes.value("r"_L1));
    const qsizetype from = m_text.size();
    while (m_reader.nextChild()) {
        if (m_reader.name() == u"v" && type != Type::Inline) {
            m_raw.resize(0);
            m_reader.text(m_raw);
            if (!m_reader.problem())
                appendValue(type, style);
        } else if (m_reader.name() == u"is" && type == Type::Inline) {
            appendStringItem(m_reader, m_text);
        } else {
            m_reader.skip(); // the formula itself, among others
        }
    }
    if (!m_reader.problem())
        place(m_column, from);
}

void SheetRows::appendValue(Type type, int style)
{
    switch (type) {
    case Type::Shared: {
        bool ok = false;
        const quint32 index = QStringView(m_raw).trimmed().toUInt(&ok);
        if (!ok)
            fail(problemOf(Kind::Damaged, u"a text that a cell names is not there"_s));
        else if (!m_texts.append(index, m_text))
            fail(*m_texts.problem());
        return;
    }
    case Type::Text: {
        const qsizetype from = m_text.size();
        m_text += m_raw;
        resolveEscapes(m_text, from);
        return;
    }
    case Type::Truth:
        m_text += m_raw.trimmed() == u"1" ? u"true"_s : u"false"_s;
        return;
    case Type::Day:
        m_text += momentText(m_raw.trimmed());
        return;
    case Type::Number: {
        const bool styled = style >= 0 && style < m_workbook.formats.size();
        m_text += numberText(QStringView(m_raw).trimmed(), styled ? m_workbook.formats.at(style) : NumberFormat(), m_workbook.from1904);
        return;
    }
    case Type::Inline:
    case Type::Error:
        m_text += m_raw;
        return;
    }
}

void SheetRows::badText(CsvProblem::Kind kind)
{
    fail({ Kind::BadText, CsvProblem { kind, m_row }, m_row, {} });
}

void SheetRows::place(qint64 column, qsizetype from)
{
    const qsizetype length = m_text.size() - from;
    if (length == 0) // a frame or a colour only
        return;
    if (length > kLongestCell)
        return badText(CsvProblem::Kind::CellTooLong);
    if (column > kMostCells)
        return badText(CsvProblem::Kind::TooManyCells);
    if (QStringView(m_text).sliced(from).contains(u'\0'))
        return badText(CsvProblem::Kind::NulCharacter);
    if (m_places.size() < static_cast<std::size_t>(column))
        m_places.resize(static_cast<std::size_t>(column));
    m_places[static_cast<std::size_t>(column - 1)] = { from, length };
}

TableRow SheetRows::row()
{
    m_cells.clear();
    for (const Place &place : m_places)
        m_cells.push_back(QStringView(m_text).sliced(place.from, place.length));
    return { m_row, m_cells };
}

} // namespace yoid
