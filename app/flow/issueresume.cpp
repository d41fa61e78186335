// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/issueflow_p.h"

#include "app/flow/stepfacts.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// For work that stood still between two steps: nothing failed, nothing is on its way.
Failure interrupted()
{
    return Failure::of(FailureKind::Cancelled, u"the program ended before this step"_s);
}

} // namespace

void IssueFlow::Private::restore(const WorkDetails &details)
{
    const WorkRecord &record = details.record;
    const QJsonObject &sealed = details.sealed;
    takenUp = true;
    if (std::optional<IssueDraft> kept = issueDraftFromJson(sealed.value(fact::draft).toObject()))
        draft = *std::move(kept);
    else
        draftKnown = false;
    writer.resumeAt(record.state);
    progress.intent = record.intent;
    progress.person = draft.person;
    progress.templateName = record.templateName;
    progress.username = sealed.value(fact::username).toString();
    progress.firstPasswordLost = record.firstPasswordLost;
    progress.issuanceId = record.issuanceId;
    progress.credentialId = record.credentialId;
    progress.offerUri = sealed.value(fact::offerUri).toString();
    progress.offerQrUri = sealed.value(fact::offerQrUri).toString();
    progress.rawStatus = record.rawStatus;
    progress.status = issuanceStatusFromText(record.rawStatus);
    progress.revocable = record.revocable;
    progress.deliveredAt = record.deliveredAt;
    progress.lastChecked = record.lastChecked;
    progress.unusedOffers = record.unusedOffers;
    restoreStages(details.story);
    restoreRest(record);
    progress.failure = stageFailure;
    if (details.hasFirstPassword)
        fetchFirstPassword();
}

