// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/recordsamples.h"
#include "ui/models/recordsmodel.h"
#include "ui/models/recordwords.h"
#include "ui/models/roles.h"
#include "ui/models/textfilterproxy.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <algorithm>

using namespace yoid;
using namespace Qt::StringLiterals;

using Entry = RecordsModel::Entry;

class TestRecordsModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsEveryColumnInWords();
    void searchIgnoresAccentsAndCase_data();
    void searchIgnoresAccentsAndCase();
    void filters_data();
    void filters();
    void oldChecksDoNotWait();
    void sortsByEveryColumn_data();
    void sortsByEveryColumn();
    void aChangeTouchesOneRow();
    void aChangeMovesItsRow();
    void aChangeEntersAndLeavesTheFilter();
    void newestQuestionWins();
    void changesDuringARunAreKept();
    void waitingEntriesDoNotUndoAChange();
    void recountResetsNothing();
    void summaryCounts();
    void clearForgetsARunningJob();
    void mayDieWhileThePoolWorks();
    void anyHistoryEndsInTheSameList();
    void ages_data();
    void ages();

private:
    void settle() { QTRY_VERIFY(!m_model->isBusy()); }
    void ask(const RecordQuery &query)
    {
        m_model->setQuery(query);
        settle();
    }
    [[nodiscard]] QStringList column(int column) const;
    [[nodiscard]] QStringList intents() const;
    [[nodiscard]] static QStringList expected(const QHash<IntentId, Entry> &all, const RecordQuery &query);

    std::unique_ptr<RecordsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestRecordsModel::init()
{
    m_model = std::make_unique<RecordsModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    m_model->setNow(sampleNow());
}

void TestRecordsModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

QStringList TestRecordsModel::column(int column) const
{
    QStringList cells;
    for (int row = 0; row < m_model->rowCount(); ++row)
        cells << m_model->index(row, column).data().toString();
    return cells;
}

QStringList TestRecordsModel::intents() const
{
    QStringList ids;
    for (int row = 0; row < m_model->rowCount(); ++row)
        ids << m_model->index(row, 0).data(IdRole).toString();
    return ids;
}

/// The same list worked out in the plainest way.
QStringList TestRecordsModel::expected(const QHash<IntentId, Entry> &all, const RecordQuery &query)
{
    std::vector<RecordRowPtr> rows;
    for (const Entry &entry : all) {
        const RecordRowPtr row = makeRecordRow(entry);
        if (RecordMatcher(query, sampleNow().toMSecsSinceEpoch()).matches(*row))
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(),
              [&](const auto &a, const auto &b) { return RecordOrder(query.sort, query.order)(*a, *b); });
    QStringList ids;
    for (const RecordRowPtr &row : rows)
        ids << row->record->intent.text;
    return ids;
}

void TestRecordsModel::showsEveryColumnInWords()
{
    auto record = sampleRecord(1);
    record.createdAt = sampleNow().addDays(-3);
    record.lastChecked = sampleNow().addSecs(-300);
    auto check = sampleRecord(10);
    check.createdAt = sampleNow().addDays(-4);
    auto forgotten = sampleRecord(2);
    forgotten.person = {};
    forgotten.personReadable = false;
    forgotten.createdAt = sampleNow().addDays(-5);
    m_model->setEntries({ std::make_shared<const WorkRecord>(record), std::make_shared<const WorkRecord>(check),
                          std::make_shared<const WorkRecord>(forgotten) });
    settle();
    QCOMPARE(m_model->rowCount(), 3);
    const auto cell = [this](int row, int column) { return m_model->index(row, column).data().toString(); };
    QCOMPARE(cell(0, RecordsModel::Person), u"Zoë Khumalo"_s);
    QCOMPARE(cell(0, RecordsModel::Title), u"Food Handling"_s);
    QCOMPARE(cell(0, RecordsModel::Stage), u"Waiting for the youth"_s);
    QCOMPARE(cell(0, RecordsModel::Age), u"3 days"_s);
    QCOMPARE(cell(0, RecordsModel::LastChecked), u"11:55"_s);
    QCOMPARE(cell(0, RecordsModel::Operator), u"Thabo K."_s);
    QCOMPARE(cell(0, RecordsModel::EnvironmentColumn), u"Test"_s);
    QCOMPARE(m_model->index(0, 0).data(StateRole).toInt(), int(WorkStage::WaitingForYouth));
    QVERIFY(m_model->index(0, 0).data(CopyTextRole).toString().startsWith(u"Zoë Khumalo\tFood Handling\t"));
    QCOMPARE(cell(1, RecordsModel::Title), u"Check: Solar check"_s);
    QCOMPARE(cell(1, RecordsModel::Person), u"Candidate"_s);
    QCOMPARE(cell(2, RecordsModel::Person), u"(name not available)"_s);
    for (int column = 0; column < RecordsModel::ColumnCount; ++column)
        QVERIFY(!m_model->headerData(column, Qt::Horizontal).toString().isEmpty());
    QVERIFY(!m_model->data(QModelIndex()).isValid());
}

