// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

namespace yoid {

/// Waits between attempts: full jitter over an exponential ceiling (reliability 2.1).
struct Backoff {
    std::chrono::milliseconds first { 1000 };
    std::chrono::milliseconds ceiling { 60'000 };
    std::chrono::milliseconds floor { 1000 };

    /// The wait before attempt `attempt` + 1, where `attempt` counts failures so far from 1.
    /// \param unit a random number in [0, 1)
    [[nodiscard]] std::chrono::milliseconds wait(int attempt, double unit) const;
};

} // namespace yoid
