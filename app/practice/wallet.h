// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace yoid::practice {

class Router;
class Youth;
struct World;

/// Pushing an offer or a request into a person's wallet (contract 2.22, 2.23).
void addWallet(Router &router, World &world, Youth &youth);

} // namespace yoid::practice
