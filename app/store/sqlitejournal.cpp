// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/sqlitejournal.h"

#include "app/base/logging.h"
#include "app/base/softassert.h"
#include "app/store/journalcare.h"
#include "app/store/journalkey.h"
#include "app/store/journalreader.h"
#include "app/store/journalwriter.h"
#include "app/store/sqlitebatchstore.h"

#include <QtCore/QPointer>
#include <QtCore/QThread>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr auto kWriteChecked = 5s;
constexpr auto kLookAgain = 30s;
/// Not among what is read at the start: a copy of a large journal takes a second.
constexpr auto kFirstBackup = 30s;
constexpr auto kLookForBackup = 1h;
constexpr auto kPurge = 24h;
/// What is waiting at the end gets this long; a disk that hangs longer must not keep the program from ending.
constexpr auto kDrain = 10s;
constexpr auto kDrainAndClose = 20s;

/// The user can make room and set the clock while the program runs.
bool mayBeMended(const JournalStatus &status)
{
    return status.reason == JournalStatus::Reason::DiskFull || status.reason == JournalStatus::Reason::ClockWrong;
}

} // namespace

class SqliteJournal::Private final {
public:
    struct Appended {
        QPointer<QObject> context;
        std::function<void(Outcome<Done>)> then;
        JournalStep step;
    };
    struct Paging {
        QPointer<QObject> context;
        std::function<void(const QList<WorkRecord> &page, bool last)> page;
    };

    Private(SqliteJournal *journal, JournalFile::Where where, Clock &clock_, SecretStore &keychain_);
    ~Private();
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    /// Remembers who asked; what the writer answers with this ticket goes to them.
    template<typename T>
    std::function<void(Outcome<T>)> expect(QObject *context, Then<T> then);
    /// Calls of one turn of the event loop go to the writer together, in their order.
    void give(JournalWriter::Order order);
    void give(JournalWriter::Task task, bool writes) { give(JournalWriter::Order { {}, std::move(task), writes }); }
    void handOver();

    void fetchKey(const JournalStatus &file, const QString &keyId);
    void useKey(const JournalKey::Found &found);
    void onKey(Outcome<JournalKey::Found> found);
    void onStatus(const JournalStatus &now);
    void onTold(const QList<JournalWriter::Told> &answers);
    void backup();
    void purge();
    [[nodiscard]] journalcare::Asked asked() const { return { clock.nowUtc(), operatorName }; }

    SqliteJournal *const q;
    Clock &clock;
    SecretStore &keychain;
    std::unique_ptr<QThread> thread = std::make_unique<QThread>();
    std::unique_ptr<JournalWriter> writer;
    SqliteBatchStore batches;
    std::shared_ptr<const Sealer> sealer;
    JournalStatus status;
    QString operatorName;
    Retention retention;
    bool opening = false;
    bool makingKey = false;
    Use use = Use::Keeping;
    bool tended = false;        ///< Ready for the first time has been seen.
    QString keyIdInUse;

    quint64 lastTicket = 0;
    QHash<quint64, Appended> appended;
    QHash<quint64, Paging> paging;
    QHash<quint64, std::function<void(void *)>> waiting;
    JournalWriter::Orders outbox;
    std::unique_ptr<Alarm> checkedAlarm;
    std::unique_ptr<Alarm> againAlarm;
    std::unique_ptr<Alarm> backupAlarm;
    std::unique_ptr<Alarm> purgeAlarm;
};

