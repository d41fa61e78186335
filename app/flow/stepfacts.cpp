// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/stepfacts.h"

#include "app/domain/personnote.h"
#include "app/domain/presentationjson.h"
#include "app/domain/workrecord.h"
#include "app/store/journal.h"

#include <QtCore/QJsonArray>

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

void insertText(QJsonObject &json, QLatin1StringView key, const QString &text)
{
    if (!text.isEmpty())
        json.insert(key, text);
}

void insertTime(QJsonObject &json, QLatin1StringView key, const QDateTime &time)
{
    if (time.isValid())
        json.insert(key, time.toUTC().toString(Qt::ISODateWithMs));
}

QString levelKey(VerdictLevel level)
{
    switch (level) {
    case VerdictLevel::Waiting:
        return u"waiting"_s;
    case VerdictLevel::NoAnswer:
        return u"noAnswer"_s;
    case VerdictLevel::Accepted:
        return u"accepted"_s;
    case VerdictLevel::CheckByHand:
        return u"checkByHand"_s;
    case VerdictLevel::DoNotAccept:
        return u"doNotAccept"_s;
    }
    return {};
}

QString reasonKey(VerdictReason reason)
{
    switch (reason) {
    case VerdictReason::StillWaiting:
        return u"stillWaiting"_s;
    case VerdictReason::UnknownStatus:
        return u"unknownStatus"_s;
    case VerdictReason::DeclinedByHolder:
        return u"declinedByHolder"_s;
    case VerdictReason::DeclinedOrFailed:
        return u"declinedOrFailed"_s;
    case VerdictReason::RequestExpired:
        return u"requestExpired"_s;
    case VerdictReason::AnsweredWithoutData:
        return u"answeredWithoutData"_s;
    case VerdictReason::CredentialMissing:
        return u"credentialMissing"_s;
    case VerdictReason::UnexpectedCredential:
        return u"unexpectedCredential"_s;
    case VerdictReason::NotValid:
        return u"notValid"_s;
    case VerdictReason::ValidityNotProved:
        return u"validityNotProved"_s;
    case VerdictReason::IssuesReported:
        return u"issuesReported"_s;
    case VerdictReason::Revoked:
        return u"revoked"_s;
    case VerdictReason::ServiceRemark:
        return u"serviceRemark"_s;
    case VerdictReason::OutOfDate:
        return u"outOfDate"_s;
    case VerdictReason::TooOld:
        return u"tooOld"_s;
    case VerdictReason::OtherValue:
        return u"otherValue"_s;
    case VerdictReason::NotComparable:
        return u"notComparable"_s;
    case VerdictReason::FieldWithheld:
        return u"fieldWithheld"_s;
    case VerdictReason::IssuerNotRestricted:
        return u"issuerNotRestricted"_s;
    case VerdictReason::AllProved:
        return u"allProved"_s;
    }
    return {};
}

struct PhotoWord {
    PhotoId photo;
    QLatin1StringView word;
};
constexpr PhotoWord kPhotoWords[] = { { PhotoId::SamePerson, QLatin1StringView("same") }, { PhotoId::NotSame, QLatin1StringView("notSame") } };

struct NameWord {
    NameMatch match;
    QLatin1StringView word;
};
constexpr NameWord kNameWords[] = { { NameMatch::Same, QLatin1StringView("same") },
                                    { NameMatch::Close, QLatin1StringView("close") },
                                    { NameMatch::Different, QLatin1StringView("different") } };

} // namespace

JournalState requestEnd(PresentationStatus status)
{
    switch (status) {
    case PresentationStatus::Answered:
        return JournalState::Answered;
    case PresentationStatus::Declined:
        return JournalState::Declined;
    case PresentationStatus::Failed:
        return JournalState::Failed;
    case PresentationStatus::Expired:
    case PresentationStatus::Waiting: // final all the same: expired by its own date
    case PresentationStatus::Unknown:
        return JournalState::RequestExpired;
    }
    return JournalState::RequestExpired;
}

QStringList personKeys(const Journal &journal, const QString &origin, const Person &person)
{
    const Person known = normalised(person);
    QStringList keys;
    const auto add = [&](IdentifierType type, const QString &identifier) {
        if (identifier.isEmpty())
            return;
        const QString key = journal.fingerprint(QString(origin + u'|' + identifierTypeKey(type) + u'|' + identifier).toUtf8());
        if (!key.isEmpty()) // else the key is not at hand, and the journal takes no line either
            keys.append(key);
    };
    add(IdentifierType::Email, known.email.toCaseFolded());
    add(IdentifierType::Username, known.username.toCaseFolded());
    add(IdentifierType::ExternalIdentifier, known.externalIdentifier);
    return keys;
}

