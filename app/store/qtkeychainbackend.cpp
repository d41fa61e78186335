// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/qtkeychainbackend.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QFileInfo>

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Windows ignores the service and looks at the key alone, so the key is unique by itself (reliability 0.10).
const QString &service()
{
    static const QString name = u"world.yoma.YoIDConsole"_s;
    return name;
}

Failure failureOf(const QKeychain::Job &job)
{
    // The library's own words describe the service, never the value.
    return Failure::of(keychainFailureKind(job.error()),
                       u"QtKeychain %1: %2"_s.arg(static_cast<int>(job.error())).arg(job.errorString()));
}

#if defined(Q_OS_LINUX)
bool hasGlibLoop()
{
    const QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    return dispatcher && QLatin1StringView(dispatcher->metaObject()->className()).contains("Glib"_L1);
}

/// Where GLib would look for a session bus. Without one QtKeychain stands still for 156 ms before it gives up.
bool hasSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFileInfo::exists(runtime + "/bus"_L1);
}
#endif

} // namespace

FailureKind keychainFailureKind(int error)
{
    switch (static_cast<QKeychain::Error>(error)) {
    case QKeychain::EntryNotFound:
        return FailureKind::SecretMissing;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return FailureKind::SecretLocked;
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError: // also "no session bus" (reliability, recipes)
        break;
    }
    return FailureKind::KeychainUnavailable;
}

std::optional<Failure> QtKeychainBackend::obstacle() const
{
#if defined(Q_OS_LINUX)
    // libsecret answers through GLib's loop; without it a job never ends (reliability 0.8).
    if (!hasGlibLoop())
        return Failure::of(FailureKind::KeychainUnavailable, u"no GLib event loop"_s);
    if (!hasSessionBus())
        return Failure::of(FailureKind::KeychainUnavailable, u"no session bus"_s);
#endif
    return std::nullopt;
}

QString QtKeychainBackend::name() const
{
#if defined(Q_OS_MACOS)
    return u"keychain"_s;
#elif defined(Q_OS_WIN)
    return u"credential-manager"_s;
#else
    const QString desktop = qEnvironmentVariable("XDG_CURRENT_DESKTOP");
    const bool kde = desktop.split(u':').contains("KDE"_L1) || qEnvironmentVariableIsSet("KDE_FULL_SESSION");
    return kde ? u"kwallet"_s : u"libsecret"_s;
#endif
}

void QtKeychainBackend::read(const QString &key, QObject *context, std::function<void(Outcome<Secret>)> then)
{
    auto *const job = new QKeychain::ReadPasswordJob(service());
    job->setKey(key);
    QObject::connect(job, &QKeychain::Job::finished, context, [job, then = std::move(then)] {
        if (job->error() != QKeychain::NoError)
            then(failureOf(*job));
        else
            then(Secret(job->binaryData()));
    });
    job->start();
}

void QtKeychainBackend::write(const QString &key, const Secret &value, QObject *context,
                              std::function<void(Outcome<Done>)> then)
{
    auto *const job = new QKeychain::WritePasswordJob(service());
    job->setKey(key);
    job->setBinaryData(value.view().toByteArray());
    QObject::connect(job, &QKeychain::Job::finished, context, [job, then = std::move(then)] {
        if (job->error() != QKeychain::NoError)
            then(failureOf(*job));
        else
            then(Done {});
    });
    job->start();
}

void QtKeychainBackend::remove(const QString &key, QObject *context, std::function<void(Outcome<Done>)> then)
{
    auto *const job = new QKeychain::DeletePasswordJob(service());
    job->setKey(key);
    QObject::connect(job, &QKeychain::Job::finished, context, [job, then = std::move(then)] {
        if (job->error() != QKeychain::NoError)
            then(failureOf(*job));
        else
            then(Done {});
    });
    job->start();
}

} // namespace yoid
