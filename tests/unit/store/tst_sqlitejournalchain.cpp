// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/auditchain.h"
#include "tests/unit/store/sqlitebench.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonDocument>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// The trail: what was done to it from outside is found, and it can be checked from outside.
class TestSqliteJournalChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tampering_data();
    void tampering();
    void aCutTailStopsTheWriting_data();
    void aCutTailStopsTheWriting();
    void aMonthCanBeCheckedWithoutTheJournal();
};

namespace {

using State = JournalStatus::State;
using Reason = JournalStatus::Reason;

/// Somebody with another program, and no key.
class Stranger final {
public:
    explicit Stranger(const QString &file)
    {
        m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"stranger"_s);
        m_database.setDatabaseName(file);
        m_open = m_database.open();
    }
    ~Stranger()
    {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(u"stranger"_s);
    }
    Q_DISABLE_COPY_MOVE(Stranger)

    bool run(const QString &sql, const QVariantList &values = {}) const
    {
        QSqlQuery query(m_database);
        bool done = m_open && query.prepare(sql);
        for (const QVariant &value : values)
            query.addBindValue(value);
        done = done && query.exec();
        if (!done)
            qWarning("%s", qPrintable(query.lastError().text()));
        return done;
    }
    [[nodiscard]] QVariant ask(const QString &sql) const
    {
        QSqlQuery query(m_database);
        return query.exec(sql) && query.next() ? query.value(0) : QVariant();
    }
    /// All hashes after that line anew, and the head: what can be done without the key.
    [[nodiscard]] bool rehashAfter(qint64 number) const
    {
        const qint64 last = ask(u"SELECT max(number) FROM line"_s).toLongLong();
        QByteArray before = number == 0 ? QByteArray(32, '\0') : ask(u"SELECT hash FROM line WHERE number=%1"_s.arg(number)).toByteArray();
        for (qint64 at = number + 1; at <= last; ++at) {
            const QByteArray text = ask(u"SELECT text FROM line WHERE number=%1"_s.arg(at)).toByteArray();
            const QByteArray digest = ask(u"SELECT sealed_digest FROM line WHERE number=%1"_s.arg(at)).toByteArray();
            before = chainHash(before, text, digest);
            if (!run(u"UPDATE line SET hash=? WHERE number=?"_s, { before, at }))
                return false;
        }
        return run(u"UPDATE meta SET value=? WHERE key='head_number'"_s, { QByteArray::number(last) })
            && run(u"UPDATE meta SET value=? WHERE key='head_hash'"_s, { before });
    }

private:
    QSqlDatabase m_database;
    bool m_open = false;
};

/// Two pieces of work of four lines in turn, with persons, a password and an offer; closed.
bool makeTrail(SqliteBench &bench)
{
    Story one(bench.clock);
    Story two(bench.clock);
    QList<JournalStep> steps;
    for (Story *story : { &one, &two })
        steps << story->begin(Person { u"a@example.org"_s, {}, {}, u"A"_s, u"B"_s }, { u"key"_s });
    for (Story *story : { &one, &two })
        steps << story->step(JournalState::AccountIntent);
    for (Story *story : { &one, &two }) {
        steps << story->step(JournalState::AccountReady, {}, { { fact::username, u"u"_s } });
        steps.last().firstPassword = std::make_shared<const Secret>(QByteArray("pw"));
    }
    for (Story *story : { &one, &two })
        steps << story->step(JournalState::Sent);
    const bool made = bench.start() && bench.appendAll(steps);
    bench.journal.reset();
    return made;
}

} // namespace

void TestSqliteJournalChain::tampering_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<qint64>("brokenAt");
    const auto row = [](const char *name, const QString &sql, qint64 at) { QTest::newRow(name) << sql << at; };
    row("nothing", u"SELECT 1"_s, 0);
    row("one byte of a line", u"UPDATE line SET text = CAST(replace(CAST(text AS TEXT), 'accountIntent', 'accountIntens') AS BLOB)"
        " WHERE number=3"_s, 3);
    row("a hash", u"UPDATE line SET hash = zeroblob(32) WHERE number=5"_s, 5);
    row("a digest", u"UPDATE line SET sealed_digest = zeroblob(32) WHERE number=2"_s, 2);
    row("a digest taken away", u"UPDATE line SET sealed_digest = x'' WHERE number=2"_s, 2);
    row("a removed line", u"DELETE FROM line WHERE number=4"_s, 4);
    row("the first line", u"DELETE FROM line WHERE number=1"_s, 1);
    row("two lines in each other's place", u"UPDATE line SET number = CASE number WHEN 3 THEN -4 ELSE -3 END WHERE number IN (3, 4);"_s, 3);
    row("another intent", u"UPDATE line SET intent = (SELECT intent FROM line WHERE number=2) WHERE number=1"_s, 1);
    row("another time", u"UPDATE line SET at = at - 86400000 WHERE number=6"_s, 6);
    row("a sealed byte", u"UPDATE sealed SET bytes = x'00' WHERE line=5 AND kind=0"_s, 5);
    row("a sealed password", u"UPDATE sealed SET bytes = x'00' WHERE line=6 AND kind=1"_s, 6);
    row("sealed with another line", u"UPDATE sealed SET line = 3 WHERE line=1"_s, 3);
}

