// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalreader.h"
#include "tests/unit/store/filehelp.h"
#include "tests/unit/store/sqlitebench.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// What is removed, when, and that it is gone; what is noted beside the chain; who comes first.
class TestSqliteJournalCare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aForgottenPersonIsGoneFromTheFile();
    void aForgottenPersonIsGoneFromTheBackups();
    void aDroppedPasswordIsGoneFromTheFile();
    void aBackupThatCannotBeCleanedIsTold();
    void nobodyToForget();
    void workLeftLyingIsPurgedToo();
    void retentionAtOpening();
    void retentionEveryDay();
    void openedForReadingNothingIsDone();
    void noKeyIsMadeForReading();
    void aClockThatJumpedPurgesNothing();
    void aWildClockWritesNothing();
    void zeroDaysIsForEver();
    void askedAboutIsSavedLazily();
    void stepsComeBeforeReading();
    void twoThousandRecordsComeInPages();
};

namespace {

using State = JournalStatus::State;
using Reason = JournalStatus::Reason;
using std::chrono::hours;

const Person kThandi { u"thandi@example.org"_s, {}, {}, u"Thandi"_s, u"Dlamini"_s };
const Person kSipho { u"sipho@example.org"_s, {}, {}, u"Sipho"_s, u"Nkosi"_s };

/// Issued and ended, with all that can be sealed.
QList<JournalStep> wholeStory(Story &story, const Person &person, const QString &key)
{
    JournalStep ready = story.step(JournalState::AccountReady, {}, { { fact::username, u"u"_s } });
    ready.firstPassword = std::make_shared<const Secret>(QByteArray("first-password-of-somebody"));
    return { story.begin(person, { key }),
             story.step(JournalState::AccountIntent),
             ready,
             story.step(JournalState::Sent),
             story.step(JournalState::Offered, { { fact::issuanceId, QString(u"iss-"_s + key) } },
                        { { fact::offerUri, QString(9000, u'o') } }), // fills pages of its own
             story.step(JournalState::DeliveryIntent),
             story.step(JournalState::Delivered),
             story.step(JournalState::Expired) };
}

/// The bytes of the journal's files, as another process sees them.
QByteArray rawBytes(const SqliteBench &bench)
{
    const QString copy = bench.folder.filePath(u"raw"_s);
    QDir(copy).removeRecursively();
    QDir().mkpath(copy);
    QByteArray bytes;
    for (const QString &name : { u"/journal.sqlite"_s, u"/journal.sqlite-wal"_s }) {
        if (QFileInfo::exists(bench.data() + name)) {
            QProcess::execute(u"cp"_s, { bench.data() + name, copy });
            bytes += contentOf(copy + name);
        }
    }
    return bytes;
}

/// Everything sealed of this work, as it stands in the file; pieces short enough to lie on one page.
QList<QByteArray> sealedPieces(const SqliteBench &bench, const IntentId &intent, bool passwordsOnly = false)
{
    rawBytes(bench);
    QList<QByteArray> pieces;
    {
        QSqlDatabase copy = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"copy"_s);
        copy.setDatabaseName(bench.folder.filePath(u"raw/journal.sqlite"_s));
        copy.open();
        QSqlQuery query(copy);
        query.prepare(passwordsOnly ? u"SELECT bytes FROM sealed WHERE intent=? AND kind=1"_s
                                    : u"SELECT bytes FROM sealed WHERE intent=?1 UNION ALL"
                                      " SELECT person FROM work WHERE intent=?1"_s);
        query.addBindValue(intent.text);
        if (!passwordsOnly)
            query.addBindValue(intent.text);
        query.exec();
        while (query.next()) {
            const QByteArray bytes = query.value(0).toByteArray();
            pieces << bytes.first(20) << bytes.sliced(bytes.size() / 2, 20) << bytes.last(20);
        }
    }
    QSqlDatabase::removeDatabase(u"copy"_s);
    return pieces;
}

qsizetype countIn(const QByteArray &bytes, const QList<QByteArray> &pieces)
{
    return std::count_if(pieces.begin(), pieces.end(), [&](const QByteArray &piece) { return bytes.contains(piece); });
}

