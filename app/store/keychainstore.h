// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/store/keychainbackend.h"
#include "app/store/secretstore.h"

#include <memory>

namespace yoid {

/// The operating system's keychain through QtKeychain, behind the broker of reliability 2.5: one job at a time, a notice
/// after 5 s, giving up after 60 s while the job is left alive (then everything answers KeychainWedged), no fallback to a
/// file, and "not found" never taken for "delete it".
///
/// Making one touches nothing; the first call does, from the event loop, because QtKeychain may stand still for a moment
/// then. A job that comes back after the giving up ends the KeychainWedged state. Removing reads before and after: a
/// locked keyring calls every entry "not found" and would let a deletion pass that deleted nothing.
class KeychainStore final : public SecretStore {
    Q_OBJECT

public:
    explicit KeychainStore(Clock &clock, QObject *parent = nullptr);
    /// With another keychain than the operating system's.
    KeychainStore(Clock &clock, std::unique_ptr<KeychainBackend> backend, QObject *parent = nullptr);
    ~KeychainStore() override;

    void read(const ProfileId &profile, QObject *context, std::function<void(Outcome<Secret>)> then) override;
    void write(const ProfileId &profile, Secret secret, QObject *context, std::function<void(Outcome<Done>)> then) override;
    void remove(const ProfileId &profile, QObject *context, std::function<void(Outcome<Done>)> then) override;
    [[nodiscard]] QString backendName() const override;

    /// The same keychain and the same queue, but for the journal's sealing keys (JournalKey), whose entries have names of
    /// their own. Lives as long as this store.
    [[nodiscard]] SecretStore &journalKeys();

    /// What an entry is for; part of its name.
    enum class Purpose { ClientSecret, JournalKey };
    /// The entry's name: `world.yoma.YoIDConsole/<uuid>/client-secret/v1` or `…/journal-key/v1`. Unique without a service
    /// name, which Windows ignores. Empty for an id that is no UUID.
    [[nodiscard]] static QString keyFor(const ProfileId &id, Purpose purpose = Purpose::ClientSecret);

private:
    class Private;
    class Drawer;
    std::unique_ptr<Private> d;
    std::unique_ptr<Drawer> m_journalKeys;
};

} // namespace yoid
