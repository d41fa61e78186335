// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/keychainstore.h"

#include "app/store/answer.h"
#include "app/store/qtkeychainbackend.h"

#include <QtCore/QPointer>
#include <QtCore/QUuid>

#include <deque>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kNotice = 5s;
constexpr std::chrono::milliseconds kGiveUp = 60s;

using SecretAnswer = std::function<void(Outcome<Secret>)>;
using DoneAnswer = std::function<void(Outcome<Done>)>;

enum class Action { Read, Write, Remove };

struct Task {
    Action action = Action::Read;
    QString key;
    Secret value; ///< for writing
    QPointer<QObject> context;
    DoneAnswer done;
    SecretAnswer read;

    void fail(const Failure &failure)
    {
        if (!context)
            return;
        if (action == Action::Read)
            answerLater<Secret>(context, std::move(read), failure);
        else
            answerLater<Done>(context, std::move(done), failure);
    }
};

} // namespace

/// One task at a time, one call of the back end at a time. A call that never returns is given up but never ended.
class KeychainStore::Private final : public QObject {
public:
    Private(KeychainStore &store, Clock &clock, std::unique_ptr<KeychainBackend> keychain)
        : backend(std::move(keychain))
        , m_store(store)
        , m_notice(clock.createAlarm())
        , m_giveUp(clock.createAlarm())
    {
        connect(m_notice.get(), &Alarm::rang, &m_store, &SecretStore::stillWaiting);
        connect(m_giveUp.get(), &Alarm::rang, this, &Private::giveUp);
    }

    void read(const QString &key, QObject *context, SecretAnswer then)
    {
        submit({ .action = Action::Read, .key = key, .value = {}, .context = context, .done = {}, .read = std::move(then) });
    }
    void write(const QString &key, Secret secret, QObject *context, DoneAnswer then)
    {
        if (const auto problem = secretProblem(secret))
            return answerLater<Done>(context, std::move(then), *problem);
        submit({ .action = Action::Write, .key = key, .value = std::move(secret), .context = context, .done = std::move(then),
                 .read = {} });
    }
    void remove(const QString &key, QObject *context, DoneAnswer then)
    {
        submit({ .action = Action::Remove, .key = key, .value = {}, .context = context, .done = std::move(then), .read = {} });
    }

    const std::unique_ptr<KeychainBackend> backend;

private:
    void submit(Task task)
    {
        if (task.key.isEmpty()) {
            task.fail(Failure::of(FailureKind::InvalidInput, u"an id that is no UUID"_s));
            return;
        }
        if (m_wedged) {
            task.fail(Failure::of(FailureKind::KeychainWedged));
            return;
        }
        m_waiting.push_back(std::move(task));
        startSoon();
    }

    /// Through the event loop, because a caller must never stand still with the keychain.
    void startSoon() { QMetaObject::invokeMethod(this, [this] { start(); }, Qt::QueuedConnection); }

    void start()
    {
        if (m_current || m_waiting.empty())
            return;
        m_current = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (m_current->action == Action::Read && !m_current->context)
            return end(); // nobody waits for it any more; wishes to write and remove are carried out all the same
        if (const auto obstacle = backend->obstacle())
            return fail(*obstacle);
        switch (m_current->action) {
        case Action::Read:
            return callRead([this](Outcome<Secret> found) { haveRead(std::move(found)); });
        case Action::Write:
            return callWrite();
        case Action::Remove:
            return callRemove();
        }
    }

    void haveRead(Outcome<Secret> found)
    {
        if (!found)
            return fail(found.failure());
        if (m_current->context)
            answerLater<Secret>(m_current->context, std::move(m_current->read), std::move(found));
        end();
    }

    void callWrite()
    {
        const quint64 call = begin();
        backend->write(m_current->key, m_current->value, this, [this, call](const Outcome<Done> &written) {
            if (!returned(call))
                return;
            if (!written)
                return fail(written.failure());
            callRead([this](Outcome<Secret> found) { haveReadBack(std::move(found)); });
        });
    }

    void haveReadBack(Outcome<Secret> found)
    {
        if (!found && found.failure().kind != FailureKind::SecretMissing)
            return fail(found.failure());
        if (!found || !found->equals(m_current->value))
            return fail(Failure::of(FailureKind::KeychainUnavailable, u"the keychain did not keep what was written"_s));
        succeed();
    }

    void callRemove()
    {
        callRead([this](Outcome<Secret> found) {
            if (!found)
                return fail(found.failure());
            const quint64 call = begin();
            backend->remove(m_current->key, this, [this, call](const Outcome<Done> &removed) {
                if (!returned(call))
                    return;
                if (!removed)
                    return fail(removed.failure());
                callRead([this](Outcome<Secret> left) { haveLookedAfterRemoving(std::move(left)); });
            });
        });
    }

    void haveLookedAfterRemoving(Outcome<Secret> left)
    {
        if (left)
            return fail(Failure::of(FailureKind::KeychainUnavailable, u"the keychain did not remove the entry"_s));
        if (left.failure().kind != FailureKind::SecretMissing)
            return fail(left.failure());
        succeed();
    }

