// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journal.h"

using namespace Qt::StringLiterals;

namespace yoid {

std::optional<Failure> refusalOf(const JournalStep &step, const WorkRecord *known)
{
    const auto no = [](const QString &why) { return Failure::of(FailureKind::Internal, why); };
    if (step.intent.isEmpty())
        return no(u"a journal step without an intent"_s);
    const QString word = journalStateKey(step.state);
    if (!known) {
        const JournalState first = step.work == WorkKind::Issue ? JournalState::Prepared : JournalState::RequestIntent;
        if (step.state != first)
            return no(u"a piece of work cannot begin with %1"_s.arg(word));
        return {};
    }
    if (known->work != step.work)
        return no(u"a piece of work changed its kind at %1"_s.arg(word));
    if (known->profile != step.profile || known->origin != step.origin)
        return no(u"a piece of work changed its profile at %1"_s.arg(word));
    if (!isAllowedMove(known->state, step.state))
        return no(u"no move from %1 to %2"_s.arg(journalStateKey(known->state), word));
    return {};
}

Failure refusalOfAttempt(const JournalStep &step)
{
    return Failure::of(FailureKind::Internal, u"a second %1 with the number %2"_s.arg(journalStateKey(step.state)).arg(step.attempt));
}

Failure refusalOfIssuance(const JournalStep &step)
{
    return Failure::of(FailureKind::Internal, u"%1 with an issuance that other work has"_s.arg(journalStateKey(step.state)));
}

} // namespace yoid

#include "moc_journal.cpp"
