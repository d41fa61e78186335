// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/workrecord.h"

#include "app/domain/jsonwriter.h"

#include "app/domain/jsonparts.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

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

namespace {

/// The people of a batch all have the same one.
QJsonObject latestTemplate(const CredentialTemplate &credentialTemplate)
{
    thread_local std::pair<CredentialTemplate, QJsonObject> latest;
    if (latest.second.isEmpty() || latest.first != credentialTemplate)
        latest = { credentialTemplate, toJson(credentialTemplate) };
    return latest.second;
}

} // namespace

QJsonObject toJson(const IssueDraft &draft)
{
    QJsonObject values;
    for (auto value = draft.values.cbegin(); value != draft.values.cend(); ++value)
        values.insert(value.key(), value.value());
    QJsonObject json { { u"intent"_s, draft.intent.text },
                       { u"person"_s, toJson(draft.person) },
                       { u"template"_s, latestTemplate(draft.credentialTemplate) },
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

QByteArray jsonText(const WorkRecord &record)
{
    JsonWriter json(1024);
    json.put("intent"_L1, record.intent.text);
    json.put("work"_L1, record.work == WorkKind::Issue ? u"issue"_s : u"verify"_s);
    json.put("state"_L1, journalStateKey(record.state));
    json.put("attempt"_L1, record.attempt);
    json.put("profile"_L1, record.profile.text);
    json.put("environment"_L1, environmentKey(record.environment));
    json.put("origin"_L1, record.origin);
    json.put("deliver"_L1, record.deliver);
    json.putSome("operator"_L1, record.operatorName);
    json.putSome("created"_L1, record.createdAt);
    json.putSome("changed"_L1, record.changedAt);
    json.putSome("checked"_L1, record.lastChecked);
    json.putSome("template"_L1, record.templateId);
    json.putSome("templateName"_L1, record.templateName);
    if (!record.personKeys.isEmpty())
        json.put("persons"_L1, record.personKeys);
    json.putSome("issuanceId"_L1, record.issuanceId.text);
    json.putSome("credentialId"_L1, record.credentialId.text);
    json.putSome("presentationId"_L1, record.presentationId.text);
    if (record.ahead)
        json.put("ahead"_L1, true);
    if (record.revocable)
        json.put("revocable"_L1, *record.revocable);
    json.putSome("status"_L1, record.rawStatus);
    json.putSome("verdict"_L1, record.verdict);
    json.putSome("delivered"_L1, record.deliveredAt);
    json.putSome("expires"_L1, record.expiresAt);
    if (record.firstPasswordLost)
        json.put("passwordLost"_L1, true);
    if (record.unusedOffers)
        json.put("unusedOffers"_L1, record.unusedOffers);
    json.putSome("replaces"_L1, record.replaces.text);
    json.putSome("reason"_L1, record.reason);
    json.putSome("batch"_L1, record.batch.text);
    if (record.batchRow)
        json.put("row"_L1, record.batchRow);
    if (record.failed)
        json.put("failure"_L1, failureName(record.failure));
    return json.take();
}

QJsonObject toJson(const WorkRecord &record)
{
    return QJsonDocument::fromJson(jsonText(record)).object();
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
    record.ahead = json.value(u"ahead"_s).toBool();
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
