// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"
#include "app/store/auditchain.h"
#include "app/store/journalsql.h"

#include <limits>

namespace yoid {

/// What stands in the journal's tables, as values. Knows SQL and nothing of the rules: what may be written is decided by
/// JournalScribe, what is sealed by whom has passed through a Sealer already. Errors stick in sql().
class JournalTables final {
public:
    enum class SealedKind { Facts = 0, FirstPassword = 1 };
    struct Line {
        ChainLine chain;
        IntentId intent;            ///< Empty for a line of care.
        qint64 atMs = 0;
    };
    struct Sealed {
        qint64 line = 0;
        SealedKind kind = SealedKind::Facts;
        QString keyId;              ///< Empty when only the SHA-256 of the bytes is left.
        QByteArray bytes;
    };
    struct Work {
        WorkRecord record;          ///< Without the person.
        QByteArray person;          ///< Sealed; empty when there is none.
    };
    /// Where a page begins: by the time the work was begun, then by its intent.
    struct Place {
        qint64 createdMs = 0;
        QString intent;
    };
    struct Page {
        QList<Work> work;
        std::optional<Place> next;  ///< Where it goes on; nothing after the last page.
    };
    enum class Disposition { Ours, Abandoned };

    explicit JournalTables(const QSqlDatabase &database)
        : m_sql(database)
    {
    }
    [[nodiscard]] JournalSql &sql() { return m_sql; }

    [[nodiscard]] QByteArray meta(const QString &key);
    void setMeta(const QString &key, const QByteArray &value);

    [[nodiscard]] std::optional<Line> lastLine();
    void insertLine(const Line &line);
    /// Lines after that number, in their order.
    [[nodiscard]] QList<Line> linesAfter(qint64 number, int most);
    [[nodiscard]] QList<Line> linesBetween(qint64 fromMs, qint64 beforeMs, qint64 afterNumber, int most);
    [[nodiscard]] QList<Line> linesOf(const IntentId &intent);
    [[nodiscard]] QByteArray hashOf(qint64 number);

    void insertSealed(const Sealed &sealed, const IntentId &intent);
    [[nodiscard]] QList<Sealed> sealedOf(const IntentId &intent);
    [[nodiscard]] QList<Sealed> sealedOfLines(qint64 first, qint64 last);
    /// First passwords that are still there, of lines up to that time.
    [[nodiscard]] QList<Sealed> firstPasswordsUntil(qint64 atMs, int most);
    /// Everything sealed with the lines of this work.
    void removeSealedOf(const IntentId &intent);
    /// Leaves the SHA-256 of the bytes in their place: what is sealed beside it can still be checked.
    void reduceToDigest(const Sealed &sealed);
    /// Work of this kind with something sealed, in the order of their intents: ended and last changed up to that time; not
    /// ended but with nothing more to be sent, 30 days longer; and where the other side has the word, a year at least.
    [[nodiscard]] QList<IntentId> endedWithSealed(WorkKind kind, qint64 changedUntilMs, qint64 nowMs, const IntentId &after, int most);

    [[nodiscard]] std::optional<Work> work(const IntentId &intent);
    void putWork(const WorkRecord &record, const QByteArray &sealedPerson);
    /// The same for work that is there and is as open as it was: no index is touched.
    void updateWork(const WorkRecord &record, const QByteArray &sealedPerson);
    void removePersonOf(const IntentId &intent);
    void setChecked(const IntentId &intent, const QDateTime &at);
    /// Newest first.
    [[nodiscard]] Page workBefore(const Place &place, int most);
    /// Oldest first.
    [[nodiscard]] Page openWorkAfter(const QString &origin, const Place &place, int most);
    [[nodiscard]] static Place latest() { return { std::numeric_limits<qint64>::max(), {} }; }
    [[nodiscard]] static Place earliest() { return { std::numeric_limits<qint64>::min(), {} }; }

    void putPersonKeys(const IntentId &intent, const QStringList &keys);
    [[nodiscard]] QList<IntentId> workOfPerson(const QString &key);

    [[nodiscard]] std::optional<IntentId> ownerOf(const IssuanceId &id);
    void putIssuance(const IssuanceId &id, const IntentId &owner, Disposition disposition);

    [[nodiscard]] bool hasAttempt(const IntentId &intent, JournalState step, int number);
    void insertAttempt(const IntentId &intent, JournalState step, int number, qint64 line);

private:
    JournalSql m_sql;
};

} // namespace yoid
