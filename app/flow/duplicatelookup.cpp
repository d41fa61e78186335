// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/duplicatelookup.h"

#include "app/flow/seenstate.h"
#include "app/flow/stepfacts.h"

#include <utility>

using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr int kAskedAtMost = 3;
constexpr std::chrono::milliseconds kPatience = 3s; ///< Somebody waits in front of the form.

} // namespace

DuplicateLookup::DuplicateLookup(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, RecordBook &records,
                                 std::function<bool(const IntentId &)> isLive, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_journal(journal)
    , m_clock(clock)
    , m_profile(profile)
    , m_records(records)
    , m_isLive(std::move(isLive))
    , m_patience(clock.createAlarm())
{
    connect(m_patience.get(), &Alarm::rang, this, &DuplicateLookup::answer);
}

void DuplicateLookup::run(const IssueDraft &draft, std::function<void(const QList<WorkRecord> &)> then)
{
    m_draft = draft;
    m_then = std::move(then);
    if (m_records.isLoaded()) {
        QMetaObject::invokeMethod(this, &DuplicateLookup::look, Qt::QueuedConnection);
        return;
    }
    // However long that takes: an answer from half the records would be wrong.
    connect(&m_records, &RecordBook::loaded, this, &DuplicateLookup::look);
    m_records.load();
}

void DuplicateLookup::look()
{
    const QString origin = workOrigin(m_profile);
    const QList<RecordBook::Entry> entries
        = m_records.issuedBefore(origin, m_draft.credentialTemplate.id.text, personKeys(m_journal, origin, m_draft.person));
    for (const RecordBook::Entry &entry : entries) {
        if (entry->intent != m_draft.intent)
            m_found.append(*entry);
    }
    m_patience->start(kPatience);
    for (const WorkRecord &record : std::as_const(m_found)) {
        if (m_asked == kAskedAtMost)
            break;
        if (!isTracked(record))
            continue;
        ++m_asked;
        CallOptions options;
        options.context = &m_calls;
        options.intent = record.intent;
        m_api.getIssuance(options, record.issuanceId,
                          [this, intent = record.intent](const Outcome<Issuance> &outcome) { seen(intent, outcome); });
    }
    if (m_asked == 0)
        answer();
}

void DuplicateLookup::seen(const IntentId &intent, const Outcome<Issuance> &outcome)
{
    for (WorkRecord &record : m_found) {
        if (record.intent != intent || !outcome.ok())
            continue;
        m_journal.noteChecked({ intent }, m_clock.nowUtc());
        const std::optional<JournalState> state = stateSeen(record.state, *outcome);
        if (!state)
            continue;
        JournalStep step;
        step.intent = intent;
        step.state = *state;
        step.at = m_clock.nowUtc();
        step.profile = record.profile;
        step.environment = record.environment;
        step.origin = record.origin;
        step.facts = seenFacts(record, *outcome);
        // Whoever watches this offer may have written it just now; then this line is refused, and the answer is the same.
        if (!m_isLive(intent))
            m_journal.append(step, &m_journal, [](const Outcome<Done> &) {});
        apply(record, step, {});
    }
    if (--m_asked == 0)
        answer();
}

void DuplicateLookup::answer()
{
    if (!m_then)
        return;
    m_patience->stop();
    m_found.removeIf([](const WorkRecord &record) { return !countsAsIssued(record); });
    std::exchange(m_then, {})(m_found);
}

} // namespace yoid
