// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <memory>

namespace yoid {

/// The list of records as a table for other programs. The people's data is in it on purpose; passwords, links and ids of
/// the service never are. Pure, and slow for many records: for the pool.
class RecordExport final {
    Q_DECLARE_TR_FUNCTIONS(RecordExport)

public:
    [[nodiscard]] static QStringList head();
    [[nodiscard]] static QStringList fields(const WorkRecord &record);
    [[nodiscard]] static QByteArray csv(const QList<std::shared_ptr<const WorkRecord>> &records);
    /// Writes it whole or not at all.
    /// \return empty when it is written; else the system's words
    [[nodiscard]] static QString save(const QString &path, const QList<std::shared_ptr<const WorkRecord>> &records);
};

} // namespace yoid
