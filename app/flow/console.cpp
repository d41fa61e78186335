// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/console.h"

#include "app/base/learnedsecrets.h"
#include "app/flow/journals.h"

#include <QtCore/QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Then = std::function<void(Outcome<Done>)>;

/// An answer for somebody who may be gone by then, always through the event loop.
void answerLater(QObject *context, const Then &then, const Outcome<Done> &outcome)
{
    if (context && then)
        QMetaObject::invokeMethod(context, [then, outcome] { then(outcome); }, Qt::QueuedConnection);
}

Failure missing(const QString &why)
{
    return Failure::of(FailureKind::SecretMissing, why);
}

} // namespace

class Console::Private {
public:
    Private(Console *console, const Parts &given)
        : q(console)
        , parts(given)
        , learned(given.redactor)
        , practice(given.transport)
        , journals(given.journal, given.clock)
        , localChecks(given.transport, given.clock, given.trust)
    {
    }

    /// Lets the old session go, entirely, before anything of a new one exists.
    void dropSession();
    void openSession(const Profile &profile);
    void endPractice();
    void recoverWhenReady();
    void giveSecret(Secret secret);
    void signInWith(Secret secret);
    void fetchSecret();
    [[nodiscard]] SecretStore &storeFor(KeepSecret where);

    Console *q;
    Parts parts;
    LearnedSecrets learned;
    Practice practice;
    SessionSecretStore sessionSecrets;
    Journals journals;
    LocalChecks localChecks;
    Session *session = nullptr;
    int batchWidth = 4;
    int opening = 0;                    ///< Answers that belong to an earlier opening are not used.
};

void Console::Private::dropSession()
{
    ++opening;
    if (!session)
        return;
    Session *const old = std::exchange(session, nullptr);
    localChecks.follow(nullptr);
    old->close();
    old->disconnect();
    old->deleteLater(); // we may be inside one of its signals
}

void Console::Private::openSession(const Profile &profile)
{
    dropSession();
    session = new Session(profile, parts.transport, parts.clock, journals.journal(), q);
    session->setLearnedSecrets(&learned);
    session->setRecords(&journals.records());
    session->setStaysAwake(parts.staysAwake);
    session->setBatchWidth(batchWidth);
    if (profile.environment != Environment::Practice)
        session->setCheckStore(parts.checks);
    localChecks.follow(session);
    const int now = opening;
    Q_EMIT q->sessionChanged(session);
    if (now == opening)
        recoverWhenReady();
}

void Console::Private::endPractice()
{
    practice.stop(); // nothing of practice stays loaded in real work
    journals.endPractice();
}

void Console::Private::recoverWhenReady()
{
    if (session && journals.journal().status().takesLines())
        session->recover();
}

void Console::Private::giveSecret(Secret secret)
{
    parts.redactor.watch(secret);
    if (session)
        session->setSecret(std::move(secret));
}

void Console::Private::signInWith(Secret secret)
{
    giveSecret(std::move(secret));
    if (session)
        session->renewToken(); // so that whoever opened the profile sees at once whether it works
}

SecretStore &Console::Private::storeFor(KeepSecret where)
{
    switch (where) {
    case KeepSecret::InKeychain:
        return parts.keychain;
    case KeepSecret::ThisSessionOnly:
        return sessionSecrets;
    }
    return sessionSecrets;
}

void Console::Private::fetchSecret()
{
    if (!session || session->profile().environment == Environment::Practice)
        return;
    const ProfileId id = session->profile().id;
    const int now = opening;
    sessionSecrets.read(id, q, [this, id, now](Outcome<Secret> kept) {
        if (now != opening)
            return;
        if (kept.ok()) {
            signInWith(std::move(kept).value());
            return;
        }
        const std::optional<StoredProfile> stored = parts.profiles.find(id);
        if (!stored || !stored->secretSaved) {
            session->secretUnavailable(missing(u"no secret was saved for this profile"_s));
            return;
        }
        parts.keychain.read(id, q, [this, now, stored](Outcome<Secret> secret) {
            if (now != opening)
                return; // another profile is open by now
            if (secret.ok()) {
                signInWith(std::move(secret).value());
                return;
            }
            // Missing may mean locked, or another keyring: nothing is deleted or written because of it (reliability 2.5).
            Failure failure = secret.failure();
            const QString backend = parts.keychain.backendName();
            if (!stored->keychainBackend.isEmpty() && backend != stored->keychainBackend)
                failure.technical += u" (saved in %1, now asked %2)"_s.arg(stored->keychainBackend, backend);
            session->secretUnavailable(failure);
        });
    });
}

