// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/session.h"
#include "tests/support/scriptedjournal.h"
#include "tests/unit/net/apibench.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kTemplates = "GET /templates/credentials";

HttpResult templates(const QByteArrayList &ids)
{
    QByteArrayList entries;
    for (const QByteArray &id : ids)
        entries << R"({"id":")" + id + R"(","name":"T","type":"https://x/t","format":"sd-jwt-vc","attributes":{},"archivedAt":)"
                + (id.startsWith("old") ? R"("2026-01-01T00:00:00.000Z")" : "null") + '}';
    return FakePlatform::json(200, R"({"data":[)" + entries.join(',') + "]}");
}

struct SessionBench {
    explicit SessionBench(Environment environment = Environment::Test)
    {
        profile.environment = environment;
        session = std::make_unique<Session>(profile, line, clock, journal);
        session->setSecret(Secret("s3cr+t&value"));
        platform.always("POST /users", FakePlatform::json(201, R"({"data":{"email":"naledi.k@example.org","tempPassword":""}})"));
        platform.always("POST /credentials/issuance", FakePlatform::json(200, issuanceBody("offered")));
        platform.always("POST /orgs/credentials", FakeTransport::reply(201));
        platform.always("GET /credentials/iss-1", FakePlatform::json(200, issuanceBody("offered")));
        platform.always("POST /presentations/request", FakePlatform::json(200, presentationBody("requested")));
        platform.always("GET /presentations/pres-1", FakePlatform::json(200, presentationBody("requested")));
    }
    void settle(std::chrono::milliseconds time = 0ms) { clock.advance(time); }

    FakeClock clock;
    FakeTransport line { &clock };
    FakePlatform platform { line };
    ScriptedJournal journal;
    Profile profile = FakePlatform::profile();
    std::unique_ptr<Session> session;
    QObject context;
};

} // namespace

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneIntentIsOneFlow();
    void aDraftWithoutIntentGetsOne();
    void listsAreLoaded();
    void aFailedLoadKeepsTheOldList();
    void twoLoadsAreOne();
    void createdTemplatesComeFirst();
    void aDyingDialogDoesNotUndoItsCall();
    void checksAndEntitiesAreCreated();
    void connectionIsCheckedServiceByService_data();
    void connectionIsCheckedServiceByService();
    void practiceIsLively();
    void hiddenWindowsAskLess();
    void closingEndsEverything();
    void closingInsideASignalIsSafe();
    void destroyingWithWorkOnItsWay();
    void wrongClockIsKnownFromTheToken();
};

void TestSession::oneIntentIsOneFlow()
{
    SessionBench bench;
    const IssueDraft draft = sampleDraft();
    IssueFlow *const flow = bench.session->startIssue(draft);
    QCOMPARE(bench.session->startIssue(draft), flow); // a double click
    bench.settle(1s);
    QCOMPARE(bench.session->startIssue(draft), flow); // Enter held
    bench.settle(1s);
    QCOMPARE(bench.platform.sent("POST /credentials/issuance").size(), 1);
    IssueDraft next = draft;
    next.intent = IntentId::create();
    QVERIFY(bench.session->startIssue(next) != flow);
    bench.settle(1s);
    QCOMPARE(bench.platform.sent("POST /credentials/issuance").size(), 2);
}

void TestSession::aDraftWithoutIntentGetsOne()
{
    SessionBench bench;
    IssueDraft draft = sampleDraft();
    draft.intent = {};
    IssueFlow *const flow = bench.session->startIssue(draft);
    QVERIFY(!flow->progress().intent.isEmpty());
    bench.settle(1s);
    QCOMPARE(flow->progress().delivery, StageState::Done);
}

