// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/recordbook.h"

#include "app/domain/foldedtext.h"
#include "app/store/journal.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <algorithm>
#include <utility>

namespace yoid {

namespace {

/// What tells people apart; empty when nothing is known of them.
QString identityOf(const WorkRecord &record)
{
    if (!record.personReadable)
        return {};
    const QString identifier = record.person.identifier();
    return identifier.isEmpty() ? record.person.displayName() : identifier;
}

/// In any other state a journal answers that it has no records, which is no news of them.
bool canBeRead(const JournalStatus &status)
{
    return status.state == JournalStatus::State::Ready || status.state == JournalStatus::State::ReadOnly;
}

} // namespace

class RecordBook::Private {
public:
    /// Somebody who can be found by typing a part of a name or an identifier.
    struct Known {
        Person person;
        QDateTime at;       ///< Of the newest work for them.
        QString folded;
    };

    Private(RecordBook *book, Journal &theJournal)
        : q(book)
        , journal(theJournal)
    {
    }

    void read();
    void readPage(const QList<WorkRecord> &page, bool last);
    void take(const WorkRecord &record);
    void indexKeys(const WorkRecord &record);
    void meet(const WorkRecord &record);
    void meetStaleAnew();

    RecordBook *q;
    Journal &journal;
    QList<Entry> entries;
    QHash<IntentId, qsizetype> places;              ///< Into `entries`.
    QHash<QString, QSet<IntentId>> byPersonKey;
    QHash<QString, QHash<QString, Known>> people;   ///< By origin, then by what tells people apart.
    QSet<std::pair<QString, QString>> stale;        ///< By origin and identity: known by work that names them no longer.
    quint64 reading = 0;                            ///< Number of the reading whose pages count.
    bool asked = false;
    bool complete = false;
};

/// Reads from the beginning, unless there is nothing to read from yet; a reading under way counts no longer.
void RecordBook::Private::read()
{
    const quint64 mine = ++reading;
    if (complete || !canBeRead(journal.status()))
        return;
    journal.readRecords(q, [this, mine](const QList<WorkRecord> &page, bool last) {
        if (mine == reading && canBeRead(journal.status()))
            readPage(page, last);
    });
}

void RecordBook::Private::readPage(const QList<WorkRecord> &page, bool last)
{
    for (const WorkRecord &record : page) {
        if (record.ahead || places.contains(record.intent))
            continue; // seen by nobody yet; or told by the journal meanwhile, or read before it was closed: kept up to date since
        places.insert(record.intent, entries.size());
        entries.append(std::make_shared<const WorkRecord>(record));
        indexKeys(record);
        meet(record);
    }
    if (!page.isEmpty())
        Q_EMIT q->grown();
    if (last && !complete) {
        complete = true;
        Q_EMIT q->loaded();
    }
}

void RecordBook::Private::take(const WorkRecord &record)
{
    if (record.ahead)
        return;
    auto entry = std::make_shared<const WorkRecord>(record);
    const auto place = places.constFind(record.intent);
    const bool isNew = place == places.cend();
    if (isNew) {
        places.insert(record.intent, entries.size());
        entries.append(entry);
        indexKeys(record);
        meet(record);
    } else {
        const Entry old = std::exchange(entries[*place], entry);
        if (old->personKeys != record.personKeys)
            indexKeys(record);
        const QString before = identityOf(*old);
        if (!before.isEmpty() && before != identityOf(record))
            stale.insert({ old->origin, before }); // forgotten, purged, corrected: found no longer, unless by other work
        if (old->person != record.person)
            meet(record);
    }
    Q_EMIT q->changed(entry, isNew);
}

void RecordBook::Private::indexKeys(const WorkRecord &record)
{
    for (const QString &key : record.personKeys)
        byPersonKey[key].insert(record.intent);
}

void RecordBook::Private::meet(const WorkRecord &record)
{
    const Person &person = record.person;
    const QString identity = identityOf(record);
    if (identity.isEmpty())
        return;
    Known &known = people[record.origin][identity];
    if (known.at.isValid() && record.createdAt < known.at)
        return;
    const QChar gap = u'\n'; // cannot be typed, so that no match runs from one field into the next
    known = { person, record.createdAt,
              foldedText(QString(person.firstName + u' ' + person.lastName + gap + person.lastName + u' ' + person.firstName + gap
                                 + person.email + gap + person.username + gap + person.externalIdentifier)) };
}

void RecordBook::Private::meetStaleAnew()
{
    const auto concerned = std::exchange(stale, {});
    for (const auto &[origin, identity] : concerned)
        people[origin].remove(identity);
    for (const Entry &entry : std::as_const(entries)) {
        if (concerned.contains({ entry->origin, identityOf(*entry) }))
            meet(*entry);
    }
}

RecordBook::RecordBook(Journal &journal, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, journal))
{
}

RecordBook::~RecordBook() = default;

void RecordBook::load()
{
    if (std::exchange(d->asked, true))
        return;
    connect(&d->journal, &Journal::recordChanged, this, [this](const WorkRecord &record) { d->take(record); });
    connect(&d->journal, &Journal::statusChanged, this, [this] { d->read(); });
    d->read();
}

bool RecordBook::isLoaded() const
{
    return d->complete;
}

const QList<RecordBook::Entry> &RecordBook::entries() const
{
    return d->entries;
}

RecordBook::Entry RecordBook::find(const IntentId &intent) const
{
    const auto place = d->places.constFind(intent);
    return place == d->places.cend() ? nullptr : d->entries.at(*place);
}

QList<RecordBook::Entry> RecordBook::issuedBefore(const QString &origin, const QString &templateId,
                                                  const QStringList &personKeys) const
{
    QSet<IntentId> seen;
    QList<Entry> found;
    for (const QString &key : personKeys) {
        const QSet<IntentId> work = d->byPersonKey.value(key);
        for (const IntentId &intent : work) {
            const Entry entry = find(intent);
            if (!entry || seen.contains(intent))
                continue;
            seen.insert(intent);
            if (entry->origin == origin && entry->templateId == templateId && countsAsIssued(*entry))
                found.append(entry);
        }
    }
    std::sort(found.begin(), found.end(), [](const Entry &a, const Entry &b) {
        return a->createdAt != b->createdAt ? b->createdAt < a->createdAt : a->intent.text < b->intent.text;
    });
    return found;
}

QList<Person> RecordBook::peopleLike(const QString &origin, const QString &text, int most) const
{
    if (!d->stale.isEmpty())
        d->meetStaleAnew();
    const QString wanted = foldedText(text).simplified();
    QList<const Private::Known *> found;
    const auto ofOrigin = d->people.constFind(origin);
    if (wanted.isEmpty() || most <= 0 || ofOrigin == d->people.cend())
        return {};
    for (const Private::Known &known : *ofOrigin) {
        if (known.folded.contains(wanted))
            found.append(&known);
    }
    const auto count = std::min<qsizetype>(most, found.size());
    std::partial_sort(found.begin(), found.begin() + count, found.end(),
                      [](const Private::Known *a, const Private::Known *b) { return b->at < a->at; });
    QList<Person> people;
    for (const Private::Known *const known : std::as_const(found).first(count))
        people.append(known->person);
    return people;
}

} // namespace yoid
