// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/crash/campaignoperator.h"

#include <QtCore/QTextStream>
#include <QtCore/QTimer>

#include <cstdio>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// How long a runner whose journal has stopped goes on listening, so that a request sent in spite of it would be seen.
constexpr std::chrono::milliseconds kListenAfterStop = 400ms;

} // namespace

CampaignOperator::CampaignOperator(const RunPlan &plan, Console &console, Journal &journal, QObject *parent)
    : QObject(parent)
    , m_plan(plan)
    , m_console(console)
    , m_journal(journal)
{
    m_sinceStart.start();
    connect(&m_journal, &Journal::statusChanged, this, &CampaignOperator::lookAtJournal);
    connect(&m_console, &Console::openFailed, this, [this](const Failure &failure) {
        end(NoProfile, u"the profile was not opened: "_s + failure.technical);
    });
    QTimer::singleShot(m_plan.giveUpMs, this, [this] { end(NotSettled, u"not settled in time"_s); });
}

void CampaignOperator::start()
{
    QTimer::singleShot(0, this, &CampaignOperator::lookAtJournal);
}

void CampaignOperator::lookAtJournal()
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

void CampaignOperator::openProfile()
{
    m_console.openProfile(m_plan.profile.id);
    m_session = m_console.session();
    if (!m_session) {
        end(NoProfile, u"no session"_s);
        return;
    }
    connect(m_session, &Session::recovered, this, &CampaignOperator::recovered);
    sessionOpened();
}

void CampaignOperator::recovered(const RecoveryReport &report)
{
    if (std::exchange(m_isRecovered, true))
        return;
    QTextStream(stdout) << "recovered in " << m_sinceStart.elapsed() << " ms: " << report.unfinished.size() << " unfinished, "
                        << report.delivery.size() << " to deliver, " << report.tracked << " tracked, " << report.requests
                        << " requests" << Qt::endl;
    if (m_recoverOnly)
        end(Settled, u"recovered"_s);
    else
        sessionRecovered(report);
}

void CampaignOperator::end(int code, const QString &word)
{
    if (std::exchange(m_ended, true))
        return;
    QTextStream out(stdout);
    if (code == Settled && !m_journal.status().takesLines())
        code = JournalStopped; // what could not be written down is not settled
    if (!m_recoverOnly)
        tell(out);
    out << "end " << code << ' ' << word << Qt::endl;
    // Not at once: what is under way in this turn of the loop ends as it would in the program.
    QTimer::singleShot(0, this, [this, code] { Q_EMIT ended(code); });
}

} // namespace yoid
