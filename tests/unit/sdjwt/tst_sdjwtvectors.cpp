// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/encoding.h"
#include "app/sdjwt/keybinding.h"
#include "app/sdjwt/localcheck.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace yoid::sdjwt;
using namespace Qt::StringLiterals;

namespace {

QJsonDocument data(const QString &name)
{
    QFile file(QStringLiteral(YOID_TEST_DATA "/sdjwt/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(file.fileName()));
    return QJsonDocument::fromJson(file.readAll());
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// The address of a status list as the credential spells it.
const QUrl kListAddress(u"https://academy.example.org/status/1"_s);
const QUrl kDidAddress(u"https://academy.example.org/issuers/umuzi/did.json"_s);

LocalPolicy policyFor(const QJsonObject &example)
{
    LocalPolicy policy;
    policy.trustedIssuers = { u"did:web:academy.example.org:issuers:umuzi"_s };
    policy.expectedType = u"https://metadata.example.org/types/solar-installer-1"_s;
    policy.holderBinding = true;
    policy.challenge = { example["nonce"_L1].toString(), example["audience"_L1].toString() };
    return policy;
}

Resources resourcesFor(const QJsonObject &example, const QDateTime &at)
{
    return { { kDidAddress, { compact(example["didDocument"_L1].toObject()), at.addDays(-2) } },
             { kListAddress, { example["statusList"_L1].toString().toLatin1(), at.addSecs(-60) } } };
}

QDateTime timeOf(const QJsonObject &example)
{
    return QDateTime::fromSecsSinceEpoch(example["at"_L1].toInteger(), Qt::UTC);
}

} // namespace

class TestSdJwtVectors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void digestsOfRfc9901();
    void casesOfRfc9901_data();
    void casesOfRfc9901();
    void exampleOfSdJwtVc();
    void exampleOfTokenStatusList();
    void vectorsOfTokenStatusList_data();
    void vectorsOfTokenStatusList();
    void anotherImplementation_data();
    void anotherImplementation();
    void everyBitCounts_data();
    void everyBitCounts();
};

void TestSdJwtVectors::digestsOfRfc9901()
{
    const QJsonArray disclosures = data(u"rfc9901.json"_s)["disclosures"_L1].toArray();
    QCOMPARE(disclosures.size(), 10);
    for (const QJsonValue &one : disclosures)
        QCOMPARE(digestOf(one["encoded"_L1].toString().toLatin1(), QCryptographicHash::Sha256), one["digest"_L1].toString().toLatin1());
}

void TestSdJwtVectors::casesOfRfc9901_data()
{
    QTest::addColumn<QJsonObject>("example");
    const QJsonArray cases = data(u"rfc9901.json"_s)["cases"_L1].toArray();
    for (const QJsonValue &one : cases)
        QTest::addRow("%s", qPrintable(one["name"_L1].toString())) << one.toObject();
}

void TestSdJwtVectors::casesOfRfc9901()
{
    QFETCH(QJsonObject, example);
    const auto issuer = PublicKey::fromJwk(data(u"rfc9901.json"_s)["issuerJwk"_L1].toObject());
    QVERIFY(issuer.ok());
    const auto parsed = parseSdJwt(example["text"_L1].toString().toLatin1(), { u"example+sd-jwt"_s });
    QVERIFY(parsed.ok());
    QCOMPARE(verify(parsed->issuerToken, *issuer), std::nullopt);
    const auto resolved = resolveClaims(*parsed);
    QVERIFY(resolved.ok());
    QCOMPARE(resolved->claims, example["claims"_L1].toObject());
    QCOMPARE(parsed->keyBinding.isEmpty(), !example.contains("nonce"_L1));
    if (example.contains("nonce"_L1)) {
        const Challenge challenge { example["nonce"_L1].toString(), example["audience"_L1].toString() };
        QCOMPARE(keyBindingDefect(*parsed, resolved->claims, challenge, timeOf(example).addSecs(60)), std::nullopt);
        QCOMPARE(keyBindingDefect(*parsed, resolved->claims, challenge, timeOf(example).addSecs(301)), Defect::KeyBindingStale);
        QCOMPARE(keyBindingDefect(*parsed, resolved->claims, challenge, timeOf(example).addSecs(-301)), Defect::KeyBindingStale);
        QCOMPARE(keyBindingDefect(*parsed, resolved->claims, { u"1234567891"_s, challenge.audience }, timeOf(example)), Defect::NonceWrong);
        QCOMPARE(keyBindingDefect(*parsed, resolved->claims, { challenge.nonce, u"https://verifier.example.com"_s }, timeOf(example)),
                 Defect::AudienceWrong);
    }
    // The type is of an example; a credential must say that it is one.
    QCOMPARE(parseSdJwt(example["text"_L1].toString().toLatin1(), { u"dc+sd-jwt"_s }).defect(), Defect::WrongTokenType);
}

void TestSdJwtVectors::exampleOfSdJwtVc()
{
    const QJsonDocument example = data(u"sdjwtvc.json"_s);
    const QDateTime at = QDateTime::fromSecsSinceEpoch(example["at"_L1].toInteger() + 60, Qt::UTC);
    // The key in the form an issuer publishes it, under the kid of the example.
    QJsonObject key = data(u"rfc9901.json"_s)["issuerJwk"_L1].toObject();
    key.insert(u"kid"_s, u"doc-signer-05-25-2022"_s);
    const QJsonObject metadata { { u"issuer"_s, u"https://example.com/issuer"_s },
                                 { u"jwks"_s, QJsonObject { { u"keys"_s, QJsonArray { key } } } } };
    const Resources resources { { QUrl(u"https://example.com/.well-known/jwt-vc-issuer/issuer"_s), { compact(metadata), at.addDays(-1) } } };
    LocalPolicy policy;
    policy.trustedIssuers = { u"https://example.com/issuer"_s };
    policy.expectedType = u"https://credentials.example.com/identity_credential"_s;

    const LocalReport issued = checkLocally(example["issued"_L1].toString().toLatin1(), policy, resources, at);
    QCOMPARE(issued.claims, example["issuedClaims"_L1].toObject());
    QCOMPARE(issued.hidden, 0);
    QCOMPARE(issued.verdict, LocalVerdict::CheckByHand); // nobody was asked to prove that it is theirs

    policy.holderBinding = true;
    policy.challenge = { example["nonce"_L1].toString(), example["audience"_L1].toString() };
    const LocalReport presented = checkLocally(example["presented"_L1].toString().toLatin1(), policy, resources, at);
    QCOMPARE(presented.claims, example["presentedClaims"_L1].toObject());
    QCOMPARE(presented.hidden, 7);
    QCOMPARE(presented.line(CheckItem::Holder).answer, CheckAnswer::Yes);
    QCOMPARE(presented.line(CheckItem::Status).answer, CheckAnswer::DoesNotApply);
    QCOMPARE(presented.verdict, LocalVerdict::Genuine);
}

void TestSdJwtVectors::exampleOfTokenStatusList()
{
    const QJsonDocument example = data(u"statuslist.json"_s);
    const auto issuer = PublicKey::fromJwk(data(u"rfc9901.json"_s)["issuerJwk"_L1].toObject());
    const auto parsed = parseSdJwt(example["referencedToken"_L1].toString().toLatin1(), { u"example+sd-jwt"_s });
    QVERIFY(parsed.ok());
    QCOMPARE(verify(parsed->issuerToken, *issuer), std::nullopt);
    const auto resolved = resolveClaims(*parsed);
    QVERIFY(resolved.ok());
    QCOMPARE(resolved->claims["address"_L1]["locality"_L1].toString(), u"Schulpforta"_s);
    const auto reference = statusReference(resolved->claims);
    QVERIFY(reference.ok() && reference->has_value());
    QCOMPARE((*reference)->uri, u"https://example.com/statuslists/1"_s);
    QCOMPARE((*reference)->index, 0);
    // The document gives the content of the token of that list, but signs only its other forms; the signature is not looked at here.
    const QByteArray token = toBase64Url(R"({"alg":"ES256","kid":"12","typ":"statuslist+jwt"})") + '.'
        + toBase64Url(compact(example["token"_L1].toObject())) + '.' + toBase64Url(QByteArray(64, 'x'));
    const auto list = parseStatusList(token, **reference, QDateTime::fromSecsSinceEpoch(1'686'920'200, Qt::UTC));
    QVERIFY(list.ok());
    QCOMPARE(list->goodUntil.toSecsSinceEpoch(), 1'686'920'200 + 43'200);
    QCOMPARE(*statusAt(*list, 0), CredentialStatus::Invalid);
    QCOMPARE(*statusAt(*list, 1), CredentialStatus::Valid);
}

void TestSdJwtVectors::vectorsOfTokenStatusList_data()
{
    QTest::addColumn<QJsonObject>("vector");
    const QJsonArray vectors = data(u"statuslist.json"_s)["vectors"_L1].toArray();
    QCOMPARE(vectors.size(), 3);
    for (const QJsonValue &one : vectors)
        QTest::addRow("%d bits", one["bits"_L1].toInt()) << one.toObject();
}

void TestSdJwtVectors::vectorsOfTokenStatusList()
{
    QFETCH(QJsonObject, vector);
    constexpr qint64 entries = 1 << 20;
    const QString uri = u"https://example.com/statuslists/1"_s;
    const QJsonObject payload { { u"sub"_s, uri },
                                { u"iat"_s, 1'686'920'170 },
                                { u"status_list"_s, QJsonObject { { u"bits"_s, vector["bits"_L1] }, { u"lst"_s, vector["lst"_L1] } } } };
    const QByteArray token = toBase64Url(R"({"alg":"ES256","typ":"statuslist+jwt"})") + '.' + toBase64Url(compact(payload)) + '.'
        + toBase64Url(QByteArray(64, 'x'));
    const auto list = parseStatusList(token, { QUrl(uri), uri, 0 }, QDateTime::fromSecsSinceEpoch(1'686'920'200, Qt::UTC));
    QVERIFY(list.ok());
    QCOMPARE(list->bytes.size() * 8 / list->bits, entries);
    // Every entry, those that are not named too: they are valid.
    const QJsonObject values = vector["values"_L1].toObject();
    qint64 named = 0;
    for (qint64 index = 0; index < entries; ++index) {
        const Parsed<CredentialStatus> status = statusAt(*list, index);
        QVERIFY(status.ok());
        if (*status == CredentialStatus::Valid)
            continue;
        ++named;
        const int value = values.value(QString::number(index)).toInt(0);
        QCOMPARE(*status, value == 1 ? CredentialStatus::Invalid : value == 2 ? CredentialStatus::Suspended : CredentialStatus::Other);
        QVERIFY(value != 0);
    }
    QCOMPARE(named, values.size());
    QCOMPARE(statusAt(*list, entries).defect(), Defect::StatusIndexOutOfRange);
}

void TestSdJwtVectors::anotherImplementation_data()
{
    QTest::addColumn<QJsonObject>("example");
    const QJsonArray cases = data(u"independent.json"_s).array();
    QCOMPARE(cases.size(), 9); // three signatures by three hashes
    for (const QJsonValue &one : cases)
        QTest::addRow("%s", qPrintable(one["name"_L1].toString())) << one.toObject();
}

void TestSdJwtVectors::anotherImplementation()
{
    QFETCH(QJsonObject, example);
    const QDateTime at = timeOf(example);
    const QByteArray presentation = example["presentation"_L1].toString().toLatin1();
    const LocalReport report = checkLocally(presentation, policyFor(example), resourcesFor(example, at), at);
    for (const CheckLine &line : report.lines)
        QVERIFY2(line.answer == CheckAnswer::Yes, qPrintable(QString::number(int(line.item))));
    QCOMPARE(report.verdict, LocalVerdict::Genuine);
    QVERIFY(report.wanted.isEmpty());
    const QJsonObject expected = example["expected"_L1].toObject();
    for (auto claim = expected.constBegin(); claim != expected.constEnd(); ++claim)
        QCOMPARE(report.claims.value(claim.key()), claim.value());
    QVERIFY(!report.claims.contains("score"_L1));
    QVERIFY(report.hidden > 0);

    // The whole credential as the holder keeps it: nothing hidden but the decoys, and no proof of who holds it.
    const LocalReport whole = checkLocally(example["full"_L1].toString().toLatin1(), policyFor(example), resourcesFor(example, at), at);
    QCOMPARE(whole.claims, example["expectedFull"_L1].toObject());
    QCOMPARE(whole.line(CheckItem::Holder).defect, Defect::KeyBindingMissing);
    QCOMPARE(whole.verdict, LocalVerdict::DoNotAccept);

    // Without a line nothing is said that was not proved, and what is missing is named.
    const LocalReport alone = checkLocally(presentation, policyFor(example), {}, at);
    QCOMPARE(alone.verdict, LocalVerdict::CheckByHand);
    QCOMPARE(alone.wanted, QList<Wanted>({ Wanted { kDidAddress, Wanted::Kind::IssuerKeys } }));
    QVERIFY(alone.claims.isEmpty());
}

void TestSdJwtVectors::everyBitCounts_data()
{
    anotherImplementation_data();
}

void TestSdJwtVectors::everyBitCounts()
{
    QFETCH(QJsonObject, example);
    const QDateTime at = timeOf(example);
    const LocalPolicy policy = policyFor(example);
    const Resources resources = resourcesFor(example, at);
    const QByteArray good = example["presentation"_L1].toString().toLatin1();
    // Each letter of header, payload, signature, disclosures and key binding, changed in each of its bits. One credential is
    // gone through completely; of the others, which differ in their signatures and hashes, every seventh letter.
    const bool complete = example["name"_L1].toString() == "ES256 sha-256"_L1;
    const int bits = complete ? 8 : 1;
    const qsizetype stride = complete ? 1 : 7;
    int changed = 0;
    for (qsizetype i = 0; i < good.size(); i += stride) {
        for (int bit = 0; bit < bits; ++bit) {
            QByteArray bad = good;
            bad[i] = char(bad.at(i) ^ char(1 << bit));
            ++changed;
            if (checkLocally(bad, policy, resources, at).verdict == LocalVerdict::Genuine)
                QFAIL(qPrintable(u"bit %1 of letter %2 does not matter"_s.arg(bit).arg(i)));
        }
    }
    QCOMPARE(changed, (good.size() + stride - 1) / stride * bits);
    // The same for the status list.
    const QByteArray list = example["statusList"_L1].toString().toLatin1();
    for (qsizetype i = 0; i < list.size(); i += stride) {
        Resources other = resources;
        other[kListAddress].bytes[i] = char(list.at(i) ^ 1);
        QVERIFY(checkLocally(good, policy, other, at).verdict != LocalVerdict::Genuine);
    }
    // And cut short anywhere.
    for (qsizetype i = 0; i < good.size(); i += stride)
        QVERIFY(checkLocally(good.first(i), policy, resources, at).verdict != LocalVerdict::Genuine);
}

QTEST_GUILESS_MAIN(TestSdJwtVectors)
#include "tst_sdjwtvectors.moc"