Console::Console(const Parts &parts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, parts))
{
    connect(&d->journals, &Journals::replaced, this, &Console::recordsReplaced);
    connect(&d->journals, &Journals::statusChanged, this, [this](const JournalStatus &status) {
        Q_EMIT journalStatusChanged(status);
        d->recoverWhenReady();
    });
    connect(&parts.profiles, &ProfileStore::changed, this, &Console::profilesChanged);
    connect(&parts.keychain, &SecretStore::stillWaiting, this, &Console::keychainWaiting);
    connect(&parts.transport, &Transport::recorded, this, &Console::exchangeRecorded);
    connect(&d->practice, &Practice::lost, this, [this] {
        if (!d->session || d->session->profile().environment != Environment::Practice)
            return;
        closeProfile();
        Q_EMIT openFailed(Failure::of(FailureKind::ConnectionLost, u"the practice server ended"_s));
    });
}

Console::~Console()
{
    if (d->session)
        d->session->disconnect();
    d->session = nullptr;
    // Also those that were closed and wait for the event loop: they use what goes with us.
    qDeleteAll(findChildren<Session *>(QString(), Qt::FindDirectChildrenOnly));
}

Clock &Console::clock() const
{
    return d->parts.clock;
}

QList<StoredProfile> Console::profiles() const
{
    return d->parts.profiles.profiles();
}

Session *Console::session() const
{
    return d->session;
}

Practice &Console::practice() const
{
    return d->practice;
}

Journal &Console::journal() const
{
    return d->journals.journal();
}

RecordBook &Console::records() const
{
    return d->journals.records();
}

Batches &Console::batches() const
{
    return d->journals.batches();
}

LocalChecks &Console::localChecks() const
{
    return d->localChecks;
}

void Console::openPractice()
{
    const bool wasOpen = d->session != nullptr;
    d->dropSession();
    const int now = d->opening;
    if (wasOpen)
        Q_EMIT sessionChanged(nullptr);
    if (now != d->opening)
        return;
    d->journals.endPractice(); // an earlier practice; what it knew is not known to the next one
    d->practice.start(this, [this, now](const Outcome<Profile> &profile) {
        if (now != d->opening)
            return;
        if (!profile.ok()) {
            Q_EMIT openFailed(profile.failure());
            return;
        }
        d->journals.beginPractice();
        if (now != d->opening)
            return;
        d->openSession(*profile);
        d->giveSecret(d->practice.clientSecret()); // in memory only
    });
}

void Console::openProfile(const ProfileId &id)
{
    std::optional<StoredProfile> stored = d->parts.profiles.find(id);
    if (!stored) {
        Q_EMIT openFailed(Failure::of(FailureKind::StorageFailed, u"there is no such profile"_s));
        return;
    }
    if (!problemsOf(stored->profile).isEmpty()) {
        Q_EMIT openFailed(Failure::of(FailureKind::InvalidInput, u"the stored profile has a bad address"_s));
        return;
    }
    d->dropSession();
    d->endPractice();
    d->openSession(stored->profile);
    const int now = d->opening;
    stored->lastUsed = d->parts.clock.nowUtc();
    (void)d->parts.profiles.save(*stored); // only a convenience for the next start
    if (now == d->opening)
        d->fetchSecret();
}

