// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/singleinstance.h"
#include "tests/support/fakeclock.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <sys/stat.h>
#include <vector>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Answer = InstanceCaller::Answer;

namespace {

/// Another process that takes the folder and listens or not, says so, and waits to be killed.
int beFirst(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    InstanceLock lock(QString::fromLocal8Bit(argv[2]));
    if (!lock.claim())
        return 1;
    SystemClock clock;
    std::unique_ptr<InstanceServer> server;
    if (qstrcmp(argv[1], "listen") == 0)
        server = std::make_unique<InstanceServer>(lock, clock);
    std::printf("ready\n");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

uint modeOf(const QString &path)
{
    struct stat info {};
    return ::lstat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode & 07777u : 0u;
}

} // namespace

class TestSingleInstance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_room = std::make_unique<QTemporaryDir>();
        QVERIFY(m_room->isValid());
        m_folder = m_room->path();
    }

    void oneLockPerFolder();
    void theLockEndsWithAKilledProcess();
    void aFolderByAnotherNameIsTheSame();
    void aLongPathHasASocketElsewhere();
    void comesForward();
    void carriesTheToken_data();
    void carriesTheToken();
    void onlyThisUserMayKnock();
    void aStaleSocketIsInNobodysWay();
    void somethingElseInTheSocketsPlace();
    void silenceIsToldAfterThreeSeconds();
    void aFirstThatStartsSlowlyIsHeard();
    void aFirstThatEndsMakesRoom();
    void oneThatIsEndingHearsNobody();
    void nonsenseIsCutOff_data();
    void nonsenseIsCutOff();
    void slownessIsCutOff();
    void aCrowdIsCutOff();

private:
    std::unique_ptr<QProcess> first(const QString &how)
    {
        auto process = std::make_unique<QProcess>();
        process->start(QCoreApplication::applicationFilePath(), { how, m_folder });
        if (!QTest::qWaitFor([&] { return process->canReadLine(); }, 20'000))
            qWarning("the other process did not start");
        return process;
    }
    /// Says this to the server and gives back what it answered by the time it hung up.
    QByteArray told(const InstanceLock &lock, const QByteArray &text)
    {
        QLocalSocket socket;
        socket.connectToServer(lock.socketPath());
        socket.write(text);
        if (!QTest::qWaitFor([&] { return socket.state() == QLocalSocket::UnconnectedState; }, 20'000))
            return "never hung up";
        return socket.readAll();
    }

    std::unique_ptr<QTemporaryDir> m_room;
    QString m_folder;
    FakeClock m_clock;
};

void TestSingleInstance::oneLockPerFolder()
{
    InstanceLock one(m_folder);
    InstanceLock two(m_folder);
    QVERIFY(one.claim());
    QVERIFY(one.claim());
    QVERIFY(!two.claim());
    const QTemporaryDir elsewhere;
    InstanceLock other(elsewhere.path());
    QVERIFY(other.claim());
    QCOMPARE(modeOf(m_folder + u"/instance.lock"_s), 0600u);
}

void TestSingleInstance::theLockEndsWithAKilledProcess()
{
    const auto process = first(u"listen"_s);
    InstanceLock lock(m_folder);
    QVERIFY(!lock.claim());
    process->kill();
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QVERIFY(QFile::exists(m_folder + u"/instance.lock"_s));
    QVERIFY(lock.claim());
}

void TestSingleInstance::aFolderByAnotherNameIsTheSame()
{
    const QTemporaryDir elsewhere;
    const QString link = elsewhere.path() + u"/link"_s;
    QVERIFY(QFile::link(m_folder, link));
    InstanceLock one(m_folder);
    InstanceLock two(link + u"/."_s);
    QCOMPARE(one.socketPath(), two.socketPath());
    QVERIFY(one.claim());
    QVERIFY(!two.claim());
}

void TestSingleInstance::aLongPathHasASocketElsewhere()
{
    const QTemporaryDir runtime;
    QVERIFY(QFile::setPermissions(runtime.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime.path()));
    const QString deep = m_folder + u'/' + QString(150, u'd');
    const QString deeper = m_folder + u'/' + QString(151, u'd');
    QVERIFY(QDir().mkpath(deep) && QDir().mkpath(deeper));
    InstanceLock one(deep);
    const InstanceLock two(deeper);
    QVERIFY(one.socketPath().startsWith(runtime.path()));
    QVERIFY(one.socketPath() != two.socketPath());

    QVERIFY(one.claim());
    const InstanceServer server(one, m_clock);
    QVERIFY(server.isListening());
    InstanceLock later(deep);
    InstanceCaller caller(later, m_clock);
    QSignalSpy answered(&caller, &InstanceCaller::answered);
    caller.call({});
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(answered.first().first().value<Answer>(), Answer::Coming);
}

void TestSingleInstance::comesForward()
{
    InstanceLock lock(m_folder);
    QVERIFY(lock.claim());
    const InstanceServer server(lock, m_clock);
    QSignalSpy asked(&server, &InstanceServer::comeForwardRequested);
    for (int i = 1; i <= 20; ++i) {
        InstanceLock later(m_folder);
        QVERIFY(!later.claim());
        InstanceCaller caller(later, m_clock);
        QSignalSpy answered(&caller, &InstanceCaller::answered);
        caller.call({});
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(answered.first().first().value<Answer>(), Answer::Coming);
        QCOMPARE(asked.size(), i);
    }
}

void TestSingleInstance::carriesTheToken_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("arrives");
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("GNOME") << QByteArray("gnome-shell/Yo/1234-5-host_TIME678") << QByteArray("gnome-shell/Yo/1234-5-host_TIME678");
    QTest::newRow("256") << QByteArray(256, 'x') << QByteArray(256, 'x');
    QTest::newRow("too long") << QByteArray(257, 'x') << QByteArray();
    QTest::newRow("two lines") << QByteArray("a\nb") << QByteArray();
    QTest::newRow("blank") << QByteArray("a b") << QByteArray();
    QTest::newRow("not ASCII") << QByteArray("\xc3\xa9") << QByteArray();
}

void TestSingleInstance::carriesTheToken()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, arrives);
    InstanceLock lock(m_folder);
    QVERIFY(lock.claim());
    const InstanceServer server(lock, m_clock);
    QSignalSpy asked(&server, &InstanceServer::comeForwardRequested);
    InstanceLock later(m_folder);
    InstanceCaller caller(later, m_clock);
    caller.call(token);
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().toByteArray(), arrives);
}

