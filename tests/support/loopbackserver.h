// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QPair>
#include <QtCore/QThread>

#include <functional>
#include <memory>

namespace yoid {

/// What the server does with one request. The default answers nothing and leaves the connection open.
struct WirePlan {
    enum class When {
        AfterRequest, ///< head and body have been read
        AfterHead,    ///< the head has been read, the body may still be on the way
    };
    enum class Then {
        KeepAlive,  ///< wait for the next request on this connection
        Close,      ///< orderly end of the TCP connection; over TLS with close_notify
        Reset,      ///< TCP reset
        DestroyTls, ///< the TCP connection ends under the TLS session, without close_notify
    };
    When when = When::AfterRequest;
    QByteArray bytes;       ///< written as they are
    QByteArray endless;     ///< then this again and again, as fast as the client reads
    int dripMs = 0;         ///< above 0: `bytes` leave one at a time, so many milliseconds apart
    Then then = Then::KeepAlive;

    /// A well-formed answer with a Content-Length.
    [[nodiscard]] static WirePlan reply(const QByteArray &statusLine, const QByteArray &body = {},
                                        const QByteArray &headers = "Content-Type: application/json\r\n");
    /// Exactly these bytes and then that end.
    [[nodiscard]] static WirePlan raw(const QByteArray &bytes, Then then = Then::Close);
    [[nodiscard]] static WirePlan silent() { return {}; }
};

/// One request as it was on the wire.
struct WireRequest {
    QByteArray method;
    QByteArray target;
    QList<QPair<QByteArray, QByteArray>> headers;
    QByteArray head;        ///< everything up to the empty line
    QByteArray body;        ///< what had arrived when the server acted
    int connection = 0;     ///< running number of the connection, from 1

    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

/// A TCP or TLS server on 127.0.0.1 that misbehaves on purpose and counts what really arrives. It lives in a thread of
/// its own, so that a blocked client cannot block it. All functions are for the test's thread.
class LoopbackServer final {
public:
    struct Tls {
        QByteArray certificate; ///< PEM, leaf first
        QByteArray key;         ///< PEM
    };
    using Handler = std::function<WirePlan(const WireRequest &)>;

    class Worker; // of the implementation

    LoopbackServer();
    explicit LoopbackServer(const Tls &tls);
    ~LoopbackServer();
    LoopbackServer(const LoopbackServer &) = delete;
    LoopbackServer &operator=(const LoopbackServer &) = delete;

    [[nodiscard]] quint16 port() const;
    /// `http://127.0.0.1:port` or `https://127.0.0.1:port`, followed by the path.
    [[nodiscard]] QByteArray url(const QByteArray &path = "/", const QByteArray &host = "127.0.0.1") const;

    /// For every request that no queued plan is left for.
    void answer(const WirePlan &plan);
    /// For the next request only; several calls queue up.
    void answerOnce(const WirePlan &plan);
    /// Asked when nothing is queued; runs on the server's thread.
    void setHandler(Handler handler);
    /// Ends every open connection now, whatever it is doing.
    void dropConnections(WirePlan::Then how);
    /// No more connections are taken.
    void stopListening();

    [[nodiscard]] QList<WireRequest> requests() const;
    /// Heads of requests with this method that reached the server.
    [[nodiscard]] int count(const QByteArray &method) const;
    [[nodiscard]] int count() const;
    [[nodiscard]] int connections() const;
    [[nodiscard]] int openConnections() const;
    [[nodiscard]] qint64 bytesReceived() const; ///< after TLS, where there is TLS
    [[nodiscard]] qint64 bytesSent() const;
    [[nodiscard]] int encryptedConnections() const; ///< TLS handshakes that were completed

private:
    void start();

    QThread m_thread;
    Worker *m_worker;
    bool m_tls = false;
};

} // namespace yoid
