// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// One batch from the file to its release as the window takes it, over a durable journal, while a heart on the GUI thread beats every
// millisecond: how long each step takes, how long the longest wait between two beats was, and what memory was added. Prints
// figures and judges nothing; run by hand, from a release build: bench_batchdraft [rows] [csv|xlsx].

#include "app/flow/batches.h"
#include "app/flow/recordbook.h"
#include "app/table/tablewriter.h"
#include "tests/support/fakesecretstore.h"
#include "app/store/sqlitejournal.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>

#include <algorithm>
#include <optional>
#include <vector>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr double kFrameMs = 16.7;

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

/// Beats on the GUI thread, and remembers how long it was kept from it. A gap counts as one for every millisecond that a user could
/// have noticed it in, so that a second of standstill is not outvoted by a thousand quick beats.
class Heart final : public QObject {
public:
    Heart()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] { beat(); });
        m_since.start();
        m_timer.start(1ms);
    }
    void forget()
    {
        m_gaps.clear();
        m_since.restart();
    }
    /// The last one counts, too: whoever asks has just been kept from beating.
    void beat()
    {
        m_gaps.push_back(double(m_since.nsecsElapsed()) / 1e6);
        m_since.restart();
    }
    [[nodiscard]] double longest() const { return m_gaps.empty() ? 0 : *std::max_element(m_gaps.cbegin(), m_gaps.cend()); }
    [[nodiscard]] double percentile99() const
    {
        std::vector<double> sorted = m_gaps;
        std::sort(sorted.begin(), sorted.end());
        return sorted.empty() ? 0 : sorted[std::min(sorted.size() - 1, sorted.size() * 99 / 100)];
    }
    [[nodiscard]] qsizetype overFrame() const
    {
        return std::count_if(m_gaps.cbegin(), m_gaps.cend(), [](double gap) { return gap > kFrameMs; });
    }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    std::vector<double> m_gaps;
};

QStringList headers()
{
    return { u"Email"_s, u"First name"_s, u"Last name"_s, u"Student number"_s, u"Course"_s, u"Completed"_s, u"Final mark"_s, u"Remark"_s };
}