SqliteJournal::Private::Private(SqliteJournal *journal, JournalFile::Where where, Clock &clock_, SecretStore &keychain_)
    : q(journal)
    , clock(clock_)
    , keychain(keychain_)
    , writer(std::make_unique<JournalWriter>(std::move(where), clock))
    , batches(*writer, [this](JournalWriter::Task task) { give(std::move(task), true); }, [this] { return asked(); })
    , checkedAlarm(clock.createAlarm())
    , againAlarm(clock.createAlarm())
    , backupAlarm(clock.createAlarm())
    , purgeAlarm(clock.createAlarm())
{
    JournalWriter *const w = writer.get();
    w->moveToThread(thread.get());
    thread->setObjectName(u"journal"_s);
    connect(w, &JournalWriter::opened, q, [this](const JournalStatus &file, const QString &keyId) { fetchKey(file, keyId); });
    connect(w, &JournalWriter::statusChanged, q, [this](const JournalStatus &now) { onStatus(now); });
    connect(w, &JournalWriter::told, q, [this](const QList<JournalWriter::Told> &answers) { onTold(answers); });
    connect(w, &JournalWriter::recordsChanged, q, [this](const QList<WorkRecord> &records) {
        const QPointer<SqliteJournal> alive(q);
        for (qsizetype at = 0; alive && at < records.size(); ++at)
            Q_EMIT alive->recordChanged(records.at(at));
    });
    connect(w, &JournalWriter::answered, q, [this](quint64 ticket, const std::shared_ptr<void> &outcome) {
        if (const auto then = waiting.take(ticket))
            then(outcome.get());
    });
    connect(w, &JournalWriter::paged, q, [this](quint64 ticket, const QList<WorkRecord> &records, bool last) {
        const Paging asker = last ? paging.take(ticket) : paging.value(ticket);
        if (asker.context)
            asker.page(records, last);
    });
    const auto onWriter = [w](const std::unique_ptr<Alarm> &alarm, void (JournalWriter::*work)()) {
        connect(alarm.get(), &Alarm::rang, w, work, Qt::QueuedConnection);
    };
    onWriter(checkedAlarm, &JournalWriter::writeChecked);
    onWriter(againAlarm, &JournalWriter::lookAgain);
    connect(againAlarm.get(), &Alarm::rang, q, [this] { againAlarm->start(kLookAgain); });
    connect(backupAlarm.get(), &Alarm::rang, q, [this] { backup(); });
    connect(purgeAlarm.get(), &Alarm::rang, q, [this] { purge(); });
    thread->start();
}

SqliteJournal::Private::~Private()
{
    handOver();
    QMetaObject::invokeMethod(
        writer.get(), [w = writer.get()] { w->finish(QDeadlineTimer(kDrain)); }, Qt::QueuedConnection);
    if (thread->wait(QDeadlineTimer(kDrainAndClose)))
        return;
    // It hangs in the disk. To end it would tear what it writes; the system lets go of all with the process.
    qCCritical(lcStore) << "journal: the disk does not answer; closed without waiting any longer";
    static_cast<void>(writer.release());
    static_cast<void>(thread.release());
}

template<typename T>
std::function<void(Outcome<T>)> SqliteJournal::Private::expect(QObject *context, Then<T> then)
{
    const quint64 ticket = ++lastTicket;
    waiting.insert(ticket, [context = QPointer<QObject>(context), then = std::move(then)](void *outcome) {
        if (context)
            then(std::move(*static_cast<Outcome<T> *>(outcome)));
    });
    return [w = writer.get(), ticket](Outcome<T> outcome) {
        Q_EMIT w->answered(ticket, std::make_shared<Outcome<T>>(std::move(outcome)));
    };
}

void SqliteJournal::Private::give(JournalWriter::Order order)
{
    if (!outbox) {
        outbox = std::make_shared<std::deque<JournalWriter::Order>>();
        QMetaObject::invokeMethod(
            q, [this] { handOver(); }, Qt::QueuedConnection);
    }
    outbox->push_back(std::move(order));
}

void SqliteJournal::Private::handOver()
{
    if (!outbox)
        return;
    QMetaObject::invokeMethod(
        writer.get(), [w = writer.get(), orders = std::exchange(outbox, {})] { w->take(orders); }, Qt::QueuedConnection);
}

