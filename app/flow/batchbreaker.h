// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"

namespace yoid {

/// Stops a batch that fails for a reason which will not go away: five people in a row with the same failure (product 2.6).
class BatchBreaker final {
public:
    /// Somebody got their offer.
    void succeeded();
    /// Somebody did not. True when that was the fifth equal failure in a row. Failures are equal when kind, HTTP status and fields are.
    /// Calls without an answer that were on the wire together are one event, the line's, and count once.
    /// \param sentMs when the call that failed was begun, \param nowMs when it failed; on one clock
    [[nodiscard]] bool failed(const Failure &failure, qint64 sentMs, qint64 nowMs);

private:
    Failure m_last;
    qint64 m_lastMs = 0;    ///< When the latest counted failure was seen.
    int m_inRow = 0;
};

} // namespace yoid
