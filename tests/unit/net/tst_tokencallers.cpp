// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// What callers, users and the API do to the token manager: waiting calls, 401s, new secrets, profiles that change
// (reliability 2.3, 2.4; T1, T3, T6).

#include "tests/unit/net/tokenbench.h"

#include <QtCore/QRandomGenerator>
#include <QtCore/QSet>
#include <QtTest/QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

QStringList *g_log = nullptr;

void writeDown(QtMsgType, const QMessageLogContext &, const QString &text)
{
    g_log->append(text);
}

} // namespace

class TestTokenCallers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void waitersPastDeadlineFailOthersStay();
    void callbacksAreQueuedAndOnce();
    void secretChangedInFlight_data();
    void secretChangedInFlight();
    void secretChangedKeepsWaiters();
    void manyWaiters();
    void leadersCallerGoes();
    void storm401();
    void lateReport401IsIgnored();
    void report401DiscardsTheFlight();
    void apiAlways401();
    void apiRecovers();
    void profileSwitchedInFlight();
    void quitInFlight();
    void deletedInFlight();
    void atMostOneInFlight();
    void secretAndTokenAreNotLogged();
};

void TestTokenCallers::waitersPastDeadlineFailOthersStay()
{
    TokenBench bench;
    bench.line.hold(true);
    bench.ready().acquire(nullptr, 3s);
    bench.acquire(nullptr, 60s);
    bench.advance(3s);
    QCOMPARE(bench.got.size(), 1);
    QCOMPARE(bench.got.first().failure.kind, FailureKind::TokenUnavailable);
    QCOMPARE(bench.tokens->status().waiting, 1);
    bench.line.releaseAll();
    bench.settle();
    QCOMPARE(bench.got.size(), 2);
    QVERIFY(bench.got.last().ok);
    QCOMPARE(bench.requests(), 1);
}

void TestTokenCallers::callbacksAreQueuedAndOnce()
{
    TokenBench bench;
    bench.ready().take();
    const qsizetype before = bench.got.size();
    bench.acquire();
    QCOMPARE(bench.got.size(), before); // also when the token is at hand
    auto *context = new QObject;
    bench.acquire(context);
    delete context; // with the answer already on its way
    bench.settle();
    QCOMPARE(bench.got.size(), before + 1);
    bench.tokens->close();
    bench.settle();
    QCOMPARE(bench.got.size(), before + 1);
    // A callback may call again from inside.
    TokenBench nested;
    nested.ready();
    int inner = 0;
    nested.tokens->acquire(&nested.caller, [&](Outcome<TokenLease>) {
        nested.tokens->acquire(&nested.caller, [&](Outcome<TokenLease> outcome) { inner += outcome.ok() ? 1 : 0; });
        QCOMPARE(inner, 0);
    });
    nested.settle();
    QCOMPARE(inner, 1);
}

void TestTokenCallers::secretChangedInFlight_data()
{
    QTest::addColumn<HttpResult>("late");
    QTest::newRow("success") << TokenBench::json(200, R"({"access_token":"of-the-old-secret","expires_in":300})");
    QTest::newRow("401") << TokenBench::json(401, R"({"error":"unauthorized_client"})");
}

void TestTokenCallers::secretChangedInFlight()
{
    QFETCH(HttpResult, late);
    TokenBench bench;
    bench.line.hold(true);
    bench.ready().acquire();
    bench.advance(2s);
    bench.line.releaseWith(late); // already on its way to us when the user saves the new secret
    bench.line.hold(false);
    bench.tokens->setSecret(Secret(QByteArrayLiteral("n3w")));
    bench.settle();
    QCOMPARE(bench.requests(), 2);
    QVERIFY(bench.line.last().body.endsWith("client_secret=n3w"));
    QCOMPARE(bench.got.size(), 1);
    QCOMPARE(bench.got.first().token, QByteArray("token-2")); // token-1 was for the request that was given up
    for (const TokenStatus &status : std::as_const(bench.told))
        QVERIFY(status.state != TokenState::Rejected); // no flicker
    QCOMPARE(bench.state(), TokenState::Fresh);
    QCOMPARE(bench.tokens->status().failures, 0);
}

