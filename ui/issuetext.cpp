// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/issuetext.h"

#include "ui/showntext.h"
#include "ui/widgets/environmentband.h"

#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace yoid {

QString IssueText::buttonSentence(const QString &templateName, const Person &person, Environment environment)
{
    const QString what = shownOnButton(templateName, 40);
    const QString whom = shownOnButton(person.displayName(), 40);
    const QString where = EnvironmentBand::word(environment);
    if (what.isEmpty())
        return tr("Issue a credential — %1").arg(where);
    if (person.displayName().isEmpty())
        return tr("Issue “%1” — %2").arg(what, where);
    return tr("Issue “%1” to %2 — %3").arg(what, whom, where);
}

QString IssueText::headline(const IssueProgress &progress)
{
    if (progress.acceptance == StageState::Done)
        return tr("Finished: the youth has the credential.");
    if (troubledStage(progress))
        return tr("This one needs you.");
    if (progress.acceptance == StageState::Working && progress.delivery == StageState::Skipped)
        return tr("Ready: let the youth scan the QR code.");
    if (progress.acceptance == StageState::Working)
        return tr("Sent. The youth can accept it in the wallet or scan the QR code. You need not wait: this goes on by itself.");
    return tr("Sending. This takes a few seconds.");
}

StageState IssueText::stateOf(const IssueProgress &progress, IssueStage stage)
{
    switch (stage) {
    case IssueStage::Account:
        return progress.account;
    case IssueStage::Offer:
        return progress.offer;
    case IssueStage::Delivery:
        return progress.delivery;
    case IssueStage::Acceptance:
        return progress.acceptance;
    }
    return StageState::NotStarted;
}

QString IssueText::stageName(IssueStage stage)
{
    switch (stage) {
    case IssueStage::Account:
        return tr("Account");
    case IssueStage::Offer:
        return tr("Offer");
    case IssueStage::Delivery:
        return tr("To the wallet");
    case IssueStage::Acceptance:
        return tr("The youth");
    }
    return {};
}

namespace {

/// Words that are the same for every stage; the others are below.
QString plainWord(StageState state)
{
    switch (state) {
    case StageState::NotStarted:
        return IssueText::tr("Not started");
    case StageState::Working:
        return IssueText::tr("Sending…");
    case StageState::Done:
        return IssueText::tr("Done");
    case StageState::Skipped:
        return IssueText::tr("Not wanted");
    case StageState::Failed:
        return IssueText::tr("Failed");
    case StageState::InDoubt:
        return IssueText::tr("In doubt");
    }
    return {};
}

QString acceptanceWord(const IssueProgress &progress)
{
    if (progress.acceptance == StageState::Working)
        return IssueText::tr("Waiting for the youth");
    if (progress.acceptance == StageState::Done)
        return progress.status == IssuanceStatus::PartiallyIssued ? IssueText::tr("Accepted in part") : IssueText::tr("Accepted");
    if (progress.acceptance == StageState::Failed) {
        if (progress.status == IssuanceStatus::Expired)
            return IssueText::tr("Expired");
        if (progress.status == IssuanceStatus::Revoked)
            return IssueText::tr("Revoked");
    }
    return plainWord(progress.acceptance);
}

QString timeOfDay(const QDateTime &utc)
{
    return QLocale::c().toString(utc.toLocalTime().time(), u"HH:mm");
}

} // namespace

QString IssueText::stageWord(const IssueProgress &progress, IssueStage stage)
{
    const StageState state = stateOf(progress, stage);
    switch (stage) {
    case IssueStage::Account:
        if (state == StageState::Done)
            return progress.accountIsNew ? tr("New account") : tr("Already had one");
        break;
    case IssueStage::Offer:
        if (state == StageState::Done)
            return tr("Made");
        break;
    case IssueStage::Delivery:
        if (state == StageState::Done)
            return tr("Handed to YoID");
        break;
    case IssueStage::Acceptance:
        return acceptanceWord(progress);
    }
    return plainWord(state);
}

