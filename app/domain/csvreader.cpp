// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/csvreader.h"

#include <QtCore/QHash>

#include <algorithm>
#include <array>
#include <utility>

namespace yoid {

namespace {

constexpr qsizetype kLongestCell = 64 * 1024;
constexpr qsizetype kMostCells = 1000;
constexpr std::array<char16_t, 4> kDelimiters { u',', u';', u'\t', u'|' };

/// 0x80 to 0x9F of Windows-1252; the five bytes it leaves open stand for themselves.
constexpr std::array<char16_t, 32> kWindows1252 {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

QString fromWindows1252(QByteArrayView bytes)
{
    QString text = QString::fromLatin1(bytes);
    for (QChar &letter : text) {
        if (letter.unicode() >= 0x80 && letter.unicode() <= 0x9F)
            letter = QChar(kWindows1252[letter.unicode() - 0x80U]);
    }
    return text;
}

/// True for valid UTF-8, a sequence cut off at the end of a sample allowed.
bool isUtf8(QByteArrayView bytes, bool whole)
{
    QStringDecoder decoder(QStringConverter::Utf8, whole ? QStringConverter::Flag::Stateless : QStringConverter::Flag::Default);
    const QString text = decoder.decode(bytes);
    return !decoder.hasError();
}

bool everyOtherIsZero(QByteArrayView bytes, qsizetype first)
{
    const qsizetype pairs = bytes.size() / 2;
    qsizetype zeros = 0;
    for (qsizetype i = first; i < pairs * 2; i += 2)
        zeros += bytes[i] == '\0';
    return pairs > 1 && zeros * 10 >= pairs * 7; // letters beyond Latin-1 have no zero, delimiters and line ends have
}

CsvEncoding guessEncoding(QByteArrayView bytes, bool whole, bool &sure)
{
    sure = true;
    if (bytes.startsWith("\xEF\xBB\xBF"))
        return CsvEncoding::Utf8;
    if (bytes.startsWith("\xFF\xFE"))
        return CsvEncoding::Utf16Le;
    if (bytes.startsWith("\xFE\xFF"))
        return CsvEncoding::Utf16Be;
    if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > 0; }))
        return CsvEncoding::Utf8;
    sure = false;
    if (everyOtherIsZero(bytes, 1))
        return CsvEncoding::Utf16Le;
    if (everyOtherIsZero(bytes, 0))
        return CsvEncoding::Utf16Be;
    if (isUtf8(bytes, whole)) {
        sure = true; // no other encoding looks like it by chance
        return CsvEncoding::Utf8;
    }
    return CsvEncoding::Windows1252;
}

/// How well a delimiter splits the sample: cells of the commonest width above one, or nothing.
qsizetype fitOf(QByteArrayView sample, const CsvDialect &dialect, bool whole)
{
    QHash<qsizetype, qsizetype> widths;
    CsvReader reader(dialect);
    int records = 0;
    const auto take = [&](const CsvRecord &record) {
        ++widths[record.size()];
        return ++records < 50;
    };
    reader.feed(sample, whole, take);
    qsizetype best = 0;
    for (auto width = widths.cbegin(); width != widths.cend(); ++width) {
        if (width.key() > 1)
            best = std::max(best, width.value() * 1000 + width.key()); // many lines agree first, then the more cells
    }
    return best;
}

} // namespace

CsvGuess guessCsvDialect(QByteArrayView sample, bool whole)
{
    CsvGuess guess;
    guess.dialect.encoding = guessEncoding(sample, whole, guess.sure);
    qsizetype bestFit = 0;
    for (const char16_t delimiter : kDelimiters) {
        const qsizetype fit = fitOf(sample, { guess.dialect.encoding, delimiter }, whole);
        if (fit > bestFit) {
            bestFit = fit;
            guess.dialect.delimiter = delimiter;
        }
    }
    return guess;
}

QStringList CsvRecord::texts() const
{
    QStringList texts;
    texts.reserve(size());
    for (const QStringView cell : m_cells)
        texts.append(cell.toString());
    return texts;
}

CsvReader::CsvReader(const CsvDialect &dialect)
    : m_dialect(dialect)
{
    switch (dialect.encoding) {
    case CsvEncoding::Utf8:
        m_decoder = QStringDecoder(QStringConverter::Utf8);
        break;
    case CsvEncoding::Utf16Le:
        m_decoder = QStringDecoder(QStringConverter::Utf16LE);
        break;
    case CsvEncoding::Utf16Be:
        m_decoder = QStringDecoder(QStringConverter::Utf16BE);
        break;
    case CsvEncoding::Windows1252:
        break;
    }
}

QString CsvReader::decoded(QByteArrayView piece)
{
    if (m_dialect.encoding == CsvEncoding::Windows1252)
        return fromWindows1252(piece);
    m_bytes += piece.size();
    return m_decoder.decode(piece);
}

/// A character cut off at the very end of the file shows only when the decoder is asked for more.
bool CsvReader::endsWhole()
{
    switch (m_dialect.encoding) {
    case CsvEncoding::Windows1252:
        return true;
    case CsvEncoding::Utf16Le:
    case CsvEncoding::Utf16Be:
        return m_bytes % 2 == 0;
    case CsvEncoding::Utf8:
        break;
    }
    const QString line = m_decoder.decode("\n");
    return !m_decoder.hasError();
}

bool CsvReader::fail(CsvProblem::Kind kind, qint64 line)
{
    m_problem = CsvProblem { kind, line };
    m_stopped = true;
    return false;
}

