// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/issueflow_p.h"

#include "app/flow/stepfacts.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kAccountTries = 3;        // reliability 3.6: an account in doubt is asked for again, three times at most
constexpr std::chrono::milliseconds kAccountPause = 2s;

/// An answer that says no, against one that says "not now" or none at all.
bool isRefusal(const Failure &failure)
{
    return failure.httpStatus != 0 && failure.httpStatus != 425 && failure.kind != FailureKind::Unauthorized
        && failure.kind != FailureKind::RateLimited;
}

} // namespace

IssueFlow::Private::Private(IssueFlow *flow, ApiClient &apiClient, Journal &theJournal, Clock &theClock,
                            const Profile &openProfile, IssueDraft issueDraft, const PollPlan &plan)
    : q(flow)
    , api(apiClient)
    , journal(theJournal)
    , clock(theClock)
    , profile(openProfile)
    , draft(std::move(issueDraft))
    , writer(theJournal, theClock, WorkKind::Issue, openProfile, draft.intent, flow)
    , poller(theClock, plan)
    , pause(theClock.createAlarm())
{
    draft.person = normalised(draft.person);
    progress.intent = draft.intent;
    progress.person = draft.person;
    progress.templateName = draft.credentialTemplate.name;
}

void IssueFlow::Private::connectAll()
{
    QObject::connect(&poller, &Poller::due, q, [this] { look(); });
    QObject::connect(&poller, &Poller::noConnectionChanged, q, [this](bool lost) {
        progress.noConnection = lost;
        changed();
    });
    QObject::connect(pause.get(), &Alarm::rang, q, [this] { next([this] { account(); }); });
    QObject::connect(&journal, &Journal::committed, q, [this](const JournalStep &step) { heard(step); });
}

void IssueFlow::Private::record(JournalState to, int attempt, const StepContent &content,
                                const std::function<void()> &then)
{
    writer.record(to, attempt, content, then, [this, to, heardBefore = foreignLines](const Failure &failure) {
        using enum JournalState;
        if (foreignLines != heardBefore) {
            writer.forgetUnwritten(); // what was to be written is overtaken
            return;
        }
        const bool nothingSent = to == Prepared || to == Abandoned || to == NotSent;
        const bool tracking = to == Accepted || to == Failed || to == Expired || to == Revoked;
        unwrittenAt = tracking ? &IssueProgress::acceptance : stage->shown;
        show(unwrittenAt, nothingSent ? StageState::Failed : StageState::InDoubt, failure);
        if (stopped)
            finish();
    });
}

void IssueFlow::Private::gate(int attempt, const std::function<void(bool)> &proceed)
{
    if (stopped) {
        proceed(false);
        return;
    }
    stage->attempt = attempt;
    StepContent content;
    if (stage == &accountStage && accountEverDoubted)
        content.facts.insert(fact::doubtedBefore, true); // a password may have been shown to nobody
    if (stage == &offerStage)
        offerSentAt = clock.nowUtc();
    if (stage == &deliveryStage)
        content.facts.insert(fact::issuanceId, progress.issuanceId.text);
    writer.intent(stage->words, attempt, content, proceed);
}

bool IssueFlow::Private::begin(Stage &which)
{
    stage = &which;
    show(which.shown, StageState::Working, {});
    return !over; // who heard of it may have closed the session
}

CallOptions IssueFlow::Private::callOptions()
{
    call = std::make_unique<QObject>();
    CallOptions options;
    options.context = call.get();
    options.intent = draft.intent;
    options.firstAttempt = stage->attempt + 1;
    options.gate = [this](int attempt, std::function<void(bool)> proceed) { gate(attempt, proceed); };
    return options;
}

void IssueFlow::Private::account()
{
    if (lacks(!draftKnown, &IssueProgress::account) || isBarred(&IssueProgress::account))
        return;
    if (draft.person.email.isEmpty() && draft.person.username.isEmpty()) {
        // Nothing to register with: a person known by the organisation's own id, or one who scans the code here.
        show(&IssueProgress::account, StageState::Skipped, {});
        next([this] { offer(); });
        return;
    }
    if (!begin(accountStage))
        return;
    api.createAccount(callOptions(), draft.person, [this](Outcome<AccountResult> outcome) { accountReady(std::move(outcome)); });
}

void IssueFlow::Private::accountReady(Outcome<AccountResult> outcome)
{
    call.reset();
    if (!outcome.ok()) {
        callFailed(outcome.failure());
        return;
    }
    AccountResult result = std::move(outcome).value();
    const bool isNew = result.kind == AccountResult::Kind::Created;
    const bool lost = !isNew && (accountEverDoubted || result.firstPasswordLost);
    if (!result.firstPassword.isEmpty()) // a known password is never replaced by an empty one (contract C5)
        firstPassword = std::make_shared<const Secret>(std::move(result.firstPassword));
    record(JournalState::AccountReady, accountStage.attempt, accountContent(isNew, lost, result.username, firstPassword),
           [this, isNew, lost, username = result.username] {
               progress.accountIsNew = isNew;
               progress.firstPasswordLost = lost;
               progress.hasFirstPassword = firstPassword != nullptr;
               progress.username = username;
               show(&IssueProgress::account, StageState::Done, {});
               next([this] { offer(); });
           });
}

