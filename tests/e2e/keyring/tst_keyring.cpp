// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalkey.h"
#include "app/store/keychainstore.h"
#include "app/store/sealer.h"
#include "tests/support/fakeclock.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusConnectionInterface>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <csignal>
#include <cstdio>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The same profile and the same secret in every process of a case, so that one process finds what another left.
const ProfileId kProfile { u"5b1f8d34-6f3c-4a53-9c0e-1d2f3a4b5c6d"_s };
constexpr char kCanary[] = "canary+/=%&\"\\ 5ecr3t\xc3\xa9 zzz";

Secret canary()
{
    return Secret(QByteArray(kCanary));
}

/// Every form in which the canary could lie in a file.
QList<QByteArray> formsOf(const QByteArray &secret)
{
    QList<QByteArray> forms { secret, secret.toPercentEncoding(), secret.toPercentEncoding().toLower(), secret.toHex() };
    QByteArray json = secret;
    forms << json.replace('\\', "\\\\").replace('"', "\\\"").replace('/', "\\/");
    json = secret;
    forms << json.replace('\\', "\\\\").replace('"', "\\\"");
    for (qsizetype shift = 0; shift < 3; ++shift) {
        // The characters in the middle do not depend on what stands around.
        const QByteArray shifted = QByteArray(shift, 'x') + secret;
        const QByteArray base64 = shifted.toBase64();
        forms << base64.mid(4, base64.size() - 8);
        QByteArray url = base64;
        forms << url.replace('+', '-').replace('/', '_').mid(4, base64.size() - 8);
    }
    const QString text = QString::fromUtf8(secret);
    forms << QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    return forms;
}

/// Files under this folder in which the secret can be read.
QStringList filesShowing(const QByteArray &secret, const QString &folder, int *looked = nullptr)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray content = file.readAll();
        if (looked)
            ++*looked;
        for (const QByteArray &form : formsOf(secret)) {
            if (content.contains(form)) {
                found << file.fileName();
                break;
            }
        }
    }
    return found;
}

} // namespace

/// One function for one process of a case; run.sh says which and prepares the keyring. Without a function's name nothing
/// is meant to run.
class TestKeyring : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void everyAwkwardByte();
    void writeForLater();
    void readFromEarlier();
    void lockedDestroysNothing();
    void noService();
    void noBus();
    void deadBus();
    void noLoop();
    void frozenDaemonWedgesAndRecovers();
    void journalKeyIsMade();
    void journalKeyLocked();
    void journalKeyIsFoundAgain();
    void journalKeyWithoutKeychain();

