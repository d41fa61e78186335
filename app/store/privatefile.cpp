// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/privatefile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <cerrno>

#if defined(Q_OS_UNIX)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qint64 kHeaderSize = 100; // sqlite.org/fileformat2.html 1.3

#if defined(Q_OS_UNIX)

class Handle final {
public:
    Handle(const QString &path, int flags, mode_t mode = 0)
    {
        do
            m_handle = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, mode);
        while (m_handle < 0 && errno == EINTR);
        m_error = m_handle < 0 ? errno : 0;
    }
    ~Handle()
    {
        if (m_handle >= 0)
            ::close(m_handle);
    }
    Q_DISABLE_COPY_MOVE(Handle)

    [[nodiscard]] int get() const { return m_handle; }
    [[nodiscard]] int error() const { return m_error; }

private:
    int m_handle = -1;
    int m_error = 0;
};

QString objectionTo(const QString &path, mode_t wanted, const QString &otherKind)
{
    struct stat info {};
    if (::lstat(QFile::encodeName(path).constData(), &info) != 0)
        return errno == ENOENT ? QString() : u"cannot be looked at"_s;
    if (S_ISLNK(info.st_mode))
        return u"is a symbolic link"_s;
    if ((info.st_mode & S_IFMT) != wanted)
        return otherKind;
    return info.st_uid == ::geteuid() ? QString() : u"belongs to somebody else"_s;
}

int takeRightsAway(const QString &path, int flags, mode_t allowed)
{
    const Handle handle(path, flags | O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (handle.error() != 0)
        return handle.error();
    struct stat info {};
    if (::fstat(handle.get(), &info) != 0)
        return errno;
    const mode_t left = info.st_mode & allowed; // never more than there was: somebody may have made it read-only
    if ((info.st_mode & 07777) == left)
        return 0;
    if (::fchmod(handle.get(), left) != 0 || ::fstat(handle.get(), &info) != 0)
        return errno;
    // FAT and the like say yes and keep everything open to everybody.
    return (info.st_mode & 077) == 0 ? 0 : EPERM;
}

int sync(const QString &path, int flags)
{
    const Handle handle(path, flags | O_RDONLY | O_NOFOLLOW);
    if (handle.error() != 0)
        return handle.error();
#if defined(Q_OS_DARWIN)
    if (::fcntl(handle.get(), F_FULLFSYNC) == 0)
        return 0;
#endif
    return ::fsync(handle.get()) == 0 ? 0 : errno;
}

#endif

} // namespace

#if defined(Q_OS_UNIX)

QString objectionToFolder(const QString &path)
{
    return objectionTo(path, S_IFDIR, u"is not a folder"_s);
}

QString objectionToFile(const QString &path)
{
    return objectionTo(path, S_IFREG, u"is not a plain file"_s);
}

int makeFolderPrivate(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), 0700) == 0) {
        if (::chmod(name.constData(), 0700) != 0) // the umask may have taken even the owner's rights
            return errno;
        return syncFolder(QFileInfo(path).path());
    }
    return errno == EEXIST ? takeRightsAway(path, O_DIRECTORY, 0700) : errno;
}

int createPrivateFile(const QString &path)
{
    const Handle handle(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (handle.error() != 0)
        return handle.error();
    return ::fchmod(handle.get(), 0600) == 0 ? 0 : errno; // see above
}

int makeFilePrivate(const QString &path)
{
    const int error = takeRightsAway(path, 0, 0600);
    return error == ENOENT ? 0 : error;
}

bool mayWrite(const QString &path)
{
    return ::faccessat(AT_FDCWD, QFile::encodeName(path).constData(), W_OK, AT_EACCESS) == 0;
}

QString fileIdentity(const QString &path)
{
    struct stat info {};
    if (::lstat(QFile::encodeName(path).constData(), &info) != 0)
        return {};
    return QString::number(info.st_dev) + u':' + QString::number(info.st_ino);
}

int syncFile(const QString &path)
{
    return sync(path, 0);
}

int syncFolder(const QString &path)
{
    return sync(path, O_DIRECTORY);
}

FileGlance glanceAt(const QString &path)
{
    FileGlance glance;
    const Handle handle(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (handle.error() != 0) {
        glance.error = handle.error();
        return glance;
    }
    glance.header.resize(kHeaderSize);
    const auto length = ::pread(handle.get(), glance.header.data(), static_cast<std::size_t>(kHeaderSize), 0);
    if (length < 0) {
        glance.error = errno;
        return glance;
    }
    glance.header.truncate(length);
    // The bytes that SQLite locks on Unix (sqlite.org/fileformat2.html 1.2): one for "pending", one for "reserved", and 510
    // for sharing, all of which an exclusive connection holds.
    struct flock lock {};
    lock.l_type = F_RDLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = 0x40000000;
    lock.l_len = 512;
    glance.lockedByOther = ::fcntl(handle.get(), F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    return glance;
}

#else

// Access lists of the user's own folder do the work of modes; SQLite's own locking tells of other processes.

QString objectionToFolder(const QString &path)
{
    const QFileInfo info(path);
    if (info.isSymLink() || info.isJunction())
        return u"is a symbolic link"_s;
    return !info.exists() || info.isDir() ? QString() : u"is not a folder"_s;
}

QString objectionToFile(const QString &path)
{
    const QFileInfo info(path);
    if (info.isSymLink())
        return u"is a symbolic link"_s;
    return !info.exists() || info.isFile() ? QString() : u"is not a plain file"_s;
}

int makeFolderPrivate(const QString &path)
{
    return QDir().mkpath(path) ? 0 : EACCES;
}

int createPrivateFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly) ? 0 : file.exists() ? EEXIST : EACCES;
}

int makeFilePrivate(const QString &)
{
    return 0;
}

bool mayWrite(const QString &path)
{
    return QFileInfo(path).isWritable();
}

QString fileIdentity(const QString &path)
{
    return QFileInfo::exists(path) ? path : QString();
}

int syncFile(const QString &)
{
    return 0;
}

int syncFolder(const QString &)
{
    return 0;
}

FileGlance glanceAt(const QString &path)
{
    FileGlance glance;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        glance.header = file.read(kHeaderSize);
    else
        glance.error = EACCES;
    return glance;
}

#endif

qint64 sizeOf(const QString &path)
{
    const QFileInfo info(path);
    return info.exists() ? info.size() : -1;
}

} // namespace yoid
