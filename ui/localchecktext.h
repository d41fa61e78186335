// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/verdict.h"
#include "app/flow/localcheckflow.h"
#include "ui/theme.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// The words for a credential checked on this computer. Everything returned is plain text; what came from the credential is inside it as
/// visible text.
class LocalCheckText final {
    Q_DECLARE_TR_FUNCTIONS(LocalCheckText)

public:
    /// The same levels as the platform's verdict: only Genuine is green.
    [[nodiscard]] static VerdictLevel level(sdjwt::LocalVerdict verdict);
    /// The one sentence under the word.
    [[nodiscard]] static QString sentence(const sdjwt::LocalReport &report);
    /// What staff should do next.
    [[nodiscard]] static QString advice(const sdjwt::LocalReport &report);
    /// What even a green verdict does not prove.
    [[nodiscard]] static QString limits();

    /// What a line checks, as a statement that is true when the answer is yes.
    [[nodiscard]] static QString item(sdjwt::CheckItem item);
    /// `✔ yes`, `✖ no`, `? not checked`, `– does not apply`.
    [[nodiscard]] static QString answer(sdjwt::CheckAnswer answer);
    [[nodiscard]] static Tone tone(sdjwt::CheckAnswer answer);
    /// Why, or how old the information is; may be empty.
    [[nodiscard]] static QString detail(const sdjwt::LocalReport &report, const sdjwt::CheckLine &line, const QDateTime &nowUtc);
    [[nodiscard]] static QString defect(sdjwt::Defect defect);
    /// `just now`, `5 min`, `3 h`, `12 days`.
    [[nodiscard]] static QString age(const QDateTime &then, const QDateTime &nowUtc);

    /// A claim of a credential with everything inside it, as one line.
    [[nodiscard]] static QString value(const QJsonValue &value);
    /// Claims that say how the credential works and nothing about the person.
    [[nodiscard]] static bool isMachinery(const QString &claim);
};

} // namespace yoid
