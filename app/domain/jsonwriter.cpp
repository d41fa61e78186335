// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/jsonwriter.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <algorithm>
#include <utility>

namespace yoid {

namespace {

/// Needs no escape, and is not half of a character.
bool isPlain(QChar c)
{
    return c.unicode() >= 0x20 && c != u'"' && c != u'\\' && !c.isSurrogate();
}

/// `2026-11-24T18:20:02.123Z`; what does not fit into that is Qt's to write.
QByteArray textOf(const QDateTime &time)
{
    const QDateTime utc = time.toUTC();
    const QDate day = utc.date();
    const QTime clock = utc.time();
    if (day.year() < 1 || day.year() > 9999)
        return utc.toString(Qt::ISODateWithMs).toUtf8();
    QByteArray text("0000-00-00T00:00:00.000Z");
    const auto digits = [&text](qsizetype end, int number, int count) {
        for (; count > 0; --count, number /= 10)
            text[--end] = static_cast<char>('0' + number % 10);
    };
    digits(4, day.year(), 4);
    digits(7, day.month(), 2);
    digits(10, day.day(), 2);
    digits(13, clock.hour(), 2);
    digits(16, clock.minute(), 2);
    digits(19, clock.second(), 2);
    digits(23, clock.msec(), 3);
    return text;
}

} // namespace

JsonWriter::JsonWriter(qsizetype room)
{
    m_out.reserve(room);
    m_out += '{';
}

void JsonWriter::put(QLatin1StringView key, QStringView text)
{
    beginMember(key);
    appendText(text);
}

void JsonWriter::put(QLatin1StringView key, qint64 number)
{
    beginMember(key);
    m_out += QByteArray::number(number);
}

void JsonWriter::put(QLatin1StringView key, bool value)
{
    beginMember(key);
    m_out += value ? "true" : "false";
}

void JsonWriter::put(QLatin1StringView key, const QStringList &texts)
{
    beginMember(key);
    m_out += '[';
    for (qsizetype at = 0; at < texts.size(); ++at) {
        if (at > 0)
            m_out += ',';
        appendText(texts.at(at));
    }
    m_out += ']';
}

void JsonWriter::put(QLatin1StringView key, const QDateTime &time)
{
    beginMember(key);
    m_out += '"';
    m_out += textOf(time);
    m_out += '"';
}

void JsonWriter::putRaw(QLatin1StringView key, QByteArrayView json)
{
    beginMember(key);
    m_out += json;
}

void JsonWriter::putSome(QLatin1StringView key, QStringView text)
{
    if (!text.isEmpty())
        put(key, text);
}

void JsonWriter::putSome(QLatin1StringView key, const QDateTime &time)
{
    if (time.isValid())
        put(key, time);
}

QByteArray JsonWriter::take()
{
    m_out += '}';
    return std::exchange(m_out, {});
}

void JsonWriter::beginMember(QLatin1StringView key)
{
    if (m_out.size() > 1)
        m_out += ',';
    m_out += '"';
    m_out.append(key.data(), key.size());
    m_out += "\":";
}

void JsonWriter::appendText(QStringView text)
{
    if (std::all_of(text.begin(), text.end(), isPlain)) {
        m_out += '"';
        m_out += text.toUtf8();
        m_out += '"';
        return;
    }
    const QByteArray list = QJsonDocument(QJsonArray { text.toString() }).toJson(QJsonDocument::Compact);
    m_out += QByteArrayView(list).sliced(1, list.size() - 2);
}

} // namespace yoid