void SqliteJournal::Private::fetchKey(const JournalStatus &file, const QString &keyId)
{
    keyIdInUse = keyId;
    if (file.state == JournalStatus::State::Closed) {
        opening = false;
        return;
    }
    const bool neverWritten = use == Use::Reading || (file.state == JournalStatus::State::ReadOnly && !mayBeMended(file));
    if (neverWritten && keyId.isEmpty()) {
        onKey(Failure::of(FailureKind::SecretMissing, u"nothing is sealed, and nothing will be"_s));
        return;
    }
    JournalKey::fetch(keychain, keyId, q, [this](Outcome<JournalKey::Found> found) { onKey(std::move(found)); });
}

void SqliteJournal::Private::onKey(Outcome<JournalKey::Found> found)
{
    opening = false;
    if (found.ok()) {
        useKey(found.value());
        return;
    }
    qCInfo(lcStore) << "journal: no key:" << found.failure().technical;
    QMetaObject::invokeMethod(writer.get(), &JournalWriter::goOnWithoutKey, Qt::QueuedConnection);
}

void SqliteJournal::Private::useKey(const JournalKey::Found &found)
{
    sealer = std::make_shared<const Sealer>(found.key);
    const bool kept = found.origin != JournalKey::Origin::SessionOnly;
    QMetaObject::invokeMethod(
        writer.get(), [w = writer.get(), key = sealer, kept, by = asked()] { w->useKey(key, kept, by.at, by.operatorName); },
        Qt::QueuedConnection);
}

void SqliteJournal::Private::onStatus(const JournalStatus &now)
{
    status = now;
    if (!mayBeMended(now))
        againAlarm->stop();
    else if (!againAlarm->isActive())
        againAlarm->start(kLookAgain);
    if (use == Use::Keeping && now.takesLines() && !std::exchange(tended, true)) {
        give(journalcare::finishForgetting(clock.nowUtc()), false);
        purge();
        backupAlarm->start(kFirstBackup);
    }
    Q_EMIT q->statusChanged(now);
}

void SqliteJournal::Private::onTold(const QList<JournalWriter::Told> &answers)
{
    const QPointer<SqliteJournal> alive(q);
    for (const JournalWriter::Told &answer : answers) {
        const Appended one = appended.take(answer.ticket);
        if (one.context)
            one.then(answer.failure ? Outcome<Done>(*answer.failure) : Outcome<Done>(Done {}));
        if (alive && !answer.failure)
            Q_EMIT q->committed(one.step);
        if (alive && !answer.failure)
            Q_EMIT q->recordChanged(answer.record);
        if (!alive)
            return;
    }
}

void SqliteJournal::Private::backup()
{
    give(journalcare::backupIfDue(), false);
    backupAlarm->start(kLookForBackup);
}

void SqliteJournal::Private::purge()
{
    give(journalcare::purge(retention, asked()), false);
    purgeAlarm->start(kPurge);
}

SqliteJournal::SqliteJournal(JournalFile::Where where, Clock &clock, SecretStore &keychain, QObject *parent)
    : Journal(parent)
    , d(std::make_unique<Private>(this, std::move(where), clock, keychain))
{
}

SqliteJournal::~SqliteJournal() = default;

void SqliteJournal::open(Use use)
{
    using State = JournalStatus::State;
    const bool keyIsMissing = d->status.reason == JournalStatus::Reason::KeyLocked;
    const bool isOpen = d->status.state == State::Ready || d->status.state == State::ReadOnly;
    if (d->opening || (isOpen && !keyIsMissing))
        return;
    d->opening = true;
    d->use = use;
    if (keyIsMissing)
        d->fetchKey({ State::Ready, {}, {} }, d->keyIdInUse);
    else
        QMetaObject::invokeMethod(
            d->writer.get(), [w = d->writer.get(), takes = use == Use::Keeping] { w->open(takes); }, Qt::QueuedConnection);
}

void SqliteJournal::startNewKey()
{
    if (d->status.reason != JournalStatus::Reason::KeyLocked || d->use == Use::Reading)
        return; // the key at hand opens what there is
    if (std::exchange(d->makingKey, true))
        return;
    JournalKey::makeNew(d->keychain, this, [this](Outcome<JournalKey::Found> found) {
        d->makingKey = false;
        if (found.ok())
            d->useKey(found.value());
        else
            qCWarning(lcStore) << "journal: no new key:" << found.failure().technical;
    });
}