QStringList careWords(SqliteBench &bench)
{
    QStringList words;
    for (int month = 1; month <= 12 * 5; ++month) {
        const auto trail = bench.wait<QByteArray>([&](QObject *o, auto then) {
            bench.journal->exportMonth(2026 + (month - 1) / 12, (month - 1) % 12 + 1, o, then);
        });
        const QList<QByteArray> lines = trail.ok() ? trail->split('\n') : QList<QByteArray>();
        for (const QByteArray &line : lines) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            if (object.contains(u"what"_s))
                words << object.value(u"what"_s).toString() + u' '
                        + QString::fromUtf8(QJsonDocument(object.value(u"facts"_s).toObject()).toJson(QJsonDocument::Compact));
        }
    }
    return words;
}

bool isSound(const Outcome<ChainReport> &report)
{
    return report.ok() && !report->brokenAt && report->headMatches && report->headChecked;
}

} // namespace

void TestSqliteJournalCare::aForgottenPersonIsGoneFromTheFile()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    bench.journal->setOperator(u"Ada"_s);
    Story gone(bench.clock);
    Story stays(bench.clock);
    QVERIFY(bench.appendAll(wholeStory(gone, kThandi, u"aa"_s) + wholeStory(stays, kSipho, u"bb"_s)));
    const QList<QByteArray> removed = sealedPieces(bench, gone.intent());
    const QList<QByteArray> kept = sealedPieces(bench, stays.intent());
    QCOMPARE(removed.size(), 15); // person, username, offer; the password; the person beside the lines
    QCOMPARE(countIn(rawBytes(bench), removed), 15);
    QSignalSpy changed(bench.journal.get(), &Journal::recordChanged);

    const Outcome<int> count = bench.forget({ u"aa"_s, u"cc"_s });
    QVERIFY(count.ok());
    QCOMPARE(*count, 1);
    QCOMPARE(countIn(rawBytes(bench), removed), 0);
    QCOMPARE(countIn(rawBytes(bench), kept), 15);
    QCOMPARE(changed.size(), 1);
    const auto record = changed.first().first().value<WorkRecord>();
    QCOMPARE(record.intent, gone.intent());
    QCOMPARE(record.person, Person());
    QCOMPARE(record.issuanceId.text, u"iss-aa"_s); // so that it can still be taken back
    QCOMPARE(record.personKeys, QStringList { u"aa"_s });
    const Outcome<WorkDetails> details = bench.details(gone.intent());
    QVERIFY(details.ok());
    QVERIFY(details->sealed.isEmpty());
    QVERIFY(!details->hasFirstPassword);
    QCOMPARE(details->story.size(), 8);
    QVERIFY(!details->story.first().sealedReadable);
    QCOMPARE(bench.firstPassword(gone.intent()).failure().kind, FailureKind::SecretMissing);
    QCOMPARE(bench.details(stays.intent())->record.person, kSipho);
    QVERIFY(isSound(bench.verify()));
    QCOMPARE(careWords(bench), QStringList { u"forgotten {\"count\":1,\"persons\":[\"aa\",\"cc\"]}"_s });

    QVERIFY(bench.start());
    QVERIFY(isSound(bench.verify()));
    QCOMPARE(bench.details(gone.intent())->record, record);
    bench.journal.reset();
    QCOMPARE(countIn(rawBytes(bench), removed), 0);
}

