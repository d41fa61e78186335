// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/singleinstance.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <cstdio>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace yoid;

/// Apart from tst_singleinstance, because it can only run as root.
class TestOtherUser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anotherUserIsCutOff();
};

void TestOtherUser::anotherUserIsCutOff()
{
    if (::geteuid() != 0)
        QSKIP("needs root, to become another user");
    const QTemporaryDir folder;
    InstanceLock lock(folder.path());
    QVERIFY(lock.claim());
    SystemClock clock;
    const InstanceServer server(lock, clock);
    QSignalSpy asked(&server, &InstanceServer::comeForwardRequested);
    // The modes keep others out; here they are opened, so that only the look at the peer's user is left.
    const QByteArray path = QFile::encodeName(lock.socketPath());
    QCOMPARE(::chmod(QFile::encodeName(folder.path()).constData(), 0755), 0);
    QCOMPARE(::chmod(path.constData(), 0777), 0);

    const auto knock = [&path](bool asNobody) {
        const pid_t child = ::fork();
        if (child != 0)
            return child;
        if (asNobody && ::setuid(65534) != 0)
            ::_exit(3);
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        std::snprintf(address.sun_path, sizeof address.sun_path, "%s", path.constData());
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            ::_exit(2);
        constexpr char request[] = "yoid-console 1 come forward\n";
        [[maybe_unused]] const auto sent = ::send(socket, request, sizeof request - 1, MSG_NOSIGNAL);
        char reply[64];
        ::_exit(::read(socket, reply, sizeof reply) > 0 ? 1 : 0);
    };
    const auto ended = [](pid_t child) {
        int status = 0;
        if (!QTest::qWaitFor([&] { return ::waitpid(child, &status, WNOHANG) == child; }, 20'000))
            return -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -2;
    };
    QCOMPARE(ended(knock(true)), 0);
    QCOMPARE(asked.size(), 0);
    QCOMPARE(ended(knock(false)), 1);
    QCOMPARE(asked.size(), 1);
}

QTEST_GUILESS_MAIN(TestOtherUser)
#include "tst_otheruser.moc"
