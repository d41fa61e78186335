// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/recordtext.h"

#include "ui/failuretext.h"
#include "ui/models/recordwords.h"
#include "ui/revoketext.h"
#include "ui/showntext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// The failure that a line or a record names, as the sentences of `ui/failuretext`; empty for a word that is none of ours.
QString failureSentence(const QString &name, ActionKind action)
{
    const QList<FailureKind> kinds = allFailureKinds();
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](FailureKind one) { return failureName(one) == name; });
    return kind == kinds.end() ? QString() : failureText(Failure::of(*kind), action).happened;
}

} // namespace

Tone RecordText::tone(WorkStage stage)
{
    switch (stage) {
    case WorkStage::Ready:
    case WorkStage::Revoked:
    case WorkStage::Expired: return Tone::Neutral;
    case WorkStage::Sending:
    case WorkStage::WaitingForYouth: return Tone::Accent;
    case WorkStage::Accepted: return Tone::Good;
    case WorkStage::NeedsYou:
    case WorkStage::InDoubt: return Tone::Warn;
    case WorkStage::Failed: return Tone::Bad;
    }
    return Tone::Neutral;
}

Symbol RecordText::symbol(WorkStage stage)
{
    switch (stage) {
    case WorkStage::Ready: return Symbol::Circle;
    case WorkStage::Sending: return Symbol::Send;
    case WorkStage::WaitingForYouth: return Symbol::Clock;
    case WorkStage::Accepted: return Symbol::Check;
    case WorkStage::NeedsYou: return Symbol::Warning;
    case WorkStage::InDoubt: return Symbol::Question;
    case WorkStage::Failed: return Symbol::Cross;
    case WorkStage::Revoked: return Symbol::Skip;
    case WorkStage::Expired: return Symbol::Pause;
    }
    return Symbol::Circle;
}

QString RecordText::sentence(const WorkRecord &record)
{
    using enum JournalState;
    const bool check = record.work == WorkKind::Verify;
    switch (record.state) {
    case Prepared:
        return tr("Nothing has been sent yet. Go on with it, or close it.");
    case NotSent:
        return tr("Nothing was sent. Go on to try again, or close it.");
    case AccountIntent:
        return tr("The account of the youth is being made.");
    case AccountReady:
        return tr("The account is there; the offer has not been made yet. Go on with it, or close it.");
    case AccountUnknown:
        return tr("YoID did not answer whether the account was made. Going on asks again, which does no harm.");
    case AccountRefused:
        return tr("YoID refused to make the account. The youth has received nothing. Go on to try again, or close it.");
    case Sent:
        return tr("The offer is being made.");
    case Offered:
        return record.deliver ? tr("The offer is made but has not been handed over yet. Deliver it, or let the youth scan the QR code.")
                              : tr("The offer waits for the youth to scan its QR code.");
    case Refused:
        return tr("YoID refused to make the offer. The youth has received nothing. Go on to try again, or close it.");
    case Unknown:
        return tr("YoID did not answer whether the offer was made. Going on makes a new one; an offer that nobody received does no harm.");
    case Abandoned:
        return tr("The answer to an offer was lost, so it was left behind; nobody received it. Go on to make a new one, or close it.");
    case DeliveryIntent:
        return tr("The offer is being handed to YoID.");
    case Delivered:
        return record.deliveredAt.isValid()
            ? tr("Handed to YoID on %1; whether an e-mail arrived is not known. The youth has not accepted yet.").arg(fullMomentText(record.deliveredAt))
            : tr("Handed to YoID; whether an e-mail arrived is not known. The youth has not accepted yet.");
    case DeliveryFailed:
        return tr("The offer is made but could not be handed over. Deliver the same offer again, or let the youth scan the QR code.");
    case DeliveryUnknown:
        return tr("YoID did not answer whether the offer was handed over. Deliver the same offer again: told twice, it is still one credential.");
    case Accepted:
        return tr("The youth has the credential.");
    case Rejected:
        return tr("The offer was turned down. The youth does not have the credential.");
    case Failed:
        return check ? tr("Declined or failed; YoID does not say which. Nothing is proved.")
                     : tr("YoID says that issuing failed. The youth does not have the credential.");
    case Expired:
        return tr("The offer was not accepted in time and can no longer be. Make a new offer if it is still wanted.");
    case Revoked:
        return tr("Taken back: confirmed. Whoever checks it is told that it no longer counts.");
    case RevokeIntent:
        return tr("It is being taken back.");
    case RevokeAccepted:
        return tr("Taking it back: the service accepted it; not yet confirmed. Check again in a while.");
    case RevokeRefused:
        return tr("The service refused to take it back. Nothing has changed for the youth.");
    case RevokeUnknown:
        return tr("YoID did not answer whether it was taken back. Take it back again: asked twice, it does no harm.");
    case Dropped:
        return tr("Closed before it was finished. Nothing was handed to the youth.");
    case RequestIntent:
        return tr("The request for the candidate is being made.");
    case Requested:
        return tr("The request is out and has not been answered yet.");
    case RequestFailed:
        return tr("The request could not be made. The candidate was not asked anything.");
    case RequestUnknown:
        return tr("YoID did not answer whether the request was made. Nobody has seen it, so it does no harm: begin the check again.");
    case Answered:
        if (record.verdict == u"accepted"_s)
            return tr("The candidate answered, and everything asked for is proved.");
        return record.verdict == u"doNotAccept"_s ? tr("The candidate answered, but the answer must not be accepted.")
                                                  : tr("The candidate answered; part of it had to be checked by hand.");
    case Declined:
        return tr("The candidate said no. Nothing is proved, and saying no is fine.");
    case RequestExpired:
        return tr("The request was not answered in time. Nothing is proved.");
    case Parked:
        return tr("The request is parked: an answer may still come.");
    }
    return {};
}

