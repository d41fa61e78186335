// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/certificates.h"
#include "app/sdjwt/did.h"
#include "app/sdjwt/jws.h"
#include "tests/unit/sdjwt/testsigner.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace yoid::sdjwt;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
const QString kDid = u"did:web:academy.example.org"_s;

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

class TestIssuerKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addressesOfDidWeb_data();
    void addressesOfDidWeb();
    void addressesOfMetadata_data();
    void addressesOfMetadata();
    void keysThatAreNone_data();
    void keysThatAreNone();
    void keyOfTheStandard();
    void didDocuments_data();
    void didDocuments();
    void metadata_data();
    void metadata();
    void didJwk();
    void certificates_data();
    void certificates();

private:
    TestSigner m_signer;
    TestSigner m_other;
};

void TestIssuerKeys::addressesOfDidWeb_data()
{
    QTest::addColumn<QString>("did");
    QTest::addColumn<QString>("address"); // empty: refused
    const auto row = [](const QString &did, const QString &address) { QTest::addRow("%s", qPrintable(did.left(60))) << did << address; };
    // did:web method specification, examples
    row(u"did:web:w3c-ccg.github.io"_s, u"https://w3c-ccg.github.io/.well-known/did.json"_s);
    row(u"did:web:w3c-ccg.github.io:user:alice"_s, u"https://w3c-ccg.github.io/user/alice/did.json"_s);
    row(u"did:web:example.com%3A3000"_s, u"https://example.com:3000/.well-known/did.json"_s);
    row(u"did:web:example.com%3A3000:user:alice"_s, u"https://example.com:3000/user/alice/did.json"_s);
    for (const char *const bad : { "did:web:", "did:key:zDn", "did:web:localhost", "did:web:127.0.0.1", "did:web:127.1", "did:web:2130706433",
                                   "did:web:0x7f.0.0.1", "did:web:a.0x7f", "did:web:%5B%3A%3A1%5D", "did:web:user%40example.com", "did:web:example.com%2Fx",
                                   "did:web:example.com%3Fx", "did:web:example.com%23x", "did:web:example.com:..:x", "did:web:example.com::x",
                                   "did:web:example.com:", "did:web:example.com/x", "did:web:example.com?x", "did:web:example.com#x",
                                   "did:web:example.com%3A99999", "did:web:example.com%3A0", "did:web:ex ample.com", "did:web:example.com.%5C" })
        row(QString::fromLatin1(bad), {});
    row(u"did:web:example.com:"_s + QString(3000, u'x'), {});
}

void TestIssuerKeys::addressesOfDidWeb()
{
    QFETCH(QString, did);
    QFETCH(QString, address);
    const Parsed<QUrl> url = addressOfDidWeb(did);
    QCOMPARE(url ? url->toString(QUrl::FullyEncoded) : QString(), address);
}

void TestIssuerKeys::addressesOfMetadata_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("address");
    const auto row = [](const QString &issuer, const QString &address) { QTest::addRow("%s", qPrintable(issuer)) << issuer << address; };
    // SD-JWT VC 5.1
    row(u"https://example.com"_s, u"https://example.com/.well-known/jwt-vc-issuer"_s);
    row(u"https://example.com/tenant/1234"_s, u"https://example.com/.well-known/jwt-vc-issuer/tenant/1234"_s);
    row(u"https://example.com/"_s, u"https://example.com/.well-known/jwt-vc-issuer"_s);
    for (const char *const bad : { "http://example.com", "https://user@example.com", "https://example.com?x", "https://example.com#x", "https://10.0.0.1",
                                   "https://[::1]", "https://localhost", "ftp://example.com", "example.com", "", "https://example.com:0",
                                   "https://192.168.1", "https://example.1" })
        row(QString::fromLatin1(bad), {});
}

void TestIssuerKeys::addressesOfMetadata()
{
    QFETCH(QString, issuer);
    QFETCH(QString, address);
    const Parsed<QUrl> url = addressOfIssuerMetadata(issuer);
    QCOMPARE(url ? url->toString(QUrl::FullyEncoded) : QString(), address);
}