StepContent preparedContent(const Journal &journal, const QString &origin, const IssueDraft &draft)
{
    StepContent content;
    content.facts = { { fact::templateId, draft.credentialTemplate.id.text },
                      { fact::templateName, draft.credentialTemplate.name },
                      { fact::persons, QJsonArray::fromStringList(personKeys(journal, origin, draft.person)) },
                      { fact::deliver, draft.deliverToWallet } };
    insertText(content.facts, fact::replaces, draft.replaces.text);
    insertText(content.facts, fact::reason, draft.reason);
    insertText(content.facts, fact::batch, draft.batch.text);
    if (!draft.batch.isEmpty())
        content.facts.insert(fact::batchRow, draft.batchRow);
    content.sealed = { { fact::person, toJson(draft.person) }, { fact::draft, toJson(draft) } };
    insertText(content.sealed, fact::note, draft.note);
    return content;
}

StepContent accountContent(bool created, bool firstPasswordLost, const QString &username,
                           std::shared_ptr<const Secret> firstPassword)
{
    StepContent content;
    content.facts = { { fact::created, created }, { fact::firstPasswordLost, firstPasswordLost } };
    insertText(content.sealed, fact::username, username);
    content.firstPassword = std::move(firstPassword);
    return content;
}

StepContent failureContent(const Failure &failure)
{
    StepContent content;
    content.facts.insert(fact::failure, failureName(failure.kind));
    if (failure.httpStatus)
        content.facts.insert(fact::http, failure.httpStatus);
    return content;
}

StepContent issuanceContent(const Issuance &issuance)
{
    StepContent content;
    content.facts = { { fact::issuanceId, issuance.id.text }, { fact::status, issuance.rawStatus } };
    insertText(content.facts, fact::credentialId, issuance.credentialId.text);
    insertTime(content.facts, fact::expiresAt, issuance.expiresAt);
    if (issuance.revocable)
        content.facts.insert(fact::revocable, *issuance.revocable);
    insertText(content.sealed, fact::offerUri, issuance.offerUri);
    insertText(content.sealed, fact::offerQrUri, issuance.offerQrUri);
    return content;
}

StepContent questionContent(const PresentationTemplate &asked)
{
    StepContent content;
    content.facts = { { fact::templateId, asked.id.text }, { fact::templateName, asked.name } };
    content.sealed.insert(fact::draft, toJson(asked));
    return content;
}

StepContent requestContent(const Presentation &presentation)
{
    StepContent content;
    content.facts.insert(fact::presentationId, presentation.id.text);
    insertText(content.facts, fact::templateId, presentation.templateId.text);
    insertTime(content.facts, fact::expiresAt, presentation.expiresAt);
    insertText(content.sealed, fact::requestUri, presentation.authorizationRequestUri);
    insertText(content.sealed, fact::requestQrUri, presentation.authorizationRequestQrUri);
    return content;
}

StepContent answerContent(const Presentation &presentation, const Verdict &verdict)
{
    QJsonArray reasons;
    for (const VerdictFinding &finding : verdict.findings)
        reasons.append(reasonKey(finding.reason));
    StepContent content;
    content.facts = { { fact::presentationId, presentation.id.text },
                      { fact::status, presentation.rawStatus },
                      { fact::verdict, levelKey(verdict.level) },
                      { fact::reasons, reasons } };
    insertText(content.facts, fact::digest, presentation.digest);
    if (!presentation.credentials.isEmpty() || !presentation.remarks.isEmpty())
        content.sealed.insert(fact::answer, answerToJson(presentation));
    return content;
}

StepContent personNoteContent(const PersonNote &note)
{
    StepContent content;
    // Both are always there, so that a later note takes the place of an earlier one.
    content.facts = { { fact::photoId, u"notChecked"_s }, { fact::nameMatch, u"notCompared"_s } };
    for (const PhotoWord &entry : kPhotoWords) {
        if (entry.photo == note.photoId)
            content.facts.insert(fact::photoId, entry.word);
    }
    for (const NameWord &entry : kNameWords) {
        if (entry.match == note.nameMatch)
            content.facts.insert(fact::nameMatch, entry.word);
    }
    content.sealed.insert(fact::nameOnCard, note.nameOnCard);
    return content;
}

PersonNote personNoteOf(const QJsonObject &facts, const QJsonObject &sealed)
{
    PersonNote note;
    for (const PhotoWord &entry : kPhotoWords) {
        if (facts.value(fact::photoId).toString() == entry.word)
            note.photoId = entry.photo;
    }
    for (const NameWord &entry : kNameWords) {
        if (facts.value(fact::nameMatch).toString() == entry.word)
            note.nameMatch = entry.match;
    }
    note.nameOnCard = sealed.value(fact::nameOnCard).toString();
    return note;
}

} // namespace yoid
