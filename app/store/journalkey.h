// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/base/secret.h"

#include <QtCore/QObject>

#include <functional>

namespace yoid {

class SecretStore;

/// The journal's sealing key in the keychain: fetched, made when there never was one, never written over.
///
/// Each key has an entry of its own, named after the key's own id: a new key can never take the place of an old one, two
/// consoles that make a key at once cannot meet, a key lost sight of for a while (another keyring, a locked one) is found
/// again, and a data folder that was moved finds its key. So the journal must keep the id of its key, in clear, with the
/// first line it takes (the fingerprints in the lines need that very key too), and give it as `keyIdInUse` from then on.
/// The `keychain` is KeychainStore::journalKeys(); an entry holds the key as Base64 text.
class JournalKey final {
public:
    /// Where the key came from.
    enum class Origin { Kept, NewlyKept, SessionOnly };
    struct Found {
        Secret key;
        Origin origin = Origin::Kept;
    };

    /// \param keyIdInUse Sealer::keyId() of what is sealed already; empty: nothing is, so a key may be made. The id of a
    ///        SessionOnly key is never in use later: nobody has it any more.
    /// SecretLocked when the keychain does not give the key that is in use (locked, missing, not there at all), and when it
    /// refuses to take a new one. SessionOnly when there is no keychain at all and nothing was sealed with a kept key before.
    /// KeychainWedged when a keychain job hangs; asking again later is right.
    static void fetch(SecretStore &keychain, const QString &keyIdInUse, QObject *context, std::function<void(Outcome<Found>)> then);
    /// Writes a new key beside the old one, on the operator's word. SessionOnly when there is no keychain at all.
    static void makeNew(SecretStore &keychain, QObject *context, std::function<void(Outcome<Found>)> then);

    /// The id under which the keychain keeps the key with this Sealer::keyId(); a UUID.
    [[nodiscard]] static QString entryId(const QString &keyId);
};

} // namespace yoid
