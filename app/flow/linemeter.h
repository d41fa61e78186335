// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/batchprogress.h"

#include <deque>

namespace yoid {

/// How good the line is, by the calls of the last half minute (at most the latest 500). Times are of one continuous clock.
class LineMeter final {
public:
    void ended(qint64 atMs, qint64 tookMs, bool answered);
    /// Unknown without a call; None when there were at least two and none of them got an answer.
    [[nodiscard]] LineQuality quality(qint64 nowMs);

private:
    struct Call {
        qint64 atMs;
        qint64 tookMs;
        bool answered;
    };
    std::deque<Call> m_calls;
};

} // namespace yoid
