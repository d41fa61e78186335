// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/faketransport.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace yoid {

class FakeExchange final : public Exchange {
public:
    FakeExchange(FakeTransport *transport, const FakeTransport::Seen &seen)
        : Exchange(transport)
        , m_transport(transport)
        , m_seen(seen)
    {
        if (transport->m_clock) {
            m_startedMs = transport->m_clock->continuousMs();
            m_deadline = transport->m_clock->createAlarm(Qt::PreciseTimer);
            connect(m_deadline.get(), &Alarm::rang, this, [this] { end(unanswered(FailureKind::Timeout)); });
            m_deadline->start(seen.deadline);
        }
    }

    ~FakeExchange() override
    {
        if (m_transport && !m_ended)
            ++m_transport->m_dropped;
    }

    void abort() override
    {
        if (m_ended)
            return;
        if (m_transport)
            ++m_transport->m_aborts;
        end(unanswered(FailureKind::Cancelled));
    }

    /// The funnel: only the first end counts, and it is told from the event loop.
    void end(HttpResult result)
    {
        if (m_ended)
            return;
        m_ended = true;
        if (m_deadline)
            m_deadline->stop();
        if (m_transport) {
            m_transport->m_held.removeAll(QPointer<FakeExchange>(this));
            if (result.ok() && m_transport->m_clock)
                result.value().durationMs = m_transport->m_clock->continuousMs() - m_startedMs;
        }
        if (!result.ok()) {
            Failure failure = result.failure();
            failure.requestId = m_seen.requestId;
            result = HttpResult(failure);
        }
        QMetaObject::invokeMethod(this, [this, result] { tell(result); }, Qt::QueuedConnection);
    }

    [[nodiscard]] const FakeTransport::Seen &seen() const { return m_seen; }

    std::optional<HttpResult> chosen;

private:
    [[nodiscard]] HttpResult unanswered(FailureKind kind) const
    {
        return FakeTransport::failure(kind, m_seen.method != "GET" && m_seen.method != "HEAD");
    }

    void tell(const HttpResult &result)
    {
        if (m_transport)
            Q_EMIT m_transport->recorded(record(result));
        // A slot may delete this exchange; nothing of it is touched afterwards unless it is still there.
        const QPointer<FakeExchange> self(this);
        Q_EMIT finished(result);
        if (self)
            deleteLater();
    }

    [[nodiscard]] ExchangeRecord record(const HttpResult &result) const
    {
        ExchangeRecord record;
        record.number = ++m_transport->m_number;
        if (m_transport->m_clock)
            record.startedAt = m_transport->m_clock->nowUtc();
        record.environment = m_seen.environment;
        record.action = m_seen.action;
        record.requestId = m_seen.requestId;
        record.attempt = m_seen.attempt;
        record.method = m_seen.method;
        record.url = m_seen.url;
        record.bytesSent = m_seen.body.size();
        if (result.ok()) {
            record.status = result->status;
            record.bytesReceived = result->body.size();
            record.durationMs = result->durationMs;
            record.failed = !result->is2xx();
        } else {
            record.failed = true;
            record.failure = result.failure().kind;
            record.failureText = result.failure().technical;
            record.status = result.failure().httpStatus;
        }
        return record;
    }

    QPointer<FakeTransport> m_transport;
    FakeTransport::Seen m_seen;
    std::unique_ptr<Alarm> m_deadline;
    qint64 m_startedMs = 0;
    bool m_ended = false;
};

QByteArray FakeTransport::Seen::path() const
{
    const qsizetype host = url.indexOf("://") + 3;
    const qsizetype start = url.indexOf('/', host);
    if (start < 0)
        return "/";
    const qsizetype query = url.indexOf('?', start);
    return query < 0 ? url.mid(start) : url.mid(start, query - start);
}

QByteArray FakeTransport::Seen::query() const
{
    const qsizetype at = url.indexOf('?');
    return at < 0 ? QByteArray() : url.mid(at + 1);
}

QByteArray FakeTransport::Seen::header(QByteArrayView name) const
{
    HttpReply asReply;
    asReply.headers = headers;
    return asReply.header(name);
}

