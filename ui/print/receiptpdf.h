// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/profile.h"
#include "app/flow/verifyprogress.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// What a receipt tells beside the verdict and its checks.
enum class ReceiptContents {
    VerdictOnly,    ///< Nothing that the youth disclosed and no name.
    Full,           ///< Every field that was disclosed, and the name on the card as it was typed.
};

/// The record of one check, on one A5 page: what was asked of whom and when, by whom, the verdict and its eight checks, and the
/// fingerprint of the service's answer as it came (product 2.11).
class ReceiptPdf final {
    Q_DECLARE_TR_FUNCTIONS(ReceiptPdf)

public:
    struct Facts {
        VerifyProgress progress;
        ReceiptContents contents = ReceiptContents::VerdictOnly;
        Environment environment = Environment::Custom;
        QString organisation;
        QString operatorName;
        QStringList issuers;    ///< Names of the trusted ones.
        QDateTime now;          ///< UTC
    };
    /// Name and value, in the order of the page.
    [[nodiscard]] static QList<std::pair<QString, QString>> lines(const Facts &facts);
    /// Blocks for one page. \return what went wrong; empty: nothing
    [[nodiscard]] static QString save(const QString &path, const Facts &facts);
};

} // namespace yoid
