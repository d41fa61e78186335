// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalschema.h"
#include "app/store/sqlconnection.h"
#include "tests/unit/store/batchsamples.h"
#include "tests/unit/store/filehelp.h"
#include "tests/unit/store/sqlitebench.h"
#include "tests/unit/store/textforms.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>

using namespace yoid;
using namespace Qt::StringLiterals;

/// The batches in the journal's file: sealed, lasting, under the chain, gone when they must be. The rules: tst_batchstore.
class TestSqliteBatches : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRestartKeepsAll();
    void namesStandInNoFile();
    void whatIsSealedCannotBeMoved();
    void withoutTheKeyHeadsOnly();
    void theKeyMayComeLater();
    void openedForReadingNothingIsWritten();
    void aClosedJournalAnswers();
    void aWrongClockWritesNothing();
    void eachChangeOfPhaseHasItsLine();
    void copiedBeforeTheRelease();
    void aForgottenPersonIsGoneEverywhere();
    void finishedBatchesArePurged();
    void draftsLeftLyingAreDropped();
    void zeroDaysIsForEver();
    void aPurgedPlanDoesNotComeBack();
    void workThatIsPurgedTakesItsRowAlong();
    void aFileOfTheVersionBefore();
    void forgettingInCopiesOfTheVersionBefore();
};

namespace {

using State = JournalStatus::State;
using Reason = JournalStatus::Reason;
using std::chrono::hours;

const Person kThandi { u"thandi@example.org"_s, {}, {}, u"Thandi"_s, u"Dlamini"_s };

/// All bytes of the data folder, the copies for safety too, as another process sees them.
QByteArray rawBytes(const SqliteBench &bench)
{
    const QString copy = bench.folder.filePath(u"raw"_s);
    QDir(copy).removeRecursively();
    QProcess::execute(u"cp"_s, { u"-r"_s, bench.data(), copy });
    QByteArray bytes;
    for (const QString &folder : { copy, QString(copy + u"/backups"_s) }) {
        const QStringList names = QDir(folder).entryList(QDir::Files | QDir::Hidden);
        for (const QString &name : names)
            bytes += contentOf(folder + u'/' + name);
    }
    return bytes;
}

/// Of the closed journal, or one of its copies.
QVariant askFile(const QString &file, const QString &sql)
{
    const SqlConnection connection(file);
    return connection.ask(sql).value;
}

bool runOnFile(const SqliteBench &bench, const QStringList &statements)
{
    const SqlConnection connection(bench.file());
    return std::all_of(statements.begin(), statements.end(), [&](const QString &one) { return !connection.run(one).isValid(); });
}

/// What is sealed for one row, as it stands in the file.
QByteArray sealedRow(const SqliteBench &bench, int number)
{
    rawBytes(bench);
    return askFile(bench.folder.filePath(u"raw/journal.sqlite"_s), u"SELECT bytes FROM batch_row WHERE number=%1"_s.arg(number)).toByteArray();
}

QStringList copies(const SqliteBench &bench)
{
    QStringList files;
    const QDir folder(bench.where().backups);
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    for (const QString &name : names)
        files << folder.filePath(name);
    return files;
}

bool isSound(SqliteBench &bench)
{
    const Outcome<ChainReport> report = bench.verify();
    return report.ok() && !report->brokenAt && report->headMatches && report->headChecked;
}

QList<QJsonObject> careLines(SqliteBench &bench)
{
    QList<QJsonObject> all;
    for (int month = 0; month < 60; ++month) {
        const auto trail = bench.wait<QByteArray>([&](QObject *o, auto then) { bench.journal->exportMonth(2026 + month / 12, month % 12 + 1, o, then); });
        const QList<QByteArray> lines = trail.ok() ? trail->split('\n') : QList<QByteArray>();
        for (const QByteArray &line : lines) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            if (object.contains(u"what"_s))
                all << object;
        }
    }
    return all;
}

BatchHead finishedAt(BatchHead head, const QDateTime &at)
{
    head.phase = BatchPhase::Finished;
    head.finishedAt = at;
    return head;
}

