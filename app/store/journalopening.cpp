// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalfile_p.h"

#include "app/store/journalpragmas.h"
#include "app/store/journalschema.h"
#include "app/store/privatefile.h"

#include <QtCore/QFile>

#include <cstring>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using State = JournalStatus::State;
using Reason = JournalStatus::Reason;

QString words(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

} // namespace

void JournalFile::Private::openInMemory()
{
    connection = std::make_unique<SqlConnection>(u":memory:"_s);
    QSqlError error = connection->openError();
    if (!error.isValid())
        error = setPragmas(false);
    if (!error.isValid())
        error = createJournal(*connection);
    if (error.isValid())
        return openFailed(error);
    writable = true;
    becomeReady();
}

void JournalFile::Private::openOnDisk()
{
    if (!placeIsGood())
        return;
    const bool hasRollback = sizeOf(beside("-journal"_L1)) > 0;
    if (sizeOf(where.file) <= 0 && sizeOf(beside("-wal"_L1)) > 0)
        // SQLite would throw away the lines that are still in there.
        return closed(Reason::Corrupt, u"the file is missing or empty, its write-ahead log is not"_s);
    if (sizeOf(where.file) < 0 && !makeFile())
        return;

    const FileGlance glance = glanceAt(where.file);
    if (glance.error != 0)
        return closed(reasonOfSystemError(glance.error), words(glance.error));
    if (glance.lockedByOther)
        return closed(Reason::InUse, u"locked by another process"_s);
    const JournalHeader header = readHeader(glance.header, hasRollback);
    switch (header.kind) {
    case JournalHeader::Kind::NotADatabase:
        return closed(Reason::Corrupt, u"not a database"_s);
    case JournalHeader::Kind::Foreign:
        return closed(Reason::WrongPlace, u"a database of another program"_s);
    case JournalHeader::Kind::Empty:
    case JournalHeader::Kind::Ours:
        break;
    }
    if (header.version > journalVersion())
        return openForReading(Reason::NewerVersion, u"version %1"_s.arg(header.version));
    if (latched)
        return openForReading(latchedReason, u"a write had failed"_s);
    for (const QString &path : { folder(), where.file, beside("-wal"_L1) }) {
        if (sizeOf(path) >= 0 && !mayWrite(path))
            return openForReading(Reason::FileReadOnly, QFileInfo(path).fileName() + " cannot be written"_L1);
    }
    for (const QString &path : { where.file, beside("-wal"_L1), beside("-shm"_L1), beside("-journal"_L1) }) {
        if (const int error = makeFilePrivate(path); error != 0)
            return closed(Reason::WrongPlace, QFileInfo(path).fileName() + " is open to others: "_L1 + words(error));
    }
    if (sizeOf(beside("-wal"_L1)) > 0 && !lookBeforeTouching())
        return;
    openForWriting();
}

bool JournalFile::Private::placeIsGood()
{
    const auto wrong = [this](const QString &why) {
        closed(Reason::WrongPlace, why);
        return false;
    };
    const QString home = folder();
    if (guard.isNetwork(home) || (sizeOf(home) < 0 && guard.isNetwork(QFileInfo(home).path())))
        return wrong(u"a network file system"_s);
    if (const QString objection = objectionToFolder(home); !objection.isEmpty())
        return wrong("the folder "_L1 + objection);
    for (const auto suffix : { ""_L1, "-wal"_L1, "-shm"_L1, "-journal"_L1 }) {
        if (const QString objection = objectionToFile(beside(suffix)); !objection.isEmpty())
            return wrong(QFileInfo(beside(suffix)).fileName() + u' ' + objection);
    }
    if (sizeOf(home) >= 0 && !mayWrite(home))
        return true; // nothing to be made private; read as it is
    if (const int error = makeFolderPrivate(home); error != 0) {
        closed(reasonOfSystemError(error), "the folder: "_L1 + words(error));
        return false;
    }
    return true;
}

bool JournalFile::Private::makeFile()
{
    int error = createPrivateFile(where.file);
    if (error == 0)
        error = syncFolder(folder());
    else if (error == EEXIST)
        error = 0; // another process was faster; the lock decides
    if (error != 0)
        closed(reasonOfSystemError(error), words(error));
    return error == 0;
}

