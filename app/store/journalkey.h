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
class JournalKey final {
public:
    /// Where the key came from.
    enum class Origin { Kept, NewlyKept, SessionOnly };
    struct Found {
        Secret key;
        Origin origin = Origin::Kept;
    };

    /// \param keyIdInUse Sealer::keyId() of what is sealed already; empty: nothing is, so a key may be made
    /// SecretLocked when the keychain does not give the key that is in use. SessionOnly when there is no keychain at all and
    /// nothing was sealed with a kept key before.
    static void fetch(SecretStore &keychain, const QString &keyIdInUse, QObject *context, std::function<void(Outcome<Found>)> then);
    /// Writes a new key beside the old one, on the operator's word.
    static void makeNew(SecretStore &keychain, QObject *context, std::function<void(Outcome<Found>)> then);
};

} // namespace yoid
