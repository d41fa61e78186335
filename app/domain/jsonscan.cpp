// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/jsonscan.h"

#include "app/base/hexdigit.h"
#include "app/domain/displaytext.h"
#include "app/domain/envelope.h"

#include <QtCore/QLocale>

#include <algorithm>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

QByteArrayView withoutLeadingSpace(QByteArrayView body)
{
    if (body.startsWith("\xEF\xBB\xBF"))
        body = body.sliced(3);
    while (!body.isEmpty() && isJsonSpace(body.front()))
        body = body.sliced(1);
    return body;
}

/// Reads a JSON string token. Escapes matter: `"\u0069d"` is a second `id`.
class KeyReader {
public:
    explicit KeyReader(QByteArrayView json)
        : m_json(json)
    {
    }

    /// \param at the index of the opening quote; afterwards behind the closing one (or the end)
    QByteArray read(qsizetype &at) const
    {
        QByteArray key;
        for (++at; at < m_json.size() && m_json[at] != '"'; ++at) {
            char c = m_json[at];
            if (c == '\\' && at + 1 < m_json.size()) {
                c = m_json[++at];
                if (c == 'u')
                    c = unicode(at);
            }
            if (key.size() < kLongestName)
                key.append(c);
        }
        ++at;
        return key;
    }

private:
    // Names looked for are short ASCII; anything else only has to be different from them.
    static constexpr qsizetype kLongestName = 64;

    char unicode(qsizetype &at) const
    {
        int code = 0;
        for (int i = 0; i < 4; ++i) {
            const int digit = at + 1 < m_json.size() ? hexDigit(m_json[at + 1]) : -1;
            if (digit < 0)
                return '\xFF';
            code = code * 16 + digit;
            ++at;
        }
        return code < 0x80 ? static_cast<char>(code) : '\xFF';
    }

    QByteArrayView m_json;
};

} // namespace

bool looksLikeHtml(const QByteArray &contentType, const QByteArray &body)
{
    const QByteArrayView text = withoutLeadingSpace(body);
    if (text.isEmpty())
        return false;
    if (text.front() == '<')
        return true;
    return contentType.toLower().contains("html") && text.front() != '{' && text.front() != '[';
}

bool isBlank(const QByteArray &body)
{
    return withoutLeadingSpace(body).isEmpty();
}

QString htmlTitle(const QByteArray &body)
{
    const QByteArray head = body.left(8192);
    const QByteArray lower = head.toLower();
    const qsizetype tag = lower.indexOf("<title");
    const qsizetype open = tag < 0 ? -1 : lower.indexOf('>', tag);
    const qsizetype close = open < 0 ? -1 : lower.indexOf("</title", open);
    if (close < 0)
        return {};
    return QString::fromUtf8(head.mid(open + 1, close - open - 1)).simplified();
}

QString looseText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (value.isDouble()) {
        // QJsonValue keeps whole numbers up to 64 bits apart from doubles; both are written without an exponent or noise.
        const double number = value.toDouble();
        const qint64 whole = value.toInteger();
        if (whole != 0 || number == 0.0)
            return QString::number(whole);
        return QString::number(number, 'g', QLocale::FloatingPointShortest);
    }
    return {};
}

QString textMember(const QJsonObject &object, QLatin1StringView name)
{
    return object.value(name).toString();
}

QString safeWords(const QString &text, qsizetype most)
{
    QString safe = plainOneLine(QStringView(text).trimmed(), static_cast<int>(most));
    if (safe.size() > most) {
        safe.truncate(most - 1);
        if (safe.back().isHighSurrogate())
            safe.chop(1);
        safe += u'…';
    }
    return safe;
}

QString errorWords(const QJsonValue &error)
{
    if (!error.isObject())
        return looseText(error);
    const QJsonObject object = error.toObject();
    for (const QLatin1StringView name : { "detail"_L1, "title"_L1, "message"_L1, "code"_L1 }) {
        const QString words = looseText(object.value(name));
        if (!words.trimmed().isEmpty())
            return words;
    }
    return {};
}

QString compactJson(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray { value }).toJson(QJsonDocument::Compact)).sliced(1).chopped(1);
}

QString anyWords(const QJsonValue &value)
{
    const QString words = errorWords(value);
    return words.trimmed().isEmpty() ? compactJson(value) : words;
}

bool saysNothing(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty())
        || (value.isObject() && value.toObject().isEmpty()) || (value.isArray() && value.toArray().isEmpty());
}

bool hasDuplicateMember(const QByteArray &json, const QList<QByteArray> &names)
{
    // Deeper documents are refused by the parser anyway; here they must only not exhaust memory.
    constexpr size_t kDeepest = 2048;
    const KeyReader reader(json);
    std::vector<quint32> seenPerLevel; // one bit for each name; an array's level never gets one
    bool expectKey = false;
    std::vector<bool> isObject;
    for (qsizetype at = 0; at < json.size();) {
        const char c = json[at];
        if (c == '"') {
            const QByteArray text = reader.read(at);
            if (!expectKey)
                continue;
            expectKey = false;
            const qsizetype index = names.indexOf(text);
            if (index < 0 || index >= 32 || seenPerLevel.empty())
                continue;
            const quint32 bit = 1U << static_cast<unsigned>(index);
            if ((seenPerLevel.back() & bit) != 0)
                return true;
            seenPerLevel.back() |= bit;
            continue;
        }
        if (c == '{' || c == '[') {
            if (seenPerLevel.size() >= kDeepest)
                return false;
            seenPerLevel.push_back(0);
            isObject.push_back(c == '{');
            expectKey = c == '{';
        } else if (c == '}' || c == ']') {
            if (!seenPerLevel.empty()) {
                seenPerLevel.pop_back();
                isObject.pop_back();
            }
            expectKey = false;
        } else if (c == ',') {
            expectKey = !isObject.empty() && isObject.back();
        }
        ++at;
    }
    return false;
}

} // namespace yoid