/// Days first; one mailbox in two hundred with a slip, one mark in five hundred with a letter, one person in a thousand twice.
bool writeTable(const QString &path, int rows)
{
    TableWriter table(path);
    bool good = table.begin(headers()).ok();
    for (int row = 1; good && row <= rows; ++row) {
        const int person = row % 1000 == 0 ? row - 1 : row;
        const QString host = row % 200 == 7 ? u"gmial.com"_s : u"example.org"_s;
        const QString mark = row % 500 == 11 ? u"8l"_s : QString::number(40 + row % 60);
        good = table.add({ u"person.%1@%2"_s.arg(person).arg(host), u"Zoë"_s, u"Gonçalves %1"_s.arg(person % 977), u"LMS-%1"_s.arg(200'000 + person),
                           u"Solar installer, level 1"_s, u"%1/%2/2026"_s.arg(1 + person % 28, 2, 10, QChar(u'0')).arg(1 + person % 12, 2, 10, QChar(u'0')),
                           mark, QString() })
                   .ok();
    }
    return good && table.finish().ok();
}

CredentialTemplate sampleTemplate()
{
    CredentialTemplate made;
    made.id = { u"tpl-1"_s };
    made.name = u"Solar Installer L1"_s;
    made.attributes = { { u"course"_s, u"Course"_s, {}, AttributeType::String, u"string"_s, true, false },
                        { u"completed"_s, u"Completed"_s, {}, AttributeType::Date, u"date"_s, true, false },
                        { u"finalMark"_s, u"Final mark"_s, {}, AttributeType::Number, u"number"_s, true, false },
                        { u"remark"_s, u"Remark"_s, {}, AttributeType::String, u"string"_s, false, false } };
    return made;
}

Profile sampleProfile()
{
    Profile profile;
    profile.id = { u"p1"_s };
    profile.name = u"Training centre"_s;
    profile.environment = Environment::Test;
    profile.tokenUrl = QUrl(u"https://id.example/token"_s);
    profile.credsUrl = QUrl(u"https://creds.example"_s);
    profile.clientId = u"console"_s;
    return profile;
}

class Bench final {
public:
    explicit Bench(int rows)
        : m_rows(rows)
    {
    }

    [[nodiscard]] bool run(const QString &ending);

private:
    /// One step of the road: `begin` starts it, and it ends when `until` says so.
    bool phase(const char *name, const std::function<void()> &begin, const std::function<bool()> &until);
    bool prepare(const QString &ending);
    bool import(const TableFile &file);
    bool repair();
    bool giveBack();
    bool release();
    [[nodiscard]] bool isChecked() const { return m_draft && m_draft->isLoaded() && !m_draft->isChecking(); }
    [[nodiscard]] const RowProblem *firstOf(RowProblem::Kind kind, int &index);

    const int m_rows;
    QTextStream m_out { stdout };
    QTemporaryDir m_folder;
    SystemClock m_clock;
    FakeSecretStore m_keychain;
    std::unique_ptr<SqliteJournal> m_journal;
    std::unique_ptr<RecordBook> m_records;
    std::unique_ptr<Batches> m_batches;
    std::unique_ptr<Heart> m_heart;
    QObject m_asker;
    qint64 m_base = 0;
    std::optional<Batches::Looked> m_looked;
    std::shared_ptr<BatchDraft> m_draft;
    QList<RowProblem> m_found;
};

bool Bench::phase(const char *name, const std::function<void()> &begin, const std::function<bool()> &until)
{
    forgetPeak();
    m_heart->forget();
    QElapsedTimer took;
    took.start();
    QTimer::singleShot(0, m_heart.get(), begin); // as a click does: out of the event loop
    QEventLoop loop;
    QTimer look;
    bool begun = false;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (std::exchange(begun, true) && until())
            loop.quit();
    });
    look.start(2ms);
    QTimer::singleShot(10min, &loop, [&loop] { loop.exit(1); });
    if (loop.exec() != 0) {
        m_out << name << ": it never ended\n";
        return false;
    }
    m_heart->beat();
    m_out << qSetFieldWidth(36) << Qt::left << name << qSetFieldWidth(0) << qSetFieldWidth(9) << Qt::right << double(took.nsecsElapsed()) / 1e6
          << qSetFieldWidth(0) << " ms  longest " << qSetFieldWidth(7) << m_heart->longest() << qSetFieldWidth(0) << " ms  p99 " << qSetFieldWidth(6)
          << m_heart->percentile99() << qSetFieldWidth(0) << " ms  over a frame " << m_heart->overFrame() << "  memory "
          << double(statusKib("VmHWM") - m_base) / 1024 << " MiB at most, then " << double(statusKib("VmRSS") - m_base) / 1024 << Qt::endl;
    return true;
}

bool Bench::prepare(const QString &ending)
{
    m_out.setRealNumberNotation(QTextStream::FixedNotation);
    m_out.setRealNumberPrecision(1);
    if (!m_folder.isValid() || !writeTable(m_folder.filePath(u"people."_s + ending), m_rows))
        return false;
    m_journal = std::make_unique<SqliteJournal>(JournalFile::Where { m_folder.filePath(u"data/journal.sqlite"_s), m_folder.filePath(u"data/backups"_s), false },
                                                m_clock, m_keychain);
    m_journal->open();
    m_records = std::make_unique<RecordBook>(*m_journal);
    m_batches = std::make_unique<Batches>(m_journal->batches(), *m_journal, *m_records, m_clock);
    m_batches->load();
    m_heart = std::make_unique<Heart>();
    m_base = statusKib("VmRSS");
    return phase("open the journal", [] {}, [this] { return m_batches->isLoaded() && m_journal->status().state == JournalStatus::State::Ready; });
}

bool Bench::import(const TableFile &file)
{
    bool looked = phase(
        "look at the file",
        [&] {
            m_batches->lookAt(file, std::nullopt, &m_asker, [this](const TableOutcome<Batches::Looked> &outcome) {
                if (const auto *found = std::get_if<Batches::Looked>(&outcome))
                    m_looked = *found;
            });
        },
        [this] { return m_looked.has_value(); });
    if (!looked)
        return false;
    std::optional<BatchId> made;
    bool failed = false;
    looked = phase(
        "import it",
        [&] {
            BatchImport *const import = m_batches->import(file, m_looked->sample.look, m_looked->hash, sampleProfile(), sampleTemplate());
            QObject::connect(import, &BatchImport::imported, &m_asker, [&made](const BatchId &batch) { made = batch; });
            QObject::connect(import, &BatchImport::failed, &m_asker, [&failed] { failed = true; });
        },
        [&] { return made || failed; });
    return looked && made && phase("open and check", [&] { m_draft = m_batches->open(*made); }, [this] { return isChecked(); });
}

