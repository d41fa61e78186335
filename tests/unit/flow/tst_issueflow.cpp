// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/stepfacts.h"
#include "tests/unit/flow/issuebench.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestIssueFlow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aJournalThatOpensLateIsWaitedFor();
    void withoutTheJournalsKeyNothingIsKept();
    void theWholeRoad();
    void whatIsClearAndWhatIsSealed();
    void aPersonIsKnownByEachIdentifier();
    void everyStepCut_data();
    void everyStepCut();
    void accountInDoubtIsAskedForThreeTimes();
    void lostAnswerLosesTheFirstPassword();
    void firstPasswordIsTakenOnce();
    void aKnownPasswordIsNotReplaced();
    void offerInDoubtIsAbandoned();
    void refusedOfferIsMadeAnew();
    void deliveryInDoubtRepeatsTheSameOffer();
    void scanningTheCodeCuresAFailedDelivery();
    void qrOnly();
    void ownIdNeedsNoAccount();
    void nobodyKnownByNameScansTheCode();
    void endings_data();
    void endings();
    void partlyIssuedIsLookedAtAgain();
    void unknownWordsKeepWaiting();
    void noConnectionIsToldAndCured();
    void intentThatCannotBeWrittenSendsNothing_data();
    void intentThatCannotBeWrittenSendsNothing();
    void resultThatCannotBeWrittenIsKept_data();
    void resultThatCannotBeWrittenIsKept();
    void goOnTwiceIsOnce();
    void goOnWithNothingToDo();
    void stopWhileTracking();
    void stopInTheAirWritesTheResult_data();
    void stopInTheAirWritesTheResult();
    void stopInTheAirWritesARefusalToo();
    void dropIsSilent();
    void dropInsideASignalSendsNothing_data();
    void dropInsideASignalSendsNothing();
    void badDraftSendsNothing();
    void checkNowLooks();
    void noTokenIsNotSent();
};

void TestIssueFlow::theWholeRoad()
{
    IssueBench bench;
    bench.start();
    QCOMPARE(bench.progress().account, StageState::Done);
    QVERIFY(bench.progress().accountIsNew);
    QVERIFY(bench.progress().hasFirstPassword);
    QCOMPARE(bench.progress().username, u"naledi.k"_s);
    QCOMPARE(bench.progress().offer, StageState::Done);
    QCOMPARE(bench.progress().issuanceId.text, u"iss-1"_s);
    QCOMPARE(bench.progress().credentialId.text, u"cred-1"_s);
    QVERIFY(bench.progress().offerQrUri.endsWith(u"&qr=true"));
    QCOMPARE(bench.progress().revocable, true);
    QCOMPARE(bench.progress().delivery, StageState::Done);
    QVERIFY(bench.progress().deliveredAt.isValid());
    QCOMPARE(bench.progress().acceptance, StageState::Working);
    QVERIFY(!bench.progress().ended);
    bench.settle(12s);
    QVERIFY(bench.progress().lastChecked.isValid());
    bench.platform.always(kLook, FakePlatform::json(200, issuanceBody("completed")));
    bench.settle(12s);
    QCOMPARE(bench.progress().acceptance, StageState::Done);
    QCOMPARE(bench.progress().status, IssuanceStatus::Completed);
    QVERIFY(bench.progress().ended);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.journal.story(),
             QStringList({ u"prepared#1"_s, u"accountIntent#1"_s, u"accountReady#1"_s, u"sent#1"_s, u"offered#1"_s,
                           u"deliveryIntent#1"_s, u"delivered#1"_s, u"accepted#1"_s }));
    const int calls = bench.platform.apiCalls();
    bench.settle(2h);
    QCOMPARE(bench.platform.apiCalls(), calls); // ended means silent
    bench.audit();
}

