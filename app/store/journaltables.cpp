// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journaltables.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

JournalTables::Line lineFrom(const JournalSql::Rows &rows)
{
    JournalTables::Line line;
    line.chain = { rows.number(0), rows.bytes(3), rows.bytes(4), rows.bytes(5) };
    line.intent.text = rows.text(1);
    line.atMs = rows.number(2);
    return line;
}

QList<JournalTables::Line> linesFrom(JournalSql::Rows rows)
{
    QList<JournalTables::Line> lines;
    while (rows.next())
        lines.append(lineFrom(rows));
    return lines;
}

QList<JournalTables::Sealed> sealedFrom(JournalSql::Rows rows)
{
    QList<JournalTables::Sealed> sealed;
    while (rows.next()) {
        sealed.append({ rows.number(0), static_cast<JournalTables::SealedKind>(rows.number(1)), rows.text(2), rows.bytes(3) });
    }
    return sealed;
}

QList<IntentId> intentsFrom(JournalSql::Rows rows)
{
    QList<IntentId> intents;
    while (rows.next())
        intents.append({ rows.text(0) });
    return intents;
}

/// Nothing for a record that this version does not understand.
std::optional<JournalTables::Work> workFrom(const JournalSql::Rows &rows)
{
    std::optional<WorkRecord> record = workRecordFromJson(QJsonDocument::fromJson(rows.bytes(0)).object());
    if (!record)
        return {};
    record->lastChecked = rows.isNull(2) ? QDateTime() : QDateTime::fromMSecsSinceEpoch(rows.number(2), Qt::UTC);
    return JournalTables::Work { std::move(*record), rows.bytes(1) };
}

JournalTables::Page pageFrom(JournalSql::Rows rows, int most)
{
    JournalTables::Page page;
    JournalTables::Place last;
    int count = 0;
    for (; rows.next(); ++count) {
        last = { rows.number(3), rows.text(4) };
        if (std::optional<JournalTables::Work> work = workFrom(rows))
            page.work.append(std::move(*work));
    }
    if (count == most)
        page.next = last;
    return page;
}

