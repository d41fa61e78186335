// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/account.h"
#include "app/domain/credentialtemplate.h"
#include "app/domain/issuance.h"
#include "app/domain/presentation.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// One sentence beside a field for each problem that is found before anything is sent.
class ProblemText final {
    Q_DECLARE_TR_FUNCTIONS(ProblemText)

public:
    [[nodiscard]] static QString of(const PersonProblem &problem);
    [[nodiscard]] static QString of(const AttributeProblem &problem);
    [[nodiscard]] static QString of(const TemplateDraftProblem &problem);
    [[nodiscard]] static QString of(const PresentationTemplateProblem &problem);
};

} // namespace yoid
