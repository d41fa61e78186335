// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/personnote.h"
#include "app/domain/presentationjson.h"
#include "app/flow/recordbook.h"
#include "app/flow/session.h"
#include "app/store/checkstore.h"
#include "tests/support/scriptedjournal.h"
#include "tests/unit/net/apibench.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Phase = VerifyProgress::Phase;
using State = ReadyRequests::State;
const QByteArray kRequest = "POST /presentations/request";
const QByteArray kChecks = "GET /templates/presentations";

QByteArray filled(QByteArray text, const QByteArray &first, const QByteArray &second)
{
    return text.replace("@1", first).replace("@2", second);
}

QByteArray checkJson(const QByteArray &id, const QByteArray &name)
{
    return filled(R"({"id":"@1","name":"@2","description":"hiring","credentials":[{"format":"sd-jwt-vc","name":"C",)"
                  R"("type":"https://x/vct/a","trustedIssuers":["te-1"],"attributes":{"fullName":{"type":"string"}}}]})",
                  id, name);
}

QByteArray requestJson(int number, const QByteArray &check)
{
    return filled(R"({"data":{"id":"pres-@1","status":"requested","presentationTemplateId":"@2","credentials":[],)"
                  R"("expiresAt":"2099-01-01T00:00:00.000Z","authorizationRequestUri":"https://x/i?r=@1",)"
                  R"("authorizationRequestQrUri":"https://x/i?r=@1&qr=true"}})",
                  QByteArray::number(number), check);
}

QByteArray listJson(const QByteArrayList &checks)
{
    return filled(R"({"data":[@1]})", checks.join(','), {});
}

QByteArray answerJson()
{
    return R"({"data":{"id":"pres-1","status":"verified","presentationTemplateId":"check-1","credentials":[{"isValid":true,)"
           R"("type":"https://x/vct/a","attributes":{"fullName":"Naledi"},"issues":[]}]}})";
}

struct Bench : ApiBench {
    explicit Bench(const QByteArrayList &ids = { "check-1" })
    {
        list(ids);
        platform.otherwise = [this](const QByteArray &route, const FakeTransport::Seen &seen) -> std::optional<HttpResult> {
            if (route == kRequest) {
                const QByteArray check
                    = QJsonDocument::fromJson(seen.body).object().value(u"presentationTemplateId"_s).toString().toUtf8();
                return FakePlatform::json(200, requestJson(++made, check));
            }
            const qsizetype at = route.indexOf("/presentations/pres-");
            if (at > 0 && route.startsWith("GET "))
                return FakePlatform::json(200, requestJson(route.mid(at + 20).toInt(), answeringCheck));
            return {};
        };
        open();
    }
    ~Bench() { session.reset(); }
    /// What the service lists from now on.
    void list(const QByteArrayList &ids)
    {
        QByteArrayList listed;
        for (const QByteArray &id : ids)
            listed << checkJson(id, "Check " + id);
        platform.always(kChecks, FakePlatform::json(200, listJson(listed)));
    }
    void open()
    {
        session = std::make_unique<Session>(profile, line, clock, journal);
        session->setCheckStore(store);
        QObject::connect(session.get(), &Session::verifyProgressChanged, &context, [this](const VerifyProgress &p) { shown << p; });
        session->setSecret(Secret("s3cr+t&value"));
        session->recover();
        settle();
    }
    void load()
    {
        session->loadChecks();
        settle(1s);
    }
    void lineGone(bool gone)
    {
        const HttpResult lost = Failure::of(FailureKind::ConnectionRefused, u"no line"_s);
        if (gone) {
            platform.always(kRequest, lost);
            platform.tokenAnswer = lost;
        } else {
            platform.always(kRequest, FakePlatform::json(200, requestJson(++made, "check-1")));
            platform.tokenAnswer.reset();
        }
    }
    [[nodiscard]] PresentationTemplate check(qsizetype at = 0) const { return session->checks().at(at); }
    [[nodiscard]] int requests() const { return static_cast<int>(platform.sent(kRequest).size()); }
    [[nodiscard]] QString story() const { return journal.story().join(u' '); }

