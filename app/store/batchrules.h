// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"
#include "app/domain/batch.h"

#include <optional>

namespace yoid {

// The rules all stores of batches share: what may be written beside what is known. `known` null: there is no such batch.
// What is refused is InvalidInput.

/// \param known a batch that has this id already
[[nodiscard]] std::optional<Failure> refusalOfNewBatch(const BatchHead &head, const QList<BatchRow> &rows, const BatchHead *known);
/// Rows change while the batch is a draft: what is issued is what was checked.
[[nodiscard]] std::optional<Failure> refusalOfRows(const QList<BatchRow> &rows, const BatchHead *known);
/// Draft → Dropped and Released ⇄ Finished; the way to Released leads through the release. Nothing changes about a dropped one, and
/// a released one stays where it belongs.
[[nodiscard]] std::optional<Failure> refusalOfHead(const BatchHead &head, const BatchHead *known);
/// Whether the rows are there, and their intents are nobody else's, is for the store to see.
[[nodiscard]] std::optional<Failure> refusalOfRelease(const BatchHead &head, const QList<BatchRow> &rows, const BatchHead *known);
[[nodiscard]] Failure refusalOfReleasedRow(int number);
[[nodiscard]] Failure refusalOfTakenIntent(int number);
[[nodiscard]] std::optional<Failure> refusalOfRemoval(const BatchHead *known);
[[nodiscard]] Failure refusalOfUnknownBatch();

/// What is to be written: the ordinal stays, and a plan that was not to be read is not written over with nothing.
[[nodiscard]] bool leavesPlan(const BatchHead &head);
/// What is told of a batch that was removed.
[[nodiscard]] BatchHead removedBatch(const BatchHead &known);

} // namespace yoid
