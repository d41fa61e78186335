// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/bootstrap.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#if defined(Q_OS_UNIX)
#include <sys/resource.h>
#include <sys/stat.h>
#endif
#if defined(Q_OS_LINUX)
#include <sys/prctl.h>
#endif

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr const char *kUnwanted[] = {
    "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_GENERIC_PLUGINS",  // code into Qt
    "LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH",                                // code into children
    "OPENSSL_ENGINES", "OPENSSL_MODULES",                                       // code into TLS
    "SSLKEYLOGFILE",                                                            // keys out of TLS
};

/// A portal opens `/proc/PID/root` to learn who asks, and refuses when it cannot (reliability 0.15).
bool needsPortals()
{
    return isSandboxed() || qgetenv("QT_QPA_PLATFORMTHEME") == "xdgdesktopportal" || qgetenv("GTK_USE_PORTAL") == "1";
}

} // namespace

QString programId()
{
    return u"world.yoma.YoIDConsole"_s;
}

void bootstrap()
{
    hardenProcess();
    cleanEnvironment();
    quickenThreads();
    nameProgram();
}

void hardenProcess()
{
#if defined(Q_OS_UNIX)
    ::umask(S_IRWXG | S_IRWXO);
    const rlimit none { 0, 0 };
    if (::setrlimit(RLIMIT_CORE, &none) != 0)
        qWarning("core dumps could not be switched off");
#endif
#if defined(Q_OS_LINUX)
    if (!needsPortals() && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        qWarning("the process could not be closed to others");
#endif
}

void cleanEnvironment()
{
    if (isSandboxed())
        return;
    const bool isAppImage = qEnvironmentVariableIsSet("APPIMAGE"); // finds its own libraries by LD_LIBRARY_PATH
    for (const char *const name : kUnwanted) {
        if (!(isAppImage && qstrcmp(name, "LD_LIBRARY_PATH") == 0))
            qunsetenv(name);
    }
}

void quickenThreads()
{
    // Only the window's thread has somebody to share glib's loop with; in the others it costs a system call for each message.
    qputenv("QT_NO_THREADED_GLIB", "1");
}

void nameProgram()
{
    QCoreApplication::setOrganizationName(u"YoID"_s);
    QCoreApplication::setOrganizationDomain(u"yoma.world"_s);
    QCoreApplication::setApplicationName(u"YoID Console"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(YOID_VERSION));
}

bool isSandboxed()
{
    return QFile::exists(u"/.flatpak-info"_s) || qEnvironmentVariableIsSet("SNAP");
}

} // namespace yoid
