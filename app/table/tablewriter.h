// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <memory>

namespace yoid {

/// Writes a table for people: CSV (csvtext.h, formulas defused) or a workbook (texts only, so that nothing in it can be a formula
/// and leading zeros stay). Goes to a temporary file beside the target, private to the user, and takes its place only in finish().
/// Blocks: for a worker thread.
class TableWriter final {
public:
    enum class Kind { Csv, Workbook };
    /// By the ending of the name: `.xlsx` is a workbook, everything else CSV.
    [[nodiscard]] static Kind kindOf(const QString &path);
    /// The whole of it in one go; the first row has the headers.
    [[nodiscard]] static Outcome<Done> write(const QString &path, const QList<QStringList> &table);

    explicit TableWriter(const QString &path);
    ~TableWriter();

    [[nodiscard]] Outcome<Done> begin(const QStringList &headers);
    [[nodiscard]] Outcome<Done> add(const QStringList &cells);
    [[nodiscard]] Outcome<Done> finish();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
