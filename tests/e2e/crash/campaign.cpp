// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/crash/campaign.h"

#include <QtCore/QTextStream>
#include <QtCore/QTimer>

#include <algorithm>
#include <cstdio>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// How long a runner whose journal has stopped goes on listening, so that a request sent in spite of it would be seen.
constexpr std::chrono::milliseconds kListenAfterStop = 400ms;
/// The operator thinks before going on with a row.
constexpr std::chrono::milliseconds kThinking = 1s;
/// And this long before looking after a row that does not move: going on with all ends when the service says "not now".
constexpr std::chrono::milliseconds kPatience = 40s;

/// An offer is with the youth, or was.
bool isHandedOver(JournalState state)
{
    using enum JournalState;
    return state == Delivered || state == RevokeIntent || state == RevokeAccepted || state == RevokeRefused || state == RevokeUnknown;
}

bool waits(StageState state)
{
    return state == StageState::Failed || state == StageState::InDoubt;
}

} // namespace

Campaign::Campaign(const RunPlan &plan, Console &console, Journal &journal, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_plan(plan)
    , m_console(console)
    , m_journal(journal)
    , m_clock(clock)
    , m_impatience(clock.createAlarm())
{
    for (const RunPlan::Row &row : m_plan.rows)
        m_rows[row.draft.intent].plan = &row;
    m_sinceStart.start();
    connect(&m_journal, &Journal::statusChanged, this, &Campaign::lookAtJournal);
    connect(&m_journal, &Journal::recordChanged, this, &Campaign::recordChanged);
    connect(&m_console, &Console::openFailed, this, [this](const Failure &failure) {
        end(NoProfile, u"the profile was not opened: "_s + failure.technical);
    });
    QTimer::singleShot(m_plan.giveUpMs, this, [this] { end(NotSettled, u"not settled in time"_s); });
}

void Campaign::start()
{
    QTimer::singleShot(0, this, &Campaign::lookAtJournal);
}

void Campaign::lookAtJournal()
{
    const JournalStatus status = m_journal.status();
    switch (status.state) {
    case JournalStatus::State::Opening:
        return;
    case JournalStatus::State::Ready:
        if (!std::exchange(m_opened, true))
            openProfile();
        return;
    case JournalStatus::State::ReadOnly:
    case JournalStatus::State::Closed: {
        const QString word = u"the journal takes no lines: %1 (%2)"_s.arg(int(status.reason)).arg(status.technical);
        QTimer::singleShot(m_opened ? kListenAfterStop : 0ms, this, [this, word] { end(JournalStopped, word); });
        return;
    }
    }
}

void Campaign::openProfile()
{
    m_console.openProfile(m_plan.profile.id);
    m_session = m_console.session();
    if (!m_session) {
        end(NoProfile, u"no session"_s);
        return;
    }
    connect(m_session, &Session::issueProgressChanged, this, &Campaign::issueChanged);
    connect(m_session, &Session::verifyProgressChanged, this, &Campaign::verifyChanged);
    connect(m_session, &Session::revokeProgressChanged, this, &Campaign::revokeChanged);
    connect(m_session, &Session::recovered, this, &Campaign::recovered);
    readKnown();
}

void Campaign::readKnown()
{
    m_journal.readRecords(this, [this](const QList<WorkRecord> &page, bool last) {
        for (const WorkRecord &record : page) {
            if (record.work == WorkKind::Verify) {
                ++m_startedChecks;
                continue;
            }
            const auto row = m_rows.find(record.intent);
            if (row == m_rows.end())
                continue;
            row->known = true;
            if (!isOpen(record) || isHandedOver(record.state) || (record.state == JournalState::Offered && !record.deliver)) {
                row->atWork = true;
                if (!isOpen(record) || !record.deliver || !m_plan.awaitEnd)
                    settle(*row, journalStateKey(record.state));
            }
        }
        if (!last)
            return;
        m_knows = true;
        begin();
    });
}

void Campaign::recovered(const RecoveryReport &report)
{
    if (std::exchange(m_isRecovered, true))
        return;
    m_report = report;
    QTextStream(stdout) << "recovered in " << m_sinceStart.elapsed() << " ms: " << report.unfinished.size() << " unfinished, "
                        << report.delivery.size() << " to deliver, " << report.tracked << " tracked, " << report.requests
                        << " requests" << Qt::endl;
    if (m_recoverOnly) {
        end(Settled, u"recovered"_s);
        return;
    }
    begin();
}

void Campaign::begin()
{
    if (!m_isRecovered || !m_knows || m_ended)
        return;
    for (const IntentId &intent : m_report.unfinished + m_report.delivery) {
        if (const auto row = m_rows.find(intent); row != m_rows.end())
            row->atWork = true;
    }
    if (m_report.needsOperator())
        m_session->goOnWithAll();
    connect(m_impatience.get(), &Alarm::rang, this, &Campaign::lookForIdleRows);
    m_impatience->start(kPatience);
    fill();
    endIfSettled();
}

void Campaign::lookForIdleRows()
{
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row) {
        if (row->atWork && !row->settled && !std::exchange(row->moved, false))
            goOnLater(row.key());
    }
    m_impatience->start(kPatience);
}

