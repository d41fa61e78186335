// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"
#include "app/flow/revokeprogress.h"
#include "ui/failuretext.h"
#include "ui/theme.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// The words for taking a credential back. Plain text; text of others inside it is made visible first.
class RevokeText final {
    Q_DECLARE_TR_FUNCTIONS(RevokeText)

public:
    [[nodiscard]] static QString reason(RevokeReason reason);

    /// The button is the sentence: `Take back “Solar Installer L1” from Naledi Khumalo — PRODUCTION`.
    [[nodiscard]] static QString buttonSentence(const WorkRecord &record);
    /// `3 May 2026, 12:04, by Lindiwe M.`
    [[nodiscard]] static QString issued(const WorkRecord &record);
    [[nodiscard]] static QString consequence();
    /// Staff were taught that credentials are permanent.
    [[nodiscard]] static QString whatIsNew();
    /// What is known to speak against it, or to be known about it, before the service is asked; often empty.
    [[nodiscard]] static QString doubt(const WorkRecord &record);
    /// Why there is nothing to take back; empty when there is.
    [[nodiscard]] static QString obstacle(const WorkRecord &record);

    /// What is typed before the button works: the surname, else the identifier, else the end of the issuance's id.
    enum class Proof { Surname, Identifier, EndOfId };
    [[nodiscard]] static Proof proofOf(const WorkRecord &record);
    [[nodiscard]] static QString proofLabel(Proof proof);
    [[nodiscard]] static QString proofHint(const WorkRecord &record);
    /// What the button waits for, in one sentence.
    [[nodiscard]] static QString missing(const WorkRecord &record, bool noteNeeded);
    /// Accents, capitals, spaces and signs make no difference.
    [[nodiscard]] static bool proves(const QString &typed, const WorkRecord &record);

    /// What came of it, in four parts.
    [[nodiscard]] static FailureText outcome(const RevokeProgress &progress);
    [[nodiscard]] static Tone tone(RevokeProgress::Phase phase);
};

} // namespace yoid
