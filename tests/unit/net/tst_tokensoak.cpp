// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// A simulated day with tokens of 30 s and a token endpoint that fails 2 times in 100 (acceptance of reliability 2.4).

#include "tests/unit/net/tokenbench.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

class TestTokenSoak : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDay_data();
    void aDay();
};

void TestTokenSoak::aDay_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 3; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestTokenSoak::aDay()
{
    QFETCH(quint32, seed);
    constexpr int kLife = 30;
    constexpr std::chrono::milliseconds kDay = 24h;
    QRandomGenerator dice(seed);
    TokenBench bench;
    QHash<QByteArray, qint64> diesAtMs; // as the server sees it: from the moment it answered
    int faults = 0;
    bench.life = kLife;
    bench.line.setHandler([&](const auto &) -> HttpResult {
        if (dice.bounded(100) < 2) {
            ++faults;
            switch (dice.bounded(4)) {
            case 0: return FakeTransport::failure(FailureKind::ConnectionLost, true);
            case 1: return FakeTransport::failure(FailureKind::Timeout, true);
            case 2: return FakeTransport::reply(503);
            default: return FakeTransport::reply(200, "<html>", { { "Content-Type", "text/html" } });
            }
        }
        diesAtMs.insert("token-" + QByteArray::number(bench.granted + 1), bench.clock.continuousMs() + kLife * 1000);
        return bench.grant();
    });
    bench.ready();
    const qint64 endMs = bench.clock.continuousMs() + kDay.count();
    int expired = 0;
    int failed = 0;
    qint64 handed = 0;
    while (bench.clock.continuousMs() < endMs) {
        bench.dice = dice.generateDouble();
        bench.acquire();
        bench.advance(std::chrono::milliseconds(200 + dice.bounded(4000)));
        for (const auto &one : std::as_const(bench.got)) {
            ++handed;
            if (!one.ok)
                ++failed;
            else if (one.atMs >= diesAtMs.value(one.token))
                ++expired;
        }
        bench.got.clear();
    }
    bench.advance(30s);
    const double renewEvery = kLife - kLife / 4.0;
    const double allowed = 1.05 * (std::chrono::duration<double>(kDay).count() / renewEvery) + faults;
    qInfo("%lld calls, %d token requests (at most %.0f), %d faults", static_cast<long long>(handed), bench.requests(), allowed, faults);
    QVERIFY(faults > 20);
    QCOMPARE(expired, 0);
    QCOMPARE(failed, 0);
    QVERIFY(handed > 30'000);
    QVERIFY(bench.requests() <= std::floor(allowed));
}

} // namespace yoid

QTEST_GUILESS_MAIN(yoid::TestTokenSoak)
#include "tst_tokensoak.moc"
