// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/loopbackserver.h"

#include <QtCore/QMutex>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>

#include <algorithm>
#include <optional>

#if defined(Q_OS_WIN)
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace yoid {

namespace {

/// The most the server keeps waiting in its own memory; beyond it the client has to read first.
constexpr qint64 kWriteAhead = 256 * 1024;

void resetConnection(QAbstractSocket *socket)
{
    linger now {};
    now.l_onoff = 1; // with a linger time of 0 the kernel sends RST instead of FIN
    ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER,
                 reinterpret_cast<const char *>(&now), sizeof now);
    socket->abort();
}

} // namespace

WirePlan WirePlan::reply(const QByteArray &statusLine, const QByteArray &body, const QByteArray &headers)
{
    WirePlan plan;
    plan.bytes = "HTTP/1.1 " + statusLine + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    return plan;
}

WirePlan WirePlan::raw(const QByteArray &bytes, Then then)
{
    WirePlan plan;
    plan.bytes = bytes;
    plan.then = then;
    return plan;
}

QByteArray WireRequest::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

class Peer;

class LoopbackServer::Worker final : public QTcpServer {
public:
    explicit Worker(std::optional<Tls> tls)
        : m_tls(std::move(tls))
    {
    }

    void incomingConnection(qintptr descriptor) override;
    [[nodiscard]] WirePlan planFor(const WireRequest &request);
    [[nodiscard]] qsizetype note(const WireRequest &request);
    void noteBody(qsizetype index, const QByteArray &body);

    mutable QMutex mutex; // guards everything below
    WirePlan standing;
    QList<WirePlan> queue;
    Handler handler;
    QList<WireRequest> requests;
    int connections = 0;
    int encrypted = 0;
    qint64 bytesReceived = 0;
    qint64 bytesSent = 0;

    QList<QPointer<Peer>> peers; // of the server's thread

private:
    std::optional<Tls> m_tls;
};

/// One connection.
class Peer final : public QObject {
public:
    Peer(QAbstractSocket *socket, LoopbackServer::Worker *server, int number)
        : QObject(server)
        , m_socket(socket)
        , m_server(server)
        , m_number(number)
    {
        socket->setParent(this);
        m_drip.setParent(this);
        connect(socket, &QIODevice::readyRead, this, &Peer::read);
        connect(socket, &QIODevice::bytesWritten, this, &Peer::pump);
        if (auto *tls = qobject_cast<QSslSocket *>(socket))
            connect(tls, &QSslSocket::encryptedBytesWritten, this, &Peer::pump);
        connect(socket, &QAbstractSocket::disconnected, this, &QObject::deleteLater);
        connect(&m_drip, &QTimer::timeout, this, &Peer::drip);
    }

    void end(WirePlan::Then how)
    {
        m_plan.reset();
        m_drip.stop();
        switch (how) {
        case WirePlan::Then::KeepAlive:
            break;
        case WirePlan::Then::Close:
            m_socket->disconnectFromHost();
            break;
        case WirePlan::Then::Reset:
            m_socket->flush();
            resetConnection(m_socket);
            break;
        case WirePlan::Then::DestroyTls:
            m_socket->flush();
            // The descriptor is shut below the TLS layer, which therefore cannot say good-bye.
            ::shutdown(static_cast<int>(m_socket->socketDescriptor()), 2);
            break;
        }
    }

private:
    void read()
    {
        const QByteArray bytes = m_socket->readAll();
        {
            const QMutexLocker lock(&m_server->mutex);
            m_server->bytesReceived += bytes.size();
        }
        m_input += bytes;
        look();
    }

    void look()
    {
        if (m_plan)
            return; // busy with the answer; what comes next waits
        if (!m_request) {
            const qsizetype end = m_input.indexOf("\r\n\r\n");
            if (end < 0)
                return;
            WireRequest request;
            request.head = m_input.left(end + 2);
            m_input.remove(0, end + 4);
            request.connection = m_number;
            QList<QByteArray> lines = request.head.split('\n');
            const QList<QByteArray> first = lines.takeFirst().trimmed().split(' ');
            request.method = first.value(0);
            request.target = first.value(1);
            for (const QByteArray &line : std::as_const(lines)) {
                const qsizetype colon = line.indexOf(':');
                if (colon > 0)
                    request.headers.append({ line.left(colon).trimmed(), line.mid(colon + 1).trimmed() });
            }
            m_request = request;
            m_index = m_server->note(request);
            m_next = m_server->planFor(request);
        }
        const qsizetype length = m_request->header("Content-Length").toLongLong();
        if (m_next.when == WirePlan::When::AfterRequest && m_input.size() < length)
            return;
        m_server->noteBody(m_index, m_input.left(length));
        m_input.remove(0, std::min(length, m_input.size()));
        m_request.reset();
        m_plan = m_next;
        m_written = 0;
        if (m_plan->dripMs > 0)
            m_drip.start(m_plan->dripMs);
        else
            pump();
    }

    void pump()
    {
        if (!m_plan || m_drip.isActive())
            return;
        if (m_written == 0 && !m_plan->bytes.isEmpty()) {
            m_written = m_plan->bytes.size();
            write(m_plan->bytes);
        }
        if (!m_plan)
            return;
        if (!m_plan->endless.isEmpty()) {
            while (m_socket->isValid() && waiting() < kWriteAhead)
                write(m_plan->endless);
            return;
        }
        if (waiting() == 0)
            done();
    }

    void drip()
    {
        if (m_written < m_plan->bytes.size()) {
            write(m_plan->bytes.mid(m_written, 1));
            ++m_written;
            return;
        }
        m_drip.stop();
        done();
    }

