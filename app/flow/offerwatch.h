// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/poller.h"
#include "app/net/apiclient.h"
#include "app/store/journal.h"

#include <functional>
#include <memory>

namespace yoid {

/// The polite refresh of all offers that are out (product 2.8): what became of each is asked in growing steps, what is on the
/// screen first, one question at a time and two in a second at most, and written onto the journal. Covers every isTracked()
/// record of the open profile's origin that no flow of its own looks after, however many there are.
///
/// Says nothing while there is no connection or the journal takes no lines, waits as long as the service wants it to, and asks
/// four times less often behind a hidden window.
class OfferWatch final : public QObject {
    Q_OBJECT

public:
    /// \param plan the steps for one offer since it last changed or somebody last asked
    /// \param random numbers in [0, 1); a test gives its own
    OfferWatch(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, PollPlan plan = PollPlan::forAcceptance(),
               Poller::Random random = {}, QObject *parent = nullptr);
    ~OfferWatch() override;

    /// Shared with the pollers of the session, which go first; must outlive this.
    void setBudget(PollBudget *budget);
    /// True for work that a flow of its own looks after just now.
    void setBusy(std::function<bool(const IntentId &)> busy);
    /// Begins with everything the journal has.
    void start();
    /// Silent from now on; a line on its way is still written.
    void stop();

    /// What is on the screen, in its order; replaces what was said before.
    void watchFirst(const QList<IntentId> &visible);
    /// Asks now, also about work that has come to its end (an accepted credential may have been revoked elsewhere), and also
    /// while there seems to be no connection.
    void checkNow(const IntentId &intent);
    void setHidden(bool hidden);
    /// On a line that is paid by the byte only checkNow() asks.
    void setMetered(bool metered);
    /// The line came back: what waits for it need not sit out its wait.
    void lookAgain();

    [[nodiscard]] bool noConnection() const;
    /// Offers it looks after.
    [[nodiscard]] qsizetype count() const;

Q_SIGNALS:
    void noConnectionChanged(bool noConnection);
    /// The service does not know this issuance (any more). Told once in each run; it is asked about rarely from then on.
    void unknownToService(const yoid::IntentId &intent);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
