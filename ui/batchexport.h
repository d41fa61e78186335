// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/batch.h"
#include "app/flow/batchprogress.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// What became of each person of a batch, as a table for people. Holds no password and no link.
class BatchExport final {
    Q_DECLARE_TR_FUNCTIONS(BatchExport)

public:
    [[nodiscard]] static QStringList head();
    [[nodiscard]] static QStringList fields(const BatchHead &batch, const BatchRowProgress &row);
    /// Blocks: for a worker thread. `.xlsx` is a workbook, everything else CSV.
    [[nodiscard]] static Outcome<Done> save(const QString &path, const BatchHead &batch, const QList<BatchRowProgress> &rows);
};

} // namespace yoid