void TestIssuerKeys::keysThatAreNone_data()
{
    QTest::addColumn<QJsonObject>("jwk");
    const QJsonObject good = m_signer.jwk();
    const auto with = [&](const QString &name, const QJsonValue &value) {
        QJsonObject jwk = good;
        jwk[name] = value;
        return jwk;
    };
    QTest::newRow("empty") << QJsonObject {};
    QTest::newRow("RSA") << with(u"kty"_s, u"RSA"_s);
    QTest::newRow("symmetric") << QJsonObject { { u"kty"_s, u"oct"_s }, { u"k"_s, u"c2VjcmV0"_s } };
    QTest::newRow("another curve") << with(u"crv"_s, u"secp256k1"_s);
    QTest::newRow("P-256 called P-384") << with(u"crv"_s, u"P-384"_s);
    QTest::newRow("not on the curve") << with(u"x"_s, good.value(u"y"_s));
    QTest::newRow("a short coordinate") << with(u"x"_s, u"AQ"_s);
    QTest::newRow("no coordinate") << with(u"x"_s, QJsonValue());
    QTest::newRow("zero") << QJsonObject { { u"kty"_s, u"EC"_s }, { u"crv"_s, u"P-256"_s }, { u"x"_s, QString(43, u'A') }, { u"y"_s, QString(43, u'A') } };
    QTest::newRow("for encryption") << with(u"use"_s, u"enc"_s);
    QTest::newRow("for signing only") << with(u"key_ops"_s, QJsonArray { u"sign"_s });
    QTest::newRow("for another algorithm") << with(u"alg"_s, u"ES384"_s);
    QTest::newRow("short Ed25519") << QJsonObject { { u"kty"_s, u"OKP"_s }, { u"crv"_s, u"Ed25519"_s }, { u"x"_s, u"AQAB"_s } };
    QTest::newRow("X25519") << QJsonObject { { u"kty"_s, u"OKP"_s }, { u"crv"_s, u"X25519"_s }, { u"x"_s, QString(43, u'A') } };
}

void TestIssuerKeys::keysThatAreNone()
{
    QFETCH(QJsonObject, jwk);
    QVERIFY(PublicKey::fromJwk(m_signer.jwk()).ok());
    QCOMPARE(PublicKey::fromJwk(jwk).defect(), Defect::BadKey);
}

void TestIssuerKeys::keyOfTheStandard()
{
    // RFC 8037 A.4: Ed25519.
    const QJsonObject jwk { { u"kty"_s, u"OKP"_s }, { u"crv"_s, u"Ed25519"_s }, { u"x"_s, u"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"_s } };
    const auto key = PublicKey::fromJwk(jwk);
    QVERIFY(key.ok());
    QCOMPARE(key->algorithm(), Algorithm::EdDsa);
    const QByteArray input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"_ba;
    QByteArray signature = QByteArray::fromBase64(
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg", QByteArray::Base64UrlEncoding);
    QVERIFY(key->verifies(input, signature));
    QVERIFY(!key->verifies(QByteArray(input + 'x'), signature));
    QVERIFY(!key->verifies(input, signature.chopped(1)));
    QVERIFY(!key->verifies(input, {}));
    signature[0] = char(signature.at(0) ^ 1);
    QVERIFY(!key->verifies(input, signature));
    // Forms of a signature that some libraries take: zeros, and DER where JOSE has r and s.
    const auto ec = PublicKey::fromJwk(m_signer.jwk());
    QVERIFY(!ec->verifies(input, QByteArray(64, '\0')));
    QVERIFY(!ec->verifies(input, QByteArray(72, '\x30')));
    QVERIFY(!ec->verifies(input, {}));
}

void TestIssuerKeys::didDocuments_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::addColumn<QString>("keyId");
    QTest::addColumn<int>("defect"); // -1: found
    const auto method = [&](const QString &id, const TestSigner &signer) {
        return QJsonObject { { u"id"_s, id }, { u"type"_s, u"JsonWebKey2020"_s }, { u"controller"_s, kDid }, { u"publicKeyJwk"_s, signer.jwk() } };
    };
    const auto document = [](const QJsonArray &methods, const QJsonArray &assertion, const QString &id = kDid) {
        return json({ { u"id"_s, id }, { u"verificationMethod"_s, methods }, { u"assertionMethod"_s, assertion } });
    };
    const QString full = kDid + u"#k1"_s;
    const QJsonObject k1 = method(full, m_signer);
    const QString second = kDid + u"#k2"_s;
    const QJsonObject k2 = method(second, m_other);
    const auto row = [](const char *name, const QByteArray &doc, const QString &keyId, std::optional<Defect> defect) {
        QTest::newRow(name) << doc << keyId << (defect ? int(*defect) : -1);
    };
    row("named in full", document({ k1, k2 }, { full, second }), full, {});
    row("named by fragment", document({ k1, k2 }, { full, second }), u"#k1"_s, {});
    row("relative ids", document({ method(u"#k1"_s, m_signer) }, { u"#k1"_s }), full, {});
    row("the only one", document({ k1 }, { full }), {}, {});
    row("written into the list", document({}, { k1 }), full, {});
    row("two that fit", document({ k1, k2 }, { full, second }), {}, Defect::IssuerKeyNotFound);
    row("one id twice", document({ k1, method(full, m_other) }, { full }), full, Defect::IssuerKeyNotFound);
    row("not for assertions", document({ k1 }, {}), full, Defect::IssuerKeyNotFound);
    row("not there", document({ k2 }, { second }), full, Defect::IssuerKeyNotFound);
    row("of somebody else", document({ k1 }, { full }, u"did:web:evil.example.org"_s), full, Defect::IssuerMismatch);
    row("another's key", document({ QJsonObject { { u"id"_s, full }, { u"controller"_s, u"did:web:evil.example.org"_s }, { u"publicKeyJwk"_s, m_signer.jwk() } } },
                                  { full }),
        full, Defect::IssuerKeyNotFound);
    row("no JSON", "<html>", full, Defect::BadJson);
    row("empty", "", full, Defect::BadJson);
}

