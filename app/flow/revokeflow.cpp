// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/revokeflow.h"

#include "app/flow/seenstate.h"
#include "app/flow/stepwriter.h"

#include <QtCore/QList>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kLooks = 2;   // a service may need a moment; whoever watches the offers goes on after that
constexpr std::chrono::milliseconds kBetweenLooks = 3s;
constexpr CallWords kWords { JournalState::RevokeIntent, JournalState::RevokeUnknown, JournalState::RevokeRefused,
                             JournalState::RevokeRefused };

int attemptsBefore(const WorkDetails &details)
{
    int attempts = 0;
    for (const StoredStep &line : details.story) {
        if (line.step.state == JournalState::RevokeIntent)
            attempts = std::max(attempts, line.step.attempt);
    }
    return attempts;
}

/// The way that worked before has been taken away since.
bool leadsNowhere(const Failure &failure)
{
    return failure.httpStatus == 404 || failure.httpStatus == 405;
}

} // namespace

class RevokeFlow::Private {
public:
    Private(RevokeFlow *flow, ApiClient &apiClient, Journal &journal, Clock &clock, const Profile &openProfile,
            const WorkDetails &details, RevokeReason why, const QString &theNote, RevokeWays *theWays)
        : q(flow)
        , api(apiClient)
        , record(details.record)
        , origin(workOrigin(openProfile))
        , profile(openProfile.id)
        , reason(why)
        , note(theNote)
        , ways(theWays)
        , writer(journal, clock, WorkKind::Issue, openProfile, details.record.intent, flow)
        , pause(clock.createAlarm())
        , attempt(attemptsBefore(details))
    {
        progress.intent = record.intent;
        writer.resumeAt(record.state);
    }

    [[nodiscard]] std::optional<Failure> obstacle() const;
    [[nodiscard]] std::optional<RevokeRung> firstRung();
    [[nodiscard]] std::optional<RevokeRung> nextRung(RevokeRung after, bool anew) const;
    void climb(RevokeRung rung);
    void gate(RevokeRung rung, int number, const std::function<void(bool)> &proceed);
    void answered(RevokeRung rung, int attemptBefore, const Outcome<Done> &outcome);
    void write(JournalState state, const StepContent &content, const std::function<void()> &then);
    void look();
    void looked(const Outcome<Issuance> &outcome);
    void show(RevokeProgress::Phase phase, const std::optional<Failure> &failure = {});
    void end(RevokeProgress::Phase phase, const std::optional<Failure> &failure = {});

    RevokeFlow *q;
    ApiClient &api;
    WorkRecord record;
    QString origin;
    ProfileId profile;
    RevokeReason reason;
    QString note;
    RevokeWays *ways;
    StepWriter writer;
    std::unique_ptr<Alarm> pause;
    std::unique_ptr<QObject> call;  ///< Context of the request or the look on its way.
    RevokeProgress progress;
    QList<RevokeRung> tried;
    bool beganRemembered = false;
    int attempt;                    ///< Of the latest request put on the wire or about to be.
    int looks = 0;
    bool started = false;
    bool over = false;
};

std::optional<Failure> RevokeFlow::Private::obstacle() const
{
    const auto no = [](const QString &why) { return Failure::of(FailureKind::InvalidInput, why); };
    if (record.work != WorkKind::Issue || record.issuanceId.isEmpty())
        return no(u"there is no offer to take back"_s);
    if (record.origin != origin || record.profile != profile)
        return no(u"the work belongs to another profile"_s);
    if (record.state != JournalState::RevokeIntent && !isAllowedMove(record.state, JournalState::RevokeIntent))
        return no(u"nothing can be taken back from %1"_s.arg(journalStateKey(record.state)));
    return {};
}