void TestRecordsModel::searchIgnoresAccentsAndCase_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    QTest::newRow("plain for accent") << u"zoe"_s << true;
    QTest::newRow("accent for accent") << u"ZOË"_s << true;
    QTest::newRow("accent for plain") << u"khúmalo"_s << true;
    QTest::newRow("both words, any order") << u"khumalo zoe"_s << true;
    QTest::newRow("across columns") << u"  zoe   food "_s << true;
    QTest::newRow("mailbox") << u"youth1@"_s << true;
    QTest::newRow("id") << u"iss-1"_s << true;
    QTest::newRow("operator") << u"thabo"_s << true;
    QTest::newRow("one word too many") << u"zoe forklift"_s << false;
    QTest::newRow("not over a boundary") << u"khumalofood"_s << false;
    QTest::newRow("pattern letters are letters") << u".*"_s << false;
}

void TestRecordsModel::searchIgnoresAccentsAndCase()
{
    QFETCH(QString, text);
    QFETCH(bool, found);
    m_model->setEntries({ sampleEntry(1) });
    RecordQuery query;
    query.text = text;
    ask(query);
    QCOMPARE(m_model->rowCount(), found ? 1 : 0);
}

void TestRecordsModel::filters_data()
{
    QTest::addColumn<RecordQuery>("query");
    RecordQuery stages;
    stages.stages = { WorkStage::Revoked, WorkStage::Expired };
    QTest::newRow("two stages") << stages;
    RecordQuery verified;
    verified.kind = WorkKind::Verify;
    QTest::newRow("verified") << verified;
    RecordQuery ofTemplate;
    ofTemplate.templateId = u"tpl-1"_s;
    QTest::newRow("template") << ofTemplate;
    RecordQuery since;
    since.since = sampleNow().addDays(-2);
    QTest::newRow("period") << since;
    RecordQuery profile;
    profile.profile = { u"profile-2"_s };
    QTest::newRow("profile") << profile;
    RecordQuery needs;
    needs.needsYou = true;
    QTest::newRow("needs you") << needs;
    RecordQuery overdue;
    overdue.overdue = true;
    QTest::newRow("overdue") << overdue;
    RecordQuery many = stages;
    many.text = u"example.org"_s;
    many.kind = WorkKind::Issue;
    many.since = sampleNow().addDays(-9);
    QTest::newRow("together") << many;
}

void TestRecordsModel::filters()
{
    QFETCH(RecordQuery, query);
    QList<Entry> entries = sampleEntries(400);
    for (int number = 0; number < 400; number += 7) {
        WorkRecord other = sampleRecord(number);
        other.profile = { u"profile-2"_s };
        entries[number] = std::make_shared<const WorkRecord>(other);
    }
    m_model->setEntries(entries);
    ask(query);
    QVERIFY(m_model->rowCount() > 0);
    QVERIFY(m_model->rowCount() < 400);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const Entry entry = m_model->entry(m_model->index(row, 0));
        const WorkStage stage = stageOf(*entry);
        QVERIFY(query.stages.isEmpty() || query.stages.contains(stage));
        QVERIFY(!query.kind || entry->work == *query.kind);
        QVERIFY(query.templateId.isEmpty() || entry->templateId == query.templateId);
        QVERIFY(query.profile.isEmpty() || entry->profile == query.profile);
        QVERIFY(!query.since.isValid() || entry->createdAt >= query.since);
        if (query.needsYou)
            QVERIFY(stage == WorkStage::NeedsYou || stage == WorkStage::InDoubt || stage == WorkStage::Ready);
        if (query.overdue) {
            QCOMPARE(stage, WorkStage::WaitingForYouth);
            QVERIFY(entry->deliveredAt.daysTo(sampleNow()) >= 7);
        }
    }
}

