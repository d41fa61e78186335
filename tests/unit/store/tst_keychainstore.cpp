// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/keychainstore.h"
#include "app/store/qtkeychainbackend.h"
#include "tests/support/fakeclock.h"
#include "tests/unit/store/scriptedkeychain.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <qt6keychain/keychain.h>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Secret secretOf(const QByteArray &bytes)
{
    return Secret(QByteArray(bytes.constData(), bytes.size()));
}

} // namespace

class TestKeychainStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void keysAreUniqueByThemselves();
    void errorsAreMapped_data();
    void errorsAreMapped();
    void theNameFollowsTheDesktop();
    void makingOneTouchesNothing();
    void writeReadsBackAndCompares();
    void readBackThatDiffers_data();
    void readBackThatDiffers();
    void failuresPassThroughAndDestroyNothing_data();
    void failuresPassThroughAndDestroyNothing();
    void badSecretsNeverReachTheKeychain_data();
    void badSecretsNeverReachTheKeychain();
    void scriptLikeIdsAreRefused();
    void removeLooksBeforeAndAfter();
    void anEmptyEntryIsMissing();
    void oneCallAtATimeInOrder();
    void anObstacleAnswersWithoutACall();
    void noticeAfterFiveSeconds();
    void wedgedAfterAMinute();
    void aJobThatComesBackUnwedges();
    void everyStepOfAWriteCanHang();
    void aDeadAskerDoesNotStopAWrite();
    void aDeadAskersReadIsNotMade();
    void dyingWithACallOut();

private:
    void read(const ProfileId &id)
    {
        m_store->read(id, this, [this](Outcome<Secret> o) {
            m_answers << (o ? QString::fromLatin1(o->view().toByteArray()) : failureName(o.failure().kind));
        });
    }
    void write(const ProfileId &id, const QByteArray &value)
    {
        m_store->write(id, secretOf(value), this, [this](Outcome<Done> o) { note(o); });
    }
    void remove(const ProfileId &id)
    {
        m_store->remove(id, this, [this](Outcome<Done> o) { note(o); });
    }
    void note(const Outcome<Done> &o) { m_answers << (o ? u"done"_s : failureName(o.failure().kind)); }
    void settle() { m_clock->advance(0ms); }
    [[nodiscard]] QString key() const { return KeychainStore::keyFor(m_id); }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ScriptedKeychain::Script> m_script;
    std::unique_ptr<KeychainStore> m_store;
    ProfileId m_id;
    QStringList m_answers;
};

void TestKeychainStore::init()
{
    m_clock = std::make_unique<FakeClock>();
    m_script = std::make_unique<ScriptedKeychain::Script>();
    m_store = std::make_unique<KeychainStore>(*m_clock, std::make_unique<ScriptedKeychain>(*m_script));
    m_id = ProfileId::create();
    m_answers.clear();
}

void TestKeychainStore::cleanup()
{
    m_store.reset();
    m_clock.reset();
}

void TestKeychainStore::keysAreUniqueByThemselves()
{
    const ProfileId id { u"0f8fad5b-d9cb-469f-a165-70867728950e"_s };
    QCOMPARE(KeychainStore::keyFor(id), u"world.yoma.YoIDConsole/0f8fad5b-d9cb-469f-a165-70867728950e/client-secret/v1"_s);
    QCOMPARE(KeychainStore::keyFor({ u"{0F8FAD5B-D9CB-469F-A165-70867728950E}"_s }), KeychainStore::keyFor(id));
    QVERIFY(KeychainStore::keyFor(ProfileId::create()).size() <= 256);
    QVERIFY(KeychainStore::keyFor({ u"../../x"_s }).isEmpty());
    QVERIFY(KeychainStore::keyFor({}).isEmpty());
}

