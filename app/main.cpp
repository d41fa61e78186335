// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/logging.h"
#include "app/bootstrap.h"
#include "app/flow/console.h"
#include "app/net/httptransport.h"
#include "app/net/reachability.h"
#include "app/quitsignals.h"
#include "app/store/keychainstore.h"
#include "app/store/paths.h"
#include "app/store/settings.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>
#include <QtNetwork/QNetworkProxyFactory>
#include <QtWidgets/QApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

struct Options {
    QString profileFolder;
    bool practice = false;
    QStringList practiceArguments;
};

void print(FILE *where, const QString &text)
{
    QTextStream(where) << text << Qt::endl;
}

/// The options, or the code to end with. Needs no application and no screen.
Outcome<Options> readOptions(const QStringList &arguments, int &exitCode)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Issue and verify YoID credentials."_s);
    const QCommandLineOption profileFolder(u"profile-dir"_s, u"Keep profiles and settings in this folder."_s, u"DIR"_s);
    const QCommandLineOption practice(u"practice"_s, u"Start with the practice server: no account, nothing is sent."_s);
    const QCommandLineOption tokenLife(u"practice-token-life"_s,
                                       u"Let access tokens of the practice server live this long, to see them renewed."_s, u"SECONDS"_s);
    const QCommandLineOption version(QStringList { u"v"_s, u"version"_s }, u"Show the version and end."_s);
    const QCommandLineOption help(QStringList { u"h"_s, u"help"_s }, u"Show this help and end."_s);
    parser.addOptions({ profileFolder, practice, tokenLife, version, help });

    exitCode = 0;
    if (!parser.parse(arguments) || !parser.positionalArguments().isEmpty()) {
        exitCode = 2;
        const QString problem = parser.errorText().isEmpty() ? u"Unexpected: "_s + parser.positionalArguments().join(u' ')
                                                             : parser.errorText();
        print(stderr, problem + u"\nTry --help."_s);
        return Failure::of(FailureKind::InvalidInput);
    }
    if (parser.isSet(version)) {
        print(stdout, u"yoid-console "_s + QStringLiteral(YOID_VERSION));
        return Failure::of(FailureKind::Cancelled);
    }
    if (parser.isSet(help)) {
        print(stdout, parser.helpText());
        return Failure::of(FailureKind::Cancelled);
    }
    Options options { parser.value(profileFolder), parser.isSet(practice), {} };
    if (parser.isSet(tokenLife)) {
        const int seconds = parser.value(tokenLife).toInt();
        if (seconds < 1 || seconds > 86'400) {
            exitCode = 2;
            print(stderr, u"A token lives 1 to 86400 seconds."_s);
            return Failure::of(FailureKind::InvalidInput);
        }
        options.practiceArguments = { u"--token-life"_s, QString::number(seconds) };
    }
    return options;
}

int run(QApplication &app, const Options &options)
{
    theme::install(app);
    QApplication::setDesktopFileName(programId());
    QNetworkProxyFactory::setUseSystemConfiguration(true);

    const Outcome<Paths> paths = options.profileFolder.isEmpty() ? Paths::standard() : Paths::under(options.profileFolder);
    if (!paths) {
        print(stderr, u"The folder for profiles cannot be used. "_s + supportCode(paths.failure().kind));
        return 1;
    }

    Redactor redactor;
    installMessageHandler(redactor);
    int code = 0;
    {
        SystemClock clock;
        HttpTransport transport(clock, redactor);
        Settings settings(paths->settingsFile());
        ProfileStore profiles(paths->profilesFile());
        const Outcome<Done> loaded = profiles.load();
        KeychainStore keychain(clock);
        MemoryJournal journal;
        Console console({ clock, transport, redactor, profiles, keychain, journal });
        console.practice().setExtraArguments(options.practiceArguments);
        MainWindow window(console, &settings);
        QuitSignals quitSignals;
        QObject::connect(&quitSignals, &QuitSignals::quitRequested, &window, &QWidget::close);
        Reachability reachability;
        QObject::connect(&reachability, &Reachability::backOnline, &console, [&console] {
            if (Session *session = console.session())
                session->lookAgain();
        });
        if (!loaded)
            window.tell(loaded.failure());
        window.show();
        QTimer::singleShot(std::chrono::seconds(2), &reachability, &Reachability::start);
        if (options.practice)
            QTimer::singleShot(0, &window, [&window] { window.practise(); });
        code = QApplication::exec();
    }
    removeMessageHandler();
    return code;
}

} // namespace

int main(int argc, char *argv[])
{
    bootstrap();
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    int exitCode = 0;
    const Outcome<Options> options = readOptions(arguments, exitCode);
    if (!options)
        return exitCode;
    QApplication app(argc, argv);
    return run(app, *options);
}