void TestSqliteJournalCare::aForgottenPersonIsGoneFromTheBackups()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story gone(bench.clock);
    Story stays(bench.clock);
    QVERIFY(bench.appendAll(wholeStory(gone, kThandi, u"aa"_s) + wholeStory(stays, kSipho, u"bb"_s)));
    const QList<QByteArray> removed = sealedPieces(bench, gone.intent());
    const QList<QByteArray> kept = sealedPieces(bench, stays.intent());
    const auto copied = bench.wait<Done>([&](QObject *o, auto then) { bench.journal->backup(o, then); });
    QVERIFY(copied.ok());
    const QDir folder(bench.where().backups);
    QVERIFY(put(folder.filePath(u"unfinished.part"_s), contentOf(folder.filePath(folder.entryList(QDir::Files).first()))));
    const auto backups = [&] {
        QByteArray bytes;
        const QStringList names = folder.entryList(QDir::Files);
        for (const QString &name : names)
            bytes += contentOf(folder.filePath(name));
        return bytes;
    };
    QCOMPARE(countIn(backups(), removed), 15);
    QVERIFY(folder.exists(u"unfinished.part"_s));
    const Outcome<int> count = bench.forget({ u"aa"_s });
    QVERIFY(count.ok());
    QCOMPARE(*count, 1);
    QCOMPARE(countIn(backups(), removed), 0);
    QCOMPARE(countIn(backups(), kept), 15);
    QVERIFY(bench.appendAll({ Story(bench.clock).begin() }));

    // The copy is still a whole journal.
    const QString newest = folder.filePath(folder.entryList({ u"*.sqlite"_s }, QDir::Files, QDir::Name).last());
    bench.journal.reset();
    QVERIFY(QFile::remove(bench.file()));
    QVERIFY(QFile::rename(newest, bench.file()));
    QVERIFY(bench.start());
    QVERIFY(isSound(bench.verify()));
    QVERIFY(!bench.details(gone.intent())->record.personReadable);
    QCOMPARE(bench.details(stays.intent())->record.person, kSipho);
}

void TestSqliteJournalCare::aDroppedPasswordIsGoneFromTheFile()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story story(bench.clock);
    QVERIFY(bench.appendAll(wholeStory(story, kThandi, u"aa"_s)));
    const QList<QByteArray> password = sealedPieces(bench, story.intent(), true);
    QCOMPARE(password.size(), 3);
    QCOMPARE(countIn(rawBytes(bench), password), 3);
    bench.journal->dropFirstPassword(story.intent());
    QCOMPARE(bench.firstPassword(story.intent()).failure().kind, FailureKind::SecretMissing);
    QCOMPARE(countIn(rawBytes(bench), password), 0);
    const Outcome<WorkDetails> details = bench.details(story.intent());
    QVERIFY(details.ok() && !details->hasFirstPassword);
    QCOMPARE(details->sealed.value(fact::username).toString(), u"u"_s); // what was sealed beside it stays
    QVERIFY(isSound(bench.verify()));                                    // and can still be checked
}

void TestSqliteJournalCare::aBackupThatCannotBeCleanedIsTold()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story gone(bench.clock);
    QVERIFY(bench.appendAll(wholeStory(gone, kThandi, u"aa"_s)));
    const QList<QByteArray> removed = sealedPieces(bench, gone.intent());
    QVERIFY(bench.wait<Done>([&](QObject *o, auto then) { bench.journal->backup(o, then); }).ok());
    const QDir folder(bench.where().backups);
    const QString name = folder.entryList(QDir::Files).first();
    const QByteArray whole = contentOf(folder.filePath(name));
    QCOMPARE(countIn(whole, removed), 15);
    QVERIFY(QFile::remove(folder.filePath(name)) && put(folder.filePath(name), "not a journal"));

    const Outcome<int> count = bench.forget({ u"aa"_s });
    QVERIFY(!count.ok());
    QVERIFY(count.failure().technical.contains(name));
    QCOMPARE(countIn(rawBytes(bench), removed), 0); // all the same
    QVERIFY(bench.appendAll({ Story(bench.clock).begin() }));

    // Ended in between, and readable at the next start.
    bench.journal.reset();
    QVERIFY(QFile::remove(folder.filePath(name)) && put(folder.filePath(name), whole));
    QVERIFY(bench.start());
    QVERIFY(isSound(bench.verify()));
    QTRY_COMPARE(countIn(contentOf(folder.filePath(name)), removed), 0);
    // Then it is done: what comes there later is not touched.
    QVERIFY(isSound(bench.verify()));
    bench.journal.reset();
    QVERIFY(QFile::remove(folder.filePath(name)) && put(folder.filePath(name), whole));
    QVERIFY(bench.start());
    QVERIFY(isSound(bench.verify()) && isSound(bench.verify()));
    QCOMPARE(contentOf(folder.filePath(name)), whole);
}

