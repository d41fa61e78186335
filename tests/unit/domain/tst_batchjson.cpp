// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batch.h"
#include "app/domain/workrecord.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

BatchMapping someMapping()
{
    BatchMapping mapping;
    mapping.headers = { u"E-mail"_s, u""_s, u"Score"_s, u"Score"_s };
    mapping.targets = { ColumnTarget::to(PersonField::Email), ColumnTarget {}, ColumnTarget::to(u"score"_s), ColumnTarget::ignored() };
    mapping.fixedValues.insert(u"course"_s, u"Solar \u202E installer"_s);
    mapping.dateOrder = DateOrder::MonthDayYear;
    mapping.decimalMark = DecimalMark::Comma;
    return mapping;
}

BatchPlan somePlan()
{
    BatchPlan plan;
    plan.credentialTemplate.id.text = u"cm8"_s;
    plan.credentialTemplate.name = u"Solar installer"_s;
    plan.credentialTemplate.attributes = { { u"score"_s, u"Score"_s, u"of 100"_s, AttributeType::Number, u"number"_s, true, true } };
    plan.credentialTemplate.revocable = true;
    plan.mapping = someMapping();
    plan.deliverToWallet = false;
    plan.slipLanguage = u"sw"_s;
    plan.fileName = u"graduates.csv"_s;
    plan.sheet = u"Sheet1"_s;
    plan.reason = u"corrected"_s;
    plan.note = u"the dates were wrong"_s;
    plan.canary.text = u"5b0d"_s;
    plan.canaryAccepted = true;
    plan.canaryWaived = true;
    return plan;
}

BatchHead someHead()
{
    const QDateTime time(QDate(2026, 11, 24), QTime(17, 23, 5, 250), Qt::UTC);
    BatchHead head;
    head.id.text = u"b-7"_s;
    head.ordinal = 7;
    head.phase = BatchPhase::Released;
    head.stage = BatchStage::Report;
    head.profile.text = u"p"_s;
    head.environment = Environment::Production;
    head.origin = u"https://example.org"_s;
    head.templateId = u"cm8"_s;
    head.templateName = u"Solar installer"_s;
    head.fileHash = QByteArray::fromHex("00ff10");
    head.rows = 300;
    head.toIssue = 281;
    head.delivered = 270;
    head.failed = 4;
    head.doubtful = 2;
    head.preparedBy = u"Thandi"_s;
    head.releasedBy = u"Sipho"_s;
    head.createdAt = time;
    head.changedAt = time.addSecs(60);
    head.releasedAt = time.addSecs(120);
    head.finishedAt = time.addSecs(180);
    head.replaces.text = u"b-6"_s;
    return head;
}

BatchRow someRow()
{
    BatchRow row;
    row.number = 12;
    row.line = 5'000'000'014;
    row.cells = { u"naledi@gmial.com"_s, u""_s, u"007"_s };
    row.repaired = { { 0, u"naledi@gmail.com"_s }, { 5, u""_s } };
    row.choice = RowChoice::IssueAgain;
    return row;
}

/// As it comes back from the disk.
QJsonObject stored(const QJsonObject &json)
{
    return QJsonDocument::fromJson(QJsonDocument(json).toJson(QJsonDocument::Compact)).object();
}

} // namespace

class TestBatchJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackWhole();
    void defaultsComeBack();
    void keysAreStable();
    void membersAreStable();
    void unknownMembersAreLeftAlone();
    void wrongTypesAreNothing();
    void draftsKnowTheirBatch();
    void repairedCells();
};

void TestBatchJson::comesBackWhole()
{
    QCOMPARE(batchMappingFromJson(stored(toJson(someMapping()))), std::optional(someMapping()));
    QCOMPARE(batchPlanFromJson(stored(toJson(somePlan()))), std::optional(somePlan()));
    QCOMPARE(batchHeadFromJson(stored(toJson(someHead()))), std::optional(someHead()));
    QCOMPARE(batchRowFromJson(stored(toJson(someRow()))), std::optional(someRow()));
}

