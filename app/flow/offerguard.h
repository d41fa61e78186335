// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"
#include "app/domain/issuance.h"

#include <QtCore/QDateTime>
#include <QtCore/QHash>
#include <QtCore/QSet>

#include <functional>
#include <optional>

namespace yoid {

class Journal;
class RecordBook;

/// What was known of other work when this work was decided upon.
struct OfferKnowledge {
    bool ofEarlier = false;         ///< Somebody looked at what the person had until then, and decided all the same.
    QDateTime until;                ///< UTC
    QSet<BatchId> released;         ///< Batches that were on their way by then.
    QSet<IntentId> work;            ///< Known by name, whatever the above says.
    QSet<BatchId> replaced;         ///< What was taken back of these is why there is this work.
};

/// The last look before an offer is made: whether other work has given this person this credential since this work was decided
/// upon, or is about to. One for each session; everything that makes offers asks it. Answers from memory, at once.
class OfferGuard final {
public:
    /// \param isBusy whether this work has a call or a line on its way
    OfferGuard(Journal &journal, const QString &origin, std::function<bool(const IntentId &)> isBusy);

    /// Why not (AlreadyGiven). A trial is asked nothing, and people of one batch are nobody's but the operator's to compare.
    [[nodiscard]] std::optional<Failure> refusal(const IssueDraft &draft, const OfferKnowledge &knowledge, const RecordBook &records);
    /// The same; when there is none, nobody else may give this person this until the work has come to rest.
    [[nodiscard]] std::optional<Failure> claim(const IssueDraft &draft, const OfferKnowledge &knowledge, const RecordBook &records);

private:
    struct Claim {
        QString templateId;
        QStringList keys;
        BatchId batch;
    };
    [[nodiscard]] QStringList keysOf(const IssueDraft &draft) const;

    Journal &m_journal;
    QString m_origin;
    std::function<bool(const IntentId &)> m_isBusy;
    QHash<IntentId, Claim> m_claims;    ///< Of busy work, and of some that is so no longer.
};

} // namespace yoid
