// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/wakelock.h"

#include <QtCore/QProcess>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusError>
#include <QtDBus/QDBusUnixFileDescriptor>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// A bus of the test's own.
class PrivateBus {
public:
    PrivateBus()
    {
        m_daemon.start(u"dbus-daemon"_s, { u"--session"_s, u"--nofork"_s, u"--print-address=1"_s });
        if (QTest::qWaitFor([this] { return m_daemon.canReadLine(); }, 10'000))
            m_address = m_daemon.readLine().trimmed();
    }
    ~PrivateBus()
    {
        m_daemon.kill();
        (void)QTest::qWaitFor([this] { return m_daemon.state() == QProcess::NotRunning; }, 10'000);
    }
    PrivateBus(const PrivateBus &) = delete;
    PrivateBus &operator=(const PrivateBus &) = delete;

    [[nodiscard]] QByteArray address() const { return m_address; }
    void freeze(bool on) { ::kill(static_cast<pid_t>(m_daemon.processId()), on ? SIGSTOP : SIGCONT); }

private:
    QProcess m_daemon;
    QByteArray m_address;
};

} // namespace

/// What logind does, as far as it concerns us: gives a descriptor, and knows that it is held until it is closed.
class FakeLogind final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    ~FakeLogind() override { closeAll(); }
    void closeAll()
    {
        for (const int end : std::as_const(m_ours))
            ::close(end);
        m_ours.clear();
    }
    /// How many of those given away are still open somewhere.
    [[nodiscard]] int held() const
    {
        int open = 0;
        for (const int end : m_ours) {
            pollfd look { end, POLLIN, 0 };
            ::poll(&look, 1, 0);
            open += (look.revents & POLLHUP) == 0;
        }
        return open;
    }
    QList<QStringList> asked;

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &why, const QString &mode)
    {
        asked << QStringList { what, who, why, mode };
        int ends[2] = { -1, -1 };
        if (::pipe2(ends, O_CLOEXEC) != 0)
            qFatal("no pipe");
        m_ours << ends[0];
        QDBusUnixFileDescriptor given(ends[1]);
        ::close(ends[1]);
        return given;
    }

private:
    QList<int> m_ours;
};

class FakeDesktop final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")

public:
    QList<uint> held;
    int asked = 0;

public Q_SLOTS:
    uint Inhibit(const QString &, const QString &)
    {
        ++asked;
        held << m_next;
        return m_next++;
    }
    void UnInhibit(uint cookie) { held.removeOne(cookie); }

private:
    uint m_next = 7;
};

class TestWakeLock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();
    void holdsAndReleases();
    void endsWithItsOwner();
    void releasedBeforeTheAnswer();
    void withoutLogindTheDesktopIsAsked();
    void withoutAnybodyNothingHappens();
    void frozenBusStallsNothing();

private:
    std::unique_ptr<PrivateBus> m_system;
    std::unique_ptr<PrivateBus> m_session;
};

/// The library looks for the addresses once.
void TestWakeLock::initTestCase()
{
    m_system = std::make_unique<PrivateBus>();
    m_session = std::make_unique<PrivateBus>();
    if (m_system->address().isEmpty() || m_session->address().isEmpty()) {
        if (qEnvironmentVariableIntValue("YOID_REQUIRE_ALL") == 1)
            QFAIL("dbus-daemon is not installed");
        QSKIP("dbus-daemon is not installed");
    }
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_system->address());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_session->address());
}

void TestWakeLock::cleanup()
{
    QDBusConnection::disconnectFromBus(u"service"_s);
}

void TestWakeLock::cleanupTestCase()
{
    for (const auto *const name : { "wakelock-system", "wakelock-session" })
        QDBusConnection::disconnectFromBus(QString::fromLatin1(name));
    m_system.reset();
    m_session.reset();
}

namespace {

void serve(const PrivateBus &bus, const QString &name, const QString &path, QObject *object)
{
    QDBusConnection connection = QDBusConnection::connectToBus(QString::fromLatin1(bus.address()), u"service"_s);
    QVERIFY(connection.registerObject(path, object, QDBusConnection::ExportAllSlots));
    QVERIFY2(connection.registerService(name), qPrintable(connection.lastError().message()));
}

} // namespace

