// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/httptransport.h"

#include "app/net/httpexchange.h"

#include <QtCore/QCoreApplication>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QNetworkRequest>
#include <QtNetwork/QSslConfiguration>

namespace yoid {

namespace {

/// The proxy the program is set up with, but never for this very computer: a proxy elsewhere would see what is meant for
/// the practice server, or ask its own loopback.
class ProxyChoice final : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopback(query.url()))
            return { QNetworkProxy(QNetworkProxy::NoProxy) };
        return proxyForQuery(query);
    }
};

} // namespace

HttpTransport::HttpTransport(Clock &clock, Redactor &redactor, QObject *parent)
    : Transport(parent)
    , m_clock(clock)
    , m_redactor(redactor)
    , m_network(new QNetworkAccessManager(this))
{
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network->setAutoDeleteReplies(false);
    m_network->setProxyFactory(new ProxyChoice); // taken over
}

HttpTransport::~HttpTransport()
{
    const auto live = std::exchange(m_live, {});
    for (const auto &exchange : live) {
        if (!exchange)
            continue;
        // It has one more thing to say and must not go down with us.
        if (exchange->parent() == this)
            exchange->setParent(QCoreApplication::instance());
        exchange->abort();
    }
}

Exchange *HttpTransport::send(HttpRequest request)
{
    m_live.removeIf([](const QPointer<HttpExchange> &gone) { return gone.isNull(); });
    auto *exchange = new HttpExchange(*this, std::move(request), ++m_number);
    m_live.append(exchange);
    return exchange;
}

QNetworkReply *HttpTransport::open(const HttpRequest &request, const QUrl &url, const HttpHeaders &headers, QIODevice *body)
{
    if (!m_network)
        return nullptr;

    QNetworkRequest wire(url);
    if (!request.connectTo.isEmpty()) {
        QUrl place = url;
        place.setHost(request.connectTo);
        wire.setUrl(place);
        wire.setPeerVerifyName(url.host(QUrl::FullyEncoded)); // Qt asks for this name in the handshake, too
        wire.setRawHeader("Host", url.authority(QUrl::FullyEncoded).toLatin1());
    }
    for (const auto &[name, value] : headers)
        wire.setRawHeader(name, value);
    wire.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    wire.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    wire.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    wire.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    wire.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    wire.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    wire.setDecompressedSafetyCheckThreshold(request.maxBodyBytes);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    wire.setSslConfiguration(tls);

    if (!body)
        return request.method == "HEAD" ? m_network->head(wire) : m_network->get(wire);
    // Unbuffered and of known length, or Qt would copy the body and could send it again.
    wire.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    wire.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    QNetworkReply *reply = nullptr;
    if (request.method == "POST")
        reply = m_network->post(wire, body);
    else if (request.method == "PUT")
        reply = m_network->put(wire, body);
    else
        reply = m_network->sendCustomRequest(wire, request.method, body);
    body->setParent(reply); // the network layer may look at it for as long as the reply lives
    return reply;
}

} // namespace yoid