void TestKeychainStore::errorsAreMapped_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, QKeychain::Error error, FailureKind kind) {
        QTest::newRow(name) << static_cast<int>(error) << static_cast<int>(kind);
    };
    row("EntryNotFound", QKeychain::EntryNotFound, FailureKind::SecretMissing);
    row("CouldNotDeleteEntry", QKeychain::CouldNotDeleteEntry, FailureKind::KeychainUnavailable);
    row("AccessDeniedByUser", QKeychain::AccessDeniedByUser, FailureKind::SecretLocked);
    row("AccessDenied", QKeychain::AccessDenied, FailureKind::SecretLocked);
    row("NoBackendAvailable", QKeychain::NoBackendAvailable, FailureKind::KeychainUnavailable);
    row("NotImplemented", QKeychain::NotImplemented, FailureKind::KeychainUnavailable);
    row("OtherError", QKeychain::OtherError, FailureKind::KeychainUnavailable);
}

void TestKeychainStore::errorsAreMapped()
{
    QFETCH(int, error);
    QFETCH(int, kind);
    QCOMPARE(keychainFailureKind(error), static_cast<FailureKind>(kind));
}

void TestKeychainStore::theNameFollowsTheDesktop()
{
#if !defined(Q_OS_LINUX)
    QSKIP("only Linux has a choice");
#else
    const QtKeychainBackend backend;
    qunsetenv("KDE_FULL_SESSION");
    qputenv("XDG_CURRENT_DESKTOP", "GNOME");
    QCOMPARE(backend.name(), u"libsecret"_s);
    qputenv("XDG_CURRENT_DESKTOP", "KDE");
    QCOMPARE(backend.name(), u"kwallet"_s);
    qunsetenv("XDG_CURRENT_DESKTOP");
    QCOMPARE(backend.name(), u"libsecret"_s);
#endif
}

void TestKeychainStore::makingOneTouchesNothing()
{
    settle();
    QVERIFY(m_script->calls.isEmpty());
    QCOMPARE(m_clock->activeAlarms(), 0);
    read(m_id);
    QVERIFY2(m_script->calls.isEmpty(), "the caller must not stand still with the keychain");
    settle();
    QCOMPARE(m_script->calls, QStringList { u"read"_s });
    QCOMPARE(m_answers, QStringList { u"SecretMissing"_s });
    QCOMPARE(m_store->backendName(), u"scripted"_s);
}

void TestKeychainStore::writeReadsBackAndCompares()
{
    write(m_id, "s3cret");
    settle();
    QCOMPARE(m_script->calls, QStringList({ u"write"_s, u"read"_s }));
    QCOMPARE(m_script->entries.value(key()), QByteArray("s3cret"));
    read(m_id);
    settle();
    QCOMPARE(m_answers, QStringList({ u"done"_s, u"s3cret"_s }));
    QCOMPARE(m_clock->activeAlarms(), 0);
}

void TestKeychainStore::readBackThatDiffers_data()
{
    QTest::addColumn<QByteArray>("changedTo");
    QTest::addColumn<bool>("forgets");
    QTest::addColumn<QString>("answer");
    QTest::newRow("another value") << QByteArray("s3creX") << false << u"KeychainUnavailable"_s;
    QTest::newRow("cut short") << QByteArray("s3cre") << false << u"KeychainUnavailable"_s;
    QTest::newRow("nothing") << QByteArray("") << false << u"KeychainUnavailable"_s;
    QTest::newRow("forgotten") << QByteArray() << true << u"KeychainUnavailable"_s;
}

void TestKeychainStore::readBackThatDiffers()
{
    QFETCH(QByteArray, changedTo);
    QFETCH(bool, forgets);
    QFETCH(QString, answer);
    m_script->changesWrittenTo = changedTo;
    m_script->forgetsWrites = forgets;
    write(m_id, "s3cret");
    settle();
    QCOMPARE(m_answers, QStringList { answer });
}

void TestKeychainStore::failuresPassThroughAndDestroyNothing_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QStringList>("calls");
    for (const FailureKind kind :
         { FailureKind::SecretMissing, FailureKind::SecretLocked, FailureKind::KeychainUnavailable }) {
        const QByteArray name = failureName(kind).toLatin1();
        QTest::addRow("read %s", name.constData()) << u"read"_s << static_cast<int>(kind) << QStringList { u"read"_s };
        QTest::addRow("write %s", name.constData()) << u"write"_s << static_cast<int>(kind) << QStringList { u"write"_s };
        QTest::addRow("remove %s", name.constData()) << u"remove"_s << static_cast<int>(kind) << QStringList { u"read"_s };
    }
}

