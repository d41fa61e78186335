// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"

#include <QtCore/QString>

#include <functional>
#include <optional>

namespace yoid {

/// What is asked of the operating system about the disk; tests put their own answers in.
struct DiskProbe {
    /// True for NFS, SMB, FUSE and other file systems whose locks and fsync cannot be relied on.
    std::function<bool(const QString &folder)> isNetwork;
    /// Bytes that this user may still write; nothing when it cannot be told.
    std::function<std::optional<qint64>(const QString &folder)> freeBytes;

    [[nodiscard]] static DiskProbe system();
};

/// Watches, at most once a second, that there is room for the journal and that its file is still the one that was opened.
class DiskGuard final {
public:
    enum class Finding { Good, Full, FileGone };
    /// Below this nothing is written any more (reliability 3.2).
    static constexpr qint64 kLeastFree = 20LL * 1024 * 1024;

    DiskGuard(DiskProbe probe, Clock &clock);

    /// Remembers which file is watched; the next look is a fresh one.
    void watch(const QString &file);
    [[nodiscard]] Finding look();
    [[nodiscard]] bool hasRoomFor(const QString &folder, qint64 bytes) const;
    [[nodiscard]] bool isNetwork(const QString &folder) const { return m_probe.isNetwork(folder); }

private:
    DiskProbe m_probe;
    Clock &m_clock;
    QString m_file;
    QString m_identity;
    std::optional<qint64> m_lookedAtMs;
    Finding m_finding = Finding::Good;
};

} // namespace yoid
