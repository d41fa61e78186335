// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/listener.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtCore/QMetaEnum>
#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtCore/QUrlQuery>
#include <QtHttpServer/QHttpServerRequest>
#include <QtHttpServer/QHttpServerResponder>
#include <QtNetwork/QHostAddress>
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QtNetwork/QHttpHeaders>
#endif
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <memory>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

QByteArray httpDate()
{
    return QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

QByteArray reason(int status)
{
    const QMetaEnum codes = QMetaEnum::fromType<QHttpServerResponder::StatusCode>();
    const char *name = codes.valueToKey(status);
    return name ? QByteArray(name) : QByteArrayLiteral("Unknown");
}

Headers headersOf(const Reply &reply)
{
    Headers headers = reply.headers;
    headers.prepend({ "Date"_ba, httpDate() });
    headers.append({ "Cache-Control"_ba, "no-store"_ba });
    if (!reply.contentType.isEmpty())
        headers.append({ "Content-Type"_ba, reply.contentType });
    return headers;
}

} // namespace

Listener::Listener(Handler handler, QObject *parent)
    : QAbstractHttpServer(parent)
    , m_handler(std::move(handler))
{
}

quint16 Listener::start(quint16 port)
{
    m_tcp = new QTcpServer(this);
    if (!m_tcp->listen(QHostAddress::LocalHost, port))
        return 0;
    bind(m_tcp);
    return m_tcp->serverPort();
}

Request Listener::read(const QHttpServerRequest &request)
{
    Request out;
    switch (request.method()) {
    case QHttpServerRequest::Method::Get: out.method = "GET"_ba; break;
    case QHttpServerRequest::Method::Post: out.method = "POST"_ba; break;
    case QHttpServerRequest::Method::Put: out.method = "PUT"_ba; break;
    case QHttpServerRequest::Method::Delete: out.method = "DELETE"_ba; break;
    case QHttpServerRequest::Method::Patch: out.method = "PATCH"_ba; break;
    case QHttpServerRequest::Method::Head: out.method = "HEAD"_ba; break;
    case QHttpServerRequest::Method::Options: out.method = "OPTIONS"_ba; break;
    default: out.method = "OTHER"_ba; break;
    }
    const QUrl url = request.url();
    const QString path = url.path(QUrl::FullyEncoded);
    out.target = path.toLatin1();
    if (url.hasQuery())
        out.target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    for (const QString &part : parts)
        out.segments.append(QUrl::fromPercentEncoding(part.toLatin1()));
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (!out.query.contains(name))
            out.query.insert(name, value);
    }
    for (const auto &[name, value] : request.headers())
        out.headers.append({ name, value });
    out.body = request.body();
    return out;
}

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)

bool Listener::handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    const Reply reply = m_handler(read(request));
    const auto held = std::make_shared<QHttpServerResponder>(std::move(responder));
    QPointer<QTcpSocket> socket;
    // The responder hides its socket, and a line can only be broken with it.
    const QList<QTcpSocket *> sockets = findChildren<QTcpSocket *>();
    for (QTcpSocket *candidate : sockets) {
        if (candidate->peerPort() == request.remotePort())
            socket = candidate;
    }
    QTimer::singleShot(m_latencyMs + reply.extraDelayMs, this, [held, reply, socket] {
        switch (reply.line) {
        case Reply::Line::Silent:
            // Held until the client goes away: that is what silence means.
            if (socket)
                QObject::connect(socket, &QObject::destroyed, socket, [held] { Q_UNUSED(held); });
            return;
        case Reply::Line::Closed:
            if (socket)
                socket->abort();
            return;
        case Reply::Line::Whole:
            break;
        }
        QHttpHeaders headers;
        for (const auto &[name, value] : headersOf(reply))
            headers.append(name, value);
        held->write(reply.body, headers, static_cast<QHttpServerResponder::StatusCode>(reply.status));
    });
    return true;
}

void Listener::missingHandler(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    Q_UNUSED(request);
    Q_UNUSED(responder);
}

#else

bool Listener::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    const Reply reply = m_handler(read(request));
    const bool isHead = request.method() == QHttpServerRequest::Method::Head;
    const QPointer<QTcpSocket> guarded(socket);
    QTimer::singleShot(m_latencyMs + reply.extraDelayMs, socket, [guarded, reply, isHead] {
        if (!guarded || reply.line == Reply::Line::Silent)
            return;
        if (reply.line == Reply::Line::Closed) {
            guarded->abort();
            return;
        }
        QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + ' ' + reason(reply.status) + "\r\n";
        for (const auto &[name, value] : headersOf(reply))
            head += name + ": " + value + "\r\n";
        if (reply.status != 204)
            head += "Content-Length: " + QByteArray::number(reply.body.size()) + "\r\n";
        head += "\r\n";
        guarded->write(head);
        if (!isHead && reply.status != 204)
            guarded->write(reply.body);
    });
    return true;
}

void Listener::missingHandler(const QHttpServerRequest &request, QTcpSocket *socket)
{
    Q_UNUSED(request);
    Q_UNUSED(socket);
}

#endif

} // namespace yoid::practice
