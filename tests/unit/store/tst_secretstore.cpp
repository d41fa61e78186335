// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/secretstore.h"
#include "tests/support/fakesecretstore.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// The promises of SecretStore that need no keychain, kept by the store of this session and by the tests' own fake.
class TestSecretStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatNoStoreKeeps_data();
    void whatNoStoreKeeps();
    void roundTrip_data();
    void roundTrip();
    void answersComeThroughTheEventLoop_data();
    void answersComeThroughTheEventLoop();
    void aDeadContextHearsNothing();
    void fakeFailsOnOrder();
    void fakeHoldsAnswersBack();
};

namespace {

Secret secretOf(const char *text)
{
    return Secret(QByteArray(text));
}

std::unique_ptr<SecretStore> storeNamed(const QString &name)
{
    if (name == u"session"_s)
        return std::make_unique<SessionSecretStore>();
    return std::make_unique<FakeSecretStore>();
}

void bothStores()
{
    QTest::addColumn<QString>("store");
    QTest::newRow("session") << u"session"_s;
    QTest::newRow("fake") << u"fake"_s;
}

} // namespace

void TestSecretStore::whatNoStoreKeeps_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("kept");
    QTest::newRow("one byte") << QByteArray("x") << true;
    QTest::newRow("2000 bytes") << QByteArray(2000, 'x') << true;
    QTest::newRow("2001 bytes") << QByteArray(2001, 'x') << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("NUL inside") << QByteArray("a\0b", 3) << false;
    QTest::newRow("NUL at the end") << QByteArray("ab\0", 3) << false;
    QTest::newRow("line ends and high bytes") << QByteArray("a\r\n\xff\x80") << true;
}

void TestSecretStore::whatNoStoreKeeps()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, kept);
    const auto problem = secretProblem(Secret(value));
    QCOMPARE(!problem.has_value(), kept);
    if (problem) {
        QCOMPARE(problem->kind, FailureKind::InvalidInput);
        QCOMPARE(problem->fields, QStringList { u"clientSecret"_s });
        QVERIFY(value.isEmpty() || !problem->technical.contains(QString::fromLatin1(value)));
    }

    SessionSecretStore store;
    const ProfileId id = ProfileId::create();
    std::optional<bool> written;
    store.write(id, Secret(value), this, [&](Outcome<Done> outcome) { written = outcome.ok(); });
    QTRY_COMPARE(written, std::optional(kept));
}

void TestSecretStore::roundTrip_data()
{
    bothStores();
}

void TestSecretStore::roundTrip()
{
    QFETCH(QString, store);
    const auto secrets = storeNamed(store);
    QCOMPARE(secrets->backendName(), store);
    const ProfileId one = ProfileId::create();
    const ProfileId other = ProfileId::create();
    QStringList answers;
    const auto reading = [&](Outcome<Secret> outcome) {
        answers << (outcome ? QString::fromUtf8(outcome->view().toByteArray()) : failureName(outcome.failure().kind));
    };
    const auto doing
        = [&](Outcome<Done> outcome) { answers << (outcome ? u"done"_s : failureName(outcome.failure().kind)); };
    secrets->read(one, this, reading);
    secrets->write(one, secretOf("first"), this, doing);
    secrets->read(one, this, reading);
    secrets->write(one, secretOf("second"), this, doing);
    secrets->read(one, this, reading);
    secrets->read(other, this, reading);
    secrets->remove(one, this, doing);
    secrets->remove(one, this, doing);
    secrets->read(one, this, reading);
    const QStringList expected { u"SecretMissing"_s, u"done"_s, u"first"_s, u"done"_s, u"second"_s, u"SecretMissing"_s,
                                 u"done"_s, u"SecretMissing"_s, u"SecretMissing"_s };
    QTRY_COMPARE(answers, expected);
}

void TestSecretStore::answersComeThroughTheEventLoop_data()
{
    bothStores();
}

void TestSecretStore::answersComeThroughTheEventLoop()
{
    QFETCH(QString, store);
    const auto secrets = storeNamed(store);
    int answers = 0;
    secrets->read(ProfileId::create(), this, [&](Outcome<Secret>) { ++answers; });
    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 1);
    QCoreApplication::processEvents();
    QCOMPARE(answers, 1);
}

void TestSecretStore::aDeadContextHearsNothing()
{
    SessionSecretStore store;
    const ProfileId id = ProfileId::create();
    auto asker = std::make_unique<QObject>();
    bool told = false;
    store.write(id, secretOf("kept"), asker.get(), [&](Outcome<Done>) { told = true; });
    asker.reset();
    bool found = false;
    store.read(id, this, [&](Outcome<Secret> outcome) { found = outcome.ok(); });
    QTRY_VERIFY(found);
    QVERIFY(!told);
}

void TestSecretStore::fakeFailsOnOrder()
{
    FakeSecretStore store;
    const ProfileId id = ProfileId::create();
    store.put(id, "kept");
    store.failNext(FakeSecretStore::Operation::Write, FailureKind::SecretLocked);
    QStringList answers;
    const auto doing
        = [&](Outcome<Done> outcome) { answers << (outcome ? u"done"_s : failureName(outcome.failure().kind)); };
    store.write(id, secretOf("lost"), this, doing);
    QTRY_COMPARE(answers.size(), 1);
    QCOMPARE(store.held(id), QByteArray("kept"));
    store.failAll(FailureKind::KeychainUnavailable);
    store.write(id, secretOf("lost"), this, doing);
    store.remove(id, this, doing);
    QTRY_COMPARE(answers.size(), 3);
    QCOMPARE(store.held(id), QByteArray("kept"));
    store.failAll(std::nullopt);
    store.write(id, secretOf("new"), this, doing);
    QTRY_COMPARE(answers, QStringList({ u"SecretLocked"_s, u"KeychainUnavailable"_s, u"KeychainUnavailable"_s, u"done"_s }));
    QCOMPARE(store.held(id), QByteArray("new"));
    QCOMPARE(store.count(FakeSecretStore::Operation::Write), 3);
}

void TestSecretStore::fakeHoldsAnswersBack()
{
    FakeSecretStore store;
    store.hold();
    int answers = 0;
    store.read(ProfileId::create(), this, [&](Outcome<Secret>) { ++answers; });
    {
        QObject dead;
        store.read(ProfileId::create(), &dead, [&](Outcome<Secret>) { answers += 100; });
    }
    QCoreApplication::processEvents();
    QCOMPARE(answers, 0);
    QCOMPARE(store.heldBack(), 2);
    store.release();
    QTRY_COMPARE(answers, 1);
}

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
