// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// One test for each row of the table of edge cases that an answer, a refusal or the line can bring (reliability 2.4).

#include "tests/unit/net/tokenbench.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

class TestTokenCases : public QObject {
    Q_OBJECT

private:
    static void expectLifeWarning(const char *words)
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QLatin1StringView(words)));
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void lifetimeUnusable_data();
    void lifetimeUnusable();
    void lifetimeZeroOrNegative_data();
    void lifetimeZeroOrNegative();
    void lifetimeAsTextOrFraction_data();
    void lifetimeAsTextOrFraction();
    void lifetimeHuge_data();
    void lifetimeHuge();
    void lifetimeNotANumberForJson();
    void lifetimeOfFiveSeconds();
    void offlineAtStart();
    void captivePortal_data();
    void captivePortal();
    void okWithError();
    void tokenMalformed_data();
    void tokenMalformed();
    void tokenType_data();
    void tokenType();
    void transient_data();
    void transient();
    void tooManyRequests_data();
    void tooManyRequests();
    void unavailableWithRetryAfter();
    void permanent_data();
    void permanent();
};

void TestTokenCases::lifetimeUnusable_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto with = [](const char *member) -> QByteArray {
        return QByteArray("{\"access_token\":\"abc\",\"token_type\":\"Bearer\"") + member + "}";
    };
    QTest::newRow("missing") << with("");
    QTest::newRow("null") << with(",\"expires_in\":null");
    QTest::newRow("bool") << with(",\"expires_in\":true");
    QTest::newRow("object") << with(",\"expires_in\":{\"s\":300}");
    QTest::newRow("word") << with(",\"expires_in\":\"abc\"");
}

