// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/localcheck.h"
#include "tests/unit/sdjwt/testsigner.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

#include <functional>
#include <zlib.h>

using namespace yoid::sdjwt;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
constexpr qint64 kAt = 1'790'000'000;
const QString kIssuer = u"https://academy.example.org"_s;
const QUrl kMetadata(u"https://academy.example.org/.well-known/jwt-vc-issuer"_s);
const QUrl kList(u"https://academy.example.org/status/1"_s);

/// Everything a good presentation is made of, so that each test can spoil one thing.
struct Parts {
    QJsonObject header { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"dc+sd-jwt"_s }, { u"kid"_s, u"k1"_s } };
    QJsonObject payload;
    QByteArray disclosure = TestSigner::base64Url(R"(["salt","name","Naledi"])"_ba);
    QJsonObject bindingHeader { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"kb+jwt"_s } };
    QJsonObject binding { { u"iat"_s, kAt }, { u"nonce"_s, u"n-1"_s }, { u"aud"_s, u"us"_s } };
    bool withBinding = true;
    bool rightHash = true;
    QJsonObject listHeader { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"statuslist+jwt"_s }, { u"kid"_s, u"k1"_s } };
    QJsonObject list;
    QByteArray listBytes = QByteArray(16, '\0');
    LocalPolicy policy;
    QDateTime fetched = kNow.addSecs(-60);
    bool withMetadata = true;
    bool withList = true;
    QDateTime now = kNow;
};

using Spoil = std::function<void(Parts &)>;

QByteArray packed(const QByteArray &bytes)
{
    uLongf size = compressBound(uLong(bytes.size()));
    QByteArray out(qsizetype(size), '\0');
    compress2(reinterpret_cast<Bytef *>(out.data()), &size, reinterpret_cast<const Bytef *>(bytes.constData()), uLong(bytes.size()), 9);
    out.truncate(qsizetype(size));
    return out;
}

QString lstOf(const QByteArray &bytes)
{
    return QString::fromLatin1(TestSigner::base64Url(packed(bytes)));
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

class TestLocalCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allIsWell();
    void onlyAllTogetherIsGreen_data();
    void onlyAllTogetherIsGreen();
    void whatComesAfterANoIsNotClaimed();
    void allNinePlacesOfTheStatus();
    void keysInsideTheCredential();
    void certificatesInsideTheCredential();

private:
    Parts goodParts() const
    {
        Parts parts;
        parts.payload = { { u"iss"_s, kIssuer },
                          { u"vct"_s, u"https://t.example.org/solar"_s },
                          { u"iat"_s, kAt - 1000 },
                          { u"exp"_s, kAt + 1000 },
                          { u"cnf"_s, QJsonObject { { u"jwk"_s, m_holder.jwk() } } },
                          { u"_sd"_s, QJsonArray { QString::fromLatin1(TestSigner::digest(parts.disclosure)) } },
                          { u"status"_s, QJsonObject { { u"status_list"_s, QJsonObject { { u"idx"_s, 3 }, { u"uri"_s, kList.toString() } } } } } };
        parts.list = { { u"iss"_s, kIssuer }, { u"sub"_s, kList.toString() }, { u"iat"_s, kAt - 600 }, { u"exp"_s, kAt + 6000 }, { u"ttl"_s, 3600 } };
        parts.policy.trustedIssuers = { kIssuer };
        parts.policy.expectedType = u"https://t.example.org/solar"_s;
        parts.policy.holderBinding = true;
        parts.policy.challenge = { u"n-1"_s, u"us"_s };
        return parts;
    }

    LocalReport check(Parts parts) const
    {
        QByteArray text = m_issuer.sign(parts.header, parts.payload) + '~' + parts.disclosure + '~';
        if (parts.rightHash)
            parts.binding.insert(u"sd_hash"_s, QString::fromLatin1(TestSigner::digest(text)));
        if (parts.withBinding)
            text += m_holder.sign(parts.bindingHeader, parts.binding);
        Resources resources;
        QJsonObject key = m_issuer.jwk();
        key.insert(u"kid"_s, u"k1"_s);
        const QJsonObject metadata { { u"issuer"_s, kIssuer }, { u"jwks"_s, QJsonObject { { u"keys"_s, QJsonArray { key } } } } };
        if (parts.withMetadata)
            resources.insert(kMetadata, { QJsonDocument(metadata).toJson(), parts.fetched });
        if (!parts.list.contains(u"status_list"_s))
            parts.list.insert(u"status_list"_s,
                              QJsonObject { { u"bits"_s, 1 }, { u"lst"_s, QString::fromLatin1(TestSigner::base64Url(packed(parts.listBytes))) } });
        if (parts.withList)
            resources.insert(kList, { m_issuer.sign(parts.listHeader, parts.list), parts.fetched });
        return checkLocally(text, parts.policy, resources, parts.now);
    }

    TestSigner m_issuer;
    TestSigner m_holder;
};

