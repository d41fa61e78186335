// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/Qt>

namespace yoid {

/// Roles shared by all models: DisplayRole is for people, RawRole for sorting, filtering, copying and export.
enum Role {
    RawRole = Qt::UserRole + 1,
    StateRole,      ///< An enum value a delegate turns into icon, word and colour.
    IdRole,
    CopyTextRole,
};

} // namespace yoid
