// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batchcheck.h"

#include <QtCore/QHash>

namespace yoid {

class BatchDraft;

/// How many rows of a batch have a problem of each kind and no decision yet: what "all like this" would decide about. A row with
/// two problems of one kind counts once. Goes through all rows with problems when first asked after forget().
class UndecidedKinds final {
public:
    [[nodiscard]] int count(const BatchDraft &draft, RowProblem::Kind kind);
    /// Something has changed, or it is another batch.
    void forget();

private:
    QHash<RowProblem::Kind, int> m_rows;
    bool m_known = false;
};

} // namespace yoid
