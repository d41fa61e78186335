// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/sdjwt/parsed.h"

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>

namespace yoid::sdjwt {

/// base64url without padding, only in the one form an encoder makes: no other letters, no stray bits at the end (RFC 7515 2).
[[nodiscard]] std::optional<QByteArray> fromBase64Url(QByteArrayView text);
[[nodiscard]] QByteArray toBase64Url(QByteArrayView bytes);

/// Any JSON value, with no member twice in one object and nested no deeper than limit::depth. QJsonDocument would keep the last of two
/// members where others keep the first, and two readers who disagree are how forgeries pass.
[[nodiscard]] Parsed<QJsonValue> strictJson(const QByteArray &text);
[[nodiscard]] Parsed<QJsonObject> strictObject(const QByteArray &text);

/// A string member; nothing for another type or an absent one.
[[nodiscard]] std::optional<QString> textOf(const QJsonObject &object, QLatin1StringView name);
/// A NumericDate member (RFC 7519 2) in whole seconds; nothing for another type, for what is no finite number or out of range.
[[nodiscard]] std::optional<qint64> secondsOf(const QJsonObject &object, QLatin1StringView name);

} // namespace yoid::sdjwt
