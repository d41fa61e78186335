// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// The words for the care of the journal: how long it keeps what, whether its trail is whole, forgetting a person.
class CareText final {
    Q_DECLARE_TR_FUNCTIONS(CareText)

public:
    /// Settings keep days; people think of credentials in months.
    [[nodiscard]] static int monthsOf(int days);
    [[nodiscard]] static int daysOf(int months);

    [[nodiscard]] static QString whatStays();
    /// What verifying the chain found, in one sentence.
    [[nodiscard]] static QString trail(const ChainReport &report);
    /// Whether the end of a whole chain was checked as well; else empty.
    [[nodiscard]] static QString trailEnd(const ChainReport &report);
    [[nodiscard]] static bool isWhole(const ChainReport &report) { return !report.brokenAt && report.headMatches; }
    /// `November 2026`
    [[nodiscard]] static QString month(QDate day);
    [[nodiscard]] static QString found(int records);
    [[nodiscard]] static QString forgotten(int records);
    /// `Forget Naledi Khumalo on this computer — TEST`
    [[nodiscard]] static QString forgetSentence(const Person &person, Environment environment);
    [[nodiscard]] static QString aboutForgetting();
};

} // namespace yoid
