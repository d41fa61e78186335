// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/credentialpaste.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {
const QString kKey = u"Zk3pQ8vL1xT6bN0sW9cR4yH7uJ2mD5fA"_s; // shaped like a Keycloak secret
}

class TestCredentialPaste : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void layouts_data();
    void layouts();
    void nothingIsGuessed_data();
    void nothingIsGuessed();
    void secretsComeOutExactly_data();
    void secretsComeOutExactly();
    void edgesAndControls_data();
    void edgesAndControls();
    void addresses();
    void organisation();
    void hugeAndStrangeTexts();
};

void TestCredentialPaste::layouts_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, QString text) { QTest::newRow(name) << text.replace(u"KEY"_s, kKey); };
    row("colon", u"client_id: umuzi-console\nclient_secret: KEY"_s);
    row("equals", u"clientId=umuzi-console\nclientSecret=KEY"_s);
    row("spaced equals, quotes", u"clientId = \"umuzi-console\"\nclientSecret = \"KEY\""_s);
    row("words", u"Client ID: umuzi-console\nClient secret: KEY"_s);
    row("capitals", u"CLIENT ID : umuzi-console\nCLIENT SECRET : KEY"_s);
    row("reversed order", u"Secret: KEY\nClient ID: umuzi-console"_s);
    row("CR LF", u"client_id: umuzi-console\r\nclient_secret: KEY\r\n"_s);
    row("environment file", u"export YOID_CLIENT_ID=umuzi-console\nexport YOID_CLIENT_SECRET=KEY"_s);
    row("quoted environment", u"YOID_CLIENT_ID='umuzi-console'\nYOID_CLIENT_SECRET='KEY'"_s);
    row("PowerShell", u"$env:CLIENT_ID = \"umuzi-console\"\n$env:CLIENT_SECRET = \"KEY\""_s);
    row("YAML", u"credentials:\n  client_id: umuzi-console\n  client_secret: KEY\n"_s);
    row("JSON camel", u"{\"clientId\":\"umuzi-console\",\"clientSecret\":\"KEY\"}"_s);
    row("JSON snake", u"{\n  \"client_id\": \"umuzi-console\",\n  \"client_secret\": \"KEY\"\n}"_s);
    row("JSON nested", u"{\"environment\":\"test\",\"credentials\":{\"client\":{\"id\":\"umuzi-console\",\"secret\":\"KEY\"}}}"_s);
    row("JSON in a mail", u"Hi Thabo,\n\nhere you go:\n```json\n{\"clientId\": \"umuzi-console\", \"clientSecret\": \"KEY\"}\n```\nRegards"_s);
    row("Keycloak adapter file", u"{\"realm\":\"product-hub\",\"resource\":\"umuzi-console\",\"credentials\":{\"secret\":\"KEY\"}}"_s);
    row("JSON lines without braces", u"\"clientId\": \"umuzi-console\",\n\"clientSecret\": \"KEY\","_s);
    row("cURL -d", u"curl -X POST https://test.didxtech.com/iam/realms/product-hub/protocol/openid-connect/token -d 'grant_type=client_credentials&client_id=umuzi-console&client_secret=KEY'"_s);
    row("cURL several -d", u"curl --location 'https://test.didxtech.com/iam/realms/product-hub/protocol/openid-connect/token' \\\n  -d grant_type=client_credentials \\\n  -d client_id=umuzi-console \\\n  -d client_secret=KEY"_s);
    row("cURL urlencode", u"$ curl https://h.example/token --data-urlencode 'grant_type=client_credentials' --data-urlencode \"client_id=umuzi-console\" --data-urlencode \"client_secret=KEY\""_s);
    row("cURL user", u"curl -u umuzi-console:KEY https://h.example/token -d grant_type=client_credentials"_s);
    row("cURL JSON data", u"curl https://h.example -H 'Content-Type: application/json' -d '{\"client_id\":\"umuzi-console\",\"client_secret\":\"KEY\"}'"_s);
    row("form body", u"grant_type=client_credentials&client_id=umuzi-console&client_secret=KEY"_s);
    row("form body in an HTTP sample", u"POST /token HTTP/1.1\nHost: test.didxtech.com\n\ngrant_type=client_credentials&client_id=umuzi-console&client_secret=KEY"_s);
    row("labels above values", u"Client ID\numuzi-console\n\nClient Secret\nKEY\n"_s);
    row("labels with colons above values", u"Client ID:\n  umuzi-console\nClient Secret:\n  KEY\n"_s);
    row("label row above value row", u"Client ID\tClient Secret\numuzi-console\tKEY"_s);
    row("Markdown table", u"| Client ID | Client Secret |\n|---|---|\n| umuzi-console | KEY |"_s);
    row("Markdown table, upright", u"| Field | Value |\n|---|---|\n| Client ID | umuzi-console |\n| Client secret | `KEY` |"_s);
    row("tabs", u"Client ID\tumuzi-console\nClient Secret\tKEY"_s);
    row("one line, comma", u"client_id=umuzi-console, client_secret=KEY"_s);
    row("one line, words", u"Client ID: umuzi-console Client Secret: KEY"_s);
    row("one line, bar", u"ID client: umuzi-console | Secret: KEY"_s);
    row("two bare lines", u"umuzi-console\nKEY"_s);
    row("two bare lines and an address", u"https://test.didxtech.com\numuzi-console\nKEY\n"_s);
    row("mail", u"Dear Thabo,\n\nPlease find your credentials below. Do not share your client secret with anybody!\n\nClient ID: umuzi-console\nClient Secret: KEY\n\nKind regards,\nThe YoID team\nsupport@yoma.world"_s);
    row("quoted mail", u"> Client ID: umuzi-console\n> Client Secret: KEY\n> Regards"_s);
    row("bullets", u"• Client ID: umuzi-console\n• Client Secret: KEY"_s);
    row("bold", u"**Client ID:** umuzi-console\n**Client Secret:** KEY"_s);
    row("code ticks", u"Client ID: `umuzi-console`\nClient secret: `KEY`"_s);
    row("smart quotes", u"Client ID: “umuzi-console”\nClient secret: “KEY”"_s);
    row("with fillers", u"Your YoID test client ID: umuzi-console\nYour YoID test client secret: KEY"_s);
    row("arrows", u"client_id => umuzi-console\nclient_secret => KEY"_s);
    row("byte order mark", u"\uFEFFclient_id: umuzi-console\nclient_secret: KEY"_s);
    row("said twice, alike", u"client_id: umuzi-console\nclient_secret: KEY\n\nclient_id: umuzi-console\nclient_secret: KEY"_s);
}

