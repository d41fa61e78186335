// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/issueflow.h"

#include "app/flow/issueflow_p.h"
#include "app/flow/stepfacts.h"

#include <algorithm>
#include <utility>

namespace yoid {

IssueFlow::IssueFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, IssueDraft draft, PollPlan plan,
                     QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, api, journal, clock, profile, std::move(draft), plan))
{
    connect(&d->poller, &Poller::due, this, [this] { d->look(); });
    connect(&d->poller, &Poller::noConnectionChanged, this, [this](bool lost) {
        d->progress.noConnection = lost;
        d->changed();
    });
    connect(d->pause.get(), &Alarm::rang, this, [this] { d->next([this] { d->account(); }); });
}

IssueFlow::~IssueFlow()
{
    drop();
}

const IssueProgress &IssueFlow::progress() const
{
    return d->progress;
}

void IssueFlow::start()
{
    if (d->over || std::exchange(d->started, true))
        return;
    const QList<PersonProblem> person = problemsOf(d->draft.person);
    const bool personBlocks = std::any_of(person.begin(), person.end(), [this](const PersonProblem &problem) {
        const bool needsNone = problem.reason == PersonProblem::Reason::NoIdentifier && !d->draft.deliverToWallet;
        return problem.blocks() && !needsNone;
    });
    if (personBlocks || !problemsOf(d->draft).isEmpty()) { // the pane says this beside the fields; nothing is sent here either
        d->show(&IssueProgress::account, StageState::Failed, Failure::of(FailureKind::InvalidInput));
        d->finish();
        return;
    }
    d->show(&IssueProgress::account, StageState::Working, {});
    d->record(JournalState::Prepared, 1, preparedContent(d->journal, workOrigin(d->profile), d->draft), [this] { d->next([this] { d->account(); }); });
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
    if (d->over || d->stopped || d->writer.isWriting() || d->call)
        return;
    const auto waits = [this](StageState IssueProgress::*stage) {
        return d->progress.*stage == StageState::Failed || d->progress.*stage == StageState::InDoubt;
    };
    if (d->writer.hasUnwritten()) {
        d->show(d->unwrittenAt, StageState::Working, {});
        d->writer.writeAgain();
    } else if (waits(&IssueProgress::account)) {
        d->accountDoubts = 0;
        d->account();
    } else if (waits(&IssueProgress::offer)) {
        const bool doubtful = d->progress.offer == StageState::InDoubt;
        const auto prepareAnew = [this] {
            d->record(JournalState::Prepared, d->offerStage.attempt + 1, {}, [this] { d->next([this] { d->offer(); }); });
        };
        d->show(&IssueProgress::offer, StageState::Working, {});
        if (doubtful && d->writer.state() == JournalState::Unknown) {
            d->record(JournalState::Abandoned, d->offerStage.attempt, {}, [this, prepareAnew] {
                ++d->progress.unusedOffers;
                d->changed();
                prepareAnew();
            });
        } else if (d->writer.state() == JournalState::Refused) {
            prepareAnew();
        } else {
            d->offer();
        }
    } else if (waits(&IssueProgress::delivery)) {
        d->deliver();
    }
}

void IssueFlow::checkNow()
{
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
    d->writer.drop();
    d->poller.stop();
    d->pause->stop();
    d->call.reset();
    d->lookContext.reset();
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