void TestIssueFlow::whatIsClearAndWhatIsSealed()
{
    IssueDraft draft = sampleDraft();
    draft.replaces = { u"earlier"_s };
    draft.reason = u"again"_s;
    draft.note = u"lost the phone"_s;
    draft.batch = { u"batch-7"_s };
    draft.batchRow = 12;
    IssueBench bench(draft);
    bench.start();
    QHash<JournalState, JournalStep> lines;
    for (const JournalStep &step : bench.journal.steps())
        lines.insert(step.state, step);
    const JournalStep prepared = lines.value(JournalState::Prepared);
    QCOMPARE(prepared.facts.value(fact::templateId).toString(), draft.credentialTemplate.id.text);
    QCOMPARE(prepared.facts.value(fact::templateName).toString(), draft.credentialTemplate.name);
    QCOMPARE(prepared.facts.value(fact::persons).toArray().size(), 1);
    QCOMPARE(prepared.facts.value(fact::deliver).toBool(), true);
    QCOMPARE(prepared.facts.value(fact::replaces).toString(), u"earlier"_s);
    QCOMPARE(prepared.facts.value(fact::reason).toString(), u"again"_s);
    QCOMPARE(prepared.facts.value(fact::batch).toString(), u"batch-7"_s);
    QCOMPARE(prepared.facts.value(fact::batchRow).toInt(), 12);
    QCOMPARE(prepared.facts.size(), 8);
    WorkRecord record;
    for (const JournalStep &step : bench.journal.steps())
        apply(record, step, u"Maria"_s);
    QCOMPARE(record.batch, draft.batch); // from the first line, and no later one takes it away
    QCOMPARE(record.batchRow, 12);
    const std::optional<WorkRecord> kept = workRecordFromJson(toJson(record));
    QVERIFY(kept);
    QCOMPARE(kept->batch, draft.batch);
    QCOMPARE(kept->batchRow, 12);
    QCOMPARE(personFromJson(prepared.sealed.value(fact::person).toObject()), draft.person);
    QCOMPARE(issueDraftFromJson(prepared.sealed.value(fact::draft).toObject()), draft);
    QCOMPARE(prepared.sealed.value(fact::note).toString(), u"lost the phone"_s);
    QCOMPARE(lines.value(JournalState::AccountReady).sealed.value(fact::username).toString(), u"naledi.k"_s);
    const JournalStep offered = lines.value(JournalState::Offered);
    QCOMPARE(offered.facts.value(fact::issuanceId).toString(), u"iss-1"_s);
    QCOMPARE(offered.facts.value(fact::credentialId).toString(), u"cred-1"_s);
    QCOMPARE(offered.sealed.value(fact::offerUri).toString(), bench.progress().offerUri);
    QCOMPARE(offered.sealed.value(fact::offerQrUri).toString(), bench.progress().offerQrUri);
    bench.audit();
}

void TestIssueFlow::aPersonIsKnownByEachIdentifier()
{
    MemoryJournal journal;
    Person person { u"Naledi.K@Example.ORG "_s, u"naledi"_s, u"LMS-20417"_s, u"Naledi"_s, u"Khumalo"_s };
    const QStringList keys = personKeys(journal, u"here"_s, person);
    QCOMPARE(keys.size(), 3);
    QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), 3);
    QCOMPARE(personKeys(journal, u"here"_s, { u"naledi.k@example.org"_s, {}, {}, {}, {} }), QStringList { keys.at(0) });
    QCOMPARE(personKeys(journal, u"here"_s, { {}, u"NALEDI"_s, {}, u"Another"_s, {} }), QStringList { keys.at(1) });
    QCOMPARE(personKeys(journal, u"here"_s, { {}, {}, u"LMS-20417"_s, {}, {} }), QStringList { keys.at(2) });
    // The same word as another kind of identifier, or at another place, is somebody else.
    QVERIFY(!keys.contains(personKeys(journal, u"here"_s, { {}, {}, u"naledi"_s, {}, {} }).value(0)));
    QVERIFY(!keys.contains(personKeys(journal, u"there"_s, { {}, u"naledi"_s, {}, {}, {} }).value(0)));
    QCOMPARE(personKeys(journal, u"here"_s, { {}, {}, {}, u"Naledi"_s, u"Khumalo"_s }), QStringList());
}

