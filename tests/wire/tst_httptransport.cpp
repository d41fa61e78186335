// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/wire/wirefixture.h"

#include <QtCore/QPointer>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QTcpServer>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// How an exchange begins and ends, what it puts on the wire, and what it writes down.
class TestHttpTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsWhatItWasGiven();
    void everyMethodGoesOut_data();
    void everyMethodGoesOut();
    void answersWithAnyStatusArrive_data();
    void answersWithAnyStatusArrive();
    void oneConnectionServesManyRequests();
    void staysOnHttp1();

    void refusesBeforeSending_data();
    void refusesBeforeSending();
    void refusesABodyWithoutType();

    void endsOnceFromTheEventLoop();
    void abortBeforeStart();
    void abortInFlight();
    void abortAfterTheEnd();
    void exchangeDeletedInFlight();
    void ownerDeletedInFlight();
    void transportDeletedInFlight();
    void transportDeletedBeforeStart();
    void networkLayerDeletedInFlight();
    void exchangeDeletedInItsOwnSlot();
    void deadlineCountsFromSend();

    void nobodyListens();
    void nameDoesNotExist();
    void loopbackIsNeverProxied();

    void recordsEveryAttempt();
    void recordsHoldNoSecret();
    void recordsLargeBodiesBySize();
};

void TestHttpTransport::sendsWhatItWasGiven()
{
    LoopbackServer server;
    server.answer(WirePlan::reply("201 Created", "{\"id\":\"1\"}", "Content-Type: application/json\r\nDate: Tue, 24 Nov 2026 10:00:00 GMT\r\n"));
    WireFixture wire;
    HttpRequest request = WireFixture::post(server, "/a%20b/c?x=%2F&y=1+2");
    request.headers = { { "X-Extra", "value" } };
    const HttpResult result = wire.run(std::move(request));
    VERIFY_ANSWER(result);
    QCOMPARE(result->status, 201);
    QCOMPARE(result->body, "{\"id\":\"1\"}");
    QCOMPARE(result->header("date"), "Tue, 24 Nov 2026 10:00:00 GMT");
    QCOMPARE(server.count(), 1);
    const WireRequest seen = server.requests().first();
    QCOMPARE(seen.method, "POST");
    QCOMPARE(seen.target, "/a%20b/c?x=%2F&y=1+2");
    QCOMPARE(seen.body, "{\"who\":\"Thabo\"}");
    QCOMPARE(seen.header("Authorization"), "Bearer token-1");
    QCOMPARE(seen.header("X-Request-ID"), "intent-1");
    QCOMPARE(seen.header("Content-Length"), "15");
    QCOMPARE(seen.header("Content-Type"), "application/json");
    QCOMPARE(seen.header("Accept"), "application/json");
    QVERIFY(seen.header("User-Agent").startsWith("YoIDConsole/"));
    QCOMPARE(seen.header("X-Extra"), "value");
    QCOMPARE(seen.header("Cookie"), QByteArray());
}

void TestHttpTransport::everyMethodGoesOut_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("GET") << QByteArray("GET") << QByteArray();
    QTest::newRow("HEAD") << QByteArray("HEAD") << QByteArray();
    QTest::newRow("POST") << QByteArray("POST") << QByteArray("{}");
    QTest::newRow("POST without a body") << QByteArray("POST") << QByteArray();
    QTest::newRow("PUT") << QByteArray("PUT") << QByteArray("{}");
    QTest::newRow("PATCH") << QByteArray("PATCH") << QByteArray("{}");
    QTest::newRow("DELETE") << QByteArray("DELETE") << QByteArray();
    QTest::newRow("DELETE with a body") << QByteArray("DELETE") << QByteArray("{}");
    QTest::newRow("large") << QByteArray("POST") << QByteArray(900'000, 'x');
}

