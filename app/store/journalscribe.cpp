// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalscribe.h"

#include "app/store/journal.h"
#include "app/store/journalmeta.h"
#include "app/store/sealer.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QByteArray sha256(QByteArrayView bytes)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(bytes);
    return hash.result();
}

/// More people than are ever worked on at the same time.
constexpr qsizetype kRecent = 64;

qint64 milliseconds(const QDateTime &time)
{
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

/// Of the delivery of an offer that an earlier line has brought.
bool isDelivery(JournalState state)
{
    using enum JournalState;
    return state == DeliveryIntent || state == Delivered || state == DeliveryFailed || state == DeliveryUnknown;
}

} // namespace

JournalScribe::JournalScribe(JournalTables &tables)
    : m_tables(tables)
{
    if (const std::optional<JournalTables::Line> last = m_tables.lastLine())
        m_head = { last->chain.number, last->chain.hash, QDateTime::fromMSecsSinceEpoch(last->atMs, Qt::UTC) };
}

void JournalScribe::resetTo(const Head &head)
{
    m_head = head;
    forgetRecent(); // what they stand for was rolled back
    m_headKeyId.clear();
}

bool JournalScribe::headIsSound()
{
    const std::optional<JournalTables::Line> last = m_tables.lastLine();
    const qint64 number = m_tables.meta(journalmeta::headNumber).toLongLong();
    if (!last)
        return number == 0;
    const QByteArray before = last->chain.number == 1 ? Head().hash : m_tables.hashOf(last->chain.number - 1);
    return last->chain.number == number && last->chain.hash == m_tables.meta(journalmeta::headHash) && before.size() == 32
        && chainHash(before, last->chain.text, last->chain.sealedDigest) == last->chain.hash;
}

bool JournalScribe::headIsSealedWith(const Sealer &sealer)
{
    return QString::fromLatin1(m_tables.meta(journalmeta::headKeyId)) == sealer.keyId();
}

bool JournalScribe::headSealHolds(const Sealer &sealer, bool strict)
{
    if (m_head.number == 0)
        return true;
    if (!headIsSealedWith(sealer))
        return !strict;
    return m_tables.meta(journalmeta::headSeal) == sealer.headSeal(m_head.number, m_head.hash);
}

Outcome<WorkRecord> JournalScribe::writeStep(const JournalStep &step, const QString &operatorName, const Sealer &sealer)
{
    const std::optional<Recent> known = workOf(step.intent, sealer);
    if (const std::optional<Failure> refusal = refusalOf(step, known ? &known->record : nullptr))
        return *refusal;
    if (isIntent(step.state) && m_tables.hasAttempt(step.intent, step.state, step.attempt))
        return refusalOfAttempt(step);
    const IssuanceId issuance { step.facts.value(fact::issuanceId).toString() };
    const bool owned = known && isDelivery(step.state) && known->record.issuanceId == issuance; // since it was offered
    if (!issuance.isEmpty() && !owned) {
        if (const std::optional<IntentId> owner = m_tables.ownerOf(issuance); owner && *owner != step.intent)
            return refusalOfIssuance(step);
    }

    const qint64 number = m_head.number + 1;
    JournalTables::Line line;
    line.chain.number = number;
    line.chain.text = canonicalLine(number, step, operatorName);
    line.intent = step.intent;
    line.atMs = milliseconds(step.at);
    QList<JournalTables::Sealed> sealed;
    using Kind = JournalTables::SealedKind;
    if (!step.sealed.isEmpty()) {
        const QByteArray plain = QJsonDocument(step.sealed).toJson(QJsonDocument::Compact);
        sealed.append({ number, Kind::Facts, sealer.keyId(), sealer.seal(plain, sealedplace::facts(number)) });
    }
    if (step.firstPassword)
        sealed.append({ number, Kind::FirstPassword, sealer.keyId(),
                        sealer.sealSecret(*step.firstPassword, sealedplace::firstPassword(number)) });
    line.chain.sealedDigest = digestOf(sealed);
    append(std::move(line));
    for (const JournalTables::Sealed &one : std::as_const(sealed))
        m_tables.insertSealed(one, step.intent);

    WorkRecord record = known ? known->record : WorkRecord();
    QByteArray person = known ? known->person : QByteArray();
    apply(record, step, operatorName);
    if (step.sealed.contains(fact::person)) {
        const QByteArray plain = QJsonDocument(toJson(record.person)).toJson(QJsonDocument::Compact);
        person = sealer.seal(plain, sealedplace::person(step.intent));
    }
    if (known && isOpen(known->record) == isOpen(record))
        m_tables.updateWork(record, person);
    else
        m_tables.putWork(record, person);
    if (step.facts.contains(fact::persons))
        m_tables.putPersonKeys(step.intent, record.personKeys);
    if (isIntent(step.state))
        m_tables.insertAttempt(step.intent, step.state, step.attempt, number);
    if (!issuance.isEmpty() && !owned) {
        m_tables.putIssuance(issuance, step.intent,
                             step.state == JournalState::Abandoned ? JournalTables::Disposition::Abandoned
                                                                   : JournalTables::Disposition::Ours);
    }
    if (m_recent.size() >= kRecent)
        forgetRecent();
    m_recent.insert(step.intent, { record, person });
    return record;
}

