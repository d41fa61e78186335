// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/verifyprogress.h"
#include "app/store/journal.h"

#include <optional>

namespace yoid {

/// A verification as the journal has it, so that an answer can be looked at again, also after a restart. The verdict is judged anew
/// from the question and the answer. Nothing when what was sealed is gone (purged, or its key is not at hand).
[[nodiscard]] std::optional<VerifyProgress> verifyProgressOf(const WorkDetails &details);

} // namespace yoid
