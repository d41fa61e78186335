// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/presentationjson.h"
#include "app/flow/stepfacts.h"
#include "app/flow/verifyflow_p.h"

#include <algorithm>
#include <utility>

namespace yoid {

void VerifyFlow::Private::ready(const Presentation &presentation)
{
    progress.phase = VerifyProgress::Phase::Ready;
    progress.presentation = presentation;
    progress.presentation.status = PresentationStatus::Waiting;
    progress.presentation.credentials.clear();
    if (!ahead) // somebody asked for it while it was written down
        shownNow();
    else if (unwanted)
        closeUnseen();
    else
        changed();
}

void VerifyFlow::Private::shownNow()
{
    StepContent content = questionContent(progress.asked);
    content.facts.insert(fact::ahead, false);
    record(JournalState::Requested, content, [this] {
        wasAhead = false;
        onScreen(progress.presentation);
    });
}

void VerifyFlow::Private::closeUnseen()
{
    const bool hasLine = writer.state() && isAllowedMove(*writer.state(), JournalState::Dropped);
    if (wasAhead && hasLine)
        writer.record(JournalState::Dropped, std::max(1, attempt), {}, [this] { finish(); }, [this](const Failure &) { finish(); });
    else
        finish();
}

VerifyFlow::VerifyFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, const WorkDetails &details,
                       PollPlan plan, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, api, journal, clock, profile,
                                  presentationTemplateFromJson(details.sealed.value(fact::draft).toObject()).value_or(PresentationTemplate {}),
                                  details.record.intent, plan))
{
    d->listen();
    d->writer.resumeAt(details.record.state);
    d->attempt = details.record.attempt;
    d->started = true;
    d->madeAt = details.record.createdAt;
    d->ahead = true;
    d->wasAhead = details.record.ahead;
    Presentation &presentation = d->progress.presentation;
    presentation.id = details.record.presentationId;
    presentation.templateId = PresentationTemplateId { details.record.templateId };
    presentation.status = PresentationStatus::Waiting;
    presentation.expiresAt = details.record.expiresAt;
    presentation.authorizationRequestUri = details.sealed.value(fact::requestUri).toString();
    presentation.authorizationRequestQrUri = details.sealed.value(fact::requestQrUri).toString();
    d->progress.phase = VerifyProgress::Phase::Ready;
    d->shown = d->progress;
}

void VerifyFlow::prepare()
{
    if (d->over || d->started)
        return;
    d->ahead = true;
    start();
}

void VerifyFlow::show(const PresentationTemplate &asked)
{
    if (d->over || d->stopped || !std::exchange(d->ahead, false))
        return;
    d->progress.asked = asked;
    if (d->progress.phase == VerifyProgress::Phase::Ready)
        d->shownNow();
    else if (d->progress.phase == VerifyProgress::Phase::Failed)
        tryAgain();
}

void VerifyFlow::discard()
{
    if (d->over || !d->ahead)
        return;
    d->unwanted = true;
    d->stopped = true;
    if (!d->call && !d->writer.isWriting())
        d->closeUnseen();
}

QDateTime VerifyFlow::madeAt() const
{
    return d->madeAt;
}

} // namespace yoid
