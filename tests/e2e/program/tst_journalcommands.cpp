// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/sqlitejournal.h"
#include "tests/e2e/program/programprocess.h"
#include "tests/support/fakesecretstore.h"

#include <QtCore/QDir>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestJournalCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir().mkpath(m_room->path() + u"/data"_s));
        QVERIFY(QFile::setPermissions(m_room->path() + u"/data"_s, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    void wrongUse_data();
    void wrongUse();
    void noJournalIsNotMade();
    void anUnbrokenTrail();
    void aChangedLine_data();
    void aChangedLine();
    void aJournalInUse();
    void nothingThatIsNoJournal();
    void aMonth();
    void withKeyButNoKeychain();

private:
    [[nodiscard]] QString folder() const { return m_room->path(); }
    [[nodiscard]] JournalFile::Where where() const
    {
        return { folder() + u"/data/journal.sqlite"_s, folder() + u"/data/backups"_s };
    }
    /// So many pieces of work, one line each, written now.
    void fill(int works)
    {
        SqliteJournal journal(where(), m_clock, m_keychain);
        journal.setOperator(u"Sipho"_s);
        journal.open();
        int told = 0;
        for (int i = 0; i < works; ++i) {
            JournalStep step;
            step.intent = IntentId::create();
            step.state = JournalState::Prepared;
            step.at = m_clock.nowUtc();
            step.profile = { u"0e9f6bb4-2f0e-4a0b-8b4f-0d1f6f1f2a3b"_s };
            step.origin = u"origin"_s;
            step.environment = Environment::Test;
            step.facts.insert(fact::templateId, u"t-1"_s);
            step.sealed.insert(fact::note, u"Thandi Mokoena"_s);
            journal.append(step, this, [&told](const Outcome<Done> &done) {
                QVERIFY(done.ok());
                ++told;
            });
        }
        QTRY_COMPARE(told, works);
    }
    /// Changes the file behind the journal's back.
    void change(const QString &statement)
    {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"change"_s);
            database.setDatabaseName(where().file);
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY2(query.exec(statement), qPrintable(query.lastError().text()));
            QVERIFY(query.numRowsAffected() > 0);
        }
        QSqlDatabase::removeDatabase(u"change"_s);
    }

    std::unique_ptr<QTemporaryDir> m_room;
    SystemClock m_clock;
    FakeSecretStore m_keychain;
};

void TestJournalCommands::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("month 13") << QStringList { u"--export-audit"_s, u"2026-13"_s };
    QTest::newRow("month 0") << QStringList { u"--export-audit"_s, u"2026-00"_s };
    QTest::newRow("year 0") << QStringList { u"--export-audit"_s, u"0000-01"_s };
    QTest::newRow("a day") << QStringList { u"--export-audit"_s, u"2026-03-01"_s };
    QTest::newRow("a line end") << QStringList { u"--export-audit"_s, u"2026-03\n"_s };
    QTest::newRow("other digits") << QStringList { u"--export-audit"_s, u"٢٠٢٦-٠٣"_s };
    QTest::newRow("no month") << QStringList { u"--export-audit"_s };
    QTest::newRow("both") << QStringList { u"--export-audit"_s, u"2026-03"_s, u"--verify-journal"_s };
    QTest::newRow("practice") << QStringList { u"--practice"_s, u"--verify-journal"_s };
    QTest::newRow("key alone") << QStringList { u"--with-key"_s };
    QTest::newRow("more") << QStringList { u"--verify-journal"_s, u"please"_s };
}

void TestJournalCommands::wrongUse()
{
    QFETCH(QStringList, arguments);
    const ProgramRun run = runProgram(folder(), arguments);
    QCOMPARE(run.code, 2);
    QVERIFY(run.errors.contains("--help"));
    QCOMPARE(run.out, QByteArray());
}

void TestJournalCommands::noJournalIsNotMade()
{
    const QList<QStringList> commands { { u"--verify-journal"_s }, { u"--export-audit"_s, u"2026-03"_s } };
    for (const QStringList &arguments : commands) {
        const ProgramRun run = runProgram(folder(), arguments);
        QCOMPARE(run.code, 2);
        QVERIFY(run.errors.contains("no journal yet"));
        QCOMPARE(run.out, QByteArray());
        QVERIFY(!QFileInfo::exists(where().file));
    }
}