void IssueFlow::Private::restoreStages(const QList<StoredStep> &story)
{
    using enum StageState;
    progress.account = progress.offer = progress.delivery = progress.acceptance = NotStarted;
    const auto accountBehind = [this] { return progress.account == Done || progress.account == Skipped; };
    for (const StoredStep &line : story) {
        const JournalStep &step = line.step;
        switch (step.state) {
        case JournalState::Prepared:
            progress.offer = NotStarted;
            if (draft.person.email.isEmpty() && draft.person.username.isEmpty())
                progress.account = Skipped;
            break;
        case JournalState::NotSent:
            (accountBehind() ? progress.offer : progress.account) = Failed;
            break;
        case JournalState::AccountIntent:
            progress.account = InDoubt;
            accountStage.attempt = std::max(accountStage.attempt, step.attempt);
            break;
        case JournalState::AccountReady:
            progress.account = Done;
            progress.accountIsNew = step.facts.value(fact::created).toBool();
            break;
        case JournalState::AccountUnknown:
            progress.account = InDoubt;
            accountEverDoubted = true;
            break;
        case JournalState::AccountRefused:
            progress.account = Failed;
            break;
        case JournalState::Sent:
            if (progress.account != Done)
                progress.account = Skipped;
            progress.offer = InDoubt;
            offerStage.attempt = std::max(offerStage.attempt, step.attempt);
            offerSentAt = step.at;
            break;
        case JournalState::Offered:
            progress.offer = Done;
            break;
        case JournalState::Refused:
        case JournalState::Abandoned:
            progress.offer = Failed;
            break;
        case JournalState::Unknown:
            progress.offer = InDoubt;
            break;
        case JournalState::DeliveryIntent:
            progress.delivery = InDoubt;
            deliveryStage.attempt = std::max(deliveryStage.attempt, step.attempt);
            break;
        case JournalState::Delivered:
            progress.delivery = Done;
            break;
        case JournalState::DeliveryFailed:
            progress.delivery = Failed;
            break;
        case JournalState::DeliveryUnknown:
            progress.delivery = InDoubt;
            break;
        case JournalState::Accepted:
            progress.acceptance = Done;
            break;
        case JournalState::Rejected:
        case JournalState::Failed:
        case JournalState::Expired:
        case JournalState::Revoked:
            progress.acceptance = Failed;
            break;
        case JournalState::RevokeIntent:
        case JournalState::RevokeAccepted:
        case JournalState::RevokeRefused:
        case JournalState::RevokeUnknown:
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
    }
}

void IssueFlow::Private::restoreRest(const WorkRecord &record)
{
    using enum StageState;
    if (isFinal(record.state)) {
        progress.ended = true;
        over = true;
        return;
    }
    const bool accountBehind = progress.account == Done || progress.account == Skipped;
    const bool offered = !progress.issuanceId.isEmpty();
    stage = offered ? &deliveryStage : accountBehind ? &offerStage : &accountStage;
    if (record.failed) {
        stageFailure = Failure::of(record.failure, u"before the program was started"_s);
        stageFailure->mayHaveExecuted = progress.*(stage->shown) == InDoubt;
    }
    if (progress.*(stage->shown) == NotStarted) {
        if (offered && !draft.deliverToWallet) {
            progress.delivery = Skipped;
        } else {
            progress.*(stage->shown) = Failed;
            stageFailure = interrupted();
        }
    } else if (progress.*(stage->shown) == Failed && !stageFailure) {
        stageFailure = interrupted();
    }
    if (offered && progress.acceptance == NotStarted)
        progress.acceptance = Working;
}

void IssueFlow::Private::fetchFirstPassword()
{
    journal.readFirstPassword(draft.intent, q, [this](Outcome<Secret> outcome) {
        if (dropped || !outcome.ok() || outcome->isEmpty() || firstPassword)
            return;
        firstPassword = std::make_shared<const Secret>(std::move(outcome).value());
        progress.hasFirstPassword = true;
        shown = progress;
        Q_EMIT q->progressChanged(shown);
    });
}

void IssueFlow::Private::lookUp()
{
    reading = true;
    journal.readDetails(draft.intent, q, [this](const Outcome<WorkDetails> &known) {
        reading = false;
        if (over)
            return;
        if (!known.ok()) { // not known; a journal that cannot be read refuses the line below, too
            begun();
            return;
        }
        if (known->record.profile != profile.id || known->record.origin != workOrigin(profile)
            || known->record.work != WorkKind::Issue) {
            show(&IssueProgress::account, StageState::Failed,
                 Failure::of(FailureKind::InvalidInput, u"this work belongs to another profile"_s));
            finish();
            return;
        }
        restore(*known);
        if (std::exchange(over, false))
            finish();
        else
            changed();
    });
}

void IssueFlow::Private::begun()
{
    const QString origin = workOrigin(profile);
    // Without them nobody would find this work by its person, and what is written once stays.
    if (!draft.person.identifier().isEmpty() && personKeys(journal, origin, draft.person).isEmpty()) {
        if (journal.status().state == JournalStatus::State::Opening) {
            reading = true; // and the journal may know this intent after all
            opening = std::make_unique<QObject>();
            QObject::connect(&journal, &Journal::statusChanged, opening.get(), [this](const JournalStatus &status) {
                if (status.state == JournalStatus::State::Opening)
                    return;
                opening.release()->deleteLater(); // we are in its own slot
                if (over)
                    return;
                reading = false;
                next([this] { lookUp(); });
            });
            return;
        }
        show(&IssueProgress::account, StageState::Failed, Failure::of(FailureKind::SecretLocked, u"the journal's key is not at hand"_s));
        if (stopped)
            finish();
        return;
    }
    record(JournalState::Prepared, 1, preparedContent(journal, origin, draft), [this] {
        next([this] { account(); });
    });
}

bool IssueFlow::Private::isBusy() const
{
    return writer.isWriting() || call || reading || pause->isActive();
}

bool IssueFlow::Private::isWaiting(StageState IssueProgress::*which) const
{
    return progress.*which == StageState::Failed || progress.*which == StageState::InDoubt;
}

bool IssueFlow::Private::lacks(bool needed, StageState IssueProgress::*which)
{
    if (needed)
        show(which, StageState::Failed, Failure::of(FailureKind::StorageFailed, u"what was sealed is no longer there"_s));
    return needed;
}

bool IssueFlow::Private::isBarred(StageState IssueProgress::*which)
{
    const std::optional<Failure> refusal = guard ? guard(draft) : std::nullopt;
    if (!refusal)
        return false;
    const bool inDoubt = writer.state() == JournalState::AccountUnknown || writer.state() == JournalState::Unknown;
    show(which, inDoubt ? StageState::InDoubt : StageState::Failed, refusal);
    if (stopped)
        finish();
    return true;
}

void IssueFlow::Private::goOn()
{
    if (over || stopped || isBusy())
        return;
    if (writer.hasUnwritten()) {
        show(unwrittenAt, StageState::Working, {});
        writer.writeAgain();
        return;
    }
    if (!writer.state()) {
        if (started && isWaiting(&IssueProgress::account)) { // its first line was not even tried
            show(&IssueProgress::account, StageState::Working, {});
            lookUp();
        }
        return;
    }
    if (writer.state() == JournalState::RevokeIntent) // whoever takes it back goes first
        return;
    if (isIntent(*writer.state()) && (isWaiting(&IssueProgress::account) || isWaiting(&IssueProgress::offer)
                                      || isWaiting(&IssueProgress::delivery))) {
        // Taken up in the middle of a call: its answer is lost, and that is written down first.
        StepContent content;
        content.facts.insert(fact::failure, u"crash"_s);
        accountEverDoubted = accountEverDoubted || stage == &accountStage;
        record(stage->words.unknown, stage->attempt, content, [this] { goOn(); });
        return;
    }
    if (isWaiting(&IssueProgress::account)) {
        accountDoubts = 0;
        account();
    } else if (isWaiting(&IssueProgress::offer)) {
        goOnWithOffer();
    } else if (isWaiting(&IssueProgress::delivery)) {
        goOnWithDelivery();
    } else if (takenUp && progress.acceptance == StageState::Working && !poller.isRunning()) {
        track();
    }
}

void IssueFlow::Private::goOnWithOffer()
{
    stage = &offerStage;
    if (isBarred(&IssueProgress::offer)) // before one in doubt is adopted, too
        return;
    show(&IssueProgress::offer, StageState::Working, {});
    if (over)
        return;
    const JournalState state = *writer.state();
    if (state == JournalState::Unknown)
        adoptOrAbandon();
    else if (state == JournalState::Refused || state == JournalState::Abandoned)
        prepareAnew();
    else
        offer(); // nothing of it left this computer
}

void IssueFlow::Private::adoptOrAbandon()
{
    if (!prove || !draftKnown) {
        abandonAndPrepare();
        return;
    }
    call = std::make_unique<QObject>();
    prove(draft, offerSentAt, call.get(), [this](const std::optional<Issuance> &proved) {
        call.reset();
        next([this, proved] {
            if (!proved || proved->id.isEmpty() || proved->offerUri.isEmpty()) {
                abandonAndPrepare();
                return;
            }
            StepContent content = issuanceContent(*proved);
            content.facts.insert(fact::evidence, u"echo"_s);
            offerReady(*proved, content);
        });
    });
}

void IssueFlow::Private::abandonAndPrepare()
{
    record(JournalState::Abandoned, offerStage.attempt, {}, [this] {
        ++progress.unusedOffers;
        changed();
        next([this] { prepareAnew(); });
    });
}

void IssueFlow::Private::prepareAnew()
{
    record(JournalState::Prepared, offerStage.attempt + 1, {}, [this] { next([this] { offer(); }); });
}

void IssueFlow::Private::goOnWithDelivery()
{
    if (writer.state() != JournalState::DeliveryUnknown) {
        deliver();
        return;
    }
    // Whoever has accepted needs no second message (reliability 3.6).
    poller.stop();
    lookContext.reset();
    if (!begin(deliveryStage))
        return;
    call = std::make_unique<QObject>();
    CallOptions options;
    options.context = call.get();
    options.intent = draft.intent;
    api.getIssuance(options, progress.issuanceId, [this](const Outcome<Issuance> &outcome) {
        call.reset();
        const bool known = outcome.ok() && outcome->isFinal() && outcome->status != IssuanceStatus::PartiallyIssued;
        if (known)
            progress.delivery = StageState::InDoubt; // for ever, but it no longer matters
        next([this, known, outcome] {
            if (known)
                tracked(*outcome);
            else
                deliver();
        });
    });
}

} // namespace yoid