void TestBatchJson::defaultsComeBack()
{
    QCOMPARE(batchMappingFromJson(stored(toJson(BatchMapping {}))), std::optional(BatchMapping {}));
    QCOMPARE(batchMappingFromJson({}), std::optional(BatchMapping {}));
    BatchPlan plan;
    plan.credentialTemplate.id.text = u"cm8"_s;
    QCOMPARE(batchPlanFromJson(stored(toJson(plan))), std::optional(plan));
    BatchHead head;
    head.id = BatchId::create();
    QCOMPARE(batchHeadFromJson(stored(toJson(head))), std::optional(head));
    BatchRow row;
    row.number = 1;
    QCOMPARE(batchRowFromJson(stored(toJson(row))), std::optional(row));
    // The plan and whether it can be read are no part of the clear side.
    head.plan = somePlan();
    head.planReadable = true;
    QVERIFY(!QJsonDocument(toJson(head)).toJson().contains("corrected"));
}

void TestBatchJson::keysAreStable()
{
    const auto words = [](const auto &values, const auto &wordOf, const auto &valueOf) {
        QStringList all;
        for (const auto value : values) {
            all.append(wordOf(value));
            [&] { QCOMPARE(valueOf(all.last()), std::optional(value)); }();
        }
        [&] { QVERIFY(!valueOf(u"else"_s) && !valueOf(QString())); }();
        return all.join(u' ');
    };
    QCOMPARE(words(QList { BatchPhase::Draft, BatchPhase::Released, BatchPhase::Finished, BatchPhase::Dropped }, batchPhaseKey, batchPhaseFromKey),
             u"draft released finished dropped"_s);
    QCOMPARE(words(QList { BatchStage::Match, BatchStage::Check, BatchStage::Rehearse, BatchStage::Release, BatchStage::Report }, batchStageKey,
                   batchStageFromKey),
             u"match check rehearse release report"_s);
    QCOMPARE(words(QList { RowChoice::None, RowChoice::Keep, RowChoice::Skip, RowChoice::IssueAgain }, rowChoiceKey, rowChoiceFromKey),
             u"none keep skip issueAgain"_s);
    QCOMPARE(words(allPersonFields(), personFieldKey, personFieldFromKey),
             u"email username externalIdentifier firstName lastName fullName language"_s);
    QCOMPARE(words(QList { DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay }, dateOrderKey, dateOrderFromKey), u"dmy mdy ymd"_s);
}

/// What was stored by an earlier release is read by a later one.
void TestBatchJson::membersAreStable()
{
    const QByteArray mapping = R"({"columns":[{"header":"E-mail","person":"email","to":"person"},{"to":"undecided"},)"
                               R"({"attribute":"score","header":"Score","to":"attribute"},{"header":"Score","to":"ignored"}],)"
                               R"("dateOrder":"mdy","decimalMark":"comma","fixed":{"course":"Solar )"
                               "\xE2\x80\xAE" R"( installer"}})";
    QCOMPARE(QJsonDocument(toJson(someMapping())).toJson(QJsonDocument::Compact), mapping);
    const QByteArray row = R"({"cells":["naledi@gmial.com","","007"],"choice":"issueAgain","line":5000000014,"number":12,)"
                           R"("repaired":{"0":"naledi@gmail.com","5":""}})";
    QCOMPARE(QJsonDocument(toJson(someRow())).toJson(QJsonDocument::Compact), row);
    QCOMPARE(toJson(somePlan()).keys(), (QStringList { u"canary"_s, u"canaryAccepted"_s, u"canaryWaived"_s, u"deliver"_s, u"file"_s, u"mapping"_s,
                                                       u"note"_s, u"reason"_s, u"sheet"_s, u"slipLanguage"_s, u"template"_s }));
    QCOMPARE(toJson(someHead()).keys(), (QStringList { u"changed"_s, u"created"_s, u"delivered"_s, u"doubtful"_s, u"environment"_s, u"failed"_s,
                                                       u"fileHash"_s, u"finished"_s, u"id"_s, u"ordinal"_s, u"origin"_s, u"phase"_s, u"preparedBy"_s,
                                                       u"profile"_s, u"released"_s, u"releasedBy"_s, u"replaces"_s, u"rows"_s, u"stage"_s,
                                                       u"template"_s, u"templateName"_s, u"toIssue"_s }));
}

void TestBatchJson::unknownMembersAreLeftAlone()
{
    const auto withMore = [](QJsonObject json) {
        json.insert(u"fromTheFuture"_s, QJsonArray { 1, QJsonObject {} });
        return json;
    };
    QCOMPARE(batchMappingFromJson(withMore(toJson(someMapping()))), std::optional(someMapping()));
    QCOMPARE(batchPlanFromJson(withMore(toJson(somePlan()))), std::optional(somePlan()));
    QCOMPARE(batchHeadFromJson(withMore(toJson(someHead()))), std::optional(someHead()));
    QCOMPARE(batchRowFromJson(withMore(toJson(someRow()))), std::optional(someRow()));
}

