// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/net/apibench.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Seen = FakeTransport::Seen;
const QByteArray kRoute = "GET /templates/credentials";

QByteArray entry(int number)
{
    return R"({"id":"tpl-)" + QByteArray::number(number) + R"(","name":"T","type":"https://x/t","format":"sd-jwt-vc","attributes":{}})";
}

/// A page of entries from `first` on. \param rest members beside data
HttpResult page(int first, int count, const QByteArray &rest = {})
{
    QByteArrayList entries;
    for (int i = 0; i < count; ++i)
        entries << entry(first + i);
    return FakePlatform::json(200, R"({"data":[)" + entries.join(',') + ']' + (rest.isEmpty() ? QByteArray() : ',' + rest) + '}');
}

QByteArray linkNext(const QByteArray &url)
{
    return R"("links":{"next":")" + url + R"("})";
}

} // namespace

class TestApiLists : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onePage();
    void followsLinks();
    void followsRelativeLinks();
    void followsCursors();
    void fullPageAsksForMore();
    void linksElsewhereAreIgnored_data();
    void linksElsewhereAreIgnored();
    void stopsWhenItRunsInCircles();
    void endlessListStopsAtAThousandPages();
    void pagesWithoutIdsStop();
    void queryRefusedIsAskedBare();
    void notAList_data();
    void notAList();
    void aFailingPageFailsTheList();
    void eachPageMayCureItsOwn401();
    void contextDiesBetweenPages();
    void otherLists();

private:
    static QStringList idsOf(const QList<CredentialTemplate> &templates)
    {
        QStringList ids;
        for (const CredentialTemplate &entry : templates)
            ids << entry.id.text;
        return ids;
    }
    struct Run {
        Run() { options.context = &bench.context; }
        void go(std::chrono::milliseconds time = 0ms)
        {
            bench.api->listCredentialTemplates(options, answer.catcher());
            for (int i = 0; i < 400 && answer.count == 0; ++i) // each settle carries only a few pages
                bench.settle(time);
        }
        ApiBench bench;
        CallOptions options;
        Answer<QList<CredentialTemplate>> answer;
    };
};

void TestApiLists::onePage()
{
    Run run;
    run.bench.platform.next(kRoute, page(1, 3, R"("links":{"next":""},"meta":{})"));
    run.go();
    QVERIFY(run.answer.ok());
    QCOMPARE(idsOf(run.answer.value()), QStringList({ u"tpl-1"_s, u"tpl-2"_s, u"tpl-3"_s }));
    QCOMPARE(run.bench.platform.apiCalls(), 1);
}

void TestApiLists::followsLinks()
{
    Run run;
    run.bench.platform.next(kRoute, page(1, 2, linkNext("https://test.didxtech.com/me-creds/api/templates/credentials?page%5Bafter%5D=tpl-2")));
    run.bench.platform.next(kRoute, page(3, 1));
    run.go();
    QVERIFY(run.answer.ok());
    QCOMPARE(run.answer.value().size(), 3);
    QCOMPARE(run.bench.line.last().query(), QByteArray("page%5Bafter%5D=tpl-2"));
    QCOMPARE(run.bench.line.last().attempt, 1); // a request of its own
}

void TestApiLists::followsRelativeLinks()
{
    Run run;
    run.bench.platform.next(kRoute, page(1, 2, linkNext("/me-creds/api/templates/credentials?page=2")));
    run.bench.platform.next(kRoute, page(3, 1));
    run.go();
    QCOMPARE(run.answer.value().size(), 3);
    QCOMPARE(run.bench.line.last().url, QByteArray("https://test.didxtech.com/me-creds/api/templates/credentials?page=2"));
}

void TestApiLists::followsCursors()
{
    Run run;
    run.bench.platform.next(kRoute, page(1, 2, R"("meta":{"page":{"size":"2","maxSize":"100","after":"tpl-2"}})"));
    run.bench.platform.next(kRoute, page(3, 1));
    run.go();
    QCOMPARE(run.answer.value().size(), 3);
    QVERIFY(run.bench.line.last().query().contains("page%5Bafter%5D=tpl-2"));
    QVERIFY(run.bench.line.last().query().contains("page%5Bsize%5D=100"));
}