void Campaign::recordChanged(const WorkRecord &record)
{
    const auto row = m_rows.find(record.intent);
    if (row == m_rows.end() || m_ended || row->settled || isOpen(record))
        return;
    settle(*row, journalStateKey(record.state));
}

void Campaign::fill()
{
    if (m_ended || !m_isRecovered || !m_knows)
        return;
    auto atWork = std::count_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.atWork && !row.settled; });
    for (const RunPlan::Row &planned : m_plan.rows) {
        if (atWork >= m_plan.width)
            return;
        Row &row = m_rows[planned.draft.intent];
        if (row.atWork || row.settled || row.known)
            continue;
        row.atWork = true;
        ++atWork;
        m_session->startIssue(planned.draft);
    }
    for (; m_startedChecks < m_plan.checks; ++m_startedChecks) {
        VerifyFlow *const flow = m_session->startVerify(m_plan.check);
        m_checks.insert(flow->progress().intent);
        m_openChecks.insert(flow->progress().intent);
    }
}

void Campaign::issueChanged(const IssueProgress &progress)
{
    const auto found = m_rows.find(progress.intent);
    if (found == m_rows.end() || m_ended)
        return;
    Row &row = *found;
    row.atWork = true;
    row.moved = true;
    if (row.settled)
        return;
    const bool handedOver = progress.delivery == StageState::Done || progress.delivery == StageState::Skipped;
    if (progress.ended)
        settle(row, u"ended"_s);
    else if (handedOver && (!m_plan.awaitEnd || progress.delivery == StageState::Skipped))
        settle(row, u"delivered"_s);
    else if (waits(progress.account) || waits(progress.offer) || waits(progress.delivery)) {
        if (row.tries < m_plan.tries)
            goOnLater(progress.intent);
        else
            settle(row, u"reason"_s);
    }
    endIfSettled();
}

void Campaign::settle(Row &row, const QString &word)
{
    row.settled = true;
    row.word = word;
    const bool handedOut = word != u"reason"_s && word != u"dropped"_s && word != u"revoked"_s;
    if (row.plan->revoke && handedOut && !row.revoking) {
        row.revoking = true;
        QTimer::singleShot(0, this, [this, intent = row.plan->draft.intent] {
            if (!m_ended)
                m_session->revoke(intent, RevokeReason::IssuedInError, u"zq7campaign note"_s);
        });
    }
    QTimer::singleShot(0, this, [this] {
        fill();
        endIfSettled();
    });
}

void Campaign::goOnLater(const IntentId &intent)
{
    Row &row = m_rows[intent];
    ++row.tries;
    // By the clock of the run; the alarm is its own context and goes with us.
    Alarm *const alarm = m_clock.createAlarm().release();
    alarm->setParent(this);
    connect(alarm, &Alarm::rang, this, [this, alarm, intent] {
        alarm->deleteLater();
        if (m_ended)
            return;
        m_session->takeUp(intent, this, [this, intent](const Outcome<IssueFlow *> &flow) {
            if (m_ended)
                return;
            if (!flow.ok()) {
                settle(m_rows[intent], u"not taken up: "_s + flow.failure().technical);
                return;
            }
            (*flow)->goOn();
        });
    });
    alarm->start(kThinking);
}

void Campaign::verifyChanged(const VerifyProgress &progress)
{
    if (progress.phase == VerifyProgress::Phase::Ended || progress.phase == VerifyProgress::Phase::Failed
        || (progress.phase == VerifyProgress::Phase::OnScreen && !m_plan.awaitEnd))
        m_openChecks.remove(progress.intent);
    endIfSettled();
}

void Campaign::revokeChanged(const RevokeProgress &progress)
{
    const auto found = m_rows.find(progress.intent);
    if (found == m_rows.end() || !progress.ended || m_ended)
        return;
    found->revoking = false;
    found->word = u"revoke %1"_s.arg(int(progress.phase));
    endIfSettled();
}

void Campaign::endIfSettled()
{
    if (m_ended || !m_isRecovered || !m_knows || m_recoverOnly || m_startedChecks < m_plan.checks || !m_openChecks.isEmpty())
        return;
    const bool all = std::all_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.settled && !row.revoking; });
    if (all)
        end(Settled, u"settled"_s);
}

void Campaign::end(int code, const QString &word)
{
    if (std::exchange(m_ended, true))
        return;
    QTextStream out(stdout);
    if (code == Settled && !m_journal.status().takesLines())
        code = JournalStopped; // what could not be written down is not settled
    for (const RunPlan::Row &planned : m_plan.rows) {
        const Row &row = m_rows[planned.draft.intent];
        const QString how = row.settled ? row.word : row.atWork ? u"at work"_s : row.known ? u"known"_s : u"not begun"_s;
        if (!m_recoverOnly)
            out << "row " << planned.draft.intent.text << ' ' << how << Qt::endl;
    }
    out << "end " << code << ' ' << word << Qt::endl;
    // Not at once: what is under way in this turn of the loop ends as it would in the program.
    QTimer::singleShot(0, this, [this, code] { Q_EMIT ended(code); });
}

} // namespace yoid