void TestSqliteJournalChain::tampering()
{
    QFETCH(QString, sql);
    QFETCH(qint64, brokenAt);
    SqliteBench bench;
    QVERIFY(makeTrail(bench));
    {
        const Stranger stranger(bench.file());
        QVERIFY(stranger.run(sql.chopped(sql.endsWith(u';') ? 1 : 0)));
        if (sql.endsWith(u';'))
            QVERIFY(stranger.run(u"UPDATE line SET number = -number WHERE number < 0"_s));
    }
    QVERIFY(bench.start());
    const Outcome<ChainReport> report = bench.verify();
    QVERIFY(report.ok());
    if (brokenAt == 0) {
        QVERIFY(!report->brokenAt);
        QCOMPARE(report->lines, 8);
        QVERIFY(report->headMatches && report->headChecked);
    } else {
        QCOMPARE(report->brokenAt, std::optional(brokenAt));
    }
}

void TestSqliteJournalChain::aCutTailStopsTheWriting_data()
{
    QTest::addColumn<QStringList>("sql");
    QTest::addColumn<bool>("rehash");
    QTest::newRow("cut off") << QStringList { u"DELETE FROM line WHERE number > 6"_s } << false;
    QTest::newRow("cut off, with a head that fits") << QStringList { u"DELETE FROM line WHERE number > 6"_s } << true;
    QTest::newRow("all gone") << QStringList { u"DELETE FROM line"_s } << false;
    QTest::newRow("a line changed and all hashed anew")
        << QStringList { u"UPDATE line SET text = CAST(replace(CAST(text AS TEXT), 'accountIntent', 'accountIntens') AS BLOB)"
                         " WHERE number=3"_s }
        << true;
    QTest::newRow("no seal") << QStringList { u"DELETE FROM meta WHERE key='head_seal'"_s } << false;
    QTest::newRow("cut off, as if another key had sealed the head")
        << QStringList { u"DELETE FROM line WHERE number > 6"_s,
                         u"UPDATE meta SET value='00112233445566778899aabbccddeeff' WHERE key='head_key_id'"_s }
        << true;
}

void TestSqliteJournalChain::aCutTailStopsTheWriting()
{
    QFETCH(QStringList, sql);
    QFETCH(bool, rehash);
    SqliteBench bench;
    QVERIFY(makeTrail(bench));
    {
        const Stranger stranger(bench.file());
        for (const QString &one : sql)
            QVERIFY(stranger.run(one));
        QVERIFY(!rehash || stranger.rehashAfter(0));
    }
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::ReadOnly, Reason::Corrupt));
    bench.append(Story(bench.clock).begin()); // would hide what was done
    QTRY_COMPARE(bench.answers, QStringList { u"StorageFailed"_s });
    QCOMPARE(bench.records().size(), 2);
    const Outcome<ChainReport> report = bench.verify();
    QVERIFY(report.ok());
    QVERIFY(!report->headMatches);
}

void TestSqliteJournalChain::aMonthCanBeCheckedWithoutTheJournal()
{
    SqliteBench bench;
    QVERIFY(makeTrail(bench));
    QVERIFY(bench.start());
    bench.clock.jumpWall(std::chrono::hours(24 * 40));
    QVERIFY(bench.appendAll({ Story(bench.clock).begin() })); // of another month
    const QDate today = bench.clock.nowUtc().addDays(-40).date();
    const auto month = [&](int year, int number) {
        return bench.wait<QByteArray>([&](QObject *o, auto then) { bench.journal->exportMonth(year, number, o, then); });
    };
    const Outcome<QByteArray> trail = month(today.year(), today.month());
    QVERIFY(trail.ok());
    QList<QByteArray> lines = trail->split('\n');
    QCOMPARE(lines.takeLast(), QByteArray());
    QCOMPARE(lines.size(), 8);
    QByteArray before(32, '\0');
    for (const QByteArray &line : std::as_const(lines)) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const auto hex = [&](const QString &key) { return QByteArray::fromHex(object.value(key).toString().toLatin1()); };
        QVERIFY(object.contains(u"state"_s));
        QVERIFY(!object.contains(u"sealed"_s));
        // The text is what stands before the three members that were added.
        const QByteArray text = line.left(line.indexOf(",\"sealedDigest\":")) + '}';
        QCOMPARE(hex(u"before"_s), before);
        QCOMPARE(hex(u"hash"_s), chainHash(before, text, hex(u"sealedDigest"_s)));
        before = hex(u"hash"_s);
    }
    const Outcome<QByteArray> empty = month(2001, 2);
    QVERIFY(empty.ok());
    QVERIFY(empty->isEmpty());
    QCOMPARE(month(2026, 13).failure().kind, FailureKind::InvalidInput);
}

QTEST_GUILESS_MAIN(TestSqliteJournalChain)
#include "tst_sqlitejournalchain.moc"