/// Batch `id` with two rows, released, and finished when it is to be.
bool makeReleased(SqliteBench &bench, const QString &id, bool finished)
{
    BatchCalls calls { bench.journal->batches() };
    const QList<BatchRow> rows = sampleRows(1, 2);
    return calls.create(sampleBatch(id), rows) == u"done"_s
        && calls.release(inPhase(sampleBatch(id), BatchPhase::Released), withIntents(rows, id)) == u"done"_s
        && (!finished || calls.put(finishedAt(sampleBatch(id), bench.clock.nowUtc())) == u"done"_s);
}

/// So many days later; somebody worked two days before, which vouches for the clock.
bool restartAfter(SqliteBench &bench, int days, const SqliteJournal::Retention &retention)
{
    bench.clock.jumpWall(hours(24 * (days - 2)));
    if (!bench.appendAll({ Story(bench.clock).begin() }))
        return false;
    bench.journal.reset();
    bench.clock.jumpWall(hours(24 * 2));
    bench.make();
    bench.journal->setRetention(retention);
    bench.journal->open();
    return bench.comesTo(State::Ready) && isSound(bench) && isSound(bench); // a check comes behind the purge
}

/// How many of the rows still say something, such as `2/3`.
QString wholeRows(SqliteBench &bench, const QString &batch)
{
    BatchCalls calls { bench.journal->batches() };
    const BatchCalls::Read read = calls.read(batch);
    if (read.failure)
        return failureName(read.failure->kind);
    const auto whole = std::count_if(read.rows.begin(), read.rows.end(), [](const BatchRow &row) { return !row.cells.isEmpty(); });
    return u"%1/%2"_s.arg(whole).arg(read.rows.size());
}

/// As a program of the version before has left it.
bool makeVersionOne(SqliteBench &bench, Story &story)
{
    if (!bench.start() || !bench.appendAll({ story.begin(kThandi, { u"aa"_s }) }))
        return false;
    bench.journal.reset();
    return runOnFile(bench, { u"DROP TABLE batch"_s, u"DROP TABLE batch_row"_s, u"DROP TABLE batch_person"_s, u"PRAGMA user_version=1"_s });
}

} // namespace

void TestSqliteBatches::aRestartKeepsAll()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QList<BatchRow> rows = sampleRows(1, 1500);
    rows[7].repaired.insert(1, u"naledi@example.org"_s);
    QList<BatchHead> heads;
    {
        BatchCalls calls { bench.journal->batches() };
        QCOMPARE(calls.create(sampleBatch(u"b1"_s), rows), u"done"_s);
        QVERIFY(makeReleased(bench, u"b2"_s, true));
        QCOMPARE(calls.create(sampleBatch(u"b3"_s), {}), u"done"_s);
        QCOMPARE(calls.remove(u"b3"_s), u"done"_s);
        heads = calls.heads();
        QCOMPARE(heads.size(), 2);
    }
    QVERIFY(bench.start());
    BatchCalls calls { bench.journal->batches() };
    QCOMPARE(calls.heads(), heads);
    QCOMPARE(calls.read(u"b1"_s).rows, rows);
    QCOMPARE(calls.read(u"b2"_s).rows, withIntents(sampleRows(1, 2), u"b2"_s));
    QCOMPARE(calls.make(sampleBatch(u"b4"_s), {})->ordinal, 4); // 3 was given
    QVERIFY(isSound(bench));
}

void TestSqliteBatches::namesStandInNoFile()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    const QStringList names { u"Nomvulamagxotheni"_s, u"Zimkhithabaloyirepaired"_s, u"mthathaofficegraduates"_s, u"fixedvaluesofsomebody"_s,
                              u"notesabouttheheadmaster"_s };
    BatchHead head = sampleBatch();
    head.plan.fileName = names.at(2) + u".csv"_s;
    head.plan.sheet = names.at(3);
    head.plan.note = names.at(4);
    QList<BatchRow> rows { sampleRow(1, names.at(0)) };
    rows[0].repaired.insert(0, names.at(1));
    BatchCalls calls { bench.journal->batches() };
    QCOMPARE(calls.create(head, rows), u"done"_s);
    QVERIFY(bench.wait<Done>([&](QObject *o, auto then) { bench.journal->backup(o, then); }).ok());
    rows[0].intent = { u"intentinclear"_s };
    QCOMPARE(calls.release(inPhase(head, BatchPhase::Released), rows), u"done"_s);
    QCOMPARE(calls.put(inPhase(head, BatchPhase::Finished)), u"done"_s);
    QCOMPARE(calls.read(u"b1"_s).rows, rows);
    const QByteArray running = rawBytes(bench);
    QCOMPARE(foundIn(running, names), QStringList());
    QVERIFY(running.contains("intentinclear")); // what was looked through are the right files
    bench.journal.reset();
    QCOMPARE(foundIn(rawBytes(bench), names), QStringList());
}