void TestRecordsModel::oldChecksDoNotWait()
{
    WorkRecord check = sampleRecord(10);
    check.state = JournalState::Answered;
    check.verdict = u"checkByHand"_s;
    m_model->setEntries({ std::make_shared<const WorkRecord>(check) });
    settle();
    QCOMPARE(m_model->index(0, RecordsModel::Stage).data().toString(), u"Needs you"_s);
    QCOMPARE(m_model->summary().needsYou, 0);
}

void TestRecordsModel::sortsByEveryColumn_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    for (int column = 0; column < RecordsModel::ColumnCount; ++column) {
        QTest::addRow("%d up", column) << column << Qt::AscendingOrder;
        QTest::addRow("%d down", column) << column << Qt::DescendingOrder;
    }
}

void TestRecordsModel::sortsByEveryColumn()
{
    QFETCH(int, column);
    QFETCH(Qt::SortOrder, order);
    QList<Entry> entries = sampleEntries(120);
    WorkRecord other = sampleRecord(5);
    other.environment = Environment::Production;
    entries[5] = std::make_shared<const WorkRecord>(other);
    m_model->setEntries(entries);
    settle();
    m_model->sort(column, order);
    settle();
    QCOMPARE(m_model->rowCount(), 120);
    for (int row = 1; row < m_model->rowCount(); ++row) {
        const auto before = m_model->index(row - 1, column);
        const auto after = m_model->index(row, column);
        int compared = 0;
        switch (column) {
        case RecordsModel::Age: // the younger is the smaller age
            compared = before.data(RawRole).toDateTime() < after.data(RawRole).toDateTime() ? 1 : -1;
            break;
        case RecordsModel::LastChecked: {
            const QDateTime a = before.data(RawRole).toDateTime();
            const QDateTime b = after.data(RawRole).toDateTime();
            compared = a == b ? 0 : !a.isValid() ? -1 : !b.isValid() ? 1 : a < b ? -1 : 1;
            break;
        }
        case RecordsModel::Stage:
            compared = before.data(RawRole).toInt() - after.data(RawRole).toInt();
            break;
        case RecordsModel::EnvironmentColumn:
            compared = int(m_model->entry(before)->environment) - int(m_model->entry(after)->environment);
            break;
        default:
            compared = foldedForSearch(before.data().toString()).compare(foldedForSearch(after.data().toString()));
        }
        QVERIFY2(order == Qt::AscendingOrder ? compared <= 0 : compared >= 0, qPrintable(QString::number(row)));
    }
}

void TestRecordsModel::aChangeTouchesOneRow()
{
    m_model->setEntries(sampleEntries(50));
    settle();
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
    QSignalSpy moves(m_model.get(), &QAbstractItemModel::rowsMoved);
    WorkRecord record = sampleRecord(1);
    record.state = JournalState::Accepted;
    m_model->change(std::make_shared<const WorkRecord>(record));
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.constFirst().at(0).toModelIndex().row(), 1);
    QCOMPARE(changes.constFirst().at(1).toModelIndex().row(), 1);
    QCOMPARE(m_model->index(1, RecordsModel::Stage).data().toString(), u"Accepted"_s);
    WorkRecord fresh = sampleRecord(60);
    fresh.createdAt = sampleNow();
    QSignalSpy inserts(m_model.get(), &QAbstractItemModel::rowsInserted);
    m_model->change(std::make_shared<const WorkRecord>(fresh));
    QCOMPARE(inserts.size(), 1);
    QCOMPARE(inserts.constFirst().at(1).toInt(), 0);
    QCOMPARE(m_model->rowCount(), 51);
    QCOMPARE(m_model->find(fresh.intent)->createdAt, fresh.createdAt);
    QCOMPARE(m_model->rowOf(fresh.intent), 0);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(moves.size(), 0);
}

void TestRecordsModel::aChangeMovesItsRow()
{
    RecordQuery query;
    query.sort = RecordQuery::Sort::Person;
    m_model->setEntries(sampleEntries(30));
    ask(query);
    QSignalSpy moves(m_model.get(), &QAbstractItemModel::rowsMoved);
    WorkRecord record = sampleRecord(4);
    record.person.firstName = u"Ádám"_s;
    m_model->change(std::make_shared<const WorkRecord>(record));
    QCOMPARE(moves.size(), 1);
    QCOMPARE(m_model->rowOf(record.intent), 0);
    record.person.firstName = u"Zulu"_s;
    record.person.lastName = u"Zz"_s;
    m_model->change(std::make_shared<const WorkRecord>(record));
    QCOMPARE(m_model->rowOf(record.intent), 29);
    QHash<IntentId, Entry> all;
    for (const Entry &entry : sampleEntries(30))
        all.insert(entry->intent, entry);
    all.insert(record.intent, std::make_shared<const WorkRecord>(record));
    QCOMPARE(intents(), expected(all, query));
}

