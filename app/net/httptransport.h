// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/base/redactor.h"
#include "app/net/transport.h"

#include <QtCore/QPointer>

class QIODevice;
class QNetworkAccessManager;
class QNetworkReply;
class QUrl;

namespace yoid {

class HttpExchange;

/// HTTP/1.1 over one QNetworkAccessManager: at most one POST on the wire per attempt, no redirects, cookies, cache or
/// stored sign-ins, a total deadline, caps on head and body, https only except to this computer, and only to the
/// request's own origins (reliability section 0). The only user of QNetworkRequest.
///
/// The clock and the redactor must outlive it. For the thread it was made on.
class HttpTransport final : public Transport {
    Q_OBJECT

public:
    HttpTransport(Clock &clock, Redactor &redactor, QObject *parent = nullptr);
    /// Exchanges that have not ended do so as Cancelled, from the event loop.
    ~HttpTransport() override;

    [[nodiscard]] Exchange *send(HttpRequest request) override;

private:
    friend class HttpExchange;
    /// Puts a checked request on the wire. Null when there is no network layer any more.
    [[nodiscard]] QNetworkReply *open(const HttpRequest &request, const QUrl &url, const HttpHeaders &headers, QIODevice *body);

    Clock &m_clock;
    Redactor &m_redactor;
    QPointer<QNetworkAccessManager> m_network;
    QList<QPointer<HttpExchange>> m_live;
    quint64 m_number = 0;
};

} // namespace yoid