    int made = 0;
    QByteArray answeringCheck = "check-1";
    CheckStore *store = nullptr;
    ScriptedJournal journal;
    QList<VerifyProgress> shown;
    std::unique_ptr<Session> session;
};

} // namespace

class TestReadyRequests : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneIsReadyForEachOfNine();
    void shownWithoutARoundTrip();
    void shownWhileTheLineIsGone();
    void refilledBehind_andTwoWhereUsed();
    void takenWhileOnItsWay();
    void unusedAreClosedAfterADay();
    void leftoversAreUsedUpAfterARestart();
    void leftoversTooOldAreClosed();
    void nobodyCountsWhatNobodySaw();
    void failuresAreTriedAgainSeldom();
    void nothingIsMadeBehindAHiddenWindow();
    void requestThatEndsSoonIsNotShown();
    void unwrittenIsNotShown();
    void expectationsAreThoseOfToday();
    void expectationsOutliveAListWithoutTheCheck();
    void checksAreKnownBeforeTheServiceWasAsked();
    void newChecksComeLast();
    void lateAnswersAreTold();
    void aParkedOneIsShownAgain();
    void noteOnThePersonIsKept();
};

void TestReadyRequests::oneIsReadyForEachOfNine()
{
    QByteArrayList ids;
    for (int i = 1; i <= 11; ++i)
        ids << "check-" + QByteArray::number(i);
    Bench bench(ids);
    QCOMPARE(bench.requests(), 0);
    QSignalSpy changed(bench.session.get(), &Session::readyRequestsChanged);
    bench.load();
    QCOMPARE(bench.requests(), ReadyRequests::kMostChecks);
    QVERIFY(changed.count() >= ReadyRequests::kMostChecks);
    for (int i = 0; i < 9; ++i)
        QCOMPARE(bench.session->readyState(bench.check(i).id), State::Ready);
    QCOMPARE(bench.session->readyState(bench.check(9).id), State::None);
    bench.settle(6h);
    QCOMPARE(bench.requests(), ReadyRequests::kMostChecks);
    QVERIFY(bench.shown.isEmpty()); // nobody is told of what nobody asked for
}

void TestReadyRequests::shownWithoutARoundTrip()
{
    Bench bench;
    bench.load();
    const int calls = bench.platform.apiCalls();
    int callsWhenShown = -1;
    QObject::connect(bench.session.get(), &Session::verifyProgressChanged, &bench.context, [&](const VerifyProgress &progress) {
        if (progress.phase == Phase::OnScreen && callsWhenShown < 0)
            callsWhenShown = bench.platform.apiCalls();
    });
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(0ms); // no time passes at all
    QCOMPARE(flow->progress().phase, Phase::OnScreen);
    QCOMPARE(callsWhenShown, calls);
    QCOMPARE(flow->progress().presentation.authorizationRequestQrUri, u"https://x/i?r=1&qr=true"_s);
    QCOMPARE(flow->progress().shownAt, bench.clock.nowUtc());
    QVERIFY(bench.story().startsWith(u"requestIntent#1 requested#1 requested#1"_s));
}

void TestReadyRequests::shownWhileTheLineIsGone()
{
    Bench bench;
    bench.load();
    bench.lineGone(true);
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(0ms);
    QCOMPARE(flow->progress().phase, Phase::OnScreen);
    QVERIFY(!flow->progress().presentation.authorizationRequestQrUri.isEmpty());
    QVERIFY(!flow->progress().failure);
}

void TestReadyRequests::refilledBehind_andTwoWhereUsed()
{
    Bench bench;
    bench.load();
    QCOMPARE(bench.requests(), 1);
    VerifyFlow *const first = bench.session->startVerify(bench.check());
    bench.settle(1s);
    QCOMPARE(bench.requests(), 3); // used lately: two are kept
    QCOMPARE(bench.session->readyState(bench.check().id), State::Ready);
    VerifyFlow *const second = bench.session->startVerify(bench.check());
    bench.settle(1s);
    QCOMPARE(bench.requests(), 4);
    QVERIFY(first->progress().presentation.id != second->progress().presentation.id); // one request for each person
}

