// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/batchsamples.h"
#include "ui/batchrunmodel.h"
#include "ui/batchruntext.h"
#include "ui/models/roles.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class BatchRunModelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everybodyIsInOneGroup();
    void onlyChangedRowsAreTold();
    void neighboursAreToldTogether();
    void strangeIndexesAreIgnored();
    void anotherNumberOfRowsIsAnotherBatch();
    void filterByGroupAndWords();
    void filterFollowsChanges();
    void wordsNotColourAlone();
    void sentences();
    void troubleInFourParts();
    void hostileTextIsShownSafe();
};

void BatchRunModelTest::everybodyIsInOneGroup()
{
    BatchRunModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(sampleBatchRows(100));
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(model.countOf(BatchRowGroup::All), 100);
    QCOMPARE(model.countOf(BatchRowGroup::Accepted), 10);
    QCOMPARE(model.countOf(BatchRowGroup::Failed), 10);
    QCOMPARE(model.countOf(BatchRowGroup::InDoubt), 10);
    QCOMPARE(model.countOf(BatchRowGroup::Left), 10);
    QCOMPARE(model.countOf(BatchRowGroup::Waiting), 60);
}

void BatchRunModelTest::onlyChangedRowsAreTold()
{
    BatchRunModel model;
    QList<BatchRowProgress> rows = sampleBatchRows(50);
    model.setRows(rows);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy counts(&model, &BatchRunModel::countsChanged);
    rows[8].account = StageState::Done;
    rows[30].failure = FailureKind::Forbidden;
    model.update(rows, { 5, 8, 30 }); // the fifth has not changed
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 8);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 8);
    QCOMPARE(changed.at(0).at(1).toModelIndex().column(), BatchRunModel::ColumnCount - 1);
    QCOMPARE(changed.at(1).at(0).toModelIndex().row(), 30);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(counts.size(), 0); // nobody is in another group
    rows[8].offer = StageState::Done;
    rows[8].delivery = StageState::Done;
    model.update(rows, { 8 });
    QCOMPARE(counts.size(), 1);
    QCOMPARE(model.countOf(BatchRowGroup::Left), 4);
}

void BatchRunModelTest::neighboursAreToldTogether()
{
    BatchRunModel model;
    QList<BatchRowProgress> rows = sampleBatchRows(50);
    model.setRows(rows);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QList<int> all;
    for (int i = 10; i < 20; ++i) {
        rows[i].hasFirstPassword = !rows.at(i).hasFirstPassword;
        all.append(i);
    }
    model.update(rows, all);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 10);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 19);
}

void BatchRunModelTest::strangeIndexesAreIgnored()
{
    BatchRunModel model;
    const QList<BatchRowProgress> rows = sampleBatchRows(5);
    model.setRows(rows);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.update(rows, { -1, 5, 4000 });
    QCOMPARE(changed.size(), 0);
    QVERIFY(!model.data(QModelIndex()).isValid());
}

void BatchRunModelTest::anotherNumberOfRowsIsAnotherBatch()
{
    BatchRunModel model;
    model.setRows(sampleBatchRows(5));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.update(sampleBatchRows(7), { 6 });
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.rowCount(), 7);
}

void BatchRunModelTest::filterByGroupAndWords()
{
    BatchRunModel model;
    model.setRows(sampleBatchRows(100));
    BatchRunFilter filter;
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
    filter.setSourceModel(&model);
    filter.setGroup(BatchRowGroup::InDoubt);
    QCOMPARE(filter.rowCount(), 10);
    filter.setGroup(BatchRowGroup::All);
    filter.setText(u"sane ZOE"_s); // neither accents nor capitals
    QVERIFY(filter.rowCount() > 0);
    for (int i = 0; i < filter.rowCount(); ++i)
        QCOMPARE(filter.index(i, BatchRunModel::Name).data().toString(), u"Zoë Sané"_s);
    filter.setText(u"lastname is missing"_s); // what the service said
    QCOMPARE(filter.rowCount(), 10);
    filter.setText(u"youth42@"_s);
    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(filter.index(0, 0).data(RawRole).toInt(), 42);
    filter.setText({});
    QCOMPARE(filter.rowCount(), 100);
}

void BatchRunModelTest::filterFollowsChanges()
{
    BatchRunModel model;
    QList<BatchRowProgress> rows = sampleBatchRows(20);
    model.setRows(rows);
    BatchRunFilter filter;
    filter.setSourceModel(&model);
    filter.setGroup(BatchRowGroup::Failed);
    QCOMPARE(filter.rowCount(), 2);
    rows[0].delivery = StageState::Failed;
    model.update(rows, { 0 });
    QCOMPARE(filter.rowCount(), 3);
}

