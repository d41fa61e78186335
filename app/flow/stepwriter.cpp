// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/stepwriter.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

StepWriter::StepWriter(Journal &journal, Clock &clock, WorkKind work, const Profile &profile, const IntentId &intent,
                       QObject *context)
    : m_journal(journal)
    , m_clock(clock)
    , m_work(work)
    , m_profile(profile.id)
    , m_environment(profile.environment)
    , m_origin(workOrigin(profile))
    , m_intent(intent)
    , m_context(context)
{
}

void StepWriter::record(JournalState state, int attempt, const StepContent &content, const std::function<void()> &then,
                        const std::function<void(const Failure &)> &failed)
{
    append(state, attempt, content, [=, this](const Outcome<Done> &outcome) {
        if (outcome.ok()) {
            then();
            return;
        }
        m_unwritten = [=, this] { record(state, attempt, content, then, failed); };
        failed(outcome.failure());
    });
}

void StepWriter::intent(const CallWords &words, int attempt, const StepContent &content, const std::function<void(bool)> &proceed)
{
    m_intentFailure.reset();
    const bool earlierIsOpen = m_state == words.intent;
    const JournalState state = earlierIsOpen ? words.notSent : words.intent;
    const int number = earlierIsOpen ? attempt - 1 : attempt;
    StepContent repeated;
    repeated.facts.insert(fact::failure, u"repeated"_s);
    append(state, number, earlierIsOpen ? repeated : content,
           [=, this](const Outcome<Done> &outcome) {
               if (!outcome.ok()) {
                   m_intentFailure = outcome.failure();
                   proceed(false);
               } else if (earlierIsOpen) {
                   intent(words, attempt, content, proceed);
               } else {
                   proceed(true);
               }
           });
}

std::optional<Failure> StepWriter::takeIntentFailure()
{
    return std::exchange(m_intentFailure, {});
}

void StepWriter::writeAgain()
{
    if (m_unwritten)
        std::exchange(m_unwritten, {})();
}

bool StepWriter::heard(const JournalStep &step)
{
    if (step.intent != m_intent)
        return false;
    const auto own = std::find_if(m_own.cbegin(), m_own.cend(), [&](const JournalStep &mine) {
        return mine.state == step.state && mine.attempt == step.attempt && mine.at == step.at && mine.facts == step.facts;
    });
    if (own != m_own.cend()) {
        m_own.erase(own);
        return false;
    }
    if (m_state == step.state)
        return false;
    m_state = step.state;
    return true;
}

void StepWriter::append(JournalState state, int attempt, const StepContent &content,
                        const std::function<void(const Outcome<Done> &)> &then)
{
    ++m_writing;
    JournalStep step;
    step.intent = m_intent;
    step.work = m_work;
    step.state = state;
    step.attempt = attempt;
    step.at = m_clock.nowUtc();
    step.profile = m_profile;
    step.environment = m_environment;
    step.origin = m_origin;
    step.facts = content.facts;
    step.sealed = content.sealed;
    step.firstPassword = content.firstPassword;
    m_own.append(step);
    m_own.last().firstPassword.reset();
    m_own.last().sealed = {};
    m_journal.append(step, m_context, [this, state, own = m_own.last(), then](const Outcome<Done> &outcome) {
        --m_writing;
        if (m_dropped)
            return;
        if (outcome.ok())
            m_state = state;
        else
            m_own.removeOne(own);
        then(outcome);
    });
}

} // namespace yoid
