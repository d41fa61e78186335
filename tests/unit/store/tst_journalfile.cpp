// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/journalhelp.h"

#include <QtCore/QThread>
#include <QtTest/QTest>

#include <sys/stat.h>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The journal's file as it should be: private, durable, ours alone; and what stops the writing.
class TestJournalFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void isPrivateWhateverTheUmask_data();
    void isPrivateWhateverTheUmask();
    void widerModesAreTakenBack();
    void settingsReadBack();
    void tablesAreThoseAgreed();
    void oneAttemptHasOneIntent();
    void keepsWhatWasCommitted();
    void cleanEndLeavesOneFile();
    void worksOnAThreadOfItsOwn();
    void inMemoryLeavesNothing();
    void opensAgainAndAgain();
    void errorsThatEndTheWriting_data();
    void errorsThatEndTheWriting();
    void realErrorsAreKnownByTheirNumber();
    void noCommitAfterAFailure();
    void latchedStaysUnclean();
    void fullDiskAndRoomAgain();
    void fullDiskAtStart();
    void diskIsAskedOnceASecond();
    void clockOf1970AndRightAgain();
    void clockMayGoBackTwoDays();
    void fileTakenAwayWhileRunning();
    void systemTellsOfTheDisk();
};

void TestJournalFile::cleanup()
{
    ::umask(022);
    QCOMPARE(QSqlDatabase::connectionNames(), QStringList()); // every connection was let go
}

void TestJournalFile::isPrivateWhateverTheUmask_data()
{
    QTest::addColumn<uint>("mask");
    QTest::newRow("open to all") << 0u;
    QTest::newRow("usual") << 022u;
    QTest::newRow("nothing at all") << 0777u;
}

void TestJournalFile::isPrivateWhateverTheUmask()
{
    QFETCH(const uint, mask);
    JournalBench bench;
    QVERIFY(QDir().mkpath(bench.data()));
    ::umask(mask);
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(journal->status(), (JournalStatus { State::Ready, Reason::None, {} }));
    QVERIFY(!run(*journal, lineSql(1)).isValid());
    QVERIFY(QFile::exists(bench.wal()));
    QCOMPARE(modeOf(bench.data()), 0700u);
    QCOMPARE(modeOf(bench.file()), 0600u);
    QCOMPARE(modeOf(bench.wal()), 0600u);
    QVERIFY(!QFile::exists(bench.shm())); // an exclusive connection needs none
    QVERIFY(journal->backup().ok());
    QCOMPARE(modeOf(bench.backups()), 0700u);
    const QStringList copies = QDir(bench.backups()).entryList(QDir::Files);
    QCOMPARE(copies.size(), 1);
    QCOMPARE(modeOf(bench.backups() + u'/' + copies.first()), 0600u);
}

void TestJournalFile::widerModesAreTakenBack()
{
    JournalBench bench;
    QVERIFY(bench.make(1));
    QCOMPARE(::chmod(QFile::encodeName(bench.file()).constData(), 0666), 0);
    QCOMPARE(::chmod(QFile::encodeName(bench.data()).constData(), 0755), 0);
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(journal->status().state, State::Ready);
    QCOMPARE(modeOf(bench.file()), 0600u);
    QCOMPARE(modeOf(bench.data()), 0700u);
}

void TestJournalFile::settingsReadBack()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    const QList<QPair<QString, QString>> expected {
        { u"locking_mode"_s, u"exclusive"_s }, { u"journal_mode"_s, u"wal"_s }, { u"synchronous"_s, u"2"_s },
        { u"foreign_keys"_s, u"1"_s }, { u"trusted_schema"_s, u"0"_s }, { u"cell_size_check"_s, u"1"_s },
        { u"secure_delete"_s, u"1"_s }, { u"busy_timeout"_s, u"0"_s }, { u"application_id"_s, QString::number(0x596F4A31) },
        { u"user_version"_s, u"2"_s },
    };
    for (const auto &[name, value] : expected)
        QCOMPARE(qMakePair(name, ask(*journal, "PRAGMA "_L1 + name)), qMakePair(name, value));
}

void TestJournalFile::tablesAreThoseAgreed()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QSqlQuery query(journal->database());
    QVERIFY(query.exec(u"SELECT m.name, group_concat(c.name, ' ') FROM sqlite_master m, pragma_table_info(m.name) c"
                       " WHERE m.type='table' GROUP BY m.name ORDER BY m.name"_s));
    QStringList tables;
    while (query.next())
        tables += query.value(0).toString() + ": "_L1 + query.value(1).toString();
    const QStringList expected {
        u"attempt: intent step n line"_s,
        u"batch: ordinal id phase finished touched purged head plan"_s,
        u"batch_person: key batch number"_s,
        u"batch_row: batch number intent bytes"_s,
        u"issuance: id intent disposition"_s,
        u"line: number intent at text sealed_digest hash"_s,
        u"meta: key value"_s,
        u"person: key intent"_s,
        u"sealed: line kind intent key_id bytes"_s,
        u"work: intent kind origin created changed checked open state record person"_s,
    };
    QCOMPARE(tables, expected);
}

