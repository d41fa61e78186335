// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/journalchild.h"
#include "tests/unit/store/ownmounts.h"

#include <fcntl.h>
#include <sys/mount.h>

using namespace yoid;
using namespace Qt::StringLiterals;

/// A file system that is served by a program, as sshfs is: refused by what the kernel says it is.
class TestJournalFuse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isRefused();
};

void TestJournalFuse::isRefused()
{
    if (!inOwnMounts())
        QSKIP("mounting is not permitted here");
    const int device = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
    if (device < 0)
        QSKIP("there is no /dev/fuse here");
    JournalBench bench;
    QVERIFY(QDir().mkpath(bench.data()));
    const QByteArray folder = QFile::encodeName(bench.data());
    // It belongs to somebody else, so that the kernel answers for it and asks no server: there is none.
    const QByteArray options = "fd=" + QByteArray::number(device) + ",rootmode=40000,user_id=65534,group_id=65534";
    if (::mount("test", folder.constData(), "fuse.sshfs", 0, options.constData()) != 0) {
        ::close(device);
        QSKIP("a FUSE file system cannot be mounted here");
    }
    const bool network = DiskProbe::system().isNetwork(bench.data());
    JournalFile journal(bench.where(), bench.clock);
    journal.open();
    ::umount2(folder.constData(), MNT_DETACH);
    ::close(device);
    QVERIFY(network);
    QCOMPARE(wordsOf(journal.status()), u"Closed/WrongPlace"_s);
    QCOMPARE(journal.status().technical, u"a network file system"_s);
    QVERIFY(QDir(bench.data()).isEmpty());
}

int main(int argc, char *argv[])
{
    {
        const QCoreApplication app(argc, argv);
        moveToOwnMounts(argv);
    }
    const QCoreApplication app(argc, argv);
    TestJournalFuse test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_journalfuse.moc"
