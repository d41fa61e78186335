// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/net/apibench.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// Taking back (contract 2.12, 2.13) and the list of issuances (contract 2.10), which may be hostile.
class TestApiIssuances : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threeRungs();
    void badIdsSendNothing();
    void everyTryHasItsGate();
    void anyTwoHundredIsAYes_data();
    void anyTwoHundredIsAYes();
    void readsTheList();
    void stopsWhenOldEnough();
    void readsAnUnorderedListToItsEnd();
    void asksMorePlainly();
    void hostileLists_data();
    void hostileLists();
    void aFailingPageFailsTheList();
    void entriesThatCannotBeRead();
};

namespace {

const QByteArray kList = "GET /credentials";
const IssuanceId kIssuance { u"iss-1"_s };
const CredentialId kCredential { u"cred-1"_s };
const QDateTime kNoon = QDateTime::fromString(u"2026-11-20T12:00:00.000Z"_s, Qt::ISODateWithMs);

QByteArray entry(const QByteArray &id, const QDateTime &created)
{
    return R"({"id":")" + id + R"(","status":"offered","createdAt":")" + created.toString(Qt::ISODateWithMs).toLatin1() + R"("})";
}

/// `count` entries, the newest first, one minute apart.
QByteArray pageOf(int first, int count, const QByteArray &more = {})
{
    QByteArrayList entries;
    for (int i = first; i < first + count; ++i)
        entries << entry("iss-" + QByteArray::number(i), kNoon.addSecs(-60 * i));
    return R"({"data":[)" + entries.join(',') + "]" + more + "}";
}

CallOptions optionsOf(ApiBench &bench)
{
    CallOptions options;
    options.context = &bench.context;
    return options;
}

std::unique_ptr<Answer<IssuanceListing>> listed(ApiBench &bench, const QDateTime &newerThan = kNoon.addYears(-1))
{
    auto answer = std::make_unique<Answer<IssuanceListing>>();
    bench.api->listIssuances(optionsOf(bench), newerThan, answer->catcher());
    bench.settle();
    for (int i = 0; i < 400 && answer->count == 0; ++i)
        bench.settle();
    return answer;
}

} // namespace

void TestApiIssuances::threeRungs()
{
    ApiBench bench;
    const QList<std::tuple<RevokeRung, QByteArray, QByteArray>> rungs {
        { RevokeRung::Batch, "POST /credentials/revoke", R"({"ids":["cred-1"]})" },
        { RevokeRung::SingleInner, "POST /credentials/cred-1/revoke", "" },
        { RevokeRung::SingleOuter, "POST /credentials/iss-1/revoke", "" },
    };
    for (const auto &[rung, route, body] : rungs) {
        bench.platform.next(route, FakeTransport::reply(204));
        Answer<Done> answer;
        bench.api->revokeCredential(optionsOf(bench), rung, kIssuance, kCredential, answer.catcher());
        bench.settle();
        QVERIFY(answer.ok());
        QCOMPARE(bench.platform.sent(route).size(), 1);
        QCOMPARE(bench.line.last().body, body);
        QCOMPARE(bench.line.last().contentType, body.isEmpty() ? QByteArray() : QByteArray("application/json"));
        QCOMPARE(bench.line.last().action, ActionKind::Revoke);
        QVERIFY(!bench.line.last().bearer.isEmpty());
    }
}

void TestApiIssuances::badIdsSendNothing()
{
    ApiBench bench;
    for (const RevokeRung rung : allRevokeRungs()) {
        Answer<Done> answer;
        bench.api->revokeCredential(optionsOf(bench), rung, { u"../x"_s }, { u""_s }, answer.catcher());
        QCOMPARE(answer.count, 0); // never in the caller's own turn
        bench.settle();
        QVERIFY(answer.failedAs(FailureKind::InvalidInput));
    }
    QCOMPARE(bench.platform.apiCalls(), 0);
}

