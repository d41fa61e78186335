// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/issueflow.h"

#include "app/flow/issueflow_p.h"
#include "app/flow/stepfacts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace yoid {

namespace {

/// The draft as it was sealed; without it at least what the record knows.
IssueDraft draftOf(const WorkDetails &details)
{
    if (std::optional<IssueDraft> draft = issueDraftFromJson(details.sealed.value(fact::draft).toObject()))
        return *std::move(draft);
    IssueDraft draft;
    draft.intent = details.record.intent;
    draft.person = details.record.person;
    draft.credentialTemplate.id.text = details.record.templateId;
    draft.credentialTemplate.name = details.record.templateName;
    draft.deliverToWallet = details.record.deliver;
    return draft;
}

} // namespace

IssueFlow::IssueFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, IssueDraft draft, PollPlan plan,
                     QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, api, journal, clock, profile, std::move(draft), plan))
{
    d->connectAll();
}

IssueFlow::IssueFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, const WorkDetails &details,
                     PollPlan plan, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, api, journal, clock, profile, draftOf(details), plan))
{
    d->connectAll();
    d->started = true;
    d->restore(details);
    d->shown = d->progress;
}

IssueFlow::~IssueFlow()
{
    drop();
}

const IssueProgress &IssueFlow::progress() const
{
    return d->progress;
}

void IssueFlow::setProof(Prove prove)
{
    d->prove = std::move(prove);
}

void IssueFlow::setGuard(Guard guard)
{
    d->guard = std::move(guard);
}

void IssueFlow::start()
{
    if (d->begins())
        d->lookUp();
}

void IssueFlow::startAfresh()
{
    if (d->begins())
        d->begun();
}

bool IssueFlow::Private::begins()
{
    if (over || std::exchange(started, true))
        return false;
    const QList<PersonProblem> person = problemsOf(draft.person);
    const bool personBlocks = std::any_of(person.begin(), person.end(), [this](const PersonProblem &problem) {
        const bool needsNone = problem.reason == PersonProblem::Reason::NoIdentifier && !draft.deliverToWallet;
        return problem.blocks() && !needsNone;
    });
    if (personBlocks || !problemsOf(draft).isEmpty()) { // the pane says this beside the fields; nothing is sent here either
        show(&IssueProgress::account, StageState::Failed, Failure::of(FailureKind::InvalidInput));
        finish();
        return false;
    }
    show(&IssueProgress::account, StageState::Working, {});
    return !over; // who heard of it may have closed the session
}

Secret IssueFlow::takeFirstPassword()
{
    if (!d->progress.hasFirstPassword)
        return {}; // not yet on the journal that there is one
    d->progress.hasFirstPassword = false;
    const std::shared_ptr<const Secret> password = std::exchange(d->firstPassword, nullptr);
    return password ? password->clone() : Secret();
}

void IssueFlow::goOn()
{
    d->goOn();
}

void IssueFlow::deliverAgain()
{
    using enum JournalState;
    constexpr std::array delivering { Offered, Delivered, DeliveryFailed, DeliveryUnknown, RevokeRefused };
    const bool toSomebody = !d->draftKnown || !d->draft.person.identifier().isEmpty();
    const bool possible = toSomebody && d->writer.state()
        && std::find(delivering.begin(), delivering.end(), *d->writer.state()) != delivering.end();
    if (!possible || d->over || d->stopped || d->isBusy() || d->writer.hasUnwritten() || d->progress.delivery == StageState::Working)
        return;
    d->deliverOnWord = true;
    d->deliver();
}

bool IssueFlow::isBusy() const
{
    return !d->over && d->isBusy();
}

bool IssueFlow::canGoOn() const
{
    return !d->over && !d->stopped;
}

bool IssueFlow::isAtWork() const
{
    return isBusy() || d->poller.isRunning();
}

void IssueFlow::checkNow()
{
    if (d->takenUp && !d->over && !d->stopped && !d->isBusy() && d->progress.acceptance == StageState::Working
        && !d->poller.isRunning())
        d->track();
    d->poller.checkNow();
}

void IssueFlow::stop()
{
    if (d->over || std::exchange(d->stopped, true))
        return;
    d->poller.stop();
    d->lookContext.reset();
    d->pause->stop();
    if (!d->writer.isWriting() && !d->call)
        d->finish();
}

void IssueFlow::drop()
{
    d->over = true;
    d->dropped = true;
    d->writer.drop();
    d->poller.stop();
    d->pause->stop();
    d->call.reset();
    d->lookContext.reset();
    d->opening.reset();
}

void IssueFlow::setHidden(bool hidden)
{
    d->poller.setHidden(hidden);
}

void IssueFlow::setPollBudget(PollBudget *budget)
{
    d->poller.setBudget(budget);
}

} // namespace yoid
