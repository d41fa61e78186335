// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/sqlconnection.h"

#include <QtCore/QStringList>

#include <functional>

namespace yoid {

/// The mark of our files in their header, "YoJ1" (sqlite.org/pragma.html#pragma_application_id).
inline constexpr qint64 kJournalApplicationId = 0x596F4A31;

/// The statements that lead from one version of the tables to the next. Once released a migration is never changed.
struct JournalMigration {
    int to = 0;
    QStringList statements;
};
/// In ascending order; the first makes the tables.
[[nodiscard]] QList<JournalMigration> journalMigrations();
/// The version this program writes and reads.
[[nodiscard]] int journalVersion();

/// What the first 100 bytes of a file tell (sqlite.org/fileformat2.html 1.3).
struct JournalHeader {
    enum class Kind { Empty, NotADatabase, Foreign, Ours };
    Kind kind = Kind::Empty;
    int version = 0;
};
/// \param hasRollbackJournal there is one beside it: a file of zeros is then a creation that was cut off
[[nodiscard]] JournalHeader readHeader(const QByteArray &header, bool hasRollbackJournal);

/// Makes the tables in a new file, all or nothing.
[[nodiscard]] QSqlError createJournal(const SqlConnection &connection);
/// One migration, all or nothing, the version with it.
[[nodiscard]] QSqlError migrateJournal(const SqlConnection &connection, const JournalMigration &migration);

} // namespace yoid
