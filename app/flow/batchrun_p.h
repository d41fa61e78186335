// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/backoff.h"
#include "app/base/clock.h"
#include "app/flow/batchbreaker.h"
#include "app/flow/batchpace.h"
#include "app/flow/batchrun.h"
#include "app/flow/batchstanding.h"
#include "app/flow/batchwidth.h"
#include "app/flow/issueflow.h"
#include "app/flow/linemeter.h"
#include "app/flow/offerguard.h"
#include "app/flow/recordbook.h"
#include "app/store/batchstore.h"

#include <QtCore/QHash>
#include <QtCore/QPointer>
#include <QtCore/QSet>

#include <deque>
#include <functional>
#include <map>
#include <set>

namespace yoid {

/// What a run needs of its session.
struct BatchRunParts {
    Journal &journal;
    BatchStore &store;
    RecordBook &records;
    Clock &clock;
    /// The one place where drafts come from, for a batch whose plan is readable: what was checked is what is issued.
    std::function<std::function<IssueDraft(const BatchRow &)>(const BatchHead &)> drafting;
    /// A flow for work that was never begun; it was not started.
    std::function<IssueFlow *(const IssueDraft &, const OfferKnowledge &)> begin;
    /// The flow of work that was begun before (Session::takeUp).
    std::function<void(const IntentId &, const OfferKnowledge &, std::function<void(Outcome<IssueFlow *>)>)> takeUp;
    /// Why this person is not to be given this: other work has done so, or is about to.
    std::function<std::optional<Failure>(const IssueDraft &, const OfferKnowledge &)> refusal;
    /// The run needs this flow no longer; the journal knows where the work stands.
    std::function<void(IssueFlow *)> letGo;
    /// A harmless question to the service that did not answer.
    std::function<void(ActionKind, QObject *context, std::function<void(Outcome<Done>)>)> probe;
    /// isAtWork() is another now.
    std::function<void()> workChanged;
    std::function<double()> random;
};

/// The work behind a BatchRun: whom to take in hand next, what came of those in hand, and whether the line or the service let it go on.
class BatchRun::Private {
public:
    using State = BatchProgress::State;

    /// Somebody who is being worked on.
    struct Hand {
        QPointer<IssueFlow> flow;       ///< Null while the journal is read.
        ActionKind call = ActionKind::CreateAccount; ///< The latest one,
        qint64 sentMs = 0;              ///< and when it was begun.
        bool opening = true;            ///< The journal is being read for it.
        bool wentOn = false;            ///< Begun before, taken up now.
        bool stopped = false;           ///< By pause(): goes on when the run does.
        bool toBeLookedAt = false;      ///< Whether it is at rest is asked in a moment.
    };
    /// What one row adds to the counts.
    struct Share {
        bool account = false;
        bool offer = false;
        bool delivered = false;
        bool accepted = false;
        bool failed = false;
        bool doubtful = false;
    };

    Private(const BatchHead &batch, BatchRunParts runParts, int most);
    void attach(BatchRun *run);
    /// The session closes: silent from now on.
    void drop();

    /// A made batch in place of this one, as it was when it was read.
    struct Successor {
        int rows = 0;
        BatchPhase phase = BatchPhase::Draft;
        bool operator==(const Successor &) const = default;
    };
    /// What was read so far.
    struct Reading {
        QObject context;
        QList<BatchId> others;              ///< Still to be read.
        QHash<BatchId, Successor> successors;
        QHash<qint64, IntentId> replaced;
        QSet<qint64> taken;
        int nameless = 0;                   ///< People of successors whose line has gone with them,
        QSet<IntentId> namelessWork;        ///< and their work;
        int nobody = 0;                     ///< such people of our own.
        QList<int> forgotten;               ///< Since they were read last.
        bool rowsRead = false;
    };

    // Loading, in batchload.cpp.
    void load();
    void takeHeads(const QList<BatchHead> &heads);
    void readOther();
    void takeOthers(const BatchId &other, const QList<BatchRow> &page);
    void readRows();
    void takePage(const QList<BatchRow> &page);
    void takeAgain(int row, const BatchRow &source);
    void allRead();
    void begun();
    void lookAtAllAgain(const QList<int> &forgotten);
    [[nodiscard]] bool isTakenOver(int row) const;
    [[nodiscard]] bool isForgotten(int row) const;
    void settleHead();
    /// Nothing can be said of anybody, and so nothing is sent; readAgain() tries once more.
    void unreadable(const Failure &failure);
    void readAgain();
    void statusChanged(const JournalStatus &status);
    void headChanged(const BatchHead &changedHead);
    void readDetails();
    void takeDetails(int row, const WorkDetails &details);