void TestHttpTransport::everyMethodGoesOut()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK"));
    WireFixture wire;
    HttpRequest request = WireFixture::get(server);
    request.method = method;
    request.contentType = body.isEmpty() ? QByteArray() : QByteArray("application/json");
    request.body = Secret(QByteArray(body.constData(), body.size()));
    const HttpResult result = wire.run(std::move(request));
    VERIFY_ANSWER(result);
    QCOMPARE(result->status, 200);
    QCOMPARE(server.count(method), 1);
    QCOMPARE(server.requests().first().body, body);
    if (method == "POST")
        QCOMPARE(server.requests().first().header("Content-Length"), QByteArray::number(body.size()));
}

void TestHttpTransport::answersWithAnyStatusArrive_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("body");
    for (const char *line : { "200 OK", "201 Created", "202 Accepted", "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found",
                              "405 Method Not Allowed", "408 Request Timeout", "409 Conflict", "410 Gone", "413 Too Large", "415 Type", "418 Teapot",
                              "422 Unprocessable", "425 Too Early", "429 Too Many", "500 Error", "501 Not Implemented", "502 Bad Gateway",
                              "503 Unavailable", "504 Gateway Timeout", "511 Sign In", "599 Strange" }) {
        QTest::newRow(line) << QByteArray(line) << QByteArray("{\"error\":\"x\"}");
    }
    QTest::newRow("201 empty") << QByteArray("201 Created") << QByteArray();
    QTest::newRow("200 empty") << QByteArray("200 OK") << QByteArray();
    QTest::newRow("500 empty") << QByteArray("500 Error") << QByteArray();
}

void TestHttpTransport::answersWithAnyStatusArrive()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, body);
    LoopbackServer server;
    server.answer(WirePlan::reply(line, body));
    WireFixture wire;
    const HttpResult result = wire.run(WireFixture::post(server));
    VERIFY_ANSWER(result);
    QCOMPARE(result->status, line.left(3).toInt());
    QCOMPARE(result->body, body);
    QCOMPARE(server.count(), 1);
}

void TestHttpTransport::oneConnectionServesManyRequests()
{
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK", "{}"));
    WireFixture wire;
    for (int i = 0; i < 20; ++i)
        VERIFY_ANSWER(wire.run(i % 2 ? WireFixture::post(server) : WireFixture::get(server)));
    QCOMPARE(server.count(), 20);
    QCOMPARE(server.connections(), 1);
}

void TestHttpTransport::staysOnHttp1()
{
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK", "{}"));
    WireFixture wire;
    VERIFY_ANSWER(wire.run(WireFixture::post(server)));
    const WireRequest seen = server.requests().first();
    QVERIFY(seen.head.startsWith("POST /issue HTTP/1.1\r\n"));
    QCOMPARE(seen.header("Upgrade"), QByteArray());
    QCOMPARE(seen.header("HTTP2-Settings"), QByteArray());
}

