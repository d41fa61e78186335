// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/practice/practiceprocess.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace yoid::test;

/// How the program starts and ends, and the token endpoint.
class TestPracticeTokens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readyLineTellsAllAndIsTheOnlyOne();
    void endsWithItsInput();
    void endsQuietlyWhenTold();
    void secretCanBeGiven();
    void badOptionsAreRefused_data();
    void badOptionsAreRefused();
    void tokenLooksLikeKeycloaks();
    void tokenRefusals_data();
    void tokenRefusals();
    void tokensExpire();
    void tokensCanBeRevoked();
    void secretCanBeRotated();
};

void TestPracticeTokens::readyLineTellsAllAndIsTheOnlyOne()
{
    PracticeProcess practice;
    QVERIFY(practice.isReady());
    QVERIFY(practice.base().startsWith("http://127.0.0.1:"));
    const QString secret = practice.ready().value(u"clientSecret"_s).toString();
    QVERIFY(secret.size() >= 32);
    for (const QChar awkward : u"+&=%"_s)
        QVERIFY(secret.contains(awkward));
    QVERIFY(practice.signIn());
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 200);
    QVERIFY(practice.process().readAllStandardOutput().isEmpty());
}

void TestPracticeTokens::endsWithItsInput()
{
    PracticeProcess practice;
    QVERIFY(practice.isReady());
    QSignalSpy finished(&practice.process(), &QProcess::finished);
    practice.process().closeWriteChannel();
    QVERIFY(finished.count() == 1 || finished.wait(20'000));
    QCOMPARE(practice.process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(practice.process().exitCode(), 0);
}

void TestPracticeTokens::endsQuietlyWhenTold()
{
    PracticeProcess practice;
    QVERIFY(practice.isReady());
    QSignalSpy finished(&practice.process(), &QProcess::finished);
    practice.process().terminate();
    QVERIFY(finished.count() == 1 || finished.wait(20'000));
    QCOMPARE(practice.process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(practice.process().exitCode(), 0);
}

void TestPracticeTokens::secretCanBeGiven()
{
    PracticeProcess practice({ u"--secret-from-stdin"_s, u"--client-id"_s, u"my client"_s }, "a+b&c=d%41\n");
    QCOMPARE(practice.ready().value(u"clientSecret"_s).toString(), u"a+b&c=d%41"_s);
    QVERIFY(practice.signIn());
    QCOMPARE(practice.token("grant_type=client_credentials&client_id=my+client&client_secret=a%2bb%26c%3Dd%2541").status, 200);
    QCOMPARE(practice.token("grant_type=client_credentials&client_id=my+client&client_secret=a+b%26c%3Dd%2541").status, 401);
}

void TestPracticeTokens::badOptionsAreRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("dialect") << QStringList { u"--dialect"_s, u"klingon"_s };
    QTest::newRow("port") << QStringList { u"--port"_s, u"70000"_s };
    QTest::newRow("life") << QStringList { u"--token-life"_s, u"0"_s };
    QTest::newRow("wait") << QStringList { u"--accept-after"_s, u"soon"_s };
    QTest::newRow("unknown") << QStringList { u"--fast"_s };
}

void TestPracticeTokens::badOptionsAreRefused()
{
    QFETCH(QStringList, arguments);
    QProcess process;
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QString::fromUtf8(YOID_PRACTICE_PROGRAM), arguments);
    QVERIFY(finished.wait(20'000));
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(process.readAllStandardOutput().isEmpty());
    QVERIFY(!process.readAllStandardError().isEmpty());
}

void TestPracticeTokens::tokenLooksLikeKeycloaks()
{
    PracticeProcess practice({ u"--token-life"_s, u"120"_s });
    const Answer answer = practice.token(practice.goodForm());
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.header("Date").isEmpty());
    const QJsonObject body = answer.json();
    QCOMPARE(body.value(u"expires_in"_s).toInt(), 120);
    QCOMPARE(body.value(u"refresh_expires_in"_s), QJsonValue(0));
    QCOMPARE(body.value(u"not-before-policy"_s), QJsonValue(0));
    QCOMPARE(body.value(u"token_type"_s).toString(), u"Bearer"_s);
    QCOMPARE(body.value(u"scope"_s).toString(), u"email profile"_s);
    const QList<QByteArray> parts = body.value(u"access_token"_s).toString().toLatin1().split('.');
    QCOMPARE(parts.size(), 3);
    const auto header = QJsonDocument::fromJson(QByteArray::fromBase64(parts.first(), QByteArray::Base64UrlEncoding));
    QCOMPARE(header.object().value(u"alg"_s).toString(), u"RS256"_s);
}

void TestPracticeTokens::tokenRefusals_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    const QByteArray form = "application/x-www-form-urlencoded";
    const QByteArray start = "grant_type=client_credentials&client_id=practice-console";
    QTest::newRow("wrong secret") << QByteArray("POST") << form << start + "&client_secret=x" << 401 << u"unauthorized_client"_s;
    QTest::newRow("no secret") << QByteArray("POST") << form << start << 401 << u"unauthorized_client"_s;
    QTest::newRow("no client") << QByteArray("POST") << form << QByteArray("grant_type=client_credentials") << 400
                               << u"invalid_client"_s;
    QTest::newRow("unknown client") << QByteArray("POST") << form
                                    << QByteArray("grant_type=client_credentials&client_id=a&client_secret=b") << 401
                                    << u"invalid_client"_s;
    QTest::newRow("no grant") << QByteArray("POST") << form << QByteArray("client_id=practice-console") << 400
                              << u"invalid_request"_s;
    QTest::newRow("bad percent") << QByteArray("POST") << form << start + "&client_secret=%4" << 400 << u"invalid_request"_s;
    QTest::newRow("twice") << QByteArray("POST") << form << start + "&client_id=b" << 400 << u"invalid_request"_s;
    QTest::newRow("JSON") << QByteArray("POST") << QByteArray("application/json") << QByteArray("{}") << 415
                          << u"HTTP 415 Unsupported Media Type"_s;
    QTest::newRow("GET") << QByteArray("GET") << QByteArray() << QByteArray() << 405 << u"HTTP 405 Method Not Allowed"_s;
}

void TestPracticeTokens::tokenRefusals()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, form);
    QFETCH(int, status);
    QFETCH(QString, error);
    PracticeProcess practice;
    const Answer answer = practice.send(method, "/iam/realms/product-hub/protocol/openid-connect/token", type, form);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.json().value(u"error"_s).toString(), error);
    QCOMPARE(practice.send("POST", "/iam/realms/other/protocol/openid-connect/token", type, form).status, 404);
}

void TestPracticeTokens::tokensExpire()
{
    PracticeProcess practice({ u"--token-life"_s, u"1"_s });
    QVERIFY(practice.signIn());
    QTRY_COMPARE_WITH_TIMEOUT(practice.get("/consumer-onboarding/api/users").status, 401, 20'000);
    const Answer refused = practice.get("/consumer-onboarding/api/users");
    QVERIFY(refused.header("WWW-Authenticate").contains("error=\"invalid_token\""));
    QCOMPARE(refused.error().value(u"status"_s).toString(), u"401"_s);
    QVERIFY(practice.signIn());
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 200);
}

void TestPracticeTokens::tokensCanBeRevoked()
{
    PracticeProcess practice;
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 401);
    QVERIFY(practice.signIn());
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 200);
    QCOMPARE(practice.control("POST", "/practice/tokens/revoke").status, 200);
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 401);
    QVERIFY(practice.token(practice.goodForm()).json().value(u"not-before-policy"_s).toInteger() > 1'700'000'000);
}

void TestPracticeTokens::secretCanBeRotated()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const Answer silent = practice.control("POST", "/practice/secret/rotate");
    QVERIFY(!silent.json().contains(u"clientSecret"_s));
    QCOMPARE(practice.token(practice.goodForm()).status, 401);
    const Answer told = practice.control("POST", "/practice/secret/rotate", { { u"tell"_s, true } });
    const QByteArray secret = QUrl::toPercentEncoding(told.json().value(u"clientSecret"_s).toString());
    QCOMPARE(practice.token("grant_type=client_credentials&client_id=practice-console&client_secret=" + secret).status, 200);
    // A token from before lives on.
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 200);
}

QTEST_GUILESS_MAIN(TestPracticeTokens)
#include "tst_practicetokens.moc"
