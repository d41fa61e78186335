// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/net/transport.h"

#include <QtCore/QPointer>

#include <functional>
#include <memory>

namespace yoid {

/// A transport without a network: it writes down what it was asked to send and answers by script.
///
/// An answer is looked for when a request is sent, in this order: the queue filled by answer(), the handler. While
/// hold(true) is in force, or when neither has an answer, the request stays in the air until it is released, aborted,
/// or, where a Clock was given, its deadline passes. Like the real one it ends each exchange exactly once, always from
/// the event loop, and records it just before.
class FakeTransport final : public Transport {
    Q_OBJECT

public:
    /// One request as it was sent, with its secrets laid open for the test to look at.
    struct Seen {
        QByteArray method;
        QByteArray url;
        HttpHeaders headers;
        QByteArray contentType;
        QByteArray body;
        QByteArray bearer;
        QList<Origin> allowedOrigins;
        QString connectTo;
        std::chrono::milliseconds deadline {};
        qint64 maxBodyBytes = 0;
        ActionKind action = ActionKind::CheckConnection;
        Environment environment = Environment::Custom;
        QString requestId;
        int attempt = 0;

        /// The encoded path, without the query.
        [[nodiscard]] QByteArray path() const;
        /// The encoded query without `?`; empty when there is none.
        [[nodiscard]] QByteArray query() const;
        /// The first header of this name, case-insensitively.
        [[nodiscard]] QByteArray header(QByteArrayView name) const;
    };
    /// Called when a request is sent; what it returns is delivered later, or when released.
    using Handler = std::function<HttpResult(const Seen &)>;

    /// \param clock gives the time that deadlines are measured by; without one a held request waits for ever
    explicit FakeTransport(Clock *clock = nullptr, QObject *parent = nullptr);
    /// Requests still in the air end as Cancelled, from the event loop.
    ~FakeTransport() override;

    [[nodiscard]] Exchange *send(HttpRequest request) override;

    /// Queues one answer; each is used once, in order, before the handler is asked.
    void answer(HttpResult result);
    void answer(int status, const QByteArray &body = {}, const HttpHeaders &headers = {});
    void fail(FailureKind kind, bool mayHaveExecuted = false);
    void setHandler(Handler handler);

    /// Keeps answers back from now on (true), or lets new requests be answered again (false; what is held stays held).
    void hold(bool on);
    /// Lets the oldest `count` held requests go on with the answer chosen when they were sent; one that had none is
    /// asked for again now and stays held when there still is none.
    void release(int count = 1);
    void releaseAll();
    /// Ends one held request with this, whatever was scripted. \param index counts held requests, oldest first
    void releaseWith(const HttpResult &result, int index = 0);
    /// Held now, oldest first.
    [[nodiscard]] int held() const;

    [[nodiscard]] const QList<Seen> &seen() const { return m_seen; }
    [[nodiscard]] int count() const { return static_cast<int>(m_seen.size()); }
    /// Requests whose method and path are these.
    [[nodiscard]] int count(const QByteArray &method, const QByteArray &path) const;
    /// The newest request. There must be one.
    [[nodiscard]] const Seen &last() const { return m_seen.last(); }
    /// Times abort() was called on an exchange that had not ended.
    [[nodiscard]] int aborts() const { return m_aborts; }
    /// Exchanges deleted before they ended.
    [[nodiscard]] int dropped() const { return m_dropped; }

    /// A 200–599 answer as a value.
    [[nodiscard]] static HttpResult reply(int status, const QByteArray &body = {}, const HttpHeaders &headers = {});
    [[nodiscard]] static HttpResult failure(FailureKind kind, bool mayHaveExecuted = false);

private:
    friend class FakeExchange;
    [[nodiscard]] std::optional<HttpResult> scripted(const Seen &seen);

    Clock *m_clock;
    Handler m_handler;
    QList<HttpResult> m_queue;
    QList<Seen> m_seen;
    QList<QPointer<class FakeExchange>> m_held;
    QList<QPointer<class FakeExchange>> m_live;
    bool m_holding = false;
    int m_aborts = 0;
    int m_dropped = 0;
    quint64 m_number = 0;
};

} // namespace yoid
