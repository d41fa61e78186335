// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalfile_p.h"

#include "app/store/privatefile.h"

#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using State = JournalStatus::State;
using Reason = JournalStatus::Reason;

constexpr qint64 kMayGoBackMs = 48LL * 3600 * 1000;
/// One clock that runs wild must not write a line that makes every right one look wrong for ever after.
constexpr qint64 kMayBeAheadMs = 5LL * 366 * 24 * 3600 * 1000;
constexpr qint64 kEarliestMs = 1'704'067'200'000; // 2024: older than this program

} // namespace

Reason reasonOfSystemError(int error)
{
    switch (error) {
    case ENOSPC:
#if defined(EDQUOT)
    case EDQUOT:
#endif
        return Reason::DiskFull;
    case EACCES:
    case EPERM:
    case EROFS:
        return Reason::FileReadOnly;
    case ELOOP:
    case ENOTDIR:
        return Reason::WrongPlace;
    default:
        return Reason::WriteFailed;
    }
}

JournalFile::JournalFile(Where where, Clock &clock, DiskProbe probe)
    : d(std::make_unique<Private>(std::move(where), clock, std::move(probe)))
{
}

JournalFile::~JournalFile()
{
    close();
}

void JournalFile::open()
{
    if (d->connection)
        return;
    d->writable = d->marked = false;
    d->status = {};
    if (d->where.inMemory)
        d->openInMemory();
    else
        d->openOnDisk();
}

void JournalFile::close()
{
    if (!d->connection)
        return;
    // Cleared last, and only when all that was to be written is: otherwise the next start looks closely.
    if (d->marked && !d->latched)
        d->connection->run(u"UPDATE meta SET value=0 WHERE key='unclean'"_s);
    d->connection.reset(); // SQLite checkpoints
    d->copyFolder.reset();
    d->marked = false;
    d->status = { State::Closed, Reason::None, {} };
}

const JournalStatus &JournalFile::status() const
{
    return d->status;
}

QSqlDatabase JournalFile::database() const
{
    return d->connection ? d->connection->database() : QSqlDatabase();
}

Failure JournalFile::failed(const QSqlError &error)
{
    return d->failed(error);
}

std::optional<Failure> JournalFile::checkBeforeWriting(const QDateTime &latestLine)
{
    return d->check(latestLine);
}

bool JournalFile::isBackupDue() const
{
    return !d->where.inMemory && d->status.state == State::Ready && d->backups.isDue(d->clock.nowUtc());
}

Outcome<Done> JournalFile::backup()
{
    if (d->where.inMemory || d->status.state != State::Ready)
        return Failure::of(FailureKind::StorageFailed, u"no backup: the journal is not open for writing"_s);
    return d->makeBackup();
}

Failure JournalFile::Private::failed(const QSqlError &error)
{
    Failure failure = Failure::of(FailureKind::StorageFailed, technicalOf(error));
    if (!writable || latched)
        return failure;
    const Reason reason = reasonOf(sqliteCode(error));
    if (reason == Reason::None)
        return failure;
    // Ours alone since opening: that it is busy now is as wrong as any other failed write.
    latch(reason == Reason::InUse ? Reason::WriteFailed : reason, failure.technical);
    return failure;
}

std::optional<Failure> JournalFile::Private::check(const QDateTime &latestLine)
{
    const auto refused = [this](Reason reason, const QString &technical) -> Failure {
        status = { State::ReadOnly, reason, technical };
        return Failure::of(FailureKind::StorageFailed, technical);
    };
    if (!writable || latched)
        return Failure::of(FailureKind::StorageFailed, status.technical);
    if (!where.inMemory) {
        switch (guard.look()) {
        case DiskGuard::Finding::Good:
            break;
        case DiskGuard::Finding::Full:
            return refused(Reason::DiskFull, u"less than 20 MiB free"_s);
        case DiskGuard::Finding::FileGone:
            latch(Reason::WriteFailed, u"the file is no longer where it was opened"_s);
            return Failure::of(FailureKind::StorageFailed, status.technical);
        }
    }
    const qint64 now = clock.wallMs();
    const qint64 known = std::max(YOID_BUILD_DAY_MS, latestLine.isValid() ? latestLine.toMSecsSinceEpoch() : 0);
    if (now < kEarliestMs || now > known + kMayBeAheadMs || (latestLine.isValid() && now < latestLine.toMSecsSinceEpoch() - kMayGoBackMs))
        return refused(Reason::ClockWrong, "the clock says "_L1 + clock.nowUtc().toString(Qt::ISODate));
    if (!marked) {
        if (const QSqlError error = markUnclean(); error.isValid())
            return failed(error);
    }
    status = { State::Ready, Reason::None, {} };
    return std::nullopt;
}

/// In the file itself, not only in the log: so it is found even when the log is lost.
QSqlError JournalFile::Private::markUnclean()
{
    QSqlError error = connection->run(u"INSERT OR REPLACE INTO meta(key, value) VALUES('unclean', 1)"_s);
    if (!error.isValid() && !where.inMemory)
        error = connection->run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    marked = !error.isValid();
    return error;
}

void JournalFile::Private::closed(Reason reason, const QString &technical)
{
    connection.reset();
    copyFolder.reset();
    writable = false;
    status = { State::Closed, reason, technical };
}

/// Nothing is tried again: what is not committed is rolled back, and from here on the connection takes nothing.
void JournalFile::Private::latch(Reason reason, const QString &technical)
{
    latched = true;
    latchedReason = reason;
    status = { State::ReadOnly, reason, technical };
    connection->run(u"ROLLBACK"_s);
    connection->run(u"PRAGMA query_only=ON"_s);
}

Outcome<Done> JournalFile::Private::makeBackup()
{
    const auto without = [](const QString &why) { return Failure::of(FailureKind::StorageFailed, "no backup: "_L1 + why); };
    if (where.backups.isEmpty())
        return without(u"no folder is named"_s);
    const QString place = sizeOf(where.backups) < 0 ? QFileInfo(where.backups).path() : where.backups;
    if (!guard.hasRoomFor(place, sizeOf(where.file) + sizeOf(beside("-wal"_L1))))
        return without(u"no room"_s);
    const auto made = backups.make(*connection, clock.nowUtc());
    if (made.ok)
        return Done {};
    if (made.sqlError.isValid()) {
        failed(made.sqlError);
    } else {
        // A folder that cannot be written to is no reason to stop; a disk that fails is.
        const Reason reason = reasonOfSystemError(made.systemError);
        if (reason == Reason::DiskFull || reason == Reason::WriteFailed)
            latch(reason, made.failure.technical);
    }
    return made.failure;
}

} // namespace yoid
