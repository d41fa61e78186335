// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/encoding.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QSet>

#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace yoid::sdjwt {

namespace {

constexpr QByteArray::Base64Options kUrlSafe = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

/// Walks over a document that QJsonDocument has already accepted, so its grammar is sound, and looks at what that one hides.
class Walker {
public:
    explicit Walker(QByteArrayView text)
        : m_text(text)
    {
    }

    [[nodiscard]] std::optional<Defect> firstDefect()
    {
        std::vector<QSet<QString>> names;   // one for each open object; null-like for arrays
        std::vector<bool> isObject;
        bool nameComes = false;
        for (; m_at < m_text.size(); ++m_at) {
            switch (m_text[m_at]) {
            case '{':
            case '[':
                if (qsizetype(isObject.size()) >= limit::depth)
                    return Defect::TooLarge;
                isObject.push_back(m_text[m_at] == '{');
                names.emplace_back();
                nameComes = isObject.back();
                break;
            case '}':
            case ']':
                isObject.pop_back();
                names.pop_back();
                nameComes = false;
                break;
            case ',':
                nameComes = !isObject.empty() && isObject.back();
                break;
            case '"': {
                const QByteArrayView literal = takeString();
                if (nameComes) {
                    const QString name = QJsonDocument::fromJson('[' + literal.toByteArray() + ']').array().first().toString();
                    if (names.back().contains(name))
                        return Defect::BadJson;
                    names.back().insert(name);
                }
                nameComes = false;
                break;
            }
            default:
                break;
            }
        }
        return {};
    }

private:
    /// The string that begins here with its quotation marks; leaves m_at on the closing one.
    QByteArrayView takeString()
    {
        const qsizetype begin = m_at;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
        }
        return m_text.sliced(begin, qMin(m_at + 1, m_text.size()) - begin);
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

} // namespace

std::optional<QByteArray> fromBase64Url(QByteArrayView text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text.toByteArray(), kUrlSafe | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || (*decoded).toBase64(kUrlSafe) != text)
        return {};
    return *decoded;
}

QByteArray toBase64Url(QByteArrayView bytes)
{
    return bytes.toByteArray().toBase64(kUrlSafe);
}

Parsed<QJsonValue> strictJson(const QByteArray &text)
{
    // Wrapped, because QJsonDocument takes only objects and arrays; a disclosure's value may be anything.
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']', &error);
    if (error.error == QJsonParseError::DeepNesting)
        return Defect::TooLarge;
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return Defect::BadJson;
    if (const std::optional<Defect> defect = Walker(text).firstDefect())
        return *defect;
    return document.array().first();
}

Parsed<QJsonObject> strictObject(const QByteArray &text)
{
    const Parsed<QJsonValue> value = strictJson(text);
    if (!value)
        return value.defect();
    if (!value->isObject())
        return Defect::BadJson;
    return value->toObject();
}

std::optional<QString> textOf(const QJsonObject &object, QLatin1StringView name)
{
    const QJsonValue value = object.value(name);
    return value.isString() ? std::optional<QString>(value.toString()) : std::nullopt;
}

std::optional<qint64> secondsOf(const QJsonObject &object, QLatin1StringView name)
{
    const QJsonValue value = object.value(name);
    constexpr double most = 253'402'300'799.0; // the end of the year 9999
    if (!value.isDouble() || !std::isfinite(value.toDouble()) || value.toDouble() < 0 || value.toDouble() > most)
        return {};
    return qint64(std::floor(value.toDouble()));
}

} // namespace yoid::sdjwt