void TestReadyRequests::takenWhileOnItsWay()
{
    Bench bench;
    bench.platform.onRequest = [&](const QByteArray &route, const FakeTransport::Seen &) {
        if (route == kRequest)
            bench.line.hold(true);
    };
    bench.load();
    QCOMPARE(bench.requests(), 1);
    QCOMPARE(bench.session->readyState(bench.check().id), State::Getting);
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(0ms);
    QCOMPARE(flow->progress().phase, Phase::MakingRequest);
    bench.platform.onRequest = {};
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(0ms);
    QCOMPARE(flow->progress().phase, Phase::OnScreen);
    QCOMPARE(flow->progress().presentation.id.text, u"pres-1"_s); // the one that was on its way, not another
}

void TestReadyRequests::unusedAreClosedAfterADay()
{
    Bench bench;
    bench.load();
    bench.settle(24h - 5min);
    QVERIFY(!bench.story().contains(u"dropped"_s));
    bench.settle(10min);
    QCOMPARE(bench.journal.steps().at(2).state, JournalState::Dropped);
    QCOMPARE(bench.requests(), 2);
    QCOMPARE(bench.session->readyState(bench.check().id), State::Ready);
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(0ms);
    QCOMPARE(flow->progress().presentation.id.text, u"pres-2"_s);
}

void TestReadyRequests::leftoversAreUsedUpAfterARestart()
{
    QTemporaryDir folder;
    CheckStore store(folder.filePath(u"checks.json"_s));
    Bench bench;
    bench.session->setCheckStore(&store);
    bench.load();
    QCOMPARE(bench.requests(), 1);
    bench.session.reset(); // the program ends; the next start has no line
    bench.store = &store;
    bench.lineGone(true);
    bench.settle(8h);
    bench.open();
    QCOMPARE(bench.session->recovery().requests, 0); // nobody is owed an answer
    QCOMPARE(bench.session->checks().size(), 1);
    QCOMPARE(bench.session->readyState(bench.check().id), State::Ready);
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(0ms);
    QCOMPARE(flow->progress().phase, Phase::OnScreen);
    QCOMPARE(flow->progress().presentation.authorizationRequestQrUri, u"https://x/i?r=1&qr=true"_s);
    QCOMPARE(bench.requests(), 1);
}

void TestReadyRequests::leftoversTooOldAreClosed()
{
    Bench bench;
    bench.load();
    bench.session.reset();
    bench.settle(25h);
    bench.open();
    bench.load();
    QVERIFY(bench.story().contains(u"dropped#1"_s));
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(0ms);
    QCOMPARE(flow->progress().presentation.id.text, u"pres-2"_s);
}

void TestReadyRequests::nobodyCountsWhatNobodySaw()
{
    Bench bench;
    RecordBook book(bench.journal);
    book.load();
    QSignalSpy changed(&book, &RecordBook::changed);
    bench.load();
    bench.settle(25h); // made, closed, made again
    QCOMPARE(book.entries().size(), 0);
    QCOMPARE(changed.count(), 0);
    bench.session->startVerify(bench.check());
    bench.settle(1s);
    QCOMPARE(book.entries().size(), 1);
    QCOMPARE(stageOf(*book.entries().first()), WorkStage::WaitingForYouth);
    RecordBook later(bench.journal); // after a restart
    later.load();
    bench.settle();
    QCOMPARE(later.entries().size(), 1);
}

void TestReadyRequests::failuresAreTriedAgainSeldom()
{
    Bench bench;
    bench.platform.always(kRequest, FakePlatform::json(500, "{}"));
    bench.load();
    bench.settle(8h);
    QVERIFY2(bench.requests() >= 10 && bench.requests() <= 30, QByteArray::number(bench.requests()).constData());
    QVERIFY(bench.shown.isEmpty());
    // Nothing stays open behind them.
    Answer<QList<WorkRecord>> open;
    bench.journal.readOpen(workOrigin(bench.profile), &bench.context, open.catcher());
    bench.settle();
    QVERIFY(open.ok());
    QCOMPARE(open.value().size(), 0);
    const int before = bench.requests();
    bench.session->lookAgain(); // the line is back: at once
    bench.settle(1s);
    QCOMPARE(bench.requests(), before + 1);
}

