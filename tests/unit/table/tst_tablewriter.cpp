// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablewriter.h"
#include "tests/unit/table/tablehelp.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtTest/QTest>

#if defined(Q_OS_UNIX)
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#endif

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

const QStringList kHeaders { u"Name"_s, u"Note"_s, u"Number"_s };

/// Texts that spreadsheets, XML or careless programs change.
const QList<QStringList> kHardRows {
    { u"Zoë 😀👩‍👩‍👧"_s, u"مرحبا بالعالم"_s, u"0027821234567"_s },
    { u"=cmd|' /C calc'!A0"_s, u"@SUM(1)"_s, u"-3"_s },
    { u"two\nlines"_s, u"tab\tin it"_s, u"\"quoted\", with; marks"_s },
    { u"<b>&amp;</b>"_s, u" blanks "_s, u"_x0041_"_s },
    { u"e\u0301 is not é"_s, u"\u202Eturned"_s, u"2.78E+11"_s },
    { u"45975"_s, u"2026-11-14"_s, u"true"_s },
};

Outcome<Done> writeAll(const QString &path, const QStringList &headers, const QList<QStringList> &rows)
{
    TableWriter writer(path);
    if (auto begun = writer.begin(headers); !begun)
        return begun;
    for (const QStringList &row : rows) {
        if (auto added = writer.add(row); !added)
            return added;
    }
    return writer.finish();
}

QStringList namesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
}

} // namespace

/// What is written for people, and read back by our own reader.
class TestTableWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kinds();
    void aWorkbookReadBack();
    void textReadBack();
    void charactersThatAreNone_data();
    void charactersThatAreNone();
    void longCells();
    void moreThanASheetHas();
    void nothingStandsThereBeforeTheEnd_data() { bothKinds(); }
    void nothingStandsThereBeforeTheEnd();
    void onlyForTheUser_data() { bothKinds(); }
    void onlyForTheUser();
    void linksKeepPointing();
    void placesThatCannotBeWritten_data() { bothKinds(); }
    void placesThatCannotBeWritten();
    void aFullDisk_data() { bothKinds(); }
    void aFullDisk();
    void outOfTurn();

private:
    static void bothKinds();
};

void TestTableWriter::bothKinds()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("text") << u"people.csv"_s;
    QTest::newRow("workbook") << u"people.xlsx"_s;
}

void TestTableWriter::kinds()
{
    QCOMPARE(TableWriter::kindOf(u"a/people.xlsx"_s), TableWriter::Kind::Workbook);
    QCOMPARE(TableWriter::kindOf(u"PEOPLE.XLSX"_s), TableWriter::Kind::Workbook);
    QCOMPARE(TableWriter::kindOf(u"people.csv"_s), TableWriter::Kind::Csv);
    QCOMPARE(TableWriter::kindOf(u"people.xlsx.txt"_s), TableWriter::Kind::Csv);
    QCOMPARE(TableWriter::kindOf(u"people"_s), TableWriter::Kind::Csv);
}

void TestTableWriter::aWorkbookReadBack()
{
    const Desk desk;
    const QString path = desk.path(u"people.xlsx"_s);
    QVERIFY(writeAll(path, kHeaders, kHardRows).ok());
    const TableFile file = TableFile::at(path);
    const auto looked = file.lookAt();
    QCOMPARE(problemKind(looked), std::nullopt);
    const auto &sample = std::get<TableSample>(looked);
    QCOMPARE(sample.look.kind, TableLook::Kind::Workbook);
    QVERIFY(sample.look.sure);
    QCOMPARE(sample.headers, kHeaders);
    QCOMPARE(harvest(file, sample.look).rows, kHardRows);
}