void TestRecordsModel::aChangeEntersAndLeavesTheFilter()
{
    RecordQuery query;
    query.stages = { WorkStage::Revoked };
    m_model->setEntries(sampleEntries(12));
    ask(query);
    const int before = m_model->rowCount();
    WorkRecord record = sampleRecord(0);
    record.state = JournalState::Revoked;
    m_model->change(std::make_shared<const WorkRecord>(record));
    QCOMPARE(m_model->rowCount(), before + 1);
    record.state = JournalState::RevokeAccepted;
    m_model->change(std::make_shared<const WorkRecord>(record));
    QCOMPARE(m_model->rowCount(), before);
    QCOMPARE(m_model->rowOf(record.intent), -1);
    QVERIFY(m_model->find(record.intent));
}

void TestRecordsModel::newestQuestionWins()
{
    m_model->setEntries(sampleEntries(3000));
    settle();
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    RecordQuery query;
    for (const QString &text : { u"n"_s, u"na"_s, u"nal"_s, u"naledi"_s, u"naledi k"_s, u"zoe"_s }) {
        query.text = text;
        m_model->setQuery(query);
    }
    settle();
    QVERIFY(m_model->rowCount() > 0);
    for (const QString &person : column(RecordsModel::Person))
        QVERIFY(person.startsWith(u"Zoë"));
    QCOMPARE(resets.size(), 1); // what nobody asks for any more is never shown
}

void TestRecordsModel::changesDuringARunAreKept()
{
    QHash<IntentId, Entry> all;
    const QList<Entry> entries = sampleEntries(2000);
    for (const Entry &entry : entries)
        all.insert(entry->intent, entry);
    m_model->setEntries(entries);
    for (const int number : { 5, 700, 1999, 5 }) {
        WorkRecord record = sampleRecord(number);
        record.state = JournalState::Revoked;
        const auto entry = std::make_shared<const WorkRecord>(record);
        all.insert(record.intent, entry);
        m_model->change(entry);
    }
    WorkRecord fresh = sampleRecord(5000);
    all.insert(fresh.intent, std::make_shared<const WorkRecord>(fresh));
    m_model->change(all.value(fresh.intent));
    settle();
    QCOMPARE(intents(), expected(all, m_model->query()));
    QCOMPARE(m_model->find(sampleRecord(700).intent)->state, JournalState::Revoked);
    // And once more with a question on its way.
    RecordQuery query;
    query.sort = RecordQuery::Sort::Person;
    m_model->setQuery(query);
    fresh = sampleRecord(5001);
    all.insert(fresh.intent, std::make_shared<const WorkRecord>(fresh));
    m_model->change(all.value(fresh.intent));
    settle();
    QCOMPARE(intents(), expected(all, query));
}

void TestRecordsModel::waitingEntriesDoNotUndoAChange()
{
    m_model->setEntries(sampleEntries(500)); // runs
    m_model->setEntries(sampleEntries(600)); // waits
    WorkRecord record = sampleRecord(550);
    record.state = JournalState::Revoked;
    m_model->change(std::make_shared<const WorkRecord>(record));
    settle();
    QCOMPARE(m_model->rowCount(), 600);
    QCOMPARE(m_model->find(record.intent)->state, JournalState::Revoked);
}

void TestRecordsModel::recountResetsNothing()
{
    m_model->setEntries(sampleEntries(50));
    settle();
    const int needed = m_model->summary().needsYou;
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy counted(m_model.get(), &RecordsModel::summaryChanged);
    WorkRecord record = sampleRecord(0);
    record.state = JournalState::DeliveryFailed;
    m_model->change(std::make_shared<const WorkRecord>(record));
    QVERIFY(counted.wait());
    QCOMPARE(m_model->summary().needsYou, needed + 1);
    QCOMPARE(resets.size(), 0);
    m_model->setEntries(sampleEntries(0)); // nothing new in it
    settle();
    QCOMPARE(resets.size(), 0);
}

