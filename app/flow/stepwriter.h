// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/stepfacts.h"
#include "app/store/journal.h"

#include <functional>
#include <optional>

namespace yoid {

/// The states one kind of call is written down with.
struct CallWords {
    JournalState intent;    ///< Before the request.
    JournalState unknown;   ///< It may have been carried out, but no proper answer came.
    JournalState refused;   ///< The service said no.
    JournalState notSent;   ///< It was not carried out.
};

/// Writes the journal of one piece of work and remembers where it stands. Intents go through intent(), which is what
/// CallOptions::gate asks; results through record(). What could not be committed stays in memory until writeAgain().
/// Owned by a flow, which is also the context of all answers.
class StepWriter final {
public:
    StepWriter(Journal &journal, Clock &clock, WorkKind work, const Profile &profile, const IntentId &intent, QObject *context);

    /// Commits a step, then calls `then`. When it cannot be committed, `failed` is called instead and the step is kept.
    void record(JournalState state, int attempt, const StepContent &content, const std::function<void()> &then,
                const std::function<void(const Failure &)> &failed);
    /// Commits that a request is about to go out, then proceeds. When the request before it was refused without being carried
    /// out (a 401, a wording), that is written first.
    void intent(const CallWords &words, int attempt, const StepContent &content, const std::function<void(bool)> &proceed);

    /// Why the latest intent could not be committed; taken once.
    [[nodiscard]] std::optional<Failure> takeIntentFailure();
    [[nodiscard]] bool hasUnwritten() const { return bool(m_unwritten); }
    void writeAgain();
    /// A commit is on its way.
    [[nodiscard]] bool isWriting() const { return m_writing > 0; }
    /// The latest committed state.
    [[nodiscard]] std::optional<JournalState> state() const { return m_state; }
    /// The work was begun before and stands here.
    void resumeAt(JournalState state) { m_state = state; }
    /// Told of every line the journal has committed. True when it is of this work and somebody else wrote it (recovery, a
    /// revocation, the watch over offers): the work stands there now.
    [[nodiscard]] bool heard(const JournalStep &step);
    /// What could not be written is no longer true: somebody else's line came first.
    void forgetUnwritten() { m_unwritten = {}; }
    /// Answers that come from now on are not passed on.
    void drop() { m_dropped = true; }

private:
    void append(JournalState state, int attempt, const StepContent &content, const std::function<void(const Outcome<Done> &)> &then);

    Journal &m_journal;
    Clock &m_clock;
    WorkKind m_work;
    ProfileId m_profile;
    Environment m_environment;
    QString m_origin;
    IntentId m_intent;
    QObject *m_context;
    std::optional<JournalState> m_state;
    std::optional<Failure> m_intentFailure;
    QList<JournalStep> m_own;           ///< Given to the journal and not yet told as committed.
    std::function<void()> m_unwritten;
    int m_writing = 0;
    bool m_dropped = false;
};

} // namespace yoid
