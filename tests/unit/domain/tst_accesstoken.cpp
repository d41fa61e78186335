// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/accesstoken.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {
const QByteArray kJson = "application/json;charset=UTF-8";
const QByteArray kHtml = "text/html";
}

class TestAccessToken : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDocumentedAnswer();
    void lifetimes_data();
    void lifetimes();
    void tokens_data();
    void tokens();
    void tokenTypes_data();
    void tokenTypes();
    void refusals_data();
    void refusals();
    void refusalsKeepTheServicesWords();
    void noTokenInFailures();
};

void TestAccessToken::theDocumentedAnswer()
{
    const auto grant = parseTokenReply(200, kJson,
        R"({"access_token":"eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln","expires_in":300,"refresh_expires_in":0,)"
        R"("token_type":"Bearer","not-before-policy":0,"scope":"email profile"})");
    QVERIFY(grant.ok());
    QCOMPARE(grant->accessToken.view(), QByteArrayView("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2ln"));
    QCOMPARE(grant->lifetime.count(), 300);
    QVERIFY(!grant->lifetimeGuessed && !grant->lifetimeClamped && !grant->lifetimeShort);
}

void TestAccessToken::lifetimes_data()
{
    QTest::addColumn<QByteArray>("expiresIn"); // the member's raw JSON; empty: left out
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("flags");
    QTest::newRow("missing") << QByteArray() << 60 << u"guessed"_s;
    QTest::newRow("null") << QByteArray("null") << 60 << u"guessed"_s;
    QTest::newRow("true") << QByteArray("true") << 60 << u"guessed"_s;
    QTest::newRow("object") << QByteArray("{}") << 60 << u"guessed"_s;
    QTest::newRow("array") << QByteArray("[300]") << 60 << u"guessed"_s;
    QTest::newRow("abc") << QByteArray("\"abc\"") << 60 << u"guessed"_s;
    QTest::newRow("empty string") << QByteArray("\"\"") << 60 << u"guessed"_s;
    QTest::newRow("inf") << QByteArray("\"inf\"") << 60 << u"guessed"_s;
    QTest::newRow("nan") << QByteArray("\"nan\"") << 60 << u"guessed"_s;
    QTest::newRow("0") << QByteArray("0") << 0 << u"short"_s;
    QTest::newRow("-1") << QByteArray("-1") << 0 << u"short"_s;
    QTest::newRow("-1e300") << QByteArray("-1e300") << 0 << u"short"_s;
    QTest::newRow("\"-5\"") << QByteArray("\"-5\"") << 0 << u"short"_s;
    QTest::newRow("0.9") << QByteArray("0.9") << 0 << u"short"_s;
    QTest::newRow("5") << QByteArray("5") << 5 << u"short"_s;
    QTest::newRow("10") << QByteArray("10") << 10 << QString();
    QTest::newRow("300") << QByteArray("300") << 300 << QString();
    QTest::newRow("\"300\"") << QByteArray("\"300\"") << 300 << QString();
    QTest::newRow("\" 300 \"") << QByteArray("\" 300 \"") << 300 << QString();
    QTest::newRow("300.0") << QByteArray("300.0") << 300 << QString();
    QTest::newRow("300.7") << QByteArray("300.7") << 300 << QString();
    QTest::newRow("86400") << QByteArray("86400") << 86400 << QString();
    QTest::newRow("86401") << QByteArray("86401") << 86400 << u"clamped"_s;
    QTest::newRow("2^31") << QByteArray("2147483648") << 86400 << u"clamped"_s;
    QTest::newRow("milliseconds") << QByteArray("300000") << 86400 << u"clamped"_s;
    QTest::newRow("1e18") << QByteArray("1e18") << 86400 << u"clamped"_s;
    QTest::newRow("\"1e300\"") << QByteArray("\"1e300\"") << 86400 << u"clamped"_s;
}