void TestTokenCallers::secretChangedKeepsWaiters()
{
    TokenBench bench;
    bench.line.hold(true);
    bench.ready().acquire();
    bench.acquire();
    bench.settle();
    bench.tokens->setSecret(Secret(QByteArrayLiteral("n3w")));
    bench.settle();
    QVERIFY(bench.got.isEmpty());
    QCOMPARE(bench.line.aborts(), 1);
    QCOMPARE(bench.requests(), 1); // the floor of 1 s holds here too
    bench.line.hold(false);
    bench.advance(1s);
    QCOMPARE(bench.got.size(), 2);
    QVERIFY(bench.got.at(0).ok && bench.got.at(1).ok);
    // A token of the old secret is not lent under the new one.
    bench.tokens->setSecret(Secret(QByteArrayLiteral("newest")));
    bench.advance(1s);
    QCOMPARE(bench.state(), TokenState::Empty);
    QCOMPARE(bench.take().token, QByteArray("token-3"));
}

void TestTokenCallers::manyWaiters()
{
    TokenBench bench;
    bench.line.hold(true);
    bench.ready();
    for (int i = 0; i < 200; ++i)
        bench.acquire();
    bench.settle();
    QCOMPARE(bench.requests(), 1);
    QCOMPARE(bench.tokens->status().waiting, 200);
    bench.line.releaseAll();
    bench.settle();
    QCOMPARE(bench.requests(), 1);
    QCOMPARE(bench.got.size(), 200);
    for (int i = 0; i < 200; ++i) {
        QCOMPARE(bench.got.at(i).call, i + 1);
        QCOMPARE(bench.got.at(i).id, bench.got.at(0).id);
        QCOMPARE(bench.got.at(i).token, QByteArray("token-1"));
    }
}

void TestTokenCallers::leadersCallerGoes()
{
    TokenBench bench;
    bench.line.hold(true);
    auto *leader = new QObject;
    auto *second = new QObject;
    bench.ready().acquire(leader);
    bench.acquire(second);
    delete leader;
    bench.settle();
    QCOMPARE(bench.tokens->status().waiting, 1);
    QCOMPARE(bench.state(), TokenState::Fetching); // goes on for the other
    delete second;
    bench.settle();
    QCOMPARE(bench.tokens->status().waiting, 0);
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle();
    QVERIFY(bench.got.isEmpty());
    QVERIFY(bench.take().ok); // kept, so no second request
    QCOMPARE(bench.requests(), 1);
}

void TestTokenCallers::storm401()
{
    TokenBench bench;
    bench.ready();
    for (int i = 0; i < 200; ++i)
        bench.acquire();
    bench.advance(60s);
    const quint64 id = bench.got.first().id;
    bench.got.clear();
    for (int i = 0; i < 200; ++i) {
        bench.tokens->report401(id);
        bench.acquire();
        if (i % 50 == 0)
            bench.settle();
    }
    bench.settle();
    QCOMPARE(bench.requests(), 2);
    QCOMPARE(bench.got.size(), 200);
    for (const auto &one : std::as_const(bench.got))
        QCOMPARE(one.token, QByteArray("token-2"));
}

void TestTokenCallers::lateReport401IsIgnored()
{
    TokenBench bench;
    const quint64 old = bench.ready().take().id;
    bench.advance(270s);
    const quint64 current = bench.take().id;
    QVERIFY(old != current);
    bench.tokens->report401(old);
    bench.tokens->report401(4711);
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Fresh);
    QCOMPARE(bench.take().id, current);
    QCOMPARE(bench.requests(), 2);
}

void TestTokenCallers::report401DiscardsTheFlight()
{
    // Not-before was raised while a renewal was in the air: its answer may be as dead as the token.
    TokenBench bench;
    const quint64 id = bench.ready().take().id;
    bench.line.hold(true);
    bench.advance(270s);
    QCOMPARE(bench.state(), TokenState::Refreshing);
    bench.tokens->report401(id);
    bench.line.releaseAll();
    bench.line.hold(false);
    bench.acquire();
    bench.settle();
    QVERIFY(!bench.tokens->status().usable);
    bench.advance(1s);
    QCOMPARE(bench.got.last().token, QByteArray("token-3"));
    QCOMPARE(bench.requests(), 3);
}

