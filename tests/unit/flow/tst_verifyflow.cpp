// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/verifyflow.h"

#include "app/domain/presentationjson.h"
#include "app/domain/workrecord.h"
#include "tests/support/scriptedjournal.h"
#include "tests/unit/net/apibench.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Phase = VerifyProgress::Phase;
const QByteArray kRequest = "POST /presentations/request";
const QByteArray kLook = "GET /presentations/pres-1";
const QByteArray kPush = "POST /v2/orgs/presentations";

HttpResult waiting(const QByteArray &word = "requested")
{
    return FakePlatform::json(200, presentationBody(word));
}

HttpResult answered(const QByteArray &word = "verified", const QByteArray &credentials = goodCredential())
{
    return FakePlatform::json(200, presentationBody(word, credentials));
}

struct VerifyBench : ApiBench {
    explicit VerifyBench(const PresentationTemplate &asked = sampleCheck())
    {
        platform.always(kRequest, waiting());
        platform.always(kLook, waiting());
        platform.always(kPush, FakePlatform::json(201, R"({"data":null})"));
        platform.onRequest = [this](const QByteArray &route, const FakeTransport::Seen &seen) {
            const QList<JournalStep> steps = journal.steps();
            if (route == kRequest
                && (steps.isEmpty() || steps.last().state != JournalState::RequestIntent || steps.last().attempt != seen.attempt))
                broken << "no intent before the request";
        };
        flow = std::make_unique<VerifyFlow>(*api, journal, clock, profile, asked);
        QObject::connect(flow.get(), &VerifyFlow::progressChanged, &context, [this](const VerifyProgress &progress) {
            shown << progress;
            // The first answer is on the journal before it is shown (contract U4).
            if (progress.phase == Phase::Ended && !isFinal(journal.steps().last().state))
                broken << "a verdict before its line";
            if (progress.phase == Phase::OnScreen && progress.verdict.level == VerdictLevel::Accepted)
                broken << "green while waiting";
            if (progress.phase == Phase::OnScreen && !journal.story().join(u' ').contains(u"requested#"))
                broken << "a code before its line";
        });
        QObject::connect(flow.get(), &VerifyFlow::finished, &context, [this](const VerifyProgress &) { ++finished; });
    }
    void audit()
    {
        QList<int> onTheWire;
        for (const FakeTransport::Seen &seen : platform.sent(kRequest))
            onTheWire << seen.attempt;
        QList<int> onTheJournal;
        for (const JournalStep &step : journal.steps()) {
            if (step.state == JournalState::RequestIntent)
                onTheJournal << step.attempt;
            const QByteArray facts = QJsonDocument(step.facts).toJson();
            QVERIFY2(!facts.contains("Naledi") && !facts.contains("tok-") && !facts.contains("://"), facts.constData());
        }
        QCOMPARE(onTheWire, onTheJournal);
        QCOMPARE(broken, QByteArrayList());
        QVERIFY(finished <= 1);
    }
    const VerifyProgress &progress() const { return flow->progress(); }
    void start(std::chrono::milliseconds time = 1s)
    {
        flow->start();
        settle(time);
    }
    [[nodiscard]] VerdictReason headline() const { return progress().verdict.findings.first().reason; }
    [[nodiscard]] QString last() const { return journalStateKey(journal.steps().last().state); }

    ScriptedJournal journal;
    std::unique_ptr<VerifyFlow> flow;
    QList<VerifyProgress> shown;
    QByteArrayList broken;
    int finished = 0;
};

} // namespace

Q_DECLARE_METATYPE(yoid::HttpResult)

class TestVerifyFlow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWholeRoad();
    void everyDialectsWord_data();
    void everyDialectsWord();
    void neverGreenOnLess_data();
    void neverGreenOnLess();
    void requestEndings_data();
    void requestEndings();
    void unknownWordsKeepWaiting();
    void filledCredentialsWhileRequestedProveNothing();
    void anAnswerToAnotherQuestionProvesNothing();
    void expiresByItsOwnDate();
    void aWrongClockExpiresNothing();
    void theServicesClockDecides();
    void answerAtTheLastLookCounts();
    void readOnceOnly();
    void answerThatCannotBeWrittenIsNotShown();
    void requestThatCannotBeWrittenIsNotSent();
    void noConnectionIsToldAndCured();
    void pushes();
    void linksStayAsFirstGiven();
    void stopParks();
    void stopInTheAirParksAfterwards();
    void dropIsSilent();
    void dropInsideASignalSendsNothing();
    void expiryWithoutALineIsNotToldAsExpired();
    void noTokenWritesNothing();
};

