// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/localcheckflow.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faketransport.h"
#include "tests/unit/sdjwt/testsigner.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QHostAddress>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <zlib.h>

using namespace yoid;
using namespace yoid::sdjwt;
using namespace Qt::StringLiterals;

namespace {

const QString kIssuer = u"https://academy.example.org"_s;
const QString kList = u"https://status.example.org/1"_s;

QByteArray deflated(const QByteArray &bytes)
{
    uLongf size = compressBound(uLong(bytes.size()));
    QByteArray out(qsizetype(size), '\0');
    compress2(reinterpret_cast<Bytef *>(out.data()), &size, reinterpret_cast<const Bytef *>(bytes.constData()), uLong(bytes.size()), 9);
    out.truncate(qsizetype(size));
    return out;
}

} // namespace

/// The local check with its errands: what is fetched, what is kept, and that no errand that failed makes anything greener.
class TestLocalCheckFlow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void firstWithoutThenWithTheLine();
    void onlyWhoWasShownIsAsked();
    void withoutALineNothingIsGreen();
    void secondTimeFromTheCache();
    void refreshAsksAgain();
    void revokedMeanwhile();
    void errorPageIsNotKept();
    void strangersCannotMakeUsFetchForEver();
    void goneInTheMiddle();

private:
    [[nodiscard]] QByteArray credential() const;
    [[nodiscard]] QByteArray list(char firstByte) const;
    [[nodiscard]] LocalPolicy policy() const;
    [[nodiscard]] std::unique_ptr<LocalCheckFlow> flow();
    [[nodiscard]] CheckAnswer answer(const LocalCheckFlow &flow, CheckItem item) const { return flow.report().line(item).answer; }

    TestSigner m_issuer;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeTransport> m_transport;
    std::unique_ptr<PublicFetch> m_fetch;
    std::unique_ptr<TrustCache> m_cache;
    QByteArray m_listNow;
};

void TestLocalCheckFlow::init()
{
    m_clock = std::make_unique<FakeClock>();
    m_transport = std::make_unique<FakeTransport>(m_clock.get());
    m_fetch = std::make_unique<PublicFetch>(*m_transport, *m_clock, nullptr,
                                            [](const QString &, QObject *context, const PublicFetch::Resolved &then) {
                                                QMetaObject::invokeMethod(
                                                    context, [then] { then({ QHostAddress(u"93.184.216.34"_s) }); }, Qt::QueuedConnection);
                                            });
    m_cache = std::make_unique<TrustCache>(QString());
    m_listNow = list('\0');
    m_transport->setHandler([this](const FakeTransport::Seen &seen) -> HttpResult {
        if (seen.url.endsWith("jwt-vc-issuer")) {
            QJsonObject key = m_issuer.jwk();
            key.insert(u"kid"_s, u"k1"_s);
            const QJsonObject metadata { { u"issuer"_s, kIssuer }, { u"jwks"_s, QJsonObject { { u"keys"_s, QJsonArray { key } } } } };
            return HttpReply { 200, {}, QJsonDocument(metadata).toJson(), 1 };
        }
        return HttpReply { 200, {}, m_listNow, 1 };
    });
}

QByteArray TestLocalCheckFlow::credential() const
{
    const qint64 now = m_clock->nowUtc().toSecsSinceEpoch();
    const QJsonObject status { { u"status_list"_s, QJsonObject { { u"idx"_s, 0 }, { u"uri"_s, kList } } } };
    return m_issuer.sign(QJsonObject { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"dc+sd-jwt"_s }, { u"kid"_s, u"k1"_s } },
                         QJsonObject { { u"iss"_s, kIssuer }, { u"vct"_s, u"https://t.example.org/solar"_s }, { u"iat"_s, now - 1000 },
                                       { u"exp"_s, now + 1'000'000 }, { u"status"_s, status } })
        + '~';
}

QByteArray TestLocalCheckFlow::list(char firstByte) const
{
    const qint64 now = m_clock->nowUtc().toSecsSinceEpoch();
    QByteArray bytes(16, '\0');
    bytes[0] = firstByte;
    return m_issuer.sign(QJsonObject { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"statuslist+jwt"_s }, { u"kid"_s, u"k1"_s } },
                         QJsonObject { { u"iss"_s, kIssuer }, { u"sub"_s, kList }, { u"iat"_s, now }, { u"exp"_s, now + 1'000'000 },
                                       { u"ttl"_s, 3600 },
                                       { u"status_list"_s, QJsonObject { { u"bits"_s, 1 },
                                                                         { u"lst"_s, QString::fromLatin1(TestSigner::base64Url(deflated(bytes))) } } } });
}

