// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/batchrules.h"

#include <QtCore/QSet>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

Failure no(const QString &why)
{
    return Failure::of(FailureKind::InvalidInput, why);
}

/// Numbers of rows begin with 1, and one is there once.
std::optional<Failure> refusalOfNumbers(const QList<BatchRow> &rows)
{
    QSet<int> seen;
    seen.reserve(rows.size());
    for (const BatchRow &row : rows) {
        if (row.number < 1)
            return no(u"a row with the number %1"_s.arg(row.number));
        if (seen.contains(row.number))
            return no(u"row %1 twice"_s.arg(row.number));
        seen.insert(row.number);
    }
    return {};
}

std::optional<Failure> refusalOfDraftRows(const QList<BatchRow> &rows)
{
    for (const BatchRow &row : rows) {
        if (!row.intent.isEmpty())
            return no(u"row %1 has an intent before the release"_s.arg(row.number));
    }
    return refusalOfNumbers(rows);
}

bool isAllowedPhase(BatchPhase from, BatchPhase to)
{
    switch (from) {
    case BatchPhase::Draft:
        return to == BatchPhase::Draft || to == BatchPhase::Dropped;
    case BatchPhase::Released:
    case BatchPhase::Finished:
        return to == BatchPhase::Released || to == BatchPhase::Finished;
    case BatchPhase::Dropped:
        return false;
    }
    return false;
}

bool hasMoved(const BatchHead &head, const BatchHead &known)
{
    return head.origin != known.origin || head.profile != known.profile || head.environment != known.environment;
}

} // namespace

Failure refusalOfUnknownBatch()
{
    return no(u"no such batch"_s);
}

std::optional<Failure> refusalOfNewBatch(const BatchHead &head, const QList<BatchRow> &rows, const BatchHead *known)
{
    if (head.id.isEmpty())
        return no(u"a batch without an id"_s);
    if (known)
        return no(u"a second batch with this id"_s);
    if (head.phase != BatchPhase::Draft)
        return no("a new batch is a draft, not "_L1 + batchPhaseKey(head.phase));
    return refusalOfDraftRows(rows);
}

std::optional<Failure> refusalOfRows(const QList<BatchRow> &rows, const BatchHead *known)
{
    if (!known)
        return refusalOfUnknownBatch();
    if (known->phase != BatchPhase::Draft)
        return no("the rows are no longer to be changed: "_L1 + batchPhaseKey(known->phase));
    return refusalOfDraftRows(rows);
}

std::optional<Failure> refusalOfHead(const BatchHead &head, const BatchHead *known)
{
    if (!known)
        return refusalOfUnknownBatch();
    if (!isAllowedPhase(known->phase, head.phase))
        return no(u"no move from %1 to %2"_s.arg(batchPhaseKey(known->phase), batchPhaseKey(head.phase)));
    if (known->phase != BatchPhase::Draft && hasMoved(head, *known))
        return no(u"a released batch stays where it belongs"_s);
    return {};
}

std::optional<Failure> refusalOfRelease(const BatchHead &head, const QList<BatchRow> &rows, const BatchHead *known)
{
    if (!known)
        return refusalOfUnknownBatch();
    if (known->phase != BatchPhase::Draft || head.phase != BatchPhase::Released)
        return no(u"no release from %1 to %2"_s.arg(batchPhaseKey(known->phase), batchPhaseKey(head.phase)));
    if (rows.isEmpty())
        return no(u"a release of nobody"_s);
    if (hasMoved(head, *known))
        return no(u"a batch is released where it was checked"_s);
    QSet<IntentId> seen;
    seen.reserve(rows.size());
    for (const BatchRow &row : rows) {
        if (row.intent.isEmpty())
            return no(u"row %1 has no intent"_s.arg(row.number));
        if (seen.contains(row.intent))
            return refusalOfTakenIntent(row.number);
        seen.insert(row.intent);
    }
    return refusalOfNumbers(rows);
}

Failure refusalOfReleasedRow(int number)
{
    return no(u"row %1 is not there to be released"_s.arg(number));
}

Failure refusalOfTakenIntent(int number)
{
    return no(u"row %1 has the intent of another one"_s.arg(number));
}

std::optional<Failure> refusalOfRemoval(const BatchHead *known)
{
    if (!known)
        return refusalOfUnknownBatch();
    if (known->phase == BatchPhase::Released || known->phase == BatchPhase::Finished)
        return no(u"a released batch stays"_s);
    return {};
}

bool leavesPlan(const BatchHead &head)
{
    return !head.planReadable && head.plan == BatchPlan();
}

BatchHead removedBatch(const BatchHead &known)
{
    BatchHead gone = known;
    gone.phase = BatchPhase::Dropped;
    gone.rows = 0;
    gone.plan = {};
    gone.planReadable = false;
    return gone;
}

} // namespace yoid