FakeTransport::FakeTransport(Clock *clock, QObject *parent)
    : Transport(parent)
    , m_clock(clock)
{
}

FakeTransport::~FakeTransport()
{
    const auto live = m_live;
    for (const auto &exchange : live) {
        if (!exchange)
            continue;
        if (exchange->parent() == this)
            exchange->setParent(QCoreApplication::instance());
        exchange->end(failure(FailureKind::Cancelled, exchange->seen().method != "GET"));
    }
}

Exchange *FakeTransport::send(HttpRequest request)
{
    Seen seen;
    seen.method = request.method;
    seen.url = request.url;
    seen.headers = request.headers;
    seen.contentType = request.contentType;
    seen.body = request.body.view().toByteArray();
    seen.bearer = request.bearer.view().toByteArray();
    seen.allowedOrigins = request.allowedOrigins;
    seen.connectTo = request.connectTo;
    seen.deadline = request.deadline;
    seen.maxBodyBytes = request.maxBodyBytes;
    seen.action = request.action;
    seen.environment = request.environment;
    seen.requestId = request.requestId;
    seen.attempt = request.attempt;
    m_seen.append(seen);

    auto *exchange = new FakeExchange(this, seen);
    m_live.removeIf([](const QPointer<FakeExchange> &gone) { return gone.isNull(); });
    m_live.append(exchange);
    exchange->chosen = scripted(seen);
    if (m_holding || !exchange->chosen)
        m_held.append(exchange);
    else
        exchange->end(*exchange->chosen);
    return exchange;
}

void FakeTransport::answer(HttpResult result)
{
    m_queue.append(std::move(result));
}

void FakeTransport::answer(int status, const QByteArray &body, const HttpHeaders &headers)
{
    answer(reply(status, body, headers));
}

void FakeTransport::fail(FailureKind kind, bool mayHaveExecuted)
{
    answer(failure(kind, mayHaveExecuted));
}

void FakeTransport::setHandler(Handler handler)
{
    m_handler = std::move(handler);
}

void FakeTransport::hold(bool on)
{
    m_holding = on;
}

void FakeTransport::release(int count)
{
    m_held.removeIf([](const QPointer<FakeExchange> &gone) { return gone.isNull(); });
    const auto going = m_held.first(std::min<qsizetype>(count, m_held.size()));
    for (const auto &exchange : going) {
        if (!exchange->chosen)
            exchange->chosen = scripted(exchange->seen());
        if (exchange->chosen)
            exchange->end(*exchange->chosen);
    }
}

void FakeTransport::releaseAll()
{
    release(held());
}

void FakeTransport::releaseWith(const HttpResult &result, int index)
{
    m_held.removeIf([](const QPointer<FakeExchange> &gone) { return gone.isNull(); });
    Q_ASSERT_X(index < m_held.size(), "FakeTransport::releaseWith", "nothing is held there");
    m_held.at(index)->end(result);
}

int FakeTransport::held() const
{
    return static_cast<int>(std::count_if(m_held.begin(), m_held.end(), [](const auto &exchange) { return !exchange.isNull(); }));
}

int FakeTransport::count(const QByteArray &method, const QByteArray &path) const
{
    return static_cast<int>(std::count_if(m_seen.begin(), m_seen.end(), [&](const Seen &seen) {
        return seen.method == method && seen.path() == path;
    }));
}

HttpResult FakeTransport::reply(int status, const QByteArray &body, const HttpHeaders &headers)
{
    HttpReply reply;
    reply.status = status;
    reply.body = body;
    reply.headers = headers;
    return reply;
}

HttpResult FakeTransport::failure(FailureKind kind, bool mayHaveExecuted)
{
    Failure failure = Failure::of(kind, u"scripted"_s);
    failure.mayHaveExecuted = mayHaveExecuted;
    return failure;
}

std::optional<HttpResult> FakeTransport::scripted(const Seen &seen)
{
    if (!m_queue.isEmpty())
        return m_queue.takeFirst();
    if (m_handler)
        return m_handler(seen);
    return std::nullopt;
}

} // namespace yoid
