// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/answer.h"
#include "app/store/journal.h"
#include "app/store/memorybatchstore.h"

#include <QtCore/QMessageAuthenticationCode>
#include <QtCore/QRandomGenerator>
#include <QtCore/QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

Failure unknownIntent()
{
    return Failure::of(FailureKind::Internal, u"no such piece of work"_s);
}

/// By the time the work was begun, then by its intent: the order of both journals.
bool isOlder(const WorkRecord &a, const WorkRecord &b)
{
    return std::pair(a.createdAt, a.intent.text) < std::pair(b.createdAt, b.intent.text);
}

} // namespace

MemoryJournal::MemoryJournal(QObject *parent)
    : Journal(parent)
    , m_key(32, Qt::Uninitialized)
    , m_batches(std::make_unique<MemoryBatchStore>())
{
    for (char &byte : m_key)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
}

MemoryJournal::~MemoryJournal() = default;

void MemoryJournal::append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then)
{
    const auto known = m_records.constFind(step.intent);
    std::optional<Failure> refusal = refusalOf(step, known == m_records.cend() ? nullptr : &*known);
    const std::tuple attempt(step.intent, step.state, step.attempt);
    if (!refusal && isIntent(step.state) && m_attempts.contains(attempt))
        refusal = refusalOfAttempt(step);
    const IssuanceId issuance { step.facts.value(fact::issuanceId).toString() };
    if (!refusal && m_issuances.value(issuance, step.intent) != step.intent)
        refusal = refusalOfIssuance(step);
    if (refusal) {
        answerLater<Done>(context, std::move(then), *refusal);
        return;
    }
    // Taken at once, so that the next append in the same turn of the event loop is judged against this one and the order
    // is the order of the calls; told through the event loop, as the durable journal on its own thread does.
    WorkRecord &record = m_records[step.intent];
    apply(record, step, m_operator);
    if (isIntent(step.state))
        m_attempts.insert(attempt);
    if (!issuance.isEmpty())
        m_issuances.insert(issuance, step.intent);
    if (step.facts.contains(fact::persons))
        m_personKeys[step.intent].unite(QSet<QString>(record.personKeys.cbegin(), record.personKeys.cend()));
    if (step.firstPassword) {
        m_passwords.insert(step.intent, step.firstPassword);
        m_linesWithPassword.insert(m_lines.size() + 1);
    }
    StoredStep line { m_lines.size() + 1, step, m_operator, true, {} };
    line.step.firstPassword.reset();
    m_lines.append(line);
    answerLater<Done>(context, std::move(then), Done {});
    QMetaObject::invokeMethod(
        this,
        [this, step, record] {
            Q_EMIT committed(step);
            Q_EMIT recordChanged(record);
        },
        Qt::QueuedConnection);
}

QString MemoryJournal::fingerprint(const QByteArray &canonical) const
{
    return QString::fromLatin1(QMessageAuthenticationCode::hash(canonical, m_key, QCryptographicHash::Sha256).toHex());
}

void MemoryJournal::noteChecked(const QList<IntentId> &intents, const QDateTime &at)
{
    for (const IntentId &intent : intents) {
        if (const auto record = m_records.find(intent); record != m_records.end()) {
            record->lastChecked = at;
            QMetaObject::invokeMethod(
                this, [this, changed = *record] { Q_EMIT recordChanged(changed); }, Qt::QueuedConnection);
        }
    }
}

void MemoryJournal::readRecords(QObject *context, std::function<void(const QList<WorkRecord> &page, bool last)> page)
{
    QList<WorkRecord> all = m_records.values();
    std::sort(all.begin(), all.end(), [](const WorkRecord &a, const WorkRecord &b) { return isOlder(b, a); });
    QMetaObject::invokeMethod(context, [page, all] { page(all, true); }, Qt::QueuedConnection);
}

void MemoryJournal::readDetails(const IntentId &intent, QObject *context, Then<WorkDetails> then)
{
    if (!m_records.contains(intent)) {
        answerLater<WorkDetails>(context, std::move(then), unknownIntent());
        return;
    }
    WorkDetails details { m_records.value(intent), {}, {}, m_passwords.contains(intent) };
    for (const StoredStep &line : std::as_const(m_lines)) {
        if (line.step.intent != intent)
            continue;
        details.story.append(line);
        for (auto entry = line.step.sealed.constBegin(); entry != line.step.sealed.constEnd(); ++entry)
            details.sealed.insert(entry.key(), entry.value());
    }
    answerLater<WorkDetails>(context, std::move(then), details);
}

void MemoryJournal::readOpen(const QString &origin, QObject *context, Then<QList<WorkRecord>> then)
{
    QList<WorkRecord> open;
    std::copy_if(m_records.cbegin(), m_records.cend(), std::back_inserter(open),
                 [&](const WorkRecord &record) { return record.origin == origin && isOpen(record); });
    std::sort(open.begin(), open.end(), isOlder);
    answerLater<QList<WorkRecord>>(context, std::move(then), open);
}

void MemoryJournal::readFirstPassword(const IntentId &intent, QObject *context, Then<Secret> then)
{
    if (const auto password = m_passwords.value(intent))
        answerLater<Secret>(context, std::move(then), password->clone());
    else
        answerLater<Secret>(context, std::move(then), Failure::of(FailureKind::SecretMissing));
}

void MemoryJournal::ownerOf(const QList<IssuanceId> &ids, QObject *context, Then<QHash<IssuanceId, IntentId>> then)
{
    QHash<IssuanceId, IntentId> owners;
    for (const IssuanceId &id : ids) {
        if (const auto owner = m_issuances.constFind(id); owner != m_issuances.cend())
            owners.insert(id, *owner);
    }
    answerLater<QHash<IssuanceId, IntentId>>(context, std::move(then), owners);
}

BatchStore &MemoryJournal::batches()
{
    return *m_batches;
}

void MemoryJournal::dropFirstPassword(const IntentId &intent)
{
    m_passwords.remove(intent);
}

void MemoryJournal::forgetPerson(const QStringList &personKeys, QObject *context, Then<int> then)
{
    const QSet<QString> keys(personKeys.begin(), personKeys.end());
    int count = 0;
    QSet<IntentId> intents;
    for (WorkRecord &record : m_records) {
        if (!keys.intersects(m_personKeys.value(record.intent)))
            continue;
        ++count;
        intents.insert(record.intent);
        record.person = {};
        record.personReadable = false;
        m_passwords.remove(record.intent);
        for (StoredStep &line : m_lines) {
            if (line.step.intent == record.intent && (!line.step.sealed.isEmpty() || m_linesWithPassword.contains(line.number))) {
                line.step.sealed = {};
                line.sealedReadable = false;
            }
        }
        QMetaObject::invokeMethod(
            this, [this, changed = record] { Q_EMIT recordChanged(changed); }, Qt::QueuedConnection);
    }
    count += m_batches->forget(keys, intents);
    answerLater<int>(context, std::move(then), count);
}

void MemoryJournal::verifyChain(QObject *context, Then<ChainReport> then)
{
    answerLater<ChainReport>(context, std::move(then), ChainReport { m_lines.size(), {}, true, false });
}

void MemoryJournal::exportMonth(int, int, QObject *context, Then<QByteArray> then)
{
    answerLater<QByteArray>(context, std::move(then), Failure::of(FailureKind::InvalidInput, u"practice keeps no trail"_s));
}

QList<JournalStep> MemoryJournal::steps() const
{
    QList<JournalStep> steps;
    for (const StoredStep &line : m_lines)
        steps.append(line.step);
    return steps;
}

} // namespace yoid
