// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/verifyflow.h"

#include "app/flow/stepfacts.h"
#include "app/flow/verifyflow_p.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr CallWords kWords { JournalState::RequestIntent, JournalState::RequestUnknown, JournalState::RequestFailed,
                             JournalState::RequestFailed };

} // namespace

void VerifyFlow::Private::record(JournalState state, const StepContent &content, const std::function<void()> &then)
{
    writer.record(state, std::max(1, attempt), content, then, [this](const Failure &failure) {
        // Kept in memory and written again by tryAgain(); not shown before.
        ownFailure = failure;
        if (progress.phase == VerifyProgress::Phase::MakingRequest)
            progress.phase = VerifyProgress::Phase::Failed;
        changed();
        if (stopped)
            finish();
    });
}

void VerifyFlow::Private::request()
{
    progress.phase = VerifyProgress::Phase::MakingRequest;
    ownFailure.reset();
    changed();
    if (over) // who heard of it may have closed the session
        return;
    call = std::make_unique<QObject>();
    CallOptions options;
    options.context = call.get();
    options.intent = progress.intent;
    options.firstAttempt = attempt + 1;
    options.gate = [this](int number, const std::function<void(bool)> &proceed) {
        if (stopped) {
            proceed(false);
            return;
        }
        attempt = number;
        StepContent question = questionContent(progress.asked);
        if (ahead || wasAhead)
            question.facts.insert(fact::ahead, ahead);
        wasAhead = ahead;
        writer.intent(kWords, number, question, proceed);
    };
    api.requestPresentation(options, progress.asked.id, [this](const Outcome<Presentation> &outcome) { requested(outcome); });
}

void VerifyFlow::Private::requested(const Outcome<Presentation> &outcome)
{
    call.reset();
    if (outcome.ok()) {
        madeAt = clock.nowUtc();
        StepContent content = requestContent(*outcome);
        if (wasAhead)
            content.facts.insert(fact::ahead, ahead);
        if (ahead) {
            record(JournalState::Requested, content, [this, presentation = *outcome] { ready(presentation); });
            return;
        }
        wasAhead = false;
        record(JournalState::Requested, content, [this, presentation = *outcome] { onScreen(presentation); });
        return;
    }
    const Failure failure = outcome.failure();
    if (const std::optional<Failure> unwritten = writer.takeIntentFailure()) {
        failed(*unwritten);
        return;
    }
    // With nothing on the journal yet nothing was sent either, and there is no line to add to.
    if (!writer.state()) {
        failed(failure);
        return;
    }
    StepContent content = failureContent(failure);
    if (wasAhead && !ahead)
        content.facts.insert(fact::ahead, std::exchange(wasAhead, false));
    record(failure.mayHaveExecuted ? kWords.unknown : kWords.refused, content, [this, failure] { failed(failure); });
}

void VerifyFlow::Private::failed(const Failure &failure)
{
    ownFailure = failure;
    progress.phase = VerifyProgress::Phase::Failed;
    changed();
    if (unwanted)
        closeUnseen();
    else if (stopped)
        finish();
}

void VerifyFlow::Private::onScreen(const Presentation &presentation)
{
    progress.phase = VerifyProgress::Phase::OnScreen;
    progress.presentation = presentation;
    progress.shownAt = clock.nowUtc();
    ownFailure.reset();
    // The answer to a request that nobody has seen yet is never taken for a verdict (contract 2.16).
    progress.presentation.status = PresentationStatus::Waiting;
    progress.presentation.credentials.clear();
    // A request cannot be born expired: then it is our clock that is wrong, and only the service may say "expired".
    expiryCounts = presentation.expiresAt.isValid() && poller.serverNow() < presentation.expiresAt;
    if (!expiryCounts)
        progress.presentation.expiresAt = {};
    progress.verdict = judge(progress.asked, progress.presentation, poller.serverNow());
    changed();
    if (over)
        return;
    if (stopped) {
        park();
        return;
    }
    poller.setExpiry(progress.presentation.expiresAt);
    poller.start();
}

void VerifyFlow::Private::look()
{
    lookContext = std::make_unique<QObject>();
    CallOptions options;
    options.context = lookContext.get();
    options.intent = progress.intent;
    api.getPresentation(options, progress.presentation.id, [this](const Outcome<Presentation> &outcome) { looked(outcome); });
}

