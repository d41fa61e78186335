// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalschema.h"
#include "tests/unit/store/journalhelp.h"

#include <QtTest/QTest>

#include <sys/stat.h>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QStringList copiesOf(const JournalBench &bench)
{
    return QDir(bench.backups()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

/// A file of ours from before version 1: the mark is there, the tables are not.
bool makeVersion0(const JournalBench &bench)
{
    if (!QDir().mkpath(bench.data()))
        return false;
    const SqlConnection old(bench.file());
    for (const QString &sql : { u"PRAGMA application_id=%1"_s.arg(kJournalApplicationId), u"CREATE TABLE note(x)"_s,
                                u"INSERT INTO note VALUES('kept')"_s }) {
        if (old.run(sql).isValid())
            return false;
    }
    return true;
}

QString askFile(const QString &file, const QString &sql)
{
    return openImmutable(file)->ask(sql).value.toString();
}

} // namespace

/// Copies for safety and changes of the tables.
class TestJournalBackup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void eightDaysSevenKept();
    void oncePerDay();
    void copyIsWholeAndCanBeOpened();
    void copyHasWhatIsOnlyInTheLog();
    void severalInOneSecond();
    void wrongClockDoesNotPushOut();
    void strangersInTheFolderStay();
    void leftoverOfACutOffRun();
    void noRoomForACopy();
    void folderThatCannotBeUsed_data();
    void folderThatCannotBeUsed();
    void pathWithAQuote();
    void backupBeforeMigration();
    void noBackupNoMigration();
    void failingMigrationChangesNothing();
    void oneMigrationAtATime();
    void newFileNeedsNoBackup();
};

void TestJournalBackup::cleanup()
{
    QCOMPARE(QSqlDatabase::connectionNames(), QStringList());
}

void TestJournalBackup::eightDaysSevenKept()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QStringList made;
    for (int day = 1; day <= 8; ++day) {
        QVERIFY(!journal->checkBeforeWriting({}));
        QVERIFY(!run(*journal, lineSql(day)).isValid());
        QVERIFY(journal->isBackupDue());
        QVERIFY(journal->backup().ok());
        QVERIFY(!journal->isBackupDue());
        const QStringList copies = copiesOf(bench);
        QCOMPARE(copies.size(), qMin(day, 7));
        made += copies.constLast();
        QCOMPARE(askFile(bench.backups() + u'/' + made.constLast(), u"SELECT count(*) FROM line"_s), QString::number(day));
        bench.clock.advance(24h);
    }
    QCOMPARE(copiesOf(bench), made.mid(1)); // the first one went
}

void TestJournalBackup::oncePerDay()
{
    JournalBench bench;
    bench.clock.jumpWall(std::chrono::milliseconds(bench.clock.nowUtc().msecsTo(
        QDateTime(QDate(2026, 11, 24), QTime(23, 59, 59), Qt::UTC))));
    auto journal = bench.journal();
    QVERIFY(!journal->isBackupDue()); // not open
    journal->open();
    QVERIFY(journal->isBackupDue());
    QVERIFY(journal->backup().ok());
    QCOMPARE(copiesOf(bench), QStringList { u"journal-20261124T235959Z.sqlite"_s });
    journal = bench.journal();
    journal->open();
    QVERIFY(!journal->isBackupDue()); // the name tells, also after a new start
    bench.clock.advance(1s);
    QVERIFY(journal->isBackupDue());
}

void TestJournalBackup::copyIsWholeAndCanBeOpened()
{
    JournalBench bench;
    QVERIFY(bench.make(300));
    const auto journal = bench.journal();
    journal->open();
    QVERIFY(journal->backup().ok());
    journal->close();
    const QString copy = bench.backups() + u'/' + copiesOf(bench).constFirst();
    QCOMPARE(modeOf(copy), 0600u);
    QCOMPARE(askFile(copy, u"PRAGMA quick_check"_s), u"ok"_s);

    // Put back by hand, it works.
    QVERIFY(QFile::remove(bench.file()) && QFile::copy(copy, bench.file()));
    journal->open();
    QCOMPARE(journal->status().state, State::Ready);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"300"_s);
    QCOMPARE(ask(*journal, u"PRAGMA journal_mode"_s), u"wal"_s);
}

