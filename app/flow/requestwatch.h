// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/poller.h"
#include "app/net/apiclient.h"
#include "app/store/journal.h"

#include <functional>
#include <memory>
#include <optional>

namespace yoid {

/// Presentation requests that nobody looks after any more: parked, or left by an earlier run. Each is looked at about once
/// a minute while they are few, else one every ten seconds in turn, until it has ended; an answer is judged and written down with all that was disclosed, as the flow does it.
class RequestWatch final : public QObject {
    Q_OBJECT

public:
    /// \param busy true for a check whose flow is at work
    /// \param skewMs how far this computer's wall clock is ahead of the service's
    RequestWatch(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, std::function<bool(const IntentId &)> busy,
                 std::function<std::optional<qint64>()> skewMs, QObject *parent = nullptr);

    void start();
    void stop();
    void setHidden(bool hidden);
    /// Looks at this one next, without a wait.
    void checkNow(const IntentId &intent);
    [[nodiscard]] qsizetype count() const { return m_open.size(); }

Q_SIGNALS:
    /// One has ended and that is written down.
    void ended(const yoid::IntentId &intent);

private:
    void take(const WorkRecord &record);
    void arm();
    void look();
    void ask(const WorkDetails &details);
    void seen(const WorkDetails &details, const PresentationTemplate &asked, const Outcome<Presentation> &outcome);
    void looked();

    ApiClient &m_api;
    Journal &m_journal;
    Clock &m_clock;
    Profile m_profile;
    std::function<bool(const IntentId &)> m_busy;
    std::function<std::optional<qint64>()> m_skewMs;
    std::unique_ptr<Alarm> m_alarm;
    std::unique_ptr<QObject> m_calls;   ///< Null when stopped.
    QList<IntentId> m_open;             ///< The first is looked at next.
    bool m_looking = false;
    bool m_hidden = false;
};

} // namespace yoid
