// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchcheckfast.h"

#include "app/domain/displaytext.h"
#include "app/domain/foldedtext.h"
#include "app/domain/typedtext.h"

#include <QtCore/QString>

#include <algorithm>
#include <cstring>
#include <vector>

namespace yoid::fast {

namespace {

constexpr char16_t kLowEnd = 0x700;         // Latin, Greek, Cyrillic, Hebrew, Arabic
constexpr char16_t kVietnamese = 0x1E00;
constexpr char16_t kVietnameseEnd = 0x1F00;
constexpr qsizetype kLongestText = 200;     // composing could lengthen a text; this far from every limit it does not matter
constexpr qsizetype kLongestDomain = 100;

std::vector<Letter> letterTable()
{
    std::vector<Letter> table(kLowEnd + (kVietnameseEnd - kVietnamese));
    for (size_t i = 0; i < table.size(); ++i) {
        const QChar c(static_cast<char16_t>(i < kLowEnd ? i : i - kLowEnd + kVietnamese));
        const QString text(c);
        Letter &letter = table[i];
        const bool isAsciiSign = c >= u' ' && c <= u'~';
        const bool isLetter = c.isLetter() && c.category() != QChar::Letter_Modifier;
        letter.plain = isAsciiSign || (isLetter && text.normalized(QString::NormalizationForm_C) == text && !hasHiddenCharacters(text));
        const QString folded = foldedText(text);
        letter.sure = letter.plain && folded.size() <= qsizetype(letter.folded.size());
        if (!letter.sure)
            continue;
        letter.foldedSize = static_cast<unsigned char>(folded.size());
        std::transform(folded.begin(), folded.end(), letter.folded.begin(), [](QChar each) { return each.unicode(); });
    }
    return table;
}

bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool isAsciiAlnum(char16_t c)
{
    return isDigit(c) || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

/// One digit with a mark or an exponent after it: looked at more closely elsewhere.
bool mayBeScientific(QStringView text)
{
    const char16_t *const t = text.utf16();
    const qsizetype at = !text.isEmpty() && t[0] == u'-' ? 1 : 0;
    if (text.size() < at + 4 || !isDigit(t[at]))
        return false;
    const char16_t next = t[at + 1];
    return (next == u'.' || next == u',' || next == u'e' || next == u'E') && (text.contains(u'e') || text.contains(u'E'));
}

constexpr std::array<bool, 128> localPartSigns()
{
    std::array<bool, 128> signs {};
    for (char16_t c = 0; c < 128; ++c) {
        const bool alnum = (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
        signs[c] = alnum;
    }
    for (const char16_t c : { u'!', u'#', u'$', u'%', u'&', u'\'', u'*', u'+', u'/', u'=', u'?', u'^', u'_', u'`', u'{', u'|', u'}', u'~', u'-' })
        signs[c] = true;
    return signs;
}
constexpr std::array<bool, 128> kLocalPart = localPartSigns();

/// Up to eight ASCII letters in one number, small ones.
constexpr quint64 packed(QStringView word)
{
    quint64 number = 0;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const char16_t small = lower(word.utf16()[i]);
        number = (number << 8) | (small > u' ' && small < 0x7F ? small : 0x7F); // nothing may count as no letter
    }
    return number;
}

/// True when a domain in small letters is one slip away from a well-known one, or ends in a likely slip.
bool mayBeMistyped(QStringView domain)
{
    static constexpr std::array kEndings { packed(u"con"), packed(u"cmo"), packed(u"comm"), packed(u"vom"),
                                           packed(u"ogr"), packed(u"orgg"), packed(u"nett"), packed(u"zaa") };
    static constexpr QStringView kKnown[] = { u"gmail.com", u"yahoo.com", u"hotmail.com", u"outlook.com", u"icloud.com", u"live.com" };
    const char16_t *const d = domain.utf16();
    const qsizetype size = domain.size();
    qsizetype dot = size - 1;
    while (d[dot] != u'.')
        --dot;
    const qsizetype endingSize = size - dot - 1;
    if ((endingSize == 3 || endingSize == 4)
        && std::find(kEndings.begin(), kEndings.end(), packed(domain.sliced(dot + 1))) != kEndings.end()) {
        return true;
    }
    for (const QStringView known : kKnown) {
        if (size > known.size() + 1 || size < known.size() - 1)
            continue;
        // One slip leaves all but two letters alike, counted from both ends.
        const char16_t *const k = known.utf16();
        const qsizetype shorter = std::min(size, known.size());
        qsizetype head = 0;
        while (head < shorter && d[head] == k[head])
            ++head;
        qsizetype tail = 0;
        while (tail < shorter - head && d[size - 1 - tail] == k[known.size() - 1 - tail])
            ++tail;
        if (head + tail + 2 >= shorter && isOneSlipAway(domain, known))
            return true;
    }
    return false;
}

/// Small letters of a domain that is well-formed beyond doubt, or nothing.
QStringView plainDomain(QStringView domain, std::array<char16_t, kLongestDomain> &buffer)
{
    if (domain.size() < 4 || domain.size() > kLongestDomain)
        return {};
    const char16_t *const d = domain.utf16();
    const qsizetype size = domain.size();
    qsizetype label = 0;
    qsizetype labels = 1;
    bool onlyDigits = true;
    for (qsizetype i = 0; i < size; ++i) {
        const char16_t c = lower(d[i]);
        buffer[size_t(i)] = c;
        if (c == u'.') {
            if (i == label || i - label > 63 || d[i - 1] == u'-')
                return {};
            label = i + 1;
            ++labels;
            onlyDigits = true;
            continue;
        }
        if (c == u'-') {
            if (i == label || d[i - 1] == u'-') // two in a row: it may be an encoded name
                return {};
        } else if (!isAsciiAlnum(c)) {
            return {};
        }
        onlyDigits = onlyDigits && isDigit(c);
    }
    const bool fine = labels >= 2 && size - label >= 2 && size - label <= 63 && d[size - 1] != u'-' && !onlyDigits;
    return fine ? QStringView(buffer.data(), size) : QStringView();
}

} // namespace

const Letter &letterOf(char16_t c)
{
    static const std::vector<Letter> kTable = letterTable();
    static const Letter *const kLetters = kTable.data();
    static constexpr Letter kUnknown;
    if (c < kLowEnd)
        return kLetters[c];
    return c >= kVietnamese && c < kVietnameseEnd ? kLetters[c - kVietnamese + kLowEnd] : kUnknown;
}

bool isPlain(QStringView text)
{
    const char16_t *const t = text.utf16();
    const qsizetype size = text.size();
    qsizetype i = 0;
    while (i < size) {
        if (i + 4 <= size) { // four characters at once, where all are ASCII and visible
            quint64 four = 0;
            std::memcpy(&four, t + i, sizeof four);
            constexpr quint64 kEach = 0x0001000100010001;
            const bool isAscii = (four & (0xFF80 * kEach)) == 0;
            const bool aboveControls = ((four + 0x7FE0 * kEach) & (0x8000 * kEach)) == 0x8000 * kEach;
            const bool belowDelete = ((four + 0x7F81 * kEach) & (0x8000 * kEach)) == 0;
            if (isAscii && aboveControls && belowDelete) {
                i += 4;
                continue;
            }
        }
        const char16_t c = t[i++];
        if (c >= 0x80 ? !letterOf(c).plain : c < u' ' || c > u'~')
            return false;
    }
    return true;
}

bool isPlainText(QStringView text)
{
    return text.size() <= kLongestText && isPlain(text) && !mayBeScientific(trimmed(text));
}

bool isPlainMail(QStringView text)
{
    const char16_t *const t = text.utf16();
    const qsizetype size = text.size();
    qsizetype at = 0;
    for (;; ++at) {
        if (at >= size || at > 64)
            return false;
        const char16_t c = t[at];
        if (c == u'@')
            break;
        if (c == u'.') {
            if (at == 0 || t[at - 1] == u'.')
                return false;
        } else if (c >= 0x80 || !kLocalPart[c]) {
            return false;
        }
    }
    if (at == 0 || t[at - 1] == u'.')
        return false;
    std::array<char16_t, kLongestDomain> buffer;
    const QStringView domain = plainDomain(text.sliced(at + 1), buffer);
    return !domain.isEmpty() && !mayBeMistyped(domain);
}

bool isPlainUsername(QStringView text)
{
    if (text.isEmpty() || text.size() > kLongestText || mayBeScientific(text))
        return false;
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        const char16_t u = c.unicode();
        return isAsciiAlnum(u) || u == u'.' || u == u'-' || u == u'_';
    });
}

