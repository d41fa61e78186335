// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchcheckparts.h"

#include "app/domain/displaytext.h"
#include "app/domain/typedtext.h"

#include <QtCore/QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Kind = RowProblem::Kind;
using Reason = AttributeProblem::Reason;

constexpr qsizetype kLongestNumber = 64;

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isGroupBlank(QChar c)
{
    return c == u' ' || c == u'\u00A0' || c == u'\u202F' || c == u'\u2009' || c == u'\'' || c == u'\u2019' || c == u'\u066C';
}

/// A number by the rule of a file, as JSON writes it.
struct NumberReading {
    QString json;
    bool sure = false;  ///< Else the marks could mean something else.
};

/// `-1 234,5`: sign, digits with or without groups of three, decimals. Nothing when it is none.
std::optional<NumberReading> numberByRule(QStringView text, char16_t mark)
{
    const char16_t other = mark == u'.' ? u',' : u'.';
    QString json;
    qsizetype at = 0;
    if (at < text.size() && (text[at] == u'-' || text[at] == u'+')) {
        if (text[at] == u'-')
            json += u'-';
        ++at;
    }
    QChar groupSign;
    int groups = 0;
    qsizetype run = 0;
    for (; at < text.size(); ++at) {
        const QChar c = text[at];
        if (isDigit(c)) {
            json += c;
            ++run;
            continue;
        }
        if (!isGroupBlank(c) && c != QChar(other))
            break;
        const bool fits = groups == 0 ? run >= 1 && run <= 3 : run == 3 && c == groupSign;
        if (!fits)
            return std::nullopt;
        groupSign = c;
        ++groups;
        run = 0;
    }
    if (run == 0 || (groups > 0 && run != 3))
        return std::nullopt;
    bool hasDecimals = false;
    if (at < text.size() && text[at] == QChar(mark)) {
        json += u'.';
        const qsizetype before = ++at;
        for (; at < text.size() && isDigit(text[at]); ++at)
            json += text[at];
        if (at == before)
            return std::nullopt;
        hasDecimals = true;
    }
    if (at < text.size() && groups == 0 && (text[at] == u'e' || text[at] == u'E')) {
        json += text.sliced(at);
        at = text.size();
    }
    if (at < text.size() || !jsonNumber(json))
        return std::nullopt;
    return NumberReading { json, groups != 1 || hasDecimals || groupSign != QChar(other) };
}

QString inFileForm(QString json, char16_t mark)
{
    return json.replace(u'.', QChar(mark));
}

/// What was probably meant by a text that is no number by the file's rule, written by that rule; empty: nothing likely.
QString likelyNumber(QString text, char16_t mark)
{
    const char16_t other = mark == u'.' ? u',' : u'.';
    if (const auto unsure = numberByRule(text, mark))
        return inFileForm(unsure->json, mark);
    if (const auto swapped = numberByRule(text, other); swapped && swapped->sure)
        return inFileForm(swapped->json, mark);
    while (text.endsWith(u'%') || (!text.isEmpty() && text.back().isSpace()))
        text.chop(1);
    for (QChar &c : text) {
        if (c == u'l' || c == u'I' || c == u'|')
            c = u'1';
        else if (c == u'O' || c == u'o')
            c = u'0';
    }
    const bool negative = text.startsWith(u'-');
    if (negative || text.startsWith(u'+'))
        text.remove(0, 1);
    if (text.endsWith(u'.') || text.endsWith(u','))
        text.chop(1);
    if (text.startsWith(u'.') || text.startsWith(u','))
        text.prepend(u'0');
    while (text.size() > 1 && text.at(0) == u'0' && isDigit(text.at(1)))
        text.remove(0, 1);
    if (negative)
        text.prepend(u'-');
    for (const char16_t each : { mark, other }) {
        if (const auto number = numberByRule(text, each))
            return inFileForm(number->json, mark);
    }
    return {};
}

ValueReading readNumber(QStringView cell, DecimalMark decimalMark)
{
    const char16_t mark = decimalMark == DecimalMark::Comma ? u',' : u'.';
    QString text = withoutDirectionMarks(cell);
    text.replace(u'\u066B', QChar(mark)).replace(u'\u2212', u'-');
    text = trimmedText(asciiDigits(text));
    if (text.size() > kLongestNumber)
        return ValueReading::bad(Reason::NotANumber);
    if (isSpreadsheetScientific(text))
        return { {}, false, Kind::ScientificNumber, Reason::NotANumber, {} };
    const std::optional<NumberReading> number = numberByRule(text, mark);
    if (number && number->sure)
        return ValueReading::good(number->json);
    return ValueReading::bad(Reason::NotANumber, likelyNumber(text, mark));
}

