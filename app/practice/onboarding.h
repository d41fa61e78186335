// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace yoid::practice {

class Router;
struct World;

/// Consumer Onboarding: people and their wallets (contract 2.1, 2.2).
void addOnboarding(Router &router, World &world);

} // namespace yoid::practice