void TestIssuerKeys::didDocuments()
{
    QFETCH(QByteArray, document);
    QFETCH(QString, keyId);
    QFETCH(int, defect);
    const auto key = keyFromDidDocument(document, kDid, keyId);
    QCOMPARE(key ? -1 : int(key.defect()), defect);
    if (key) {
        const QJsonObject header { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"dc+sd-jwt"_s } };
        QCOMPARE(verify(*parseJws(m_signer.sign(header, {}), { u"dc+sd-jwt"_s }), *key), std::nullopt);
        QCOMPARE(verify(*parseJws(m_other.sign(header, {}), { u"dc+sd-jwt"_s }), *key), Defect::SignatureWrong);
    }
}

void TestIssuerKeys::metadata_data()
{
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<int>("defect");
    QTest::addColumn<QString>("keySet");
    QJsonObject key = m_signer.jwk();
    key.insert(u"kid"_s, u"k1"_s);
    const QJsonObject jwks { { u"keys"_s, QJsonArray { key } } };
    const QString issuer = u"https://example.com"_s;
    const auto row = [](const char *name, const QJsonObject &object, std::optional<Defect> defect, const QString &keySet = {}) {
        QTest::newRow(name) << json(object) << (defect ? int(*defect) : -1) << keySet;
    };
    row("inside", { { u"issuer"_s, issuer }, { u"jwks"_s, jwks } }, {});
    row("elsewhere", { { u"issuer"_s, issuer }, { u"jwks_uri"_s, u"https://keys.example.com/set"_s } }, Defect::IssuerKeyNotFound,
        u"https://keys.example.com/set"_s);
    row("both", { { u"issuer"_s, issuer }, { u"jwks"_s, jwks }, { u"jwks_uri"_s, u"https://keys.example.com/set"_s } }, Defect::ClaimMissing);
    row("neither", { { u"issuer"_s, issuer } }, Defect::ClaimMissing);
    row("nearly the issuer", { { u"issuer"_s, u"https://example.com/"_s }, { u"jwks"_s, jwks } }, Defect::IssuerMismatch);
    row("no issuer", { { u"jwks"_s, jwks } }, Defect::IssuerMismatch);
    row("at home", { { u"issuer"_s, issuer }, { u"jwks_uri"_s, u"https://169.254.169.254/set"_s } }, Defect::AddressRefused);
}

void TestIssuerKeys::metadata()
{
    QFETCH(QByteArray, metadata);
    QFETCH(int, defect);
    QFETCH(QString, keySet);
    const QString issuer = u"https://example.com"_s;
    const Parsed<QUrl> address = keySetAddress(metadata, issuer);
    QCOMPARE(address ? address->toString() : QString(), keySet);
    if (!address) {
        QCOMPARE(int(address.defect()), defect);
        return;
    }
    const auto key = keyFromIssuerMetadata(metadata, issuer, u"k1"_s);
    QCOMPARE(key ? -1 : int(key.defect()), defect);
    QCOMPARE(keyFromIssuerMetadata(metadata, issuer, u"k9"_s).defect(), Defect::IssuerKeyNotFound);
}

