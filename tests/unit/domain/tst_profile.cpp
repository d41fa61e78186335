// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/profile.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

using Field = ProfileProblem::Field;
using Reason = ProfileProblem::Reason;

class TestProfile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTestEnvironmentNeedsOnlyAClientId();
    void addresses_data();
    void addresses();
    void textsAreChecked();
    void typedAddresses_data();
    void typedAddresses();
    void hosts_data();
    void hosts();
    void loopback_data();
    void loopback();
    void originsAreSchemeHostAndPort();
    void environmentKeysGoThereAndBack();
    void normalisingDropsSlashes();
};

void TestProfile::theTestEnvironmentNeedsOnlyAClientId()
{
    Profile profile = testEnvironmentProfile();
    QCOMPARE(problemsOf(profile), (QList<ProfileProblem> { { Field::ClientId, Reason::Empty } }));
    profile.clientId = u"umuzi-console"_s;
    QVERIFY(problemsOf(profile).isEmpty());
    QCOMPARE(profile.environment, Environment::Test);
    QVERIFY(testEnvironmentProfile().id != testEnvironmentProfile().id);
    QCOMPARE(profile.walletUrl.toString(), u"https://test.didxtech.com/me-wallet/api"_s);
}

void TestProfile::addresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("reason"); // -1: fine
    const auto bad = [](Reason reason) { return static_cast<int>(reason); };
    QTest::newRow("https") << u"https://creds.example.org/api"_s << -1;
    QTest::newRow("https with port") << u"https://creds.example.org:8443/api"_s << -1;
    QTest::newRow("IDN") << u"https://bücher.example/api"_s << -1;
    QTest::newRow("loopback v4") << u"http://127.0.0.1:8080/api"_s << -1;
    QTest::newRow("loopback v4, other") << u"http://127.8.9.1/api"_s << -1;
    QTest::newRow("loopback v6") << u"http://[::1]:8080/api"_s << -1;
    QTest::newRow("localhost") << u"http://localhost/api"_s << -1;
    QTest::newRow("empty") << QString() << bad(Reason::Empty);
    QTest::newRow("http") << u"http://creds.example.org/api"_s << bad(Reason::NotHttps);
    QTest::newRow("http, private net") << u"http://192.168.1.4/api"_s << bad(Reason::NotHttps);
    QTest::newRow("http, looks like loopback") << u"http://127.0.0.1.example.org/api"_s << bad(Reason::NotHttps);
    QTest::newRow("http, localhost.example") << u"http://localhost.example.org/"_s << bad(Reason::NotHttps);
    QTest::newRow("ftp") << u"ftp://creds.example.org/api"_s << bad(Reason::NotAnAddress);
    QTest::newRow("file") << u"file:///etc/passwd"_s << bad(Reason::NotAnAddress);
    QTest::newRow("javascript") << u"javascript:alert(1)"_s << bad(Reason::NotAnAddress);
    QTest::newRow("no scheme") << u"creds.example.org/api"_s << bad(Reason::NotAnAddress);
    QTest::newRow("no host") << u"https:///api"_s << bad(Reason::NotAnAddress);
    QTest::newRow("port out of range") << u"https://creds.example.org:99999/"_s << bad(Reason::NotAnAddress);
    QTest::newRow("user") << u"https://user@creds.example.org/api"_s << bad(Reason::HasUserInfo);
    QTest::newRow("user and password") << u"https://test.didxtech.com:x@evil.example/"_s << bad(Reason::HasUserInfo);
    QTest::newRow("query") << u"https://creds.example.org/api?key=1"_s << bad(Reason::HasQueryOrFragment);
    QTest::newRow("fragment") << u"https://creds.example.org/api#x"_s << bad(Reason::HasQueryOrFragment);
    QTest::newRow("line feed") << u"https://creds.example.org/a%0d%0aHost:x"_s << bad(Reason::ControlCharacters);
}

void TestProfile::addresses()
{
    QFETCH(QString, address);
    QFETCH(int, reason);
    Profile profile = testEnvironmentProfile();
    profile.clientId = u"x"_s;
    profile.credsUrl = QUrl(address);
    QList<ProfileProblem> expected;
    if (reason >= 0)
        expected.append({ Field::CredsUrl, static_cast<Reason>(reason) });
    QCOMPARE(problemsOf(profile), expected);
    if (reason < 0)
        QVERIFY(isAllowedAddress(profile.credsUrl));
}

void TestProfile::textsAreChecked()
{
    Profile profile = testEnvironmentProfile();
    profile.name = u"  "_s;
    profile.clientId = u"a\nb"_s;
    QCOMPARE(problemsOf(profile),
             (QList<ProfileProblem> { { Field::Name, Reason::Empty }, { Field::ClientId, Reason::ControlCharacters } }));
    profile.name = u"Umuzi \u202Etset"_s;
    QVERIFY(problemsOf(profile).contains(ProfileProblem { Field::Name, Reason::ControlCharacters }));
    profile.name = u"../../x"_s; // only text: never part of a path
    profile.clientId = u"x"_s;
    QVERIFY(problemsOf(profile).isEmpty());
}

