// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalwriter.h"

#include "app/base/logging.h"
#include "app/store/batchtasks.h"
#include "app/store/journalmeta.h"
#include "app/store/sealer.h"

#include <QtCore/QThread>

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

JournalWriter::JournalWriter(JournalFile::Where where, Clock &clock)
    : m_where(std::move(where))
    , m_clock(clock)
{
}

JournalWriter::~JournalWriter() = default;

void JournalWriter::open(bool takesLines)
{
    if (m_tables)
        return;
    m_takesLines = takesLines;
    if (!m_file)
        m_file = std::make_unique<JournalFile>(m_where, m_clock);
    m_file->open();
    if (m_file->status().state != JournalStatus::State::Closed) {
        m_tables = std::make_unique<JournalTables>(m_file->database());
        m_scribe = std::make_unique<JournalScribe>(*m_tables);
        m_namedKey = QString::fromLatin1(m_tables->meta(journalmeta::keyId));
        m_chainBroken = !m_scribe->headIsSound();
        if (const std::optional<Failure> failure = readFailure())
            qCWarning(lcStore) << "journal:" << failure->technical;
    }
    reportStatus();
    Q_EMIT opened(m_file->status(), m_namedKey);
    turnLater(); // when it stays closed, whoever waits is told
}

void JournalWriter::useKey(const std::shared_ptr<const Sealer> &sealer, bool kept, const QDateTime &now,
                           const QString &operatorName)
{
    if (!m_tables)
        return;
    const bool wasMissing = m_key == Key::Missing;
    m_sealer = sealer;
    m_key = kept ? Key::Kept : Key::ForSession;
    m_keyFrom = now;
    m_keyFromOperator = operatorName;
    if (!headSealHolds())
        m_chainBroken = true;
    // Named at once, and with the first line at the latest: a key that nobody can name is asked for by nobody.
    if (kept && m_namedKey != m_sealer->keyId() && !refusal()) {
        if (const Outcome<Done> named = transact([] {}); !named.ok())
            qCWarning(lcStore) << "journal: the key's name could not be written:" << named.failure().technical;
    }
    reportStatus();
    if (wasMissing) {
        tellAllRecords();
        m_reads.push_back(batchtasks::tellAll());
    }
    turnLater();
}

void JournalWriter::goOnWithoutKey()
{
    if (m_sealer)
        return;
    m_key = Key::Missing;
    reportStatus();
    turnLater();
}

void JournalWriter::take(const Orders &orders)
{
    for (Order &order : *orders) {
        if (order.append || order.writes)
            m_writes.push_back(std::move(order));
        else
            m_reads.push_back(std::move(order.task));
    }
    turnLater();
}

void JournalWriter::noteChecked(const QList<IntentId> &intents, const QDateTime &at)
{
    for (const IntentId &intent : intents)
        m_checked.insert(intent, at);
}

void JournalWriter::writeChecked()
{
    if (m_checked.isEmpty() || !isSettled() || refusal())
        return;
    QList<IntentId> written;
    if (transact([&] { setChecked(written); }).ok())
        tellRecords(written);
    reportStatus();
}

void JournalWriter::lookAgain()
{
    if (m_tables && m_takesLines && isSettled())
        static_cast<void>(refusal());
    reportStatus();
}

void JournalWriter::finish(QDeadlineTimer deadline)
{
    while (isSettled() && !m_writes.empty() && !deadline.hasExpired())
        runNextWrite();
    if (!m_writes.empty())
        qCWarning(lcStore) << "journal: closed with" << m_writes.size() << "steps not written";
    writeChecked();
    m_writes.clear();
    m_reads.clear();
    m_scribe.reset();
    m_tables.reset();
    if (m_file)
        m_file->close();
    m_file.reset();
    thread()->quit();
}

JournalStatus JournalWriter::status() const
{
    using State = JournalStatus::State;
    using Reason = JournalStatus::Reason;
    if (!m_file)
        return {};
    const JournalStatus &file = m_file->status();
    if (file.state != State::Ready)
        return file;
    if (m_chainBroken)
        return { State::ReadOnly, Reason::Corrupt, u"the end of the chain is not the one that was written last"_s };
    switch (m_key) {
    case Key::Pending:
        return {};
    case Key::Missing:
        return { State::ReadOnly, Reason::KeyLocked, {} };
    case Key::ForSession:
        return { State::Ready, Reason::KeyForSessionOnly, {} };
    case Key::Kept:
        return file;
    }
    return file;
}

std::optional<Failure> JournalWriter::unreadable() const
{
    return m_tables ? std::nullopt : std::optional(Failure::of(FailureKind::StorageFailed, u"the journal is closed"_s));
}

bool JournalWriter::headSealHolds()
{
    // Where a kept key is in use, it has sealed the head too: a head sealed by another one was put there by somebody else.
    return m_scribe->headSealHolds(*m_sealer, m_key == Key::Kept && m_namedKey == m_sealer->keyId());
}

Outcome<Done> JournalWriter::transact(const std::function<void()> &write)
{
    m_scribe->forgetRecent();
    return inTransaction(write);
}

Outcome<Done> JournalWriter::inTransaction(const std::function<void()> &write)
{
    const JournalScribe::Head before = m_scribe->head();
    JournalSql &sql = m_tables->sql();
    sql.begin();
    nameKey();
    write();
    if (sql.ok() && sql.commit()) {
        if (m_key == Key::Kept)
            m_namedKey = m_sealer->keyId();
        return Done {};
    }
    const QSqlError error = sql.takeError();
    sql.rollback();
    m_scribe->resetTo(before);
    return m_file->failed(error);
}