void TestLocalCheck::allIsWell()
{
    const LocalReport report = check(goodParts());
    for (const CheckLine &line : report.lines)
        QVERIFY2(line.answer == CheckAnswer::Yes, qPrintable(QString::number(int(line.item))));
    QCOMPARE(report.verdict, LocalVerdict::Genuine);
    QCOMPARE(report.claims.value("name"_L1).toString(), u"Naledi"_s);
    QCOMPARE(report.disclosed, QStringList { u"name"_s });
    QCOMPARE(report.line(CheckItem::Status).asOf, kNow.addSecs(-60));
    QCOMPARE(report.line(CheckItem::IssuerKey).asOf, kNow.addSecs(-60));
}

void TestLocalCheck::onlyAllTogetherIsGreen_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<LocalVerdict>("verdict");
    QTest::addColumn<CheckItem>("item");
    QTest::addColumn<CheckAnswer>("answer");
    QTest::addColumn<int>("defect"); // -1: none
    const auto row = [](const char *name, LocalVerdict verdict, CheckItem item, CheckAnswer answer, std::optional<Defect> defect,
                        const Spoil &spoil) { QTest::newRow(name) << spoil << verdict << item << answer << (defect ? int(*defect) : -1); };
    const auto red = [&](const char *name, CheckItem item, std::optional<Defect> defect, const Spoil &spoil) {
        row(name, LocalVerdict::DoNotAccept, item, CheckAnswer::No, defect, spoil);
    };
    const auto amber = [&](const char *name, CheckItem item, CheckAnswer answer, std::optional<Defect> defect, const Spoil &spoil) {
        row(name, LocalVerdict::CheckByHand, item, answer, defect, spoil);
    };
    using enum CheckItem;
    using enum CheckAnswer;

    red("no type", Form, Defect::ClaimMissing, [](Parts &p) { p.payload.remove(u"vct"_s); });
    red("type no text", Form, Defect::ClaimMissing, [](Parts &p) { p.payload[u"vct"_s] = 1; });
    red("issuer no text", Form, Defect::ClaimMissing, [](Parts &p) { p.payload[u"iss"_s] = QJsonArray { kIssuer }; });
    red("legacy type where not accepted", Form, Defect::WrongTokenType, [](Parts &p) {
        p.header[u"typ"_s] = u"vc+sd-jwt"_s;
        p.policy.legacyType = false;
    });
    red("no issuer and no certificate", IssuerKey, Defect::ClaimMissing, [](Parts &p) { p.payload.remove(u"iss"_s); });
    red("plain http issuer", IssuerKey, Defect::MechanismNotAllowed, [](Parts &p) { p.payload[u"iss"_s] = u"http://academy.example.org"_s; });
    red("issuer on this very computer", IssuerKey, Defect::AddressRefused, [](Parts &p) { p.payload[u"iss"_s] = u"https://127.0.0.1"_s; });
    red("metadata not allowed", IssuerKey, Defect::MechanismNotAllowed, [](Parts &p) { p.policy.issuerMetadata = false; });
    red("did:jwk where not allowed", IssuerKey, Defect::MechanismNotAllowed, [](Parts &p) { p.payload[u"iss"_s] = u"did:jwk:eyJ9"_s; });
    red("x5c where no roots are configured", IssuerKey, Defect::MechanismNotAllowed, [this](Parts &p) {
        const QByteArray own = m_issuer.certificate("Academy", "URI:https://academy.example.org", false);
        p.header[u"x5c"_s] = QJsonArray { QString::fromLatin1(own.toBase64()) };
    });
    red("another key id", IssuerKey, Defect::IssuerKeyNotFound, [](Parts &p) { p.header[u"kid"_s] = u"k2"_s; });
    red("another algorithm than the key's", Signature, Defect::BadKey, [](Parts &p) { p.header[u"alg"_s] = u"EdDSA"_s; });
    red("another disclosure", Contents, Defect::DisclosureUnreferenced,
        [](Parts &p) { p.disclosure = TestSigner::base64Url(R"(["salt","name","Thabo"])"_ba); });
    red("another type", Type, Defect::TypeWrong, [](Parts &p) { p.policy.expectedType = u"https://t.example.org/Solar"_s; });
    red("expired", Dates, Defect::Expired, [](Parts &p) { p.payload[u"exp"_s] = kAt - 60; });
    red("not yet valid", Dates, Defect::NotYetValid, [](Parts &p) { p.payload[u"nbf"_s] = kAt + 61; });
    red("issued tomorrow", Dates, Defect::IssuedInFuture, [](Parts &p) { p.payload[u"iat"_s] = kAt + 86400; });
    red("exp as text", Dates, Defect::ClaimMissing, [](Parts &p) { p.payload[u"exp"_s] = u"2099-01-01"_s; });
    red("exp far beyond", Dates, Defect::ClaimMissing, [](Parts &p) { p.payload[u"exp"_s] = 1e300; });
    red("no binding", Holder, Defect::KeyBindingMissing, [](Parts &p) { p.withBinding = false; });
    red("wrong nonce", Holder, Defect::NonceWrong, [](Parts &p) { p.binding[u"nonce"_s] = u"n-2"_s; });
    red("no nonce", Holder, Defect::NonceWrong, [](Parts &p) { p.binding.remove(u"nonce"_s); });
    red("we asked for none", Holder, Defect::NonceWrong, [](Parts &p) {
        p.policy.challenge.nonce.clear();
        p.binding[u"nonce"_s] = QString();
    });
    red("wrong audience", Holder, Defect::AudienceWrong, [](Parts &p) { p.binding[u"aud"_s] = u"them"_s; });
    red("several audiences", Holder, Defect::AudienceWrong, [](Parts &p) { p.binding[u"aud"_s] = QJsonArray { u"us"_s, u"them"_s }; });
    red("wrong hash", Holder, Defect::PresentationHashWrong, [](Parts &p) {
        p.rightHash = false;
        p.binding[u"sd_hash"_s] = QString::fromLatin1(TestSigner::digest("x"));
    });
    red("no hash", Holder, Defect::PresentationHashWrong, [](Parts &p) { p.rightHash = false; });
    red("stale", Holder, Defect::KeyBindingStale, [](Parts &p) { p.binding[u"iat"_s] = kAt - 301; });
    red("from the future", Holder, Defect::KeyBindingStale, [](Parts &p) { p.binding[u"iat"_s] = kAt + 301; });
    red("no time", Holder, Defect::ClaimMissing, [](Parts &p) { p.binding.remove(u"iat"_s); });
    red("binding of another type", Holder, Defect::WrongTokenType, [](Parts &p) { p.bindingHeader[u"typ"_s] = u"JWT"_s; });
    red("binding unsigned", Holder, Defect::AlgorithmRefused, [](Parts &p) { p.bindingHeader[u"alg"_s] = u"none"_s; });
    red("no holder key", Holder, Defect::ClaimMissing, [](Parts &p) { p.payload.remove(u"cnf"_s); });
    red("another holder", Holder, Defect::SignatureWrong,
        [this](Parts &p) { p.payload[u"cnf"_s] = QJsonObject { { u"jwk"_s, m_issuer.jwk() } }; });
    red("status of an unknown kind", Status, Defect::ClaimMissing, [](Parts &p) { p.payload[u"status"_s] = QJsonObject { { u"x"_s, 1 } }; });
    red("status no object", Status, Defect::ClaimMissing, [](Parts &p) { p.payload[u"status"_s] = u"fine"_s; });
    red("status list at home", Status, Defect::AddressRefused, [](Parts &p) {
        p.payload[u"status"_s] = QJsonObject { { u"status_list"_s, QJsonObject { { u"idx"_s, 3 }, { u"uri"_s, u"https://10.0.0.7/s"_s } } } };
    });
    red("list of another address", Status, Defect::StatusListMismatch, [](Parts &p) { p.list[u"sub"_s] = u"https://academy.example.org/status/2"_s; });
    red("list expired when fetched", Status, Defect::Expired, [](Parts &p) { p.list[u"exp"_s] = kAt - 600; });
    red("list of another issuer", Status, Defect::IssuerMismatch, [](Parts &p) { p.list[u"iss"_s] = u"https://evil.example.org"_s; });
    red("list of another type", Status, Defect::WrongTokenType, [](Parts &p) { p.listHeader[u"typ"_s] = u"dc+sd-jwt"_s; });
    red("list unsigned", Status, Defect::AlgorithmRefused, [](Parts &p) { p.listHeader[u"alg"_s] = u"none"_s; });
    red("index beyond the end", Status, Defect::StatusIndexOutOfRange, [](Parts &p) {
        p.payload[u"status"_s] = QJsonObject { { u"status_list"_s, QJsonObject { { u"idx"_s, 128 }, { u"uri"_s, kList.toString() } } } };
    });
    red("index negative", Status, Defect::ClaimMissing, [](Parts &p) {
        p.payload[u"status"_s] = QJsonObject { { u"status_list"_s, QJsonObject { { u"idx"_s, -1 }, { u"uri"_s, kList.toString() } } } };
    });
    red("index a fraction", Status, Defect::ClaimMissing, [](Parts &p) {
        p.payload[u"status"_s] = QJsonObject { { u"status_list"_s, QJsonObject { { u"idx"_s, 3.5 }, { u"uri"_s, kList.toString() } } } };
    });
    red("revoked", Status, {}, [](Parts &p) { p.listBytes[0] = char(1 << 3); });
    red("suspended", Status, {}, [](Parts &p) {
        p.list[u"status_list"_s] = QJsonObject { { u"bits"_s, 2 }, { u"lst"_s, lstOf(QByteArray(8, char(0x80))) } };
    });
    red("a status nobody knows", Status, {}, [](Parts &p) {
        p.list[u"status_list"_s] = QJsonObject { { u"bits"_s, 4 }, { u"lst"_s, lstOf(QByteArray(8, char(0x70))) } };
    });
    red("a status list that unpacks without end", Status, Defect::TooLarge,
        [](Parts &p) { p.listBytes = QByteArray(limit::statusListBytes + 1, '\0'); });
    red("a status list cut short", Status, Defect::BadEncoding, [](Parts &p) {
        p.list[u"status_list"_s] = QJsonObject { { u"bits"_s, 1 }, { u"lst"_s, lstOf(QByteArray(4000, '\x55')).chopped(4) } };
    });
    red("not signed", Form, Defect::AlgorithmRefused, [](Parts &p) { p.header[u"alg"_s] = u"none"_s; });
    red("signed with a shared secret", Form, Defect::AlgorithmRefused, [](Parts &p) { p.header[u"alg"_s] = u"HS256"_s; });
    red("too large", Form, Defect::TooLarge, [](Parts &p) { p.payload[u"x"_s] = QString(limit::credentialBytes, u'x'); });
    red("a type among others that is none", Type, Defect::TypeWrong, [](Parts &p) {
        p.policy.expectedType = u"https://t.example.org/any"_s;
        p.payload[u"aka_vcts"_s] = u"https://t.example.org/any"_s; // no list
    });
    red("not on our list", TrustedIssuer, Defect::IssuerMismatch, [](Parts &p) { p.policy.trustedIssuers = { u"https://academy.example.com"_s }; });

    amber("no line at all", IssuerKey, CouldNotCheck, {}, [](Parts &p) { p.withMetadata = p.withList = false; });
    amber("keys too old", IssuerKey, CouldNotCheck, {}, [](Parts &p) {
        p.fetched = kNow.addDays(-31);
        p.list[u"iat"_s] = kAt - 90 * 86400;
    });
    amber("keys from tomorrow", IssuerKey, CouldNotCheck, {}, [](Parts &p) { p.fetched = kNow.addDays(1); });
    amber("no status list at hand", Status, CouldNotCheck, {}, [](Parts &p) { p.withList = false; });
    amber("status list past its time", Status, CouldNotCheck, Defect::Expired, [](Parts &p) {
        p.fetched = kNow.addSecs(-3601);
        p.list[u"iat"_s] = kAt - 9000;
    });
    amber("holder not asked", Holder, DoesNotApply, {}, [](Parts &p) { p.policy.holderBinding = false; });
    amber("nobody in particular trusted", TrustedIssuer, DoesNotApply, {}, [](Parts &p) { p.policy.trustedIssuers.clear(); });

    row("no status in it", LocalVerdict::Genuine, Status, DoesNotApply, {}, [](Parts &p) { p.payload.remove(u"status"_s); });
    amber("no type asked for", Type, DoesNotApply, {}, [](Parts &p) { p.policy.expectedType.clear(); });
    row("one of its further types asked for", LocalVerdict::Genuine, Type, Yes, {}, [](Parts &p) {
        p.policy.expectedType = u"https://t.example.org/any"_s;
        p.payload[u"aka_vcts"_s] = QJsonArray { u"https://t.example.org/any"_s };
    });
    row("legacy type", LocalVerdict::Genuine, Form, Yes, {}, [](Parts &p) { p.header[u"typ"_s] = u"vc+sd-jwt"_s; });
    row("type with its prefix", LocalVerdict::Genuine, Form, Yes, {}, [](Parts &p) { p.header[u"typ"_s] = u"application/DC+sd-jwt"_s; });
    row("within the skew of clocks", LocalVerdict::Genuine, Dates, Yes, {}, [](Parts &p) {
        p.payload[u"exp"_s] = kAt - 59;
        p.payload[u"nbf"_s] = kAt + 60;
    });
    row("a list that names nobody", LocalVerdict::Genuine, Status, Yes, {}, [](Parts &p) { p.list.remove(u"iss"_s); });
}

