// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QStringList>

namespace yoid {

/// Writes one JSON object as compact text, byte for byte as QJsonDocument writes these members, but in the order given and
/// without a tree of values in between: the journal writes several of them for each line.
class JsonWriter final {
public:
    explicit JsonWriter(qsizetype room = 512);

    /// \param key with nothing in it that would have to be escaped
    void put(QLatin1StringView key, QStringView text);
    void put(QLatin1StringView key, qint64 number);
    void put(QLatin1StringView key, int number) { put(key, qint64(number)); }
    void put(QLatin1StringView key, bool value);
    /// A literal would become a truth value on its way.
    void put(QLatin1StringView key, const char16_t *text) = delete;
    void put(QLatin1StringView key, const QStringList &texts);
    /// In UTC, to the millisecond (Qt::ISODateWithMs).
    void put(QLatin1StringView key, const QDateTime &time);
    /// JSON text already.
    void putRaw(QLatin1StringView key, QByteArrayView json);
    /// Nothing for an empty text, and for no time.
    void putSome(QLatin1StringView key, QStringView text);
    void putSome(QLatin1StringView key, const QDateTime &time);

    /// The whole object; the writer is done with then.
    [[nodiscard]] QByteArray take();

private:
    void beginMember(QLatin1StringView key);
    void appendText(QStringView text);

    QByteArray m_out;
};

} // namespace yoid
