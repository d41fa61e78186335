// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// Reads a table of people and checks every row, against Python's csv module which only reads it; alternately, with the same
// file. Prints figures and judges nothing; run by hand, from a release build: bench_batchcheck [rows] [rounds].

#include "app/domain/batchcheck.h"
#include "app/domain/csvreader.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTextStream>

#include <algorithm>
#include <ctime>
#include <vector>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kPiece = 256 * 1024;

QByteArray quotedWhereNeeded(const QByteArray &cell)
{
    return cell.contains(',') || cell.contains('"') ? '"' + QByteArray(cell).replace("\"", "\"\"") + '"' : cell;
}

/// Eight columns as an office would write them: names with accents, some quoted cells, days first, one mailbox in four thousand twice.
bool writeTable(const QString &path, int rows)
{
    static const char *const kFirst[] = { "Naledi", "Thandi", "Sipho", "Amina", "André", "Zoë", "Juma", "Fatou", "Nguyễn", "Lerato", "José", "Wanjiku" };
    static const char *const kLast[] = { "Khumalo", "Dlamini", "Mwangi", "Ndiaye", "Gonçalves", "O'Brien", "Otieno", "van der Merwe", "Moyo", "Traoré" };
    static const char *const kHosts[] = { "gmail.com", "example.org", "umuzi.co.za", "students.example.ac.ke", "yahoo.com", "outlook.com", "example.net" };
    static const char *const kCourses[] = { "Solar installer, level 1", "First aid", "Data entry \"basic\"", "Work readiness", "Web development" };
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QRandomGenerator random(7);
    const auto oneOf = [&random](const auto &words) { return QByteArray(words[random.bounded(int(std::size(words)))]); };
    QByteArray text = "Email,First name,Surname,Student number,Course,Date completed,Score,Passed\r\n";
    for (int row = 1; row <= rows; ++row) {
        const QByteArray first = oneOf(kFirst);
        const QByteArray last = oneOf(kLast);
        const int person = row % 4000 == 0 ? row - 1 : row;
        text += "person." + QByteArray::number(person) + '@' + kHosts[person % int(std::size(kHosts))] + ',';
        text += quotedWhereNeeded(first) + ',' + quotedWhereNeeded(last) + ",LMS-" + QByteArray::number(200000 + row) + ',';
        text += quotedWhereNeeded(oneOf(kCourses)) + ',';
        text += QByteArray::number(1 + random.bounded(28)).rightJustified(2, '0') + '/' + QByteArray::number(1 + random.bounded(12)).rightJustified(2, '0')
            + "/2026,";
        text += QByteArray::number(40 + random.bounded(60)) + '.' + QByteArray::number(random.bounded(10)) + ',' + (random.bounded(5) ? "yes" : "no") + "\r\n";
    }
    return file.write(text) == text.size();
}

BatchPlan planFor()
{
    BatchPlan plan;
    plan.credentialTemplate.id.text = u"cm8"_s;
    plan.credentialTemplate.attributes = { { u"course"_s, u"Course"_s, {}, AttributeType::String, u"string"_s, true, false },
                                           { u"dateCompleted"_s, u"Date completed"_s, {}, AttributeType::Date, u"date"_s, true, false },
                                           { u"score"_s, u"Score"_s, {}, AttributeType::Number, u"number"_s, true, false },
                                           { u"passed"_s, u"Passed"_s, {}, AttributeType::Boolean, u"boolean"_s, true, false } };
    plan.mapping = guessMapping({ u"Email"_s, u"First name"_s, u"Surname"_s, u"Student number"_s, u"Course"_s, u"Date completed"_s, u"Score"_s, u"Passed"_s },
                                {}, plan.credentialTemplate);
    plan.mapping.dateOrder = DateOrder::DayMonthYear;
    return plan;
}

struct Counts {
    int rows = 0;
    int unclean = 0;
    qsizetype twins = 0;
};

enum class Work { Read, ReadAndCheck };

Counts ourRun(const QString &path, Work work)
{
    Counts counts;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return counts;
    const RowChecker checker(planFor(), 2026);
    RowTwins twins(checker);
    CsvReader reader({ CsvEncoding::Utf8, u',' });
    std::vector<QStringView> cells;
    bool header = true;
    const auto take = [&](const CsvRecord &record) {
        if (std::exchange(header, false))
            return true;
        ++counts.rows;
        if (work == Work::Read)
            return true;
        cells.clear();
        for (qsizetype i = 0; i < record.size(); ++i)
            cells.push_back(record.cell(i));
        counts.unclean += !checker.isClean(cells);
        twins.take(counts.rows, cells);
        return true;
    };
    QByteArray piece(kPiece, Qt::Uninitialized);
    for (;;) {
        const qint64 got = file.read(piece.data(), piece.size());
        if (!reader.feed(QByteArrayView(piece).first(std::max<qint64>(got, 0)), got <= 0, take) || got <= 0)
            break;
    }
    counts.twins = twins.problems().size();
    return counts;
}