void TestLocalCheck::onlyAllTogetherIsGreen()
{
    QFETCH(Spoil, spoil);
    QFETCH(LocalVerdict, verdict);
    QFETCH(CheckItem, item);
    QFETCH(CheckAnswer, answer);
    QFETCH(int, defect);
    Parts parts = goodParts();
    spoil(parts);
    const LocalReport report = check(parts);
    const CheckLine &line = report.line(item);
    QCOMPARE(line.answer, answer);
    QCOMPARE(line.defect ? int(*line.defect) : -1, defect);
    QCOMPARE(report.verdict, verdict);
    QCOMPARE(report.lines.size(), allCheckItems().size());
}

void TestLocalCheck::whatComesAfterANoIsNotClaimed()
{
    Parts parts = goodParts();
    parts.payload[u"exp"_s] = kAt - 1000;
    const LocalReport report = check(parts);
    for (const CheckItem later : { CheckItem::Holder, CheckItem::Status, CheckItem::TrustedIssuer })
        QCOMPARE(report.line(later).answer, CheckAnswer::CouldNotCheck);
    QVERIFY(report.wanted.isEmpty()); // nothing is fetched for a credential that is refused anyway

    parts = goodParts();
    parts.header[u"kid"_s] = u"k2"_s;
    QVERIFY(check(parts).claims.isEmpty()); // nothing unproved is shown
}

