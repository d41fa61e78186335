// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/verdict.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// The words for a verdict. Everything returned is plain text; what came from the service is inside it as visible text.
class VerdictText final {
    Q_DECLARE_TR_FUNCTIONS(VerdictText)

public:
    /// The shape that goes with the word, so that colour is never needed: ✔ ▲ ✖ ●.
    [[nodiscard]] static QString shape(VerdictLevel level);
    /// `Accepted`, `Check by hand`, `Do not accept`, `No answer`, `Waiting`.
    [[nodiscard]] static QString word(VerdictLevel level);
    /// The same, but no answer is told apart: `Declined`, `Declined or failed`, `Expired`.
    [[nodiscard]] static QString word(const Verdict &verdict);
    /// The one sentence under the word: the headline finding.
    [[nodiscard]] static QString sentence(const Verdict &verdict);
    /// One sentence for any finding.
    [[nodiscard]] static QString finding(const VerdictFinding &finding);
    /// What staff should do next.
    [[nodiscard]] static QString advice(const Verdict &verdict);
    /// What even a green verdict does not prove.
    [[nodiscard]] static QString limits();

    /// `Genuine and unchanged` and so on: what one of the eight lines is about.
    [[nodiscard]] static QString checkPoint(CheckPoint point);
    /// `yes`, `no`, `could not check`, `does not apply`.
    [[nodiscard]] static QString answer(VerdictAnswer answer);
    /// Who says so, or why it could not be checked; one short sentence, may be empty.
    [[nodiscard]] static QString source(const VerdictLine &line);

    [[nodiscard]] static QList<VerdictLevel> allLevels();
    [[nodiscard]] static QList<VerdictReason> allReasons();
};

} // namespace yoid