void TestJournalBackup::copyHasWhatIsOnlyInTheLog()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QVERIFY(!run(*journal, lineSql(1)).isValid());
    QVERIFY(QFileInfo(bench.wal()).size() > 0);
    QVERIFY(journal->backup().ok());
    QCOMPARE(askFile(bench.backups() + u'/' + copiesOf(bench).constFirst(), u"SELECT count(*) FROM line"_s), u"1"_s);
    QVERIFY(!run(*journal, lineSql(2)).isValid()); // and the journal goes on
}

void TestJournalBackup::severalInOneSecond()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    for (int n = 1; n <= 9; ++n) {
        QVERIFY(!run(*journal, lineSql(n)).isValid());
        QVERIFY(journal->backup().ok());
    }
    const QStringList copies = copiesOf(bench);
    QCOMPARE(copies.size(), 7);
    QCOMPARE(askFile(bench.backups() + u'/' + copies.constLast(), u"SELECT count(*) FROM line"_s), u"9"_s);
    QCOMPARE(askFile(bench.backups() + u'/' + copies.constFirst(), u"SELECT count(*) FROM line"_s), u"3"_s);
}

void TestJournalBackup::wrongClockDoesNotPushOut()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    bench.clock.jumpWall(24h * 3650);
    for (int day = 0; day < 7; ++day) {
        QVERIFY(journal->backup().ok());
        bench.clock.jumpWall(24h);
    }
    bench.clock.jumpWall(-(24h * 3657));
    QVERIFY(journal->isBackupDue()); // ten years of no backups would be the other way
    for (int day = 0; day < 7; ++day) {
        QVERIFY(journal->backup().ok());
        QVERIFY(!journal->isBackupDue());
        bench.clock.jumpWall(24h);
    }
    const QStringList copies = copiesOf(bench);
    QCOMPARE(copies.size(), 7);
    QVERIFY(copies.constLast().startsWith("journal-20261"_L1));
}

void TestJournalBackup::strangersInTheFolderStay()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QVERIFY(QDir().mkpath(bench.backups()));
    const QStringList strangers { u"journal-my own copy.sqlite"_s, u"journal.sqlite"_s, u"notes.txt"_s };
    for (const QString &name : strangers)
        QVERIFY(put(bench.backups() + u'/' + name, "x"));
    for (int day = 0; day < 9; ++day) {
        QVERIFY(journal->backup().ok());
        bench.clock.advance(24h);
    }
    const QStringList copies = copiesOf(bench);
    QCOMPARE(copies.size(), 7 + strangers.size());
    for (const QString &name : strangers)
        QVERIFY(copies.contains(name));
}

void TestJournalBackup::leftoverOfACutOffRun()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QVERIFY(QDir().mkpath(bench.backups()) && put(bench.backups() + "/unfinished.part"_L1, "half a copy"));
    QVERIFY(journal->isBackupDue()); // half a copy is none
    QVERIFY(journal->backup().ok());
    QCOMPARE(copiesOf(bench).size(), 1);
}

void TestJournalBackup::noRoomForACopy()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    bench.freeBytes = DiskGuard::kLeastFree + 1'000;
    bench.clock.advance(1s);
    QVERIFY(!journal->checkBeforeWriting({}));
    QVERIFY(!journal->backup().ok()); // it would take the room that the lines need
    QCOMPARE(copiesOf(bench), QStringList());
    QCOMPARE(journal->status().state, State::Ready);
}

void TestJournalBackup::folderThatCannotBeUsed_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("a file") << u"file"_s;
    QTest::newRow("a link") << u"link"_s;
}

void TestJournalBackup::folderThatCannotBeUsed()
{
    QFETCH(const QString, kind);
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    const QString real = bench.path(u"real"_s);
    QVERIFY(QDir().mkpath(real));
    if (kind == "file"_L1)
        QVERIFY(put(bench.backups(), "x"));
    else
        QVERIFY(QFile::link(real, bench.backups()));
    QVERIFY(!journal->backup().ok());
    QCOMPARE(journal->status().state, State::Ready); // that says nothing against the journal's own file
    QVERIFY(!run(*journal, lineSql(1)).isValid());
    QVERIFY(QDir(real).isEmpty());
}