private:
    /// Where the key is from, or the failure's name; its id into `keyId`.
    QString fetchKey(const QString &keyIdInUse, QString *keyId = nullptr)
    {
        QString answer;
        JournalKey::fetch(m_store->journalKeys(), keyIdInUse, this, [&](const Outcome<JournalKey::Found> &found) {
            if (!found) {
                answer = named(found.failure());
                return;
            }
            answer = found->origin == JournalKey::Origin::Kept ? u"kept"_s
                : found->origin == JournalKey::Origin::NewlyKept ? u"new"_s
                                                                 : u"session"_s;
            if (keyId)
                *keyId = Sealer(found->key).keyId();
        });
        return awaited(answer);
    }
    /// What the journal would do: the key's id is written down, in clear, and something sealed with it.
    static QString noted(const QString &what) { return qEnvironmentVariable("YOID_TEST_HOME") + u'/' + what; }
    void start(Clock &clock) { m_store = std::make_unique<KeychainStore>(clock); }
    void waitForDaemon()
    {
        QVERIFY2(QDBusConnection::sessionBus().isConnected(), "no session bus");
        QTRY_VERIFY_WITH_TIMEOUT(
            QDBusConnection::sessionBus().interface()->isServiceRegistered(u"org.freedesktop.secrets"_s).value(), 20'000);
    }
    /// The answer in a word: the failure's name, `done`, `the secret` or `another secret`.
    QString read(const ProfileId &id, const QByteArray &expected = kCanary)
    {
        QString answer;
        m_store->read(id, this, [&](Outcome<Secret> o) {
            if (!o)
                answer = named(o.failure());
            else
                answer = o->equals(Secret(QByteArray(expected.constData(), expected.size()))) ? u"the secret"_s
                                                                                               : u"another secret"_s;
        });
        return awaited(answer);
    }
    QString write(const ProfileId &id, Secret secret)
    {
        QString answer;
        m_store->write(id, std::move(secret), this, [&](Outcome<Done> o) { answer = o ? u"done"_s : named(o.failure()); });
        return awaited(answer);
    }
    QString remove(const ProfileId &id)
    {
        QString answer;
        m_store->remove(id, this, [&](Outcome<Done> o) { answer = o ? u"done"_s : named(o.failure()); });
        return awaited(answer);
    }
    static QString named(const Failure &failure)
    {
        if (failure.technical.contains(QString::fromUtf8(kCanary)))
            return u"the secret stands in the failure's text"_s;
        qInfo("%s: %s", qPrintable(failureName(failure.kind)), qPrintable(failure.technical));
        return failureName(failure.kind);
    }
    static QString awaited(const QString &answer)
    {
        // Longer than D-Bus's own 25 s, so that a slow keyring shows its real answer.
        if (!QTest::qWaitFor([&] { return !answer.isEmpty(); }, 40'000))
            qFatal("the keychain store never answered"); // the answer's place is on the stack: nothing may come later
        return answer;
    }

    SystemClock m_clock;
    FakeClock m_turnedClock;
    std::unique_ptr<KeychainStore> m_store;
};

void TestKeyring::roundTrip()
{
    waitForDaemon();
    start(m_clock);
    QCOMPARE(m_store->backendName(), u"libsecret"_s);
    const ProfileId other = ProfileId::create();
    QCOMPARE(read(kProfile), u"SecretMissing"_s);
    QCOMPARE(remove(kProfile), u"SecretMissing"_s);
    QCOMPARE(write(kProfile, canary()), u"done"_s);
    QCOMPARE(read(kProfile), u"the secret"_s);
    QCOMPARE(read(other), u"SecretMissing"_s);
    QCOMPARE(write(other, Secret(QByteArray("of another profile"))), u"done"_s);
    QCOMPARE(write(kProfile, Secret(QByteArray("rotated"))), u"done"_s);
    QCOMPARE(read(kProfile), u"another secret"_s);
    QCOMPARE(read(kProfile, "rotated"), u"the secret"_s);
    QCOMPARE(remove(kProfile), u"done"_s);
    QCOMPARE(read(kProfile), u"SecretMissing"_s);
    QCOMPARE(read(other, "of another profile"), u"the secret"_s);
    QCOMPARE(remove(other), u"done"_s);
}

void TestKeyring::everyAwkwardByte()
{
    waitForDaemon();
    start(m_clock);
    QByteArray all;
    for (int byte = 1; byte < 256; ++byte)
        all.append(static_cast<char>(byte));
    const QList<QByteArray> values { all, " ", "\n", "\r\n", "%00%", "a\xff\xfe", QByteArray(2000, '\xf0'),
                                     "trailing newline\n", "QUJD", "\xef\xbb\xbf" "bom" };
    for (const QByteArray &value : values) {
        QCOMPARE(write(kProfile, Secret(QByteArray(value.constData(), value.size()))), u"done"_s);
        QCOMPARE(read(kProfile, value), u"the secret"_s);
    }
    QCOMPARE(write(kProfile, Secret(QByteArray("a\0b", 3))), u"InvalidInput"_s);
    QCOMPARE(write(kProfile, Secret(QByteArray(2001, 'x'))), u"InvalidInput"_s);
    QCOMPARE(read(kProfile, values.last()), u"the secret"_s);
    QCOMPARE(remove(kProfile), u"done"_s);
}

void TestKeyring::writeForLater()
{
    waitForDaemon();
    start(m_clock);
    QCOMPARE(write(kProfile, canary()), u"done"_s);
}

void TestKeyring::readFromEarlier()
{
    waitForDaemon();
    start(m_clock);
    QCOMPARE(read(kProfile), u"the secret"_s);

    // At rest it lies in the keyring's file, which is encrypted: readable nowhere.
    const QString home = qEnvironmentVariable("YOID_TEST_HOME");
    QVERIFY(!home.isEmpty());
    QVERIFY(QFile::exists(home + u"/.local/share/keyrings/login.keyring"_s));
    int looked = 0;
    QCOMPARE(filesShowing(kCanary, home, &looked), QStringList());
    QVERIFY(looked > 0);
    for (const auto *const place : { "/proc/self/environ", "/proc/self/cmdline" }) {
        QFile file(QString::fromLatin1(place));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY(!content.isEmpty());
        for (const QByteArray &form : formsOf(kCanary))
            QVERIFY2(!content.contains(form), place);
    }

    // The search itself works: it finds every form when there is one.
    for (const QByteArray &form : formsOf(kCanary)) {
        QFile planted(home + u"/planted"_s);
        QVERIFY(planted.open(QIODevice::WriteOnly));
        planted.write("before " + form + " after");
        planted.close();
        QCOMPARE(filesShowing(kCanary, home), QStringList { planted.fileName() });
        QVERIFY(planted.remove());
    }
}

void TestKeyring::lockedDestroysNothing()
{
    waitForDaemon();
    start(m_clock);
    // gnome-keyring without a prompter: reading says "not found", writing "denied" (reliability 0.9).
    const QString readAnswer = read(kProfile);
    QVERIFY2(readAnswer == u"SecretMissing"_s || readAnswer == u"SecretLocked"_s, qPrintable(readAnswer));
    QCOMPARE(write(kProfile, Secret(QByteArray("must not get in"))), u"SecretLocked"_s);
    const QString removeAnswer = remove(kProfile);
    QVERIFY2(removeAnswer == u"SecretMissing"_s || removeAnswer == u"SecretLocked"_s, qPrintable(removeAnswer));
    QCOMPARE(read(kProfile), readAnswer);
}

void TestKeyring::noService()
{
    QVERIFY(QDBusConnection::sessionBus().isConnected());
    start(m_clock);
    QCOMPARE(read(kProfile), u"KeychainUnavailable"_s);
    QCOMPARE(write(kProfile, canary()), u"KeychainUnavailable"_s);
    QCOMPARE(remove(kProfile), u"KeychainUnavailable"_s);
    QCOMPARE(filesShowing(kCanary, qEnvironmentVariable("YOID_TEST_HOME")), QStringList());
}

void TestKeyring::noBus()
{
    start(m_clock);
    QCOMPARE(read(kProfile), u"KeychainUnavailable"_s);
    QCOMPARE(write(kProfile, canary()), u"KeychainUnavailable"_s);
    QCOMPARE(filesShowing(kCanary, qEnvironmentVariable("YOID_TEST_HOME")), QStringList());
}

void TestKeyring::deadBus()
{
    noBus(); // the same answers, but this time given by QtKeychain itself
}

void TestKeyring::noLoop()
{
    waitForDaemon();
    noBus();
}

void TestKeyring::frozenDaemonWedgesAndRecovers()
{
    waitForDaemon();
    FakeClock &clock = m_turnedClock;
    start(clock);
    QCOMPARE(write(kProfile, canary()), u"done"_s);

    const auto daemon = static_cast<pid_t>(qEnvironmentVariableIntValue("YOID_TEST_DAEMON"));
    QVERIFY(daemon > 1);
    QCOMPARE(::kill(daemon, SIGSTOP), 0);
    QSignalSpy waiting(m_store.get(), &SecretStore::stillWaiting);
    QStringList answers;
    const auto reading = [&](Outcome<Secret> o) { answers << (o ? u"the secret"_s : named(o.failure())); };
    m_store->read(kProfile, this, reading);
    clock.advance(5s);
    QCOMPARE(waiting.size(), 1);
    clock.advance(55s);
    QCOMPARE(answers, QStringList { u"KeychainWedged"_s });
    m_store->read(kProfile, this, reading);
    clock.advance(0s);
    QCOMPARE(answers.size(), 2);
    QCOMPARE(answers.last(), u"KeychainWedged"_s);

    // Thawed, the old job comes back by itself and the next question is answered again.
    QCOMPARE(::kill(daemon, SIGCONT), 0);
    QTRY_VERIFY_WITH_TIMEOUT(read(kProfile) == u"the secret"_s, 30'000);
}

void TestKeyring::journalKeyIsMade()
{
    waitForDaemon();
    start(m_clock);
    QString keyId;
    QCOMPARE(fetchKey({}, &keyId), u"new"_s);
    QCOMPARE(fetchKey(keyId), u"kept"_s);
    QFile file(noted(u"key-id"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(keyId.toLatin1());
}

void TestKeyring::journalKeyLocked()
{
    waitForDaemon();
    start(m_clock);
    QFile file(noted(u"key-id"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString keyId = QString::fromLatin1(file.readAll());
    QCOMPARE(keyId.size(), 32);
    QCOMPARE(fetchKey(keyId), u"SecretLocked"_s);
    // Neither is a locked keyring "no keychain": no key is made up for this session behind its back.
    QCOMPARE(fetchKey({}), u"SecretLocked"_s);
}

void TestKeyring::journalKeyIsFoundAgain()
{
    waitForDaemon();
    start(m_clock);
    QFile file(noted(u"key-id"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString keyId = QString::fromLatin1(file.readAll());
    QString found;
    QCOMPARE(fetchKey(keyId, &found), u"kept"_s);
    QCOMPARE(found, keyId);
}

void TestKeyring::journalKeyWithoutKeychain()
{
    QVERIFY(QDBusConnection::sessionBus().isConnected());
    start(m_clock);
    QFile file(noted(u"key-id"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(fetchKey(QString::fromLatin1(file.readAll())), u"SecretLocked"_s);
    QCOMPARE(fetchKey({}), u"session"_s);
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (argc != 2 || TestKeyring::staticMetaObject.indexOfSlot(QByteArray(argv[1]).append("()").constData()) < 0) {
        std::fputs("tst_keyring FUNCTION (see run.sh)\n", stderr);
        return 2;
    }
    TestKeyring test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keyring.moc"