void TestTableWriter::textReadBack()
{
    const Desk desk;
    const QString path = desk.path(u"people.csv"_s);
    QVERIFY(writeAll(path, kHeaders, kHardRows).ok());
    const TableFile file = TableFile::at(path);
    const auto sample = std::get<TableSample>(file.lookAt());
    QVERIFY(sample.look.sure);
    QList<QStringList> rows = harvest(file, sample.look).rows;
    QCOMPARE(rows.at(0), kHardRows.at(0));
    QCOMPARE(rows.at(1), QStringList({ u"'=cmd|' /C calc'!A0"_s, u"'@SUM(1)"_s, u"'-3"_s })); // defused (csvtext.h)
    QCOMPARE(rows.at(2), kHardRows.at(2));
    QCOMPARE(rows.at(3), kHardRows.at(3));
    QCOMPARE(rows.size(), kHardRows.size());
}

void TestTableWriter::charactersThatAreNone_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("read");
    QTest::newRow("bell and escape") << u"a\a\x1B[0m"_s << u"a\a\x1B[0m"_s; // spreadsheets have a form for these: _x0007_
    QTest::newRow("carriage return") << u"a\r\nb\rc"_s << u"a\r\nb\rc"_s;
    QTest::newRow("NUL") << u"a"_s + QChar(0) + u"b"_s << u"a\u2400b"_s;
    QTest::newRow("half a pair") << u"a"_s + QChar(0xD83D) + u"b"_s << u"a\uFFFDb"_s;
    QTest::newRow("no character") << u"a"_s + QChar(0xFFFF) + QChar(0xFFFE) << u"a\uFFFD\uFFFD"_s;
    QTest::newRow("looks like such a form") << u"_x0007_ _x005F_x000D_ _x_ __x00"_s << u"_x0007_ _x005F_x000D_ _x_ __x00"_s;
}

void TestTableWriter::charactersThatAreNone()
{
    QFETCH(QString, text);
    QFETCH(QString, read);
    const Desk desk;
    const QString path = desk.path(u"odd.xlsx"_s);
    QVERIFY(writeAll(path, { u"Name"_s, u"Note"_s }, { { u"Naledi"_s, text } }).ok());
    const TableFile file = TableFile::at(path);
    QCOMPARE(harvest(file, std::get<TableSample>(file.lookAt()).look).rows.first().last(), read);
}

void TestTableWriter::longCells()
{
    const Desk desk;
    const QString path = desk.path(u"long.xlsx"_s);
    const QString fits(32767, u'x');
    const QString pairs = u"a"_s + u"😀"_s.repeated(20000);
    QVERIFY(writeAll(path, { u"Name"_s, u"Note"_s }, { { u"a"_s, fits }, { u"b"_s, fits + u"y"_s }, { u"c"_s, pairs } }).ok());
    const TableFile file = TableFile::at(path);
    const auto rows = harvest(file, std::get<TableSample>(file.lookAt()).look).rows;
    QCOMPARE(rows.at(0).at(1), fits);
    QCOMPARE(rows.at(1).at(1), QString(32766, u'x') + u"…"_s);
    QCOMPARE(rows.at(2).at(1), u"a"_s + u"😀"_s.repeated(16382) + u"…"_s);
}

void TestTableWriter::moreThanASheetHas()
{
    const Desk desk;
    TableWriter writer(desk.path(u"wide.xlsx"_s));
    QVERIFY(writer.begin(kHeaders).ok());
    const Outcome<Done> added = writer.add(QStringList(1001, u"x"_s));
    QVERIFY(!added.ok());
    QCOMPARE(added.failure().kind, FailureKind::TooLarge);
    QVERIFY(!writer.finish().ok());
    QCOMPARE(namesIn(desk.path({})).filter(u"wide"_s), QStringList());
}

void TestTableWriter::nothingStandsThereBeforeTheEnd()
{
    QFETCH(QString, name);
    const Desk desk;
    const QString path = desk.put(name, "what was there");
    {
        TableWriter writer(path);
        QVERIFY(writer.begin(kHeaders).ok());
        QVERIFY(writer.add(kHardRows.first()).ok());
        QFile there(path);
        QVERIFY(there.open(QIODevice::ReadOnly));
        QCOMPARE(there.readAll(), "what was there");
    }
    QCOMPARE(namesIn(desk.path({})), QStringList { name }); // given up: nothing is left of it
    QVERIFY(writeAll(path, kHeaders, kHardRows).ok());
    QCOMPARE(namesIn(desk.path({})), QStringList { name });
    QVERIFY(QFileInfo(path).size() > 100);
}

