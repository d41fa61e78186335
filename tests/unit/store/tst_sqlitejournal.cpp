// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/sqlitebench.h"

#include <QtCore/QCoreApplication>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// The journal's promises to those who write: order, answers, and what a restart gives back.
class TestSqliteJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commitsInOrderThroughTheEventLoop();
    void aRestartGivesTheSame();
    void waitsForTheKeyWhileOpening();
    void aDeadAskersStepIsCommitted();
    void whatWaitsAtTheEndIsWritten();
    void refusedStepsDoNotSpoilTheOthers();
    void oneNumberOneRequest();
    void anIssuanceHasOneOwner();
    void mayBeDestroyedByItsListener();
    void closedAnswersEverything();
};

namespace {

using State = JournalStatus::State;
using Reason = JournalStatus::Reason;

const Person kThandi { u"thandi@example.org"_s, {}, {}, u"Thandi"_s, u"Dlamini"_s };

} // namespace

void TestSqliteJournal::commitsInOrderThroughTheEventLoop()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QStringList news;
    connect(bench.journal.get(), &Journal::committed, this,
            [&](const JournalStep &step) { news << u"committed "_s + journalStateKey(step.state); });
    connect(bench.journal.get(), &Journal::recordChanged, this,
            [&](const WorkRecord &record) { news << u"record "_s + journalStateKey(record.state); });
    Story story(bench.clock);
    const QList<JournalStep> steps { story.begin(kThandi), story.step(JournalState::AccountIntent),
                                     story.step(JournalState::AccountReady) };
    for (const JournalStep &step : steps) {
        bench.journal->append(step, this, [&](const Outcome<Done> &outcome) { news << answerWord(outcome); });
    }
    QVERIFY(news.isEmpty());
    QTRY_COMPARE(news,
                 QStringList({ u"done"_s, u"committed prepared"_s, u"record prepared"_s, u"done"_s, u"committed accountIntent"_s,
                               u"record accountIntent"_s, u"done"_s, u"committed accountReady"_s, u"record accountReady"_s }));
}

void TestSqliteJournal::aRestartGivesTheSame()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    bench.journal->setOperator(u"Ada"_s);
    QHash<IntentId, WorkRecord> told;
    connect(bench.journal.get(), &Journal::recordChanged, this,
            [&](const WorkRecord &record) { told.insert(record.intent, record); });
    Story story(bench.clock);
    JournalStep ready = story.step(JournalState::AccountReady, {}, { { fact::username, u"thandi.d"_s } });
    ready.firstPassword = std::make_shared<const Secret>(secretOf("first-Pass-1"));
    ready.attempt = 2;
    const QString offer = u"openid-credential-offer://?x=1"_s;
    QVERIFY(bench.appendAll({ story.begin(kThandi, { u"aa11"_s, u"bb22"_s }), story.step(JournalState::AccountIntent), ready,
                              story.step(JournalState::Sent),
                              story.step(JournalState::Offered, { { fact::issuanceId, u"iss-1"_s }, { fact::revocable, true } },
                                         { { fact::offerUri, offer } }) }));
    const Outcome<WorkDetails> before = bench.details(story.intent());
    QVERIFY(before.ok());

    QVERIFY(bench.start());
    const Outcome<WorkDetails> after = bench.details(story.intent());
    QVERIFY(after.ok());
    QCOMPARE(after->record, told.value(story.intent()));
    QCOMPARE(after->record.person, kThandi);
    QCOMPARE(after->record.operatorName, u"Ada"_s);
    QCOMPARE(after->record, before->record);
    QCOMPARE(after->sealed, before->sealed);
    QCOMPARE(after->sealed.value(fact::offerUri).toString(), offer);
    QVERIFY(after->hasFirstPassword);
    QCOMPARE(after->story.size(), 5);
    for (qsizetype at = 0; at < 5; ++at) {
        QCOMPARE(after->story.at(at).number, at + 1);
        QCOMPARE(after->story.at(at).step, before->story.at(at).step);
        QCOMPARE(after->story.at(at).hash, before->story.at(at).hash);
    }
    QCOMPARE(bench.records(), QList<WorkRecord> { after->record });
    QCOMPARE(bench.open(u"origin"_s), QList<WorkRecord> { after->record });
    QCOMPARE(bench.open(u"another"_s), QList<WorkRecord>());
    const Outcome<Secret> password = bench.firstPassword(story.intent());
    QVERIFY(password.ok());
    QVERIFY(password->equals(secretOf("first-Pass-1")));
    const auto owners = bench.wait<QHash<IssuanceId, IntentId>>([&](QObject *o, auto then) {
        bench.journal->ownerOf({ { u"iss-1"_s }, { u"iss-2"_s } }, o, then);
    });
    QVERIFY(owners.ok());
    QCOMPARE(*owners, (QHash<IssuanceId, IntentId> { { { u"iss-1"_s }, story.intent() } }));
    // And it goes on where it was.
    QVERIFY(bench.appendAll({ story.step(JournalState::DeliveryIntent) }));
    const Outcome<ChainReport> report = bench.verify();
    QVERIFY(report.ok());
    QCOMPARE(report->lines, 6);
    QVERIFY(!report->brokenAt && report->headMatches && report->headChecked);
}