void TestBatchJson::wrongTypesAreNothing()
{
    // Every member in turn becomes something it cannot be.
    const auto allRefused = [](const QJsonObject &json, const auto &read, const QStringList &butNot) {
        const QJsonValue others[] = { QJsonValue(7.5), QJsonValue(true), QJsonValue(u"?"_s), QJsonArray { 1.5 }, QJsonObject { { u"x"_s, 1 } },
                                      QJsonValue::Null };
        for (auto member = json.constBegin(); member != json.constEnd(); ++member) {
            for (const QJsonValue &other : others) {
                if (other.type() == member.value().type() || butNot.contains(member.key()))
                    continue;
                QJsonObject changed = json;
                changed.insert(member.key(), other);
                QVERIFY2(!read(changed), qPrintable(member.key()));
            }
        }
    };
    allRefused(toJson(someMapping()), batchMappingFromJson, {});
    allRefused(toJson(somePlan()), batchPlanFromJson, {});
    allRefused(toJson(someHead()), batchHeadFromJson, {});
    allRefused(toJson(someRow()), batchRowFromJson, {});

    const auto mappingWith = [](const QJsonObject &column) { return batchMappingFromJson({ { u"columns"_s, QJsonArray { column } } }); };
    QVERIFY(mappingWith({ { u"header"_s, u"x"_s } }));
    QVERIFY(!mappingWith({ { u"to"_s, u"moon"_s } }));
    QVERIFY(!mappingWith({ { u"to"_s, u"person"_s }, { u"person"_s, u"moon"_s } }));
    QVERIFY(!mappingWith({ { u"to"_s, u"attribute"_s } }));
    QVERIFY(!mappingWith({ { u"header"_s, 3 } }));
    const auto rowWith = [](const QString &key, const QJsonValue &value) {
        QJsonObject json = toJson(someRow());
        json.insert(key, value);
        return batchRowFromJson(json);
    };
    QVERIFY(!rowWith(u"number"_s, 0));
    QVERIFY(!rowWith(u"number"_s, 3e9));
    QVERIFY(!rowWith(u"choice"_s, u"maybe"_s));
    QVERIFY(!rowWith(u"cells"_s, QJsonArray { u"a"_s, 1 }));
    QVERIFY(!rowWith(u"repaired"_s, QJsonObject { { u"-1"_s, u"a"_s } }));
    QVERIFY(!rowWith(u"repaired"_s, QJsonObject { { u"01"_s, u"a"_s } }));
    QVERIFY(!rowWith(u"repaired"_s, QJsonObject { { u"a"_s, u"a"_s } }));
    QJsonObject head = toJson(someHead());
    head.insert(u"rows"_s, -1);
    QVERIFY(!batchHeadFromJson(head));
    QVERIFY(!batchHeadFromJson({}) && !batchPlanFromJson({}) && !batchRowFromJson({}));
}

void TestBatchJson::draftsKnowTheirBatch()
{
    IssueDraft draft;
    draft.intent.text = u"i"_s;
    draft.credentialTemplate.id.text = u"cm8"_s;
    draft.batch.text = u"b-7"_s;
    draft.batchRow = 12;
    QCOMPARE(issueDraftFromJson(stored(toJson(draft))), std::optional(draft));
    WorkRecord record;
    record.intent.text = u"i"_s;
    record.batch.text = u"b-7"_s;
    record.batchRow = 12;
    QCOMPARE(workRecordFromJson(stored(toJson(record))), std::optional(record));
    draft.batch = {};
    draft.batchRow = 0;
    QVERIFY(!toJson(draft).contains(u"batch"_s) && !toJson(draft).contains(u"row"_s));
}

void TestBatchJson::repairedCells()
{
    const BatchRow row = someRow();
    QCOMPARE(row.text(0), u"naledi@gmail.com"_s);
    QCOMPARE(row.text(2), u"007"_s);
    QCOMPARE(row.text(5), QString());
    QCOMPARE(row.text(9), QString());
    QCOMPARE(row.text(-1), QString());
}

QTEST_APPLESS_MAIN(TestBatchJson)
#include "tst_batchjson.moc"