void TestHttpTransport::refusesBeforeSending_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<FailureKind>("kind");
    const auto address = FailureKind::AddressRefused;
    const auto input = FailureKind::InvalidInput;
    QTest::newRow("http elsewhere") << QByteArray("url") << QByteArray("http://192.0.2.1/x") << address;
    QTest::newRow("http by name") << QByteArray("url") << QByteArray("http://api.example/x") << address;
    QTest::newRow("http, loopback as a trick") << QByteArray("url") << QByteArray("http://127.0.0.1.example/x") << address;
    QTest::newRow("https, other place") << QByteArray("url") << QByteArray("https://other.example/x") << address;
    QTest::newRow("ftp") << QByteArray("url") << QByteArray("ftp://127.0.0.1/x") << address;
    QTest::newRow("file") << QByteArray("url") << QByteArray("file:///etc/passwd") << address;
    QTest::newRow("data") << QByteArray("url") << QByteArray("data:text/plain,x") << address;
    QTest::newRow("relative") << QByteArray("url") << QByteArray("/x") << address;
    QTest::newRow("empty") << QByteArray("url") << QByteArray() << address;
    QTest::newRow("line break") << QByteArray("path") << QByteArray("/x\r\nX-Evil: 1") << address;
    QTest::newRow("blank") << QByteArray("path") << QByteArray("/x y") << address;
    QTest::newRow("NUL") << QByteArray("path") << QByteArray("/x\0y", 4) << address;
    QTest::newRow("not ASCII") << QByteArray("path") << QByteArray("/\xc3\xa9") << address;
    QTest::newRow("dots") << QByteArray("path") << QByteArray("/a/../b") << address;
    QTest::newRow("encoded dots") << QByteArray("path") << QByteArray("/a/%2E%2e/b") << address;
    QTest::newRow("fragment") << QByteArray("path") << QByteArray("/a#b") << address;
    QTest::newRow("user") << QByteArray("user") << QByteArray("me:pw@") << address;
    QTest::newRow("other port") << QByteArray("port") << QByteArray() << address;
    QTest::newRow("other name of the same place") << QByteArray("host") << QByteArray("localhost") << address;
    QTest::newRow("header value with CR LF") << QByteArray("value") << QByteArray("a\r\nX-Evil: 1") << input;
    QTest::newRow("header value with LF") << QByteArray("value") << QByteArray("a\nb") << input;
    QTest::newRow("header value with NUL") << QByteArray("value") << QByteArray("a\0b", 3) << input;
    QTest::newRow("header value with ESC") << QByteArray("value") << QByteArray("\x1b[1m") << input;
    QTest::newRow("header value not ASCII") << QByteArray("value") << QByteArray("\xc3\xa9") << input;
    QTest::newRow("header name with CR LF") << QByteArray("name") << QByteArray("X\r\nY") << input;
    QTest::newRow("header name with colon") << QByteArray("name") << QByteArray("X:Y") << input;
    QTest::newRow("header name empty") << QByteArray("name") << QByteArray() << input;
    for (const char *name : { "Authorization", "Host", "content-length", "Transfer-Encoding", "Cookie", "Connection", "Accept-Encoding", "Expect",
                              "X-Request-Id", "Proxy-Authorization" }) {
        QTest::addRow("header %s", name) << QByteArray("name") << QByteArray(name) << input;
    }
    QTest::newRow("method with blank") << QByteArray("method") << QByteArray("GET /x HTTP/1.1\r\nA:") << input;
    QTest::newRow("method empty") << QByteArray("method") << QByteArray() << input;
    QTest::newRow("content type") << QByteArray("type") << QByteArray("application/json\r\nX: y") << input;
    QTest::newRow("request id") << QByteArray("id") << QByteArray("1\r\nX: y") << input;
    QTest::newRow("token with line break") << QByteArray("bearer") << QByteArray("abc\r\nX: y") << input;
    QTest::newRow("token with blank") << QByteArray("bearer") << QByteArray("abc def") << input;
    QTest::newRow("token with NUL") << QByteArray("bearer") << QByteArray("abc\0", 4) << input;
    QTest::newRow("token not ASCII") << QByteArray("bearer") << QByteArray("\xc3\xa9") << input;
}

void TestHttpTransport::refusesBeforeSending()
{
    QFETCH(QByteArray, part);
    QFETCH(QByteArray, value);
    QFETCH(FailureKind, kind);
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK"));
    WireFixture wire;
    HttpRequest request = WireFixture::post(server);
    if (part == "url")
        request.url = value;
    else if (part == "path")
        request.url = server.url() + value.mid(1);
    else if (part == "user")
        request.url = server.url("/x", value + "127.0.0.1");
    else if (part == "host")
        request.url = server.url("/x", value);
    else if (part == "port")
        request.url = "http://127.0.0.1:1/x";
    else if (part == "value")
        request.headers = { { "X-Extra", value } };
    else if (part == "name")
        request.headers = { { value, "x" } };
    else if (part == "method")
        request.method = value;
    else if (part == "type")
        request.contentType = value;
    else if (part == "id")
        request.requestId = QString::fromLatin1(value);
    else if (part == "bearer")
        request.bearer = Secret(QByteArray(value.constData(), value.size()));
    const HttpResult result = wire.run(std::move(request));
    COMPARE_FAILURE(result, kind);
    QVERIFY(!result.failure().mayHaveExecuted);
    QCOMPARE(server.connections(), 0);
}

