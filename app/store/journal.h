// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/base/secret.h"
#include "app/domain/journalstep.h"
#include "app/domain/workrecord.h"
#include "app/store/journalstatus.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QSet>

#include <functional>
#include <set>
#include <tuple>

namespace yoid {

class BatchStore;
class MemoryBatchStore;

/// Everything about one piece of work: how it stands, its lines, and what was sealed with them, merged (later lines win).
struct WorkDetails {
    WorkRecord record;
    QJsonObject sealed;
    QList<StoredStep> story;
    bool hasFirstPassword = false;
};

/// What verifying the chain found.
struct ChainReport {
    qint64 lines = 0;
    std::optional<qint64> brokenAt;     ///< Number of the first line that does not fit.
    bool headMatches = true;            ///< False when lines were cut off the end (needs the key; true when it is not at hand).
    bool headChecked = false;
};

/// The memory of what was intended and what came of it. Nothing is sent before its intent is committed, nothing is shown
/// before its result is (design decision 3). All answers come through the event loop, once, unless `context` dies first.
class Journal : public QObject {
    Q_OBJECT

public:
    template<typename T>
    using Then = std::function<void(Outcome<T>)>;

    using QObject::QObject;

    [[nodiscard]] virtual JournalStatus status() const = 0;
    /// Who sits at the computer; written into every line from now on.
    virtual void setOperator(const QString &name) = 0;
    /// Commits one step (also when `context` dies first). Steps are committed in the order they were given. Refused are moves
    /// that isAllowedMove() does not know, work that does not begin with a first state, and work that changes kind, profile
    /// or origin.
    virtual void append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then) = 0;
    /// Tells people, and equal drafts, apart without naming them: HMAC-SHA-256 with a key that only this computer's keychain
    /// has. Empty while the key is not at hand.
    [[nodiscard]] virtual QString fingerprint(const QByteArray &canonical) const = 0;
    /// The service was asked about these just now. Saved lazily and not under the chain: losing it costs nothing.
    virtual void noteChecked(const QList<IntentId> &intents, const QDateTime &at) = 0;

    // Reading.
    /// All records, newest first, in pages: `page` is called until `last`. New lines may commit in between; they are told by
    /// recordChanged() as always. A closed journal gives one empty page: see status(). A reading that fails has no last page.
    virtual void readRecords(QObject *context, std::function<void(const QList<WorkRecord> &page, bool last)> page) = 0;
    virtual void readDetails(const IntentId &intent, QObject *context, Then<WorkDetails> then) = 0;
    /// isOpen() records of one origin, oldest first.
    virtual void readOpen(const QString &origin, QObject *context, Then<QList<WorkRecord>> then) = 0;
    virtual void readFirstPassword(const IntentId &intent, QObject *context, Then<Secret> then) = 0;
    /// Who has an issuance with this id: ours, abandoned, or nobody we know (empty).
    virtual void ownerOf(const QList<IssuanceId> &ids, QObject *context, Then<QHash<IssuanceId, IntentId>> then) = 0;

    /// The batches kept beside it; lives as long as the journal.
    [[nodiscard]] virtual BatchStore &batches() = 0;

    // Care.
    /// The first password has been handed over: it is no longer kept.
    virtual void dropFirstPassword(const IntentId &intent) = 0;
    /// Removes everything sealed of all work with one of these fingerprints, also from the copies for safety, and writes one
    /// line that says so (no name in it). A failure whose `technical` names backups: done but for those, tried again at each start.
    virtual void forgetPerson(const QStringList &personKeys, QObject *context, Then<int> then) = 0;
    virtual void verifyChain(QObject *context, Then<ChainReport> then) = 0;
    /// The lines of one month (UTC) as text, one JSON object a line, with the hash of each; nothing sealed in it.
    virtual void exportMonth(int year, int month, QObject *context, Then<QByteArray> then) = 0;

Q_SIGNALS:
    void committed(const yoid::JournalStep &step);
    /// After committed(): how the work stands now. Also after a person was forgotten or something was purged.
    void recordChanged(const yoid::WorkRecord &record);
    void statusChanged(const yoid::JournalStatus &status);
};

/// The rule all journals share: whether `step` may follow the record of its work (null: there is none yet).
[[nodiscard]] std::optional<Failure> refusalOf(const JournalStep &step, const WorkRecord *known);
/// An intent with a number that an earlier intent of this step had: one number, one request on the wire (reliability I5).
[[nodiscard]] Failure refusalOfAttempt(const JournalStep &step);
/// An issuance that other work has already: an offer belongs to one person (reliability 3.8).
[[nodiscard]] Failure refusalOfIssuance(const JournalStep &step);

/// Keeps the steps of this program run: for practice and for tests. The same rules as the durable one.
class MemoryJournal final : public Journal {
    Q_OBJECT

public:
    explicit MemoryJournal(QObject *parent = nullptr);
    ~MemoryJournal() override;

    [[nodiscard]] JournalStatus status() const override { return { JournalStatus::State::Ready, JournalStatus::Reason::None, {} }; }
    void setOperator(const QString &name) override { m_operator = name; }
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

    [[nodiscard]] QList<JournalStep> steps() const;

private:
    QList<StoredStep> m_lines;
    QHash<IntentId, WorkRecord> m_records;
    QHash<IssuanceId, IntentId> m_issuances;
    QHash<IntentId, QSet<QString>> m_personKeys;    ///< All that the work ever had.
    std::set<std::tuple<IntentId, JournalState, int>> m_attempts;
    QHash<IntentId, std::shared_ptr<const Secret>> m_passwords;
    QSet<qint64> m_linesWithPassword;
    QString m_operator;
    QByteArray m_key;
    std::unique_ptr<MemoryBatchStore> m_batches;
};

} // namespace yoid