void TestSqliteJournalCare::workLeftLyingIsPurgedToo()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story notSent(bench.clock);
    Story delivered(bench.clock);
    Story unknown(bench.clock);
    QList<JournalStep> steps = wholeStory(delivered, kSipho, u"bb"_s);
    steps.removeLast();
    QVERIFY(bench.appendAll(steps
                            + QList { notSent.begin(kThandi, { u"aa"_s }), notSent.step(JournalState::NotSent), unknown.begin(kThandi),
                                      unknown.step(JournalState::Sent), unknown.step(JournalState::Unknown) }));
    const QList<QByteArray> removed = sealedPieces(bench, notSent.intent());
    QVERIFY(bench.wait<Done>([&](QObject *o, auto then) { bench.journal->backup(o, then); }).ok());
    const QDir folder(bench.where().backups);
    const QString copy = folder.filePath(folder.entryList(QDir::Files).first());
    QVERIFY(countIn(contentOf(copy), removed) > 0);
    const auto leftAfter = [&](int days) {
        bench.clock.jumpWall(hours(24 * (days - 2)));
        QString left = bench.appendAll({ Story(bench.clock).begin() }) ? QString() : u"no line "_s; // vouches for the clock
        bench.journal.reset();
        bench.clock.jumpWall(hours(24 * 2));
        bench.make();
        bench.journal->setRetention({ 10, 10, 0 });
        bench.journal->open();
        if (!bench.comesTo(State::Ready) || !isSound(bench.verify()) || !isSound(bench.verify()))
            left += u"not sound "_s;
        for (const Story *story : { &notSent, &delivered, &unknown })
            left += bench.details(story->intent())->record.personReadable ? u'y' : u'n';
        return left;
    };
    QCOMPARE(leftAfter(39), u"yyy"_s);
    QVERIFY(countIn(contentOf(copy), removed) > 0);
    QCOMPARE(leftAfter(3), u"nyy"_s);
    QTRY_COMPARE(countIn(contentOf(copy), removed), 0);
    QCOMPARE(leftAfter(320), u"nyy"_s);
    QCOMPARE(leftAfter(5), u"nny"_s);
}

void TestSqliteJournalCare::nobodyToForget()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    const Outcome<int> count = bench.forget({ u"aa"_s });
    QVERIFY(count.ok());
    QCOMPARE(*count, 0);
    QCOMPARE(bench.verify()->lines, 0);
}

void TestSqliteJournalCare::retentionAtOpening()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story issued(bench.clock);
    Story open(bench.clock);
    Story verified(bench.clock, WorkKind::Verify);
    QList<JournalStep> openSteps = wholeStory(open, kSipho, u"bb"_s);
    openSteps.removeLast(); // still waiting for the youth
    QVERIFY(bench.appendAll(wholeStory(issued, kThandi, u"aa"_s) + openSteps
                            + QList { verified.begin(kThandi), verified.step(JournalState::Requested),
                                      verified.step(JournalState::Answered, {}, { { fact::answer, u"a"_s } }) }));
    const auto restartAfter = [&](int days) {
        bench.journal.reset();
        bench.clock.jumpWall(hours(24 * days));
        bench.make();
        bench.journal->setRetention({ 100, 40, 20 });
        QSignalSpy purged(bench.journal.get(), &Journal::recordChanged);
        bench.journal->open();
        return bench.comesTo(State::Ready) && isSound(bench.verify()); // a check comes behind the purge
    };
    // Which of the three still have a name, and a first password, in the order of above.
    const auto left = [&]() -> QString {
        QString names;
        QString passwords;
        for (const Story *story : { &issued, &open, &verified }) {
            const Outcome<WorkDetails> details = bench.details(story->intent());
            names += details.ok() && details->record.personReadable && !details->sealed.isEmpty() ? u'y' : u'n';
            passwords += details.ok() && details->hasFirstPassword ? u'y' : u'n';
        }
        return names + u' ' + passwords;
    };
    QVERIFY(restartAfter(19));
    QCOMPARE(left(), u"yyy yyn"_s);
    QVERIFY(restartAfter(2));
    QTRY_COMPARE(left(), u"yyy nnn"_s);
    QVERIFY(restartAfter(18));
    QTRY_COMPARE(left(), u"yyy nnn"_s);
    QVERIFY(restartAfter(2));
    QTRY_COMPARE(left(), u"yyn nnn"_s);
    QVERIFY(restartAfter(58));
    QTRY_COMPARE(left(), u"yyn nnn"_s);
    QVERIFY(restartAfter(2));
    QTRY_COMPARE(left(), u"nyn nnn"_s);
    QVERIFY(bench.appendAll({ Story(bench.clock).begin() }));
    QVERIFY(restartAfter(50));
    QTRY_COMPARE(left(), u"nyn nnn"_s); // what has not ended keeps all it needs to go on
    QVERIFY(isSound(bench.verify()));
    QCOMPARE(careWords(bench),
             QStringList({ u"purged {\"firstPasswords\":2}"_s, u"purged {\"verified\":1}"_s, u"purged {\"issued\":1}"_s }));
}

