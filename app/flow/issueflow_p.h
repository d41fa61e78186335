// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/issueflow.h"
#include "app/flow/stepwriter.h"

#include <functional>
#include <memory>
#include <optional>

namespace yoid {

/// The state machine behind an IssueFlow: three calls one after the other, then tracking. Every step goes through `writer`.
class IssueFlow::Private {
public:
    /// One of the three calls: its words in the journal and where its state is shown.
    struct Stage {
        CallWords words;
        StageState IssueProgress::*shown;
        int attempt = 0; ///< Of the latest request put on the wire or about to be.
    };

    Private(IssueFlow *flow, ApiClient &apiClient, Journal &theJournal, Clock &theClock, const Profile &openProfile,
            IssueDraft issueDraft, const PollPlan &plan);
    void connectAll();

    /// Puts everything where the journal says it stands.
    void restore(const WorkDetails &details);
    /// Where the stages stand after these lines; also counts the attempts.
    void restoreStages(const QList<StoredStep> &story);
    /// Work that was cut between two steps waits for the operator there.
    void restoreRest(const WorkRecord &record);
    void fetchFirstPassword();
    /// Shows that it begins; false when nothing does.
    [[nodiscard]] bool begins();
    /// The journal may know this intent already: then it is that work, and no second one begins.
    void lookUp();
    void begun();
    void goOn();
    void goOnWithOffer();
    void goOnWithDelivery();
    void adoptOrAbandon();
    void abandonAndPrepare();
    /// The offer is there: made just now, or proved to be ours.
    void offerReady(const Issuance &issuance, const StepContent &content);
    void prepareAnew();
    /// Tells of a line that somebody else wrote about this work.
    void heard(const JournalStep &step);
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] bool isWaiting(StageState IssueProgress::*which) const;
    /// Says that what was sealed is not there any more, when it is needed and not there.
    [[nodiscard]] bool lacks(bool needed, StageState IssueProgress::*which);
    /// Says that the guard is against it.
    [[nodiscard]] bool isBarred(StageState IssueProgress::*which);

    void record(JournalState to, int attempt, const StepContent &content, const std::function<void()> &then);
    void gate(int attempt, const std::function<void(bool)> &proceed);

    // The three calls.
    void account();
    void accountReady(Outcome<AccountResult> outcome);
    void offer();
    void offered(const Outcome<Issuance> &outcome);
    void deliver();
    void delivered(const Outcome<Done> &outcome);
    /// False when the flow has been dropped meanwhile.
    [[nodiscard]] bool begin(Stage &stage);
    [[nodiscard]] CallOptions callOptions();
    void callFailed(const Failure &failure);
    /// A call that ended before its intent was written: the journal stays as it is.
    void showUnsent(const Failure &failure);
    void inDoubt(const Failure &failure);

    // Tracking.
    void track();
    void look();
    void looked(const Outcome<Issuance> &outcome);
    void tracked(const Issuance &issuance);

    void show(StageState IssueProgress::*stage, StageState state, const std::optional<Failure> &failure);
    void changed();
    void next(const std::function<void()> &step);
    void finish();

    IssueFlow *q;
    ApiClient &api;
    Journal &journal;
    Clock &clock;
    Profile profile;
    IssueDraft draft;
    StepWriter writer;
    IssueProgress progress;
    IssueProgress shown;
    std::shared_ptr<const Secret> firstPassword;
    Poller poller;
    std::unique_ptr<Alarm> pause;
    Prove prove;
    Guard guard;
    QDateTime offerSentAt;                      ///< When the latest offer call was written down.

    Stage accountStage { { JournalState::AccountIntent, JournalState::AccountUnknown, JournalState::AccountRefused,
                           JournalState::NotSent }, &IssueProgress::account };
    Stage offerStage { { JournalState::Sent, JournalState::Unknown, JournalState::Refused, JournalState::NotSent },
                       &IssueProgress::offer };
    Stage deliveryStage { { JournalState::DeliveryIntent, JournalState::DeliveryUnknown, JournalState::DeliveryFailed,
                            JournalState::DeliveryFailed }, &IssueProgress::delivery };
    Stage *stage = &accountStage;               ///< The one at work.
    StageState IssueProgress::*unwrittenAt = nullptr; ///< What waits for the journal to take a line.
    std::optional<Failure> stageFailure;
    std::optional<Failure> lookFailure;
    std::unique_ptr<QObject> call;              ///< Context of the call on its way.
    std::unique_ptr<QObject> lookContext;
    std::unique_ptr<QObject> opening;           ///< While the journal is not open yet.
    bool draftKnown = true;                     ///< Not purged or unreadable.
    int foreignLines = 0;                       ///< Heard so far.
    int accountDoubts = 0;                      ///< Since the operator last went on.
    bool accountEverDoubted = false;
    int looksAfterPartly = 0;
    bool started = false;
    bool reading = false;                       ///< The journal is asked whether it knows this intent.
    bool takenUp = false;
    bool deliverOnWord = false;                 ///< The operator asked for it, whatever the draft says.
    bool stopped = false;
    bool over = false;                          ///< Finished or dropped.
    bool dropped = false;
};

} // namespace yoid
