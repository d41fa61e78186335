// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace yoid {

/// Files that are nobody else's business: folders of mode 0700 and files of mode 0600, of this user, no symbolic links.
/// Functions that give an int give an errno, 0 for success.

/// Why a folder that is there is not one of ours: a link, no folder, somebody else's. Empty when it is fine or not there.
[[nodiscard]] QString objectionToFolder(const QString &path);
/// The same of a file.
[[nodiscard]] QString objectionToFile(const QString &path);

/// Makes the last part of the path if it is missing and takes the rights of others away.
[[nodiscard]] int makeFolderPrivate(const QString &path);
/// An empty new file, whatever the umask; EEXIST when there is anything by that name.
[[nodiscard]] int createPrivateFile(const QString &path);
/// Takes the rights of others away; no error when there is no such file.
[[nodiscard]] int makeFilePrivate(const QString &path);

/// Whether this user may write there, as far as it can be told without trying: rights, read-only mounts.
[[nodiscard]] bool mayWrite(const QString &path);
/// -1 when there is no such file.
[[nodiscard]] qint64 sizeOf(const QString &path);
/// Device and inode; empty when there is no such file.
[[nodiscard]] QString fileIdentity(const QString &path);

/// On the disk, not only in the system's memory. A new or renamed file needs both.
[[nodiscard]] int syncFile(const QString &path);
[[nodiscard]] int syncFolder(const QString &path);

/// The beginning of a database file and whether another process holds SQLite's lock on it. Never to be called for a file
/// that this process has open in SQLite: closing any handle of a file drops all POSIX locks the process has on it.
struct FileGlance {
    int error = 0;              ///< errno of opening or reading.
    QByteArray header;          ///< At most 100 bytes.
    bool lockedByOther = false;
};
[[nodiscard]] FileGlance glanceAt(const QString &path);

} // namespace yoid
