// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchdraft_p.h"

#include "app/store/answer.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// As large a request as any service takes in one piece.
constexpr qsizetype kLargestBody = 1024 * 1024;
/// As long as real ones are; what is in it does not matter.
const QString &sampleOffer()
{
    static const QString offer
        = u"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Frehearsal.invalid%2Foffers%2F00000000-0000-0000-0000-000000000000"_s;
    return offer;
}

/// For a thread of the pool.
DryRun rehearsed(const BatchRows &rows, const QList<int> &ready, const BatchPlan &plan, int thisYear)
{
    const RowChecker checker(plan, thisYear);
    DryRun found;
    for (const int index : ready) {
        IssueDraft draft = checker.draftOf(rows.at(index));
        draft.deliverToWallet = plan.deliverToWallet;
        QList<QByteArray> bodies { accountRequestBody(draft.person), issuanceRequestBody(draft) };
        if (plan.deliverToWallet)
            bodies.append(deliveryRequestBody(sampleOffer(), draft.person));
        bool fits = true;
        for (const QByteArray &body : std::as_const(bodies)) {
            found.bytes += body.size();
            fits = fits && body.size() <= kLargestBody;
        }
        found.calls += int(bodies.size());
        found.tooLarge += fits ? 0 : 1;
        if (found.people++ == 0) {
            found.exampleBody = bodies.at(1);
            found.example = std::move(draft);
        }
    }
    return found;
}

Failure refused(const QString &field, const QString &why)
{
    Failure failure = Failure::of(FailureKind::InvalidInput, why);
    failure.fields = { field };
    return failure;
}

} // namespace

/// A release on its way: what of it is made so far.
struct BatchDraft::Private::Releasing {
    BatchHead head;
    QList<int> indexes;
    qsizetype next = 0;
    QList<BatchRow> rows;
    EarlierWork shown;          ///< What the operator had seen when the word was said, and decided upon.
    EarlierWork::Scope scope;
    QSet<QString> late;         ///< Who was given this credential since then.
    bool outdated = false;      ///< One of them is among the rows.
    bool sent = false;          ///< In the store's hands.
    std::unique_ptr<RowChecker> checker;
    QPointer<QObject> context;
    std::function<void(Outcome<Done>)> then;
    std::shared_ptr<BatchDraft> draft;  ///< It goes with the release, not before.
};

QList<int> BatchDraft::Private::readyRows() const
{
    QList<int> ready;
    for (int index = 0; checked && index < rows.size(); ++index) {
        if (checked->classes[size_t(index)] == RowClass::Ready)
            ready.append(index);
    }
    return ready;
}

std::optional<Failure> BatchDraft::Private::refusalOfRelease(int typedCount) const
{
    const BatchPlan &plan = head.plan;
    if (!canChange())
        return refused(u"phase"_s, u"the batch is not one that can be released"_s);
    if (checking || !checked)
        return refused(u"check"_s, u"the rows are still being checked"_s);
    if (!q->mappingProblems().isEmpty())
        return refused(u"mapping"_s, u"the columns are not all matched"_s);
    if (!plan.canary.isEmpty() && !plan.canaryAccepted && !plan.canaryWaived)
        return refused(u"canary"_s, u"the trial credential was not accepted yet"_s);
    if (counts.ready == 0)
        return refused(u"ready"_s, u"nobody is ready"_s);
    if (typedCount != counts.ready)
        return refused(u"count"_s, u"%1 people are ready, not %2"_s.arg(counts.ready).arg(typedCount));
    return std::nullopt;
}

bool BatchDraft::Private::prepareRow(const std::shared_ptr<Releasing> &work)
{
    if (work->outdated || work->next == work->indexes.size()) {
        sendRelease(work);
        return false;
    }
    const int index = work->indexes.at(work->next++);
    BatchRow row = rows.at(index);
    row.intent = IntentId::create();
    // A last look: the records may know more than when the rows were checked. What the check knew was decided upon.
    row.personKeys = keysOf(*work->checker, index);
    for (const RecordBook::Entry &entry : world.records.issuedBefore(head.origin, head.templateId, row.personKeys))
        work->outdated = work->outdated || (EarlierWork::concerns(*entry, work->scope) && !work->shown.knows(*entry));
    work->rows.append(std::move(row));
    return true;
}