void TestSqliteJournalCare::retentionEveryDay()
{
    SqliteBench bench;
    bench.make();
    bench.journal->setRetention({ 3, 3, 3 });
    bench.journal->open();
    QVERIFY(bench.comesTo(State::Ready));
    Story story(bench.clock);
    QVERIFY(bench.appendAll(wholeStory(story, kThandi, u"aa"_s)));
    QSignalSpy changed(bench.journal.get(), &Journal::recordChanged);
    const QList<QByteArray> sealed = sealedPieces(bench, story.intent());
    bench.clock.advance(hours(24 * 3 - 1));
    QVERIFY(isSound(bench.verify()));
    QVERIFY(bench.details(story.intent())->record.personReadable);
    bench.clock.advance(hours(24));
    bench.clock.advance(hours(24));
    QTRY_COMPARE(changed.size(), 1);
    QVERIFY(!bench.details(story.intent())->record.personReadable);
    QVERIFY(isSound(bench.verify())); // behind the last slice, which empties the log
    QCOMPARE(countIn(rawBytes(bench), sealed), 0);
}

/// As the commands of the command line do it, long after everything in it may be purged.
void TestSqliteJournalCare::openedForReadingNothingIsDone()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story story(bench.clock);
    QVERIFY(bench.appendAll(wholeStory(story, kThandi, u"aa"_s)));
    for (const int days : { 0, 50, 850 }) {
        bench.journal.reset();
        bench.clock.jumpWall(hours(24 * days));
        bench.make();
        bench.journal->open(SqliteJournal::Use::Reading);
        QVERIFY(isSound(bench.verify()));
        bench.clock.advance(hours(1));
        bench.clock.advance(hours(25));
        QCOMPARE(bench.verify()->lines, 8);
        QCOMPARE(careWords(bench), QStringList());
        QVERIFY(!bench.appendAll({ Story(bench.clock).begin() }));
        QVERIFY(!bench.forget({ u"aa"_s }).ok());
        const auto copied = bench.wait<Done>([&](QObject *o, auto then) { bench.journal->backup(o, then); });
        QVERIFY(!copied.ok());
        bench.journal->dropFirstPassword(story.intent());
        QVERIFY(bench.firstPassword(story.intent()).ok());
        QVERIFY(bench.details(story.intent())->record.personReadable);
        QCOMPARE(bench.verify()->lines, 8);
        QVERIFY(!QFileInfo::exists(bench.where().backups));
    }
}

void TestSqliteJournalCare::noKeyIsMadeForReading()
{
    SqliteBench bench;
    {
        JournalFile made(bench.where(), bench.clock);
        made.open();
        QCOMPARE(made.status().state, State::Ready);
    }
    bench.make();
    bench.journal->open(SqliteJournal::Use::Reading);
    QVERIFY(bench.verify().ok());
    bench.journal->startNewKey();
    QVERIFY(bench.verify().ok());
    QCOMPARE(bench.keychain.calls().size(), 0);
}

