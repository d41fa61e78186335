// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/bootstrap.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// Another process that prints what it is like after hardenProcess(), or without it, and waits for its input to end.
int beVictim(bool hardened)
{
    if (hardened)
        bootstrap();
    rlimit core {};
    ::getrlimit(RLIMIT_CORE, &core);
    const mode_t mask = ::umask(0);
    std::printf("dumpable=%d core=%llu/%llu umask=%03o\n", ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0),
                static_cast<unsigned long long>(core.rlim_cur), static_cast<unsigned long long>(core.rlim_max),
                static_cast<unsigned>(mask));
    std::fflush(stdout);
    while (std::getchar() != EOF) { }
    return 0;
}

/// Tries on another process what a curious one of the same user could, and prints what worked.
int beCurious(pid_t victim)
{
    for (const char *const what : { "mem", "environ", "maps" }) {
        char path[64];
        std::snprintf(path, sizeof path, "/proc/%d/%s", static_cast<int>(victim), what);
        const int file = ::open(path, O_RDONLY);
        char byte = 0;
        // The memory file is opened with the checks made, but address 0 cannot be read.
        if (file >= 0 && (qstrcmp(what, "mem") == 0 || ::read(file, &byte, 1) >= 0))
            std::printf("%s ", what);
        if (file >= 0)
            ::close(file);
    }
    if (::ptrace(PTRACE_SEIZE, victim, nullptr, nullptr) == 0)
        std::printf("ptrace ");
    std::printf(".\n");
    return 0;
}

/// Whether a process that gets SIGQUIT leaves a core dump, with the limit as high as it may be.
bool dumpsCore(bool hardened)
{
    const QTemporaryDir folder;
    const QByteArray path = QFile::encodeName(folder.path());
    const pid_t child = ::fork();
    if (child == 0) {
        rlimit core {};
        ::getrlimit(RLIMIT_CORE, &core);
        core.rlim_cur = core.rlim_max;
        ::setrlimit(RLIMIT_CORE, &core);
        if (::chdir(path.constData()) != 0)
            ::_exit(1);
        if (hardened)
            hardenProcess();
        std::signal(SIGQUIT, SIG_DFL);
        ::raise(SIGQUIT);
        ::_exit(2);
    }
    int status = 0;
    if (::waitpid(child, &status, 0) != child || !WIFSIGNALED(status))
        qFatal("the child did not end by its signal");
    return WCOREDUMP(status) || !QDir(folder.path()).entryList(QDir::Files).isEmpty();
}

} // namespace

class TestBootstrap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hardenedProcess();
    void portalsMayLook_data();
    void portalsMayLook();
    void noCoreDump();
    void curiousProcessesOfTheSameUserSeeNothing();
    void environmentIsCleaned();
    void sandboxesAndAppImagesKeepTheirs();
    void theProgramHasItsName();