void TestTokenCases::lifetimeUnusable()
{
    QFETCH(QByteArray, body);
    TokenBench bench;
    bench.line.setHandler([&](const auto &) { return TokenBench::json(200, body); });
    expectLifeWarning("names no usable lifetime.* 60 s");
    QVERIFY(bench.ready().take().ok);
    QCOMPARE(bench.tokens->status().lifetimeMs, 60'000);
    bench.advance(44'900ms);
    QCOMPARE(bench.requests(), 1);
    bench.advance(200ms);
    QCOMPARE(bench.requests(), 2); // and no second warning, or the test fails
}

void TestTokenCases::lifetimeZeroOrNegative_data()
{
    QTest::addColumn<QByteArray>("expiresIn");
    QTest::newRow("0") << QByteArray("0");
    QTest::newRow("-5") << QByteArray("-5");
}

void TestTokenCases::lifetimeZeroOrNegative()
{
    QFETCH(QByteArray, expiresIn);
    TokenBench bench;
    bench.line.setHandler([&](const auto &) { return TokenBench::json(200, bench.grantBody(expiresIn)); });
    expectLifeWarning("unusually short.* 0 s");
    bench.ready();
    for (int i = 0; i < 100; ++i) {
        bench.acquire();
        bench.advance(10ms);
    }
    QCOMPARE(bench.requests(), 1);
    QCOMPARE(bench.got.size(), 1); // the one that waited when the answer came
    QVERIFY(bench.got.first().ok);
    QVERIFY(!bench.tokens->status().usable);
    QCOMPARE(bench.state(), TokenState::Backoff);
    QCOMPARE(bench.tokens->status().waiting, 99);
    bench.advance(4s);
    QCOMPARE(bench.requests(), 2); // the floor of 5 s after a success
    QCOMPARE(bench.got.size(), 100);
    QCOMPARE(bench.state(), TokenState::Empty);
    bench.advance(1h);
    QCOMPARE(bench.requests(), 2); // no timer: only the next call fetches
    QVERIFY(bench.take().ok);
    QCOMPARE(bench.requests(), 3);
}

void TestTokenCases::lifetimeAsTextOrFraction_data()
{
    QTest::addColumn<QByteArray>("expiresIn");
    QTest::newRow("text") << QByteArray("\"300\"");
    QTest::newRow("300.0") << QByteArray("300.0");
    QTest::newRow("300.7") << QByteArray("300.7");
}

void TestTokenCases::lifetimeAsTextOrFraction()
{
    QFETCH(QByteArray, expiresIn);
    TokenBench bench;
    bench.line.setHandler([&](const auto &) { return TokenBench::json(200, bench.grantBody(expiresIn)); });
    QVERIFY(bench.ready().take().ok);
    QCOMPARE(bench.tokens->status().lifetimeMs, 300'000);
    QCOMPARE(bench.tokens->status().usableForMs, 295'000);
    bench.advance(269s);
    QCOMPARE(bench.requests(), 1);
    bench.advance(1s);
    QCOMPARE(bench.requests(), 2); // 30 s before the end
}

void TestTokenCases::lifetimeHuge_data()
{
    QTest::addColumn<QByteArray>("expiresIn");
    QTest::newRow("1e18") << QByteArray("1e18");
    QTest::newRow("2^31") << QByteArray("2147483648");
    QTest::newRow("milliseconds") << QByteArray("300000");
}

void TestTokenCases::lifetimeHuge()
{
    QFETCH(QByteArray, expiresIn);
    TokenBench bench;
    bench.line.setHandler([&](const auto &) { return TokenBench::json(200, bench.grantBody(expiresIn)); });
    expectLifeWarning("unusually long.* 86400 s");
    QVERIFY(bench.ready().take().ok);
    QCOMPARE(bench.tokens->status().lifetimeMs, 86'400'000);
    bench.use(1h, 1min);
    QCOMPARE(bench.requests(), 1);
    bool armed = false;
    for (const qint64 setting : std::as_const(bench.clock.settings)) {
        QVERIFY(setting > 0);
        QVERIFY(setting <= 60'000 || setting == 15'000);
        armed = armed || setting == 60'000;
    }
    QVERIFY(armed);
    bench.use(24h - 1h - 31s, 1min);
    QCOMPARE(bench.requests(), 1);
    bench.use(2s);
    QCOMPARE(bench.requests(), 2);
}

void TestTokenCases::lifetimeNotANumberForJson()
{
    TokenBench bench;
    bench.line.answer(TokenBench::json(200, R"({"access_token":"abc","token_type":"Bearer","expires_in":1e400})"));
    bench.ready().acquire();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Backoff);
    QCOMPARE(bench.tokens->status().lastError->kind, FailureKind::MalformedReply);
    bench.advance(1s);
    QCOMPARE(bench.got.size(), 1); // the waiting call goes on and gets the next answer
    QVERIFY(bench.got.first().ok);
}

void TestTokenCases::lifetimeOfFiveSeconds()
{
    TokenBench bench;
    bench.life = 5;
    QList<qint64> sent;
    bench.line.setHandler([&](const auto &) {
        sent.append(bench.clock.continuousMs());
        return bench.grant();
    });
    expectLifeWarning("unusually short.* 5 s");
    bench.ready();
    bench.use(10min, 100ms);
    bench.advance(60s);
    for (qsizetype i = 1; i < sent.size(); ++i)
        QVERIFY2(sent[i] - sent[i - 1] >= 5000, qPrintable(QString::number(sent[i] - sent[i - 1])));
    for (const qint64 from : std::as_const(sent)) {
        const auto inMinute = std::count_if(sent.begin(), sent.end(), [from](qint64 at) { return at >= from && at < from + 60'000; });
        QVERIFY(inMinute <= 10);
    }
    QVERIFY(sent.size() >= 95); // and it does not starve either
    for (const TokenBench::Got &one : std::as_const(bench.got))
        QVERIFY(one.ok);
    QCOMPARE(bench.got.size(), bench.calls);
}

void TestTokenCases::offlineAtStart()
{
    TokenBench bench;
    bench.line.setHandler([](const auto &) { return FakeTransport::failure(FailureKind::NameNotFound); });
    bench.ready().acquire();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Backoff);
    QVERIFY(bench.tokens->status().nextTryInMs > 0);
    bench.advance(31s);
    QCOMPARE(bench.got.size(), 1);
    QCOMPARE(bench.got.first().failure.kind, FailureKind::TokenUnavailable);
    QVERIFY(bench.got.first().failure.technical.contains(u"NameNotFound"_s));
    const int tries = bench.requests();
    QVERIFY(tries > 1);
    bench.advance(1h);
    QCOMPARE(bench.requests(), tries); // nobody waits: nothing is sent
    QCOMPARE(bench.state(), TokenState::Backoff);
    QCOMPARE(bench.tokens->status().nextTryInMs, -1);
    bench.tokens->lookAgain();
    bench.advance(1h);
    QCOMPARE(bench.requests(), tries + 1); // one attempt when the line says it is back
    bench.line.setHandler([&](const auto &) { return bench.grant(); });
    bench.tokens->lookAgain();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Fresh);
}

void TestTokenCases::captivePortal_data()
{
    QTest::addColumn<HttpResult>("answer");
    QTest::addColumn<FailureKind>("kind");
    const QByteArray page = "<!DOCTYPE html><html><body>Please sign in</body></html>";
    const HttpHeaders html { { "Content-Type", "text/html" } };
    QTest::newRow("200 and a page") << FakeTransport::reply(200, page, html) << FailureKind::NotTheApi;
    QTest::newRow("200 and a page that says it is JSON") << TokenBench::json(200, page) << FailureKind::NotTheApi;
    QTest::newRow("401 and a page") << FakeTransport::reply(401, page, html) << FailureKind::NotTheApi;
    QTest::newRow("302 to a sign-in") << FakeTransport::failure(FailureKind::RedirectRefused) << FailureKind::RedirectRefused;
    QTest::newRow("TLS name mismatch") << FakeTransport::failure(FailureKind::TlsRefused) << FailureKind::TlsRefused;
    QTest::newRow("511") << FakeTransport::reply(511, page, html) << FailureKind::NotTheApi;
    QTest::newRow("511 without a page") << FakeTransport::reply(511) << FailureKind::NotTheApi;
}

void TestTokenCases::captivePortal()
{
    QFETCH(HttpResult, answer);
    QFETCH(FailureKind, kind);
    TokenBench bench;
    bench.line.answer(answer);
    bench.ready().acquire();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Backoff);
    QCOMPARE(bench.tokens->status().lastError->kind, kind);
    QVERIFY(!bench.tokens->status().usable);
    bench.advance(9'900ms);
    QCOMPARE(bench.requests(), 1);
    bench.advance(200ms);
    QCOMPARE(bench.requests(), 2);
    QVERIFY(bench.got.value(0).ok);
}

void TestTokenCases::okWithError()
{
    TokenBench bench;
    bench.line.answer(TokenBench::json(200, R"({"error":"invalid_client","error_description":"No such client"})"));
    const auto got = bench.ready().take();
    QCOMPARE(got.failure.kind, FailureKind::SecretRefused);
    QCOMPARE(got.failure.serverCode, u"invalid_client"_s);
    QCOMPARE(bench.state(), TokenState::Rejected);
}

void TestTokenCases::tokenMalformed_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto with = [](const QByteArray &token) -> QByteArray {
        return "{\"access_token\":\"" + token + "\",\"expires_in\":300,\"token_type\":\"Bearer\"}";
    };
    QTest::newRow("none") << QByteArray(R"({"expires_in":300,"token_type":"Bearer"})");
    QTest::newRow("empty") << with("");
    QTest::newRow("20 kB") << with(QByteArray(20'000, 'a'));
    QTest::newRow("CR") << with("abc\\rdef");
    QTest::newRow("LF") << with("abc\\nX-Evil: 1");
    QTest::newRow("space") << with("abc def");
    QTest::newRow("NUL") << with("abc\\u0000def");
    QTest::newRow("not ASCII") << with("abc\xC3\xA9");
    QTest::newRow("not JSON") << QByteArray("access_token=abc&expires_in=300");
    QTest::newRow("no body") << QByteArray();
}

void TestTokenCases::tokenMalformed()
{
    QFETCH(QByteArray, body);
    TokenBench bench;
    bench.line.answer(TokenBench::json(200, body));
    bench.ready().acquire();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Backoff);
    QCOMPARE(bench.tokens->status().lastError->kind, FailureKind::MalformedReply);
    QVERIFY(bench.got.isEmpty()); // nobody was handed that text
    bench.advance(1s);
    QCOMPARE(bench.got.value(0).token, QByteArray("token-1"));
}

void TestTokenCases::tokenType_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("absent") << QByteArray() << true;
    QTest::newRow("bearer") << QByteArray(",\"token_type\":\"bearer\"") << true;
    QTest::newRow("DPoP") << QByteArray(",\"token_type\":\"DPoP\"") << false;
    QTest::newRow("mac") << QByteArray(",\"token_type\":\"mac\"") << false;
}

void TestTokenCases::tokenType()
{
    QFETCH(QByteArray, member);
    QFETCH(bool, accepted);
    TokenBench bench;
    bench.line.answer(TokenBench::json(200, "{\"access_token\":\"abc\",\"expires_in\":300" + member + "}"));
    const auto got = bench.ready().take();
    QCOMPARE(got.ok, accepted);
    QCOMPARE(bench.state(), accepted ? TokenState::Fresh : TokenState::Backoff);
}

void TestTokenCases::transient_data()
{
    QTest::addColumn<HttpResult>("answer");
    for (const int status : { 408, 500, 502, 503, 504 })
        QTest::addRow("%d", status) << FakeTransport::reply(status);
    QTest::newRow("404 while the realm is imported") << TokenBench::json(404, R"({"error":"Realm does not exist"})");
    QTest::newRow("503 with garbage for Retry-After") << FakeTransport::reply(503, {}, { { "Retry-After", "soon" } });
    QTest::newRow("connection refused") << FakeTransport::failure(FailureKind::ConnectionRefused);
    QTest::newRow("reset") << FakeTransport::failure(FailureKind::ConnectionLost, true);
    QTest::newRow("truncated") << FakeTransport::failure(FailureKind::MalformedReply, true);
    QTest::newRow("drip-feed") << FakeTransport::failure(FailureKind::Timeout, true);
    QTest::newRow("header flood") << FakeTransport::failure(FailureKind::TooLarge, true);
    QTest::newRow("proxy") << FakeTransport::failure(FailureKind::ProxyRefused);
}

void TestTokenCases::transient()
{
    QFETCH(HttpResult, answer);
    TokenBench bench;
    for (int i = 0; i < 3; ++i)
        bench.line.answer(answer);
    bench.dice = 0.999;
    bench.ready().acquire();
    bench.settle();
    QCOMPARE(bench.line.last().deadline, 15s);
    QCOMPARE(bench.line.last().maxBodyBytes, 64 * 1024);
    QCOMPARE(bench.state(), TokenState::Backoff);
    QVERIFY(!bench.tokens->status().lastError->mayHaveExecuted);
    const QString id = bench.line.last().requestId;
    bench.advance(1s);
    QCOMPARE(bench.requests(), 2); // full jitter below 1 s is lifted to the floor
    bench.advance(1900ms);
    QCOMPARE(bench.requests(), 2);
    bench.advance(100ms);
    QCOMPARE(bench.requests(), 3); // then up to 2 s
    bench.advance(3900ms);
    QCOMPARE(bench.requests(), 3);
    bench.advance(100ms);
    QCOMPARE(bench.requests(), 4); // then up to 4 s
    QCOMPARE(bench.line.last().requestId, id);
    QCOMPARE(bench.line.last().attempt, 4);
    QVERIFY(bench.got.value(0).ok);
    QCOMPARE(bench.state(), TokenState::Fresh);
    QCOMPARE(bench.tokens->status().failures, 3);
    QVERIFY(!bench.tokens->status().lastError);
}

void TestTokenCases::tooManyRequests_data()
{
    QTest::addColumn<HttpHeaders>("headers");
    QTest::addColumn<int>("seconds");
    const auto after = [](const char *value) { return HttpHeaders { { "Retry-After", value } }; };
    QTest::newRow("1") << after("1") << 1;
    QTest::newRow("0") << after("0") << 1;
    QTest::newRow("-5") << after("-5") << 1;
    QTest::newRow("99999") << after("99999") << 3600;
    QTest::newRow("a date, this computer's clock years wrong")
        << HttpHeaders { { "Retry-After", "Wed, 01 Jan 2020 00:02:00 GMT" }, { "Date", "Wed, 01 Jan 2020 00:00:00 GMT" } } << 120;
    QTest::newRow("a date that has passed")
        << HttpHeaders { { "Retry-After", "Wed, 01 Jan 2020 00:00:00 GMT" }, { "Date", "Wed, 01 Jan 2020 00:02:00 GMT" } } << 1;
    QTest::newRow("garbage") << after("soon") << 60;
    QTest::newRow("absent") << HttpHeaders() << 60;
}

void TestTokenCases::tooManyRequests()
{
    QFETCH(HttpHeaders, headers);
    QFETCH(int, seconds);
    TokenBench bench;
    bench.line.answer(FakeTransport::reply(429, {}, headers));
    bench.ready().acquire(nullptr, 2h);
    bench.acquire(nullptr, 500ms);
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Throttled);
    QCOMPARE(bench.tokens->status().nextTryInMs, seconds * 1000);
    // Who cannot wait that long is told at once; the other is kept.
    QCOMPARE(bench.got.size(), 1);
    QCOMPARE(bench.got.first().call, 2);
    QCOMPARE(bench.got.first().failure.kind, FailureKind::TokenUnavailable);
    QCOMPARE(bench.got.first().failure.retryAfter, std::chrono::seconds(seconds));
    QCOMPARE(bench.take(100ms).failure.kind, FailureKind::TokenUnavailable);
    bench.tokens->lookAgain();
    bench.advance(std::chrono::seconds(seconds) - 1ms);
    QCOMPARE(bench.requests(), 1);
    bench.advance(1ms);
    QCOMPARE(bench.requests(), 2);
    QVERIFY(bench.got.last().ok);
}

void TestTokenCases::unavailableWithRetryAfter()
{
    TokenBench bench;
    bench.line.answer(503, {}, { { "Retry-After", "7" } });
    bench.ready().acquire();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Throttled);
    bench.advance(7s);
    QCOMPARE(bench.state(), TokenState::Fresh);
}

