// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/logging.h"
#include "app/bootstrap.h"
#include "app/flow/console.h"
#include "app/journalcommands.h"
#include "app/journalsettings.h"
#include "app/net/httptransport.h"
#include "app/net/reachability.h"
#include "app/options.h"
#include "app/quitsignals.h"
#include "app/singleinstance.h"
#include "app/store/checkstore.h"
#include "app/store/keychainstore.h"
#include "app/store/paths.h"
#include "app/store/settings.h"
#include "app/store/sqlitejournal.h"
#include "app/wakelock.h"
#include "ui/comeforward.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QtCore/QTimer>
#include <QtNetwork/QNetworkProxyFactory>
#include <QtWidgets/QApplication>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

constexpr int kCannotStart = 1;
constexpr int kFirstIsSilent = 3;

int run(QApplication &app, const Options &options, const Paths &paths, const InstanceLock &lock)
{
    theme::install(app);
    QApplication::setDesktopFileName(programId());
    QNetworkProxyFactory::setUseSystemConfiguration(true);

    Redactor redactor;
    installMessageHandler(redactor);
    int code = 0;
    {
        SystemClock clock;
        HttpTransport transport(clock, redactor);
        Settings settings(paths.settingsFile());
        ProfileStore profiles(paths.profilesFile());
        const Outcome<Done> loaded = profiles.load();
        KeychainStore keychain(clock);
        SqliteJournal journal({ paths.journalFile(), paths.backupsFolder() }, clock, keychain.journalKeys());
        JournalSettings journalSettings(settings, journal);
        WakeLock wakeLock;
        CheckStore checks(paths.checksFile());
        Console console({ clock, transport, redactor, profiles, keychain, journal, &wakeLock,
                          { paths.trustListFile(), paths.trustCacheFolder() }, &checks });
        const auto takeWidth = [&] { console.setBatchWidth(settings.get(setting::batchWidth)); };
        takeWidth();
        QObject::connect(&settings, &Settings::changed, &console, [takeWidth](QLatin1StringView name) {
            if (name == setting::batchWidth.name)
                takeWidth();
        });
        const auto tellOperator = [&] { console.batches().setOperator(journalSettings.operatorName()); };
        QObject::connect(&journalSettings, &JournalSettings::applied, &console, tellOperator);
        QObject::connect(&console, &Console::recordsReplaced, &journalSettings, [&] {
            journalSettings.introduce(console.journal());
            tellOperator();
        });
        console.practice().setExtraArguments(options.practiceArguments);
        MainWindow window(console, &settings);
        window.setJournalCare({ [&journal] { journal.open(); }, [&journal] { journal.startNewKey(); } });
        QuitSignals quitSignals;
        QObject::connect(&quitSignals, &QuitSignals::quitRequested, &window, &MainWindow::quit);
        InstanceServer laterStarts(lock, clock);
        QObject::connect(&laterStarts, &InstanceServer::comeForwardRequested, &window,
                         [&window](const QByteArray &token) {
                             window.comeBack();
                             comeForward(window, token);
                         });
        QObject::connect(&app, &QGuiApplication::lastWindowClosed, &laterStarts, [&laterStarts] {
            if (QGuiApplication::quitOnLastWindowClosed()) // else a batch goes on without a window
                laterStarts.stop();
        });
        QObject::connect(&app, &QCoreApplication::aboutToQuit, &laterStarts, &InstanceServer::stop);
        Reachability reachability;
        QObject::connect(&reachability, &Reachability::backOnline, &console, [&console] {
            if (Session *session = console.session())
                session->lookAgain();
        });
        if (!loaded)
            window.tell(loaded.failure());
        window.show();
        QTimer::singleShot(0, &journalSettings, &JournalSettings::start);
        QTimer::singleShot(std::chrono::seconds(2), &reachability, &Reachability::start);
        if (options.practice)
            QTimer::singleShot(0, &window, [&window] { window.practise(); });
        code = QApplication::exec();
    }
    removeMessageHandler();
    return code;
}

int runCommand(int &argc, char **argv, const Options &options, const Paths &paths)
{
    QCoreApplication app(argc, argv);
    Redactor redactor;
    installMessageHandler(redactor);
    int code = 0;
    {
        JournalCommand command(options, paths);
        QObject::connect(&command, &JournalCommand::finished, &app, &QCoreApplication::exit, Qt::QueuedConnection);
        command.start();
        code = QCoreApplication::exec();
    }
    removeMessageHandler();
    return code;
}

/// Another process has the data folder: asks it to come forward. The code to end with, or nothing when it has ended meanwhile.
std::optional<int> callFirst(int &argc, char **argv, InstanceLock &lock)
{
    QCoreApplication app(argc, argv);
    SystemClock clock;
    InstanceCaller caller(lock, clock);
    auto answer = InstanceCaller::Answer::Silent;
    QObject::connect(&caller, &InstanceCaller::answered, &app, [&answer](InstanceCaller::Answer given) {
        answer = given;
        QCoreApplication::quit();
    });
    caller.call(qEnvironmentVariableIsSet("XDG_ACTIVATION_TOKEN") ? qgetenv("XDG_ACTIVATION_TOKEN") : qgetenv("DESKTOP_STARTUP_ID"));
    QCoreApplication::exec();
    switch (answer) {
    case InstanceCaller::Answer::Coming:
        print(stdout, u"YoID Console is running already; its window comes forward."_s);
        return 0;
    case InstanceCaller::Answer::Silent:
        print(stderr, u"YoID Console is running already with this data folder, but does not answer. End it first."_s);
        return kFirstIsSilent;
    case InstanceCaller::Answer::Gone:
        break;
    }
    return std::nullopt;
}

} // namespace

int main(int argc, char *argv[])
{
    bootstrap();
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const std::variant<Options, int> read = readOptions(arguments);
    if (const int *code = std::get_if<int>(&read))
        return *code;
    const auto &options = std::get<Options>(read);
    const Outcome<Paths> paths = options.profileFolder.isEmpty() ? Paths::standard() : Paths::under(options.profileFolder);
    if (!paths) {
        print(stderr, u"The folder for profiles cannot be used. "_s + supportCode(paths.failure().kind));
        return kCannotStart;
    }
    if (options.command != Options::Command::Run)
        return runCommand(argc, argv, options, *paths);
    InstanceLock lock(paths->dataFolder());
    if (!lock.claim()) {
        if (const std::optional<int> code = callFirst(argc, argv, lock))
            return *code;
    }
    QApplication app(argc, argv);
    return run(app, options, *paths, lock);
}
