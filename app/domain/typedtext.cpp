// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/typedtext.h"

#include <QtCore/QDate>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == u'\r' || c == u'\v' || c == u'\f' || c == u'\u0085' || c == u'\u2028' || c == u'\u2029';
}

bool isDirectionMark(QChar c)
{
    return c == u'\u200E' || c == u'\u200F' || c == u'\u061C' || (c >= u'\u202A' && c <= u'\u202E')
        || (c >= u'\u2066' && c <= u'\u2069');
}

bool isZeroWidthFiller(QChar c)
{
    return c == u'\u200B' || c == u'\u2060' || c == u'\uFEFF' || c == u'\u00AD';
}

} // namespace

QString trimmedText(QStringView text)
{
    const auto isEdge = [](QChar c) { return c.isSpace() && !isLineEnd(c); };
    while (!text.isEmpty() && isEdge(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isEdge(text.back()))
        text.chop(1);
    return text.toString();
}

QString withoutDirectionMarks(QStringView text)
{
    QString out = text.toString();
    out.removeIf([](QChar c) { return isDirectionMark(c) || isZeroWidthFiller(c); });
    return out;
}

QString asciiDigits(QStringView text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        if (c.category() == QChar::Number_DecimalDigit)
            out += QChar(static_cast<char16_t>(u'0' + c.digitValue()));
        else
            out += c == u'\u066B' ? QChar(u'.') : c;
    }
    return out;
}

QString plainIdentifier(QStringView text)
{
    QString out = asciiDigits(withoutDirectionMarks(text));
    out.removeIf([](QChar c) { return c == u'\u200C' || c == u'\u200D'; });
    for (QChar &c : out) {
        if (c >= u'\uFF01' && c <= u'\uFF5E')
            c = QChar(static_cast<char16_t>(c.unicode() - 0xFF01 + 0x21));
    }
    return trimmedText(out).normalized(QString::NormalizationForm_C);
}

bool hasForbiddenControls(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || isLineEnd(c) || isDirectionMark(c) || isZeroWidthFiller(c);
    });
}

bool isOneSlipAway(QStringView typed, QStringView meant)
{
    if (typed == meant || std::abs(typed.size() - meant.size()) > 1)
        return false;
    qsizetype head = 0;
    while (head < typed.size() && head < meant.size() && typed[head] == meant[head])
        ++head;
    const QStringView a = typed.sliced(head);
    const QStringView b = meant.sliced(head);
    if (a.size() == b.size()) {
        const bool swapped = a.size() >= 2 && a[0] == b[1] && a[1] == b[0] && a.sliced(2) == b.sliced(2);
        return swapped || a.sliced(1) == b.sliced(1);
    }
    return a.size() > b.size() ? a.sliced(1) == b : a == b.sliced(1);
}

std::optional<QByteArray> jsonNumber(QStringView typed)
{
    static const QRegularExpression kGrammar(u"^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$"_s);
    static const QRegularExpression kMaybeThousands(u"^-?[1-9][0-9]{0,2},[0-9]{3}$"_s);
    constexpr qsizetype kLongest = 64;
    if (typed.size() > kLongest)
        return std::nullopt;
    QString text = trimmedText(asciiDigits(withoutDirectionMarks(typed)));
    text.replace(u'\u2212', u'-');
    if (text.startsWith(u'+'))
        text.remove(0, 1);
    if (kMaybeThousands.match(text).hasMatch())
        return std::nullopt;
    if (text.count(u',') == 1 && !text.contains(u'.'))
        text.replace(u',', u'.');
    if (!kGrammar.match(text).hasMatch() || text.endsWith(u'\n'))
        return std::nullopt;
    bool isNumber = false;
    const double value = text.toDouble(&isNumber);
    if (!isNumber || !std::isfinite(value))
        return std::nullopt;
    return text.toLatin1();
}

std::optional<QString> isoDate(QStringView typed)
{
    static const QRegularExpression kForm(u"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"_s);
    const QString text = trimmedText(asciiDigits(withoutDirectionMarks(typed)));
    if (text.size() != 10 || !kForm.match(text).hasMatch())
        return std::nullopt;
    const QDate date = QDate::fromString(text, Qt::ISODate);
    if (!date.isValid() || date.year() < 1000)
        return std::nullopt;
    return text;
}

std::optional<bool> plainBoolean(QStringView typed)
{
    const QString text = trimmedText(withoutDirectionMarks(typed));
    if (text.compare("true"_L1, Qt::CaseInsensitive) == 0)
        return true;
    if (text.compare("false"_L1, Qt::CaseInsensitive) == 0)
        return false;
    return std::nullopt;
}

} // namespace yoid