void TestIssueFlow::everyStepCut_data()
{
    QTest::addColumn<QByteArray>("route");
    QTest::addColumn<HttpResult>("ending");
    QTest::addColumn<int>("stage"); ///< what the stage shows afterwards
    const QList<std::pair<const char *, QByteArray>> routes { { "account", kAccount }, { "offer", kOffer }, { "delivery", kDelivery } };
    const auto all = [&](const char *name, const HttpResult &ending, StageState stage) {
        for (const auto &[stageName, route] : routes)
            QTest::addRow("%s %s", stageName, name) << route << ending << static_cast<int>(stage);
    };
    all("400", FakePlatform::json(400, R"({"message":"Naledi Khumalo is not allowed"})"), StageState::Failed);
    all("403", FakePlatform::json(403, "{}"), StageState::Failed);
    all("404", FakePlatform::json(404, "{}"), StageState::Failed);
    all("422", FakePlatform::json(422, "{}"), StageState::Failed);
    all("429", FakePlatform::json(429, "{}"), StageState::Failed);
    all("not sent", notSent(), StageState::Failed);
    all("no such host", FakeTransport::failure(FailureKind::NameNotFound), StageState::Failed);
    all("tls", FakeTransport::failure(FailureKind::TlsRefused), StageState::Failed);
    all("redirect", FakeTransport::failure(FailureKind::RedirectRefused), StageState::Failed);
    all("one 401", FakePlatform::json(401, "{}"), StageState::Done);
    all("lost", lost(), StageState::InDoubt);
    all("deadline", FakeTransport::failure(FailureKind::Timeout, true), StageState::InDoubt);
    all("408", FakePlatform::json(408, ""), StageState::InDoubt);
    all("500", FakePlatform::json(500, "{}"), StageState::InDoubt);
    all("502", FakeTransport::reply(502, "<html>", { { "Content-Type", "text/html" } }), StageState::InDoubt);
    all("503", FakePlatform::json(503, "{}"), StageState::InDoubt);
    QTest::newRow("account empty 2xx") << kAccount << FakePlatform::json(201, "") << static_cast<int>(StageState::InDoubt);
    QTest::newRow("offer empty 2xx") << kOffer << FakePlatform::json(201, "") << static_cast<int>(StageState::InDoubt);
    QTest::newRow("offer cut") << kOffer << FakePlatform::json(200, issuanceBody("offered").left(50)) << static_cast<int>(StageState::InDoubt);
    QTest::newRow("offer html") << kOffer << FakeTransport::reply(200, "<html>", { { "Content-Type", "text/html" } })
                                << static_cast<int>(StageState::InDoubt);
    QTest::newRow("delivery empty 2xx") << kDelivery << FakeTransport::reply(204) << static_cast<int>(StageState::Done);
}

void TestIssueFlow::everyStepCut()
{
    QFETCH(QByteArray, route);
    QFETCH(HttpResult, ending);
    QFETCH(int, stage);
    const auto expected = static_cast<StageState>(stage);
    IssueBench bench;
    // An account in doubt is asked for again by itself; here the doubt lasts.
    const int lasting = route == kAccount && expected == StageState::InDoubt ? 3 : 1;
    for (int i = 0; i < lasting; ++i)
        bench.platform.next(route, ending);
    bench.start(20s);
    const IssueProgress cut = bench.progress();
    const StageState shown = route == kAccount ? cut.account : route == kOffer ? cut.offer : cut.delivery;
    QCOMPARE(shown, expected);
    QCOMPARE(cut.failure.has_value(), expected != StageState::Done);
    bench.audit();
    if (expected != StageState::Done) {
        QCOMPARE(static_cast<int>(bench.platform.sent(route).size()), lasting); // waits for the operator
        bench.settle(1h);
        QCOMPARE(static_cast<int>(bench.platform.sent(route).size()), lasting);
        QVERIFY(!cut.ended);
        bench.goOn(20s);
    }
    QCOMPARE(bench.progress().account, StageState::Done);
    QCOMPARE(bench.progress().offer, StageState::Done);
    QCOMPARE(bench.progress().delivery, StageState::Done);
    QCOMPARE(bench.progress().acceptance, StageState::Working);
    QCOMPARE(bench.progress().failure, std::nullopt);
    bench.platform.always(kLook, FakePlatform::json(200, issuanceBody("completed")));
    bench.flow->checkNow();
    bench.settle(20min);
    QCOMPARE(bench.progress().acceptance, StageState::Done);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.progress().unusedOffers, route == kOffer && expected == StageState::InDoubt ? 1 : 0);
    QCOMPARE(journalStateKey(bench.journal.steps().last().state), u"accepted"_s);
    bench.audit();
}

void TestIssueFlow::accountInDoubtIsAskedForThreeTimes()
{
    IssueBench bench;
    bench.platform.always(kAccount, lost());
    bench.start(1min);
    QCOMPARE(bench.platform.sent(kAccount).size(), 3);
    QCOMPARE(bench.progress().account, StageState::InDoubt);
    QCOMPARE(bench.progress().offer, StageState::NotStarted);
    bench.goOn(1min); // the operator may go on; again three tries
    QCOMPARE(bench.platform.sent(kAccount).size(), 6);
    QCOMPARE(bench.platform.sent(kOffer).size(), 0);
    bench.audit();
}

