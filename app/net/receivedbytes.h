// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QHash>

namespace yoid {

/// Bytes that each TCP connection of this process has received so far, by descriptor; empty where the system does not
/// tell. Qt says nothing about an answer before the end of its head, and up to 6.4 it collects a head without limit:
/// this is the only way to see one that never ends.
[[nodiscard]] QHash<int, qint64> receivedByConnection();

} // namespace yoid