void TestSession::listsAreLoaded()
{
    SessionBench bench;
    QSignalSpy changed(bench.session.get(), &Session::templatesChanged);
    bench.platform.always(kTemplates, templates({ "tpl-1", "old-2", "tpl-3" }));
    bench.session->loadTemplates();
    QCOMPARE(bench.session->templates().size(), 0);
    bench.settle();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(bench.session->templates().size(), 2); // nothing can be issued from an archived one
    QSignalSpy presets(bench.session.get(), &Session::presetsChanged);
    bench.platform.always("GET /presets/credentials", FakePlatform::json(200, R"({"data":[]})"));
    bench.session->loadPresets();
    QSignalSpy checks(bench.session.get(), &Session::checksChanged);
    bench.platform.always("GET /templates/presentations", FakePlatform::json(200, R"({"data":[{"id":"ptpl-1","name":"C","credentials":[]}]})"));
    bench.session->loadChecks();
    QSignalSpy entities(bench.session.get(), &Session::trustedEntitiesChanged);
    bench.platform.always("GET /trusted-entities", FakePlatform::json(200, R"({"data":[{"id":"ent-1","name":"Umuzi"}]})"));
    bench.session->loadTrustedEntities();
    bench.settle();
    QCOMPARE(presets.size() + checks.size() + entities.size(), 3);
    QCOMPARE(bench.session->checks().size(), 1);
    QCOMPARE(bench.session->trustedEntities().size(), 1);
}

void TestSession::aFailedLoadKeepsTheOldList()
{
    SessionBench bench;
    QSignalSpy failed(bench.session.get(), &Session::loadFailed);
    bench.platform.next(kTemplates, templates({ "tpl-1" }));
    bench.platform.always(kTemplates, FakePlatform::json(502, ""));
    bench.session->loadTemplates();
    bench.settle();
    bench.session->loadTemplates();
    bench.settle();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.first().at(0).value<ActionKind>(), ActionKind::LoadTemplates);
    QCOMPARE(bench.session->templates().size(), 1);
}

void TestSession::twoLoadsAreOne()
{
    SessionBench bench;
    bench.platform.always(kTemplates, templates({ "tpl-1" }));
    bench.session->loadTemplates();
    bench.session->loadTemplates();
    bench.settle();
    QCOMPARE(bench.platform.sent(kTemplates).size(), 1);
    bench.session->loadTemplates();
    bench.settle();
    QCOMPARE(bench.platform.sent(kTemplates).size(), 2);
}

