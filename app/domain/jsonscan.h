// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QString>

namespace yoid {

/// What the parsers of this room share. Not for other rooms.

/// True for a body that is a web page: a sign-in page, a captive portal, a proxy's error.
[[nodiscard]] bool looksLikeHtml(const QByteArray &contentType, const QByteArray &body);
/// True for a body of nothing but white space, also behind a byte order mark.
[[nodiscard]] bool isBlank(const QByteArray &body);
/// The words of a page's `<title>`; empty when it has none.
[[nodiscard]] QString htmlTitle(const QByteArray &body);

/// A member as text: a string as it is, a number or boolean written out; anything else is empty.
[[nodiscard]] QString looseText(const QJsonValue &value);
/// A string member as it is, whatever characters it has; anything else is empty. For words that people read.
[[nodiscard]] QString textMember(const QJsonObject &object, QLatin1StringView name);
/// At most `most` UTF-16 units of safe text on one line (see displaytext.h).
[[nodiscard]] QString safeWords(const QString &text, qsizetype most = 500);
/// The useful words of one error object of contract C3 b: `detail`, else `title`, `message`, `code`.
[[nodiscard]] QString errorWords(const QJsonValue &error);
[[nodiscard]] QString compactJson(const QJsonValue &value);
/// Any JSON value as words, so that nothing a service says can vanish by having an odd type.
[[nodiscard]] QString anyWords(const QJsonValue &value);
/// Null, absent or empty.
[[nodiscard]] bool saysNothing(const QJsonValue &value);

} // namespace yoid
