// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"

#include <QtCore/QString>

namespace yoid {

/// The words of the Records list that the model itself needs. What a record means in a sentence is in `ui/recordtext`.

/// Product 5.1: nine words, the same everywhere.
[[nodiscard]] QString stageWord(WorkStage stage);
/// Whom the work is for: the name, else the identifier, else why there is none.
[[nodiscard]] QString recordPerson(const WorkRecord &record);
/// The credential, or the check.
[[nodiscard]] QString recordTitle(const WorkRecord &record);
[[nodiscard]] QString environmentTitle(Environment environment);
/// `just now`, `5 minutes`, `3 hours`, `3 days`, `2 years`.
[[nodiscard]] QString ageText(const QDateTime &since, const QDateTime &now);
/// `14:05` today, `14 Nov, 14:05` this year, `14 Nov 2025` before; local time, never a numeric short date (product 6.3).
[[nodiscard]] QString momentText(const QDateTime &at, const QDateTime &now);
/// `14 Nov 2026, 14:05`
[[nodiscard]] QString fullMomentText(const QDateTime &at);

} // namespace yoid