    void callRead(SecretAnswer then)
    {
        const quint64 call = begin();
        backend->read(m_current->key, this, [this, call, then = std::move(then)](Outcome<Secret> found) {
            if (!returned(call))
                return;
            if (found && found->isEmpty()) // a foreign entry under our name: never ours, we write none that is empty
                then(Failure::of(FailureKind::SecretMissing, u"the entry is empty"_s));
            else
                then(std::move(found));
        });
    }

    quint64 begin()
    {
        m_notice->start(kNotice);
        m_giveUp->start(kGiveUp);
        return ++m_call;
    }

    /// True when this is the answer that is being waited for.
    bool returned(quint64 call)
    {
        YOID_ENSURE(call == m_call, return false);
        if (std::exchange(m_wedged, false))
            return false; // given up long ago; the keychain works again
        YOID_ENSURE(m_current, return false);
        m_notice->stop();
        m_giveUp->stop();
        return true;
    }

    void giveUp()
    {
        YOID_ENSURE(m_current && !m_wedged, return);
        m_notice->stop();
        m_wedged = true;
        const Failure wedged = Failure::of(FailureKind::KeychainWedged, u"a keychain job has not come back in 60 s"_s);
        std::exchange(m_current, std::nullopt)->fail(wedged);
        for (Task &task : std::exchange(m_waiting, {}))
            task.fail(wedged);
    }

    void succeed()
    {
        if (m_current->context)
            answerLater<Done>(m_current->context, std::move(m_current->done), Done {});
        end();
    }
    void fail(const Failure &failure)
    {
        m_current->fail(failure);
        end();
    }
    void end()
    {
        m_current.reset();
        startSoon();
    }

    KeychainStore &m_store;
    std::unique_ptr<Alarm> m_notice;
    std::unique_ptr<Alarm> m_giveUp;
    std::deque<Task> m_waiting;
    std::optional<Task> m_current;
    quint64 m_call = 0;
    bool m_wedged = false;
};

/// One purpose's entries. All drawers of a store share its queue, because QtKeychain runs one job at a time.
class KeychainStore::Drawer final : public SecretStore {
public:
    Drawer(KeychainStore &store, Purpose purpose)
        : m_store(store)
        , m_purpose(purpose)
    {
        connect(&store, &SecretStore::stillWaiting, this, &SecretStore::stillWaiting);
    }

    void read(const ProfileId &id, QObject *context, std::function<void(Outcome<Secret>)> then) override
    {
        m_store.d->read(keyFor(id, m_purpose), context, std::move(then));
    }
    void write(const ProfileId &id, Secret secret, QObject *context, std::function<void(Outcome<Done>)> then) override
    {
        m_store.d->write(keyFor(id, m_purpose), std::move(secret), context, std::move(then));
    }
    void remove(const ProfileId &id, QObject *context, std::function<void(Outcome<Done>)> then) override
    {
        m_store.d->remove(keyFor(id, m_purpose), context, std::move(then));
    }
    [[nodiscard]] QString backendName() const override { return m_store.backendName(); }

private:
    KeychainStore &m_store;
    const Purpose m_purpose;
};

KeychainStore::KeychainStore(Clock &clock, QObject *parent)
    : KeychainStore(clock, std::make_unique<QtKeychainBackend>(), parent)
{
}

KeychainStore::KeychainStore(Clock &clock, std::unique_ptr<KeychainBackend> backend, QObject *parent)
    : SecretStore(parent)
    , d(std::make_unique<Private>(*this, clock, std::move(backend)))
    , m_journalKeys(std::make_unique<Drawer>(*this, Purpose::JournalKey))
{
}

KeychainStore::~KeychainStore() = default;

void KeychainStore::read(const ProfileId &profile, QObject *context, std::function<void(Outcome<Secret>)> then)
{
    d->read(keyFor(profile), context, std::move(then));
}

void KeychainStore::write(const ProfileId &profile, Secret secret, QObject *context,
                          std::function<void(Outcome<Done>)> then)
{
    d->write(keyFor(profile), std::move(secret), context, std::move(then));
}

void KeychainStore::remove(const ProfileId &profile, QObject *context, std::function<void(Outcome<Done>)> then)
{
    d->remove(keyFor(profile), context, std::move(then));
}

SecretStore &KeychainStore::journalKeys()
{
    return *m_journalKeys;
}

QString KeychainStore::backendName() const
{
    return d->backend->name();
}

QString KeychainStore::keyFor(const ProfileId &id, Purpose purpose)
{
    const QUuid uuid = QUuid::fromString(id.text);
    if (uuid.isNull())
        return {};
    const auto name = [purpose] {
        switch (purpose) {
        case Purpose::ClientSecret:
            return "client-secret"_L1;
        case Purpose::JournalKey:
            return "journal-key"_L1;
        }
        return ""_L1;
    };
    return u"world.yoma.YoIDConsole/%1/%2/v1"_s.arg(uuid.toString(QUuid::WithoutBraces), name());
}

} // namespace yoid
