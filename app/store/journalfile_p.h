// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/journalbackup.h"
#include "app/store/journalfile.h"
#include "app/store/sqlconnection.h"

#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>

namespace yoid {

/// What an errno of our own calls means for the journal.
[[nodiscard]] JournalStatus::Reason reasonOfSystemError(int error);

class JournalFile::Private {
public:
    Private(Where place, Clock &time, DiskProbe probe)
        : where(std::move(place))
        , clock(time)
        , guard(std::move(probe), time)
        , backups(where.backups)
    {
    }

    // In journalopening.cpp: each ends with the status set.
    void openInMemory();
    void openOnDisk();
    /// False: it has ended here, status says why.
    [[nodiscard]] bool placeIsGood();
    [[nodiscard]] bool makeFile();
    [[nodiscard]] bool lookBeforeTouching();
    void openForWriting();
    void openForReading(JournalStatus::Reason reason, const QString &technical);
    [[nodiscard]] std::unique_ptr<SqlConnection> openCopy();
    void openFailed(const QSqlError &error);
    [[nodiscard]] QSqlError setPragmas(bool ofFile);
    [[nodiscard]] QString badPragma();
    [[nodiscard]] bool migrate(int version);
    void becomeReady();

    // The rest is in journalfile.cpp.
    [[nodiscard]] std::optional<Failure> check(const QDateTime &latestLine);
    Failure failed(const QSqlError &error);
    [[nodiscard]] QSqlError markUnclean();
    void closed(JournalStatus::Reason reason, const QString &technical);
    void latch(JournalStatus::Reason reason, const QString &technical);
    Outcome<Done> makeBackup();
    [[nodiscard]] QString beside(QLatin1StringView suffix) const { return where.file + suffix; }
    [[nodiscard]] QString folder() const { return QFileInfo(where.file).path(); }

    const Where where;
    Clock &clock;
    DiskGuard guard;
    JournalBackups backups;
    std::unique_ptr<QTemporaryDir> copyFolder; // outlives the connection
    std::unique_ptr<SqlConnection> connection;
    JournalStatus status;
    bool writable = false;  ///< This connection may write, unless latched.
    bool latched = false;   ///< A write has failed: nothing more in this run, also not after opening again.
    JournalStatus::Reason latchedReason = JournalStatus::Reason::None;
    bool marked = false;    ///< The unclean flag on disk is ours.
};

} // namespace yoid
