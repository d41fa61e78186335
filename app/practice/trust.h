// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace yoid::practice {

class Router;
struct World;

/// Trusted entities: whom a verifier believes (contract 2.20).
void addTrust(Router &router, World &world);

} // namespace yoid::practice