void TestLocalCheck::allNinePlacesOfTheStatus()
{
    // Bit 0 is the least significant one (Token Status List 4.1).
    for (int index = 0; index < 9; ++index) {
        for (int revoked = 0; revoked < 9; ++revoked) {
            Parts parts = goodParts();
            parts.listBytes[revoked / 8] = char(1 << (revoked % 8));
            parts.payload[u"status"_s]
                = QJsonObject { { u"status_list"_s, QJsonObject { { u"idx"_s, index }, { u"uri"_s, kList.toString() } } } };
            QCOMPARE(check(parts).verdict, index == revoked ? LocalVerdict::DoNotAccept : LocalVerdict::Genuine);
        }
    }
}

void TestLocalCheck::keysInsideTheCredential()
{
    // A did:jwk carries its key: whoever makes a credential can make one. It counts where it is on our list, letter by letter.
    const QString did = u"did:jwk:"_s + QString::fromLatin1(TestSigner::base64Url(QJsonDocument(m_issuer.jwk()).toJson(QJsonDocument::Compact)));
    Parts parts = goodParts();
    parts.payload[u"iss"_s] = did;
    parts.list.remove(u"iss"_s);
    parts.withMetadata = false;
    QCOMPARE(check(parts).line(CheckItem::IssuerKey).defect, Defect::MechanismNotAllowed);
    parts.policy.didJwk = true;
    QCOMPARE(check(parts).line(CheckItem::Signature).answer, CheckAnswer::Yes);
    QCOMPARE(check(parts).verdict, LocalVerdict::DoNotAccept);
    parts.policy.trustedIssuers = { did };
    QCOMPARE(check(parts).verdict, LocalVerdict::Genuine);
}

