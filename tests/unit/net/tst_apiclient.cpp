// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/net/apibench.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Seen = FakeTransport::Seen;

/// A call that does not care for its answer, for tables of calls.
using Start = std::function<void(ApiBench &, const CallOptions &)>;

template<typename T>
ApiClient::Then<T> ignore()
{
    return [](const Outcome<T> &) {};
}

PresentationTemplate check()
{
    return sampleCheck();
}

TemplateDraft templateDraft()
{
    TemplateDraft draft;
    draft.name = u"Solar"_s;
    draft.code = u"solar"_s;
    draft.attributes = sampleDraft().credentialTemplate.attributes;
    return draft;
}

CallOptions optionsOf(ApiBench &bench)
{
    CallOptions options;
    options.context = &bench.context;
    options.intent = { u"11111111-2222-4333-8444-555555555555"_s };
    return options;
}

} // namespace

Q_DECLARE_METATYPE(Start)
Q_DECLARE_METATYPE(yoid::HttpResult)

class TestApiClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCallGoesToItsAddress_data();
    void everyCallGoesToItsAddress();
    void accountInEveryDialect_data();
    void accountInEveryDialect();
    void issuanceEndings_data();
    void issuanceEndings();
    void anyTwoHundredDelivers_data();
    void anyTwoHundredDelivers();
    void noWriteIsRepeated_data();
    void noWriteIsRepeated();
    void one401IsCuredByOneRepeat();
    void two401AreUnauthorized();
    void a401StormFetchesOneToken();
    void forbiddenRenewsNothing();
    void noTokenNothingSent_data();
    void noTokenNothingSent();
    void templateWordingStepsDown();
    void templateWordingStaysOnOtherRefusals_data();
    void templateWordingStaysOnOtherRefusals();
    void checkWordingStepsDown();
    void gateComesBeforeTheWire();
    void gateCanRefuse();
    void gateIsAskedForTheRepeat();
    void gateAnswerCountsOnce();
    void contextDies_data();
    void contextDies();
    void clientDiesInTheAir();
    void tokensAreKeptOutOfRecordsBeforeTheirUse();
    void passwordsAndLinksAreKeptOutOfRecords();
    void refusalsQuoteNoSecret();
    void unsafeIdsSendNothing_data();
    void unsafeIdsSendNothing();
    void idsAreEncodedIntoThePath();
    void theAnswerMustBeAboutTheQuestion();
    void waitsAreTold();
    void probes_data();
    void probes();
};

void TestApiClient::everyCallGoesToItsAddress_data()
{
    QTest::addColumn<Start>("start");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<int>("action");
    QTest::addColumn<qint64>("cap");
    const qint64 mib = 1024 * 1024;
    const QByteArray host = "https://test.didxtech.com";
    const auto row = [&](const char *name, const Start &start, const char *method, const char *path, ActionKind action, qint64 cap) {
        QTest::newRow(name) << start << QByteArray(method) << host + path << static_cast<int>(action) << cap;
    };
    row("account", [](ApiBench &b, const CallOptions &o) { b.api->createAccount(o, sampleDraft().person, ignore<AccountResult>()); },
        "POST", "/consumer-onboarding/api/users", ActionKind::CreateAccount, mib);
    row("templates", [](ApiBench &b, const CallOptions &o) { b.api->listCredentialTemplates(o, ignore<QList<CredentialTemplate>>()); },
        "GET", "/me-creds/api/templates/credentials?page%5Bsize%5D=100", ActionKind::LoadTemplates, 4 * mib);
    row("new template", [](ApiBench &b, const CallOptions &o) { b.api->createCredentialTemplate(o, templateDraft(), ignore<CredentialTemplate>()); },
        "POST", "/me-creds/api/templates/credentials", ActionKind::CreateTemplate, mib);
    row("from preset",
        [](ApiBench &b, const CallOptions &o) { b.api->createTemplateFromPreset(o, u"didx:basic-identity"_s, ignore<CredentialTemplate>()); },
        "POST", "/me-creds/api/templates/credentials", ActionKind::CreateTemplate, mib);
    row("presets", [](ApiBench &b, const CallOptions &o) { b.api->listPresets(o, ignore<QList<CredentialPreset>>()); }, "GET",
        "/me-creds/api/presets/credentials?page%5Bsize%5D=100", ActionKind::LoadPresets, 4 * mib);
    row("offer", [](ApiBench &b, const CallOptions &o) { b.api->createIssuance(o, sampleDraft(), ignore<Issuance>()); }, "POST",
        "/me-creds/api/credentials/issuance", ActionKind::MakeOffer, mib);
    row("deliver", [](ApiBench &b, const CallOptions &o) { b.api->deliverOffer(o, u"https://x/o"_s, sampleDraft().person, ignore<Done>()); },
        "POST", "/me-wallet/api/orgs/credentials", ActionKind::DeliverOffer, mib);
    row("track", [](ApiBench &b, const CallOptions &o) { b.api->getIssuance(o, { u"iss-1"_s }, ignore<Issuance>()); }, "GET",
        "/me-creds/api/credentials/iss-1", ActionKind::TrackOffer, mib);
    row("checks", [](ApiBench &b, const CallOptions &o) { b.api->listPresentationTemplates(o, ignore<QList<PresentationTemplate>>()); },
        "GET", "/me-creds/api/templates/presentations?page%5Bsize%5D=100", ActionKind::LoadChecks, 4 * mib);
    row("new check", [](ApiBench &b, const CallOptions &o) { b.api->createPresentationTemplate(o, check(), ignore<PresentationTemplate>()); },
        "POST", "/me-creds/api/templates/presentations", ActionKind::CreateCheck, mib);
    row("entities", [](ApiBench &b, const CallOptions &o) { b.api->listTrustedEntities(o, ignore<QList<TrustedEntity>>()); }, "GET",
        "/me-creds/api/trusted-entities?page%5Bsize%5D=100", ActionKind::LoadTrustedIssuers, 4 * mib);
    row("new entity",
        [](ApiBench &b, const CallOptions &o) { b.api->createTrustedEntity(o, u"Umuzi"_s, { u"did:web:x"_s }, ignore<TrustedEntity>()); },
        "POST", "/me-creds/api/trusted-entities", ActionKind::CreateTrustedIssuer, mib);
    row("request", [](ApiBench &b, const CallOptions &o) { b.api->requestPresentation(o, { u"ptpl-1"_s }, ignore<Presentation>()); },
        "POST", "/me-creds/api/presentations/request", ActionKind::MakeRequest, mib);
    row("look", [](ApiBench &b, const CallOptions &o) { b.api->getPresentation(o, { u"pres-1"_s }, ignore<Presentation>()); }, "GET",
        "/me-creds/api/presentations/pres-1", ActionKind::WaitForAnswer, mib);
    row("push",
        [](ApiBench &b, const CallOptions &o) { b.api->pushPresentation(o, u"https://x/r"_s, sampleDraft().person, ignore<Done>()); },
        "POST", "/me-wallet/api/v2/orgs/presentations", ActionKind::PushRequest, mib);
}

