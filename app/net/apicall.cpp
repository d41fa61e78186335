// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/apicall.h"

#include "app/domain/envelope.h"
#include "app/domain/retryafter.h"

#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace yoid {

ApiCall::ApiCall(ApiParts &parts, const CallOptions &options, QObject *fallbackContext,
                 std::function<void(Failure)> cancelled, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_context(options.context ? options.context : fallbackContext)
    , m_cancelled(std::move(cancelled))
    , m_gate(options.gate)
    , m_requestId(options.intent.isEmpty() ? IntentId::create().text : options.intent.text)
    , m_firstAttempt(options.firstAttempt)
    , m_attempt(options.firstAttempt)
{
    connect(m_context.data(), &QObject::destroyed, this, &ApiCall::settle);
}

ApiCall::~ApiCall()
{
    if (m_exchange) {
        disconnect(m_exchange, nullptr, this, nullptr);
        m_exchange->abort(); // instead of deleting it, so that the log tells how it ended
    }
}

void ApiCall::perform(Request request, OnReply onReply)
{
    m_request = std::move(request);
    m_onReply = std::move(onReply);
    acquire();
}

void ApiCall::performNext(Request request, OnReply onReply)
{
    m_attempt = m_firstAttempt;
    m_repeated = false;
    perform(std::move(request), std::move(onReply));
}

void ApiCall::later(std::function<void()> end)
{
    QMetaObject::invokeMethod(
        this,
        [this, end = std::move(end)] {
            if (!m_over)
                end();
        },
        Qt::QueuedConnection);
}

void ApiCall::settle()
{
    if (std::exchange(m_over, true))
        return;
    if (m_exchange) {
        disconnect(m_exchange, nullptr, this, nullptr);
        m_exchange->abort();
        m_exchange.clear();
    }
    deleteLater();
}

void ApiCall::cancel()
{
    if (m_over || !m_context)
        return;
    Failure failure = Failure::of(FailureKind::Cancelled, u"the session was closed"_s);
    failure.mayHaveExecuted = !m_exchange.isNull();
    QMetaObject::invokeMethod(
        m_context, [cancelled = m_cancelled, failure = dressed(failure)] { cancelled(failure); }, Qt::QueuedConnection);
    settle();
}

void ApiCall::acquire()
{
    m_parts.tokens.acquire(this, [this](Outcome<TokenLease> outcome) {
        if (m_over)
            return;
        if (!outcome.ok()) {
            fail(outcome.failure());
            return;
        }
        m_lease = std::move(outcome).value();
        if (m_parts.secrets && m_lease.id != m_parts.toldToken) {
            m_parts.toldToken = m_lease.id;
            m_parts.secrets->addToken(m_lease.value);
        }
        askGate();
    });
}

void ApiCall::askGate()
{
    if (!m_gate) {
        put();
        return;
    }
    auto asked = std::make_shared<bool>(false); // an answer counts once
    m_gate(m_attempt, [self = QPointer<ApiCall>(this), asked](bool proceed) {
        if (!self || self->m_over || std::exchange(*asked, true))
            return;
        if (proceed)
            self->put();
        else
            self->fail(Failure::of(FailureKind::Cancelled, u"the intent was not committed"_s));
    });
}

void ApiCall::put()
{
    HttpRequest request;
    request.method = m_request.method;
    request.url = m_request.url;
    request.headers = { { "Accept", "application/json" } };
    if (!m_request.body.isEmpty()) {
        request.contentType = "application/json";
        request.body = Secret(QByteArray(m_request.body.constData(), m_request.body.size()));
    }
    request.bearer = std::move(m_lease.value);
    request.allowedOrigins = m_parts.origins;
    request.maxBodyBytes = m_request.maxBodyBytes;
    request.action = m_request.action;
    request.environment = m_parts.profile.environment;
    request.requestId = m_requestId;
    request.attempt = m_attempt;
    m_exchange = m_parts.transport.send(std::move(request));
    connect(m_exchange, &Exchange::finished, this, &ApiCall::answered);
}

void ApiCall::answered(const HttpResult &result)
{
    if (m_over)
        return;
    m_exchange.clear();
    ++m_attempt;
    if (!result.ok()) {
        fail(result.failure());
        return;
    }
    if (result->status == 401) {
        m_parts.tokens.report401(m_lease.id);
        if (!std::exchange(m_repeated, true)) {
            acquire(); // nothing was executed, so one repeat with a newer token is safe (contract 1.4)
            return;
        }
        Failure failure = failureOf(*result);
        failure.kind = FailureKind::Unauthorized;
        failure.mayHaveExecuted = false;
        fail(failure);
        return;
    }
    const OnReply onReply = std::exchange(m_onReply, {});
    onReply(result);
}

void ApiCall::fail(const Failure &failure)
{
    const OnReply onReply = std::exchange(m_onReply, {});
    onReply(dressed(failure));
}

Failure ApiCall::failureOf(const HttpReply &reply) const
{
    return completed(failureFromReply(reply.status, reply.header("Content-Type"), reply.body), reply);
}

Failure ApiCall::completed(Failure failure, const HttpReply &reply) const
{
    failure.retryAfter = parseRetryAfter(reply.header("Retry-After"), reply.header("Date"), m_parts.clock.nowUtc());
    if (reply.status == 503 && failure.retryAfter)
        failure.kind = FailureKind::RateLimited;
    if (reply.status == 429 && !failure.retryAfter)
        failure.retryAfter = 60s; // reliability 4.2 no. 24
    return dressed(failure, reply.is2xx());
}

Failure ApiCall::dressed(Failure failure, bool after2xx) const
{
    failure.requestId = m_requestId;
    if (m_request.method == "GET")
        failure.mayHaveExecuted = false;
    else if (after2xx)
        failure.mayHaveExecuted = true;
    return m_parts.secrets ? m_parts.secrets->cleaned(std::move(failure)) : failure;
}

} // namespace yoid
