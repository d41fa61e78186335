// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/net/tokenmanager.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faketransport.h"

#include <QtTest/QTest>

#include <memory>

namespace yoid {

/// The hand-turned clock, with every alarm setting written down.
class SpyClock final : public Clock {
public:
    [[nodiscard]] qint64 wallMs() const override { return fake.wallMs(); }
    [[nodiscard]] qint64 continuousMs() const override { return fake.continuousMs(); }
    [[nodiscard]] std::unique_ptr<Alarm> createAlarm(Qt::TimerType type = Qt::CoarseTimer) override
    {
        class SpyAlarm final : public Alarm {
        public:
            SpyAlarm(SpyClock &clock, std::unique_ptr<Alarm> real)
                : m_clock(clock)
                , m_real(std::move(real))
            {
                connect(m_real.get(), &Alarm::rang, this, &Alarm::rang);
            }
            void start(std::chrono::milliseconds in) override
            {
                m_clock.settings.append(in.count());
                m_real->start(in);
            }
            void stop() override { m_real->stop(); }
            [[nodiscard]] bool isActive() const override { return m_real->isActive(); }

        private:
            SpyClock &m_clock;
            std::unique_ptr<Alarm> m_real;
        };
        return std::make_unique<SpyAlarm>(*this, fake.createAlarm(type));
    }

    FakeClock fake;
    QList<qint64> settings; ///< milliseconds, in order
};

/// One token manager with everything around it in the test's hand. The server grants `life` seconds unless scripted.
struct TokenBench {
    struct Got {
        int call = 0;
        bool ok = false;
        QByteArray token;
        quint64 id = 0;
        Failure failure;
        qint64 atMs = 0;
    };

    static Profile profileFor(const QUrl &tokenUrl)
    {
        Profile profile = testEnvironmentProfile();
        profile.name = QStringLiteral("Test");
        profile.clientId = QStringLiteral("console");
        profile.tokenUrl = tokenUrl;
        return profile;
    }

    explicit TokenBench(const QUrl &tokenUrl = QUrl(QStringLiteral("https://iam.example.org/token")))
        : profile(profileFor(tokenUrl))
    {
        line.setHandler([this](const FakeTransport::Seen &) { return grant(); });
        tokens = std::make_unique<TokenManager>(line, clock, profile, [this] { return dice; });
        QObject::connect(tokens.get(), &TokenManager::statusChanged, &caller,
                         [this](const TokenStatus &status) { told.append(status); });
    }

    /// With a secret, as after the keychain has answered.
    TokenBench &ready()
    {
        tokens->setSecret(Secret(QByteArrayLiteral("s3cret")));
        settle();
        return *this;
    }

    [[nodiscard]] QByteArray grantBody(const QByteArray &expiresIn)
    {
        return "{\"access_token\":\"token-" + QByteArray::number(++granted) + "\",\"expires_in\":" + expiresIn
            + ",\"refresh_expires_in\":0,\"token_type\":\"Bearer\",\"not-before-policy\":0,\"scope\":\"email profile\"}";
    }
    [[nodiscard]] HttpResult grant() { return json(200, grantBody(QByteArray::number(life))); }
    [[nodiscard]] static HttpResult json(int status, const QByteArray &body, HttpHeaders headers = {})
    {
        headers.append(HttpHeaders { { "Content-Type", "application/json" } });
        return FakeTransport::reply(status, body, headers);
    }

    int acquire(QObject *context = nullptr, std::chrono::milliseconds deadline = std::chrono::seconds(30))
    {
        const int call = ++calls;
        tokens->acquire(
            context ? context : &caller,
            [this, call](Outcome<TokenLease> outcome) {
                Got one;
                one.call = call;
                one.ok = outcome.ok();
                one.atMs = clock.continuousMs();
                if (outcome.ok()) {
                    one.token = outcome->value.view().toByteArray();
                    one.id = outcome->id;
                } else {
                    one.failure = outcome.failure();
                }
                got.append(one);
            },
            deadline);
        return call;
    }
    /// Acquires and lets the answer come.
    Got take(std::chrono::milliseconds deadline = std::chrono::seconds(30))
    {
        const int call = acquire(nullptr, deadline);
        settle();
        for (const Got &one : std::as_const(got)) {
            if (one.call == call)
                return one;
        }
        return {};
    }

    void settle() { clock.fake.advance(std::chrono::milliseconds(0)); }
    void advance(std::chrono::milliseconds by) { clock.fake.advance(by); }
    /// Time in use: a call every `every`.
    void use(std::chrono::milliseconds span, std::chrono::milliseconds every = std::chrono::seconds(1))
    {
        for (std::chrono::milliseconds done { 0 }; done < span; done += every) {
            acquire();
            advance(std::min(every, span - done));
        }
    }
    [[nodiscard]] int requests() const { return line.count(); }
    [[nodiscard]] TokenState state() const { return tokens->status().state; }

    SpyClock clock;
    FakeTransport line { &clock };
    Profile profile;
    QObject caller;
    int life = 300;
    double dice = 0;
    int granted = 0;
    int calls = 0;
    QList<Got> got;
    QList<TokenStatus> told;
    std::unique_ptr<TokenManager> tokens;
};

} // namespace yoid