bool CsvReader::feed(QByteArrayView piece, bool last, const Take &take)
{
    if (m_stopped)
        return false;
    QString more = decoded(piece);
    if ((m_decoder.isValid() && m_decoder.hasError()) || (last && !endsWhole()))
        return fail(CsvProblem::Kind::BadEncoding, m_line + more.count(u'\n'));
    if (m_line == 1 && m_at == 0 && m_text.isEmpty() && more.startsWith(QChar::ByteOrderMark))
        more.remove(0, 1);
    if (m_at > 0)
        m_text.remove(0, std::exchange(m_at, 0));
    m_text += more;
    for (;;) {
        switch (record(last)) {
        case Ending::NeedsMore:
            return true;
        case Ending::Stopped:
            return false;
        case Ending::Record:
            break;
        }
        const bool blank = m_record.size() == 1 && m_record.cell(0).isEmpty();
        if (!blank && !take(m_record)) {
            m_stopped = true;
            return false;
        }
    }
}

CsvReader::Ending CsvReader::record(bool last)
{
    qsizetype at = m_at;
    if (m_afterCarriageReturn && at < m_text.size()) {
        m_afterCarriageReturn = false;
        if (m_text.at(at) == u'\n')
            m_at = ++at;
    }
    if (at >= m_text.size())
        return Ending::NeedsMore;
    m_record.m_cells.clear();
    m_record.m_line = m_line;
    m_record.m_odd = false;
    m_unquoted.clear();
    m_linesInRecord = 0;
    for (;;) {
        bool needsMore = false;
        if (!cell(at, last, needsMore))
            return Ending::Stopped;
        if (needsMore)
            return Ending::NeedsMore;
        if (m_record.size() > kMostCells) {
            fail(CsvProblem::Kind::TooManyCells, m_line);
            return Ending::Stopped;
        }
        if (at < m_text.size() && m_text.at(at) == QChar(m_dialect.delimiter)) {
            ++at;
            continue;
        }
        break;
    }
    // At a line end, or at the end of the file.
    if (at < m_text.size()) {
        const bool carriageReturn = m_text.at(at) == u'\r';
        ++at;
        if (carriageReturn && at < m_text.size() && m_text.at(at) == u'\n')
            ++at;
        else if (carriageReturn && at >= m_text.size())
            m_afterCarriageReturn = true;
    }
    m_line += m_linesInRecord + 1;
    m_at = at;
    return Ending::Record;
}

/// One cell from `at` on, which then stands on what ended it. `more` when the piece ends before the cell does.
bool CsvReader::cell(qsizetype &at, bool last, bool &more)
{
    const char16_t *const text = QStringView(m_text).utf16();
    const qsizetype size = m_text.size();
    const char16_t delimiter = m_dialect.delimiter;
    const auto endsPlain = [delimiter](char16_t c) { return c == delimiter || c == u'\n' || c == u'\r'; };
    const auto tooLong = [this](qsizetype length) { return length > kLongestCell; };

    if (at < size && text[at] == u'"') {
        const qint64 opensAt = m_line + m_linesInRecord;
        qsizetype from = at + 1;
        qsizetype i = from;
        QString joined;
        bool isJoined = false;
        for (;; ++i) {
            if (i >= size) {
                if (tooLong(i - from + joined.size()))
                    return fail(CsvProblem::Kind::CellTooLong, opensAt);
                if (last)
                    return fail(CsvProblem::Kind::UnbalancedQuote, opensAt);
                more = true;
                return true;
            }
            const char16_t c = text[i];
            if (c == u'\0')
                return fail(CsvProblem::Kind::NulCharacter, m_line + m_linesInRecord);
            if (c == u'\n' || (c == u'\r' && !(i + 1 < size && text[i + 1] == u'\n')))
                ++m_linesInRecord;
            if (c != u'"')
                continue;
            if (i + 1 >= size && !last) { // whether it closes or is doubled is in the next piece
                more = true;
                return true;
            }
            if (i + 1 < size && text[i + 1] == u'"') {
                joined += QStringView(text + from, i + 1 - from); // with one of the two
                isJoined = true;
                from = ++i + 1;
                continue;
            }
            break;
        }
        const qsizetype close = i;
        if (isJoined)
            joined += QStringView(text + from, close - from);
        qsizetype end = close + 1;
        while (end < size && !endsPlain(text[end])) {
            if (text[end] == u'\0')
                return fail(CsvProblem::Kind::NulCharacter, m_line + m_linesInRecord);
            ++end;
        }
        if (end >= size && !last) {
            more = true;
            return true;
        }
        if (end > close + 1) {
            const QStringView behind(text + close + 1, end - close - 1);
            if (!behind.trimmed().isEmpty()) {
                m_record.m_odd = true;
                if (!std::exchange(isJoined, true))
                    joined = QStringView(text + at + 1, close - at - 1).toString();
                joined += behind;
            }
        }
        if (tooLong(isJoined ? joined.size() : close - at - 1))
            return fail(CsvProblem::Kind::CellTooLong, opensAt);
        if (isJoined) {
            m_unquoted.push_back(joined);
            m_record.m_cells.emplace_back(m_unquoted.back());
        } else {
            m_record.m_cells.emplace_back(text + at + 1, close - at - 1);
        }
        at = end;
        return true;
    }

    qsizetype end = at;
    while (end < size && !endsPlain(text[end])) {
        if (text[end] == u'\0')
            return fail(CsvProblem::Kind::NulCharacter, m_line + m_linesInRecord);
        ++end;
    }
    if (tooLong(end - at))
        return fail(CsvProblem::Kind::CellTooLong, m_line + m_linesInRecord);
    if (end >= size && !last) {
        more = true;
        return true;
    }
    m_record.m_cells.emplace_back(text + at, end - at);
    at = end;
    return true;
}

} // namespace yoid
