// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/batchtables.h"
#include "app/store/journalcare.h"

/// What the care of the journal does with the batches.
namespace yoid::batchcare {

/// Rows that are not empty yet, of these people or this work, each once.
[[nodiscard]] QList<BatchTables::Place> rowsOf(const QStringList &personKeys, const QList<IntentId> &intents, JournalTables &journal);
/// Leaves their numbers and intents. In a transaction.
void emptyRows(const QList<BatchTables::Place> &rows, JournalTables &journal);

/// Takes away what names people in the next batch that the rules no longer let stay: a finished one so many days after its end, a
/// released one that nobody has touched for a month longer and a year at least, a draft or dropped one after 90 days, which is
/// dropped then. One transaction with its lines of care. Nothing when there is none, or it cannot be written.
/// \param days zero: what was released stays for ever
[[nodiscard]] std::optional<BatchId> purgeNext(int days, const journalcare::Asked &asked, JournalWriter &writer);
/// The same in a copy for safety. In a transaction.
void purgeInCopy(const BatchId &batch, JournalTables &journal);

/// Tells how these stand now, by their ordinals.
void tell(const QSet<int> &batches, JournalWriter &writer);
void tellBatchesOf(const QList<BatchTables::Place> &rows, JournalWriter &writer);

} // namespace yoid::batchcare