    // People, in batchpeople.cpp.
    void begin(std::deque<int> people);
    void dispatch();
    void take(int row);
    void hold(int row, IssueFlow *flow);
    /// Ends the flow after its call, if it has not handed over anything.
    static void stopHand(const Hand &hand);
    void moved(int row);
    void lookWhetherAtRest(int row);
    void atRest(int row);
    /// What becomes of somebody whose flow has come to rest without a delivery.
    void notDelivered(int row, const Hand &hand, const std::optional<Failure> &failure);
    void noAnswer(int row, const Hand &hand, const Failure &failure);
    void refused(int row, const Hand &hand, const Failure &failure);
    void heard(const WorkRecord &record);
    void heardReplacement(const WorkRecord &record);
    void takeRecord(int row, const WorkRecord &record);
    /// Where this person stands, by the journal, when nobody works on them.
    void showAtRest(int row);
    void showTakenOver(int row);
    [[nodiscard]] bool canRetry(int row) const;

    // The line and the ends, in batchline.cpp.
    void exchanged(const ExchangeRecord &record);
    void awaitLine(const Failure &failure);
    void askLine();
    void lineAnswered(const Outcome<Done> &outcome);
    void goOn();
    void lookAgain();
    void halt(const Failure &failure);
    void stopWorking(bool atOnce);
    void end();
    [[nodiscard]] bool everybodyHasAnOutcome() const;
    [[nodiscard]] bool everyReasonIsKept() const;
    void writeHead();
    void setState(State to);
    [[nodiscard]] static bool isAtWork(State state);

    // Telling, in batchrun.cpp.
    [[nodiscard]] IssueDraft draftOf(int row) const;
    [[nodiscard]] OfferKnowledge knowledgeOf(int row) const;
    void changed(int row);
    void count(const Share &share, int sign);
    [[nodiscard]] Share shareOf(int row) const;
    void touch();
    void tell();
    [[nodiscard]] qint64 now() const { return parts.clock.continuousMs(); }

    BatchRun *q = nullptr;
    BatchHead head;
    BatchRunParts parts;
    QList<BatchRowProgress> rows;
    QList<BatchRow> sources;            ///< Same order; emptied of their cells when they are needed no longer.
    QList<BatchStanding> standings;
    QList<Share> shares;
    QList<int> unusedOffers;
    QHash<IntentId, int> places;
    std::function<IssueDraft(const BatchRow &)> draftFor;
    OfferKnowledge knownAtRelease;      ///< When it was released, of anybody.
    QHash<qint64, IntentId> replaced;   ///< By line: whose work this batch replaces.
    QHash<BatchId, Successor> successors; ///< Batches made in place of this one.
    QSet<qint64> takenLines;              ///< Lines of people who are in one of them: not gone on with here.
    QSet<IntentId> takenByWork;         ///< Somebody else's work has been begun in place of this.
    bool takenUnknown = false;          ///< It cannot be known any more who was taken over.
    std::deque<int> queue;              ///< Who is next.
    std::map<int, Hand> hands;
    QHash<int, QPointer<IssueFlow>> unwritten; ///< The journal would not take what they have to say; only they know it.
    std::deque<int> toRead;             ///< Whose story is still to be read.
    BatchProgress progress;
    BatchProgress told;
    std::set<int> dirty;
    BatchWidth width;
    BatchBreaker breaker;
    LineMeter line;
    BatchPace pace;
    std::unique_ptr<Alarm> telling;
    std::unique_ptr<Alarm> patience;    ///< Until the line is asked again.
    std::unique_ptr<QObject> question;  ///< Context of the question to the line.
    std::unique_ptr<QObject> loading;
    std::unique_ptr<Reading> reading;   ///< Rows are being read: nobody is taken in hand.
    std::optional<Failure> unread;      ///< Why they could not be.
    qint64 toldMs = 0;
    int waits = 0;                      ///< In a row.
    ActionKind silent = ActionKind::CreateAccount; ///< The call that had no answer.
    std::optional<Failure> haltWith;    ///< Once nobody is in hand.
    bool isLoaded = false;
    bool startWanted = false;
    bool pausing = false;
    bool storyBeingRead = false;
    bool tellingSoon = false;
    bool closed = false;
};

} // namespace yoid
