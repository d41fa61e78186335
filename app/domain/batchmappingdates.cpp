// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchmappingparts.h"

#include <QtCore/QDate>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Shape = DateParts::Shape;

constexpr qsizetype kLongestExample = 64;

bool isDayAndMonth(int day, int month, int year)
{
    return CalendarDay { year, month, day }.exists();
}

} // namespace

std::optional<QString> dateFromCell(QStringView cell, DateOrder order, int thisYear)
{
    const std::optional<CalendarDay> day = dayOf(datePartsOf(cell), order, thisYear);
    return day && day->exists() ? std::optional(isoText(*day)) : std::nullopt;
}

std::optional<QString> dateFromSerial(QStringView cell)
{
    constexpr int kFirst = 10959; // 1930-01-01
    constexpr int kLast = 73415;  // 2100-12-31
    int days = 0;
    int digits = 0;
    bool inFraction = false;
    for (const QChar c : cell.trimmed()) {
        if (isUnseen(c))
            continue;
        if (!inFraction && digits == 5 && (c == u'.' || c == u',' || c == u'\u066B')) {
            inFraction = true; // the time of day
            continue;
        }
        const int digit = digitOf(c);
        if (digit < 0 || (!inFraction && ++digits > 5))
            return std::nullopt;
        if (!inFraction)
            days = days * 10 + digit;
    }
    if (digits != 5 || days < kFirst || days > kLast)
        return std::nullopt;
    return QDate(1899, 12, 30).addDays(days).toString(Qt::ISODate);
}

void DateEvidence::take(QStringView cell)
{
    if (cell.trimmed().isEmpty())
        return;
    constexpr int kLeapYear = 2000; // a two-digit year may be one
    const DateParts parts = datePartsOf(cell);
    bool dayFirstReads = false;
    bool monthFirstReads = false;
    bool yearFirstReads = false;
    switch (parts.shape) {
    case Shape::None:
        break;
    case Shape::Named:
        ++(isDayAndMonth(parts.a, parts.b, parts.shortYear ? kLeapYear : parts.c) ? same : none);
        return;
    case Shape::YearFirst:
        yearFirstReads = isDayAndMonth(parts.c, parts.b, parts.a);
        break;
    case Shape::YearLast:
        dayFirstReads = isDayAndMonth(parts.a, parts.b, parts.c);
        monthFirstReads = isDayAndMonth(parts.b, parts.a, parts.c);
        break;
    case Shape::Short:
        // `26/11/14` is read in three ways, and as nobody can know, it proves nothing.
        dayFirstReads = parts.yearMayEnd && isDayAndMonth(parts.a, parts.b, kLeapYear);
        monthFirstReads = parts.yearMayEnd && isDayAndMonth(parts.b, parts.a, kLeapYear);
        yearFirstReads = parts.yearMayLead && isDayAndMonth(parts.c, parts.b, kLeapYear);
        break;
    }
    const int ways = int(dayFirstReads) + int(monthFirstReads) + int(yearFirstReads);
    const bool allSame = parts.a == parts.b && (parts.shape == Shape::YearLast || parts.b == parts.c);
    if (ways == 0) {
        ++none;
    } else if (ways > 1 && allSame) {
        ++same;
    } else if (ways > 1) {
        if (ambiguous++ == 0)
            example = cell.trimmed().left(kLongestExample).toString();
    } else {
        ++(dayFirstReads ? dayFirst : monthFirstReads ? monthFirst : yearFirst);
    }
}

void DateEvidence::add(const DateEvidence &other)
{
    if (ambiguous == 0)
        example = other.example;
    dayFirst += other.dayFirst;
    monthFirst += other.monthFirst;
    yearFirst += other.yearFirst;
    ambiguous += other.ambiguous;
    same += other.same;
    none += other.none;
}

std::optional<DateOrder> DateEvidence::proved() const
{
    // Days with the year in front are read in any order, so they contradict neither of the others.
    if (dayFirst > 0 && monthFirst == 0)
        return DateOrder::DayMonthYear;
    if (monthFirst > 0 && dayFirst == 0)
        return DateOrder::MonthDayYear;
    if (yearFirst > 0 && dayFirst == 0 && ambiguous == 0)
        return DateOrder::YearMonthDay;
    return std::nullopt;
}

bool DateEvidence::mustAsk() const
{
    return ambiguous > 0 && !proved();
}

} // namespace yoid
