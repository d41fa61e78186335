// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/publicfetch.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faketransport.h"
#include "tests/support/testcertificates.h"
#include "tests/wire/wirefixture.h"

#include <QtNetwork/QHostAddress>
#include <QtTest/QTest>

#include <optional>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// A name server by table, which counts what it was asked.
struct Names {
    QHash<QString, QList<QHostAddress>> table;
    QStringList asked;

    PublicFetch::Resolve resolve()
    {
        return [this](const QString &host, QObject *context, const PublicFetch::Resolved &then) {
            asked.append(host);
            QMetaObject::invokeMethod(context, [then, found = table.value(host)] { then(found); }, Qt::QueuedConnection);
        };
    }
};

const QList<QHostAddress> kPublic { QHostAddress(u"93.184.216.34"_s) };

} // namespace

/// What a stranger's credential points to is fetched without being led into the office (reliability 1.10, threat 22).
class TestPublicFetch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addresses_data();
    void addresses();
    void plainFetch();
    void refusedBeforeAnything_data();
    void refusedBeforeAnything();
    void redirects_data();
    void redirects();
    void answers_data();
    void answers();
    void deadlineIsForTheWhole();
    void contextGone();
    void overRealTls();
    void certificateOfSomebodyElse();
    void redirectStaysAFailureForOthers();
    void practiceStandsIn_data();
    void practiceStandsIn();
    void practiceLeadsNowhereElse();
};

void TestPublicFetch::addresses_data()
{
    QTest::addColumn<bool>("isPublic");
    const auto row = [](const char *address, bool isPublic) { QTest::newRow(address) << isPublic; };
    for (const char *address : { "93.184.216.34", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.0", "198.17.0.1",
                                 "223.255.255.255", "2606:2800:220:1::1", "2001:4860:4860::8888", "::ffff:8.8.8.8" })
        row(address, true);
    for (const char *address : { "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.9.9.9",
                                 "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1",
                                 "198.18.0.1", "198.51.100.7", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1",
                                 "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2001:db8::1",
                                 "2001::1", "2002:7f00:1::", "64:ff9b::7f00:1", "3fff::1", "4000::1", "::7f00:1" })
        row(address, false);
}

void TestPublicFetch::addresses()
{
    QFETCH(bool, isPublic);
    QCOMPARE(isPublicAddress(QHostAddress(QString::fromLatin1(QTest::currentDataTag()))), isPublic);
}

void TestPublicFetch::plainFetch()
{
    FakeClock clock;
    FakeTransport transport(&clock);
    Names names { { { u"keys.example.org"_s, kPublic } }, {} };
    PublicFetch fetch(transport, clock, nullptr, names.resolve());
    transport.answer(200, "the keys");
    std::optional<Outcome<QByteArray>> got;
    fetch.fetch({ QUrl(u"https://keys.example.org:8443/a/b?c=d#f"_s), "application/json", 500 }, this, [&](auto outcome) { got = outcome; });
    QTRY_VERIFY(got);
    QVERIFY(got->ok());
    QCOMPARE(got->value(), "the keys");
    QCOMPARE(transport.count(), 1);
    const FakeTransport::Seen &seen = transport.seen().constLast();
    QCOMPARE(seen.url, "https://keys.example.org:8443/a/b?c=d");
    QCOMPARE(seen.connectTo, u"93.184.216.34"_s);
    QCOMPARE(seen.header("Accept"), "application/json");
    QCOMPARE(seen.maxBodyBytes, 500);
    QVERIFY(seen.bearer.isEmpty());
    QVERIFY(seen.requestId.isEmpty());
    QCOMPARE(seen.allowedOrigins.size(), 1);
}

void TestPublicFetch::refusedBeforeAnything_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("leadsTo"); // blanks between several
    QTest::newRow("http") << u"http://keys.example.org/"_s << u"93.184.216.34"_s;
    QTest::newRow("file") << u"file:///etc/passwd"_s << u"93.184.216.34"_s;
    QTest::newRow("address in place of a name") << u"https://93.184.216.34/"_s << u"93.184.216.34"_s;
    QTest::newRow("IPv6 in place of a name") << u"https://[2606:2800:220:1::1]/"_s << u"93.184.216.34"_s;
    QTest::newRow("decimal address") << u"https://2130706433/"_s << u"93.184.216.34"_s;
    QTest::newRow("localhost") << u"https://localhost/"_s << u"93.184.216.34"_s;
    QTest::newRow("single label") << u"https://intranet/"_s << u"93.184.216.34"_s;
    QTest::newRow("user information") << u"https://a:b@keys.example.org/"_s << u"93.184.216.34"_s;
    QTest::newRow("no host") << u"https:///a"_s << u"93.184.216.34"_s;
    QTest::newRow("leads to this computer") << u"https://keys.example.org/"_s << u"127.0.0.1"_s;
    QTest::newRow("leads into the office") << u"https://keys.example.org/"_s << u"192.168.0.1"_s;
    QTest::newRow("leads to the cloud's own") << u"https://keys.example.org/"_s << u"169.254.169.254"_s;
    QTest::newRow("one of several is private") << u"https://keys.example.org/"_s << u"93.184.216.34 10.0.0.7"_s;
}

