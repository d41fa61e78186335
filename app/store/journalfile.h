// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/base/outcome.h"
#include "app/store/diskguard.h"
#include "app/store/journalstatus.h"

#include <memory>

class QSqlDatabase;
class QSqlError;

namespace yoid {

/// The journal's one SQLite file, opened and kept by the rules of reliability 3.2: private modes, local file systems only, no
/// symbolic link, one exclusive connection, WAL with synchronous=FULL read back, quick_check after an unclean end, numbered
/// migrations with a backup before them, refusal of a newer schema, daily backups of which seven are kept.
///
/// Bound to the thread that calls open(); everything blocks, so that thread is the journal's own.
class JournalFile final {
public:
    struct Where {
        QString file;           ///< `journal.sqlite` in the data folder.
        QString backups;        ///< Folder of the backups.
        bool inMemory = false;  ///< For tests: nothing on disk.
    };

    JournalFile(Where where, Clock &clock, DiskProbe probe = DiskProbe::system());
    ~JournalFile();

    /// Opens for writing, else for reading, else not at all; status() says how it went and why. Never overwrites anything.
    /// May be called again after it did not get that far; after a failed write it opens for reading only.
    void open();
    /// Checkpoints, marks the end as clean unless a write had failed, lets go. Safe to call twice. Every query on database()
    /// must be gone by then.
    void close();

    [[nodiscard]] const JournalStatus &status() const;
    /// Open in Ready and in ReadOnly (there for reading only).
    [[nodiscard]] QSqlDatabase database() const;
    /// To be told of every SQL error: IOERR, FULL, CORRUPT, READONLY and the like end the writing for good (status() changes,
    /// the open transaction is rolled back, the connection takes no more), and nothing is tried again. COMMIT is to be run as
    /// a query: the error of QSqlDatabase::commit() has lost SQLite's number, and an error without one ends the writing too.
    Failure failed(const QSqlError &error);
    /// Asked before every transaction: enough room on the disk, and the clock not before the latest line. Changes status()
    /// in both directions for the clock and for room, which the user can mend while the program runs.
    [[nodiscard]] std::optional<Failure> checkBeforeWriting(const QDateTime &latestLine);

    [[nodiscard]] bool isBackupDue() const;
    /// VACUUM INTO a new file, quick_check of the copy, the oldest beyond seven removed.
    Outcome<Done> backup();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
