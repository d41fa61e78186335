// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/backoff.h"

#include <algorithm>

namespace yoid {

std::chrono::milliseconds Backoff::wait(int attempt, double unit) const
{
    // 2^20 s is far beyond every ceiling; stopping there keeps the shift defined.
    const int doublings = std::clamp(attempt - 1, 0, 20);
    const auto top = std::min<std::chrono::milliseconds>(ceiling, first * (1LL << doublings));
    const std::chrono::milliseconds drawn { static_cast<long long>(static_cast<double>(top.count()) * unit) };
    return std::max(floor, drawn);
}

} // namespace yoid
