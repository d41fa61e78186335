// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/verifyrecord.h"

#include "app/domain/presentationjson.h"
#include "app/flow/stepfacts.h"

namespace yoid {

namespace {

/// How it ended; nothing for one that goes on.
std::optional<PresentationStatus> endOf(JournalState state)
{
    if (state == JournalState::Answered)
        return PresentationStatus::Answered;
    if (state == JournalState::Declined)
        return PresentationStatus::Declined;
    if (state == JournalState::Failed)
        return PresentationStatus::Failed;
    if (state == JournalState::RequestExpired)
        return PresentationStatus::Expired;
    return {};
}

} // namespace

std::optional<VerifyProgress> verifyProgressOf(const WorkDetails &details)
{
    const WorkRecord &record = details.record;
    const auto asked = presentationTemplateFromJson(details.sealed.value(fact::draft).toObject());
    if (record.work != WorkKind::Verify || !asked)
        return {};
    VerifyProgress progress;
    progress.intent = record.intent;
    progress.asked = *asked;
    progress.lastChecked = record.lastChecked;
    if (details.sealed.contains(fact::answer))
        progress.presentation = answerFromJson(details.sealed.value(fact::answer).toObject());
    progress.presentation.id = record.presentationId;
    progress.presentation.templateId = asked->id;
    progress.presentation.expiresAt = record.expiresAt;
    progress.presentation.authorizationRequestUri = details.sealed.value(fact::requestUri).toString();
    progress.presentation.authorizationRequestQrUri = details.sealed.value(fact::requestQrUri).toString();
    for (const StoredStep &line : details.story) {
        if (line.step.state == JournalState::Requested)
            progress.shownAt = line.step.at;
        else if (line.step.state == JournalState::Answered && !progress.answeredAt.isValid())
            progress.answeredAt = line.step.at;
        else if (line.step.state == JournalState::Answered) // later ones are notes
            progress.person = personNoteOf(line.step.facts, details.sealed);
    }
    if (const std::optional<PresentationStatus> end = endOf(record.state)) {
        progress.presentation.status = *end;
        progress.phase = VerifyProgress::Phase::Ended;
    } else {
        progress.presentation.status = PresentationStatus::Waiting;
        progress.phase = record.presentationId.isEmpty() ? VerifyProgress::Phase::Failed : VerifyProgress::Phase::OnScreen;
    }
    progress.verdict = judge(progress.asked, progress.presentation, record.changedAt);
    return progress;
}

} // namespace yoid
