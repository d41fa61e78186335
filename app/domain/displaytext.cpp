// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/displaytext.h"

#include <QtCore/QList>
#include <QtCore/QTextBoundaryFinder>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kMarksPerLetter = 8;          // Vietnamese, Hebrew and Arabic need four; beyond eight it is a stack
constexpr qsizetype kUnitsPerGrapheme = 24; // a family emoji has eleven code units

enum class Lines { Marked, Kept };

constexpr std::array<char32_t, 9> kVisibleFormats { 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F, 0x08E2 };
constexpr std::array<char32_t, 8> kBlankLetters { 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 };

template<size_t N>
bool contains(const std::array<char32_t, N> &set, char32_t c)
{
    return std::find(set.begin(), set.end(), c) != set.end();
}

bool isMark(char32_t c)
{
    return QChar::isMark(c);
}

bool isPicture(char32_t c)
{
    return QChar::category(c) == QChar::Symbol_Other || QChar::category(c) == QChar::Symbol_Modifier || c == 0xFE0F
        || c == 0x2640 || c == 0x2642;
}

/// Scripts in which joiners change how letters connect and are therefore ordinary text.
bool usesJoiners(char32_t c)
{
    static constexpr std::array kWithout {
        QChar::Script_Unknown, QChar::Script_Common, QChar::Script_Latin, QChar::Script_Greek, QChar::Script_Cyrillic,
        QChar::Script_Armenian, QChar::Script_Georgian, QChar::Script_Han, QChar::Script_Hiragana,
        QChar::Script_Katakana, QChar::Script_Hangul,
    };
    return std::find(kWithout.begin(), kWithout.end(), QChar::script(c)) == kWithout.end();
}

bool joinerBelongs(char32_t joiner, char32_t before, char32_t after)
{
    if (joiner == 0x200D && isPicture(before) && isPicture(after))
        return true;
    // A letter's own marks count as the letter; Inherited is the script of most of them.
    return usesJoiners(before) && usesJoiners(after);
}

bool isBlankSelector(char32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x180B && c <= 0x180D);
}

/// A variation selector is harmless once behind a character it can vary; in runs it carries hidden data.
bool selectorBelongs(char32_t selector, char32_t before)
{
    if (before == 0 || isBlankSelector(before) || QChar::isSpace(before))
        return false;
    if (selector >= 0xE0100)
        return QChar::script(before) == QChar::Script_Han;
    return true;
}

QString codeMark(char32_t c)
{
    return u"⟨U+"_s + QString::number(static_cast<uint>(c), 16).toUpper().rightJustified(4, u'0') + u'⟩';
}

/// The mark for a character that must not be shown as it is; empty when it may.
QString markFor(char32_t c, char32_t before, char32_t after)
{
    if (c < 0x20)
        return QString(QChar(static_cast<char16_t>(0x2400 + c)));
    if (c == 0x7F)
        return u"␡"_s;
    if (c == 0x200C || c == 0x200D)
        return joinerBelongs(c, before, after) ? QString() : codeMark(c);
    if (isBlankSelector(c))
        return selectorBelongs(c, before) ? QString() : codeMark(c);
    if (contains(kBlankLetters, c) || QChar::isNonCharacter(c))
        return codeMark(c);
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Other_Format)
        return contains(kVisibleFormats, c) ? QString() : codeMark(c);
    return category == QChar::Other_Control || category == QChar::Other_PrivateUse ? codeMark(c) : QString();
}

QList<uint> codePoints(QStringView text)
{
    QList<uint> points;
    points.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text[i];
        if (unit.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            points.append(QChar::surrogateToUcs4(unit, text[++i]));
        else
            points.append(unit.isSurrogate() ? uint { QChar::ReplacementCharacter } : uint { unit.unicode() });
    }
    return points;
}

struct Rendered {
    QString text;
    bool marked = false;
};

Rendered render(QStringView text, Lines lines)
{
    const QList<uint> points = codePoints(text);
    Rendered out;
    out.text.reserve(text.size());
    int marks = 0;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const char32_t c = points[i];
        const char32_t before = i > 0 ? points[i - 1] : 0;
        const char32_t after = i + 1 < points.size() ? points[i + 1] : 0;
        if (c == u'\n' || c == u'\r' || c == 0x85 || c == 0x2028 || c == 0x2029) {
            if (c == u'\n' && before == u'\r')
                continue;
            out.text += lines == Lines::Kept ? QChar(u'\n') : QChar(u'⏎');
            marks = 0;
            continue;
        }
        if (c == u'\t') {
            out.text += lines == Lines::Kept ? QChar(u'\t') : QChar(u'⇥');
            continue;
        }
        if (c == QChar::ReplacementCharacter)
            out.marked = true;
        if (const QString mark = markFor(c, before, after); !mark.isEmpty()) {
            out.text += mark;
            out.marked = true;
            marks = 0;
            continue;
        }
        if (isMark(c) && !isBlankSelector(c)) {
            if (out.text.isEmpty())
                out.text += u'◌'; // else it would sit on whatever stands before this text
            if (++marks > kMarksPerLetter) {
                out.marked = true;
                if (marks == kMarksPerLetter + 1)
                    out.text += u'…';
                continue;
            }
        } else {
            marks = 0;
        }
        out.text += QChar::fromUcs4(c);
    }
    return out;
}

QString capped(QStringView text, int maxGraphemes, Lines lines)
{
    const qsizetype most = std::max(1, maxGraphemes);
    const qsizetype readable = most * kUnitsPerGrapheme;
    const bool longer = text.size() > readable;
    const QString shown = render(longer ? text.first(readable) : text, lines).text;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, shown);
    qsizetype end = 0;
    qsizetype lastButOne = 0;
    for (qsizetype count = 0; count < most; ++count) {
        const qsizetype next = finder.toNextBoundary();
        if (next < 0)
            break;
        lastButOne = end;
        end = next;
        if (end == shown.size())
            break;
    }
    if (end == shown.size() && !longer)
        return shown;
    return shown.first(lastButOne) + u'…';
}

} // namespace

QString plainOneLine(QStringView text, int maxGraphemes)
{
    return capped(text, maxGraphemes, Lines::Marked);
}

QString plainMultiLine(QStringView text, int maxGraphemes)
{
    return capped(text, maxGraphemes, Lines::Kept);
}

bool hasHiddenCharacters(QStringView text)
{
    return render(text, Lines::Kept).marked;
}

} // namespace yoid