/// Without the credential's own id only the last rung is left (dialect `old`).
std::optional<RevokeRung> RevokeFlow::Private::firstRung()
{
    if (ways && ways->contains(origin)) {
        const RevokeRung known = ways->value(origin);
        if (!revocationPath(known, record.issuanceId, record.credentialId).isEmpty()) {
            beganRemembered = true;
            return known;
        }
    }
    return nextRung(RevokeRung::Batch, true);
}

/// \param anew look from the first rung on instead of from the one after `after`
std::optional<RevokeRung> RevokeFlow::Private::nextRung(RevokeRung after, bool anew) const
{
    QList<RevokeRung> rungs = allRevokeRungs();
    if (!anew)
        rungs = rungs.mid(rungs.indexOf(after) + 1);
    for (const RevokeRung rung : std::as_const(rungs)) {
        if (!tried.contains(rung) && !revocationPath(rung, record.issuanceId, record.credentialId).isEmpty())
            return rung;
    }
    return {};
}

void RevokeFlow::Private::climb(RevokeRung rung)
{
    tried.append(rung);
    call = std::make_unique<QObject>();
    CallOptions options;
    options.context = call.get();
    options.intent = record.intent;
    options.firstAttempt = attempt + 1;
    options.gate = [this, rung](int number, const std::function<void(bool)> &proceed) { gate(rung, number, proceed); };
    api.revokeCredential(options, rung, record.issuanceId, record.credentialId,
                         [this, rung, before = attempt](const Outcome<Done> &outcome) { answered(rung, before, outcome); });
}

void RevokeFlow::Private::gate(RevokeRung rung, int number, const std::function<void(bool)> &proceed)
{
    StepContent content;
    content.facts = { { fact::reason, revokeReasonKey(reason) },
                      { fact::issuanceId, record.issuanceId.text },
                      { u"way"_s, revokeRungKey(rung) } };
    if (!note.isEmpty())
        content.sealed.insert(fact::note, note);
    writer.intent(kWords, number, content, [this, number, proceed](bool committed) {
        if (committed)
            attempt = number;
        proceed(committed);
    });
}

void RevokeFlow::Private::answered(RevokeRung rung, int attemptBefore, const Outcome<Done> &outcome)
{
    using Phase = RevokeProgress::Phase;
    call.reset();
    if (const std::optional<Failure> unwritten = writer.takeIntentFailure()) {
        end(Phase::NotSent, unwritten); // the journal said no, so nothing was sent
        return;
    }
    const bool wasSent = attempt != attemptBefore;
    if (!wasSent && writer.state() != JournalState::RevokeIntent) {
        end(Phase::NotSent, outcome.failure());
        return;
    }
    switch (judgeRevocation(rung, outcome)) {
    case RevokeVerdict::Accepted:
    case RevokeVerdict::AlreadyRevoked: {
        if (ways)
            ways->insert(origin, rung);
        StepContent content;
        content.facts = { { u"way"_s, revokeRungKey(rung) } };
        if (!outcome.ok())
            content.facts.insert(u"alreadyRevoked"_s, true);
        write(JournalState::RevokeAccepted, content, [this] {
            show(Phase::Accepted);
            look();
        });
        return;
    }
    case RevokeVerdict::NextRung:
        if (const std::optional<RevokeRung> next = nextRung(rung, beganRemembered)) {
            climb(*next);
            return;
        }
        break;
    case RevokeVerdict::Refused:
        if (beganRemembered && tried.size() == 1 && leadsNowhere(outcome.failure())) {
            ways->remove(origin);
            if (const std::optional<RevokeRung> next = nextRung(rung, true)) {
                climb(*next);
                return;
            }
        }
        break;
    case RevokeVerdict::Unknown:
        write(JournalState::RevokeUnknown, failureContent(outcome.failure()), [this, failure = outcome.failure()] {
            show(Phase::InDoubt, failure);
            look();
        });
        return;
    }
    const Phase phase = wasSent && outcome.failure().httpStatus != 0 ? Phase::Refused : Phase::NotSent;
    write(JournalState::RevokeRefused, failureContent(outcome.failure()),
          [this, phase, failure = outcome.failure()] { end(phase, failure); });
}

