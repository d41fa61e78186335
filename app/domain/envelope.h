// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>

namespace yoid {

/// A JSON answer with the platform's envelope taken off (contract 0.3 rule 1, C2–C4, C6).
struct Envelope {
    QJsonValue data;        ///< `data` where there is one, else the whole body.
    QJsonObject links;
    QJsonObject meta;
    QStringList warnings;   ///< `errors[]` beside data on a 2xx, as text (C4).
    bool empty = false;     ///< The body was blank.
};

/// Opens a 2xx body. A blank body is an empty envelope. MalformedReply for text that is not JSON, for a document nested
/// too deeply, and for a duplicate `id`, `status`, `isValid` or `access_token` (reliability 4.2 no. 32); NotTheApi for HTML.
[[nodiscard]] Outcome<Envelope> openEnvelope(const QByteArray &contentType, const QByteArray &body);

/// Turns a non-2xx answer into a Failure by contract C3: status decides the kind; the first useful text, at most 500
/// characters, control characters escaped, becomes `serverText`. Sets `mayHaveExecuted` for 408 and 5xx.
[[nodiscard]] Failure failureFromReply(int httpStatus, const QByteArray &contentType, const QByteArray &body);

/// True where the first member of one of these names occurs twice inside one object. QJsonDocument keeps only the last.
[[nodiscard]] bool hasDuplicateMember(const QByteArray &json, const QList<QByteArray> &names);

/// A string member that is really a non-empty string without control characters; anything else is empty.
[[nodiscard]] QString stringMember(const QJsonObject &object, QLatin1StringView name);
/// ISO-8601 UTC; invalid for anything else (reliability 4.2 no. 45).
[[nodiscard]] QDateTime timeMember(const QJsonObject &object, QLatin1StringView name);

/// Where the next page of a list is: a URL, or a cursor for `page[after]` (contract 2.0).
struct NextPage {
    enum class Kind { None, Link, Cursor };
    Kind kind = Kind::None;
    QString value;
};
/// \param pageSize what was asked for; a shorter page is the last one when nothing else says otherwise
[[nodiscard]] NextPage nextPage(const Envelope &envelope, int pageSize);

} // namespace yoid