void TestKeychainStore::failuresPassThroughAndDestroyNothing()
{
    QFETCH(QString, action);
    QFETCH(int, kind);
    QFETCH(QStringList, calls);
    m_script->entries.insert(key(), "kept");
    m_script->fails = { static_cast<FailureKind>(kind) };
    if (action == u"read"_s)
        read(m_id);
    else if (action == u"write"_s)
        write(m_id, "new");
    else
        remove(m_id);
    settle();
    QCOMPARE(m_answers, QStringList { failureName(static_cast<FailureKind>(kind)) });
    QCOMPARE(m_script->calls, calls);
    QCOMPARE(m_script->entries.value(key()), QByteArray("kept"));
}

void TestKeychainStore::badSecretsNeverReachTheKeychain_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("too long") << QByteArray(2001, 'x');
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
}

void TestKeychainStore::badSecretsNeverReachTheKeychain()
{
    QFETCH(QByteArray, value);
    write(m_id, value);
    settle();
    QCOMPARE(m_answers, QStringList { u"InvalidInput"_s });
    QVERIFY(m_script->calls.isEmpty());
}

void TestKeychainStore::scriptLikeIdsAreRefused()
{
    const ProfileId bad { u"../../x"_s };
    read(bad);
    write(bad, "s3cret");
    remove(bad);
    settle();
    QCOMPARE(m_answers, QStringList({ u"InvalidInput"_s, u"InvalidInput"_s, u"InvalidInput"_s }));
    QVERIFY(m_script->calls.isEmpty());
}

void TestKeychainStore::removeLooksBeforeAndAfter()
{
    m_script->entries.insert(key(), "old");
    remove(m_id);
    settle();
    QCOMPARE(m_script->calls, QStringList({ u"read"_s, u"remove"_s, u"read"_s }));
    QVERIFY(m_script->entries.isEmpty());
    remove(m_id);
    settle();
    m_script->entries.insert(key(), "sticky");
    m_script->keepsRemoved = true;
    remove(m_id);
    settle();
    QCOMPARE(m_answers, QStringList({ u"done"_s, u"SecretMissing"_s, u"KeychainUnavailable"_s }));
}

void TestKeychainStore::anEmptyEntryIsMissing()
{
    m_script->entries.insert(key(), "");
    read(m_id);
    settle();
    QCOMPARE(m_answers, QStringList { u"SecretMissing"_s });
}

void TestKeychainStore::oneCallAtATimeInOrder()
{
    const ProfileId other = ProfileId::create();
    write(m_id, "one");
    write(other, "two");
    read(m_id);
    remove(m_id);
    read(m_id);
    read(other);
    settle();
    QCOMPARE(m_answers, QStringList({ u"done"_s, u"done"_s, u"one"_s, u"done"_s, u"SecretMissing"_s, u"two"_s }));
}

void TestKeychainStore::anObstacleAnswersWithoutACall()
{
    m_script->obstacle = Failure::of(FailureKind::KeychainUnavailable, u"no session bus"_s);
    read(m_id);
    write(m_id, "s3cret");
    settle();
    QCOMPARE(m_answers, QStringList({ u"KeychainUnavailable"_s, u"KeychainUnavailable"_s }));
    QVERIFY(m_script->calls.isEmpty());
    m_script->obstacle.reset();
    write(m_id, "s3cret");
    settle();
    QCOMPARE(m_answers.last(), u"done"_s);
}

