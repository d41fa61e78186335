// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/presentationjson.h"
#include "app/flow/session.h"
#include "tests/support/scriptedjournal.h"
#include "tests/unit/net/apibench.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kLook = "GET /presentations/pres-1";

/// A request is on the screen; then the program is closed, or the request is parked.
struct Bench : ApiBench {
    Bench()
    {
        platform.always("POST /presentations/request", FakePlatform::json(200, presentationBody("requested")));
        platform.always(kLook, FakePlatform::json(200, presentationBody("requested")));
        open();
    }
    void open()
    {
        session = std::make_unique<Session>(profile, line, clock, journal);
        session->setSecret(Secret("s3cr+t&value"));
        session->recover();
        settle();
    }
    [[nodiscard]] QString last() const { return journal.story().last(); }

    ScriptedJournal journal;
    std::unique_ptr<Session> session;
};

} // namespace

class TestRequestWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ends_data();
    void ends();
    void aParkedOneIsWatched();
    void aLiveOneIsLeftAlone();
};

void TestRequestWatch::ends_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("then");
    QTest::newRow("answered") << presentationBody("verified", goodCredential()) << 200 << u"answered#1"_s;
    QTest::newRow("declined") << presentationBody("declined") << 200 << u"declined#1"_s;
    QTest::newRow("expired") << presentationBody("expired") << 200 << u"requestExpired#1"_s;
    QTest::newRow("gone") << QByteArray("{}") << 404 << u"requestExpired#1"_s;
    QTest::newRow("still waiting") << presentationBody("requested") << 200 << u"requested#1"_s;
    QTest::newRow("server error") << QByteArray("{}") << 500 << u"requested#1"_s;
}

void TestRequestWatch::ends()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, then);
    Bench bench;
    bench.session->startVerify(sampleCheck());
    bench.settle(1s);
    QCOMPARE(bench.last(), u"requested#1"_s);
    bench.session.reset(); // the program ends
    bench.open();
    QCOMPARE(bench.session->recovery().requests, 1);
    const qsizetype before = bench.platform.sent(kLook).size();
    bench.platform.always(kLook, FakePlatform::json(status, body));
    bench.settle(61s);
    QCOMPARE(bench.platform.sent(kLook).size(), before + 1);
    QCOMPARE(bench.last(), then);
    if (then == u"answered#1") {
        const JournalStep line = bench.journal.steps().last();
        QCOMPARE(line.facts.value(fact::verdict).toString(), u"accepted"_s);
        QCOMPARE(answerFromJson(line.sealed.value(fact::answer).toObject()).credentials.size(), 1);
    }
    bench.settle(5min);
    const bool goesOn = then == u"requested#1";
    QCOMPARE(bench.platform.sent(kLook).size(), before + (goesOn ? 6 : 1));
}

void TestRequestWatch::aParkedOneIsWatched()
{
    Bench bench;
    VerifyFlow *const flow = bench.session->startVerify(sampleCheck());
    bench.settle(1s);
    flow->stop();
    bench.settle();
    QCOMPARE(bench.last(), u"parked#1"_s);
    bench.platform.always(kLook, FakePlatform::json(200, presentationBody("verified", goodCredential())));
    bench.session->checkNow(flow->progress().intent);
    bench.settle();
    QCOMPARE(bench.last(), u"answered#1"_s);
}

void TestRequestWatch::aLiveOneIsLeftAlone()
{
    Bench bench;
    VerifyFlow *const flow = bench.session->startVerify(sampleCheck());
    bench.settle(65s);
    bench.platform.always(kLook, FakePlatform::json(200, presentationBody("verified", goodCredential())));
    bench.settle(10min);
    QVERIFY(flow->isOver());
    QCOMPARE(bench.journal.story(), QStringList({ u"requestIntent#1"_s, u"requested#1"_s, u"answered#1"_s }));
}

QTEST_GUILESS_MAIN(TestRequestWatch)
#include "tst_requestwatch.moc"