void TestSqliteBatches::whatIsSealedCannotBeMoved()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    for (const QString &id : { u"b1"_s, u"b2"_s, u"b3"_s }) {
        BatchHead head = sampleBatch(id);
        head.plan.note = id;
        BatchCalls calls { bench.journal->batches() };
        QCOMPARE(calls.create(head, sampleRows(1, 2)), u"done"_s);
    }
    bench.journal.reset();
    // Two rows of one batch; the same row of two batches; the plan of another one.
    QVERIFY(runOnFile(bench, { u"UPDATE batch_row SET bytes=(SELECT bytes FROM batch_row WHERE batch=1 AND number=2) WHERE batch=1 AND number=1"_s,
                               u"UPDATE batch_row SET bytes=(SELECT bytes FROM batch_row WHERE batch=3 AND number=1) WHERE batch=2 AND number=1"_s,
                               u"UPDATE batch SET plan=(SELECT plan FROM batch WHERE ordinal=3) WHERE ordinal=2"_s }));
    QVERIFY(bench.start());
    BatchCalls calls { bench.journal->batches() };
    QCOMPARE(wholeRows(bench, u"b1"_s), u"SecretLocked"_s);
    QCOMPARE(wholeRows(bench, u"b2"_s), u"SecretLocked"_s);
    QCOMPARE(wholeRows(bench, u"b3"_s), u"2/2"_s);
    QVERIFY(calls.head(u"b1"_s).planReadable);
    QVERIFY(!calls.head(u"b2"_s).planReadable);
    QCOMPARE(calls.head(u"b2"_s).plan, BatchPlan());
    QCOMPARE(calls.head(u"b3"_s).plan.note, u"b3"_s);
}

void TestSqliteBatches::withoutTheKeyHeadsOnly()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QVERIFY(makeReleased(bench, u"b1"_s, false));
    const BatchHead known = BatchCalls { bench.journal->batches() }.head(u"b1"_s);
    bench.keychain.failAll(FailureKind::SecretLocked);
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::ReadOnly, Reason::KeyLocked));
    BatchCalls calls { bench.journal->batches() };
    BatchHead clear = known;
    clear.plan = {};
    clear.planReadable = false;
    QCOMPARE(calls.heads(), QList<BatchHead>({ clear }));
    QCOMPARE(wholeRows(bench, u"b1"_s), u"SecretLocked"_s);
    QCOMPARE(calls.create(sampleBatch(u"b2"_s), sampleRows(1, 1)), u"SecretLocked"_s);
    QCOMPARE(calls.putRows(u"b1"_s, sampleRows(1, 1)), u"SecretLocked"_s);
    QCOMPARE(calls.put(inPhase(clear, BatchPhase::Finished)), u"SecretLocked"_s);
    QCOMPARE(calls.release(inPhase(clear, BatchPhase::Released), withIntents(sampleRows(1, 1))), u"SecretLocked"_s);
    QCOMPARE(calls.remove(u"b1"_s), u"SecretLocked"_s);
    bench.keychain.failAll({});
    QVERIFY(bench.start());
    BatchCalls again { bench.journal->batches() };
    QCOMPARE(again.heads(), QList<BatchHead>({ known }));
    QCOMPARE(wholeRows(bench, u"b1"_s), u"2/2"_s);
}

