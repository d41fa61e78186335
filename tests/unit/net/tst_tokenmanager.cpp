// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// States and transitions of the token manager (reliability 2.2, 2.3). What answers bring about is in tst_tokencases, what
// clocks do in tst_tokenclocks, and what callers and users do in tst_tokencallers.

#include "tests/unit/net/tokenbench.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

class TestTokenManager : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noSecretYet();
    void secretNeverComes();
    void firstFetch();
    void freshIsLentWithoutRequest();
    void renewsEarlyAndSwaps();
    void oldTokenServedWhileRenewalFails();
    void permanentRefusalWhileTokenLives();
    void throttledWhileTokenLives();
    void backoffWithoutWaitersStaysStill();
    void backoffGoesOnForAJob();
    void retryNow();
    void failedRetryNowIsTriedAgain();
    void retryNowLeavesRejected();
    void forgottenRequestIsGivenUp();
    void statusTellsChangesOnly();
};

void TestTokenManager::noSecretYet()
{
    TokenBench bench;
    QCOMPARE(bench.state(), TokenState::NoSecret);
    bench.acquire();
    bench.advance(10s);
    QCOMPARE(bench.requests(), 0);
    QVERIFY(bench.got.isEmpty());
    bench.tokens->setSecret(Secret(QByteArrayLiteral("s3cret")));
    bench.settle();
    QCOMPARE(bench.requests(), 1);
    QVERIFY(bench.got.value(0).ok);
}

void TestTokenManager::secretNeverComes()
{
    TokenBench bench;
    bench.acquire(nullptr, 5min);
    bench.tokens->secretUnavailable(Failure::of(FailureKind::SecretLocked));
    bench.settle();
    QCOMPARE(bench.tokens->status().lastError->kind, FailureKind::SecretLocked);
    bench.advance(19'900ms);
    QVERIFY(bench.got.isEmpty());
    bench.advance(200ms);
    QCOMPARE(bench.got.value(0).failure.kind, FailureKind::SecretLocked);
    TokenBench pending;
    pending.acquire(nullptr, 2s);
    pending.advance(2s);
    QCOMPARE(pending.got.value(0).failure.kind, FailureKind::SecretMissing);
}

void TestTokenManager::firstFetch()
{
    TokenBench bench;
    bench.line.hold(true);
    bench.ready();
    QCOMPARE(bench.state(), TokenState::Empty);
    QCOMPARE(bench.requests(), 0); // a secret alone sends nothing
    bench.acquire();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Fetching);
    QCOMPARE(bench.tokens->status().waiting, 1);
    bench.line.releaseAll();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Fresh);
    const TokenStatus status = bench.tokens->status();
    QVERIFY(status.usable);
    QCOMPARE(status.waiting, 0);
    QCOMPARE(status.usableForMs, 295'000);
    QCOMPARE(status.lifetimeMs, 300'000);
    QCOMPARE(status.renewals, 0);
    QCOMPARE(status.nextTryInMs, -1);
    QCOMPARE(bench.got.value(0).token, QByteArray("token-1"));
    QVERIFY(bench.got.value(0).id != 0);
    QCOMPARE(bench.line.last().allowedOrigins, QList<Origin> { originOf(bench.profile.tokenUrl) }); // T2
    QCOMPARE(bench.line.last().environment, bench.profile.environment);
}

void TestTokenManager::freshIsLentWithoutRequest()
{
    TokenBench bench;
    bench.ready().take();
    for (int i = 0; i < 50; ++i)
        QCOMPARE(bench.take().token, QByteArray("token-1"));
    QCOMPARE(bench.requests(), 1);
}

void TestTokenManager::renewsEarlyAndSwaps()
{
    TokenBench bench;
    bench.ready().take();
    bench.line.hold(true);
    bench.advance(270s - 1ms);
    QCOMPARE(bench.state(), TokenState::Fresh);
    bench.advance(1ms);
    QCOMPARE(bench.state(), TokenState::Refreshing);
    QCOMPARE(bench.take().token, QByteArray("token-1")); // at once, the old one
    bench.line.releaseAll();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Fresh);
    QCOMPARE(bench.take().token, QByteArray("token-2"));
    QVERIFY(bench.got.last().id > bench.got.first().id);
    QCOMPARE(bench.tokens->status().renewals, 1);
    QCOMPARE(bench.requests(), 2);
}

