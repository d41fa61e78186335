// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batch.h"
#include "app/flow/offerguard.h"
#include "app/flow/offerwatch.h"
#include "app/flow/reconcile.h"
#include "app/flow/recovery.h"
#include "app/flow/requestwatch.h"
#include "app/flow/revokeflow.h"
#include "app/flow/session.h"
#include "app/net/tokenmanager.h"

#include <QtCore/QHash>
#include <QtCore/QPointer>
#include <QtCore/QSet>

#include <memory>
#include <optional>
#include <utility>

namespace yoid {

struct BatchRunParts;

/// What a session consists of: its token and client, its lists, and the work in progress.
class Session::Private {
public:
    Private(Session *session, const Profile &openProfile, Transport &transport, Clock &theClock, Journal &theJournal)
        : q(session)
        , profile(openProfile)
        , clock(theClock)
        , journal(theJournal)
        , tokens(transport, theClock, openProfile)
        , api(transport, tokens, theClock, openProfile)
        , reconciler(api, theJournal, openProfile, [this] { return tokens.status().clockSkewMs; })
        , guard(theJournal, workOrigin(openProfile), [this](const IntentId &intent) {
            const IssueFlow *const flow = liveFlow(intent);
            return flow && flow->isBusy();
        })
    {
    }

    /// Loads a list unless it is being loaded already, and puts it in the place of the old one.
    template<typename T, typename Call>
    void load(ActionKind what, QList<T> &list, Call call, void (Session::*changed)())
    {
        if (closed || loading.contains(what))
            return;
        loading.insert(what);
        CallOptions options;
        options.context = &calls;
        (api.*call)(options, [this, what, &list, changed](Outcome<QList<T>> outcome) {
            loading.remove(what);
            if (closed)
                return;
            if (!outcome.ok()) {
                Q_EMIT q->loadFailed(what, outcome.failure());
                return;
            }
            list = std::move(outcome).value();
            keepUsable(list);
            Q_EMIT(q->*changed)();
        });
    }
    template<typename T>
    static void keepUsable(QList<T> &)
    {
    }
    static void keepUsable(QList<CredentialTemplate> &list) // nothing can be issued from an archived one
    {
        list.removeIf([](const CredentialTemplate &entry) { return entry.archived; });
    }

    /// An answer for somebody who may be gone by then; when the session closes first, it is Cancelled.
    template<typename T>
    std::function<void(Outcome<T>)> promised(QObject *context, std::function<void(Outcome<T>)> then)
    {
        const int number = ++lastWaiting;
        const QPointer<QObject> receiver(context);
        waiting.insert(number, [receiver, then](const Failure &failure) {
            if (receiver)
                QMetaObject::invokeMethod(receiver.data(), [then, failure] { then(failure); }, Qt::QueuedConnection);
        });
        return [this, receiver, then, number](const Outcome<T> &outcome) {
            if (waiting.remove(number) && receiver)
                then(outcome);
        };
    }

    /// Runs a create call for somebody else and puts the result in front of the list. The call goes on when `context` dies,
    /// because the service may have carried it out.
    template<typename T>
    std::function<void(Outcome<T>)> created(QList<T> &list, QObject *context, std::function<void(Outcome<T>)> then,
                                            void (Session::*changed)())
    {
        return [this, &list, changed, tell = promised<T>(context, std::move(then))](const Outcome<T> &outcome) {
            if (closed)
                return;
            if (outcome.ok()) {
                list.removeIf([&](const T &entry) { return entry.id == outcome->id; });
                list.prepend(*outcome);
                Q_EMIT(q->*changed)();
            }
            tell(outcome);
        };
    }
    [[nodiscard]] CallOptions ownCall()
    {
        CallOptions options;
        options.context = &calls;
        return options;
    }

    /// Asks the services one after the other; the first failure ends it.
    void probe(QList<ApiClient::Service> services, const std::function<void(Outcome<Done>)> &then, const CallOptions &options);

    [[nodiscard]] PollPlan plan(const PollPlan &real) const
    {
        return profile.environment == Environment::Practice ? PollPlan::forPractice() : real;
    }

