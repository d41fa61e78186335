// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/crash/filler.h"

#include <QtCore/QJsonArray>
#include <QtCore/QTimer>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// How many lines wait for the disk at a time.
constexpr int kWindow = 500;

QList<JournalState> storyOf(int row, int rows)
{
    using enum JournalState;
    QList<JournalState> story { Prepared, AccountIntent, AccountReady, Sent };
    if (row >= rows - 3)
        return story; // its answer is lost
    if (row % 100 == 7)
        return story + QList { Refused };
    story += { Offered, DeliveryIntent, Delivered };
    if (row % 10 != 3)
        story.append(Accepted);
    return story;
}

} // namespace

Filler::Filler(const RunPlan &plan, Journal &journal, Clock &clock, int rows, QObject *parent)
    : QObject(parent)
    , m_plan(plan)
    , m_journal(journal)
    , m_clock(clock)
    , m_rows(rows)
{
}

void Filler::start()
{
    const auto begin = [this] {
        if (m_journal.status().takesLines() && m_row == 0)
            fillRow();
    };
    connect(&m_journal, &Journal::statusChanged, this, begin);
    QTimer::singleShot(0, this, begin);
}

void Filler::fillRow()
{
    while (m_row < m_rows && m_waiting < kWindow) {
        IssueDraft draft = m_plan.rows.constFirst().draft;
        draft.intent = IntentId::create();
        draft.person.email = u"person%1@example.org"_s.arg(m_row);
        draft.person.lastName = u"Number %1"_s.arg(m_row);
        const QList<JournalState> story = storyOf(m_row, m_rows);
        for (const JournalState state : story)
            append(draft, state);
        ++m_row;
    }
}

void Filler::append(const IssueDraft &draft, JournalState state)
{
    JournalStep step;
    step.intent = draft.intent;
    step.state = state;
    step.at = m_clock.nowUtc();
    step.profile = m_plan.profile.id;
    step.environment = m_plan.profile.environment;
    step.origin = workOrigin(m_plan.profile);
    if (state == JournalState::Prepared) {
        step.facts = { { fact::templateId, draft.credentialTemplate.id.text },
                       { fact::templateName, draft.credentialTemplate.name },
                       { fact::persons, QJsonArray { m_journal.fingerprint(draft.person.email.toUtf8()) } },
                       { fact::deliver, true } };
        step.sealed = { { fact::person, toJson(draft.person) }, { fact::draft, toJson(draft) } };
    } else if (state == JournalState::Offered) {
        step.facts = { { fact::issuanceId, u"iss-%1"_s.arg(draft.intent.text) }, { fact::credentialId, u"cred-%1"_s.arg(draft.intent.text) } };
        step.sealed = { { fact::offerUri, u"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fexample.org%2F%1"_s.arg(draft.intent.text) } };
    }
    ++m_waiting;
    m_journal.append(step, this, [this](const Outcome<Done> &outcome) {
        --m_waiting;
        if (!outcome.ok())
            m_failed = true;
        if (m_row < m_rows && !m_failed)
            fillRow();
        else if (m_waiting == 0)
            Q_EMIT ended(!m_failed);
    });
}

} // namespace yoid
