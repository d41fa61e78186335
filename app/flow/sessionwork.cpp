// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/session.h"

#include "app/flow/duplicatelookup.h"
#include "app/flow/session_p.h"
#include "app/flow/stepfacts.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Says no to everything that would follow, too.
bool concernsEverything(const Failure &failure)
{
    using enum FailureKind;
    switch (failure.kind) {
    case AddressRefused:
    case NameNotFound:
    case ConnectionRefused:
    case TlsRefused:
    case ProxyRefused:
    case SecretRefused:
    case TokenUnavailable:
    case SecretMissing:
    case SecretLocked:
    case KeychainUnavailable:
    case KeychainWedged:
    case RateLimited:
        return true;
    case InvalidInput:
    case AlreadyGiven:
    case Replaced:
    case Cancelled:
    case ConnectionLost:
    case Timeout:
    case RedirectRefused:
    case NotTheApi:
    case TooLarge:
    case MalformedReply:
    case Unauthorized:
    case Forbidden:
    case NotFound:
    case Conflict:
    case Rejected:
    case ServerError:
    case StorageFailed:
    case Internal:
        return false;
    }
    return false;
}

} // namespace

RecordBook &Session::Private::recordBook()
{
    if (records)
        return *records;
    if (!ownRecords)
        ownRecords = std::make_unique<RecordBook>(journal);
    return *ownRecords;
}

OfferKnowledge Session::Private::knowledgeOf(const IssueDraft &draft)
{
    OfferKnowledge knowledge;
    knowledge.until = clock.nowUtc();
    const QString origin = workOrigin(profile);
    const RecordBook &book = recordBook();
    knowledge.ofEarlier = !book.isLoaded();
    const QList<RecordBook::Entry> given
        = book.issuedBefore(origin, draft.credentialTemplate.id.text, personKeys(journal, origin, normalised(draft.person)));
    for (const RecordBook::Entry &entry : given)
        knowledge.work.insert(entry->intent);
    return knowledge;
}

void Session::Private::keep(IssueFlow *flow, const OfferKnowledge &knowledge)
{
    const IntentId intent = flow->progress().intent;
    issues.insert(intent, flow);
    flow->setPollBudget(&budget);
    flow->setHidden(hidden);
    flow->setProof([this](const IssueDraft &draft, const QDateTime &sentAt, QObject *context, auto then) {
        reconciler.proveIssuance(draft, sentAt, context, std::move(then));
    });
    flow->setGuard([this, knowledge](const IssueDraft &draft) { return guard.claim(draft, knowledge, recordBook()); });
    connect(flow, &IssueFlow::progressChanged, q, [this](const IssueProgress &progress) {
        if (!quiet.contains(progress.intent) || handedOut.contains(progress.intent))
            Q_EMIT q->issueProgressChanged(progress);
    });
    if (closed)
        flow->drop();
}

void Session::Private::sweep()
{
    issues.removeIf([this](const std::pair<const IntentId &, IssueFlow *&> &entry) {
        if (entry.first == latest || !entry.second->progress().ended)
            return false;
        handedOut.remove(entry.first);
        entry.second->deleteLater(); // we may be inside one of its signals
        return true;
    });
    VerifyFlow *const last = verifications.isEmpty() ? nullptr : verifications.last();
    verifications.removeIf([last](VerifyFlow *flow) {
        if (flow == last || !flow->isOver())
            return false;
        flow->deleteLater();
        return true;
    });
}

IssueFlow *Session::Private::liveFlow(const IntentId &intent) const
{
    IssueFlow *const flow = issues.value(intent);
    return flow && !flow->progress().ended ? flow : nullptr;
}

bool Session::Private::isLive(const IntentId &intent) const
{
    // While a revocation still reads (null) nothing of it is on the wire.
    return liveFlow(intent) || revocations.value(intent) || liveVerification(intent) || (ready && ready->has(intent));
}

std::optional<Failure> Session::Private::foreign(const WorkRecord &record) const
{
    if (record.profile != profile.id || record.origin != workOrigin(profile))
        return Failure::of(FailureKind::InvalidInput, u"this work belongs to another profile"_s);
    return {};
}

void Session::Private::readSettled(const IntentId &intent, const std::function<void(Outcome<WorkDetails>)> &then)
{
    journal.readDetails(intent, &calls, [=, this](const Outcome<WorkDetails> &details) {
        if (closed) {
            then(Failure::of(FailureKind::Cancelled, u"the session was closed"_s));
        } else if (!details.ok()) {
            then(details);
        } else if (const std::optional<Failure> refusal = foreign(details->record)) {
            then(*refusal);
        } else if (isIntent(details->record.state) && !isLive(intent)) {
            journal.append(crashLine(details->record, clock.nowUtc()), &calls, [=, this](const Outcome<Done> &written) {
                if (written.ok() || written.failure().kind == FailureKind::Internal) // somebody else has settled it
                    journal.readDetails(intent, &calls, then);
                else
                    then(written.failure());
            });
        } else {
            then(details);
        }
    });
}

