// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/session.h"
#include "tests/unit/flow/issuebench.h"
#include "tests/unit/flow/rememberingservice.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// A session that has issued, and somebody who is about to issue once more.
struct Bench : ApiBench {
    Bench()
    {
        open();
    }
    void open()
    {
        session.reset();
        session = std::make_unique<Session>(profile, line, clock, journal);
        session->setSecret(Secret("s3cr+t&value"));
    }
    static IssueDraft draftFor(const QString &email)
    {
        IssueDraft draft = sampleDraft();
        draft.intent = IntentId::create();
        draft.person.email = email;
        return draft;
    }
    IntentId issue(const IssueDraft &draft)
    {
        session->startIssue(draft);
        settle(3s);
        return draft.intent;
    }
    void ask(const IssueDraft &draft)
    {
        answers = 0;
        session->issuedBefore(draft, &context, [this](const QList<WorkRecord> &records) {
            ++answers;
            found.clear();
            for (const WorkRecord &record : records)
                found << record.intent;
        });
    }
    [[nodiscard]] QString stateOf(const IntentId &intent)
    {
        QString state;
        journal.readDetails(intent, &context, [&](const Outcome<WorkDetails> &details) {
            if (details.ok())
                state = journalStateKey(details->record.state);
        });
        settle();
        return state;
    }

    RememberingService service { platform };
    ScriptedJournal journal;
    std::unique_ptr<Session> session;
    QList<IntentId> found;
    int answers = 0;
};

const QString kAddress = u"naledi.k@example.org"_s;

} // namespace

class TestIssuedBefore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nobodyHasAnything();
    void theSamePersonHasIt();
    void anEndedOfferDoesNotCount_data();
    void anEndedOfferDoesNotCount();
    void notLongerThanThreeSeconds();
    void threeAreAskedAtMost();
    void anotherConsolesProfileIsAnotherPlace();
    void aDeadAskerIsNotTold();
    void whoWasGivenItMeanwhileIsLeftToTheOperator();
};

void TestIssuedBefore::nobodyHasAnything()
{
    Bench bench;
    bench.issue(Bench::draftFor(u"somebody@example.org"_s));
    bench.ask(Bench::draftFor(kAddress));
    QCOMPARE(bench.answers, 0); // always through the event loop
    bench.settle();
    QCOMPARE(bench.answers, 1);
    QCOMPARE(bench.found, QList<IntentId>());
}

void TestIssuedBefore::theSamePersonHasIt()
{
    Bench bench;
    const IntentId first = bench.issue(Bench::draftFor(kAddress));
    IssueDraft again = Bench::draftFor(u" Naledi.K@EXAMPLE.org"_s);
    again.person.firstName = u"N."_s;
    bench.ask(again);
    bench.settle(1s);
    QCOMPARE(bench.answers, 1);
    QCOMPARE(bench.found, QList { first });
    again.credentialTemplate.id = { u"another-template"_s };
    bench.ask(again);
    bench.settle(1s);
    QCOMPARE(bench.found, QList<IntentId>());
    bench.service.accepted.insert("iss-1");
    bench.settle(1min);
    bench.ask(Bench::draftFor(kAddress)); // accepted by now: known without asking
    bench.settle(0ms);
    QCOMPARE(bench.found, QList { first });
}

void TestIssuedBefore::anEndedOfferDoesNotCount_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<bool>("counts");
    QTest::addColumn<QString>("state");
    QTest::newRow("offered") << QByteArray("offered") << true << u"delivered"_s;
    QTest::newRow("completed") << QByteArray("completed") << true << u"accepted"_s;
    QTest::newRow("expired") << QByteArray("expired") << false << u"expired"_s;
    QTest::newRow("failed") << QByteArray("failed") << false << u"failed"_s;
    QTest::newRow("revoked") << QByteArray("revoked") << false << u"revoked"_s;
}

void TestIssuedBefore::anEndedOfferDoesNotCount()
{
    QFETCH(QByteArray, word);
    QFETCH(bool, counts);
    QFETCH(QString, state);
    for (const bool live : { false, true }) {
        Bench bench;
        const IntentId first = bench.issue(Bench::draftFor(kAddress));
        if (!live)
            bench.open();
        bench.platform.always(kLook, FakePlatform::json(200, issuanceBody(word)));
        bench.ask(Bench::draftFor(kAddress));
        bench.settle();
        QCOMPARE(bench.answers, 1);
        QCOMPARE(bench.found, counts ? QList { first } : QList<IntentId>());
        QCOMPARE(bench.stateOf(first), live ? u"delivered"_s : state); // and it is written down, by whoever has the work
        if (live)
            bench.settle(1min);
        QCOMPARE(bench.stateOf(first), state);
    }
}

