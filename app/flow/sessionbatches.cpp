// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/session.h"

#include "app/domain/batchcheck.h"
#include "app/flow/batchrun_p.h"
#include "app/flow/session_p.h"
#include "app/flow/staysawake.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

ApiClient::Service serviceOf(ActionKind call)
{
    if (call == ActionKind::DeliverOffer)
        return ApiClient::Service::Wallet;
    return call == ActionKind::MakeOffer ? ApiClient::Service::Creds : ApiClient::Service::Onboarding;
}

std::function<IssueDraft(const BatchRow &)> drafting(const BatchHead &head)
{
    // Two-digit years as on the day of release, by which they were checked.
    const auto checker = std::make_shared<RowChecker>(head.plan, head.releasedAt.date().year());
    return [checker, head](const BatchRow &row) {
        IssueDraft draft = checker->draftOf(row);
        draft.intent = row.intent;
        draft.credentialTemplate = head.plan.credentialTemplate;
        draft.deliverToWallet = head.plan.deliverToWallet;
        draft.reason = head.plan.reason;
        draft.note = head.plan.note;
        draft.batch = head.id;
        draft.batchRow = row.number;
        return draft;
    };
}

bool isReleased(const BatchHead &head)
{
    return head.phase == BatchPhase::Released || head.phase == BatchPhase::Finished;
}

} // namespace

bool Session::Private::runsHere(const BatchHead &head) const
{
    return isReleased(head) && head.profile == profile.id && head.origin == workOrigin(profile);
}

void Session::Private::keepHead(const BatchHead &head)
{
    heads.removeIf([&](const BatchHead &known) { return known.id == head.id; });
    successors.remove(head.id);
    if (!head.replaces.isEmpty() && head.phase != BatchPhase::Dropped)
        successors.insert(head.id, head.replaces);
    if (!runsHere(head))
        return;
    const auto place = std::find_if(heads.cbegin(), heads.cend(), [&](const BatchHead &known) { return known.ordinal < head.ordinal; });
    heads.insert(place - heads.cbegin(), head);
}

void Session::Private::readHeads()
{
    if (std::exchange(hearsOfHeads, true))
        return;
    connect(&journal.batches(), &BatchStore::changed, &calls, [this](const BatchHead &head) { keepHead(head); });
    journal.batches().readHeads(&calls, [this](const Outcome<QList<BatchHead>> &read) {
        hearsOfHeads = read.ok();
        for (const BatchHead &head : read.ok() ? *read : QList<BatchHead>())
            keepHead(head);
    });
}

BatchRunParts Session::Private::batchParts()
{
    BatchRunParts parts { journal, journal.batches(), recordBook(), clock, {}, {}, {}, {}, {}, {}, {}, {} };
    parts.drafting = [](const BatchHead &head) { return drafting(head); };
    parts.refusal = [this](const IssueDraft &draft, const OfferKnowledge &knowledge) {
        return guard.refusal(draft, knowledge, recordBook());
    };
    parts.begin = [this](const IssueDraft &draft, const OfferKnowledge &knowledge) {
        auto *const flow = new IssueFlow(api, journal, clock, profile, draft, plan(PollPlan::forAcceptance()), q);
        quiet.insert(draft.intent);
        keep(flow, knowledge);
        return flow;
    };
    parts.takeUp = [this](const IntentId &intent, const OfferKnowledge &knowledge, const std::function<void(Outcome<IssueFlow *>)> &then) {
        quiet.insert(intent);
        takeUp(intent, knowledge, then);
    };
    parts.letGo = [this](IssueFlow *flow) { letGo(flow); };
    parts.probe = [this](ActionKind call, QObject *context, const std::function<void(Outcome<Done>)> &then) {
        CallOptions options;
        options.context = context;
        api.probe(options, serviceOf(call), then);
    };
    parts.workChanged = [this] { batchWorkChanged(); };
    parts.random = [] { return QRandomGenerator::global()->generateDouble(); };
    return parts;
}

void Session::Private::letGo(IssueFlow *flow)
{
    const IntentId intent = flow->progress().intent;
    quiet.remove(intent);
    if (handedOut.contains(intent))
        return;
    // Nobody looks at it; the journal knows where it stands, and the watch over offers goes on from there.
    issues.remove(intent);
    flow->drop();
    flow->deleteLater();
}

void Session::Private::batchWorkChanged()
{
    const bool busy = std::any_of(runs.cbegin(), runs.cend(), [](const BatchRun *run) { return run->isAtWork(); });
    tokens.setBusy(busy);
    if (!awake)
        return;
    if (busy && !closed)
        awake->hold(u"Credentials are being issued"_s);
    else
        awake->release();
}

BatchRun *Session::batchRun(const BatchHead &head)
{
    if (BatchRun *const known = d->runs.value(head.id)) {
        known->readAgain();
        return known;
    }
    if (d->closed || !d->runsHere(head))
        return nullptr;
    auto *const run = new BatchRun(std::make_unique<BatchRun::Private>(head, d->batchParts(), d->batchWidth), this);
    d->runs.insert(head.id, run);
    connect(run, &BatchRun::progressChanged, this, &Session::batchProgressChanged);
    return run;
}

QList<BatchRun *> Session::runsAtWork() const
{
    QList<BatchRun *> found;
    for (BatchRun *const run : std::as_const(d->runs)) {
        if (run->isAtWork())
            found.append(run);
    }
    return found;
}

QList<BatchHead> Session::unfinishedBatches() const
{
    QList<BatchHead> found;
    const QSet<BatchId> replaced(d->successors.cbegin(), d->successors.cend());
    for (const BatchHead &head : std::as_const(d->heads)) {
        // Who is in doubt is taken over by no other batch.
        if (head.phase == BatchPhase::Released && (head.doubtful > 0 || !replaced.contains(head.id)))
            found.append(head);
    }
    return found;
}

void Session::setBatchWidth(int most)
{
    d->batchWidth = most;
    for (BatchRun *const run : std::as_const(d->runs))
        run->setWidth(most);
}

void Session::setStaysAwake(StaysAwake *awake)
{
    d->awake = awake;
}

} // namespace yoid
