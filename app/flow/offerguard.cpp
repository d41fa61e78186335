// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/offerguard.h"

#include "app/flow/recordbook.h"
#include "app/flow/stepfacts.h"
#include "app/store/journal.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool isTrial(const IssueDraft &draft)
{
    return draft.reason == u"trial"_s;
}

bool isOfOneBatch(const BatchId &a, const BatchId &b)
{
    return !a.isEmpty() && a == b;
}

bool wasKnown(const WorkRecord &record, const OfferKnowledge &knowledge)
{
    if (knowledge.work.contains(record.intent))
        return true;
    if (record.state == JournalState::RevokeAccepted && knowledge.replaced.contains(record.batch))
        return true;
    return knowledge.ofEarlier && (record.createdAt <= knowledge.until || knowledge.released.contains(record.batch));
}

} // namespace

OfferGuard::OfferGuard(Journal &journal, const QString &origin, std::function<bool(const IntentId &)> isBusy)
    : m_journal(journal)
    , m_origin(origin)
    , m_isBusy(std::move(isBusy))
{
}

QStringList OfferGuard::keysOf(const IssueDraft &draft) const
{
    return personKeys(m_journal, m_origin, normalised(draft.person));
}

std::optional<Failure> OfferGuard::refusal(const IssueDraft &draft, const OfferKnowledge &knowledge, const RecordBook &records)
{
    if (isTrial(draft))
        return {};
    const QStringList keys = keysOf(draft);
    const QString templateId = draft.credentialTemplate.id.text;
    const QList<RecordBook::Entry> given = records.issuedBefore(m_origin, templateId, keys);
    for (const RecordBook::Entry &entry : given) {
        const bool own = entry->intent == draft.intent || isOfOneBatch(entry->batch, draft.batch);
        if (!own && !wasKnown(*entry, knowledge))
            return Failure::of(FailureKind::AlreadyGiven, u"given by %1"_s.arg(entry->intent.text));
    }
    m_claims.removeIf([this](const std::pair<const IntentId &, Claim &> &claim) { return !m_isBusy(claim.first); });
    for (auto claim = m_claims.cbegin(); claim != m_claims.cend(); ++claim) {
        if (claim.key() == draft.intent || isOfOneBatch(claim->batch, draft.batch) || claim->templateId != templateId)
            continue;
        if (std::any_of(keys.cbegin(), keys.cend(), [&](const QString &key) { return claim->keys.contains(key); }))
            return Failure::of(FailureKind::AlreadyGiven, u"being given by %1"_s.arg(claim.key().text));
    }
    return {};
}

std::optional<Failure> OfferGuard::claim(const IssueDraft &draft, const OfferKnowledge &knowledge, const RecordBook &records)
{
    if (const std::optional<Failure> no = refusal(draft, knowledge, records))
        return no;
    if (!isTrial(draft))
        m_claims.insert(draft.intent, { draft.credentialTemplate.id.text, keysOf(draft), draft.batch });
    return {};
}

} // namespace yoid
