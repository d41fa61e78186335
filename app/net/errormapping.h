// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"

#include <QtNetwork/QNetworkReply>

#include <optional>

namespace yoid {

/// What is known about how far a request got when it ended.
struct WireProgress {
    bool changesNothing = false;    ///< GET or HEAD
    qint64 bodySize = 0;
    qint64 bodyHandedOut = 0;       ///< Bytes of the body that the network layer took.
    bool headSent = false;          ///< The network layer reported the request as sent.
    int status = 0;                 ///< From the answer, 0 when there was none.
};

/// The failure that a network error stands for; nothing when the error only repeats an HTTP status, which is an answer
/// and no failure of the line.
[[nodiscard]] std::optional<FailureKind> failureOf(QNetworkReply::NetworkError error);

/// False only when it is certain that the server has not carried the request out (reliability 3.5). Doubt counts as yes.
[[nodiscard]] bool mayHaveExecuted(FailureKind kind, const WireProgress &progress);

} // namespace yoid
