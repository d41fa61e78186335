// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/practice/practiceprocess.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace yoid::test;

/// The control address: broken lines on demand, delays, and the log of calls.
class TestPracticeWire : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void controlWantsItsKey();
    void settingsAreChecked_data();
    void settingsAreChecked();
    void nextCallFails();
    void nextCallIsCutOff();
    void workIsDoneButTheAnswerLost();
    void silenceLastsUntilTheClientLeaves();
    void answersCanBeSlow();
    void logCountsExactlyAndKeepsNoSecret();
    void onlyThisComputerIsServed();
    void connectionIsKeptOpen();
};

void TestPracticeWire::controlWantsItsKey()
{
    PracticeProcess practice;
    QCOMPARE(practice.get("/practice/log").status, 403);
    QCOMPARE(practice.send("GET", "/practice/log", {}, {}, { { "X-Practice-Key", "guess" } }).status, 403);
    QCOMPARE(practice.control("GET", "/practice/log").status, 200);
    QCOMPARE(practice.control("POST", "/practice/nothing").status, 404);
    QCOMPARE(practice.control("POST", "/practice/youth/answer", { { u"how"_s, u"maybe"_s } }).status, 400);
    QCOMPARE(practice.control("POST", "/practice/youth/accept", { { u"issuanceId"_s, u"nobody"_s } }).status, 404);
}

void TestPracticeWire::settingsAreChecked_data()
{
    QTest::addColumn<QJsonObject>("settings");
    QTest::newRow("unknown") << QJsonObject { { u"colour"_s, 1 } };
    QTest::newRow("life") << QJsonObject { { u"tokenLife"_s, 0 } };
    QTest::newRow("text") << QJsonObject { { u"latencyMs"_s, u"long"_s } };
    QTest::newRow("half") << QJsonObject { { u"acceptAfterMs"_s, 0.5 } };
    QTest::newRow("fault without kind") << QJsonObject { { u"failNext"_s, QJsonObject { { u"path"_s, u"/"_s } } } };
    QTest::newRow("fault member") << QJsonObject { { u"failNext"_s, QJsonObject { { u"close"_s, true }, { u"x"_s, 1 } } } };
    QTest::newRow("fault count") << QJsonObject { { u"failNext"_s, QJsonObject { { u"close"_s, true }, { u"count"_s, 0 } } } };
}

void TestPracticeWire::settingsAreChecked()
{
    QFETCH(QJsonObject, settings);
    PracticeProcess practice;
    QCOMPARE(practice.control("POST", "/practice/settings", settings).status, 400);
}

void TestPracticeWire::nextCallFails()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QJsonObject fault { { u"path"_s, u"/consumer-onboarding"_s }, { u"status"_s, 503 },     { u"retryAfter"_s, 7 },
                              { u"body"_s, u"<html>"_s },               { u"contentType"_s, u"text/html"_s },
                              { u"count"_s, 2 },                        { u"method"_s, u"GET"_s } };
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"failNext"_s, fault } }).status, 200);
    QCOMPARE(practice.get("/me-creds/api/trusted-entities").status, 200);
    const Answer struck = practice.get("/consumer-onboarding/api/users");
    QCOMPARE(struck.status, 503);
    QCOMPARE(struck.header("Retry-After"), "7");
    QCOMPARE(struck.body, "<html>");
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 503);
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 200);
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"failNext"_s, fault } }).status, 200);
    QCOMPARE(practice.control("POST", "/practice/faults/clear").status, 200);
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 200);
    // The token endpoint can be broken as well.
    const QJsonObject iam { { u"path"_s, u"/iam"_s }, { u"status"_s, 500 } };
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"failNext"_s, iam } }).status, 200);
    QCOMPARE(practice.token(practice.goodForm()).status, 500);
    QVERIFY(practice.signIn());
}

void TestPracticeWire::nextCallIsCutOff()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    // More than once, because a client may repeat a GET by itself on a closed connection.
    const QJsonObject fault { { u"path"_s, u"/consumer-onboarding"_s }, { u"close"_s, true }, { u"count"_s, 10 } };
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"failNext"_s, fault } }).status, 200);
    QCOMPARE(practice.post("/consumer-onboarding/api/users", { { u"email"_s, u"a@example.org"_s } }).status, 0);
    QCOMPARE(practice.control("POST", "/practice/faults/clear").status, 200);
    QVERIFY(practice.get("/consumer-onboarding/api/users").data().toArray().isEmpty());
}

