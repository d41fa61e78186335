// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace yoid {

/// A JSON document with its structure and only harmless values: identifiers, status words, times and scrubbed error
/// texts by an allow-list of names; everything else as `‹text 14›`, `‹number›`, `‹mail›`, `‹link https://host›` or
/// `‹hidden›`. Nothing where it is no JSON.
[[nodiscard]] std::optional<QByteArray> jsonShape(const QByteArray &json);
/// The texts that jsonShape() does not show.
[[nodiscard]] QList<QByteArray> hiddenTexts(const QByteArray &json);
/// `application/x-www-form-urlencoded` with its names; only the grant type keeps its value.
[[nodiscard]] QByteArray formShape(const QByteArray &form);
/// A field name as it may be shown. Names are structure, but a map may be keyed by something personal.
[[nodiscard]] QByteArray nameShape(const QString &name);

} // namespace yoid
