// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace yoid::practice {

class Router;
struct World;

/// Credential templates (contract 2.3 to 2.5).
void addCredentialTemplates(Router &router, World &world);

} // namespace yoid::practice
