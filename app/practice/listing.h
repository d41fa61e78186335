// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/message.h"

namespace yoid::practice {

struct World;

/// Which query members a list understands beside `sort` and `page[…]` (contract 2.0).
struct ListRules {
    QStringList filters;    ///< Members compared exactly.
    QStringList searches;   ///< Members searched without regard to case.
};

/// A page of a list: filtered, sorted, cut by cursor, with the links or marks of the dialect.
/// \param items as they would be shown, oldest first
[[nodiscard]] Reply listed(const World &world, const Request &request, QList<QJsonObject> items, const ListRules &rules);

} // namespace yoid::practice