void TestJournalFile::oneAttemptHasOneIntent()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QVERIFY(!run(*journal, u"INSERT INTO attempt VALUES('a', 'sent', 1, 1)"_s).isValid());
    const QSqlError second = run(*journal, u"INSERT INTO attempt VALUES('a', 'sent', 1, 2)"_s);
    QCOMPARE(second.nativeErrorCode(), u"1555"_s); // SQLITE_CONSTRAINT_PRIMARYKEY
    QCOMPARE(journal->failed(second).kind, FailureKind::StorageFailed);
    QCOMPARE(journal->status().state, State::Ready); // a refused row says nothing against the disk
    QVERIFY(run(*journal, u"INSERT INTO sealed VALUES(99, 0, 'a', 'k', 'b')"_s).isValid()); // no such line
}

void TestJournalFile::keepsWhatWasCommitted()
{
    JournalBench bench;
    QVERIFY(bench.make(300));
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(journal->status().state, State::Ready);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"300"_s);
}

void TestJournalFile::cleanEndLeavesOneFile()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(ask(*journal, u"SELECT value FROM meta WHERE key='unclean'"_s), u"1"_s);
    QVERIFY(!run(*journal, lineSql(1)).isValid());
    journal->close();
    journal->close();
    QCOMPARE(journal->status().state, State::Closed);
    QCOMPARE(QDir(bench.data()).entryList(QDir::Files), QStringList { u"journal.sqlite"_s });
    journal->open();
    QCOMPARE(journal->status().state, State::Ready);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"1"_s);
}

void TestJournalFile::worksOnAThreadOfItsOwn()
{
    JournalBench bench;
    const auto journal = bench.journal();
    QString found;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        journal->open();
        found = ask(*journal, u"SELECT value FROM meta WHERE key='unclean'"_s);
        journal->close();
    }));
    thread->start();
    QVERIFY(thread->wait(60'000));
    QCOMPARE(found, u"1"_s);
}

void TestJournalFile::inMemoryLeavesNothing()
{
    JournalBench bench;
    JournalFile journal({ {}, {}, true }, bench.clock, bench.probe());
    journal.open();
    QCOMPARE(journal.status().state, State::Ready);
    QVERIFY(!run(journal, lineSql(1)).isValid());
    QVERIFY(!journal.checkBeforeWriting(bench.clock.nowUtc()));
    QVERIFY(!journal.isBackupDue());
    QVERIFY(!journal.backup().ok());
    QCOMPARE(ask(journal, u"PRAGMA foreign_keys"_s), u"1"_s);
    QVERIFY(!QFile::exists(bench.data()));
}

void TestJournalFile::opensAgainAndAgain()
{
    JournalBench bench;
    const auto journal = bench.journal();
    QVERIFY(!journal->database().isValid());
    for (int n = 1; n <= 5; ++n) {
        journal->open();
        journal->open(); // no harm
        QCOMPARE(journal->status().state, State::Ready);
        QVERIFY(!run(*journal, lineSql(n)).isValid());
        journal->close();
        QVERIFY(!journal->database().isValid());
    }
    journal->open();
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"5"_s);
}

void TestJournalFile::errorsThatEndTheWriting_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<Reason>("reason");
    // sqlite.org/rescode.html
    QTest::newRow("SQLITE_FULL") << u"13"_s << Reason::DiskFull;
    QTest::newRow("SQLITE_IOERR") << u"10"_s << Reason::WriteFailed;
    QTest::newRow("SQLITE_IOERR_FSYNC") << u"1034"_s << Reason::WriteFailed;
    QTest::newRow("SQLITE_IOERR_WRITE") << u"778"_s << Reason::WriteFailed;
    QTest::newRow("SQLITE_IOERR_CORRUPTFS") << u"8458"_s << Reason::Corrupt;
    QTest::newRow("SQLITE_CORRUPT") << u"11"_s << Reason::Corrupt;
    QTest::newRow("SQLITE_CORRUPT_INDEX") << u"779"_s << Reason::Corrupt;
    QTest::newRow("SQLITE_NOTADB") << u"26"_s << Reason::Corrupt;
    QTest::newRow("SQLITE_READONLY") << u"8"_s << Reason::FileReadOnly;
    QTest::newRow("SQLITE_READONLY_DBMOVED") << u"1032"_s << Reason::FileReadOnly;
    QTest::newRow("SQLITE_PERM") << u"3"_s << Reason::FileReadOnly;
    QTest::newRow("SQLITE_CANTOPEN") << u"14"_s << Reason::FileReadOnly;
    QTest::newRow("SQLITE_BUSY") << u"5"_s << Reason::WriteFailed;
    QTest::newRow("SQLITE_NOMEM") << u"7"_s << Reason::WriteFailed;
    QTest::newRow("no number") << QString() << Reason::WriteFailed;
    QTest::newRow("SQLITE_CONSTRAINT_UNIQUE") << u"2067"_s << Reason::None;
    QTest::newRow("SQLITE_ERROR") << u"1"_s << Reason::None;
    QTest::newRow("SQLITE_INTERRUPT") << u"9"_s << Reason::None;
}

