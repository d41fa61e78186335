// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/recordtable.h"

namespace yoid {

/// What the filters want to know of all records in sight of the profile choice.
struct RecordSummary {
    struct Template {
        QString id;
        QString title;
        bool operator==(const Template &) const = default;
    };
    int total = 0;              ///< Of the chosen profile, or of all.
    int elsewhere = 0;          ///< Of other profiles, hidden by the choice.
    int needsYou = 0;
    int overdue = 0;
    bool severalEnvironments = false;
    QList<Template> templates;  ///< Each once, by title.

    bool operator==(const RecordSummary &) const = default;
};

/// Everything one run on the pool needs; its own or immutable.
struct RecordArrangeJob {
    RecordTable table;
    QHash<IntentId, int> positions;     ///< Where each record stands in the table.
    QHash<IntentId, int> added;         ///< The same, of those that came later.
    std::optional<QList<std::shared_ptr<const WorkRecord>>> entries;  ///< All records anew: known ones replaced, others appended.
    std::optional<QList<int>> sorted;   ///< All positions in the wanted order, where that is known already.
    std::optional<RecordSummary> summary;   ///< Where nothing that it counts has changed.
    RecordQuery query;
    qint64 nowMs = 0;
};

struct RecordArrangement {
    RecordTable table;
    QHash<IntentId, int> positions;
    QList<int> sorted;                  ///< All positions in the order of the query.
    QList<int> shown;                   ///< Those that match.
    RecordSummary summary;
    int touched = 0;                    ///< Rows replaced or appended.
};

/// Pure and slow; for the pool.
[[nodiscard]] RecordArrangement arranged(RecordArrangeJob job);

} // namespace yoid
