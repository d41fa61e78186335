// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablebytes.h"

#include <QtCore/QBuffer>
#include <QtCore/QDateTime>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <utility>

#if defined(Q_OS_UNIX)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#endif

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

TableProblem cannotOpen(const QString &why)
{
    return { TableProblem::Kind::CannotOpen, {}, 0, why };
}

} // namespace

TableBytes::TableBytes(std::unique_ptr<QIODevice> device, QString path)
    : m_device(std::move(device))
    , m_path(std::move(path))
    , m_opened(state())
{
}

TableOutcome<TableBytes> TableBytes::open(const QString &path)
{
    auto file = std::make_unique<QFile>();
#if defined(Q_OS_UNIX)
    // Not by name: between a look at what it is and the opening it may become a pipe, which waits for ever for a writer.
    const int handle = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (handle < 0)
        return cannotOpen(qt_error_string(errno));
    struct stat info {};
    if (::fstat(handle, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(handle);
        return cannotOpen(u"not a file"_s);
    }
    if (!file->open(handle, QIODevice::ReadOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle)) {
        ::close(handle);
        return cannotOpen(file->errorString());
    }
#else
    if (!QFileInfo(path).isFile())
        return cannotOpen(u"not a file"_s);
    file->setFileName(path);
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return cannotOpen(file->errorString());
#endif
    return TableBytes(std::move(file), path);
}

TableBytes TableBytes::of(const QByteArray &bytes)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(bytes);
    buffer->open(QIODevice::ReadOnly);
    return { std::move(buffer), QString() };
}

bool TableBytes::next(QByteArray &piece, qint64 atMost)
{
    piece.resize(atMost);
    qint64 filled = 0;
    while (filled < atMost) {
        const qint64 count = m_device->read(piece.data() + filled, atMost - filled);
        if (count < 0) {
            piece.clear();
            return false;
        }
        if (count == 0)
            break;
        filled += count;
    }
    piece.truncate(filled);
    return true;
}

bool TableBytes::seek(qint64 position)
{
    return m_device->seek(position);
}

bool TableBytes::isAsOpened() const
{
    return state() == m_opened;
}

TableProblem TableBytes::problem() const
{
    return { TableProblem::Kind::ReadFailed, {}, 0, m_device->errorString() };
}

TableBytes::State TableBytes::state() const
{
    if (m_path.isEmpty())
        return { m_device->size(), 0 };
#if defined(Q_OS_UNIX)
    const auto *const file = qobject_cast<const QFile *>(m_device.get());
    struct stat info {};
    if (file == nullptr || ::fstat(file->handle(), &info) != 0)
        return { -1, 0 };
#if defined(Q_OS_DARWIN)
    const auto &changed = info.st_mtimespec;
#else
    const auto &changed = info.st_mtim;
#endif
    return { info.st_size, qint64(changed.tv_sec) * 1'000'000'000 + changed.tv_nsec };
#else
    const QFileInfo info(m_path);
    return { info.size(), info.lastModified().toMSecsSinceEpoch() * 1'000'000 };
#endif
}

} // namespace yoid