void IssueFlow::Private::offer()
{
    if (lacks(!draftKnown, &IssueProgress::offer) || isBarred(&IssueProgress::offer))
        return;
    if (!begin(offerStage))
        return;
    api.createIssuance(callOptions(), draft, [this](const Outcome<Issuance> &outcome) { offered(outcome); });
}

void IssueFlow::Private::offered(const Outcome<Issuance> &outcome)
{
    call.reset();
    if (!outcome.ok()) {
        callFailed(outcome.failure());
        return;
    }
    offerReady(*outcome, issuanceContent(*outcome));
}

void IssueFlow::Private::offerReady(const Issuance &issuance, const StepContent &content)
{
    record(JournalState::Offered, offerStage.attempt, content, [this, issuance] {
        progress.issuanceId = issuance.id;
        progress.credentialId = issuance.credentialId;
        progress.offerUri = issuance.offerUri;
        progress.offerQrUri = issuance.offerQrUri;
        progress.revocable = issuance.revocable;
        progress.status = issuance.status;
        progress.rawStatus = issuance.rawStatus;
        show(&IssueProgress::offer, StageState::Done, {});
        next([this] { deliver(); });
    });
}

void IssueFlow::Private::deliver()
{
    poller.stop();
    lookContext.reset();
    if (!draft.deliverToWallet && !deliverOnWord) {
        show(&IssueProgress::delivery, StageState::Skipped, {});
        next([this] { track(); });
        return;
    }
    if (lacks(!draftKnown || progress.offerUri.isEmpty(), &IssueProgress::delivery))
        return;
    if (!begin(deliveryStage))
        return;
    api.deliverOffer(callOptions(), progress.offerUri, draft.person, [this](const Outcome<Done> &outcome) { delivered(outcome); });
}

void IssueFlow::Private::delivered(const Outcome<Done> &outcome)
{
    call.reset();
    if (!outcome.ok()) {
        callFailed(outcome.failure());
        return;
    }
    StepContent content;
    content.facts.insert(fact::issuanceId, progress.issuanceId.text);
    record(JournalState::Delivered, deliveryStage.attempt, content, [this] {
        progress.deliveredAt = clock.nowUtc();
        deliverOnWord = false;
        show(&IssueProgress::delivery, StageState::Done, {});
        next([this] { track(); });
    });
}

void IssueFlow::Private::callFailed(const Failure &failure)
{
    if (const std::optional<Failure> unwritten = writer.takeIntentFailure()) {
        // The journal said no, so nothing was sent, and there is nothing that could be written down.
        showUnsent(*unwritten);
        return;
    }
    if (failure.mayHaveExecuted) {
        record(stage->words.unknown, stage->attempt, failureContent(failure), [this, failure] { inDoubt(failure); });
        return;
    }
    const bool open = writer.state() == stage->words.intent;
    if (stopped && !open) {
        finish();
        return;
    }
    if (stage == &deliveryStage && !open) {
        // No token, perhaps: the offer is where it was, delivered or not, and the journal says so already.
        showUnsent(failure);
        return;
    }
    const bool refused = open && isRefusal(failure);
    record(refused ? stage->words.refused : stage->words.notSent, std::max(1, stage->attempt), failureContent(failure), [this, failure] {
        show(stage->shown, StageState::Failed, failure);
        next([this] { track(); });
    });
}

void IssueFlow::Private::showUnsent(const Failure &failure)
{
    const bool stillInDoubt = writer.state() == stage->words.unknown;
    show(stage->shown, stillInDoubt ? StageState::InDoubt : StageState::Failed, failure);
    next([this] { track(); });
}

void IssueFlow::Private::inDoubt(const Failure &failure)
{
    if (stage == &accountStage) {
        accountEverDoubted = true;
        if (++accountDoubts < kAccountTries && !stopped) {
            pause->start(std::max<std::chrono::milliseconds>(kAccountPause * accountDoubts, failure.retryAfter.value_or(0s)));
            return;
        }
    }
    show(stage->shown, StageState::InDoubt, failure);
    next([this] { track(); });
}

void IssueFlow::Private::show(StageState IssueProgress::*which, StageState value, const std::optional<Failure> &failure)
{
    progress.*which = value;
    stageFailure = failure;
    changed();
}

void IssueFlow::Private::changed()
{
    if (over)
        return;
    progress.failure = stageFailure ? stageFailure : progress.noConnection ? lookFailure : std::nullopt;
    if (progress == shown)
        return;
    shown = progress;
    Q_EMIT q->progressChanged(shown);
}

void IssueFlow::Private::next(const std::function<void()> &step)
{
    if (over)
        return;
    if (stopped)
        finish();
    else
        step();
}

void IssueFlow::Private::finish()
{
    if (over)
        return;
    poller.stop();
    lookContext.reset();
    progress.ended = true;
    changed();
    over = true;
    Q_EMIT q->finished(progress);
}

} // namespace yoid