void TestTokenManager::oldTokenServedWhileRenewalFails()
{
    TokenBench bench;
    bench.ready().take();
    bench.line.setHandler([](const auto &) { return FakeTransport::failure(FailureKind::ConnectionRefused); });
    bench.dice = 0.999;
    bench.advance(270s);
    QCOMPARE(bench.requests(), 2);
    QCOMPARE(bench.state(), TokenState::Stale);
    QVERIFY(bench.tokens->status().nextTryInMs > 0);
    const int before = bench.requests();
    while (bench.tokens->status().usable) {
        const auto got = bench.take();
        QVERIFY(got.ok);
        QCOMPARE(got.token, QByteArray("token-1"));
        // Never further away than half of what is left (or the floor).
        QVERIFY(bench.tokens->status().nextTryInMs <= std::max<qint64>(1000, bench.tokens->status().usableForMs));
        bench.advance(1s);
    }
    QVERIFY(bench.requests() - before >= 4);
    QVERIFY(bench.requests() <= 1 + 10);
    QCOMPARE(bench.clock.continuousMs() % 1000, 0);
    QCOMPARE(bench.state(), TokenState::Backoff);
    QVERIFY(!bench.take(0ms).ok); // only now
    QCOMPARE(bench.got.last().failure.kind, FailureKind::TokenUnavailable);
}

void TestTokenManager::permanentRefusalWhileTokenLives()
{
    TokenBench bench;
    bench.ready().take();
    bench.line.setHandler([](const auto &) { return TokenBench::json(401, R"({"error":"unauthorized_client"})"); });
    bench.advance(270s);
    QCOMPARE(bench.state(), TokenState::Stale);
    QCOMPARE(bench.tokens->status().lastError->kind, FailureKind::SecretRefused); // the warning comes now
    QVERIFY(bench.tokens->status().usableForMs > 0);
    bench.advance(24s);
    QCOMPARE(bench.take().token, QByteArray("token-1"));
    bench.advance(2s);
    QCOMPARE(bench.state(), TokenState::Rejected);
    QCOMPARE(bench.take().failure.kind, FailureKind::SecretRefused);
    bench.use(10min, 5s);
    QCOMPARE(bench.requests(), 2); // T5
}

void TestTokenManager::throttledWhileTokenLives()
{
    TokenBench bench;
    bench.ready().take();
    bench.line.answer(429, {}, { { "Retry-After", "40" } });
    bench.advance(270s);
    QCOMPARE(bench.state(), TokenState::Stale);
    bench.use(24s);
    QCOMPARE(bench.requests(), 2);
    for (const auto &one : std::as_const(bench.got))
        QCOMPARE(one.token, QByteArray("token-1"));
    bench.advance(2s);
    QCOMPARE(bench.state(), TokenState::Throttled);
    const int call = bench.acquire();
    bench.advance(14s);
    QCOMPARE(bench.requests(), 3);
    QCOMPARE(bench.got.last().call, call);
    QCOMPARE(bench.got.last().token, QByteArray("token-2"));
}

void TestTokenManager::backoffWithoutWaitersStaysStill()
{
    TokenBench bench;
    bench.line.fail(FailureKind::ConnectionRefused);
    bench.ready().acquire(nullptr, 500ms);
    bench.advance(1h);
    QCOMPARE(bench.requests(), 1);
    QCOMPARE(bench.state(), TokenState::Backoff);
    QCOMPARE(bench.clock.fake.activeAlarms(), 0); // nothing wakes the computer either
    QVERIFY(bench.take().ok); // the time has come, so the next call goes out at once
    QCOMPARE(bench.requests(), 2);
}

void TestTokenManager::backoffGoesOnForAJob()
{
    TokenBench bench;
    bench.tokens->setBusy(true);
    for (int i = 0; i < 5; ++i)
        bench.line.fail(FailureKind::ConnectionRefused);
    bench.ready().acquire(nullptr, 0ms);
    bench.acquire(nullptr, 500ms);
    bench.advance(3min);
    QCOMPARE(bench.state(), TokenState::Fresh);
    QCOMPARE(bench.tokens->status().failures, 5);
}