void TestProfile::typedAddresses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("address"); // empty: none
    QTest::newRow("as it is") << u"https://h.example/api"_s << u"https://h.example/api"_s;
    QTest::newRow("slash") << u"https://h.example/api/"_s << u"https://h.example/api"_s;
    QTest::newRow("slashes") << u"https://h.example/api///"_s << u"https://h.example/api"_s;
    QTest::newRow("root") << u"https://h.example/"_s << u"https://h.example"_s;
    QTest::newRow("spaces, quotes") << u" \u201Chttps://h.example/api\u201D \n"_s << u"https://h.example/api"_s;
    QTest::newRow("angle brackets") << u"<https://h.example/api>"_s << u"https://h.example/api"_s;
    QTest::newRow("inner space") << u"https://h.example/a b"_s << QString();
    QTest::newRow("words") << u"the creds service"_s << QString();
    QTest::newRow("path") << u"/api"_s << QString();
    QTest::newRow("override") << u"https://h.example/\u202Eipa"_s << QString();
    QTest::newRow("long") << u"https://h.example/"_s + QString(5000, u'a') << QString();
}

void TestProfile::typedAddresses()
{
    QFETCH(QString, typed);
    QFETCH(QString, address);
    QCOMPARE(addressFromText(typed).toString(), address);
}

void TestProfile::hosts_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("host");
    QTest::newRow("plain") << u"https://Test.DidxTech.com/x"_s << u"test.didxtech.com"_s;
    QTest::newRow("usual port") << u"https://h.example:443/x"_s << u"h.example"_s;
    QTest::newRow("other port") << u"https://h.example:8443/x"_s << u"h.example:8443"_s;
    QTest::newRow("http port") << u"http://127.0.0.1:80/x"_s << u"127.0.0.1"_s;
    QTest::newRow("IPv6") << u"http://[::1]:8080/x"_s << u"[::1]:8080"_s;
    QTest::newRow("Cyrillic look-alike") << u"https://t\u0435st.didxtech.com/x"_s << u"xn--tst-rdd.didxtech.com"_s;
    QTest::newRow("German, whitelisted by Qt") << u"https://b\u00FCcher.de/x"_s << u"xn--bcher-kva.de"_s;
}

void TestProfile::hosts()
{
    QFETCH(QString, address);
    QFETCH(QString, host);
    QCOMPARE(displayHost(QUrl(address)), host);
}

void TestProfile::loopback_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("expected");
    QTest::newRow("127.0.0.1") << u"http://127.0.0.1"_s << true;
    QTest::newRow("127.255.0.9") << u"http://127.255.0.9"_s << true;
    QTest::newRow("::1") << u"http://[::1]"_s << true;
    QTest::newRow("LOCALHOST") << u"http://LOCALHOST"_s << true;
    QTest::newRow("128.0.0.1") << u"http://128.0.0.1"_s << false;
    QTest::newRow("0.0.0.0") << u"http://0.0.0.0"_s << false;
    QTest::newRow("::2") << u"http://[::2]"_s << false;
    QTest::newRow("mapped") << u"http://[::ffff:8.8.8.8]"_s << false;
    QTest::newRow("127.a.b.c") << u"http://127.a.b.c"_s << false;
    QTest::newRow("127.0.0.+1") << u"http://127.0.0.1x"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestProfile::loopback()
{
    QFETCH(QString, address);
    QFETCH(bool, expected);
    QCOMPARE(isLoopback(QUrl(address)), expected);
}

void TestProfile::originsAreSchemeHostAndPort()
{
    QCOMPARE(originOf(QUrl(u"HTTPS://H.example/x"_s)), originOf(QUrl(u"https://h.example:443/y?z"_s)));
    QVERIFY(originOf(QUrl(u"https://h.example"_s)) != originOf(QUrl(u"http://h.example"_s)));
    QVERIFY(originOf(QUrl(u"https://h.example"_s)) != originOf(QUrl(u"https://h.example:444"_s)));
    QVERIFY(originOf(QUrl(u"https://h.example"_s)) != originOf(QUrl(u"https://h.example.org"_s)));

    Profile profile = testEnvironmentProfile();
    QCOMPARE(apiOrigins(profile).size(), 1);
    profile.tokenUrl = QUrl(u"https://iam.example.org/token"_s); // the token never goes back to where it came from
    QVERIFY(!apiOrigins(profile).contains(originOf(profile.tokenUrl)));
    profile.walletUrl = QUrl(u"https://wallet.example.org/api"_s);
    QCOMPARE(apiOrigins(profile).size(), 2);
}

void TestProfile::environmentKeysGoThereAndBack()
{
    for (const Environment e : { Environment::Practice, Environment::Test, Environment::Production, Environment::Custom })
        QCOMPARE(environmentFromKey(environmentKey(e)), e);
    QCOMPARE(environmentFromKey(u"PRODUCTION"), Environment::Production);
    QCOMPARE(environmentFromKey(u"staging"), Environment::Custom);
}

void TestProfile::normalisingDropsSlashes()
{
    Profile profile = testEnvironmentProfile();
    profile.credsUrl = QUrl(u"https://h.example/me-creds/api//"_s);
    profile.clientId = u" umuzi \n"_s;
    QCOMPARE(normalised(profile).credsUrl, QUrl(u"https://h.example/me-creds/api"_s));
    QCOMPARE(normalised(profile).clientId, u"umuzi"_s);
}

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
