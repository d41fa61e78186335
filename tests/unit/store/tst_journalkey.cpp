// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalkey.h"
#include "app/store/keychainstore.h"
#include "app/store/sealer.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesecretstore.h"
#include "tests/unit/store/scriptedkeychain.h"

#include <QtCore/QUuid>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Operation = FakeSecretStore::Operation;

namespace {

/// What a call came to, in a word: where the key is from, or the failure's name.
struct Result {
    QString word;
    QString keyId;
    Secret key;
};

ProfileId entryOf(const QString &keyId)
{
    return { JournalKey::entryId(keyId) };
}

QByteArray entryText(const Secret &key)
{
    return key.view().toByteArray().toBase64();
}

} // namespace

class TestJournalKey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewKeyIsKeptAndFoundAgain();
    void nothingIsMadeWhileAKeyIsInUse_data();
    void nothingIsMadeWhileAKeyIsInUse();
    void anEntryThatIsNotTheKey_data();
    void anEntryThatIsNotTheKey();
    void aKeychainThatDoesNotTakeANewKey_data();
    void aKeychainThatDoesNotTakeANewKey();
    void aNewKeyStandsBesideTheOld();
    void twoStartsAtOnceCannotMeet();
    void anAskerThatIsGoneGetsNothing();

    void theEntryHasANameOfItsOwn();
    void aKeychainThatForgetsIsNoKeychain();
    void aLockedRealStoreIsLocked();
    void wedgedMayBeAskedAgain();
    void theQueueIsOne();

private:
    Result wait(const std::function<void(std::function<void(Outcome<JournalKey::Found>)>)> &ask)
    {
        std::optional<Result> result;
        ask([&result](Outcome<JournalKey::Found> found) {
            QVERIFY(!result);
            result = Result {};
            if (!found) {
                result->word = failureName(found.failure().kind);
                return;
            }
            switch (found->origin) {
            case JournalKey::Origin::Kept:
                result->word = u"kept"_s;
                break;
            case JournalKey::Origin::NewlyKept:
                result->word = u"new"_s;
                break;
            case JournalKey::Origin::SessionOnly:
                result->word = u"session"_s;
                break;
            }
            result->key = found->key.clone();
            result->keyId = Sealer(found->key).keyId();
        });
        if (!QTest::qWaitFor([&] { return result.has_value(); }, 5000))
            qFatal("no answer"); // its place is on the stack: nothing may come later
        return std::move(*result);
    }
    Result fetch(SecretStore &store, const QString &keyIdInUse = {})
    {
        return wait([&](auto then) { JournalKey::fetch(store, keyIdInUse, this, std::move(then)); });
    }
    Result makeNew(SecretStore &store)
    {
        return wait([&](auto then) { JournalKey::makeNew(store, this, std::move(then)); });
    }
};

void TestJournalKey::aNewKeyIsKeptAndFoundAgain()
{
    FakeSecretStore store;
    const Result made = fetch(store);
    QCOMPARE(made.word, u"new"_s);
    QCOMPARE(made.key.size(), 32);
    QCOMPARE(store.held(entryOf(made.keyId)), entryText(made.key));

    const Result found = fetch(store, made.keyId);
    QCOMPARE(found.word, u"kept"_s);
    QVERIFY(found.key.equals(made.key));
    QCOMPARE(store.count(Operation::Write), 1);
    QCOMPARE(store.count(Operation::Remove), 0);
}

void TestJournalKey::nothingIsMadeWhileAKeyIsInUse_data()
{
    QTest::addColumn<FailureKind>("says");
    QTest::addColumn<QString>("word");
    QTest::newRow("missing, as locked looks") << FailureKind::SecretMissing << u"SecretLocked"_s;
    QTest::newRow("locked") << FailureKind::SecretLocked << u"SecretLocked"_s;
    QTest::newRow("no keychain today") << FailureKind::KeychainUnavailable << u"SecretLocked"_s;
    QTest::newRow("wedged") << FailureKind::KeychainWedged << u"KeychainWedged"_s;
}

