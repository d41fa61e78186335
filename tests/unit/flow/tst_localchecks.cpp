// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/console.h"
#include "app/net/httptransport.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/faketransport.h"
#include "tests/support/scriptedjournal.h"
#include "tests/unit/sdjwt/testsigner.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QHostAddress>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace yoid::sdjwt;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 30'000;
const QUrl kKeys(u"https://academy.example.org/.well-known/jwt-vc-issuer"_s);

PublicFetch::Resolve everywhere()
{
    return [](const QString &, QObject *context, const PublicFetch::Resolved &then) {
        QMetaObject::invokeMethod(context, [then] { then({ QHostAddress(u"93.184.216.34"_s) }); }, Qt::QueuedConnection);
    };
}

/// A console in practice with the real practice server.
struct Practised {
    Practised()
    {
        console.practice().setProgram(QStringLiteral(YOID_PRACTICE_PROGRAM));
        console.openPractice();
    }
    [[nodiscard]] QByteArray take(PracticePaper which, const Challenge &challenge = {})
    {
        std::optional<Outcome<QByteArray>> got;
        console.practice().takeCredential(which, challenge.nonce, challenge.audience, &context, [&](const auto &outcome) { got = outcome; });
        if (!QTest::qWaitFor([&] { return got.has_value(); }, kPatience) || !got->ok())
            return {};
        return got->value();
    }
    /// Checked with everything that may be asked.
    [[nodiscard]] LocalReport checked(const QByteArray &credential)
    {
        auto *const flow = console.localChecks().check(credential, &context);
        flow->start();
        if (!QTest::qWaitFor([&] { return flow->isOver(); }, kPatience))
            return {};
        hosts = flow->hosts();
        flow->fetch();
        if (!QTest::qWaitFor([&] { return flow->isOver(); }, kPatience))
            return {};
        failures = flow->failures();
        return flow->report();
    }

    SystemClock clock;
    Redactor redactor;
    HttpTransport transport { clock, redactor };
    QTemporaryDir folder;
    ProfileStore profiles { folder.filePath(u"profiles.json"_s) };
    FakeSecretStore keychain;
    ScriptedJournal journal;
    Console console { Console::Parts { clock, transport, redactor, profiles, keychain, journal, nullptr,
                                       { folder.filePath(u"trusted.json"_s), folder.filePath(u"trust"_s) } } };
    QStringList hosts;
    QHash<QUrl, Failure> failures;
    QObject context;
};

} // namespace

/// What a check on this computer needs beside the credential, and the whole of it against the practice server.
class TestLocalChecks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void trustedHereCounts();
    void didJwkOnlyByName();
    void rootsMustBeAuthorities();
    void holderSignsOnce();
    void refreshedFromTheCache_data();
    void refreshedFromTheCache();
    void practicePapers_data();
    void practicePapers();
    void practiceHolder();
    void practiceRevocation();
    void practiceStaysApart();

private:
    TestSigner m_signer;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeTransport> m_transport;
    std::unique_ptr<LocalChecks> m_checks;
};

void TestLocalChecks::init()
{
    m_checks.reset();
    m_clock = std::make_unique<FakeClock>();
    m_transport = std::make_unique<FakeTransport>(m_clock.get());
    m_checks = std::make_unique<LocalChecks>(*m_transport, *m_clock, LocalChecks::Places(), nullptr, everywhere());
}

void TestLocalChecks::trustedHereCounts()
{
    QVERIFY(m_checks->policy().trustedIssuers.isEmpty());
    QVERIFY(!m_checks->policy().holderBinding);
    QVERIFY(!m_checks->policy().didJwk);
    QSignalSpy changes(m_checks.get(), &LocalChecks::trustChanged);
    QVERIFY(m_checks->trustList().addIssuer({ u"https://academy.example.org"_s, u"Our academy"_s }).ok());
    QCOMPARE(changes.size(), 1);
    QCOMPARE(m_checks->policy().trustedIssuers, QStringList({ u"https://academy.example.org"_s }));
    QCOMPARE(m_checks->nameOf(u"https://academy.example.org"_s), u"Our academy"_s);
    QCOMPARE(m_checks->nameOf(u"https://academy.example.org/"_s), QString());
}

void TestLocalChecks::didJwkOnlyByName()
{
    QVERIFY(m_checks->trustList().addIssuer({ u"did:jwk:eyJ9"_s, {} }).ok());
    QVERIFY(m_checks->policy().didJwk);
}