void TestIssueFlow::lostAnswerLosesTheFirstPassword()
{
    IssueBench bench;
    bench.platform.next(kAccount, lost());
    bench.platform.always(kAccount, oldAccount());
    bench.start(10s);
    QCOMPARE(bench.progress().account, StageState::Done);
    QVERIFY(bench.progress().firstPasswordLost);
    QVERIFY(!bench.progress().hasFirstPassword);
    QVERIFY(bench.flow->takeFirstPassword().isEmpty());
    bench.audit();
}

void TestIssueFlow::firstPasswordIsTakenOnce()
{
    IssueBench bench;
    QVERIFY(bench.flow->takeFirstPassword().isEmpty());
    bench.start();
    QVERIFY(bench.progress().hasFirstPassword);
    const Secret password = bench.flow->takeFirstPassword();
    QCOMPARE(password.view().toByteArray(), QByteArray("q7!Rk2vZp0aE"));
    QVERIFY(!bench.progress().hasFirstPassword);
    QVERIFY(bench.flow->takeFirstPassword().isEmpty());
    // The journal keeps it until the operator has handed it over: a crash now must not lose it.
    QByteArray kept;
    bench.journal.readFirstPassword(bench.draft.intent, &bench.context, [&](const Outcome<Secret> &secret) {
        if (secret.ok())
            kept = secret->view().toByteArray();
    });
    bench.settle();
    QCOMPARE(kept, QByteArray("q7!Rk2vZp0aE"));
    bench.audit();
}

void TestIssueFlow::aKnownPasswordIsNotReplaced()
{
    IssueBench bench;
    // Its line cannot be written the first time, so the account call has been answered but is not shown.
    int refusals = 1;
    bench.journal.refuse = [&](const JournalStep &step) { return step.state == JournalState::AccountReady && refusals-- > 0; };
    bench.platform.next(kAccount, newAccount());
    bench.platform.always(kAccount, oldAccount());
    bench.start();
    QCOMPARE(bench.progress().account, StageState::InDoubt);
    QVERIFY(!bench.progress().hasFirstPassword);
    bench.goOn();
    QCOMPARE(bench.progress().account, StageState::Done);
    QCOMPARE(bench.platform.sent(kAccount).size(), 1);
    QCOMPARE(bench.flow->takeFirstPassword().view().toByteArray(), QByteArray("q7!Rk2vZp0aE"));
    bench.audit();
}

void TestIssueFlow::offerInDoubtIsAbandoned()
{
    IssueBench bench;
    bench.platform.next(kOffer, lost());
    bench.platform.next(kOffer, lost());
    bench.start(1h);
    QCOMPARE(bench.progress().offer, StageState::InDoubt);
    QCOMPARE(bench.platform.sent(kOffer).size(), 1); // never by itself
    QCOMPARE(bench.progress().unusedOffers, 0);
    bench.goOn();
    QCOMPARE(bench.progress().offer, StageState::InDoubt);
    QCOMPARE(bench.progress().unusedOffers, 1);
    bench.goOn();
    QCOMPARE(bench.progress().offer, StageState::Done);
    QCOMPARE(bench.progress().unusedOffers, 2);
    QCOMPARE(bench.journal.story().mid(3, 11),
             QStringList({ u"sent#1"_s, u"unknown#1"_s, u"abandoned#1"_s, u"prepared#2"_s, u"sent#2"_s, u"unknown#2"_s,
                           u"abandoned#2"_s, u"prepared#3"_s, u"sent#3"_s, u"offered#3"_s, u"deliveryIntent#1"_s }));
    bench.audit();
}

void TestIssueFlow::refusedOfferIsMadeAnew()
{
    IssueBench bench;
    bench.platform.next(kOffer, FakePlatform::json(400, R"({"message":"template archived"})"));
    bench.start();
    QCOMPARE(bench.progress().offer, StageState::Failed);
    QCOMPARE(bench.progress().failure->serverText, u"template archived"_s);
    bench.goOn();
    QCOMPARE(bench.progress().offer, StageState::Done);
    QCOMPARE(bench.progress().unusedOffers, 0); // nothing was left behind
    QCOMPARE(bench.journal.story().mid(3, 5),
             QStringList({ u"sent#1"_s, u"refused#1"_s, u"prepared#2"_s, u"sent#2"_s, u"offered#2"_s }));
    bench.audit();
}

