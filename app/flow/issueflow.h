// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/issueprogress.h"
#include "app/flow/poller.h"
#include "app/net/apiclient.h"
#include "app/store/journal.h"

#include <functional>
#include <memory>
#include <optional>

namespace yoid {

/// Issues one credential to one youth: account, offer, delivery, then tracking until the youth accepts or the offer ends.
/// Every step is on the journal before the wire and after it. One terminal signal; owned by the Session.
///
/// A call in doubt is settled by design decision 4: the account call is repeated (three tries), an offer is adopted on proof, else
/// abandoned and made anew when the operator goes on, a delivery repeats the same offer. What has an offer never gets a second one.
class IssueFlow final : public QObject {
    Q_OBJECT

public:
    /// \param plan how often the service is asked whether the youth has accepted
    IssueFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, IssueDraft draft,
              PollPlan plan = PollPlan::forAcceptance(), QObject *parent = nullptr);
    /// Takes up work that was begun before, where the journal says it stands; nothing is sent by that, and start() does nothing.
    IssueFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, const WorkDetails &details,
              PollPlan plan = PollPlan::forAcceptance(), QObject *parent = nullptr);
    ~IssueFlow() override;

    /// Looks whether the service proves that the offer in doubt is ours (Reconciler); answers once, with nothing for "not proved".
    using Prove = std::function<void(const IssueDraft &draft, const QDateTime &sentAt, QObject *context,
                                     std::function<void(const std::optional<Issuance> &)> then)>;
    /// Asked before an offer in doubt is abandoned; without it every one is.
    void setProof(Prove prove);

    /// Why this person is not to be given this now. Asked before the account is made, and before an offer is made or adopted: the
    /// work then waits there with that failure, and goOn() asks again.
    using Guard = std::function<std::optional<Failure>(const IssueDraft &draft)>;
    void setGuard(Guard guard);

    void start();
    /// The same for an intent that the caller knows to be new: the journal is not asked for it first (it would refuse a second
    /// beginning all the same).
    void startAfresh();
    [[nodiscard]] const IssueProgress &progress() const;
    /// The youth's first password, once; empty afterwards.
    [[nodiscard]] Secret takeFirstPassword();
    /// Goes on after a failure or a doubt: the same offer is delivered again, a refused or abandoned offer is made anew, an
    /// account call is repeated. Does nothing when there is nothing to go on with.
    void goOn();
    /// Delivers the same offer once more, on the operator's word; also when it was delivered before. Nothing without an offer.
    void deliverAgain();
    /// A call or a line of the journal is on its way, or a repeat is about to be.
    [[nodiscard]] bool isBusy() const;
    /// goOn() can still do something: it was not stopped and has not ended.
    [[nodiscard]] bool canGoOn() const;
    /// Busy, or asking the service about its offer: nobody else need do so.
    [[nodiscard]] bool isAtWork() const;
    /// Looks at the service now instead of at the next poll.
    void checkNow();
    /// Stops tracking; the offer stays as it is. A call on its way is let end and written down first, none follows it.
    void stop();
    /// Lets go of everything at once and is silent from now on: the session closes. The journal tells where the work stood.
    void drop();
    void setHidden(bool hidden);
    /// Shared with the other flows of the session; must outlive this.
    void setPollBudget(PollBudget *budget);

Q_SIGNALS:
    void progressChanged(const yoid::IssueProgress &progress);
    void finished(const yoid::IssueProgress &progress);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
