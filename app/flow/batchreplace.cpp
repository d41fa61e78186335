// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchreplace.h"

#include "app/flow/batches_p.h"
#include "app/store/answer.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// What was issued, repairs and all, as the cells to be corrected.
QStringList cellsOf(const BatchRow &row)
{
    qsizetype width = row.cells.size();
    for (auto repair = row.repaired.cbegin(); repair != row.repaired.cend(); ++repair)
        width = std::max<qsizetype>(width, repair.key() + 1);
    QStringList cells;
    for (qsizetype column = 0; column < width; ++column)
        cells.append(row.text(int(column)));
    return cells;
}

} // namespace

BatchReplacement::BatchReplacement(BatchStore &store, const Task &task, Then then, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_task(task)
    , m_then(std::move(then))
    , m_hash(std::exchange(m_task.head.fileHash, {}))
{
}

BatchReplacement::~BatchReplacement()
{
    if (!m_ended && m_rows > 0)
        m_store.remove(m_task.head.id, &m_store, [](const Outcome<Done> &) {});
}

void BatchReplacement::begin()
{
    m_store.readRows(m_task.from, this, [this](const Outcome<QList<BatchRow>> &page, bool last) {
        if (m_ended)
            return;
        if (!page.ok()) {
            end(page.failure());
            return;
        }
        take(page.value());
        m_read = m_read || last;
        if (m_read && m_writing == 0)
            seal();
    });
}

void BatchReplacement::take(const QList<BatchRow> &page)
{
    QList<BatchRow> made;
    for (const BatchRow &row : page) {
        if (!m_task.rows.contains(row.number))
            continue;
        BatchRow copy;
        copy.number = m_rows + int(made.size()) + 1;
        copy.line = row.line;
        copy.cells = cellsOf(row);
        made.append(copy);
    }
    if (made.isEmpty())
        return;
    ++m_writing;
    if (std::exchange(m_rows, m_rows + int(made.size())) > 0) {
        m_store.putRows(m_task.head.id, made, this, [this](const Outcome<Done> &outcome) { wrote(outcome); });
        return;
    }
    m_store.create(m_task.head, made, this, [this](const Outcome<BatchHead> &created) {
        if (created.ok())
            m_task.head.ordinal = created->ordinal;
        wrote(created.ok() ? Outcome<Done>(Done {}) : Outcome<Done>(created.failure()));
    });
}

void BatchReplacement::wrote(const Outcome<Done> &outcome)
{
    --m_writing;
    if (m_ended)
        return;
    if (!outcome.ok())
        end(outcome.failure());
    else if (m_read && m_writing == 0)
        seal();
}

void BatchReplacement::seal()
{
    if (m_rows == 0) {
        end(Failure::of(FailureKind::InvalidInput, u"none of these rows is in the batch"_s));
        return;
    }
    m_task.head.fileHash = m_hash;
    m_task.head.rows = m_rows;
    m_store.put(m_task.head, this, [this](const Outcome<Done> &outcome) {
        if (outcome.ok())
            end(m_task.head);
        else
            end(outcome.failure());
    });
}

void BatchReplacement::end(const Outcome<BatchHead> &outcome)
{
    if (std::exchange(m_ended, true))
        return;
    if (!outcome.ok() && m_rows > 0)
        m_store.remove(m_task.head.id, &m_store, [](const Outcome<Done> &) {});
    m_then(outcome);
    deleteLater();
}

void Batches::replace(const BatchId &batch, const QList<int> &rows, const QString &note, QObject *context,
                      std::function<void(Outcome<BatchId>)> then)
{
    const BatchHead *const earlier = find(batch);
    if (!earlier || !earlier->planReadable || earlier->phase == BatchPhase::Draft || earlier->phase == BatchPhase::Dropped) {
        answerLater<BatchId>(context, std::move(then),
                             Failure::of(FailureKind::InvalidInput, u"there is no such released batch that can be read"_s));
        return;
    }
    BatchReplacement::Task task { batch, QSet<int>(rows.cbegin(), rows.cend()), {} };
    BatchHead &head = task.head;
    head.id = BatchId::create();
    head.stage = BatchStage::Check;
    head.profile = earlier->profile;
    head.environment = earlier->environment;
    head.origin = earlier->origin;
    head.templateId = earlier->templateId;
    head.templateName = earlier->templateName;
    head.fileHash = earlier->fileHash;
    head.preparedBy = d->operatorName;
    head.createdAt = head.changedAt = d->clock.nowUtc();
    head.replaces = batch;
    head.plan = earlier->plan;
    head.plan.reason = u"corrected"_s;
    head.plan.note = note;
    head.plan.canary = {};
    head.plan.canaryAccepted = false;
    head.plan.canaryWaived = false;
    head.planReadable = true;
    d->making.insert(head.id);
    auto *const replacement = new BatchReplacement(
        d->store, task,
        [this, id = head.id, context = QPointer<QObject>(context), then = std::move(then)](const Outcome<BatchHead> &made) {
            d->making.remove(id);
            if (made.ok())
                d->take(made.value());
            if (context)
                then(made.ok() ? Outcome<BatchId>(made->id) : Outcome<BatchId>(made.failure()));
        },
        this);
    replacement->begin();
}

} // namespace yoid
