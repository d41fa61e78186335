// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"

#include <QtCore/QHash>
#include <QtCore/QList>

#include <memory>
#include <optional>

namespace yoid {

/// One record with everything that searching and sorting needs, worked out once.
struct RecordRow {
    std::shared_ptr<const WorkRecord> record;
    WorkStage stage = WorkStage::Ready;
    QString search;             ///< Every searchable text, folded.
    QString personKey;          ///< Folded, for sorting; so are the next two.
    QString titleKey;
    QString operatorKey;
    qint64 createdMs = 0;
    qint64 checkedMs = 0;
};
using RecordRowPtr = std::shared_ptr<const RecordRow>;

[[nodiscard]] RecordRowPtr makeRecordRow(const std::shared_ptr<const WorkRecord> &record);

/// Many rows, copied in no time and changed in little: implicit sharing of blocks. A copy is a snapshot that a worker may
/// read while the original goes on changing.
class RecordTable final {
public:
    [[nodiscard]] int size() const { return m_size; }
    [[nodiscard]] const RecordRowPtr &at(int position) const
    {
        return m_blocks.at(position / kBlock).at(position % kBlock);
    }
    void set(int position, RecordRowPtr row) { m_blocks[position / kBlock][position % kBlock] = std::move(row); }
    void append(RecordRowPtr row);

private:
    static constexpr int kBlock = 1024;
    QList<QList<RecordRowPtr>> m_blocks;
    int m_size = 0;
};

/// What is to be seen and in which order.
struct RecordQuery {
    enum class Sort { Person, Title, Stage, Age, LastChecked, Operator, Environment };
    QString text;                       ///< As typed; every word must be found, whatever case and accents.
    QList<WorkStage> stages;            ///< Empty: all.
    std::optional<WorkKind> kind;
    QString templateId;                 ///< Empty: all.
    QDateTime since;                    ///< Begun at this moment or later; invalid: any time.
    ProfileId profile;                  ///< Empty: all.
    bool needsYou = false;              ///< Only work that waits for the operator.
    bool overdue = false;               ///< Only offers not accepted after 7 days.
    Sort sort = Sort::Age;
    Qt::SortOrder order = Qt::AscendingOrder;   ///< Of Age: youngest first.

    bool operator==(const RecordQuery &) const = default;
    /// True when rows are left out, whatever the sorting and the profile.
    [[nodiscard]] bool leavesOut() const;
};

/// Work that stands still until the operator says something. An old check that had to be looked at by hand is not.
[[nodiscard]] bool waitsForOperator(const RecordRow &row);
/// An offer that has been out for 7 days and was not accepted (product 2.8).
[[nodiscard]] bool isOverdue(const RecordRow &row, qint64 nowMs);

/// The query made ready for asking about many rows.
class RecordMatcher final {
public:
    RecordMatcher(const RecordQuery &query, qint64 nowMs);
    [[nodiscard]] bool matches(const RecordRow &row) const;

private:
    RecordQuery m_query;
    qint64 m_nowMs;
    qint64 m_sinceMs;
    QStringList m_words;
    unsigned m_stages = 0;
};

/// Strict order of two rows: by the wanted column, then newest first, then by intent, so that it is always the same.
class RecordOrder final {
public:
    RecordOrder(RecordQuery::Sort sort, Qt::SortOrder order)
        : m_sort(sort)
        , m_descending(order == Qt::DescendingOrder)
    {
    }
    [[nodiscard]] bool operator()(const RecordRow &a, const RecordRow &b) const;

private:
    RecordQuery::Sort m_sort;
    bool m_descending;
};

} // namespace yoid
