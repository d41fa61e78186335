// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/program/programprocess.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <vector>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestSecondStart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<QTemporaryDir>();
        QVERIFY(m_room->isValid());
    }
    void comesForwardAndEnds();
    void touchesNothing();
    void aSilentFirstIsTold();
    void afterAKillTheNextIsTheFirst();
    void anotherFolderIsAnotherProgram();
    void twoAtOnceAreOne();
    void startedWhileTheFirstEnds();

private:
    [[nodiscard]] QString folder() const { return m_room->path(); }
    /// Up and listening, its journal open.
    [[nodiscard]] std::unique_ptr<QProcess> first(const QString &where)
    {
        auto process = startProgram(where, {});
        const QString data = where + u"/data/"_s;
        if (!QTest::qWaitFor([&] { return QFileInfo::exists(data + u"instance.sock"_s) && QFileInfo(data + u"journal.sqlite"_s).size() > 0; },
                             60'000))
            qWarning("the first start does not listen: %s", process->readAllStandardError().constData());
        return process;
    }
    /// Stops it in its tracks; a signal takes its time to reach every thread.
    static bool freeze(const QProcess &process)
    {
        if (::kill(static_cast<pid_t>(process.processId()), SIGSTOP) != 0)
            return false;
        const QDir tasks(u"/proc/%1/task"_s.arg(process.processId()));
        return QTest::qWaitFor([&tasks] {
            const QStringList threads = tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
            return std::all_of(threads.begin(), threads.end(), [&tasks](const QString &thread) {
                QFile stat(tasks.filePath(thread + u"/stat"_s));
                const QByteArray line = stat.open(QIODevice::ReadOnly) ? stat.readAll() : QByteArray();
                return line.mid(line.lastIndexOf(')') + 2).startsWith('T');
            });
        }, 20'000);
    }
    [[nodiscard]] static int stop(QProcess &process)
    {
        process.terminate();
        return ended(process).code;
    }

    std::unique_ptr<QTemporaryDir> m_room;
};

void TestSecondStart::comesForwardAndEnds()
{
    const auto one = first(folder());
    for (int i = 0; i < 3; ++i) {
        const ProgramRun second = runProgram(folder(), {}); // needs no screen
        QCOMPARE(second.code, 0);
        QVERIFY(second.out.contains("comes forward"));
        QCOMPARE(second.errors, QByteArray());
    }
    QCOMPARE(one->state(), QProcess::Running);
    QCOMPARE(stop(*one), 0);
}

void TestSecondStart::touchesNothing()
{
    const auto one = first(folder());
    const auto picture = [this] {
        QStringList files;
        for (const QString &sub : { u"/data"_s, u"/config"_s }) {
            const auto entries = QDir(folder() + sub).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System, QDir::Name);
            for (const QFileInfo &info : entries)
                files << u"%1 %2 %3"_s.arg(info.fileName()).arg(info.size()).arg(info.lastModified().toMSecsSinceEpoch());
        }
        return files;
    };
    // The first stands still, so that whatever changes was the second.
    QVERIFY(freeze(*one));
    const QStringList before = picture();
    QVERIFY(!before.isEmpty());
    QCOMPARE(runProgram(folder(), { u"--practice"_s }).code, 3);
    QCOMPARE(picture(), before);
    QCOMPARE(::kill(static_cast<pid_t>(one->processId()), SIGCONT), 0);
    QCOMPARE(stop(*one), 0);
}

void TestSecondStart::aSilentFirstIsTold()
{
    const auto one = first(folder());
    QVERIFY(freeze(*one));
    const ProgramRun second = runProgram(folder(), {});
    QCOMPARE(second.code, 3);
    QVERIFY(second.errors.contains("does not answer"));
    QCOMPARE(::kill(static_cast<pid_t>(one->processId()), SIGCONT), 0);
    // Awake again, it finds the call that nobody waits for any more, and the wish to end: it ends.
    QCOMPARE(stop(*one), 0);
}

void TestSecondStart::afterAKillTheNextIsTheFirst()
{
    const auto one = first(folder());
    one->kill();
    QTRY_COMPARE(one->state(), QProcess::NotRunning);
    QVERIFY(QFileInfo::exists(folder() + u"/data/instance.sock"_s));
    const auto two = startProgram(folder(), {});
    ProgramRun later;
    QTRY_VERIFY_WITH_TIMEOUT((later = runProgram(folder(), {})).code == 0 && later.out.contains("comes forward"), 60'000);
    QCOMPARE(two->state(), QProcess::Running);
    QCOMPARE(stop(*two), 0);
}

void TestSecondStart::anotherFolderIsAnotherProgram()
{
    const auto one = first(folder());
    const QTemporaryDir elsewhere;
    const auto two = first(elsewhere.path());
    QCOMPARE(one->state(), QProcess::Running);
    QCOMPARE(two->state(), QProcess::Running);
    QCOMPARE(stop(*two), 0);
    QCOMPARE(stop(*one), 0);
}

void TestSecondStart::twoAtOnceAreOne()
{
    std::vector<std::unique_ptr<QProcess>> starts;
    for (int i = 0; i < 4; ++i)
        starts.push_back(startProgram(folder(), {}));
    const auto running = [&starts] {
        return std::count_if(starts.begin(), starts.end(), [](const auto &process) { return process->state() != QProcess::NotRunning; });
    };
    QTRY_COMPARE_WITH_TIMEOUT(running(), 1, 60'000);
    for (const auto &process : starts) {
        if (process->state() == QProcess::NotRunning)
            QCOMPARE(process->exitCode(), 0);
        else
            QCOMPARE(stop(*process), 0);
    }
}

void TestSecondStart::startedWhileTheFirstEnds()
{
    const auto one = first(folder());
    one->terminate();
    const auto two = startProgram(folder(), {});
    QCOMPARE(ended(*one).code, 0);
    // Whichever came first: either it was told in time, or it is the first now.
    QTRY_VERIFY_WITH_TIMEOUT(two->state() == QProcess::NotRunning || runProgram(folder(), {}).out.contains("comes forward"), 60'000);
    if (two->state() == QProcess::Running)
        QCOMPARE(stop(*two), 0);
    else
        QCOMPARE(two->exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestSecondStart)
#include "tst_secondstart.moc"