void TestReadyRequests::nothingIsMadeBehindAHiddenWindow()
{
    Bench bench;
    bench.session->setHidden(true);
    bench.load();
    bench.settle(1h);
    QCOMPARE(bench.requests(), 0);
    bench.session->setHidden(false);
    bench.settle(1s);
    QCOMPARE(bench.requests(), 1);
}

void TestReadyRequests::requestThatEndsSoonIsNotShown()
{
    Bench bench;
    QByteArray soon = requestJson(90, "check-1");
    soon.replace("2099-01-01T00:00:00.000Z", bench.clock.nowUtc().addSecs(3600).toString(Qt::ISODateWithMs).toUtf8());
    bench.platform.next(kRequest, FakePlatform::json(200, soon));
    bench.load();
    QCOMPARE(bench.session->readyState(bench.check().id), State::Ready);
    bench.settle(50min); // ten minutes are left
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(1s);
    QCOMPARE(flow->progress().phase, Phase::OnScreen);
    QVERIFY(flow->progress().presentation.id.text != u"pres-90"_s);
}

void TestReadyRequests::unwrittenIsNotShown()
{
    Bench bench;
    bench.load();
    bench.journal.refuse = [](const JournalStep &step) { return step.state == JournalState::Requested; };
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(1s);
    QCOMPARE(flow->progress().phase, Phase::Ready);
    QVERIFY(flow->progress().failure);
    QCOMPARE(flow->progress().failure->kind, FailureKind::StorageFailed);
    bench.journal.refuse = {};
    flow->tryAgain();
    bench.settle();
    QCOMPARE(flow->progress().phase, Phase::OnScreen);
}

void TestReadyRequests::expectationsAreThoseOfToday()
{
    Bench bench;
    bench.load();
    const Expectation expectation { Expectation::Kind::ValueEquals, u"fullName"_s, u"Thandi"_s, 0 };
    bench.session->setExpectations(bench.check().id, { expectation });
    bench.platform.always("GET /presentations/pres-1", FakePlatform::json(200, answerJson()));
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(5s);
    QCOMPARE(flow->progress().phase, Phase::Ended);
    QCOMPARE(flow->progress().verdict.findings.first().reason, VerdictReason::OtherValue);
    // And so it is judged when it is read again.
    Answer<VerifyProgress> again;
    bench.session->readVerification(flow->progress().intent, &bench.context, again.catcher());
    bench.settle();
    QVERIFY(again.ok());
    QCOMPARE(again.value().verdict, flow->progress().verdict);
    QCOMPARE(again.value().presentation.digest.size(), 64);
    QCOMPARE(again.value().answeredAt, flow->progress().answeredAt);
}

void TestReadyRequests::expectationsOutliveAListWithoutTheCheck()
{
    Bench bench({ "check-1", "check-2" });
    bench.load();
    const Expectation expectation { Expectation::Kind::NotPast, u"validUntil"_s, {}, 0 };
    const PresentationTemplateId id = bench.check(1).id;
    bench.session->setExpectations(id, { expectation });
    for (const bool whole : { false, true }) { // the service is behind for a moment
        bench.list(whole ? QByteArrayList { "check-1", "check-2" } : QByteArrayList { "check-1" });
        bench.load();
    }
    QCOMPARE(bench.session->checks().size(), 2);
    QCOMPARE(bench.session->checks().at(1).id, id);
    QCOMPARE(bench.session->checks().at(1).expectations, QList<Expectation>({ expectation }));
}

void TestReadyRequests::checksAreKnownBeforeTheServiceWasAsked()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"checks.json"_s);
    const Expectation expectation { Expectation::Kind::NotPast, u"validUntil"_s, {}, 0 };
    {
        CheckStore store(file);
        Bench bench({ "check-1", "check-2" });
        bench.session->setCheckStore(&store);
        bench.load();
        bench.session->setExpectations(bench.check(1).id, { expectation });
        bench.session->moveCheck(bench.check(1).id, 0);
    }
    CheckStore store(file);
    Bench bench({ "check-1", "check-2" });
    bench.session->setCheckStore(&store);
    QCOMPARE(bench.session->checks().size(), 2);
    QCOMPARE(bench.check(0).id.text, u"check-2"_s);
    QCOMPARE(bench.check(0).expectations, QList<Expectation>({ expectation }));
    bench.load(); // the service does not know either
    QCOMPARE(bench.check(0).id.text, u"check-2"_s);
    QCOMPARE(bench.check(0).expectations, QList<Expectation>({ expectation }));
    QVERIFY(CheckStore(file).checks(u"another service"_s).isEmpty());
}