void TestIssueFlow::deliveryInDoubtRepeatsTheSameOffer()
{
    IssueBench bench;
    bench.platform.next(kDelivery, lost());
    bench.platform.next(kDelivery, FakePlatform::json(504, ""));
    bench.start();
    QCOMPARE(bench.progress().delivery, StageState::InDoubt);
    bench.goOn();
    bench.goOn();
    QCOMPARE(bench.progress().delivery, StageState::Done);
    QCOMPARE(bench.platform.sent(kDelivery).size(), 3);
    QCOMPARE(bench.platform.sent(kOffer).size(), 1);
    bench.audit();
}

void TestIssueFlow::scanningTheCodeCuresAFailedDelivery()
{
    IssueBench bench;
    bench.platform.always(kDelivery, FakePlatform::json(404, R"({"message":"unknown recipient"})"));
    bench.start();
    QCOMPARE(bench.progress().delivery, StageState::Failed);
    QCOMPARE(bench.progress().acceptance, StageState::Working); // the code is on screen all the same
    bench.platform.always(kLook, FakePlatform::json(200, issuanceBody("completed")));
    bench.settle(12s);
    QCOMPARE(bench.progress().acceptance, StageState::Done);
    QVERIFY(bench.progress().ended);
    QCOMPARE(bench.progress().failure, std::nullopt);
    bench.audit();
}

void TestIssueFlow::qrOnly()
{
    IssueDraft draft = sampleDraft();
    draft.deliverToWallet = false;
    IssueBench bench(draft);
    bench.start();
    QCOMPARE(bench.progress().account, StageState::Done);
    QCOMPARE(bench.progress().delivery, StageState::Skipped);
    QCOMPARE(bench.progress().acceptance, StageState::Working);
    QCOMPARE(bench.platform.sent(kDelivery).size(), 0);
    bench.audit();
}

void TestIssueFlow::ownIdNeedsNoAccount()
{
    IssueDraft draft = sampleDraft();
    draft.person.email.clear();
    draft.person.externalIdentifier = u"LMS-20417"_s;
    IssueBench bench(draft);
    bench.start();
    QCOMPARE(bench.progress().account, StageState::Skipped);
    QCOMPARE(bench.progress().delivery, StageState::Done);
    QVERIFY(bench.platform.sent(kDelivery).constFirst().body.contains("externalIdentifier"));
    QCOMPARE(bench.journal.story().mid(0, 2), QStringList({ u"prepared#1"_s, u"sent#1"_s }));
    bench.audit();
}

void TestIssueFlow::nobodyKnownByNameScansTheCode()
{
    IssueDraft draft = sampleDraft();
    draft.person = {};
    draft.deliverToWallet = false;
    IssueBench bench(draft);
    bench.start();
    QCOMPARE(bench.progress().offer, StageState::Done);
    QCOMPARE(bench.platform.sent(kAccount).size(), 0);
    bench.audit();
}

void TestIssueFlow::endings_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<int>("acceptance");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("state");
    const auto row = [](const char *word, StageState acceptance, IssuanceStatus status, const char16_t *state) {
        QTest::newRow(word) << QByteArray(word) << static_cast<int>(acceptance) << static_cast<int>(status) << QString::fromUtf16(state);
    };
    row("completed", StageState::Done, IssuanceStatus::Completed, u"accepted");
    row("failed", StageState::Failed, IssuanceStatus::Failed, u"failed");
    row("expired", StageState::Failed, IssuanceStatus::Expired, u"expired");
    row("revoked", StageState::Failed, IssuanceStatus::Revoked, u"revoked");
    row("partiallyIssued", StageState::Done, IssuanceStatus::PartiallyIssued, u"accepted");
}

void TestIssueFlow::endings()
{
    QFETCH(QByteArray, word);
    IssueBench bench;
    bench.start();
    bench.platform.always(kLook, FakePlatform::json(200, issuanceBody(word)));
    bench.settle(10min);
    QTEST(static_cast<int>(bench.progress().acceptance), "acceptance");
    QTEST(static_cast<int>(bench.progress().status), "status");
    QCOMPARE(bench.progress().rawStatus.toLatin1(), word);
    QVERIFY(bench.progress().ended);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.progress().failure.has_value(), word == "failed");
    QTEST(journalStateKey(bench.journal.steps().last().state), "state");
    bench.audit();
}