void TestSqliteBatches::theKeyMayComeLater()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QVERIFY(makeReleased(bench, u"b1"_s, false));
    const BatchHead known = BatchCalls { bench.journal->batches() }.head(u"b1"_s);
    bench.keychain.failAll(FailureKind::SecretLocked);
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::ReadOnly, Reason::KeyLocked));
    QSignalSpy changed(&bench.journal->batches(), &BatchStore::changed);
    bench.keychain.failAll({});
    QTRY_VERIFY((bench.journal->open(), bench.journal->status().state == State::Ready));
    QTRY_COMPARE(changed.size(), 1); // who has read it without its plan is told the plan
    QCOMPARE(changed.first().first().value<BatchHead>(), known);
}

void TestSqliteBatches::openedForReadingNothingIsWritten()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QVERIFY(makeReleased(bench, u"b1"_s, false));
    bench.make();
    bench.journal->open(SqliteJournal::Use::Reading);
    QVERIFY(bench.comesTo(State::Ready));
    BatchCalls calls { bench.journal->batches() };
    QCOMPARE(calls.put(inPhase(sampleBatch(), BatchPhase::Finished)), u"StorageFailed"_s);
    QCOMPARE(calls.create(sampleBatch(u"b2"_s), {}), u"StorageFailed"_s);
    QCOMPARE(calls.head(u"b1"_s).phase, BatchPhase::Released);
    QCOMPARE(wholeRows(bench, u"b1"_s), u"2/2"_s);
}

void TestSqliteBatches::aClosedJournalAnswers()
{
    SqliteBench bench;
    QVERIFY(QDir().mkpath(bench.data()));
    QVERIFY(put(bench.file(), QByteArray(4096, 'x')));
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::Closed, Reason::Corrupt));
    BatchCalls calls { bench.journal->batches() };
    QCOMPARE(calls.create(sampleBatch(), {}), u"StorageFailed"_s);
    QCOMPARE(calls.remove(u"b1"_s), u"StorageFailed"_s);
    QCOMPARE(BatchCalls::word(calls.wait<QList<BatchHead>>([&](QObject *o, auto then) { calls.store.readHeads(o, then); })), u"StorageFailed"_s);
    QCOMPARE(wholeRows(bench, u"b1"_s), u"StorageFailed"_s);
}

void TestSqliteBatches::aWrongClockWritesNothing()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QVERIFY(makeReleased(bench, u"b1"_s, false));
    bench.clock.jumpWall(hours(-24 * 60)); // long before the last line
    BatchCalls calls { bench.journal->batches() };
    const Outcome<Done> step = bench.wait<Done>([&](QObject *o, auto then) { bench.journal->append(Story(bench.clock).begin(), o, then); });
    const Outcome<Done> phase = bench.wait<Done>(
        [&](QObject *o, auto then) { calls.store.put(inPhase(sampleBatch(), BatchPhase::Finished), o, then); });
    QVERIFY(!step.ok() && !phase.ok());
    QCOMPARE(phase.failure(), step.failure());
    QCOMPARE(calls.head(u"b1"_s).phase, BatchPhase::Released);
    bench.clock.jumpWall(hours(24 * 60));
    QCOMPARE(calls.put(inPhase(sampleBatch(), BatchPhase::Finished)), u"done"_s);
}