void TestReadyRequests::newChecksComeLast()
{
    Bench bench({ "check-1", "check-2" });
    bench.load();
    bench.platform.always(kChecks, FakePlatform::json(200, listJson({ checkJson("check-3", "New"), checkJson("check-2", "B") })));
    bench.session->loadChecks();
    bench.settle(1s);
    QCOMPARE(bench.session->checks().size(), 2);
    QCOMPARE(bench.check(0).id.text, u"check-2"_s);
    QCOMPARE(bench.check(1).id.text, u"check-3"_s);
    bench.settle(1s);
    QVERIFY(bench.story().contains(u"dropped"_s)); // what was ready for the one that is gone
}

void TestReadyRequests::lateAnswersAreTold()
{
    Bench bench;
    bench.load();
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(1s);
    const IntentId intent = flow->progress().intent;
    flow->stop();
    bench.settle();
    bench.session.reset(); // and the program ends, too
    bench.platform.always("GET /presentations/pres-1", FakePlatform::json(200, answerJson()));
    bench.open();
    QList<VerifyProgress> late;
    bool writtenFirst = true;
    QObject::connect(bench.session.get(), &Session::lateAnswer, &bench.context, [&](const VerifyProgress &progress) {
        late << progress;
        writtenFirst = writtenFirst && bench.story().contains(u"answered#1"_s);
    });
    bench.settle(3min);
    QCOMPARE(late.size(), 1);
    QVERIFY(writtenFirst);
    QCOMPARE(late.first().intent, intent);
    QCOMPARE(late.first().phase, Phase::Ended);
    QCOMPARE(late.first().verdict.level, VerdictLevel::Accepted);
    QCOMPARE(late.first().verdict.fields.first().value, u"Naledi"_s);
}

void TestReadyRequests::aParkedOneIsShownAgain()
{
    Bench bench;
    bench.load();
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(1s);
    const IntentId intent = flow->progress().intent;
    const QString code = flow->progress().presentation.authorizationRequestQrUri;
    flow->stop();
    bench.settle();
    Answer<VerifyFlow *> again;
    bench.session->showAgain(intent, &bench.context, again.catcher());
    bench.settle();
    QVERIFY(again.ok());
    QCOMPARE(again.value()->progress().phase, Phase::OnScreen);
    QCOMPARE(again.value()->progress().intent, intent);
    QCOMPARE(again.value()->progress().presentation.authorizationRequestQrUri, code);
    Answer<VerifyFlow *> twice;
    bench.session->showAgain(intent, &bench.context, twice.catcher());
    bench.settle();
    QCOMPARE(twice.value(), again.value());
}

void TestReadyRequests::noteOnThePersonIsKept()
{
    Bench bench;
    bench.load();
    bench.platform.always("GET /presentations/pres-1", FakePlatform::json(200, answerJson()));
    VerifyFlow *const flow = bench.session->startVerify(bench.check());
    bench.settle(5s);
    const IntentId intent = flow->progress().intent;
    bench.session->notePerson(intent, { PhotoId::SamePerson, NameMatch::Close, u"N Khumalo"_s });
    bench.settle();
    bench.session->notePerson(intent, { PhotoId::NotSame, NameMatch::Close, u"N Khumalo"_s });
    bench.settle();
    for (const JournalStep &step : bench.journal.steps())
        QVERIFY(!QJsonDocument(step.facts).toJson().contains("Khumalo"));
    Answer<VerifyProgress> read;
    bench.session->readVerification(intent, &bench.context, read.catcher());
    bench.settle();
    QVERIFY(read.ok());
    QCOMPARE(read.value().person, PersonNote({ PhotoId::NotSame, NameMatch::Close, u"N Khumalo"_s }));
    QCOMPARE(read.value().verdict.level, VerdictLevel::Accepted); // it decides nothing
    QCOMPARE(read.value().answeredAt, flow->progress().answeredAt);
}

QTEST_GUILESS_MAIN(TestReadyRequests)
#include "tst_readyrequests.moc"