void TestTokenManager::retryNow()
{
    TokenBench bench;
    bench.dice = 0.999;
    for (int i = 0; i < 5; ++i)
        bench.line.fail(FailureKind::ConnectionRefused);
    bench.ready().acquire(nullptr, 5min);
    bench.advance(7s); // 0, 1, 3, 7 s; the next would be at 15 s
    QCOMPARE(bench.requests(), 4);
    bench.advance(1s);
    bench.tokens->retryNow();
    bench.settle();
    QCOMPARE(bench.requests(), 5);
    bench.tokens->retryNow();
    bench.advance(1s);
    bench.tokens->retryNow(); // once per 5 s
    bench.advance(3900ms);
    QCOMPARE(bench.requests(), 5);
    bench.advance(100ms);
    bench.tokens->retryNow();
    bench.settle();
    QCOMPARE(bench.requests(), 6);
    QCOMPARE(bench.state(), TokenState::Fresh);
    bench.advance(1min);
    bench.tokens->retryNow(); // "renew now" of a fresh token
    bench.settle();
    QCOMPARE(bench.requests(), 7);
    QCOMPARE(bench.tokens->status().renewals, 1);
}

void TestTokenManager::failedRetryNowIsTriedAgain()
{
    TokenBench bench;
    bench.ready().take();
    bench.advance(60s);
    bench.line.fail(FailureKind::ConnectionRefused);
    bench.tokens->retryNow();
    bench.settle();
    QCOMPARE(bench.state(), TokenState::Stale); // the old token is good for minutes, yet the renewal is owed
    QVERIFY(bench.tokens->status().nextTryInMs > 0);
    bench.advance(1s);
    QCOMPARE(bench.requests(), 3);
    QCOMPARE(bench.state(), TokenState::Fresh);
}

void TestTokenManager::retryNowLeavesRejected()
{
    TokenBench bench;
    bench.line.answer(TokenBench::json(401, R"({"error":"unauthorized_client"})"));
    QCOMPARE(bench.ready().take().failure.kind, FailureKind::SecretRefused);
    bench.advance(10s);
    bench.tokens->retryNow();
    bench.settle();
    QCOMPARE(bench.requests(), 2);
    QCOMPARE(bench.state(), TokenState::Fresh);
    QVERIFY(!bench.tokens->status().lastError);
}

void TestTokenManager::forgottenRequestIsGivenUp()
{
    // A transport without a clock never lets a held request run out of time.
    SpyClock clock;
    FakeTransport line;
    line.hold(true);
    TokenManager tokens(line, clock, TokenBench::profileFor(QUrl(u"https://iam.example.org/token"_s)), [] { return 0.0; });
    tokens.setSecret(Secret(QByteArrayLiteral("s3cret")));
    tokens.acquire(this, [](Outcome<TokenLease>) {}, 5min);
    clock.fake.advance(19s);
    QCOMPARE(tokens.status().state, TokenState::Fetching);
    clock.fake.advance(1s);
    QCOMPARE(line.aborts(), 1);
    QCOMPARE(tokens.status().lastError->kind, FailureKind::Timeout);
    clock.fake.advance(1s);
    QCOMPARE(line.count(), 2);
}

void TestTokenManager::statusTellsChangesOnly()
{
    TokenBench bench;
    bench.ready().take();
    bench.told.clear();
    bench.use(4min); // 240 calls, 240 seconds of counting down
    QCOMPARE(bench.told.size(), 0);
    bench.use(1min);
    // One renewal, over before the event loop came round: told once, as what it came to.
    QCOMPARE(bench.told.size(), 1);
    QCOMPARE(bench.told.at(0).state, TokenState::Fresh);
    QCOMPARE(bench.told.at(0).renewals, 1);
    QVERIFY(bench.told.at(0).usableForMs > 0);
    QVERIFY(bench.told.at(0).takenAtContinuousMs > 0);
}

} // namespace yoid

QTEST_GUILESS_MAIN(yoid::TestTokenManager)
#include "tst_tokenmanager.moc"
