// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/singleinstance.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>

#include <algorithm>
#include <optional>
#include <utility>

#if defined(Q_OS_UNIX)
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>
#else
#include <QtCore/QLockFile>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kWholeCall = 3s;
constexpr std::chrono::milliseconds kPause = 100ms;
constexpr std::chrono::milliseconds kVisit = 2s;
constexpr int kMostVisitors = 8;
constexpr qsizetype kLongestToken = 256;
/// sun_path holds 104 bytes on some systems, and Qt binds in a temporary folder beside the path first.
constexpr qsizetype kLongestPath = 90;

constexpr char kRequest[] = "yoid-console 1 come forward";
constexpr char kReply[] = "yoid-console 1 coming\n";
/// Request, blank, token, line end.
constexpr qsizetype kLongestRequest = qsizetype(sizeof kRequest) + kLongestToken + 1;

bool isToken(const QByteArray &text)
{
    return text.size() <= kLongestToken
        && std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

QByteArray requestWith(const QByteArray &token)
{
    QByteArray request(kRequest);
    if (!token.isEmpty() && isToken(token))
        request.append(' ').append(token);
    return request.append('\n');
}

/// The token of a request that is one, byte for byte.
std::optional<QByteArray> tokenOf(QByteArray request)
{
    if (!request.startsWith(kRequest) || !request.endsWith('\n'))
        return std::nullopt;
    request.chop(1);
    request.remove(0, qsizetype(sizeof kRequest) - 1);
    if (request.isEmpty())
        return request;
    if (request.front() != ' ' || !isToken(request.sliced(1)))
        return std::nullopt;
    return request.sliced(1);
}

/// Whether the process at the other end is run by this user. The file modes say so already; they are what somebody may have
/// changed.
bool isOwnUser(const QLocalSocket &socket)
{
#if defined(Q_OS_LINUX)
    ucred peer {};
    socklen_t size = sizeof peer;
    return ::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
        && peer.uid == ::geteuid();
#elif defined(Q_OS_UNIX)
    uid_t user {};
    gid_t group {};
    return ::getpeereid(static_cast<int>(socket.socketDescriptor()), &user, &group) == 0 && user == ::geteuid();
#else
    Q_UNUSED(socket)
    return true; // the pipe's access list lets nobody else in
#endif
}

} // namespace

class InstanceLock::Private final {
public:
    explicit Private(const QString &dataFolder)
        : folder(QFileInfo(dataFolder).canonicalFilePath())
#if !defined(Q_OS_UNIX)
        , m_file(folder + "/instance.lock"_L1)
#endif
    {
    }

    const QString folder;

#if defined(Q_OS_UNIX)
    ~Private()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    bool claim()
    {
        if (m_file >= 0)
            return true;
        const QByteArray path = QFile::encodeName(folder + "/instance.lock"_L1);
        const int file = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (file < 0) {
            qWarning("no lock on the data folder: error %d", errno);
            return true;
        }
        if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
            const int error = errno;
            ::close(file);
            return error != EWOULDBLOCK;
        }
        m_file = file;
        return true;
    }

private:
    int m_file = -1;
#else
    bool claim()
    {
        m_file.setStaleLockTime(0);
        return m_file.isLocked() || m_file.tryLock() || m_file.error() != QLockFile::LockFailedError;
    }

private:
    QLockFile m_file;
#endif
};

InstanceLock::InstanceLock(const QString &dataFolder)
    : d(std::make_unique<Private>(dataFolder))
{
}

InstanceLock::~InstanceLock() = default;

bool InstanceLock::claim()
{
    return d->claim();
}

QString InstanceLock::socketPath() const
{
    const QByteArray digest = QCryptographicHash::hash(d->folder.toUtf8(), QCryptographicHash::Sha256).toHex().first(16);
    const QString name = "yoid-console-"_L1 + QString::fromLatin1(digest);
#if defined(Q_OS_UNIX)
    const QString inFolder = d->folder + "/instance.sock"_L1;
    if (QFile::encodeName(inFolder).size() <= kLongestPath)
        return inFolder;
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u'/' + name;
#else
    return name;
#endif
}

