// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/session.h"

#include "app/domain/personnote.h"
#include "app/flow/session_p.h"
#include "app/flow/stepfacts.h"
#include "app/flow/verifyrecord.h"
#include "app/store/checkstore.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

void Session::Private::mergeChecks(const QList<PresentationTemplate> &before)
{
    const auto placeOf = [&before](const PresentationTemplateId &id) {
        const auto at = std::find_if(before.begin(), before.end(), [&](const PresentationTemplate &known) { return known.id == id; });
        return std::distance(before.begin(), at);
    };
    for (PresentationTemplate &check : checks) {
        if (const auto place = placeOf(check.id); place < before.size())
            check.expectations = before.at(place).expectations;
        else if (const auto away = unlisted.constFind(check.id); away != unlisted.cend())
            check.expectations = away->expectations;
        unlisted.remove(check.id);
    }
    // A list may lack one for a moment; what is expected of its answers must not be lost with it.
    for (const PresentationTemplate &known : before) {
        const bool listed = std::any_of(checks.begin(), checks.end(), [&](const PresentationTemplate &check) { return check.id == known.id; });
        if (!listed && !known.expectations.isEmpty())
            unlisted.insert(known.id, known);
    }
    // What is new comes last, whatever the service sorts by.
    std::stable_sort(checks.begin(), checks.end(), [&](const PresentationTemplate &a, const PresentationTemplate &b) {
        return placeOf(a.id) < placeOf(b.id);
    });
}

void Session::Private::checksAreKnown()
{
    if (ready)
        ready->setChecks(checks);
    Q_EMIT q->checksChanged();
}

void Session::Private::saveChecks()
{
    if (checkStore)
        (void)checkStore->save(workOrigin(profile), checks + unlisted.values()); // a convenience: the service has them, too
}

void Session::Private::beginRequests()
{
    requests->setHidden(hidden);
    QObject::connect(requests.get(), &RequestWatch::ended, &calls, [this](const IntentId &intent) {
        q->readVerification(intent, &calls, [this](const Outcome<VerifyProgress> &progress) {
            if (progress.ok())
                Q_EMIT q->lateAnswer(*progress);
        });
    });
    requests->start();

    ReadyRequests::Makers makers;
    makers.make = [this](const PresentationTemplate &asked) {
        return std::make_unique<VerifyFlow>(api, journal, clock, profile, asked, plan(PollPlan::forAnswer()));
    };
    makers.resume = [this](const WorkDetails &details) {
        return std::make_unique<VerifyFlow>(api, journal, clock, profile, details, plan(PollPlan::forAnswer()));
    };
    ready = std::make_unique<ReadyRequests>(journal, clock, profile, std::move(makers), [this] {
        return clock.nowUtc().addMSecs(-tokens.status().clockSkewMs.value_or(0));
    });
    QObject::connect(ready.get(), &ReadyRequests::changed, q, &Session::readyRequestsChanged);
    ready->setHidden(hidden);
    ready->setChecks(checks);
    ready->start();
}

void Session::Private::keep(VerifyFlow *flow)
{
    flow->setParent(q);
    verifications.append(flow);
    sweep();
    flow->setPollBudget(&budget);
    flow->setHidden(hidden);
    flow->setClockSkew([this] { return tokens.status().clockSkewMs; });
    QObject::connect(flow, &VerifyFlow::progressChanged, q, &Session::verifyProgressChanged);
    if (closed)
        flow->drop();
}

VerifyFlow *Session::Private::liveVerification(const IntentId &intent) const
{
    const auto at = std::find_if(verifications.begin(), verifications.end(), [&](const VerifyFlow *flow) {
        return !flow->isOver() && flow->progress().intent == intent;
    });
    return at == verifications.end() ? nullptr : *at;
}

void Session::setCheckStore(CheckStore *store)
{
    d->checkStore = store;
    if (store && d->checks.isEmpty())
        d->checks = store->checks(workOrigin(d->profile));
}

void Session::loadChecks()
{
    if (d->closed || d->loading.contains(ActionKind::LoadChecks))
        return;
    d->loading.insert(ActionKind::LoadChecks);
    d->api.listPresentationTemplates(d->ownCall(), [this](Outcome<QList<PresentationTemplate>> outcome) {
        d->loading.remove(ActionKind::LoadChecks);
        if (d->closed)
            return;
        if (!outcome.ok()) {
            Q_EMIT loadFailed(ActionKind::LoadChecks, outcome.failure());
            return;
        }
        const QList<PresentationTemplate> before = std::exchange(d->checks, std::move(outcome).value());
        d->mergeChecks(before);
        d->saveChecks();
        d->checksAreKnown();
    });
}

const QList<PresentationTemplate> &Session::checks() const
{
    return d->checks;
}