/// The last run was cut off: what it left is checked through a connection that cannot write. One that can would carry the
/// log into a file that may be damaged, if only by closing.
bool JournalFile::Private::lookBeforeTouching()
{
    const QString index = beside("-shm"_L1);
    if (sizeOf(index) >= 0 && !mayWrite(index))
        QFile::remove(index); // useless to anybody, and SQLite makes it again
    const bool hadIndex = sizeOf(index) >= 0;
    QString damage;
    QSqlError error;
    int version = 0;
    {
        const SqlConnection look(where.file, u"QSQLITE_OPEN_READONLY"_s);
        const auto asked = look.ask(u"PRAGMA user_version"_s);
        error = asked.error;
        version = asked.value.toInt();
        if (!error.isValid())
            damage = damageIn(look);
    }
    if (!hadIndex)
        QFile::remove(index); // the exclusive connection works without
    if (error.isValid())
        openFailed(error);
    else if (!damage.isEmpty())
        openForReading(Reason::Corrupt, damage);
    else if (version > journalVersion())
        openForReading(Reason::NewerVersion, u"version %1"_s.arg(version));
    else
        return true;
    return false;
}

void JournalFile::Private::openForWriting()
{
    const bool checked = sizeOf(beside("-wal"_L1)) > 0;
    connection = std::make_unique<SqlConnection>(where.file);
    QSqlError error = connection->openError();
    if (!error.isValid())
        error = setPragmas(false);
    if (error.isValid())
        return openFailed(error);

    // Asked of SQLite and not of the header: where making the tables was cut off, reading takes back what the header showed.
    const auto tables = connection->ask(u"SELECT count(*) FROM sqlite_master"_s);
    if (tables.error.isValid())
        return openFailed(tables.error);
    if (tables.value.toInt() == 0) {
        // A file with pages and no tables is a damaged one; new tables would be written over what is left of it.
        if (const auto pages = connection->ask(u"PRAGMA page_count"_s); pages.error.isValid() || pages.value.toInt() > 0)
            return openForReading(Reason::Corrupt, u"%1 pages and no tables"_s.arg(pages.value.toInt()));
        error = createJournal(*connection);
        if (error.isValid())
            return openFailed(error);
    }
    const auto version = connection->ask(u"PRAGMA user_version"_s);
    if (version.error.isValid())
        return openFailed(version.error);
    if (version.value.toInt() > 0 && !checked) {
        const auto unclean = connection->ask(u"SELECT value FROM meta WHERE key='unclean'"_s);
        if (unclean.error.isValid())
            return openFailed(unclean.error);
        if (unclean.value.toInt() != 0) {
            if (const QString damage = damageIn(*connection); !damage.isEmpty())
                return openForReading(Reason::Corrupt, damage);
        }
    }
    error = setPragmas(true);
    if (error.isValid())
        return openFailed(error);
    if (const QString bad = badPragma(); !bad.isEmpty())
        return openForReading(Reason::UnsafeSettings, bad);
    guard.watch(where.file);
    writable = true;
    if (migrate(version.value.toInt()))
        becomeReady();
}

QSqlError JournalFile::Private::setPragmas(bool ofFile)
{
    for (const JournalPragma &pragma : journalPragmas()) {
        if (pragma.writesFile != ofFile)
            continue;
        if (QSqlError error = connection->run("PRAGMA "_L1 + pragma.name + u'=' + pragma.value); error.isValid())
            return error;
    }
    return {};
}

/// The first pragma that is not what was set, with what it is; empty when all are.
QString JournalFile::Private::badPragma()
{
    for (const JournalPragma &pragma : journalPragmas()) {
        const auto found = connection->ask("PRAGMA "_L1 + pragma.name);
        if (found.error.isValid() || found.value.toString() != pragma.readBack)
            return pragma.name + u'=' + found.value.toString();
    }
    return {};
}

