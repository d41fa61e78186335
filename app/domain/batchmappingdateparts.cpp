// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchmappingparts.h"

#include <QtCore/QHash>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Shape = DateParts::Shape;

constexpr qsizetype kLongestDate = 64;

/// Names of the months: English, French, Portuguese, Spanish, Kiswahili, and Arabic as Egypt and the Maghreb, the Levant and Iraq,
/// and Algeria and Tunisia write them. Shorter forms are found by their beginning.
constexpr const char16_t *kMonthNames[12] = {
    u"january janvier janeiro enero januari يناير جانفي كانونالثاني",
    u"february février fevereiro febrero februari فبراير فيفري شباط",
    u"march mars março marzo machi مارس آذار",
    u"april avril abril aprili أبريل إبريل أفريل نيسان",
    u"may mai maio mayo mei مايو ماي أيار",
    u"june juin junho junio juni يونيو جوان حزيران",
    u"july juillet julho julio julai يوليو جويلية تموز",
    u"august août agosto agosti أغسطس أوت غشت آب",
    u"september septembre setembro septiembre setiembre septemba سبتمبر شتنبر أيلول",
    u"october octobre outubro octubre oktoba أكتوبر تشرينالأول",
    u"november novembre novembro noviembre novemba نوفمبر نونبر تشرينالثاني",
    u"december décembre dezembro diciembre desemba ديسمبر دجنبر كانونالأول",
};

QHash<QString, int> monthTable()
{
    QHash<QString, int> table;
    for (int month = 1; month <= 12; ++month) {
        const QStringList names = QString::fromUtf16(kMonthNames[month - 1]).split(u' ');
        for (const QString &name : names)
            table.insert(headerKey(name), month);
    }
    return table;
}

/// The month with this name, or the only one whose names begin like it; 0: none.
int monthNamed(const QString &word)
{
    static const QHash<QString, int> kTable = monthTable();
    if (const int month = kTable.value(word))
        return month;
    if (word.size() < 3)
        return 0;
    int found = 0;
    for (auto entry = kTable.cbegin(); entry != kTable.cend(); ++entry) {
        if (!entry.key().startsWith(word))
            continue;
        if (found && found != entry.value())
            return 0;
        found = entry.value();
    }
    return found;
}

/// One sign of those that part days from months; blanks count as one.
char16_t separatorOf(QChar c)
{
    if (c == u'/' || c == u'.' || c == u'-' || c == u',')
        return c.unicode();
    if (c == u'\u060C')
        return u','; // the Arabic comma
    if (c == u'\u2010' || c == u'\u2011' || c == u'\u2012' || c == u'\u2013' || c == u'\u2212')
        return u'-';
    if (c == u'\u2044' || c == u'\u2215')
        return u'/';
    return c.isSpace() && c != u'\n' && c != u'\r' && c != u'\u2028' && c != u'\u2029' && c != u'\v' && c != u'\f' ? u' ' : u'\0';
}

struct Token {
    int value = 0;
    int digits = 0;             ///< 0: a month by its name.
    char16_t after = u'\0';     ///< What parts it from the next: the sign, else a blank.
};

/// Words that stand between the parts of a date and say nothing.
bool isFiller(const QString &word)
{
    return word == "de"_L1 || word == "del"_L1 || word == "of"_L1 || word == "ya"_L1 || word == "do"_L1;
}
bool isOrdinal(const QString &word)
{
    return word == "st"_L1 || word == "nd"_L1 || word == "rd"_L1 || word == "th"_L1 || word == "er"_L1 || word == "o"_L1 || word == "a"_L1
        || word == "ª"_L1;
}

/// Reads the tokens of one date, with a time of day after it or not.
class Scanner final {
public:
    explicit Scanner(QStringView cell)
        : m_text(cell)
    {
    }