void TestLocalChecks::rootsMustBeAuthorities()
{
    const QByteArray root = m_signer.certificate("Root of the academies", {}, true);
    const QByteArray leaf = m_signer.certificate("Somebody", "URI:https://academy.example.org", false);
    QVERIFY(!m_checks->addRoot("nothing").ok());
    QVERIFY(!m_checks->addRoot({}).ok());
    QVERIFY(!m_checks->addRoot(leaf).ok());
    QVERIFY(m_checks->policy().roots.isEmpty());
    QVERIFY(m_checks->addRoot(root).ok());
    const QByteArray pem = "-----BEGIN CERTIFICATE-----\n" + root.toBase64() + "\n-----END CERTIFICATE-----\n";
    QVERIFY(m_checks->addRoot(pem).ok()); // the same one
    QCOMPARE(m_checks->policy().roots, QList<QByteArray> { root });
    QCOMPARE(m_checks->trustList().roots().constFirst().name, u"CN=Root of the academies"_s);
}

void TestLocalChecks::holderSignsOnce()
{
    const TestSigner holder;
    const qint64 now = m_clock->nowUtc().toSecsSinceEpoch();
    QJsonObject key = m_signer.jwk();
    key.insert(u"kid"_s, u"k1"_s);
    const QJsonObject metadata { { u"issuer"_s, u"https://academy.example.org"_s }, { u"jwks"_s, QJsonObject { { u"keys"_s, QJsonArray { key } } } } };
    m_checks->cache().put(kKeys, { QJsonDocument(metadata).toJson(), m_clock->nowUtc() });
    const auto presented = [&](const Challenge &challenge) -> QByteArray {
        const QByteArray text = m_signer.sign(QJsonObject { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"dc+sd-jwt"_s }, { u"kid"_s, u"k1"_s } },
                                              QJsonObject { { u"iss"_s, u"https://academy.example.org"_s }, { u"vct"_s, u"https://t.example.org"_s },
                                                            { u"cnf"_s, QJsonObject { { u"jwk"_s, holder.jwk() } } } })
            + '~';
        return text
            + holder.sign(QJsonObject { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"kb+jwt"_s } },
                          QJsonObject { { u"iat"_s, now }, { u"nonce"_s, challenge.nonce }, { u"aud"_s, challenge.audience },
                                        { u"sd_hash"_s, QString::fromLatin1(TestSigner::digest(text)) } });
    };
    const auto answer = [this](const QByteArray &credential) {
        const std::unique_ptr<LocalCheckFlow> flow(m_checks->check(credential, nullptr));
        flow->start();
        return QTest::qWaitFor([&] { return flow->isOver(); }) ? flow->report().line(CheckItem::Holder) : CheckLine();
    };
    const Challenge first = m_checks->askHolder();
    const Challenge second = m_checks->askHolder();
    QVERIFY(first.nonce != second.nonce);
    QVERIFY(second.nonce.size() >= 22); // 128 bits
    QCOMPARE(answer(presented(first)).defect, Defect::NonceWrong);
    QVERIFY(m_checks->challenge()); // whoever failed may try again
    const QByteArray good = presented(second);
    QCOMPARE(answer(good).answer, CheckAnswer::Yes);
    QVERIFY(!m_checks->challenge()); // used up
    QCOMPARE(answer(good).answer, CheckAnswer::DoesNotApply); // a copy of it is only a copy
    (void)m_checks->askHolder();
    QCOMPARE(answer(good).defect, Defect::NonceWrong);
    m_checks->askNoHolder();
    QVERIFY(!m_checks->policy().holderBinding);
}

void TestLocalChecks::refreshedFromTheCache_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("taken");
    QTest::newRow("newer keys") << R"({"issuer":"https://academy.example.org","jwks":{"keys":[]}})"_ba << true;
    QTest::newRow("a page to sign in") << "<html>"_ba << false;
    QTest::newRow("of another issuer") << R"({"issuer":"https://evil.example.org","jwks":{"keys":[]}})"_ba << false;
    QTest::newRow("a list in place of keys") << "a.b.c"_ba << false;
}

void TestLocalChecks::refreshedFromTheCache()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, taken);
    const QByteArray old = R"({"issuer":"https://academy.example.org","jwks_uri":"https://academy.example.org/keys"})";
    m_checks->cache().put(kKeys, { old, m_clock->nowUtc() });
    m_clock->advance(std::chrono::hours(5));
    m_transport->setHandler([body](const FakeTransport::Seen &) -> HttpResult { return HttpReply { 200, {}, body, 1 }; });
    std::optional<bool> ok;
    m_checks->refresh(kKeys, this, [&](const Outcome<Done> &outcome) { ok = outcome.ok(); });
    QTRY_VERIFY(ok);
    QCOMPARE(*ok, taken);
    const TrustCache::Document kept = m_checks->cache().documents().value(kKeys);
    QCOMPARE(kept.bytes, taken ? body : old);
    QCOMPARE(kept.fetchedAt == m_clock->nowUtc(), taken);
}