void TestRecordsModel::summaryCounts()
{
    QList<Entry> entries = sampleEntries(200);
    WorkRecord other = sampleRecord(0);
    other.profile = { u"profile-2"_s };
    other.environment = Environment::Production;
    entries[0] = std::make_shared<const WorkRecord>(other);
    m_model->setEntries(entries);
    settle();
    QCOMPARE(m_model->summary().total, 200);
    QCOMPARE(m_model->summary().elsewhere, 0);
    QVERIFY(m_model->summary().severalEnvironments);
    RecordQuery query;
    query.profile = { u"profile-1"_s };
    query.text = u"nothing has this"_s;
    ask(query);
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->summary().total, 199); // the counts are of everything, not of what is shown
    QCOMPARE(m_model->summary().elsewhere, 1);
    QVERIFY(!m_model->summary().severalEnvironments);
    QVERIFY(m_model->summary().needsYou > 0);
    QVERIFY(m_model->summary().overdue == 0 || m_model->summary().overdue < 199);
    QStringList titles;
    for (const auto &one : m_model->summary().templates)
        titles << one.title;
    QCOMPARE(titles, QStringList({ u"Check: Solar check"_s, u"Food Handling"_s, u"Forklift Licence C2"_s, u"Solar Installer L1"_s }));
}

void TestRecordsModel::clearForgetsARunningJob()
{
    m_model->setEntries(sampleEntries(3000));
    m_model->clear();
    settle();
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->summary(), RecordSummary());
    m_model->setEntries(sampleEntries(2));
    settle();
    QCOMPARE(m_model->rowCount(), 2);
}

void TestRecordsModel::mayDieWhileThePoolWorks()
{
    for (int i = 0; i < 20; ++i) {
        RecordsModel model;
        model.setEntries(sampleEntries(200));
        if (i % 2)
            QCoreApplication::processEvents();
    }
    QVERIFY(QThreadPool::globalInstance()->waitForDone(30'000));
    QCoreApplication::processEvents();
}

void TestRecordsModel::anyHistoryEndsInTheSameList()
{
    QRandomGenerator random(20261124);
    QHash<IntentId, Entry> all;
    const auto below = [&random](int end) { return int(random.bounded(end)); };
    for (int step = 0; step < 600; ++step) {
        switch (below(6)) {
        case 0: {
            QList<Entry> entries = all.values();
            const int more = below(40);
            for (int i = 0; i < more; ++i) {
                const Entry entry = sampleEntry(below(2000));
                if (all.contains(entry->intent))
                    continue;
                all.insert(entry->intent, entry);
                entries.append(entry);
            }
            m_model->setEntries(entries);
            break;
        }
        case 1: {
            RecordQuery query;
            query.sort = RecordQuery::Sort(below(7));
            query.order = Qt::SortOrder(below(2));
            if (below(3) == 0)
                query.stages = { WorkStage(below(9)), WorkStage(below(9)) };
            if (below(3) == 0)
                query.text = QStringList({ u"zoe"_s, u"solar"_s, u"k"_s }).at(below(3));
            m_model->setQuery(query);
            break;
        }
        case 2:
            QCoreApplication::processEvents();
            break;
        default: {
            WorkRecord record = sampleRecord(below(2000));
            const QList<JournalState> states = allJournalStates();
            record.state = states.at(below(int(states.size())));
            record.person.firstName = QStringList({ u"Ana"_s, u"Zola"_s, u"Mo"_s }).at(below(3));
            const Entry entry = std::make_shared<const WorkRecord>(record);
            all.insert(record.intent, entry);
            m_model->change(entry);
        }
        }
        if (step % 40 == 39) {
            settle();
            QCOMPARE(intents(), expected(all, m_model->query()));
        }
    }
}

void TestRecordsModel::ages_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("now") << qint64(5) << u"just now"_s;
    QTest::newRow("the clock went back") << qint64(-500) << u"just now"_s;
    QTest::newRow("minute") << qint64(61) << u"1 minute"_s;
    QTest::newRow("minutes") << qint64(3599) << u"59 minutes"_s;
    QTest::newRow("hour") << qint64(3600) << u"1 hour"_s;
    QTest::newRow("hours") << qint64(86399) << u"23 hours"_s;
    QTest::newRow("day") << qint64(86400) << u"1 day"_s;
    QTest::newRow("days") << qint64(3 * 86400 + 5) << u"3 days"_s;
    QTest::newRow("a year is still days") << qint64(400) * 86400 << u"400 days"_s;
    QTest::newRow("years") << qint64(800) * 86400 << u"2 years"_s;
}

void TestRecordsModel::ages()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, text);
    QCOMPARE(ageText(sampleNow().addSecs(-seconds), sampleNow()), text);
}

QTEST_GUILESS_MAIN(TestRecordsModel)
#include "tst_recordsmodel.moc"