void TestSqliteJournalCare::aClockThatJumpedPurgesNothing()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story story(bench.clock);
    QVERIFY(bench.appendAll(wholeStory(story, kThandi, u"aa"_s)));
    const auto stays = [&] {
        return isSound(bench.verify()) && isSound(bench.verify()) && bench.details(story.intent())->record.personReadable
            && bench.firstPassword(story.intent()).ok() && careWords(bench).isEmpty();
    };
    // It stands three years ahead, and comes back.
    bench.journal.reset();
    bench.clock.jumpWall(hours(24 * 1095));
    QVERIFY(bench.start());
    QVERIFY(stays());
    bench.clock.advance(hours(25));
    bench.clock.advance(hours(25));
    QVERIFY(stays());
    bench.journal.reset();
    bench.clock.jumpWall(-hours(24 * 1095));
    QVERIFY(bench.start());
    QVERIFY(stays());
    // It was right: years have passed, and a day's work says so, also over a restart within the day.
    bench.journal.reset();
    bench.clock.jumpWall(hours(24 * 1095));
    QVERIFY(bench.start());
    QVERIFY(bench.appendAll({ Story(bench.clock).begin() }));
    bench.clock.advance(hours(20));
    QVERIFY(stays());
    QVERIFY(bench.start());
    QVERIFY(stays());
    bench.clock.advance(hours(25));
    QTRY_VERIFY(!bench.details(story.intent())->record.personReadable);
}

/// Else the journal would be dead for twenty years once the clock is right again.
void TestSqliteJournalCare::aWildClockWritesNothing()
{
    SqliteBench bench;
    bench.clock.jumpWall(hours(24 * 366 * 20));
    bench.make();
    bench.journal->open();
    QVERIFY(bench.comesTo(State::ReadOnly, Reason::ClockWrong)); // also with no line yet
    bench.journal.reset();
    bench.clock.jumpWall(-hours(24 * 366 * 20));
    QVERIFY(bench.start());
    Story story(bench.clock);
    QVERIFY(bench.appendAll(wholeStory(story, kThandi, u"aa"_s)));
    bench.clock.jumpWall(hours(24 * 366 * 20));
    QVERIFY(!bench.appendAll({ Story(bench.clock).begin() }));
    QCOMPARE(bench.journal->status().reason, Reason::ClockWrong);
    QVERIFY(!bench.forget({ u"aa"_s }).ok());
    bench.clock.jumpWall(-hours(24 * 366 * 20));
    QVERIFY(bench.appendAll({ Story(bench.clock).begin() }));
    QCOMPARE(bench.verify()->lines, 9);
}

void TestSqliteJournalCare::zeroDaysIsForEver()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story story(bench.clock);
    QVERIFY(bench.appendAll(wholeStory(story, kThandi, u"aa"_s)));
    bench.journal.reset();
    bench.clock.jumpWall(hours(24 * 1500));
    bench.make();
    bench.journal->setRetention({ 0, 0, 0 });
    bench.journal->open();
    QVERIFY(bench.comesTo(State::Ready));
    QVERIFY(isSound(bench.verify()));
    QVERIFY(isSound(bench.verify()));
    const Outcome<WorkDetails> details = bench.details(story.intent());
    QVERIFY(details.ok() && details->record.personReadable && details->hasFirstPassword);
}

void TestSqliteJournalCare::askedAboutIsSavedLazily()
{
    SqliteBench bench;
    QVERIFY(bench.start());
    Story one(bench.clock);
    Story two(bench.clock);
    QVERIFY(bench.appendAll({ one.begin(), two.begin() }));
    QSignalSpy changed(bench.journal.get(), &Journal::recordChanged);
    const QDateTime at = bench.clock.nowUtc().addSecs(3);
    // With the next commit …
    bench.journal->noteChecked({ one.intent() }, at);
    QVERIFY(bench.appendAll({ one.step(JournalState::NotSent) }));
    QCOMPARE(bench.details(one.intent())->record.lastChecked, at);
    // … or after five seconds.
    bench.journal->noteChecked({ two.intent(), IntentId::create() }, at);
    QVERIFY(!bench.details(two.intent())->record.lastChecked.isValid());
    changed.clear();
    bench.clock.advance(std::chrono::seconds(6));
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().value<WorkRecord>().lastChecked, at);
    // And at the end.
    bench.journal->noteChecked({ two.intent() }, at.addSecs(60));
    QVERIFY(bench.start());
    QCOMPARE(bench.details(one.intent())->record.lastChecked, at);
    QCOMPARE(bench.details(two.intent())->record.lastChecked, at.addSecs(60));
    QCOMPARE(bench.verify()->lines, 3);
    // A later step leaves it.
    QVERIFY(bench.appendAll({ two.step(JournalState::NotSent) }));
    QCOMPARE(bench.details(two.intent())->record.lastChecked, at.addSecs(60));
}