void TestApiIssuances::everyTryHasItsGate()
{
    ApiBench bench;
    bench.platform.next("POST /credentials/revoke", FakePlatform::json(401, "{}"));
    bench.platform.next("POST /credentials/revoke", FakeTransport::reply(204));
    QList<int> asked;
    CallOptions options = optionsOf(bench);
    options.firstAttempt = 4;
    options.gate = [&](int attempt, const std::function<void(bool)> &proceed) {
        asked << attempt;
        proceed(true);
    };
    Answer<Done> answer;
    bench.api->revokeCredential(options, RevokeRung::Batch, kIssuance, kCredential, answer.catcher());
    bench.settle(std::chrono::seconds(5));
    QVERIFY(answer.ok());
    QCOMPARE(asked, QList<int>({ 4, 5 }));

    options.gate = [](int, const std::function<void(bool)> &proceed) { proceed(false); };
    const int calls = bench.platform.apiCalls();
    Answer<Done> stopped;
    bench.api->revokeCredential(options, RevokeRung::Batch, kIssuance, kCredential, stopped.catcher());
    bench.settle();
    QVERIFY(stopped.failedAs(FailureKind::Cancelled));
    QCOMPARE(bench.platform.apiCalls(), calls);
}

void TestApiIssuances::anyTwoHundredIsAYes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("204") << 204 << QByteArray();
    QTest::newRow("200 empty") << 200 << QByteArray();
    QTest::newRow("200 object") << 200 << QByteArray(R"({"data":{"id":"iss-1"}})");
    QTest::newRow("200 with errors beside") << 200 << QByteArray(R"({"data":null,"errors":[{"detail":"deprecated"}]})");
    QTest::newRow("202 not JSON") << 202 << QByteArray("OK");
}

void TestApiIssuances::anyTwoHundredIsAYes()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    ApiBench bench;
    bench.platform.always("POST /credentials/revoke", FakePlatform::json(status, body));
    Answer<Done> answer;
    bench.api->revokeCredential(optionsOf(bench), RevokeRung::Batch, kIssuance, kCredential, answer.catcher());
    bench.settle();
    QVERIFY(answer.ok());
}

void TestApiIssuances::readsTheList()
{
    ApiBench bench;
    bench.platform.always(kList, FakePlatform::json(200, R"({"data":[
        {"id":"iss-2","status":"offered","createdAt":"2026-11-20T12:00:00.000Z","offerUri":"https://x/o","attributes":{"fullName":"N","mark":81.5,"ok":true,"left":null},
         "credentials":[{"id":"cred-2","status":"offered","credentialTemplateId":"tpl-1"}]},
        {"id":"iss-1","status":"completed","credentials":[{"id":"cred-1","status":"issued"}]}],"links":{"next":""}})"));
    const auto answer = listed(bench);
    QVERIFY(answer->ok());
    QCOMPARE(bench.line.last().query(), QByteArray("page%5Bsize%5D=100&sort=-createdAt"));
    const IssuanceListing listing = answer->value();
    QVERIFY(listing.complete);
    QCOMPARE(listing.items.size(), 2);
    QCOMPARE(listing.items.at(0).templateId, u"tpl-1"_s);
    QCOMPARE(listing.items.at(0).issuance.credentialId.text, u"cred-2"_s);
    const QMap<QString, QString> attributes { { u"fullName"_s, u"N"_s }, { u"mark"_s, u"81.5"_s }, { u"ok"_s, u"true"_s } };
    QCOMPARE(*listing.items.at(0).attributes, attributes);
    QVERIFY(!listing.items.at(1).attributes);
    QVERIFY(listing.items.at(1).templateId.isEmpty());
}

void TestApiIssuances::stopsWhenOldEnough()
{
    ApiBench bench;
    bench.platform.otherwise = [](const QByteArray &, const FakeTransport::Seen &seen) -> std::optional<HttpResult> {
        return FakePlatform::json(200, seen.query().contains("after") ? pageOf(100, 100) : pageOf(0, 100));
    };
    const auto answer = listed(bench, kNoon.addSecs(-30 * 60));
    QVERIFY(answer->ok());
    QVERIFY(answer->value().complete);
    QCOMPARE(answer->value().items.size(), 100);
    QCOMPARE(bench.platform.sent(kList).size(), 1);
}

void TestApiIssuances::readsAnUnorderedListToItsEnd()
{
    ApiBench bench;
    const QByteArray mixed = R"({"data":[)" + entry("a", kNoon.addDays(-9)) + ',' + entry("b", kNoon)
        + R"(],"links":{"next":"/me-creds/api/credentials?page%5Bafter%5D=b"}})";
    bench.platform.next(kList, FakePlatform::json(200, mixed));
    bench.platform.next(kList, FakePlatform::json(200, R"({"data":[)" + entry("c", kNoon.addDays(-10)) + "]}"));
    const auto answer = listed(bench, kNoon.addDays(-1));
    QVERIFY(answer->ok());
    QVERIFY(answer->value().complete);
    QCOMPARE(answer->value().items.size(), 3);
}

