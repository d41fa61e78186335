// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/numberformat.h"

#include <QtCore/QDate>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Kind = NumberFormat::Kind;

constexpr int kSecondsOfDay = 86'400;
constexpr qint64 kLastDay = 2'958'465; ///< 9999-12-31, counted from 1900.
constexpr int kMostDigits = 255;

/// The letters of a format that stand for something, without quoted text, colours, conditions and filling.
struct FormatLetters {
    bool day = false;       ///< d, y
    bool month = false;     ///< m, which are minutes beside hours or seconds
    bool time = false;      ///< h, s
    bool elapsed = false;   ///< [h], [mm], [ss]
    bool number = false;    ///< # and ?
    int zeros = 0;
    bool other = false;
};

bool isElapsed(QStringView inBrackets)
{
    return !inBrackets.isEmpty() && std::all_of(inBrackets.begin(), inBrackets.end(), [](QChar c) {
        return "hHmMsS"_L1.contains(c);
    });
}

FormatLetters lettersOf(QStringView code)
{
    FormatLetters letters;
    for (qsizetype i = 0; i < code.size() && code[i] != u';'; ++i) { // positive numbers have the first section
        switch (code[i].unicode()) {
        case u'"':
            i = code.indexOf(u'"', i + 1);
            if (i < 0)
                return letters;
            letters.other = true;
            break;
        case u'[': {
            const qsizetype close = code.indexOf(u']', i);
            if (close < 0)
                return letters;
            letters.elapsed |= isElapsed(code.sliced(i + 1, close - i - 1));
            i = close;
            break;
        }
        case u'\\':
        case u'_':
        case u'*':
            ++i;
            letters.other = true;
            break;
        case u'd':
        case u'D':
        case u'y':
        case u'Y':
            letters.day = true;
            break;
        case u'm':
        case u'M':
            letters.month = true;
            break;
        case u'h':
        case u'H':
        case u's':
        case u'S':
            letters.time = true;
            break;
        case u'0':
            ++letters.zeros;
            break;
        case u'#':
        case u'?':
            letters.number = true;
            break;
        default:
            letters.other = true;
            break;
        }
    }
    return letters;
}

QString clockText(qint64 seconds)
{
    const auto two = [](qint64 number) { return QString::number(number).rightJustified(2, u'0'); };
    QString text = two(seconds / 3600) + u':' + two(seconds / 60 % 60);
    if (seconds % 60 != 0)
        text += u':' + two(seconds % 60);
    return text;
}

QString dayText(qint64 day, bool from1904)
{
    if (from1904)
        return QDate(1904, 1, 1).addDays(day).toString(Qt::ISODate);
    if (day == 60)
        return u"1900-02-29"_s; // a day that only spreadsheets know
    return QDate(1899, 12, day < 60 ? 31 : 30).addDays(day).toString(Qt::ISODate);
}

/// Fifteen digits without an exponent.
QString plainText(double number)
{
    const QByteArray digits = QByteArray::number(number, 'e', 14); // d.dddddddddddddde±xx
    const qsizetype mark = digits.indexOf('e');
    const int exponent = digits.sliced(mark + 1).toInt();
    if (exponent > 30 || exponent < -20)
        return QString::number(number, 'g', 15);
    const bool negative = digits.startsWith('-');
    QByteArray mantissa = digits.sliced(negative ? 1 : 0, mark - (negative ? 1 : 0));
    mantissa.remove(1, 1);
    while (mantissa.size() > 1 && mantissa.endsWith('0'))
        mantissa.chop(1);
    if (mantissa == "0")
        return u"0"_s;
    if (exponent < 0)
        mantissa.prepend("0." + QByteArray(-exponent - 1, '0'));
    else if (mantissa.size() <= exponent + 1)
        mantissa.append(QByteArray(exponent + 1 - mantissa.size(), '0'));
    else
        mantissa.insert(exponent + 1, '.');
    return QString::fromLatin1(negative ? '-' + mantissa : mantissa);
}

bool isWhole(QStringView raw)
{
    const QStringView digits = raw.startsWith(u'-') ? raw.sliced(1) : raw;
    return !digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString timeText(double number, Kind kind, bool from1904)
{
    auto day = static_cast<qint64>(std::floor(number));
    auto seconds = static_cast<qint64>(std::llround((number - std::floor(number)) * kSecondsOfDay));
    if (seconds == kSecondsOfDay) {
        ++day;
        seconds = 0;
    }
    if (kind == Kind::Elapsed)
        return clockText(day * kSecondsOfDay + seconds);
    if (kind == Kind::Time || (kind == Kind::DateTime && day == 0 && seconds != 0))
        return clockText(seconds);
    if (day == 0 && !from1904)
        return plainText(number); // "the 0th of January 1900"
    const QString text = dayText(day, from1904);
    return kind == Kind::Date || seconds == 0 ? text : text + u' ' + clockText(seconds);
}

} // namespace

NumberFormat builtInFormat(int id)
{
    if (id >= 14 && id <= 17)
        return { Kind::Date };
    if ((id >= 18 && id <= 21) || id == 45 || id == 47)
        return { Kind::Time };
    if (id == 46)
        return { Kind::Elapsed };
    // Of 27 to 36 and 50 to 58 the language decides whether they are days or times: the number itself tells.
    if (id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return { Kind::DateTime };
    return {};
}

NumberFormat numberFormat(QStringView code)
{
    if (code.trimmed().startsWith(u"General", Qt::CaseInsensitive))
        return {};
    const FormatLetters letters = lettersOf(code);
    if (letters.number)
        return {};
    if (letters.day || (letters.month && !letters.time && !letters.elapsed))
        return { letters.time ? Kind::DateTime : Kind::Date };
    if (letters.elapsed)
        return { Kind::Elapsed };
    if (letters.time)
        return { Kind::Time };
    if (letters.zeros > 1 && letters.zeros <= kMostDigits && !letters.other)
        return { Kind::Padded, letters.zeros };
    return {};
}

QString numberText(QStringView raw, const NumberFormat &format, bool from1904)
{
    const bool whole = isWhole(raw);
    if (format.kind == Kind::Plain && whole)
        return raw.toString();
    bool ok = false;
    const double number = raw.toDouble(&ok);
    if (!ok || !std::isfinite(number))
        return raw.toString();
    switch (format.kind) {
    case Kind::Plain:
        break;
    case Kind::Padded: {
        const QString text = whole ? raw.toString() : plainText(std::round(number));
        return text.startsWith(u'-') ? text : text.rightJustified(format.digits, u'0');
    }
    case Kind::Date:
    case Kind::DateTime:
    case Kind::Time:
    case Kind::Elapsed:
        if (number >= 0 && number < static_cast<double>(kLastDay + 1))
            return timeText(number, format.kind, from1904);
        break;
    }
    return whole ? raw.toString() : plainText(number);
}

} // namespace yoid
