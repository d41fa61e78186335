// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchstanding.h"

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

StageState accountBehind(const Person &person)
{
    return person.email.isEmpty() && person.username.isEmpty() ? StageState::Skipped : StageState::Done;
}

/// Work that had an offer and was handed over, or needed no handing over.
bool isHandedOver(const WorkRecord &record)
{
    return record.deliveredAt.isValid() || !record.deliver;
}

/// Of a state that is reached only after the offer.
void showOfferOut(BatchRowProgress &row, const WorkRecord &record)
{
    row.account = accountBehind(row.person);
    row.offer = StageState::Done;
    if (record.deliveredAt.isValid())
        row.delivery = StageState::Done;
    else
        row.delivery = record.deliver ? StageState::NotStarted : StageState::Skipped;
    row.acceptance = StageState::Working;
}

} // namespace

bool isPassing(FailureKind kind)
{
    using enum FailureKind;
    switch (kind) {
    case Cancelled:
    case NameNotFound:
    case ConnectionRefused:
    case ConnectionLost:
    case Timeout:
    case TlsRefused:
    case ProxyRefused:
    case AddressRefused:
    case RateLimited:
    case SecretRefused:
    case TokenUnavailable:
    case SecretMissing:
    case SecretLocked:
    case KeychainUnavailable:
    case KeychainWedged:
    case StorageFailed:
        return true;
    case InvalidInput:
    case AlreadyGiven:
    case Replaced:
    case RedirectRefused:
    case NotTheApi:
    case TooLarge:
    case MalformedReply:
    case Unauthorized:
    case Forbidden:
    case NotFound:
    case Conflict:
    case Rejected:
    case ServerError:
    case Internal:
        return false;
    }
    return false;
}

bool concernsEverybody(const Failure &failure)
{
    using enum FailureKind;
    const bool lineOnly = failure.kind == ConnectionLost || failure.kind == Timeout; // may be this one call's
    const bool ours = failure.kind == Cancelled || failure.kind == StorageFailed;
    return isPassing(failure.kind) && !lineOnly && !ours;
}

BatchStanding standingOf(const WorkRecord &record)
{
    using enum JournalState;
    switch (record.state) {
    case Prepared:
    case NotSent:
    case AccountReady:
    case Abandoned:
        return BatchStanding::Midway;
    case AccountIntent:
    case AccountUnknown:
    case Sent:
    case Unknown:
    case DeliveryIntent:
    case DeliveryUnknown:
        return BatchStanding::Doubtful;
    case AccountRefused:
    case Refused:
        return BatchStanding::Refused;
    case DeliveryFailed:
        return isPassing(record.failure) ? BatchStanding::Midway : BatchStanding::Refused;
    case Offered:
        return record.deliver ? BatchStanding::Midway : BatchStanding::Delivered;
    case Delivered:
    case Accepted:
        return BatchStanding::Delivered;
    case Rejected:
    case Expired:
    case Revoked:
    case RevokeIntent:
    case RevokeAccepted:
    case RevokeRefused:
    case RevokeUnknown:
        return isHandedOver(record) ? BatchStanding::Delivered : BatchStanding::Closed;
    case Failed:
    case Dropped:
    case RequestIntent:
    case Requested:
    case RequestFailed:
    case RequestUnknown:
    case Answered:
    case Declined:
    case RequestExpired:
    case Parked:
        return BatchStanding::Closed;
    }
    return BatchStanding::Closed;
}

void showRecord(BatchRowProgress &row, const WorkRecord &record)
{
    using enum StageState;
    const StageState accountBefore = row.account;
    const bool wasAccepted = row.acceptance == Done;
    row.account = row.offer = row.delivery = row.acceptance = NotStarted;
    row.stage = stageOf(record);
    row.deliveredAt = record.deliveredAt;
    switch (record.state) {
    case JournalState::Prepared:
        if (record.attempt > 1 || record.unusedOffers > 0) // made anew after an offer that came to nothing
            row.account = accountBehind(row.person);
        break;
    case JournalState::NotSent: // the account or the offer
        if (accountBefore == Done || accountBefore == Skipped)
            row.account = accountBefore;
        break;
    case JournalState::AccountIntent:
    case JournalState::AccountUnknown:
        row.account = InDoubt;
        break;
    case JournalState::AccountRefused:
        row.account = Failed;
        break;
    case JournalState::AccountReady:
    case JournalState::Abandoned:
        row.account = accountBehind(row.person);
        break;
    case JournalState::Sent:
    case JournalState::Unknown:
        row.account = accountBehind(row.person);
        row.offer = InDoubt;
        break;
    case JournalState::Refused:
        row.account = accountBehind(row.person);
        row.offer = Failed;
        break;
    case JournalState::DeliveryIntent:
    case JournalState::DeliveryUnknown:
        showOfferOut(row, record);
        row.delivery = InDoubt;
        break;
    case JournalState::DeliveryFailed:
        showOfferOut(row, record);
        row.delivery = isPassing(record.failure) ? NotStarted : Failed;
        break;
    case JournalState::Offered:
    case JournalState::Delivered:
        showOfferOut(row, record);
        break;
    case JournalState::Accepted:
        showOfferOut(row, record);
        if (record.deliver)
            row.delivery = Done; // nobody accepts what has not arrived
        row.acceptance = Done;
        break;
    case JournalState::RevokeIntent:
    case JournalState::RevokeAccepted:
    case JournalState::RevokeRefused:
    case JournalState::RevokeUnknown:
        showOfferOut(row, record);
        if (wasAccepted || record.rawStatus == u"completed"_s)
            row.acceptance = Done;
        break;
    case JournalState::Rejected:
    case JournalState::Failed:
    case JournalState::Expired:
    case JournalState::Revoked:
        showOfferOut(row, record);
        row.acceptance = Failed;
        break;
    case JournalState::Dropped:
    case JournalState::RequestIntent:
    case JournalState::Requested:
    case JournalState::RequestFailed:
    case JournalState::RequestUnknown:
    case JournalState::Answered:
    case JournalState::Declined:
    case JournalState::RequestExpired:
    case JournalState::Parked:
        break;
    }
    const BatchStanding standing = standingOf(record);
    const bool tells = standing == BatchStanding::Doubtful || standing == BatchStanding::Refused || standing == BatchStanding::Closed;
    const std::optional<FailureKind> before = row.failure;
    row.failure = tells && record.failed ? std::optional(record.failure) : std::nullopt;
    if (row.failure != before)
        row.failureText.clear();
}

void showProgress(BatchRowProgress &row, const IssueProgress &progress)
{
    row.account = progress.account;
    row.offer = progress.offer;
    row.delivery = progress.delivery;
    row.acceptance = progress.acceptance;
    row.accountIsNew = progress.accountIsNew;
    row.hasFirstPassword = progress.hasFirstPassword;
    row.deliveredAt = progress.deliveredAt;
    row.failure.reset();
    row.failureText.clear();
    if (progress.failure && !progress.noConnection) {
        row.failure = progress.failure->kind;
        row.failureText = progress.failure->serverText;
    }
}

} // namespace yoid