void TestSqliteBatches::eachChangeOfPhaseHasItsLine()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    bench.journal->setOperator(u"Sipho"_s);
    BatchCalls calls { bench.journal->batches() };
    const QList<BatchRow> rows = sampleRows(1, 3);
    BatchHead head = sampleBatch();
    head.rows = 3;
    QCOMPARE(calls.create(head, rows), u"done"_s);
    head.stage = BatchStage::Check;
    QCOMPARE(calls.put(head), u"done"_s); // no change of phase, no line
    QCOMPARE(calls.release(inPhase(head, BatchPhase::Released), rows), u"InvalidInput"_s);
    QCOMPARE(careLines(bench).size(), 0);
    head.toIssue = 3;
    QCOMPARE(calls.release(inPhase(head, BatchPhase::Released), withIntents(rows)), u"done"_s);
    head.delivered = 2;
    head.failed = 1;
    QCOMPARE(calls.put(inPhase(head, BatchPhase::Released)), u"done"_s);
    QCOMPARE(calls.put(inPhase(head, BatchPhase::Finished)), u"done"_s);
    QCOMPARE(calls.put(inPhase(head, BatchPhase::Released)), u"done"_s);
    QCOMPARE(calls.create(sampleBatch(u"b2"_s), {}), u"done"_s);
    QCOMPARE(calls.put(inPhase(sampleBatch(u"b2"_s), BatchPhase::Dropped)), u"done"_s);

    QStringList told;
    const QList<QJsonObject> lines = careLines(bench);
    for (const QJsonObject &line : lines) {
        QCOMPARE(line.value(u"what"_s).toString(), u"batch"_s);
        QCOMPARE(line.value(u"operator"_s).toString(), u"Sipho"_s);
        const QJsonObject facts = line.value(u"facts"_s).toObject();
        QCOMPARE(facts.value(u"file"_s).toString(), QString::fromLatin1(head.fileHash.toHex()));
        QCOMPARE(facts.value(u"template"_s).toString(), u"t1"_s);
        QStringList words { facts.value(u"batch"_s).toString(), facts.value(u"phase"_s).toString() };
        for (const QString &count : { u"ordinal"_s, u"rows"_s, u"toIssue"_s, u"delivered"_s, u"failed"_s, u"doubtful"_s })
            words << QString::number(facts.value(count).toInt(-1));
        told << words.join(u' ');
        QCOMPARE(facts.size(), 10); // and nothing else
    }
    QCOMPARE(told, QStringList({ u"b1 released 1 3 3 0 0 0"_s, u"b1 finished 1 3 3 2 1 0"_s, u"b1 released 1 3 3 2 1 0"_s, u"b2 dropped 2 0 0 0 0 0"_s }));
    QVERIFY(isSound(bench));
    QCOMPARE(bench.verify()->lines, 4);
}

void TestSqliteBatches::copiedBeforeTheRelease()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QVERIFY(copies(bench).isEmpty());
    QVERIFY(makeReleased(bench, u"b1"_s, false));
    QCOMPARE(copies(bench).size(), 1);
    QCOMPARE(askFile(copies(bench).first(), u"SELECT phase FROM batch"_s).toString(), u"draft"_s);

    QVERIFY(QDir(bench.where().backups).removeRecursively());
    QVERIFY(put(bench.where().backups, "in the way"));
    QVERIFY(makeReleased(bench, u"b2"_s, false)); // that it cannot be copied does not stop it
}

void TestSqliteBatches::aForgottenPersonIsGoneEverywhere()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    BatchCalls calls { bench.journal->batches() };
    QList<BatchRow> rows = sampleRows(1, 3);
    rows[0].personKeys = { QString(64, u'a') };
    rows[1].personKeys = { QString(64, u'b') };
    QCOMPARE(calls.create(sampleBatch(), rows), u"done"_s);
    QVERIFY(bench.wait<Done>([&](QObject *o, auto then) { bench.journal->backup(o, then); }).ok());
    const QByteArray gone = sealedRow(bench, 1);
    const QByteArray stays = sealedRow(bench, 2);
    QCOMPARE(rawBytes(bench).count(gone.last(20)), 2); // the file or its log, and the copy; once more when in both
    const Outcome<int> count = bench.forget({ QString(64, u'a') });
    QVERIFY(count.ok());
    QCOMPARE(*count, 1);
    QCOMPARE(rawBytes(bench).count(gone.last(20)), 0);
    QCOMPARE(rawBytes(bench).count(gone.first(20)), 0);
    QVERIFY(rawBytes(bench).contains(stays.last(20)));
    QCOMPARE(wholeRows(bench, u"b1"_s), u"2/3"_s);
    QCOMPARE(careLines(bench).size(), 1);
    QVERIFY(isSound(bench));
    QVERIFY(bench.start());
    QCOMPARE(wholeRows(bench, u"b1"_s), u"2/3"_s);
    QVERIFY(isSound(bench));
}