    /// False when the cell is no date.
    bool read()
    {
        skipBlanks();
        while (!atEnd()) {
            if (m_count == 3)
                return isTimeOfDay();
            if (!token())
                return false;
        }
        return m_count == 3;
    }
    [[nodiscard]] const Token &at(size_t index) const { return m_tokens[index]; }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] QChar here() const { return m_text[m_at]; }
    void skipUnseen()
    {
        while (!atEnd() && isUnseen(here()))
            ++m_at;
    }
    void skipBlanks()
    {
        while (!atEnd() && (isUnseen(here()) || separatorOf(here()) == u' '))
            ++m_at;
    }

    bool token()
    {
        if (digitOf(here()) >= 0)
            return number();
        if (here().isLetter())
            return word();
        return false;
    }

    bool number()
    {
        Token token;
        for (; !atEnd(); skipUnseen()) {
            const int digit = digitOf(here());
            if (digit < 0)
                break;
            if (++token.digits > 4)
                return false;
            token.value = token.value * 10 + digit;
            ++m_at;
        }
        token.after = separators();
        m_tokens[m_count++] = token;
        return true;
    }

    bool word()
    {
        QString letters;
        for (; !atEnd(); skipUnseen()) {
            if (!here().isLetter() && !here().isMark())
                break;
            letters += here();
            ++m_at;
        }
        const QString plain = headerKey(letters.toLower());
        const bool behindNumber = m_count > 0 && m_tokens[m_count - 1].after == u'\0';
        if (behindNumber && m_tokens[m_count - 1].digits > 0 && isOrdinal(plain)) {
            m_tokens[m_count - 1].after = separators();
            return true;
        }
        if (isFiller(plain) && m_count > 0) {
            (void)separators();
            return true;
        }
        if (plain == "t"_L1)
            return false;
        QString name = plain;
        int month = monthNamed(name);
        if (month == 0 && !atEnd() && here().isSpace()) { // كانون الثاني: two words
            const qsizetype before = m_at;
            skipBlanks();
            QString second;
            while (!atEnd() && here().isLetter())
                second += m_text[m_at++];
            name += headerKey(second);
            month = second.isEmpty() ? 0 : monthNamed(name);
            if (month == 0)
                m_at = before;
        }
        if (month == 0)
            return false;
        Token token;
        token.value = month;
        token.after = separators();
        m_tokens[m_count++] = token;
        return true;
    }

    /// Skips what stands between two parts; the sign among it, else a blank, else nothing.
    char16_t separators()
    {
        char16_t sign = u'\0';
        for (; !atEnd(); ++m_at) {
            if (isUnseen(here()))
                continue;
            const char16_t separator = separatorOf(here());
            if (separator == u'\0')
                break;
            if (separator == u' ')
                sign = sign == u'\0' ? u' ' : sign;
            else if (sign == u'\0' || sign == u' ')
                sign = separator;
            else if (!(sign == u'.' && (separator == u'-' || separator == u',')))
                return u'?'; // 14//11
        }
        return sign;
    }

    /// `00:00`, `T00:00:00.000Z`, `12:00:00 AM`, `10:15:00+02:00`: looked at, not kept.
    bool isTimeOfDay()
    {
        if (!atEnd() && (here() == u'T' || here() == u't'))
            ++m_at;
        else if (m_tokens[2].after != u' ' && m_tokens[2].after != u',')
            return false;
        int parts = 0;
        for (;;) {
            int digits = 0;
            for (; !atEnd() && digitOf(here()) >= 0; ++m_at)
                ++digits;
            if (digits == 0 || digits > 2)
                return false;
            ++parts;
            if (atEnd() || here() != u':')
                break;
            ++m_at;
        }
        if (parts < 2 || parts > 3)
            return false;
        if (!atEnd() && (here() == u'.' || here() == u',')) {
            ++m_at;
            while (!atEnd() && digitOf(here()) >= 0)
                ++m_at;
        }
        skipBlanks();
        const QString rest = m_text.sliced(m_at).trimmed().toString().toUpper();
        if (rest.isEmpty() || rest == "Z"_L1 || rest == "AM"_L1 || rest == "PM"_L1 || rest == "UTC"_L1 || rest == "GMT"_L1)
            return true;
        const bool isOffset = (rest.startsWith(u'+') || rest.startsWith(u'-')) && rest.size() <= 6;
        return isOffset && std::all_of(rest.begin() + 1, rest.end(), [](QChar c) { return c == u':' || (c >= u'0' && c <= u'9'); });
    }

    QStringView m_text;
    qsizetype m_at = 0;
    std::array<Token, 3> m_tokens;
    size_t m_count = 0;
};

int fullYear(int twoDigits, int thisYear)
{
    return 2000 + twoDigits > thisYear + 10 ? 1900 + twoDigits : 2000 + twoDigits;
}

} // namespace

