// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/profilefile.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

QJsonObject custom()
{
    return { { u"format"_s, u"yoidprofile"_s }, { u"version"_s, 1 }, { u"name"_s, u"Umuzi"_s }, { u"organisation"_s, u"Umuzi Academy"_s },
             { u"environment"_s, u"custom"_s }, { u"tokenUrl"_s, u"https://iam.example.org/token"_s },
             { u"onboardingUrl"_s, u"https://api.example.org/onboarding/"_s }, { u"credsUrl"_s, u"https://api.example.org/creds"_s },
             { u"walletUrl"_s, u"https://api.example.org/wallet"_s }, { u"clientId"_s, u"umuzi-console"_s } };
}

Outcome<Profile> read(const QJsonObject &object)
{
    return profileFromFile(QJsonDocument(object).toJson());
}

} // namespace

class TestProfileFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thereAndBack();
    void testNeedsNoAddresses();
    void refused_data();
    void refused();
    void rawBytes_data();
    void rawBytes();
    void unknownMembersAreIgnored();
    void namesAreOnlyText();
};

void TestProfileFile::thereAndBack()
{
    const auto profile = read(custom());
    QVERIFY(profile.ok());
    QCOMPARE(profile->onboardingUrl, QUrl(u"https://api.example.org/onboarding"_s));
    QCOMPARE(profile->environment, Environment::Custom);
    auto again = profileFromFile(profileToFile(*profile));
    QVERIFY(again.ok());
    QVERIFY(again->id != profile->id); // a profile always gets a fresh id
    again.value().id = profile->id;
    QCOMPARE(*again, *profile);
    const QByteArray written = profileToFile(*profile);
    QVERIFY(!written.toLower().contains("secret"));
    QVERIFY(!written.contains(profile->id.text.toUtf8()));
}

void TestProfileFile::testNeedsNoAddresses()
{
    const auto profile = profileFromFile(R"({"format":"yoidprofile","version":1,"name":"Umuzi","environment":"test"})");
    QVERIFY(profile.ok());
    QCOMPARE(profile->credsUrl, testEnvironmentProfile().credsUrl);
    QVERIFY(profile->clientId.isEmpty()); // typed later, with the secret
    const auto production = profileFromFile(R"({"format":"yoidprofile","version":1,"name":"Umuzi","environment":"production","clientId":"x"})");
    QCOMPARE(production.failure().fields, (QStringList { u"tokenUrl"_s, u"onboardingUrl"_s, u"credsUrl"_s, u"walletUrl"_s }));
}

void TestProfileFile::refused_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QStringList>("fields");
    const QStringList secret { u"clientSecret"_s };
    for (const char *name : { "clientSecret", "client_secret", "secret", "Client-Secret", "password", "accessToken", "access_token", "apiKey", "privateKey" })
        QTest::newRow(name) << QString::fromLatin1(name) << QJsonValue(u"hunter22"_s) << secret;
    QTest::newRow("number secret") << u"clientSecret"_s << QJsonValue(12345) << secret;
    QTest::newRow("nested secret") << u"x"_s << QJsonValue(QJsonObject { { u"client_secret"_s, u"a"_s } }) << secret;
    QTest::newRow("secret in a list") << u"x"_s << QJsonValue(QJsonArray { QJsonObject { { u"secret"_s, u"a"_s } } }) << secret;
    QTest::newRow("token in a note") << u"note"_s << QJsonValue(u"Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln"_s) << secret;
    QTest::newRow("secret in a query") << u"note"_s << QJsonValue(u"curl -d client_secret=abc"_s) << secret;
    QTest::newRow("other format") << u"format"_s << QJsonValue(u"postman"_s) << QStringList { u"format"_s };
    QTest::newRow("newer version") << u"version"_s << QJsonValue(2) << QStringList { u"version"_s };
    QTest::newRow("version as text") << u"version"_s << QJsonValue(u"1"_s) << QStringList { u"version"_s };
    QTest::newRow("http") << u"credsUrl"_s << QJsonValue(u"http://api.example.org/creds"_s) << QStringList { u"credsUrl"_s };
    QTest::newRow("user info") << u"credsUrl"_s << QJsonValue(u"https://a:b@api.example.org/creds"_s) << QStringList { u"credsUrl"_s };
    QTest::newRow("query") << u"walletUrl"_s << QJsonValue(u"https://api.example.org/?x=1"_s) << QStringList { u"walletUrl"_s };
    QTest::newRow("file address") << u"tokenUrl"_s << QJsonValue(u"file:///etc/passwd"_s) << QStringList { u"tokenUrl"_s };
    QTest::newRow("quoted address") << u"tokenUrl"_s << QJsonValue(u"\"https://iam.example.org/token\""_s) << QStringList { u"tokenUrl"_s };
    QTest::newRow("words") << u"tokenUrl"_s << QJsonValue(u"see the mail"_s) << QStringList { u"tokenUrl"_s };
    QTest::newRow("number address") << u"tokenUrl"_s << QJsonValue(5) << QStringList { u"tokenUrl"_s };
    QTest::newRow("number name") << u"name"_s << QJsonValue(5) << QStringList { u"name"_s };
    QTest::newRow("override in the name") << u"name"_s << QJsonValue(u"Umuzi \u202Etset"_s) << QStringList { u"name"_s };
    QTest::newRow("line end in the id") << u"clientId"_s << QJsonValue(u"a\nb"_s) << QStringList { u"clientId"_s };
    QTest::newRow("practice with real addresses") << u"environment"_s << QJsonValue(u"practice"_s) << QStringList { u"environment"_s };
}