void TestTokenCallers::apiAlways401()
{
    TokenBench bench;
    QList<qint64> sent;
    bench.line.setHandler([&](const auto &) {
        sent.append(bench.clock.continuousMs());
        return bench.grant();
    });
    bench.ready();
    // Every 3 s a call as ApiClient makes it: one repeat after a 401, no more.
    int tries = 0;
    int calls = 0;
    int refused = 0;
    const auto tryOnce = [&](bool repeat, const auto &self) -> void {
        bench.tokens->acquire(&bench.caller, [&, repeat, self](Outcome<TokenLease> outcome) {
            if (!outcome.ok()) {
                refused += outcome.failure().kind == FailureKind::Unauthorized ? 1 : 0;
                return;
            }
            ++tries;
            bench.tokens->report401(outcome->id);
            if (!repeat)
                self(true, self);
        });
    };
    for (int i = 0; i < 200; ++i) {
        ++calls;
        tryOnce(false, tryOnce);
        bench.advance(3s);
    }
    QVERIFY(tries <= 2 * calls);
    QVERIFY(refused > 100);
    for (const qint64 from : std::as_const(sent)) {
        const auto inMinute = std::count_if(sent.begin(), sent.end(), [from](qint64 at) { return at >= from && at < from + 60'000; });
        QVERIFY2(inMinute <= 4, qPrintable(QString::number(inMinute)));
    }
    // Three fresh tokens, then breaks of 60, 120, 240, 480 s … with one attempt after each.
    QVERIFY(sent.size() <= 3 + 4);
    QVERIFY(sent.size() >= 5);
    QCOMPARE(bench.state(), TokenState::Rejected);
    QCOMPARE(bench.tokens->status().lastError->kind, FailureKind::Unauthorized);
}

void TestTokenCallers::apiRecovers()
{
    TokenBench bench;
    bench.ready();
    for (int i = 0; i < 3; ++i) {
        bench.tokens->report401(bench.take().id);
        bench.advance(5s);
    }
    QCOMPARE(bench.state(), TokenState::Rejected);
    QCOMPARE(bench.take().failure.kind, FailureKind::Unauthorized);
    bench.tokens->retryNow(); // a person may try at once
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Fresh);
    bench.use(5min, 10s); // it lives and is renewed: the break is forgotten
    bench.tokens->report401(bench.take().id);
    bench.advance(5s);
    QVERIFY(bench.take().ok);
    QCOMPARE(bench.state(), TokenState::Fresh);
}

void TestTokenCallers::profileSwitchedInFlight()
{
    FakeClock clock;
    FakeTransport line(&clock);
    line.hold(true);
    const Profile a = TokenBench::profileFor(QUrl(u"https://a.example.org/token"_s));
    const Profile b = TokenBench::profileFor(QUrl(u"https://b.example.org/token"_s));
    QByteArray handed;
    std::optional<Failure> ended;
    auto ofA = std::make_unique<TokenManager>(line, clock, a);
    ofA->setSecret(Secret(QByteArrayLiteral("secret-of-a")));
    ofA->acquire(this, [&](Outcome<TokenLease> outcome) {
        if (!outcome.ok())
            ended = outcome.failure();
    });
    clock.advance(0ms);
    line.releaseWith(TokenBench::json(200, R"({"access_token":"of-a","expires_in":300})")); // on its way to us
    ofA->close();
    TokenManager ofB(line, clock, b);
    QSignalSpy told(&ofB, &TokenManager::statusChanged);
    clock.advance(1s);
    QCOMPARE(ended->kind, FailureKind::Cancelled);
    QCOMPARE(ofA->status().state, TokenState::Closed);
    QVERIFY(!ofA->status().usable);
    QCOMPARE(ofB.status().state, TokenState::NoSecret);
    QCOMPARE(told.size(), 0);
    ofB.setSecret(Secret(QByteArrayLiteral("secret-of-b")));
    ofB.acquire(this, [&](Outcome<TokenLease> outcome) { handed = outcome->value.view().toByteArray(); });
    clock.advance(0ms);
    line.releaseWith(TokenBench::json(200, R"({"access_token":"of-b","expires_in":300})"));
    clock.advance(0ms);
    QCOMPARE(handed, QByteArray("of-b"));
    QCOMPARE(line.count(), 2);
    QCOMPARE(line.seen().at(0).allowedOrigins, QList<Origin> { originOf(a.tokenUrl) });
    QVERIFY(!line.seen().at(0).body.contains("secret-of-b"));
    QCOMPARE(line.seen().at(1).allowedOrigins, QList<Origin> { originOf(b.tokenUrl) });
    QVERIFY(!line.seen().at(1).body.contains("secret-of-a"));
    ofA->setSecret(Secret(QByteArrayLiteral("too late")));
    ofA->acquire(this, [&](Outcome<TokenLease> outcome) { ended = outcome.failure(); });
    ofA->retryNow();
    clock.advance(1min);
    QCOMPARE(ended->kind, FailureKind::Cancelled);
    QCOMPARE(line.count(), 2);
}

void TestTokenCallers::quitInFlight()
{
    TokenBench bench;
    bench.line.hold(true);
    bench.ready().acquire();
    bench.settle();
    bench.tokens->close(); // returns without waiting for anything: the clock does not move
    bench.tokens->close();
    QCOMPARE(bench.line.aborts(), 1);
    QVERIFY(bench.got.isEmpty());
    bench.settle();
    QCOMPARE(bench.got.size(), 1);
    QCOMPARE(bench.got.first().failure.kind, FailureKind::Cancelled);
    QCOMPARE(bench.state(), TokenState::Closed);
    QCOMPARE(bench.told.last().state, TokenState::Closed);
}

void TestTokenCallers::deletedInFlight()
{
    TokenBench bench;
    bench.line.hold(true);
    bench.ready().acquire();
    bench.settle();
    bench.tokens.reset();
    bench.settle();
    QCOMPARE(bench.got.size(), 1);
    QCOMPARE(bench.got.first().failure.kind, FailureKind::Cancelled);
    QCOMPARE(bench.line.held(), 0);
}

void TestTokenCallers::atMostOneInFlight()
{
    // T1 and "once": a thousand random moves, and never two requests in the air nor a call answered twice or never.
    for (quint32 seed = 1; seed <= 20; ++seed) {
        QRandomGenerator dice(seed);
        TokenBench bench;
        bench.line.hold(true);
        bench.life = 20;
        bench.ready();
        quint64 lastId = 0;
        for (int move = 0; move < 1000; ++move) {
            switch (dice.bounded(12)) {
            case 0: case 1: case 2: bench.acquire(nullptr, std::chrono::milliseconds(dice.bounded(60'000))); break;
            case 3: bench.line.releaseAll(); break;
            case 4: if (bench.line.held() > 0) bench.line.releaseWith(FakeTransport::failure(FailureKind::ConnectionLost)); break;
            case 5: if (bench.line.held() > 0) bench.line.releaseWith(FakeTransport::reply(429, {}, { { "Retry-After", "9" } })); break;
            case 6: bench.tokens->report401(lastId); break;
            case 7: bench.tokens->retryNow(); break;
            case 8: bench.tokens->lookAgain(); break;
            case 9: bench.clock.fake.jumpWall(std::chrono::milliseconds(dice.bounded(40'000)) - 20s); break;
            case 10: if (dice.bounded(10) == 0) bench.tokens->setSecret(Secret(QByteArrayLiteral("other"))); break;
            default: bench.advance(std::chrono::milliseconds(dice.bounded(8000))); break;
            }
            QVERIFY2(bench.line.held() <= 1, qPrintable(QString::number(seed)));
            if (!bench.got.isEmpty() && bench.got.last().ok)
                lastId = bench.got.last().id;
        }
        bench.advance(61s);
        QCOMPARE(bench.got.size(), bench.calls);
        QSet<int> answered;
        for (const auto &one : std::as_const(bench.got))
            answered.insert(one.call);
        QCOMPARE(answered.size(), bench.calls);
    }
}

void TestTokenCallers::secretAndTokenAreNotLogged()
{
    QStringList log;
    g_log = &log;
    const QtMessageHandler before = qInstallMessageHandler(writeDown);
    {
        TokenBench bench;
        bench.tokens->setSecret(Secret(QByteArrayLiteral("MARKED-secret+%/=")));
        bench.line.answer(TokenBench::json(200, R"({"access_token":"MARKED-token","expires_in":0})"));
        bench.line.answer(TokenBench::json(200, R"({"access_token":"MARKED token","expires_in":300})"));
        bench.line.answer(TokenBench::json(500, "MARKED-token"));
        bench.use(20s);
        QVERIFY(bench.requests() >= 3);
        for (const TokenStatus &status : std::as_const(bench.told)) {
            if (status.lastError)
                log << status.lastError->technical;
        }
        for (const auto &one : std::as_const(bench.got))
            log << one.failure.technical;
    }
    qInstallMessageHandler(before);
    g_log = nullptr;
    QVERIFY(!log.isEmpty());
    for (const QString &line : std::as_const(log))
        QVERIFY2(!line.contains(u"MARKED"_s), qPrintable(line));
}

} // namespace yoid

QTEST_GUILESS_MAIN(yoid::TestTokenCallers)
#include "tst_tokencallers.moc"
