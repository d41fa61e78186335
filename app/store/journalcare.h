// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/journal.h"
#include "app/store/journalwriter.h"
#include "app/store/sqlitejournal.h"

namespace yoid::journalcare {

template<typename T>
using Give = std::function<void(Outcome<T>)>;

/// Who asked, and when: what a line of care says beside what was done.
struct Asked {
    QDateTime at;
    QString operatorName;
};

/// To be done in its place between the steps.
[[nodiscard]] JournalWriter::Task dropFirstPassword(const IntentId &intent);
[[nodiscard]] JournalWriter::Task forget(const QStringList &personKeys, const Asked &asked, Give<int> give);
[[nodiscard]] JournalWriter::Task backup(Give<Done> give);

/// To be done when nothing waits.
/// Persons whom an earlier run forgot, but not in all backups.
[[nodiscard]] JournalWriter::Task finishForgetting(const QDateTime &now);
[[nodiscard]] JournalWriter::Task backupIfDue();
/// Removes what the rules no longer let stay: first passwords so many days after their line, all else that is sealed so many
/// days after the work has ended, or a month later when it stands where nothing goes on by itself. Also the rows
/// and plans of batches (batchcare's purgeNext()). Also from the backups. In slices, each one transaction with its line of care.
[[nodiscard]] JournalWriter::Task purge(const SqliteJournal::Retention &retention, const Asked &asked);
/// Every hash again, and every digest of what is still there; at the end the head. In slices.
[[nodiscard]] JournalWriter::Task verify(Give<ChainReport> give);

} // namespace yoid::journalcare
