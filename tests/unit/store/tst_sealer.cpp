// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/sealer.h"

#include <QtCore/QMessageAuthenticationCode>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <sodium.h>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

QByteArray counting(int from, int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes.append(static_cast<char>(from + i));
    return bytes;
}

/// The key all stored values of these tests were made with: 00 01 … 1f.
Secret plainKey()
{
    return Secret(counting(0, 32));
}

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// A subkey as crypto_kdf is documented (doc.libsodium.org, "Key derivation"): BLAKE2b without a message, the key as its
/// key, the number as its salt and the context as its personal string. Not the call that the product makes.
QByteArray subkey(quint64 number, size_t size)
{
    const QByteArray key = counting(0, 32);
    QByteArray salt(16, '\0');
    for (qsizetype i = 0; i < 8; ++i)
        salt[i] = static_cast<char>(number >> (8 * i));
    const QByteArray personal = QByteArray("YoIDjrnl") + QByteArray(8, '\0');
    QByteArray out(static_cast<qsizetype>(size), '\0');
    const int done = crypto_generichash_blake2b_salt_personal(reinterpret_cast<unsigned char *>(out.data()), size, nullptr, 0,
                                                              raw(key), 32, raw(salt), raw(personal));
    return done == 0 ? out : QByteArray();
}

} // namespace

class TestSealer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(sodium_init() >= 0); }
    void theCipherIsTheOneOfTheDraft();
    void opensWhatAnEarlierVersionSealed();
    void namesAreForEver();
    void eachUseHasItsOwnKey();
    void sealsAndOpens_data();
    void sealsAndOpens();
    void theSameIsNeverSealedAlike();
    void aChangedByteDoesNotOpen();
    void anythingShorterOrLongerDoesNotOpen();
    void opensOnlyInItsPlace();
    void opensOnlyWithItsKey();
    void secretsAreSealedToo();
    void headSealTellsLinesAndHashesApart();
    void newKeysAreNew();
};

void TestSealer::theCipherIsTheOneOfTheDraft()
{
    // draft-irtf-cfrg-xchacha-03, A.3.1
    const QByteArray plain = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
                             "sunscreen would be it.";
    const QByteArray data = QByteArray::fromHex("50515253c0c1c2c3c4c5c6c7");
    const QByteArray key = counting(0x80, 32);
    const QByteArray nonce = counting(0x40, 24);
    QByteArray sealed(plain.size() + 16, '\0');
    QCOMPARE(crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char *>(sealed.data()), nullptr, raw(plain),
                                                        static_cast<quint64>(plain.size()), raw(data),
                                                        static_cast<quint64>(data.size()), nullptr, raw(nonce), raw(key)),
             0);
    QCOMPARE(sealed.toHex(),
             "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b7"
             "2e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e"
             "c0875924c1c7987947deafd8780acf49"_ba);
}

void TestSealer::opensWhatAnEarlierVersionSealed()
{
    // Made by another implementation (HChaCha20 by hand, then ChaCha20-Poly1305 of OpenSSL) with subkey 1.
    const QByteArray stored = QByteArray::fromHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7f45b3bd78e17fcb40792dfc7d3eeb21559eae7e47265a673c79d955175c82e945d0fea5b894667f43b");
    const Sealer sealer(plainKey());
    QCOMPARE(sealer.open(stored, "step/7"), R"({"name":"Thandi Müller"})"_ba);
}

void TestSealer::namesAreForEver()
{
    // Computed with Python's hashlib and hmac: what stands in a journal must be found again by every later version.
    const Sealer sealer(plainKey());
    QCOMPARE(sealer.keyId(), u"fc37d12d41a741f7db996fe921fddb03"_s);
    QCOMPARE(sealer.fingerprint("email:thandi@example.org"),
             u"5ee18199da7a1902919286bb3a1c68ce482ecdda56e53314bb00df11264f118d"_s);
    QCOMPARE(sealer.fingerprint({}), u"f0723ff09a995acb7178b1f7a475d4dd9d4e8821e5bbb190aa3a5b0e57e887b2"_s);
    QCOMPARE(sealer.headSeal(7, QByteArray::fromHex("9f2e6d33a3717ee826353a404ba4618d1aeeb6879ad7936bce8ed5f46814924d")).toHex(),
             "055e973335c7af59dd1d08d7964cefe2f66369593f2dc33aa8edb0482ab747e2"_ba);
}

void TestSealer::eachUseHasItsOwnKey()
{
    const Sealer sealer(plainKey());
    QCOMPARE(sealer.keyId().toLatin1(), subkey(4, 16).toHex());
    const QByteArray text = "x";
    QCOMPARE(sealer.fingerprint(text).toLatin1(),
             QMessageAuthenticationCode::hash(text, subkey(2, 32), QCryptographicHash::Sha256).toHex());
    QCOMPARE(sealer.headSeal(0x0102, text),
             QMessageAuthenticationCode::hash("\0\0\0\0\0\0\1\2x"_ba, subkey(3, 32), QCryptographicHash::Sha256));

    const QByteArray sealed = sealer.seal("plain", "place");
    const QByteArray key = subkey(1, 32);
    QByteArray opened(5, '\0');
    QCOMPARE(crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char *>(opened.data()), nullptr, nullptr,
                                                        raw(sealed) + 24, static_cast<quint64>(sealed.size() - 24),
                                                        reinterpret_cast<const unsigned char *>("place"), 5, raw(sealed),
                                                        raw(key)),
             0);
    QCOMPARE(opened, "plain"_ba);
}