bool isPlainIdentifier(QStringView text)
{
    if (text.isEmpty() || text.size() > kLongestText || mayBeScientific(text))
        return false;
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u' ' && c <= u'~'; });
}

bool isPlainNumber(QStringView text, char16_t mark)
{
    const char16_t *const t = text.utf16();
    const qsizetype size = text.size();
    if (size == 0 || size > 17)
        return false;
    qsizetype i = t[0] == u'-' ? 1 : 0;
    if (i >= size || !isDigit(t[i]) || (t[i] == u'0' && i + 1 < size && t[i + 1] != mark))
        return false;
    while (i < size && isDigit(t[i]))
        ++i;
    if (i == size)
        return true;
    if (t[i] != mark || ++i == size)
        return false;
    while (i < size && isDigit(t[i]))
        ++i;
    return i == size;
}

Day plainDay(QStringView text)
{
    Day day;
    const char16_t *const t = text.utf16();
    const qsizetype size = text.size();
    if (size < 8 || size > 10)
        return day;
    int parts[3] = {};
    int digits[3] = {};
    int part = 0;
    char16_t separator = 0;
    for (qsizetype i = 0; i < size; ++i) {
        const char16_t c = t[i];
        if (isDigit(c)) {
            if (++digits[part] > 4)
                return day;
            parts[part] = parts[part] * 10 + (c - u'0');
            continue;
        }
        const bool parts2 = (c == u'/' || c == u'.' || c == u'-') && (separator == 0 || separator == c);
        if (!parts2 || digits[part] == 0 || ++part > 2)
            return day;
        separator = c;
    }
    const auto isShort = [&digits](int which) { return digits[which] == 1 || digits[which] == 2; };
    day.yearFirst = digits[0] == 4;
    day.sure = part == 2 && isShort(1) && (day.yearFirst ? isShort(2) : isShort(0) && digits[2] == 4);
    day.first = parts[0];
    day.second = parts[1];
    day.third = parts[2];
    return day;
}

int plainAnswer(QStringView text)
{
    static constexpr std::array kYes { packed(u"yes"), packed(u"true"), packed(u"1"), packed(u"y"), packed(u"x"), packed(u"oui"), packed(u"vrai"),
                                       packed(u"sim"), packed(u"si"), packed(u"ndiyo"), packed(u"ndio") };
    static constexpr std::array kNo { packed(u"no"), packed(u"false"), packed(u"0"), packed(u"n"), packed(u"non"), packed(u"faux"), packed(u"nao"),
                                      packed(u"falso"), packed(u"hapana") };
    if (text.isEmpty() || text.size() > 8)
        return -1;
    const quint64 word = packed(text);
    if (std::find(kYes.begin(), kYes.end(), word) != kYes.end())
        return 1;
    return std::find(kNo.begin(), kNo.end(), word) != kNo.end() ? 0 : -1;
}

} // namespace yoid::fast
