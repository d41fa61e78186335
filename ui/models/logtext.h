// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/exchangerecord.h"

namespace yoid {

/// What the user was doing, as a few words: "Make the offer".
[[nodiscard]] QString actionText(ActionKind action);
/// The end of an exchange in words: `201 done`, `403 not allowed`, `no answer`.
[[nodiscard]] QString statusText(const ExchangeRecord &record);
/// Path without host and query: what tells calls apart at a glance.
[[nodiscard]] QString shortPath(const ExchangeRecord &record);
/// `812 ms`, `30.0 s`
[[nodiscard]] QString durationText(qint64 milliseconds);
/// `700 B`, `1.6 kB`
[[nodiscard]] QString bytesText(qint64 bytes);
/// Everything recorded of one exchange, for the detail view and for support. Redacted like the record itself; control and
/// direction characters are made visible.
[[nodiscard]] QString recordText(const ExchangeRecord &record);

} // namespace yoid
