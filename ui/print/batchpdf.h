// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batch.h"
#include "app/flow/batchprogress.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// One page for the file: what was issued, where, by whom, when, how many, from which file. No name of a youth and no password.
class BatchPdf final {
    Q_DECLARE_TR_FUNCTIONS(BatchPdf)

public:
    struct Facts {
        BatchHead head;
        BatchProgress progress;
        QString organisation;
        int ordinalOfReplaced = 0;  ///< "Batch 7", of the batch this one replaces; 0: none.
        QDateTime now;              ///< UTC
        bool letter = false;        ///< Else A4.
    };
    /// Name and value, in the order of the page.
    [[nodiscard]] static QList<std::pair<QString, QString>> lines(const Facts &facts);
    /// Blocks for one page. \return what went wrong; empty: nothing
    [[nodiscard]] static QString save(const QString &path, const Facts &facts);
};

} // namespace yoid
