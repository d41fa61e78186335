// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batch.h"
#include "app/store/journalsql.h"

#include <QtCore/QSet>

#include <optional>

namespace yoid {

/// What stands in the journal's tables of batches, as values: JournalTables' sister. Knows SQL and nothing of the rules; what is
/// sealed has passed through a Sealer already. Errors stick in the JournalSql.
class BatchTables final {
public:
    struct Batch {
        BatchHead head;             ///< Without the plan.
        QByteArray plan;            ///< Sealed; empty when there is none.
        bool purged = false;
    };
    struct Row {
        int number = 0;
        IntentId intent;
        QByteArray bytes;           ///< Sealed; empty when it was removed.
    };
    struct Place {
        int batch = 0;              ///< The ordinal.
        int number = 0;
        bool hasWork = false;
    };

    explicit BatchTables(JournalSql &sql)
        : m_sql(sql)
    {
    }

    /// False in a file of a version that had none: one that is only read, or a copy for safety.
    [[nodiscard]] bool exist();

    /// Newest first.
    [[nodiscard]] QList<Batch> batches();
    [[nodiscard]] std::optional<Batch> batch(const BatchId &id);
    [[nodiscard]] std::optional<Batch> batch(int ordinal);
    void insertBatch(const BatchHead &head, const QByteArray &sealedPlan, const QDateTime &now);
    /// \param sealedPlan null: what is stored stays
    void updateBatch(const BatchHead &head, const QByteArray &sealedPlan, const QDateTime &now);
    void touch(int batch, const QDateTime &now);
    void removeBatch(int batch);

    /// A row whose bytes were removed stays as it is.
    void putRow(int batch, const Row &row);
    void release(int batch, const Row &row);
    void putPersonKeys(int batch, int number, const QStringList &keys);
    /// Rows with those numbers that are still whole.
    [[nodiscard]] bool hasWholeRow(int batch, int number);
    [[nodiscard]] bool hasIntent(const IntentId &intent);
    [[nodiscard]] QList<Row> rowsAfter(int batch, int number, int most);

    /// Whole rows with this fingerprint.
    [[nodiscard]] QList<Place> rowsOfPerson(const QString &key);
    [[nodiscard]] std::optional<Place> rowOfWork(const IntentId &intent);
    void emptyRow(const Place &place);

    /// What may go: a finished batch some time after its end, a released one that nobody has touched any more, a draft or dropped one
    /// with rows. Times in milliseconds since the epoch; nothing: such ones stay.
    struct Until {
        std::optional<qint64> finished;
        std::optional<qint64> released;
        qint64 draft = 0;
    };
    [[nodiscard]] std::optional<Batch> nextToPurge(const Until &until);
    /// Takes away what names people: rows of one that was never released, else what they hold; the plan; the fingerprints.
    void purge(int batch, bool wasReleased);

private:
    JournalSql &m_sql;
};

} // namespace yoid