/// `20261114`
QString compactDate(const QString &text)
{
    if (text.size() != 8 || !std::all_of(text.begin(), text.end(), isDigit))
        return {};
    const CalendarDay day { text.first(4).toInt(), text.sliced(4, 2).toInt(), text.last(2).toInt() };
    return day.exists() && day.year >= 1900 && day.year <= 2100 ? isoText(day) : QString();
}

ValueReading readDate(QStringView cell, const CellRules &rules)
{
    static constexpr std::array kOrders { DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay };
    const DateParts parts = datePartsOf(cell);
    if (parts.shape == DateParts::Shape::None) {
        if (const std::optional<QString> day = dateFromSerial(cell))
            return { {}, false, Kind::DateSerial, Reason::NotADate, *day };
        return ValueReading::bad(Reason::NotADate, compactDate(trimmedText(asciiDigits(withoutDirectionMarks(cell)))));
    }
    // The one day that it can be when the order is not known, or wrong for this cell.
    std::optional<CalendarDay> only;
    bool isOnly = true;
    for (const DateOrder order : kOrders) {
        const std::optional<CalendarDay> day = dayOf(parts, order, rules.thisYear);
        if (!day || !day->exists())
            continue;
        isOnly = isOnly && (!only || *only == *day);
        only = day;
    }
    const QString onlyText = only && isOnly ? isoText(*only) : QString();
    if (!rules.dateOrder)
        return onlyText.isEmpty() ? ValueReading::bad(Reason::NotADate) : ValueReading::good(onlyText);
    const std::optional<CalendarDay> day = dayOf(parts, *rules.dateOrder, rules.thisYear);
    if (day && day->exists())
        return ValueReading::good(isoText(*day));
    if (!onlyText.isEmpty())
        return ValueReading::bad(Reason::NotADate, onlyText);
    const bool monthExists = day && day->month >= 1 && day->month <= 12 && day->year >= 1000;
    if (!monthExists || day->day < 1 || day->day > 31)
        return { {}, false, only ? Kind::BadValue : Kind::NotADay, Reason::NotADate, {} };
    const CalendarDay lastDay { day->year, day->month, daysIn(day->month, day->year) };
    return { {}, false, Kind::NotADay, Reason::NotADate, isoText(lastDay) };
}

ValueReading readBoolean(QStringView cell)
{
    static constexpr QStringView kYes[] = { u"true", u"yes",  u"y",    u"1",   u"x",    u"oui",  u"vrai", u"sim",  u"verdadeiro", u"si",
                                            u"sí",   u"verdadero", u"ndiyo", u"ndio", u"kweli", u"نعم", u"صحيح", u"✓", u"✔", u"☑", u"on" };
    static constexpr QStringView kNo[] = { u"false", u"no", u"n", u"0", u"non", u"faux", u"não", u"nao", u"falso", u"hapana", u"la",
                                           u"si kweli", u"لا", u"خطأ", u"خاطئ", u"✗", u"✘", u"☐", u"off" };
    const QString text = trimmedText(asciiDigits(withoutDirectionMarks(cell))).normalized(QString::NormalizationForm_C);
    const auto isOneOf = [&text](const auto &words) {
        return std::any_of(std::begin(words), std::end(words),
                           [&text](QStringView word) { return text.compare(word, Qt::CaseInsensitive) == 0; });
    };
    if (isOneOf(kYes))
        return ValueReading::good(u"true"_s);
    if (isOneOf(kNo))
        return ValueReading::good(u"false"_s);
    return ValueReading::bad(Reason::NotABoolean);
}

bool isBadControl(QChar c)
{
    return c.category() == QChar::Other_Control && c != u'\n' && c != u'\r' && c != u'\t';
}

ValueReading readText(QStringView cell)
{
    if (isSpreadsheetScientific(cell))
        return { {}, false, Kind::ScientificNumber, {}, {} };
    if (std::none_of(cell.begin(), cell.end(), isBadControl))
        return ValueReading::good(cell.toString());
    QString cleaned = cell.toString();
    cleaned.removeIf(isBadControl);
    return ValueReading::bad(Reason::ControlCharacters, cleaned.trimmed().isEmpty() ? QString() : cleaned);
}

} // namespace