void TestApiLists::fullPageAsksForMore()
{
    Run run;
    run.bench.platform.next(kRoute, page(1, 100));
    run.bench.platform.next(kRoute, page(101, 7));
    run.go();
    QCOMPARE(run.answer.value().size(), 107);
    QVERIFY(run.bench.line.last().query().contains("page%5Bafter%5D=tpl-100"));
}

void TestApiLists::linksElsewhereAreIgnored_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::newRow("host") << QByteArray("https://evil.example.org/next");
    QTest::newRow("scheme") << QByteArray("http://test.didxtech.com/me-creds/api/templates/credentials?page=2");
    QTest::newRow("port") << QByteArray("https://test.didxtech.com:8443/x");
    QTest::newRow("user") << QByteArray("https://test.didxtech.com@evil.example.org/x");
    QTest::newRow("user info") << QByteArray("https://a:b@test.didxtech.com/x");
    QTest::newRow("no scheme") << QByteArray("//evil.example.org/x");
    QTest::newRow("javascript") << QByteArray("javascript:alert(1)");
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
    QTest::newRow("broken") << QByteArray("https://[");
}

void TestApiLists::linksElsewhereAreIgnored()
{
    QFETCH(QByteArray, link);
    Run run;
    run.bench.platform.next(kRoute, page(1, 2, linkNext(link)));
    run.go();
    QVERIFY(run.answer.ok());
    QCOMPARE(run.answer.value().size(), 2);
    QCOMPARE(run.bench.platform.apiCalls(), 1);
}

void TestApiLists::stopsWhenItRunsInCircles()
{
    Run run;
    const QByteArray base = "https://test.didxtech.com/me-creds/api/templates/credentials?n=";
    run.bench.platform.next(kRoute, page(1, 2, linkNext(base + '1')));
    run.bench.platform.next(kRoute, page(2, 2, linkNext(base + '2'))); // tpl-2 again
    run.bench.platform.always(kRoute, page(90, 2, linkNext(base + '3')));
    run.go();
    QCOMPARE(idsOf(run.answer.value()), QStringList({ u"tpl-1"_s, u"tpl-2"_s, u"tpl-3"_s }));
    QCOMPARE(run.bench.platform.apiCalls(), 2);
}

void TestApiLists::endlessListStopsAtAThousandPages()
{
    Run run;
    int n = 0;
    run.bench.platform.otherwise = [&n](const QByteArray &, const Seen &) -> std::optional<HttpResult> {
        ++n;
        return page(n, 1, linkNext("https://test.didxtech.com/me-creds/api/templates/credentials?n=" + QByteArray::number(n)));
    };
    run.go();
    QVERIFY(run.answer.ok());
    QCOMPARE(run.bench.platform.apiCalls(), 1000);
    QCOMPARE(run.answer.value().size(), 1000);
}

void TestApiLists::pagesWithoutIdsStop()
{
    Run run;
    const QByteArray self = "https://test.didxtech.com/me-creds/api/templates/credentials?page%5Bsize%5D=100";
    run.bench.platform.always(kRoute, FakePlatform::json(200, R"({"data":[{"name":"x"}],)" + linkNext(self) + '}'));
    run.go();
    QVERIFY(run.answer.ok());
    QVERIFY(run.answer.value().isEmpty());
    QCOMPARE(run.bench.platform.apiCalls(), 1);
}

void TestApiLists::queryRefusedIsAskedBare()
{
    Run run;
    run.bench.platform.next(kRoute, FakePlatform::json(400, R"({"message":["property page should not exist"]})"));
    run.bench.platform.next(kRoute, page(1, 2));
    run.go();
    QVERIFY(run.answer.ok());
    QCOMPARE(run.bench.platform.apiCalls(), 2);
    QCOMPARE(run.bench.line.last().query(), QByteArray());
    Run refused;
    refused.bench.platform.always(kRoute, FakePlatform::json(400, "{}"));
    refused.go();
    QVERIFY(refused.answer.failedAs(FailureKind::Rejected));
    QCOMPARE(refused.bench.platform.apiCalls(), 2);
}

