// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journal.h"

#include "app/store/answer.h"

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool isAllowedFirst(const JournalStep &step)
{
    switch (step.work) {
    case WorkKind::Issue:
        return step.state == JournalState::Prepared;
    case WorkKind::Verify:
        return step.state == JournalState::RequestIntent;
    }
    return false;
}

} // namespace

void MemoryJournal::append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then)
{
    const auto refuse = [&](const QString &why) {
        answerLater<Done>(context, std::move(then), Failure::of(FailureKind::Internal, why));
    };
    if (step.intent.isEmpty())
        return refuse(u"a journal step without an intent"_s);
    const auto latest = m_latest.constFind(step.intent);
    if (latest == m_latest.cend()) {
        if (!isAllowedFirst(step))
            return refuse(u"a piece of work cannot begin with %1"_s.arg(journalStateKey(step.state)));
    } else if (latest->work != step.work) {
        return refuse(u"a piece of work changed its kind at %1"_s.arg(journalStateKey(step.state)));
    } else if (!isAllowedMove(latest->state, step.state)) {
        return refuse(u"no move from %1 to %2"_s.arg(journalStateKey(latest->state), journalStateKey(step.state)));
    }
    // Taken at once, so that the next append in the same turn of the event loop is judged against this one and the order
    // is the order of the calls; told through the event loop, as the durable journal on its own thread will.
    m_latest.insert(step.intent, step);
    m_steps.append(step);
    answerLater<Done>(context, std::move(then), Done {});
    QMetaObject::invokeMethod(
        this, [this, step] { Q_EMIT committed(step); }, Qt::QueuedConnection);
}

} // namespace yoid

#include "moc_journal.cpp"
