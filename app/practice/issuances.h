// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace yoid::practice {

class Router;
class Youth;
struct World;

/// Offers, their state, and revocation (contract 2.9 to 2.13).
void addIssuances(Router &router, World &world, Youth &youth);

} // namespace yoid::practice