QStringList RecordText::notes(const WorkRecord &record)
{
    QStringList notes;
    if (!record.personReadable && record.work == WorkKind::Issue)
        notes += tr("The name and the details are not available: they were removed, or this computer's keychain does not give the key to them.");
    if (record.firstPasswordLost)
        notes += tr("Nobody knows the first password of the account. The youth can use “Forgot password” in the wallet.");
    if (record.unusedOffers == 1)
        notes += tr("1 unused offer was left behind. Nobody received it; it is harmless.");
    else if (record.unusedOffers > 1)
        notes += tr("%1 unused offers were left behind. Nobody received them; they are harmless.").arg(record.unusedOffers);
    if (!record.replaces.isEmpty())
        notes += tr("Made in place of an earlier one, which stays in the list.");
    if (const QString why = reason(record.reason); !why.isEmpty())
        notes += tr("Reason: %1.").arg(why);
    return notes;
}

QString RecordText::storyLine(const JournalStep &step)
{
    using enum JournalState;
    const QString failure = step.facts.value(fact::failure).toString();
    const bool crashed = failure == u"crash"_s;
    const auto failed = [&](ActionKind action, const QString &otherwise) {
        const QString known = failureSentence(failure, action);
        return known.isEmpty() ? otherwise : known;
    };
    switch (step.state) {
    case Prepared:
        return step.attempt > 1 ? tr("Begun again, for a new offer.") : tr("Issuing was begun.");
    case NotSent:
        return tr("Nothing was sent. %1").arg(failed(ActionKind::SignIn, QString())).trimmed();
    case AccountIntent:
        return tr("YoID was asked to make the account.");
    case AccountReady:
        return step.facts.value(fact::firstPasswordLost).toBool() ? tr("The account is there; nobody saw its first password.")
                                                                 : tr("The account is there.");
    case AccountUnknown:
        return crashed ? tr("The console ended before YoID had answered about the account.")
                       : failed(ActionKind::CreateAccount, tr("YoID did not answer about the account."));
    case AccountRefused:
        return failed(ActionKind::CreateAccount, tr("YoID refused to make the account."));
    case Sent:
        return tr("YoID was asked to make the offer.");
    case Offered:
        return tr("The offer was made.");
    case Refused:
        return failed(ActionKind::MakeOffer, tr("YoID refused to make the offer."));
    case Unknown:
        return crashed ? tr("The console ended before YoID had answered about the offer.")
                       : failed(ActionKind::MakeOffer, tr("YoID did not answer about the offer."));
    case Abandoned:
        return tr("The offer whose answer was lost was left behind, unused.");
    case DeliveryIntent:
        return step.attempt > 1 ? tr("YoID was asked again to hand the same offer over.") : tr("YoID was asked to hand the offer over.");
    case Delivered:
        return tr("The offer was handed to YoID.");
    case DeliveryFailed:
        return failed(ActionKind::DeliverOffer, tr("The offer could not be handed over."));
    case DeliveryUnknown:
        return crashed ? tr("The console ended before YoID had answered about handing the offer over.")
                       : failed(ActionKind::DeliverOffer, tr("YoID did not answer about handing the offer over."));
    case Accepted:
        return tr("The youth accepted the credential.");
    case Rejected:
        return tr("The offer was turned down.");
    case Failed:
        return step.work == WorkKind::Verify ? tr("The candidate declined, or the check failed; YoID does not say which.")
                                             : tr("YoID reported that issuing failed.");
    case Expired:
        return tr("The offer ran out of time.");
    case Revoked:
        return tr("Taken back: confirmed.");
    case RevokeIntent: {
        const QString why = reason(step.facts.value(fact::reason).toString());
        return why.isEmpty() ? tr("YoID was asked to take the credential back.")
                             : tr("YoID was asked to take the credential back. Reason: %1.").arg(why);
    }
    case RevokeAccepted:
        return tr("The service accepted taking it back; not yet confirmed.");
    case RevokeRefused:
        return failed(ActionKind::Revoke, tr("The service refused to take it back."));
    case RevokeUnknown:
        return crashed ? tr("The console ended before YoID had answered about taking it back.")
                       : failed(ActionKind::Revoke, tr("YoID did not answer about taking it back."));
    case Dropped:
        return tr("The work was closed unfinished.");
    case RequestIntent:
        return tr("YoID was asked to make the request for the candidate.");
    case Requested:
        if (step.facts.value(fact::ahead).isBool())
            return step.facts.value(fact::ahead).toBool() ? tr("The request was made ahead.") : tr("The request was shown.");
        return tr("The request was made.");
    case RequestFailed:
        return failed(ActionKind::MakeRequest, tr("The request could not be made."));
    case RequestUnknown:
        return crashed ? tr("The console ended before YoID had answered about the request.")
                       : failed(ActionKind::MakeRequest, tr("YoID did not answer about the request."));
    case Answered: {
        const QString verdict = step.facts.value(fact::verdict).toString();
        return verdict == u"accepted"_s      ? tr("The candidate answered: accepted.")
            : verdict == u"doNotAccept"_s    ? tr("The candidate answered: do not accept.")
                                             : tr("The candidate answered: check by hand.");
    }
    case Declined:
        return tr("The candidate declined.");
    case RequestExpired:
        return tr("The request ran out of time.");
    case Parked:
        return tr("The request was parked.");
    }
    return {};
}

