// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/message.h"

#include <QtCore/QJsonValue>

#include <optional>

namespace yoid::practice {

/// The ways the platform is known, or feared, to speak (contract 6.1).
enum class Dialect { Old, March, Current, Engine, Hostile };

[[nodiscard]] std::optional<Dialect> dialectFromName(QStringView name);
[[nodiscard]] QString dialectName(Dialect dialect);

/// One thing wrong with a request.
struct Problem {
    QString pointer;    ///< RFC 6901, e.g. `/attributes/completedOn`; empty: the request as a whole.
    QString detail;     ///< In the service's words.
};

/// An error in the dialect's shape: (a) old, (b) with integer status march, with text status current and hostile,
/// (d) engine (contract C3).
[[nodiscard]] Reply invalid(Dialect dialect, const QList<Problem> &problems);
[[nodiscard]] Reply notFound(Dialect dialect, const QString &kind, const QString &id);
[[nodiscard]] Reply conflict(Dialect dialect, const QString &detail);
/// Any other: no such address (404), wrong media type (415), too large (413).
[[nodiscard]] Reply refusal(Dialect dialect, int status, const QString &detail);
/// 401 as RFC 6750 section 3 wants it.
[[nodiscard]] Reply unauthorised(Dialect dialect, const QString &why);

/// `data` in the envelope of the dialect.
[[nodiscard]] Reply enveloped(int status, const QJsonValue &data, const QString &self = {});

} // namespace yoid::practice
