// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/issueflow_p.h"

#include "app/flow/stepfacts.h"

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kLooksAfterPartly = 3;    // contract 4.1: partiallyIssued is looked at a few more times

} // namespace

void IssueFlow::Private::track()
{
    if (progress.issuanceId.isEmpty())
        return; // nothing to look at; the operator decides how to go on
    if (progress.acceptance == StageState::NotStarted)
        show(&IssueProgress::acceptance, StageState::Working, stageFailure);
    if (!over && !stopped)
        poller.start();
}

void IssueFlow::Private::look()
{
    lookContext = std::make_unique<QObject>();
    CallOptions options;
    options.context = lookContext.get();
    options.intent = draft.intent;
    api.getIssuance(options, progress.issuanceId, [this](const Outcome<Issuance> &outcome) { looked(outcome); });
}

void IssueFlow::Private::looked(const Outcome<Issuance> &outcome)
{
    if (!outcome.ok()) {
        lookFailure = outcome.failure();
        poller.failed(outcome.failure());
        changed();
        return;
    }
    progress.lastChecked = clock.nowUtc();
    lookFailure.reset();
    const bool partly = outcome->status == IssuanceStatus::PartiallyIssued;
    const bool ends = partly ? ++looksAfterPartly > kLooksAfterPartly : outcome->isFinal();
    if (ends) {
        poller.stop();
        tracked(*outcome);
        return;
    }
    progress.status = outcome->status;
    progress.rawStatus = outcome->rawStatus;
    poller.answered();
    changed();
}

void IssueFlow::Private::tracked(const Issuance &issuance)
{
    JournalState last = JournalState::Accepted;
    if (issuance.status == IssuanceStatus::Expired)
        last = JournalState::Expired;
    else if (issuance.status == IssuanceStatus::Failed)
        last = JournalState::Failed;
    else if (issuance.status == IssuanceStatus::Revoked)
        last = JournalState::Revoked;
    record(last, 1, issuanceContent(issuance), [this, issuance, last] {
        progress.status = issuance.status;
        progress.rawStatus = issuance.rawStatus;
        if (!issuance.credentialId.isEmpty())
            progress.credentialId = issuance.credentialId;
        if (issuance.revocable)
            progress.revocable = issuance.revocable;
        progress.noConnection = false;
        std::optional<Failure> failure;
        if (last == JournalState::Failed) {
            failure = Failure::of(FailureKind::Rejected, u"the service says that the issuance failed"_s);
            failure->serverText = issuance.errorText;
        }
        progress.acceptance = last == JournalState::Accepted ? StageState::Done : StageState::Failed;
        stageFailure = failure;
        finish();
    });
}

void IssueFlow::Private::heard(const JournalStep &step)
{
    if (over || !writer.heard(step))
        return;
    ++foreignLines;
    poller.stop();
    lookContext.reset();
    if (const QString status = step.facts.value(fact::status).toString(); !status.isEmpty()) {
        progress.rawStatus = status;
        progress.status = issuanceStatusFromText(status);
    }
    if (isFinal(step.state)) {
        if (step.state != JournalState::Dropped)
            progress.acceptance = step.state == JournalState::Accepted ? StageState::Done : StageState::Failed;
        stageFailure.reset();
        finish();
    } else if (step.state == JournalState::RevokeRefused) {
        track(); // it stays as it was
    } else {
        changed(); // a revocation on its way: whoever asked for it looks at the service
    }
}

} // namespace yoid
