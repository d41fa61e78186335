// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/sqlconnection.h"

#include <QtCore/QStringList>
#include <QtCore/QUrl>
#include <QtSql/QSqlQuery>

#include <atomic>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// SQLite's primary result codes; the extended ones have them in their lowest byte.
enum Code {
    Error = 1, Perm = 3, Interrupt = 9, ReadOnly = 8, Corrupt = 11, Full = 13, CantOpen = 14, TooBig = 18, Constraint = 19,
    Mismatch = 20, Misuse = 21, Auth = 23, Range = 25, NotADatabase = 26,
    Busy = 5, Locked = 6,
};
constexpr int kIoErrorCorruptFileSystem = 8458;

} // namespace

int sqliteCode(const QSqlError &error)
{
    return error.nativeErrorCode().toInt();
}

JournalStatus::Reason reasonOf(int code)
{
    using Reason = JournalStatus::Reason;
    if (code == kIoErrorCorruptFileSystem)
        return Reason::Corrupt;
    switch (code & 0xFF) {
    case Error:
    case Interrupt:
    case TooBig:
    case Constraint:
    case Mismatch:
    case Misuse:
    case Range:
        return Reason::None;
    case Busy:
    case Locked:
        return Reason::InUse;
    case Corrupt:
    case NotADatabase:
        return Reason::Corrupt;
    case Full:
        return Reason::DiskFull;
    case Perm:
    case ReadOnly:
    case CantOpen:
    case Auth:
        return Reason::FileReadOnly;
    default:
        return Reason::WriteFailed;
    }
}

QString technicalOf(const QSqlError &error)
{
    return "SQLite "_L1 + error.nativeErrorCode() + ": "_L1 + error.databaseText();
}

SqlConnection::SqlConnection(const QString &name, const QString &options)
{
    static std::atomic<quint64> counter;
    m_name = "yoid-journal-"_L1 + QString::number(++counter);
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    database.setDatabaseName(name);
    // Nobody is waited for: whoever else has the file keeps it for hours.
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=0"_s + (options.isEmpty() ? QString() : u';' + options));
    if (!database.open())
        m_openError = database.lastError();
}

SqlConnection::~SqlConnection()
{
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

QSqlError SqlConnection::run(const QString &sql) const
{
    return ask(sql).error;
}

SqlConnection::Value SqlConnection::ask(const QString &sql) const
{
    if (m_openError.isValid())
        return { {}, m_openError };
    QSqlQuery query(database());
    query.setForwardOnly(true);
    if (!query.exec(sql))
        return { {}, query.lastError() };
    if (query.next())
        return { query.value(0), {} };
    return { {}, query.lastError() };
}

QString damageIn(const SqlConnection &connection)
{
    const auto quick = connection.ask(u"PRAGMA quick_check(1)"_s);
    if (quick.error.isValid())
        return technicalOf(quick.error);
    if (quick.value.toString() != "ok"_L1)
        return "quick_check: "_L1 + quick.value.toString();
    const auto keys = connection.ask(u"PRAGMA foreign_key_check"_s);
    if (keys.error.isValid())
        return technicalOf(keys.error);
    return keys.value.isValid() ? "foreign_key_check: "_L1 + keys.value.toString() : QString();
}

std::unique_ptr<SqlConnection> openImmutable(const QString &file)
{
    QUrl uri = QUrl::fromLocalFile(file);
    uri.setQuery(u"mode=ro&immutable=1"_s);
    return std::make_unique<SqlConnection>(QString::fromLatin1(uri.toEncoded()), u"QSQLITE_OPEN_READONLY;QSQLITE_OPEN_URI"_s);
}

} // namespace yoid
