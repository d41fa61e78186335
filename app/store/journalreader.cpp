// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalreader.h"

#include "app/base/logging.h"
#include "app/store/journalmeta.h"
#include "app/store/sealer.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid::journalreader {

namespace {

using Sealed = JournalTables::Sealed;
using Kind = JournalTables::SealedKind;

/// A task that reads everything in one turn.
template<typename T>
JournalWriter::Task once(Give<T> give, std::function<Outcome<T>(JournalWriter &)> read)
{
    return [give = std::move(give), read = std::move(read)](JournalWriter &writer) {
        if (const std::optional<Failure> closed = writer.unreadable()) {
            give(*closed);
            return true;
        }
        Outcome<T> found = read(writer);
        if (const std::optional<Failure> failure = writer.readFailure())
            found = *failure;
        give(std::move(found));
        return true;
    };
}

QList<WorkRecord> openedAll(const QList<JournalTables::Work> &all, JournalWriter &writer)
{
    QList<WorkRecord> records;
    records.reserve(all.size());
    for (const JournalTables::Work &work : all)
        records.append(JournalScribe::opened(work, writer.sealer()));
    return records;
}

std::optional<QJsonObject> factsIn(const Sealed &sealed, const Sealer *sealer)
{
    if (!sealer)
        return {};
    const std::optional<QByteArray> plain = sealer->open(sealed.bytes, sealedplace::facts(sealed.line));
    return plain ? std::optional(QJsonDocument::fromJson(*plain).object()) : std::nullopt;
}

/// Fills in what was sealed with the line and can be opened.
void openInto(StoredStep &stored, const JournalTables::Line &line, const QList<Sealed> &ofWork, const Sealer *sealer)
{
    QList<Sealed> ofLine;
    std::copy_if(ofWork.cbegin(), ofWork.cend(), std::back_inserter(ofLine),
                 [&](const Sealed &one) { return one.line == line.chain.number; });
    // A first password may go alone; all else goes together.
    stored.sealedReadable = line.chain.sealedDigest.isEmpty() || !ofLine.isEmpty();
    for (const Sealed &one : std::as_const(ofLine)) {
        if (one.kind != Kind::Facts)
            continue;
        const std::optional<QJsonObject> facts = factsIn(one, sealer);
        stored.sealedReadable = facts.has_value();
        stored.step.sealed = facts.value_or(QJsonObject());
    }
}

Outcome<WorkDetails> readDetails(const IntentId &intent, JournalWriter &writer)
{
    const std::optional<JournalTables::Work> work = writer.tables().work(intent);
    if (!work)
        return Failure::of(FailureKind::Internal, u"no such piece of work"_s);
    WorkDetails details { JournalScribe::opened(*work, writer.sealer()), {}, {}, false };
    const QList<Sealed> sealed = writer.tables().sealedOf(intent);
    details.hasFirstPassword = std::any_of(sealed.cbegin(), sealed.cend(), [](const Sealed &one) {
        return one.kind == Kind::FirstPassword && !one.keyId.isEmpty();
    });
    const QList<JournalTables::Line> lines = writer.tables().linesOf(intent);
    for (const JournalTables::Line &line : lines) {
        std::optional<StoredStep> stored = stepFromLine(line.chain.text);
        if (!stored)
            continue; // of a newer version
        stored->hash = line.chain.hash;
        openInto(*stored, line, sealed, writer.sealer());
        for (auto entry = stored->step.sealed.constBegin(); entry != stored->step.sealed.constEnd(); ++entry)
            details.sealed.insert(entry.key(), entry.value());
        details.story.append(*stored);
    }
    return details;
}

Outcome<Secret> readFirstPassword(const IntentId &intent, JournalWriter &writer)
{
    const QList<Sealed> sealed = writer.tables().sealedOf(intent);
    const auto latest = std::find_if(sealed.crbegin(), sealed.crend(), [](const Sealed &one) {
        return one.kind == Kind::FirstPassword && !one.keyId.isEmpty();
    });
    if (latest == sealed.crend())
        return Failure::of(FailureKind::SecretMissing, u"no first password is kept"_s);
    std::optional<Secret> password;
    if (writer.sealer())
        password = writer.sealer()->openSecret(latest->bytes, sealedplace::firstPassword(latest->line));
    if (!password)
        return Failure::of(FailureKind::SecretLocked, u"the first password is sealed with another key"_s);
    return std::move(*password);
}

QByteArray exported(const JournalTables::Line &line, const QByteArray &before)
{
    QByteArray text = line.chain.text;
    text.chop(1); // the closing brace
    return text + ",\"sealedDigest\":\"" + line.chain.sealedDigest.toHex() + "\",\"before\":\"" + before.toHex() + "\",\"hash\":\""
        + line.chain.hash.toHex() + "\"}\n";
}

} // namespace

