// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/reconcile.h"

#include "app/domain/issuancelist.h"

#include <QtCore/QPointer>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kMargin = 5s; // reliability 3.6: the two clocks agree no better than that

/// A service may carry a request out long after its line broke, but not as long as that.
constexpr std::chrono::milliseconds kLatest = 1h;

/// The answer to a request of this work may be on its way or lost, so that the service may have an offer of it that the journal
/// does not know; also one that was abandoned, whatever became of the work since.
/// \param after what changed last before this cannot have made an offer that is new now
bool mayHaveUnknownOffer(const WorkRecord &record, const QDateTime &after)
{
    return record.work == WorkKind::Issue
        && (record.state == JournalState::Sent || record.state == JournalState::Unknown
            || (record.unusedOffers > 0 && record.changedAt >= after));
}

} // namespace

/// One question, from the list to the last look. Deletes itself when it is answered.
class Reconciler::Proof final : public QObject {
public:
    Proof(Reconciler *reconciler, const IssueDraft &draft, const QDateTime &sentAt, QObject *context, Then then)
        : QObject(reconciler)
        , m_reconciler(*reconciler)
        , m_draft(draft)
        , m_sentAt(sentAt)
        , m_receiver(context)
        , m_then(std::move(then))
    {
        connect(context, &QObject::destroyed, this, &QObject::deleteLater);
    }

    void begin()
    {
        // Right after a start the service's time is known only when it has answered; until then the list is read further back.
        const QDateTime from = since().value_or(m_sentAt.addDays(-1));
        m_reconciler.m_api.listIssuances(options(), from, [this](const Outcome<IssuanceListing> &listing) { listed(listing); });
    }
    void end(const std::optional<Issuance> &proved)
    {
        deleteLater();
        if (m_receiver)
            std::exchange(m_then, {})(proved);
    }

private:
    [[nodiscard]] CallOptions options()
    {
        CallOptions options;
        options.context = this;
        options.intent = m_draft.intent;
        return options;
    }

    /// When the request may have been carried out at the earliest, by the service's clock.
    [[nodiscard]] std::optional<QDateTime> since() const
    {
        const std::optional<qint64> skew = m_reconciler.m_clockSkewMs ? m_reconciler.m_clockSkewMs() : std::nullopt;
        if (!skew)
            return {};
        return m_sentAt.addMSecs(-*skew - kMargin.count());
    }

    void listed(const Outcome<IssuanceListing> &listing)
    {
        if (!listing.ok()) {
            const int status = listing.failure().httpStatus;
            m_reconciler.m_noList = m_reconciler.m_noList || status == 404 || status == 405;
            end({});
            return;
        }
        const std::optional<QDateTime> from = since();
        bool clear = listing->complete && from;
        for (const ListedIssuance &item : listing->items) {
            if (!echoes(item, m_draft))
                continue;
            clear = clear && item.issuance.createdAt.isValid();
            if (from && item.issuance.createdAt >= *from)
                m_candidates.append(item.issuance);
        }
        if (!clear || m_candidates.isEmpty())
            end({});
        else
            readOthers();
    }

    /// After the list and before the owners: what comes onto the journal in between is then seen by one of the two.
    void readOthers()
    {
        const QDateTime after = m_sentAt.addMSecs(-kLatest.count());
        m_reconciler.m_journal.readRecords(this, [this, after](const QList<WorkRecord> &page, bool last) {
            for (const WorkRecord &record : page) {
                const bool sameTemplate = record.templateId.isEmpty() || record.templateId == m_draft.credentialTemplate.id.text;
                if (record.origin == m_reconciler.m_origin && record.intent != m_draft.intent && sameTemplate
                    && mayHaveUnknownOffer(record, after))
                    m_others.append(record.intent);
            }
            if (!last)
                return;
            if (m_reconciler.m_journal.status().takesLines()) // else something could not be read
                compareOthers();
            else
                end({});
        });
    }

    void compareOthers()
    {
        if (m_others.isEmpty()) {
            readOwners();
            return;
        }
        m_reconciler.m_journal.readDetails(m_others.takeFirst(), this, [this](const Outcome<WorkDetails> &other) {
            const std::optional<IssueDraft> draft =
                other.ok() ? issueDraftFromJson(other->sealed.value(fact::draft).toObject()) : std::nullopt;
            if (!draft || looksTheSame(*draft, m_draft)) // one of the two it is, and nobody can say which
                end({});
            else
                compareOthers();
        });
    }

    void readOwners()
    {
        QList<IssuanceId> ids;
        for (const Issuance &candidate : std::as_const(m_candidates))
            ids.append(candidate.id);
        m_reconciler.m_journal.ownerOf(ids, this, [this](const Outcome<QHash<IssuanceId, IntentId>> &owners) {
            if (!owners.ok()) {
                end({});
                return;
            }
            m_candidates.removeIf([&](const Issuance &candidate) { return owners->contains(candidate.id); });
            if (m_candidates.size() != 1 || m_candidates.first().status != IssuanceStatus::Offered)
                end({});
            else
                readBack(m_candidates.first().id);
        });
    }

    /// The list may leave out what is needed to hand the offer over, and may be a moment old.
    void readBack(const IssuanceId &id)
    {
        m_reconciler.m_api.getIssuance(options(), id, [this, id](const Outcome<Issuance> &issuance) {
            const bool good = issuance.ok() && issuance->id == id && issuance->status == IssuanceStatus::Offered
                && !issuance->offerUri.isEmpty();
            end(good ? std::optional<Issuance>(*issuance) : std::nullopt);
        });
    }

    Reconciler &m_reconciler;
    IssueDraft m_draft;
    QDateTime m_sentAt;             ///< By this computer's clock.
    QPointer<QObject> m_receiver;
    Then m_then;
    QList<Issuance> m_candidates;
    QList<IntentId> m_others;
};

Reconciler::Reconciler(ApiClient &api, Journal &journal, const Profile &profile,
                       std::function<std::optional<qint64>()> clockSkewMs, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_journal(journal)
    , m_origin(workOrigin(profile))
    , m_clockSkewMs(std::move(clockSkewMs))
{
}

void Reconciler::proveIssuance(const WorkDetails &details, QObject *context, Then then)
{
    QDateTime sentAt;
    for (const StoredStep &line : details.story) {
        if (line.step.state == JournalState::Sent)
            sentAt = line.step.at;
    }
    const std::optional<IssueDraft> draft = issueDraftFromJson(details.sealed.value(fact::draft).toObject());
    const bool ours = details.record.origin == m_origin;
    // Without its draft (purged, forgotten, no key) the time is left invalid: nothing can be proved.
    proveIssuance(draft.value_or(IssueDraft()), draft && ours ? sentAt : QDateTime(), context, std::move(then));
}

void Reconciler::proveIssuance(const IssueDraft &draft, const QDateTime &sentAt, QObject *context, Then then)
{
    auto *const proof = new Proof(this, draft, sentAt, context, std::move(then));
    if (m_noList || !sentAt.isValid() || draft.intent.isEmpty() || !namesPerson(draft))
        QMetaObject::invokeMethod(proof, [proof] { proof->end({}); }, Qt::QueuedConnection);
    else
        proof->begin();
}

} // namespace yoid