QString RecordText::reason(const QString &word)
{
    if (word == u"again"_s)
        return tr("issued again on purpose");
    if (word == u"newOffer"_s)
        return tr("a new offer was wanted");
    if (word == u"corrected"_s)
        return tr("the earlier one was corrected");
    const QList<RevokeReason> reasons = allRevokeReasons();
    const auto known = std::find_if(reasons.begin(), reasons.end(), [&](RevokeReason one) { return revokeReasonKey(one) == word; });
    if (known == reasons.end())
        return {};
    QString text = RevokeText::reason(*known);
    return text.replace(0, 1, text.at(0).toLower());
}

QString RecordText::revokeOutcome(RevokeProgress::Phase phase)
{
    switch (phase) {
    case RevokeProgress::Phase::Working: return {};
    case RevokeProgress::Phase::Confirmed: return tr("Taken back: confirmed");
    case RevokeProgress::Phase::Accepted: return tr("The service accepted it; not yet confirmed");
    case RevokeProgress::Phase::Refused: return tr("Not taken back: the service refused");
    case RevokeProgress::Phase::InDoubt: return tr("In doubt: the service did not answer");
    case RevokeProgress::Phase::NotSent: return tr("Not taken back: nothing was sent");
    }
    return {};
}

} // namespace yoid