void TestVerifyFlow::theWholeRoad()
{
    VerifyBench bench;
    bench.start();
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    QVERIFY(bench.progress().presentation.authorizationRequestQrUri.endsWith(u"&qr=true"));
    QVERIFY(bench.progress().shownAt.isValid());
    QCOMPARE(bench.progress().verdict.level, VerdictLevel::Waiting);
    bench.settle(10s);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    QVERIFY(bench.progress().lastChecked.isValid());
    bench.platform.always(kLook, answered());
    bench.settle(3s);
    QCOMPARE(bench.progress().phase, Phase::Ended);
    QCOMPARE(bench.progress().verdict.level, VerdictLevel::Accepted);
    QVERIFY(bench.progress().answeredAt.isValid());
    QCOMPARE(bench.progress().presentation.credentials.first().attributes.value(u"fullName"_s), u"Naledi Khumalo"_s);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.journal.story(), QStringList({ u"requestIntent#1"_s, u"requested#1"_s, u"answered#1"_s }));
    const QJsonObject facts = bench.journal.steps().last().facts;
    QCOMPARE(facts.value(u"verdict"_s).toString(), u"accepted"_s);
    QCOMPARE(facts.value(u"status"_s).toString(), u"verified"_s);
    QVERIFY(!facts.value(u"reasons"_s).toArray().isEmpty());
    // The answer may be readable only once (U4): all of it is kept, sealed; so is the question it is to be judged by.
    const Presentation kept = answerFromJson(bench.journal.steps().last().sealed.value(fact::answer).toObject());
    QCOMPARE(kept.credentials, bench.progress().presentation.credentials);
    QCOMPARE(kept.status, PresentationStatus::Answered);
    const JournalStep asked = bench.journal.steps().first();
    QCOMPARE(asked.facts.value(fact::templateName).toString(), u"Installer check"_s);
    QCOMPARE(presentationTemplateFromJson(asked.sealed.value(fact::draft).toObject()), sampleCheck());
    const JournalStep requested = bench.journal.steps().at(1);
    QCOMPARE(requested.facts.value(fact::presentationId).toString(), u"pres-1"_s);
    QCOMPARE(requested.sealed.value(fact::requestQrUri).toString(), bench.progress().presentation.authorizationRequestQrUri);
    const int calls = bench.platform.apiCalls();
    bench.settle(2h);
    QCOMPARE(bench.platform.apiCalls(), calls);
    bench.audit();
}

void TestVerifyFlow::everyDialectsWord_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<int>("reason");
    QTest::addColumn<QString>("state");
    const auto row = [](const char *word, VerdictReason reason, const char16_t *state) {
        QTest::newRow(word) << QByteArray(word) << static_cast<int>(reason) << QString::fromUtf16(state);
    };
    row("verified", VerdictReason::AllProved, u"answered");
    row("ANSWERED", VerdictReason::AllProved, u"answered");
    row("rejected", VerdictReason::DeclinedByHolder, u"declined");
    row("REJECTED", VerdictReason::DeclinedByHolder, u"declined");
    row("declined", VerdictReason::DeclinedByHolder, u"declined");
    row("failed", VerdictReason::DeclinedOrFailed, u"failed");
    row("expired", VerdictReason::RequestExpired, u"requestExpired");
}

void TestVerifyFlow::everyDialectsWord()
{
    QFETCH(QByteArray, word);
    VerifyBench bench;
    bench.start();
    bench.platform.always(kLook, answered(word));
    bench.settle(3s);
    QCOMPARE(bench.progress().phase, Phase::Ended);
    QTEST(static_cast<int>(bench.headline()), "reason");
    QTEST(bench.last(), "state");
    QCOMPARE(bench.progress().verdict.level == VerdictLevel::Accepted, bench.headline() == VerdictReason::AllProved);
    bench.audit();
}

