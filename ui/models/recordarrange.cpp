// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/recordarrange.h"

#include "ui/models/recordwords.h"

#include <algorithm>
#include <numeric>

namespace yoid {

namespace {

void takeEntries(RecordArrangement &result, const QList<std::shared_ptr<const WorkRecord>> &entries)
{
    result.positions.reserve(entries.size());
    for (const auto &entry : entries) {
        const auto known = result.positions.constFind(entry->intent);
        if (known == result.positions.constEnd()) {
            result.positions.insert(entry->intent, result.table.size());
            result.table.append(makeRecordRow(entry));
            ++result.touched;
        } else if (result.table.at(known.value())->record != entry) {
            result.table.set(known.value(), makeRecordRow(entry));
            ++result.touched;
        }

    }
}

RecordSummary summaryOf(const RecordTable &table, const RecordQuery &query, qint64 nowMs)
{
    RecordSummary summary;
    QHash<QString, int> templates; // id → where in the list
    std::optional<Environment> environment;
    for (int position = 0; position < table.size(); ++position) {
        const RecordRow &row = *table.at(position);
        if (!query.profile.isEmpty() && row.record->profile != query.profile) {
            ++summary.elsewhere;
            continue;
        }
        ++summary.total;
        summary.needsYou += waitsForOperator(row);
        summary.overdue += isOverdue(row, nowMs);
        summary.severalEnvironments = summary.severalEnvironments || (environment && *environment != row.record->environment);
        environment = row.record->environment;
        const QString &id = row.record->templateId;
        if (id.isEmpty() || templates.contains(id))
            continue;
        templates.insert(id, int(summary.templates.size()));
        summary.templates.append({ id, recordTitle(*row.record) });
    }
    std::sort(summary.templates.begin(), summary.templates.end(),
              [](const auto &a, const auto &b) { return QString::localeAwareCompare(a.title, b.title) < 0; });
    return summary;
}

} // namespace

RecordArrangement arranged(RecordArrangeJob job)
{
    RecordArrangement result;
    result.table = std::move(job.table);
    result.positions = std::move(job.positions);
    if (!job.added.isEmpty())
        result.positions.insert(job.added);
    if (job.entries)
        takeEntries(result, *job.entries);

    if (job.sorted) {
        result.sorted = std::move(*job.sorted);
    } else {
        result.sorted.resize(result.table.size());
        std::iota(result.sorted.begin(), result.sorted.end(), 0);
        std::vector<const RecordRow *> rows;
        rows.reserve(size_t(result.table.size()));
        for (int position = 0; position < result.table.size(); ++position)
            rows.push_back(result.table.at(position).get());
        const RecordOrder before(job.query.sort, job.query.order);
        std::sort(result.sorted.begin(), result.sorted.end(),
                  [&](int a, int b) { return before(*rows[size_t(a)], *rows[size_t(b)]); });
    }

    const RecordMatcher matcher(job.query, job.nowMs);
    result.shown.reserve(result.sorted.size());
    for (const int position : std::as_const(result.sorted)) {
        if (matcher.matches(*result.table.at(position)))
            result.shown.append(position);
    }
    result.summary = job.summary ? std::move(*job.summary) : summaryOf(result.table, job.query, job.nowMs);
    return result;
}

} // namespace yoid
