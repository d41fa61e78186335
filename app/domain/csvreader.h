// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringConverter>
#include <QtCore/QStringList>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace yoid {

/// How a file of people writes its letters. Shown to the user, who may correct the guess.
enum class CsvEncoding { Utf8, Utf16Le, Utf16Be, Windows1252 };

struct CsvDialect {
    CsvEncoding encoding = CsvEncoding::Utf8;
    char16_t delimiter = u',';
    bool operator==(const CsvDialect &) const = default;
};

/// What a table looks like by its first bytes: a byte order mark decides; without one UTF-8 when it is valid, UTF-16 when every
/// other byte is zero, else Windows-1252 (what spreadsheets of French and Portuguese offices write). The delimiter is the one of
/// `, ; tab |` that splits the first lines into the same number of cells, most of them.
struct CsvGuess {
    CsvDialect dialect;
    bool sure = false;      ///< A mark, or nothing but ASCII; otherwise the user is asked with a preview.
};
/// \param sample the first 64 KiB or less \param whole nothing follows the sample
[[nodiscard]] CsvGuess guessCsvDialect(QByteArrayView sample, bool whole);

/// What makes a file unreadable; nothing of it is taken then.
struct CsvProblem {
    enum class Kind {
        UnbalancedQuote,    ///< A quotation mark opens at `line` and never closes.
        CellTooLong,        ///< Over 64 KiB characters.
        TooManyCells,       ///< Over 1 000 in one record.
        NulCharacter,
        BadEncoding,        ///< Bytes that the encoding cannot have.
    };
    Kind kind = Kind::BadEncoding;
    qint64 line = 0;        ///< Line of the file, from 1.
    bool operator==(const CsvProblem &) const = default;
};

/// One record. Its cells are views that live only as long as the call that hands it over.
class CsvRecord {
public:
    [[nodiscard]] qsizetype size() const { return qsizetype(m_cells.size()); }
    [[nodiscard]] QStringView cell(qsizetype index) const { return m_cells[size_t(index)]; }
    [[nodiscard]] QStringList texts() const;
    /// Line of the file on which it begins, from 1.
    [[nodiscard]] qint64 line() const { return m_line; }
    /// Letters stood behind a closing quotation mark; they were added to the cell, as spreadsheets do.
    [[nodiscard]] bool odd() const { return m_odd; }

private:
    friend class CsvReader;
    std::vector<QStringView> m_cells;
    qint64 m_line = 0;
    bool m_odd = false;
};

/// Reads a table piece by piece (RFC 4180; line ends LF, CRLF, CR, also mixed; blank lines are left out). Holds one record and one piece
/// at a time, whatever the size of the file. For any thread; one reader for one file.
class CsvReader final {
public:
    /// Takes a record; false ends the reading.
    using Take = std::function<bool(const CsvRecord &record)>;

    explicit CsvReader(const CsvDialect &dialect);

    /// Goes on with the next piece; `last` for the final one, which may be empty. True while all is well; after false nothing more is
    /// taken: there is a problem, or `take` has said so.
    bool feed(QByteArrayView piece, bool last, const Take &take);
    [[nodiscard]] const std::optional<CsvProblem> &problem() const { return m_problem; }

private:
    enum class Ending { Record, NeedsMore, Stopped };

    [[nodiscard]] QString decoded(QByteArrayView piece);
    [[nodiscard]] bool endsWhole();
    /// One record from m_at on; NeedsMore leaves m_at where the record begins.
    Ending record(bool last);
    [[nodiscard]] bool cell(qsizetype &at, bool last, bool &more);
    bool fail(CsvProblem::Kind kind, qint64 line);

    CsvDialect m_dialect;
    QStringDecoder m_decoder;
    QString m_text;             ///< What is read and not yet handed over.
    qsizetype m_at = 0;
    qint64 m_bytes = 0;
    qint64 m_line = 1;          ///< Of m_at.
    qint64 m_linesInRecord = 0;
    CsvRecord m_record;
    std::deque<QString> m_unquoted; ///< Cells whose quotation marks were doubled.
    std::optional<CsvProblem> m_problem;
    bool m_stopped = false;
    bool m_afterCarriageReturn = false; ///< The piece before ended with CR: an LF now belongs to it.
};

} // namespace yoid
