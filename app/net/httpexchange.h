// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/net/httptransport.h"

#include <QtCore/QHash>
#include <QtNetwork/QSslError>

#include <memory>

namespace yoid {

/// One attempt of HttpTransport. Whatever ends it goes through end(), which counts only once.
class HttpExchange final : public Exchange {
    Q_OBJECT

public:
    HttpExchange(HttpTransport &transport, HttpRequest request, quint64 number);
    ~HttpExchange() override;

    void abort() override;

private:
    void start();
    void lookAtHead();
    void watchForFlood();
    void takeBody();
    void replyFinished();
    void noteTlsErrors(const QList<QSslError> &errors);

    [[nodiscard]] HttpResult judge();
    [[nodiscard]] HttpHeaders headersToSend() const;
    [[nodiscard]] HttpResult failed(FailureKind kind, const QString &technical);
    /// The funnel: ends the reply, writes the record, and tells the owner from the event loop.
    void end(HttpResult result);
    void letReplyGo();
    void record(const HttpResult &result);
    void tell(const HttpResult &result);

    QPointer<HttpTransport> m_transport;
    HttpRequest m_request;
    ExchangeRecord m_record;
    std::unique_ptr<Alarm> m_deadline;
    std::unique_ptr<Alarm> m_floodWatch;    ///< looks while the head of the answer is awaited
    QHash<int, qint64> m_receivedBefore;
    qint64 m_startedMs = 0;
    QPointer<QNetworkReply> m_reply;
    std::shared_ptr<const qint64> m_bodyHandedOut;
    qint64 m_bodySize = 0;
    QByteArray m_body;
    QList<QByteArray> m_echo;  ///< what was sent and an error text may repeat
    QStringList m_tlsErrors;
    int m_status = 0;
    bool m_headSent = false;
    bool m_open = false;    ///< something may have left this computer
    bool m_ended = false;
};

} // namespace yoid
