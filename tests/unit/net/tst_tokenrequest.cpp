// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// What the token request looks like and where it may go (reliability 2.2 T2, 2.4).

#include "tests/unit/net/tokenbench.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

class TestTokenRequest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void redirectOnTokenEndpoint();
    void plainHttpRefused();
    void plainHttpToThisComputer();
    void secretEncoding_data();
    void secretEncoding();
    void secretWithNul();
};

void TestTokenRequest::redirectOnTokenEndpoint()
{
    TokenBench bench;
    bench.line.fail(FailureKind::RedirectRefused);
    bench.ready().acquire();
    bench.settle();
    QCOMPARE(bench.requests(), 1);
    QCOMPARE(bench.line.last().url, QByteArray("https://iam.example.org/token"));
    // The transport may take the secret to that one place only, so there is nowhere to follow to.
    QCOMPARE(bench.line.last().allowedOrigins, QList<Origin> { originOf(bench.profile.tokenUrl) });
    QCOMPARE(bench.tokens->status().lastError->kind, FailureKind::RedirectRefused);
}

void TestTokenRequest::plainHttpRefused()
{
    TokenBench bench(QUrl(u"http://iam.example.org/token"_s));
    QCOMPARE(bench.ready().take().failure.kind, FailureKind::AddressRefused);
    bench.use(1min);
    QCOMPARE(bench.requests(), 0);
    QCOMPARE(bench.state(), TokenState::Rejected);
}

void TestTokenRequest::plainHttpToThisComputer()
{
    TokenBench bench(QUrl(u"http://127.0.0.1:8080/token"_s));
    QVERIFY(bench.ready().take().ok);
}

void TestTokenRequest::secretEncoding_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QByteArray>("encoded");
    QTest::newRow("plain") << QByteArray("abc-._~XYZ019") << QByteArray("abc-._~XYZ019");
    QTest::newRow("special") << QByteArray("&=+% :\"\xC3\xA9`") << QByteArray("%26%3D%2B%25%20%3A%22%C3%A9%60");
    QTest::newRow("looks encoded") << QByteArray("a%41b+c") << QByteArray("a%2541b%2Bc");
    QTest::newRow("newline at the end") << QByteArray("abc\n") << QByteArray("abc%0A");
}

void TestTokenRequest::secretEncoding()
{
    QFETCH(QByteArray, secret);
    QFETCH(QByteArray, encoded);
    TokenBench bench;
    bench.tokens->setSecret(Secret(secret));
    QVERIFY(bench.take().ok);
    const auto &sent = bench.line.last();
    QCOMPARE(sent.body, "grant_type=client_credentials&client_id=console&client_secret=" + encoded);
    QCOMPARE(sent.contentType, QByteArray("application/x-www-form-urlencoded"));
    QCOMPARE(sent.method, QByteArray("POST"));
    QCOMPARE(sent.action, ActionKind::SignIn);
    QVERIFY(sent.bearer.isEmpty());
    QVERIFY(sent.header("Authorization").isEmpty()); // never both ways at once
}

void TestTokenRequest::secretWithNul()
{
    TokenBench bench;
    bench.tokens->setSecret(Secret(QByteArray("ab\0cd", 5)));
    bench.acquire();
    bench.advance(20s);
    QCOMPARE(bench.requests(), 0);
    QCOMPARE(bench.state(), TokenState::NoSecret);
    QCOMPARE(bench.got.value(0).failure.kind, FailureKind::InvalidInput);
}

} // namespace yoid

QTEST_GUILESS_MAIN(yoid::TestTokenRequest)
#include "tst_tokenrequest.moc"