void TestAccessToken::lifetimes()
{
    QFETCH(QByteArray, expiresIn);
    QFETCH(int, seconds);
    QFETCH(QString, flags);
    const QByteArray member = expiresIn.isEmpty() ? QByteArray() : ",\"expires_in\":" + expiresIn;
    const auto grant = parseTokenReply(200, kJson, "{\"access_token\":\"t\"" + member + "}");
    QVERIFY(grant.ok());
    QCOMPARE(grant->lifetime.count(), seconds);
    QCOMPARE(grant->lifetimeGuessed, flags == "guessed"_L1);
    QCOMPARE(grant->lifetimeClamped, flags == "clamped"_L1);
    QCOMPARE(grant->lifetimeShort, flags == "short"_L1);
}

void TestAccessToken::tokens_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("accepted");
    const auto with = [](const QByteArray &token) -> QByteArray { return "{\"access_token\":\"" + token + "\",\"expires_in\":300}"; };
    QTest::newRow("16 kB") << with(QByteArray(16 * 1024, 'a')) << true;
    QTest::newRow("16 kB + 1") << with(QByteArray(16 * 1024 + 1, 'a')) << false;
    QTest::newRow("20 kB") << with(QByteArray(20'000, 'a')) << false;
    QTest::newRow("empty") << with({}) << false;
    QTest::newRow("missing") << QByteArray("{\"expires_in\":300}") << false;
    QTest::newRow("null") << QByteArray("{\"access_token\":null}") << false;
    QTest::newRow("number") << QByteArray("{\"access_token\":5}") << false;
    QTest::newRow("CR LF") << with("a\\r\\nX-Evil: 1") << false;
    QTest::newRow("LF at the end") << with("abc\\n") << false;
    QTest::newRow("space") << with("a b") << false;
    QTest::newRow("NUL") << with("a\\u0000b") << false;
    QTest::newRow("DEL") << with("a\\u007fb") << false;
    QTest::newRow("non-ASCII") << with("a\xC3\xA9" "b") << false;
    QTest::newRow("twice") << QByteArray(R"({"access_token":"a","access_token":"b"})") << false;
    QTest::newRow("twice, escaped") << QByteArray(R"({"access_token":"a","acc\u0065ss_token":"b"})") << false;
    QTest::newRow("1e400") << QByteArray(R"({"access_token":"a","expires_in":1e400})") << false;
    QTest::newRow("array") << QByteArray(R"(["a"])") << false;
    QTest::newRow("blank") << QByteArray(" \n") << false;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("cut") << QByteArray(R"({"access_token":"a)") << false;
    QTest::newRow("invalid UTF-8") << QByteArray("{\"access_token\":\"a\xFF\"}") << false;
    QTest::newRow("wrapped in data") << QByteArray(R"({"data":{"access_token":"a"}})") << false; // not OAuth
    QTest::newRow("with BOM") << QByteArray("\xEF\xBB\xBF") + with("a") << true;
}

void TestAccessToken::tokens()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, accepted);
    const auto grant = parseTokenReply(200, kJson, body);
    QCOMPARE(grant.ok(), accepted);
    if (!accepted) {
        QCOMPARE(grant.failure().kind, FailureKind::MalformedReply);
        QVERIFY(!grant.failure().mayHaveExecuted);
    }
}

void TestAccessToken::tokenTypes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("Bearer") << QByteArray("\"Bearer\"") << true;
    QTest::newRow("bearer") << QByteArray("\"bearer\"") << true;
    QTest::newRow("BEARER") << QByteArray("\"BEARER\"") << true;
    QTest::newRow("null") << QByteArray("null") << true;
    QTest::newRow("DPoP") << QByteArray("\"DPoP\"") << false;
    QTest::newRow("mac") << QByteArray("\"mac\"") << false;
    QTest::newRow("empty") << QByteArray("\"\"") << false;
    QTest::newRow("number") << QByteArray("1") << false;
}

void TestAccessToken::tokenTypes()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, accepted);
    const auto grant = parseTokenReply(200, kJson, R"({"access_token":"a","expires_in":300,"token_type":)" + type + "}");
    QCOMPARE(grant.ok(), accepted);
    if (!accepted)
        QCOMPARE(grant.failure().kind, FailureKind::MalformedReply);
}

