// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchdraft_p.h"

#include "app/flow/recordbook.h"
#include "app/flow/stepfacts.h"
#include "app/store/journal.h"

#include <QtCore/QElapsedTimer>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

/// What one piece of work may hold up the windows; a frame has 16 ms.
constexpr qint64 kSliceMs = 4;
/// While another batch of this template is being issued its records change all the time.
constexpr std::chrono::milliseconds kRefreshAfter = 2s;
int *countOf(BatchDraft::Counts &counts, RowClass place)
{
    switch (place) {
    case RowClass::Ready:
        return &counts.ready;
    case RowClass::Fix:
        return &counts.fix;
    case RowClass::LookAgain:
        return &counts.lookAgain;
    case RowClass::Skip:
        break;
    }
    return &counts.skip;
}

} // namespace

SlicedWork::SlicedWork(QObject *context)
{
    m_timer.setInterval(0); // once in each turn of the event loop, after everything that waits
    QObject::connect(&m_timer, &QTimer::timeout, context, [this] { slice(); });
}

void SlicedWork::begin(std::function<bool()> step)
{
    m_step = std::make_shared<std::function<bool()>>(std::move(step));
    m_timer.start();
}

void SlicedWork::stop()
{
    m_timer.stop();
    m_step.reset();
}

void SlicedWork::slice()
{
    const auto step = m_step; // it may end itself, or begin another
    QElapsedTimer since;
    since.start();
    while (step && step == m_step && since.elapsed() < kSliceMs) {
        if (!(*step)() && step == m_step)
            stop();
    }
}

EarlierWork::Scope BatchDraft::Private::scope() const
{
    return { head.origin, head.templateId, head.id, world.replaced() };
}

QStringList BatchDraft::Private::keysOf(const RowChecker &checker, int index) const
{
    return personKeys(world.journal, head.origin, checker.draftOf(rows.at(index)).person);
}

const RowChecker &BatchDraft::Private::tools() const
{
    if (checked)
        return *checked->checker;
    if (!spare)
        spare = std::make_unique<RowChecker>(head.plan, world.clock.nowUtc().date().year());
    return *spare;
}

/// Begins anew with all rows; what a check under way finds counts no longer.
void BatchDraft::Private::check()
{
    if (!open || !loaded)
        return;
    if (cancelCheck)
        *cancelCheck = true;
    slices->stop();
    coming.reset();
    touched.clear();
    if (head.phase != BatchPhase::Draft) {
        showReleased();
        return;
    }
    checking = true;
    spare.reset();
    cancelCheck = std::make_shared<std::atomic_bool>(false);
    background->run(
        [shared = rows, plan = head.plan, year = world.clock.nowUtc().date().year(), cancelled = cancelCheck] {
            return checkRows(shared, plan, year, *cancelled);
        },
        [this, cancelled = cancelCheck](const std::shared_ptr<CheckedRows> &found) {
            if (*cancelled || !found)
                return;
            coming = found;
            // However long the records take: that nobody has anything is not known before.
            if (world.records.isLoaded())
                findEarlier();
            else
                world.records.load();
        });
}

/// Nothing is to be decided any more: who was released is on the way, everybody else was left out.
void BatchDraft::Private::showReleased()
{
    checking = false;
    counts = {};
    for (int index = 0; index < rows.size(); ++index)
        ++(rows.at(index).intent.isEmpty() ? counts.skip : counts.ready);
    QMetaObject::invokeMethod(q, &BatchDraft::checked, Qt::QueuedConnection);
}

void BatchDraft::Private::findEarlier()
{
    refresh->stop();
    background->run([entries = world.records.entries(), where = scope()] { return EarlierWork(entries, where); },
                    [this, cancelled = cancelCheck](const EarlierWork &work) {
                        if (*cancelled)
                            return;
                        earlierWork = work;
                        passEarlier();
                    });
}

/// Adds what earlier work says to what is coming, or anew to what is in force.
void BatchDraft::Private::passEarlier()
{
    struct Pass {
        int next = 0;
        QHash<int, QList<RowProblem>> found;
    };
    const auto pass = std::make_shared<Pass>();
    if (earlierWork.isEmpty())
        pass->next = rows.size();
    slices->begin([this, pass] {
        if (pass->next == rows.size()) {
            adopt(pass->found);
            return false;
        }
        const int index = pass->next++;
        QList<RowProblem> found = earlierWork.of(keysOf(coming ? *coming->checker : *checked->checker, index));
        if (found.isEmpty())
            return true;
        if (!coming) {
            pass->found.insert(index, std::move(found));
            return true;
        }
        coming->earlier.insert(index, std::move(found));
        coming->sort(index, rows.at(index).choice); // nobody sees it yet
        return true;
    });
}