void TestIssuedBefore::notLongerThanThreeSeconds()
{
    Bench bench;
    const IntentId first = bench.issue(Bench::draftFor(kAddress));
    bench.line.hold(true);
    bench.ask(Bench::draftFor(kAddress));
    bench.settle(2900ms);
    QCOMPARE(bench.answers, 0);
    bench.settle(200ms);
    QCOMPARE(bench.answers, 1);
    QCOMPARE(bench.found, QList { first }); // nothing says that it has ended
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1min);
    QCOMPARE(bench.answers, 1);
}

void TestIssuedBefore::threeAreAskedAtMost()
{
    Bench bench;
    QList<IntentId> all;
    for (int i = 0; i < 5; ++i)
        all.prepend(bench.issue(Bench::draftFor(kAddress)));
    const int before = bench.platform.apiCalls();
    bench.line.hold(true);
    bench.ask(Bench::draftFor(kAddress));
    bench.settle();
    QCOMPARE(bench.platform.apiCalls() - before, 3); // all at once
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle();
    QCOMPARE(bench.answers, 1);
    QCOMPARE(bench.found, all); // newest first
}

void TestIssuedBefore::anotherConsolesProfileIsAnotherPlace()
{
    Bench bench;
    bench.issue(Bench::draftFor(kAddress));
    Profile other = bench.profile;
    other.clientId = u"another-client"_s;
    Session session(other, bench.line, bench.clock, bench.journal);
    session.setSecret(Secret("s3cr+t&value"));
    int answers = 0;
    session.issuedBefore(Bench::draftFor(kAddress), &bench.context, [&](const QList<WorkRecord> &found) {
        ++answers;
        QCOMPARE(found.size(), 0);
    });
    bench.settle(5s);
    QCOMPARE(answers, 1);
}

void TestIssuedBefore::aDeadAskerIsNotTold()
{
    Bench bench;
    bench.issue(Bench::draftFor(kAddress));
    int answers = 0;
    {
        QObject form;
        bench.session->issuedBefore(Bench::draftFor(kAddress), &form, [&](const QList<WorkRecord> &) { ++answers; });
    }
    bench.settle(5s);
    bench.ask(Bench::draftFor(kAddress));
    bench.session->close();
    bench.settle(5s);
    QCOMPARE(answers, 0);
    QCOMPARE(bench.answers, 0);
    bench.ask(Bench::draftFor(kAddress)); // and one that is on its way when the session goes
    bench.session.reset();
    bench.settle(5s);
    QCOMPARE(bench.answers, 0);
}

void TestIssuedBefore::whoWasGivenItMeanwhileIsLeftToTheOperator()
{
    Bench bench;
    const auto notSentFor = [&](const IssueDraft &draft) {
        bench.platform.next(kOffer, notSent());
        const IntentId intent = bench.issue(draft);
        return bench.stateOf(intent) == u"notSent"_s ? intent : IntentId();
    };
    const IntentId old = notSentFor(Bench::draftFor(kAddress));
    const IntentId other = notSentFor(Bench::draftFor(u"other@example.org"_s));
    QVERIFY(!old.isEmpty() && !other.isEmpty());
    bench.open();
    const IntentId meanwhile = bench.issue(Bench::draftFor(kAddress));
    QCOMPARE(bench.stateOf(meanwhile), u"delivered"_s);
    IssueDraft again = Bench::draftFor(kAddress); // knowing of that one
    again.reason = u"again"_s;
    const IntentId onPurpose = notSentFor(again);
    QVERIFY(!onPurpose.isEmpty());
    bench.open();
    bench.session->recover();
    bench.settle(1s);
    QCOMPARE(bench.session->recovery().unfinished.size(), 3);
    const qsizetype before = bench.line.seen().size();
    bench.session->goOnWithAll();
    bench.settle(1min);
    for (const FakeTransport::Seen &seen : bench.line.seen().mid(before))
        QVERIFY(seen.method != "POST" || seen.requestId != old.text);
    QCOMPARE(bench.stateOf(old), u"notSent"_s);
    QVERIFY(bench.session->recovery().unfinished.contains(old));
    QCOMPARE(bench.stateOf(other), u"delivered"_s);
    QCOMPARE(bench.stateOf(onPurpose), u"delivered"_s);
}

QTEST_GUILESS_MAIN(TestIssuedBefore)
#include "tst_issuedbefore.moc"
