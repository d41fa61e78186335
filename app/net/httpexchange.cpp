// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/httpexchange.h"

#include "app/net/errormapping.h"
#include "app/net/oneshotdevice.h"
#include "app/net/receivedbytes.h"
#include "app/net/requestcheck.h"

#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QSslCertificate>

#include <algorithm>
#include <array>
#include <chrono>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// No API needs more; the rest would only be somebody filling our memory.
constexpr qint64 kMaxHeadBytes = 64 * 1024;
/// A connection that has brought this much while a head is awaited brings nothing but that head: no body is that large.
constexpr qint64 kHeadFlood = 8 * 1024 * 1024;
constexpr std::chrono::milliseconds kFloodWatchEvery { 100 };
/// How much Qt may hold for us before we take it; keeps a fast server from outrunning the cap.
constexpr qint64 kReadAhead = 64 * 1024;
/// Bodies above this are recorded by their size only.
constexpr qsizetype kLargestRecordedBody = 128 * 1024;

bool isReading(const HttpRequest &request)
{
    return request.method == "GET" || request.method == "HEAD";
}

bool isAnswer(int status, bool redirectsToo)
{
    return (redirectsToo && status >= 300 && status <= 399) || (status >= 200 && status <= 299) || (status >= 400 && status <= 599);
}

/// The encodings that Qt unpacks by itself. Any other leaves bytes that only look like a body.
bool isKnownEncoding(const QByteArray &encoding)
{
    static constexpr std::array kKnown { "", "identity", "gzip", "x-gzip", "deflate", "br", "zstd" };
    const QByteArray name = encoding.trimmed().toLower();
    return std::any_of(kKnown.begin(), kKnown.end(), [&](const char *known) { return name == known; });
}

} // namespace

HttpExchange::HttpExchange(HttpTransport &transport, HttpRequest request, quint64 number)
    : Exchange(&transport)
    , m_transport(&transport)
    , m_request(std::move(request))
    , m_deadline(transport.m_clock.createAlarm(Qt::PreciseTimer))
    , m_startedMs(transport.m_clock.continuousMs())
    , m_bodySize(m_request.body.size())
{
    const Redactor &redactor = transport.m_redactor;
    m_record.number = number;
    m_record.startedAt = transport.m_clock.nowUtc();
    m_record.environment = m_request.environment;
    m_record.action = m_request.action;
    m_record.requestId = redactor.text(m_request.requestId);
    m_record.attempt = m_request.attempt;
    m_record.method = redactor.text(QString::fromLatin1(m_request.method)).toUtf8();
    m_record.url = redactor.url(m_request.url);

    connect(m_deadline.get(), &Alarm::rang, this, [this] { end(failed(FailureKind::Timeout, u"total deadline"_s)); });
    m_deadline->start(m_request.deadline);
    QMetaObject::invokeMethod(this, &HttpExchange::start, Qt::QueuedConnection);
}

HttpExchange::~HttpExchange()
{
    if (m_ended)
        return;
    m_ended = true;
    record(failed(FailureKind::Cancelled, u"owner gone"_s));
    letReplyGo();
}

void HttpExchange::abort()
{
    end(failed(FailureKind::Cancelled, u"aborted"_s));
}

void HttpExchange::start()
{
    if (m_ended)
        return;
    const QUrl url = parseRequestUrl(m_request.url);
    if (const auto refusal = refusalOf(m_request, url)) {
        end(failed(refusal->kind, refusal->technical));
        return;
    }

    const HttpHeaders headers = headersToSend();
    const Redactor &redactor = m_transport->m_redactor;
    m_record.requestHeaders = redactor.headers(headers);
    const QByteArrayView bytes = m_request.body.view();
    const QByteArray body = QByteArray::fromRawData(bytes.data(), bytes.size());
    m_record.requestBody = redactor.body(m_request.contentType, body);
    m_echo = redactor.textsOf(m_request.contentType, body);

    std::unique_ptr<OneShotDevice> device;
    if (!isReading(m_request)) {
        device = std::make_unique<OneShotDevice>(m_request.body.clone());
        m_bodyHandedOut = device->handedOut();
    }
    m_reply = m_transport->open(m_request, url, headers, device.get());
    m_request.bearer.wipe();
    m_request.body.wipe();
    if (!m_reply) {
        end(failed(FailureKind::Cancelled, u"no network layer"_s));
        return;
    }
    (void)device.release(); // the reply's child now
    m_open = true;
    m_reply->setReadBufferSize(kReadAhead);
    m_receivedBefore = receivedByConnection();
    m_floodWatch = m_transport->m_clock.createAlarm();
    connect(m_floodWatch.get(), &Alarm::rang, this, &HttpExchange::watchForFlood);
    m_floodWatch->start(kFloodWatchEvery);
    connect(m_reply, &QNetworkReply::requestSent, this, [this] { m_headSent = true; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::lookAtHead);
    connect(m_reply, &QIODevice::readyRead, this, &HttpExchange::takeBody);
    connect(m_reply, &QNetworkReply::sslErrors, this, &HttpExchange::noteTlsErrors);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::replyFinished);
    connect(m_reply, &QObject::destroyed, this, [this] { end(failed(FailureKind::Cancelled, u"network layer gone"_s)); });
}

