// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/secret.h"

#include <initializer_list>

namespace yoid {

/// One field of a form. The views must outlive the call.
struct FormField {
    QByteArrayView name;
    QByteArrayView value;
};

/// `application/x-www-form-urlencoded` with every byte outside the unreserved set of RFC 3986 2.3 percent-encoded, so
/// that a secret with `+`, `%` or `&` arrives as it is. Made in one buffer of the right size: no second copy of a
/// secret is left in freed memory.
[[nodiscard]] Secret encodeForm(std::initializer_list<FormField> fields);

} // namespace yoid
