// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/workrecord.h"

#include "app/domain/jsonparts.h"

#include <QtCore/QJsonArray>

using namespace Qt::StringLiterals;

namespace yoid {

QJsonObject toJson(const Person &person)
{
    QJsonObject json;
    put(json, u"email"_s, person.email);
    put(json, u"username"_s, person.username);
    put(json, u"externalIdentifier"_s, person.externalIdentifier);
    put(json, u"firstName"_s, person.firstName);
    put(json, u"lastName"_s, person.lastName);
    return json;
}

Person personFromJson(const QJsonObject &json)
{
    Person person;
    person.email = json.value(u"email"_s).toString();
    person.username = json.value(u"username"_s).toString();
    person.externalIdentifier = json.value(u"externalIdentifier"_s).toString();
    person.firstName = json.value(u"firstName"_s).toString();
    person.lastName = json.value(u"lastName"_s).toString();
    return person;
}

QJsonObject toJson(const IssueDraft &draft)
{
    QJsonObject values;
    for (auto value = draft.values.cbegin(); value != draft.values.cend(); ++value)
        values.insert(value.key(), value.value());
    QJsonObject json { { u"intent"_s, draft.intent.text },
                       { u"person"_s, toJson(draft.person) },
                       { u"template"_s, toJson(draft.credentialTemplate) },
                       { u"values"_s, values },
                       { u"deliver"_s, draft.deliverToWallet } };
    put(json, u"replaces"_s, draft.replaces.text);
    put(json, u"reason"_s, draft.reason);
    put(json, u"note"_s, draft.note);
    put(json, u"batch"_s, draft.batch.text);
    if (draft.batchRow)
        json.insert(u"row"_s, draft.batchRow);
    return json;
}

std::optional<IssueDraft> issueDraftFromJson(const QJsonObject &json)
{
    IssueDraft draft;
    draft.intent.text = json.value(u"intent"_s).toString();
    draft.person = personFromJson(json.value(u"person"_s).toObject());
    draft.credentialTemplate = credentialTemplateFromJson(json.value(u"template"_s).toObject());
    const QJsonObject values = json.value(u"values"_s).toObject();
    for (auto value = values.constBegin(); value != values.constEnd(); ++value)
        draft.values.insert(value.key(), value.value().toString());
    draft.deliverToWallet = json.value(u"deliver"_s).toBool(true);
    draft.replaces.text = json.value(u"replaces"_s).toString();
    draft.reason = json.value(u"reason"_s).toString();
    draft.note = json.value(u"note"_s).toString();
    draft.batch.text = json.value(u"batch"_s).toString();
    draft.batchRow = json.value(u"row"_s).toInt();
    if (draft.intent.isEmpty() || draft.credentialTemplate.id.isEmpty())
        return {};
    return draft;
}

QJsonObject toJson(const WorkRecord &record)
{
    QJsonObject json { { u"intent"_s, record.intent.text },
                       { u"work"_s, record.work == WorkKind::Issue ? u"issue"_s : u"verify"_s },
                       { u"state"_s, journalStateKey(record.state) },
                       { u"attempt"_s, record.attempt },
                       { u"profile"_s, record.profile.text },
                       { u"environment"_s, environmentKey(record.environment) },
                       { u"origin"_s, record.origin },
                       { u"deliver"_s, record.deliver } };
    put(json, u"operator"_s, record.operatorName);
    put(json, u"created"_s, record.createdAt);
    put(json, u"changed"_s, record.changedAt);
    put(json, u"checked"_s, record.lastChecked);
    put(json, u"template"_s, record.templateId);
    put(json, u"templateName"_s, record.templateName);
    if (!record.personKeys.isEmpty())
        json.insert(u"persons"_s, QJsonArray::fromStringList(record.personKeys));
    put(json, u"issuanceId"_s, record.issuanceId.text);
    put(json, u"credentialId"_s, record.credentialId.text);
    put(json, u"presentationId"_s, record.presentationId.text);
    if (record.revocable)
        json.insert(u"revocable"_s, *record.revocable);
    put(json, u"status"_s, record.rawStatus);
    put(json, u"verdict"_s, record.verdict);
    put(json, u"delivered"_s, record.deliveredAt);
    put(json, u"expires"_s, record.expiresAt);
    if (record.firstPasswordLost)
        json.insert(u"passwordLost"_s, true);
    if (record.unusedOffers)
        json.insert(u"unusedOffers"_s, record.unusedOffers);
    put(json, u"replaces"_s, record.replaces.text);
    put(json, u"reason"_s, record.reason);
    put(json, u"batch"_s, record.batch.text);
    if (record.batchRow)
        json.insert(u"row"_s, record.batchRow);
    if (record.failed)
        json.insert(u"failure"_s, failureName(record.failure));
    return json;
}

std::optional<WorkRecord> workRecordFromJson(const QJsonObject &json)
{
    const std::optional<JournalState> state = journalStateFromKey(json.value(u"state"_s).toString());
    WorkRecord record;
    record.intent.text = json.value(u"intent"_s).toString();
    if (!state || record.intent.isEmpty())
        return {};
    record.state = *state;
    record.work = json.value(u"work"_s).toString() == u"verify"_s ? WorkKind::Verify : WorkKind::Issue;
    record.attempt = json.value(u"attempt"_s).toInt(1);
    record.profile.text = json.value(u"profile"_s).toString();
    record.environment = environmentFromKey(json.value(u"environment"_s).toString());
    record.origin = json.value(u"origin"_s).toString();
    record.deliver = json.value(u"deliver"_s).toBool(true);
    record.operatorName = json.value(u"operator"_s).toString();
    record.createdAt = timeOf(json, u"created"_s);
    record.changedAt = timeOf(json, u"changed"_s);
    record.lastChecked = timeOf(json, u"checked"_s);
    record.templateId = json.value(u"template"_s).toString();
    record.templateName = json.value(u"templateName"_s).toString();
    const QJsonArray persons = json.value(u"persons"_s).toArray();
    for (const QJsonValue &person : persons)
        record.personKeys.append(person.toString());
    record.issuanceId.text = json.value(u"issuanceId"_s).toString();
    record.credentialId.text = json.value(u"credentialId"_s).toString();
    record.presentationId.text = json.value(u"presentationId"_s).toString();
    record.revocable = maybeBool(json.value(u"revocable"_s));
    record.rawStatus = json.value(u"status"_s).toString();
    record.verdict = json.value(u"verdict"_s).toString();
    record.deliveredAt = timeOf(json, u"delivered"_s);
    record.expiresAt = timeOf(json, u"expires"_s);
    record.firstPasswordLost = json.value(u"passwordLost"_s).toBool();
    record.unusedOffers = json.value(u"unusedOffers"_s).toInt();
    record.replaces.text = json.value(u"replaces"_s).toString();
    record.reason = json.value(u"reason"_s).toString();
    record.batch.text = json.value(u"batch"_s).toString();
    record.batchRow = json.value(u"row"_s).toInt();
    record.failed = json.contains(u"failure"_s);
    for (const FailureKind kind : allFailureKinds()) {
        if (record.failed && failureName(kind) == json.value(u"failure"_s).toString())
            record.failure = kind;
    }
    return record;
}

} // namespace yoid