void TestHttpTransport::refusesABodyWithoutType()
{
    LoopbackServer server;
    WireFixture wire;
    HttpRequest request = WireFixture::post(server);
    request.contentType.clear();
    COMPARE_FAILURE(wire.run(std::move(request)), FailureKind::InvalidInput);
    HttpRequest reading = WireFixture::post(server);
    reading.method = "GET";
    COMPARE_FAILURE(wire.run(std::move(reading)), FailureKind::InvalidInput);
    QCOMPARE(server.connections(), 0);
}

void TestHttpTransport::endsOnceFromTheEventLoop()
{
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK", "{}"));
    WireFixture wire;
    const QPointer<Exchange> exchange = wire.transport->send(WireFixture::get(server));
    ExchangeEnds ends(exchange);
    QCOMPARE(ends.count, 0);
    QTRY_COMPARE_WITH_TIMEOUT(ends.count, 1, 20'000);
    QTRY_VERIFY(exchange.isNull()); // deletes itself
    QCOMPARE(ends.count, 1);

    HttpRequest refused = WireFixture::get(server);
    refused.url = "ftp://x/";
    ExchangeEnds refusal(wire.transport->send(std::move(refused)));
    QCOMPARE(refusal.count, 0);
    QTRY_COMPARE(refusal.count, 1);
}

void TestHttpTransport::abortBeforeStart()
{
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK", "{}"));
    WireFixture wire;
    Exchange *exchange = wire.transport->send(WireFixture::post(server));
    ExchangeEnds ends(exchange);
    exchange->abort();
    exchange->abort();
    QCOMPARE(ends.count, 0);
    QTRY_COMPARE(ends.count, 1);
    QVERIFY(ends.failedAs(FailureKind::Cancelled));
    QVERIFY(!ends.mayHaveExecuted());
    QCOMPARE(ends.last->failure().requestId, u"intent-1"_s);
    QCOMPARE(server.connections(), 0);
}

void TestHttpTransport::abortInFlight()
{
    LoopbackServer server; // never answers
    WireFixture wire;
    Exchange *posting = wire.transport->send(WireFixture::post(server));
    ExchangeEnds posted(posting);
    QTRY_COMPARE_WITH_TIMEOUT(server.count(), 1, 20'000);
    posting->abort();
    QCOMPARE(posted.count, 0);
    QTRY_COMPARE(posted.count, 1);
    QVERIFY(posted.failedAs(FailureKind::Cancelled));
    QVERIFY(posted.mayHaveExecuted());

    Exchange *reading = wire.transport->send(WireFixture::get(server));
    ExchangeEnds read(reading);
    QTRY_COMPARE_WITH_TIMEOUT(server.count("GET"), 1, 20'000);
    reading->abort();
    QTRY_COMPARE(read.count, 1);
    QVERIFY(!read.mayHaveExecuted()); // reading changes nothing
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 20'000);
}

void TestHttpTransport::abortAfterTheEnd()
{
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK", "{}"));
    WireFixture wire;
    Exchange *exchange = wire.transport->send(WireFixture::post(server));
    int count = 0;
    connect(exchange, &Exchange::finished, this, [&](const HttpResult &result) {
        ++count;
        QVERIFY(result.ok());
        exchange->abort();
    });
    QTRY_COMPARE_WITH_TIMEOUT(count, 1, 20'000);
    QCoreApplication::processEvents();
    QCOMPARE(count, 1);
}

void TestHttpTransport::exchangeDeletedInFlight()
{
    LoopbackServer server;
    WireFixture wire;
    QSignalSpy recorded(wire.transport.get(), &Transport::recorded);
    Exchange *exchange = wire.transport->send(WireFixture::post(server));
    ExchangeEnds ends(exchange);
    QTRY_COMPARE_WITH_TIMEOUT(server.count(), 1, 20'000);
    delete exchange;
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 20'000);
    QTRY_COMPARE(recorded.size(), 1); // it was on the wire, so the log has it
    QCOMPARE(ends.count, 0);
    QCOMPARE(recorded.first().first().value<ExchangeRecord>().failure, FailureKind::Cancelled);

    delete wire.transport->send(WireFixture::post(server)); // before it started
    QCoreApplication::processEvents();
    QCOMPARE(server.count(), 1);
}

void TestHttpTransport::ownerDeletedInFlight()
{
    LoopbackServer server;
    WireFixture wire;
    auto owner = std::make_unique<QObject>();
    Exchange *exchange = wire.transport->send(WireFixture::post(server));
    exchange->setParent(owner.get());
    ExchangeEnds ends(exchange);
    QTRY_COMPARE_WITH_TIMEOUT(server.count(), 1, 20'000);
    owner.reset();
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 20'000);
    QCOMPARE(ends.count, 0);
}

void TestHttpTransport::transportDeletedInFlight()
{
    LoopbackServer server;
    WireFixture wire;
    const QPointer<Exchange> exchange = wire.transport->send(WireFixture::post(server));
    ExchangeEnds ends(exchange);
    QTRY_COMPARE_WITH_TIMEOUT(server.count(), 1, 20'000);
    wire.transport.reset();
    QCOMPARE(ends.count, 0);
    QTRY_COMPARE(ends.count, 1);
    QVERIFY(ends.failedAs(FailureKind::Cancelled));
    QVERIFY(ends.mayHaveExecuted());
    QTRY_VERIFY(exchange.isNull());
}

void TestHttpTransport::transportDeletedBeforeStart()
{
    LoopbackServer server;
    WireFixture wire;
    ExchangeEnds ends(wire.transport->send(WireFixture::post(server)));
    wire.transport.reset();
    QTRY_COMPARE(ends.count, 1);
    QVERIFY(ends.failedAs(FailureKind::Cancelled));
    QVERIFY(!ends.mayHaveExecuted());
    QCOMPARE(server.connections(), 0);
}

void TestHttpTransport::networkLayerDeletedInFlight()
{
    LoopbackServer server;
    WireFixture wire;
    ExchangeEnds ends(wire.transport->send(WireFixture::post(server)));
    QTRY_COMPARE_WITH_TIMEOUT(server.count(), 1, 20'000);
    delete wire.transport->findChild<QNetworkAccessManager *>();
    QTRY_COMPARE(ends.count, 1);
    QVERIFY(ends.failedAs(FailureKind::Cancelled));
    QVERIFY(ends.mayHaveExecuted());
    ExchangeEnds next(wire.transport->send(WireFixture::post(server)));
    QTRY_COMPARE(next.count, 1);
    QVERIFY(!next.mayHaveExecuted());
}

void TestHttpTransport::exchangeDeletedInItsOwnSlot()
{
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK", "{}"));
    WireFixture wire;
    const QPointer<Exchange> exchange = wire.transport->send(WireFixture::get(server));
    connect(exchange, &Exchange::finished, this, [&] { delete exchange; });
    QTRY_VERIFY_WITH_TIMEOUT(exchange.isNull(), 20'000);
}

void TestHttpTransport::deadlineCountsFromSend()
{
    LoopbackServer server; // never answers
    WireFixture wire;
    // More at once than Qt has connections for: the last ones wait in its queue, and that counts as well.
    std::vector<std::unique_ptr<ExchangeEnds>> all;
    for (int i = 0; i < 9; ++i) {
        HttpRequest request = WireFixture::post(server);
        request.deadline = 1500ms;
        all.push_back(std::make_unique<ExchangeEnds>(wire.transport->send(std::move(request))));
    }
    int sent = 0;
    for (const auto &ends : all) {
        QTRY_COMPARE_WITH_TIMEOUT(ends->count, 1, 20'000);
        QVERIFY(ends->failedAs(FailureKind::Timeout));
        sent += ends->mayHaveExecuted() ? 1 : 0;
    }
    // What never left is known not to have been done.
    QCOMPARE(sent, server.count("POST"));
    QVERIFY(sent < 9);
}

void TestHttpTransport::nobodyListens()
{
    quint16 port = 0;
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        port = taken.serverPort();
    }
    WireFixture wire;
    for (const QByteArray &method : { QByteArray("POST"), QByteArray("DELETE") }) {
        HttpRequest request;
        request.method = method;
        request.url = "http://127.0.0.1:" + QByteArray::number(port) + "/x";
        request.allowedOrigins = { originOf(QUrl::fromEncoded(request.url)) };
        request.deadline = WireFixture::kPlenty;
        if (method == "POST") {
            request.contentType = "application/json";
            request.body = Secret("{}");
        }
        const HttpResult result = wire.run(std::move(request));
        COMPARE_FAILURE(result, FailureKind::ConnectionRefused);
        QVERIFY(!result.failure().mayHaveExecuted);
    }
}

void TestHttpTransport::nameDoesNotExist()
{
    WireFixture wire;
    HttpRequest request;
    request.method = "POST";
    request.url = "https://does-not-exist.invalid/x"; // RFC 6761: never resolves
    request.allowedOrigins = { originOf(QUrl::fromEncoded(request.url)) };
    request.deadline = WireFixture::kPlenty;
    request.contentType = "application/json";
    request.body = Secret("{}");
    const HttpResult result = wire.run(std::move(request));
    COMPARE_FAILURE(result, FailureKind::NameNotFound);
    QVERIFY(!result.failure().mayHaveExecuted);
}

void TestHttpTransport::loopbackIsNeverProxied()
{
    LoopbackServer proxy;
    proxy.answer(WirePlan::reply("407 Sign In", "proxied", "Proxy-Authenticate: Basic realm=\"x\"\r\n"));
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK", "direct"));
    QNetworkProxy::setApplicationProxy(QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, proxy.port()));
    const auto restore = qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); });
    WireFixture wire;
    const HttpResult result = wire.run(WireFixture::get(server));
    VERIFY_ANSWER(result);
    QCOMPARE(result->body, "direct");
    QCOMPARE(proxy.connections(), 0);

    // And the proxy is not defeated for everything else.
    HttpRequest elsewhere = WireFixture::post(server);
    elsewhere.url = "https://api.example/x";
    elsewhere.allowedOrigins = { originOf(QUrl::fromEncoded(elsewhere.url)) };
    const HttpResult away = wire.run(std::move(elsewhere));
    COMPARE_FAILURE(away, FailureKind::ProxyRefused);
    QVERIFY(!away.failure().mayHaveExecuted);
    QCOMPARE(proxy.count("CONNECT"), 1);
    QCOMPARE(proxy.requests().first().header("Authorization"), QByteArray());
}

void TestHttpTransport::recordsEveryAttempt()
{
    LoopbackServer server;
    server.answerOnce(WirePlan::reply("201 Created", "{\"id\":\"abc\"}"));
    server.answerOnce(WirePlan::raw({}, WirePlan::Then::Reset));
    WireFixture wire;
    QSignalSpy recorded(wire.transport.get(), &Transport::recorded);
    QList<ExchangeRecord> records;
    connect(wire.transport.get(), &Transport::recorded, this, [&](const ExchangeRecord &record) { records.append(record); });

    HttpRequest first = WireFixture::post(server, "/issue?person=1");
    first.action = ActionKind::MakeOffer;
    first.environment = Environment::Practice;
    first.attempt = 3;
    VERIFY_ANSWER(wire.run(std::move(first)));
    COMPARE_FAILURE(wire.run(WireFixture::post(server)), FailureKind::ConnectionLost);
    HttpRequest refused = WireFixture::post(server);
    refused.url = "http://elsewhere.example/x";
    COMPARE_FAILURE(wire.run(std::move(refused)), FailureKind::AddressRefused);

    QCOMPARE(records.size(), 3);
    const ExchangeRecord &good = records[0];
    QCOMPARE(good.number, 1U);
    QCOMPARE(good.action, ActionKind::MakeOffer);
    QCOMPARE(good.environment, Environment::Practice);
    QCOMPARE(good.attempt, 3);
    QCOMPARE(good.requestId, u"intent-1"_s);
    QCOMPARE(good.method, "POST");
    QCOMPARE(good.url, server.url("/issue?person=‹hidden›"));
    QCOMPARE(good.status, 201);
    QVERIFY(!good.failed);
    QCOMPARE(good.requestBody, "{\"who\":\"‹text 5›\"}");
    QCOMPARE(good.responseBody, "{\"id\":\"abc\"}");
    QCOMPARE(good.bytesSent, 15);
    QCOMPARE(good.bytesReceived, 12);
    QVERIFY(good.startedAt.isValid());
    QVERIFY(good.requestHeaders.contains({ "Authorization", "‹hidden›" }));
    QVERIFY(good.responseHeaders.contains({ "Content-Type", "application/json" }));
    QCOMPARE(records[1].number, 2U);
    QVERIFY(records[1].failed);
    QCOMPARE(records[1].failure, FailureKind::ConnectionLost);
    QCOMPARE(records[1].status, 0);
    QVERIFY(records[2].failed);
    QCOMPARE(records[2].failure, FailureKind::AddressRefused);
    QCOMPARE(records[2].bytesSent, 0);
}

void TestHttpTransport::recordsHoldNoSecret()
{
    LoopbackServer server;
    // A server that repeats everything it was told.
    server.setHandler([](const WireRequest &request) {
        return WirePlan::reply("400 " + request.header("Authorization"),
                               "{\"message\":\"no " + request.header("Authorization").mid(7) + " for Thabo\",\"echo\":" + request.body + "}",
                               "Content-Type: application/json\r\nServer: " + request.header("Authorization").mid(7) + "\r\nX-Echo: "
                                   + request.header("Authorization") + "\r\n");
    });
    WireFixture wire;
    wire.redactor.watch(Secret("token-1"));
    QList<ExchangeRecord> records;
    connect(wire.transport.get(), &Transport::recorded, this, [&](const ExchangeRecord &record) { records.append(record); });
    VERIFY_ANSWER(wire.run(WireFixture::post(server, "/who?t=token-1")));
    QCOMPARE(records.size(), 1);
    const ExchangeRecord &record = records.first();
    QByteArray everything = record.url + record.requestBody + record.responseBody + record.failureText.toUtf8() + record.requestId.toUtf8();
    for (const auto &[name, value] : record.requestHeaders + record.responseHeaders)
        everything += name + value;
    QVERIFY2(!everything.contains("token-1"), everything.constData());
    QVERIFY2(!everything.contains("Thabo"), everything.constData());
    QVERIFY(everything.contains("‹hidden›"));
}

void TestHttpTransport::recordsLargeBodiesBySize()
{
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK", "[\"" + QByteArray(200'000, 'a') + "\"]"));
    WireFixture wire;
    QList<ExchangeRecord> records;
    connect(wire.transport.get(), &Transport::recorded, this, [&](const ExchangeRecord &record) { records.append(record); });
    VERIFY_ANSWER(wire.run(WireFixture::get(server)));
    QCOMPARE(records.size(), 1);
    QCOMPARE(records.first().responseBody, "‹200004 bytes›");
    QCOMPARE(records.first().bytesReceived, 200'004);
}

QTEST_GUILESS_MAIN(TestHttpTransport)
#include "tst_httptransport.moc"
