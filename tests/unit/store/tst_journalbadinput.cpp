// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalschema.h"
#include "tests/unit/store/journalchild.h"

#include <QtCore/QRandomGenerator>

#include <functional>
#include <sys/stat.h>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

using Damage = std::function<void(QByteArray &)>;

/// Something wrong with the folder; false when it cannot be done here.
using Arrangement = std::function<bool(JournalBench &)>;

bool link(const QString &to, const QString &name)
{
    return ::symlink(QFile::encodeName(to).constData(), QFile::encodeName(name).constData()) == 0;
}

/// Opens the file beside the journal's own rules, runs the statements and lets go.
QString beside(const QString &file, const QStringList &statements)
{
    const QString name = u"beside"_s;
    QString found;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(file);
        if (!database.open())
            found = u"not open"_s;
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            if (!query.exec(statement))
                found = query.lastError().text();
            else if (query.next())
                found = query.value(0).toString();
        }
    }
    QSqlDatabase::removeDatabase(name);
    return found;
}

bool damage(const QString &file, const Damage &how)
{
    QByteArray content = contentOf(file);
    how(content);
    return put(file, content);
}

/// The page on which a table or an index begins, spoiled: its kind and its cell pointers.
Damage spoilPage(const QString &file, const QString &name)
{
    const int page = beside(file, { "SELECT rootpage FROM sqlite_master WHERE name='"_L1 + name + u'\'' }).toInt();
    return [page](QByteArray &content) {
        const qsizetype at = (page - 1) * 4096;
        for (qsizetype i = 0; i < 64; ++i)
            content[at + i] = static_cast<char>(0xA5);
    };
}

} // namespace

Q_DECLARE_METATYPE(Damage)
Q_DECLARE_METATYPE(Arrangement)

/// reliability 4.2 nos. 83 to 89 and the "Bad input": a clear reason, nothing written, what is there can be read.
class TestJournalBadInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void wrongPlaces_data();
    void wrongPlaces();
    void damagedFiles_data();
    void damagedFiles();
    void sealedWithoutItsLine();
    void damageAfterACleanEndIsFoundWhenRead();
    void damageWithALogNotYetCarriedIn();
    void randomDamageIsNeverWrittenOver();
    void newerVersion_data();
    void newerVersion();
    void newerVersionOnlyInTheLog();
    void secondProcess();
    void manyAtOnceOneGetsIt();
    void readOnlyFile_data();
    void readOnlyFile();
    void staleIndexAndMissingLog_data();
    void staleIndexAndMissingLog();
    void logWithoutFile();
    void unfinishedCreation_data();
    void unfinishedCreation();
    void folderThatCannotBeMade();
};

void TestJournalBadInput::initTestCase()
{
    qRegisterMetaType<Damage>();
    qRegisterMetaType<Arrangement>();
}

void TestJournalBadInput::cleanup()
{
    QCOMPARE(QSqlDatabase::connectionNames(), QStringList());
}

void TestJournalBadInput::wrongPlaces_data()
{
    QTest::addColumn<Arrangement>("arrange");
    const auto row = [](const char *name, const Arrangement &arrange) { QTest::newRow(name) << arrange; };
    row("file is a link", [](JournalBench &b) {
        return QFile::rename(b.file(), b.path(u"real"_s)) && link(b.path(u"real"_s), b.file());
    });
    row("file is a link to nowhere", [](JournalBench &b) {
        return QFile::remove(b.file()) && link(b.path(u"nowhere"_s), b.file());
    });
    row("folder is a link", [](JournalBench &b) {
        return QFile::rename(b.data(), b.path(u"real"_s)) && link(b.path(u"real"_s), b.data());
    });
    row("log is a link", [](JournalBench &b) { return put(b.path(u"real"_s), {}) && link(b.path(u"real"_s), b.wal()); });
    row("index is a link", [](JournalBench &b) { return put(b.path(u"real"_s), {}) && link(b.path(u"real"_s), b.shm()); });
    row("file is a folder", [](JournalBench &b) { return QFile::remove(b.file()) && QDir().mkpath(b.file()); });
    row("file is a pipe", [](JournalBench &b) {
        return QFile::remove(b.file()) && ::mkfifo(QFile::encodeName(b.file()).constData(), 0600) == 0;
    });
    row("folder is a file", [](JournalBench &b) { return QDir(b.data()).removeRecursively() && put(b.data(), "x"); });
    row("network file system", [](JournalBench &b) { return b.network = true; });
    row("another program's database", [](JournalBench &b) {
        beside(b.file(), { u"PRAGMA application_id=7"_s });
        return true;
    });
    row("a database of nobody", [](JournalBench &b) {
        beside(b.file(), { u"PRAGMA application_id=0"_s });
        return true;
    });
    if (::geteuid() == 0) {
        row("file of somebody else", [](JournalBench &b) {
            return ::chown(QFile::encodeName(b.file()).constData(), 65534, 65534) == 0;
        });
        row("folder of somebody else", [](JournalBench &b) {
            return ::chown(QFile::encodeName(b.data()).constData(), 65534, 65534) == 0;
        });
    }
}

