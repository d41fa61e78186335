// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/auditchain.h"
#include "app/store/journalwriter.h"
#include "tests/unit/store/filehelp.h"
#include "tests/unit/store/sqlitebench.h"
#include "tests/unit/store/textforms.h"

#include <QtCore/QProcess>
#include <QtCore/QtEndian>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

#include <csignal>
#include <sys/resource.h>

using namespace yoid;
using namespace Qt::StringLiterals;

/// What is on the disk, and when.
class TestSqliteJournalDisk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aHundredStepsAreAtMostSevenCommits();
    void nothingIsToldBeforeItIsOnDisk();
    void nothingIsShownBeforeItIsOnDisk();
    void nothingSealedIsReadable();
    void aWriteErrorEndsTheWriting();
    void aBackupIsMadeOnceADay();
};

namespace {

using State = JournalStatus::State;
using Reason = JournalStatus::Reason;

const Person kThandi { u"thandi@example.org"_s, u"thandi.d"_s, u"ID-77-1234"_s, u"Thandiwe"_s, u"Dlaminizulu"_s };

/// Another process reads the files: here it would drop SQLite's locks.
bool copyFiles(const QString &from, const QString &to)
{
    if (!QDir().mkpath(to))
        return false;
    for (const QString &name : { u"journal.sqlite"_s, u"journal.sqlite-wal"_s }) {
        const QString source = from + u'/' + name;
        if (QFileInfo::exists(source) && QProcess::execute(u"cp"_s, { source, to }) != 0)
            return false;
    }
    return true;
}

/// How many commits a write-ahead log holds: frames that say how large the file is after them
/// (sqlite.org/fileformat2.html 4.1), of the log's present run.
int commitsIn(const QByteArray &wal)
{
    if (wal.size() < 32)
        return 0;
    const qsizetype pageSize = qFromBigEndian<qint32>(wal.constData() + 8);
    const QByteArrayView salts = QByteArrayView(wal).sliced(16, 8);
    int commits = 0;
    for (qsizetype at = 32; at + 24 + pageSize <= wal.size(); at += 24 + pageSize) {
        const QByteArrayView frame = QByteArrayView(wal).sliced(at, 24);
        if (frame.sliced(8, 8) == salts && qFromBigEndian<qint32>(frame.data() + 4) != 0)
            ++commits;
    }
    return commits;
}

/// The states of the lines that a copy of the files holds.
QStringList statesIn(const QString &folder)
{
    QStringList states;
    {
        QSqlDatabase copy = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"copy"_s);
        copy.setDatabaseName(folder + u"/journal.sqlite"_s);
        if (copy.open()) {
            QSqlQuery query(copy);
            query.exec(u"SELECT text FROM line ORDER BY number"_s);
            while (query.next()) {
                const std::optional<StoredStep> line = stepFromLine(query.value(0).toByteArray());
                states << (line ? journalStateKey(line->step.state) : u"care"_s);
            }
        }
    }
    QSqlDatabase::removeDatabase(u"copy"_s);
    return states;
}

/// While it lives, no file of this process may grow beyond so many bytes: a write says "file too large".
class FileLimit final {
public:
    explicit FileLimit(qint64 bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit { static_cast<rlim_t>(bytes), m_before.rlim_max };
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FileLimit)

private:
    rlimit m_before {};
};

} // namespace

void TestSqliteJournalDisk::aHundredStepsAreAtMostSevenCommits()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QVERIFY(bench.appendAll({ Story(bench.clock).begin() }));
    const QString copy = bench.folder.filePath(u"copy"_s);
    QVERIFY(copyFiles(bench.data(), copy));
    const int before = commitsIn(contentOf(copy + u"/journal.sqlite-wal"_s));
    QVERIFY(before >= 1);
    QList<JournalStep> steps;
    for (int n = 0; n < 100; ++n)
        steps << Story(bench.clock).begin(kThandi, { u"k"_s });
    QVERIFY(bench.appendAll(steps));
    QVERIFY(copyFiles(bench.data(), copy));
    const int commits = commitsIn(contentOf(copy + u"/journal.sqlite-wal"_s)) - before;
    QVERIFY2(commits >= 1 && commits <= 7, qPrintable(QString::number(commits)));
    QCOMPARE(statesIn(copy).size(), 101);
}

