// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/exchangerecord.h"

#include <QtCore/QHash>
#include <QtCore/QList>

namespace yoid {

/// How many people a batch works on at a time. Begins with two and doubles as long as every answer is quick (slow start); after
/// the first trouble it halves, and widens by one after each calm stretch. Knows no clock: it is told of calls as they end.
class BatchWidth final {
public:
    /// \param most never more than so many, at least one
    explicit BatchWidth(int most);

    [[nodiscard]] int now() const { return m_width; }
    [[nodiscard]] int most() const { return m_most; }
    void setMost(int most);
    /// A call has got its answer in so many milliseconds. Kinds of calls are compared with their own kind only.
    void answered(ActionKind call, qint64 tookMs);
    /// 429, or no answer. What was on the wire at the same moment and fails with it counts once.
    void troubled();
    /// Another run: what was learned of the line is forgotten.
    void startOver();

private:
    /// The latest calls of one kind.
    struct Lane {
        QList<qint64> recent;
        qint64 bestMs = -1;     ///< Least median seen.
    };
    [[nodiscard]] static bool isCalm(Lane &lane);
    void widen(int to);

    int m_most;
    int m_width;
    int m_calm = 0;             ///< Calm answers in a row at this width.
    int m_sameTrouble = 0;      ///< Calls that were on the wire when it halved and have not ended yet.
    bool m_slowStart = true;
    QHash<ActionKind, Lane> m_lanes;
};

} // namespace yoid