void BatchRunModelTest::wordsNotColourAlone()
{
    BatchRunModel model;
    model.setRows(sampleBatchRows(10));
    const auto word = [&](int row, int column) { return model.index(row - 1, column).data().toString(); };
    QCOMPARE(word(3, BatchRunModel::Account), u"New"_s);
    QCOMPARE(word(2, BatchRunModel::Account), u"Had one"_s);
    QCOMPARE(word(4, BatchRunModel::Account), u"Failed"_s);
    QCOMPARE(word(7, BatchRunModel::Delivery), u"In doubt"_s);
    QCOMPARE(word(9, BatchRunModel::Account), u"Sending…"_s);
    QVERIFY(word(2, BatchRunModel::Delivery).startsWith(u"Handed over"_s));
    QVERIFY(word(4, BatchRunModel::Note).contains(u"lastName is missing"_s));
    QCOMPARE(word(1, BatchRunModel::Note), u"Accepted"_s);
    QCOMPARE(model.index(6, BatchRunModel::Delivery).data(StateRole).toInt(), int(StageState::InDoubt));
}

void BatchRunModelTest::sentences()
{
    QCOMPARE(BatchRunText::releaseSentence(u"Solar Installer L1"_s, 281, Environment::Production),
             u"Issue “Solar Installer L1” to 281 people — PRODUCTION"_s);
    QVERIFY(BatchRunText::releaseSentence(u"A"_s, 1, Environment::Test).contains(u"1 person —"_s));
    BatchProgress progress = sampleBatchProgress();
    QCOMPARE(BatchRunText::pace(progress), u"18 people a minute  ·  about 3 min left  ·  2.7 MB used  ·  line weak (1.4 s a call, 4 % lost)"_s);
    progress.state = BatchProgress::State::Finished;
    progress.delivered = 278;
    progress.unusedOffers = 1;
    QCOMPARE(BatchRunText::counts(progress),
             u"281 people: 278 handed over, 1 failed, 2 in doubt. 1 unused offer was left behind (harmless)."_s);
    QVERIFY(!BatchRunText::pace(progress).contains(u"left"_s)); // nothing is
    progress = {};
    progress.people = 3;
    QCOMPARE(BatchRunText::headline(progress), u"Nothing has been sent yet."_s);
    QCOMPARE(BatchRunText::pace(progress), QString());
    QCOMPARE(BatchRunText::timeLeft(30), u"less than a minute left"_s);
    QCOMPARE(BatchRunText::timeLeft(7200), u"about 2.0 h left"_s);
}

void BatchRunModelTest::troubleInFourParts()
{
    for (const FailureKind kind : allFailureKinds()) {
        for (const auto state : { BatchProgress::State::Halted, BatchProgress::State::WaitingForLine }) {
            BatchProgress progress = sampleBatchProgress(state);
            progress.failure = Failure::of(kind);
            const FailureText text = BatchRunText::trouble(progress);
            QVERIFY2(!text.happened.isEmpty() && !text.meaning.isEmpty() && !text.advice.isEmpty() && !text.code.isEmpty(),
                     qPrintable(failureName(kind)));
        }
    }
    QVERIFY(BatchRunText::trouble(sampleBatchProgress()).happened.isEmpty());
    BatchProgress waiting = sampleBatchProgress(BatchProgress::State::WaitingForLine);
    waiting.failure = Failure::of(FailureKind::RateLimited);
    waiting.resumesAt = QDateTime(QDate(2026, 11, 24), QTime(12, 31), Qt::UTC);
    QVERIFY(BatchRunText::trouble(waiting).advice.contains(u"12:31"_s));
}

void BatchRunModelTest::hostileTextIsShownSafe()
{
    BatchRowProgress row = sampleBatchRow(4);
    row.person.firstName = u"<b>x</b>\u202Eevil\n"_s;
    row.failureText = u"line\nbreak\u202E"_s;
    BatchRunModel model;
    model.setRows({ row });
    for (int column = 0; column < BatchRunModel::ColumnCount; ++column) {
        const QString text = model.index(0, column).data().toString();
        QVERIFY(!text.contains(QChar(0x202E)));
        QVERIFY(!text.contains(u'\n'));
    }
}

QTEST_GUILESS_MAIN(BatchRunModelTest)
#include "tst_batchrunmodel.moc"
