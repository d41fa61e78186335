// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/poller.h"
#include "app/flow/verifyprogress.h"
#include "app/net/apiclient.h"
#include "app/store/journal.h"

#include <memory>

namespace yoid {

/// Verifies one youth: makes a request, shows it, polls politely (reliability 5.8), judges. The first answered reply is on
/// the journal before it is shown (U4). One terminal signal; owned by the Session.
class VerifyFlow final : public QObject {
    Q_OBJECT

public:
    /// \param plan how often the service is asked whether the youth has answered
    VerifyFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, PresentationTemplate asked,
               PollPlan plan = PollPlan::forAnswer(), QObject *parent = nullptr);
    /// A request of an earlier time, made ahead or shown and left: it rests until show().
    VerifyFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, const WorkDetails &details,
               PollPlan plan = PollPlan::forAnswer(), QObject *parent = nullptr);
    ~VerifyFlow() override;

    /// Makes the request and shows it.
    void start();
    /// Makes the request ahead: it rests at Phase::Ready until show(). Nothing asks after it meanwhile.
    void prepare();
    /// Shows the request that was made ahead, or that is on its way, without asking the service anything.
    /// \param asked as it stands today: what is expected of the answer may have changed since
    void show(const PresentationTemplate &asked);
    /// The request was never shown and will not be; written down as closed. Does nothing for one that was shown.
    void discard();
    /// When the request was made; invalid: not yet. UTC
    [[nodiscard]] QDateTime madeAt() const;
    [[nodiscard]] const VerifyProgress &progress() const;
    /// Finished or dropped: nothing more will come of it.
    [[nodiscard]] bool isOver() const;
    /// Makes the request again after it failed or ended in doubt; the doubtful one is forgotten (it is harmless).
    void tryAgain();
    void checkNow();
    /// Sends the request to a known person's wallet (contract 2.23).
    void push(const Person &person, QObject *context, std::function<void(Outcome<Done>)> then);
    /// Stops looking; the request itself lives on at the service until it expires and is written down as parked.
    void stop();
    /// Lets go of everything at once and is silent from now on: the session closes.
    void drop();
    void setHidden(bool hidden);
    /// Shared with the other flows of the session; must outlive this.
    void setPollBudget(PollBudget *budget);
    /// How far this computer's wall clock is ahead of the service's, so that a wrong clock expires nothing.
    void setClockSkew(std::function<std::optional<qint64>()> skewMs);

Q_SIGNALS:
    void progressChanged(const yoid::VerifyProgress &progress);
    void finished(const yoid::VerifyProgress &progress);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