void TestIssueFlow::partlyIssuedIsLookedAtAgain()
{
    IssueBench bench;
    bench.start();
    bench.platform.next(kLook, FakePlatform::json(200, issuanceBody("partiallyIssued")));
    bench.platform.always(kLook, FakePlatform::json(200, issuanceBody("completed")));
    bench.settle(1min);
    QCOMPARE(bench.progress().status, IssuanceStatus::Completed);
    bench.audit();
}

void TestIssueFlow::unknownWordsKeepWaiting()
{
    IssueBench bench;
    bench.start();
    bench.platform.always(kLook, FakePlatform::json(200, issuanceBody("simmering")));
    bench.settle(30min);
    QCOMPARE(bench.progress().acceptance, StageState::Working);
    QCOMPARE(bench.progress().rawStatus, u"simmering"_s);
    QVERIFY(!bench.progress().ended);
    bench.audit();
}

void TestIssueFlow::noConnectionIsToldAndCured()
{
    IssueBench bench;
    bench.start();
    bench.platform.always(kLook, notSent());
    bench.settle(12s); // one failed look
    QVERIFY(!bench.progress().noConnection);
    bench.settle(40s); // 20 s are over at the fourth at the latest, whatever the jitter
    QVERIFY(bench.progress().noConnection);
    QCOMPARE(bench.progress().failure->kind, FailureKind::ConnectionRefused);
    QCOMPARE(bench.progress().acceptance, StageState::Working);
    bench.platform.always(kLook, FakePlatform::json(200, issuanceBody("offered")));
    bench.settle(12s);
    QVERIFY(!bench.progress().noConnection);
    QCOMPARE(bench.progress().failure, std::nullopt);
    bench.audit();
}

void TestIssueFlow::intentThatCannotBeWrittenSendsNothing_data()
{
    QTest::addColumn<QByteArray>("route");
    QTest::newRow("account") << kAccount;
    QTest::newRow("offer") << kOffer;
    QTest::newRow("delivery") << kDelivery;
}

void TestIssueFlow::intentThatCannotBeWrittenSendsNothing()
{
    QFETCH(QByteArray, route);
    IssueBench bench;
    bench.journal.refuse = [&](const JournalStep &step) { return step.state == intentOf(route); };
    bench.start(5s);
    QCOMPARE(bench.platform.sent(route).size(), 0);
    QCOMPARE(bench.progress().failure->kind, FailureKind::StorageFailed);
    bench.audit();
    bench.journal.refuse = {};
    bench.goOn();
    QCOMPARE(bench.platform.sent(route).size(), 1);
    QCOMPARE(bench.progress().delivery, StageState::Done);
    bench.audit();
}

void TestIssueFlow::resultThatCannotBeWrittenIsKept_data()
{
    QTest::addColumn<JournalState>("state");
    for (const JournalState state : { JournalState::Prepared, JournalState::AccountReady, JournalState::Offered,
                                      JournalState::Delivered, JournalState::Accepted })
        QTest::newRow(qPrintable(journalStateKey(state))) << state;
}

void TestIssueFlow::resultThatCannotBeWrittenIsKept()
{
    QFETCH(JournalState, state);
    IssueBench bench;
    bench.platform.always(kLook, FakePlatform::json(200, issuanceBody("completed")));
    bench.journal.refuse = [&](const JournalStep &step) { return step.state == state; };
    bench.start(1min);
    QCOMPARE(bench.progress().failure->kind, FailureKind::StorageFailed);
    QVERIFY(bench.progress().acceptance != StageState::Done);
    bench.audit(); // nothing of it is shown
    bench.goOn(1min); // still refused
    QCOMPARE(bench.progress().failure->kind, FailureKind::StorageFailed);
    bench.journal.refuse = {};
    bench.goOn(1min);
    QCOMPARE(bench.progress().acceptance, StageState::Done);
    QCOMPARE(bench.platform.sent(kAccount).size(), 1);
    QCOMPARE(bench.platform.sent(kOffer).size(), 1); // the offer in hand was used, not a second one made
    QCOMPARE(bench.platform.sent(kDelivery).size(), 1);
    bench.audit();
}

void TestIssueFlow::goOnTwiceIsOnce()
{
    IssueBench bench;
    bench.platform.next(kOffer, lost());
    bench.start();
    bench.flow->goOn();
    bench.flow->goOn();
    bench.settle();
    bench.flow->goOn();
    bench.settle(10s);
    QCOMPARE(bench.platform.sent(kOffer).size(), 2);
    QCOMPARE(bench.progress().unusedOffers, 1);
    bench.audit();
}

