// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batch.h"
#include "app/store/journalfile.h"
#include "app/store/journalscribe.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QHash>
#include <QtCore/QObject>

#include <deque>
#include <functional>
#include <memory>

namespace yoid {

class Sealer;

/// The durable journal's other half: lives on its own thread, holds the file, and works in turns. A turn commits one group of
/// what is waiting to be written, or does one slice of reading when nothing is. All calls come queued, all news go out as
/// signals, in the order in which they became true.
class JournalWriter final : public QObject {
    Q_OBJECT

public:
    /// How many steps share one commit at most.
    static constexpr int groupSize = 16;
    /// How many records are read in one turn.
    static constexpr int pageSize = 1000;

    struct Append {
        quint64 ticket = 0;
        JournalStep step;
        QString operatorName;
    };
    /// What became of one append.
    struct Told {
        quint64 ticket = 0;
        std::optional<Failure> failure;
        WorkRecord record;          ///< As it stands now; empty on failure.
    };
    /// Something else than a step. Returns true when it is done; one that is not gets another turn when nothing waits to be
    /// written.
    using Task = std::function<bool(JournalWriter &)>;
    struct Order {
        std::optional<Append> append;   ///< A step, or a task.
        Task task;
        bool writes = false;            ///< Takes its place between the steps; else it waits until none is left.
    };
    using Orders = std::shared_ptr<std::deque<Order>>;

    JournalWriter(JournalFile::Where where, Clock &clock);
    ~JournalWriter() override;

    // Called on the writer's thread.
    /// \param takesLines false: for reading only, and nothing is written at all
    void open(bool takesLines = true);
    /// \param kept in the keychain; else it is gone with this run of the program
    void useKey(const std::shared_ptr<const Sealer> &sealer, bool kept, const QDateTime &now, const QString &operatorName);
    /// The keychain does not give the key that is in use.
    void goOnWithoutKey();
    void take(const JournalWriter::Orders &orders);
    void noteChecked(const QList<IntentId> &intents, const QDateTime &at);
    void writeChecked();
    /// Room on the disk and the clock can be mended while the program runs; looks whether they were.
    void lookAgain();
    /// Writes what is waiting, within the deadline, closes the file and ends the thread.
    void finish(QDeadlineTimer deadline);

    // For tasks.
    [[nodiscard]] JournalStatus status() const;
    /// Why nothing can be read, if so.
    [[nodiscard]] std::optional<Failure> unreadable() const;
    [[nodiscard]] JournalTables &tables() { return *m_tables; }
    [[nodiscard]] JournalScribe &scribe() { return *m_scribe; }
    [[nodiscard]] JournalFile &file() { return *m_file; }
    /// Where the copies for safety are; empty when there are none.
    [[nodiscard]] QString backupsFolder() const { return m_where.inMemory ? QString() : m_where.backups; }
    /// False when it was opened for reading only.
    [[nodiscard]] bool takesLines() const { return m_takesLines; }
    /// Null while there is none.
    [[nodiscard]] const Sealer *sealer() const { return m_sealer.get(); }
    /// The chain's head is sealed as it must be with the key at hand.
    [[nodiscard]] bool headSealHolds();
    /// Why nothing can be written, if so.
    [[nodiscard]] std::optional<Failure> refusal();
    /// One transaction: committed whole, or nothing of it is there and the failure says why.
    [[nodiscard]] Outcome<Done> transact(const std::function<void()> &write);
    /// After reading: the failure of what could not be read. Clears it.
    [[nodiscard]] std::optional<Failure> readFailure();
    /// Tells how these stand now.
    void tellRecords(const QList<IntentId> &intents);

Q_SIGNALS:
    /// \param keyId of what has been sealed already; empty when nothing was with a key that was kept
    void opened(const yoid::JournalStatus &file, const QString &keyId);
    void statusChanged(const yoid::JournalStatus &status);
    void told(const QList<yoid::JournalWriter::Told> &answers);
    void recordsChanged(const QList<yoid::WorkRecord> &records);
    void paged(quint64 ticket, const QList<yoid::WorkRecord> &records, bool last);
    /// \param outcome an Outcome of what was asked for
    void answered(quint64 ticket, const std::shared_ptr<void> &outcome);
    /// The same for the store of batches, which has tickets of its own. More comes unless it is the last.
    void batchAnswered(quint64 ticket, const std::shared_ptr<void> &outcome, bool last);
    void batchChanged(const yoid::BatchHead &head);

private:
    enum class Key { Pending, Missing, ForSession, Kept };

    [[nodiscard]] bool isSettled() const;
    void turn();
    void turnLater();
    void runNextWrite();
    void commitGroup();
    [[nodiscard]] Outcome<Done> inTransaction(const std::function<void()> &write);
    void nameKey();
    void setChecked(QList<IntentId> &written);
    void tellAllRecords();
    void reportStatus();

    const JournalFile::Where m_where;
    Clock &m_clock;
    std::unique_ptr<JournalFile> m_file;
    std::unique_ptr<JournalTables> m_tables;    ///< Null when nothing is open.
    std::unique_ptr<JournalScribe> m_scribe;
    std::shared_ptr<const Sealer> m_sealer;
    Key m_key = Key::Pending;
    QString m_namedKey;                         ///< The kept key that the file says is in use.
    QDateTime m_keyFrom;
    QString m_keyFromOperator;
    bool m_takesLines = true;
    bool m_chainBroken = false;
    JournalStatus m_reported;
    std::deque<Order> m_writes;
    std::deque<Task> m_reads;
    QHash<IntentId, QDateTime> m_checked;
    bool m_turnPosted = false;
};

} // namespace yoid
