// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// How long the Records place makes people wait with many records: from a keystroke to its result, and the longest time in
// which the window answers nobody. Prints figures and judges nothing; run by hand: bench_records [records].

#include "tests/support/recordsamples.h"
#include "ui/panes/recordsview.h"
#include "ui/theme.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

#include <algorithm>
#include <vector>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// Ticks every millisecond on the window's thread; what lies between two ticks is how long nothing else could happen.
class GapMeter final {
public:
    GapMeter()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { m_gaps.push_back(double(m_since.nsecsElapsed()) / 1e6); m_since.restart(); });
        m_since.start();
        m_timer.start();
    }
    void begin()
    {
        m_gaps.clear();
        m_since.restart();
    }
    [[nodiscard]] QString end()
    {
        m_gaps.push_back(double(m_since.nsecsElapsed()) / 1e6);
        std::sort(m_gaps.begin(), m_gaps.end());
        const double p99 = m_gaps[std::min(m_gaps.size() - 1, m_gaps.size() * 99 / 100)];
        return u"gaps: %1, p99 %2 ms, longest %3 ms"_s.arg(m_gaps.size()).arg(p99, 0, 'f', 1).arg(m_gaps.back(), 0, 'f', 1);
    }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    std::vector<double> m_gaps;
};

/// Unlike QTest::qWait(), which sleeps 10 ms at a time and would be what is measured.
void wait(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(std::chrono::milliseconds(milliseconds), Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    theme::install(app);
    QTextStream out(stdout);
    const int count = argc > 1 ? QString::fromLocal8Bit(argv[1]).toInt() : 100'000;
    const QList<RecordsModel::Entry> entries = sampleEntries(count);

    RecordsView view(nullptr);
    view.setNow(sampleNow());
    view.resize(1234, 664);
    view.show();
    if (!QTest::qWaitForWindowExposed(&view))
        return 1;
    GapMeter meter;
    QElapsedTimer clock;
    const auto settle = [&view] {
        QEventLoop loop;
        QObject::connect(view.model(), &RecordsModel::settled, &loop, &QEventLoop::quit);
        if (view.model()->isBusy())
            loop.exec();
    };
    const auto measure = [&](const QString &what, const auto &work) {
        wait(300);
        meter.begin();
        clock.start();
        work();
        settle();
        const double took = double(clock.nsecsElapsed()) / 1e6;
        wait(100); // and until it is painted
        out << u"%1 %2 ms, rows %3; %4"_s.arg(what, -34).arg(took, 8, 'f', 1).arg(view.model()->rowCount(), 7).arg(meter.end()) << Qt::endl;
    };

    out << count << " records" << Qt::endl;
    measure(u"all read at once"_s, [&] {
        view.setProfile({ u"profile-1"_s });
        view.setEntries(entries, true);
    });
    measure(u"nothing, for comparison"_s, [] { wait(500); });
    auto *search = view.findChild<QLineEdit *>(u"recordSearch"_s);
    const QString typed = u"zoë khumalo"_s;
    for (int letters = 1; letters <= typed.size(); ++letters)
        measure(u"search \"%1\""_s.arg(typed.left(letters)), [&] { search->setText(typed.left(letters)); });
    for (int letters = int(typed.size()) - 1; letters >= 0; letters -= 4)
        measure(u"search back to \"%1\""_s.arg(typed.left(letters)), [&] { search->setText(typed.left(letters)); });
    measure(u"search emptied"_s, [&] { search->clear(); });
    measure(u"typed without a pause"_s, [&] {
        for (int letters = 1; letters <= typed.size(); ++letters) {
            search->setText(typed.left(letters));
            wait(30);
        }
    });
    measure(u"search emptied"_s, [&] { search->clear(); });
    for (int column = 0; column < RecordsModel::ColumnCount; ++column) {
        const QString name = view.model()->headerData(column, Qt::Horizontal).toString();
        measure(u"sort by %1"_s.arg(name), [&] { view.model()->sort(column, Qt::DescendingOrder); });
    }
    auto *table = view.findChild<QTableView *>(u"recordTable"_s);
    measure(u"scroll from top to bottom"_s, [&] {
        for (int step = 0; step <= 100; ++step) {
            table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum() * step / 100);
            wait(5);
        }
    });
    measure(u"500 live changes"_s, [&] {
        for (int number = 0; number < 500; ++number) {
            WorkRecord record = sampleRecord(number * (count / 500));
            record.state = JournalState::Accepted;
            view.change(std::make_shared<const WorkRecord>(record));
            wait(2);
        }
    });
    return 0;
}
