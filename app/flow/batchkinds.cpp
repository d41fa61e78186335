// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchkinds.h"

#include "app/flow/batchdraft.h"

#include <QtCore/QSet>

namespace yoid {

int UndecidedKinds::count(const BatchDraft &draft, RowProblem::Kind kind)
{
    if (!m_known) {
        for (const int index : draft.rowsWithProblems()) {
            if (draft.row(index).choice != RowChoice::None)
                continue;
            QSet<RowProblem::Kind> seen;
            const QList<RowProblem> problems = draft.problems(index);
            for (const RowProblem &problem : problems)
                seen.insert(problem.kind);
            for (const RowProblem::Kind one : std::as_const(seen))
                ++m_rows[one];
        }
        m_known = true;
    }
    return m_rows.value(kind);
}

void UndecidedKinds::forget()
{
    m_rows.clear();
    m_known = false;
}

} // namespace yoid