void TestSqliteBatches::finishedBatchesArePurged()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QVERIFY(makeReleased(bench, u"b1"_s, true));
    QVERIFY(makeReleased(bench, u"b2"_s, false));
    QVERIFY(bench.wait<Done>([&](QObject *o, auto then) { bench.journal->backup(o, then); }).ok());
    const QString copy = copies(bench).last();
    const QString sealedInCopy = u"SELECT count(bytes) FROM batch_row WHERE batch=1"_s;
    QCOMPARE(askFile(copy, sealedInCopy).toInt(), 2);

    QVERIFY(restartAfter(bench, 99, { 100, 90, 30 }));
    QCOMPARE(wholeRows(bench, u"b1"_s), u"2/2"_s);
    QVERIFY(restartAfter(bench, 3, { 100, 90, 30 }));
    QTRY_COMPARE(wholeRows(bench, u"b1"_s), u"0/2"_s);
    QCOMPARE(wholeRows(bench, u"b2"_s), u"2/2"_s);
    BatchCalls calls { bench.journal->batches() };
    QVERIFY(!calls.head(u"b1"_s).planReadable);
    QVERIFY(calls.head(u"b2"_s).planReadable);
    QCOMPARE(calls.head(u"b1"_s).phase, BatchPhase::Finished);
    QCOMPARE(calls.read(u"b1"_s).rows.first().intent.text, u"b11"_s); // their work is still found
    QTRY_COMPARE(askFile(copy, sealedInCopy).toInt(), 0);
    QCOMPARE(askFile(copy, u"SELECT count(*) FROM batch WHERE plan IS NOT NULL"_s).toInt(), 1);

    QVERIFY(restartAfter(bench, 300, { 100, 90, 30 })); // a released one waits for a year
    QTRY_COMPARE(wholeRows(bench, u"b2"_s), u"0/2"_s);
    QVERIFY(isSound(bench));
}

void TestSqliteBatches::draftsLeftLyingAreDropped()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    {
        BatchCalls calls { bench.journal->batches() };
        for (const QString &id : { u"left"_s, u"touched"_s, u"dropped"_s })
            QCOMPARE(calls.create(sampleBatch(id), sampleRows(1, 2)), u"done"_s);
        QCOMPARE(calls.put(inPhase(sampleBatch(u"dropped"_s), BatchPhase::Dropped)), u"done"_s);
    }
    QVERIFY(restartAfter(bench, 50, {}));
    QCOMPARE(BatchCalls { bench.journal->batches() }.putRows(u"touched"_s, { sampleRow(1) }), u"done"_s);
    QVERIFY(restartAfter(bench, 39, {}));
    QCOMPARE(wholeRows(bench, u"left"_s), u"2/2"_s);
    QVERIFY(restartAfter(bench, 3, {}));
    QTRY_COMPARE(wholeRows(bench, u"left"_s), u"0/0"_s);
    QCOMPARE(wholeRows(bench, u"dropped"_s), u"0/0"_s);
    QCOMPARE(wholeRows(bench, u"touched"_s), u"2/2"_s);
    BatchCalls calls { bench.journal->batches() };
    QCOMPARE(calls.head(u"left"_s).phase, BatchPhase::Dropped);
    QCOMPARE(calls.head(u"touched"_s).phase, BatchPhase::Draft);
    QStringList words;
    const QList<QJsonObject> lines = careLines(bench);
    for (const QJsonObject &line : lines)
        words << line.value(u"what"_s).toString() + u' ' + line.value(u"facts"_s).toObject().value(u"batch"_s).toString();
    QCOMPARE(words, QStringList({ u"batch dropped"_s, u"batch left"_s, u"purged left"_s, u"purged dropped"_s }));
    QVERIFY(isSound(bench));
}

void TestSqliteBatches::zeroDaysIsForEver()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QVERIFY(makeReleased(bench, u"b1"_s, true));
    QVERIFY(makeReleased(bench, u"b2"_s, false));
    QVERIFY(restartAfter(bench, 1000, { 0, 0, 0 }));
    QCOMPARE(wholeRows(bench, u"b1"_s), u"2/2"_s);
    QCOMPARE(wholeRows(bench, u"b2"_s), u"2/2"_s);
}