void TestPublicFetch::refusedBeforeAnything()
{
    QFETCH(QString, address);
    QFETCH(QString, leadsTo);
    FakeClock clock;
    FakeTransport transport(&clock);
    Names names;
    for (const QString &one : leadsTo.split(u' '))
        names.table[QUrl(address).host()].append(QHostAddress(one));
    PublicFetch fetch(transport, clock, nullptr, names.resolve());
    std::optional<Outcome<QByteArray>> got;
    fetch.fetch({ QUrl(address), "application/json" }, this, [&](auto outcome) { got = outcome; });
    QVERIFY(!got); // from the event loop
    QTRY_VERIFY(got);
    QVERIFY(!got->ok());
    QCOMPARE(got->failure().kind, FailureKind::AddressRefused);
    QCOMPARE(transport.count(), 0);
}

void TestPublicFetch::redirects_data()
{
    QTest::addColumn<QByteArrayList>("places");
    QTest::addColumn<int>("requests");
    QTest::addColumn<bool>("ok");
    QTest::addColumn<FailureKind>("kind");
    using enum FailureKind;
    QTest::newRow("to a path") << QByteArrayList { "/new" } << 2 << true << Internal;
    QTest::newRow("to another public name") << QByteArrayList { "https://other.example.org/k" } << 2 << true << Internal;
    QTest::newRow("three") << QByteArrayList { "/1", "/2", "/3" } << 4 << true << Internal;
    QTest::newRow("four") << QByteArrayList { "/1", "/2", "/3", "/4" } << 4 << false << RedirectRefused;
    QTest::newRow("to http") << QByteArrayList { "http://keys.example.org/" } << 1 << false << AddressRefused;
    QTest::newRow("into the office") << QByteArrayList { "https://office.example.org/" } << 1 << false << AddressRefused;
    QTest::newRow("to an address") << QByteArrayList { "https://10.0.0.1/" } << 1 << false << AddressRefused;
    QTest::newRow("nowhere") << QByteArrayList { "" } << 1 << false << RedirectRefused;
    QTest::newRow("to a name nobody knows") << QByteArrayList { "https://gone.example.org/" } << 1 << false << NameNotFound;
}

void TestPublicFetch::redirects()
{
    QFETCH(QByteArrayList, places);
    FakeClock clock;
    FakeTransport transport(&clock);
    Names names { { { u"keys.example.org"_s, kPublic },
                    { u"other.example.org"_s, kPublic },
                    { u"office.example.org"_s, { QHostAddress(u"10.1.1.1"_s) } } }, {} };
    PublicFetch fetch(transport, clock, nullptr, names.resolve());
    for (const QByteArray &place : places)
        transport.answer(302, {}, { { "Location", place } });
    transport.answer(200, "found");
    std::optional<Outcome<QByteArray>> got;
    fetch.fetch({ QUrl(u"https://keys.example.org/"_s), "application/json" }, this, [&](auto outcome) { got = outcome; });
    QTRY_VERIFY(got);
    QTEST(got->ok(), "ok");
    QTEST(transport.count(), "requests");
    if (!got->ok())
        QTEST(got->failure().kind, "kind");
    QCOMPARE(int(names.asked.size()) >= transport.count(), true); // each place is looked up anew
}

void TestPublicFetch::answers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<FailureKind>("kind");
    QTest::newRow("204") << 204 << FailureKind::MalformedReply;
    QTest::newRow("404") << 404 << FailureKind::NotFound;
    QTest::newRow("410") << 410 << FailureKind::NotFound;
    QTest::newRow("403") << 403 << FailureKind::Rejected;
    QTest::newRow("503") << 503 << FailureKind::ServerError;
}