LocalPolicy TestLocalCheckFlow::policy() const
{
    LocalPolicy policy;
    policy.trustedIssuers = { kIssuer };
    return policy;
}

std::unique_ptr<LocalCheckFlow> TestLocalCheckFlow::flow()
{
    auto made = std::make_unique<LocalCheckFlow>(*m_fetch, *m_cache, *m_clock, credential(), policy());
    made->start();
    if (QTest::qWaitFor([&] { return made->isOver(); }))
        made->fetch(); // the operator has asked
    return made;
}

void TestLocalCheckFlow::firstWithoutThenWithTheLine()
{
    auto made = std::make_unique<LocalCheckFlow>(*m_fetch, *m_cache, *m_clock, credential(), policy());
    QSignalSpy reports(made.get(), &LocalCheckFlow::reportChanged);
    QSignalSpy ends(made.get(), &LocalCheckFlow::finished);
    m_transport->hold(true);
    made->fetch(); // nothing has been shown yet, so nothing can have been asked for
    made->start();
    made->start(); // once is enough
    QTRY_COMPARE(ends.size(), 1);
    QCOMPARE(reports.size(), 1);
    QCOMPARE(made->hosts(), QStringList({ u"academy.example.org"_s, u"status.example.org"_s })); // both are known from the start
    QTest::qWait(0);
    QCOMPARE(m_transport->count(), 0);
    made->fetch();
    QTRY_COMPARE(m_transport->held(), 1);
    QCOMPARE(answer(*made, CheckItem::Form), CheckAnswer::Yes);
    QCOMPARE(answer(*made, CheckItem::Signature), CheckAnswer::CouldNotCheck);
    QVERIFY(made->report().claims.isEmpty());
    m_transport->hold(false);
    m_transport->releaseAll();
    QTRY_COMPARE(ends.size(), 2);
    QCOMPARE(m_transport->count(), 2);
    QVERIFY(made->hosts().isEmpty());
    QCOMPARE(answer(*made, CheckItem::Signature), CheckAnswer::Yes);
    QCOMPARE(answer(*made, CheckItem::Status), CheckAnswer::Yes);
    QCOMPARE(answer(*made, CheckItem::TrustedIssuer), CheckAnswer::Yes);
    QVERIFY(made->failures().isEmpty());
    QCOMPARE(m_transport->seen().constFirst().maxBodyBytes, 1024 * 1024);
    QCOMPARE(m_transport->seen().constLast().maxBodyBytes, 4 * 1024 * 1024);
    QCOMPARE(m_transport->seen().constLast().header("Accept"), "application/statuslist+jwt");
    QTest::qWait(0);
    QCOMPARE(ends.size(), 2);
}