bool JournalFile::Private::migrate(int version)
{
    bool isSafe = false;
    for (const JournalMigration &migration : journalMigrations()) {
        if (migration.to <= version)
            continue;
        if (!isSafe && !guard.hasRoomFor(folder(), sizeOf(where.file))) {
            latch(Reason::DiskFull, u"no room for the backup before a change of the tables"_s);
            return false;
        }
        if (!isSafe) { // one copy before all of them
            if (const auto made = makeBackup(); !made) {
                if (!latched)
                    latch(Reason::WriteFailed, made.failure().technical);
                return false;
            }
            isSafe = true;
        }
        if (const QSqlError error = migrateJournal(*connection, migration); error.isValid()) {
            const Reason reason = reasonOf(sqliteCode(error));
            latch(reason == Reason::None ? Reason::WriteFailed : reason, technicalOf(error));
            return false;
        }
    }
    return true;
}

/// Ready, or only reading for as long as the disk is full or the clock is wrong.
void JournalFile::Private::becomeReady()
{
    const auto latest = connection->ask(u"SELECT max(at) FROM line"_s);
    if (latest.error.isValid()) {
        const Reason reason = reasonOf(sqliteCode(latest.error));
        return latch(reason == Reason::None ? Reason::Corrupt : reason, technicalOf(latest.error));
    }
    const bool any = !latest.value.isNull();
    [[maybe_unused]] const auto refused = check(any ? QDateTime::fromMSecsSinceEpoch(latest.value.toLongLong(), Qt::UTC) : QDateTime());
}

void JournalFile::Private::openForReading(Reason reason, const QString &technical)
{
    writable = false;
    connection.reset();
    if (sizeOf(beside("-wal"_L1)) > 0)
        connection = openCopy();
    if (!connection)
        connection = openImmutable(where.file);
    connection->run(u"PRAGMA query_only=ON"_s);
    connection->run(u"PRAGMA trusted_schema=OFF"_s);

    auto version = connection->ask(u"PRAGMA user_version"_s);
    auto tables = connection->ask(u"SELECT count(*) FROM sqlite_master"_s);
    if (reasonOf(sqliteCode(tables.error)) == Reason::Corrupt && tables.error.isValid()) {
        reason = Reason::Corrupt;
        // Lets SQLite read what is left of a file that is shorter than its header says.
        connection->run(u"PRAGMA writable_schema=ON"_s);
        tables = connection->ask(u"SELECT count(*) FROM sqlite_master"_s);
    }
    if (tables.error.isValid() || tables.value.toInt() == 0) // or nothing in it: its creation was cut off
        return closed(reason, technical);
    if (reason != Reason::Corrupt && version.value.toInt() > journalVersion())
        reason = Reason::NewerVersion;
    status = { State::ReadOnly, reason, technical };
}

/// The log of a run that was cut off cannot be read in a place that cannot be written, or without carrying it into the
/// file. So both are read in a private copy, which goes when the journal is closed. Null when there is no room for one.
std::unique_ptr<SqlConnection> JournalFile::Private::openCopy()
{
    auto place = std::make_unique<QTemporaryDir>(); // mode 0700
    if (!place->isValid())
        return nullptr;
    const QString copy = place->filePath(u"copy.sqlite"_s);
    for (const auto suffix : { ""_L1, "-wal"_L1 }) {
        if (!QFile::copy(beside(suffix), copy + suffix)
            || !QFile::setPermissions(copy + suffix, QFile::ReadOwner | QFile::WriteOwner))
            return nullptr;
    }
    auto opened = std::make_unique<SqlConnection>(copy);
    if (opened->openError().isValid() || opened->run(u"PRAGMA locking_mode=EXCLUSIVE"_s).isValid())
        return nullptr;
    copyFolder = std::move(place);
    return opened;
}

void JournalFile::Private::openFailed(const QSqlError &error)
{
    const Reason reason = reasonOf(sqliteCode(error));
    switch (reason) {
    case Reason::InUse:
        return closed(reason, technicalOf(error));
    case Reason::None: // our own SQL does not fit: tables are missing
        return openForReading(Reason::Corrupt, technicalOf(error));
    case Reason::KeyLocked:
    case Reason::KeyForSessionOnly:
    case Reason::NewerVersion:
    case Reason::Corrupt:
    case Reason::FileReadOnly:
    case Reason::WrongPlace:
    case Reason::DiskFull:
    case Reason::WriteFailed:
    case Reason::UnsafeSettings:
    case Reason::ClockWrong:
        return openForReading(reason, technicalOf(error));
    }
}

} // namespace yoid