void TestSqliteJournalDisk::nothingIsToldBeforeItIsOnDisk()
{
    // The writer on this thread: the disk is looked at in the very moment of the telling.
    SqliteBench bench;
    JournalWriter writer(bench.where(), bench.clock);
    qsizetype told = 0;
    QList<qsizetype> onDisk;
    connect(&writer, &JournalWriter::told, this, [&](const QList<JournalWriter::Told> &answers) {
        told += answers.size();
        const QString copy = bench.folder.filePath(u"copy%1"_s.arg(told));
        onDisk << (copyFiles(bench.data(), copy) ? statesIn(copy).size() : -1);
    });
    writer.open();
    writer.useKey(std::make_shared<const Sealer>(Sealer::newKey()), true, bench.clock.nowUtc(), {});
    const auto orders = std::make_shared<std::deque<JournalWriter::Order>>();
    for (int n = 0; n < 40; ++n)
        orders->push_back({ JournalWriter::Append { 1, Story(bench.clock).begin(), {} }, {}, true });
    writer.take(orders);
    QTRY_COMPARE(told, 40);
    QCOMPARE(onDisk, (QList<qsizetype> { 16, 32, 40 }));
}

void TestSqliteJournalDisk::nothingIsShownBeforeItIsOnDisk()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QStringList told;
    QStringList missing;
    int round = 0;
    const auto look = [&](const QString &state) {
        told << state;
        const QString copy = bench.folder.filePath(u"copy%1"_s.arg(++round));
        const bool copied = copyFiles(bench.data(), copy);
        const QStringList onDisk = copied ? statesIn(copy) : QStringList();
        if (onDisk.size() < told.size() || onDisk.first(told.size()) != told)
            missing << state;
    };
    Story story(bench.clock);
    QStringList answered;
    for (const JournalState state : { JournalState::Prepared, JournalState::AccountIntent, JournalState::AccountReady,
                                      JournalState::Sent, JournalState::Offered }) {
        bench.journal->append(story.step(state), this, [&, state](const Outcome<Done> &outcome) {
            answered << answerWord(outcome);
            look(journalStateKey(state));
        });
        if (state == JournalState::AccountReady)
            QTRY_COMPARE(answered.size(), 3); // in two groups
    }
    QTRY_COMPARE(answered, QStringList(5, u"done"_s));
    QCOMPARE(missing, QStringList());
}

void TestSqliteJournalDisk::nothingSealedIsReadable()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    bench.journal->setOperator(u"Ada Operator"_s);
    const QString password = u"First-Passw0rd-xyz"_s;
    const QString offer = u"openid-credential-offer://?credential_offer=abcdef0123456789"_s;
    const QString answer = u"Vosloorus-Gauteng"_s;
    const QString note = u"she came in person"_s;
    Story story(bench.clock);
    JournalStep ready = story.step(JournalState::AccountReady, {}, { { fact::username, kThandi.username } });
    ready.firstPassword = std::make_shared<const Secret>(password.toUtf8());
    Story check(bench.clock, WorkKind::Verify);
    QVERIFY(bench.appendAll(
        { story.begin(kThandi, { bench.journal->fingerprint("x") }), story.step(JournalState::AccountIntent), ready,
          story.step(JournalState::Sent),
          story.step(JournalState::Offered, { { fact::issuanceId, u"iss-1"_s } },
                     { { fact::offerUri, offer }, { fact::note, note }, { fact::draft, QJsonObject { { u"p"_s, toJson(kThandi) } } } }),
          check.begin(), check.step(JournalState::Requested, {}, { { fact::requestUri, offer } }),
          check.step(JournalState::Answered, {}, { { fact::answer, QJsonObject { { u"town"_s, answer } } } }) }));
    const QStringList hidden { kThandi.email, kThandi.username, kThandi.externalIdentifier, kThandi.firstName,
                               kThandi.lastName, password, offer, answer, note };
    const QString copy = bench.folder.filePath(u"copy"_s);
    QVERIFY(copyFiles(bench.data(), copy));
    const auto copied = bench.wait<Done>([&](QObject *o, auto then) { bench.journal->backup(o, then); });
    QVERIFY(copied.ok());
    bench.journal.reset();
    const QByteArray open = contentOf(copy + u"/journal.sqlite"_s) + contentOf(copy + u"/journal.sqlite-wal"_s);
    const QByteArray closed = contentOf(bench.file());
    QDir backups(bench.where().backups);
    const QStringList names = backups.entryList(QDir::Files);
    QVERIFY(!names.isEmpty());
    QByteArray kept;
    for (const QString &name : names)
        kept += contentOf(backups.filePath(name));
    for (const QByteArray &bytes : { open, closed, kept }) {
        QVERIFY(bytes.contains("iss-1")); // what stays in clear is there
        QVERIFY(bytes.contains("Ada Operator"));
        QCOMPARE(foundIn(bytes, hidden), QStringList());
    }
}