void TestIssueFlow::goOnWithNothingToDo()
{
    IssueBench bench;
    bench.flow->goOn(); // before the start
    bench.settle();
    QCOMPARE(bench.journal.appends, 0);
    bench.start();
    bench.flow->start(); // a second click
    bench.goOn(5s);
    QCOMPARE(bench.platform.sent(kAccount).size(), 1);
    QCOMPARE(bench.platform.sent(kOffer).size(), 1);
    QCOMPARE(bench.platform.sent(kDelivery).size(), 1);
    bench.audit();
}

void TestIssueFlow::stopWhileTracking()
{
    IssueBench bench;
    bench.start();
    bench.flow->stop();
    QVERIFY(bench.progress().ended);
    QCOMPARE(bench.finished, 1);
    const int calls = bench.platform.apiCalls();
    bench.flow->checkNow();
    bench.goOn(1h);
    QCOMPARE(bench.platform.apiCalls(), calls);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.progress().acceptance, StageState::Working); // the offer stays as it is
    bench.audit();
}

void TestIssueFlow::stopInTheAirWritesTheResult_data()
{
    QTest::addColumn<QByteArray>("route");
    QTest::addColumn<QString>("last");
    QTest::newRow("account") << kAccount << u"accountReady"_s;
    QTest::newRow("offer") << kOffer << u"offered"_s;
    QTest::newRow("delivery") << kDelivery << u"delivered"_s;
}

void TestIssueFlow::stopInTheAirWritesTheResult()
{
    QFETCH(QByteArray, route);
    IssueBench bench;
    const auto watch = bench.platform.onRequest;
    bench.platform.onRequest = [&](const QByteArray &to, const FakeTransport::Seen &seen) {
        watch(to, seen);
        if (to == route)
            bench.line.hold(true);
    };
    bench.start();
    if (bench.line.held() == 0) // the hold began too late for this one
        QFAIL("nothing in the air");
    bench.flow->stop();
    bench.settle();
    QCOMPARE(bench.finished, 0); // the answer is waited for
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1min);
    QCOMPARE(bench.finished, 1);
    QVERIFY(bench.progress().ended);
    QTEST(journalStateKey(bench.journal.steps().last().state), "last");
    QCOMPARE(bench.platform.sent(route).size(), 1);
    bench.audit();
}

void TestIssueFlow::stopInTheAirWritesARefusalToo()
{
    IssueBench bench;
    const auto watch = bench.platform.onRequest;
    bench.platform.always(kOffer, FakePlatform::json(400, R"({"errors":[{"detail":"no"}]})"));
    bench.platform.onRequest = [&](const QByteArray &to, const FakeTransport::Seen &seen) {
        watch(to, seen);
        if (to == kOffer)
            bench.line.hold(true);
    };
    bench.start();
    QCOMPARE(bench.line.held(), 1);
    bench.flow->stop();
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1min);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.journal.story().last(), u"refused#1"_s); // and not "sent", which would be taken for a doubt
    bench.audit();
}

void TestIssueFlow::dropInsideASignalSendsNothing_data()
{
    QTest::addColumn<QByteArray>("route");
    QTest::newRow("account") << kAccount;
    QTest::newRow("offer") << kOffer;
    QTest::newRow("delivery") << kDelivery;
}

/// Whoever hears that a call is about to begin may close the session there and then.
void TestIssueFlow::dropInsideASignalSendsNothing()
{
    QFETCH(QByteArray, route);
    IssueBench bench;
    QObject::connect(bench.flow.get(), &IssueFlow::progressChanged, &bench.context, [&](const IssueProgress &progress) {
        const StageState stage = route == kAccount ? progress.account : route == kOffer ? progress.offer : progress.delivery;
        if (stage == StageState::Working && (route != kAccount || bench.journal.appends > 0))
            bench.flow->drop();
    });
    if (route == kAccount) { // its "working" is shown from the start, so it is heard a second time only when repeated
        bench.platform.always(kAccount, notSent());
        bench.start();
        bench.platform.always(kAccount, newAccount());
        const qsizetype sent = bench.platform.sent(kAccount).size();
        bench.goOn(1min);
        QCOMPARE(bench.platform.sent(kAccount).size(), sent);
    } else {
        bench.start(1min);
        QCOMPARE(bench.platform.sent(route).size(), 0);
    }
    QCOMPARE(bench.finished, 0);
    bench.audit();
}