void TestApiClient::everyCallGoesToItsAddress()
{
    QFETCH(Start, start);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, url);
    ApiBench bench;
    const CallOptions options = optionsOf(bench);
    bench.line.hold(false);
    start(bench, options);
    bench.settle();
    QCOMPARE(bench.platform.apiCalls(), 1);
    const Seen &seen = bench.line.last();
    QCOMPARE(seen.method, method);
    QCOMPARE(seen.url, url);
    QCOMPARE(seen.bearer, QByteArray("tok-1-0123456789abcdef"));
    QCOMPARE(seen.allowedOrigins, apiOrigins(bench.profile));
    QCOMPARE(seen.requestId, options.intent.text);
    QCOMPARE(seen.attempt, 1);
    QCOMPARE(seen.environment, Environment::Test);
    QCOMPARE(seen.header("Accept"), QByteArray("application/json"));
    QCOMPARE(seen.contentType, method == "GET" ? QByteArray() : QByteArray("application/json"));
    QCOMPARE(seen.body.isEmpty(), method == "GET");
    QTEST(static_cast<int>(seen.action), "action");
    QTEST(seen.maxBodyBytes, "cap");
}

void TestApiClient::accountInEveryDialect_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("withUserName");
    QTest::addColumn<QString>("end"); // created, there, or the failure's name
    const auto row = [](const char *name, int status, const char *body, const char16_t *end, bool withUserName = false) {
        QTest::newRow(name) << status << QByteArray(body) << withUserName << QString::fromUtf16(end);
    };
    row("wrapped", 201, R"({"data":{"email":"naledi.k@example.org","username":"naledi.k","tempPassword":"q7!Rk2vZp0aE"}})", u"created");
    row("bare, old", 201, R"({"email":"naledi.k@example.org","username":"naledi.k","tempPassword":"q7!Rk2vZp0aE"})", u"created");
    row("there", 201, R"({"data":{"email":"naledi.k@example.org","username":"naledi.k","tempPassword":""}})", u"there");
    row("null password", 200, R"({"data":{"email":"naledi.k@example.org","tempPassword":null}})", u"there");
    row("400 exists, old", 400, R"({"error":"VALIDATION_ERROR","message":"email already exists"})", u"there");
    row("409 by e-mail", 409, R"({"errors":[{"status":"409","detail":"duplicate user"}]})", u"there");
    row("409 by user name", 409, R"({"errors":[{"status":409,"detail":"username is already used with a different email"}]})",
        u"Conflict", true);
    row("400 other", 400, R"({"error":"VALIDATION_ERROR","message":"not an email","details":{"field":"email"}})", u"Rejected");
    row("empty 201", 201, "", u"MalformedReply");
    row("cut", 201, R"({"data":{"email":"nal)", u"MalformedReply");
}

