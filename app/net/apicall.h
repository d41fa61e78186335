// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/base/learnedsecrets.h"
#include "app/net/apiclient.h"

#include <QtCore/QPointer>

#include <functional>
#include <optional>

namespace yoid {

/// What all calls of one client share.
struct ApiParts {
    Transport &transport;
    TokenManager &tokens;
    Clock &clock;
    Profile profile;
    QList<Origin> origins;
    LearnedSecrets *secrets = nullptr;  ///< Told of a secret before it is used; may be null.
    quint64 toldToken = 0;              ///< The latest lease it was told of.
};

/// One call of the ApiClient: one or more requests one after the other (pages, wordings), each with a token, the gate, and
/// one repeat after a 401. Ends in settle() or in nothing when its context dies. Private to the ApiClient.
class ApiCall final : public QObject {
    Q_OBJECT

public:
    struct Request {
        QByteArray method = "GET";
        QByteArray url;
        QByteArray body;
        ActionKind action = ActionKind::CheckConnection;
        qint64 maxBodyBytes = 1024 * 1024;
    };
    using OnReply = std::function<void(HttpResult)>;

    /// \param cancelled how to tell the caller that the client went away
    ApiCall(ApiParts &parts, const CallOptions &options, QObject *fallbackContext, std::function<void(Failure)> cancelled,
            QObject *parent);
    ~ApiCall() override;

    /// Sends one request. `onReply` gets an answer with a status other than 401, or the Failure in its place. A further
    /// request of the same call counts its attempts on from the last one.
    void perform(Request request, OnReply onReply);
    /// A further page: its own request, with attempts and the repeat after a 401 counted anew.
    void performNext(Request request, OnReply onReply);
    /// Calls `end` from the event loop, unless the context dies first.
    void later(std::function<void()> end);
    /// The call is over; it deletes itself and nothing of it is heard again.
    void settle();
    /// The client goes away: the caller is told Cancelled.
    void cancel();

    /// The failure an answer stands for, with Retry-After, request id and the rules of reliability 3.5.
    [[nodiscard]] Failure failureOf(const HttpReply &reply) const;
    /// The same for an answer that somebody else has sorted already.
    [[nodiscard]] Failure completed(Failure failure, const HttpReply &reply) const;
    /// Completes a failure: request id, no secret in its texts; for a read nothing can have been executed, after a 2xx to a
    /// write it may have.
    [[nodiscard]] Failure dressed(Failure failure, bool after2xx = false) const;

private:
    void acquire();
    void askGate();
    void put();
    void answered(const HttpResult &result);
    void fail(const Failure &failure);

    ApiParts &m_parts;
    QPointer<QObject> m_context;
    std::function<void(Failure)> m_cancelled;
    std::function<void(int, std::function<void(bool)>)> m_gate;
    QString m_requestId;
    int m_firstAttempt = 1;
    int m_attempt = 1;
    bool m_repeated = false;    ///< The one repeat after a 401 was used.
    bool m_over = false;
    Request m_request;
    OnReply m_onReply;
    TokenLease m_lease;
    QPointer<Exchange> m_exchange;
};

} // namespace yoid