void Session::Private::takeUp(const IntentId &intent, const std::optional<OfferKnowledge> &knowledge,
                              const std::function<void(Outcome<IssueFlow *>)> &then)
{
    readSettled(intent, [=, this](const Outcome<WorkDetails> &details) {
        IssueFlow *const live = liveFlow(intent); // perhaps made while the journal was read
        if (live && !closed) {
            then(live);
            return;
        }
        if (!details.ok() || closed) {
            then(details.ok() ? Failure::of(FailureKind::Cancelled, u"the session was closed"_s) : details.failure());
            return;
        }
        if (details->record.work != WorkKind::Issue) {
            then(Failure::of(FailureKind::InvalidInput, u"a check is not taken up"_s));
            return;
        }
        sweep();
        if (IssueFlow *const ended = issues.take(intent))
            ended->deleteLater();
        auto *const flow = new IssueFlow(api, journal, clock, profile, *details, plan(PollPlan::forAcceptance()), q);
        // The reason of a batch is that of all its people, and says nothing of what each of them had.
        const bool lookedAtEarlier = !details->record.reason.isEmpty() && details->record.batch.isEmpty();
        keep(flow, knowledge.value_or(OfferKnowledge { lookedAtEarlier, details->record.createdAt, {}, {}, {} }));
        then(flow);
    });
}

void Session::Private::goOnWithNext()
{
    if (closed || queue.isEmpty()) {
        goingOn = false;
        return;
    }
    const IntentId intent = queue.takeFirst();
    journal.readDetails(intent, &calls, [this, intent](const Outcome<WorkDetails> &details) {
        const std::optional<IssueDraft> draft
            = details.ok() ? issueDraftFromJson(details->sealed.value(fact::draft).toObject()) : std::nullopt;
        if (closed || !draft || !details->record.issuanceId.isEmpty() || liveFlow(intent)) {
            goOnWith(intent);
            return;
        }
        // No offer yet, and an earlier day's decision: the person may have been given the credential meanwhile.
        q->issuedBefore(*draft, &calls, [this, intent, record = details->record](const QList<WorkRecord> &found) {
            // What the operator knew of when giving a reason does not count.
            const bool given = std::any_of(found.begin(), found.end(), [&](const WorkRecord &other) {
                return record.reason.isEmpty() || other.createdAt > record.createdAt;
            });
            if (given)
                goOnWithNext(); // left for the operator
            else
                goOnWith(intent);
        });
    });
}

void Session::Private::goOnWith(const IntentId &intent)
{
    if (closed) {
        goingOn = false;
        return;
    }
    takeUp(intent, {}, [this](const Outcome<IssueFlow *> &taken) {
        if (!taken.ok()) {
            goOnWithNext();
            return;
        }
        IssueFlow *const flow = *taken;
        connect(flow, &IssueFlow::progressChanged, &calls, [this, held = QPointer<IssueFlow>(flow)] {
            // After whoever writes next has begun to.
            QMetaObject::invokeMethod(&calls, [this, held] { goOnWhenAtRest(held); }, Qt::QueuedConnection);
        });
        current = flow;
        flow->goOn();
        QMetaObject::invokeMethod(&calls, [this, held = QPointer<IssueFlow>(flow)] { goOnWhenAtRest(held); }, Qt::QueuedConnection);
    });
}

void Session::Private::goOnWhenAtRest(const QPointer<IssueFlow> &flow)
{
    if (!flow || flow != current || flow->isBusy())
        return;
    current.clear();
    flow->disconnect(&calls);
    const IssueProgress progress = flow->progress();
    const bool failed = progress.failure && progress.delivery != StageState::Done;
    if (failed && (concernsEverything(*progress.failure) || !journal.status().takesLines()))
        queue.clear();
    letGo(flow);
    goOnWithNext();
}

void Session::setRecords(RecordBook *records)
{
    d->records = records;
}

