// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/exchangerecord.h"

namespace yoid {

/// The exchange as a curl command for a POSIX shell. What was redacted stays out: the token and other hidden values are
/// placeholders in angle brackets. Every part is quoted so that nothing in it can run or name a file.
[[nodiscard]] QString curlText(const ExchangeRecord &record);

} // namespace yoid