void TestApiLists::notAList_data()
{
    QTest::addColumn<HttpResult>("ending");
    QTest::addColumn<QString>("kind");
    QTest::newRow("html") << FakeTransport::reply(200, "<html>Sign in</html>", { { "Content-Type", "text/html" } }) << u"NotTheApi"_s;
    QTest::newRow("empty") << FakePlatform::json(200, "") << u"MalformedReply"_s;
    QTest::newRow("object") << FakePlatform::json(200, R"({"data":{"id":"x"}})") << u"MalformedReply"_s;
    QTest::newRow("null") << FakePlatform::json(200, R"({"data":null})") << u"MalformedReply"_s;
    QTest::newRow("cut") << FakePlatform::json(200, R"({"data":[{"id":)") << u"MalformedReply"_s;
    QTest::newRow("forbidden") << FakePlatform::json(403, "{}") << u"Forbidden"_s;
    QTest::newRow("too large") << FakeTransport::failure(FailureKind::TooLarge, true) << u"TooLarge"_s;
}

void TestApiLists::notAList()
{
    QFETCH(HttpResult, ending);
    Run run;
    run.bench.platform.always(kRoute, ending);
    run.go();
    QCOMPARE(run.answer.count, 1);
    QVERIFY(!run.answer.last->ok());
    QTEST(failureName(run.answer.failure().kind), "kind");
    QVERIFY(!run.answer.failure().mayHaveExecuted); // a question changes nothing
}

void TestApiLists::aFailingPageFailsTheList()
{
    Run run;
    run.bench.platform.next(kRoute, page(1, 100));
    run.bench.platform.next(kRoute, FakePlatform::json(502, ""));
    run.go();
    QVERIFY(run.answer.failedAs(FailureKind::ServerError));
}

void TestApiLists::eachPageMayCureItsOwn401()
{
    Run run;
    run.bench.platform.next(kRoute, FakePlatform::json(401, "{}"));
    run.bench.platform.next(kRoute, page(1, 100));
    run.bench.platform.next(kRoute, FakePlatform::json(401, "{}"));
    run.bench.platform.next(kRoute, page(101, 1));
    run.go(10s);
    QVERIFY(run.answer.ok());
    QCOMPARE(run.answer.value().size(), 101);
}

void TestApiLists::contextDiesBetweenPages()
{
    Run run;
    auto context = std::make_unique<QObject>();
    run.options.context = context.get();
    run.bench.platform.otherwise = [&](const QByteArray &, const Seen &) -> std::optional<HttpResult> {
        if (run.bench.platform.apiCalls() == 2)
            context.reset();
        return page(run.bench.platform.apiCalls() * 100, 100);
    };
    run.go();
    QCOMPARE(run.answer.count, 0);
    QCOMPARE(run.bench.platform.apiCalls(), 2);
}

void TestApiLists::otherLists()
{
    ApiBench bench;
    bench.platform.always("GET /presets/credentials",
                          FakePlatform::json(200, R"({"data":[{"id":"didx:basic-identity","author":"didx","templateName":"Basic Identity",)"
                                                  R"("templateType":"https://x/b","templateAttributes":{}}]})"));
    bench.platform.always("GET /templates/presentations",
                          FakePlatform::json(200, R"({"data":[{"id":"ptpl-1","name":"Check","credentials":[]}]})"));
    bench.platform.always("GET /trusted-entities", FakePlatform::json(200, R"({"data":[{"id":"ent-1","name":"Umuzi","dids":[]}]})"));
    Answer<QList<CredentialPreset>> presets;
    Answer<QList<PresentationTemplate>> checks;
    Answer<QList<TrustedEntity>> entities;
    CallOptions options;
    options.context = &bench.context;
    bench.api->listPresets(options, presets.catcher());
    bench.api->listPresentationTemplates(options, checks.catcher());
    bench.api->listTrustedEntities(options, entities.catcher());
    bench.settle();
    QVERIFY(presets.ok() && presets.value().size() == 1);
    QVERIFY(checks.ok() && checks.value().size() == 1);
    QVERIFY(entities.ok() && entities.value().size() == 1);
}

QTEST_GUILESS_MAIN(TestApiLists)
#include "tst_apilists.moc"
