// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtTest/QTest>

#include <unistd.h>
#include <vector>

namespace yoid {

inline constexpr auto kInside = "YOID_TEST_OWN_MOUNTS";

/// Starts this program once more where it may mount: in name spaces of its own, which end with it. Comes back when that is
/// not permitted here.
inline void moveToOwnMounts(char *argv[])
{
    if (qEnvironmentVariableIsSet(kInside))
        return;
    const QString unshare = QStandardPaths::findExecutable(QStringLiteral("unshare"));
    for (const QString &how : { QStringLiteral("-m"), QStringLiteral("-rm") }) {
        QProcess probe;
        probe.start(unshare, { how, QStringLiteral("--"), QStringLiteral("mount"), QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("tmpfs"), QDir::tempPath() });
        const bool ended = QTest::qWaitFor([&] { return probe.state() == QProcess::NotRunning; }, 20'000);
        if (unshare.isEmpty() || !ended || probe.error() == QProcess::FailedToStart || probe.exitCode() != 0)
            continue;
        qputenv(kInside, "1");
        const QByteArray program = QFile::encodeName(unshare);
        const QByteArray option = how.toLatin1();
        std::vector<const char *> arguments { program.constData(), option.constData(), "--" };
        for (char **argument = argv; *argument; ++argument)
            arguments.push_back(*argument);
        arguments.push_back(nullptr);
        ::execv(program.constData(), const_cast<char *const *>(arguments.data()));
    }
}

[[nodiscard]] inline bool inOwnMounts()
{
    return qEnvironmentVariableIsSet(kInside);
}

} // namespace yoid
