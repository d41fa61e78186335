// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/unit/store/journalhelp.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtTest/QTest>

#include <cstdio>
#include <optional>
#include <unistd.h>

namespace yoid {

/// How a journal is, in words, such as `ReadOnly/Corrupt`.
inline QString wordsOf(const JournalStatus &status)
{
    const QStringList states { QStringLiteral("Opening"), QStringLiteral("Ready"), QStringLiteral("ReadOnly"),
                               QStringLiteral("Closed") };
    const QStringList reasons { QStringLiteral("None"), QStringLiteral("KeyLocked"), QStringLiteral("KeyForSessionOnly"),
                                QStringLiteral("NewerVersion"), QStringLiteral("Corrupt"), QStringLiteral("FileReadOnly"),
                                QStringLiteral("WrongPlace"), QStringLiteral("InUse"), QStringLiteral("DiskFull"),
                                QStringLiteral("WriteFailed"), QStringLiteral("UnsafeSettings"),
                                QStringLiteral("ClockWrong") };
    return states.at(static_cast<int>(status.state)) + QLatin1Char('/') + reasons.at(static_cast<int>(status.reason));
}

/// The other side of tests with two processes: `--hold FOLDER` opens the journal and keeps it, `--write FOLDER` commits one
/// line after the other, `--report FOLDER` says how it is, what is in it and what writing gives. Nothing for other arguments.
inline std::optional<int> runAsChild(const QStringList &arguments)
{
    if (arguments.size() != 3 || !arguments.at(1).startsWith(QLatin1String("--")))
        return std::nullopt;
    const auto tell = [](const QString &what) {
        std::printf("%s\n", qPrintable(what));
        std::fflush(stdout);
    };
    FakeClock clock;
    const QString data = arguments.at(2);
    DiskProbe probe = DiskProbe::system();
    probe.isNetwork = [](const QString &) { return false; }; // wherever the test's folder is
    JournalFile journal({ data + QStringLiteral("/journal.sqlite"), data + QStringLiteral("/backups"), false }, clock, probe);
    journal.open();
    const QString kind = arguments.at(1);
    if (kind == QLatin1String("--report")) {
        tell(wordsOf(journal.status()));
        tell(journal.database().isValid() ? ask(journal, QStringLiteral("SELECT count(*) FROM line")) : QStringLiteral("-"));
        tell(journal.database().isValid() && run(journal, lineSql(1'000'000)).isValid() ? QStringLiteral("refused")
                                                                                         : QStringLiteral("-"));
        return 0;
    }
    if (kind == QLatin1String("--hold")) {
        tell(wordsOf(journal.status()));
        while (journal.status().state == State::Ready)
            ::pause();
        return 0;
    }
    if (kind == QLatin1String("--write")) {
        for (int n = ask(journal, QStringLiteral("SELECT coalesce(max(number), 0) FROM line")).toInt() + 1;; ++n) {
            if (journal.checkBeforeWriting({}) || run(journal, lineSql(n)).isValid())
                return 1;
            tell(QString::number(n));
        }
    }
    return 2;
}

/// This program once more, in one of the parts above.
class JournalChild final {
public:
    JournalChild(const QString &kind, const JournalBench &bench, const QStringList &prefix = {})
    {
        const QStringList command = prefix + QStringList { QCoreApplication::applicationFilePath(), kind, bench.data() };
        m_process.start(command.first(), command.mid(1));
    }
    ~JournalChild() { kill(); }

    /// The next line it tells; empty when it has ended instead.
    QString line()
    {
        const bool told = QTest::qWaitFor([&] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; },
                                          30'000);
        return told && m_process.canReadLine() ? QString::fromLatin1(m_process.readLine()).trimmed() : QString();
    }
    /// SIGKILL, as a pulled plug is for a process; gives the last line it told.
    QString kill()
    {
        m_process.kill();
        if (!QTest::qWaitFor([&] { return m_process.state() == QProcess::NotRunning; }, 30'000))
            return {};
        QString last;
        while (m_process.canReadLine())
            last = QString::fromLatin1(m_process.readLine()).trimmed();
        return last;
    }

private:
    QProcess m_process;
};

/// A journal whose writer was killed after at least this many lines; gives the number of lines that it had told of.
inline int makeKilled(const JournalBench &bench, int lines)
{
    if (!QDir().mkpath(bench.data()))
        return 0;
    JournalChild child(QStringLiteral("--write"), bench);
    int told = 0;
    while (told < lines) {
        const QString line = child.line();
        if (line.isEmpty())
            return 0;
        told = line.toInt();
    }
    const QString last = child.kill();
    return last.isEmpty() ? told : last.toInt();
}

} // namespace yoid