    void done()
    {
        const WirePlan::Then then = m_plan->then;
        const bool silent = m_plan->bytes.isEmpty() && then == WirePlan::Then::KeepAlive;
        if (silent)
            return; // never answers, and never looks at the connection again
        end(then);
        if (then == WirePlan::Then::KeepAlive)
            look();
    }

    /// Bytes that the client has not taken yet; over TLS most of them wait below it.
    [[nodiscard]] qint64 waiting() const
    {
        const auto *tls = qobject_cast<QSslSocket *>(m_socket);
        return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
    }

    void write(const QByteArray &bytes)
    {
        const qint64 written = std::max<qint64>(0, m_socket->write(bytes));
        const QMutexLocker lock(&m_server->mutex);
        m_server->bytesSent += written;
    }

    QAbstractSocket *m_socket;
    LoopbackServer::Worker *m_server;
    int m_number;
    QByteArray m_input;
    std::optional<WireRequest> m_request;
    WirePlan m_next;
    std::optional<WirePlan> m_plan;
    qsizetype m_written = 0;
    qsizetype m_index = 0;
    QTimer m_drip;
};

void LoopbackServer::Worker::incomingConnection(qintptr descriptor)
{
    int number = 0;
    {
        const QMutexLocker lock(&mutex);
        number = ++connections;
    }
    QAbstractSocket *socket = nullptr;
    if (m_tls) {
        auto *tls = new QSslSocket;
        QSslConfiguration configuration = tls->sslConfiguration();
        configuration.setLocalCertificateChain(QSslCertificate::fromData(m_tls->certificate));
        configuration.setPrivateKey(QSslKey(m_tls->key, QSsl::Ec));
        configuration.setPeerVerifyMode(QSslSocket::QueryPeer);
        tls->setSslConfiguration(configuration);
        tls->setSocketDescriptor(descriptor);
        QObject::connect(tls, &QSslSocket::encrypted, this, [this] {
            const QMutexLocker lock(&mutex);
            ++encrypted;
        });
        tls->startServerEncryption();
        socket = tls;
    } else {
        socket = new QTcpSocket;
        socket->setSocketDescriptor(descriptor);
    }
    peers.removeIf([](const QPointer<Peer> &gone) { return gone.isNull(); });
    peers.append(new Peer(socket, this, number));
}

WirePlan LoopbackServer::Worker::planFor(const WireRequest &request)
{
    Handler ask;
    {
        const QMutexLocker lock(&mutex);
        if (!queue.isEmpty())
            return queue.takeFirst();
        if (!handler)
            return standing;
        ask = handler;
    }
    return ask(request);
}

qsizetype LoopbackServer::Worker::note(const WireRequest &request)
{
    const QMutexLocker lock(&mutex);
    requests.append(request);
    return requests.size() - 1;
}

void LoopbackServer::Worker::noteBody(qsizetype index, const QByteArray &body)
{
    const QMutexLocker lock(&mutex);
    requests[index].body = body;
}

LoopbackServer::LoopbackServer()
    : m_worker(new Worker(std::nullopt))
{
    start();
}

LoopbackServer::LoopbackServer(const Tls &tls)
    : m_worker(new Worker(tls))
    , m_tls(true)
{
    start();
}

void LoopbackServer::start()
{
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(m_worker, [this] { m_worker->listen(QHostAddress::LocalHost); }, Qt::BlockingQueuedConnection);
}

LoopbackServer::~LoopbackServer()
{
    QMetaObject::invokeMethod(m_worker, [this] { delete m_worker; }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

quint16 LoopbackServer::port() const
{
    return m_worker->serverPort();
}

QByteArray LoopbackServer::url(const QByteArray &path, const QByteArray &host) const
{
    return (m_tls ? "https://" : "http://") + host + ':' + QByteArray::number(port()) + path;
}

void LoopbackServer::answer(const WirePlan &plan)
{
    const QMutexLocker lock(&m_worker->mutex);
    m_worker->standing = plan;
}

void LoopbackServer::answerOnce(const WirePlan &plan)
{
    const QMutexLocker lock(&m_worker->mutex);
    m_worker->queue.append(plan);
}

void LoopbackServer::setHandler(Handler handler)
{
    const QMutexLocker lock(&m_worker->mutex);
    m_worker->handler = std::move(handler);
}

void LoopbackServer::dropConnections(WirePlan::Then how)
{
    QMetaObject::invokeMethod(m_worker, [this, how] {
        const auto peers = m_worker->peers;
        for (const QPointer<Peer> &peer : peers) {
            if (peer)
                peer->end(how);
        }
    }, Qt::BlockingQueuedConnection);
}

void LoopbackServer::stopListening()
{
    QMetaObject::invokeMethod(m_worker, [this] { m_worker->close(); }, Qt::BlockingQueuedConnection);
}

QList<WireRequest> LoopbackServer::requests() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->requests;
}

int LoopbackServer::count(const QByteArray &method) const
{
    const QList<WireRequest> all = requests();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const WireRequest &one) { return one.method == method; }));
}

int LoopbackServer::count() const
{
    return static_cast<int>(requests().size());
}

int LoopbackServer::connections() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->connections;
}

int LoopbackServer::openConnections() const
{
    int open = 0;
    QMetaObject::invokeMethod(m_worker, [this, &open] {
        open = static_cast<int>(std::count_if(m_worker->peers.begin(), m_worker->peers.end(),
                                              [](const QPointer<Peer> &peer) { return !peer.isNull(); }));
    }, Qt::BlockingQueuedConnection);
    return open;
}

qint64 LoopbackServer::bytesReceived() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->bytesReceived;
}

qint64 LoopbackServer::bytesSent() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->bytesSent;
}

int LoopbackServer::encryptedConnections() const
{
    const QMutexLocker lock(&m_worker->mutex);
    return m_worker->encrypted;
}

} // namespace yoid
