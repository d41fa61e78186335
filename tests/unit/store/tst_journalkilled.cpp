// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalschema.h"
#include "tests/unit/store/journalchild.h"

using namespace yoid;
using namespace Qt::StringLiterals;

/// The program is killed while it writes.
class TestJournalKilled : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasToldIsThere();
    void theNextStartLooksClosely();
    void aCleanEndIsBelieved();
    void theFlagSurvivesTheLossOfTheLog();
    void cutOffWhileBeingMade_data();
    void cutOffWhileBeingMade();
};

void TestJournalKilled::whatWasToldIsThere()
{
    JournalBench bench;
    QVERIFY(QDir().mkpath(bench.data()));
    int told = 0;
    for (int round = 0; round < 20; ++round) {
        told = makeKilled(bench, told + 1 + round % 7);
        QVERIFY(told > 0);
        if (round % 3 == 0)
            continue; // the next child takes over from a killed one
        const auto journal = bench.journal();
        journal->open();
        QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s);
        QCOMPARE(ask(*journal, u"PRAGMA quick_check"_s), u"ok"_s);
        const int there = ask(*journal, u"SELECT count(*) FROM line"_s).toInt();
        QVERIFY(there == told || there == told + 1); // committed, and killed before it could tell
        QCOMPARE(ask(*journal, u"SELECT max(number) FROM line"_s).toInt(), there);
        told = there;
        QCOMPARE(modeOf(bench.file()), 0600u);
        QVERIFY(!QFile::exists(bench.shm()));
    }
    QVERIFY(told > 60);
}

/// Proved by damage that nothing but quick_check comes across: the root of a table that nobody reads at start.
void TestJournalKilled::theNextStartLooksClosely()
{
    JournalBench bench;
    QVERIFY(makeKilled(bench, 20) >= 20);
    QByteArray content = contentOf(bench.file());
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s);
    const int page = ask(*journal, u"SELECT rootpage FROM sqlite_master WHERE name='person'"_s).toInt();
    journal->close();
    QVERIFY(makeKilled(bench, 25) >= 25);
    content = contentOf(bench.file());
    content.replace((page - 1) * 4096, 64, QByteArray(64, '\xA5'));
    QVERIFY(put(bench.file(), content));
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/Corrupt"_s);
    QVERIFY(journal->status().technical.startsWith("quick_check"_L1) || journal->status().technical.startsWith("SQLite 11"_L1));
}

void TestJournalKilled::aCleanEndIsBelieved()
{
    JournalBench bench;
    QVERIFY(bench.make(20));
    auto journal = bench.journal();
    journal->open();
    const int page = ask(*journal, u"SELECT rootpage FROM sqlite_master WHERE name='person'"_s).toInt();
    journal->close();
    QByteArray content = contentOf(bench.file());
    content.replace((page - 1) * 4096, 64, QByteArray(64, '\xA5'));
    QVERIFY(put(bench.file(), content));
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s); // so the test above can fail
}

void TestJournalKilled::theFlagSurvivesTheLossOfTheLog()
{
    JournalBench bench;
    QVERIFY(bench.make(20));
    const auto journal = bench.journal();
    journal->open();
    const int page = ask(*journal, u"SELECT rootpage FROM sqlite_master WHERE name='person'"_s).toInt();
    journal->close();
    QVERIFY(makeKilled(bench, 30) >= 30);
    QVERIFY(QFile::remove(bench.wal()));
    QByteArray content = contentOf(bench.file());
    content.replace((page - 1) * 4096, 64, QByteArray(64, '\xA5'));
    QVERIFY(put(bench.file(), content));
    const QStringList before = bench.contents();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/Corrupt"_s);
    journal->close();
    QCOMPARE(bench.contents(), before);
}

void TestJournalKilled::cutOffWhileBeingMade_data()
{
    QTest::addColumn<QByteArray>("content");
    JournalBench whole;
    QVERIFY(whole.make(1));
    const QByteArray made = contentOf(whole.file());
    QTest::newRow("nothing written yet") << QByteArray();
    QTest::newRow("room taken") << QByteArray(8192, '\0');
    QTest::newRow("one page, with our mark in it") << made.first(4096);
    QTest::newRow("all but the end") << made.chopped(4096);
}

/// What a kill in the middle of making the tables leaves: some pages, and a hot rollback journal that takes them back.
void TestJournalKilled::cutOffWhileBeingMade()
{
    QFETCH(QByteArray, content);
    JournalBench bench;
    QVERIFY(QDir().mkpath(bench.data()));
    QVERIFY(QFile::setPermissions(bench.data(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QByteArray hot;
    {
        const SqlConnection other(bench.path(u"other.sqlite"_s));
        for (const QString &sql : { u"PRAGMA cache_size=1"_s, u"BEGIN EXCLUSIVE"_s, u"CREATE TABLE t(x)"_s,
                                    u"INSERT INTO t VALUES(zeroblob(200000))"_s })
            QVERIFY(!other.run(sql).isValid());
        hot = contentOf(bench.path(u"other.sqlite-journal"_s)); // before the commit takes it away
    }
    QVERIFY(hot.startsWith("\xd9\xd5\x05\xf9"));
    QVERIFY(put(bench.file(), content));
    QVERIFY(put(bench.file() + u"-journal"_s, hot));
    for (int start = 1; start <= 3; ++start) {
        const auto journal = bench.journal();
        journal->open();
        QCOMPARE(wordsOf(journal->status()), u"Ready/None"_s);
        QCOMPARE(ask(*journal, u"PRAGMA application_id"_s), QString::number(kJournalApplicationId));
        QVERIFY(!run(*journal, lineSql(start)).isValid());
    }
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (const auto ended = runAsChild(app.arguments()))
        return *ended;
    TestJournalKilled test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_journalkilled.moc"