void TestJournalFile::errorsThatEndTheWriting()
{
    QFETCH(const QString, code);
    QFETCH(const Reason, reason);
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    const Failure failure = journal->failed({ u"driver"_s, u"database"_s, QSqlError::StatementError, code });
    QCOMPARE(failure.kind, FailureKind::StorageFailed);
    QCOMPARE(journal->status().reason, reason);
    QCOMPARE(journal->status().state, reason == Reason::None ? State::Ready : State::ReadOnly);
    // The number decides, whatever came first; and no time heals it.
    bench.clock.advance(24h);
    QCOMPARE(journal->checkBeforeWriting({}).has_value(), reason != Reason::None);
    QCOMPARE(run(*journal, lineSql(1)).isValid(), reason != Reason::None);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), reason == Reason::None ? u"1"_s : u"0"_s); // reading goes on
    if (reason != Reason::None) {
        journal->failed({ {}, {}, QSqlError::StatementError, reason == Reason::DiskFull ? u"10"_s : u"13"_s });
        QCOMPARE(journal->status().reason, reason);
        QVERIFY(!journal->isBackupDue());
    }
}

void TestJournalFile::realErrorsAreKnownByTheirNumber()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QVERIFY(!run(*journal, u"PRAGMA max_page_count=1"_s).isValid()); // SQLite's own full disk: as many pages as there are
    QSqlError error;
    for (int n = 1; n < 1'000 && !error.isValid(); ++n)
        error = run(*journal, lineSql(n, 0, 5'000));
    QCOMPARE(error.nativeErrorCode(), u"13"_s);
    QVERIFY(journal->failed(error).technical.startsWith("SQLite 13"_L1));
    QCOMPARE(journal->status().reason, Reason::DiskFull);
}

void TestJournalFile::noCommitAfterAFailure()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QVERIFY(!run(*journal, u"BEGIN"_s).isValid());
    QVERIFY(!run(*journal, lineSql(1)).isValid());
    journal->failed({ {}, {}, QSqlError::StatementError, u"1034"_s });
    QVERIFY(run(*journal, u"COMMIT"_s).isValid());
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"0"_s);
}

void TestJournalFile::latchedStaysUnclean()
{
    JournalBench bench;
    auto journal = bench.journal();
    journal->open();
    QVERIFY(!run(*journal, lineSql(1)).isValid());
    journal->failed({ {}, {}, QSqlError::StatementError, u"1034"_s });
    journal->close();
    const QString name = u"look"_s;
    {
        QSqlDatabase look = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        look.setDatabaseName(bench.file());
        QVERIFY(look.open());
        QSqlQuery query(look);
        QVERIFY(query.exec(u"SELECT value FROM meta WHERE key='unclean'"_s) && query.next());
        QCOMPARE(query.value(0).toInt(), 1);
    }
    QSqlDatabase::removeDatabase(name);
    journal->open(); // the same run: a second fsync after a failed one says yes to what is lost
    QCOMPARE(journal->status().state, State::ReadOnly);
    QCOMPARE(journal->status().reason, Reason::WriteFailed);
    QVERIFY(journal->checkBeforeWriting({}).has_value());
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"1"_s);
    journal = bench.journal();
    journal->open(); // the next one: checked, found whole, and at work again
    QCOMPARE(journal->status().state, State::Ready);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"1"_s);
}

void TestJournalFile::fullDiskAndRoomAgain()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QVERIFY(!journal->checkBeforeWriting({}));
    bench.freeBytes = 20LL * 1024 * 1024 - 1;
    bench.clock.advance(1s);
    QVERIFY(journal->checkBeforeWriting({}).has_value());
    QCOMPARE(journal->status().state, State::ReadOnly);
    QCOMPARE(journal->status().reason, Reason::DiskFull);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"0"_s);
    bench.freeBytes += 1;
    bench.clock.advance(1s);
    QVERIFY(!journal->checkBeforeWriting({}));
    QCOMPARE(journal->status(), (JournalStatus { State::Ready, Reason::None, {} }));
}

