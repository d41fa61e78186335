// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/seenstate.h"

namespace yoid {

std::optional<JournalState> stateSeen(JournalState now, const Issuance &seen)
{
    std::optional<JournalState> state;
    switch (seen.status) {
    case IssuanceStatus::Offered:
    case IssuanceStatus::Unknown:
        break;
    case IssuanceStatus::Completed:
    case IssuanceStatus::PartiallyIssued:
        state = JournalState::Accepted;
        break;
    case IssuanceStatus::Failed:
        state = JournalState::Failed;
        break;
    case IssuanceStatus::Expired:
        state = JournalState::Expired;
        break;
    case IssuanceStatus::Revoked:
        state = JournalState::Revoked;
        break;
    }
    return state && isAllowedMove(now, *state) ? state : std::nullopt;
}

QJsonObject seenFacts(const WorkRecord &record, const Issuance &seen)
{
    QJsonObject facts { { fact::status, seen.rawStatus } };
    if (record.credentialId.isEmpty() && !seen.credentialId.isEmpty())
        facts.insert(fact::credentialId, seen.credentialId.text);
    if (seen.revocable)
        facts.insert(fact::revocable, *seen.revocable);
    return facts;
}

} // namespace yoid
