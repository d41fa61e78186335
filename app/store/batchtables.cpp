// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/batchtables.h"

#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

std::optional<BatchTables::Batch> batchFrom(const JournalSql::Rows &rows)
{
    std::optional<BatchHead> head = batchHeadFromJson(QJsonDocument::fromJson(rows.bytes(0)).object());
    if (!head)
        return {}; // of a newer version
    return BatchTables::Batch { std::move(*head), rows.bytes(1), rows.number(2) != 0 };
}

QByteArray clearOf(const BatchHead &head)
{
    return QJsonDocument(toJson(head)).toJson(QJsonDocument::Compact);
}

QVariant timeOf(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

QVariant orNull(const QByteArray &bytes)
{
    return bytes.isEmpty() ? QVariant() : QVariant(bytes);
}

QVariant orNull(const IntentId &intent)
{
    return intent.isEmpty() ? QVariant() : QVariant(intent.text);
}

/// Half as long where it is what fingerprint() gives: there are up to three of them for each row.
QByteArray keyOf(const QString &fingerprint)
{
    const QByteArray text = fingerprint.toUtf8();
    const QByteArray bytes = QByteArray::fromHex(text);
    return bytes.toHex() == text ? bytes : text;
}

} // namespace

bool BatchTables::exist()
{
    return m_sql.run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'batch'").next();
}

QList<BatchTables::Batch> BatchTables::batches()
{
    QList<Batch> all;
    JournalSql::Rows rows = m_sql.run("SELECT head, plan, purged FROM batch ORDER BY ordinal DESC");
    while (rows.next()) {
        if (std::optional<Batch> one = batchFrom(rows))
            all.append(std::move(*one));
    }
    return all;
}

std::optional<BatchTables::Batch> BatchTables::batch(const BatchId &id)
{
    JournalSql::Rows rows = m_sql.run("SELECT head, plan, purged FROM batch WHERE id = ?", { id.text });
    return rows.next() ? batchFrom(rows) : std::nullopt;
}

std::optional<BatchTables::Batch> BatchTables::batch(int ordinal)
{
    JournalSql::Rows rows = m_sql.run("SELECT head, plan, purged FROM batch WHERE ordinal = ?", { ordinal });
    return rows.next() ? batchFrom(rows) : std::nullopt;
}

void BatchTables::insertBatch(const BatchHead &head, const QByteArray &sealedPlan, const QDateTime &now)
{
    m_sql.run("INSERT INTO batch (ordinal, id, phase, finished, touched, head, plan) VALUES (?, ?, ?, ?, ?, ?, ?)",
              { head.ordinal, head.id.text, batchPhaseKey(head.phase), timeOf(head.finishedAt), timeOf(now), clearOf(head),
                orNull(sealedPlan) });
}

void BatchTables::updateBatch(const BatchHead &head, const QByteArray &sealedPlan, const QDateTime &now)
{
    m_sql.run("UPDATE batch SET phase = ?, finished = ?, touched = ?, head = ?, plan = coalesce(?, plan) WHERE ordinal = ?",
              { batchPhaseKey(head.phase), timeOf(head.finishedAt), timeOf(now), clearOf(head), orNull(sealedPlan), head.ordinal });
}

void BatchTables::touch(int batch, const QDateTime &now)
{
    m_sql.run("UPDATE batch SET touched = ? WHERE ordinal = ?", { timeOf(now), batch });
}

void BatchTables::removeBatch(int batch)
{
    m_sql.run("DELETE FROM batch WHERE ordinal = ?", { batch });
    purge(batch, false);
}

void BatchTables::putRow(int batch, const Row &row)
{
    m_sql.run("INSERT INTO batch_row (batch, number, bytes) VALUES (?, ?, ?)"
              " ON CONFLICT (batch, number) DO UPDATE SET bytes = excluded.bytes WHERE bytes IS NOT NULL",
              { batch, row.number, row.bytes });
}

