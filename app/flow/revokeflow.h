// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/revokeprogress.h"
#include "app/net/apiclient.h"
#include "app/store/journal.h"

#include <QtCore/QHash>

#include <memory>

namespace yoid {

/// The way of taking back that worked, by workOrigin(); tried first the next time. Forgotten when the program ends.
using RevokeWays = QHash<QString, RevokeRung>;

/// Takes one credential back: up the ladder of contract C9 until the service says yes or no, then reads it back. The lines go
/// onto the journal of the issuing itself, one before each request and one after it. One terminal signal; owned by the Session.
///
/// An offer that nobody accepted yet may be taken back too; whether the service does that is not known (contract 4.2), and when
/// it will not, it says so. A doubt is settled by looking, and else by asking again: "already revoked" counts as yes.
class RevokeFlow final : public QObject {
    Q_OBJECT

public:
    /// \param details where the issuing stands now; work of another origin is refused
    /// \param note the operator's own words, sealed
    /// \param ways shared by the flows of one session; may be null, must outlive this
    RevokeFlow(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, const WorkDetails &details,
               RevokeReason reason, const QString &note, RevokeWays *ways = nullptr, QObject *parent = nullptr);
    ~RevokeFlow() override;

    void start();
    [[nodiscard]] const RevokeProgress &progress() const;
    /// Lets go of everything at once and is silent from now on: the session closes. The journal tells where the work stood.
    void drop();

Q_SIGNALS:
    void progressChanged(const yoid::RevokeProgress &progress);
    void finished(const yoid::RevokeProgress &progress);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
