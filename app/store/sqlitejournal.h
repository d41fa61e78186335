// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/store/journal.h"
#include "app/store/journalfile.h"
#include "app/store/sealer.h"

#include <memory>

namespace yoid {

class SecretStore;

/// The durable journal: one SQLite connection on its own thread, steps committed in groups of at most 16 (a group is what is
/// waiting when the thread gets to it; nobody waits for a group to fill), each answered after its own commit. This side lives
/// on the GUI thread and never blocks, but for the end: the destructor lets the thread drain.
///
/// Opening is asked for by open() and needs the sealing key, which lives in the keychain. When the keychain says "no such
/// entry" although there is sealed data, nothing is overwritten: a locked keyring says the same (reliability 0.9).
class SqliteJournal final : public Journal {
    Q_OBJECT

public:
    /// How long sealed data stays after the work has ended; zero: for ever. Identifiers and fingerprints always stay.
    struct Retention {
        int issuedDays = 730;   ///< Batches too, after they were finished.
        int verifiedDays = 90;
        int firstPasswordDays = 30;
        bool operator==(const Retention &) const = default;
    };

    /// What it is opened for. Reading: no line is taken, nothing is purged or copied, no key is made.
    enum class Use { Keeping, Reading };

    SqliteJournal(JournalFile::Where where, Clock &clock, SecretStore &keychain, QObject *parent = nullptr);
    ~SqliteJournal() override;

    /// Opens the file and fetches the key; status() tells. Called once the first window is there; calling again after
    /// KeyLocked asks the keychain again, after Closed tries the file again.
    void open(Use use = Use::Keeping);
    /// The operator's decision when the old key is lost for good: new data is sealed with a new one, the old stays unreadable.
    void startNewKey();
    void setRetention(const Retention &retention);
    /// A copy for safety now, e.g. before a batch.
    void backup(QObject *context, Then<Done> then);

    [[nodiscard]] JournalStatus status() const override;
    void setOperator(const QString &name) override;
    void append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then) override;
    [[nodiscard]] QString fingerprint(const QByteArray &canonical) const override;
    void noteChecked(const QList<IntentId> &intents, const QDateTime &at) override;
    void readRecords(QObject *context, std::function<void(const QList<WorkRecord> &page, bool last)> page) override;
    void readDetails(const IntentId &intent, QObject *context, Then<WorkDetails> then) override;
    void readOpen(const QString &origin, QObject *context, Then<QList<WorkRecord>> then) override;
    void readFirstPassword(const IntentId &intent, QObject *context, Then<Secret> then) override;
    void ownerOf(const QList<IssuanceId> &ids, QObject *context, Then<QHash<IssuanceId, IntentId>> then) override;
    [[nodiscard]] BatchStore &batches() override;
    void dropFirstPassword(const IntentId &intent) override;
    void forgetPerson(const QStringList &personKeys, QObject *context, Then<int> then) override;
    void verifyChain(QObject *context, Then<ChainReport> then) override;
    void exportMonth(int year, int month, QObject *context, Then<QByteArray> then) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