void TestSingleInstance::onlyThisUserMayKnock()
{
    InstanceLock lock(m_folder);
    QVERIFY(lock.claim());
    const InstanceServer server(lock, m_clock);
    QVERIFY(server.isListening());
    QCOMPARE(modeOf(lock.socketPath()) & 077u, 0u);
}

void TestSingleInstance::aStaleSocketIsInNobodysWay()
{
    const auto process = first(u"listen"_s);
    process->kill();
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    InstanceLock lock(m_folder);
    QVERIFY(QFile::exists(lock.socketPath()));
    QVERIFY(lock.claim());
    const InstanceServer server(lock, m_clock);
    QVERIFY(server.isListening());
}

void TestSingleInstance::somethingElseInTheSocketsPlace()
{
    InstanceLock lock(m_folder);
    QVERIFY(QDir().mkpath(lock.socketPath() + u"/folder"_s));
    QVERIFY(lock.claim());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"^later starts cannot be heard"_s));
    const InstanceServer server(lock, m_clock);
    QVERIFY(!server.isListening());
    QVERIFY(QDir(lock.socketPath() + u"/folder"_s).exists());
}

void TestSingleInstance::silenceIsToldAfterThreeSeconds()
{
    const auto process = first(u"listen"_s);
    QCOMPARE(::kill(static_cast<pid_t>(process->processId()), SIGSTOP), 0);
    InstanceLock lock(m_folder);
    QVERIFY(!lock.claim());
    InstanceCaller caller(lock, m_clock);
    QSignalSpy answered(&caller, &InstanceCaller::answered);
    caller.call({});
    m_clock.advance(2999ms);
    QCOMPARE(answered.size(), 0);
    m_clock.advance(1ms);
    QCOMPARE(answered.size(), 1);
    QCOMPARE(answered.first().first().value<Answer>(), Answer::Silent);
    process->kill();
    m_clock.advance(10s);
    QTRY_COMPARE(process->state(), QProcess::NotRunning);
    QCOMPARE(answered.size(), 1);
}

void TestSingleInstance::aFirstThatStartsSlowlyIsHeard()
{
    InstanceLock lock(m_folder);
    QVERIFY(lock.claim());
    InstanceLock later(m_folder);
    InstanceCaller caller(later, m_clock);
    QSignalSpy answered(&caller, &InstanceCaller::answered);
    caller.call({});
    m_clock.advance(1s);
    QCOMPARE(answered.size(), 0);
    const InstanceServer server(lock, m_clock);
    m_clock.advance(200ms);
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(answered.first().first().value<Answer>(), Answer::Coming);
}

void TestSingleInstance::aFirstThatEndsMakesRoom()
{
    auto lock = std::make_unique<InstanceLock>(m_folder);
    QVERIFY(lock->claim());
    InstanceLock later(m_folder);
    InstanceCaller caller(later, m_clock);
    QSignalSpy answered(&caller, &InstanceCaller::answered);
    caller.call({});
    m_clock.advance(1s);
    QCOMPARE(answered.size(), 0);
    lock.reset();
    m_clock.advance(200ms);
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(answered.first().first().value<Answer>(), Answer::Gone);
    InstanceLock third(m_folder);
    QVERIFY(!third.claim());
}

