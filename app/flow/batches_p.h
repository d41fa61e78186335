// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/background.h"
#include "app/flow/batches.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <atomic>

namespace yoid {

class Batches::Private {
public:
    Private(Batches *batches, BatchStore &batchStore, Journal &theJournal, RecordBook &recordBook, Clock &theClock)
        : q(batches)
        , store(batchStore)
        , journal(theJournal)
        , records(recordBook)
        , clock(theClock)
        , background(batches)
    {
    }

    void read();
    void take(const BatchHead &head);
    void place(const BatchHead &head);
    void lose(const BatchId &batch);
    void removeLeftover(const BatchId &batch);
    void beginDrafts();
    void beginDraft(BatchDraft &draft, const BatchId &batch);
    /// The batches that this one stands in for, and those that they stood in for.
    [[nodiscard]] QSet<BatchId> replacedBy(const BatchId &batch) const;
    /// How the latest batch with this template here was matched.
    [[nodiscard]] std::optional<BatchPlan> rememberedFor(const QString &origin, const TemplateId &credentialTemplate) const;

    Batches *q;
    BatchStore &store;
    Journal &journal;
    RecordBook &records;
    Clock &clock;
    QString operatorName;
    QList<BatchHead> heads;             ///< Newest first; only whole ones, see isWhole().
    QSet<BatchId> making;               ///< On their way into the store.
    QHash<BatchId, std::weak_ptr<BatchDraft>> drafts;

    struct Look {
        std::shared_ptr<std::atomic_bool> cancelled;
        QMetaObject::Connection contextGone;
    };
    QHash<const QObject *, Look> looks; ///< By who looks.

    bool asked = false;
    bool complete = false;
    quint64 reading = 0;                ///< Number of the reading whose answer counts.
    Background background;
};

/// False for what an import or a replacement left behind when it was cut off: the fingerprint is written last.
[[nodiscard]] inline bool isWhole(const BatchHead &head)
{
    return !head.fileHash.isEmpty();
}

} // namespace yoid