bool isSpreadsheetScientific(QStringView cell)
{
    const QString text = cell.size() > kLongestNumber ? QString() : trimmedText(asciiDigits(withoutDirectionMarks(cell)));
    qsizetype at = text.startsWith(u'-') ? 1 : 0;
    const auto digits = [&] {
        const qsizetype from = at;
        while (at < text.size() && isDigit(text.at(at)))
            ++at;
        return at - from;
    };
    if (digits() != 1)
        return false;
    if (at < text.size() && (text.at(at) == u'.' || text.at(at) == u',')) {
        ++at;
        if (digits() == 0)
            return false;
    }
    if (at + 1 >= text.size() || (text.at(at) != u'E' && text.at(at) != u'e') || (text.at(at + 1) != u'+' && text.at(at + 1) != u'-'))
        return false;
    at += 2;
    return digits() >= 2 && at == text.size();
}

ValueReading readValue(AttributeType type, QStringView cell, const CellRules &rules)
{
    constexpr qsizetype kLongestValue = 4096; // as problemsOf(IssueDraft) has it
    if (cell.size() > kLongestValue)
        return ValueReading::bad(Reason::TooLong);
    switch (type) {
    case AttributeType::String:
        break;
    case AttributeType::Number:
        return readNumber(cell, rules.decimalMark);
    case AttributeType::Boolean:
        return readBoolean(cell);
    case AttributeType::Date:
        return readDate(cell, rules);
    }
    return readText(cell);
}

QString withoutHiddenCharacters(QStringView text)
{
    QString seen = withoutDirectionMarks(text);
    if (hasHiddenCharacters(seen)) {
        seen.removeIf([](QChar c) {
            return c.category() == QChar::Other_Format || c.category() == QChar::Other_PrivateUse
                || c == u'\u034F' || c == u'\u115F' || c == u'\u1160' || c == u'\u2800' || c == u'\u3164' || c == u'\uFFA0';
        });
    }
    return hasHiddenCharacters(seen) || seen.trimmed().isEmpty() ? QString() : seen;
}

SplitName splitFullName(QStringView fullName)
{
    const QString name = trimmedText(withoutDirectionMarks(fullName));
    const auto isComma = [](QChar c) { return c == u',' || c == u'\u060C'; };
    if (std::count_if(name.begin(), name.end(), isComma) == 1) {
        const qsizetype comma = std::find_if(name.begin(), name.end(), isComma) - name.begin();
        const QString last = trimmedText(QStringView(name).first(comma));
        const QString first = trimmedText(QStringView(name).sliced(comma + 1));
        if (!first.isEmpty() && !last.isEmpty())
            return { first, last };
    }
    qsizetype at = name.size();
    while (at > 0 && !(name.at(at - 1) == u' ' || name.at(at - 1) == u'\u00A0' || name.at(at - 1) == u'\t'))
        --at;
    if (at == 0)
        return { name, {} };
    return { trimmedText(QStringView(name).first(at)), name.sliced(at) };
}

std::optional<QString> languageFromCell(QStringView cell)
{
    struct Language {
        const char16_t *code;
        const char16_t *names;
    };
    static constexpr Language kLanguages[] = {
        { u"en", u"en|eng|english|anglais|inglês|inglés|kiingereza|الإنجليزية|إنجليزي|انجليزي" },
        { u"fr", u"fr|fra|fre|french|français|francês|francés|kifaransa|الفرنسية|فرنسي" },
        { u"pt", u"pt|por|portuguese|portugais|português|portugués|kireno|البرتغالية|برتغالي" },
        { u"sw", u"sw|swa|swahili|kiswahili|souahéli|suaíli|suajili|swahíli|السواحيلية|سواحيلي" },
        { u"ar", u"ar|ara|arabic|arabe|árabe|kiarabu|العربية|عربي" },
        { u"es", u"es|spa|spanish|espagnol|espanhol|español|castellano|kihispania|الإسبانية|إسباني|اسباني" },
    };
    static const QHash<QString, QString> kTable = [] {
        QHash<QString, QString> table;
        for (const Language &language : kLanguages) {
            const QStringList names = QString::fromUtf16(language.names).split(u'|');
            for (const QString &name : names)
                table.insert(headerKey(name), QString::fromUtf16(language.code));
        }
        return table;
    }();
    constexpr qsizetype kLongestName = 40;
    if (cell.size() > kLongestName)
        return std::nullopt;
    const QStringList words = headerWords(cell);
    if (words.isEmpty())
        return std::nullopt;
    for (const QString &name : { words.join(QString()), words.first() }) { // `pt_BR`, `English (UK)`
        if (const auto found = kTable.constFind(name); found != kTable.constEnd())
            return *found;
    }
    return std::nullopt;
}

} // namespace yoid