HttpHeaders HttpExchange::headersToSend() const
{
    HttpHeaders headers = m_request.headers;
    const auto given = [&](const char *name) {
        return std::any_of(headers.begin(), headers.end(), [&](const auto &one) {
            return one.first.compare(name, Qt::CaseInsensitive) == 0;
        });
    };
    if (!given("Accept"))
        headers.emplaceBack("Accept", "application/json");
    headers.emplaceBack("User-Agent", "YoIDConsole/" YOID_VERSION);
    if (!m_request.requestId.isEmpty())
        headers.emplaceBack("X-Request-ID", m_request.requestId.toLatin1());
    if (!m_request.contentType.isEmpty())
        headers.emplaceBack("Content-Type", m_request.contentType);
    if (!m_request.bearer.isEmpty())
        headers.emplaceBack("Authorization", "Bearer " + m_request.bearer.view().toByteArray());
    return headers;
}

void HttpExchange::watchForFlood()
{
    const QHash<int, qint64> received = receivedByConnection();
    for (auto it = received.begin(); it != received.end(); ++it) {
        if (it.value() - m_receivedBefore.value(it.key()) > kHeadFlood) {
            end(failed(FailureKind::TooLarge, u"a head without end"_s));
            return;
        }
    }
    m_floodWatch->start(kFloodWatchEvery);
}

void HttpExchange::lookAtHead()
{
    m_floodWatch->stop();
    m_status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    qint64 size = 0;
    const auto &pairs = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs)
        size += name.size() + value.size();
    if (size > kMaxHeadBytes) {
        end(failed(FailureKind::TooLarge, u"headers of %1 bytes"_s.arg(size)));
        return;
    }
    if (m_status >= 300 && m_status <= 399 && !m_request.redirectsAreAnswers) {
        end(failed(FailureKind::RedirectRefused, u"status %1"_s.arg(m_status)));
        return;
    }
    // Said in advance; saves reading what would be thrown away.
    bool known = false;
    const qint64 announced = m_reply->rawHeader("Content-Length").toLongLong(&known);
    if (known && announced > m_request.maxBodyBytes && m_request.method != "HEAD")
        end(failed(FailureKind::TooLarge, u"body of %1 bytes announced"_s.arg(announced)));
}

void HttpExchange::takeBody()
{
    m_body += m_reply->read(m_request.maxBodyBytes + 1 - m_body.size());
    if (m_body.size() > m_request.maxBodyBytes)
        end(failed(FailureKind::TooLarge, u"body over %1 bytes"_s.arg(m_request.maxBodyBytes)));
}

void HttpExchange::noteTlsErrors(const QList<QSslError> &errors)
{
    // Only written down: the handshake fails by itself when nobody says to go on, and nobody does.
    for (const QSslError &error : errors) {
        const QSslCertificate certificate = error.certificate();
        QString line = error.errorString();
        if (!certificate.isNull())
            line += u", issued by %1, SHA-256 %2"_s.arg(certificate.issuerInfo(QSslCertificate::CommonName).join(u' '),
                                                       QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':')));
        m_tlsErrors.append(line);
    }
}

void HttpExchange::replyFinished()
{
    m_status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    takeBody();
    if (!m_ended)
        end(judge());
}

