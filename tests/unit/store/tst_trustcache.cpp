// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/trustcache.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <optional>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kThen = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
const QUrl kKeys(u"https://academy.example.org/.well-known/jwt-vc-issuer"_s);
const QUrl kList(u"https://academy.example.org/status/1?a=b%20c"_s);

TrustCache::Documents allOf(TrustCache &cache)
{
    std::optional<TrustCache::Documents> found;
    QObject context;
    cache.all(&context, [&](const TrustCache::Documents &documents) { found = documents; });
    if (!QTest::qWaitFor([&] { return found.has_value(); }))
        return {};
    return *found;
}

bool put(TrustCache &cache, const QUrl &address, const TrustCache::Document &document)
{
    std::optional<bool> ok;
    QObject context;
    cache.put(address, document, &context, [&](const Outcome<Done> &outcome) { ok = outcome.ok(); });
    return QTest::qWaitFor([&] { return ok.has_value(); }) && *ok;
}

} // namespace

class TestTrustCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void staysOverRestart();
    void filesArePrivate();
    void newerTakesThePlaceOfOlder();
    void forgottenIsGone();
    void forgottenWhileReading();
    void whatIsBrokenIsNotThere_data();
    void whatIsBrokenIsNotThere();
    void oldestGoFirst();
    void withoutFolder();
    void folderThatCannotBeMade();

private:
    [[nodiscard]] QString place() const { return m_folder->filePath(u"trust"_s); }
    [[nodiscard]] QStringList files() const { return QDir(place()).entryList(QDir::Files | QDir::Hidden); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTrustCache::staysOverRestart()
{
    const QByteArray odd("line\nline\0end\r\n", 15);
    {
        TrustCache cache(place());
        QVERIFY(allOf(cache).isEmpty());
        QVERIFY(!QDir(place()).exists()); // nothing on disk before there is something to keep
        QVERIFY(put(cache, kKeys, { odd, kThen }));
        QVERIFY(put(cache, kList, { "", kThen.addSecs(5) }));
    }
    TrustCache cache(place());
    const TrustCache::Documents documents = allOf(cache);
    QCOMPARE(documents.size(), 2);
    QCOMPARE(documents.value(kKeys), (TrustCache::Document { odd, kThen }));
    QCOMPARE(documents.value(kList), (TrustCache::Document { "", kThen.addSecs(5) }));
    QCOMPARE(cache.entries().constFirst().address, kList); // newest first
    QCOMPARE(cache.entries().constLast().bytes, 15);
}

void TestTrustCache::filesArePrivate()
{
    TrustCache cache(place());
    QVERIFY(put(cache, kKeys, { "keys", kThen }));
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup | QFileDevice::ReadOther
        | QFileDevice::WriteOther | QFileDevice::ExeOther;
    QCOMPARE(QFile::permissions(place()) & others, QFileDevice::Permissions());
    for (const QString &name : files())
        QCOMPARE(QFile::permissions(place() + u'/' + name) & others, QFileDevice::Permissions());
}

void TestTrustCache::newerTakesThePlaceOfOlder()
{
    {
        TrustCache cache(place());
        QVERIFY(put(cache, kKeys, { "old", kThen }));
    }
    {
        TrustCache cache(place()); // put before the folder was read
        QVERIFY(put(cache, kKeys, { "new", kThen.addDays(1) }));
        QCOMPARE(allOf(cache).value(kKeys).bytes, "new");
    }
    TrustCache cache(place());
    QCOMPARE(allOf(cache).value(kKeys).bytes, "new");
    QCOMPARE(files().size(), 1);
}

void TestTrustCache::forgottenIsGone()
{
    {
        TrustCache cache(place());
        QVERIFY(put(cache, kKeys, { "keys", kThen }));
        QVERIFY(put(cache, kList, { "list", kThen }));
        cache.forget(kKeys);
        QVERIFY(!allOf(cache).contains(kKeys));
    }
    {
        TrustCache cache(place());
        QCOMPARE(allOf(cache).keys(), QList<QUrl> { kList });
        cache.forgetAll();
        QVERIFY(allOf(cache).isEmpty());
    }
    QVERIFY(files().isEmpty());
}

void TestTrustCache::forgottenWhileReading()
{
    {
        TrustCache cache(place());
        QVERIFY(put(cache, kKeys, { "keys", kThen }));
        QVERIFY(put(cache, kList, { "list", kThen }));
    }
    {
        TrustCache cache(place());
        std::optional<TrustCache::Documents> found;
        cache.all(this, [&](const TrustCache::Documents &documents) { found = documents; });
        cache.forget(kKeys);
        QTRY_VERIFY(found);
        QCOMPARE(found->keys(), QList<QUrl> { kList });
    }
    TrustCache cache(place());
    std::optional<TrustCache::Documents> found;
    cache.all(this, [&](const TrustCache::Documents &documents) { found = documents; });
    cache.forgetAll();
    QTRY_VERIFY(found);
    QVERIFY(found->isEmpty());
}

void TestTrustCache::whatIsBrokenIsNotThere_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no head") << QByteArray("keys");
    QTest::newRow("no line end") << QByteArray("yoid-trust 1 1790000000000 https://academy.example.org/");
    QTest::newRow("another version") << QByteArray("yoid-trust 2 1790000000000 https://academy.example.org/\nkeys");
    QTest::newRow("time that is none") << QByteArray("yoid-trust 1 soon https://academy.example.org/\nkeys");
    QTest::newRow("address that is none") << QByteArray("yoid-trust 1 1790000000000 ://\nkeys");
    QTest::newRow("of another name") << QByteArray("yoid-trust 1 1790000000000 https://other.example.org/\nkeys");
}

void TestTrustCache::whatIsBrokenIsNotThere()
{
    QFETCH(QByteArray, bytes);
    {
        TrustCache cache(place());
        QVERIFY(put(cache, kKeys, { "keys", kThen }));
    }
    QFile file(place() + u'/' + files().constFirst());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(bytes);
    file.close();
    TrustCache cache(place());
    QVERIFY(allOf(cache).isEmpty());
}

void TestTrustCache::oldestGoFirst()
{
    TrustCache cache(place());
    const auto address = [](int i) { return QUrl(u"https://academy.example.org/%1"_s.arg(i)); };
    for (int i = 0; i <= TrustCache::kMost; ++i)
        cache.put(address(i), { "x", kThen.addSecs(i == 7 ? -1 : i) });
    QVERIFY(put(cache, kList, { "list", kThen.addDays(1) }));
    QCOMPARE(cache.entries().size(), TrustCache::kMost);
    const TrustCache::Documents documents = allOf(cache);
    QVERIFY(!documents.contains(address(7)));
    QVERIFY(!documents.contains(address(0)));
    QVERIFY(documents.contains(address(1)));
    QTRY_COMPARE(files().size(), TrustCache::kMost);
}

void TestTrustCache::withoutFolder()
{
    TrustCache cache({});
    QVERIFY(put(cache, kKeys, { "keys", kThen }));
    QCOMPARE(allOf(cache).size(), 1);
    cache.forgetAll();
    QVERIFY(allOf(cache).isEmpty());
}

void TestTrustCache::folderThatCannotBeMade()
{
    QFile file(place());
    QVERIFY(file.open(QIODevice::WriteOnly)); // a file is where the folder should be
    TrustCache cache(place());
    QVERIFY(!put(cache, kKeys, { "keys", kThen }));
    QCOMPARE(allOf(cache).size(), 1); // for this run of the program it is there
}

QTEST_GUILESS_MAIN(TestTrustCache)
#include "tst_trustcache.moc"