const RowProblem *Bench::firstOf(RowProblem::Kind kind, int &index)
{
    for (const int row : m_draft->rowsWithProblems()) {
        m_found = m_draft->problems(row);
        index = row;
        for (const RowProblem &problem : std::as_const(m_found)) {
            if (problem.kind == kind && !(problem.suggestion.isEmpty() && kind == RowProblem::Kind::LikelyTypingError))
                return &problem;
        }
    }
    return nullptr;
}

bool Bench::repair()
{
    const auto rematch = [this] {
        BatchMapping mapping = m_draft->plan().mapping;
        mapping.targets[3] = mapping.targets.at(3).kind == ColumnTarget::Kind::Ignored ? ColumnTarget::to(PersonField::ExternalIdentifier) : ColumnTarget::ignored();
        m_draft->setMapping(mapping);
    };
    bool good = phase("match a column anew", rematch, [this] { return isChecked(); })
        && phase("go to the check", [this] { m_draft->setStage(BatchStage::Check); }, [] { return true; });
    int index = 0;
    if (!good || !firstOf(RowProblem::Kind::BadValue, index))
        return false;
    int changed = 0;
    good = phase("repair one cell", [&] { m_draft->repair(index, 6, u"81"_s); }, [&] { return m_draft->classOf(index) == RowClass::Ready; })
        && phase("repair a mailbox", [&] { m_draft->repair(3, 0, u"another@example.org"_s); }, [this] { return isChecked(); });
    const RowProblem *const problem = firstOf(RowProblem::Kind::LikelyTypingError, index);
    if (!good || !problem)
        return false;
    return phase("apply to all similar", [&] { changed = m_draft->applyToSimilar(index, *problem); }, [this] { return isChecked(); })
        && phase("decide for all of a kind",
                 [this] { (void)m_draft->chooseForSimilar(RowProblem::Kind::PossiblySame, RowChoice::Keep); }, [] { return true; })
        && changed > 0;
}

bool Bench::giveBack()
{
    const QString path = m_folder.filePath(u"problems.csv"_s);
    bool saved = false;
    int changed = -1;
    return phase(
               "save the problems",
               [&] {
                   const QList<QStringList> table = m_draft->problemsTable([](const RowProblem &problem) { return problem.value; });
                   TableWriter writer(path);
                   saved = writer.begin(table.first()).ok();
                   for (qsizetype row = 1; row < table.size(); ++row) {
                       QStringList cells = table.at(row);
                       cells[6] = u"77"_s;
                       saved = saved && writer.add(cells).ok();
                   }
                   saved = saved && writer.finish().ok();
               },
               [&] { return saved; })
        && phase("take them back repaired",
                 [&] {
                     m_draft->takeRepaired(TableFile::at(path), &m_asker, [&changed](const Outcome<int> &outcome) { changed = outcome.ok() ? *outcome : 0; });
                 },
                 [&] { return changed >= 0 && isChecked(); })
        && changed > 0;
}

bool Bench::release()
{
    std::optional<bool> released;
    std::optional<DryRun> rehearsed;
    return phase("rehearse", [&] { m_draft->rehearse(&m_asker, [&rehearsed](const DryRun &run) { rehearsed = run; }); }, [&] { return rehearsed.has_value(); })
        && phase("release",
                 [&] {
                     m_draft->release(m_draft->counts().ready, u"Thabo K."_s, &m_asker, [&released](const Outcome<Done> &outcome) { released = outcome.ok(); });
                 },
                 [&] { return released.has_value(); })
        && *released && phase("close it", [this] { m_draft.reset(); }, [] { return true; });
}

bool Bench::run(const QString &ending)
{
    if (!prepare(ending))
        return false;
    const TableFile file = TableFile::at(m_folder.filePath(u"people."_s + ending));
    const bool good = import(file) && repair() && giveBack() && release();
    m_draft.reset();
    m_batches.reset();
    m_records.reset();
    m_journal.reset();
    return good;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int rows = app.arguments().value(1, u"100000"_s).toInt();
    Bench bench(rows);
    if (rows < 1000 || !bench.run(app.arguments().value(2, u"csv"_s))) {
        QTextStream(stdout) << "a step has failed\n";
        return 1;
    }
    return 0;
}