void TestVerifyFlow::neverGreenOnLess_data()
{
    QTest::addColumn<QByteArray>("credentials");
    QTest::newRow("nothing") << QByteArray("[]");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("not valid") << goodCredential().replace("true", "false");
    QTest::newRow("valid as text") << goodCredential().replace("true", R"("true")");
    QTest::newRow("valid null") << goodCredential().replace("true", "null");
    QTest::newRow("issues") << goodCredential().replace("[]", R"(["Credential has been revoked by the issuer"])");
    QTest::newRow("withheld") << goodCredential().replace("fullName", "other");
    QTest::newRow("other type") << goodCredential().replace("solar-installer-l1", "solar-installer-l2");
}

void TestVerifyFlow::neverGreenOnLess()
{
    QFETCH(QByteArray, credentials);
    VerifyBench bench;
    bench.start();
    bench.platform.always(kLook, answered("verified", credentials));
    bench.settle(5s);
    for (const VerifyProgress &progress : std::as_const(bench.shown))
        QVERIFY(progress.verdict.level != VerdictLevel::Accepted);
    bench.audit();
}

void TestVerifyFlow::requestEndings_data()
{
    QTest::addColumn<HttpResult>("ending");
    QTest::addColumn<QString>("state");
    QTest::newRow("400") << FakePlatform::json(400, "{}") << u"requestFailed"_s;
    QTest::newRow("404") << FakePlatform::json(404, R"({"message":"PresentationTemplate not found","code":2005})") << u"requestFailed"_s;
    QTest::newRow("429") << FakePlatform::json(429, "{}") << u"requestFailed"_s;
    QTest::newRow("not sent") << FakeTransport::failure(FailureKind::NameNotFound) << u"requestFailed"_s;
    QTest::newRow("lost") << FakeTransport::failure(FailureKind::ConnectionLost, true) << u"requestUnknown"_s;
    QTest::newRow("500") << FakePlatform::json(500, "{}") << u"requestUnknown"_s;
    QTest::newRow("empty 200") << FakePlatform::json(200, "") << u"requestUnknown"_s;
    QTest::newRow("no link") << FakePlatform::json(200, R"({"data":{"id":"pres-1","status":"requested"}})") << u"requestUnknown"_s;
    QTest::newRow("one 401") << FakePlatform::json(401, "{}") << u"requested"_s;
}

void TestVerifyFlow::requestEndings()
{
    QFETCH(HttpResult, ending);
    QFETCH(QString, state);
    VerifyBench bench;
    bench.platform.next(kRequest, ending);
    bench.start(10s);
    QCOMPARE(bench.last(), state);
    bench.audit();
    if (state == u"requested")
        return;
    QCOMPARE(bench.progress().phase, Phase::Failed);
    QVERIFY(bench.progress().failure);
    bench.settle(1h);
    QCOMPARE(bench.platform.sent(kRequest).size(), 1); // waits for the operator
    bench.flow->tryAgain();
    bench.flow->tryAgain();
    bench.settle(1s);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    QCOMPARE(bench.progress().failure, std::nullopt);
    QCOMPARE(bench.platform.sent(kRequest).size(), 2);
    bench.audit();
}

void TestVerifyFlow::unknownWordsKeepWaiting()
{
    VerifyBench bench;
    bench.start();
    bench.platform.always(kLook, answered("simmering"));
    bench.settle(30min);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    QCOMPARE(bench.progress().presentation.rawStatus, u"simmering"_s);
    QCOMPARE(bench.headline(), VerdictReason::UnknownStatus);
    bench.platform.always(kLook, answered());
    bench.settle(2min);
    QCOMPARE(bench.progress().phase, Phase::Ended);
    bench.audit();
}

