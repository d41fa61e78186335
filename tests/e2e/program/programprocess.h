// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QProcess>
#include <QtCore/QProcessEnvironment>
#include <QtTest/QTest>

#include <memory>

namespace yoid {

/// What a run of the program came to.
struct ProgramRun {
    int code = -1;              ///< -1: it did not end, or was killed.
    QByteArray out;
    QByteArray errors;
};

/// The program with a data folder of its own, no screen, and no keyring to be found.
[[nodiscard]] inline std::unique_ptr<QProcess> startProgram(const QString &folder, const QStringList &arguments,
                                                            const QString &screen = QStringLiteral("offscreen"))
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), screen);
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder); // no bus in it
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    process->setProcessEnvironment(environment);
    process->setStandardInputFile(QProcess::nullDevice());
    process->start(QStringLiteral(YOID_PROGRAM), QStringList { QStringLiteral("--profile-dir"), folder } + arguments);
    return process;
}

[[nodiscard]] inline ProgramRun ended(QProcess &process)
{
    const bool over = QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000);
    ProgramRun run { -1, process.readAllStandardOutput(), process.readAllStandardError() };
    if (over && process.exitStatus() == QProcess::NormalExit)
        run.code = process.exitCode();
    if (!over)
        process.kill();
    return run;
}

/// Runs it to its end on no screen at all: a run that needs one fails.
[[nodiscard]] inline ProgramRun runProgram(const QString &folder, const QStringList &arguments)
{
    return ended(*startProgram(folder, arguments, QStringLiteral("no-such-screen")));
}

} // namespace yoid
