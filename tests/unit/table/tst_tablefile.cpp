// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/table/tablehelp.h"

#include <QtCore/QCryptographicHash>
#include <QtTest/QTest>

#if defined(Q_OS_UNIX)
#include <sys/stat.h>
#endif

using namespace yoid;
using namespace Qt::StringLiterals;
using Kind = TableProblem::Kind;

namespace {

const QString kPeople = u"Name,Surname,E-mail\r\nNaledi,Khumalo,naledi@example.org\r\nZoë,Müller,zoe@example.org\r\n"_s;

} // namespace

/// Text tables: what is read of them and what is refused (reliability 4.2 nos. 52-60, 69, 70).
class TestTableFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotedLineBreaksStayOneRow();
    void anOpenQuoteTakesNothing();
    void lineEnds_data();
    void lineEnds();
    void nobodyInIt_data();
    void nobodyInIt();
    void aHugeCellIsRefused();
    void raggedRowsComeAsTheyAre();
    void nulIsRefused();
    void formulasAreData();
    void aFileThatIsAnotherByNow();
    void aReadingThatFails();
    void pipesAndDevicesDoNotHang();
    void fingerprints();
    void cancelling();
    void progressIsToldNowAndThen();
    void theFileStaysAsItIs();

private:
    Desk m_desk;
};

/// No. 52.
void TestTableFile::quotedLineBreaksStayOneRow()
{
    const TableFile file = TableFile::at(m_desk.put(u"breaks.csv"_s, "Name,Address\nNaledi,\"1 Long St\nDurban\"\nSipho,x\n"));
    const auto sample = std::get<TableSample>(file.lookAt());
    const Harvest all = harvest(file, sample.look);
    QCOMPARE(all.rows.size(), 2);
    QCOMPARE(all.rows.first().last(), u"1 Long St\nDurban"_s);
    QCOMPARE(all.numbers, QList<qint64>({ 2, 4 }));
}

/// No. 53.
void TestTableFile::anOpenQuoteTakesNothing()
{
    const TableFile file = TableFile::at(m_desk.put(u"quote.csv"_s, "Name,Address\nNaledi,\"1 Long St\nSipho,x\n"));
    const Harvest all = harvest(file, {});
    QVERIFY(all.problem);
    QCOMPARE(all.problem->kind, Kind::BadText);
    QCOMPARE(all.problem->csv, CsvProblem({ CsvProblem::Kind::UnbalancedQuote, 2 }));
    QCOMPARE(all.problem->row, 2);
    QCOMPARE(all.rows.size(), 0);
    QCOMPARE(problemKind(file.lookAt()), Kind::BadText);
}

void TestTableFile::lineEnds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("CR only") << QByteArray("Name,Town\rNaledi,Durban\rSipho,Maseru\r");
    QTest::newRow("mixed") << QByteArray("Name,Town\r\nNaledi,Durban\rSipho,Maseru\n");
    QTest::newRow("none at the end") << QByteArray("Name,Town\nNaledi,Durban\nSipho,Maseru");
}

/// No. 54.
void TestTableFile::lineEnds()
{
    QFETCH(QByteArray, bytes);
    const TableFile file = TableFile::at(m_desk.put(u"ends.csv"_s, bytes));
    const Harvest all = harvest(file, std::get<TableSample>(file.lookAt()).look);
    QCOMPARE(all.rows, QList<QStringList>({ { u"Naledi"_s, u"Durban"_s }, { u"Sipho"_s, u"Maseru"_s } }));
    QCOMPARE(all.numbers, QList<qint64>({ 2, 3 }));
}

void TestTableFile::nobodyInIt_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no bytes") << QByteArray();
    QTest::newRow("a mark only") << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("blank lines") << QByteArray("\r\n\r\n\n");
    QTest::newRow("header only") << QByteArray("Name,E-mail\r\n");
    QTest::newRow("header and empty rows") << QByteArray("Name,E-mail\r\n,\r\n , \r\n");
}

