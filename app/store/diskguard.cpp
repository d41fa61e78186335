// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/diskguard.h"

#include "app/store/privatefile.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QStorageInfo>

#include <algorithm>

#if defined(Q_OS_LINUX)
#include <sys/vfs.h>
#elif defined(Q_OS_DARWIN)
#include <sys/mount.h>
#include <sys/param.h>
#endif
#if defined(Q_OS_UNIX)
#include <sys/statvfs.h>
#endif

namespace yoid {

namespace {

constexpr qint64 kLookEveryMs = 1'000;

bool isNetworkFolder([[maybe_unused]] const QString &folder)
{
#if defined(Q_OS_LINUX)
    struct statfs info {};
    if (::statfs(QFile::encodeName(folder).constData(), &info) != 0)
        return false; // whoever opens the file next says what is wrong
    // linux/magic.h and statfs(2); written out, because not every header knows all of them.
    constexpr quint32 kinds[] = {
        0x6969,     // NFS
        0x517B,     // SMB
        0xFF534D42, // CIFS
        0xFE534D42, // SMB2
        0x65735546, // FUSE: sshfs, rclone, cloud folders
        0x01021997, // 9P: folders of the host in a virtual machine
        0x786F4256, // the same of VirtualBox
        0x564C,     // NCP
        0x5346414F, // AFS
        0x6B414653, // AFS of the kernel
        0x73757245, // Coda
        0x00C36400, // Ceph
        0x0BD00BD0, // Lustre
        0x01161970, // GFS2
        0x7461636F, // OCFS2
    };
    return std::ranges::find(kinds, static_cast<quint32>(info.f_type)) != std::end(kinds);
#elif defined(Q_OS_DARWIN)
    struct statfs info {};
    return ::statfs(QFile::encodeName(folder).constData(), &info) == 0 && !(info.f_flags & MNT_LOCAL);
#else
    return folder.startsWith(QLatin1StringView("//")) || folder.startsWith(QLatin1StringView("\\\\"));
#endif
}

std::optional<qint64> freeBytesIn(const QString &folder)
{
#if defined(Q_OS_UNIX)
    struct statvfs info {};
    if (::statvfs(QFile::encodeName(folder).constData(), &info) != 0)
        return std::nullopt;
    return static_cast<qint64>(info.f_bavail) * static_cast<qint64>(info.f_frsize);
#else
    const qint64 bytes = QStorageInfo(folder).bytesAvailable();
    return bytes < 0 ? std::nullopt : std::optional(bytes);
#endif
}

} // namespace

DiskProbe DiskProbe::system()
{
    return { isNetworkFolder, freeBytesIn };
}

DiskGuard::DiskGuard(DiskProbe probe, Clock &clock)
    : m_probe(std::move(probe))
    , m_clock(clock)
{
}

void DiskGuard::watch(const QString &file)
{
    m_file = file;
    m_identity = fileIdentity(file);
    m_lookedAtMs.reset();
}

DiskGuard::Finding DiskGuard::look()
{
    const qint64 now = m_clock.continuousMs();
    if (m_lookedAtMs && now - *m_lookedAtMs < kLookEveryMs)
        return m_finding;
    m_lookedAtMs = now;
    if (fileIdentity(m_file) != m_identity)
        m_finding = Finding::FileGone;
    else
        m_finding = hasRoomFor(QFileInfo(m_file).path(), 0) ? Finding::Good : Finding::Full;
    return m_finding;
}

bool DiskGuard::hasRoomFor(const QString &folder, qint64 bytes) const
{
    const auto left = m_probe.freeBytes(folder);
    return !left || *left >= kLeastFree + bytes; // a write will tell what cannot be asked
}

} // namespace yoid