void TestSealer::sealsAndOpens_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("one byte") << QByteArray("a");
    QTest::newRow("NULs") << QByteArray(7, '\0');
    QTest::newRow("every byte") << counting(0, 256);
    QTest::newRow("1 MiB") << counting(0, 256).repeated(4096);
}

void TestSealer::sealsAndOpens()
{
    QFETCH(QByteArray, plain);
    const Sealer sealer(plainKey());
    for (const QByteArray &place : { QByteArray(), QByteArray("step/1"), QByteArray(10'000, 'p') }) {
        const QByteArray sealed = sealer.seal(plain, place);
        QCOMPARE(sealed.size(), plain.size() + 24 + 16);
        QVERIFY(plain.size() < 4 || !sealed.contains(plain));
        const auto opened = sealer.open(sealed, place);
        QVERIFY(opened.has_value());
        QCOMPARE(*opened, plain);
    }
}

void TestSealer::theSameIsNeverSealedAlike()
{
    const Sealer sealer(plainKey());
    QSet<QByteArray> nonces;
    for (int i = 0; i < 1000; ++i)
        nonces.insert(sealer.seal("the same", "place").first(24));
    QCOMPARE(nonces.size(), 1000);
}

void TestSealer::aChangedByteDoesNotOpen()
{
    const Sealer sealer(plainKey());
    const QByteArray sealed = sealer.seal("Thandi", "step/1");
    for (qsizetype at = 0; at < sealed.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = sealed;
            changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
            QVERIFY2(!sealer.open(changed, "step/1"), qPrintable(u"byte %1 bit %2"_s.arg(at).arg(bit)));
        }
    }
    QVERIFY(sealer.open(sealed, "step/1").has_value());
}

void TestSealer::anythingShorterOrLongerDoesNotOpen()
{
    const Sealer sealer(plainKey());
    const QByteArray sealed = sealer.seal("Thandi", "step/1");
    for (qsizetype size = 0; size < sealed.size(); ++size) {
        QVERIFY(!sealer.open(sealed.first(size), "step/1"));
        QVERIFY(!sealer.open(sealed.last(size), "step/1"));
    }
    QVERIFY(!sealer.open(QByteArray(sealed + '\0'), "step/1"));
    QVERIFY(!sealer.open(QByteArray(sealed + sealed), "step/1"));
}

void TestSealer::opensOnlyInItsPlace()
{
    const Sealer sealer(plainKey());
    const QByteArray sealed = sealer.seal("Thandi", "step/1");
    for (const QByteArray &place : { "step/2"_ba, "step/"_ba, "step/11"_ba, "STEP/1"_ba, ""_ba })
        QVERIFY2(!sealer.open(sealed, place), place.constData());
}

void TestSealer::opensOnlyWithItsKey()
{
    const QByteArray sealed = Sealer(plainKey()).seal("Thandi", "step/1");
    for (qsizetype at = 0; at < 32; ++at) {
        QByteArray key = counting(0, 32);
        key[at] = static_cast<char>(key[at] ^ 1);
        const Sealer other { Secret(std::move(key)) };
        QVERIFY(!other.open(sealed, "step/1"));
        QVERIFY(other.keyId() != Sealer(plainKey()).keyId());
        QVERIFY(other.fingerprint("x") != Sealer(plainKey()).fingerprint("x"));
    }
    QVERIFY(Sealer(plainKey()).open(sealed, "step/1").has_value());
}

void TestSealer::secretsAreSealedToo()
{
    const Sealer sealer(plainKey());
    const QByteArray sealed = sealer.sealSecret(Secret("first password"_ba), "password/1");
    QVERIFY(!sealed.contains("password"));
    const auto opened = sealer.openSecret(sealed, "password/1");
    QVERIFY(opened.has_value());
    QVERIFY(opened->equals(Secret("first password"_ba)));
    QVERIFY(!sealer.openSecret(sealed, "password/2"));
    const auto nothing = sealer.openSecret(sealer.sealSecret(Secret(), "password/1"), "password/1");
    QVERIFY(nothing.has_value() && nothing->isEmpty());
}

void TestSealer::headSealTellsLinesAndHashesApart()
{
    const Sealer sealer(plainKey());
    QSet<QByteArray> seals;
    for (const qint64 lines : { qint64(0), qint64(1), qint64(256), qint64(1) << 40 }) {
        for (const QByteArray &hash : { QByteArray(32, '\0'), QByteArray(32, '\1'), QByteArray() })
            seals.insert(sealer.headSeal(lines, hash));
    }
    QCOMPARE(seals.size(), 12);
    QCOMPARE(sealer.headSeal(1, "h"), Sealer(plainKey()).headSeal(1, "h"));
}

void TestSealer::newKeysAreNew()
{
    const Secret one = Sealer::newKey();
    QCOMPARE(one.size(), 32);
    QVERIFY(!one.equals(Sealer::newKey()));
    const Sealer sealer(one);
    QCOMPARE(sealer.keyId(), Sealer(one).keyId());
    QCOMPARE(sealer.open(Sealer(one).seal("x", {}), {}), "x"_ba);
    QVERIFY(!one.view().contains(QByteArray::fromHex(sealer.keyId().toLatin1())));
}

QTEST_APPLESS_MAIN(TestSealer)
#include "tst_sealer.moc"
