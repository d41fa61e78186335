// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/journalcare.h"
#include "app/store/journalwriter.h"

#include <functional>

/// What the durable store of batches does on the journal's thread.
namespace yoid::batchtasks {

template<typename T>
using Give = std::function<void(Outcome<T>)>;
using GivePage = std::function<void(Outcome<QList<BatchRow>>, bool last)>;
using journalcare::Asked;

// To be done in their place between the steps.
[[nodiscard]] JournalWriter::Task create(const BatchHead &head, const QList<BatchRow> &rows, const Asked &asked, Give<BatchHead> give);
[[nodiscard]] JournalWriter::Task putRows(const BatchId &batch, const QList<BatchRow> &rows, const Asked &asked, Give<Done> give);
[[nodiscard]] JournalWriter::Task put(const BatchHead &head, const Asked &asked, Give<Done> give);
/// With a copy of the journal for safety before it; that it cannot be made does not stop the release.
[[nodiscard]] JournalWriter::Task release(const BatchHead &head, const QList<BatchRow> &rows, const Asked &asked, Give<Done> give);
[[nodiscard]] JournalWriter::Task remove(const BatchId &batch, Give<Done> give);
[[nodiscard]] JournalWriter::Task readHeads(Give<QList<BatchHead>> give);
/// One page a turn.
[[nodiscard]] JournalWriter::Task readRows(const BatchId &batch, GivePage give);
/// How they all stand: the key that opens their plans has come late.
[[nodiscard]] JournalWriter::Task tellAll();

} // namespace yoid::batchtasks
