// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QtGlobal>

#include <deque>
#include <optional>

namespace yoid {

/// How many people a minute a batch gets through, by the last minute of work: pauses and waiting for the line do not count.
class BatchPace final {
public:
    /// Work goes on, or rests, from this moment of the continuous clock.
    void work(bool on, qint64 nowMs);
    /// Another person has an outcome.
    void finished(qint64 nowMs);
    /// 0: not known yet.
    [[nodiscard]] double perMinute(qint64 nowMs);
    [[nodiscard]] std::optional<int> secondsFor(int people, qint64 nowMs);

private:
    [[nodiscard]] qint64 workedMs(qint64 nowMs) const;

    std::deque<qint64> m_finished;      ///< In milliseconds of work.
    qint64 m_workedMs = 0;              ///< Before the present stretch.
    std::optional<qint64> m_sinceMs;    ///< When the present stretch began.
};

} // namespace yoid