void BatchDraft::Private::adopt(const QHash<int, QList<RowProblem>> &earlier)
{
    if (frozen) { // a release is judged by what was shown when its word was said
        refresh->start(kRefreshAfter);
        return;
    }
    earlierIsKnown = true;
    shownWork = earlierWork;
    if (coming) {
        Background::destroy(std::exchange(checked, std::exchange(coming, nullptr)));
        const QSet<int> again = std::exchange(touched, {});
        count();
        look(QList<int>(again.cbegin(), again.cend()));
        const QList<int> concerned = checked->earlier.keys();
        for (const int index : concerned)
            settleChoice(index);
        takeProof();
        checking = false;
        keyRows();
        Q_EMIT q->checked();
        return;
    }
    const QHash<int, QList<RowProblem>> before = std::exchange(checked->earlier, earlier);
    if (before == earlier)
        return;
    for (const auto &concerned : { before.keys(), earlier.keys() }) {
        for (const int index : concerned) {
            sort(index);
            settleChoice(index);
        }
    }
    Q_EMIT q->checked();
}

/// What the file proves about its dates is so, whatever was said before (product 2.6).
void BatchDraft::Private::takeProof()
{
    if (!checked->provedOrder || head.plan.mapping.dateOrder == checked->provedOrder)
        return;
    head.plan.mapping.dateOrder = checked->provedOrder;
    forgetTrial();
    headDirtied();
    Q_EMIT q->planChanged();
}

void BatchDraft::Private::forgetTrial()
{
    head.plan.canary = {};
    head.plan.canaryAccepted = false;
    head.plan.canaryWaived = false;
}

void BatchDraft::Private::count()
{
    counts = {};
    for (const RowClass place : checked->classes)
        ++*countOf(counts, place);
}

void BatchDraft::Private::recordChanged(const WorkRecord &record)
{
    noteLate(record);
    if (open && head.phase == BatchPhase::Draft && record.origin == head.origin && record.templateId == head.templateId
        && !(record.batch == head.id) && !refresh->isActive())
        refresh->start(kRefreshAfter);
}

void BatchDraft::Private::refreshEarlier()
{
    if (!open || head.phase != BatchPhase::Draft)
        return;
    if (checking || frozen)
        refresh->start(kRefreshAfter);
    else if (checked && world.records.isLoaded())
        findEarlier();
}

void BatchDraft::Private::sort(int index)
{
    --*countOf(counts, checked->sort(index, rows.at(index).choice));
    ++*countOf(counts, checked->classes[size_t(index)]);
}

void BatchDraft::Private::settleChoice(int index)
{
    const RowChoice choice = rows.at(index).choice;
    const QList<RowProblem> now = checked->earlier.value(index);
    if ((choice != RowChoice::Keep && choice != RowChoice::IssueAgain) || now.isEmpty() || now.first().earlier == rows.at(index).decidedOn)
        return;
    BatchRow &row = rows.edit(index);
    row.choice = RowChoice::None;
    row.decidedOn = {};
    rowDirty(index);
    sort(index);
}

QSet<int> BatchDraft::Private::look(const QList<int> &indexes)
{
    if (checking)
        touched += QSet<int>(indexes.cbegin(), indexes.cend());
    if (!checked || indexes.isEmpty())
        return {};
    for (const int index : indexes) {
        checked->look(index, rows.at(index));
        if (!earlierIsKnown || earlierWork.isEmpty())
            continue;
        QList<RowProblem> earlier = earlierWork.of(keysOf(*checked->checker, index));
        if (earlier.isEmpty())
            checked->earlier.remove(index);
        else
            checked->earlier.insert(index, std::move(earlier));
    }
    QSet<int> concerned = checked->compare();
    concerned += QSet<int>(indexes.cbegin(), indexes.cend());
    for (const int index : std::as_const(concerned)) {
        sort(index);
        settleChoice(index);
    }
    return concerned;
}

} // namespace yoid
