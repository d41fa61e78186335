// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batch.h"

#include "app/domain/jsonparts.h"
#include "app/domain/keywords.h"

#include <QtCore/QJsonArray>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr Keyword<BatchPhase> kPhases[] = {
    { BatchPhase::Draft, u"draft" },
    { BatchPhase::Released, u"released" },
    { BatchPhase::Finished, u"finished" },
    { BatchPhase::Dropped, u"dropped" },
};
constexpr Keyword<BatchStage> kStages[] = {
    { BatchStage::Match, u"match" },     { BatchStage::Check, u"check" },   { BatchStage::Rehearse, u"rehearse" },
    { BatchStage::Release, u"release" }, { BatchStage::Report, u"report" },
};
constexpr Keyword<RowChoice> kChoices[] = {
    { RowChoice::None, u"none" },
    { RowChoice::Keep, u"keep" },
    { RowChoice::Skip, u"skip" },
    { RowChoice::IssueAgain, u"issueAgain" },
};

/// A column as a member's name: `"4"`, never `"04"` or `"-1"`.
std::optional<int> columnFromKey(const QString &key)
{
    bool isNumber = false;
    const int column = key.toInt(&isNumber);
    if (!isNumber || column < 0 || QString::number(column) != key)
        return std::nullopt;
    return column;
}

} // namespace

QString batchPhaseKey(BatchPhase phase)
{
    return wordOf(kPhases, phase);
}

std::optional<BatchPhase> batchPhaseFromKey(QStringView key)
{
    return valueOf(kPhases, key);
}

QString batchStageKey(BatchStage stage)
{
    return wordOf(kStages, stage);
}

std::optional<BatchStage> batchStageFromKey(QStringView key)
{
    return valueOf(kStages, key);
}

QString rowChoiceKey(RowChoice choice)
{
    return wordOf(kChoices, choice);
}

std::optional<RowChoice> rowChoiceFromKey(QStringView key)
{
    return valueOf(kChoices, key);
}

QString BatchRow::text(int column) const
{
    const auto mended = repaired.constFind(column);
    return mended == repaired.constEnd() ? cells.value(column) : *mended;
}

QJsonObject toJson(const BatchPlan &plan)
{
    QJsonObject json { { u"template"_s, toJson(plan.credentialTemplate) },
                       { u"mapping"_s, toJson(plan.mapping) },
                       { u"deliver"_s, plan.deliverToWallet } };
    put(json, u"slipLanguage"_s, plan.slipLanguage);
    put(json, u"file"_s, plan.fileName);
    put(json, u"sheet"_s, plan.sheet);
    put(json, u"reason"_s, plan.reason);
    put(json, u"note"_s, plan.note);
    put(json, u"canary"_s, plan.canary.text);
    if (plan.canaryAccepted)
        json.insert(u"canaryAccepted"_s, true);
    if (plan.canaryWaived)
        json.insert(u"canaryWaived"_s, true);
    return json;
}

std::optional<BatchPlan> batchPlanFromJson(const QJsonObject &json)
{
    StrictMembers members(json);
    BatchPlan plan;
    plan.credentialTemplate = credentialTemplateFromJson(members.object(u"template"_s));
    const std::optional<BatchMapping> mapping = batchMappingFromJson(members.object(u"mapping"_s));
    plan.deliverToWallet = members.flag(u"deliver"_s, true);
    if (const QString language = members.text(u"slipLanguage"_s); !language.isEmpty())
        plan.slipLanguage = language;
    plan.fileName = members.text(u"file"_s);
    plan.sheet = members.text(u"sheet"_s);
    plan.reason = members.text(u"reason"_s);
    plan.note = members.text(u"note"_s);
    plan.canary.text = members.text(u"canary"_s);
    plan.canaryAccepted = members.flag(u"canaryAccepted"_s, false);
    plan.canaryWaived = members.flag(u"canaryWaived"_s, false);
    if (!members.ok() || !mapping || plan.credentialTemplate.id.isEmpty())
        return std::nullopt;
    plan.mapping = *mapping;
    return plan;
}

