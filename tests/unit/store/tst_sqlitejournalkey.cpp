// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/auditchain.h"
#include "tests/unit/store/filehelp.h"
#include "tests/unit/store/sqlitebench.h"

#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// The sealing key: at hand, missing, wrong, for one session, and new.
class TestSqliteJournalKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutTheKeyThereIsReadingOnly_data();
    void withoutTheKeyThereIsReadingOnly();
    void theKeyMayComeLater();
    void withoutAKeychainForThisSession();
    void aNewKeyOnTheOperatorsWord();
    void nothingIsMadeForAFileThatCannotBeWritten();
    void aKeyIsNamedWithTheFirstLine();
};

namespace {

using State = JournalStatus::State;
using Reason = JournalStatus::Reason;

const Person kThandi { u"thandi@example.org"_s, {}, {}, u"Thandi"_s, u"Dlamini"_s };

/// One piece of work for Thandi, with a first password, by a journal that is then closed.
std::optional<IntentId> oneWork(SqliteBench &bench)
{
    Story story(bench.clock);
    JournalStep ready = story.step(JournalState::AccountReady);
    ready.firstPassword = std::make_shared<const Secret>(QByteArray("first"));
    if (!bench.start() || !bench.appendAll({ story.begin(kThandi, { u"key"_s }), story.step(JournalState::AccountIntent), ready }))
        return {};
    bench.journal.reset();
    return story.intent();
}

} // namespace

void TestSqliteJournalKey::withoutTheKeyThereIsReadingOnly_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : { "missing", "locked", "unavailable", "wedged", "wrong", "garbage" })
        QTest::newRow(how) << QString::fromLatin1(how);
}

void TestSqliteJournalKey::withoutTheKeyThereIsReadingOnly()
{
    QFETCH(QString, how);
    SqliteBench bench;
    const std::optional<IntentId> intent = oneWork(bench);
    QVERIFY(intent);
    const ProfileId entry = bench.keychain.calls().last().profile;
    if (how == u"missing"_s)
        bench.keychain.failAll(FailureKind::SecretMissing);
    else if (how == u"locked"_s)
        bench.keychain.failAll(FailureKind::SecretLocked);
    else if (how == u"unavailable"_s)
        bench.keychain.failAll(FailureKind::KeychainUnavailable);
    else if (how == u"wedged"_s)
        bench.keychain.failAll(FailureKind::KeychainWedged);
    else if (how == u"wrong"_s)
        bench.keychain.put(entry, QByteArray(Sealer::newKey().view().data(), 32).toBase64());
    else
        bench.keychain.put(entry, "not a key");
    const std::optional<QByteArray> held = bench.keychain.held(entry);

    bench.make();
    bench.append(Story(bench.clock).begin()); // waits, and is refused when it is known that there is no key
    bench.journal->open();
    QVERIFY(bench.comesTo(State::ReadOnly, Reason::KeyLocked));
    QTRY_COMPARE(bench.answers, QStringList { u"SecretLocked"_s });
    QCOMPARE(bench.journal->fingerprint("x"), QString());
    const QList<WorkRecord> records = bench.records();
    QCOMPARE(records.size(), 1);
    QCOMPARE(records.first().state, JournalState::AccountReady);
    QCOMPARE(records.first().person, Person());
    QVERIFY(!records.first().personReadable);
    const Outcome<WorkDetails> details = bench.details(*intent);
    QVERIFY(details.ok());
    QCOMPARE(details->story.size(), 3);
    QVERIFY(!details->story.first().sealedReadable);
    QVERIFY(details->story.at(1).sealedReadable); // nothing was sealed there
    QVERIFY(details->sealed.isEmpty());
    QVERIFY(details->hasFirstPassword);
    QCOMPARE(bench.firstPassword(*intent).failure().kind, FailureKind::SecretLocked);
    QVERIFY(!bench.forget({ u"key"_s }).ok());
    bench.journal->dropFirstPassword(*intent);
    const Outcome<ChainReport> report = bench.verify();
    QVERIFY(report.ok());
    QVERIFY(!report->brokenAt && report->headMatches && !report->headChecked);
    QCOMPARE(bench.keychain.held(entry), held);
    QCOMPARE(bench.keychain.count(FakeSecretStore::Operation::Write), 1); // of the first run

    // With the key all is there again.
    bench.keychain.failAll({});
    if (how == u"wrong"_s || how == u"garbage"_s)
        return;
    QVERIFY(bench.start());
    QCOMPARE(bench.records().first().person, kThandi);
    QVERIFY(bench.firstPassword(*intent).ok());
}

void TestSqliteJournalKey::theKeyMayComeLater()
{
    SqliteBench bench;
    QVERIFY(oneWork(bench));
    bench.keychain.failAll(FailureKind::SecretLocked);
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::ReadOnly, Reason::KeyLocked));
    QVERIFY(!bench.records().first().personReadable);
    QSignalSpy changed(bench.journal.get(), &Journal::recordChanged);
    bench.journal->open();
    QTRY_COMPARE(bench.keychain.count(FakeSecretStore::Operation::Read), 2);
    bench.keychain.failAll({});
    QTRY_VERIFY((bench.journal->open(), bench.journal->status().state == State::Ready));
    QTRY_COMPARE(changed.size(), 1); // who has read it without a name is told the name
    QCOMPARE(changed.first().first().value<WorkRecord>().person, kThandi);
    QVERIFY(bench.appendAll({ Story(bench.clock).begin() }));
}

