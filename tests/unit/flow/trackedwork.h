// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/fakeplatform.h"
#include "tests/support/scriptedjournal.h"

#include <QtCore/QJsonObject>

namespace yoid {

/// The answer to a look at an issuance. \param inner status of the credential inside; empty: none shown, as in dialect `old`
inline QByteArray lookBody(const QByteArray &id, const QByteArray &status, const QByteArray &inner)
{
    QByteArray body = R"({"data":{"id":")" + id + R"(","status":")" + status + R"(","offerUri":"https://x/o/)" + id + '"';
    if (!inner.isEmpty())
        body += R"(,"credentials":[{"id":"cred-)" + id + R"(","status":")" + inner + R"(","revocable":true}])";
    return body + "}}";
}

/// The lines that bring an issuing to one of the states in which an offer is out.
inline QList<JournalState> roadTo(JournalState state)
{
    using enum JournalState;
    const QList<JournalState> offered { Prepared, Sent, Offered };
    const QList<JournalState> delivered = offered + QList<JournalState> { DeliveryIntent, Delivered };
    switch (state) {
    case Prepared:
        return { Prepared };
    case Sent:
        return { Prepared, Sent };
    case Unknown:
        return { Prepared, Sent, Unknown };
    case Offered:
        return offered;
    case DeliveryIntent:
    case DeliveryFailed:
    case DeliveryUnknown:
        return state == DeliveryIntent ? offered + QList<JournalState> { DeliveryIntent }
                                       : offered + QList<JournalState> { DeliveryIntent, state };
    case Accepted:
    case Rejected:
    case Failed:
    case Expired:
    case Revoked:
        return delivered + QList<JournalState> { state };
    case RevokeIntent:
        return delivered + QList<JournalState> { Accepted, RevokeIntent };
    case RevokeAccepted:
    case RevokeRefused:
    case RevokeUnknown:
        return delivered + QList<JournalState> { Accepted, RevokeIntent, state };
    default:
        return delivered;
    }
}

/// Puts an issuing onto the journal as it stands in `state`. \param at of all its lines
inline IntentId putWork(Journal &journal, const Profile &profile, JournalState state, const QByteArray &issuanceId, const QDateTime &at,
                        const CredentialId &credentialId = { QStringLiteral("cred-1") }, const IssueDraft &draft = sampleDraft())
{
    const IntentId intent = IntentId::create();
    for (const JournalState each : roadTo(state)) {
        JournalStep step;
        step.intent = intent;
        step.state = each;
        step.at = at;
        step.profile = profile.id;
        step.environment = profile.environment;
        step.origin = workOrigin(profile);
        if (each == JournalState::Prepared) {
            IssueDraft own = draft;
            own.intent = intent;
            step.facts = { { fact::templateId, draft.credentialTemplate.id.text } };
            step.sealed = { { fact::draft, toJson(own) } };
        } else if (each == JournalState::Offered) {
            step.facts = { { fact::issuanceId, QString::fromLatin1(issuanceId) } };
            if (!credentialId.isEmpty())
                step.facts.insert(fact::credentialId, credentialId.text);
        }
        journal.append(step, &journal, [each](const Outcome<Done> &outcome) {
            if (!outcome.ok())
                qFatal("no road to %s: %s", qPrintable(journalStateKey(each)), qPrintable(outcome.failure().technical));
        });
    }
    return intent;
}

} // namespace yoid