void TestApiIssuances::asksMorePlainly()
{
    ApiBench bench;
    bench.platform.next(kList, FakePlatform::json(400, R"({"message":"sort is not known"})"));
    bench.platform.next(kList, FakePlatform::json(200, pageOf(0, 3)));
    const auto sorted = listed(bench);
    QVERIFY(sorted->ok());
    QVERIFY(sorted->value().complete);
    QCOMPARE(bench.line.last().query(), QByteArray("page%5Bsize%5D=100"));

    // Without any query we do not know how much a page holds: such a list proves nothing unless it says that it ends.
    for (const bool saysSo : { false, true }) {
        bench.platform.next(kList, FakePlatform::json(400, "{}"));
        bench.platform.next(kList, FakePlatform::json(400, "{}"));
        bench.platform.next(kList, FakePlatform::json(200, pageOf(0, 20, saysSo ? R"(,"links":{"next":null})" : "")));
        const auto bare = listed(bench);
        QVERIFY(bare->ok());
        QCOMPARE(bench.line.last().query(), QByteArray());
        QCOMPARE(bare->value().complete, saysSo);
    }
    bench.platform.always(kList, FakePlatform::json(400, "{}"));
    QVERIFY(listed(bench)->failedAs(FailureKind::Rejected));
}

void TestApiIssuances::hostileLists_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<int>("mostCalls");
    QTest::newRow("the same page again") << QByteArray(R"(,"links":{"next":"/me-creds/api/credentials?page=2"})") << 2;
    QTest::newRow("to itself") << QByteArray(R"(,"links":{"next":"/me-creds/api/credentials?page%5Bsize%5D=100&sort=-createdAt"})") << 1;
    QTest::newRow("to another house") << QByteArray(R"(,"links":{"next":"https://evil.example/credentials"})") << 1;
    QTest::newRow("with a name") << QByteArray(R"(,"links":{"next":"https://a:b@test.didxtech.com/me-creds/api/credentials?page=2"})") << 1;
}

void TestApiIssuances::hostileLists()
{
    QFETCH(QByteArray, more);
    QFETCH(int, mostCalls);
    ApiBench bench;
    bench.platform.always(kList, FakePlatform::json(200, pageOf(0, 3, more)));
    const auto answer = listed(bench);
    QVERIFY(answer->ok());
    QVERIFY(!answer->value().complete);
    QCOMPARE(answer->value().items.size(), 3);
    QVERIFY(bench.platform.sent(kList).size() <= mostCalls);
    for (const FakeTransport::Seen &seen : bench.line.seen())
        QVERIFY(seen.url.startsWith("https://test.didxtech.com/"));
}

void TestApiIssuances::aFailingPageFailsTheList()
{
    ApiBench bench;
    bench.platform.next(kList, FakePlatform::json(200, pageOf(0, 100)));
    bench.platform.next(kList, FakePlatform::json(502, ""));
    const auto answer = listed(bench);
    QVERIFY(answer->failedAs(FailureKind::ServerError));
    QVERIFY(!answer->failure().mayHaveExecuted); // it was a question
    bench.platform.always(kList, FakePlatform::json(404, "{}"));
    QVERIFY(listed(bench)->failedAs(FailureKind::NotFound));
    bench.platform.always(kList, FakePlatform::json(200, R"({"data":"none"})"));
    QVERIFY(listed(bench)->failedAs(FailureKind::MalformedReply));
}

void TestApiIssuances::entriesThatCannotBeRead()
{
    for (const QByteArray &odd : { QByteArray("5"), QByteArray("null"), QByteArray("{}"), QByteArray(R"({"id":7})") }) {
        ApiBench bench;
        bench.platform.always(kList, FakePlatform::json(200, R"({"data":[)" + entry("a", kNoon) + ',' + odd + "]}"));
        const auto answer = listed(bench);
        QVERIFY(answer->ok());
        QCOMPARE(answer->value().items.size(), 1);
        QVERIFY(!answer->value().complete);
    }
}

QTEST_GUILESS_MAIN(TestApiIssuances)
#include "tst_apiissuances.moc"