void Session::createCheck(const PresentationTemplate &draft, QObject *context,
                          std::function<void(Outcome<PresentationTemplate>)> then)
{
    const auto tell = d->promised<PresentationTemplate>(context, std::move(then));
    // The call goes on when `context` dies, because the service may have carried it out.
    d->api.createPresentationTemplate(d->ownCall(), draft, [this, draft, tell](Outcome<PresentationTemplate> outcome) {
        if (d->closed)
            return;
        if (outcome.ok()) {
            outcome.value().expectations = draft.expectations;
            d->checks.removeIf([&](const PresentationTemplate &entry) { return entry.id == outcome->id; });
            d->checks.append(*outcome);
            d->saveChecks();
            d->checksAreKnown();
        }
        tell(outcome);
    });
}

void Session::setExpectations(const PresentationTemplateId &check, const QList<Expectation> &expectations)
{
    for (PresentationTemplate &each : d->checks) {
        if (each.id == check)
            each.expectations = expectations;
    }
    d->saveChecks();
    d->checksAreKnown();
}

void Session::moveCheck(const PresentationTemplateId &check, int place)
{
    const auto at = std::find_if(d->checks.begin(), d->checks.end(), [&](const PresentationTemplate &each) { return each.id == check; });
    if (at == d->checks.end())
        return;
    const qsizetype to = std::clamp<qsizetype>(place, 0, d->checks.size() - 1);
    d->checks.move(std::distance(d->checks.begin(), at), to);
    d->saveChecks();
    d->checksAreKnown();
}

VerifyFlow *Session::startVerify(const PresentationTemplate &asked)
{
    std::unique_ptr<VerifyFlow> taken = d->ready && !d->closed ? d->ready->take(asked) : nullptr;
    const bool isReady = taken != nullptr;
    if (!isReady)
        taken = std::make_unique<VerifyFlow>(d->api, d->journal, d->clock, d->profile, asked, d->plan(PollPlan::forAnswer()));
    VerifyFlow *const flow = taken.release();
    d->keep(flow);
    if (isReady)
        flow->show(asked);
    else
        flow->start();
    return flow;
}

ReadyRequests::State Session::readyState(const PresentationTemplateId &check) const
{
    return d->ready ? d->ready->stateOf(check) : ReadyRequests::State::None;
}

void Session::readVerification(const IntentId &intent, QObject *context, std::function<void(Outcome<VerifyProgress>)> then)
{
    d->journal.readDetails(intent, &d->calls, [this, tell = d->promised<VerifyProgress>(context, std::move(then))](const Outcome<WorkDetails> &details) {
        if (!details.ok()) {
            tell(details.failure());
        } else if (const std::optional<Failure> refusal = d->foreign(details->record)) {
            tell(*refusal);
        } else if (const std::optional<VerifyProgress> progress = verifyProgressOf(*details)) {
            tell(*progress);
        } else {
            tell(Failure::of(FailureKind::NotFound, u"what was sealed is not there any more"_s));
        }
    });
}

void Session::showAgain(const IntentId &intent, QObject *context, std::function<void(Outcome<VerifyFlow *>)> then)
{
    d->journal.readDetails(intent, &d->calls, [this, intent, tell = d->promised<VerifyFlow *>(context, std::move(then))](const Outcome<WorkDetails> &details) {
        if (VerifyFlow *const live = d->liveVerification(intent)) {
            tell(live);
            return;
        }
        const std::optional<Failure> refusal = details.ok() ? d->foreign(details->record) : details.failure();
        const std::optional<VerifyProgress> known = details.ok() ? verifyProgressOf(*details) : std::nullopt;
        if (refusal || !known || known->phase != VerifyProgress::Phase::OnScreen) {
            tell(refusal.value_or(Failure::of(FailureKind::InvalidInput, u"this request cannot be shown any more"_s)));
            return;
        }
        auto *const flow = new VerifyFlow(d->api, d->journal, d->clock, d->profile, *details, d->plan(PollPlan::forAnswer()), this);
        d->keep(flow);
        PresentationTemplate asked = known->asked;
        const auto today = std::find_if(d->checks.cbegin(), d->checks.cend(), [&](const PresentationTemplate &check) { return check.id == asked.id; });
        if (today != d->checks.cend()) // what the service was asked stays; what this organisation expects is of today
            asked.expectations = today->expectations;
        flow->show(asked);
        tell(flow);
    });
}

void Session::notePerson(const IntentId &intent, const PersonNote &note)
{
    d->journal.readDetails(intent, &d->calls, [this, note](const Outcome<WorkDetails> &details) {
        if (d->closed || !details.ok() || d->foreign(details->record) || details->record.state != JournalState::Answered)
            return;
        JournalStep step = crashLine(details->record, d->clock.nowUtc());
        const StepContent content = personNoteContent(note);
        step.facts = content.facts;
        step.sealed = content.sealed;
        d->journal.append(step, &d->calls, [](const Outcome<Done> &) {});
    });
}

} // namespace yoid
