// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QPair>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace yoid::practice {

using Headers = QList<QPair<QByteArray, QByteArray>>;

/// One request as it arrived.
struct Request {
    QByteArray method;
    QByteArray target;              ///< Path and query, still encoded.
    QStringList segments;           ///< The path, split before it was decoded.
    QMap<QString, QString> query;   ///< Decoded; the first value of a name wins.
    Headers headers;
    QByteArray body;
    QJsonObject json;               ///< The body of a JSON call.
    QStringList captured;           ///< What stood at each `:` of the route.

    /// The first header of this name, case-insensitively; empty when absent.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

/// What goes back, or how the line breaks instead.
struct Reply {
    enum class Line {
        Whole,  ///< The answer arrives.
        Closed, ///< The connection closes without an answer.
        Silent, ///< Nothing ever comes.
    };
    int status = 200;
    QByteArray contentType;         ///< Empty: no body, no header.
    QByteArray body;
    Headers headers;
    int extraDelayMs = 0;
    Line line = Line::Whole;
};

[[nodiscard]] Reply jsonReply(int status, const QJsonObject &object);
[[nodiscard]] Reply emptyReply(int status);

} // namespace yoid::practice
