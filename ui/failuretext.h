// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"
#include "app/domain/exchangerecord.h"

#include <QtCore/QString>

namespace yoid {

/// A failure in the four parts every message has (product 5.1 no. 6). Plain text, already safe to show.
struct FailureText {
    QString happened;   ///< What happened.
    QString meaning;    ///< What it means for the youth.
    QString advice;     ///< What to do now.
    QString code;       ///< For support: our code, the HTTP status, the service's code, the request id.

    bool operator==(const FailureText &) const = default;
    /// All four parts as lines, for the clipboard and for assistive technology.
    [[nodiscard]] QString asText() const;
};

/// \param action what the user was doing when it happened; decides what it means for the youth
[[nodiscard]] FailureText failureText(const Failure &failure, ActionKind action);
/// One exchange of the log in a plain sentence or two. A write that got no proper answer is called doubtful.
[[nodiscard]] QString exchangeExplanation(const ExchangeRecord &record);

} // namespace yoid