void TestSingleInstance::oneThatIsEndingHearsNobody()
{
    auto lock = std::make_unique<InstanceLock>(m_folder);
    QVERIFY(lock->claim());
    InstanceServer server(*lock, m_clock);
    QSignalSpy asked(&server, &InstanceServer::comeForwardRequested);
    // One has come in already and speaks too late, one comes too late.
    QLocalSocket early;
    early.connectToServer(lock->socketPath());
    QTRY_COMPARE(m_clock.activeAlarms(), 1);
    server.stop();
    early.write("yoid-console 1 come forward\n");
    QTRY_COMPARE(early.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(early.readAll(), QByteArray());

    InstanceLock later(m_folder);
    InstanceCaller caller(later, m_clock);
    QSignalSpy answered(&caller, &InstanceCaller::answered);
    caller.call({});
    m_clock.advance(1s);
    QCOMPARE(answered.size(), 0);
    lock.reset();
    m_clock.advance(200ms);
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(answered.first().first().value<Answer>(), Answer::Gone);
    QCOMPARE(asked.size(), 0);
}

void TestSingleInstance::nonsenseIsCutOff_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty line") << QByteArray("\n");
    QTest::newRow("HTTP") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QTest::newRow("newer") << QByteArray("yoid-console 2 come forward\n");
    QTest::newRow("another wish") << QByteArray("yoid-console 1 open https://evil.example\n");
    QTest::newRow("two tokens") << QByteArray("yoid-console 1 come forward a b\n");
    QTest::newRow("no blank") << QByteArray("yoid-console 1 come forwarda\n");
    QTest::newRow("twice") << QByteArray("yoid-console 1 come forward\nyoid-console 1 come forward\n");
    QTest::newRow("return") << QByteArray("yoid-console 1 come forward\r\n");
    QTest::newRow("long token") << "yoid-console 1 come forward " + QByteArray(257, 'x') + "\n";
    QTest::newRow("1 MiB") << QByteArray(1024 * 1024, 'x');
    QTest::newRow("NULs") << QByteArray(400, '\0');
}

void TestSingleInstance::nonsenseIsCutOff()
{
    QFETCH(QByteArray, text);
    InstanceLock lock(m_folder);
    QVERIFY(lock.claim());
    const InstanceServer server(lock, m_clock);
    QSignalSpy asked(&server, &InstanceServer::comeForwardRequested);
    QCOMPARE(told(lock, text), QByteArray());
    QCOMPARE(asked.size(), 0);
    QCOMPARE(told(lock, "yoid-console 1 come forward\n"), QByteArray("yoid-console 1 coming\n"));
    QCOMPARE(asked.size(), 1);
}

void TestSingleInstance::slownessIsCutOff()
{
    InstanceLock lock(m_folder);
    QVERIFY(lock.claim());
    const InstanceServer server(lock, m_clock);
    QSignalSpy asked(&server, &InstanceServer::comeForwardRequested);
    QLocalSocket silent;
    QLocalSocket dripping;
    silent.connectToServer(lock.socketPath());
    dripping.connectToServer(lock.socketPath());
    QTRY_COMPARE(m_clock.activeAlarms(), 2);
    for (int i = 0; i < 19; ++i) {
        dripping.write("y");
        m_clock.advance(100ms);
    }
    QCOMPARE(silent.state(), QLocalSocket::ConnectedState);
    m_clock.advance(100ms);
    QTRY_COMPARE(silent.state(), QLocalSocket::UnconnectedState);
    QTRY_COMPARE(dripping.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(asked.size(), 0);
    QTRY_COMPARE(m_clock.activeAlarms(), 0);
}

void TestSingleInstance::aCrowdIsCutOff()
{
    InstanceLock lock(m_folder);
    QVERIFY(lock.claim());
    const InstanceServer server(lock, m_clock);
    std::vector<std::unique_ptr<QLocalSocket>> crowd;
    for (int i = 0; i < 30; ++i) {
        crowd.push_back(std::make_unique<QLocalSocket>());
        crowd.back()->connectToServer(lock.socketPath());
        QTest::qWait(0);
    }
    const auto standing = [&] {
        return std::count_if(crowd.begin(), crowd.end(),
                             [](const auto &socket) { return socket->state() == QLocalSocket::ConnectedState; });
    };
    QTRY_COMPARE(standing(), 8);
    QCOMPARE(m_clock.activeAlarms(), 8);
    m_clock.advance(2s);
    QTRY_COMPARE(standing(), 0);
    QCOMPARE(told(lock, "yoid-console 1 come forward\n"), QByteArray("yoid-console 1 coming\n"));
}

int main(int argc, char *argv[])
{
    if (argc == 3 && (qstrcmp(argv[1], "listen") == 0 || qstrcmp(argv[1], "hold") == 0))
        return beFirst(argc, argv);
    QCoreApplication app(argc, argv);
    TestSingleInstance test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_singleinstance.moc"
