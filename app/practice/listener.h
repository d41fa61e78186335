// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/message.h"

#include <QtHttpServer/QAbstractHttpServer>

#include <functional>

QT_BEGIN_NAMESPACE
class QTcpServer;
QT_END_NAMESPACE

namespace yoid::practice {

/// HTTP/1.1 on this computer only. Hands each request to one function and sends its answer after a delay, or breaks the
/// line as the answer says.
class Listener final : public QAbstractHttpServer {
    Q_OBJECT

public:
    using Handler = std::function<Reply(const Request &)>;

    explicit Listener(Handler handler, QObject *parent = nullptr);

    /// \param port 0: any free one
    /// \return the port, or 0 when it cannot be had
    [[nodiscard]] quint16 start(quint16 port);
    void setLatency(int ms) { m_latencyMs = ms; }

protected:
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
#else
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;
#endif

private:
    [[nodiscard]] static Request read(const QHttpServerRequest &request);

    Handler m_handler;
    QTcpServer *m_tcp = nullptr;
    int m_latencyMs = 0;
};

} // namespace yoid::practice