void TestPracticeWire::workIsDoneButTheAnswerLost()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QJsonObject fault { { u"path"_s, u"/consumer-onboarding"_s }, { u"close"_s, true }, { u"executed"_s, true }, { u"count"_s, 10 } };
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"failNext"_s, fault } }).status, 200);
    QCOMPARE(practice.post("/consumer-onboarding/api/users", { { u"email"_s, u"a@example.org"_s } }).status, 0);
    QCOMPARE(practice.control("POST", "/practice/faults/clear").status, 200);
    QCOMPARE(practice.get("/consumer-onboarding/api/users").data().toArray().size(), 1);
}

void TestPracticeWire::silenceLastsUntilTheClientLeaves()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QJsonObject fault { { u"path"_s, u"/consumer-onboarding"_s }, { u"hang"_s, true } };
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"failNext"_s, fault } }).status, 200);
    const QUrl address(QString::fromLatin1(practice.base()));
    QTcpSocket socket;
    socket.connectToHost(address.host(), static_cast<quint16>(address.port()));
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    socket.write("GET /consumer-onboarding/api/users HTTP/1.1\r\nHost: x\r\n\r\n");
    // Others are served meanwhile, and the log knows the call that got nothing.
    QTRY_COMPARE(practice.control("GET", "/practice/log").json().value(u"calls"_s).toArray().size(), 2);
    QCOMPARE(practice.get("/me-creds/api/trusted-entities").status, 200);
    const QJsonArray calls = practice.control("GET", "/practice/log").json().value(u"calls"_s).toArray();
    QCOMPARE(calls.at(1).toObject().value(u"status"_s), QJsonValue(0));
    QCOMPARE(socket.bytesAvailable(), 0);
    QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
    socket.abort();
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 200);
}

void TestPracticeWire::answersCanBeSlow()
{
    PracticeProcess practice({ u"--latency"_s, u"300"_s });
    QElapsedTimer timer;
    timer.start();
    QVERIFY(practice.signIn());
    QVERIFY(timer.elapsed() >= 300);
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"latencyMs"_s, 0 } }).status, 200);
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 200);
}

void TestPracticeWire::logCountsExactlyAndKeepsNoSecret()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QByteArray body = R"({"email":"a@example.org"})";
    QCOMPARE(practice.send("POST", "/consumer-onboarding/api/users", "application/json", body, { { "X-Request-ID", "one" } }).status,
             201);
    QCOMPARE(practice.get("/me-creds/api/nothing?a=b").status, 404);
    const Answer log = practice.control("GET", "/practice/log");
    const QJsonArray calls = log.json().value(u"calls"_s).toArray();
    QCOMPARE(calls.size(), 3);
    const QJsonObject call = calls.at(1).toObject();
    QCOMPARE(call.value(u"method"_s).toString(), u"POST"_s);
    QCOMPARE(call.value(u"path"_s).toString(), u"/consumer-onboarding/api/users"_s);
    QCOMPARE(call.value(u"status"_s), QJsonValue(201));
    QCOMPARE(call.value(u"requestId"_s).toString(), u"one"_s);
    QCOMPARE(call.value(u"bodySha256"_s).toString().toLatin1(), QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex());
    QCOMPARE(calls.at(2).toObject().value(u"path"_s).toString(), u"/me-creds/api/nothing?a=b"_s);
    QVERIFY(!log.body.contains(practice.bearer()));
    const QString secret = practice.ready().value(u"clientSecret"_s).toString();
    QVERIFY(!log.body.contains(secret.toUtf8()));
    QVERIFY(!log.body.contains(QUrl::toPercentEncoding(secret)));
    QCOMPARE(practice.control("POST", "/practice/log/clear").status, 200);
    QVERIFY(practice.control("GET", "/practice/log").json().value(u"calls"_s).toArray().isEmpty());
}

void TestPracticeWire::onlyThisComputerIsServed()
{
    PracticeProcess practice;
    const QUrl address(QString::fromLatin1(practice.base()));
    // Another address of this very computer: a server on all addresses would answer there.
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.2"_s, static_cast<quint16>(address.port()));
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(socket.error(), QAbstractSocket::ConnectionRefusedError);
}

void TestPracticeWire::connectionIsKeptOpen()
{
    PracticeProcess practice;
    const QUrl address(QString::fromLatin1(practice.base()));
    QTcpSocket socket;
    socket.connectToHost(address.host(), static_cast<quint16>(address.port()));
    QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
    for (int call = 0; call < 3; ++call) {
        socket.write("GET /me-creds/api/credentials HTTP/1.1\r\nHost: x\r\n\r\n");
        QByteArray answer;
        QTRY_VERIFY((answer += socket.readAll()).endsWith('}'));
        QVERIFY(answer.startsWith("HTTP/1.1 401 "));
        QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
    }
}

QTEST_GUILESS_MAIN(TestPracticeWire)
#include "tst_practicewire.moc"
