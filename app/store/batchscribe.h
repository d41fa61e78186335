// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/store/batchtables.h"
#include "app/store/journalcare.h"

namespace yoid {
class Sealer;
}

/// Batches on their way into the tables and out of them: what is sealed, and the lines of the chain.
namespace yoid::batchscribe {

[[nodiscard]] QByteArray sealedPlan(const BatchHead &head, const Sealer &sealer);
[[nodiscard]] BatchTables::Row sealedRow(const BatchRow &row, const BatchId &batch, const Sealer &sealer);

/// With its plan, where the key opens it.
[[nodiscard]] BatchHead opened(const BatchTables::Batch &batch, const Sealer *sealer);
/// SecretLocked when the key does not open it. An emptied row has its number and intent.
[[nodiscard]] Outcome<BatchRow> opened(const BatchTables::Row &row, const BatchId &batch, const Sealer *sealer);

/// The line of a change of phase, and the head of the chain: who and when are the line's own; of the operators' words and the people
/// nothing. In a transaction.
void writePhase(const BatchHead &head, const journalcare::Asked &asked, JournalWriter &writer);

} // namespace yoid::batchscribe