void VerifyFlow::Private::looked(const Outcome<Presentation> &outcome)
{
    std::optional<Failure> failure;
    if (!outcome.ok())
        failure = outcome.failure();
    else if (!outcome->templateId.isEmpty() && outcome->templateId != progress.asked.id)
        failure = Failure::of(FailureKind::MalformedReply, u"the answer is to another question"_s);
    if (failure) {
        lookFailure = failure;
        poller.failed(*failure);
        changed();
        return;
    }
    Presentation presentation = *outcome;
    // The links stay as they were first given: they are on screen.
    presentation.id = progress.presentation.id;
    presentation.templateId = progress.presentation.templateId;
    presentation.authorizationRequestUri = progress.presentation.authorizationRequestUri;
    presentation.authorizationRequestQrUri = progress.presentation.authorizationRequestQrUri;
    if (!expiryCounts || !presentation.expiresAt.isValid())
        presentation.expiresAt = progress.presentation.expiresAt;
    lookFailure.reset();
    progress.lastChecked = clock.nowUtc();
    const Verdict verdict = judge(progress.asked, presentation, poller.serverNow());
    if (verdict.final || presentation.status == PresentationStatus::Answered) {
        poller.stop();
        ended(presentation, verdict);
        return;
    }
    progress.presentation = presentation;
    progress.verdict = verdict;
    poller.setExpiry(presentation.expiresAt);
    poller.answered();
    changed();
}

void VerifyFlow::Private::ended(const Presentation &presentation, const Verdict &verdict)
{
    const QDateTime seenAt = clock.nowUtc();
    // The answer may be readable only once (contract U4), so it is written down before anything shows it.
    record(requestEnd(presentation.status), answerContent(presentation, verdict), [this, presentation, verdict, seenAt] {
        progress.presentation = presentation;
        progress.verdict = verdict;
        if (presentation.status == PresentationStatus::Answered)
            progress.answeredAt = seenAt;
        progress.phase = VerifyProgress::Phase::Ended;
        progress.noConnection = false;
        ownFailure.reset();
        finish();
    });
}

void VerifyFlow::Private::park()
{
    record(JournalState::Parked, requestContent(progress.presentation), [this] { finish(); });
}

void VerifyFlow::Private::changed()
{
    if (over)
        return;
    progress.failure = ownFailure ? ownFailure : progress.noConnection ? lookFailure : std::nullopt;
    if (progress == shown)
        return;
    shown = progress;
    Q_EMIT q->progressChanged(shown);
}

void VerifyFlow::Private::finish()
{
    if (over)
        return;
    poller.stop();
    lookContext.reset();
    changed();
    over = true;
    Q_EMIT q->finished(progress);
}

VerifyFlow::VerifyFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, PresentationTemplate asked,
                       PollPlan plan, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, api, journal, clock, profile, std::move(asked), IntentId::create(), plan))
{
    d->listen();
}

void VerifyFlow::Private::listen()
{
    QObject::connect(&poller, &Poller::due, q, [this] { look(); });
    QObject::connect(&poller, &Poller::noConnectionChanged, q, [this](bool lost) {
        progress.noConnection = lost;
        changed();
    });
    QObject::connect(&poller, &Poller::expired, q, [this] {
        Presentation presentation = progress.presentation;
        presentation.status = PresentationStatus::Expired; // by its own date, though the service did not say so (C1)
        ended(presentation, judge(progress.asked, presentation, poller.serverNow()));
    });
}

VerifyFlow::~VerifyFlow()
{
    drop();
}

void VerifyFlow::start()
{
    if (!d->over && !std::exchange(d->started, true))
        d->request();
}

const VerifyProgress &VerifyFlow::progress() const
{
    return d->progress;
}

bool VerifyFlow::isOver() const
{
    return d->over;
}

void VerifyFlow::tryAgain()
{
    if (d->over || d->stopped || d->call || d->writer.isWriting())
        return;
    if (d->writer.hasUnwritten()) {
        d->ownFailure.reset();
        d->changed();
        d->writer.writeAgain();
    } else if (d->progress.phase == VerifyProgress::Phase::Failed) {
        d->request();
    }
}

void VerifyFlow::checkNow()
{
    d->poller.checkNow();
}

void VerifyFlow::push(const Person &person, QObject *context, std::function<void(Outcome<Done>)> then)
{
    CallOptions options;
    options.context = context;
    options.intent = d->progress.intent;
    d->api.pushPresentation(options, d->progress.presentation.authorizationRequestUri, normalised(person), std::move(then));
}

void VerifyFlow::stop()
{
    if (d->ahead)
        discard();
    if (d->over || std::exchange(d->stopped, true))
        return;
    d->poller.stop();
    d->lookContext.reset();
    if (d->call || d->writer.isWriting())
        return; // what is on its way is let end and written down first
    if (d->progress.phase == VerifyProgress::Phase::OnScreen && !d->writer.hasUnwritten())
        d->park();
    else
        d->finish();
}

void VerifyFlow::drop()
{
    d->over = true;
    d->writer.drop();
    d->poller.stop();
    d->call.reset();
    d->lookContext.reset();
}

void VerifyFlow::setHidden(bool hidden)
{
    d->poller.setHidden(hidden);
}

void VerifyFlow::setPollBudget(PollBudget *budget)
{
    d->poller.setBudget(budget);
}

void VerifyFlow::setClockSkew(std::function<std::optional<qint64>()> skewMs)
{
    d->poller.setClockSkew(std::move(skewMs));
}

} // namespace yoid