void TestKeychainStore::noticeAfterFiveSeconds()
{
    QSignalSpy waiting(m_store.get(), &SecretStore::stillWaiting);
    m_script->hangs = true;
    read(m_id);
    m_clock->advance(4999ms);
    QCOMPARE(waiting.size(), 0);
    m_clock->advance(1ms);
    QCOMPARE(waiting.size(), 1);
    m_clock->advance(30s);
    QCOMPARE(waiting.size(), 1);
    m_script->entries.insert(key(), "late");
    m_script->comeBack();
    settle();
    QCOMPARE(m_answers, QStringList { u"late"_s });
    m_clock->advance(10min);
    QCOMPARE(waiting.size(), 1);
    QCOMPARE(m_answers.size(), 1);
}

void TestKeychainStore::wedgedAfterAMinute()
{
    m_script->hangs = true;
    read(m_id);
    m_clock->advance(10s);
    write(m_id, "queued");
    m_clock->advance(49'999ms);
    QVERIFY(m_answers.isEmpty());
    m_clock->advance(1ms);
    QCOMPARE(m_answers, QStringList({ u"KeychainWedged"_s, u"KeychainWedged"_s }));
    // From now on at once, and nothing more is piled on the keychain.
    read(m_id);
    remove(m_id);
    settle();
    QCOMPARE(m_answers.mid(2), QStringList({ u"KeychainWedged"_s, u"KeychainWedged"_s }));
    QCOMPARE(m_script->calls, QStringList { u"read"_s });
    m_clock->advance(24h);
    QCOMPARE(m_answers.size(), 4);
    QCOMPARE(m_script->hanging.size(), 1); // left alive
}

void TestKeychainStore::aJobThatComesBackUnwedges()
{
    m_script->entries.insert(key(), "kept");
    m_script->hangs = true;
    read(m_id);
    m_clock->advance(60s);
    QCOMPARE(m_answers, QStringList { u"KeychainWedged"_s });
    m_script->comeBack();
    settle();
    QCOMPARE(m_answers.size(), 1); // the asker has had its one answer
    read(m_id);
    settle();
    QCOMPARE(m_answers, QStringList({ u"KeychainWedged"_s, u"kept"_s }));
    QCOMPARE(m_clock->activeAlarms(), 0);
}

void TestKeychainStore::everyStepOfAWriteCanHang()
{
    for (const bool readBack : { false, true }) {
        m_answers.clear();
        m_script->calls.clear();
        m_script->hangs = true;
        write(m_id, "s3cret");
        settle();
        if (readBack) {
            for (const auto &answer : std::exchange(m_script->hanging, {}))
                answer(); // the write comes back, its reading back hangs
            settle();
            QCOMPARE(m_script->calls, QStringList({ u"write"_s, u"read"_s }));
        }
        m_clock->advance(60s);
        QCOMPARE(m_answers, QStringList { u"KeychainWedged"_s });
        m_script->comeBack();
        settle();
        QCOMPARE(m_answers.size(), 1);
    }
    write(m_id, "again");
    settle();
    QCOMPARE(m_answers.last(), u"done"_s);
}

void TestKeychainStore::aDeadAskerDoesNotStopAWrite()
{
    bool told = false;
    auto asker = std::make_unique<QObject>();
    m_store->write(m_id, secretOf("s3cret"), asker.get(), [&](Outcome<Done>) { told = true; });
    asker.reset();
    settle();
    QVERIFY(!told);
    QCOMPARE(m_script->entries.value(key()), QByteArray("s3cret"));
    read(m_id);
    settle();
    QCOMPARE(m_answers, QStringList { u"s3cret"_s });
}

void TestKeychainStore::aDeadAskersReadIsNotMade()
{
    bool told = false;
    {
        QObject asker;
        m_store->read(m_id, &asker, [&](Outcome<Secret>) { told = true; });
    }
    settle();
    QVERIFY(!told);
    QVERIFY(m_script->calls.isEmpty());
}

void TestKeychainStore::dyingWithACallOut()
{
    m_script->hangs = true;
    read(m_id);
    settle();
    QCOMPARE(m_script->hanging.size(), 1);
    m_store.reset();
    m_script->comeBack(); // must reach nobody (checked by the address sanitizer)
    settle();
    QVERIFY(m_answers.isEmpty());
}

QTEST_GUILESS_MAIN(TestKeychainStore)
#include "tst_keychainstore.moc"
