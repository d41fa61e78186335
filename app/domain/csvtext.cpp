// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/csvtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr QChar kMinusSign(0x2212); // a minus for spreadsheets, but no compatibility form of the hyphen

bool opensFormula(QChar c)
{
    if (c == kMinusSign)
        return true;
    const QString plain = c.unicode() < 0x80 ? QString(c) : QString(c).normalized(QString::NormalizationForm_KC);
    return !plain.isEmpty() && u"=+-@"_s.contains(plain.front());
}

bool beginsCell(QChar before)
{
    return before == u';' || before == u'\t' || before == u'\n' || before == u'\r';
}

/// Whether a cell that begins with this text could be read as a formula.
bool isDangerous(QStringView cell)
{
    for (const QChar c : cell) {
        if (opensFormula(c))
            return true;
        if (beginsCell(c) || !(c.isSpace() || c == u'"' || c.category() == QChar::Other_Format))
            return false;
    }
    return false;
}

bool needsQuotes(QStringView field)
{
    if (field.isEmpty())
        return false;
    return field.front().isSpace() || field.back().isSpace() || std::any_of(field.begin(), field.end(), [](QChar c) {
               return c == u',' || c == u'"' || beginsCell(c);
           });
}

QString fieldOf(const QString &text)
{
    QString field = withoutFormulas(text);
    if (!needsQuotes(field))
        return field;
    return u'"' + field.replace(u'"', u"\"\""_s) + u'"';
}

} // namespace

QByteArray csvStart()
{
    return "\xef\xbb\xbf"_ba;
}

QByteArray csvLine(const QStringList &fields)
{
    QStringList written;
    written.reserve(fields.size());
    for (const QString &field : fields)
        written.append(fieldOf(field));
    // An empty line is no record for many readers.
    const QString line = written.size() == 1 && written.first().isEmpty() ? u"\"\""_s : written.join(u',');
    return QString(line + "\r\n"_L1).toUtf8();
}

QString withoutFormulas(QStringView text)
{
    QString safe;
    safe.reserve(text.size() + 1);
    const bool startsWithControl = !text.isEmpty() && text.front().category() == QChar::Other_Control;
    if (startsWithControl || isDangerous(text))
        safe.append(u'\'');
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        safe.append(c.isNull() ? QChar(0x2400) : c); // a NUL ends the text for many readers
        if (beginsCell(c) && isDangerous(text.sliced(i + 1)))
            safe.append(u'\'');
    }
    return safe;
}

} // namespace yoid
