// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/crash/campaign.h"

#include <QtCore/QTextStream>
#include <QtCore/QTimer>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace yoid {

namespace {

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

Campaign::Campaign(const RunPlan &runPlan, Console &theConsole, Journal &journal, Clock &clock, QObject *parent)
    : CampaignOperator(runPlan, theConsole, journal, parent)
    , m_journal(journal)
    , m_clock(clock)
    , m_impatience(clock.createAlarm())
{
    for (const RunPlan::Row &row : plan().rows)
        m_rows[row.draft.intent].plan = &row;
    connect(&m_journal, &Journal::recordChanged, this, &Campaign::recordChanged);
}

void Campaign::sessionOpened()
{
    connect(&session(), &Session::issueProgressChanged, this, &Campaign::issueChanged);
    connect(&session(), &Session::verifyProgressChanged, this, &Campaign::verifyChanged);
    connect(&session(), &Session::revokeProgressChanged, this, &Campaign::revokeChanged);
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
                if (!isOpen(record) || !record.deliver || !plan().awaitEnd)
                    settle(*row, journalStateKey(record.state));
            }
        }
        if (!last)
            return;
        m_knows = true;
        begin();
    });
}

void Campaign::sessionRecovered(const RecoveryReport &report)
{
    m_report = report;
    m_isRecovered = true;
    begin();
}

void Campaign::begin()
{
    if (!m_isRecovered || !m_knows || hasEnded())
        return;
    for (const IntentId &intent : m_report.unfinished + m_report.delivery) {
        if (const auto row = m_rows.find(intent); row != m_rows.end())
            row->atWork = true;
    }
    if (m_report.needsOperator())
        session().goOnWithAll();
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
    if (row == m_rows.end() || hasEnded() || row->settled || isOpen(record))
        return;
    settle(*row, journalStateKey(record.state));
}

void Campaign::fill()
{
    if (hasEnded() || !m_isRecovered || !m_knows)
        return;
    auto atWork = std::count_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.atWork && !row.settled; });
    for (const RunPlan::Row &planned : plan().rows) {
        if (atWork >= plan().width)
            return;
        Row &row = m_rows[planned.draft.intent];
        if (row.atWork || row.settled || row.known)
            continue;
        row.atWork = true;
        ++atWork;
        session().startIssue(planned.draft);
    }
    for (; m_startedChecks < plan().checks; ++m_startedChecks) {
        VerifyFlow *const flow = session().startVerify(plan().check);
        m_checks.insert(flow->progress().intent);
        m_openChecks.insert(flow->progress().intent);
    }
}

void Campaign::issueChanged(const IssueProgress &progress)
{
    const auto found = m_rows.find(progress.intent);
    if (found == m_rows.end() || hasEnded())
        return;
    Row &row = *found;
    row.atWork = true;
    row.moved = true;
    if (row.settled)
        return;
    const bool handedOver = progress.delivery == StageState::Done || progress.delivery == StageState::Skipped;
    if (progress.ended)
        settle(row, u"ended"_s);
    else if (handedOver && (!plan().awaitEnd || progress.delivery == StageState::Skipped))
        settle(row, u"delivered"_s);
    else if (waits(progress.account) || waits(progress.offer) || waits(progress.delivery)) {
        if (row.tries < plan().tries)
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
            if (!hasEnded())
                session().revoke(intent, RevokeReason::IssuedInError, u"zq7campaign note"_s);
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
        if (hasEnded())
            return;
        session().takeUp(intent, this, [this, intent](const Outcome<IssueFlow *> &flow) {
            if (hasEnded())
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
        || (progress.phase == VerifyProgress::Phase::OnScreen && !plan().awaitEnd))
        m_openChecks.remove(progress.intent);
    endIfSettled();
}

void Campaign::revokeChanged(const RevokeProgress &progress)
{
    const auto found = m_rows.find(progress.intent);
    if (found == m_rows.end() || !progress.ended || hasEnded())
        return;
    found->revoking = false;
    found->word = u"revoke %1"_s.arg(int(progress.phase));
    endIfSettled();
}

void Campaign::endIfSettled()
{
    if (hasEnded() || !m_isRecovered || !m_knows || m_startedChecks < plan().checks || !m_openChecks.isEmpty())
        return;
    const bool all = std::all_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.settled && !row.revoking; });
    if (all)
        end(Settled, u"settled"_s);
}

void Campaign::tell(QTextStream &out) const
{
    for (const RunPlan::Row &planned : plan().rows) {
        const Row row = m_rows.value(planned.draft.intent);
        const QString how = row.settled ? row.word : row.atWork ? u"at work"_s : row.known ? u"known"_s : u"not begun"_s;
        out << "row " << planned.draft.intent.text << ' ' << how << Qt::endl;
    }
}

} // namespace yoid
