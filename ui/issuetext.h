// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/profile.h"
#include "app/flow/issueprogress.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// The four stages of issuing one credential, in the order they are done.
enum class IssueStage { Account, Offer, Delivery, Acceptance };

/// The words for issuing. Plain text; text of others inside it is made visible first.
class IssueText final {
    Q_DECLARE_TR_FUNCTIONS(IssueText)

public:
    /// The button is the sentence: `Issue “Solar Installer L1” to Naledi Khumalo — TEST`.
    [[nodiscard]] static QString buttonSentence(const QString &templateName, const Person &person, Environment environment);

    /// Where this issuing stands, in one sentence.
    [[nodiscard]] static QString headline(const IssueProgress &progress);
    [[nodiscard]] static StageState stateOf(const IssueProgress &progress, IssueStage stage);
    [[nodiscard]] static QString stageName(IssueStage stage);
    /// The word in the chip: `New account`, `Handed to YoID`, `Waiting for the youth` …
    [[nodiscard]] static QString stageWord(const IssueProgress &progress, IssueStage stage);
    /// One sentence beside the chip, often empty.
    [[nodiscard]] static QString stageNote(const IssueProgress &progress, IssueStage stage);

    /// The stage that has failed or is in doubt, if any.
    [[nodiscard]] static std::optional<IssueStage> troubledStage(const IssueProgress &progress);
    /// What the trouble means for the youth. Empty without trouble.
    [[nodiscard]] static QString meaning(const IssueProgress &progress);
    /// What the button to go on does, or empty when there is nothing to go on with.
    [[nodiscard]] static QString goOnLabel(const IssueProgress &progress);
    /// True when nothing exists yet, so that the form can be changed and sent again.
    [[nodiscard]] static bool canChangeForm(const IssueProgress &progress);

    /// True when account, offer and delivery are over, well or badly: the operator is free for the next person.
    [[nodiscard]] static bool isHandedOver(const IssueProgress &progress);

    [[nodiscard]] static QString lostPasswordSentence(const Person &person);
    [[nodiscard]] static QString passwordCaveat();
};

} // namespace yoid