void TestPublicFetch::answers()
{
    QFETCH(int, status);
    FakeClock clock;
    FakeTransport transport(&clock);
    Names names { { { u"keys.example.org"_s, kPublic } }, {} };
    PublicFetch fetch(transport, clock, nullptr, names.resolve());
    transport.answer(status, "x");
    std::optional<Outcome<QByteArray>> got;
    fetch.fetch({ QUrl(u"https://keys.example.org/"_s), "application/json" }, this, [&](auto outcome) { got = outcome; });
    QTRY_VERIFY(got);
    QVERIFY(!got->ok());
    QTEST(got->failure().kind, "kind");
    QCOMPARE(got->failure().httpStatus, status);
}

void TestPublicFetch::deadlineIsForTheWhole()
{
    FakeClock clock;
    FakeTransport transport(&clock);
    Names names { { { u"keys.example.org"_s, kPublic } }, {} };
    PublicFetch fetch(transport, clock, nullptr, names.resolve());
    transport.hold(true);
    std::optional<Outcome<QByteArray>> got;
    fetch.fetch({ QUrl(u"https://keys.example.org/"_s), "application/json" }, this, [&](auto outcome) { got = outcome; });
    QTRY_COMPARE(transport.held(), 1);
    clock.advance(std::chrono::seconds(8));
    transport.releaseWith(HttpReply { 302, { { "Location", "/late" } }, {}, 0 });
    QTRY_COMPARE(transport.count(), 2);
    QCOMPARE_LE(transport.seen().constLast().deadline, std::chrono::milliseconds(2000));
    clock.advance(std::chrono::seconds(3));
    QTRY_VERIFY(got);
    QVERIFY(!got->ok());
    QCOMPARE(got->failure().kind, FailureKind::Timeout);
}

void TestPublicFetch::contextGone()
{
    FakeClock clock;
    FakeTransport transport(&clock);
    Names names { { { u"keys.example.org"_s, kPublic } }, {} };
    PublicFetch fetch(transport, clock, nullptr, names.resolve());
    transport.hold(true);
    bool told = false;
    auto context = std::make_unique<QObject>();
    fetch.fetch({ QUrl(u"https://keys.example.org/"_s), "application/json" }, context.get(), [&](const auto &) { told = true; });
    QTRY_COMPARE(transport.held(), 1);
    context.reset();
    QTRY_COMPARE(transport.held(), 0);
    QVERIFY(!told);
}

void TestPublicFetch::overRealTls()
{
    TestCertificates certificates;
    QVERIFY2(certificates.isValid(), qPrintable(certificates.problem()));
    certificates.trust();
    // The certificate is for other.example, the server is at 127.0.0.1: only the name in the handshake can make it fit.
    LoopbackServer server(certificates.wrongHost());
    server.answer(WirePlan::reply("200 OK", "found"));
    Names names { { { u"other.example"_s, { QHostAddress(QHostAddress::LocalHost) } } }, {} };
    WireFixture wire;
    PublicFetch fetch(*wire.transport, wire.clock, nullptr, names.resolve(), [](const QHostAddress &) { return true; });
    std::optional<Outcome<QByteArray>> got;
    fetch.fetch({ QUrl(u"https://other.example:%1/did.json"_s.arg(server.port())), "application/did+json" }, this,
                [&](auto outcome) { got = outcome; });
    QTRY_VERIFY(got);
    QVERIFY2(got->ok(), got->ok() ? "" : qPrintable(got->failure().technical));
    QCOMPARE(got->value(), "found");
    const WireRequest request = server.requests().constFirst();
    QCOMPARE(request.header("Host"), "other.example:" + QByteArray::number(server.port()));
    QCOMPARE(request.target, "/did.json");
    QVERIFY(request.header("Authorization").isEmpty());
    QVERIFY(request.header("Cookie").isEmpty());
}

void TestPublicFetch::certificateOfSomebodyElse()
{
    TestCertificates certificates;
    QVERIFY2(certificates.isValid(), qPrintable(certificates.problem()));
    certificates.trust();
    LoopbackServer server(certificates.good()); // for the address the connection goes to, which is not who was asked for
    server.answer(WirePlan::reply("200 OK", "found"));
    Names names { { { u"other.example"_s, { QHostAddress(QHostAddress::LocalHost) } } }, {} };
    WireFixture wire;
    PublicFetch fetch(*wire.transport, wire.clock, nullptr, names.resolve(), [](const QHostAddress &) { return true; });
    std::optional<Outcome<QByteArray>> got;
    fetch.fetch({ QUrl(u"https://other.example:%1/"_s.arg(server.port())), "application/json" }, this, [&](auto outcome) { got = outcome; });
    QTRY_VERIFY(got);
    QVERIFY(!got->ok());
    QCOMPARE(got->failure().kind, FailureKind::TlsRefused);
    QCOMPARE(server.count(), 0);
}

