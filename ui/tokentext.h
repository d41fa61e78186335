// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/tokenstatus.h"
#include "ui/icons.h"

#include <QtCore/QList>
#include <QtCore/QPair>

namespace yoid {

/// A token state in words (product 5.7).
struct TokenWords {
    Tone tone = Tone::Neutral;
    Symbol symbol = Symbol::Circle;
    QString state;      ///< "Connected": changes with the state only; what a screen reader hears.
    QString shown;      ///< "Connected 4:12": what is on the screen now.
    bool counts = false;///< `shown` changes from second to second.
    bool operator==(const TokenWords &) const = default;
};

/// \param nowContinuousMs Clock::continuousMs() now
[[nodiscard]] TokenWords tokenWords(const TokenStatus &status, qint64 nowContinuousMs);
/// No profile is open.
[[nodiscard]] TokenWords tokenWordsWithoutSession();
/// `4:12`, `1:04:12`; never negative.
[[nodiscard]] QString countdownText(qint64 milliseconds);

/// Name and value of each line of the details.
[[nodiscard]] QList<QPair<QString, QString>> tokenDetails(const TokenStatus &status, qint64 nowContinuousMs);

} // namespace yoid
