// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>

#include <chrono>
#include <optional>

namespace yoid {

/// An HTTP date in any of the three forms of RFC 9110 5.6.7; invalid when it is none.
[[nodiscard]] QDateTime parseHttpDate(const QByteArray &value);

/// Retry-After as seconds or date (RFC 9110 10.2.3), clamped to 1 … 3600 s. A date is measured against the answer's
/// own Date header when there is one, else against `nowUtc`. Absent or garbage: no value.
[[nodiscard]] std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray &value, const QByteArray &dateHeader,
                                                                  const QDateTime &nowUtc);

} // namespace yoid