void TestAccessToken::refusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<FailureKind>("kind");
    QTest::addColumn<QString>("code");
    const auto oauth = [](const char *error) -> QByteArray { return R"({"error":")" + QByteArray(error) + R"(","error_description":"no"})"; };
    const QByteArray page = "<!DOCTYPE html><html><head><title>Sign in to Wi-Fi</title></head></html>";
    for (const char *error : { "invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type", "invalid_scope",
                               "invalid_grant", "something_new" }) {
        for (const int status : { 400, 401, 403 }) {
            QTest::addRow("%d %s", status, error)
                << status << kJson << oauth(error) << FailureKind::SecretRefused << QString::fromLatin1(error);
        }
    }
    QTest::newRow("401 nothing") << 401 << QByteArray() << QByteArray() << FailureKind::SecretRefused << QString();
    QTest::newRow("400 text") << 400 << QByteArray("text/plain") << QByteArray("bad") << FailureKind::SecretRefused << QString();
    QTest::newRow("200 with error") << 200 << kJson << oauth("unauthorized_client") << FailureKind::SecretRefused << u"unauthorized_client"_s;
    QTest::newRow("200 with error and token") << 200 << kJson << QByteArray(R"({"error":"invalid_client","access_token":"a"})")
                                              << FailureKind::SecretRefused << u"invalid_client"_s;
    QTest::newRow("200 with passing error") << 200 << kJson << oauth("temporarily_unavailable") << FailureKind::ServerError
                                            << u"temporarily_unavailable"_s;
    QTest::newRow("200 page") << 200 << kHtml << page << FailureKind::NotTheApi << QString();
    QTest::newRow("200 page said to be JSON") << 200 << kJson << page << FailureKind::NotTheApi << QString();
    QTest::newRow("200 text/html words") << 200 << kHtml << QByteArray("Welcome") << FailureKind::NotTheApi << QString();
    QTest::newRow("403 page of a gateway") << 403 << kHtml << page << FailureKind::NotTheApi << QString();
    QTest::newRow("302") << 302 << kHtml << page << FailureKind::RedirectRefused << QString();
    QTest::newRow("511") << 511 << kHtml << page << FailureKind::NotTheApi << QString();
    QTest::newRow("404 realm") << 404 << kJson << QByteArray(R"({"error":"Realm does not exist"})") << FailureKind::NotFound << QString();
    QTest::newRow("404 page") << 404 << kHtml << page << FailureKind::NotFound << QString();
    QTest::newRow("429") << 429 << kJson << QByteArray() << FailureKind::RateLimited << QString();
    for (const int status : { 500, 502, 503, 504 })
        QTest::addRow("%d", status) << status << kHtml << page << FailureKind::ServerError << QString();
    QTest::newRow("405") << 405 << kJson << QByteArray() << FailureKind::Rejected << QString();
}

void TestAccessToken::refusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(FailureKind, kind);
    QFETCH(QString, code);
    const auto grant = parseTokenReply(status, type, body);
    QVERIFY(!grant.ok());
    QCOMPARE(failureName(grant.failure().kind), failureName(kind));
    QCOMPARE(grant.failure().httpStatus, status);
    QCOMPARE(grant.failure().serverCode, code);
    QVERIFY(!grant.failure().mayHaveExecuted);
}

void TestAccessToken::refusalsKeepTheServicesWords()
{
    const auto grant = parseTokenReply(401, kJson,
        R"({"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"})");
    QCOMPARE(grant.failure().serverText, u"Invalid client or Invalid client credentials"_s);
}

void TestAccessToken::noTokenInFailures()
{
    for (const char *body : { R"({"access_token":"very-secret-value x"})", R"({"access_token":"very-secret-value","token_type":"mac"})",
                              R"({"access_token":"very-secret-value","access_token":"very-secret-value"})" }) {
        const Failure failure = parseTokenReply(200, kJson, body).failure();
        for (const QString &text : { failure.technical, failure.serverText, failure.serverCode })
            QVERIFY(!text.contains("secret-value"_L1));
    }
}

QTEST_GUILESS_MAIN(TestAccessToken)
#include "tst_accesstoken.moc"