void SqliteJournal::setRetention(const Retention &retention)
{
    d->retention = retention;
}

void SqliteJournal::backup(QObject *context, Then<Done> then)
{
    YOID_ENSURE(context && then, return);
    d->give(journalcare::backup(d->expect<Done>(context, std::move(then))), true);
}

JournalStatus SqliteJournal::status() const
{
    return d->status;
}

void SqliteJournal::setOperator(const QString &name)
{
    d->operatorName = name;
}

void SqliteJournal::append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then)
{
    YOID_ENSURE(context && then, return);
    const quint64 ticket = ++d->lastTicket;
    d->appended.insert(ticket, { context, std::move(then), step });
    d->give({ JournalWriter::Append { ticket, step, d->operatorName }, {}, true });
}

QString SqliteJournal::fingerprint(const QByteArray &canonical) const
{
    return d->sealer ? d->sealer->fingerprint(canonical) : QString();
}

void SqliteJournal::noteChecked(const QList<IntentId> &intents, const QDateTime &at)
{
    QMetaObject::invokeMethod(
        d->writer.get(), [w = d->writer.get(), intents, at] { w->noteChecked(intents, at); }, Qt::QueuedConnection);
    if (!d->checkedAlarm->isActive())
        d->checkedAlarm->start(kWriteChecked);
}

void SqliteJournal::readRecords(QObject *context, std::function<void(const QList<WorkRecord> &page, bool last)> page)
{
    YOID_ENSURE(context && page, return);
    const quint64 ticket = ++d->lastTicket;
    d->paging.insert(ticket, { context, std::move(page) });
    const auto give = [w = d->writer.get(), ticket](const QList<WorkRecord> &records, bool last) {
        Q_EMIT w->paged(ticket, records, last);
    };
    d->give(journalreader::records(give), false);
}

void SqliteJournal::readDetails(const IntentId &intent, QObject *context, Then<WorkDetails> then)
{
    YOID_ENSURE(context && then, return);
    d->give(journalreader::details(intent, d->expect<WorkDetails>(context, std::move(then))), false);
}

void SqliteJournal::readOpen(const QString &origin, QObject *context, Then<QList<WorkRecord>> then)
{
    YOID_ENSURE(context && then, return);
    d->give(journalreader::open(origin, d->expect<QList<WorkRecord>>(context, std::move(then))), false);
}

void SqliteJournal::readFirstPassword(const IntentId &intent, QObject *context, Then<Secret> then)
{
    YOID_ENSURE(context && then, return);
    d->give(journalreader::firstPassword(intent, d->expect<Secret>(context, std::move(then))), false);
}

void SqliteJournal::ownerOf(const QList<IssuanceId> &ids, QObject *context, Then<QHash<IssuanceId, IntentId>> then)
{
    YOID_ENSURE(context && then, return);
    d->give(journalreader::owners(ids, d->expect<QHash<IssuanceId, IntentId>>(context, std::move(then))), false);
}

BatchStore &SqliteJournal::batches()
{
    return d->batches;
}

void SqliteJournal::dropFirstPassword(const IntentId &intent)
{
    d->give(journalcare::dropFirstPassword(intent), true);
}

void SqliteJournal::forgetPerson(const QStringList &personKeys, QObject *context, Then<int> then)
{
    YOID_ENSURE(context && then, return);
    d->give(journalcare::forget(personKeys, d->asked(), d->expect<int>(context, std::move(then))), true);
}

void SqliteJournal::verifyChain(QObject *context, Then<ChainReport> then)
{
    YOID_ENSURE(context && then, return);
    d->give(journalcare::verify(d->expect<ChainReport>(context, std::move(then))), false);
}

void SqliteJournal::exportMonth(int year, int month, QObject *context, Then<QByteArray> then)
{
    YOID_ENSURE(context && then, return);
    d->give(journalreader::month(year, month, d->expect<QByteArray>(context, std::move(then))), false);
}

} // namespace yoid