void TestSqliteJournalDisk::aWriteErrorEndsTheWriting()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QVERIFY(bench.appendAll({ Story(bench.clock).begin() }));
    QStringList atFailure;
    QList<IntentId> told;
    connect(bench.journal.get(), &Journal::committed, this, [&](const JournalStep &step) { told << step.intent; });
    bench.answers.clear();
    {
        const FileLimit limit(QFileInfo(bench.file() + u"-wal"_s).size() + 600'000);
        for (int n = 0; n < 300; ++n) {
            JournalStep step = Story(bench.clock).begin();
            step.facts.insert(fact::status, QString(900, u'x'));
            bench.journal->append(step, this, [&](const Outcome<Done> &outcome) {
                bench.answers << answerWord(outcome);
                if (!outcome.ok() && atFailure.isEmpty())
                    atFailure << (bench.journal->status().state == State::ReadOnly ? u"read-only"_s : u"unchanged"_s);
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(bench.answers.size(), 300, 30'000);
    }
    const qsizetype done = bench.answers.count(u"done"_s);
    QVERIFY(done > 0 && done < 300);
    QCOMPARE(bench.answers, QStringList(done, u"done"_s) + QStringList(300 - done, u"StorageFailed"_s));
    QCOMPARE(atFailure, QStringList { u"read-only"_s }); // who hears of it can already see what is the matter
    QCOMPARE(told.size(), done);
    // There is room again, but nothing is tried again.
    QVERIFY(!bench.appendAll({ Story(bench.clock).begin() }));
    QCOMPARE(bench.answers, QStringList { u"StorageFailed"_s });
    QCOMPARE(bench.records().size(), done + 1); // reading goes on

    QVERIFY(bench.start());
    const QList<WorkRecord> records = bench.records();
    QCOMPARE(records.size(), done + 1);
    for (const IntentId &intent : std::as_const(told))
        QVERIFY(std::any_of(records.begin(), records.end(), [&](const WorkRecord &one) { return one.intent == intent; }));
    const Outcome<ChainReport> report = bench.verify();
    QVERIFY(report.ok() && !report->brokenAt && report->headMatches);
    QVERIFY(bench.appendAll({ Story(bench.clock).begin() }));
}

void TestSqliteJournalDisk::aBackupIsMadeOnceADay()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    const auto backups = [&] { return QDir(bench.where().backups).entryList({ u"*.sqlite"_s }, QDir::Files).size(); };
    QCOMPARE(backups(), 0); // the start has other things to do
    bench.clock.advance(std::chrono::seconds(31));
    QTRY_COMPARE(backups(), 1);
    bench.clock.advance(std::chrono::hours(25));
    QTRY_COMPARE(backups(), 2);
    QVERIFY(bench.start());
    bench.clock.advance(std::chrono::seconds(31));
    QVERIFY(bench.verify().ok()); // comes behind the backup that is not due
    QCOMPARE(backups(), 2);
}

QTEST_GUILESS_MAIN(TestSqliteJournalDisk)
#include "tst_sqlitejournaldisk.moc"
