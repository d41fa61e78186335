// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/verdict.h"

namespace yoid {

// What judge() is made of; for nobody else.

/// What this check expects and the fields do not fulfil.
/// \param fields of the credentials that were asked for; one that was kept back is not judged here
[[nodiscard]] QList<VerdictFinding> unmetExpectations(const PresentationTemplate &asked, const QList<DisclosedField> &fields,
                                                      const QDateTime &nowUtc);

/// The eight lines of an answered request, by what was found.
[[nodiscard]] QList<VerdictLine> checkLines(const PresentationTemplate &asked, const Presentation &answer, const Verdict &verdict);

} // namespace yoid