    // Work, in sessionwork.cpp.
    void recover();
    [[nodiscard]] RecordBook &recordBook();
    /// Puts a flow among those at work and starts to listen to it.
    /// \param knowledge of other work for this person, when this was decided upon
    void keep(IssueFlow *flow, const OfferKnowledge &knowledge);
    /// Of somebody who decides now.
    [[nodiscard]] OfferKnowledge knowledgeOf(const IssueDraft &draft);
    /// Flows that have ended are let go, but for the latest, which may be on screen.
    void sweep();
    [[nodiscard]] IssueFlow *liveFlow(const IntentId &intent) const;
    [[nodiscard]] bool isLive(const IntentId &intent) const;
    /// Why this work is not to be touched here.
    [[nodiscard]] std::optional<Failure> foreign(const WorkRecord &record) const;
    /// Reads the work; a call of it whose answer is lost is written down as in doubt first.
    void readSettled(const IntentId &intent, const std::function<void(Outcome<WorkDetails>)> &then);
    /// \param knowledge nothing: what the journal says of it
    void takeUp(const IntentId &intent, const std::optional<OfferKnowledge> &knowledge,
                const std::function<void(Outcome<IssueFlow *>)> &then);
    /// Leaves what somebody else has given the person meanwhile.
    void goOnWithNext();
    void goOnWith(const IntentId &intent);
    void goOnWhenAtRest(const QPointer<IssueFlow> &flow);

    // Checks and requests, in sessionchecks.cpp.
    /// The list as the service has it, with what is known of it here: expectations, and the order, so that number keys stay.
    void mergeChecks(const QList<PresentationTemplate> &before);
    void checksAreKnown();
    void saveChecks();
    void beginRequests();
    void keep(VerifyFlow *flow);
    [[nodiscard]] VerifyFlow *liveVerification(const IntentId &intent) const;

    // Batches, in sessionbatches.cpp.
    /// A released batch that belongs to this profile at its origin: its work goes on with its run and with nothing else.
    [[nodiscard]] bool runsHere(const BatchHead &head) const;
    void keepHead(const BatchHead &head);
    void readHeads();
    [[nodiscard]] BatchRunParts batchParts();
    /// Drops the flow unless somebody else looks at it.
    void letGo(IssueFlow *flow);
    void batchWorkChanged();

    // Care for what was issued, in sessioncare.cpp.
    void beginToWatch();
    void beginToRevoke(const WorkDetails &details, RevokeReason reason, const QString &note);
    void revocationRefused(const IntentId &intent, const Failure &failure);

    Session *q;
    Profile profile;
    Clock &clock;
    Journal &journal;
    TokenManager tokens;
    ApiClient api;
    Reconciler reconciler;
    OfferGuard guard;
    QObject calls; ///< Context of the session's own calls.
    PollBudget budget;
    QSet<ActionKind> loading;
    QHash<int, std::function<void(const Failure &)>> waiting; ///< Whom to tell when the session closes.
    int lastWaiting = 0;
    QList<CredentialTemplate> templates;
    QList<CredentialPreset> presets;
    QList<PresentationTemplate> checks;
    QHash<PresentationTemplateId, PresentationTemplate> unlisted; ///< Expected something of, and not in the service's last list.
    QList<TrustedEntity> trustedEntities;
    QHash<IntentId, IssueFlow *> issues;
    QSet<IntentId> handedOut;           ///< Somebody else holds the flow.
    IntentId latest;
    QList<VerifyFlow *> verifications;
    CheckStore *checkStore = nullptr;
    std::unique_ptr<ReadyRequests> ready;
    QHash<IntentId, RevokeFlow *> revocations;  ///< Null while the journal is read.
    RevokeWays revokeWays;
    std::unique_ptr<OfferWatch> watch;
    std::unique_ptr<RequestWatch> requests;
    QList<IntentId> visible;
    RecordBook *records = nullptr;
    std::unique_ptr<RecordBook> ownRecords;
    RecoveryReport report;
    std::unique_ptr<Recovery> recovery;
    QList<IntentId> queue;              ///< What is still to be gone on with.
    QPointer<IssueFlow> current;        ///< The one that is being gone on with.
    bool goingOn = false;
    QHash<BatchId, BatchRun *> runs;
    QList<BatchHead> heads;             ///< Of released batches that run here, newest first.
    QHash<BatchId, BatchId> successors; ///< Batches made in place of others, and of which.
    QSet<IntentId> quiet;               ///< In hand of a run, which tells of them itself.
    StaysAwake *awake = nullptr;
    int batchWidth = 4;
    bool recovering = false;
    bool hearsOfHeads = false;
    bool hadToken = false;
    bool hidden = false;
    bool closed = false;
};

} // namespace yoid
