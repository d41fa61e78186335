// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalcare.h"

#include "app/base/logging.h"
#include "app/store/batchcare.h"
#include "app/store/journalbackup.h"
#include "app/store/journalmeta.h"
#include "app/store/sealer.h"

#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid::journalcare {

namespace {

using Kind = JournalTables::SealedKind;

/// How many pieces of work, or first passwords, one transaction of the purge takes.
constexpr int kPurgeSlice = 200;
/// What is removed is gone for good, so the clock alone does not decide: a line of these days, but not of the latest of them,
/// vouches for it. A clock that has jumped ahead is believed when it was worked under for a day.
constexpr int kClockDays = 60;

/// Removed rows are overwritten in the file (secure_delete), but not in the log beside it.
void leaveNoRemnants(JournalWriter &writer)
{
    writer.tables().sql().emptyWriteAheadLog();
    if (const std::optional<Failure> failure = writer.readFailure())
        qCWarning(lcStore) << "journal: the write-ahead log could not be emptied:" << failure->technical;
}

void removeSealed(JournalTables &tables, const QList<IntentId> &intents)
{
    for (const IntentId &intent : intents) {
        tables.removeSealedOf(intent);
        tables.removePersonOf(intent);
    }
    batchcare::emptyRows(batchcare::rowsOf({}, intents, tables), tables);
}

QList<IntentId> workOf(const QStringList &personKeys, JournalTables &tables)
{
    QList<IntentId> found;
    for (const QString &key : personKeys)
        found.append(tables.workOfPerson(key));
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

/// The copies for safety hold what the journal held: what must be gone is gone from them too. The names of those that could
/// not be cleaned, of an older version perhaps; they stay as they are until newer ones push them out.
QStringList cleanBackups(const QString &folder, const QDateTime &now, const std::function<void(JournalTables &)> &clean)
{
    QStringList left;
    const JournalBackups backups(folder);
    if (!backups.removeUnfinished())
        left.append(u"an unfinished one"_s);
    const QStringList names = backups.files(now);
    for (const QString &name : names) {
        const QString file = folder + u'/' + name;
        if (QFileInfo(file).isSymLink())
            continue;
        const SqlConnection copy(file);
        copy.run(u"PRAGMA trusted_schema=OFF"_s);
        copy.run(u"PRAGMA secure_delete=ON"_s);
        JournalTables tables(copy.database());
        tables.sql().begin();
        clean(tables);
        if (tables.sql().commit())
            continue;
        qCWarning(lcStore) << "journal: what was removed is still in the backup" << name << ':' << technicalOf(tables.sql().takeError());
        tables.sql().rollback();
        left.append(name);
    }
    return left;
}

QStringList pendingPersons(JournalTables &tables)
{
    QStringList persons;
    const QJsonArray stored = QJsonDocument::fromJson(tables.meta(journalmeta::forgetPending)).array();
    for (const QJsonValue &person : stored)
        persons.append(person.toString());
    return persons;
}

/// Those who were forgotten and may still be in the backups; asked for again at each start until all are clean.
Outcome<Done> forgetInBackups(JournalWriter &writer, const QDateTime &now)
{
    const QStringList persons = pendingPersons(writer.tables());
    if (const std::optional<Failure> failure = writer.readFailure())
        return *failure;
    if (persons.isEmpty())
        return Done {};
    if (!writer.backupsFolder().isEmpty()) {
        const QStringList left = cleanBackups(writer.backupsFolder(), now, [&persons](JournalTables &tables) {
            removeSealed(tables, workOf(persons, tables));
            batchcare::emptyRows(batchcare::rowsOf(persons, {}, tables), tables);
        });
        if (!left.isEmpty())
            return Failure::of(FailureKind::StorageFailed,
                               "removed from the journal, but not from these backups: "_L1 + left.join(", "_L1));
    }
    return writer.transact([&] { writer.tables().setMeta(journalmeta::forgetPending, "[]"); });
}

Outcome<int> forgetNow(const QStringList &personKeys, const Asked &asked, JournalWriter &writer)
{
    if (const std::optional<Failure> refusal = writer.refusal())
        return *refusal;
    const QList<IntentId> intents = workOf(personKeys, writer.tables());
    const QList<BatchTables::Place> rows = batchcare::rowsOf(personKeys, intents, writer.tables());
    QStringList pending = pendingPersons(writer.tables()) + personKeys;
    pending.removeDuplicates();
    if (const std::optional<Failure> failure = writer.readFailure())
        return *failure;
    if (intents.isEmpty() && rows.isEmpty())
        return 0;
    const auto withoutWork = std::count_if(rows.cbegin(), rows.cend(), [](const BatchTables::Place &row) { return !row.hasWork; });
    const int count = static_cast<int>(intents.size() + withoutWork);
    const Outcome<Done> written = writer.transact([&] {
        removeSealed(writer.tables(), intents);
        batchcare::emptyRows(rows, writer.tables());
        writer.tables().setMeta(journalmeta::forgetPending,
                                QJsonDocument(QJsonArray::fromStringList(pending)).toJson(QJsonDocument::Compact));
        writer.scribe().writeCare(u"forgotten"_s, asked.at, asked.operatorName,
                                  { { u"count"_s, count }, { u"persons"_s, QJsonArray::fromStringList(personKeys) } });
        writer.scribe().writeHead(*writer.sealer());
    });
    if (!written.ok())
        return written.failure();
    leaveNoRemnants(writer);
    const Outcome<Done> cleaned = forgetInBackups(writer, asked.at);
    writer.tellRecords(intents);
    batchcare::tellBatchesOf(rows, writer);
    if (!cleaned.ok())
        return cleaned.failure();
    return count;
}

/// One walk through what may be purged.
class Purge final {
public:
    Purge(const SqliteJournal::Retention &retention, Asked asked)
        : m_asked(std::move(asked))
        , m_days { retention.firstPasswordDays, retention.issuedDays, retention.verifiedDays }
    {
    }

    /// True when it is done.
    bool slice(JournalWriter &writer)
    {
        std::optional<BatchId> batch;
        const bool mayGoOn = !writer.refusal() && isClockVouchedFor(writer);
        if (mayGoOn && m_stage == m_days.size())
            batch = batchcare::purgeNext(m_days.at(1), m_asked, writer);
        if (batch) {
            m_purgedBatches.append(*batch);
            m_removed = true;
            return false;
        }
        if (!mayGoOn || m_stage == m_days.size()) {
            if (m_removed)
                finish(writer);
            return true;
        }
        const int days = m_days.at(m_stage);
        const bool more = days > 0 && (m_stage == 0 ? passwords(writer) : work(writer));
        if (!more) {
            ++m_stage;
            m_after = {};
        }
        return false;
    }

private:
    [[nodiscard]] bool isClockVouchedFor(JournalWriter &writer) const
    {
        const qint64 from = m_asked.at.addDays(-kClockDays).toMSecsSinceEpoch();
        const qint64 until = m_asked.at.addDays(-1).toMSecsSinceEpoch();
        return !writer.tables().linesBetween(from, until + 1, 0, 1).isEmpty() && !writer.readFailure();
    }
    [[nodiscard]] qint64 untilMs() const { return m_asked.at.addDays(-m_days.at(m_stage)).toMSecsSinceEpoch(); }
    void finish(JournalWriter &writer)
    {
        leaveNoRemnants(writer);
        if (writer.backupsFolder().isEmpty())
            return;
        cleanBackups(writer.backupsFolder(), m_asked.at, [this](JournalTables &tables) {
            removeSealed(tables, m_removedOf);
            for (const BatchId &batch : m_purgedBatches)
                batchcare::purgeInCopy(batch, tables);
            for (const JournalTables::Sealed &one : m_removedPasswords)
                tables.reduceToDigest(one);
        });
    }
    bool passwords(JournalWriter &writer)
    {
        const QList<JournalTables::Sealed> due = writer.tables().firstPasswordsUntil(untilMs(), kPurgeSlice);
        return remove(writer, u"firstPasswords"_s, due.size(), [&] {
            for (const JournalTables::Sealed &one : due)
                writer.tables().reduceToDigest(one);
            m_removedPasswords.append(due);
        });
    }
    bool work(JournalWriter &writer)
    {
        const WorkKind kind = m_stage == 1 ? WorkKind::Issue : WorkKind::Verify;
        const QList<IntentId> due = writer.tables().endedWithSealed(kind, untilMs(), m_asked.at.toMSecsSinceEpoch(), m_after, kPurgeSlice);
        const QList<BatchTables::Place> rows = batchcare::rowsOf({}, due, writer.tables());
        const bool more = remove(writer, kind == WorkKind::Issue ? u"issued"_s : u"verified"_s, due.size(),
                                 [&] {
                                     removeSealed(writer.tables(), due);
                                     m_removedOf.append(due);
                                 });
        if (!due.isEmpty()) {
            m_after = due.last();
            writer.tellRecords(due);
            batchcare::tellBatchesOf(rows, writer);
        }
        return more;
    }
    /// True when there may be more of the same.
    bool remove(JournalWriter &writer, const QString &what, qsizetype count, const std::function<void()> &write)
    {
        if (writer.readFailure() || count == 0)
            return false;
        const Outcome<Done> written = writer.transact([&] {
            write();
            writer.scribe().writeCare(u"purged"_s, m_asked.at, m_asked.operatorName, { { what, count } });
            writer.scribe().writeHead(*writer.sealer());
        });
        m_removed = m_removed || written.ok();
        return written.ok() && count == kPurgeSlice;
    }

    Asked m_asked;
    std::array<int, 3> m_days;      ///< In the order of the stages.
    size_t m_stage = 0;
    IntentId m_after;
    QList<IntentId> m_removedOf;
    QList<JournalTables::Sealed> m_removedPasswords;
    QList<BatchId> m_purgedBatches;
    bool m_removed = false;
};

/// One walk along the chain.
class Check final {
public:
    /// The report when it is done.
    std::optional<ChainReport> slice(JournalWriter &writer)
    {
        JournalTables &tables = writer.tables();
        const QList<JournalTables::Line> lines = tables.linesAfter(m_report.lines, JournalWriter::pageSize);
        QList<JournalTables::Sealed> sealed;
        if (!lines.isEmpty())
            sealed = tables.sealedOfLines(lines.first().chain.number, lines.last().chain.number);
        auto next = sealed.cbegin();
        for (const JournalTables::Line &line : lines) {
            QList<JournalTables::Sealed> ofLine;
            for (; next != sealed.cend() && next->line <= line.chain.number; ++next)
                ofLine.append(*next);
            if (!fits(line, ofLine)) {
                m_report.brokenAt = m_report.lines + 1;
                return m_report;
            }
            ++m_report.lines;
            m_before = line.chain.hash;
        }
        if (lines.size() == JournalWriter::pageSize)
            return {};
        checkHead(writer);
        return m_report;
    }

private:
    [[nodiscard]] bool fits(const JournalTables::Line &line, const QList<JournalTables::Sealed> &sealed) const
    {
        const ChainLine &chain = line.chain;
        if (chain.number != m_report.lines + 1 || chainHash(m_before, chain.text, chain.sealedDigest) != chain.hash)
            return false;
        if (!sealed.isEmpty() && JournalScribe::digestOf(sealed) != chain.sealedDigest)
            return false;
        // What the line is found by must be what it says.
        const std::optional<StoredStep> stored = stepFromLine(chain.text);
        return !stored
            || (stored->number == chain.number && stored->step.intent == line.intent
                && stored->step.at.toMSecsSinceEpoch() == line.atMs);
    }
    void checkHead(JournalWriter &writer)
    {
        JournalScribe &scribe = writer.scribe();
        m_report.headMatches = scribe.headIsSound();
        if (!writer.sealer() || m_report.lines == 0)
            return;
        m_report.headChecked = scribe.headIsSealedWith(*writer.sealer());
        m_report.headMatches = m_report.headMatches && writer.headSealHolds();
    }

    ChainReport m_report;
    QByteArray m_before = JournalScribe::Head().hash;
};

} // namespace

JournalWriter::Task dropFirstPassword(const IntentId &intent)
{
    return [intent](JournalWriter &writer) {
        if (writer.refusal())
            return true;
        const QList<JournalTables::Sealed> sealed = writer.tables().sealedOf(intent);
        const Outcome<Done> written = writer.transact([&] {
            for (const JournalTables::Sealed &one : sealed) {
                if (one.kind == Kind::FirstPassword && !one.keyId.isEmpty())
                    writer.tables().reduceToDigest(one);
            }
        });
        if (written.ok())
            leaveNoRemnants(writer);
        return true;
    };
}

JournalWriter::Task forget(const QStringList &personKeys, const Asked &asked, Give<int> give)
{
    return [=, give = std::move(give)](JournalWriter &writer) {
        give(forgetNow(personKeys, asked, writer));
        return true;
    };
}

JournalWriter::Task finishForgetting(const QDateTime &now)
{
    return [now](JournalWriter &writer) {
        if (writer.refusal())
            return true;
        if (const Outcome<Done> cleaned = forgetInBackups(writer, now); !cleaned.ok())
            qCWarning(lcStore) << "journal:" << cleaned.failure().technical;
        return true;
    };
}

JournalWriter::Task backup(Give<Done> give)
{
    return [give = std::move(give)](JournalWriter &writer) {
        if (const std::optional<Failure> refusal = writer.takesLines() ? writer.unreadable() : writer.refusal())
            give(*refusal);
        else
            give(writer.file().backup());
        return true;
    };
}

JournalWriter::Task backupIfDue()
{
    return [](JournalWriter &writer) {
        if (writer.unreadable() || !writer.takesLines() || !writer.status().takesLines() || !writer.file().isBackupDue())
            return true;
        if (const Outcome<Done> made = writer.file().backup(); !made.ok())
            qCWarning(lcStore) << "journal: no backup:" << made.failure().technical;
        return true;
    };
}

JournalWriter::Task purge(const SqliteJournal::Retention &retention, const Asked &asked)
{
    return [walk = Purge(retention, asked)](JournalWriter &writer) mutable { return walk.slice(writer); };
}

JournalWriter::Task verify(Give<ChainReport> give)
{
    return [give = std::move(give), walk = Check()](JournalWriter &writer) mutable {
        if (const std::optional<Failure> closed = writer.unreadable()) {
            give(*closed);
            return true;
        }
        const std::optional<ChainReport> report = walk.slice(writer);
        if (const std::optional<Failure> failure = writer.readFailure()) {
            give(*failure);
            return true;
        }
        if (report)
            give(*report);
        return report.has_value();
    };
}

} // namespace yoid::journalcare