QJsonObject toJson(const BatchHead &head)
{
    QJsonObject json { { u"id"_s, head.id.text },
                       { u"ordinal"_s, head.ordinal },
                       { u"phase"_s, batchPhaseKey(head.phase) },
                       { u"stage"_s, batchStageKey(head.stage) },
                       { u"profile"_s, head.profile.text },
                       { u"environment"_s, environmentKey(head.environment) },
                       { u"origin"_s, head.origin },
                       { u"rows"_s, head.rows },
                       { u"toIssue"_s, head.toIssue },
                       { u"delivered"_s, head.delivered },
                       { u"failed"_s, head.failed },
                       { u"doubtful"_s, head.doubtful } };
    put(json, u"template"_s, head.templateId);
    put(json, u"templateName"_s, head.templateName);
    put(json, u"fileHash"_s, QString::fromLatin1(head.fileHash.toHex()));
    put(json, u"preparedBy"_s, head.preparedBy);
    put(json, u"releasedBy"_s, head.releasedBy);
    put(json, u"created"_s, head.createdAt);
    put(json, u"changed"_s, head.changedAt);
    put(json, u"released"_s, head.releasedAt);
    put(json, u"finished"_s, head.finishedAt);
    put(json, u"replaces"_s, head.replaces.text);
    return json;
}

std::optional<BatchHead> batchHeadFromJson(const QJsonObject &json)
{
    StrictMembers members(json);
    BatchHead head;
    const std::optional<BatchPhase> phase = batchPhaseFromKey(members.text(u"phase"_s));
    const std::optional<BatchStage> stage = batchStageFromKey(members.text(u"stage"_s));
    head.id.text = members.text(u"id"_s);
    head.ordinal = members.count(u"ordinal"_s);
    head.profile.text = members.text(u"profile"_s);
    head.environment = environmentFromKey(members.text(u"environment"_s));
    head.origin = members.text(u"origin"_s);
    head.templateId = members.text(u"template"_s);
    head.templateName = members.text(u"templateName"_s);
    const QByteArray written = members.text(u"fileHash"_s).toLatin1();
    head.fileHash = QByteArray::fromHex(written);
    head.rows = members.count(u"rows"_s);
    head.toIssue = members.count(u"toIssue"_s);
    head.delivered = members.count(u"delivered"_s);
    head.failed = members.count(u"failed"_s);
    head.doubtful = members.count(u"doubtful"_s);
    head.preparedBy = members.text(u"preparedBy"_s);
    head.releasedBy = members.text(u"releasedBy"_s);
    head.createdAt = members.time(u"created"_s);
    head.changedAt = members.time(u"changed"_s);
    head.releasedAt = members.time(u"released"_s);
    head.finishedAt = members.time(u"finished"_s);
    head.replaces.text = members.text(u"replaces"_s);
    if (!members.ok() || !phase || !stage || head.id.isEmpty() || head.fileHash.toHex() != written.toLower())
        return std::nullopt;
    head.phase = *phase;
    head.stage = *stage;
    return head;
}

QJsonObject toJson(const BatchRow &row)
{
    QJsonObject json { { u"number"_s, row.number }, { u"line"_s, row.line }, { u"cells"_s, QJsonArray::fromStringList(row.cells) } };
    if (!row.repaired.isEmpty()) {
        QJsonObject repaired;
        for (auto cell = row.repaired.cbegin(); cell != row.repaired.cend(); ++cell)
            repaired.insert(QString::number(cell.key()), cell.value());
        json.insert(u"repaired"_s, repaired);
    }
    if (row.choice != RowChoice::None)
        json.insert(u"choice"_s, rowChoiceKey(row.choice));
    put(json, u"decidedOn"_s, row.decidedOn.text);
    return json;
}

std::optional<BatchRow> batchRowFromJson(const QJsonObject &json)
{
    StrictMembers members(json);
    BatchRow row;
    row.number = members.count(u"number"_s);
    row.line = members.number(u"line"_s);
    row.cells = members.texts(u"cells"_s);
    const QJsonObject repaired = members.object(u"repaired"_s);
    for (auto cell = repaired.constBegin(); cell != repaired.constEnd(); ++cell) {
        const std::optional<int> column = columnFromKey(cell.key());
        if (!column || !cell.value().isString())
            return std::nullopt;
        row.repaired.insert(*column, cell.value().toString());
    }
    if (const QString word = members.text(u"choice"_s); !word.isEmpty()) {
        const std::optional<RowChoice> choice = rowChoiceFromKey(word);
        if (!choice)
            return std::nullopt;
        row.choice = *choice;
    }
    row.decidedOn.text = members.text(u"decidedOn"_s);
    if (!members.ok() || row.number < 1)
        return std::nullopt;
    return row;
}

} // namespace yoid