JournalWriter::Task records(std::function<void(const QList<WorkRecord> &page, bool last)> give)
{
    return [give = std::move(give), place = JournalTables::latest()](JournalWriter &writer) mutable {
        if (writer.unreadable()) {
            give({}, true);
            return true;
        }
        const JournalTables::Page page = writer.tables().workBefore(place, JournalWriter::pageSize);
        if (const std::optional<Failure> failure = writer.readFailure()) {
            qCWarning(lcStore) << "journal: the records cannot be read:" << failure->technical;
            return true; // no last page: who counts on having them all is not told that these are all
        }
        const bool last = !page.next;
        give(openedAll(page.work, writer), last);
        if (!last)
            place = *page.next;
        return last;
    };
}

JournalWriter::Task details(const IntentId &intent, Give<WorkDetails> give)
{
    return once<WorkDetails>(std::move(give), [intent](JournalWriter &writer) { return readDetails(intent, writer); });
}

JournalWriter::Task open(const QString &origin, Give<QList<WorkRecord>> give)
{
    return [origin, give = std::move(give), place = JournalTables::earliest(), all = QList<WorkRecord>()](
               JournalWriter &writer) mutable {
        if (const std::optional<Failure> closed = writer.unreadable()) {
            give(*closed);
            return true;
        }
        const JournalTables::Page page = writer.tables().openWorkAfter(origin, place, JournalWriter::pageSize);
        if (const std::optional<Failure> failure = writer.readFailure()) {
            give(*failure);
            return true;
        }
        all.append(openedAll(page.work, writer));
        if (page.next) {
            place = *page.next;
            return false;
        }
        give(all);
        return true;
    };
}

JournalWriter::Task firstPassword(const IntentId &intent, Give<Secret> give)
{
    return once<Secret>(std::move(give), [intent](JournalWriter &writer) { return readFirstPassword(intent, writer); });
}

JournalWriter::Task owners(const QList<IssuanceId> &ids, Give<QHash<IssuanceId, IntentId>> give)
{
    return once<QHash<IssuanceId, IntentId>>(std::move(give), [ids](JournalWriter &writer) {
        QHash<IssuanceId, IntentId> found;
        for (const IssuanceId &id : ids) {
            if (const std::optional<IntentId> owner = writer.tables().ownerOf(id))
                found.insert(id, *owner);
        }
        return Outcome<QHash<IssuanceId, IntentId>>(found);
    });
}

JournalWriter::Task month(int year, int month, Give<QByteArray> give)
{
    const QDate first(year, month, 1);
    const qint64 from = first.startOfDay(Qt::UTC).toMSecsSinceEpoch();
    const qint64 until = first.addMonths(1).startOfDay(Qt::UTC).toMSecsSinceEpoch();
    return [from, until, give = std::move(give), valid = first.isValid(), after = qint64(0), text = QByteArray()](JournalWriter &writer) mutable {
        if (!valid) {
            give(Failure::of(FailureKind::InvalidInput, u"no such month"_s));
            return true;
        }
        if (const std::optional<Failure> closed = writer.unreadable()) {
            give(*closed);
            return true;
        }
        const QList<JournalTables::Line> lines = writer.tables().linesBetween(from, until, after, JournalWriter::pageSize);
        for (const JournalTables::Line &line : lines) {
            const qint64 number = line.chain.number;
            text += exported(line, number == 1 ? JournalScribe::Head().hash : writer.tables().hashOf(number - 1));
            after = number;
        }
        if (const std::optional<Failure> failure = writer.readFailure()) {
            give(*failure);
            return true;
        }
        if (lines.size() == JournalWriter::pageSize)
            return false;
        give(text);
        return true;
    };
}

} // namespace yoid::journalreader