void TestLocalChecks::practicePapers_data()
{
    QTest::addColumn<PracticePaper>("which");
    QTest::addColumn<LocalVerdict>("verdict");
    QTest::addColumn<CheckItem>("item");
    QTest::addColumn<CheckAnswer>("answer");
    using enum CheckItem;
    using enum CheckAnswer;
    // A copy alone is never green: nobody has signed that it is theirs.
    QTest::newRow("good") << PracticePaper::Good << LocalVerdict::CheckByHand << Status << Yes;
    QTest::newRow("revoked") << PracticePaper::Revoked << LocalVerdict::DoNotAccept << Status << No;
    QTest::newRow("expired") << PracticePaper::Expired << LocalVerdict::DoNotAccept << Dates << No;
    QTest::newRow("other issuer") << PracticePaper::OtherIssuer << LocalVerdict::DoNotAccept << TrustedIssuer << No;
    QTest::newRow("changed") << PracticePaper::Changed << LocalVerdict::DoNotAccept << Contents << No;
}

void TestLocalChecks::practicePapers()
{
    QFETCH(PracticePaper, which);
    QFETCH(LocalVerdict, verdict);
    QFETCH(CheckItem, item);
    QFETCH(CheckAnswer, answer);
    Practised practised;
    QTRY_VERIFY_WITH_TIMEOUT(practised.console.session(), kPatience);
    Session *const session = practised.console.session();
    session->loadTrustedEntities();
    QTRY_VERIFY_WITH_TIMEOUT(!session->trustedEntities().isEmpty(), kPatience);
    const LocalReport report = practised.checked(practised.take(which));
    QCOMPARE(practised.hosts, QStringList { u"practice.invalid"_s });
    QVERIFY(practised.failures.isEmpty());
    QCOMPARE(report.lines.size(), allCheckItems().size());
    QCOMPARE(report.line(item).answer, answer);
    QCOMPARE(report.verdict, verdict);
    QCOMPARE(report.line(CheckItem::Signature).answer, CheckAnswer::Yes); // each is really signed by who it says
}

void TestLocalChecks::practiceHolder()
{
    Practised practised;
    QTRY_VERIFY_WITH_TIMEOUT(practised.console.session(), kPatience);
    LocalChecks &checks = practised.console.localChecks();
    QVERIFY(checks.trustList().addIssuer({ u"did:web:practice.invalid:practice-academy"_s, {} }).ok());
    const Challenge challenge = checks.askHolder();
    const QByteArray credential = practised.take(PracticePaper::Good, challenge);
    const QByteArray payload = QByteArray::fromBase64(credential.split('.').value(1), QByteArray::Base64UrlEncoding);
    checks.expectType(QJsonDocument::fromJson(payload).object().value(u"vct"_s).toString());
    QVERIFY(!checks.expectedType().isEmpty());
    const LocalReport report = practised.checked(credential);
    QCOMPARE(report.line(CheckItem::Holder).answer, CheckAnswer::Yes);
    QCOMPARE(report.line(CheckItem::Type).answer, CheckAnswer::Yes);
    QCOMPARE(report.verdict, LocalVerdict::Genuine);
    QVERIFY(!report.claims.isEmpty());
}

void TestLocalChecks::practiceRevocation()
{
    // The same list says of two credentials what is true of each, and a second look at the cache asks nobody.
    Practised practised;
    QTRY_VERIFY_WITH_TIMEOUT(practised.console.session(), kPatience);
    QCOMPARE(practised.checked(practised.take(PracticePaper::Good)).status, CredentialStatus::Valid);
    QCOMPARE(practised.checked(practised.take(PracticePaper::Revoked)).status, CredentialStatus::Invalid);
    QVERIFY(practised.hosts.isEmpty());
    QCOMPARE(practised.console.localChecks().cache().entries().size(), 2);
}

void TestLocalChecks::practiceStaysApart()
{
    Practised practised;
    QTRY_VERIFY_WITH_TIMEOUT(practised.console.session(), kPatience);
    LocalChecks &checks = practised.console.localChecks();
    const QByteArray credential = practised.take(PracticePaper::Good);
    QCOMPARE(practised.checked(credential).status, CredentialStatus::Valid);
    QSignalSpy replaced(&checks, &LocalChecks::cacheReplaced);
    practised.console.closeProfile();
    QCOMPARE(replaced.size(), 1);
    QVERIFY(checks.cache().entries().isEmpty()); // nothing of practice stays
    // Outside practice the reserved name leads nowhere.
    const LocalReport report = practised.checked(credential);
    QCOMPARE(report.line(CheckItem::Signature).answer, CheckAnswer::CouldNotCheck);
    QCOMPARE(practised.failures.size(), 1);
    QCOMPARE(practised.failures.constBegin()->kind, FailureKind::NameNotFound);
}

QTEST_GUILESS_MAIN(TestLocalChecks)
#include "tst_localchecks.moc"