QString IssueText::stageNote(const IssueProgress &progress, IssueStage stage)
{
    const StageState state = stateOf(progress, stage);
    switch (stage) {
    case IssueStage::Account:
        if (state == StageState::Done && !progress.username.isEmpty())
            return tr("User name: %1").arg(shownInSentence(progress.username));
        return {};
    case IssueStage::Offer:
        if (progress.unusedOffers > 0)
            return tr("Unused offers left behind, harmless: %1.").arg(QString::number(progress.unusedOffers));
        if (state == StageState::Done && progress.revocable == false)
            return tr("Can never be revoked.");
        return {};
    case IssueStage::Delivery:
        if (state == StageState::Done && progress.deliveredAt.isValid())
            return tr("At %1. Whether an e-mail arrived is not known.").arg(timeOfDay(progress.deliveredAt));
        if (state == StageState::Done)
            return tr("Whether an e-mail arrived is not known.");
        if (state == StageState::Skipped)
            return tr("The youth takes it with the QR code.");
        return {};
    case IssueStage::Acceptance:
        if (state == StageState::Working && progress.noConnection)
            return tr("No connection at the moment. The program goes on asking.");
        if (state == StageState::Working && progress.status == IssuanceStatus::Unknown && !progress.rawStatus.isEmpty())
            return tr("YoID says “%1”, which this program does not know.").arg(shownInSentence(progress.rawStatus, 40));
        if (state == StageState::Working && progress.lastChecked.isValid())
            return tr("Last asked at %1.").arg(timeOfDay(progress.lastChecked));
        return {};
    }
    return {};
}

std::optional<IssueStage> IssueText::troubledStage(const IssueProgress &progress)
{
    for (const IssueStage stage : { IssueStage::Account, IssueStage::Offer, IssueStage::Delivery, IssueStage::Acceptance }) {
        const StageState state = stateOf(progress, stage);
        if (state == StageState::Failed || state == StageState::InDoubt)
            return stage;
    }
    return std::nullopt;
}

QString IssueText::meaning(const IssueProgress &progress)
{
    const std::optional<IssueStage> stage = troubledStage(progress);
    if (!stage)
        return {};
    const bool doubt = stateOf(progress, *stage) == StageState::InDoubt;
    if (progress.failure && progress.failure->kind == FailureKind::StorageFailed)
        return tr("The program does nothing it cannot write down first. Nothing is lost while it stays open.");
    switch (*stage) {
    case IssueStage::Account:
        return doubt ? tr("The account may or may not exist. Asking again is safe: it never makes a second one.")
                     : tr("The youth has no credential and was told nothing. What you typed is still here.");
    case IssueStage::Offer:
        return doubt ? tr("YoID may have made an offer that nobody holds. It is harmless. A new one can be made safely.")
                     : tr("The youth has no credential and was told nothing. What you typed is still here.");
    case IssueStage::Delivery:
        return doubt ? tr("The youth may have been told already. Sending the same offer again is safe: it stays one credential.")
                     : tr("The offer is made, but YoID did not take it for the wallet. The youth can still scan the QR code.");
    case IssueStage::Acceptance:
        if (progress.status == IssuanceStatus::Expired)
            return tr("The offer ran out before the youth accepted it. The youth has no credential.");
        if (progress.status == IssuanceStatus::Revoked)
            return tr("This credential has been revoked. It counts no longer.");
        return doubt ? tr("Whether the youth has accepted is not known.")
                     : tr("Something went wrong while the youth accepted. The youth may have no credential.");
    }
    return {};
}

QString IssueText::goOnLabel(const IssueProgress &progress)
{
    const std::optional<IssueStage> stage = troubledStage(progress);
    if (!stage)
        return {};
    if (progress.failure && progress.failure->kind == FailureKind::StorageFailed)
        return tr("Save again and go on");
    switch (*stage) {
    case IssueStage::Account:
        return tr("Ask again and go on");
    case IssueStage::Offer:
        return tr("Make a new offer and go on");
    case IssueStage::Delivery:
        return tr("Send the same offer again");
    case IssueStage::Acceptance:
        return {};
    }
    return {};
}

bool IssueText::canChangeForm(const IssueProgress &progress)
{
    return progress.account == StageState::Failed || progress.offer == StageState::Failed;
}

bool IssueText::isHandedOver(const IssueProgress &progress)
{
    if (progress.ended || troubledStage(progress))
        return true;
    for (const IssueStage stage : { IssueStage::Account, IssueStage::Offer, IssueStage::Delivery }) {
        const StageState state = stateOf(progress, stage);
        if (state == StageState::NotStarted || state == StageState::Working)
            return false;
    }
    return true;
}

QString IssueText::lostPasswordSentence(const Person &person)
{
    if (person.email.isEmpty())
        return tr("The account was made, but nobody knows its first password. Tell the youth: choose “Forgot password” in "
                  "the YoID wallet.");
    return tr("The account was made, but nobody knows its first password. Tell the youth: choose “Forgot password” in the "
              "YoID wallet and give %1.")
        .arg(shownInSentence(person.email));
}

QString IssueText::passwordCaveat()
{
    return tr("Shown only now. YoID may or may not have sent it by e-mail, so give it to the youth yourself.");
}

} // namespace yoid
