// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/store/journaltables.h"

#include <QtCore/QHash>

namespace yoid {

class Sealer;

/// Writes lines of the chain with everything that hangs on them: what is sealed, how the work stands now, its attempts and
/// issuances, and the head of the chain. The caller opens and commits the transaction; when it is rolled back, resetTo() the
/// head it began with.
class JournalScribe final {
public:
    /// The end of the chain.
    struct Head {
        qint64 number = 0;
        QByteArray hash = QByteArray(32, '\0');
        QDateTime at;           ///< Of the last line; invalid when there is none.
    };

    explicit JournalScribe(JournalTables &tables);

    [[nodiscard]] const Head &head() const { return m_head; }
    void resetTo(const Head &head);
    /// Somebody else writes to the tables: how work stands is read from them again.
    void forgetRecent() { m_recent.clear(); }
    /// The last line is the one that was written down as the last one, and its hash is right.
    [[nodiscard]] bool headIsSound();
    /// The seal over the head is the one this key makes. True for a chain without lines; `strict`: the head must have been
    /// sealed with this key, else one that another key sealed is let pass.
    [[nodiscard]] bool headSealHolds(const Sealer &sealer, bool strict);
    [[nodiscard]] bool headIsSealedWith(const Sealer &sealer);

    /// The record after the step, with its person, or why the step is refused: then nothing was written.
    [[nodiscard]] Outcome<WorkRecord> writeStep(const JournalStep &step, const QString &operatorName, const Sealer &sealer);
    void writeCare(const QString &what, const QDateTime &at, const QString &operatorName, const QJsonObject &facts);
    /// To be called once, last before the commit.
    void writeHead(const Sealer &sealer);

    /// A record as it is told: with its person where the key opens it.
    [[nodiscard]] static WorkRecord opened(const JournalTables::Work &work, const Sealer *sealer);
    /// What a line holds under its hash for all that was sealed with it: SHA-256 over the SHA-256 of each, in their order, so
    /// that one may be removed for good and the rest can still be checked.
    [[nodiscard]] static QByteArray digestOf(const QList<JournalTables::Sealed> &sealed);

private:
    /// Work that a step was written for, as it stands in the tables; most steps follow another one soon.
    struct Recent {
        WorkRecord record;
        QByteArray person;      ///< Sealed.
    };

    [[nodiscard]] std::optional<Recent> workOf(const IntentId &intent, const Sealer &sealer);
    void append(JournalTables::Line line);

    JournalTables &m_tables;
    Head m_head;
    QHash<IntentId, Recent> m_recent;
    QString m_headKeyId;        ///< As it was written last; empty: not known.
};

} // namespace yoid