void BatchDraft::Private::noteLate(const WorkRecord &record)
{
    if (releasing && countsAsIssued(record) && EarlierWork::concerns(record, releasing->scope) && !releasing->shown.knows(record))
        releasing->late += QSet<QString>(record.personKeys.cbegin(), record.personKeys.cend());
}

void BatchDraft::Private::sendRelease(const std::shared_ptr<Releasing> &work)
{
    const auto isLate = [&work](const BatchRow &row) {
        return std::any_of(row.personKeys.cbegin(), row.personKeys.cend(), [&work](const QString &key) { return work->late.contains(key); });
    };
    work->outdated = work->outdated || (!work->late.isEmpty() && std::any_of(work->rows.cbegin(), work->rows.cend(), isLate));
    if (work->outdated) {
        endRelease(work, refused(u"count"_s, u"somebody has been given this credential meanwhile"_s));
        refreshEarlier();
        return;
    }
    work->sent = true;
    writeAll(); // what was decided stands in the store before it is released
    world.store.release(work->head, work->rows, q, [this, work](const Outcome<Done> &outcome) { endRelease(work, outcome); });
}

void BatchDraft::Private::endRelease(const std::shared_ptr<Releasing> &work, const Outcome<Done> &outcome)
{
    frozen = false;
    if (outcome.ok()) {
        for (qsizetype i = 0; i < work->indexes.size(); ++i)
            rows.edit(work->indexes.at(i)).intent = work->rows.at(i).intent;
        head = work->head;
        check(); // there is nothing to check any more
    }
    releasing.reset();
    Q_EMIT q->planChanged();
    if (work->context)
        work->then(outcome);
    // Perhaps nobody else holds it any more, and we are in the middle of it.
    QMetaObject::invokeMethod(&world.store, [gone = std::exchange(work->draft, nullptr)] { Q_UNUSED(gone) }, Qt::QueuedConnection);
}

void BatchDraft::Private::abandonRelease()
{
    if (!releasing || releasing->sent)
        return;
    const std::shared_ptr<Releasing> work = std::exchange(releasing, nullptr);
    if (work->context)
        answerLater<Done>(work->context, work->then, Failure::of(FailureKind::Cancelled, u"the batch was closed before it was released"_s));
}

void BatchDraft::rehearse(QObject *context, std::function<void(const DryRun &)> then)
{
    d->background->run(
        [rows = d->rows, ready = d->readyRows(), plan = plan(), year = d->world.clock.nowUtc().date().year()] {
            return rehearsed(rows, ready, plan, year);
        },
        [context = QPointer<QObject>(context), then = std::move(then)](const DryRun &found) {
            if (context)
                then(found);
        });
}

void BatchDraft::release(int typedCount, const QString &releasedBy, QObject *context, std::function<void(Outcome<Done>)> then)
{
    if (const std::optional<Failure> refusal = d->refusalOfRelease(typedCount)) {
        answerLater<Done>(context, std::move(then), *refusal);
        return;
    }
    d->frozen = true;
    const auto work = std::make_shared<Private::Releasing>();
    work->head = d->head;
    work->head.phase = BatchPhase::Released;
    work->head.stage = BatchStage::Release;
    work->head.toIssue = d->counts.ready;
    work->head.releasedBy = releasedBy;
    work->head.releasedAt = work->head.changedAt = d->world.clock.nowUtc();
    work->indexes = d->readyRows();
    work->shown = d->shownWork;
    work->scope = d->scope();
    work->draft = shared_from_this();
    work->checker = std::make_unique<RowChecker>(d->head.plan, d->world.clock.nowUtc().date().year());
    work->context = context;
    work->then = std::move(then);
    d->releasing = work;
    d->releaseSlices->begin([this, work] { return d->prepareRow(work); });
}

bool BatchDraft::isReleasing() const
{
    return d->releasing != nullptr;
}

} // namespace yoid