void TestIssuerKeys::didJwk()
{
    const QString did = u"did:jwk:"_s + QString::fromLatin1(TestSigner::base64Url(json(m_signer.jwk())));
    QVERIFY(keyOfDidJwk(did).ok());
    QVERIFY(keyOfDidJwk(did + u"#0"_s).ok());
    QCOMPARE(keyOfDidJwk(did + u"="_s).defect(), Defect::BadEncoding);
    QCOMPARE(keyOfDidJwk(u"did:jwk:"_s).defect(), Defect::BadJson);
    QCOMPARE(keyOfDidJwk(u"did:web:example.com"_s).defect(), Defect::BadKey);
}

void TestIssuerKeys::certificates_data()
{
    QTest::addColumn<QList<QByteArray>>("chain");
    QTest::addColumn<QList<QByteArray>>("roots");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<int>("defect");
    static TestSigner root;
    static TestSigner middle;
    const QByteArray rootCertificate = root.certificate("Root", {}, true);
    const QByteArray middleCertificate = middle.certificate("Middle", {}, true, &root, "Root");
    const QByteArray san = "URI:https://academy.example.org/issuer,DNS:academy.example.org"_ba;
    const QByteArray leaf = m_signer.certificate("Academy", san, false, &root, "Root");
    const QByteArray deepLeaf = m_signer.certificate("Academy", san, false, &middle, "Middle");
    const QByteArray selfMade = m_signer.certificate("Academy", san, false);
    const QByteArray old = m_signer.certificate("Academy", san, false, &root, "Root", 1'780'000'000);
    const QByteArray byLeaf = m_signer.certificate("Other", san, false, &m_other, "Impostor");
    const QByteArray impostor = m_other.certificate("Impostor", {}, false, &root, "Root");
    const QString issuer = u"https://academy.example.org/issuer"_s;
    const auto row = [](const char *name, const QList<QByteArray> &chain, const QList<QByteArray> &roots, const QString &iss, std::optional<Defect> defect) {
        QTest::newRow(name) << chain << roots << iss << (defect ? int(*defect) : -1);
    };
    row("straight", { leaf }, { rootCertificate }, issuer, {});
    row("over one between", { deepLeaf, middleCertificate }, { rootCertificate }, issuer, {});
    row("the one between is the anchor", { deepLeaf }, { middleCertificate }, issuer, {});
    row("by host name", { leaf }, { rootCertificate }, u"https://academy.example.org"_s, {});
    row("no issuer claimed", { leaf }, { rootCertificate }, {}, {});
    row("one between is missing", { deepLeaf }, { rootCertificate }, issuer, Defect::CertificateRefused);
    row("self-made", { selfMade }, { rootCertificate }, issuer, Defect::CertificateRefused);
    row("brings its own root", { leaf, rootCertificate }, { m_other.certificate("Else", {}, true) }, issuer, Defect::CertificateRefused);
    row("no roots", { leaf }, {}, issuer, Defect::CertificateRefused);
    row("expired", { old }, { rootCertificate }, issuer, Defect::CertificateRefused);
    row("signed by one that is no authority", { byLeaf, impostor }, { rootCertificate }, issuer, Defect::CertificateRefused);
    row("speaks for another", { leaf }, { rootCertificate }, u"https://evil.example.org/issuer"_s, Defect::IssuerMismatch);
    row("speaks for another part", { leaf }, { rootCertificate }, u"did:web:academy.example.org"_s, Defect::IssuerMismatch);
    row("garbage", { "MII" }, { rootCertificate }, issuer, Defect::CertificateRefused);
    row("nothing", {}, { rootCertificate }, issuer, Defect::CertificateRefused);
}

void TestIssuerKeys::certificates()
{
    QFETCH(QList<QByteArray>, chain);
    QFETCH(QList<QByteArray>, roots);
    QFETCH(QString, issuer);
    QFETCH(int, defect);
    const auto key = keyFromCertificates(chain, roots, issuer, kNow);
    QCOMPARE(key ? -1 : int(key.defect()), defect);
    if (key)
        QVERIFY(subjectOf(chain.first()).contains("Academy"_L1));
}

QTEST_GUILESS_MAIN(TestIssuerKeys)
#include "tst_issuerkeys.moc"