void TestJournalFile::fullDiskAtStart()
{
    JournalBench bench;
    QVERIFY(bench.make(3));
    const QStringList before = bench.contents();
    bench.freeBytes = 0;
    auto journal = bench.journal();
    journal->open();
    QCOMPARE(journal->status().state, State::ReadOnly);
    QCOMPARE(journal->status().reason, Reason::DiskFull);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"3"_s);
    journal->close();
    QCOMPARE(bench.contents(), before);

    journal->open();
    bench.freeBytes = 1'000'000'000;
    bench.clock.advance(1s);
    QVERIFY(!journal->checkBeforeWriting({}));
    QCOMPARE(ask(*journal, u"SELECT value FROM meta WHERE key='unclean'"_s), u"1"_s); // marked when writing began
}

void TestJournalFile::diskIsAskedOnceASecond()
{
    JournalBench bench;
    int asked = 0;
    DiskProbe probe = bench.probe();
    probe.freeBytes = [&asked](const QString &) -> std::optional<qint64> {
        ++asked;
        return 1'000'000'000;
    };
    JournalFile journal(bench.where(), bench.clock, probe);
    journal.open();
    asked = 0;
    for (int i = 0; i < 1'000; ++i)
        QVERIFY(!journal.checkBeforeWriting({}));
    QCOMPARE(asked, 0); // opening has just asked
    for (int i = 0; i < 100; ++i) {
        bench.clock.advance(100ms);
        QVERIFY(!journal.checkBeforeWriting({}));
    }
    QCOMPARE(asked, 10);
}

void TestJournalFile::clockOf1970AndRightAgain()
{
    JournalBench bench;
    QVERIFY(bench.make(3));
    const std::chrono::milliseconds since1970 { bench.clock.wallMs() };
    bench.clock.jumpWall(-since1970);
    const QStringList before = bench.contents();
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(journal->status().state, State::ReadOnly);
    QCOMPARE(journal->status().reason, Reason::ClockWrong);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"3"_s);
    QVERIFY(journal->checkBeforeWriting({}).has_value());
    QVERIFY(!journal->isBackupDue());
    journal->close();
    QCOMPARE(bench.contents(), before);

    journal->open();
    bench.clock.jumpWall(since1970);
    QVERIFY(!journal->checkBeforeWriting({}));
    QCOMPARE(journal->status().state, State::Ready);
}

void TestJournalFile::clockMayGoBackTwoDays()
{
    JournalBench bench;
    QVERIFY(bench.make(1)); // its line is of the bench's now
    const QDateTime line = QDateTime::fromMSecsSinceEpoch(1'795'000'000'000, Qt::UTC);
    auto journal = bench.journal();
    bench.clock.jumpWall(-48h);
    journal->open();
    QCOMPARE(journal->status().state, State::Ready);
    QVERIFY(!journal->checkBeforeWriting(line));
    bench.clock.jumpWall(-1ms);
    QVERIFY(journal->checkBeforeWriting(line).has_value());
    QCOMPARE(journal->status().reason, Reason::ClockWrong);
    journal->close();
    journal->open(); // knows its latest line by itself
    QCOMPARE(journal->status().reason, Reason::ClockWrong);
    bench.clock.jumpWall(1ms);
    QVERIFY(!journal->checkBeforeWriting(line));
}

void TestJournalFile::fileTakenAwayWhileRunning()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QVERIFY(!run(*journal, lineSql(1)).isValid());
    QVERIFY(QFile::rename(bench.file(), bench.path(u"elsewhere"_s)));
    bench.clock.advance(1s);
    QVERIFY(journal->checkBeforeWriting({}).has_value()); // lines would go where nobody finds them
    QCOMPARE(journal->status().reason, Reason::WriteFailed);
    QCOMPARE(journal->status().state, State::ReadOnly);
}

void TestJournalFile::systemTellsOfTheDisk()
{
    const DiskProbe probe = DiskProbe::system();
    QTemporaryDir folder;
    QVERIFY(probe.freeBytes(folder.path()).value_or(-1) > 0);
    QVERIFY(!probe.freeBytes(folder.filePath(u"missing"_s)));
    QVERIFY(!probe.isNetwork(u"/proc"_s));
    QVERIFY(!probe.isNetwork(folder.filePath(u"missing"_s)));
}

QTEST_GUILESS_MAIN(TestJournalFile)
#include "tst_journalfile.moc"