void TestPublicFetch::redirectStaysAFailureForOthers()
{
    LoopbackServer server;
    server.answer(WirePlan::reply("302 Found", {}, "Location: /else\r\n"));
    WireFixture wire;
    const HttpResult result = wire.run(WireFixture::post(server));
    QVERIFY(!result.ok());
    QCOMPARE(result.failure().kind, FailureKind::RedirectRefused);
}

void TestPublicFetch::practiceStandsIn_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QUrl>("server");
    QTest::addColumn<QUrl>("address");
    QTest::addColumn<bool>("reached");
    const QUrl here(u"http://127.0.0.1:4711"_s);
    const QUrl right(u"https://practice.invalid/a/did.json"_s);
    QTest::newRow("practice") << u"practice.invalid"_s << here << right << true;
    QTest::newRow("another name") << u"practice.invalid"_s << here << QUrl(u"https://other.invalid/a/did.json"_s) << false;
    QTest::newRow("a name beneath") << u"practice.invalid"_s << here << QUrl(u"https://x.practice.invalid/"_s) << false;
    QTest::newRow("another port") << u"practice.invalid"_s << here << QUrl(u"https://practice.invalid:8443/"_s) << false;
    QTest::newRow("plain http") << u"practice.invalid"_s << here << QUrl(u"http://practice.invalid/"_s) << false;
    QTest::newRow("the server by its own name") << u"practice.invalid"_s << here << QUrl(u"https://127.0.0.1:4711/"_s) << false;
    QTest::newRow("a name that could exist") << u"academy.example.org"_s << here << QUrl(u"https://academy.example.org/"_s) << false;
    QTest::newRow("a server elsewhere") << u"practice.invalid"_s << QUrl(u"http://10.0.0.1:4711"_s) << right << false;
}

void TestPublicFetch::practiceStandsIn()
{
    QFETCH(QString, host);
    QFETCH(QUrl, server);
    QFETCH(QUrl, address);
    QFETCH(bool, reached);
    FakeClock clock;
    FakeTransport transport(&clock);
    Names names;
    PublicFetch fetch(transport, clock, nullptr, names.resolve());
    transport.answer(200, "found");
    fetch.standIn(host, server);
    std::optional<Outcome<QByteArray>> got;
    fetch.fetch({ address, "application/json" }, this, [&](auto outcome) { got = outcome; });
    QTRY_VERIFY(got);
    QCOMPARE(got->ok(), reached);
    QCOMPARE(transport.count(), reached ? 1 : 0);
    if (reached) {
        QCOMPARE(transport.seen().constFirst().url, "http://127.0.0.1:4711/a/did.json");
        QVERIFY(names.asked.isEmpty());
    }
    fetch.noStandIn();
    got.reset();
    fetch.fetch({ address, "application/json" }, this, [&](auto outcome) { got = outcome; });
    QTRY_VERIFY(got);
    QVERIFY(!got->ok());
}

void TestPublicFetch::practiceLeadsNowhereElse()
{
    // Whatever the practice server answers, it cannot send us into the office.
    FakeClock clock;
    FakeTransport transport(&clock);
    Names names;
    PublicFetch fetch(transport, clock, nullptr, names.resolve());
    fetch.standIn(u"practice.invalid"_s, QUrl(u"http://127.0.0.1:4711"_s));
    transport.setHandler([](const FakeTransport::Seen &) -> HttpResult {
        return HttpReply { 302, { { "Location", "http://127.0.0.1:8080/admin" } }, {}, 1 };
    });
    std::optional<Outcome<QByteArray>> got;
    fetch.fetch({ QUrl(u"https://practice.invalid/"_s), "application/json" }, this, [&](auto outcome) { got = outcome; });
    QTRY_VERIFY(got);
    QVERIFY(!got->ok());
    QCOMPARE(got->failure().kind, FailureKind::AddressRefused);
    QCOMPARE(transport.count(), 1);
}

QTEST_GUILESS_MAIN(TestPublicFetch)
#include "tst_publicfetch.moc"