/// An empty text is a value; only a null QString is NULL to Qt.
QVariant textOf(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

QVariant bytesOf(const QByteArray &bytes)
{
    return bytes.isNull() ? QByteArray("") : bytes;
}

QVariant timeOf(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

QString dispositionKey(JournalTables::Disposition disposition)
{
    switch (disposition) {
    case JournalTables::Disposition::Ours:
        return u"ours"_s;
    case JournalTables::Disposition::Abandoned:
        return u"abandoned"_s;
    }
    return {};
}

} // namespace

QByteArray JournalTables::meta(const QString &key)
{
    JournalSql::Rows rows = m_sql.run("SELECT value FROM meta WHERE key = ?", { key });
    return rows.next() ? rows.bytes(0) : QByteArray();
}

void JournalTables::setMeta(const QString &key, const QByteArray &value)
{
    m_sql.run("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
              { key, bytesOf(value) });
}

std::optional<JournalTables::Line> JournalTables::lastLine()
{
    JournalSql::Rows rows
        = m_sql.run("SELECT number, intent, at, text, sealed_digest, hash FROM line ORDER BY number DESC LIMIT 1");
    return rows.next() ? std::optional(lineFrom(rows)) : std::nullopt;
}

void JournalTables::insertLine(const Line &line)
{
    m_sql.run("INSERT INTO line (number, intent, at, text, sealed_digest, hash) VALUES (?, ?, ?, ?, ?, ?)",
              { line.chain.number, textOf(line.intent.text), line.atMs, bytesOf(line.chain.text), bytesOf(line.chain.sealedDigest),
                line.chain.hash });
}

QList<JournalTables::Line> JournalTables::linesAfter(qint64 number, int most)
{
    return linesFrom(m_sql.run("SELECT number, intent, at, text, sealed_digest, hash FROM line"
                               " WHERE number > ? ORDER BY number LIMIT ?",
                               { number, most }));
}

QList<JournalTables::Line> JournalTables::linesBetween(qint64 fromMs, qint64 beforeMs, qint64 afterNumber, int most)
{
    return linesFrom(m_sql.run("SELECT number, intent, at, text, sealed_digest, hash FROM line"
                               " WHERE at >= ? AND at < ? AND number > ? ORDER BY number LIMIT ?",
                               { fromMs, beforeMs, afterNumber, most }));
}

QList<JournalTables::Line> JournalTables::linesOf(const IntentId &intent)
{
    return linesFrom(m_sql.run("SELECT number, intent, at, text, sealed_digest, hash FROM line"
                               " WHERE intent = ? ORDER BY number",
                               { textOf(intent.text) }));
}

QByteArray JournalTables::hashOf(qint64 number)
{
    JournalSql::Rows rows = m_sql.run("SELECT hash FROM line WHERE number = ?", { number });
    return rows.next() ? rows.bytes(0) : QByteArray();
}

void JournalTables::insertSealed(const Sealed &sealed, const IntentId &intent)
{
    m_sql.run("INSERT INTO sealed (line, kind, intent, key_id, bytes) VALUES (?, ?, ?, ?, ?)",
              { sealed.line, static_cast<int>(sealed.kind), textOf(intent.text), textOf(sealed.keyId), bytesOf(sealed.bytes) });
}

QList<JournalTables::Sealed> JournalTables::sealedOf(const IntentId &intent)
{
    return sealedFrom(m_sql.run("SELECT line, kind, key_id, bytes FROM sealed WHERE intent = ? ORDER BY line, kind",
                                { textOf(intent.text) }));
}

QList<JournalTables::Sealed> JournalTables::sealedOfLines(qint64 first, qint64 last)
{
    return sealedFrom(m_sql.run("SELECT line, kind, key_id, bytes FROM sealed WHERE line BETWEEN ? AND ? ORDER BY line, kind",
                                { first, last }));
}

QList<JournalTables::Sealed> JournalTables::firstPasswordsUntil(qint64 atMs, int most)
{
    return sealedFrom(m_sql.run("SELECT s.line, s.kind, s.key_id, s.bytes FROM sealed s JOIN line l ON l.number = s.line"
                                " WHERE s.kind = 1 AND s.key_id <> '' AND l.at <= ? ORDER BY s.line LIMIT ?",
                                { atMs, most }));
}

void JournalTables::removeSealedOf(const IntentId &intent)
{
    m_sql.run("DELETE FROM sealed WHERE intent = ?", { textOf(intent.text) });
}

void JournalTables::reduceToDigest(const Sealed &sealed)
{
    m_sql.run("UPDATE sealed SET key_id = '', bytes = ? WHERE line = ? AND kind = ?",
              { QCryptographicHash::hash(sealed.bytes, QCryptographicHash::Sha256), sealed.line, static_cast<int>(sealed.kind) });
}

QList<IntentId> JournalTables::endedWithSealed(WorkKind kind, qint64 changedUntilMs, qint64 nowMs, const IntentId &after, int most)
{
    constexpr qint64 day = 24LL * 3600 * 1000;
    const qint64 monthLater = changedUntilMs - 30 * day;
    return intentsFrom(m_sql.run("SELECT intent FROM work w WHERE kind = ? AND intent > ? AND (open = 0 AND changed <= ?"
                                 " OR state IN ('notSent', 'refused', 'accountRefused', 'requestFailed') AND changed <= ?"
                                 " OR state IN ('deliveryFailed', 'delivered', 'revokeAccepted', 'revokeUnknown', 'revokeRefused',"
                                 " 'requestUnknown') AND changed <= ?)"
                                 " AND (person IS NOT NULL OR EXISTS (SELECT 1 FROM sealed s WHERE s.intent = w.intent))"
                                 " ORDER BY intent LIMIT ?",
                                 { static_cast<int>(kind), textOf(after.text), changedUntilMs, monthLater,
                                   std::min(monthLater, nowMs - 365 * day), most }));
}

std::optional<JournalTables::Work> JournalTables::work(const IntentId &intent)
{
    JournalSql::Rows rows
        = m_sql.run("SELECT record, person, checked FROM work WHERE intent = ?", { textOf(intent.text) });
    return rows.next() ? workFrom(rows) : std::nullopt;
}

void JournalTables::putWork(const WorkRecord &record, const QByteArray &sealedPerson)
{
    m_sql.run("INSERT INTO work (intent, kind, origin, created, changed, checked, open, state, record, person)"
              " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
              " ON CONFLICT (intent) DO UPDATE SET changed = excluded.changed, open = excluded.open, state = excluded.state,"
              " record = excluded.record, person = excluded.person",
              { textOf(record.intent.text), static_cast<int>(record.work), textOf(record.origin),
                record.createdAt.isValid() ? record.createdAt.toMSecsSinceEpoch() : 0,
                record.changedAt.isValid() ? record.changedAt.toMSecsSinceEpoch() : 0, timeOf(record.lastChecked),
                isOpen(record) ? 1 : 0, journalStateKey(record.state),
                jsonText(record),
                sealedPerson.isEmpty() ? QVariant() : QVariant(sealedPerson) });
}

void JournalTables::updateWork(const WorkRecord &record, const QByteArray &sealedPerson)
{
    m_sql.run("UPDATE work SET changed = ?, state = ?, record = ?, person = ? WHERE intent = ?",
              { record.changedAt.isValid() ? record.changedAt.toMSecsSinceEpoch() : 0, journalStateKey(record.state), jsonText(record),
                sealedPerson.isEmpty() ? QVariant() : QVariant(sealedPerson), textOf(record.intent.text) });
}

void JournalTables::removePersonOf(const IntentId &intent)
{
    m_sql.run("UPDATE work SET person = NULL WHERE intent = ?", { textOf(intent.text) });
}

void JournalTables::setChecked(const IntentId &intent, const QDateTime &at)
{
    m_sql.run("UPDATE work SET checked = ? WHERE intent = ?", { timeOf(at), textOf(intent.text) });
}

JournalTables::Page JournalTables::workBefore(const Place &place, int most)
{
    return pageFrom(m_sql.run("SELECT record, person, checked, created, intent FROM work WHERE (created, intent) < (?, ?)"
                              " ORDER BY created DESC, intent DESC LIMIT ?",
                              { place.createdMs, textOf(place.intent), most }),
                    most);
}

JournalTables::Page JournalTables::openWorkAfter(const QString &origin, const Place &place, int most)
{
    return pageFrom(m_sql.run("SELECT record, person, checked, created, intent FROM work"
                              " WHERE open = 1 AND origin = ? AND (created, intent) > (?, ?)"
                              " ORDER BY created, intent LIMIT ?",
                              { textOf(origin), place.createdMs, textOf(place.intent), most }),
                    most);
}

void JournalTables::putPersonKeys(const IntentId &intent, const QStringList &keys)
{
    for (const QString &key : keys)
        m_sql.run("INSERT OR IGNORE INTO person (key, intent) VALUES (?, ?)", { textOf(key), textOf(intent.text) });
}

QList<IntentId> JournalTables::workOfPerson(const QString &key)
{
    return intentsFrom(m_sql.run("SELECT intent FROM person WHERE key = ?", { textOf(key) }));
}

std::optional<IntentId> JournalTables::ownerOf(const IssuanceId &id)
{
    JournalSql::Rows rows = m_sql.run("SELECT intent FROM issuance WHERE id = ?", { textOf(id.text) });
    return rows.next() ? std::optional(IntentId { rows.text(0) }) : std::nullopt;
}

void JournalTables::putIssuance(const IssuanceId &id, const IntentId &owner, Disposition disposition)
{
    m_sql.run("INSERT INTO issuance (id, intent, disposition) VALUES (?, ?, ?)"
              " ON CONFLICT (id) DO UPDATE SET intent = excluded.intent, disposition = excluded.disposition",
              { textOf(id.text), textOf(owner.text), dispositionKey(disposition) });
}

bool JournalTables::hasAttempt(const IntentId &intent, JournalState step, int number)
{
    return m_sql
        .run("SELECT 1 FROM attempt WHERE intent = ? AND step = ? AND n = ?",
             { textOf(intent.text), journalStateKey(step), number })
        .next();
}

void JournalTables::insertAttempt(const IntentId &intent, JournalState step, int number, qint64 line)
{
    m_sql.run("INSERT INTO attempt (intent, step, n, line) VALUES (?, ?, ?, ?)",
              { textOf(intent.text), journalStateKey(step), number, line });
}

} // namespace yoid
