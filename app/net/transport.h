// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/base/secret.h"
#include "app/domain/exchangerecord.h"

#include <QtCore/QObject>

#include <chrono>

namespace yoid {

using HttpHeaders = QList<QPair<QByteArray, QByteArray>>;

/// One attempt at one HTTP call. Move-only, because it carries secrets.
struct HttpRequest {
    QByteArray method = "GET";
    QByteArray url;                     ///< Absolute and encoded; used as it is.
    HttpHeaders headers;                ///< Beyond those the transport sets itself; control characters are refused.
    QByteArray contentType;             ///< Of the body; empty: no body.
    Secret body;
    Secret bearer;                      ///< Access token; empty: none.
    QList<Origin> allowedOrigins;       ///< The only places this request may go to (T2).
    /// The address (IPv4 or IPv6) the connection goes to, in place of what the name of the URL resolves to; empty: as it resolves. The name is still what the
    /// server is asked for and what its certificate must say.
    QString connectTo;
    /// A redirect is handed over as the answer it is (its Location is never followed here); else it is a failure.
    bool redirectsAreAnswers = false;
    std::chrono::milliseconds deadline { 30'000 }; ///< Total, from send to the last byte.
    qint64 maxBodyBytes = 1024 * 1024;
    ActionKind action = ActionKind::CheckConnection;
    Environment environment = Environment::Custom;
    QString requestId;                  ///< Sent as X-Request-ID; one per intent, the same for a retry.
    int attempt = 1;
};

/// A complete answer with a status of 200–299 or 400–599 (300–399 too where the request asked for it). Whether that is success is for the caller to say.
struct HttpReply {
    int status = 0;
    HttpHeaders headers;
    QByteArray body;
    qint64 durationMs = 0;

    [[nodiscard]] bool is2xx() const { return status >= 200 && status <= 299; }
    /// The first header of this name, case-insensitively; empty when absent.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

using HttpResult = Outcome<HttpReply>;

/// One attempt on the wire, with exactly one terminal signal, always emitted from the event loop, never from inside
/// the call that started or aborted it. Deletes itself afterwards. Deleting it earlier aborts silently.
class Exchange : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Ends it as Cancelled; `mayHaveExecuted` tells whether the request may have gone out.
    virtual void abort() = 0;

Q_SIGNALS:
    void finished(const yoid::HttpResult &result);
};

/// The one way out of the program (reliability section 0). Every call goes through an implementation of this.
class Transport : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Starts one attempt. Never null; refusals (address, headers) arrive through `finished` as well.
    [[nodiscard]] virtual Exchange *send(HttpRequest request) = 0;

Q_SIGNALS:
    /// After each attempt, redacted.
    void recorded(const yoid::ExchangeRecord &record);
};

} // namespace yoid
