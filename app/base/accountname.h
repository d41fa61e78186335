// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

namespace yoid {

/// Who is signed in to this computer: the account's full name, else its login name. Asked of the system, not of the
/// environment, where it can be had; empty when there is none.
[[nodiscard]] QString accountName();

/// The full name in a GECOS field: what stands before the first comma, with `&` for the login name as of old (BSD passwd(5)).
/// Empty when none is there.
[[nodiscard]] QString nameInGecos(QStringView gecos, QStringView login);

} // namespace yoid
