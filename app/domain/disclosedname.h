// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/verdict.h"

namespace yoid {

/// The name of the person among the disclosed fields, by the keys and labels that are used for it; first and last name are put together.
/// Empty when there is none that can be told for sure.
[[nodiscard]] QString disclosedName(const QList<DisclosedField> &fields);

} // namespace yoid
