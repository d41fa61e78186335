// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/crash/batchcampaign.h"

#include <QtCore/QTextStream>

#include <cstdio>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// The operator thinks before saying something again, by the clock of the run.
constexpr std::chrono::milliseconds kThinking = 2s;
constexpr int kMostRefusals = 20;

void mark(const QString &text)
{
    QTextStream(stdout) << text << Qt::endl;
}

QString wordOf(const ImportFailure &why)
{
    if (const auto *failure = std::get_if<Failure>(&why))
        return failure->technical;
    return u"the table: %1"_s.arg(int(std::get<TableProblem>(why).kind));
}

QString wordOf(BatchProgress::State state)
{
    switch (state) {
    case BatchProgress::State::Resting:
        return u"resting"_s;
    case BatchProgress::State::Running:
        return u"running"_s;
    case BatchProgress::State::Stopping:
        return u"stopping"_s;
    case BatchProgress::State::WaitingForLine:
        return u"waiting"_s;
    case BatchProgress::State::Halted:
        return u"halted"_s;
    case BatchProgress::State::Finished:
        return u"finished"_s;
    }
    return {};
}

} // namespace

BatchCampaign::BatchCampaign(const RunPlan &runPlan, Console &theConsole, Clock &clock, QObject *parent)
    : CampaignOperator(runPlan, theConsole, theConsole.journal(), parent)
    , m_clock(clock)
{
}

void BatchCampaign::sessionOpened()
{
    session().setBatchWidth(plan().width);
    connect(&console().batches(), &Batches::loaded, this, &BatchCampaign::goOn);
    connect(&console().batches(), &Batches::loadFailed, this,
            [this](const Failure &failure) { end(NotSettled, u"the batches cannot be read: "_s + failure.technical); });
    console().batches().load();
}

void BatchCampaign::sessionRecovered(const RecoveryReport &)
{
    m_isRecovered = true;
    goOn();
}

void BatchCampaign::goOn()
{
    if (!m_isRecovered || !console().batches().isLoaded() || hasEnded())
        return;
    const QList<BatchHead> &heads = console().batches().heads();
    if (heads.isEmpty())
        importFile();
    else if (heads.constFirst().phase == BatchPhase::Draft)
        prepare(heads.constFirst().id);
    else
        run(heads.constFirst());
}

void BatchCampaign::importFile()
{
    mark(u"phase import"_s);
    console().batches().lookAt(TableFile::at(plan().batchFile), {}, this, [this](const TableOutcome<Batches::Looked> &outcome) {
        if (const auto *problem = std::get_if<TableProblem>(&outcome))
            end(NotSettled, wordOf(ImportFailure(*problem)));
        else
            importLooked(std::get<Batches::Looked>(outcome));
    });
}

void BatchCampaign::importLooked(const Batches::Looked &looked)
{
    BatchImport *const import = console().batches().import(TableFile::at(plan().batchFile), looked.sample.look, looked.hash,
                                                           session().profile(), plan().source);
    connect(import, &BatchImport::imported, this, &BatchCampaign::prepare);
    connect(import, &BatchImport::failed, this, [this](const ImportFailure &why) { end(NotSettled, wordOf(why)); });
}

void BatchCampaign::prepare(const BatchId &batch)
{
    mark(u"phase draft"_s);
    m_draft = console().batches().open(batch);
    connect(m_draft.get(), &BatchDraft::loadFailed, this,
            [this](const Failure &failure) { end(NotSettled, u"the draft cannot be read: "_s + failure.technical); });
    connect(m_draft.get(), &BatchDraft::checked, this, &BatchCampaign::prepareFurther);
}

void BatchCampaign::prepareFurther()
{
    if (hasEnded() || !m_draft || m_draft->isChecking())
        return;
    switch (m_step) {
    case Step::Matching:
        m_step = Step::Repairing;
        match();
        break;
    case Step::Repairing:
        m_step = Step::Rehearsing;
        repair();
        break;
    case Step::Rehearsing:
    case Step::Releasing:
        return;
    }
}

void BatchCampaign::match()
{
    BatchMapping mapping = m_draft->plan().mapping;
    for (ColumnTarget &target : mapping.targets) {
        if (target.kind == ColumnTarget::Kind::Undecided)
            target = ColumnTarget::ignored();
    }
    m_draft->setMapping(mapping);
    m_draft->setStage(BatchStage::Check);
    later(&BatchCampaign::prepareFurther); // where the mapping was right already no check comes
}

