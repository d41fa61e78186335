// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchcheckfast.h"
#include "app/domain/batchcheckparts.h"

#include <algorithm>
#include <array>

namespace yoid {

namespace {

QStringView cellAt(std::span<const QStringView> cells, int column)
{
    return column >= 0 && size_t(column) < cells.size() ? fast::trimmed(cells[size_t(column)]) : QStringView();
}

char16_t markOf(const CheckPlan &plan)
{
    return plan.rules.decimalMark == DecimalMark::Comma ? u',' : u'.';
}

std::optional<CalendarDay> quickDay(QStringView text, const CellRules &rules)
{
    const fast::Day day = fast::plainDay(text);
    if (!day.sure)
        return std::nullopt;
    CalendarDay found;
    if (day.yearFirst)
        found = { day.first, day.second, day.third };
    else if (rules.dateOrder == DateOrder::DayMonthYear)
        found = { day.third, day.second, day.first };
    else if (rules.dateOrder == DateOrder::MonthDayYear)
        found = { day.third, day.first, day.second };
    return found.exists() ? std::optional(found) : std::nullopt;
}

bool isQuickValue(AttributeType type, QStringView text, const CheckPlan &plan)
{
    switch (type) {
    case AttributeType::String:
        break;
    case AttributeType::Number:
        return fast::isPlainNumber(text, markOf(plan));
    case AttributeType::Boolean:
        return fast::plainAnswer(text) >= 0;
    case AttributeType::Date:
        return quickDay(text, plan.rules).has_value();
    }
    return fast::isPlainText(text);
}

/// A text being made without memory of its own. What does not fit spoils it.
template<size_t Capacity>
class Scratch final {
public:
    void add(char16_t c)
    {
        if (m_size < Capacity)
            m_text[m_size++] = c;
        else
            m_isWhole = false;
    }
    void add(QStringView text)
    {
        if (m_size + size_t(text.size()) > Capacity) {
            m_isWhole = false;
            return;
        }
        std::copy(text.utf16(), text.utf16() + text.size(), m_text.begin() + m_size);
        m_size += size_t(text.size());
    }
    void addEnd() { add(kTraceSeparator); }
    /// A blank, where a word stands before it.
    void part()
    {
        if (m_size > 0 && m_text[m_size - 1] != u' ')
            add(u' ');
    }
    void cutBlank()
    {
        if (m_size > 0 && m_text[m_size - 1] == u' ')
            --m_size;
    }
    void spoil() { m_isWhole = false; }
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    [[nodiscard]] QStringView text() const { return { m_text.data(), qsizetype(m_size) }; }
    [[nodiscard]] size_t size() const { return m_size; }

private:
    std::array<char16_t, Capacity> m_text;
    size_t m_size = 0;
    bool m_isWhole = true;
};
using Word = Scratch<256>;
using Record = Scratch<2048>;

/// Adds the folded words of a name, parted by single blanks.
void addFolded(Word &folded, QStringView name)
{
    for (const QChar each : name) {
        const char16_t u = each.unicode();
        if (u > u' ' && u < 0x7F) {
            folded.add(fast::lower(u));
            continue;
        }
        const fast::Letter &letter = fast::letterOf(u);
        if (!letter.sure)
            folded.spoil();
        for (size_t i = 0; i < letter.foldedSize; ++i) {
            if (letter.folded[i] == u' ')
                folded.part();
            else
                folded.add(letter.folded[i]);
        }
    }
}

struct QuickName {
    QStringView first;
    QStringView last;
    bool sure = true;
};

QuickName quickName(const CheckPlan &plan, std::span<const QStringView> cells)
{
    const QStringView first = cellAt(cells, plan.columnOf(PersonField::FirstName));
    const QStringView last = cellAt(cells, plan.columnOf(PersonField::LastName));
    const int full = plan.columnOf(PersonField::FullName);
    if (full < 0 || !first.isEmpty() || !last.isEmpty())
        return { first, last };
    const QStringView whole = cellAt(cells, full);
    const qsizetype blank = whole.lastIndexOf(u' ');
    const bool sure = !whole.contains(u',') && fast::isPlain(whole);
    return blank < 0 ? QuickName { whole, {}, sure } : QuickName { fast::trimmed(whole.first(blank)), whole.sliced(blank + 1), sure };
}

bool isPlainName(const QuickName &name)
{
    return name.sure && fast::isPlainText(name.first) && fast::isPlainText(name.last);
}

bool isVisibleAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u' ' && c <= u'~'; });
}

quint64 looseHash(QStringView text, PersonField field, size_t seed)
{
    Word small;
    for (const QChar c : text)
        small.add(fast::lower(c.unicode()));
    return traceHash(small.text(), seed + size_t(field));
}

