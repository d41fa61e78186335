// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalsql.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Names of the values of a statement, in their order. Qt finds a value by its name in no time; by its number it makes a name of it
/// first, each time anew.
const QString &nameOf(qsizetype value)
{
    static const QList<QString> names { u":a"_s, u":b"_s, u":c"_s, u":d"_s, u":e"_s, u":f"_s, u":g"_s, u":h"_s, u":i"_s, u":j"_s };
    return names.at(value);
}

/// The text with names in place of its question marks.
QString named(std::string_view text)
{
    QString result;
    qsizetype value = 0;
    for (const char c : text) {
        if (c == '?')
            result += nameOf(value++);
        else
            result += QLatin1Char(c);
    }
    return result;
}

} // namespace

JournalSql::Rows::Rows(Rows &&other) noexcept
    : m_sql(other.m_sql)
    , m_query(std::exchange(other.m_query, nullptr))
{
}

JournalSql::Rows::~Rows()
{
    if (m_query)
        m_query->finish();
}

bool JournalSql::Rows::next()
{
    if (!m_query)
        return false;
    if (m_query->next())
        return true;
    m_sql->note(m_query->lastError()); // the end, or a page that could not be read
    return false;
}

JournalSql::JournalSql(const QSqlDatabase &database)
    : m_database(database)
{
}

JournalSql::Rows JournalSql::run(std::string_view text, const QVariantList &values)
{
    if (!ok())
        return { *this, nullptr };
    std::unique_ptr<QSqlQuery> &query = m_prepared[text];
    if (!query) {
        query = std::make_unique<QSqlQuery>(m_database);
        query->setForwardOnly(true);
        if (!query->prepare(named(text))) {
            note(query->lastError());
            query.reset();
            return { *this, nullptr };
        }
    }
    for (qsizetype at = 0; at < values.size(); ++at)
        query->bindValue(nameOf(at), values.at(at));
    if (!query->exec()) {
        note(query->lastError());
        query->finish();
        return { *this, nullptr };
    }
    return { *this, query.get() };
}

void JournalSql::begin()
{
    run("BEGIN IMMEDIATE");
}

bool JournalSql::commit()
{
    run("COMMIT");
    return ok();
}

void JournalSql::rollback()
{
    // Whatever it answers: after some errors SQLite has rolled back by itself.
    QSqlQuery query(m_database);
    query.exec(u"ROLLBACK"_s);
}

void JournalSql::emptyWriteAheadLog()
{
    run("PRAGMA wal_checkpoint(TRUNCATE)");
}

QSqlError JournalSql::takeError()
{
    return std::exchange(m_error, {});
}

void JournalSql::note(const QSqlError &error)
{
    if (ok())
        m_error = error;
}

} // namespace yoid
