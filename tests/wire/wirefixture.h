// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/base/redactor.h"
#include "app/net/httptransport.h"
#include "tests/support/exchangeends.h"
#include "tests/support/loopbackserver.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <memory>

namespace yoid {

/// A transport on the real clock, and requests with short deadlines to send through it.
struct WireFixture {
    SystemClock clock;
    Redactor redactor;
    std::unique_ptr<HttpTransport> transport = std::make_unique<HttpTransport>(clock, redactor);

    /// Long enough for a loaded machine; a test that expects the deadline sets its own.
    static constexpr std::chrono::milliseconds kPlenty { 20'000 };

    [[nodiscard]] static HttpRequest get(const LoopbackServer &server, const QByteArray &path = "/list")
    {
        HttpRequest request;
        request.url = server.url(path);
        request.allowedOrigins = { originOf(QUrl::fromEncoded(request.url)) };
        request.deadline = kPlenty;
        request.requestId = QStringLiteral("intent-1");
        return request;
    }

    [[nodiscard]] static HttpRequest post(const LoopbackServer &server, const QByteArray &path = "/issue")
    {
        HttpRequest request = get(server, path);
        request.method = "POST";
        request.contentType = "application/json";
        request.body = Secret("{\"who\":\"Thabo\"}");
        request.bearer = Secret("token-1");
        return request;
    }

    /// Sends and waits for the end; counts what came and, for a moment longer, whether more came.
    [[nodiscard]] HttpResult run(HttpRequest request)
    {
        ExchangeEnds ends(transport->send(std::move(request)));
        if (!QTest::qWaitFor([&] { return ends.count > 0; }, 60'000))
            return Failure::of(FailureKind::Internal, QStringLiteral("the exchange never ended"));
        QCoreApplication::processEvents();
        if (ends.count != 1)
            return Failure::of(FailureKind::Internal, QStringLiteral("the exchange ended more than once"));
        return *ends.last;
    }
};

} // namespace yoid

/// The result is this failure; shows what it was otherwise.
#define COMPARE_FAILURE(result, expected)                                                                              \
    do {                                                                                                               \
        const yoid::HttpResult &theResult = (result);                                                                  \
        QVERIFY2(!theResult.ok(), "an answer where a failure was expected");                                           \
        QVERIFY2(theResult.failure().kind == (expected),                                                               \
                 qPrintable(yoid::failureName(theResult.failure().kind) + u": " + theResult.failure().technical));     \
    } while (false)

/// The result is an answer; shows the failure otherwise.
#define VERIFY_ANSWER(result)                                                                                          \
    do {                                                                                                               \
        const yoid::HttpResult &theResult = (result);                                                                  \
        QVERIFY2(theResult.ok(),                                                                                       \
                 theResult.ok() ? ""                                                                                   \
                                : qPrintable(yoid::failureName(theResult.failure().kind) + u": "                       \
                                             + theResult.failure().technical));                                        \
    } while (false)