InstanceServer::InstanceServer(const InstanceLock &lock, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_server(new QLocalServer(this))
{
    const QString path = lock.socketPath();
    QLocalServer::removeServer(path); // left by a start that was killed: we hold the lock, so nobody listens there
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    m_server->setMaxPendingConnections(kMostVisitors);
    connect(m_server, &QLocalServer::newConnection, this, &InstanceServer::welcome);
    if (!m_server->listen(path))
        qWarning("later starts cannot be heard: %s", qUtf8Printable(m_server->errorString()));
}

InstanceServer::~InstanceServer() = default;

bool InstanceServer::isListening() const
{
    return m_server->isListening();
}

void InstanceServer::stop()
{
    m_server->close();
}

void InstanceServer::welcome()
{
    while (QLocalSocket *const socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        if (m_visitors >= kMostVisitors || !isOwnUser(*socket)) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        ++m_visitors;
        connect(socket, &QObject::destroyed, this, [this] { --m_visitors; });
        socket->setReadBufferSize(kLongestRequest + 1);
        std::shared_ptr<Alarm> patience = m_clock.createAlarm();
        connect(patience.get(), &Alarm::rang, socket, &QLocalSocket::abort);
        patience->start(kVisit);
        const auto listen = [this, socket, patience, request = QByteArray(), done = false]() mutable {
            if (done)
                return;
            request.append(socket->read(kLongestRequest + 1 - request.size()));
            if (!request.endsWith('\n') && request.size() <= kLongestRequest && !request.contains('\n'))
                return; // more may come, until patience ends
            const auto token = m_server->isListening() ? tokenOf(request) : std::nullopt;
            if (!token)
                return socket->abort();
            done = true;
            socket->write(kReply);
            socket->disconnectFromServer();
            Q_EMIT comeForwardRequested(*token);
        };
        connect(socket, &QLocalSocket::readyRead, socket, listen);
    }
}

InstanceCaller::InstanceCaller(InstanceLock &lock, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_lock(lock)
    , m_deadline(clock.createAlarm(Qt::PreciseTimer))
    , m_pause(clock.createAlarm(Qt::PreciseTimer))
{
    connect(m_deadline.get(), &Alarm::rang, this, [this] { end(Answer::Silent); });
    connect(m_pause.get(), &Alarm::rang, this, &InstanceCaller::tryOnce);
}

InstanceCaller::~InstanceCaller() = default;

void InstanceCaller::call(const QByteArray &activationToken)
{
    m_message = requestWith(activationToken);
    m_deadline->start(kWholeCall);
    tryOnce();
}

void InstanceCaller::tryOnce()
{
    m_socket = std::make_unique<QLocalSocket>();
    connect(m_socket.get(), &QLocalSocket::connected, this, [this] {
        if (isOwnUser(*m_socket))
            m_socket->write(m_message);
    });
    connect(m_socket.get(), &QLocalSocket::readyRead, this, &InstanceCaller::hear);
    // Queued: both may come while connectToServer() is still running.
    connect(m_socket.get(), &QLocalSocket::errorOccurred, this, &InstanceCaller::tryAgain, Qt::QueuedConnection);
    m_socket->connectToServer(m_lock.socketPath());
}

void InstanceCaller::hear()
{
    if (m_socket->peek(qsizetype(sizeof kReply)).startsWith(kReply))
        end(Answer::Coming);
}

void InstanceCaller::tryAgain()
{
    // The first start has not begun to listen yet, or is ending: then its lock is free in a moment.
    if (m_ended)
        return;
    if (m_lock.claim())
        end(Answer::Gone);
    else
        m_pause->start(kPause);
}

void InstanceCaller::end(Answer answer)
{
    if (std::exchange(m_ended, true))
        return;
    m_deadline->stop();
    m_pause->stop();
    Q_EMIT answered(answer);
}

} // namespace yoid