void BatchCampaign::repair()
{
    if (!m_draft->mappingProblems().isEmpty()) {
        end(NotSettled, u"the columns are not all matched"_s);
        return;
    }
    for (auto row = plan().repairs.cbegin(); row != plan().repairs.cend(); ++row) {
        const int column = m_draft->plan().mapping.columnOf(PersonField::Email);
        if (m_draft->row(row.key() - 1).text(column) != row.value())
            m_draft->repair(row.key() - 1, column, row.value());
    }
    m_draft->setStage(BatchStage::Rehearse);
    later(&BatchCampaign::rehearse);
}

void BatchCampaign::rehearse()
{
    m_draft->rehearse(this, [this](const DryRun &found) {
        mark(u"rehearsed %1 people, %2 calls"_s.arg(found.people).arg(found.calls));
        m_draft->setStage(BatchStage::Release);
        m_step = Step::Releasing;
        release();
    });
}

void BatchCampaign::release()
{
    mark(u"phase release"_s);
    m_draft->release(m_draft->counts().ready, u"Campaign"_s, this, [this](const Outcome<Done> &outcome) {
        if (outcome.ok()) {
            mark(u"released"_s);
            run(m_draft->head());
        } else if (outcome.failure().kind == FailureKind::InvalidInput && ++m_refusals < kMostRefusals) {
            later(&BatchCampaign::release);
        } else {
            end(NotSettled, u"not released: "_s + outcome.failure().technical);
        }
    });
}

void BatchCampaign::run(const BatchHead &head)
{
    mark(u"phase run"_s);
    m_run = session().batchRun(head);
    if (!m_run) {
        end(NotSettled, u"the batch is not one of this profile"_s);
        return;
    }
    connect(m_run, &BatchRun::progressChanged, this, &BatchCampaign::runMoved);
    connect(m_run, &BatchRun::ended, this, &BatchCampaign::runEnded);
    m_run->start();
}

void BatchCampaign::runMoved(const BatchProgress &progress)
{
    if (std::exchange(m_state, progress.state) != progress.state)
        mark(u"state "_s + wordOf(progress.state));
}

void BatchCampaign::runEnded(const BatchProgress &progress)
{
    const QString word = wordOf(progress.state);
    const bool finished = progress.state == BatchProgress::State::Finished;
    if (finished && m_retries < plan().retries && !m_run->retryable().isEmpty()) {
        ++m_retries;
        say(u"retried %1 people"_s.arg(m_run->retryable().size()), [this] { m_run->retry(m_run->retryable()); });
    } else if (!finished && m_presses < plan().presses) {
        ++m_presses;
        say(u"pressed after "_s + word, [this] { m_run->start(); });
    } else {
        end(finished ? Settled : AtRest, word);
    }
}

void BatchCampaign::say(const QString &what, std::function<void()> then)
{
    mark(what);
    Alarm *const alarm = m_clock.createAlarm().release();
    alarm->setParent(this);
    connect(alarm, &Alarm::rang, this, [this, alarm, then = std::move(then)] {
        alarm->deleteLater();
        if (!hasEnded())
            then();
    });
    alarm->start(kThinking);
}

void BatchCampaign::later(void (BatchCampaign::*what)())
{
    QMetaObject::invokeMethod(
        this,
        [this, what] {
            if (!hasEnded())
                (this->*what)();
        },
        Qt::QueuedConnection);
}

void BatchCampaign::tell(QTextStream &out) const
{
    if (!m_run)
        return;
    const BatchProgress &at = m_run->progress();
    out << "batch " << wordOf(at.state) << ": " << at.people << " people, " << at.delivered << " delivered, " << at.failed << " failed, "
        << at.doubtful << " doubtful, " << at.unusedOffers << " unused offers" << Qt::endl;
    for (const BatchRowProgress &row : m_run->rows()) {
        if (row.delivery != StageState::Done)
            out << "row " << row.row << ' ' << row.intent.text << ' ' << int(row.account) << int(row.offer) << int(row.delivery) << ' '
                << (row.failure ? failureName(*row.failure) : u"-"_s) << Qt::endl;
    }
}

} // namespace yoid
