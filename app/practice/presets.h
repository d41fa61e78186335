// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QJsonObject>

namespace yoid::practice {

class Router;
struct World;

/// The catalogues of ready-made templates (contract 2.7, 2.8).
void addPresets(Router &router, World &world);

/// Empty when there is none of this id.
[[nodiscard]] QJsonObject credentialPreset(const QString &id);

} // namespace yoid::practice