void TestVerifyFlow::filledCredentialsWhileRequestedProveNothing()
{
    VerifyBench bench;
    bench.platform.always(kRequest, answered("verified")); // at once, to a request nobody has seen
    bench.platform.always(kLook, answered("requested"));
    bench.start();
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    bench.settle(1min);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    QCOMPARE(bench.progress().verdict.level, VerdictLevel::Waiting);
    bench.audit();
}

void TestVerifyFlow::anAnswerToAnotherQuestionProvesNothing()
{
    VerifyBench bench;
    bench.start();
    QByteArray other = presentationBody("verified", goodCredential());
    bench.platform.always(kLook, FakePlatform::json(200, other.replace("ptpl-1", "ptpl-9")));
    bench.settle(1min);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    QCOMPARE(bench.progress().verdict.level, VerdictLevel::Waiting);
    QCOMPARE(bench.progress().failure->kind, FailureKind::MalformedReply);
    bench.audit();
}

void TestVerifyFlow::expiresByItsOwnDate()
{
    VerifyBench bench;
    const QByteArray soon = bench.clock.nowUtc().addSecs(100).toString(Qt::ISODateWithMs).toLatin1();
    bench.platform.always(kRequest, FakePlatform::json(200, presentationBody("requested", "[]", soon)));
    bench.platform.always(kLook, FakePlatform::json(200, presentationBody("requested", "[]", soon)));
    bench.start();
    bench.settle(95s);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    bench.settle(10s);
    QCOMPARE(bench.progress().phase, Phase::Ended);
    QCOMPARE(bench.headline(), VerdictReason::RequestExpired);
    QCOMPARE(bench.last(), u"requestExpired"_s);
    QVERIFY(!bench.progress().answeredAt.isValid());
    bench.audit();
    // Also when the service throws away what has expired.
    VerifyBench cut;
    cut.platform.always(kRequest, FakePlatform::json(200, presentationBody("requested", "[]", soon)));
    cut.platform.always(kLook, FakePlatform::json(404, R"({"error":"NOT_FOUND"})"));
    cut.start();
    cut.settle(2min);
    QCOMPARE(cut.progress().phase, Phase::Ended);
    QCOMPARE(cut.headline(), VerdictReason::RequestExpired);
    cut.audit();
}

void TestVerifyFlow::aWrongClockExpiresNothing()
{
    VerifyBench bench;
    bench.platform.always(kRequest, FakePlatform::json(200, presentationBody("requested", "[]", "2020-01-01T00:00:00.000Z")));
    bench.platform.always(kLook, FakePlatform::json(200, presentationBody("requested", "[]", "2020-01-01T00:00:00.000Z")));
    bench.start();
    bench.settle(1min);
    QCOMPARE(bench.progress().phase, Phase::OnScreen); // a request is not born expired: our clock is wrong
    bench.platform.always(kLook, FakePlatform::json(200, presentationBody("verified", goodCredential(), "2020-01-01T00:00:00.000Z")));
    bench.settle(1min);
    QCOMPARE(bench.progress().verdict.level, VerdictLevel::Accepted);
    bench.audit();
}

void TestVerifyFlow::theServicesClockDecides()
{
    VerifyBench bench;
    const QByteArray soon = bench.clock.nowUtc().addSecs(3600).toString(Qt::ISODateWithMs).toLatin1();
    bench.platform.always(kRequest, FakePlatform::json(200, presentationBody("requested", "[]", soon)));
    bench.platform.always(kLook, FakePlatform::json(200, presentationBody("requested", "[]", soon)));
    bench.clock.jumpWall(50min);
    bench.flow->setClockSkew([] { return std::optional<qint64>(50 * 60 * 1000); });
    bench.start();
    bench.settle(30min); // by our own clock it would have expired long ago
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    bench.settle(31min);
    QCOMPARE(bench.progress().phase, Phase::Ended);
    bench.audit();
}

void TestVerifyFlow::answerAtTheLastLookCounts()
{
    VerifyBench bench;
    const QByteArray soon = bench.clock.nowUtc().addSecs(700).toString(Qt::ISODateWithMs).toLatin1();
    bench.platform.always(kRequest, FakePlatform::json(200, presentationBody("requested", "[]", soon)));
    bench.platform.always(kLook, FakePlatform::json(200, presentationBody("requested", "[]", soon)));
    bench.start(690s);
    bench.platform.always(kLook, FakePlatform::json(200, presentationBody("verified", goodCredential(), soon)));
    bench.settle(20s);
    QCOMPARE(bench.progress().verdict.level, VerdictLevel::Accepted);
    bench.audit();
}