/// No. 55.
void TestTableFile::nobodyInIt()
{
    QFETCH(QByteArray, bytes);
    const TableFile file = TableFile::at(m_desk.put(u"empty.csv"_s, bytes));
    QCOMPARE(problemKind(file.lookAt()), Kind::Empty);
    QCOMPARE(problemKind(file.sample({})), Kind::Empty);
    QCOMPARE(harvest(file, {}).problem->kind, Kind::Empty);
}

/// No. 57; what a cell may hold at most is csvreader's to test.
void TestTableFile::aHugeCellIsRefused()
{
    const QByteArray huge(200 * 1024, 'x');
    for (const QByteArray &cell : { huge, QByteArray('"' + huge + '"') }) {
        const TableFile file = TableFile::at(m_desk.put(u"huge.csv"_s, "Name,Town\nNaledi,Durban\nSipho," + cell + "\n"));
        const Harvest all = harvest(file, {});
        QCOMPARE(all.problem->csv, CsvProblem({ CsvProblem::Kind::CellTooLong, 3 }));
    }
}

/// No. 59: they are flagged by the check; here nothing of them gets lost.
void TestTableFile::raggedRowsComeAsTheyAre()
{
    const TableFile file = TableFile::at(m_desk.put(u"ragged.csv"_s, "A,B,C\n1\n1,2,3,4\n1,2,\n"));
    QCOMPARE(harvest(file, {}).rows,
             QList<QStringList>({ { u"1"_s }, { u"1"_s, u"2"_s, u"3"_s, u"4"_s }, { u"1"_s, u"2"_s, QString() } }));
    QCOMPARE(std::get<TableSample>(file.lookAt()).headers.size(), 4);
}

/// No. 60.
void TestTableFile::nulIsRefused()
{
    const TableFile file = TableFile::at(m_desk.put(u"nul.csv"_s, QByteArray("Name,Town\nNal\0edi,Durban\n", 25)));
    QCOMPARE(harvest(file, {}).problem->csv, CsvProblem({ CsvProblem::Kind::NulCharacter, 2 }));
    QCOMPARE(problemKind(file.lookAt()), Kind::BadText);
}

void TestTableFile::formulasAreData()
{
    const TableFile file = TableFile::at(m_desk.put(u"formula.csv"_s, "Name,Note\n=1+1,@home\n"));
    QCOMPARE(harvest(file, {}).rows.first(), QStringList({ u"=1+1"_s, u"@home"_s }));
}

/// No. 69.
void TestTableFile::aFileThatIsAnotherByNow()
{
    const TableFile file = TableFile::at(m_desk.put(u"change.csv"_s, kPeople.toUtf8()));
    const auto look = std::get<TableSample>(file.lookAt()).look;
    const Harvest first = harvest(file, look);
    QCOMPARE(harvest(file, look, first.hash).problem, std::nullopt);
    m_desk.put(u"change.csv"_s, QString(kPeople).replace(u"naledi@"_s, u"other@"_s).toUtf8());
    QCOMPARE(harvest(file, look, first.hash).problem->kind, Kind::Changed);
    m_desk.put(u"change.csv"_s, "Name,\"Open");
    QCOMPARE(harvest(file, look, first.hash).problem->kind, Kind::Changed);

    // Cut short, or written to, while it is read.
    QByteArray large = kPeople.toUtf8();
    while (large.size() < 4 * 1024 * 1024)
        large += "Sipho,Dube,sipho@example.org\r\n";
    for (const bool shorter : { true, false }) {
        const QString path = m_desk.put(u"change.csv"_s, large);
        int rows = 0;
        const auto outcome = file.read(look, {}, [&](const TableRow &) {
            if (++rows == 10) {
                QFile other(path);
                if (shorter)
                    other.resize(3 * 1024 * 1024);
                else if (other.open(QIODevice::Append))
                    other.write("Lindiwe,Zulu,l@example.org\r\n");
            }
            return true;
        }, {});
        QVERIFY(rows > 10);
        QCOMPARE(problemKind(outcome), Kind::Changed);
    }
}