void TestWakeLock::holdsAndReleases()
{
    FakeLogind logind;
    serve(*m_system, u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s, &logind);
    WakeLock lock;
    QSignalSpy granted(&lock, &WakeLock::grantedChanged);
    lock.hold(u"Credentials are being issued"_s);
    lock.hold(u"again"_s);
    QTRY_VERIFY(lock.isGranted());
    QCOMPARE(logind.asked, QList<QStringList>({ { u"sleep:idle"_s, u"YoID Console"_s, u"Credentials are being issued"_s, u"block"_s } }));
    QCOMPARE(logind.held(), 1);
    lock.release();
    lock.release();
    QVERIFY(!lock.isGranted());
    QTRY_COMPARE(logind.held(), 0);
    QCOMPARE(granted.size(), 2);
    lock.hold(u"the next batch"_s);
    QTRY_VERIFY(lock.isGranted());
    QCOMPARE(logind.held(), 1);
}

void TestWakeLock::endsWithItsOwner()
{
    FakeLogind logind;
    serve(*m_system, u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s, &logind);
    auto lock = std::make_unique<WakeLock>();
    lock->hold(u"x"_s);
    QTRY_COMPARE(logind.held(), 1);
    QTRY_VERIFY(lock->isGranted());
    lock.reset();
    QTRY_COMPARE(logind.held(), 0);
}

void TestWakeLock::releasedBeforeTheAnswer()
{
    FakeLogind logind;
    serve(*m_system, u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s, &logind);
    WakeLock lock;
    for (int i = 0; i < 5; ++i) {
        lock.hold(u"x"_s);
        lock.release();
    }
    lock.hold(u"the last"_s);
    QTRY_VERIFY(lock.isGranted());
    QTRY_COMPARE(logind.held(), 1);
    lock.release();
    QTRY_COMPARE(logind.held(), 0);
}

void TestWakeLock::withoutLogindTheDesktopIsAsked()
{
    FakeDesktop desktop;
    serve(*m_session, u"org.freedesktop.ScreenSaver"_s, u"/org/freedesktop/ScreenSaver"_s, &desktop);
    WakeLock lock;
    lock.hold(u"x"_s);
    QTRY_VERIFY(lock.isGranted());
    QCOMPARE(desktop.held.size(), 1);
    lock.release();
    QTRY_VERIFY(desktop.held.isEmpty());
    for (int i = 0; i < 5; ++i) {
        lock.hold(u"x"_s);
        (void)QTest::qWaitFor([&] { return desktop.asked > i + 1; }, 200); // sometimes on its way by then, sometimes not
        lock.release();
    }
    lock.hold(u"the last"_s);
    QTRY_VERIFY(lock.isGranted());
    QTRY_COMPARE(desktop.held.size(), 1);
}

void TestWakeLock::withoutAnybodyNothingHappens()
{
    WakeLock lock;
    lock.hold(u"x"_s);
    QVERIFY(!QTest::qWaitFor([&] { return lock.isGranted(); }, 500));
    lock.release();
}

/// The event loop turns while the bus does not say hello.
void TestWakeLock::frozenBusStallsNothing()
{
    FakeLogind logind;
    serve(*m_system, u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s, &logind);
    QDBusConnection::disconnectFromBus(u"wakelock-system"_s);
    m_system->freeze(true);
    WakeLock lock;
    lock.hold(u"x"_s);
    int turns = 0;
    for (int i = 0; i < 20; ++i)
        QMetaObject::invokeMethod(this, [&] { ++turns; }, Qt::QueuedConnection);
    QTRY_COMPARE(turns, 20); // and hold() itself has come back
    QVERIFY(!lock.isGranted());
    m_system->freeze(false);
    QTRY_VERIFY(lock.isGranted()); // late, but still wanted
    lock.release();
    QTRY_COMPARE(logind.held(), 0);
}

QTEST_GUILESS_MAIN(TestWakeLock)
#include "tst_wakelock.moc"