void Console::addProfile(const Profile &profile, Secret secret, KeepSecret where, QObject *context, Then then)
{
    if (!problemsOf(profile).isEmpty() || secret.isEmpty()) {
        Failure failure = Failure::of(FailureKind::InvalidInput);
        if (secret.isEmpty())
            failure.fields = { u"clientSecret"_s };
        answerLater(context, then, failure);
        return;
    }
    d->parts.redactor.watch(secret);
    const auto kept = std::make_shared<Secret>(secret.clone());
    const int now = d->opening;
    SecretStore &store = d->storeFor(where);
    store.write(profile.id, std::move(secret), this, [=, this, &store, caller = QPointer<QObject>(context)](const Outcome<Done> &written) {
        if (!written.ok()) {
            answerLater(caller, then, written);
            return;
        }
        const bool inKeychain = where == KeepSecret::InKeychain;
        const StoredProfile stored { profile, inKeychain, inKeychain ? store.backendName() : QString(), d->parts.clock.nowUtc() };
        const Outcome<Done> saved = d->parts.profiles.save(stored);
        if (!saved.ok()) {
            // The secret just written belongs to nobody; a failure to remove it changes nothing for the caller.
            store.remove(profile.id, this, [](const Outcome<Done> &) {});
            answerLater(caller, then, saved);
            return;
        }
        if (now == d->opening) { // unless the user opened something else while the keychain was asking
            d->dropSession();
            d->endPractice();
            d->openSession(profile);
            d->giveSecret(std::move(*kept));
        }
        answerLater(caller, then, Done {});
    });
}

void Console::replaceSecret(Secret secret, KeepSecret where, QObject *context, Then then)
{
    const std::optional<StoredProfile> stored = d->session ? d->parts.profiles.find(d->session->profile().id) : std::nullopt;
    if (!stored || secret.isEmpty()) {
        Failure failure = Failure::of(FailureKind::InvalidInput);
        failure.fields = { u"clientSecret"_s };
        answerLater(context, then, failure);
        return;
    }
    d->parts.redactor.watch(secret);
    const auto kept = std::make_shared<Secret>(secret.clone());
    const int now = d->opening;
    SecretStore &store = d->storeFor(where);
    store.write(stored->profile.id, std::move(secret), this,
                [=, this, &store, caller = QPointer<QObject>(context)](const Outcome<Done> &written) {
                    if (!written.ok()) {
                        answerLater(caller, then, written);
                        return;
                    }
                    Outcome<Done> result = Done {};
                    if (where == KeepSecret::InKeychain) {
                        StoredProfile changed = d->parts.profiles.find(stored->profile.id).value_or(*stored);
                        changed.secretSaved = true;
                        changed.keychainBackend = store.backendName();
                        result = d->parts.profiles.save(changed);
                        // An older one kept for this session would otherwise be found first.
                        d->sessionSecrets.remove(changed.profile.id, this, [](const Outcome<Done> &) {});
                    }
                    if (now == d->opening)
                        d->giveSecret(std::move(*kept));
                    answerLater(caller, then, result);
                });
}

void Console::readSecretAgain()
{
    d->fetchSecret();
}

void Console::closeProfile()
{
    const bool wasOpen = d->session != nullptr;
    d->dropSession();
    const int now = d->opening;
    d->endPractice();
    if (wasOpen && now == d->opening)
        Q_EMIT sessionChanged(nullptr);
}

void Console::setBatchWidth(int most)
{
    d->batchWidth = most;
    if (d->session)
        d->session->setBatchWidth(most);
}

void Console::removeProfile(const ProfileId &id, QObject *context, Then then)
{
    const std::optional<StoredProfile> stored = d->parts.profiles.find(id);
    if (!stored) {
        answerLater(context, then, Failure::of(FailureKind::StorageFailed, u"there is no such profile"_s));
        return;
    }
    const auto removeEntry = [=, this, caller = QPointer<QObject>(context)] {
        d->sessionSecrets.remove(id, this, [](const Outcome<Done> &) {});
        if (d->session && d->session->profile().id == id)
            closeProfile();
        answerLater(caller, then, d->parts.profiles.remove(id));
    };
    if (!stored->secretSaved) {
        removeEntry();
        return;
    }
    d->parts.keychain.remove(id, this, [=, this, caller = QPointer<QObject>(context)](const Outcome<Done> &removed) {
        // A locked keychain may still hold the secret: the profile stays until it could be taken out.
        if (removed.ok() || removed.failure().kind == FailureKind::SecretMissing)
            removeEntry();
        else
            answerLater(caller, then, removed);
    });
}

} // namespace yoid
