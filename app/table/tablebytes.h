// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/table/tablefile.h"

#include <QtCore/QIODevice>

#include <memory>
#include <optional>

namespace yoid {

/// The opened bytes of a table, read in pieces. Opening never waits: pipes, devices and folders are refused.
class TableBytes final {
public:
    /// What a look reads of the beginning.
    static constexpr qint64 kHead = 64LL * 1024;

    [[nodiscard]] static TableOutcome<TableBytes> open(const QString &path);
    [[nodiscard]] static TableBytes of(const QByteArray &bytes);

    /// The next bytes, none at the end. False when they cannot be read.
    [[nodiscard]] bool next(QByteArray &piece, qint64 atMost = 128LL * 1024);
    [[nodiscard]] bool seek(qint64 position);
    /// Whether the file still is as long and as old as when it was opened.
    [[nodiscard]] bool isAsOpened() const;
    /// When it was opened.
    [[nodiscard]] qint64 size() const { return m_opened.size; }
    [[nodiscard]] QIODevice &device() { return *m_device; }
    /// ReadFailed, with what the system says.
    [[nodiscard]] TableProblem problem() const;

private:
    struct State {
        qint64 size = 0;
        qint64 changedAt = 0;   ///< In nanoseconds.
        bool operator==(const State &) const = default;
    };
    TableBytes(std::unique_ptr<QIODevice> device, QString path);
    [[nodiscard]] State state() const;

    std::unique_ptr<QIODevice> m_device;
    QString m_path;             ///< Empty for what is in memory.
    State m_opened;
};

} // namespace yoid