void TestIssueFlow::dropIsSilent()
{
    IssueBench bench;
    bench.line.hold(true);
    bench.flow->start();
    bench.settle();
    bench.line.release(); // the token
    bench.settle();
    QCOMPARE(bench.platform.sent(kAccount).size(), 1);
    const qsizetype shown = bench.shown.size();
    bench.flow->drop();
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1h);
    QCOMPARE(bench.shown.size(), shown);
    QCOMPARE(bench.finished, 0);
    QCOMPARE(bench.line.aborts(), 1);
    QCOMPARE(bench.journal.story().last(), u"accountIntent#1"_s); // found in doubt at the next start
    QCOMPARE(bench.clock.activeAlarms() <= 1, true);              // only the token's own
}

void TestIssueFlow::badDraftSendsNothing()
{
    IssueDraft draft = sampleDraft();
    draft.values.clear(); // a required field
    IssueBench bench(draft);
    bench.start(1min);
    QCOMPARE(bench.progress().failure->kind, FailureKind::InvalidInput);
    QCOMPARE(bench.finished, 1);
    QCOMPARE(bench.journal.appends, 0);
    QCOMPARE(bench.line.count(), 0);
}

void TestIssueFlow::checkNowLooks()
{
    IssueBench bench;
    bench.start();
    QCOMPARE(bench.platform.sent(kLook).size(), 0);
    bench.flow->checkNow();
    bench.settle();
    QCOMPARE(bench.platform.sent(kLook).size(), 1);
    bench.audit();
}

void TestIssueFlow::noTokenIsNotSent()
{
    IssueBench bench;
    bench.platform.tokenAnswer = FakePlatform::json(401, R"({"error":"invalid_client"})");
    bench.start(1min);
    QCOMPARE(bench.progress().account, StageState::Failed);
    QCOMPARE(bench.progress().failure->kind, FailureKind::SecretRefused);
    QCOMPARE(bench.platform.apiCalls(), 0);
    QCOMPARE(bench.journal.story(), QStringList({ u"prepared#1"_s, u"notSent#1"_s }));
    bench.platform.tokenAnswer.reset();
    bench.tokens.setSecret(Secret("another-secret"));
    bench.goOn(1min);
    QCOMPARE(bench.progress().delivery, StageState::Done);
    bench.audit();
}

void TestIssueFlow::aJournalThatOpensLateIsWaitedFor()
{
    IssueBench bench;
    bench.journal.keyAway = true;
    bench.journal.reported = JournalStatus { JournalStatus::State::Opening, JournalStatus::Reason::None, {} };
    bench.start();
    QVERIFY(bench.flow->isBusy());
    QCOMPARE(bench.progress().account, StageState::Working);
    QCOMPARE(bench.journal.appends, 0);
    bench.journal.keyAway = false;
    bench.journal.reported.reset();
    Q_EMIT bench.journal.statusChanged(bench.journal.status());
    bench.settle(1s);
    QCOMPARE(bench.progress().delivery, StageState::Done);
    QVERIFY(!bench.journal.steps().constFirst().facts.value(fact::persons).toArray().isEmpty());
    Q_EMIT bench.journal.statusChanged(bench.journal.status()); // heard once
    bench.settle(1s);
    QCOMPARE(bench.platform.sent(kOffer).size(), 1);
    bench.audit();
}

void TestIssueFlow::withoutTheJournalsKeyNothingIsKept()
{
    IssueBench bench;
    bench.journal.keyAway = true;
    bench.journal.reported = JournalStatus { JournalStatus::State::ReadOnly, JournalStatus::Reason::KeyLocked, {} };
    bench.start();
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(bench.progress().account, StageState::Failed);
        QCOMPARE(bench.progress().failure->kind, FailureKind::SecretLocked);
        QCOMPARE(bench.journal.appends, 0);
        QVERIFY(!bench.flow->isBusy());
        bench.goOn();
    }
    bench.journal.keyAway = false;
    bench.journal.reported.reset();
    bench.goOn();
    QCOMPARE(bench.progress().delivery, StageState::Done);
    QVERIFY(!bench.journal.steps().constFirst().facts.value(fact::persons).toArray().isEmpty());
    bench.audit();
}

QTEST_GUILESS_MAIN(TestIssueFlow)
#include "tst_issueflow.moc"