void TestSqliteJournal::waitsForTheKeyWhileOpening()
{
    SqliteBench bench;
    bench.make();
    Story story(bench.clock);
    bench.append(story.begin(kThandi));
    bench.keychain.hold();
    bench.journal->open();
    QTRY_COMPARE(bench.keychain.heldBack(), 1);
    QCOMPARE(bench.journal->status().state, State::Opening);
    QCOMPARE(bench.journal->fingerprint("x"), QString());
    QVERIFY(bench.answers.isEmpty());
    bench.keychain.release();
    QTRY_COMPARE(bench.answers, QStringList { u"done"_s });
    QCOMPARE(bench.journal->status().state, State::Ready);
    QCOMPARE(bench.journal->fingerprint("x").size(), 64);
}

void TestSqliteJournal::aDeadAskersStepIsCommitted()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story story(bench.clock);
    bool told = false;
    {
        QObject asker;
        bench.journal->append(story.begin(), &asker, [&](const Outcome<Done> &) { told = true; });
    }
    QVERIFY(bench.appendAll({ story.step(JournalState::NotSent) }));
    QVERIFY(!told);
}

void TestSqliteJournal::whatWaitsAtTheEndIsWritten()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QList<IntentId> intents;
    for (int n = 0; n < 100; ++n) {
        Story story(bench.clock);
        bench.append(story.begin());
        intents << story.intent();
    }
    bench.journal.reset(); // the event loop never ran between
    QVERIFY(bench.answers.isEmpty());
    QVERIFY(bench.start());
    QCOMPARE(bench.records().size(), 100);
}

void TestSqliteJournal::refusedStepsDoNotSpoilTheOthers()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QSignalSpy committed(bench.journal.get(), &Journal::committed);
    Story story(bench.clock);
    JournalStep elsewhere = story.step(JournalState::NotSent);
    elsewhere.origin = u"elsewhere"_s;
    const QList<JournalStep> steps { JournalStep(), story.begin(), story.step(JournalState::Accepted), elsewhere,
                                     story.step(JournalState::NotSent) };
    QVERIFY(!bench.appendAll(steps));
    QCOMPARE(bench.answers, QStringList({ u"Internal"_s, u"done"_s, u"Internal"_s, u"Internal"_s, u"done"_s }));
    QTRY_COMPARE(committed.size(), 2);
    const Outcome<WorkDetails> details = bench.details(story.intent());
    QVERIFY(details.ok());
    QCOMPARE(details->story.size(), 2);
    QCOMPARE(details->story.at(0).number, 1);
    QCOMPARE(details->story.at(1).number, 2);
}

void TestSqliteJournal::oneNumberOneRequest()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story story(bench.clock);
    QVERIFY(bench.appendAll({ story.begin(), story.step(JournalState::Sent), story.step(JournalState::NotSent) }));
    JournalStep again = story.step(JournalState::Sent);
    QVERIFY(!bench.appendAll({ again }));
    QCOMPARE(bench.answers, QStringList { u"Internal"_s });
    QVERIFY(bench.start());
    QVERIFY(!bench.appendAll({ again })); // and after a restart
    again.attempt = 2;
    QVERIFY(bench.appendAll({ again }));
}

void TestSqliteJournal::anIssuanceHasOneOwner()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    const QJsonObject facts { { fact::issuanceId, u"iss-1"_s } };
    Story one(bench.clock);
    Story two(bench.clock);
    QVERIFY(bench.appendAll({ one.begin(), one.step(JournalState::Sent), one.step(JournalState::Offered, facts),
                              one.step(JournalState::DeliveryIntent, facts), two.begin(), two.step(JournalState::Sent) }));
    QVERIFY(!bench.appendAll({ two.step(JournalState::Offered, facts) }));
    QCOMPARE(bench.answers, QStringList { u"Internal"_s });
}

void TestSqliteJournal::mayBeDestroyedByItsListener()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story story(bench.clock);
    bench.journal->append(story.begin(), this, [&](const Outcome<Done> &) { bench.journal.reset(); });
    bench.append(story.step(JournalState::NotSent));
    QTRY_VERIFY(!bench.journal);
    QVERIFY(bench.answers.isEmpty());
}

void TestSqliteJournal::closedAnswersEverything()
{
    SqliteBench bench;
    // A folder where the file should be: not opened at all.
    QVERIFY(QDir().mkpath(bench.file()));
    bench.make();
    Story story(bench.clock);
    bench.append(story.begin());
    bench.journal->open();
    QTRY_COMPARE(bench.answers, QStringList { u"StorageFailed"_s });
    QCOMPARE(bench.journal->status().state, State::Closed);
    QCOMPARE(bench.details(story.intent()).failure().kind, FailureKind::StorageFailed);
    QCOMPARE(bench.firstPassword(story.intent()).failure().kind, FailureKind::StorageFailed);
    QCOMPARE(bench.forget({ u"aa"_s }).failure().kind, FailureKind::StorageFailed);
    QCOMPARE(bench.verify().failure().kind, FailureKind::StorageFailed);
    QVERIFY(bench.records().isEmpty());
    const auto exported
        = bench.wait<QByteArray>([&](QObject *o, auto then) { bench.journal->exportMonth(2026, 11, o, then); });
    QCOMPARE(exported.failure().kind, FailureKind::StorageFailed);
    const auto copied = bench.wait<Done>([&](QObject *o, auto then) { bench.journal->backup(o, then); });
    QCOMPARE(copied.failure().kind, FailureKind::StorageFailed);
}

QTEST_GUILESS_MAIN(TestSqliteJournal)
#include "tst_sqlitejournal.moc"
