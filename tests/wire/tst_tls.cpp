// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/testcertificates.h"
#include "tests/wire/wirefixture.h"

#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>

using namespace yoid;
using namespace Qt::StringLiterals;

/// A certificate that is not right ends the call before anything private has left; there is no way to go on (4.1 row 6).
class TestTls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void goodCertificate();
    void badCertificates_data();
    void badCertificates();
    void certificateTurnsBadBetweenTwoCalls();
    void plainServerOnHttps();
    void silentServerOnHttps();

private:
    TestCertificates m_certificates;
};

void TestTls::initTestCase()
{
    QVERIFY2(QSslSocket::supportsSsl(), "no TLS back end");
    QVERIFY2(m_certificates.isValid(), qPrintable(m_certificates.problem()));
    m_certificates.trust();
}

void TestTls::goodCertificate()
{
    LoopbackServer server(m_certificates.good());
    server.answer(WirePlan::reply("200 OK", "{}"));
    WireFixture wire;
    VERIFY_ANSWER(wire.run(WireFixture::post(server)));
    QCOMPARE(server.requests().first().header("Authorization"), "Bearer token-1");
    QVERIFY(server.requests().first().head.startsWith("POST /issue HTTP/1.1"));
}

void TestTls::badCertificates_data()
{
    QTest::addColumn<QString>("which");
    QTest::newRow("expired") << u"expired"_s;
    QTest::newRow("wrong host") << u"wrong host"_s;
    QTest::newRow("self-signed") << u"self-signed"_s;
}

void TestTls::badCertificates()
{
    QFETCH(QString, which);
    const LoopbackServer::Tls tls = which == u"expired" ? m_certificates.expired()
        : which == u"wrong host"                        ? m_certificates.wrongHost()
                                                        : m_certificates.selfSigned();
    QVERIFY2(m_certificates.isValid(), qPrintable(m_certificates.problem()));
    LoopbackServer server(tls);
    server.answer(WirePlan::reply("200 OK", "{}"));
    WireFixture wire;
    for (int i = 0; i < 2; ++i) { // refused the second time as well
        const HttpResult result = wire.run(WireFixture::post(server));
        COMPARE_FAILURE(result, FailureKind::TlsRefused);
        QVERIFY(!result.failure().mayHaveExecuted);
        QVERIFY2(result.failure().technical.contains(u"SHA-256"), qPrintable(result.failure().technical));
    }
    QCOMPARE(server.count(), 0);
    QCOMPARE(server.bytesReceived(), 0);
}

void TestTls::certificateTurnsBadBetweenTwoCalls()
{
    WireFixture wire;
    LoopbackServer good(m_certificates.good());
    good.answer(WirePlan::reply("200 OK", "{}"));
    VERIFY_ANSWER(wire.run(WireFixture::post(good)));
    LoopbackServer expired(m_certificates.expired());
    expired.answer(WirePlan::reply("200 OK", "{}"));
    const HttpResult result = wire.run(WireFixture::post(expired));
    COMPARE_FAILURE(result, FailureKind::TlsRefused);
    QVERIFY(!result.failure().mayHaveExecuted);
    QCOMPARE(expired.bytesReceived(), 0);
}

void TestTls::plainServerOnHttps()
{
    LoopbackServer server;
    server.answer(WirePlan::reply("200 OK", "{}"));
    WireFixture wire;
    HttpRequest request = WireFixture::post(server);
    request.url.replace("http:", "https:");
    request.allowedOrigins = { originOf(QUrl::fromEncoded(request.url)) };
    request.deadline = std::chrono::milliseconds(3000);
    const HttpResult result = wire.run(std::move(request));
    QVERIFY(!result.ok());
    QVERIFY(!result.failure().mayHaveExecuted);
    QCOMPARE(server.count(), 0);
}

void TestTls::silentServerOnHttps()
{
    QTcpServer server; // takes the connection and says nothing
    QVERIFY(server.listen(QHostAddress::LocalHost));
    WireFixture wire;
    HttpRequest request;
    request.method = "POST";
    request.url = "https://127.0.0.1:" + QByteArray::number(server.serverPort()) + "/x";
    request.allowedOrigins = { originOf(QUrl::fromEncoded(request.url)) };
    request.contentType = "application/json";
    request.body = Secret("{}");
    request.deadline = std::chrono::milliseconds(1000);
    const HttpResult result = wire.run(std::move(request));
    COMPARE_FAILURE(result, FailureKind::Timeout);
    QVERIFY(!result.failure().mayHaveExecuted);
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
