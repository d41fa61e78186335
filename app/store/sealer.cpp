// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/sealer.h"

#include "app/base/softassert.h"

#include <QtCore/QtEndian>

#include <sodium.h>

#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

/// Eight bytes that keep these subkeys apart from whatever else might ever be derived from the same key.
constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "YoIDjrnl";
/// Numbers of the subkeys. Stable: what is sealed and fingerprinted depends on them.
enum class Use : quint64 { Seal = 1, Fingerprint = 2, Head = 3, KeyId = 4 };

using Subkey = std::array<unsigned char, 32>;
static_assert(Subkey().size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(Subkey().size() == crypto_auth_hmacsha256_KEYBYTES);

const unsigned char *bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

unsigned char *bytesOf(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

quint64 sizeOf(QByteArrayView view)
{
    return static_cast<quint64>(view.size());
}

QString hex(const unsigned char *bytes, size_t size)
{
    return QString::fromLatin1(QByteArrayView(bytes, static_cast<qsizetype>(size)).toByteArray().toHex());
}

/// Before any other call of the library. It fails only where the system has no randomness, and then nothing can be kept secret.
void makeReady()
{
    static const bool ready = sodium_init() >= 0;
    if (!ready)
        qFatal("libsodium could not be initialised");
}

} // namespace

class Sealer::Private final {
public:
    explicit Private(const Secret &key)
    {
        makeReady();
        YOID_ENSURE(key.size() == crypto_kdf_KEYBYTES, useNoKeyAtAll(); return);
        derive(Use::Seal, seal, bytesOf(key.view()));
        derive(Use::Fingerprint, fingerprint, bytesOf(key.view()));
        derive(Use::Head, head, bytesOf(key.view()));
        std::array<unsigned char, 16> name {};
        crypto_kdf_derive_from_key(name.data(), name.size(), static_cast<quint64>(Use::KeyId), kContext, bytesOf(key.view()));
        keyId = hex(name.data(), name.size());
    }
    ~Private()
    {
        for (Subkey *const subkey : { &seal, &fingerprint, &head })
            sodium_memzero(subkey->data(), subkey->size());
    }
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    /// Decrypts into `plain`, which has the right size already and is left as it was when the seal does not hold.
    [[nodiscard]] bool decrypt(QByteArray &plain, QByteArrayView sealed, QByteArrayView place) const
    {
        const QByteArrayView nonce = sealed.first(kNonce);
        const QByteArrayView rest = sealed.sliced(kNonce);
        return crypto_aead_xchacha20poly1305_ietf_decrypt(bytesOf(plain), nullptr, nullptr, bytesOf(rest), sizeOf(rest),
                                                          bytesOf(place), sizeOf(place), bytesOf(nonce), seal.data())
            == 0;
    }

    Subkey seal {};
    Subkey fingerprint {};
    Subkey head {};
    QString keyId;

private:
    static void derive(Use use, Subkey &into, const unsigned char *key)
    {
        crypto_kdf_derive_from_key(into.data(), into.size(), static_cast<quint64>(use), kContext, key);
    }
    /// A bug of ours must not seal with zeros, which anybody could open.
    void useNoKeyAtAll()
    {
        for (Subkey *const subkey : { &seal, &fingerprint, &head })
            randombytes_buf(subkey->data(), subkey->size());
    }
};

Sealer::Sealer(const Secret &key)
    : d(std::make_unique<Private>(key))
{
}

Sealer::~Sealer() = default;

Secret Sealer::newKey()
{
    makeReady();
    QByteArray key(crypto_kdf_KEYBYTES, Qt::Uninitialized);
    crypto_kdf_keygen(bytesOf(key));
    return Secret(std::move(key));
}

QString Sealer::keyId() const
{
    return d->keyId;
}

QByteArray Sealer::seal(QByteArrayView plain, QByteArrayView place) const
{
    QByteArray sealed(kNonce + plain.size() + kTag, Qt::Uninitialized);
    unsigned char *const nonce = bytesOf(sealed);
    randombytes_buf(nonce, static_cast<size_t>(kNonce));
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonce, nullptr, bytesOf(plain), sizeOf(plain), bytesOf(place),
                                               sizeOf(place), nullptr, nonce, d->seal.data());
    return sealed;
}

std::optional<QByteArray> Sealer::open(QByteArrayView sealed, QByteArrayView place) const
{
    if (sealed.size() < kNonce + kTag)
        return std::nullopt;
    QByteArray plain(sealed.size() - kNonce - kTag, Qt::Uninitialized);
    if (!d->decrypt(plain, sealed, place))
        return std::nullopt;
    return plain;
}

QByteArray Sealer::sealSecret(const Secret &plain, QByteArrayView place) const
{
    return seal(plain.view(), place);
}

std::optional<Secret> Sealer::openSecret(QByteArrayView sealed, QByteArrayView place) const
{
    auto plain = open(sealed, place);
    if (!plain)
        return std::nullopt;
    return Secret(std::move(*plain)); // the one buffer, handed over and wiped by its new owner
}

QString Sealer::fingerprint(QByteArrayView canonical) const
{
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac {};
    crypto_auth_hmacsha256(mac.data(), bytesOf(canonical), sizeOf(canonical), d->fingerprint.data());
    return hex(mac.data(), mac.size());
}

QByteArray Sealer::headSeal(qint64 lines, QByteArrayView headHash) const
{
    // The number has a fixed width, so that no other number and hash give the same bytes.
    QByteArray head(sizeof(lines), Qt::Uninitialized);
    qToBigEndian(lines, head.data());
    head.append(headHash);
    QByteArray mac(crypto_auth_hmacsha256_BYTES, Qt::Uninitialized);
    crypto_auth_hmacsha256(bytesOf(mac), bytesOf(head), sizeOf(head), d->head.data());
    return mac;
}

} // namespace yoid