void RevokeFlow::Private::write(JournalState state, const StepContent &content, const std::function<void()> &then)
{
    writer.record(state, std::max(1, attempt), content, [this, then] {
        if (!over)
            then();
    }, [this](const Failure &failure) {
        // What cannot be written is not shown. Asking again does no harm, so that the work stays in doubt until then.
        end(RevokeProgress::Phase::InDoubt, failure);
    });
}

void RevokeFlow::Private::look()
{
    if (over) // who heard of the change may have closed the session
        return;
    ++looks;
    call = std::make_unique<QObject>();
    CallOptions options;
    options.context = call.get();
    options.intent = record.intent;
    api.getIssuance(options, record.issuanceId, [this](const Outcome<Issuance> &outcome) { looked(outcome); });
}

void RevokeFlow::Private::looked(const Outcome<Issuance> &outcome)
{
    using Phase = RevokeProgress::Phase;
    call.reset();
    if (outcome.ok() && outcome->status == IssuanceStatus::Revoked) {
        StepContent content;
        content.facts = seenFacts(record, *outcome);
        writer.record(JournalState::Revoked, 1, content, [this] { end(Phase::Confirmed); },
                      [this](const Failure &failure) { end(progress.phase, failure); });
    } else if (progress.phase == Phase::Accepted && looks < kLooks) {
        pause->start(kBetweenLooks);
    } else {
        end(progress.phase, progress.failure);
    }
}

void RevokeFlow::Private::show(RevokeProgress::Phase phase, const std::optional<Failure> &failure)
{
    if (over)
        return;
    RevokeProgress changed = progress;
    changed.phase = phase;
    changed.failure = failure;
    if (changed == progress)
        return;
    progress = changed;
    Q_EMIT q->progressChanged(changed);
}

void RevokeFlow::Private::end(RevokeProgress::Phase phase, const std::optional<Failure> &failure)
{
    if (over)
        return;
    over = true;
    pause->stop();
    call.reset();
    progress.phase = phase;
    progress.failure = failure;
    progress.ended = true;
    const RevokeProgress last = progress;
    Q_EMIT q->progressChanged(last);
    Q_EMIT q->finished(last);
}

RevokeFlow::RevokeFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, const WorkDetails &details,
                       RevokeReason reason, const QString &note, RevokeWays *ways, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, api, journal, clock, profile, details, reason, note, ways))
{
    connect(d->pause.get(), &Alarm::rang, this, [this] { d->look(); });
}

RevokeFlow::~RevokeFlow()
{
    drop();
}

void RevokeFlow::start()
{
    using Phase = RevokeProgress::Phase;
    if (d->over || std::exchange(d->started, true))
        return;
    if (d->record.state == JournalState::Revoked) {
        d->end(Phase::Confirmed);
        return;
    }
    if (const std::optional<Failure> why = d->obstacle()) {
        d->end(Phase::NotSent, why);
        return;
    }
    const std::optional<RevokeRung> rung = d->firstRung();
    if (!rung) {
        d->end(Phase::NotSent, Failure::of(FailureKind::InvalidInput, u"not a safe id"_s));
        return;
    }
    if (d->record.state != JournalState::RevokeIntent) {
        d->climb(*rung);
        return;
    }
    // An earlier try whose answer nobody saw; each request has its own line after it.
    StepContent content;
    content.facts = { { fact::failure, u"crash"_s } };
    d->write(JournalState::RevokeUnknown, content, [this, rung] { d->climb(*rung); });
}

const RevokeProgress &RevokeFlow::progress() const
{
    return d->progress;
}

void RevokeFlow::drop()
{
    d->over = true;
    d->writer.drop();
    d->pause->stop();
    d->call.reset();
}

} // namespace yoid
