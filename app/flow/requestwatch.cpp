// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/requestwatch.h"

#include "app/domain/presentationjson.h"
#include "app/flow/stepfacts.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kEvery = 60s;
/// Several are looked at one after the other, so that each has its turn about once a minute, up to this many.
constexpr qsizetype kAMinute = 6;
constexpr int kHiddenFactor = 4;

bool isLeft(const WorkRecord &record)
{
    return (record.state == JournalState::Requested && !record.ahead) || record.state == JournalState::Parked;
}

} // namespace

RequestWatch::RequestWatch(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile,
                           std::function<bool(const IntentId &)> busy, std::function<std::optional<qint64>()> skewMs, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_journal(journal)
    , m_clock(clock)
    , m_profile(profile)
    , m_busy(std::move(busy))
    , m_skewMs(std::move(skewMs))
    , m_alarm(clock.createAlarm())
{
    connect(m_alarm.get(), &Alarm::rang, this, &RequestWatch::look);
}

void RequestWatch::start()
{
    if (m_calls)
        return;
    m_calls = std::make_unique<QObject>();
    connect(&m_journal, &Journal::recordChanged, m_calls.get(), [this](const WorkRecord &record) { take(record); });
    m_journal.readOpen(workOrigin(m_profile), m_calls.get(), [this](const Outcome<QList<WorkRecord>> &open) {
        if (!open.ok())
            return;
        for (const WorkRecord &record : *open)
            take(record);
    });
}

void RequestWatch::stop()
{
    m_calls.reset();
    m_alarm->stop();
}

void RequestWatch::setHidden(bool hidden)
{
    m_hidden = hidden; // counts from the next wait on
}

void RequestWatch::checkNow(const IntentId &intent)
{
    if (!m_calls || m_looking || !m_open.removeOne(intent))
        return;
    m_open.prepend(intent);
    m_alarm->start(0ms);
}

void RequestWatch::take(const WorkRecord &record)
{
    if (record.work != WorkKind::Verify || record.profile != m_profile.id || record.origin != workOrigin(m_profile))
        return;
    if (!isLeft(record)) {
        m_open.removeOne(record.intent);
    } else if (!m_open.contains(record.intent)) {
        m_open.append(record.intent);
        arm();
    }
}

void RequestWatch::arm()
{
    if (m_calls && !m_looking && !m_alarm->isActive() && !m_open.isEmpty())
        m_alarm->start(kEvery / std::min(m_open.size(), kAMinute) * (m_hidden ? kHiddenFactor : 1));
}

void RequestWatch::look()
{
    if (!m_calls || m_open.isEmpty())
        return;
    m_open.append(m_open.takeFirst());
    const IntentId intent = m_open.last();
    if (m_busy(intent) || !m_journal.status().takesLines()) { // what could not be written down is better not read (U4)
        arm();
        return;
    }
    m_looking = true;
    m_journal.readDetails(intent, m_calls.get(), [this](const Outcome<WorkDetails> &details) {
        if (details.ok() && isLeft(details->record))
            ask(*details);
        else
            looked();
    });
}

void RequestWatch::ask(const WorkDetails &details)
{
    const auto asked = presentationTemplateFromJson(details.sealed.value(fact::draft).toObject());
    if (!asked) { // the question was removed: no answer to it could be judged
        m_open.removeOne(details.record.intent);
        looked();
        return;
    }
    CallOptions options;
    options.context = m_calls.get();
    options.intent = details.record.intent;
    m_api.getPresentation(options, details.record.presentationId, [this, details, asked = *asked](const Outcome<Presentation> &outcome) {
        seen(details, asked, outcome);
    });
}

void RequestWatch::seen(const WorkDetails &details, const PresentationTemplate &asked, const Outcome<Presentation> &outcome)
{
    const WorkRecord &record = details.record;
    const QDateTime serverNow = m_clock.nowUtc().addMSecs(-m_skewMs().value_or(0));
    const bool gone = !outcome.ok() && outcome.failure().kind == FailureKind::NotFound;
    const bool foreign = outcome.ok() && !outcome->templateId.isEmpty() && outcome->templateId != asked.id;
    if (foreign || (!outcome.ok() && !gone)) {
        looked();
        return;
    }
    Presentation presentation = outcome.ok() ? *outcome : Presentation {};
    presentation.id = record.presentationId;
    const bool overdue = record.expiresAt.isValid() && record.expiresAt < serverNow;
    if (gone || (overdue && presentation.status == PresentationStatus::Waiting))
        presentation.status = PresentationStatus::Expired;
    const Verdict verdict = judge(asked, presentation, serverNow);
    if (!verdict.final && presentation.status != PresentationStatus::Answered) {
        m_journal.noteChecked({ record.intent }, m_clock.nowUtc());
        looked();
        return;
    }
    const StepContent content = answerContent(presentation, verdict);
    JournalStep step;
    step.intent = record.intent;
    step.work = WorkKind::Verify;
    step.state = requestEnd(presentation.status);
    step.at = m_clock.nowUtc();
    step.profile = record.profile;
    step.environment = record.environment;
    step.origin = record.origin;
    step.facts = content.facts;
    step.sealed = content.sealed;
    m_journal.append(step, m_calls.get(), [this, intent = record.intent](const Outcome<Done> &written) {
        looked();
        if (written.ok())
            Q_EMIT ended(intent);
    });
}

void RequestWatch::looked()
{
    m_looking = false;
    arm();
}

} // namespace yoid
