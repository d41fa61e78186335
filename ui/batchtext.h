// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batchcheck.h"
#include "app/domain/workrecord.h"
#include "app/flow/batches.h"
#include "ui/failuretext.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// What is said about a batch that is being prepared. Whatever the file holds comes out safe to show.
class BatchText final {
    Q_DECLARE_TR_FUNCTIONS(BatchText)

public:
    /// One or two sentences with column and value.
    /// \param earlier the work that `problem.earlier` names, or null where it is not known
    [[nodiscard]] static QString of(const RowProblem &problem, const BatchPlan &plan, const WorkRecord *earlier = nullptr);
    [[nodiscard]] static QString of(const MappingProblem &problem, const BatchPlan &plan);
    [[nodiscard]] static FailureText of(const TableProblem &problem);
    [[nodiscard]] static FailureText of(const ImportFailure &failure);
    /// "E-mail", "Completed (a day)"; of Undecided and Ignored what the operator chooses them by.
    [[nodiscard]] static QString of(const ColumnTarget &target, const CredentialTemplate &credentialTemplate);
    [[nodiscard]] static QString of(PersonField field);
    /// "3 April 2026" for `03/04/2026` read in this order; empty where it is no day.
    [[nodiscard]] static QString dayOf(const QString &cell, DateOrder order, int thisYear);
    /// What proves the order, or that nothing does.
    [[nodiscard]] static QString evidence(const DateEvidence &evidence);
    /// \param line of the file
    [[nodiscard]] static QString of(const DateProof &proof, qint64 line);
    [[nodiscard]] static QString stepName(int step); ///< 0: the file, then as BatchStage.
    [[nodiscard]] static QString languageName(const QString &code);
    /// The six languages of slips and messages.
    [[nodiscard]] static QStringList languages();
};

} // namespace yoid
