// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"
#include "app/domain/account.h"
#include "app/domain/issuance.h"
#include "app/domain/presentation.h"
#include "app/domain/verdict.h"

#include <QtCore/QJsonObject>

namespace yoid {

// What the flows write beside a state of the journal: the one place where the keys are fixed. Ids, URIs, words and
// fingerprints; no attribute value, no name, no secret.

/// Tells recipients apart without naming them. Keyed with the profile, so that it means nothing elsewhere.
[[nodiscard]] QString recipientFingerprint(const ProfileId &profile, const Person &person);

[[nodiscard]] QJsonObject preparedFacts(const ProfileId &profile, const IssueDraft &draft);
/// The kind and the status. Not the service's text: it may name a person.
[[nodiscard]] QJsonObject failureFacts(const Failure &failure);
[[nodiscard]] QJsonObject issuanceFacts(const Issuance &issuance);
[[nodiscard]] QJsonObject requestFacts(const Presentation &presentation);
/// The verdict and its reasons, without what the holder disclosed.
[[nodiscard]] QJsonObject verdictFacts(const Presentation &presentation, const Verdict &verdict);

} // namespace yoid