IssueFlow *Session::startIssue(const IssueDraft &draft)
{
    if (IssueFlow *const same = d->issues.value(draft.intent))
        return same;
    IssueDraft own = draft;
    if (own.intent.isEmpty())
        own.intent = IntentId::create();
    d->sweep();
    auto *const flow = new IssueFlow(d->api, d->journal, d->clock, d->profile, own, d->plan(PollPlan::forAcceptance()), this);
    d->latest = own.intent;
    d->handedOut.insert(own.intent);
    d->recordBook().load();
    d->keep(flow, d->knowledgeOf(own));
    flow->start();
    return flow;
}

void Session::recover()
{
    if (d->closed || std::exchange(d->recovering, true))
        return;
    d->recover();
}

void Session::Private::recover()
{
    readHeads(); // asked first, so known when the report is made
    const auto live = [this](const IntentId &intent) { return isLive(intent); };
    const auto hasRun = [this](const BatchId &batch) {
        return std::any_of(heads.cbegin(), heads.cend(), [&](const BatchHead &head) { return head.id == batch; });
    };
    recovery = std::make_unique<Recovery>(journal, clock, profile, live, hasRun);
    recovery->run([this](const Outcome<RecoveryReport> &found) {
        beginToWatch(); // looking needs no report
        if (!found.ok()) {
            recovering = false;
            recovery->setParent(q);
            recovery.release()->deleteLater(); // may be asked for again, when the journal takes lines
            return;
        }
        report = *found;
        Q_EMIT q->recovered(report);
    });
}

const RecoveryReport &Session::recovery() const
{
    return d->report;
}

void Session::takeUp(const IntentId &intent, QObject *context, std::function<void(Outcome<IssueFlow *>)> then)
{
    const auto tell = d->promised<IssueFlow *>(context, std::move(then));
    if (d->closed) {
        QMetaObject::invokeMethod(
            this, [tell] { tell(Failure::of(FailureKind::Cancelled, u"the session was closed"_s)); }, Qt::QueuedConnection);
        return;
    }
    // The journal is asked in any case, so that the answer comes through the event loop.
    d->takeUp(intent, {}, [this, tell, intent](const Outcome<IssueFlow *> &flow) {
        if (flow.ok()) {
            d->latest = intent;
            d->handedOut.insert(intent);
        }
        tell(flow);
    });
}

void Session::goOnWithAll()
{
    if (d->closed)
        return;
    QSet<IntentId> queued(d->queue.cbegin(), d->queue.cend());
    for (const QList<IntentId> &part : { d->report.unfinished, d->report.delivery }) {
        for (const IntentId &intent : part) {
            if (queued.contains(intent))
                continue;
            queued.insert(intent);
            d->queue.append(intent);
        }
    }
    if (!std::exchange(d->goingOn, true))
        d->goOnWithNext();
}

void Session::drop(const IntentId &intent, QObject *context, std::function<void(Outcome<Done>)> then)
{
    const auto tell = d->promised<Done>(context, std::move(then));
    d->readSettled(intent, [this, intent, tell](const Outcome<WorkDetails> &details) {
        if (!details.ok()) {
            tell(details.failure());
            return;
        }
        const IssueFlow *const live = d->liveFlow(intent);
        const JournalState now = details->record.state;
        const bool abandonFirst = now == JournalState::Unknown;
        if ((live && live->isBusy()) || (!abandonFirst && !isAllowedMove(now, JournalState::Dropped))) {
            tell(Failure::of(FailureKind::InvalidInput, u"this work is on its way, or an offer is out"_s));
            return;
        }
        JournalStep step = crashLine(details->record, d->clock.nowUtc());
        step.facts = {};
        const auto append = [this, step](JournalState state, const std::function<void(Outcome<Done>)> &next) {
            JournalStep line = step;
            line.state = state;
            d->journal.append(line, &d->calls, next);
        };
        if (!abandonFirst) {
            append(JournalState::Dropped, tell);
            return;
        }
        append(JournalState::Abandoned, [append, tell](const Outcome<Done> &abandoned) {
            if (abandoned.ok())
                append(JournalState::Dropped, tell);
            else
                tell(abandoned);
        });
    });
}

void Session::issuedBefore(const IssueDraft &draft, QObject *context, std::function<void(const QList<WorkRecord> &)> then)
{
    auto *const lookup = new DuplicateLookup(d->api, d->journal, d->clock, d->profile, d->recordBook(),
                                           [this](const IntentId &intent) { return d->isLive(intent); }, this);
    lookup->run(draft, [this, lookup, receiver = QPointer<QObject>(context), then](const QList<WorkRecord> &found) {
        lookup->deleteLater();
        if (receiver && !d->closed)
            then(found);
    });
}

void Session::firstPasswordHandedOver(const IntentId &intent)
{
    d->journal.dropFirstPassword(intent);
}

} // namespace yoid
