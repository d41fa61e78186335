// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QVariant>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

#include <memory>
#include <string_view>
#include <unordered_map>

namespace yoid {

/// The statements of one connection: each prepared once, forward only, and finished as soon as its rows have been read, so
/// that no open statement holds a commit back. Errors stick: after the first one nothing more is run until takeError(), so a
/// whole transaction is written down without a check after each line and asked once before its commit.
class JournalSql final {
public:
    /// What a statement gives back; finishes it when it goes. One at a time for each text.
    class Rows final {
    public:
        Rows(JournalSql &sql, QSqlQuery *query)
            : m_sql(&sql)
            , m_query(query)
        {
        }
        Rows(Rows &&other) noexcept;
        Rows(const Rows &) = delete;
        Rows &operator=(const Rows &) = delete;
        Rows &operator=(Rows &&) = delete;
        ~Rows();

        [[nodiscard]] bool next();
        [[nodiscard]] QString text(int column) const { return m_query->value(column).toString(); }
        [[nodiscard]] QByteArray bytes(int column) const { return m_query->value(column).toByteArray(); }
        [[nodiscard]] qint64 number(int column) const { return m_query->value(column).toLongLong(); }
        [[nodiscard]] bool isNull(int column) const { return m_query->value(column).isNull(); }
        /// Rows changed by an INSERT, UPDATE or DELETE.
        [[nodiscard]] int changes() const { return m_query ? m_query->numRowsAffected() : 0; }

    private:
        JournalSql *m_sql;
        QSqlQuery *m_query; ///< Null when it could not be run.
    };

    explicit JournalSql(const QSqlDatabase &database);

    /// \param text a literal, for it is the statement's name; with a question mark for each of at most ten values, and none elsewhere
    Rows run(std::string_view text, const QVariantList &values = {});
    /// Takes the write lock at once, so that it cannot fail in the middle for want of it.
    void begin();
    [[nodiscard]] bool commit();
    void rollback();
    /// What is left of removed rows in the write-ahead log goes too.
    void emptyWriteAheadLog();

    [[nodiscard]] bool ok() const { return m_error.type() == QSqlError::NoError; }
    [[nodiscard]] QSqlError takeError();

private:
    void note(const QSqlError &error);

    QSqlDatabase m_database;
    std::unordered_map<std::string_view, std::unique_ptr<QSqlQuery>> m_prepared;
    QSqlError m_error;
};

} // namespace yoid