void TestTableWriter::onlyForTheUser()
{
#if defined(Q_OS_UNIX)
    QFETCH(QString, name);
    const Desk desk;
    const mode_t before = ::umask(0);
    TableWriter writer(desk.path(name));
    const bool begun = writer.begin(kHeaders).ok() && writer.add(kHardRows.first()).ok();
    QList<QFileDevice::Permissions> rights; // of what can be seen meanwhile; a text has no name until the end
    const QFileInfoList during = QDir(desk.path({})).entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &info : during)
        rights.append(info.permissions());
    const bool finished = writer.finish().ok();
    ::umask(before);
    QVERIFY(begun && finished);
    constexpr auto kOwnersOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;
    QVERIFY(!rights.isEmpty() || name.endsWith(u"csv"));
    rights.append(QFileInfo(desk.path(name)).permissions());
    for (const auto &right : std::as_const(rights))
        QCOMPARE(right, kOwnersOnly);
#endif
}

void TestTableWriter::linksKeepPointing()
{
    const Desk desk;
    const QString real = desk.put(u"real.csv"_s, "old");
    const QString link = desk.path(u"link.csv"_s);
    QVERIFY(QFile::link(real, link));
    QVERIFY(writeAll(link, kHeaders, kHardRows).ok());
    QVERIFY(QFileInfo(link).isSymLink());
    QVERIFY(QFileInfo(real).size() > 100);
}

void TestTableWriter::placesThatCannotBeWritten()
{
    QFETCH(QString, name);
    const Desk desk;
    const auto refused = [](const QString &path) {
        const Outcome<Done> written = writeAll(path, kHeaders, kHardRows);
        return !written.ok() && written.failure().kind == FailureKind::StorageFailed && !written.failure().technical.isEmpty();
    };
    QVERIFY(refused(desk.path(u"nowhere/"_s + name)));
    QVERIFY(QDir().mkpath(desk.path(name)));
    QVERIFY(refused(desk.path(name)));
}

void TestTableWriter::aFullDisk()
{
#if defined(Q_OS_LINUX)
    QFETCH(QString, name);
    const Desk desk;
    const QString path = desk.put(name, "what was there");
    // A limit on the size of files fails as a full disk does, once its signal is ignored.
    rlimit before {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small { 64 * 1024, before.rlim_max };
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    QList<QStringList> rows;
    for (int i = 0; i < 20000; ++i)
        rows.append({ u"Naledi %1"_s.arg(i), QString::number(i * 7919), u"x"_s });
    const Outcome<Done> written = writeAll(path, kHeaders, rows);
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY(!written.ok());
    QCOMPARE(written.failure().kind, FailureKind::StorageFailed);
    QFile there(path);
    QVERIFY(there.open(QIODevice::ReadOnly));
    QCOMPARE(there.readAll(), "what was there");
    QCOMPARE(namesIn(desk.path({})), QStringList { name });
#endif
}

void TestTableWriter::outOfTurn()
{
    const Desk desk;
    TableWriter writer(desk.path(u"turn.csv"_s));
    QCOMPARE(writer.add({}).failure().kind, FailureKind::Internal);
    QCOMPARE(writer.finish().failure().kind, FailureKind::Internal);
    QVERIFY(writer.begin(kHeaders).ok());
    QCOMPARE(writer.begin(kHeaders).failure().kind, FailureKind::Internal);
    QVERIFY(writer.finish().ok());
    QCOMPARE(writer.finish().failure().kind, FailureKind::Internal);
}

QTEST_GUILESS_MAIN(TestTableWriter)
#include "tst_tablewriter.moc"