void TestSqliteJournalKey::withoutAKeychainForThisSession()
{
    SqliteBench bench;
    bench.keychain.failAll(FailureKind::KeychainUnavailable);
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::Ready, Reason::KeyForSessionOnly));
    QVERIFY(bench.journal->status().takesLines());
    Story story(bench.clock);
    QVERIFY(bench.appendAll({ story.begin(kThandi) }));
    QCOMPARE(bench.records().first().person, kThandi);

    // The next session has another key: the name is gone, the work is not.
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::Ready, Reason::KeyForSessionOnly));
    QCOMPARE(bench.records().size(), 1);
    QVERIFY(!bench.records().first().personReadable);
    QVERIFY(bench.appendAll({ story.step(JournalState::NotSent) }));

    // And now there is a keychain: its key is used and named, and what came before it is left as it is.
    bench.keychain.failAll({});
    QVERIFY(bench.start());
    QVERIFY(bench.appendAll({ story.step(JournalState::Sent) }));
    QVERIFY(bench.start());
    QCOMPARE(bench.keychain.count(FakeSecretStore::Operation::Read), 1); // the key that was kept is asked for by its name
    const Outcome<ChainReport> report = bench.verify();
    QVERIFY(report.ok() && !report->brokenAt && report->headMatches && report->headChecked);
    QCOMPARE(report->lines, 4); // three steps and the new key
}

void TestSqliteJournalKey::aNewKeyOnTheOperatorsWord()
{
    SqliteBench bench;
    const std::optional<IntentId> old = oneWork(bench);
    QVERIFY(old);
    bench.keychain.failNext(FakeSecretStore::Operation::Read, FailureKind::SecretMissing);
    bench.make();
    bench.journal->setOperator(u"Ada"_s);
    bench.journal->open();
    QVERIFY(bench.comesTo(State::ReadOnly, Reason::KeyLocked));
    const qsizetype written = bench.keychain.count(FakeSecretStore::Operation::Write);
    bench.journal->startNewKey();
    bench.journal->startNewKey(); // one is under way
    QVERIFY(bench.comesTo(State::Ready));
    QCOMPARE(bench.keychain.count(FakeSecretStore::Operation::Write), written + 1);
    Story story(bench.clock);
    QVERIFY(bench.appendAll({ story.begin(kThandi) }));
    QVERIFY(bench.start());
    const QList<WorkRecord> records = bench.records();
    QCOMPARE(records.size(), 2);
    for (const WorkRecord &record : records)
        QCOMPARE(record.personReadable, record.intent == story.intent());
    QCOMPARE(bench.firstPassword(*old).failure().kind, FailureKind::SecretLocked);
    const Outcome<ChainReport> report = bench.verify();
    QVERIFY(report.ok() && !report->brokenAt && report->headMatches && report->headChecked);
    QCOMPARE(report->lines, 5);
    const QDate today = bench.clock.nowUtc().date();
    const auto trail
        = bench.wait<QByteArray>([&](QObject *o, auto then) { bench.journal->exportMonth(today.year(), today.month(), o, then); });
    QVERIFY(trail.ok());
    QCOMPARE(trail->count("\"what\":\"newKey\""), 1);
    QVERIFY(trail->contains("\"operator\":\"Ada\""));
}

void TestSqliteJournalKey::nothingIsMadeForAFileThatCannotBeWritten()
{
    SqliteBench bench;
    {
        JournalFile made(bench.where(), bench.clock);
        made.open();
        QCOMPARE(made.status().state, State::Ready);
        QSqlQuery newer(made.database());
        QVERIFY(newer.exec(u"PRAGMA user_version=99"_s));
        newer.clear();
        made.close();
    }
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::ReadOnly, Reason::NewerVersion));
    bench.append(Story(bench.clock).begin());
    QTRY_COMPARE(bench.answers, QStringList { u"StorageFailed"_s });
    QVERIFY(bench.records().isEmpty());
    QVERIFY(bench.keychain.calls().isEmpty());
}

void TestSqliteJournalKey::aKeyIsNamedWithTheFirstLine()
{
    // A key comes while the clock is wrong, so that it cannot be named yet; when the clock is right again, the first line must
    // not be sealed with a key that the next start does not know.
    SqliteBench bench;
    const qint64 right = bench.clock.wallMs();
    bench.clock.jumpWall(std::chrono::milliseconds(-right));
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::ReadOnly, Reason::ClockWrong));
    bench.clock.jumpWall(std::chrono::milliseconds(right));
    bench.clock.advance(std::chrono::seconds(31));
    QVERIFY(bench.comesTo(State::Ready));
    Story story(bench.clock);
    QVERIFY(bench.appendAll({ story.begin(kThandi) }));
    QVERIFY(bench.start());
    QCOMPARE(bench.records().first().person, kThandi);
}

QTEST_GUILESS_MAIN(TestSqliteJournalKey)
#include "tst_sqlitejournalkey.moc"