void TestJournalCommands::anUnbrokenTrail()
{
    fill(20);
    for (int i = 0; i < 2; ++i) { // looking changes nothing
        const ProgramRun run = runProgram(folder(), { u"--verify-journal"_s });
        QVERIFY2(run.code == 0, run.errors.constData());
        QVERIFY2(run.out.startsWith("lines: 20\nchain: unbroken\nend of the chain: not checked"), run.out.constData());
    }
    // The journal is the same for its owner.
    SqliteJournal journal(where(), m_clock, m_keychain);
    journal.open();
    std::optional<ChainReport> report;
    journal.verifyChain(this, [&report](const Outcome<ChainReport> &found) { report = *found; });
    QTRY_VERIFY(report.has_value());
    QCOMPARE(report->lines, 20);
    QVERIFY(!report->brokenAt && report->headChecked && report->headMatches);
    QCOMPARE(journal.status().reason, JournalStatus::Reason::None);
}

void TestJournalCommands::aChangedLine_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<int>("line");
    QTest::newRow("text") << u"UPDATE line SET text = replace(text, 'Sipho', 'Zanele') WHERE number = 7"_s << 7;
    QTest::newRow("hash") << u"UPDATE line SET hash = zeroblob(32) WHERE number = 9"_s << 9;
    QTest::newRow("digest") << u"UPDATE line SET sealed_digest = zeroblob(32) WHERE number = 1"_s << 1;
    QTest::newRow("the last") << u"UPDATE line SET text = text || ' ' WHERE number = 20"_s << 20;
}

void TestJournalCommands::aChangedLine()
{
    QFETCH(QString, statement);
    QFETCH(int, line);
    fill(20);
    change(statement);
    const ProgramRun run = runProgram(folder(), { u"--verify-journal"_s });
    QCOMPARE(run.code, 1);
    QVERIFY2(run.out.contains(QByteArray("broken at line " + QByteArray::number(line) + '\n')), run.out.constData());
}

void TestJournalCommands::aJournalInUse()
{
    fill(3);
    SqliteJournal journal(where(), m_clock, m_keychain);
    journal.open();
    QTRY_COMPARE(journal.status().state, JournalStatus::State::Ready);
    const ProgramRun run = runProgram(folder(), { u"--verify-journal"_s });
    QCOMPARE(run.code, 2);
    QVERIFY2(run.errors.contains("in use by the running program"), run.errors.constData());
    QCOMPARE(run.out, QByteArray());
}

void TestJournalCommands::nothingThatIsNoJournal()
{
    const QByteArray notes = QByteArray("my notes\n").repeated(1000);
    QFile file(where().file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(notes);
    file.close();
    QCOMPARE(runProgram(folder(), { u"--verify-journal"_s }).code, 2);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), notes);
    file.close();

    QVERIFY(file.rename(folder() + u"/elsewhere"_s));
    QVERIFY(QFile::link(folder() + u"/elsewhere"_s, where().file));
    const ProgramRun run = runProgram(folder(), { u"--export-audit"_s, u"2026-03"_s });
    QCOMPARE(run.code, 2);
    QVERIFY2(run.errors.contains("not a plain file"), run.errors.constData());
}

void TestJournalCommands::aMonth()
{
    const QString before = m_clock.nowUtc().toString(u"yyyy-MM"_s);
    fill(5);
    if (m_clock.nowUtc().toString(u"yyyy-MM"_s) != before)
        return; // the month has ended meanwhile; tomorrow is another day
    const ProgramRun run = runProgram(folder(), { u"--export-audit"_s, before });
    QVERIFY2(run.code == 0, run.errors.constData());
    const QList<QByteArray> lines = run.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    for (int i = 0; i < 5; ++i) {
        const QJsonObject line = QJsonDocument::fromJson(lines[i]).object();
        QCOMPARE(line.value("number"_L1).toInt(), i + 1);
        QCOMPARE(line.value("operator"_L1).toString(), u"Sipho"_s);
        QCOMPARE(line.value("environment"_L1).toString(), u"test"_s);
        QVERIFY(line.contains("hash"_L1));
    }
    QVERIFY(!run.out.contains("Thandi"));

    const ProgramRun empty = runProgram(folder(), { u"--export-audit"_s, u"1999-12"_s });
    QCOMPARE(empty.code, 0);
    QCOMPARE(empty.out, QByteArray());
}

void TestJournalCommands::withKeyButNoKeychain()
{
    fill(2);
    const ProgramRun run = runProgram(folder(), { u"--verify-journal"_s, u"--with-key"_s });
    QVERIFY2(run.code == 0, run.errors.constData());
    QVERIFY2(run.out.contains("the keychain does not give the key"), run.out.constData());
}

QTEST_GUILESS_MAIN(TestJournalCommands)
#include "tst_journalcommands.moc"
