// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/journalchild.h"
#include "tests/unit/store/ownmounts.h"

#include <sys/mount.h>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A small file system of its own for the data folder.
class Disk final {
public:
    Disk(const JournalBench &bench, const char *size)
        : m_folder(QFile::encodeName(bench.data()))
    {
        m_mounted = QDir().mkpath(bench.data())
            && ::mount("tmpfs", m_folder.constData(), "tmpfs", 0, QByteArray("mode=700,size=").append(size).constData()) == 0;
    }
    ~Disk()
    {
        if (m_mounted)
            ::umount2(m_folder.constData(), MNT_DETACH);
    }
    [[nodiscard]] bool mounted() const { return m_mounted; }
    [[nodiscard]] bool makeReadOnly() const
    {
        return ::mount("tmpfs", m_folder.constData(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }

private:
    QByteArray m_folder;
    bool m_mounted = false;
};

/// Takes room until so much is left.
bool fill(const JournalBench &bench, qint64 left)
{
    QFile ballast(bench.data() + "/ballast"_L1);
    if (!ballast.open(QIODevice::WriteOnly | QIODevice::Append))
        return false;
    const DiskProbe probe = DiskProbe::system();
    while (*probe.freeBytes(bench.data()) > left) {
        const qint64 part = qMin<qint64>(*probe.freeBytes(bench.data()) - left, 1'048'576);
        if (ballast.write(QByteArray(part, 'x')) != part || !ballast.flush())
            return left == 0;
    }
    return true;
}

} // namespace

/// A journal on real disks that are full or read-only.
class TestJournalMounts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void fullAndRoomAgain();
    void fullInTheMiddleOfAWrite();
    void fullFromTheBeginning();
    void noRoomToMakeOne();
    void backupOnAFullDisk();
    void readOnlyFileSystem_data();
    void readOnlyFileSystem();
    void readOnlyWithoutAJournal();
};

void TestJournalMounts::initTestCase()
{
    if (!inOwnMounts())
        QSKIP("mounting is not permitted here");
}

void TestJournalMounts::fullAndRoomAgain()
{
    JournalBench bench;
    const Disk disk(bench, "32m");
    QVERIFY(disk.mounted());
    JournalFile journal(bench.where(), bench.clock); // with the system's own answers
    journal.open();
    QCOMPARE(wordsOf(journal.status()), u"Ready/None"_s);
    QVERIFY(fill(bench, 20LL * 1024 * 1024 - 4096));
    bench.clock.advance(1s);
    QVERIFY(journal.checkBeforeWriting({}).has_value());
    QCOMPARE(wordsOf(journal.status()), u"ReadOnly/DiskFull"_s);
    QVERIFY(QFile::remove(bench.data() + "/ballast"_L1));
    bench.clock.advance(1s);
    QVERIFY(!journal.checkBeforeWriting({}));
    QVERIFY(!run(journal, lineSql(1)).isValid());
}

void TestJournalMounts::fullInTheMiddleOfAWrite()
{
    JournalBench bench;
    const Disk disk(bench, "4m");
    QVERIFY(disk.mounted());
    auto journal = bench.journal(); // believes in plenty of room
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s);
    QVERIFY(!run(*journal, lineSql(1)).isValid());
    QVERIFY(fill(bench, 0));
    QSqlError error;
    int committed = 1;
    for (int n = 2; n < 100 && !error.isValid(); ++n) {
        error = run(*journal, lineSql(n, 0, 50'000));
        committed += error.isValid() ? 0 : 1;
    }
    QCOMPARE(error.nativeErrorCode(), u"13"_s); // SQLITE_FULL
    journal->failed(error);
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/DiskFull"_s);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), QString::number(committed));
    // Room alone does not bring it back: a write has failed.
    QVERIFY(QFile::remove(bench.data() + "/ballast"_L1));
    bench.clock.advance(1h);
    QVERIFY(journal->checkBeforeWriting({}).has_value());
    journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), QString::number(committed));
}

void TestJournalMounts::fullFromTheBeginning()
{
    JournalBench bench;
    const Disk disk(bench, "4m");
    QVERIFY(disk.mounted() && bench.make(3) && fill(bench, 0));
    const QByteArray before = contentOf(bench.file());
    {
        JournalFile journal(bench.where(), bench.clock);
        journal.open();
        QCOMPARE(wordsOf(journal.status()), u"ReadOnly/DiskFull"_s);
        QCOMPARE(ask(journal, u"SELECT count(*) FROM line"_s), u"3"_s);
        QVERIFY(journal.checkBeforeWriting({}).has_value());
        QVERIFY(!journal.backup().ok());
    }
    QCOMPARE(contentOf(bench.file()), before);
    // Also when it cannot be told beforehand.
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/DiskFull"_s);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"3"_s);
    journal->close();
    QCOMPARE(contentOf(bench.file()), before);
}

void TestJournalMounts::noRoomToMakeOne()
{
    JournalBench bench;
    const Disk disk(bench, "1m");
    QVERIFY(disk.mounted() && fill(bench, 0));
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Closed/DiskFull"_s);
    QVERIFY(QFile::remove(bench.data() + "/ballast"_L1));
    journal->open(); // what was begun does no harm
    QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s);
}

void TestJournalMounts::backupOnAFullDisk()
{
    JournalBench bench;
    const Disk disk(bench, "2m");
    QVERIFY(disk.mounted() && bench.make(1'000));
    const auto journal = bench.journal();
    journal->open();
    QVERIFY(fill(bench, 0));
    QVERIFY(!journal->backup().ok());
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/DiskFull"_s);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"1000"_s);
    QCOMPARE(QDir(bench.backups()).entryList(QDir::Files), QStringList()); // no half copy
}

void TestJournalMounts::readOnlyFileSystem_data()
{
    QTest::addColumn<bool>("killed");
    QTest::newRow("after a clean end") << false;
    QTest::newRow("after a crash, lines only in the log") << true;
}

void TestJournalMounts::readOnlyFileSystem()
{
    QFETCH(const bool, killed);
    JournalBench bench;
    const Disk disk(bench, "64m");
    QVERIFY(disk.mounted() && bench.make(3));
    const int lines = killed ? makeKilled(bench, 8) : 3;
    QVERIFY(lines >= 3 && disk.makeReadOnly());
    const QStringList before = bench.contents();
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/FileReadOnly"_s);
    QVERIFY(ask(*journal, u"SELECT count(*) FROM line"_s).toInt() >= lines);
    QVERIFY(run(*journal, lineSql(1'000'000)).isValid());
    QVERIFY(journal->checkBeforeWriting({}).has_value());
    journal->close();
    QCOMPARE(bench.contents(), before);
}

void TestJournalMounts::readOnlyWithoutAJournal()
{
    JournalBench bench;
    const Disk disk(bench, "1m");
    QVERIFY(disk.mounted() && disk.makeReadOnly());
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Closed/FileReadOnly"_s);
}

int main(int argc, char *argv[])
{
    {
        QCoreApplication app(argc, argv);
        if (const auto ended = runAsChild(app.arguments()))
            return *ended;
        moveToOwnMounts(argv);
    }
    QCoreApplication app(argc, argv);
    TestJournalMounts test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_journalmounts.moc"