void TestJournalKey::nothingIsMadeWhileAKeyIsInUse()
{
    QFETCH(FailureKind, says);
    QFETCH(QString, word);
    FakeSecretStore store;
    const Result made = fetch(store);
    store.failAll(says);
    QCOMPARE(fetch(store, made.keyId).word, word);
    QCOMPARE(store.count(Operation::Write), 1); // the first one

    store.failAll({});
    QCOMPARE(fetch(store, made.keyId).word, u"kept"_s);
}

void TestJournalKey::anEntryThatIsNotTheKey_data()
{
    QTest::addColumn<QByteArray>("entry");
    const Secret other = Sealer::newKey();
    QTest::newRow("another key") << entryText(other);
    QTest::newRow("not Base64") << QByteArray("!!!!") + entryText(other);
    QTest::newRow("too short") << QByteArray("QUJD");
    QTest::newRow("a client secret") << QByteArray("0e9f6bb4-2f0e-4a0b-8b4f-0d1f6f1f2a3b");
}

void TestJournalKey::anEntryThatIsNotTheKey()
{
    QFETCH(QByteArray, entry);
    FakeSecretStore store;
    const QString keyId = fetch(store).keyId;
    store.put(entryOf(keyId), entry);
    QCOMPARE(fetch(store, keyId).word, u"SecretLocked"_s);
    QCOMPARE(store.held(entryOf(keyId)), entry);
    QCOMPARE(store.count(Operation::Write), 1);
}

void TestJournalKey::aKeychainThatDoesNotTakeANewKey_data()
{
    QTest::addColumn<FailureKind>("says");
    QTest::addColumn<QString>("word");
    // Only "there is none" leads to a key that nobody keeps; a locked one is there and will hold keys again.
    QTest::newRow("no keychain") << FailureKind::KeychainUnavailable << u"session"_s;
    QTest::newRow("locked") << FailureKind::SecretLocked << u"SecretLocked"_s;
    QTest::newRow("missing") << FailureKind::SecretMissing << u"SecretLocked"_s;
    QTest::newRow("refused") << FailureKind::InvalidInput << u"SecretLocked"_s;
    QTest::newRow("wedged") << FailureKind::KeychainWedged << u"KeychainWedged"_s;
}

void TestJournalKey::aKeychainThatDoesNotTakeANewKey()
{
    QFETCH(FailureKind, says);
    QFETCH(QString, word);
    for (const bool onTheOperatorsWord : { false, true }) {
        FakeSecretStore store;
        store.failAll(says);
        const Result result = onTheOperatorsWord ? makeNew(store) : fetch(store);
        QCOMPARE(result.word, word);
        QCOMPARE(result.key.size(), word == u"session"_s ? 32 : 0);
    }
}

void TestJournalKey::aNewKeyStandsBesideTheOld()
{
    FakeSecretStore store;
    const Result old = fetch(store);
    const Result made = makeNew(store);
    QCOMPARE(made.word, u"new"_s);
    QVERIFY(made.keyId != old.keyId);
    QCOMPARE(fetch(store, old.keyId).word, u"kept"_s);
    QVERIFY(fetch(store, old.keyId).key.equals(old.key));
    QVERIFY(fetch(store, made.keyId).key.equals(made.key));
}

void TestJournalKey::twoStartsAtOnceCannotMeet()
{
    FakeSecretStore store;
    store.hold();
    QStringList ids;
    const auto note = [&ids](const Outcome<JournalKey::Found> &found) {
        QVERIFY(found.ok());
        ids << Sealer(found->key).keyId();
    };
    JournalKey::fetch(store, {}, this, note);
    JournalKey::fetch(store, {}, this, note);
    store.release();
    QTRY_COMPARE(ids.size(), 2);
    QVERIFY(ids.first() != ids.last());
    for (const QString &id : ids)
        QCOMPARE(fetch(store, id).word, u"kept"_s);
}

void TestJournalKey::anAskerThatIsGoneGetsNothing()
{
    FakeSecretStore store;
    store.hold();
    auto asker = std::make_unique<QObject>();
    bool told = false;
    JournalKey::fetch(store, {}, asker.get(), [&told](const Outcome<JournalKey::Found> &) { told = true; });
    QCOMPARE(store.heldBack(), 1);
    asker.reset();
    store.release();
    QCOMPARE(fetch(store).word, u"new"_s); // has gone through the same event loop
    QVERIFY(!told);
}