void TestCredentialPaste::layouts()
{
    QFETCH(QString, text);
    const PastedCredentials found = readPastedCredentials(text);
    QCOMPARE(found.clientId, u"umuzi-console"_s);
    QCOMPARE(QString::fromUtf8(found.clientSecret.view()), kKey);
    QVERIFY(!found.secretRefused);
}

void TestCredentialPaste::nothingIsGuessed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, QString text, const QString &id = {}) { QTest::newRow(name) << text.replace(u"KEY"_s, kKey) << id; };
    row("nothing", QString());
    row("prose", u"Hello, we will send your client secret tomorrow. Regards, Thabo"_s);
    row("prose with a colon", u"Your client secret: please do not share it"_s);
    row("secret by another road", u"Client ID: umuzi-console\nClient secret: see 1Password"_s, u"umuzi-console"_s);
    row("secret behind a link", u"Client ID: umuzi-console\nClient secret: https://share.1password.com/s#abc"_s, u"umuzi-console"_s);
    row("stars", u"client_id: umuzi-console\nclient_secret: ********"_s, u"umuzi-console"_s);
    row("form to fill in", u"client_id=<your-client-id>\nclient_secret=<your-client-secret>"_s);
    row("variables", u"curl -d client_id=$CLIENT_ID -d client_secret=${CLIENT_SECRET} https://h.example"_s);
    row("two environments", u"TEST\nclient_id: umuzi-test\nclient_secret: KEY\n\nPRODUCTION\nclient_id: umuzi-prod\nclient_secret: 9KEY"_s);
    row("two environments in JSON", u"{\"test\":{\"clientId\":\"a\",\"clientSecret\":\"KEY\"},\"production\":{\"clientId\":\"b\",\"clientSecret\":\"9KEY\"}}"_s);
    row("two rows of values", u"Client ID\tClient Secret\numuzi-test\tKEY\numuzi-prod\t9KEY"_s);
    row("one word", u"umuzi-console"_s);
    row("two words of prose", u"hello\nworld"_s);
    row("two bare keys", kKey + u"\n9KEY"_s);
    row("bare, other way round", u"KEY\numuzi-console"_s);
    row("three bare lines", u"umuzi-console\nother\nKEY"_s);
    row("a mail address", u"thabo@example.org\nKEY"_s);
    row("id with a blank", u"Client ID: ask the help desk"_s);
    row("label without a value", u"Client ID:\nClient Secret:\n"_s);
}