/// Adds a value as exactTrace() would.
void addValue(Record &record, const AttributeColumn &each, QStringView text, const CheckPlan &plan)
{
    if (text.isEmpty())
        return;
    switch (each.attribute.type) {
    case AttributeType::String:
        break;
    case AttributeType::Number: {
        const char16_t mark = markOf(plan);
        if (!fast::isPlainNumber(text, mark))
            record.spoil();
        for (const QChar c : text)
            record.add(c == QChar(mark) ? u'.' : c.unicode());
        return;
    }
    case AttributeType::Boolean: {
        const int answer = fast::plainAnswer(text);
        if (answer < 0)
            record.spoil();
        record.add(answer == 1 ? QStringView(u"true") : QStringView(u"false"));
        return;
    }
    case AttributeType::Date: {
        const std::optional<CalendarDay> day = quickDay(text, plan.rules);
        if (!day) {
            record.spoil();
            return;
        }
        const auto digit = [](int value) { return static_cast<char16_t>(u'0' + value % 10); };
        const std::array<char16_t, 10> iso { digit(day->year / 1000), digit(day->year / 100), digit(day->year / 10), digit(day->year), u'-',
                                             digit(day->month / 10), digit(day->month), u'-', digit(day->day / 10), digit(day->day) };
        record.add(QStringView(iso.data(), qsizetype(iso.size())));
        return;
    }
    }
    if (!fast::isPlain(text))
        record.spoil();
    record.add(text);
}

} // namespace

bool isSurelyClean(const CheckPlan &plan, std::span<const QStringView> cells)
{
    if (!plan.everClean || cells.size() > size_t(plan.columns))
        return false;
    const QStringView email = cellAt(cells, plan.columnOf(PersonField::Email));
    const QStringView username = cellAt(cells, plan.columnOf(PersonField::Username));
    const QStringView ownId = cellAt(cells, plan.columnOf(PersonField::ExternalIdentifier));
    if (email.isEmpty() && username.isEmpty() && ownId.isEmpty())
        return false;
    const bool personIsFine = (email.isEmpty() || fast::isPlainMail(email)) && (username.isEmpty() || fast::isPlainUsername(username))
        && (ownId.isEmpty() || fast::isPlainIdentifier(ownId)) && isPlainName(quickName(plan, cells));
    if (!personIsFine)
        return false;
    for (const AttributeColumn &each : plan.attributes) {
        if (each.column < 0)
            continue;
        const QStringView text = cellAt(cells, each.column);
        if (text.isEmpty() ? each.attribute.required : !isQuickValue(each.attribute.type, text, plan))
            return false;
    }
    return true;
}

std::optional<RowTrace> quickTrace(const CheckPlan &plan, std::span<const QStringView> cells, size_t seed)
{
    const QStringView email = cellAt(cells, plan.columnOf(PersonField::Email));
    const QStringView username = cellAt(cells, plan.columnOf(PersonField::Username));
    const QStringView ownId = cellAt(cells, plan.columnOf(PersonField::ExternalIdentifier));
    const QuickName name = quickName(plan, cells);
    const bool isSure = name.sure && isVisibleAscii(email) && isVisibleAscii(username) && isVisibleAscii(ownId)
        && email.size() < 256 && username.size() < 256 && ownId.size() < 256;
    if (!isSure || (email.isEmpty() && username.isEmpty() && ownId.isEmpty()))
        return std::nullopt;
    RowTrace trace;
    Record record;
    if (!email.isEmpty()) {
        const qsizetype at = email.lastIndexOf(u'@');
        Word loose;
        bool inTag = false;
        for (qsizetype i = 0; i < email.size(); ++i) {
            const char16_t c = email[i].unicode();
            record.add(at < 0 || i < at ? c : fast::lower(c));
            inTag = i < at && (inTag || (c == u'+' && i > 0));
            if (!inTag)
                loose.add(fast::lower(c));
        }
        trace.field = quint32(PersonField::Email);
        trace.loose = traceHash(loose.text(), seed + size_t(PersonField::Email));
        trace.exact = shortTraceHash(traceHash(record.text(), seed));
    } else {
        const PersonField field = username.isEmpty() ? PersonField::ExternalIdentifier : PersonField::Username;
        const QStringView identifier = username.isEmpty() ? ownId : username;
        trace.field = quint32(field);
        trace.loose = looseHash(identifier, field, seed);
        trace.exact = shortTraceHash(traceHash(identifier, seed));
    }
    record.addEnd();
    if (!ownId.isEmpty() && trace.field != quint32(PersonField::ExternalIdentifier))
        trace.second = looseHash(ownId, PersonField::ExternalIdentifier, seed);
    else if (!username.isEmpty() && trace.field != quint32(PersonField::Username))
        trace.second = looseHash(username, PersonField::Username, seed);
    Word folded;
    addFolded(folded, name.first);
    folded.part();
    addFolded(folded, name.last);
    folded.cutBlank();
    trace.name = folded.size() == 0 ? 0 : shortTraceHash(traceHash(folded.text(), seed));
    for (const QStringView text : { username, ownId, name.first, name.last }) {
        record.add(text);
        record.addEnd();
    }
    for (const AttributeColumn &each : plan.attributes) {
        if (each.column < 0)
            continue;
        addValue(record, each, cellAt(cells, each.column), plan);
        record.addEnd();
    }
    if (!folded.isWhole() || !record.isWhole())
        return std::nullopt;
    trace.values = traceHash(record.text(), seed);
    return trace;
}

} // namespace yoid