std::optional<JournalScribe::Recent> JournalScribe::workOf(const IntentId &intent, const Sealer &sealer)
{
    if (const auto recent = m_recent.constFind(intent); recent != m_recent.cend())
        return *recent;
    const std::optional<JournalTables::Work> work = m_tables.work(intent);
    return work ? std::optional(Recent { opened(*work, &sealer), work->person }) : std::nullopt;
}

void JournalScribe::writeCare(const QString &what, const QDateTime &at, const QString &operatorName, const QJsonObject &facts)
{
    JournalTables::Line line;
    line.chain.number = m_head.number + 1;
    line.chain.text = canonicalCareLine(line.chain.number, what, at, operatorName, facts);
    line.atMs = milliseconds(at);
    append(std::move(line));
}

void JournalScribe::writeHead(const Sealer &sealer)
{
    m_tables.setMeta(journalmeta::headNumber, QByteArray::number(m_head.number));
    m_tables.setMeta(journalmeta::headHash, m_head.hash);
    m_tables.setMeta(journalmeta::headSeal, sealer.headSeal(m_head.number, m_head.hash));
    if (m_headKeyId != sealer.keyId()) {
        m_tables.setMeta(journalmeta::headKeyId, sealer.keyId().toLatin1());
        m_headKeyId = sealer.keyId();
    }
}

WorkRecord JournalScribe::opened(const JournalTables::Work &work, const Sealer *sealer)
{
    WorkRecord record = work.record;
    if (work.person.isEmpty() || !sealer)
        return record;
    if (const std::optional<QByteArray> plain = sealer->open(work.person, sealedplace::person(record.intent))) {
        record.person = personFromJson(QJsonDocument::fromJson(*plain).object());
        record.personReadable = true;
    }
    return record;
}

QByteArray JournalScribe::digestOf(const QList<JournalTables::Sealed> &sealed)
{
    if (sealed.isEmpty())
        return {};
    QCryptographicHash all(QCryptographicHash::Sha256);
    for (const JournalTables::Sealed &one : sealed)
        all.addData(one.keyId.isEmpty() ? one.bytes : sha256(one.bytes));
    return all.result();
}

void JournalScribe::append(JournalTables::Line line)
{
    line.chain.hash = chainHash(m_head.hash, line.chain.text, line.chain.sealedDigest);
    m_tables.insertLine(line);
    m_head = { line.chain.number, line.chain.hash, QDateTime::fromMSecsSinceEpoch(line.atMs, Qt::UTC) };
}

} // namespace yoid
