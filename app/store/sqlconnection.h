// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/journalstatus.h"

#include <QtCore/QString>
#include <QtCore/QVariant>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>

#include <memory>

namespace yoid {

/// SQLite's own number of an error, the extended one (sqlite.org/rescode.html); 0 when the driver gives none.
[[nodiscard]] int sqliteCode(const QSqlError &error);

/// What an error means for the journal, decided by its number and never by its text. Reason::None: a refused value, an
/// interruption or a mistake in our own SQL, which say nothing about the file. Without a number: WriteFailed.
[[nodiscard]] JournalStatus::Reason reasonOf(int code);
/// For support: the number and SQLite's words, which name tables and columns but hold no values.
[[nodiscard]] QString technicalOf(const QSqlError &error);

/// A connection of its own to one database file, taken out of Qt's list at the end. Every query of it must be gone by then.
class SqlConnection final {
public:
    /// \param name a path, or a URI where `options` has QSQLITE_OPEN_URI
    explicit SqlConnection(const QString &name, const QString &options = {});
    ~SqlConnection();
    Q_DISABLE_COPY_MOVE(SqlConnection)

    /// The error of opening, if any.
    [[nodiscard]] const QSqlError &openError() const { return m_openError; }
    [[nodiscard]] QSqlDatabase database() const { return QSqlDatabase::database(m_name, false); }

    /// Runs one statement; the error is not valid when it worked.
    QSqlError run(const QString &sql) const;
    /// The first value of the first row, invalid when there is none.
    struct Value {
        QVariant value;
        QSqlError error;
    };
    [[nodiscard]] Value ask(const QString &sql) const;

private:
    QString m_name;
    QSqlError m_openError;
};

/// quick_check and foreign_key_check. Empty when all is well, else what they found; a failing read counts as found too.
[[nodiscard]] QString damageIn(const SqlConnection &connection);
/// Opens the file for reading only, in a way that leaves nothing beside it and needs no lock. Lines in a `-wal` are not seen.
[[nodiscard]] std::unique_ptr<SqlConnection> openImmutable(const QString &file);

} // namespace yoid
