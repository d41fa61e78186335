// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/recordactions.h"

#include "ui/models/recordwords.h"
#include "ui/showntext.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using enum JournalState;

template<std::size_t N>
bool isOneOf(JournalState state, const std::array<JournalState, N> &states)
{
    return std::find(states.begin(), states.end(), state) != states.end();
}

/// Issuing that has no offer and does not go on by itself.
constexpr std::array kUnfinished { Prepared, NotSent, AccountReady, AccountUnknown, AccountRefused, Refused, Unknown, Abandoned };
constexpr std::array kOfferOut { Offered, Delivered, DeliveryFailed, DeliveryUnknown, RevokeRefused };
/// On its way right now; after a crash, until its profile is opened.
constexpr std::array kSending { AccountIntent, Sent, DeliveryIntent, RequestIntent, RevokeIntent };

} // namespace

QList<RecordAction> allRecordActions()
{
    using enum RecordAction;
    return { GoOn, DeliverAgain, NewOffer, ShowQr, CopyLink, CheckNow, TakeBack, Close };
}

bool RecordActions::applies(RecordAction action, const WorkRecord &record)
{
    const bool issue = record.work == WorkKind::Issue;
    const bool unfinished = issue && isOneOf(record.state, kUnfinished);
    switch (action) {
    case RecordAction::GoOn:
    case RecordAction::Close:
        return unfinished;
    case RecordAction::CheckNow:
        return !unfinished;
    case RecordAction::DeliverAgain:
    case RecordAction::NewOffer:
    case RecordAction::ShowQr:
    case RecordAction::CopyLink:
    case RecordAction::TakeBack:
        return issue && !unfinished;
    }
    return false;
}

QString RecordActions::obstacleToSending(const WorkRecord &record, const RecordSurroundings &around)
{
    if (!around.sessionOpen || around.openProfile != record.profile) {
        if (record.environment == Environment::Practice)
            return tr("This was practice. Practise again to try it.");
        return around.profileName.isEmpty()
            ? tr("The profile this belongs to is no longer on this computer. It can be read, but nothing can be sent for it.")
            : tr("This belongs to the profile %1. Open that profile first.").arg(shownInSentence(around.profileName, 60));
    }
    if (around.openOrigin != record.origin)
        return tr("This was issued from another address or client id than the open profile has now. Nothing can be sent for it.");
    return {};
}

QString RecordActions::obstacle(RecordAction action, const WorkRecord &record, const RecordSurroundings &around)
{
    if (!applies(action, record))
        return tr("This does not belong to such a record.");
    const bool reads = action == RecordAction::ShowQr || action == RecordAction::CopyLink;
    if (!reads) {
        if (const QString reason = obstacleToSending(record, around); !reason.isEmpty())
            return reason;
        if (!around.journalTakesLines && action != RecordAction::CheckNow)
            return tr("The journal cannot be written at the moment, so nothing is sent.");
    }
    if (action != RecordAction::GoOn && action != RecordAction::Close && isOneOf(record.state, kSending))
        return tr("Something is on its way right now. Wait a moment.");

    const bool takingBack = record.state == RevokeAccepted || record.state == RevokeUnknown;
    switch (action) {
    case RecordAction::GoOn:
    case RecordAction::Close:
        return {};
    case RecordAction::DeliverAgain:
    case RecordAction::ShowQr:
    case RecordAction::CopyLink: {
        if (record.state == Accepted)
            return tr("The youth has accepted it already.");
        if (record.state == Expired)
            return tr("The offer has run out of time. Make a new one.");
        if (record.state == Revoked || takingBack)
            return tr("It has been taken back.");
        if (!isOneOf(record.state, kOfferOut))
            return tr("The offer has ended.");
        if (!around.storyRead)
            return tr("Its details are still being read.");
        const bool there = action == RecordAction::ShowQr ? around.hasOfferQr : around.hasOfferLink;
        return there ? QString() : tr("The link of the offer is no longer kept on this computer.");
    }
    case RecordAction::NewOffer:
        if (record.state == Accepted)
            return tr("The youth has this one. Take it back first if it is wrong.");
        if (takingBack)
            return tr("Taking the old one back is not confirmed yet.");
        if (!around.storyRead)
            return tr("Its details are still being read.");
        return around.hasDraft ? QString() : tr("What was filled in is no longer kept on this computer. Issue it anew in the Issue place.");
    case RecordAction::CheckNow:
        return isTracked(record) || record.state == Requested || record.state == Parked ? QString()
                                                                                       : tr("This has ended; nothing more changes by itself.");
    case RecordAction::TakeBack:
        if (record.state == Revoked)
            return tr("It has been taken back already.");
        if (record.state == RevokeAccepted)
            return tr("The service has accepted it already; it is not confirmed yet.");
        if (!isAllowedMove(record.state, RevokeIntent))
            return tr("There is nothing to take back: the youth never got it.");
        if (record.revocable == false)
            return tr("It cannot be taken back: its template was created without revocation.");
        return {};
    }
    return {};
}

