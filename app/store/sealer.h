// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/secret.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <memory>
#include <optional>

namespace yoid {

/// Seals personal data of the journal with a key from the keychain: XChaCha20-Poly1305 with a random nonce, bound to its place
/// by the associated data. Also makes the fingerprints and the seal over the chain's head; each use has its own derived key.
/// Immutable, so both threads may use it at once.
class Sealer final {
public:
    /// \param key 32 random bytes, from newKey()
    explicit Sealer(const Secret &key);
    ~Sealer();
    Sealer(const Sealer &) = delete;
    Sealer &operator=(const Sealer &) = delete;

    [[nodiscard]] static Secret newKey();
    /// Names the key without giving it away; kept in the journal beside what it has sealed.
    [[nodiscard]] QString keyId() const;

    [[nodiscard]] QByteArray seal(QByteArrayView plain, QByteArrayView place) const;
    /// Nothing when it was not sealed with this key for this place, or was changed.
    [[nodiscard]] std::optional<QByteArray> open(QByteArrayView sealed, QByteArrayView place) const;
    /// The same for a secret: the plain bytes are never in a buffer that is not wiped.
    [[nodiscard]] QByteArray sealSecret(const Secret &plain, QByteArrayView place) const;
    [[nodiscard]] std::optional<Secret> openSecret(QByteArrayView sealed, QByteArrayView place) const;
    /// HMAC-SHA-256, lower-case hex.
    [[nodiscard]] QString fingerprint(QByteArrayView canonical) const;
    [[nodiscard]] QByteArray headSeal(qint64 lines, QByteArrayView headHash) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