void TestJournalBadInput::wrongPlaces()
{
    QFETCH(const Arrangement, arrange);
    JournalBench bench;
    QVERIFY(bench.make(3));
    QVERIFY(arrange(bench));
    const QStringList before = bench.contents();
    const QByteArray real = contentOf(bench.path(u"real"_s));
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Closed/WrongPlace"_s);
    QVERIFY(!journal->status().technical.isEmpty());
    QVERIFY(!journal->database().isValid());
    QVERIFY(journal->checkBeforeWriting({}).has_value());
    QVERIFY(!journal->backup().ok());
    journal->close();
    QCOMPARE(journal->status().reason, Reason::WrongPlace); // still
    QCOMPARE(bench.contents(), before);
    QCOMPARE(contentOf(bench.path(u"real"_s)), real);
    QVERIFY(!QFile::exists(bench.path(u"nowhere"_s)));
}

void TestJournalBadInput::damagedFiles_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("lines"); // that can still be read
    QTest::addColumn<Damage>("how");
    QTest::addColumn<QString>("page");
    const auto row = [](const char *name, const char *status, const char *lines, const Damage &how,
                        const QString &page = {}) {
        QTest::newRow(name) << QString::fromLatin1(status) << QString::fromLatin1(lines) << how << page;
    };
    row("no database at all", "Closed/Corrupt", "", [](QByteArray &c) { c.fill('x'); });
    row("only zeros", "Closed/Corrupt", "", [](QByteArray &c) { c.fill('\0'); });
    row("50 bytes left", "Closed/Corrupt", "", [](QByteArray &c) { c.truncate(50); });
    row("first word flipped", "Closed/Corrupt", "", [](QByteArray &c) { c[0] = 'T'; });
    row("page size of 1", "Closed/Corrupt", "", [](QByteArray &c) { c[16] = 0, c[17] = 0; });
    row("first page without its table", "Closed/Corrupt", "", [](QByteArray &c) { c[100] = 0; });
    row("first page that says it is empty", "Closed/Corrupt", "", [](QByteArray &c) { c[103] = 0, c[104] = 0; });
    row("half of it left", "ReadOnly/Corrupt", "10", [](QByteArray &c) { c.truncate(c.size() / 4096 / 2 * 4096); });
    row("last page cut", "ReadOnly/Corrupt", "10", [](QByteArray &c) { c.chop(1'000); });
    row("page of an index", "ReadOnly/Corrupt", "10", {}, u"line_intent"_s);
    row("page of a table", "ReadOnly/Corrupt", "10", {}, u"work"_s);
}

void TestJournalBadInput::damagedFiles()
{
    QFETCH(const QString, status);
    QFETCH(const QString, lines);
    QFETCH(const Damage, how);
    QFETCH(const QString, page);
    JournalBench bench;
    QVERIFY(bench.make(600));
    beside(bench.file(), { u"UPDATE meta SET value=1 WHERE key='unclean'"_s }); // as after a crash
    QVERIFY(damage(bench.file(), page.isEmpty() ? how : spoilPage(bench.file(), page)));
    const QStringList before = bench.contents();
    for (int round = 0; round < 2; ++round) { // the same every time
        const auto journal = bench.journal();
        journal->open();
        QCOMPARE(wordsOf(journal->status()), status);
        QVERIFY(!journal->status().technical.isEmpty());
        if (!lines.isEmpty()) {
            QCOMPARE(ask(*journal, u"SELECT count(*) FROM line NOT INDEXED WHERE number<=10"_s), lines);
            QVERIFY(run(*journal, lineSql(1'000)).isValid());
            QVERIFY(run(*journal, u"PRAGMA user_version=9"_s).isValid());
        }
        QVERIFY(journal->checkBeforeWriting({}).has_value());
        QVERIFY(!journal->isBackupDue());
        QVERIFY(!journal->backup().ok());
        journal->close();
        QCOMPARE(bench.contents(), before);
    }
    QVERIFY(!QFile::exists(bench.backups()));
}

void TestJournalBadInput::sealedWithoutItsLine()
{
    JournalBench bench;
    QVERIFY(bench.make(3));
    beside(bench.file(), { u"INSERT INTO sealed VALUES(99, 0, 'i99', 'k', 'b')"_s,
                           u"UPDATE meta SET value=1 WHERE key='unclean'"_s });
    const QStringList before = bench.contents();
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/Corrupt"_s);
    QVERIFY(journal->status().technical.startsWith("foreign_key_check"_L1));
    journal->close();
    QCOMPARE(bench.contents(), before);
}

void TestJournalBadInput::damageAfterACleanEndIsFoundWhenRead()
{
    JournalBench bench;
    QVERIFY(bench.make(300));
    QVERIFY(damage(bench.file(), spoilPage(bench.file(), u"work"_s)));
    auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s); // not looked at: that would cost every start
    QSqlQuery query(journal->database());
    QVERIFY(!query.exec(u"SELECT count(*) FROM work NOT INDEXED"_s));
    const QSqlError error = query.lastError();
    query = QSqlQuery();
    journal->failed(error);
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/Corrupt"_s);
    QVERIFY(run(*journal, lineSql(1'000)).isValid());
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"300"_s);
    journal->close();

    journal = bench.journal();
    journal->open(); // the end was no clean one, so now it is looked at
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/Corrupt"_s);
}

void TestJournalBadInput::damageWithALogNotYetCarriedIn()
{
    JournalBench bench;
    QVERIFY(bench.make(300));
    const int told = makeKilled(bench, 320);
    QVERIFY(told >= 320);
    QVERIFY(QFileInfo(bench.wal()).size() > 0);
    // What is in the log hides the page of the same number, so one that was not written to is spoiled: that of `person`.
    const QString copy = bench.path(u"copy"_s);
    QVERIFY(QFile::copy(bench.file(), copy));
    QVERIFY(damage(bench.file(), spoilPage(copy, u"person"_s)));
    const QStringList before = bench.contents();
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/Corrupt"_s);
    // The lines that stand only in the log are there, and yet the log was not carried into the spoiled file.
    QVERIFY(ask(*journal, u"SELECT count(*) FROM line"_s).toInt() >= told);
    QVERIFY(run(*journal, lineSql(1'000'000)).isValid());
    journal->close();
    QCOMPARE(bench.contents(), before);
}

void TestJournalBadInput::randomDamageIsNeverWrittenOver()
{
    JournalBench source;
    QVERIFY(source.make(300));
    beside(source.file(), { u"UPDATE meta SET value=1 WHERE key='unclean'"_s });
    const QByteArray whole = contentOf(source.file());
    QRandomGenerator random(20261124);
    int found = 0;
    for (int round = 0; round < 80; ++round) {
        JournalBench bench;
        QVERIFY(bench.make(0));
        QByteArray content = whole;
        if (random.bounded(4) == 0)
            content.truncate(random.bounded(1, static_cast<int>(content.size())));
        for (int flips = random.bounded(1, 30); flips > 0; --flips) {
            // Half of them in the first page, where everything hangs together.
            const qsizetype within = random.bounded(2) == 0 ? qMin<qsizetype>(4096, content.size()) : content.size();
            content[random.bounded(static_cast<int>(within))] = static_cast<char>(random.bounded(256));
        }
        QVERIFY(put(bench.file(), content));
        const QStringList before = bench.contents();
        const auto journal = bench.journal();
        journal->open();
        const JournalStatus status = journal->status();
        journal->close();
        if (status.state == State::Ready)
            continue; // flipped where only the chain can tell: in the text of a line, in unused room
        ++found;
        QVERIFY2(bench.contents() == before, qPrintable(u"round %1"_s.arg(round)));
    }
    QVERIFY(found > 30);
}

void TestJournalBadInput::newerVersion_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("next") << journalVersion() + 1;
    QTest::newRow("far") << 1'000'000;
}

void TestJournalBadInput::newerVersion()
{
    QFETCH(const int, version);
    JournalBench bench;
    QVERIFY(bench.make(3));
    beside(bench.file(), { u"PRAGMA user_version=%1"_s.arg(version), u"CREATE TABLE later(x)"_s });
    const QStringList before = bench.contents();
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/NewerVersion"_s);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"3"_s);
    QVERIFY(run(*journal, lineSql(9)).isValid());
    QVERIFY(journal->checkBeforeWriting({}).has_value());
    journal->close();
    QCOMPARE(bench.contents(), before);
}

void TestJournalBadInput::newerVersionOnlyInTheLog()
{
    JournalBench bench;
    QVERIFY(makeKilled(bench, 5) >= 5);
    // The newer program was killed too, right after its change of the tables: a log with that in it.
    const QString name = u"newer"_s;
    {
        QSqlDatabase newer = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        newer.setDatabaseName(bench.file());
        QVERIFY(newer.open());
        QSqlQuery query(newer);
        QVERIFY(query.exec(u"PRAGMA user_version=%1"_s.arg(journalVersion() + 1)));
        QVERIFY(QFile::copy(bench.wal(), bench.path(u"log"_s)) && QFile::copy(bench.file(), bench.path(u"file"_s)));
    }
    QSqlDatabase::removeDatabase(name);
    QVERIFY(QDir(bench.data()).removeRecursively() && QDir().mkpath(bench.data()));
    QVERIFY(QFile::copy(bench.path(u"log"_s), bench.wal()) && QFile::copy(bench.path(u"file"_s), bench.file()));
    QCOMPARE(readHeader(contentOf(bench.file()), false).version, journalVersion());
    const QStringList before = bench.contents();
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/NewerVersion"_s);
    QVERIFY(ask(*journal, u"SELECT count(*) FROM line"_s).toInt() >= 5);
    journal->close();
    QCOMPARE(bench.contents(), before);
}

void TestJournalBadInput::secondProcess()
{
    JournalBench bench;
    QVERIFY(bench.make(3));
    JournalChild first(u"--hold"_s, bench);
    QCOMPARE(first.line(), u"Ready/None"_s);
    const QStringList before = bench.contents();
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Closed/InUse"_s);
    QVERIFY(!journal->database().isValid());
    QCOMPARE(bench.contents(), before);
    first.kill(); // the lock dies with the process
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"3"_s);
    JournalChild third(u"--hold"_s, bench);
    QCOMPARE(third.line(), u"Closed/InUse"_s);
}

void TestJournalBadInput::manyAtOnceOneGetsIt()
{
    for (int round = 0; round < 3; ++round) {
        JournalBench bench;
        QVERIFY(QDir().mkpath(bench.data()));
        std::vector<std::unique_ptr<JournalChild>> children;
        for (int i = 0; i < 6; ++i)
            children.push_back(std::make_unique<JournalChild>(u"--hold"_s, bench));
        QStringList told;
        for (const auto &child : children)
            told += child->line();
        QCOMPARE(told.count(u"Ready/None"_s), 1);
        QCOMPARE(told.count(u"Closed/InUse"_s), 5);
    }
}

void TestJournalBadInput::readOnlyFile_data()
{
    QTest::addColumn<uint>("fileMode");
    QTest::addColumn<uint>("folderMode");
    QTest::addColumn<bool>("killed");
    QTest::newRow("file") << 0400u << 0700u << false;
    QTest::newRow("folder") << 0600u << 0500u << false;
    QTest::newRow("both") << 0400u << 0500u << false;
    QTest::newRow("file, with a log") << 0400u << 0700u << true;
    QTest::newRow("folder, with a log") << 0600u << 0500u << true;
    QTest::newRow("both, with a log") << 0400u << 0500u << true;
}

void TestJournalBadInput::readOnlyFile()
{
    QFETCH(const uint, fileMode);
    QFETCH(const uint, folderMode);
    QFETCH(const bool, killed);
    JournalBench bench;
    QVERIFY(bench.make(3));
    const int lines = killed ? makeKilled(bench, 8) : 3;
    QVERIFY(lines >= 3);
    QStringList prefix;
    if (::geteuid() == 0) {
        // Root may write everywhere; so the reader becomes nobody, and the files are nobody's.
        const QString setpriv = QStandardPaths::findExecutable(u"setpriv"_s);
        if (setpriv.isEmpty())
            QSKIP("setpriv is not installed");
        prefix = { setpriv, u"--reuid=65534"_s, u"--regid=65534"_s, u"--clear-groups"_s, u"--inh-caps=-all"_s };
        for (const QString &path : { bench.folder.path(), bench.data(), bench.file(), bench.wal() }) {
            if (QFile::exists(path))
                QCOMPARE(::chown(QFile::encodeName(path).constData(), 65534, 65534), 0);
        }
    }
    for (const QString &path : { bench.file(), bench.wal() }) {
        if (QFile::exists(path))
            QCOMPARE(::chmod(QFile::encodeName(path).constData(), fileMode), 0);
    }
    QCOMPARE(::chmod(QFile::encodeName(bench.data()).constData(), folderMode), 0);
    const QStringList before = bench.contents();

    JournalChild reader(u"--report"_s, bench, prefix);
    const QString status = reader.line();
    if (status.isEmpty() && !prefix.isEmpty())
        QSKIP("nobody may not run this program here");
    QCOMPARE(status, u"ReadOnly/FileReadOnly"_s);
    QVERIFY(reader.line().toInt() >= lines); // also those that stand only in the log
    QCOMPARE(reader.line(), u"refused"_s);
    reader.kill();
    QCOMPARE(bench.contents(), before);
    QCOMPARE(modeOf(bench.data()), folderMode);
    ::chmod(QFile::encodeName(bench.data()).constData(), 0700);
}

void TestJournalBadInput::staleIndexAndMissingLog_data()
{
    QTest::addColumn<Arrangement>("arrange");
    QTest::addColumn<bool>("linesOfTheLog");
    const auto row = [](const char *name, bool all, const Arrangement &arrange) { QTest::newRow(name) << arrange << all; };
    row("index of rubbish", true, [](JournalBench &b) { return put(b.shm(), QByteArray(32'768, 'x')); });
    row("empty index", true, [](JournalBench &b) { return put(b.shm(), {}); });
    row("index that cannot be written", true, [](JournalBench &b) {
        return put(b.shm(), QByteArray(32'768, 'x')) && QFile::setPermissions(b.shm(), QFile::ReadOwner);
    });
    row("log missing", false, [](JournalBench &b) { return QFile::remove(b.wal()); });
    row("log empty", false, [](JournalBench &b) { return put(b.wal(), {}); });
    row("log of rubbish", false, [](JournalBench &b) { return put(b.wal(), QByteArray(50'000, 'x')); });
    row("log cut in its header", false, [](JournalBench &b) { return put(b.wal(), contentOf(b.wal()).left(20)); });
    row("log with a torn end", true, [](JournalBench &b) { return put(b.wal(), contentOf(b.wal()) + QByteArray(3'000, 'x')); });
}

void TestJournalBadInput::staleIndexAndMissingLog()
{
    QFETCH(const Arrangement, arrange);
    QFETCH(const bool, linesOfTheLog);
    JournalBench bench;
    QVERIFY(bench.make(3));
    const int told = makeKilled(bench, 10);
    QVERIFY(told >= 10);
    QVERIFY(arrange(bench));
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s);
    const int lines = ask(*journal, u"SELECT count(*) FROM line"_s).toInt();
    QVERIFY2(linesOfTheLog ? lines >= told : lines == 3, qPrintable(QString::number(lines)));
    QVERIFY(!run(*journal, lineSql(1'000'000)).isValid());
    QCOMPARE(ask(*journal, u"PRAGMA quick_check"_s), u"ok"_s);
}

void TestJournalBadInput::logWithoutFile()
{
    for (const bool empty : { false, true }) {
        JournalBench bench;
        QVERIFY(makeKilled(bench, 10) >= 10);
        QVERIFY(empty ? put(bench.file(), {}) : QFile::remove(bench.file()));
        const QStringList before = bench.contents();
        const auto journal = bench.journal();
        journal->open();
        QCOMPARE(wordsOf(journal->status()), u"Closed/Corrupt"_s); // SQLite would have thrown the log away
        QCOMPARE(bench.contents(), before);
    }
}

void TestJournalBadInput::unfinishedCreation_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<bool>("rollback");
    QTest::newRow("only the name") << QByteArray() << false;
    QTest::newRow("zeros and a rollback journal") << QByteArray(4'096, '\0') << true;
}

void TestJournalBadInput::unfinishedCreation()
{
    QFETCH(const QByteArray, file);
    QFETCH(const bool, rollback);
    JournalBench bench;
    QVERIFY(QDir().mkpath(bench.data()) && put(bench.file(), file));
    if (rollback) {
        // Its header as SQLite writes it (sqlite.org/fileformat2.html 3): no pages saved, the file was empty before.
        QByteArray header("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8);
        header += QByteArray("\0\0\0\0" "\x12\x34\x56\x78" "\0\0\0\0" "\0\0\2\0" "\0\0\x10\0", 20);
        header.append(QByteArray(512 - header.size(), '\0'));
        QVERIFY(put(bench.file() + "-journal"_L1, header));
    }
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"0"_s);
    QCOMPARE(modeOf(bench.file()), 0600u);
}

void TestJournalBadInput::folderThatCannotBeMade()
{
    JournalBench bench;
    JournalFile journal({ bench.path(u"no/such/place/journal.sqlite"_s), {}, false }, bench.clock, bench.probe());
    journal.open();
    QCOMPARE(journal.status().state, State::Closed);
    QVERIFY(journal.status().reason != Reason::None);
    QCOMPARE(QDir(bench.folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (const auto ended = runAsChild(app.arguments()))
        return *ended;
    TestJournalBadInput test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_journalbadinput.moc"
