// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/verdicttext.h"

#include "ui/showntext.h"

using namespace Qt::StringLiterals;

namespace yoid {

QString VerdictText::shape(VerdictLevel level)
{
    switch (level) {
    case VerdictLevel::Waiting:
        return u"…"_s;
    case VerdictLevel::NoAnswer:
        return u"●"_s;
    case VerdictLevel::Accepted:
        return u"✔"_s;
    case VerdictLevel::CheckByHand:
        return u"▲"_s;
    case VerdictLevel::DoNotAccept:
        return u"✖"_s;
    }
    return {};
}

QString VerdictText::word(VerdictLevel level)
{
    switch (level) {
    case VerdictLevel::Waiting:
        return tr("Waiting");
    case VerdictLevel::NoAnswer:
        return tr("No answer");
    case VerdictLevel::Accepted:
        return tr("Accepted");
    case VerdictLevel::CheckByHand:
        return tr("Check by hand");
    case VerdictLevel::DoNotAccept:
        return tr("Do not accept");
    }
    return {};
}

QString VerdictText::word(const Verdict &verdict)
{
    if (verdict.level == VerdictLevel::NoAnswer && !verdict.findings.isEmpty()) {
        const VerdictReason headline = verdict.findings.constFirst().reason;
        if (headline == VerdictReason::DeclinedByHolder)
            return tr("Declined");
        if (headline == VerdictReason::DeclinedOrFailed)
            return tr("Declined or failed");
        if (headline == VerdictReason::RequestExpired)
            return tr("Expired");
    }
    return word(verdict.level);
}

QString VerdictText::finding(const VerdictFinding &finding)
{
    const QString detail = shownInSentence(finding.detail, 120);
    const bool named = !detail.isEmpty();
    switch (finding.reason) {
    case VerdictReason::StillWaiting:
        return tr("The youth has not answered yet.");
    case VerdictReason::UnknownStatus:
        return named ? tr("YoID uses a word this program does not know: “%1”. It goes on waiting.").arg(detail)
                     : tr("YoID uses a word this program does not know. It goes on waiting.");
    case VerdictReason::DeclinedByHolder:
        return tr("The youth said no. Nothing was shared.");
    case VerdictReason::DeclinedOrFailed:
        return named ? tr("Declined or failed; YoID does not say which. It says: “%1”").arg(detail)
                     : tr("Declined or failed; YoID does not say which.");
    case VerdictReason::RequestExpired:
        return tr("The request expired before anybody answered.");
    case VerdictReason::AnsweredWithoutData:
        return tr("Somebody answered, but YoID returned no data. Nothing is proved.");
    case VerdictReason::CredentialMissing:
        return named ? tr("A credential you asked for is missing: %1").arg(detail)
                     : tr("A credential you asked for is missing.");
    case VerdictReason::UnexpectedCredential:
        return named ? tr("A credential nobody asked for came back: %1").arg(detail)
                     : tr("A credential nobody asked for came back.");
    case VerdictReason::NotValid:
        return named ? tr("YoID says this credential is not valid: %1").arg(detail)
                     : tr("YoID says this credential is not valid.");
    case VerdictReason::ValidityNotProved:
        return named ? tr("YoID does not say that this credential is valid: %1").arg(detail)
                     : tr("YoID does not say that this credential is valid.");
    case VerdictReason::IssuesReported:
        return named ? tr("YoID reports a problem: “%1”").arg(detail) : tr("YoID reports a problem.");
    case VerdictReason::Revoked:
        return named ? tr("The issuer has withdrawn this credential. YoID says: “%1”").arg(detail)
                     : tr("The issuer has withdrawn this credential.");
    case VerdictReason::ServiceRemark:
        return named ? tr("YoID added a remark to the answer: “%1”").arg(detail) : tr("YoID added a remark to the answer.");
    case VerdictReason::OutOfDate:
        return named ? tr("The credential is genuine, but no longer in date: %1").arg(detail)
                     : tr("The credential is genuine, but no longer in date.");
    case VerdictReason::TooOld:
        return named ? tr("The credential is genuine, but older than this check allows: %1").arg(detail)
                     : tr("The credential is genuine, but older than this check allows.");
    case VerdictReason::OtherValue:
        return named ? tr("The credential is genuine, but does not say what this check expects: %1").arg(detail)
                     : tr("The credential is genuine, but does not say what this check expects.");
    case VerdictReason::NotComparable:
        return named ? tr("The program could not compare a field with what this check expects: %1").arg(detail)
                     : tr("The program could not compare a field with what this check expects.");
    case VerdictReason::FieldWithheld:
        return named ? tr("The credential is genuine, but the youth kept a field back: %1").arg(detail)
                     : tr("The credential is genuine, but the youth kept a field back.");
    case VerdictReason::IssuerNotRestricted:
        return tr("The credential is genuine, but this check accepts any issuer. Anybody could have issued it.");
    case VerdictReason::AllProved:
        return tr("Genuine, not withdrawn, from an issuer you trust, with every field you asked for.");
    }
    return {};
}

QString VerdictText::sentence(const Verdict &verdict)
{
    if (verdict.findings.isEmpty())
        return verdict.level == VerdictLevel::Accepted ? QString() : tr("The youth has not answered yet.");
    return finding(verdict.findings.constFirst());
}

QString VerdictText::advice(const Verdict &verdict)
{
    switch (verdict.level) {
    case VerdictLevel::Waiting:
        return tr("Leave the QR code on the screen.");
    case VerdictLevel::NoAnswer:
        for (const VerdictFinding &found : verdict.findings) {
            if (found.reason == VerdictReason::DeclinedByHolder)
                return tr("They may say no. Ask again only when they agree.");
            if (found.reason == VerdictReason::RequestExpired)
                return tr("Ask again with a new request when the youth is ready.");
        }
        return tr("Ask the youth what they saw on the phone, then ask again with a new request.");
    case VerdictLevel::Accepted:
        return tr("Ask for photo ID and compare the name.");
    case VerdictLevel::CheckByHand:
        for (const VerdictFinding &found : verdict.findings) {
            if (found.reason == VerdictReason::IssuerNotRestricted)
                return tr("Ask for the paper original, or make a check that names the issuers you trust.");
            if (found.reason == VerdictReason::FieldWithheld)
                return tr("Ask the youth for what is missing. They may say no; decide without the program then.");
        }
        return tr("Ask for the paper original, or ask again with a new request.");
    case VerdictLevel::DoNotAccept:
        for (const VerdictFinding &found : verdict.findings.mid(0, 1)) {
            if (found.reason == VerdictReason::OutOfDate || found.reason == VerdictReason::TooOld)
                return tr("Ask for a newer one; tell the youth which day counts.");
            if (found.reason == VerdictReason::OtherValue)
                return tr("Tell the youth what you need to see. It may be on another credential.");
        }
        return tr("Tell the youth the reason and let them contact the issuer.");
    }
    return {};
}

QString VerdictText::limits()
{
    return tr("This does not prove who is holding the phone, nor that what the credential says is still so today.");
}

QString VerdictText::checkPoint(CheckPoint point)
{
    switch (point) {
    case CheckPoint::Genuine:
        return tr("Genuine and unchanged");
    case CheckPoint::TrustedIssuer:
        return tr("From an issuer you trust");
    case CheckPoint::NotRevoked:
        return tr("Not withdrawn");
    case CheckPoint::InDate:
        return tr("In date");
    case CheckPoint::RightType:
        return tr("What you asked for, and nothing else");
    case CheckPoint::FieldsGiven:
        return tr("Every field given, and as expected");
    case CheckPoint::FreshAnswer:
        return tr("A fresh answer to this request");
    case CheckPoint::SamePerson:
        return tr("The person in front of you");
    }
    return {};
}

QString VerdictText::answer(VerdictAnswer answer)
{
    switch (answer) {
    case VerdictAnswer::Yes:
        return tr("yes");
    case VerdictAnswer::No:
        return tr("no");
    case VerdictAnswer::CouldNotCheck:
        return tr("could not check");
    case VerdictAnswer::DoesNotApply:
        return tr("does not apply");
    }
    return {};
}

QString VerdictText::source(const VerdictLine &line)
{
    const bool unchecked = line.answer == VerdictAnswer::CouldNotCheck;
    switch (line.point) {
    case CheckPoint::Genuine:
        return unchecked ? tr("YoID does not say so clearly.") : tr("YoID checked it.");
    case CheckPoint::TrustedIssuer:
        return unchecked ? tr("Nothing proves whose credential it is.") : tr("By the names on your list; YoID checked it.");
    case CheckPoint::NotRevoked:
        return unchecked ? tr("YoID does not say so clearly.") : tr("YoID checked it when the youth answered.");
    case CheckPoint::InDate:
        if (line.answer == VerdictAnswer::DoesNotApply)
            return tr("This check looks at no date. You can add one to the check.");
        return unchecked ? tr("The day is missing or cannot be read.") : tr("This computer compared the day.");
    case CheckPoint::RightType:
        return tr("This computer compared the type address, letter by letter.");
    case CheckPoint::FieldsGiven:
        return line.answer == VerdictAnswer::DoesNotApply ? tr("This check asks for no field.") : tr("This computer compared the fields.");
    case CheckPoint::FreshAnswer:
        return tr("The request was made for this one candidate.");
    case CheckPoint::SamePerson:
        return unchecked ? tr("Only you can see that: compare the photo ID.") : tr("You said so.");
    }
    return {};
}

QList<VerdictLevel> VerdictText::allLevels()
{
    return { VerdictLevel::Waiting, VerdictLevel::NoAnswer, VerdictLevel::Accepted, VerdictLevel::CheckByHand,
             VerdictLevel::DoNotAccept };
}

QList<VerdictReason> VerdictText::allReasons()
{
    return { VerdictReason::StillWaiting,       VerdictReason::UnknownStatus,       VerdictReason::DeclinedByHolder,
             VerdictReason::DeclinedOrFailed,   VerdictReason::RequestExpired,      VerdictReason::AnsweredWithoutData,
             VerdictReason::CredentialMissing,  VerdictReason::UnexpectedCredential, VerdictReason::NotValid,
             VerdictReason::ValidityNotProved,  VerdictReason::IssuesReported,      VerdictReason::Revoked,
             VerdictReason::ServiceRemark,      VerdictReason::OutOfDate,           VerdictReason::TooOld,
             VerdictReason::OtherValue,         VerdictReason::NotComparable,       VerdictReason::FieldWithheld,
             VerdictReason::IssuerNotRestricted,
             VerdictReason::AllProved };
}

} // namespace yoid
