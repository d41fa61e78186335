// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalkey.h"

#include "app/store/answer.h"
#include "app/store/sealer.h"
#include "app/store/secretstore.h"

#include <QtCore/QUuid>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Answer = std::function<void(Outcome<JournalKey::Found>)>;

constexpr qsizetype kKeyBytes = 32;

ProfileId entryOf(const QString &keyId)
{
    return { JournalKey::entryId(keyId) };
}

Failure locked(const Failure &because)
{
    return Failure::of(FailureKind::SecretLocked, u"the journal's key: "_s + failureName(because.kind) + ' '_L1 + because.technical);
}

/// The bytes where they are: a copy would not be wiped.
QByteArray uncopied(const Secret &secret)
{
    return QByteArray::fromRawData(secret.view().data(), secret.size());
}

/// The key that stands in an entry, if it is the one with that id.
std::optional<Secret> keyIn(const Secret &entry, const QString &keyId)
{
    auto decoded = QByteArray::fromBase64Encoding(uncopied(entry), QByteArray::AbortOnBase64DecodingErrors);
    Secret key(std::move(decoded.decoded));
    if (key.size() != kKeyBytes || Sealer(key).keyId() != keyId)
        return std::nullopt;
    return key;
}

} // namespace

void JournalKey::fetch(SecretStore &keychain, const QString &keyIdInUse, QObject *context, Answer then)
{
    if (keyIdInUse.isEmpty())
        return makeNew(keychain, context, std::move(then));
    keychain.read(entryOf(keyIdInUse), context, [keyIdInUse, then = std::move(then)](Outcome<Secret> entry) {
        if (!entry) {
            // "Not found" is what a locked keyring says too, so neither it nor "no keychain" is taken for "there is none".
            const bool wedged = entry.failure().kind == FailureKind::KeychainWedged;
            return then(wedged ? entry.failure() : locked(entry.failure()));
        }
        auto key = keyIn(*entry, keyIdInUse);
        if (!key)
            return then(Failure::of(FailureKind::SecretLocked, u"the journal's key: its entry holds something else"_s));
        then(Found { std::move(*key), Origin::Kept });
    });
}

void JournalKey::makeNew(SecretStore &keychain, QObject *context, Answer then)
{
    Secret key = Sealer::newKey();
    const QString keyId = Sealer(key).keyId();
    Secret text(uncopied(key).toBase64());
    // Shared, because an answer must be copyable and a Secret is not.
    auto kept = std::make_shared<Secret>(std::move(key));
    // Done means that it was read back and is the same: a keychain that forgets is told from one that keeps.
    keychain.write(entryOf(keyId), std::move(text), context, [kept, then = std::move(then)](const Outcome<Done> &written) {
        if (written)
            return then(Found { std::move(*kept), Origin::NewlyKept });
        switch (written.failure().kind) {
        case FailureKind::KeychainUnavailable:
            return then(Found { std::move(*kept), Origin::SessionOnly });
        case FailureKind::KeychainWedged:
            return then(written.failure());
        default:
            return then(locked(written.failure()));
        }
    });
}

QString JournalKey::entryId(const QString &keyId)
{
    // Any fixed name space does; this one is ours.
    constexpr QUuid space(0x7c1f0c52, 0x93a4, 0x4e0b, 0x8d, 0x35, 0x1b, 0x60, 0x2f, 0xe4, 0xa9, 0x71);
    return QUuid::createUuidV5(space, keyId).toString(QUuid::WithoutBraces);
}

} // namespace yoid