void TestLocalCheckFlow::onlyWhoWasShownIsAsked()
{
    // The metadata send us on to a host that nobody has been shown: it is asked about first.
    m_transport->setHandler([this](const FakeTransport::Seen &seen) -> HttpResult {
        if (seen.url.endsWith("jwt-vc-issuer"))
            return HttpReply { 200, {}, R"({"issuer":"https://academy.example.org","jwks_uri":"https://keys.example.net/1"})", 1 };
        if (!seen.url.startsWith("https://keys.example.net/"))
            return HttpReply { 200, {}, m_listNow, 1 };
        QJsonObject key = m_issuer.jwk();
        key.insert(u"kid"_s, u"k1"_s);
        return HttpReply { 200, {}, QJsonDocument(QJsonObject { { u"keys"_s, QJsonArray { key } } }).toJson(), 1 };
    });
    const auto made = flow();
    QTRY_VERIFY(made->isOver());
    QCOMPARE(m_transport->count(), 1);
    QCOMPARE(made->hosts(), QStringList({ u"keys.example.net"_s, u"status.example.org"_s }));
    QCOMPARE(answer(*made, CheckItem::Signature), CheckAnswer::CouldNotCheck);
    made->fetch();
    QTRY_VERIFY(made->isOver());
    QCOMPARE(m_transport->count(), 3);
    QCOMPARE(answer(*made, CheckItem::Signature), CheckAnswer::Yes);
    QCOMPARE(answer(*made, CheckItem::Status), CheckAnswer::Yes);
}

void TestLocalCheckFlow::withoutALineNothingIsGreen()
{
    m_transport->setHandler([](const FakeTransport::Seen &) -> HttpResult { return Failure::of(FailureKind::NameNotFound); });
    const auto made = flow();
    QTRY_VERIFY(made->isOver());
    QCOMPARE(made->report().verdict, LocalVerdict::CheckByHand);
    QCOMPARE(answer(*made, CheckItem::Signature), CheckAnswer::CouldNotCheck);
    QCOMPARE(made->failures().size(), 1);
    QCOMPARE(made->failures().constBegin()->kind, FailureKind::NameNotFound);
}

void TestLocalCheckFlow::secondTimeFromTheCache()
{
    const auto first = flow();
    QTRY_VERIFY(first->isOver());
    QCOMPARE(m_transport->count(), 2);
    m_transport->setHandler([](const FakeTransport::Seen &) -> HttpResult { return Failure::of(FailureKind::NameNotFound); });
    const auto second = flow();
    QTRY_VERIFY(second->isOver());
    QCOMPARE(m_transport->count(), 2);
    QCOMPARE(answer(*second, CheckItem::Status), CheckAnswer::Yes);
    QVERIFY(second->report().line(CheckItem::Status).asOf.isValid()); // and it says how old that is
    // Past its time the list is fetched again, and without a line it counts no more.
    m_clock->advance(std::chrono::hours(2));
    const auto third = flow();
    QTRY_VERIFY(third->isOver());
    QCOMPARE(m_transport->count(), 3);
    QCOMPARE(answer(*third, CheckItem::Signature), CheckAnswer::Yes);
    QCOMPARE(answer(*third, CheckItem::Status), CheckAnswer::CouldNotCheck);
}

void TestLocalCheckFlow::refreshAsksAgain()
{
    const auto made = flow();
    QTRY_VERIFY(made->isOver());
    made->refresh();
    QVERIFY(!made->isOver());
    QTRY_VERIFY(made->isOver());
    QCOMPARE(m_transport->count(), 4);
    QCOMPARE(answer(*made, CheckItem::Status), CheckAnswer::Yes);
}

void TestLocalCheckFlow::revokedMeanwhile()
{
    const auto made = flow();
    QTRY_VERIFY(made->isOver());
    m_listNow = list('\x01');
    made->refresh();
    QTRY_VERIFY(made->isOver());
    QCOMPARE(answer(*made, CheckItem::Status), CheckAnswer::No);
    QCOMPARE(made->report().verdict, LocalVerdict::DoNotAccept);
    const auto later = flow(); // the cache has the new list
    QTRY_VERIFY(later->isOver());
    QCOMPARE(later->report().verdict, LocalVerdict::DoNotAccept);
}

void TestLocalCheckFlow::errorPageIsNotKept()
{
    m_transport->setHandler([](const FakeTransport::Seen &) -> HttpResult { return HttpReply { 200, {}, "<html>Sign in</html>", 1 }; });
    const auto first = flow();
    QTRY_VERIFY(first->isOver());
    QVERIFY(first->report().verdict != LocalVerdict::Genuine);
    QVERIFY(m_cache->entries().isEmpty());
    init();
    const auto second = flow();
    QTRY_VERIFY(second->isOver());
    QCOMPARE(answer(*second, CheckItem::Signature), CheckAnswer::Yes);
    QCOMPARE(m_cache->entries().size(), 2);
}

void TestLocalCheckFlow::strangersCannotMakeUsFetchForEver()
{
    // Each document sends us on to the next one.
    m_transport->setHandler([](const FakeTransport::Seen &) -> HttpResult {
        return HttpReply { 200, {}, R"({"issuer":"https://academy.example.org","jwks_uri":"https://academy.example.org/keys"})", 1 };
    });
    const auto made = flow();
    QTRY_VERIFY(made->isOver());
    QCOMPARE_LE(m_transport->count(), LocalCheckFlow::kMostFetches);
    QVERIFY(made->report().verdict != LocalVerdict::Genuine);
}

void TestLocalCheckFlow::goneInTheMiddle()
{
    m_transport->hold(true);
    auto made = flow();
    QTRY_COMPARE(m_transport->held(), 1);
    made.reset();
    QTRY_COMPARE(m_transport->held(), 0);
}

QTEST_GUILESS_MAIN(TestLocalCheckFlow)
#include "tst_localcheckflow.moc"
