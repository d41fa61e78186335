// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"
#include "ui/failuretext.h"
#include "ui/theme.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// How the journal is, in words, and what was found unfinished in it.
class JournalText final {
    Q_DECLARE_TR_FUNCTIONS(JournalText)

public:
    /// All reasons, so that the table can be tested for completeness.
    [[nodiscard]] static QList<JournalStatus::Reason> allReasons();

    /// In four parts; all empty when there is nothing to say. `technical` is not in it.
    [[nodiscard]] static FailureText of(const JournalStatus &status);
    [[nodiscard]] static Tone tone(const JournalStatus &status);
    /// Why nothing can be issued or verified, in one sentence beside the button; empty when it can.
    [[nodiscard]] static QString blocked(const JournalStatus &status);
    /// True where opening the journal again may help.
    [[nodiscard]] static bool canOpenAgain(const JournalStatus &status);
    /// True where the operator may give up the old key.
    [[nodiscard]] static bool canStartNewKey(const JournalStatus &status);
    /// What is lost with the old key: headline and explanation, to be confirmed.
    [[nodiscard]] static FailureText aboutNewKey();

    /// One sentence on what a program end left unfinished; empty when nothing needs the operator.
    [[nodiscard]] static QString recovered(const RecoveryReport &report);
    /// What the buttons under it do, and what goes on by itself.
    [[nodiscard]] static QString aboutRecovered(const RecoveryReport &report);

private:
    [[nodiscard]] static QString happened(JournalStatus::Reason reason);
    [[nodiscard]] static QString advice(JournalStatus::Reason reason);
};

} // namespace yoid