struct Times {
    double wall = -1;       ///< Milliseconds.
    double processor = 0;   ///< The same; what other programs on the computer do is not in it.
};

double processorTime()
{
    return double(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

/// As Python itself measures it: its start is not counted.
Times pythonRun(const QString &path, int &rows)
{
    static const QString kProgram = uR"(
import csv, sys, time
begin, spent = time.perf_counter(), time.process_time()
rows = 0
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.reader(file):
        rows += 1
print(rows - 1, (time.perf_counter() - begin) * 1000, (time.process_time() - spent) * 1000)
)"_s;
    QProcess python;
    python.start(u"python3"_s, { u"-c"_s, kProgram, path });
    if (!python.waitForFinished(120'000))
        return {};
    const QList<QByteArray> words = python.readAllStandardOutput().trimmed().split(' ');
    rows = words.value(0).toInt();
    return { words.value(1, "-1").toDouble(), words.value(2).toDouble() };
}

qint64 statusKib(const char *name)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toLongLong();
    }
    return 0;
}

void forgetPeak()
{
    QFile refs(u"/proc/self/clear_refs"_s);
    if (refs.open(QIODevice::WriteOnly))
        refs.write("5");
}

Times median(const std::vector<Times> &times)
{
    const auto of = [&times](double Times::*which) {
        std::vector<double> values;
        for (const Times &each : times)
            values.push_back(each.*which);
        std::sort(values.begin(), values.end());
        return values[values.size() / 2];
    };
    return { of(&Times::wall), of(&Times::processor) };
}

Times ourTimes(const QString &path, Work work, Counts &counts)
{
    QElapsedTimer timer;
    const double spent = processorTime();
    timer.start();
    counts = ourRun(path, work);
    return { double(timer.nsecsElapsed()) / 1e6, processorTime() - spent };
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int rows = app.arguments().value(1, u"100000"_s).toInt();
    const int rounds = app.arguments().value(2, u"11"_s).toInt();
    QTextStream out(stdout);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"people.csv"_s);
    if (rows < 1 || rounds < 1 || !folder.isValid() || !writeTable(path, rows)) {
        out << "cannot write the table\n";
        return 1;
    }
    int pythonRows = 0;
    std::vector<Times> python;
    std::vector<Times> readOnly;
    std::vector<Times> checked;
    qint64 growth = 0;
    Counts counts;
    for (int round = -1; round < rounds; ++round) {
        const Times pythonTimes = pythonRun(path, pythonRows);
        Counts read;
        const Times readTimes = ourTimes(path, Work::Read, read);
        forgetPeak();
        const qint64 before = statusKib("VmRSS");
        const Times checkTimes = ourTimes(path, Work::ReadAndCheck, counts);
        growth = std::max(growth, statusKib("VmHWM") - before);
        if (pythonTimes.wall < 0 || pythonRows != rows || read.rows != rows || counts.rows != rows) {
            out << "the three do not agree on the rows: " << pythonRows << ' ' << read.rows << ' ' << counts.rows << '\n';
            return 1;
        }
        if (round < 0)
            continue; // warms up
        python.push_back(pythonTimes);
        readOnly.push_back(readTimes);
        checked.push_back(checkTimes);
    }
    out.setRealNumberNotation(QTextStream::FixedNotation);
    out.setRealNumberPrecision(2);
    const Times base = median(python);
    const auto line = [&out, &base](const char *name, const Times &times) {
        out << name << times.wall << " ms (" << times.wall / base.wall << "), processor " << times.processor << " ms ("
            << times.processor / base.processor << ")\n";
    };
    out << rows << " rows, " << QFile(path).size() / 1024 << " KiB, " << counts.unclean << " not clean, " << counts.twins << " twins, " << rounds
        << " rounds, medians and ratios to Python's\n";
    line("Python's csv, only read: ", base);
    line("ours, only read:         ", median(readOnly));
    line("ours, read and checked:  ", median(checked));
    out << "memory on top, peak:     " << double(growth) / 1024 << " MiB\n";
    return 0;
}
