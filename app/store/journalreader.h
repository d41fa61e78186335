// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/journal.h"
#include "app/store/journalwriter.h"

namespace yoid::journalreader {

/// What a reading task gives its result to, on the writer's thread.
template<typename T>
using Give = std::function<void(Outcome<T>)>;

/// Gives page after page, one in a turn; nothing but one empty last page when nothing can be read.
[[nodiscard]] JournalWriter::Task records(std::function<void(const QList<WorkRecord> &page, bool last)> give);
[[nodiscard]] JournalWriter::Task details(const IntentId &intent, Give<WorkDetails> give);
[[nodiscard]] JournalWriter::Task open(const QString &origin, Give<QList<WorkRecord>> give);
[[nodiscard]] JournalWriter::Task firstPassword(const IntentId &intent, Give<Secret> give);
[[nodiscard]] JournalWriter::Task owners(const QList<IssuanceId> &ids, Give<QHash<IssuanceId, IntentId>> give);
/// Lines of the trail of one month as they stand on disk, each with the digest of what was sealed with it, the hash before it
/// and its own, so that it can be checked without the journal: the text is the line without the last three members.
[[nodiscard]] JournalWriter::Task month(int year, int month, Give<QByteArray> give);

} // namespace yoid::journalreader
