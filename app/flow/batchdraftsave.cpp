// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchdraft_p.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace yoid {

namespace {

/// Rows of one commit.
constexpr qsizetype kRowsAtOnce = 500;
/// A full disk may have room again without anybody changing anything here.
constexpr std::chrono::milliseconds kTryAgainAfter = 5s;

} // namespace

void BatchDraft::Private::rowDirty(int index)
{
    dirty.insert(index);
    scheduleWrite();
}

void BatchDraft::Private::headDirtied()
{
    headDirty = true;
    scheduleWrite();
}

/// With the next turn of the event loop, or as soon as the store has answered what it has: so that a burst of changes becomes few
/// commits, and none of them waits for a timer.
void BatchDraft::Private::scheduleWrite()
{
    if (!open || writeIsDue || writing > 0 || (dirty.isEmpty() && !headDirty && nextUnkeyed >= rows.size()))
        return;
    writeIsDue = true;
    QMetaObject::invokeMethod(
        q,
        [this] {
            writeIsDue = false;
            if (open && writing == 0)
                write();
        },
        Qt::QueuedConnection);
}

BatchRow BatchDraft::Private::withKeys(int index) const
{
    BatchRow row = rows.at(index);
    row.personKeys = keysOf(tools(), index);
    return row;
}

void BatchDraft::Private::keyRows()
{
    if (!canChange() || checking || head.stage == BatchStage::Match || !std::exchange(keysAreDue, false))
        return;
    nextUnkeyed = 0;
    scheduleWrite();
}

BatchHead BatchDraft::Private::stamped()
{
    head.changedAt = world.clock.nowUtc();
    return head;
}

void BatchDraft::Private::write()
{
    retry->stop();
    if (std::exchange(headDirty, false)) {
        ++writing;
        world.store.put(stamped(), q, [this](const Outcome<Done> &outcome) { wrote(outcome, {}, true); });
    }
    QList<int> indexes(dirty.cbegin(), dirty.cend());
    std::sort(indexes.begin(), indexes.end());
    indexes.resize(std::min(indexes.size(), kRowsAtOnce));
    while (canChange() && dirty.size() <= indexes.size() && nextUnkeyed < rows.size() && indexes.size() < kRowsAtOnce) {
        if (!dirty.contains(nextUnkeyed))
            indexes.append(nextUnkeyed);
        ++nextUnkeyed;
    }
    if (indexes.isEmpty())
        return;
    QList<BatchRow> changed;
    changed.reserve(indexes.size());
    for (const int index : std::as_const(indexes)) {
        dirty.remove(index);
        changed.append(withKeys(index));
    }
    ++writing;
    world.store.putRows(head.id, changed, q, [this, indexes](const Outcome<Done> &outcome) { wrote(outcome, indexes, false); });
}

void BatchDraft::Private::wrote(const Outcome<Done> &outcome, const QList<int> &indexes, bool withHead)
{
    --writing;
    if (!open)
        return;
    if (outcome.ok()) {
        scheduleWrite();
        return;
    }
    headDirty = headDirty || withHead;
    dirty += QSet<int>(indexes.cbegin(), indexes.cend());
    retry->start(kTryAgainAfter);
    Q_EMIT q->saveFailed(outcome.failure());
}

/// Everything that is not on disk, without waiting for an answer: the store carries it out though nobody asks any more.
void BatchDraft::Private::writeAll()
{
    const auto nobodyAsks = [](const Outcome<Done> &) {};
    if (std::exchange(headDirty, false))
        world.store.put(stamped(), &world.store, nobodyAsks);
    QList<int> indexes(dirty.cbegin(), dirty.cend());
    std::sort(indexes.begin(), indexes.end());
    dirty.clear();
    QList<BatchRow> changed;
    for (const int index : std::as_const(indexes)) {
        changed.append(withKeys(index));
        if (changed.size() == kRowsAtOnce || index == indexes.last())
            world.store.putRows(head.id, std::exchange(changed, {}), &world.store, nobodyAsks);
    }
}

} // namespace yoid