void TestVerifyFlow::readOnceOnly()
{
    VerifyBench bench; // contract U4: the engine may give the data once and then no more
    bench.start();
    bench.platform.next(kLook, answered());
    bench.platform.always(kLook, answered("verified", "[]"));
    bench.settle(3s);
    bench.flow->checkNow();
    bench.settle(1h);
    QCOMPARE(bench.progress().verdict.level, VerdictLevel::Accepted);
    QCOMPARE(bench.platform.sent(kLook).size(), 1);
    bench.audit();
}

void TestVerifyFlow::answerThatCannotBeWrittenIsNotShown()
{
    VerifyBench bench;
    bench.start();
    bench.journal.refuse = [](const JournalStep &step) { return step.state == JournalState::Answered; };
    bench.platform.next(kLook, answered());
    bench.platform.always(kLook, answered("verified", "[]"));
    bench.settle(1min);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    QCOMPARE(bench.progress().failure->kind, FailureKind::StorageFailed);
    QVERIFY(bench.progress().presentation.credentials.isEmpty());
    bench.audit();
    bench.journal.refuse = {};
    bench.flow->tryAgain();
    bench.settle(1s);
    QCOMPARE(bench.progress().verdict.level, VerdictLevel::Accepted); // the answer in hand, not a second look
    QCOMPARE(bench.platform.sent(kRequest).size(), 1);
    bench.audit();
}

void TestVerifyFlow::requestThatCannotBeWrittenIsNotSent()
{
    VerifyBench bench;
    bench.journal.refuse = [](const JournalStep &) { return true; };
    bench.start(1min);
    QCOMPARE(bench.platform.apiCalls(), 0);
    QCOMPARE(bench.progress().phase, Phase::Failed);
    QCOMPARE(bench.progress().failure->kind, FailureKind::StorageFailed);
    bench.journal.refuse = [](const JournalStep &step) { return step.state == JournalState::Requested; };
    bench.flow->tryAgain();
    bench.settle(1s);
    QCOMPARE(bench.progress().phase, Phase::Failed); // made, but not written down: not shown
    bench.journal.refuse = {};
    bench.flow->tryAgain();
    bench.settle(1s);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    QCOMPARE(bench.platform.sent(kRequest).size(), 1);
    bench.audit();
}

void TestVerifyFlow::noConnectionIsToldAndCured()
{
    VerifyBench bench;
    bench.start();
    bench.platform.always(kLook, FakeTransport::failure(FailureKind::ConnectionRefused));
    bench.settle(15s);
    QVERIFY(!bench.progress().noConnection);
    bench.settle(10s);
    QVERIFY(bench.progress().noConnection);
    QCOMPARE(bench.progress().failure->kind, FailureKind::ConnectionRefused);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    bench.platform.always(kLook, waiting());
    bench.settle(6s);
    QVERIFY(!bench.progress().noConnection);
    QCOMPARE(bench.progress().failure, std::nullopt);
    bench.audit();
}

void TestVerifyFlow::pushes()
{
    VerifyBench bench;
    Answer<Done> early;
    bench.flow->push(sampleDraft().person, &bench.context, early.catcher());
    bench.settle();
    QVERIFY(early.failedAs(FailureKind::InvalidInput)); // there is no request yet
    bench.start();
    Answer<Done> pushed;
    bench.flow->push(sampleDraft().person, &bench.context, pushed.catcher());
    bench.settle();
    QVERIFY(pushed.ok());
    const QByteArray body = bench.platform.sent(kPush).constFirst().body;
    QVERIFY(body.contains("naledi.k@example.org"));
    QVERIFY(body.contains("https://didx.co.za/invitation?request_uri=https%3A%2F%2Fx&client_id=did%3Aweb%3Ax"));
    bench.audit();
}

