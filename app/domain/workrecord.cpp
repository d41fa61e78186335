// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/workrecord.h"

#include <QtCore/QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr auto kTrial = "trial"_L1; // went to the organisation's own wallet, whoever's name was on it

void take(QString &to, const QJsonObject &facts, QLatin1StringView key)
{
    if (const QJsonValue value = facts.value(key); value.isString())
        to = value.toString();
}

FailureKind failureFromName(const QString &name)
{
    for (const FailureKind kind : allFailureKinds()) {
        if (failureName(kind) == name)
            return kind;
    }
    return FailureKind::ConnectionLost; // `crash`, `repeated`: no answer was seen
}

void takeFacts(WorkRecord &record, const JournalStep &step)
{
    const QJsonObject &facts = step.facts;
    take(record.templateId, facts, fact::templateId);
    take(record.templateName, facts, fact::templateName);
    take(record.issuanceId.text, facts, fact::issuanceId);
    take(record.credentialId.text, facts, fact::credentialId);
    take(record.presentationId.text, facts, fact::presentationId);
    if (facts.contains(fact::ahead))
        record.ahead = facts.value(fact::ahead).toBool();
    take(record.replaces.text, facts, fact::replaces);
    take(record.reason, facts, fact::reason);
    take(record.batch.text, facts, fact::batch);
    if (facts.contains(fact::batchRow))
        record.batchRow = facts.value(fact::batchRow).toInt();
    take(record.rawStatus, facts, fact::status);
    take(record.verdict, facts, fact::verdict);
    if (facts.contains(fact::persons)) {
        record.personKeys.clear();
        const QJsonArray persons = facts.value(fact::persons).toArray();
        for (const QJsonValue &one : persons)
            record.personKeys.append(one.toString());
    }
    if (facts.contains(fact::deliver))
        record.deliver = facts.value(fact::deliver).toBool(true);
    if (facts.contains(fact::revocable))
        record.revocable = facts.value(fact::revocable).toBool();
    if (facts.contains(fact::firstPasswordLost))
        record.firstPasswordLost = facts.value(fact::firstPasswordLost).toBool();
    if (facts.contains(fact::expiresAt))
        record.expiresAt = QDateTime::fromString(facts.value(fact::expiresAt).toString(), Qt::ISODateWithMs);
    record.failed = facts.contains(fact::failure);
    record.failure = record.failed ? failureFromName(facts.value(fact::failure).toString()) : FailureKind::Internal;
}

} // namespace

QList<WorkStage> allWorkStages()
{
    using enum WorkStage;
    return { Ready, Sending, WaitingForYouth, Accepted, NeedsYou, InDoubt, Failed, Revoked, Expired };
}

void apply(WorkRecord &record, const JournalStep &step, const QString &operatorName)
{
    if (record.intent.isEmpty()) {
        record.intent = step.intent;
        record.work = step.work;
        record.profile = step.profile;
        record.environment = step.environment;
        record.origin = step.origin;
        record.operatorName = operatorName;
        record.createdAt = step.at;
    }
    record.state = step.state;
    record.attempt = step.attempt;
    record.changedAt = step.at;
    takeFacts(record, step);
    if (step.sealed.contains(fact::person)) {
        record.person = personFromJson(step.sealed.value(fact::person).toObject());
        record.personReadable = true;
    }
    if (step.state == JournalState::Delivered)
        record.deliveredAt = step.at;
    else if (step.state == JournalState::Abandoned)
        ++record.unusedOffers;
}

WorkStage stageOf(const WorkRecord &record)
{
    using enum JournalState;
    switch (record.state) {
    case Prepared:
    case AccountReady:
        return WorkStage::Ready;
    case AccountIntent:
    case Sent:
    case DeliveryIntent:
    case RequestIntent:
    case RevokeIntent:
        return WorkStage::Sending;
    case AccountUnknown:
    case Unknown:
    case DeliveryUnknown:
    case RevokeUnknown:
        return WorkStage::InDoubt;
    case NotSent:
    case AccountRefused:
    case Refused:
    case Abandoned:
    case DeliveryFailed:
    case RequestFailed:
    case RequestUnknown: // a request nobody saw is harmless, but there is none to show
    case RevokeAccepted:
    case RevokeRefused:
        return WorkStage::NeedsYou;
    case Requested:
        return record.ahead ? WorkStage::Ready : WorkStage::WaitingForYouth;
    case Offered:
    case Delivered:
    case Parked:
        return WorkStage::WaitingForYouth;
    case Accepted:
        return WorkStage::Accepted;
    case Rejected:
    case Declined:
    case Failed:
    case Dropped:
        return WorkStage::Failed;
    case Answered:
        if (record.verdict == u"accepted"_s)
            return WorkStage::Accepted;
        return record.verdict == u"doNotAccept"_s ? WorkStage::Failed : WorkStage::NeedsYou;
    case Expired:
    case RequestExpired:
        return WorkStage::Expired;
    case Revoked:
        return WorkStage::Revoked;
    }
    return WorkStage::NeedsYou;
}

bool isOpen(const WorkRecord &record)
{
    return !isFinal(record.state);
}

bool isTracked(const WorkRecord &record)
{
    using enum JournalState;
    constexpr std::array tracked { Offered, Delivered, DeliveryFailed, DeliveryUnknown, RevokeAccepted, RevokeRefused, RevokeUnknown };
    return !record.issuanceId.isEmpty() && std::find(tracked.begin(), tracked.end(), record.state) != tracked.end();
}

bool countsAsIssued(const WorkRecord &record)
{
    return record.work == WorkKind::Issue && !record.issuanceId.isEmpty() && record.reason != kTrial
        && (isTracked(record) || record.state == JournalState::Accepted || record.state == JournalState::DeliveryIntent
            || record.state == JournalState::RevokeIntent);
}

QString workOrigin(const Profile &profile)
{
    return profile.tokenUrl.toString(QUrl::FullyEncoded) + u'|' + profile.credsUrl.toString(QUrl::FullyEncoded) + u'|' + profile.clientId;
}

} // namespace yoid