void TestSession::createdTemplatesComeFirst()
{
    SessionBench bench;
    bench.platform.always(kTemplates, templates({ "tpl-1" }));
    bench.session->loadTemplates();
    bench.settle();
    bench.platform.always("POST /templates/credentials", FakePlatform::json(201, R"({"data":{"id":"tpl-9","name":"N","type":"https://x/n","attributes":{}}})"));
    Answer<CredentialTemplate> answer;
    bench.session->createTemplate({ u"N"_s, u"n"_s, {}, sampleDraft().credentialTemplate.attributes, true }, &bench.context, answer.catcher());
    bench.settle();
    QVERIFY(answer.ok());
    QCOMPARE(bench.session->templates().first().id.text, u"tpl-9"_s);
    QCOMPARE(bench.session->templates().size(), 2);
    bench.platform.always("POST /templates/credentials", FakePlatform::json(400, R"({"message":"code taken"})"));
    Answer<CredentialTemplate> refused;
    bench.session->createTemplateFromPreset(u"didx:basic-identity"_s, &bench.context, refused.catcher());
    bench.settle();
    QVERIFY(refused.failedAs(FailureKind::Rejected));
    QCOMPARE(bench.session->templates().size(), 2);
}

void TestSession::aDyingDialogDoesNotUndoItsCall()
{
    SessionBench bench;
    bench.platform.always("POST /templates/credentials", FakePlatform::json(201, R"({"data":{"id":"tpl-9","name":"N","type":"https://x/n","attributes":{}}})"));
    auto dialog = std::make_unique<QObject>();
    Answer<CredentialTemplate> answer;
    bench.session->createTemplateFromPreset(u"didx:basic-identity"_s, dialog.get(), answer.catcher());
    dialog.reset();
    bench.settle();
    QCOMPARE(answer.count, 0);
    QCOMPARE(bench.session->templates().size(), 1); // the service has made it, so it is there
}

void TestSession::checksAndEntitiesAreCreated()
{
    SessionBench bench;
    bench.platform.always("POST /templates/presentations", FakePlatform::json(200, R"({"data":{"id":"ptpl-1","name":"C","credentials":[]}})"));
    bench.platform.always("POST /trusted-entities", FakePlatform::json(201, R"({"data":{"id":"ent-1","name":"Umuzi","dids":[]}})"));
    Answer<PresentationTemplate> check;
    Answer<TrustedEntity> entity;
    bench.session->createCheck(sampleCheck(), &bench.context, check.catcher());
    bench.session->createTrustedEntity(u"Umuzi"_s, { u"did:web:x"_s }, &bench.context, entity.catcher());
    bench.settle();
    QVERIFY(check.ok() && entity.ok());
    QCOMPARE(bench.session->checks().size(), 1);
    QCOMPARE(bench.session->trustedEntities().size(), 1);
}

void TestSession::connectionIsCheckedServiceByService_data()
{
    QTest::addColumn<QByteArray>("broken");
    QTest::addColumn<QString>("field");
    QTest::newRow("all well") << QByteArray() << QString();
    QTest::newRow("creds") << kTemplates << u"credsUrl"_s;
    QTest::newRow("onboarding") << QByteArray("GET /users") << u"onboardingUrl"_s;
    QTest::newRow("wallet") << QByteArray("GET /orgs/credentials") << u"walletUrl"_s;
    QTest::newRow("token") << QByteArray("token") << u"tokenUrl"_s;
}

void TestSession::connectionIsCheckedServiceByService()
{
    QFETCH(QByteArray, broken);
    QFETCH(QString, field);
    SessionBench bench;
    bench.platform.always(kTemplates, templates({}));
    bench.platform.always("GET /users", FakePlatform::json(200, R"({"data":[]})"));
    bench.platform.always("GET /orgs/credentials", FakePlatform::json(404, "{}"));
    if (broken == "token")
        bench.platform.tokenAnswer = FakePlatform::json(401, R"({"error":"unauthorized_client"})");
    else if (!broken.isEmpty())
        bench.platform.always(broken, FakeTransport::reply(404, "<html>nginx", { { "Content-Type", "text/html" } }));
    Answer<Done> answer;
    bench.session->checkConnection(&bench.context, answer.catcher());
    bench.settle(1min);
    QCOMPARE(answer.count, 1);
    QCOMPARE(answer.last->ok(), field.isEmpty());
    if (!field.isEmpty())
        QCOMPARE(answer.failure().fields, QStringList { field });
    for (const FakeTransport::Seen &seen : bench.line.seen())
        QVERIFY(seen.method == "GET" || seen.path().endsWith("/token")); // harmless questions only
}

void TestSession::practiceIsLively()
{
    SessionBench bench(Environment::Practice);
    IssueFlow *const flow = bench.session->startIssue(sampleDraft());
    bench.settle(1s);
    QCOMPARE(flow->progress().acceptance, StageState::Working);
    bench.settle(6s);
    QVERIFY(bench.platform.sent("GET /credentials/iss-1").size() >= 2);
    SessionBench real;
    real.session->startIssue(sampleDraft());
    real.settle(7s);
    QCOMPARE(real.platform.sent("GET /credentials/iss-1").size(), 0);
}

void TestSession::hiddenWindowsAskLess()
{
    SessionBench bench;
    VerifyFlow *const flow = bench.session->startVerify(sampleCheck());
    bench.settle(1s);
    QCOMPARE(flow->progress().phase, VerifyProgress::Phase::OnScreen);
    bench.session->setHidden(true);
    const qsizetype before = bench.platform.sent("GET /presentations/pres-1").size();
    bench.settle(20s);
    QVERIFY(bench.platform.sent("GET /presentations/pres-1").size() - before <= 3);
    bench.session->setHidden(false);
    const qsizetype hidden = bench.platform.sent("GET /presentations/pres-1").size();
    bench.settle(600ms);
    QCOMPARE(bench.platform.sent("GET /presentations/pres-1").size(), hidden + 1);
}

void TestSession::closingEndsEverything()
{
    SessionBench bench;
    IssueFlow *const flow = bench.session->startIssue(sampleDraft());
    bench.session->startVerify(sampleCheck());
    bench.settle(1s);
    Answer<CredentialTemplate> create;
    bench.line.hold(true);
    bench.session->createTemplateFromPreset(u"didx:basic-identity"_s, &bench.context, create.catcher());
    bench.session->loadTemplates();
    bench.settle();
    QSignalSpy issue(bench.session.get(), &Session::issueProgressChanged);
    QSignalSpy verify(bench.session.get(), &Session::verifyProgressChanged);
    QSignalSpy failed(bench.session.get(), &Session::loadFailed);
    const int calls = bench.line.count();
    bench.session->close();
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(2h);
    QVERIFY(create.failedAs(FailureKind::Cancelled));
    QCOMPARE(issue.size() + verify.size() + failed.size(), 0);
    QCOMPARE(bench.line.count(), calls);
    QCOMPARE(bench.session->tokenStatus().state, TokenState::Closed);
    flow->goOn();
    bench.session->startIssue(sampleDraft());
    bench.session->startVerify(sampleCheck());
    bench.session->loadTemplates();
    bench.settle(1h);
    QCOMPARE(bench.line.count(), calls);
    bench.session.reset();
    QCOMPARE(bench.clock.activeAlarms(), 0);
}

void TestSession::closingInsideASignalIsSafe()
{
    for (int stop = 1; stop < 12; ++stop) {
        SessionBench bench;
        int emissions = 0;
        connect(bench.session.get(), &Session::issueProgressChanged, &bench.context, [&] {
            if (++emissions == stop)
                bench.session->close();
        });
        bench.session->startIssue(sampleDraft());
        bench.settle(1min);
        QVERIFY(emissions <= stop);
    }
}

void TestSession::destroyingWithWorkOnItsWay()
{
    SessionBench bench;
    bench.line.hold(true);
    bench.session->startIssue(sampleDraft());
    bench.session->startVerify(sampleCheck());
    bench.session->loadTemplates();
    Answer<Done> check;
    bench.session->checkConnection(&bench.context, check.catcher());
    bench.settle();
    bench.line.release();
    bench.settle();
    bench.session.reset();
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1h);
    QVERIFY(check.failedAs(FailureKind::Cancelled));
    QCOMPARE(bench.clock.activeAlarms(), 0);
}

void TestSession::wrongClockIsKnownFromTheToken()
{
    SessionBench bench;
    const QDateTime trueNow = bench.clock.nowUtc();
    bench.clock.jumpWall(2h);
    HttpResult token = FakePlatform::json(200, R"({"access_token":"tok-x-0123456789abcdef","expires_in":300,"token_type":"Bearer"})");
    token.value().headers.append({ "Date", trueNow.toString(u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1() });
    bench.platform.tokenAnswer = token;
    const QByteArray soon = trueNow.addSecs(3 * 3600).toString(Qt::ISODateWithMs).toLatin1();
    bench.platform.always("POST /presentations/request", FakePlatform::json(200, presentationBody("requested", "[]", soon)));
    bench.platform.always("GET /presentations/pres-1", FakePlatform::json(200, presentationBody("requested", "[]", soon)));
    VerifyFlow *const flow = bench.session->startVerify(sampleCheck());
    bench.settle(90min); // half past three by our clock, half past one by the service's
    QCOMPARE(flow->progress().phase, VerifyProgress::Phase::OnScreen);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