void TestJournalKey::theEntryHasANameOfItsOwn()
{
    FakeClock clock;
    ScriptedKeychain::Script script;
    KeychainStore store(clock, std::make_unique<ScriptedKeychain>(script));
    const Result made = fetch(store.journalKeys());
    QCOMPARE(made.word, u"new"_s);
    const QString uuid = JournalKey::entryId(made.keyId);
    QVERIFY(!QUuid::fromString(uuid).isNull());
    QCOMPARE(script.entries.keys(), QStringList { u"world.yoma.YoIDConsole/%1/journal-key/v1"_s.arg(uuid) });
    QCOMPARE(script.calls, (QStringList { u"write"_s, u"read"_s })); // read back and compared
    QCOMPARE(fetch(store.journalKeys(), made.keyId).word, u"kept"_s);
    QCOMPARE(fetch(store, made.keyId).word, u"SecretLocked"_s); // another drawer

    // Stable: entries made by this version are found by every later one.
    QCOMPARE(JournalKey::entryId(u"fc37d12d41a741f7db996fe921fddb03"_s), u"f37037ad-f1b2-5598-bd89-134852ea365a"_s);
}

void TestJournalKey::aKeychainThatForgetsIsNoKeychain()
{
    FakeClock clock;
    ScriptedKeychain::Script script;
    KeychainStore store(clock, std::make_unique<ScriptedKeychain>(script));
    script.forgetsWrites = true;
    QCOMPARE(fetch(store.journalKeys()).word, u"session"_s);
    script.forgetsWrites = false;
    script.changesWrittenTo = "what another process wrote";
    QCOMPARE(fetch(store.journalKeys()).word, u"session"_s);
}

void TestJournalKey::aLockedRealStoreIsLocked()
{
    FakeClock clock;
    ScriptedKeychain::Script script;
    KeychainStore store(clock, std::make_unique<ScriptedKeychain>(script));
    const QString keyId = fetch(store.journalKeys()).keyId;
    script.calls.clear();
    script.fails = { FailureKind::SecretMissing };
    QCOMPARE(fetch(store.journalKeys(), keyId).word, u"SecretLocked"_s);
    QCOMPARE(script.calls, QStringList { u"read"_s });
    script.fails = { FailureKind::SecretLocked };
    QCOMPARE(fetch(store.journalKeys()).word, u"SecretLocked"_s);
    QCOMPARE(script.entries.size(), 1);
}

void TestJournalKey::wedgedMayBeAskedAgain()
{
    FakeClock clock;
    ScriptedKeychain::Script script;
    KeychainStore store(clock, std::make_unique<ScriptedKeychain>(script));
    const QString keyId = fetch(store.journalKeys()).keyId;
    script.hangs = true;
    QString word;
    JournalKey::fetch(store.journalKeys(), keyId, this,
                      [&word](const Outcome<JournalKey::Found> &found) { word = failureName(found.failure().kind); });
    QTRY_COMPARE(script.hanging.size(), 1);
    QSignalSpy waiting(&store.journalKeys(), &SecretStore::stillWaiting);
    clock.advance(5s);
    QCOMPARE(waiting.size(), 1);
    clock.advance(55s);
    QTRY_COMPARE(word, u"KeychainWedged"_s);
    QCOMPARE(fetch(store.journalKeys(), keyId).word, u"KeychainWedged"_s);
    script.comeBack();
    QCOMPARE(fetch(store.journalKeys(), keyId).word, u"kept"_s);
}

void TestJournalKey::theQueueIsOne()
{
    // The scripted keychain fails the test when a second call is made while one is out.
    FakeClock clock;
    ScriptedKeychain::Script script;
    KeychainStore store(clock, std::make_unique<ScriptedKeychain>(script));
    script.hangs = true;
    int answers = 0;
    store.write(ProfileId::create(), Secret("s"_ba), this, [&answers](const Outcome<Done> &) { ++answers; });
    JournalKey::fetch(store.journalKeys(), {}, this, [&answers](const Outcome<JournalKey::Found> &) { ++answers; });
    QTRY_COMPARE(script.hanging.size(), 1);
    script.comeBack();
    QTRY_COMPARE(answers, 2);
    QCOMPARE(script.entries.size(), 2);
}

QTEST_GUILESS_MAIN(TestJournalKey)
#include "tst_journalkey.moc"
