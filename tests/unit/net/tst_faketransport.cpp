// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/exchangeends.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faketransport.h"

#include <QtCore/QPointer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <memory>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

HttpRequest post(const QByteArray &path = "/issue")
{
    HttpRequest request;
    request.method = "POST";
    request.url = "https://creds.example" + path;
    request.contentType = "application/json";
    request.body = Secret("{}");
    request.bearer = Secret("token-1");
    request.requestId = u"intent-1"_s;
    return request;
}

using Ends = ExchangeEnds;

} // namespace

/// The fake must keep the promises of the real one, or tests that use it prove nothing.
class TestFakeTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersOnceFromTheEventLoop();
    void handlerSeesTheWholeRequest();
    void heldUntilReleased();
    void abortEndsOnce();
    void deletingTheExchangeIsSilent();
    void deletingTheTransportEndsTheExchange();
    void deadlinePassesOnTheGivenClock();
};

void TestFakeTransport::answersOnceFromTheEventLoop()
{
    FakeTransport transport;
    QSignalSpy recorded(&transport, &Transport::recorded);
    transport.answer(201, "{}");
    const QPointer<Exchange> exchange = transport.send(post());
    Ends ends(exchange);
    QCOMPARE(ends.count, 0);
    QTRY_COMPARE(ends.count, 1);
    QCOMPARE(ends.last->value().status, 201);
    QTRY_VERIFY(exchange.isNull());
    QCOMPARE(ends.count, 1);
    QCOMPARE(recorded.size(), 1);
}

void TestFakeTransport::handlerSeesTheWholeRequest()
{
    FakeTransport transport;
    transport.setHandler([](const FakeTransport::Seen &seen) {
        return FakeTransport::reply(seen.path() == "/issue" ? 200 : 404);
    });
    Ends first(transport.send(post("/issue?a=1")));
    Ends second(transport.send(post("/other")));
    QTRY_COMPARE(second.count, 1);
    QCOMPARE(first.last->value().status, 200);
    QCOMPARE(second.last->value().status, 404);
    QCOMPARE(transport.seen().first().query(), "a=1");
    QCOMPARE(transport.seen().first().bearer, "token-1");
    QCOMPARE(transport.seen().first().body, "{}");
    QCOMPARE(transport.count("POST", "/other"), 1);
}

void TestFakeTransport::heldUntilReleased()
{
    FakeTransport transport;
    transport.hold(true);
    transport.answer(200, "first");
    transport.answer(200, "second");
    Ends first(transport.send(post()));
    Ends second(transport.send(post()));
    Ends third(transport.send(post()));
    QCOMPARE(transport.held(), 3);
    QCoreApplication::processEvents();
    QCOMPARE(first.count, 0);
    transport.releaseWith(FakeTransport::failure(FailureKind::ConnectionLost, true), 1);
    transport.releaseAll(); // the third has no answer and stays
    QTRY_COMPARE(second.count, 1);
    QTRY_COMPARE(first.count, 1);
    QCOMPARE(first.last->value().body, "first");
    QVERIFY(second.last->failure().mayHaveExecuted);
    QCOMPARE(second.last->failure().requestId, u"intent-1"_s);
    QCOMPARE(transport.held(), 1);
    QCOMPARE(third.count, 0);
}

void TestFakeTransport::abortEndsOnce()
{
    FakeTransport transport;
    Exchange *exchange = transport.send(post());
    Ends ends(exchange);
    exchange->abort();
    exchange->abort();
    QCOMPARE(ends.count, 0);
    QTRY_COMPARE(ends.count, 1);
    QCOMPARE(ends.last->failure().kind, FailureKind::Cancelled);
    QVERIFY(ends.last->failure().mayHaveExecuted);
    QCOMPARE(transport.aborts(), 1);
    QCOMPARE(transport.held(), 0);
}

void TestFakeTransport::deletingTheExchangeIsSilent()
{
    FakeTransport transport;
    transport.answer(200);
    Exchange *exchange = transport.send(post());
    Ends ends(exchange);
    delete exchange;
    QCoreApplication::processEvents();
    QCOMPARE(ends.count, 0);

    Exchange *hanging = transport.send(post());
    delete hanging;
    QCOMPARE(transport.dropped(), 1);
    QCOMPARE(transport.held(), 0);
}

void TestFakeTransport::deletingTheTransportEndsTheExchange()
{
    auto transport = std::make_unique<FakeTransport>();
    Ends ends(transport->send(post()));
    transport.reset();
    QTRY_COMPARE(ends.count, 1);
    QCOMPARE(ends.last->failure().kind, FailureKind::Cancelled);
}

void TestFakeTransport::deadlinePassesOnTheGivenClock()
{
    FakeClock clock;
    FakeTransport transport(&clock);
    Ends ends(transport.send(post()));
    clock.advance(29s);
    QCOMPARE(ends.count, 0);
    clock.advance(2s);
    QCOMPARE(ends.count, 1);
    QCOMPARE(ends.last->failure().kind, FailureKind::Timeout);
    QVERIFY(ends.last->failure().mayHaveExecuted);
}

QTEST_GUILESS_MAIN(TestFakeTransport)
#include "tst_faketransport.moc"