private:
    /// What a victim started with these variables added prints about itself.
    QString victimSays(const QStringList &arguments, const QStringList &environment = {})
    {
        QProcess victim;
        QProcessEnvironment env = QProcessEnvironment::systemEnvironment();
        for (const char *const name : { "SNAP", "QT_QPA_PLATFORMTHEME", "GTK_USE_PORTAL" })
            env.remove(QString::fromLatin1(name));
        for (const QString &assignment : environment)
            env.insert(assignment.section(u'=', 0, 0), assignment.section(u'=', 1));
        victim.setProcessEnvironment(env);
        victim.start(QCoreApplication::applicationFilePath(), arguments);
        if (!QTest::qWaitFor([&] { return victim.canReadLine(); }, 20'000))
            return u"nothing"_s;
        const QString line = QString::fromLatin1(victim.readLine()).trimmed();
        victim.closeWriteChannel();
        if (!QTest::qWaitFor([&] { return victim.state() == QProcess::NotRunning; }, 20'000))
            return u"does not end"_s;
        return line;
    }
};

void TestBootstrap::hardenedProcess()
{
    QCOMPARE(victimSays({ u"--victim"_s }), u"dumpable=0 core=0/0 umask=077"_s);
    // The opposite, so that the test is known to see a difference.
    QVERIFY(victimSays({ u"--soft-victim"_s }).startsWith(u"dumpable=1"_s));
}

void TestBootstrap::portalsMayLook_data()
{
    QTest::addColumn<QString>("variable");
    QTest::newRow("Snap") << u"SNAP=/snap/yoid-console/1"_s;
    QTest::newRow("portal dialogs in Qt") << u"QT_QPA_PLATFORMTHEME=xdgdesktopportal"_s;
    QTest::newRow("portal dialogs in GTK") << u"GTK_USE_PORTAL=1"_s;
}

void TestBootstrap::portalsMayLook()
{
    QFETCH(QString, variable);
    QCOMPARE(victimSays({ u"--victim"_s }, { variable }), u"dumpable=1 core=0/0 umask=077"_s);
}

void TestBootstrap::noCoreDump()
{
    if (!dumpsCore(false))
        qInfo("this system makes no core dumps anyway");
    QVERIFY(!dumpsCore(true));
}

void TestBootstrap::curiousProcessesOfTheSameUserSeeNothing()
{
    const QString self = QCoreApplication::applicationFilePath();
    QStringList prefix;
    if (::geteuid() == 0) {
        // Root sees everything; so both become nobody.
        const QString setpriv = QStandardPaths::findExecutable(u"setpriv"_s);
        if (setpriv.isEmpty())
            QSKIP("setpriv is not installed");
        prefix = { setpriv, u"--reuid=65534"_s, u"--regid=65534"_s, u"--clear-groups"_s, u"--inh-caps=-all"_s };
    }
    const auto start = [&](QProcess &process, const QStringList &arguments) {
        const QStringList command = prefix + QStringList { self } + arguments;
        process.start(command.first(), command.mid(1));
    };
    const auto seenOf = [&](const QString &kind) -> QString {
        QProcess victim;
        start(victim, { kind });
        if (!QTest::qWaitFor([&] { return victim.canReadLine() || victim.state() == QProcess::NotRunning; }, 20'000)
            || !victim.canReadLine())
            return u"no victim"_s;
        QProcess curious;
        start(curious, { u"--curious"_s, QString::number(victim.processId()) });
        const bool told = QTest::qWaitFor([&] { return curious.canReadLine(); }, 20'000);
        const QString seen = told ? QString::fromLatin1(curious.readLine()).trimmed() : u"nothing told"_s;
        for (QProcess *const process : { &curious, &victim }) {
            process->kill();
            if (!QTest::qWaitFor([&] { return process->state() == QProcess::NotRunning; }, 20'000))
                return u"does not end"_s;
        }
        return seen;
    };
    const QString soft = seenOf(u"--soft-victim"_s);
    if (soft == u"no victim"_s)
        QSKIP("nobody may not run this program here");
    QVERIFY2(soft.contains(u"environ"_s), qPrintable(soft)); // the test sees a difference
    QCOMPARE(seenOf(u"--victim"_s), u"."_s);
}

void TestBootstrap::environmentIsCleaned()
{
    const QStringList names { u"QT_PLUGIN_PATH"_s, u"QT_QPA_PLATFORM_PLUGIN_PATH"_s, u"QT_QPA_GENERIC_PLUGINS"_s,
                              u"LD_PRELOAD"_s, u"LD_AUDIT"_s, u"LD_LIBRARY_PATH"_s, u"OPENSSL_ENGINES"_s,
                              u"OPENSSL_MODULES"_s, u"SSLKEYLOGFILE"_s };
    qunsetenv("APPIMAGE");
    qunsetenv("SNAP");
    for (const QString &name : names)
        qputenv(name.toLatin1().constData(), "/tmp/elsewhere");
    qputenv("YOID_TEST_INNOCENT", "stays");
    cleanEnvironment();
    for (const QString &name : names)
        QVERIFY2(!qEnvironmentVariableIsSet(name.toLatin1().constData()), qPrintable(name));
    QCOMPARE(qgetenv("YOID_TEST_INNOCENT"), QByteArray("stays"));
    // Qt itself looks nowhere else.
    for (const QString &path : QCoreApplication::libraryPaths())
        QVERIFY(!path.startsWith(u"/tmp/elsewhere"_s));
}

void TestBootstrap::sandboxesAndAppImagesKeepTheirs()
{
    qputenv("LD_LIBRARY_PATH", "/own/lib");
    qputenv("LD_PRELOAD", "x.so");
    qputenv("APPIMAGE", "/x.AppImage");
    cleanEnvironment();
    qunsetenv("APPIMAGE");
    QCOMPARE(qgetenv("LD_LIBRARY_PATH"), QByteArray("/own/lib"));
    QVERIFY(!qEnvironmentVariableIsSet("LD_PRELOAD"));
    qputenv("SNAP", "/snap/x");
    qputenv("QT_PLUGIN_PATH", "/snap/x/plugins");
    cleanEnvironment();
    qunsetenv("SNAP");
    QCOMPARE(qgetenv("QT_PLUGIN_PATH"), QByteArray("/snap/x/plugins"));
    cleanEnvironment();
    QVERIFY(!qEnvironmentVariableIsSet("QT_PLUGIN_PATH"));
}

void TestBootstrap::theProgramHasItsName()
{
    nameProgram();
    QCOMPARE(QCoreApplication::applicationName(), u"YoID Console"_s);
    QVERIFY(!QCoreApplication::applicationVersion().isEmpty());
    QCOMPARE(programId(), u"world.yoma.YoIDConsole"_s);
}

int main(int argc, char *argv[])
{
    if (argc >= 2 && qstrcmp(argv[1], "--victim") == 0)
        return beVictim(true);
    if (argc >= 2 && qstrcmp(argv[1], "--soft-victim") == 0)
        return beVictim(false);
    if (argc >= 3 && qstrcmp(argv[1], "--curious") == 0)
        return beCurious(static_cast<pid_t>(QByteArray(argv[2]).toInt()));
    QCoreApplication app(argc, argv);
    TestBootstrap test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_bootstrap.moc"
