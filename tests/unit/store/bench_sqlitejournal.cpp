// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/batchsamples.h"
#include "tests/unit/store/filehelp.h"
#include "tests/unit/store/sqlitebench.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QProcess>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// Figures for people; nothing is asserted about time. Not part of ctest.
class BenchSqliteJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tenThousandPiecesOfWork();
    void oneAtATime();
    void aHundredThousandRows();
};

namespace {

QList<JournalStep> sixLines(const Clock &clock, int number, bool ended)
{
    Story story(clock);
    const QString name = u"person%1"_s.arg(number);
    const Person person { name + u"@example.org"_s, {}, {}, name, u"Surname"_s };
    const QString offer = u"openid-credential-offer://?credential_offer_uri=https://issuer.example.org/offers/"_s + name;
    QList<JournalStep> steps {
        story.begin(person, { QString::fromLatin1(QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex()) }),
        story.step(JournalState::AccountIntent),
        story.step(JournalState::AccountReady, {}, { { fact::username, name } }),
        story.step(JournalState::Sent),
        story.step(JournalState::Offered, { { fact::issuanceId, name }, { fact::status, u"offered"_s } }, { { fact::offerUri, offer } }),
        story.step(JournalState::DeliveryIntent),
    };
    if (ended)
        steps.last() = story.step(JournalState::Accepted);
    return steps;
}

} // namespace

void BenchSqliteJournal::tenThousandPiecesOfWork()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QElapsedTimer timer;
    timer.start();
    int given = 0;
    for (int number = 0; number < 10'000; ++number) {
        const QList<JournalStep> steps = sixLines(bench.clock, number, number % 10 != 0);
        for (const JournalStep &step : steps)
            bench.append(step);
        given += static_cast<int>(steps.size());
        if (number % 500 == 499)
            QTRY_COMPARE_WITH_TIMEOUT(bench.answers.size(), given, 120'000);
    }
    qInfo("grouped: %d steps in %lld ms, %.0f/s", given, timer.elapsed(), given * 1000.0 / static_cast<double>(timer.elapsed()));
    QCOMPARE(bench.answers.count(u"done"_s), given);
    // As after a crash: the files as they are, with the log and without a clean end.
    SqliteBench crashed;
    QVERIFY(QDir().mkpath(crashed.data()));
    QCOMPARE(QProcess::execute(u"cp"_s, { u"-r"_s, bench.data(), crashed.folder.path() }), 0);
    for (const FakeSecretStore::Call &call : bench.keychain.calls())
        crashed.keychain.put(call.profile, *bench.keychain.held(call.profile));
    timer.restart();
    crashed.make();
    crashed.journal->open();
    QVERIFY(crashed.comesTo(JournalStatus::State::Ready));
    qInfo("after a crash: ready after %lld ms", timer.elapsed());
    QCOMPARE(crashed.open(u"origin"_s).size(), 1000);
    qInfo("after a crash: open work after %lld ms", timer.elapsed());
    crashed.journal.reset();
    bench.journal.reset();
    qInfo("file: %lld bytes", QFileInfo(bench.file()).size());

    timer.restart();
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(JournalStatus::State::Ready));
    qInfo("ready after %lld ms", timer.elapsed());
    const qsizetype open = bench.open(u"origin"_s).size();
    qInfo("%lld open after %lld ms", static_cast<long long>(open), timer.elapsed());
    qsizetype all = 0;
    bool ended = false;
    bench.journal->readRecords(&bench.asker, [&](const QList<WorkRecord> &page, bool last) {
        if (all == 0)
            qInfo("first page after %lld ms", timer.elapsed());
        all += page.size();
        ended = last;
    });
    QTRY_VERIFY_WITH_TIMEOUT(ended, 60'000);
    qInfo("%lld records after %lld ms", static_cast<long long>(all), timer.elapsed());
    timer.restart();
    const Outcome<ChainReport> report = bench.verify();
    QVERIFY(report.ok() && !report->brokenAt && report->headMatches);
    qInfo("%lld lines verified in %lld ms", report->lines, timer.elapsed());
    timer.restart();
    bench.journal.reset();
    qInfo("closed in %lld ms", timer.elapsed());
}

void BenchSqliteJournal::oneAtATime()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QElapsedTimer timer;
    timer.start();
    int done = 0;
    QEventLoop loop; // a test's own waiting sleeps ten milliseconds between its looks
    QList<JournalStep> steps;
    for (int number = 0; number < 100; ++number)
        steps += sixLines(bench.clock, number, false);
    const std::function<void()> next = [&] {
        bench.journal->append(steps.at(done), &bench.asker, [&](const Outcome<Done> &outcome) {
            if (outcome.ok() && ++done < steps.size())
                next();
            else
                loop.quit();
        });
    };
    next();
    loop.exec();
    QCOMPARE(done, steps.size());
    qInfo("one at a time: %.2f ms a step", static_cast<double>(timer.elapsed()) / done);
}

void BenchSqliteJournal::aHundredThousandRows()
{
    constexpr int count = 100'000;
    SqliteBench bench;
    QVERIFY(bench.start());
    BatchCalls calls { bench.journal->batches() };
    QList<BatchRow> all = sampleRows(1, count);
    for (BatchRow &row : all) {
        row.cells = { u"Naledi"_s, u"Khumalo"_s, QString(u"naledi%1@example.org"_s).arg(row.number), u"2026-11-24"_s, u"Welding"_s, u"82"_s };
        row.personKeys = { QString::fromLatin1(QCryptographicHash::hash(row.cells.at(2).toUtf8(), QCryptographicHash::Sha256).toHex()) };
    }
    QElapsedTimer timer;
    const auto tell = [&](const char *what) {
        qInfo("%s: %lld rows/s", what, static_cast<long long>(count) * 1000 / std::max<qint64>(1, timer.restart()));
    };
    for (const int page : { 500, 1000 }) {
        const QString id = QString::number(page);
        timer.start();
        QCOMPARE(calls.create(sampleBatch(id), {}), u"done"_s);
        for (int at = 0; at < count; at += page)
            calls.store.putRows({ id }, all.mid(at, page), &bench.asker, [](const Outcome<Done> &done) { QVERIFY(done.ok()); });
        QCOMPARE(calls.putRows(id, {}), u"done"_s);
        tell(qPrintable(u"written in pages of "_s + id));
        QCOMPARE(calls.read(id).rows.size(), count);
        tell("read");
    }
    const QList<BatchRow> released = withIntents(all);
    timer.restart();
    QCOMPARE(calls.release(inPhase(sampleBatch(u"1000"_s), BatchPhase::Released), released), u"done"_s);
    tell("released");
    QCOMPARE(calls.remove(u"500"_s), u"done"_s);
    tell("removed");
    bench.journal.reset();
    qInfo("the file: %lld bytes", static_cast<long long>(QFileInfo(bench.file()).size()));
}

QTEST_GUILESS_MAIN(BenchSqliteJournal)
#include "bench_sqlitejournal.moc"