std::optional<RecordAction> RecordActions::mainAction(const WorkRecord &record)
{
    if (record.work == WorkKind::Verify)
        return {};
    if (isOneOf(record.state, kUnfinished))
        return RecordAction::GoOn;
    switch (record.state) {
    case DeliveryFailed:
    case DeliveryUnknown: return RecordAction::DeliverAgain;
    case Expired: return RecordAction::NewOffer;
    case RevokeUnknown: return RecordAction::TakeBack;
    case RevokeAccepted: return RecordAction::CheckNow;
    default: return {}; // the other states wait for nobody here
    }
}

QString RecordActions::label(RecordAction action)
{
    switch (action) {
    case RecordAction::GoOn: return tr("Go on with it");
    case RecordAction::DeliverAgain: return tr("Deliver again…");
    case RecordAction::NewOffer: return tr("Make a new offer…");
    case RecordAction::ShowQr: return tr("Show the QR code");
    case RecordAction::CopyLink: return tr("Copy the link");
    case RecordAction::CheckNow: return tr("Check now");
    case RecordAction::TakeBack: return tr("Take back…");
    case RecordAction::Close: return tr("Close this work…");
    }
    return {};
}

Symbol RecordActions::symbol(RecordAction action)
{
    switch (action) {
    case RecordAction::GoOn: return Symbol::Play;
    case RecordAction::DeliverAgain: return Symbol::Send;
    case RecordAction::NewOffer: return Symbol::Issue;
    case RecordAction::ShowQr: return Symbol::Qr;
    case RecordAction::CopyLink: return Symbol::Copy;
    case RecordAction::CheckNow: return Symbol::Refresh;
    case RecordAction::TakeBack: return Symbol::Back;
    case RecordAction::Close: return Symbol::Close;
    }
    return Symbol::Circle;
}

QString RecordActions::question(RecordAction action, const WorkRecord &record)
{
    switch (action) {
    case RecordAction::DeliverAgain: {
        const QString whom = record.person.identifier().isEmpty() ? tr("this person")
                                                                  : shownInSentence(record.person.identifier(), 80);
        return record.deliveredAt.isValid()
            ? tr("Hand the same offer to YoID once more, for %1? It was last handed over on %2. Told twice, it is still one credential.")
                  .arg(whom, fullMomentText(record.deliveredAt))
            : tr("Hand the same offer to YoID, for %1? It has not been handed over yet.").arg(whom);
    }
    case RecordAction::NewOffer:
        return record.state == Offered || record.state == Delivered || record.state == DeliveryFailed || record.state == DeliveryUnknown
            ? tr("Make a new offer in place of this one? The old one stays open: a youth who accepts both has the credential twice. "
                 "To remind the youth, deliver the same offer again instead. The Issue place opens with everything filled in; nothing "
                 "is sent before you press its button.")
            : tr("Make a new offer in place of this one? This one stays in the list as it is. The Issue place opens with everything "
                 "filled in; nothing is sent before you press its button.");
    case RecordAction::Close:
        return tr("Close this work for good? Nothing was handed to the youth, and nothing more will be sent. It stays in the list.");
    case RecordAction::GoOn:
    case RecordAction::ShowQr:
    case RecordAction::CopyLink:
    case RecordAction::CheckNow:
    case RecordAction::TakeBack: // asks in a form of its own
        return {};
    }
    return {};
}

QString RecordActions::answer(RecordAction action)
{
    switch (action) {
    case RecordAction::DeliverAgain: return tr("Deliver the same offer");
    case RecordAction::NewOffer: return tr("Open the Issue place");
    case RecordAction::Close: return tr("Close it for good");
    case RecordAction::GoOn:
    case RecordAction::ShowQr:
    case RecordAction::CopyLink:
    case RecordAction::CheckNow:
    case RecordAction::TakeBack: return label(action);
    }
    return {};
}

} // namespace yoid
