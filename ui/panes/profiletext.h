// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/profile.h"

#include <QtCore/QString>

namespace yoid {

/// What is wrong with one field of a profile, and what to do.
[[nodiscard]] QString profileProblemText(const ProfileProblem &problem);

} // namespace yoid