void TestCredentialPaste::nothingIsGuessed()
{
    QFETCH(QString, text);
    QFETCH(QString, id);
    const PastedCredentials found = readPastedCredentials(text);
    QCOMPARE(found.clientId, id);
    QCOMPARE(found.clientSecret.size(), 0);
}

void TestCredentialPaste::secretsComeOutExactly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("secret");
    const QString odd = u"a&=+% :\"é/#?z"_s;
    QTest::newRow("JSON") << u"{\"client_id\":\"u\",\"client_secret\":\"a&=+% :\\\"\\u00e9/#?z\"}"_s << odd;
    QTest::newRow("form body") << u"grant_type=client_credentials&client_id=u&client_secret=a%26%3D%2B%25+%3A%22%C3%A9%2F%23%3Fz"_s << odd;
    QTest::newRow("cURL -d") << u"curl h -d 'client_id=u&client_secret=a%26%3D%2B%25%20%3A%22%C3%A9%2F%23%3Fz'"_s << odd;
    QTest::newRow("cURL urlencode") << u"curl h --data-urlencode client_id=u --data-urlencode 'client_secret=a&=+% :\"é/#?z'"_s << odd;
    QTest::newRow("cURL double quotes") << u"curl h --data-urlencode client_id=u --data-urlencode \"client_secret=a&=+% :\\\"é/#?z\""_s << odd;
    QTest::newRow("label") << u"client_id: u\nclient_secret: a&=+% :\"é/#?z"_s << odd;
    QTest::newRow("quoted label") << u"client_id: u\nclient_secret: 'a&=+% :\"é/#?z'"_s << odd;
    QTest::newRow("percent stays in a plain line") << u"client_id=u\nclient_secret=a%2Bb%20c"_s << u"a%2Bb%20c"_s;
    QTest::newRow("plus stays in a plain line") << u"client_id=u\nclient_secret=a+b+c=="_s << u"a+b+c=="_s;
    QTest::newRow("equals inside") << u"client_id=u\nclient_secret=abc=def=="_s << u"abc=def=="_s;
    QTest::newRow("colon inside") << u"client_id: u\nclient_secret: abc:def:ghi"_s << u"abc:def:ghi"_s;
    QTest::newRow("comma at the end") << u"client_id: u\nclient_secret: abc123,"_s << u"abc123,"_s;
    QTest::newRow("leading quote only") << u"client_id: u\nclient_secret: \"abc123"_s << u"\"abc123"_s;
    QTest::newRow("cURL user with colons") << u"curl -u 'u:a:b:c' h"_s << u"a:b:c"_s;
}

void TestCredentialPaste::secretsComeOutExactly()
{
    QFETCH(QString, text);
    QFETCH(QString, secret);
    const PastedCredentials found = readPastedCredentials(text);
    QCOMPARE(QString::fromUtf8(found.clientSecret.view()), secret);
    QCOMPARE(found.clientId, u"u"_s);
    QVERIFY(!found.secretHadEdgeSpace);
}

