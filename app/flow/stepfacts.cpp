// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/stepfacts.h"

#include <QtCore/QJsonArray>
#include <QtCore/QMessageAuthenticationCode>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

void insertText(QJsonObject &facts, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        facts.insert(key, text);
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
    case VerdictReason::FieldWithheld:
        return u"fieldWithheld"_s;
    case VerdictReason::IssuerNotRestricted:
        return u"issuerNotRestricted"_s;
    case VerdictReason::AllProved:
        return u"allProved"_s;
    }
    return {};
}

} // namespace

QString recipientFingerprint(const ProfileId &profile, const Person &person)
{
    const QByteArray code = QMessageAuthenticationCode::hash(person.identifier().toUtf8(), profile.text.toUtf8(),
                                                             QCryptographicHash::Sha256);
    return QString::fromLatin1(code.toHex());
}

QJsonObject preparedFacts(const ProfileId &profile, const IssueDraft &draft)
{
    return { { u"template"_s, draft.credentialTemplate.id.text },
             { u"recipient"_s, recipientFingerprint(profile, draft.person) },
             { u"identifierType"_s, identifierTypeKey(draft.person.identifierType()) },
             { u"deliver"_s, draft.deliverToWallet } };
}

QJsonObject failureFacts(const Failure &failure)
{
    QJsonObject facts { { u"failure"_s, failureName(failure.kind) } };
    if (failure.httpStatus)
        facts.insert(u"http"_s, failure.httpStatus);
    return facts;
}

QJsonObject issuanceFacts(const Issuance &issuance)
{
    QJsonObject facts { { u"issuanceId"_s, issuance.id.text }, { u"status"_s, issuance.rawStatus } };
    insertText(facts, u"credentialId"_s, issuance.credentialId.text);
    insertText(facts, u"offerUri"_s, issuance.offerUri);
    insertText(facts, u"offerQrUri"_s, issuance.offerQrUri);
    if (issuance.revocable)
        facts.insert(u"revocable"_s, *issuance.revocable);
    return facts;
}

QJsonObject requestFacts(const Presentation &presentation)
{
    QJsonObject facts { { u"presentationId"_s, presentation.id.text } };
    insertText(facts, u"template"_s, presentation.templateId.text);
    insertText(facts, u"requestUri"_s, presentation.authorizationRequestUri);
    insertText(facts, u"requestQrUri"_s, presentation.authorizationRequestQrUri);
    if (presentation.expiresAt.isValid())
        facts.insert(u"expiresAt"_s, presentation.expiresAt.toString(Qt::ISODateWithMs));
    return facts;
}

QJsonObject verdictFacts(const Presentation &presentation, const Verdict &verdict)
{
    QJsonArray reasons;
    for (const VerdictFinding &finding : verdict.findings)
        reasons.append(reasonKey(finding.reason));
    return { { u"presentationId"_s, presentation.id.text },
             { u"status"_s, presentation.rawStatus },
             { u"verdict"_s, levelKey(verdict.level) },
             { u"reasons"_s, reasons } };
}

} // namespace yoid