void TestApiClient::accountInEveryDialect()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, withUserName);
    QFETCH(QString, end);
    ApiBench bench;
    bench.platform.always("POST /users", FakePlatform::json(status, body));
    Person person = sampleDraft().person;
    if (withUserName)
        person.username = u"naledi.k"_s;
    Answer<AccountResult> answer;
    bench.api->createAccount(optionsOf(bench), person, answer.catcher());
    bench.settle();
    QCOMPARE(answer.count, 1);
    QCOMPARE(bench.platform.apiCalls(), 1);
    if (!answer.last->ok()) {
        QCOMPARE(failureName(answer.failure().kind), end);
        QCOMPARE(answer.failure().mayHaveExecuted, status < 300);
        return;
    }
    QCOMPARE(answer.value().kind == AccountResult::Kind::Created ? u"created"_s : u"there"_s, end);
    QCOMPARE(answer.value().firstPassword.isEmpty(), end != u"created");
}

void TestApiClient::issuanceEndings_data()
{
    QTest::addColumn<HttpResult>("ending");
    QTest::addColumn<bool>("ok");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("mayHaveExecuted"); // reliability 3.5
    using F = FailureKind;
    const auto row = [](const char *name, const HttpResult &ending, F kind, bool mayHaveExecuted) {
        QTest::newRow(name) << ending << false << failureName(kind) << mayHaveExecuted;
    };
    QTest::newRow("200") << FakePlatform::json(200, issuanceBody("offered")) << true << QString() << false;
    QTest::newRow("201") << FakePlatform::json(201, issuanceBody("offered")) << true << QString() << false;
    QTest::newRow("errors beside data") << FakePlatform::json(200, issuanceBody("offered").chopped(1) + R"(,"errors":[{"detail":"deprecated"}]})")
                                        << true << QString() << false;
    QTest::newRow("no credentials, old") << FakePlatform::json(201, R"({"data":{"id":"iss-1","status":"offered","offerUri":"https://x/o","offerQrUri":"https://x/q"}})")
                                         << true << QString() << false;
    row("empty 200", FakePlatform::json(200, ""), F::MalformedReply, true);
    row("204", FakePlatform::json(204, ""), F::MalformedReply, true);
    row("cut", FakePlatform::json(201, issuanceBody("offered").left(60)), F::MalformedReply, true);
    row("no offer", FakePlatform::json(200, R"({"data":{"id":"iss-1","status":"offered"}})"), F::MalformedReply, true);
    row("data null", FakePlatform::json(200, R"({"data":null})"), F::MalformedReply, true);
    row("two ids", FakePlatform::json(200, R"({"data":{"id":"a","id":"b","offerUri":"https://x/o","status":"offered"}})"), F::MalformedReply, true);
    row("html 200", FakeTransport::reply(200, "<!doctype html><title>Sign in</title>", { { "Content-Type", "text/html" } }), F::NotTheApi, true);
    row("400", FakePlatform::json(400, R"({"errors":[{"detail":"attributes.completedOn is required"}]})"), F::Rejected, false);
    row("403", FakePlatform::json(403, "{}"), F::Forbidden, false);
    row("404", FakePlatform::json(404, "{}"), F::NotFound, false);
    row("408", FakePlatform::json(408, ""), F::Timeout, true);
    row("409", FakePlatform::json(409, "{}"), F::Conflict, false);
    row("422", FakePlatform::json(422, "{}"), F::Rejected, false);
    row("429", FakePlatform::json(429, "{}"), F::RateLimited, false);
    row("500", FakePlatform::json(500, ""), F::ServerError, true);
    row("502 html", FakeTransport::reply(502, "<html>Bad gateway</html>", { { "Content-Type", "text/html" } }), F::ServerError, true);
    row("not sent", FakeTransport::failure(F::ConnectionRefused, false), F::ConnectionRefused, false);
    row("lost", FakeTransport::failure(F::ConnectionLost, true), F::ConnectionLost, true);
    row("deadline", FakeTransport::failure(F::Timeout, true), F::Timeout, true);
    row("redirect", FakeTransport::failure(F::RedirectRefused, false), F::RedirectRefused, false);
}

void TestApiClient::issuanceEndings()
{
    QFETCH(HttpResult, ending);
    QFETCH(bool, ok);
    ApiBench bench;
    bench.platform.next("POST /credentials/issuance", ending);
    bench.platform.always("POST /credentials/issuance", FakePlatform::json(200, issuanceBody("offered", "second")));
    Answer<Issuance> answer;
    bench.api->createIssuance(optionsOf(bench), sampleDraft(), answer.catcher());
    bench.settle(10min);
    QCOMPARE(answer.count, 1);
    QCOMPARE(bench.platform.apiCalls(), 1); // never repeated by itself
    QCOMPARE(answer.last->ok(), ok);
    if (ok) {
        QCOMPARE(answer.value().id.text, u"iss-1"_s);
        return;
    }
    QTEST(failureName(answer.failure().kind), "kind");
    QTEST(answer.failure().mayHaveExecuted, "mayHaveExecuted");
    QCOMPARE(answer.failure().requestId, optionsOf(bench).intent.text);
}

void TestApiClient::anyTwoHundredDelivers_data()
{
    QTest::addColumn<HttpResult>("ending");
    QTest::newRow("201 empty") << FakeTransport::reply(201);
    QTest::newRow("200 text") << FakeTransport::reply(200, "ok", { { "Content-Type", "text/plain" } });
    QTest::newRow("201 cut") << FakePlatform::json(201, R"({"data":nu)");
    QTest::newRow("200 html") << FakeTransport::reply(200, "<html></html>", { { "Content-Type", "text/html" } });
    QTest::newRow("204") << FakeTransport::reply(204);
    QTest::newRow("v2") << FakePlatform::json(201, R"({"data":null})");
}

void TestApiClient::anyTwoHundredDelivers()
{
    QFETCH(HttpResult, ending);
    ApiBench bench;
    const QString offer = u"https://didx.co.za/invitation?credential_offer_uri=https%3A%2F%2Fdidx.co.za%2Fa%3Fraw%3Dtrue"_s;
    bench.platform.always("POST /orgs/credentials", ending);
    bench.platform.always("POST /v2/orgs/presentations", ending);
    Answer<Done> delivered;
    Answer<Done> pushed;
    bench.api->deliverOffer(optionsOf(bench), offer, sampleDraft().person, delivered.catcher());
    bench.api->pushPresentation(optionsOf(bench), offer, sampleDraft().person, pushed.catcher());
    bench.settle();
    QVERIFY(delivered.ok());
    QVERIFY(pushed.ok());
    QVERIFY(bench.platform.sent("POST /orgs/credentials").constFirst().body.contains(offer.toUtf8())); // byte for byte (C12)
}

void TestApiClient::noWriteIsRepeated_data()
{
    everyCallGoesToItsAddress_data();
}

void TestApiClient::noWriteIsRepeated()
{
    QFETCH(Start, start);
    QFETCH(QByteArray, method);
    const QList<HttpResult> endings { FakePlatform::json(404, "{}"), FakePlatform::json(409, "{}"), FakePlatform::json(422, "{}"),
                                      FakePlatform::json(429, "{}"), FakePlatform::json(500, "{}"), FakePlatform::json(503, "{}"),
                                      FakeTransport::failure(FailureKind::ConnectionLost, true),
                                      FakeTransport::failure(FailureKind::ConnectionRefused, false) };
    for (const HttpResult &ending : endings) {
        ApiBench bench;
        bench.platform.otherwise = [&](const QByteArray &, const Seen &) { return std::optional<HttpResult>(ending); };
        start(bench, optionsOf(bench));
        bench.settle(10min);
        QCOMPARE(bench.platform.apiCalls(), 1);
    }
}

void TestApiClient::one401IsCuredByOneRepeat()
{
    ApiBench bench;
    bench.platform.next("POST /credentials/issuance", FakePlatform::json(401, R"({"message":"expired"})"));
    bench.platform.always("POST /credentials/issuance", FakePlatform::json(200, issuanceBody("offered")));
    Answer<Issuance> answer;
    bench.api->createIssuance(optionsOf(bench), sampleDraft(), answer.catcher());
    bench.settle(10s);
    QVERIFY(answer.ok());
    const QList<Seen> sent = bench.platform.sent("POST /credentials/issuance");
    QCOMPARE(sent.size(), 2);
    QCOMPARE(sent[0].requestId, sent[1].requestId);
    QCOMPARE(sent[0].attempt, 1);
    QCOMPARE(sent[1].attempt, 2);
    QCOMPARE(sent[0].body, sent[1].body);
    QVERIFY(sent[0].bearer != sent[1].bearer);
}

void TestApiClient::two401AreUnauthorized()
{
    ApiBench bench;
    bench.platform.always("POST /credentials/issuance", FakePlatform::json(401, R"({"message":"no"})"));
    Answer<Issuance> answer;
    bench.api->createIssuance(optionsOf(bench), sampleDraft(), answer.catcher());
    bench.settle(10min);
    QVERIFY(answer.failedAs(FailureKind::Unauthorized));
    QVERIFY(!answer.failure().mayHaveExecuted);
    QCOMPARE(answer.failure().httpStatus, 401);
    QCOMPARE(bench.platform.apiCalls(), 2);
}

void TestApiClient::a401StormFetchesOneToken()
{
    ApiBench bench;
    bench.settle(10s); // a token old enough to be renewed
    std::vector<Answer<Issuance>> answers(50);
    bench.line.hold(true);
    bench.platform.otherwise = [](const QByteArray &, const Seen &seen) -> std::optional<HttpResult> {
        if (seen.bearer.startsWith("tok-1-"))
            return FakePlatform::json(401, "{}");
        return FakePlatform::json(200, issuanceBody("completed"));
    };
    bench.line.hold(false);
    for (Answer<Issuance> &answer : answers)
        bench.api->getIssuance(optionsOf(bench), { u"iss-1"_s }, answer.catcher());
    bench.settle(30s);
    for (const Answer<Issuance> &answer : answers)
        QVERIFY(answer.ok());
    QCOMPARE(bench.platform.tokenCalls(), 2);
    QVERIFY(bench.platform.apiCalls() <= 100);
}

void TestApiClient::forbiddenRenewsNothing()
{
    ApiBench bench;
    bench.platform.always("POST /credentials/issuance", FakePlatform::json(403, R"({"message":"no role"})"));
    Answer<Issuance> answer;
    bench.api->createIssuance(optionsOf(bench), sampleDraft(), answer.catcher());
    bench.settle(1min);
    QVERIFY(answer.failedAs(FailureKind::Forbidden));
    QCOMPARE(bench.platform.tokenCalls(), 1);
    QCOMPARE(bench.platform.apiCalls(), 1);
}

void TestApiClient::noTokenNothingSent_data()
{
    everyCallGoesToItsAddress_data();
}

void TestApiClient::noTokenNothingSent()
{
    QFETCH(Start, start);
    ApiBench bench;
    bench.platform.tokenAnswer = FakePlatform::json(401, R"({"error":"invalid_client"})");
    int gates = 0;
    CallOptions options = optionsOf(bench);
    options.gate = [&gates](int, const std::function<void(bool)> &proceed) {
        ++gates;
        proceed(true);
    };
    start(bench, options);
    bench.settle(1h);
    QCOMPARE(bench.platform.apiCalls(), 0);
    QCOMPARE(gates, 0); // no intent for what cannot be tried
}

void TestApiClient::templateWordingStepsDown()
{
    ApiBench bench;
    const QByteArray route = "POST /templates/credentials";
    bench.platform.next(route, FakePlatform::json(400, R"({"statusCode":400,"message":["property credentialFormat should not exist"],"error":"Bad Request"})"));
    bench.platform.next(route, FakePlatform::json(400, R"({"error":"VALIDATION_ERROR","message":"type is required","details":{"field":"type"}})"));
    bench.platform.next(route, FakePlatform::json(201, R"({"data":{"id":"tpl-9","name":"Solar","type":"https://x/solar","attributes":{}}})"));
    QList<int> attempts;
    CallOptions options = optionsOf(bench);
    options.gate = [&attempts](int attempt, const std::function<void(bool)> &proceed) {
        attempts << attempt;
        proceed(true);
    };
    Answer<CredentialTemplate> answer;
    bench.api->createCredentialTemplate(options, templateDraft(), answer.catcher());
    bench.settle();
    QVERIFY(answer.ok());
    QCOMPARE(answer.value().id.text, u"tpl-9"_s);
    QCOMPARE(attempts, QList<int>({ 1, 2, 3 }));
    const QList<Seen> sent = bench.platform.sent(route);
    QCOMPARE(sent.size(), 3);
    QVERIFY(sent[0].body.contains("credentialFormat"));
    QVERIFY(!sent[1].body.contains("credentialFormat"));
    QCOMPARE(sent[2].attempt, 3);
    QCOMPARE(sent[2].requestId, sent[0].requestId);
}

void TestApiClient::templateWordingStaysOnOtherRefusals_data()
{
    QTest::addColumn<HttpResult>("ending");
    QTest::newRow("other field") << FakePlatform::json(400, R"({"message":"name must not be empty"})");
    QTest::newRow("server error") << FakePlatform::json(500, R"({"message":"credentialFormat should not exist"})");
    QTest::newRow("lost") << FakeTransport::failure(FailureKind::ConnectionLost, true);
    QTest::newRow("the same refusal for ever") << FakePlatform::json(400, R"({"message":"property credentialFormat should not exist"})");
}

void TestApiClient::templateWordingStaysOnOtherRefusals()
{
    QFETCH(HttpResult, ending);
    ApiBench bench;
    bench.platform.always("POST /templates/credentials", ending);
    Answer<CredentialTemplate> answer;
    bench.api->createCredentialTemplate(optionsOf(bench), templateDraft(), answer.catcher());
    bench.settle();
    QCOMPARE(answer.count, 1);
    QVERIFY(!answer.last->ok());
    QCOMPARE(bench.platform.apiCalls(), qstrcmp(QTest::currentDataTag(), "the same refusal for ever") == 0 ? 2 : 1);
}

void TestApiClient::checkWordingStepsDown()
{
    ApiBench bench;
    const QByteArray route = "POST /templates/presentations";
    bench.platform.next(route, FakePlatform::json(400, R"({"message":["property source should not exist"]})"));
    bench.platform.next(route, FakePlatform::json(200, R"({"data":{"id":"ptpl-1","name":"Installer check","credentials":[]}})"));
    Answer<PresentationTemplate> answer;
    bench.api->createPresentationTemplate(optionsOf(bench), check(), answer.catcher());
    bench.settle();
    const QList<Seen> sent = bench.platform.sent(route);
    QCOMPARE(sent.size(), 2);
    QVERIFY(sent[0].body.contains(R"("source")"));
    QVERIFY(!sent[1].body.contains(R"("source")"));
}

void TestApiClient::gateComesBeforeTheWire()
{
    ApiBench bench;
    bench.platform.always("POST /credentials/issuance", FakePlatform::json(200, issuanceBody("offered")));
    std::function<void(bool)> later;
    CallOptions options = optionsOf(bench);
    options.gate = [&later](int, const std::function<void(bool)> &proceed) { later = proceed; };
    Answer<Issuance> answer;
    bench.api->createIssuance(options, sampleDraft(), answer.catcher());
    bench.settle(1h);
    QVERIFY(later);
    QCOMPARE(bench.platform.apiCalls(), 0);
    later(true);
    bench.settle();
    QVERIFY(answer.ok());
    QCOMPARE(bench.platform.apiCalls(), 1);
}

void TestApiClient::gateCanRefuse()
{
    ApiBench bench;
    CallOptions options = optionsOf(bench);
    options.gate = [](int, const std::function<void(bool)> &proceed) { proceed(false); };
    Answer<Issuance> answer;
    bench.api->createIssuance(options, sampleDraft(), answer.catcher());
    bench.settle();
    QVERIFY(answer.failedAs(FailureKind::Cancelled));
    QVERIFY(!answer.failure().mayHaveExecuted);
    QCOMPARE(bench.platform.apiCalls(), 0);
}

void TestApiClient::gateIsAskedForTheRepeat()
{
    ApiBench bench;
    bench.platform.always("POST /credentials/issuance", FakePlatform::json(401, "{}"));
    QList<int> attempts;
    CallOptions options = optionsOf(bench);
    options.firstAttempt = 5;
    options.gate = [&attempts](int attempt, const std::function<void(bool)> &proceed) {
        attempts << attempt;
        proceed(attempt == 5);
    };
    Answer<Issuance> answer;
    bench.api->createIssuance(options, sampleDraft(), answer.catcher());
    bench.settle(10s);
    QVERIFY(answer.failedAs(FailureKind::Cancelled));
    QCOMPARE(attempts, QList<int>({ 5, 6 }));
    QCOMPARE(bench.platform.apiCalls(), 1);
    QCOMPARE(bench.line.last().requestId.isEmpty(), false);
}

void TestApiClient::gateAnswerCountsOnce()
{
    ApiBench bench;
    bench.platform.always("POST /credentials/issuance", FakePlatform::json(200, issuanceBody("offered")));
    std::function<void(bool)> kept;
    CallOptions options = optionsOf(bench);
    options.gate = [&kept](int, const std::function<void(bool)> &proceed) {
        kept = proceed;
        proceed(true);
        proceed(true);
        proceed(false);
    };
    Answer<Issuance> answer;
    bench.api->createIssuance(options, sampleDraft(), answer.catcher());
    bench.settle();
    QVERIFY(answer.ok());
    kept(true); // the call is long gone
    bench.settle();
    QCOMPARE(answer.count, 1);
    QCOMPARE(bench.platform.apiCalls(), 1);
}

void TestApiClient::contextDies_data()
{
    QTest::addColumn<QString>("moment");
    for (const char *const moment : { "before the token", "in the gate", "in the air" })
        QTest::newRow(moment) << QString::fromLatin1(moment);
}

void TestApiClient::contextDies()
{
    QFETCH(QString, moment);
    ApiBench bench;
    bench.platform.always("POST /credentials/issuance", FakePlatform::json(200, issuanceBody("offered")));
    bench.settle();
    auto context = std::make_unique<QObject>();
    CallOptions options;
    options.context = context.get();
    std::function<void(bool)> later;
    if (moment == u"in the gate")
        options.gate = [&later](int, const std::function<void(bool)> &proceed) { later = proceed; };
    Answer<Issuance> answer;
    bench.line.hold(moment == u"in the air");
    bench.api->createIssuance(options, sampleDraft(), answer.catcher());
    if (moment != u"before the token")
        bench.settle();
    if (moment == u"in the air") {
        bench.line.release(); // the token
        bench.settle();
        QCOMPARE(bench.platform.apiCalls(), 1);
    }
    context.reset();
    if (later)
        later(true);
    bench.line.releaseAll();
    bench.settle(1min);
    QCOMPARE(answer.count, 0);
    QCOMPARE(bench.platform.apiCalls(), moment == u"in the air" ? 1 : 0);
    QCOMPARE(bench.line.aborts(), moment == u"in the air" ? 1 : 0);
}

void TestApiClient::clientDiesInTheAir()
{
    ApiBench bench;
    bench.platform.otherwise = [](const QByteArray &, const Seen &) { return std::optional(FakePlatform::json(200, issuanceBody("offered"))); };
    Answer<Issuance> first; // brings the token
    bench.api->getIssuance(optionsOf(bench), { u"iss-1"_s }, first.catcher());
    bench.settle();
    QVERIFY(first.ok());
    bench.line.hold(true);
    Answer<Issuance> write;
    Answer<Issuance> read;
    bench.api->createIssuance(optionsOf(bench), sampleDraft(), write.catcher());
    bench.api->getIssuance(optionsOf(bench), { u"iss-1"_s }, read.catcher());
    bench.settle();
    QCOMPARE(bench.line.held(), 2);
    bench.api.reset();
    QCOMPARE(write.count, 0); // from the event loop only
    bench.settle(1min);
    QVERIFY(write.failedAs(FailureKind::Cancelled));
    QVERIFY(write.failure().mayHaveExecuted);
    QVERIFY(read.failedAs(FailureKind::Cancelled));
    QVERIFY(!read.failure().mayHaveExecuted);
    QCOMPARE(bench.line.aborts(), 2);
}

void TestApiClient::tokensAreKeptOutOfRecordsBeforeTheirUse()
{
    ApiBench bench;
    Redactor redactor;
    LearnedSecrets learned(redactor);
    bench.api->setLearnedSecrets(&learned);
    QList<QByteArray> used;
    bench.platform.onRequest = [&](const QByteArray &, const FakeTransport::Seen &seen) {
        used << seen.bearer;
        QCOMPARE(redactor.withoutSecrets(QString::fromLatin1(seen.bearer)), u"‹hidden›"_s);
    };
    bench.platform.next("GET /credentials/iss-1", FakePlatform::json(401, "{}"));
    bench.platform.always("GET /credentials/iss-1", FakePlatform::json(200, issuanceBody("offered")));
    for (int i = 0; i < 3; ++i) {
        bench.api->getIssuance(optionsOf(bench), { u"iss-1"_s }, ignore<Issuance>());
        bench.settle(10s);
    }
    const QByteArray one = "tok-1-0123456789abcdef";
    const QByteArray two = "tok-2-0123456789abcdef";
    QCOMPARE(used, QList<QByteArray>({ one, two, two, two }));
    QCOMPARE(redactor.withoutSecrets(QString::fromLatin1(one)), u"‹hidden›"_s); // told once each, so both are still kept
}

void TestApiClient::passwordsAndLinksAreKeptOutOfRecords()
{
    ApiBench bench;
    Redactor redactor;
    LearnedSecrets learned(redactor);
    bench.api->setLearnedSecrets(&learned);
    bench.platform.always("POST /users", FakePlatform::json(201, R"({"data":{"username":"naledi.k","tempPassword":"q7!Rk2vZp0aE"}})"));
    bench.platform.always("POST /credentials/issuance", FakePlatform::json(200, issuanceBody("offered")));
    bench.platform.always("POST /presentations/request", FakePlatform::json(200, presentationBody("requested")));
    Answer<AccountResult> account;
    Answer<Issuance> issuance;
    Answer<Presentation> presentation;
    bench.api->createAccount(optionsOf(bench), sampleDraft().person, account.catcher());
    bench.api->createIssuance(optionsOf(bench), sampleDraft(), issuance.catcher());
    bench.api->requestPresentation(optionsOf(bench), { u"check-1"_s }, presentation.catcher());
    bench.settle();
    QVERIFY(account.ok() && issuance.ok() && presentation.ok());
    for (const QString &hidden : { u"q7!Rk2vZp0aE"_s, issuance.value().offerUri, issuance.value().offerQrUri,
                                   presentation.value().authorizationRequestUri, presentation.value().authorizationRequestQrUri }) {
        QVERIFY(!hidden.isEmpty());
        QCOMPARE(redactor.withoutSecrets(u"<%1>"_s.arg(hidden)), u"<‹hidden›>"_s);
    }
}

void TestApiClient::refusalsQuoteNoSecret()
{
    ApiBench bench;
    Redactor redactor;
    LearnedSecrets learned(redactor);
    bench.api->setLearnedSecrets(&learned);
    bench.platform.always("POST /credentials/issuance",
                          FakePlatform::json(400, R"({"errors":[{"detail":"no rights for tok-1-0123456789abcdef"}]})"));
    Answer<Issuance> issuance;
    bench.api->createIssuance(optionsOf(bench), sampleDraft(), issuance.catcher());
    bench.settle();
    QVERIFY(issuance.failedAs(FailureKind::Rejected));
    QCOMPARE(issuance.failure().serverText, u"no rights for ‹hidden›"_s);
}

void TestApiClient::unsafeIdsSendNothing_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("empty") << QString();
    QTest::newRow("slash") << u"a/b"_s;
    QTest::newRow("dots") << u".."_s;
    QTest::newRow("line break") << u"a\r\nX: y"_s;
    QTest::newRow("query") << u"a?x=1"_s;
    QTest::newRow("long") << QString(200, u'a');
}

void TestApiClient::unsafeIdsSendNothing()
{
    QFETCH(QString, id);
    ApiBench bench;
    Answer<Issuance> issuance;
    Answer<Presentation> presentation;
    Answer<CredentialTemplate> preset;
    bench.api->getIssuance(optionsOf(bench), { id }, issuance.catcher());
    bench.api->getPresentation(optionsOf(bench), { id }, presentation.catcher());
    bench.api->createTemplateFromPreset(optionsOf(bench), id, preset.catcher());
    QCOMPARE(issuance.count, 0); // from the event loop only
    bench.settle();
    QVERIFY(issuance.failedAs(FailureKind::InvalidInput));
    QVERIFY(presentation.failedAs(FailureKind::InvalidInput));
    QVERIFY(preset.failedAs(FailureKind::InvalidInput));
    QCOMPARE(bench.platform.apiCalls(), 0);
}

void TestApiClient::idsAreEncodedIntoThePath()
{
    ApiBench bench;
    bench.api->getIssuance(optionsOf(bench), { u"a:b.c_d-e"_s }, ignore<Issuance>());
    bench.settle();
    QCOMPARE(bench.line.last().path(), QByteArray("/me-creds/api/credentials/a%3Ab.c_d-e"));
}

void TestApiClient::theAnswerMustBeAboutTheQuestion()
{
    ApiBench bench;
    bench.platform.always("GET /credentials/iss-1", FakePlatform::json(200, issuanceBody("completed", "iss-2")));
    bench.platform.always("GET /presentations/pres-7", FakePlatform::json(200, presentationBody("verified", goodCredential())));
    Answer<Issuance> issuance;
    Answer<Presentation> presentation;
    bench.api->getIssuance(optionsOf(bench), { u"iss-1"_s }, issuance.catcher());
    bench.api->getPresentation(optionsOf(bench), { u"pres-7"_s }, presentation.catcher());
    bench.settle();
    QVERIFY(issuance.failedAs(FailureKind::MalformedReply));
    QVERIFY(presentation.failedAs(FailureKind::MalformedReply));
}

void TestApiClient::waitsAreTold()
{
    ApiBench bench;
    const auto ending = [&](int status, const HttpHeaders &headers) {
        bench.platform.next("POST /credentials/issuance", FakeTransport::reply(status, "{}", headers));
        Answer<Issuance> answer;
        bench.api->createIssuance(optionsOf(bench), sampleDraft(), answer.catcher());
        bench.settle();
        return answer.failure();
    };
    QCOMPARE(ending(429, {}).retryAfter, 60s);
    QCOMPARE(ending(429, { { "Retry-After", "7" } }).retryAfter, 7s);
    QCOMPARE(ending(429, { { "Retry-After", "31536000" } }).retryAfter, 3600s);
    const Failure busy = ending(503, { { "Retry-After", "9" } });
    QCOMPARE(busy.kind, FailureKind::RateLimited);
    QCOMPARE(busy.retryAfter, 9s);
    QVERIFY(busy.mayHaveExecuted);
    QCOMPARE(ending(503, {}).kind, FailureKind::ServerError);
}

void TestApiClient::probes_data()
{
    QTest::addColumn<int>("service");
    QTest::addColumn<HttpResult>("ending");
    QTest::addColumn<bool>("ok");
    using Service = ApiClient::Service;
    const auto row = [](const char *name, Service service, const HttpResult &ending, bool ok) {
        QTest::newRow(name) << static_cast<int>(service) << ending << ok;
    };
    const HttpResult html = FakeTransport::reply(404, "<html>nginx</html>", { { "Content-Type", "text/html" } });
    row("creds", Service::Creds, FakePlatform::json(200, R"({"data":[]})"), true);
    row("creds, no paging", Service::Creds, FakePlatform::json(400, R"({"message":"page"})"), true);
    row("creds, gone", Service::Creds, FakePlatform::json(404, "{}"), false);
    row("creds, page", Service::Creds, FakeTransport::reply(200, "<html>", { { "Content-Type", "text/html" } }), false);
    row("users", Service::Onboarding, FakePlatform::json(200, R"({"data":[]})"), true);
    row("users, forbidden", Service::Onboarding, FakePlatform::json(403, "{}"), false);
    row("wallet, no route", Service::Wallet, FakePlatform::json(404, "{}"), true);
    row("wallet, method", Service::Wallet, FakeTransport::reply(405), true);
    row("wallet, page", Service::Wallet, html, false);
    row("wallet, down", Service::Wallet, FakePlatform::json(502, ""), false);
    row("wallet, nobody", Service::Wallet, FakeTransport::failure(FailureKind::NameNotFound), false);
}

void TestApiClient::probes()
{
    QFETCH(int, service);
    QFETCH(HttpResult, ending);
    ApiBench bench;
    bench.platform.otherwise = [&](const QByteArray &, const Seen &) { return std::optional<HttpResult>(ending); };
    Answer<Done> answer;
    bench.api->probe(optionsOf(bench), static_cast<ApiClient::Service>(service), answer.catcher());
    bench.settle();
    QCOMPARE(answer.count, 1);
    QTEST(answer.last->ok(), "ok");
    QCOMPARE(bench.line.last().method, QByteArray("GET"));
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