void BatchTables::release(int batch, const Row &row)
{
    m_sql.run("UPDATE batch_row SET intent = ?, bytes = ? WHERE batch = ? AND number = ?",
              { orNull(row.intent), row.bytes, batch, row.number });
}

void BatchTables::putPersonKeys(int batch, int number, const QStringList &keys)
{
    for (const QString &key : keys)
        m_sql.run("INSERT OR IGNORE INTO batch_person (key, batch, number) VALUES (?, ?, ?)", { keyOf(key), batch, number });
}

bool BatchTables::hasWholeRow(int batch, int number)
{
    return m_sql.run("SELECT 1 FROM batch_row WHERE batch = ? AND number = ? AND bytes IS NOT NULL", { batch, number }).next();
}

bool BatchTables::hasIntent(const IntentId &intent)
{
    return m_sql.run("SELECT 1 FROM batch_row WHERE intent = ?", { intent.text }).next();
}

QList<BatchTables::Row> BatchTables::rowsAfter(int batch, int number, int most)
{
    QList<Row> all;
    JournalSql::Rows rows = m_sql.run("SELECT number, intent, bytes FROM batch_row WHERE batch = ? AND number > ?"
                                      " ORDER BY number LIMIT ?",
                                      { batch, number, most });
    while (rows.next())
        all.append({ static_cast<int>(rows.number(0)), { rows.text(1) }, rows.bytes(2) });
    return all;
}

QList<BatchTables::Place> BatchTables::rowsOfPerson(const QString &key)
{
    QList<Place> all;
    JournalSql::Rows rows = m_sql.run("SELECT r.batch, r.number, r.intent IS NOT NULL FROM batch_person p"
                                      " JOIN batch_row r ON r.batch = p.batch AND r.number = p.number"
                                      " WHERE p.key = ? AND r.bytes IS NOT NULL",
                                      { keyOf(key) });
    while (rows.next())
        all.append({ static_cast<int>(rows.number(0)), static_cast<int>(rows.number(1)), rows.number(2) != 0 });
    return all;
}

std::optional<BatchTables::Place> BatchTables::rowOfWork(const IntentId &intent)
{
    JournalSql::Rows rows
        = m_sql.run("SELECT batch, number FROM batch_row WHERE intent = ? AND bytes IS NOT NULL", { intent.text });
    if (!rows.next())
        return {};
    return Place { static_cast<int>(rows.number(0)), static_cast<int>(rows.number(1)), true };
}

void BatchTables::emptyRow(const Place &place)
{
    m_sql.run("UPDATE batch_row SET bytes = NULL WHERE batch = ? AND number = ?", { place.batch, place.number });
}

std::optional<BatchTables::Batch> BatchTables::nextToPurge(const Until &until)
{
    const auto orNever = [](const std::optional<qint64> &time) { return time ? QVariant(*time) : QVariant(); };
    JournalSql::Rows rows = m_sql.run("SELECT head, plan, purged FROM batch WHERE purged = 0"
                                      " AND (phase = 'finished' AND coalesce(finished, touched) <= ?"
                                      " OR phase = 'released' AND touched <= ? OR phase IN ('draft', 'dropped') AND touched <= ?)"
                                      " ORDER BY ordinal",
                                      { orNever(until.finished), orNever(until.released), until.draft });
    while (rows.next()) {
        if (std::optional<Batch> one = batchFrom(rows))
            return one;
    }
    return {};
}

void BatchTables::purge(int batch, bool wasReleased)
{
    if (wasReleased)
        m_sql.run("UPDATE batch_row SET bytes = NULL WHERE batch = ?", { batch });
    else
        m_sql.run("DELETE FROM batch_row WHERE batch = ?", { batch });
    m_sql.run("DELETE FROM batch_person WHERE batch = ?", { batch });
    m_sql.run("UPDATE batch SET plan = NULL, purged = 1 WHERE ordinal = ?", { batch });
}

} // namespace yoid
