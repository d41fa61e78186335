// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalschema.h"

#include <QtCore/QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Times are milliseconds since the epoch in UTC; words are those of the domain (journalStateKey and the like).
QStringList firstTables()
{
    return {
        u"CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID"_s,

        // The trail: `text` is the line as it was hashed, byte for byte. Lines are never changed and never removed.
        u"CREATE TABLE line(number INTEGER PRIMARY KEY, intent TEXT, at INTEGER, text BLOB NOT NULL, sealed_digest BLOB,"
        " hash BLOB NOT NULL)"_s,
        u"CREATE INDEX line_intent ON line(intent)"_s,
        u"CREATE INDEX line_at ON line(at)"_s,

        // What the retention rules and "forget this person" remove. kind: 0 facts, 1 first password.
        u"CREATE TABLE sealed(line INTEGER NOT NULL REFERENCES line(number), kind INTEGER NOT NULL, intent TEXT NOT NULL,"
        " key_id TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(line, kind)) WITHOUT ROWID"_s,
        u"CREATE INDEX sealed_intent ON sealed(intent)"_s,

        // How each piece of work stands; can be made again from the lines.
        u"CREATE TABLE work(intent TEXT PRIMARY KEY, kind INTEGER, origin TEXT, created INTEGER, changed INTEGER,"
        " checked INTEGER, open INTEGER NOT NULL, state TEXT NOT NULL, record BLOB NOT NULL, person BLOB) WITHOUT ROWID"_s,
        u"CREATE INDEX work_open ON work(open, origin, created)"_s,
        u"CREATE INDEX work_created ON work(created)"_s,

        u"CREATE TABLE person(key TEXT, intent TEXT, PRIMARY KEY(key, intent)) WITHOUT ROWID"_s,

        // disposition: ours, abandoned, foreign
        u"CREATE TABLE issuance(id TEXT PRIMARY KEY, intent TEXT, disposition TEXT NOT NULL) WITHOUT ROWID"_s,

        // One request on the wire has one row here: a second one for the same attempt is refused by the key.
        u"CREATE TABLE attempt(intent TEXT, step TEXT, n INTEGER, line INTEGER NOT NULL,"
        " PRIMARY KEY(intent, step, n)) WITHOUT ROWID"_s,
    };
}

/// Batches with their rows. A row and a person name their batch by its ordinal.
QStringList batchTables()
{
    return {
        // `head` in clear, `plan` sealed. touched: when anything of it was last written. purged: what named people has gone.
        u"CREATE TABLE batch(ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, phase TEXT NOT NULL, finished INTEGER,"
        " touched INTEGER NOT NULL, purged INTEGER NOT NULL DEFAULT 0, head BLOB NOT NULL, plan BLOB)"_s,
        // bytes: sealed; NULL once the person was forgotten or the batch purged.
        u"CREATE TABLE batch_row(batch INTEGER NOT NULL, number INTEGER NOT NULL, intent TEXT, bytes BLOB,"
        " PRIMARY KEY(batch, number)) WITHOUT ROWID"_s,
        // One intent belongs to one row of one batch.
        u"CREATE UNIQUE INDEX batch_row_intent ON batch_row(intent) WHERE intent IS NOT NULL"_s,
        u"CREATE TABLE batch_person(key BLOB NOT NULL, batch INTEGER NOT NULL, number INTEGER NOT NULL,"
        " PRIMARY KEY(key, batch, number)) WITHOUT ROWID"_s,
    };
}

qint64 numberAt(const QByteArray &header, qsizetype offset)
{
    return qFromBigEndian<qint32>(header.constData() + offset);
}

QSqlError inOneTransaction(const SqlConnection &connection, const QString &begin, const QStringList &statements)
{
    QSqlError error = connection.run(begin);
    for (const QString &statement : statements) {
        if (!error.isValid())
            error = connection.run(statement);
    }
    // Not by QSqlDatabase::commit(), whose error has lost SQLite's number.
    if (!error.isValid())
        error = connection.run(u"COMMIT"_s);
    if (error.isValid())
        connection.run(u"ROLLBACK"_s);
    return error;
}

QString setVersion(int version)
{
    return "PRAGMA user_version="_L1 + QString::number(version);
}

} // namespace

QList<JournalMigration> journalMigrations()
{
    return { { 1, firstTables() }, { 2, batchTables() } };
}

int journalVersion()
{
    return journalMigrations().constLast().to;
}

JournalHeader readHeader(const QByteArray &header, bool hasRollbackJournal)
{
    using Kind = JournalHeader::Kind;
    constexpr QByteArrayView magic("SQLite format 3\0", 16);
    if (header.isEmpty())
        return { Kind::Empty, 0 };
    if (hasRollbackJournal && std::ranges::all_of(header, [](char byte) { return byte == 0; }))
        return { Kind::Empty, 0 };
    if (header.size() < 100 || !header.startsWith(magic))
        return { Kind::NotADatabase, 0 };
    if (numberAt(header, 68) != kJournalApplicationId)
        return { Kind::Foreign, 0 };
    return { Kind::Ours, static_cast<int>(numberAt(header, 60)) };
}

QSqlError createJournal(const SqlConnection &connection)
{
    QStringList statements { "PRAGMA application_id="_L1 + QString::number(kJournalApplicationId) };
    for (const JournalMigration &migration : journalMigrations())
        statements += migration.statements;
    statements += setVersion(journalVersion());
    // In SQLite's first journal mode, before WAL: a file that is not empty then always has our mark in its own header.
    return inOneTransaction(connection, u"BEGIN EXCLUSIVE"_s, statements);
}

QSqlError migrateJournal(const SqlConnection &connection, const JournalMigration &migration)
{
    return inOneTransaction(connection, u"BEGIN IMMEDIATE"_s, migration.statements + QStringList { setVersion(migration.to) });
}

} // namespace yoid
