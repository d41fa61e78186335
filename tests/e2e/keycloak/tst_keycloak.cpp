// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// TokenManager and HttpTransport with the computer's own clock against a real Keycloak, started by run.sh.

#include "app/base/redactor.h"
#include "app/net/httptransport.h"
#include "app/net/tokenmanager.h"
#include "tests/e2e/keycloak/keycloakadmin.h"

#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <csignal>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr int kPatience = 60'000;

/// One console's share: a profile of this Keycloak, the real line, the real clock, a token manager.
struct Desk {
    Desk(const QUrl &base, const QString &clientId, const QByteArray &secret, const QString &realm = u"product-hub"_s)
        : line(clock, redactor)
    {
        profile.id = ProfileId::create();
        profile.clientId = clientId;
        profile.tokenUrl = base;
        profile.tokenUrl.setPath(u"/realms/%1/protocol/openid-connect/token"_s.arg(realm));
        profile.credsUrl = base;
        profile.credsUrl.setPath(u"/admin/realms/product-hub"_s);
        QObject::connect(&line, &Transport::recorded, &caller, [this](const ExchangeRecord &record) {
            tokenRequests += record.action == ActionKind::SignIn ? 1 : 0;
            records.append(record);
        });
        tokens = std::make_unique<TokenManager>(line, clock, profile);
        tokens->setSecret(Secret(secret));
    }

    /// Waits for the answer.
    Outcome<TokenLease> take(std::chrono::milliseconds deadline = 40s)
    {
        std::optional<Outcome<TokenLease>> got;
        tokens->acquire(&caller, [&got](Outcome<TokenLease> outcome) { got.emplace(std::move(outcome)); }, deadline);
        if (!QTest::qWaitFor([&got] { return got.has_value(); }, kPatience))
            return Failure::of(FailureKind::Internal, u"acquire() never answered"_s);
        return std::move(*got);
    }

    /// One call at a service that checks the token, as the console would make it; the HTTP status, 0 for none.
    int callService(const Secret &bearer)
    {
        HttpRequest request;
        request.url = profile.credsUrl.toEncoded() + "/clients?clientId=" + profile.clientId.toUtf8();
        request.bearer = bearer.clone();
        request.allowedOrigins = { originOf(profile.credsUrl) };
        std::optional<int> status;
        QObject::connect(line.send(std::move(request)), &Exchange::finished, &caller,
                         [&status](const HttpResult &result) { status = result.ok() ? result->status : 0; });
        if (!QTest::qWaitFor([&status] { return status.has_value(); }, kPatience))
            return -1;
        return *status;
    }

    /// As ApiClient does it: after a 401 the token is reported and the call repeated once.
    int callWithOneRepeat()
    {
        int status = 0;
        for (int attempt = 1; attempt <= 2; ++attempt) {
            const Outcome<TokenLease> lease = take();
            if (!lease.ok())
                return attempt == 1 ? 0 : status;
            status = callService(lease->value);
            if (status != 401)
                break;
            tokens->report401(lease->id);
        }
        return status;
    }

    [[nodiscard]] TokenState state() const { return tokens->status().state; }

    SystemClock clock;
    Redactor redactor;
    HttpTransport line;
    Profile profile;
    QObject caller;
    int tokenRequests = 0;
    QList<ExchangeRecord> records;
    std::unique_ptr<TokenManager> tokens;
};

} // namespace

class TestKeycloak : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void fetch();
    void oddSecretArrivesAsItIs();
    void nothingSecretIsRecorded();
    void proactiveRenewal();
    void frozenComputer();
    void wrongSecret();
    void unknownClient();
    void noServiceAccount();
    void realmThatIsNotThere();
    void rotatedSecret();
    void disabledClient();
    void notBeforePushed();
    void notBeforeInTheFuture();
    void restartDuringRenewal();

private:
    [[nodiscard]] std::unique_ptr<QProcess> server(const QString &verb) const;

    QUrl m_base;
    QString m_room;
    QString m_script;
    std::unique_ptr<KeycloakAdmin> m_admin;
};

void TestKeycloak::initTestCase()
{
    m_base = QUrl(qEnvironmentVariable("YOID_KEYCLOAK_URL"));
    m_room = qEnvironmentVariable("YOID_KEYCLOAK_ROOM");
    m_script = qEnvironmentVariable("YOID_KEYCLOAK_SERVER");
    if (m_base.isEmpty()) {
        if (qEnvironmentVariableIntValue("YOID_REQUIRE_ALL") != 0)
            QFAIL("no Keycloak: run this program through tests/e2e/keycloak/run.sh");
        QSKIP("no Keycloak: run this program through tests/e2e/keycloak/run.sh");
    }
    m_admin = std::make_unique<KeycloakAdmin>(m_base, qgetenv("YOID_KEYCLOAK_PASSWORD"));
    qunsetenv("YOID_KEYCLOAK_PASSWORD");
}