void TestSqliteJournalCare::stepsComeBeforeReading()
{
    // The writer on this thread, so that its turns can be counted.
    FakeClock clock;
    JournalWriter writer({ {}, {}, true }, clock);
    QStringList news;
    connect(&writer, &JournalWriter::told, this, [&](const QList<JournalWriter::Told> &answers) {
        for (const JournalWriter::Told &answer : answers)
            news << u"told %1"_s.arg(answer.ticket);
    });
    const auto order = [&](quint64 ticket, int steps) {
        const auto orders = std::make_shared<std::deque<JournalWriter::Order>>();
        for (int n = 0; n < steps; ++n)
            orders->push_back({ JournalWriter::Append { ticket, Story(clock).begin(), {} }, {}, true });
        writer.take(orders);
    };
    writer.open();
    writer.useKey(std::make_shared<const Sealer>(Sealer::newKey()), true, clock.nowUtc(), {});
    order(1, 2500);
    QTRY_COMPARE_WITH_TIMEOUT(news.size(), 2500, 60'000);
    news.clear();
    const auto reading = std::make_shared<std::deque<JournalWriter::Order>>();
    reading->push_back({ {}, journalreader::records([&](const QList<WorkRecord> &page, bool last) {
                            news << u"page of %1"_s.arg(page.size());
                            if (!last)
                                order(2, 20);
                        }),
                         false });
    writer.take(reading);
    clock.jumpWall(hours(1)); // what is begun now is newer than all pages
    order(3, 1);
    QTRY_VERIFY(news.contains(u"page of 501"_s));
    QStringList expected { u"told 3"_s, u"page of 1000"_s };
    expected += QStringList(20, u"told 2"_s) + QStringList { u"page of 1000"_s } + QStringList(20, u"told 2"_s)
        + QStringList { u"page of 501"_s };
    QCOMPARE(news, expected);
}

void TestSqliteJournalCare::twoThousandRecordsComeInPages()
{
    SqliteBench bench;
    QVERIFY(bench.start(true));
    QList<JournalStep> steps;
    for (int n = 0; n < 2000; ++n) {
        steps << Story(bench.clock).begin(kThandi);
        steps.last().at = bench.clock.nowUtc().addSecs(n / 7); // many at the same time
    }
    QVERIFY(bench.appendAll(steps));
    QList<qsizetype> sizes;
    QList<WorkRecord> all;
    bool ended = false;
    bench.journal->readRecords(this, [&](const QList<WorkRecord> &page, bool last) {
        QVERIFY(!ended);
        sizes << page.size();
        all += page;
        ended = last;
    });
    {
        QObject gone; // stops nobody else
        bench.journal->readRecords(&gone, [&](const QList<WorkRecord> &, bool) { QFAIL("asked by nobody"); });
    }
    QTRY_VERIFY_WITH_TIMEOUT(ended, 30'000);
    QCOMPARE(sizes, (QList<qsizetype> { 1000, 1000, 0 }));
    QSet<QString> seen;
    for (qsizetype at = 0; at < all.size(); ++at) {
        seen.insert(all.at(at).intent.text);
        QVERIFY(at == 0 || all.at(at).createdAt <= all.at(at - 1).createdAt);
    }
    QCOMPARE(seen.size(), 2000);
    const QList<WorkRecord> open = bench.open(u"origin"_s);
    QCOMPARE(open.size(), 2000);
    QVERIFY(open.first().createdAt < open.last().createdAt);
}

QTEST_GUILESS_MAIN(TestSqliteJournalCare)
#include "tst_sqlitejournalcare.moc"