void TestCredentialPaste::edgesAndControls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("edge");
    QTest::addColumn<bool>("refused");
    QTest::newRow("clean") << u"client_id: u\nclient_secret: abc123\n"_s << false << false;
    QTest::newRow("blank behind") << u"client_id: u\nclient_secret: abc123 \n"_s << true << false;
    QTest::newRow("tab behind") << u"client_id: u\nclient_secret: abc123\t\n"_s << true << false;
    QTest::newRow("NBSP behind") << u"client_id: u\nclient_secret: abc123\u00A0"_s << true << false;
    QTest::newRow("inside quotes") << u"client_id: u\nclient_secret: \" abc123\""_s << true << false;
    QTest::newRow("line end in JSON") << u"{\"client_id\":\"u\",\"client_secret\":\"abc123\\n\"}"_s << true << false;
    QTest::newRow("line end in a form body") << u"grant_type=x&client_id=u&client_secret=abc123%0A"_s << true << false;
    QTest::newRow("NUL") << u"client_id: u\nclient_secret: abc"_s + QChar(0) + u"123"_s << false << true;
    QTest::newRow("NUL in JSON") << u"{\"client_id\":\"u\",\"client_secret\":\"abc\\u0000123\"}"_s << false << true;
    QTest::newRow("line end inside JSON") << u"{\"client_id\":\"u\",\"client_secret\":\"abc\\n123\"}"_s << false << true;
    QTest::newRow("escape") << u"client_id: u\nclient_secret: abc\u001B123"_s << false << true;
}

void TestCredentialPaste::edgesAndControls()
{
    QFETCH(QString, text);
    QFETCH(bool, edge);
    QFETCH(bool, refused);
    const PastedCredentials found = readPastedCredentials(text);
    QCOMPARE(found.clientId, u"u"_s);
    QCOMPARE(found.secretHadEdgeSpace, edge);
    QCOMPARE(found.secretRefused, refused);
    QCOMPARE(found.clientSecret.view(), refused ? QByteArrayView() : QByteArrayView("abc123"));
}

void TestCredentialPaste::addresses()
{
    const PastedCredentials found = readPastedCredentials(
        u"Token URL: https://test.didxtech.com/iam/realms/product-hub/protocol/openid-connect/token\n"
        "See https://test.didxtech.com/me-creds/api/templates/credentials, <https://test.didxtech.com/me-wallet/api/> and\n"
        "Onboarding: https://test.didxtech.com/consumer-onboarding/api.\nDocs: https://docs.yoid.me/api\nclient_id: u"_s);
    const Profile expected = testEnvironmentProfile().clientId.isEmpty() ? testEnvironmentProfile() : Profile {};
    QCOMPARE(found.tokenUrl, expected.tokenUrl);
    QCOMPARE(found.credsUrl, expected.credsUrl);
    QCOMPARE(found.walletUrl, expected.walletUrl);
    QCOMPARE(found.onboardingUrl, expected.onboardingUrl);
    const PastedCredentials two = readPastedCredentials(u"https://a.example/me-creds/api https://b.example/me-creds/api"_s);
    QVERIFY(two.credsUrl.isEmpty());
    QVERIFY(readPastedCredentials(u"https://docs.yoid.me/api and https://share.1password.com/s"_s).tokenUrl.isEmpty());
    const PastedCredentials json = readPastedCredentials(u"{\"clientId\":\"u\",\"tokenUrl\":\"https://iam.example/t\",\"wallet\":{\"url\":\"https://w.example/api\"}}"_s);
    QCOMPARE(json.tokenUrl, QUrl(u"https://iam.example/t"_s));
    QCOMPARE(json.walletUrl, QUrl(u"https://w.example/api"_s));
}

void TestCredentialPaste::organisation()
{
    QCOMPARE(readPastedCredentials(u"Organisation: Umuzi Academy\nclient_id: u"_s).organisation, u"Umuzi Academy"_s);
    QVERIFY(readPastedCredentials(u"Organisation: A\nOrganization: B"_s).organisation.isEmpty());
}

void TestCredentialPaste::hugeAndStrangeTexts()
{
    QVERIFY(readPastedCredentials(QString(100'000, u'x')).clientId.isEmpty());
    for (const QString &piece : { u"client_id:"_s, u"\"'`"_s, u"{[("_s, u"| a "_s, u"curl -d "_s, u"a b c d "_s, u"\n"_s, u"&client_id="_s,
                                  QString(QChar(0xD800)), QString(QChar(0)), u"=>"_s, u"\\"_s, u"secret "_s }) {
        (void)readPastedCredentials(piece.repeated(60'000 / static_cast<int>(piece.size())));
        (void)readPastedCredentials(QString(u"curl "_s + piece.repeated(1000)));
    }
}

QTEST_GUILESS_MAIN(TestCredentialPaste)
#include "tst_credentialpaste.moc"