void TestKeycloak::init()
{
    // Keycloak counts in whole seconds and may say 9 s for 10 s, of which the token manager rightly warns.
    const QByteArray test = QTest::currentTestFunction();
    if (test != "proactiveRenewal" && test != "frozenComputer")
        QTest::failOnWarning(QRegularExpression(u".*"_s));
}

std::unique_ptr<QProcess> TestKeycloak::server(const QString &verb) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedChannels);
    process->start(m_script, { verb, m_room });
    return process;
}

void TestKeycloak::fetch()
{
    Desk desk(m_base, u"console-300"_s, "first-secret-of-300");
    const auto before = m_admin->logins(u"console-300"_s).size();
    const auto lease = desk.take();
    QVERIFY2(lease.ok(), lease.ok() ? "" : qPrintable(lease.failure().technical));
    const TokenStatus status = desk.tokens->status();
    QCOMPARE(status.state, TokenState::Fresh);
    QVERIFY(status.lifetimeMs == 300'000 || status.lifetimeMs == 299'000); // a second is lost when the clock ticks
    QVERIFY(status.usableForMs > 200'000);
    // Known only where the server, or what stands before it, sends a Date.
    if (status.clockSkewMs)
        QVERIFY(std::abs(*status.clockSkewMs) < 5000);
    QCOMPARE(desk.callService(lease->value), 200);
    const auto again = desk.take();
    QCOMPARE(again->id, lease->id);
    QCOMPARE(desk.tokenRequests, 1);
    QCOMPARE(m_admin->logins(u"console-300"_s).size(), before + 1);
}

void TestKeycloak::oddSecretArrivesAsItIs()
{
    Desk desk(m_base, u"console-odd-secret"_s, "p+q%41&client_id=x;\xC3\xA9 \"'\\~/?#");
    const auto lease = desk.take();
    QVERIFY2(lease.ok(), lease.ok() ? "" : qPrintable(lease.failure().serverText));
}

void TestKeycloak::nothingSecretIsRecorded()
{
    Desk desk(m_base, u"console-300"_s, "first-secret-of-300");
    const auto lease = desk.take();
    QVERIFY(lease.ok());
    QCOMPARE(desk.callService(lease->value), 200);
    QCOMPARE(desk.records.size(), 2);
    const QByteArray token = lease->value.view().toByteArray();
    for (const ExchangeRecord &record : std::as_const(desk.records)) {
        QByteArray all = record.url + record.requestBody + record.responseBody + record.failureText.toUtf8();
        for (const auto &[name, value] : record.requestHeaders + record.responseHeaders)
            all += name + value;
        QVERIFY(!all.contains("first-secret-of-300"));
        QVERIFY(!all.contains(token));
        QVERIFY(!all.contains(token.split('.').value(1)));
    }
}

void TestKeycloak::proactiveRenewal()
{
    Desk desk(m_base, u"console-10"_s, "first-secret-of-10");
    const auto before = m_admin->logins(u"console-10"_s);
    QSet<quint64> ids;
    int calls = 0;
    while (desk.tokens->status().renewals < 3 && calls < 400) {
        const auto lease = desk.take();
        QVERIFY(lease.ok());
        ids.insert(lease->id);
        QCOMPARE(desk.callService(lease->value), 200); // never a token that has ended
        ++calls;
        QTest::qWait(100);
    }
    QCOMPARE(desk.tokens->status().renewals, 3);
    QCOMPARE(desk.tokens->status().failures, 0);
    QVERIFY(ids.size() >= 3);
    desk.tokens->close();
    const QList<qint64> seen = m_admin->logins(u"console-10"_s).mid(before.size());
    QCOMPARE(seen.size(), 4);
    for (qsizetype i = 1; i < seen.size(); ++i) {
        const qint64 gap = seen[i] - seen[i - 1];
        QVERIFY2(gap < 10'000, qPrintable(u"asked again after %1 ms, when the token had ended"_s.arg(gap)));
        QVERIFY2(gap >= 5'000, qPrintable(u"asked again after only %1 ms"_s.arg(gap)));
    }
}

void TestKeycloak::frozenComputer()
{
    Desk desk(m_base, u"console-10"_s, "first-secret-of-10");
    const auto before = desk.take();
    QVERIFY(before.ok());
    // As when a lid is closed: nothing of us runs while the token ends, and no alarm can ring in time.
    QProcess::startDetached(u"/bin/sh"_s, { u"-c"_s, u"sleep 12; kill -CONT %1"_s.arg(QCoreApplication::applicationPid()) });
    QCOMPARE(::raise(SIGSTOP), 0);
    const auto after = desk.take();
    QVERIFY(after.ok());
    QVERIFY(after->id != before->id);
    QCOMPARE(desk.callService(after->value), 200);
}

void TestKeycloak::wrongSecret()
{
    const auto before = m_admin->loginErrors(u"console-300"_s).size();
    Desk desk(m_base, u"console-300"_s, "not-the-secret");
    for (int i = 0; i < 20; ++i) {
        const auto lease = desk.take();
        QVERIFY(!lease.ok());
        QCOMPARE(lease.failure().kind, FailureKind::SecretRefused);
        QCOMPARE(lease.failure().httpStatus, 401);
        QCOMPARE(lease.failure().serverCode, u"unauthorized_client"_s);
        QVERIFY(!lease.failure().serverText.isEmpty());
        desk.tokens->lookAgain();
        QTest::qWait(150);
    }
    QCOMPARE(desk.state(), TokenState::Rejected);
    QCOMPARE(desk.tokenRequests, 1);
    QCOMPARE(m_admin->loginErrors(u"console-300"_s).size(), before + 1);
    desk.tokens->setSecret(Secret(QByteArrayLiteral("first-secret-of-300")));
    QVERIFY(desk.take().ok());
}

void TestKeycloak::unknownClient()
{
    Desk desk(m_base, u"nobody"_s, "whatever");
    const auto lease = desk.take();
    QVERIFY(!lease.ok());
    QCOMPARE(lease.failure().kind, FailureKind::SecretRefused);
    QCOMPARE(desk.state(), TokenState::Rejected);
    QCOMPARE(desk.tokenRequests, 1);
}

void TestKeycloak::noServiceAccount()
{
    Desk desk(m_base, u"console-no-service-account"_s, "secret-without-account");
    const auto lease = desk.take();
    QVERIFY(!lease.ok());
    QCOMPARE(lease.failure().kind, FailureKind::SecretRefused);
    QCOMPARE(desk.state(), TokenState::Rejected);
    QCOMPARE(desk.tokenRequests, 1);
}

void TestKeycloak::realmThatIsNotThere()
{
    // The same answer comes from a server that is still importing its realms, so it is no reason to give up.
    Desk desk(m_base, u"console-300"_s, "first-secret-of-300", u"not-there"_s);
    const auto lease = desk.take(3s);
    QVERIFY(!lease.ok());
    QCOMPARE(lease.failure().kind, FailureKind::TokenUnavailable);
    QCOMPARE(desk.tokens->status().lastError->kind, FailureKind::NotFound);
    QCOMPARE(desk.state(), TokenState::Backoff);
    QVERIFY(desk.tokenRequests >= 2);
}

void TestKeycloak::rotatedSecret()
{
    QByteArray current = m_admin->rotateSecret(u"console-300"_s);
    QVERIFY(current.size() >= 16);
    Desk desk(m_base, u"console-300"_s, current);
    const auto first = desk.take();
    QVERIFY(first.ok());

    const QByteArray next = m_admin->rotateSecret(u"console-300"_s);
    QVERIFY(next != current);
    desk.tokens->retryNow();
    QTRY_VERIFY_WITH_TIMEOUT(desk.tokens->status().lastError.has_value(), kPatience);
    QCOMPARE(desk.tokens->status().lastError->kind, FailureKind::SecretRefused);
    QCOMPARE(desk.state(), TokenState::Stale);
    const auto still = desk.take(); // the token outlives its secret
    QVERIFY(still.ok());
    QCOMPARE(still->id, first->id);
    QCOMPARE(desk.callService(still->value), 200);
    QCOMPARE(desk.tokenRequests, 2);

    desk.tokens->setSecret(Secret(next));
    const auto fresh = desk.take();
    QVERIFY(fresh.ok());
    QVERIFY(fresh->id != first->id);
    QCOMPARE(desk.callService(fresh->value), 200);
    QCOMPARE(desk.state(), TokenState::Fresh);
    QVERIFY(!desk.tokens->status().lastError);
}

void TestKeycloak::disabledClient()
{
    const QByteArray secret = m_admin->rotateSecret(u"console-300"_s);
    m_admin->setClientEnabled(u"console-300"_s, false);
    Desk desk(m_base, u"console-300"_s, secret);
    const auto refused = desk.take();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.failure().kind, FailureKind::SecretRefused);
    QCOMPARE(desk.state(), TokenState::Rejected);
    QVERIFY(!desk.take().ok());
    QCOMPARE(desk.tokenRequests, 1);
    m_admin->setClientEnabled(u"console-300"_s, true);
    QVERIFY(!desk.take().ok()); // latched: nobody asked to try again
    QCOMPARE(desk.tokenRequests, 1);
    desk.tokens->retryNow();
    QTRY_COMPARE_WITH_TIMEOUT(desk.state(), TokenState::Fresh, kPatience);
    QVERIFY(desk.take().ok());
}

void TestKeycloak::notBeforePushed()
{
    const QByteArray secret = m_admin->rotateSecret(u"console-300"_s);
    Desk desk(m_base, u"console-300"_s, secret);
    const auto first = desk.take();
    QVERIFY(first.ok());
    QCOMPARE(desk.callService(first->value), 200);
    // Not-before counts whole seconds: go to the next one, so that the token is older and its successor is not.
    const qint64 bySecond = desk.clock.wallMs() / 1000 + 2;
    QTRY_VERIFY_WITH_TIMEOUT(desk.clock.wallMs() / 1000 >= bySecond, 10'000);
    m_admin->setNotBefore(bySecond);

    const auto dead = desk.take();
    QCOMPARE(dead->id, first->id); // by the clock it is fresh
    QCOMPARE(desk.callService(dead->value), 401);
    QCOMPARE(desk.callWithOneRepeat(), 200);
    const auto second = desk.take();
    QVERIFY(second->id != first->id);
    desk.tokens->report401(first->id); // the late 401 of a slow call
    QCOMPARE(desk.callWithOneRepeat(), 200);
    QCOMPARE(desk.tokenRequests, 2); // one fetch, no loop
    m_admin->setNotBefore(0);
}

void TestKeycloak::notBeforeInTheFuture()
{
    const QByteArray secret = m_admin->rotateSecret(u"console-300"_s);
    m_admin->setNotBefore(QDateTime::currentSecsSinceEpoch() + 3600);
    Desk desk(m_base, u"console-300"_s, secret);
    for (int i = 0; i < 6; ++i) {
        const int status = desk.callWithOneRepeat();
        QVERIFY(status == 401 || status == 0);
    }
    QCOMPARE(desk.state(), TokenState::Rejected);
    QCOMPARE(desk.tokens->status().lastError->kind, FailureKind::Unauthorized);
    QCOMPARE(desk.tokenRequests, 3); // three fresh tokens refused, then no more
    m_admin->setNotBefore(0);
    desk.tokens->retryNow();
    QTRY_COMPARE_WITH_TIMEOUT(desk.state(), TokenState::Fresh, kPatience);
    QCOMPARE(desk.callWithOneRepeat(), 200);
}

void TestKeycloak::restartDuringRenewal()
{
    const QByteArray secret = m_admin->rotateSecret(u"console-300"_s);
    Desk desk(m_base, u"console-300"_s, secret);
    const auto first = desk.take();
    QVERIFY(first.ok());
    QCOMPARE(desk.callService(first->value), 200);
    const auto granted = m_admin->logins(u"console-300"_s).size();

    const auto stop = server(u"stop"_s);
    QTRY_COMPARE_WITH_TIMEOUT(stop->state(), QProcess::NotRunning, 90'000);
    QCOMPARE(stop->exitCode(), 0);
    desk.tokens->lookAgain(); // renewal is due now, whatever the clock says
    QTRY_VERIFY_WITH_TIMEOUT(desk.tokens->status().failures >= 2, kPatience);
    QCOMPARE(desk.state(), TokenState::Stale);
    QCOMPARE(desk.tokens->status().lastError->kind, FailureKind::ConnectionRefused);
    QVERIFY(desk.tokens->status().nextTryInMs >= 0);

    const auto start = server(u"start"_s);
    int served = 0;
    while (desk.tokens->status().renewals == 0 && served < 4000) {
        const auto lease = desk.take();
        QVERIFY(lease.ok()); // the old one, all the while
        if (desk.tokens->status().renewals == 0)
            QCOMPARE(lease->id, first->id);
        ++served;
        QTest::qWait(50);
    }
    QCOMPARE(desk.tokens->status().renewals, 1);
    QCOMPARE(desk.state(), TokenState::Fresh);
    QTRY_COMPARE_WITH_TIMEOUT(start->state(), QProcess::NotRunning, 300'000);
    QCOMPARE(start->exitCode(), 0);
    const auto second = desk.take();
    QVERIFY(second->id != first->id);
    QCOMPARE(desk.callService(second->value), 200);
    QCOMPARE(m_admin->logins(u"console-300"_s).size(), granted + 1);
    QVERIFY(desk.tokenRequests <= 2 + desk.tokens->status().failures);
}

} // namespace yoid

QTEST_GUILESS_MAIN(yoid::TestKeycloak)
#include "tst_keycloak.moc"