void TestProfileFile::refused()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QFETCH(QStringList, fields);
    QJsonObject object = custom();
    object.insert(member, value);
    const auto profile = read(object);
    QVERIFY(!profile.ok());
    QCOMPARE(profile.failure().kind, FailureKind::InvalidInput);
    QCOMPARE(profile.failure().fields, fields);
    QVERIFY(!profile.failure().technical.contains("hunter22"_L1));
}

void TestProfileFile::rawBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("name = x");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("cut") << QByteArray(R"({"format":"yoidprofile")");
    QTest::newRow("page") << QByteArray("<html>");
    QTest::newRow("NUL") << QByteArray(100, '\0');
    QTest::newRow("deep") << QByteArray(R"({"format":"yoidprofile","x":)") + QByteArray(2000, '[');
    QTest::newRow("large") << R"({"format":"yoidprofile","x":")" + QByteArray(70'000, 'x') + "\"}";
    QTest::newRow("two token addresses") << QByteArray(R"({"format":"yoidprofile","version":1,"name":"x","environment":"test","tokenUrl":"https://a.example/token","tokenUrl":"https://b.example/token"})");
    QTest::newRow("secret hidden behind an empty one") << QByteArray(R"({"format":"yoidprofile","version":1,"name":"x","environment":"test","clientSecret":"abc","clientSecret":""})");
}

void TestProfileFile::rawBytes()
{
    QFETCH(QByteArray, bytes);
    const auto profile = profileFromFile(bytes);
    QVERIFY(!profile.ok());
    QCOMPARE(profile.failure().kind, FailureKind::InvalidInput);
}

void TestProfileFile::unknownMembersAreIgnored()
{
    QJsonObject object = custom();
    object.insert(u"colour"_s, u"#800000"_s);
    object.insert(u"clientSecret"_s, u""_s); // an empty form field is no secret
    object.insert(u"tokenLife"_s, 300);
    QVERIFY(read(object).ok());
}

void TestProfileFile::namesAreOnlyText()
{
    QJsonObject object = custom();
    object.insert(u"name"_s, u"../../x"_s);
    const auto profile = read(object);
    QVERIFY(profile.ok());
    QCOMPARE(profile->name, u"../../x"_s);
    QVERIFY(isSafeId(profile->id.text)); // the id, not the name, becomes a file name
    object.remove(u"name"_s);
    QCOMPARE(read(object)->name, u"Umuzi Academy"_s);
}

QTEST_GUILESS_MAIN(TestProfileFile)
#include "tst_profilefile.moc"
