// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablewriter.h"
#include "tests/unit/table/tablehelp.h"

#include <QtTest/QTest>

#if defined(Q_OS_LINUX)
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>

namespace {

/// The file on the stick that is pulled, and how many of its bytes can still be read.
std::atomic<ino_t> stickFile = 0;
std::atomic<qint64> stickBytes = 0;

} // namespace

/// Stands in front of the system's: what Qt calls in this program. A stick that is gone answers EIO, in the middle of a file too.
extern "C" Q_DECL_EXPORT ssize_t read(int handle, void *to, size_t count)
{
    struct stat info {};
    if (stickFile != 0 && ::fstat(handle, &info) == 0 && info.st_ino == stickFile) {
        if (stickBytes <= 0) {
            errno = EIO;
            return -1;
        }
        count = std::min(count, static_cast<size_t>(stickBytes.load()));
        stickBytes -= static_cast<qint64>(count);
    }
    return ::syscall(SYS_read, handle, to, count);
}
#endif

using namespace yoid;
using namespace Qt::StringLiterals;
using Kind = TableProblem::Kind;

/// Reliability 4.2 no. 70: a file on a stick that is pulled while it is read ends as ReadFailed, and the caller takes nothing.
class TestPulledStick : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pulled_data();
    void pulled();
};

void TestPulledStick::pulled_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("text") << u"people.csv"_s;
    QTest::newRow("workbook") << u"people.xlsx"_s;
}

void TestPulledStick::pulled()
{
#if defined(Q_OS_LINUX)
    QFETCH(QString, name);
    const Desk desk;
    TableWriter writer(desk.path(name));
    QVERIFY(writer.begin({ u"Name"_s, u"Number"_s }).ok());
    for (int i = 0; i < 40000; ++i)
        QVERIFY(writer.add({ u"Naledi %1"_s.arg(i), QString::number(qint64(i) * 104729 * 7919) }).ok());
    QVERIFY(writer.finish().ok());
    const TableFile file = TableFile::at(desk.path(name));
    const auto look = std::get<TableSample>(file.lookAt()).look;
    const Harvest whole = harvest(file, look);
    QCOMPARE(whole.rows.size(), 40000);

    struct stat info {};
    QCOMPARE(::stat(QFile::encodeName(desk.path(name)).constData(), &info), 0);
    stickFile = info.st_ino;
    QList<qint64> cuts { 0, 1, 4096, info.st_size / 2, info.st_size - 1, info.st_size };
    if (look.kind == TableLook::Kind::Workbook)
        cuts += { info.st_size + 1, info.st_size * 5 / 4, info.st_size * 3 / 2 }; // it is hashed first
    for (const qint64 cut : std::as_const(cuts)) {
        stickBytes = cut;
        const Harvest broken = harvest(file, look, whole.hash);
        QVERIFY2(broken.problem, qPrintable(QString::number(cut)));
        QCOMPARE(broken.problem->kind, Kind::ReadFailed);
        QVERIFY(!broken.problem->technical.isEmpty());
        QVERIFY(broken.rows.size() < 40000 || look.kind == TableLook::Kind::Csv);
        stickBytes = std::min<qint64>(cut, 100);
        QCOMPARE(problemKind(file.lookAt()), Kind::ReadFailed);
        QCOMPARE(problemKind(file.sample(look)), Kind::ReadFailed);
    }
    stickBytes = info.st_size * 10;
    QCOMPARE(harvest(file, look, whole.hash).rows, whole.rows); // plugged in again
    stickFile = 0;
#else
    QSKIP("the reading is made to fail in a way of Linux");
#endif
}

QTEST_GUILESS_MAIN(TestPulledStick)
#include "tst_pulledstick.moc"