void TestSqliteBatches::aPurgedPlanDoesNotComeBack()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    QVERIFY(makeReleased(bench, u"b1"_s, true));
    QVERIFY(restartAfter(bench, 102, { 100, 90, 30 }));
    QTRY_COMPARE(wholeRows(bench, u"b1"_s), u"0/2"_s);
    BatchCalls calls { bench.journal->batches() };
    QCOMPARE(calls.put(inPhase(sampleBatch(u"b1"_s), BatchPhase::Released)), u"done"_s); // by whoever still had it in hand
    QVERIFY(!calls.head(u"b1"_s).planReadable);
}

void TestSqliteBatches::workThatIsPurgedTakesItsRowAlong()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story story(bench.clock);
    BatchCalls calls { bench.journal->batches() };
    QList<BatchRow> rows = sampleRows(1, 2);
    QCOMPARE(calls.create(sampleBatch(), rows), u"done"_s);
    rows[0].intent = story.intent();
    rows[1].intent = { u"i2"_s };
    QCOMPARE(calls.release(inPhase(sampleBatch(), BatchPhase::Released), rows), u"done"_s);
    QVERIFY(bench.appendAll({ story.begin(kThandi, { u"aa"_s }), story.step(JournalState::Dropped) }));
    QVERIFY(restartAfter(bench, 103, { 100, 90, 30 }));
    QTRY_COMPARE(wholeRows(bench, u"b1"_s), u"1/2"_s);
}

void TestSqliteBatches::aFileOfTheVersionBefore()
{
    SqliteBench bench;
    Story story(bench.clock);
    QVERIFY(makeVersionOne(bench, story));
    QVERIFY(bench.start());
    QCOMPARE(copies(bench).size(), 1);
    QCOMPARE(askFile(copies(bench).first(), u"PRAGMA user_version"_s).toInt(), 1); // from before
    QCOMPARE(askFile(copies(bench).first(), u"SELECT intent FROM work"_s).toString(), story.intent().text);
    QCOMPARE(bench.records().size(), 1);
    QCOMPARE(bench.records().first().person, kThandi);
    QVERIFY(isSound(bench));
    QVERIFY(BatchCalls { bench.journal->batches() }.heads().isEmpty());
    QVERIFY(makeReleased(bench, u"b1"_s, true));
    bench.journal.reset();
    QCOMPARE(askFile(bench.file(), u"PRAGMA user_version"_s).toInt(), 2);
    QVERIFY(bench.start());
    QCOMPARE(wholeRows(bench, u"b1"_s), u"2/2"_s);

    bench.journal.reset();
    QVERIFY(runOnFile(bench, { u"PRAGMA user_version=%1"_s.arg(journalVersion() + 1) }));
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::ReadOnly, Reason::NewerVersion));
    BatchCalls calls { bench.journal->batches() };
    QCOMPARE(calls.put(inPhase(sampleBatch(), BatchPhase::Released)), u"StorageFailed"_s);
    QCOMPARE(calls.head(u"b1"_s).phase, BatchPhase::Finished);
}

void TestSqliteBatches::forgettingInCopiesOfTheVersionBefore()
{
    SqliteBench bench;
    Story story(bench.clock);
    QVERIFY(makeVersionOne(bench, story));
    QVERIFY(bench.start());
    const QString copy = copies(bench).first();
    QCOMPARE(askFile(copy, u"SELECT count(*) FROM work WHERE person IS NOT NULL"_s).toInt(), 1);
    QList<BatchRow> rows = sampleRows(1, 2);
    rows[0].personKeys = { u"aa"_s };
    BatchCalls calls { bench.journal->batches() };
    QCOMPARE(calls.create(sampleBatch(), rows), u"done"_s);
    QCOMPARE(bench.forget({ u"aa"_s }).value(), 2); // the work, and the row that has none
    QCOMPARE(wholeRows(bench, u"b1"_s), u"1/2"_s);
    QCOMPARE(askFile(copy, u"SELECT count(*) FROM work WHERE person IS NOT NULL"_s).toInt(), 0);
}

QTEST_GUILESS_MAIN(TestSqliteBatches)

#include "tst_sqlitebatches.moc"
