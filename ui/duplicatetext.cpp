// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/duplicatetext.h"

#include "ui/showntext.h"
#include "ui/widgets/environmentband.h"

#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace yoid {

QList<AgainReason> allAgainReasons()
{
    using enum AgainReason;
    return { Corrected, Renewed, WalletLost, NeverArrived, Other };
}

QString againReasonKey(AgainReason reason)
{
    switch (reason) {
    case AgainReason::Corrected:
        return u"corrected"_s;
    case AgainReason::Renewed:
        return u"renewed"_s;
    case AgainReason::WalletLost:
        return u"walletLost"_s;
    case AgainReason::NeverArrived:
        return u"neverArrived"_s;
    case AgainReason::Other:
        return u"again"_s;
    }
    return {};
}

QString DuplicateText::sentence(const Person &person, const QList<WorkRecord> &earlier)
{
    const WorkRecord &newest = earlier.constFirst();
    const QString who = shownInSentence(person.displayName(), 60);
    const QString when = QLocale::c().toString(newest.createdAt.toLocalTime().date(), u"d MMM yyyy");
    if (earlier.size() == 1)
        return tr("%1 already has this: issued %2, %3.").arg(who, when, stateWord(newest));
    return tr("%1 already has this %n time(s); the newest was issued %2, %3.", nullptr, int(earlier.size()))
        .arg(who, when, stateWord(newest));
}

QString DuplicateText::stateWord(const WorkRecord &record)
{
    using enum JournalState;
    const JournalState state = record.state;
    if (state == DeliveryIntent || state == DeliveryUnknown)
        return tr("handing it over is in doubt");
    if (state == DeliveryFailed)
        return tr("not handed over yet");
    if (state == RevokeIntent || state == RevokeUnknown)
        return tr("taking it back is in doubt");
    if (state == RevokeAccepted)
        return tr("taken back, but not confirmed yet");
    if (state == RevokeRefused)
        return tr("YoID refused to take it back");
    switch (stageOf(record)) {
    case WorkStage::Ready:
    case WorkStage::Sending:
        return tr("being sent just now");
    case WorkStage::WaitingForYouth:
        return tr("not accepted yet");
    case WorkStage::Accepted:
        return tr("accepted");
    case WorkStage::NeedsYou:
        return tr("not finished");
    case WorkStage::InDoubt:
        return tr("in doubt");
    case WorkStage::Failed:
        return tr("failed");
    case WorkStage::Revoked:
        return tr("revoked");
    case WorkStage::Expired:
        return tr("expired");
    }
    return {};
}

QString DuplicateText::advice()
{
    return tr("One is usually enough. Issue it again only if the youth needs a second one; the first stays as it is.");
}

QString DuplicateText::reason(AgainReason reason)
{
    switch (reason) {
    case AgainReason::Corrected:
        return tr("Something in the first one is wrong");
    case AgainReason::Renewed:
        return tr("It was earned again or renewed");
    case AgainReason::WalletLost:
        return tr("The youth lost the wallet or the phone");
    case AgainReason::NeverArrived:
        return tr("The first one never reached the youth");
    case AgainReason::Other:
        return tr("Another reason, told in the note");
    }
    return {};
}

QString DuplicateText::againSentence(const IssueDraft &draft, Environment environment)
{
    return tr("Issue “%1” to %2 again — %3")
        .arg(shownOnButton(draft.credentialTemplate.name, 40), shownOnButton(draft.person.displayName(), 40),
             EnvironmentBand::word(environment));
}

} // namespace yoid
