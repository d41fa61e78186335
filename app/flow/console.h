// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/redactor.h"
#include "app/flow/batches.h"
#include "app/flow/localchecks.h"
#include "app/flow/practice.h"
#include "app/flow/session.h"
#include "app/store/profilestore.h"
#include "app/store/secretstore.h"

#include <memory>

namespace yoid {

class CheckStore;

/// Where a new profile's secret is to be kept.
enum class KeepSecret { InKeychain, ThisSessionOnly };

/// Everything below the windows, put together once in main.cpp: profiles, the open session, practice. The windows talk
/// to this and to the Session it opens, and to nothing below.
class Console final : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Clock &clock;
        Transport &transport;
        Redactor &redactor;
        ProfileStore &profiles;
        SecretStore &keychain;
        Journal &journal;
        StaysAwake *staysAwake = nullptr;   ///< Asked to while a batch runs; null: nobody is.
        LocalChecks::Places trust {};       ///< Where those trusted at this computer are kept.
        CheckStore *checks = nullptr;       ///< Remembers the checks; null: nobody does. Not used while practising.
    };
    explicit Console(const Parts &parts, QObject *parent = nullptr);
    ~Console() override;

    [[nodiscard]] Clock &clock() const;
    [[nodiscard]] QList<StoredProfile> profiles() const;
    /// The open session, or null.
    [[nodiscard]] Session *session() const;
    [[nodiscard]] Practice &practice() const;
    /// The journal in force: the durable one, or while practising one that lives as long as the practice.
    [[nodiscard]] Journal &journal() const;
    /// The records of journal(). Another one after recordsReplaced().
    [[nodiscard]] RecordBook &records() const;
    /// The batches beside them. Another one after recordsReplaced().
    [[nodiscard]] Batches &batches() const;
    /// For credentials checked on this computer; works without a session as well.
    [[nodiscard]] LocalChecks &localChecks() const;

    /// Starts the practice server and opens its profile.
    void openPractice();
    /// Opens a stored profile; its secret is fetched from the keychain meanwhile.
    void openProfile(const ProfileId &id);
    /// Saves the secret (write, read back, compare), then the profile, then opens it. Nothing is saved when the secret could
    /// not be.
    void addProfile(const Profile &profile, Secret secret, KeepSecret where, QObject *context,
                    std::function<void(Outcome<Done>)> then);
    /// A new secret for the open profile, e.g. after rotation.
    void replaceSecret(Secret secret, KeepSecret where, QObject *context, std::function<void(Outcome<Done>)> then);
    /// Asks the keychain again, e.g. after the user unlocked it.
    void readSecretAgain();
    void closeProfile();
    /// Session::setBatchWidth() of this and every later session.
    void setBatchWidth(int most);
    void removeProfile(const ProfileId &id, QObject *context, std::function<void(Outcome<Done>)> then);

Q_SIGNALS:
    void profilesChanged();
    /// Another session is open, or none (null). The old one is gone.
    void sessionChanged(yoid::Session *session);
    void openFailed(const yoid::Failure &failure);
    /// records() and journal() are others now: practice began or ended. The old ones are gone.
    void recordsReplaced();
    void journalStatusChanged(const yoid::JournalStatus &status);
    /// The keychain has been silent for 5 s.
    void keychainWaiting();
    void exchangeRecorded(const yoid::ExchangeRecord &record);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