std::optional<Failure> JournalWriter::readFailure()
{
    if (!m_tables || m_tables->sql().ok())
        return {};
    return m_file->failed(m_tables->sql().takeError());
}

bool JournalWriter::isSettled() const
{
    return m_file && (m_key != Key::Pending || !m_tables);
}

void JournalWriter::turn()
{
    m_turnPosted = false;
    if (!isSettled())
        return;
    if (!m_writes.empty()) {
        runNextWrite();
    } else if (!m_reads.empty()) {
        Task task = std::move(m_reads.front());
        m_reads.pop_front();
        if (!task(*this))
            m_reads.push_back(std::move(task));
    }
    reportStatus();
    if (!m_writes.empty() || !m_reads.empty())
        turnLater();
}

void JournalWriter::turnLater()
{
    // Behind what has been posted meanwhile, so that a group is all that is waiting.
    if (!std::exchange(m_turnPosted, true))
        QMetaObject::invokeMethod(this, &JournalWriter::turn, Qt::QueuedConnection);
}

void JournalWriter::runNextWrite()
{
    if (m_writes.front().append) {
        commitGroup();
        return;
    }
    const Task task = std::move(m_writes.front().task);
    m_writes.pop_front();
    if (!task(*this))
        m_reads.push_back(task);
}

void JournalWriter::commitGroup()
{
    QList<Append> group;
    while (group.size() < groupSize && !m_writes.empty() && m_writes.front().append) {
        group.append(std::move(*m_writes.front().append));
        m_writes.pop_front();
    }
    QList<Told> answers;
    for (const Append &append : std::as_const(group))
        answers.append({ append.ticket, {}, {} });
    QList<IntentId> checked;
    std::optional<Failure> failure = refusal();
    if (!failure) {
        if (!m_checked.isEmpty())
            m_scribe->forgetRecent();
        const Outcome<Done> committed = inTransaction([&] {
            setChecked(checked);
            for (qsizetype at = 0; at < group.size() && m_tables->sql().ok(); ++at) {
                const Outcome<WorkRecord> record = m_scribe->writeStep(group.at(at).step, group.at(at).operatorName, *m_sealer);
                if (record.ok())
                    answers[at].record = *record;
                else
                    answers[at].failure = record.failure();
            }
            m_scribe->writeHead(*m_sealer);
        });
        if (!committed.ok())
            failure = committed.failure();
    }
    if (failure) {
        for (Told &answer : answers)
            answer = { answer.ticket, failure, {} };
        checked.clear();
    }
    reportStatus(); // first, so that who is told of a failure can see what is the matter
    Q_EMIT told(answers);
    tellRecords(checked);
}

std::optional<Failure> JournalWriter::refusal()
{
    if (std::optional<Failure> closed = unreadable())
        return closed;
    if (!m_takesLines)
        return Failure::of(FailureKind::StorageFailed, u"the journal was opened for reading only"_s);
    using Reason = JournalStatus::Reason;
    const JournalStatus &file = m_file->status();
    const bool mayBeMended = file.reason == Reason::DiskFull || file.reason == Reason::ClockWrong;
    if (file.takesLines() || mayBeMended) {
        if (std::optional<Failure> failure = m_file->checkBeforeWriting(m_scribe->head().at))
            return failure;
    }
    const JournalStatus now = status();
    if (now.takesLines())
        return {};
    const FailureKind kind = now.reason == Reason::KeyLocked ? FailureKind::SecretLocked : FailureKind::StorageFailed;
    return Failure::of(kind, now.technical.isEmpty() ? u"the journal takes no lines"_s : now.technical);
}

void JournalWriter::nameKey()
{
    if (m_key != Key::Kept || m_namedKey == m_sealer->keyId())
        return;
    m_tables->setMeta(journalmeta::keyId, m_sealer->keyId().toLatin1());
    if (m_scribe->head().number == 0)
        return;
    m_scribe->writeCare(u"newKey"_s, m_keyFrom, m_keyFromOperator,
                        { { u"key"_s, m_sealer->keyId() }, { u"before"_s, m_namedKey } });
    m_scribe->writeHead(*m_sealer);
}

void JournalWriter::setChecked(QList<IntentId> &written)
{
    for (auto one = m_checked.cbegin(); one != m_checked.cend(); ++one) {
        m_tables->setChecked(one.key(), one.value());
        written.append(one.key());
    }
    m_checked.clear();
}

void JournalWriter::tellRecords(const QList<IntentId> &intents)
{
    QList<WorkRecord> records;
    for (const IntentId &intent : intents) {
        if (const std::optional<JournalTables::Work> work = m_tables->work(intent))
            records.append(JournalScribe::opened(*work, sealer()));
    }
    if (!records.isEmpty())
        Q_EMIT recordsChanged(records);
}

void JournalWriter::tellAllRecords()
{
    m_reads.push_back([place = JournalTables::latest()](JournalWriter &writer) mutable {
        const JournalTables::Page page = writer.tables().workBefore(place, pageSize);
        QList<WorkRecord> records;
        for (const JournalTables::Work &work : page.work)
            records.append(JournalScribe::opened(work, writer.sealer()));
        if (!records.isEmpty())
            Q_EMIT writer.recordsChanged(records);
        if (writer.readFailure() || !page.next)
            return true;
        place = *page.next;
        return false;
    });
}

void JournalWriter::reportStatus()
{
    const JournalStatus now = status();
    if (now == m_reported)
        return;
    m_reported = now;
    Q_EMIT statusChanged(now);
}

} // namespace yoid