void TestVerifyFlow::linksStayAsFirstGiven()
{
    VerifyBench bench;
    bench.start();
    const QString qr = bench.progress().presentation.authorizationRequestQrUri;
    QByteArray other = presentationBody("requested");
    bench.platform.always(kLook, FakePlatform::json(200, other.replace("didx.co.za", "evil.example.org")));
    bench.settle(10s);
    QCOMPARE(bench.progress().presentation.authorizationRequestQrUri, qr);
    bench.audit();
}

void TestVerifyFlow::stopParks()
{
    VerifyBench bench;
    bench.start();
    bench.flow->stop();
    bench.settle(1h);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.last(), u"parked"_s);
    QCOMPARE(bench.platform.sent(kLook).size(), 0);
    bench.flow->tryAgain();
    bench.settle(1min);
    QCOMPARE(bench.platform.sent(kRequest).size(), 1);
    bench.audit();
}

void TestVerifyFlow::stopInTheAirParksAfterwards()
{
    VerifyBench bench;
    bench.line.hold(true);
    bench.flow->start();
    bench.settle();
    bench.line.release(); // the token
    bench.settle();
    QCOMPARE(bench.platform.sent(kRequest).size(), 1);
    bench.flow->stop();
    QCOMPARE(bench.finished, 0);
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1min);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.last(), u"parked"_s);
    bench.audit();
}

void TestVerifyFlow::dropIsSilent()
{
    VerifyBench bench;
    bench.start();
    const qsizetype shown = bench.shown.size();
    bench.platform.always(kLook, answered());
    bench.flow->drop();
    bench.settle(1h);
    QCOMPARE(bench.shown.size(), shown);
    QCOMPARE(bench.finished, 0);
    QCOMPARE(bench.last(), u"requested"_s);
}

void TestVerifyFlow::dropInsideASignalSendsNothing()
{
    VerifyBench bench;
    bench.platform.next(kRequest, FakeTransport::failure(FailureKind::ConnectionRefused, false));
    bench.start();
    QCOMPARE(bench.progress().phase, Phase::Failed);
    QObject::connect(bench.flow.get(), &VerifyFlow::progressChanged, &bench.context, [&] { bench.flow->drop(); });
    bench.flow->tryAgain();
    bench.settle(1min);
    QCOMPARE(bench.platform.sent(kRequest).size(), 1);
    bench.audit();
}

void TestVerifyFlow::expiryWithoutALineIsNotToldAsExpired()
{
    VerifyBench bench;
    const QByteArray until = bench.clock.nowUtc().addSecs(60).toString(Qt::ISODateWithMs).toLatin1();
    for (const QByteArray &route : { kRequest, kLook })
        bench.platform.always(route, FakePlatform::json(200, presentationBody("requested", "[]", until)));
    bench.start();
    bench.settle(30s);
    bench.platform.always(kLook, FakeTransport::failure(FailureKind::ConnectionLost));
    bench.settle(10min);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    QVERIFY(bench.progress().noConnection);
    // The youth answered in time; only we could not hear it.
    bench.platform.always(kLook, answered());
    bench.settle(10min);
    QCOMPARE(bench.progress().phase, Phase::Ended);
    QCOMPARE(bench.progress().verdict.level, VerdictLevel::Accepted);
    bench.audit();
}

void TestVerifyFlow::noTokenWritesNothing()
{
    VerifyBench bench;
    bench.platform.tokenAnswer = FakePlatform::json(401, R"({"error":"invalid_client"})");
    bench.start(1min);
    QCOMPARE(bench.progress().phase, Phase::Failed);
    QCOMPARE(bench.progress().failure->kind, FailureKind::SecretRefused);
    QCOMPARE(bench.journal.appends, 0);
    bench.platform.tokenAnswer.reset();
    bench.tokens.setSecret(Secret("another-secret"));
    bench.flow->tryAgain();
    bench.settle(1min);
    QCOMPARE(bench.progress().phase, Phase::OnScreen);
    bench.audit();
}

QTEST_GUILESS_MAIN(TestVerifyFlow)
#include "tst_verifyflow.moc"
