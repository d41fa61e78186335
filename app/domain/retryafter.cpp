// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/retryafter.h"

#include <QtCore/QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qint64 kShortest = 1;
constexpr qint64 kLongest = 3600;

bool allDigits(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int monthOf(const QByteArray &name)
{
    static constexpr const char *kMonths[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    for (int i = 0; i < 12; ++i) {
        if (name == kMonths[i])
            return i + 1;
    }
    return 0;
}

QTime timeOf(const QByteArray &text)
{
    const QList<QByteArray> parts = text.split(':');
    if (parts.size() != 3)
        return {};
    for (const QByteArray &part : parts) {
        if (part.size() != 2 || !allDigits(part))
            return {};
    }
    // A leap second has no place in QTime; the second before it is near enough for waiting.
    return QTime(parts[0].toInt(), parts[1].toInt(), std::min(parts[2].toInt(), parts[2] == "60" ? 59 : 99));
}

QDateTime assemble(const QByteArray &year, const QByteArray &month, const QByteArray &day, const QByteArray &time)
{
    if (!allDigits(year) || !allDigits(day) || day.size() > 2)
        return {};
    int fullYear = year.toInt();
    if (year.size() == 2)
        fullYear += fullYear < 70 ? 2000 : 1900; // RFC 9110: never more than 50 years ahead; without a clock: as POSIX
    else if (year.size() != 4)
        return {};
    const QDate date(fullYear, monthOf(month), day.toInt());
    const QTime clock = timeOf(time);
    if (!date.isValid() || !clock.isValid())
        return {};
    return QDateTime(date, clock, Qt::UTC);
}

} // namespace

QDateTime parseHttpDate(const QByteArray &value)
{
    if (value.size() > 64)
        return {};
    const QList<QByteArray> words = value.simplified().split(' ');
    // Sun, 06 Nov 1994 08:49:37 GMT
    if (words.size() == 6 && words[0].endsWith(',') && words[5] == "GMT" && words[3].size() == 4)
        return assemble(words[3], words[2], words[1], words[4]);
    // Sunday, 06-Nov-94 08:49:37 GMT
    if (words.size() == 4 && words[0].endsWith(',') && words[3] == "GMT") {
        const QList<QByteArray> date = words[1].split('-');
        if (date.size() == 3)
            return assemble(date[2], date[1], date[0], words[2]);
    }
    // Sun Nov  6 08:49:37 1994
    if (words.size() == 5 && words[0].size() == 3 && words[4].size() == 4)
        return assemble(words[4], words[1], words[2], words[3]);
    return {};
}

std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &value, const QByteArray &dateHeader,
                                                    const QDateTime &nowUtc)
{
    const QByteArray text = value.trimmed();
    const auto clamped = [](qint64 seconds) { return std::chrono::seconds(std::clamp(seconds, kShortest, kLongest)); };
    if (allDigits(text))
        return clamped(text.size() > 9 ? kLongest : text.toLongLong());
    if (text.startsWith('-') && allDigits(text.mid(1)))
        return clamped(0);
    const QDateTime until = parseHttpDate(text);
    if (!until.isValid())
        return std::nullopt;
    const QDateTime served = parseHttpDate(dateHeader);
    const QDateTime from = served.isValid() ? served : nowUtc;
    if (!from.isValid())
        return std::nullopt;
    return clamped(from.secsTo(until));
}

} // namespace yoid
