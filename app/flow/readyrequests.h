// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/verifyflow.h"

#include <QtCore/QList>

#include <functional>
#include <memory>

namespace yoid {

/// Requests made ahead, so that a check shows its code the moment it is wanted, also while the line is gone (product 4.9): one for each
/// of the first checks, two for one that was used lately. They are made one at a time, replaced when taken, and closed unused after
/// 24 hours. What an earlier run of the program left is used up first. While the windows are hidden nothing new is made.
class ReadyRequests final : public QObject {
    Q_OBJECT

public:
    /// How many checks have one ready: those with a number key.
    static constexpr int kMostChecks = 9;
    static constexpr std::chrono::hours kLifetime { 24 };

    enum class State { None, Getting, Ready };

    /// Both make a flow that nobody starts; the flow belongs to this until it is taken.
    struct Makers {
        std::function<std::unique_ptr<VerifyFlow>(const PresentationTemplate &)> make;
        std::function<std::unique_ptr<VerifyFlow>(const WorkDetails &)> resume;
    };
    /// \param serverNow the service's time as far as it is known
    ReadyRequests(Journal &journal, Clock &clock, const Profile &profile, Makers makers, std::function<QDateTime()> serverNow,
                  QObject *parent = nullptr);
    ~ReadyRequests() override;

    /// Looks for what the journal has, then begins to fill.
    void start();
    /// Lets go of everything; what is ready stays in the journal for the next run.
    void stop();
    void setChecks(const QList<PresentationTemplate> &checks);
    void setHidden(bool hidden);
    /// The line is back, or there is a token again: what failed is tried at once.
    void lookAgain();

    /// The flow of a request for this check, ready or on its way; null when there is none. The caller's from now on.
    [[nodiscard]] std::unique_ptr<VerifyFlow> take(const PresentationTemplate &asked);
    [[nodiscard]] State stateOf(const PresentationTemplateId &check) const;
    /// True for work that is in hand here.
    [[nodiscard]] bool has(const IntentId &intent) const;

Q_SIGNALS:
    void changed();

private:
    struct Kept {
        PresentationTemplateId check;
        std::unique_ptr<VerifyFlow> flow;
    };

    void adopt(const QList<WorkRecord> &open);
    void close(const WorkRecord &record);
    void keep(const PresentationTemplateId &check, std::unique_ptr<VerifyFlow> flow);
    void heard(VerifyFlow *flow, const VerifyProgress &progress);
    void letGo(VerifyFlow *flow);
    /// Makes the next that is missing and closes what is too old.
    void fill();
    [[nodiscard]] bool isStale(const VerifyFlow &flow) const;
    [[nodiscard]] bool isWanted(const PresentationTemplateId &check) const;
    [[nodiscard]] const PresentationTemplate *nextMissing() const;
    void arm();

    Journal &m_journal;
    Clock &m_clock;
    Profile m_profile;
    Makers m_makers;
    std::function<QDateTime()> m_serverNow;
    std::unique_ptr<Alarm> m_alarm;
    std::unique_ptr<QObject> m_calls;       ///< Null when stopped.
    QList<PresentationTemplate> m_checks;
    std::vector<Kept> m_kept;               ///< Oldest first.
    QHash<PresentationTemplateId, qint64> m_usedMs;  ///< When a check was last used; continuous clock.
    qint64 m_notBeforeMs = 0;
    int m_failures = 0;
    int m_reading = 0;                      ///< Left by an earlier run and still being read.
    bool m_adopted = false;
    bool m_hidden = false;
};

} // namespace yoid