/// No. 70: a file whose reading fails for real, as that of a stick that was pulled.
void TestTableFile::aReadingThatFails()
{
    const TableFile gone = TableFile::at(m_desk.path(u"nowhere.csv"_s));
    QCOMPARE(problemKind(gone.lookAt()), Kind::CannotOpen);
    QCOMPARE(harvest(gone, {}).problem->kind, Kind::CannotOpen);
    QCOMPARE(problemKind(TableFile::at(QString()).lookAt()), Kind::CannotOpen);
#if defined(Q_OS_LINUX)
    const TableFile broken = TableFile::at(u"/proc/self/mem"_s); // a plain file whose first page cannot be read
    const std::atomic_bool cancel = false;
    QCOMPARE(problemKind(broken.lookAt()), Kind::ReadFailed);
    QCOMPARE(problemKind(broken.sample({})), Kind::ReadFailed);
    QCOMPARE(problemKind(broken.fingerprint(cancel)), Kind::ReadFailed);
    const Harvest none = harvest(broken, {});
    QCOMPARE(none.problem->kind, Kind::ReadFailed);
    QVERIFY(!none.problem->technical.isEmpty());
    QCOMPARE(none.rows.size(), 0);
#endif
}

void TestTableFile::pipesAndDevicesDoNotHang()
{
#if defined(Q_OS_UNIX)
    const QString pipe = m_desk.path(u"pipe.csv"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    for (const QString &path : { pipe, u"/dev/zero"_s, u"/dev/tty"_s, m_desk.path(u"."_s) }) {
        QCOMPARE(problemKind(TableFile::at(path).lookAt()), Kind::CannotOpen);
        QCOMPARE(harvest(TableFile::at(path), {}).problem->kind, Kind::CannotOpen);
    }
#endif
}

void TestTableFile::fingerprints()
{
    const TableFile file = TableFile::at(m_desk.put(u"print.csv"_s, kPeople.toUtf8()));
    const std::atomic_bool cancel = false;
    const auto print = std::get<QByteArray>(file.fingerprint(cancel));
    QCOMPARE(print, QCryptographicHash::hash(kPeople.toUtf8(), QCryptographicHash::Sha256));
    QCOMPARE(harvest(file, {}).hash, print);
    QCOMPARE(file.name(), u"print.csv"_s);
}

void TestTableFile::cancelling()
{
    const TableFile file = TableFile::at(m_desk.put(u"cancel.csv"_s, kPeople.toUtf8()));
    std::atomic_bool cancel = true;
    QCOMPARE(problemKind(file.fingerprint(cancel)), Kind::Cancelled);
    int rows = 0;
    QCOMPARE(problemKind(file.read({}, {}, [&](const TableRow &) { return ++rows < 1; }, {})), Kind::Cancelled);
    QCOMPARE(rows, 1);
    QCOMPARE(problemKind(file.read({}, {}, [&](const TableRow &) { return ++rows > 0; }, {}, &cancel)), Kind::Cancelled);
    QCOMPARE(rows, 1);
}

void TestTableFile::progressIsToldNowAndThen()
{
    QByteArray large = "Name,Town\n";
    while (large.size() < 40 * 1024 * 1024)
        large += QByteArray("Naledi,Durban\n").repeated(1000);
    const TableFile file = TableFile::at(m_desk.put(u"progress.csv"_s, large));
    QList<qint64> told;
    const auto outcome = file.read({}, {}, [](const TableRow &) { return true; }, [&](qint64 bytes) { told.append(bytes); });
    QCOMPARE(problemKind(outcome), std::nullopt);
    QVERIFY(told.size() > 50 && told.size() <= 100);
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    QVERIFY(told.last() <= large.size());
}

void TestTableFile::theFileStaysAsItIs()
{
    const QString path = m_desk.put(u"same.csv"_s, kPeople.toUtf8());
    QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner));
    const TableFile file = TableFile::at(path);
    QCOMPARE(harvest(file, std::get<TableSample>(file.lookAt()).look).rows.size(), 2);
    QFile after(path);
    QVERIFY(after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), kPeople.toUtf8());
    QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner));
}

QTEST_GUILESS_MAIN(TestTableFile)
#include "tst_tablefile.moc"