void TestJournalBackup::pathWithAQuote()
{
    JournalBench bench;
    const QString odd = bench.path(u"o'brien \"ü\" %1;?#"_s);
    QVERIFY(QDir().mkpath(odd));
    JournalFile journal({ odd + "/journal.sqlite"_L1, odd + "/backups"_L1, false }, bench.clock, bench.probe());
    journal.open();
    QCOMPARE(journal.status().state, State::Ready);
    QVERIFY(journal.backup().ok());
    QCOMPARE(QDir(odd + "/backups"_L1).entryList(QDir::Files).size(), 1);
}

void TestJournalBackup::backupBeforeMigration()
{
    JournalBench bench;
    QVERIFY(makeVersion0(bench));
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(journal->status().state, State::Ready);
    QCOMPARE(ask(*journal, u"PRAGMA user_version"_s), QString::number(journalVersion()));
    QCOMPARE(ask(*journal, u"SELECT x FROM note"_s), u"kept"_s);
    QVERIFY(!run(*journal, lineSql(1)).isValid());
    const QStringList copies = copiesOf(bench);
    QCOMPARE(copies.size(), 1);
    const QString copy = bench.backups() + u'/' + copies.constFirst();
    QCOMPARE(modeOf(copy), 0600u);
    QCOMPARE(askFile(copy, u"PRAGMA user_version"_s), u"0"_s); // from before
    QCOMPARE(askFile(copy, u"SELECT x FROM note"_s), u"kept"_s);
    journal->close();
    journal->open();
    QCOMPARE(copiesOf(bench), copies); // nothing to change any more
}

void TestJournalBackup::noBackupNoMigration()
{
    for (const bool full : { true, false }) {
        JournalBench bench;
        QVERIFY(makeVersion0(bench));
        if (full)
            bench.freeBytes = DiskGuard::kLeastFree;
        else
            QVERIFY(put(bench.backups(), "in the way"));
        const auto journal = bench.journal();
        journal->open();
        QCOMPARE(journal->status().state, State::ReadOnly);
        QCOMPARE(journal->status().reason, full ? Reason::DiskFull : Reason::WriteFailed);
        QCOMPARE(ask(*journal, u"PRAGMA user_version"_s), u"0"_s);
        QCOMPARE(ask(*journal, u"SELECT x FROM note"_s), u"kept"_s);
        QVERIFY(journal->checkBeforeWriting({}).has_value());
        QVERIFY(run(*journal, u"INSERT INTO note VALUES(1)"_s).isValid());
    }
}

void TestJournalBackup::failingMigrationChangesNothing()
{
    JournalBench bench;
    QVERIFY(makeVersion0(bench));
    {
        // The first tables are made before this one is met.
        const SqlConnection old(bench.file());
        QVERIFY(!old.run(u"CREATE TABLE attempt(x)"_s).isValid());
    }
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(journal->status().state, State::ReadOnly);
    QCOMPARE(ask(*journal, u"PRAGMA user_version"_s), u"0"_s);
    QCOMPARE(ask(*journal, u"SELECT group_concat(name) FROM sqlite_master"_s), u"note,attempt"_s);
    QCOMPARE(copiesOf(bench).size(), 1);
}

void TestJournalBackup::oneMigrationAtATime()
{
    JournalBench bench;
    QVERIFY(makeVersion0(bench));
    const SqlConnection connection(bench.file());
    QVERIFY(!migrateJournal(connection, { 1, { u"ALTER TABLE note ADD COLUMN y"_s } }).isValid());
    QCOMPARE(connection.ask(u"PRAGMA user_version"_s).value.toInt(), 1);
    const QSqlError error = migrateJournal(connection, { 2, { u"ALTER TABLE note ADD COLUMN z"_s, u"nonsense"_s } });
    QVERIFY(error.isValid());
    QCOMPARE(connection.ask(u"PRAGMA user_version"_s).value.toInt(), 1); // the first stays, the second never was
    QCOMPARE(connection.ask(u"SELECT group_concat(name) FROM pragma_table_info('note')"_s).value.toString(), u"x,y"_s);
    QVERIFY(!connection.run(u"BEGIN"_s).isValid()); // no transaction is left open

    int before = 0;
    for (const JournalMigration &migration : journalMigrations()) {
        QVERIFY(migration.to == before + 1 && !migration.statements.isEmpty());
        before = migration.to;
    }
}

void TestJournalBackup::newFileNeedsNoBackup()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(journal->status().state, State::Ready);
    QVERIFY(!QFile::exists(bench.backups()));
}

QTEST_GUILESS_MAIN(TestJournalBackup)
#include "tst_journalbackup.moc"