void TestLocalCheck::certificatesInsideTheCredential()
{
    const TestSigner root;
    const QByteArray rootDer = root.certificate("Root", {}, true);
    const QByteArray leafDer = m_issuer.certificate("Academy", "URI:https://academy.example.org", false, &root, "Root");
    Parts parts = goodParts();
    parts.withMetadata = false;
    parts.header[u"x5c"_s] = QJsonArray { QString::fromLatin1(leafDer.toBase64()) };
    parts.listHeader[u"x5c"_s] = parts.header[u"x5c"_s];
    parts.policy.roots = { rootDer };
    QCOMPARE(check(parts).line(CheckItem::Signature).answer, CheckAnswer::Yes);
    QCOMPARE(check(parts).verdict, LocalVerdict::Genuine);
    // By somebody whom another root vouches for, or in another's name.
    const TestSigner stranger;
    parts.policy.roots = { stranger.certificate("Root", {}, true) };
    QCOMPARE(check(parts).line(CheckItem::IssuerKey).defect, Defect::CertificateRefused);
    parts.policy.roots = { rootDer };
    parts.payload[u"iss"_s] = u"https://other.example.org"_s;
    parts.policy.trustedIssuers = { u"https://other.example.org"_s };
    QCOMPARE(check(parts).line(CheckItem::IssuerKey).defect, Defect::IssuerMismatch);
    // The chain brings its own root along: that proves nothing.
    parts = goodParts();
    parts.header[u"x5c"_s] = QJsonArray { QString::fromLatin1(leafDer.toBase64()), QString::fromLatin1(rootDer.toBase64()) };
    QCOMPARE(check(parts).line(CheckItem::IssuerKey).defect, Defect::MechanismNotAllowed);
}

QTEST_GUILESS_MAIN(TestLocalCheck)
#include "tst_localcheck.moc"