HttpResult HttpExchange::judge()
{
    const QNetworkReply::NetworkError error = m_reply->error();
    if (const auto kind = failureOf(error)) {
        const QString why = m_tlsErrors.isEmpty() ? m_reply->errorString() : m_tlsErrors.join(u"; ");
        return failed(*kind, u"%1: %2"_s.arg(QString::number(error), why));
    }
    if (!isAnswer(m_status, m_request.redirectsAreAnswers))
        return failed(FailureKind::MalformedReply, u"status %1"_s.arg(m_status));
    if (error == QNetworkReply::UnknownContentError && m_status <= 299)
        return failed(FailureKind::TooLarge, m_reply->errorString()); // packed so tightly that Qt refuses to unpack it
    const QByteArray encoding = m_reply->rawHeader("Content-Encoding");
    if (!isKnownEncoding(encoding))
        return failed(FailureKind::MalformedReply, u"content encoding "_s + QString::fromLatin1(encoding));
    const QByteArray length = m_reply->rawHeader("Content-Length");
    bool known = false;
    const qint64 announced = length.toLongLong(&known);
    if (!known && !length.isEmpty()) // also two of them: nobody can say where the body ends (RFC 9110 8.6)
        return failed(FailureKind::MalformedReply, u"content length "_s + QString::fromLatin1(length));
    const bool bodiless = m_request.method == "HEAD" || m_status == 204;
    if (known && encoding.isEmpty() && !bodiless && announced != m_body.size())
        return failed(FailureKind::ConnectionLost, u"%1 of %2 bytes"_s.arg(m_body.size()).arg(announced));

    HttpReply reply;
    reply.status = m_status;
    reply.headers = m_reply->rawHeaderPairs();
    reply.body = m_body;
    reply.durationMs = m_transport ? m_transport->m_clock.continuousMs() - m_startedMs : 0;
    return reply;
}

HttpResult HttpExchange::failed(FailureKind kind, const QString &technical)
{
    Failure failure = Failure::of(kind, m_transport ? m_transport->m_redactor.text(technical) : QString());
    failure.httpStatus = m_status;
    failure.requestId = m_request.requestId;
    WireProgress progress;
    progress.changesNothing = isReading(m_request);
    progress.bodySize = m_bodySize;
    progress.bodyHandedOut = m_bodyHandedOut ? *m_bodyHandedOut : 0;
    progress.headSent = m_headSent;
    progress.status = m_status;
    failure.mayHaveExecuted = m_open && mayHaveExecuted(kind, progress);
    return failure;
}

void HttpExchange::end(HttpResult result)
{
    if (m_ended)
        return;
    m_ended = true;
    m_deadline->stop();
    if (m_floodWatch)
        m_floodWatch->stop();
    record(result);
    letReplyGo();
    m_request.bearer.wipe();
    m_request.body.wipe();
    QMetaObject::invokeMethod(this, [this, result = std::move(result)] { tell(result); }, Qt::QueuedConnection);
}

void HttpExchange::letReplyGo()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this); // first: abort() emits finished() on the spot
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

void HttpExchange::record(const HttpResult &result)
{
    if (!m_transport)
        return;
    const Redactor &redactor = m_transport->m_redactor;
    m_record.durationMs = m_transport->m_clock.continuousMs() - m_startedMs;
    m_record.bytesSent = m_bodyHandedOut ? *m_bodyHandedOut : 0;
    m_record.bytesReceived = m_body.size();
    m_record.status = m_status;
    if (m_reply && m_status != 0) {
        m_record.responseHeaders = redactor.headers(m_reply->rawHeaderPairs());
        m_record.responseBody = m_body.size() > kLargestRecordedBody
            ? "‹" + QByteArray::number(m_body.size()) + " bytes›"
            : redactor.body(m_reply->rawHeader("Content-Type"), m_body, m_echo);
    }
    m_echo.clear();
    m_record.failed = !result.ok() || !result->is2xx();
    if (!result.ok()) {
        m_record.failure = result.failure().kind;
        m_record.failureText = result.failure().technical;
    }
    // By way of the transport, so that the record is told even where the owner deletes this exchange.
    QMetaObject::invokeMethod(m_transport, [transport = m_transport.data(), entry = m_record] {
        Q_EMIT transport->recorded(entry);
    }, Qt::QueuedConnection);
}

void HttpExchange::tell(const HttpResult &result)
{
    const QPointer<HttpExchange> self(this); // a slot may delete us
    Q_EMIT finished(result);
    if (self)
        deleteLater();
}

} // namespace yoid
