// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/recordtable.h"

#include "app/domain/foldedtext.h"
#include "ui/models/recordwords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qint64 kOverdueMs = 7LL * 24 * 3600 * 1000;

/// -1, 0, 1
int compared(const QString &a, const QString &b)
{
    const int order = QString::compare(a, b);
    return (order > 0) - (order < 0);
}

int compared(qint64 a, qint64 b)
{
    return (a > b) - (a < b);
}

} // namespace

RecordRowPtr makeRecordRow(const std::shared_ptr<const WorkRecord> &record)
{
    auto row = std::make_shared<RecordRow>();
    row->record = record;
    row->stage = stageOf(*record);
    row->personKey = foldedText(recordPerson(*record));
    row->titleKey = foldedText(recordTitle(*record));
    row->operatorKey = foldedText(record->operatorName);
    row->createdMs = record->createdAt.toMSecsSinceEpoch();
    row->checkedMs = record->lastChecked.isValid() ? record->lastChecked.toMSecsSinceEpoch() : 0;
    const Person &person = record->person;
    row->search = row->personKey + u'\n' + row->titleKey + u'\n' + row->operatorKey;
    const QStringList others { person.email,           person.username,           person.externalIdentifier,
                               record->issuanceId.text, record->credentialId.text, record->presentationId.text };
    for (const QString &other : others) {
        if (!other.isEmpty())
            row->search += u'\n' + foldedText(other);
    }
    return row;
}

void RecordTable::append(RecordRowPtr row)
{
    if (m_size % kBlock == 0) {
        m_blocks.append(QList<RecordRowPtr>());
        m_blocks.last().reserve(kBlock);
    }
    m_blocks.last().append(std::move(row));
    ++m_size;
}

bool RecordQuery::leavesOut() const
{
    return !text.trimmed().isEmpty() || !stages.isEmpty() || kind || !templateId.isEmpty() || since.isValid() || needsYou || overdue;
}

bool waitsForOperator(const RecordRow &row)
{
    return isOpen(*row.record)
        && (row.stage == WorkStage::NeedsYou || row.stage == WorkStage::InDoubt || row.stage == WorkStage::Ready);
}

bool isOverdue(const RecordRow &row, qint64 nowMs)
{
    if (row.record->work != WorkKind::Issue || row.stage != WorkStage::WaitingForYouth)
        return false;
    const QDateTime &delivered = row.record->deliveredAt;
    return nowMs - (delivered.isValid() ? delivered.toMSecsSinceEpoch() : row.createdMs) >= kOverdueMs;
}

RecordMatcher::RecordMatcher(const RecordQuery &query, qint64 nowMs)
    : m_query(query)
    , m_nowMs(nowMs)
    , m_sinceMs(query.since.isValid() ? query.since.toMSecsSinceEpoch() : 0)
    , m_words(foldedText(query.text).simplified().split(u' ', Qt::SkipEmptyParts))
{
    for (const WorkStage stage : query.stages)
        m_stages |= 1U << unsigned(stage);
}

bool RecordMatcher::matches(const RecordRow &row) const
{
    const WorkRecord &record = *row.record;
    if (m_stages != 0 && (m_stages & (1U << unsigned(row.stage))) == 0)
        return false;
    if (m_query.kind && record.work != *m_query.kind)
        return false;
    if (!m_query.profile.isEmpty() && record.profile != m_query.profile)
        return false;
    if (!m_query.templateId.isEmpty() && record.templateId != m_query.templateId)
        return false;
    if (row.createdMs < m_sinceMs)
        return false;
    if (m_query.needsYou && !waitsForOperator(row))
        return false;
    if (m_query.overdue && !isOverdue(row, m_nowMs))
        return false;
    return std::all_of(m_words.cbegin(), m_words.cend(), [&row](const QString &word) { return row.search.contains(word); });
}

bool RecordOrder::operator()(const RecordRow &a, const RecordRow &b) const
{
    int order = 0;
    switch (m_sort) {
    case RecordQuery::Sort::Person:
        order = compared(a.personKey, b.personKey);
        break;
    case RecordQuery::Sort::Title:
        order = compared(a.titleKey, b.titleKey);
        break;
    case RecordQuery::Sort::Stage:
        order = compared(qint64(a.stage), qint64(b.stage));
        break;
    case RecordQuery::Sort::Age:
        order = compared(b.createdMs, a.createdMs);
        break;
    case RecordQuery::Sort::LastChecked:
        order = compared(a.checkedMs, b.checkedMs);
        break;
    case RecordQuery::Sort::Operator:
        order = compared(a.operatorKey, b.operatorKey);
        break;
    case RecordQuery::Sort::Environment:
        order = compared(qint64(a.record->environment), qint64(b.record->environment));
        break;
    }
    if (order != 0)
        return m_descending ? order > 0 : order < 0;
    if (a.createdMs != b.createdMs)
        return a.createdMs > b.createdMs;
    return a.record->intent < b.record->intent;
}

} // namespace yoid
