// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchdraft_p.h"

#include "app/flow/recordbook.h"
#include "app/store/journal.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

BatchDraft::Private::Private(const World &theWorld)
    : world(theWorld)
{
}

BatchDraft::Private::~Private()
{
    close();
}

void BatchDraft::Private::settle(BatchDraft *draft)
{
    q = draft;
    background = std::make_unique<Background>(draft);
    slices = std::make_unique<SlicedWork>(draft);
    releaseSlices = std::make_unique<SlicedWork>(draft);
    refresh = world.clock.createAlarm();
    retry = world.clock.createAlarm();
    connect(refresh.get(), &Alarm::rang, draft, [this] { refreshEarlier(); });
    connect(retry.get(), &Alarm::rang, draft, [this] { scheduleWrite(); });
}

void BatchDraft::Private::begin(const BatchHead &known)
{
    if (open || closed)
        return;
    head = known;
    open = true;
    if (!head.planReadable) {
        fail(Failure::of(FailureKind::SecretMissing, u"what was decided for this batch cannot be read"_s));
        return;
    }
    world.store.readRows(head.id, q, [this](const Outcome<QList<BatchRow>> &page, bool last) {
        if (!open || loaded)
            return;
        if (!page.ok()) {
            fail(page.failure());
            return;
        }
        take(page.value());
        if (last)
            rowsRead();
    });
}

void BatchDraft::Private::fail(const Failure &failure)
{
    // Also for whoever has only just been given the draft.
    QMetaObject::invokeMethod(q, [this, failure] { Q_EMIT q->loadFailed(failure); }, Qt::QueuedConnection);
}

void BatchDraft::Private::close()
{
    if (open)
        writeAll();
    open = false;
    closed = true;
    checking = false;
    if (cancelCheck)
        *cancelCheck = true;
    if (slices)
        slices->stop();
    if (releaseSlices)
        releaseSlices->stop();
    abandonRelease();
    if (refresh)
        refresh->stop();
    if (retry)
        retry->stop();
}

void BatchDraft::Private::headCommitted(const BatchHead &committed)
{
    if (!open)
        return;
    // What we are about to write ourselves is newer than what is on disk; a change of phase never is.
    const bool otherPhase = committed.phase != head.phase;
    const BatchHead mine = std::exchange(head, committed);
    if (!otherPhase && (headDirty || writing > 0)) {
        head.stage = mine.stage;
        head.plan = mine.plan;
        head.planReadable = mine.planReadable;
    }
    if (!(head.plan == mine.plan) || otherPhase)
        Q_EMIT q->planChanged();
}

void BatchDraft::Private::take(const QList<BatchRow> &page)
{
    for (const BatchRow &row : page) {
        while (rows.size() + 1 < row.number) { // cannot be, but a row must stand where its number says
            BatchRow gap;
            gap.number = rows.size() + 1;
            rows.append(gap);
        }
        if (row.number == rows.size() + 1)
            rows.append(row);
    }
    nextUnkeyed = rows.size();
}

void BatchDraft::Private::rowsRead()
{
    loaded = true;
    connect(&world.records, &RecordBook::changed, q,
            [this](const RecordBook::Entry &entry) { recordChanged(*entry); });
    connect(&world.records, &RecordBook::loaded, q, [this] {
        if (open && coming)
            findEarlier();
    });
    check();
    Q_EMIT q->loaded();
}

BatchDraft::BatchDraft(std::unique_ptr<Private> given, QObject *parent)
    : QObject(parent)
    , d(std::move(given))
{
}

BatchDraft::~BatchDraft() = default;

bool BatchDraft::isLoaded() const
{
    return d->loaded;
}

const BatchHead &BatchDraft::head() const
{
    return d->head;
}

const BatchPlan &BatchDraft::plan() const
{
    return d->head.plan;
}

int BatchDraft::rowCount() const
{
    return d->rows.size();
}

const BatchRow &BatchDraft::row(int index) const
{
    return d->rows.at(index);
}

void BatchDraft::setMapping(const BatchMapping &mapping)
{
    if (!d->canChange() || d->head.plan.mapping == mapping)
        return;
    d->head.plan.mapping = mapping;
    d->forgetTrial();
    d->keysAreDue = true;
    d->headDirtied();
    d->check();
    Q_EMIT planChanged();
}

QList<MappingProblem> BatchDraft::mappingProblems() const
{
    return problemsOf(d->head.plan.mapping, d->head.plan.credentialTemplate, dateEvidence().mustAsk());
}

DateEvidence BatchDraft::dateEvidence() const
{
    return d->checked ? d->checked->evidence : DateEvidence();
}

QList<DateProof> BatchDraft::dateProofs() const
{
    return d->checked ? d->checked->proofs : QList<DateProof>();
}

void BatchDraft::setDeliver(bool deliver)
{
    if (!d->canChange() || d->head.plan.deliverToWallet == deliver)
        return;
    d->head.plan.deliverToWallet = deliver;
    d->headDirtied();
    Q_EMIT planChanged();
}

void BatchDraft::setSlipLanguage(const QString &language)
{
    if (!d->canChange() || d->head.plan.slipLanguage == language)
        return;
    d->head.plan.slipLanguage = language;
    d->headDirtied();
    Q_EMIT planChanged();
}

void BatchDraft::setStage(BatchStage stage)
{
    if (!d->open || d->frozen || d->head.stage == stage)
        return;
    d->head.stage = stage;
    d->headDirtied();
    d->keyRows();
}

bool BatchDraft::isChecking() const
{
    return d->checking;
}

BatchDraft::Counts BatchDraft::counts() const
{
    return d->counts;
}

RowClass BatchDraft::classOf(int index) const
{
    if (d->head.phase == BatchPhase::Released || d->head.phase == BatchPhase::Finished)
        return d->rows.at(index).intent.isEmpty() ? RowClass::Skip : RowClass::Ready;
    return d->checked ? d->checked->classes[size_t(index)] : RowClass::Fix;
}

QList<RowProblem> BatchDraft::problems(int index) const
{
    return d->checked ? d->checked->problems(index) : QList<RowProblem>();
}

const QList<int> &BatchDraft::rowsWithProblems() const
{
    static const QList<int> none;
    return d->checked ? d->checked->marked : none;
}

Person BatchDraft::personOf(int index) const
{
    return d->tools().draftOf(d->rows.at(index)).person;
}

void BatchDraft::setCanary(const IntentId &intent, bool accepted)
{
    BatchPlan &plan = d->head.plan;
    if (!d->canChange() || (plan.canary == intent && plan.canaryAccepted == accepted))
        return;
    plan.canary = intent;
    plan.canaryAccepted = accepted;
    plan.canaryWaived = false;
    d->headDirtied();
    Q_EMIT planChanged();
}

void BatchDraft::waiveCanary(const QString &why)
{
    if (!d->canChange() || d->head.plan.canaryWaived)
        return;
    d->head.plan.canaryWaived = true;
    if (!why.isEmpty() && !d->head.plan.note.contains(why))
        d->head.plan.note += d->head.plan.note.isEmpty() ? why : u"; " + why;
    d->headDirtied();
    Q_EMIT planChanged();
}

} // namespace yoid