bool isUnseen(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0x200E || u == 0x200F || u == 0x061C || (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069) || u == 0x200B
        || u == 0x2060 || u == 0xFEFF || u == 0x00AD;
}

int digitOf(QChar c)
{
    if (c >= u'0' && c <= u'9')
        return c.unicode() - u'0';
    return c.unicode() < 0x80 || c.category() != QChar::Number_DecimalDigit ? -1 : c.digitValue();
}

bool CalendarDay::exists() const
{
    return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year);
}

int daysIn(int month, int year)
{
    static constexpr std::array<int, 12> kDays { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const bool isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && isLeapYear ? 29 : kDays[size_t(month - 1)];
}

QString isoText(const CalendarDay &day)
{
    return u"%1-%2-%3"_s.arg(day.year, 4, 10, QChar(u'0')).arg(day.month, 2, 10, QChar(u'0')).arg(day.day, 2, 10, QChar(u'0'));
}

DateParts datePartsOf(QStringView cell)
{
    DateParts parts;
    if (cell.size() < 6 || cell.size() > kLongestDate)
        return parts;
    Scanner scanner(cell);
    if (!scanner.read())
        return parts;
    const Token &first = scanner.at(0);
    const Token &second = scanner.at(1);
    const Token &third = scanner.at(2);
    const auto isYear = [](const Token &token) { return token.digits == 4; };
    const auto isShort = [](const Token &token) { return token.digits == 1 || token.digits == 2; };
    if (first.digits && second.digits && third.digits) {
        const bool oneSeparator = first.after == second.after
            && (first.after == u'/' || first.after == u'.' || first.after == u'-' || first.after == u' ');
        if (!oneSeparator)
            return parts;
        if (isYear(first) && isShort(second) && isShort(third))
            parts.shape = Shape::YearFirst;
        else if (isShort(first) && isShort(second) && isYear(third))
            parts.shape = Shape::YearLast;
        else if (isShort(first) && isShort(second) && isShort(third) && (first.digits == 2 || third.digits == 2))
            parts.shape = Shape::Short;
        else
            return parts;
        parts.yearMayLead = first.digits == 2;
        parts.yearMayEnd = third.digits == 2;
        parts.a = first.value;
        parts.b = second.value;
        parts.c = third.value;
        return parts;
    }
    const Token *day = nullptr;
    const Token *month = nullptr;
    const Token *year = nullptr;
    if (isShort(first) && !second.digits && third.digits) { // 14 Nov 2026
        day = &first;
        month = &second;
        year = &third;
    } else if (!first.digits && isShort(second) && third.digits) { // Nov 14, 2026
        month = &first;
        day = &second;
        year = &third;
    } else if (isYear(first) && !second.digits && isShort(third)) { // 2026 Nov 14
        year = &first;
        month = &second;
        day = &third;
    }
    if (!day || (year->digits != 2 && !isYear(*year)) || first.after == u'?' || second.after == u'?')
        return parts;
    parts.shape = Shape::Named;
    parts.a = day->value;
    parts.b = month->value;
    parts.c = year->value;
    parts.shortYear = year->digits == 2;
    return parts;
}

std::optional<CalendarDay> dayOf(const DateParts &parts, DateOrder order, int thisYear)
{
    switch (parts.shape) {
    case Shape::None:
        break;
    case Shape::YearFirst:
        return CalendarDay { parts.a, parts.b, parts.c };
    case Shape::Named:
        return CalendarDay { parts.shortYear ? fullYear(parts.c, thisYear) : parts.c, parts.b, parts.a };
    case Shape::YearLast:
        if (order == DateOrder::DayMonthYear)
            return CalendarDay { parts.c, parts.b, parts.a };
        if (order == DateOrder::MonthDayYear)
            return CalendarDay { parts.c, parts.a, parts.b };
        break;
    case Shape::Short:
        if (order == DateOrder::YearMonthDay && parts.yearMayLead)
            return CalendarDay { fullYear(parts.a, thisYear), parts.b, parts.c };
        if (order == DateOrder::DayMonthYear && parts.yearMayEnd)
            return CalendarDay { fullYear(parts.c, thisYear), parts.b, parts.a };
        if (order == DateOrder::MonthDayYear && parts.yearMayEnd)
            return CalendarDay { fullYear(parts.c, thisYear), parts.a, parts.b };
        break;
    }
    return std::nullopt;
}

} // namespace yoid