void TestTokenCases::permanent_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    for (const int status : { 400, 401 }) {
        for (const char *error : { "invalid_client", "unauthorized_client", "invalid_request", "unsupported_grant_type", "invalid_scope" })
            QTest::addRow("%d %s", status, error) << status << QByteArray("{\"error\":\"") + error + "\",\"error_description\":\"<b>why</b>\"}";
    }
    QTest::newRow("403 access_denied") << 403 << QByteArray(R"({"error":"access_denied","error_description":"<b>why</b>"})");
    QTest::newRow("401 without a body") << 401 << QByteArray();
}

void TestTokenCases::permanent()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    TokenBench bench;
    bench.line.setHandler([&](const auto &) { return TokenBench::json(status, body); });
    bench.ready();
    for (int i = 0; i < 3; ++i)
        bench.acquire();
    bench.settle();
    QCOMPARE(bench.got.size(), 3);
    for (const auto &one : std::as_const(bench.got)) {
        QCOMPARE(one.failure.kind, FailureKind::SecretRefused);
        QCOMPARE(one.failure, bench.got.first().failure); // all the same
        QCOMPARE(one.failure.httpStatus, status);
        QVERIFY(!one.failure.mayHaveExecuted);
    }
    if (!body.isEmpty())
        QCOMPARE(bench.got.first().failure.serverText, u"<b>why</b>"_s); // verbatim, shown as plain text
    bench.tokens->setBusy(true);
    bench.use(10min, 10s);
    bench.tokens->lookAgain();
    bench.advance(10min);
    QCOMPARE(bench.requests(), 1); // T5
    QCOMPARE(bench.state(), TokenState::Rejected);
    QCOMPARE(bench.take().failure.kind, FailureKind::SecretRefused);
}

} // namespace yoid

QTEST_GUILESS_MAIN(yoid::TestTokenCases)
#include "tst_tokencases.moc"
