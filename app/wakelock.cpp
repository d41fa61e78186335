// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/wakelock.h"

#if defined(YOID_HAS_DBUS)
#include <QtCore/QThread>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusReply>
#include <QtDBus/QDBusUnixFileDescriptor>
#elif defined(Q_OS_WIN)
#include <windows.h>
#elif defined(Q_OS_MACOS)
#include <IOKit/pwr_mgt/IOPMLib.h>
#endif

#include <functional>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

#if defined(YOID_HAS_DBUS)

namespace {

constexpr const char *kPath = "/org/freedesktop/ScreenSaver";

QDBusMessage desktopCall(const QString &method)
{
    const QString name = u"org.freedesktop.ScreenSaver"_s;
    return QDBusMessage::createMethodCall(name, QString::fromLatin1(kPath), name, method);
}

QString nameOf(QDBusConnection::BusType bus)
{
    return bus == QDBusConnection::SystemBus ? u"wakelock-system"_s : u"wakelock-session"_s;
}

} // namespace

class WakeLock::Private {
public:
    explicit Private(WakeLock *lock)
        : q(lock)
    {
    }

    void hold(const QString &reason);
    void release();
    [[nodiscard]] bool isGranted() const { return descriptor.isValid() || cookie; }
    /// Connects on a thread of its own, because the library waits for the bus to say hello.
    void connectTo(QDBusConnection::BusType bus, const std::function<void(QDBusConnection)> &then);
    void ask(const QDBusConnection &bus, const QDBusMessage &call, const std::function<void(const QDBusMessage &)> &then);
    void askDesktop(const QString &reason);
    static void letGo(uint held);

    WakeLock *q;
    std::unique_ptr<QObject> asking;        ///< Context of the answers; an answer to an earlier question finds nobody.
    QDBusUnixFileDescriptor descriptor;     ///< Held while it is open.
    std::optional<uint> cookie;             ///< Of the desktop's.
    int question = 0;                       ///< Running number of hold().
};

void WakeLock::Private::connectTo(QDBusConnection::BusType bus, const std::function<void(QDBusConnection)> &then)
{
    QThread *const thread = QThread::create([bus] { QDBusConnection::connectToBus(bus, nameOf(bus)); });
    QObject::connect(thread, &QThread::finished, asking.get(), [bus, then] { then(QDBusConnection(nameOf(bus))); });
    QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start(); // belongs to nobody: a bus that never says hello is left behind
}

void WakeLock::Private::ask(const QDBusConnection &bus, const QDBusMessage &call, const std::function<void(const QDBusMessage &)> &then)
{
    auto *const watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), asking.get());
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, asking.get(), [then](QDBusPendingCallWatcher *answered) {
        answered->deleteLater();
        then(answered->reply());
    });
}

void WakeLock::Private::hold(const QString &reason)
{
    ++question;
    asking = std::make_unique<QObject>();
    connectTo(QDBusConnection::SystemBus, [this, reason](const QDBusConnection &bus) {
        if (!bus.isConnected()) {
            askDesktop(reason);
            return;
        }
        QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
                                                           u"org.freedesktop.login1.Manager"_s, u"Inhibit"_s);
        call << u"sleep:idle"_s << u"YoID Console"_s << reason << u"block"_s;
        ask(bus, call, [this, reason](const QDBusMessage &answer) {
            const QDBusReply<QDBusUnixFileDescriptor> reply(answer);
            if (!reply.isValid() || !reply.value().isValid()) {
                askDesktop(reason);
                return;
            }
            descriptor = reply.value();
            Q_EMIT q->grantedChanged(true);
        });
    });
}

void WakeLock::Private::askDesktop(const QString &reason)
{
    connectTo(QDBusConnection::SessionBus, [this, reason](const QDBusConnection &bus) {
        if (!bus.isConnected())
            return; // nobody here keeps a computer awake
        QDBusMessage call = desktopCall(u"Inhibit"_s);
        call << u"YoID Console"_s << reason;
        auto *const watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), q); // heard also when it is no longer wanted
        QObject::connect(watcher, &QDBusPendingCallWatcher::finished, q, [this, mine = question](QDBusPendingCallWatcher *answered) {
            answered->deleteLater();
            const QDBusReply<uint> reply(answered->reply());
            if (!reply.isValid())
                return;
            if (mine != question || !asking) {
                letGo(reply.value());
                return;
            }
            cookie = reply.value();
            Q_EMIT q->grantedChanged(true);
        });
    });
}

void WakeLock::Private::release()
{
    const bool was = isGranted();
    asking.reset();
    descriptor = QDBusUnixFileDescriptor();
    if (const std::optional<uint> held = std::exchange(cookie, {}))
        letGo(*held);
    if (was)
        Q_EMIT q->grantedChanged(false);
}

void WakeLock::Private::letGo(uint held)
{
    QDBusMessage call = desktopCall(u"UnInhibit"_s);
    call << held;
    QDBusConnection(nameOf(QDBusConnection::SessionBus)).send(call);
}

#else

class WakeLock::Private {
public:
    explicit Private(WakeLock *lock)
        : q(lock)
    {
    }

    void hold([[maybe_unused]] const QString &reason)
    {
#if defined(Q_OS_WIN)
        granted = ::SetThreadExecutionState(ES_CONTINUOUS | ES_SYSTEM_REQUIRED) != 0;
#elif defined(Q_OS_MACOS)
        const CFStringRef text = reason.toCFString();
        granted = ::IOPMAssertionCreateWithName(kIOPMAssertionTypePreventUserIdleSystemSleep, kIOPMAssertionLevelOn, text, &assertion)
            == kIOReturnSuccess;
        ::CFRelease(text);
#endif
        if (granted)
            Q_EMIT q->grantedChanged(true);
    }
    void release()
    {
        if (!std::exchange(granted, false))
            return;
#if defined(Q_OS_WIN)
        ::SetThreadExecutionState(ES_CONTINUOUS);
#elif defined(Q_OS_MACOS)
        ::IOPMAssertionRelease(assertion);
#endif
        Q_EMIT q->grantedChanged(false);
    }
    [[nodiscard]] bool isGranted() const { return granted; }

    WakeLock *q;
    bool granted = false;
#if defined(Q_OS_MACOS)
    IOPMAssertionID assertion = 0;
#endif
};

#endif

WakeLock::WakeLock(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

WakeLock::~WakeLock()
{
    blockSignals(true);
    d->release();
}

void WakeLock::hold(const QString &reason)
{
    if (std::exchange(m_held, true))
        return;
    d->hold(reason);
}

void WakeLock::release()
{
    if (std::exchange(m_held, false))
        d->release();
}

bool WakeLock::isGranted() const
{
    return d->isGranted();
}

} // namespace yoid
