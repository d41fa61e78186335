// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace yoid::practice {

class Router;
class Youth;
struct World;

/// Presentation templates, requests and answers (contract 2.14 to 2.18).
void addPresentations(Router &router, World &world, Youth &youth);

} // namespace yoid::practice
