// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/readyrequests.h"

#include "app/domain/workrecord.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace yoid {

namespace {

/// For so long after its last use a check has two ready: there may be a queue of people.
constexpr std::chrono::milliseconds kLately = 30min;
/// A request that ends sooner than this is not shown to anybody any more.
constexpr std::chrono::milliseconds kLeast = 15min;
constexpr std::chrono::milliseconds kFirstRetry = 30s;
constexpr std::chrono::milliseconds kLastRetry = 30min;
/// Alarms are set no further ahead than this, so that a computer that slept is late by no more.
constexpr std::chrono::milliseconds kLongestAlarm = 1h;

} // namespace

ReadyRequests::ReadyRequests(Journal &journal, Clock &clock, const Profile &profile, Makers makers, std::function<QDateTime()> serverNow,
                             QObject *parent)
    : QObject(parent)
    , m_journal(journal)
    , m_clock(clock)
    , m_profile(profile)
    , m_makers(std::move(makers))
    , m_serverNow(std::move(serverNow))
    , m_alarm(clock.createAlarm())
{
    connect(m_alarm.get(), &Alarm::rang, this, &ReadyRequests::fill);
}

ReadyRequests::~ReadyRequests()
{
    stop();
}

void ReadyRequests::start()
{
    if (m_calls)
        return;
    m_calls = std::make_unique<QObject>();
    m_journal.readOpen(workOrigin(m_profile), m_calls.get(), [this](const Outcome<QList<WorkRecord>> &open) {
        adopt(open.ok() ? *open : QList<WorkRecord> {});
    });
}

void ReadyRequests::stop()
{
    m_alarm->stop();
    m_calls.reset();
    for (Kept &kept : m_kept) {
        kept.flow->drop();
        kept.flow->setParent(this); // we may be inside one of its signals
        kept.flow.release()->deleteLater();
    }
    m_kept.clear();
}

void ReadyRequests::setChecks(const QList<PresentationTemplate> &checks)
{
    m_checks = checks.mid(0, kMostChecks);
    fill();
}

void ReadyRequests::setHidden(bool hidden)
{
    m_hidden = hidden;
    fill();
}

void ReadyRequests::lookAgain()
{
    m_notBeforeMs = 0;
    fill();
}

std::unique_ptr<VerifyFlow> ReadyRequests::take(const PresentationTemplate &asked)
{
    m_usedMs.insert(asked.id, m_clock.continuousMs());
    std::unique_ptr<VerifyFlow> taken;
    const auto best = [&](VerifyProgress::Phase phase) {
        const auto at = std::find_if(m_kept.begin(), m_kept.end(), [&](const Kept &kept) {
            return kept.check == asked.id && kept.flow->progress().phase == phase && !isStale(*kept.flow);
        });
        if (at == m_kept.end())
            return false;
        taken = std::move(at->flow);
        m_kept.erase(at);
        return true;
    };
    if (!best(VerifyProgress::Phase::Ready))
        best(VerifyProgress::Phase::MakingRequest);
    if (taken)
        taken->disconnect(this);
    if (m_calls) // after whoever takes it has shown it
        QMetaObject::invokeMethod(m_calls.get(), [this] { fill(); }, Qt::QueuedConnection);
    return taken;
}

ReadyRequests::State ReadyRequests::stateOf(const PresentationTemplateId &check) const
{
    State state = State::None;
    for (const Kept &kept : m_kept) {
        if (kept.check != check || isStale(*kept.flow))
            continue;
        if (kept.flow->progress().phase == VerifyProgress::Phase::Ready)
            return State::Ready;
        state = State::Getting;
    }
    return state;
}

bool ReadyRequests::has(const IntentId &intent) const
{
    return std::any_of(m_kept.begin(), m_kept.end(), [&](const Kept &kept) { return kept.flow->progress().intent == intent; });
}

void ReadyRequests::adopt(const QList<WorkRecord> &open)
{
    for (const WorkRecord &record : open) {
        if (record.work != WorkKind::Verify || !record.ahead || record.profile != m_profile.id || isIntent(record.state))
            continue;
        const bool usable = record.state == JournalState::Requested && !record.presentationId.isEmpty();
        if (!usable) {
            close(record);
            continue;
        }
        ++m_reading;
        m_journal.readDetails(record.intent, m_calls.get(), [this, record](const Outcome<WorkDetails> &details) {
            --m_reading;
            std::unique_ptr<VerifyFlow> flow = details.ok() && details->record.ahead ? m_makers.resume(*details) : nullptr;
            const bool shows = flow && !flow->progress().presentation.authorizationRequestQrUri.isEmpty();
            if (shows)
                keep(PresentationTemplateId { record.templateId }, std::move(flow));
            else if (details.ok())
                close(record);
            if (m_reading == 0)
                fill();
        });
    }
    m_adopted = true;
    if (m_reading == 0)
        fill();
}

void ReadyRequests::close(const WorkRecord &record)
{
    JournalStep step;
    step.intent = record.intent;
    step.work = WorkKind::Verify;
    step.state = JournalState::Dropped;
    step.attempt = record.attempt;
    step.at = m_clock.nowUtc();
    step.profile = record.profile;
    step.environment = record.environment;
    step.origin = record.origin;
    m_journal.append(step, m_calls.get(), [](const Outcome<Done> &) {}); // else at the next start
}

void ReadyRequests::keep(const PresentationTemplateId &check, std::unique_ptr<VerifyFlow> flow)
{
    VerifyFlow *const kept = flow.get();
    m_kept.push_back({ check, std::move(flow) });
    connect(kept, &VerifyFlow::progressChanged, this, [this, kept](const VerifyProgress &progress) { heard(kept, progress); });
    connect(kept, &VerifyFlow::finished, this, [this, kept] { letGo(kept); });
}

void ReadyRequests::heard(VerifyFlow *flow, const VerifyProgress &progress)
{
    if (progress.phase == VerifyProgress::Phase::Ready) {
        m_failures = 0;
        Q_EMIT changed();
        fill();
    } else if (progress.phase == VerifyProgress::Phase::Failed) {
        const auto wait = std::min(kFirstRetry * (1 << std::min(m_failures, 6)), kLastRetry);
        ++m_failures;
        m_notBeforeMs = m_clock.continuousMs() + wait.count();
        if (progress.failure && progress.failure->retryAfter)
            m_notBeforeMs = std::max(m_notBeforeMs, m_clock.continuousMs() + std::chrono::milliseconds(*progress.failure->retryAfter).count());
        // Not from inside its own signal.
        QMetaObject::invokeMethod(flow, [flow] { flow->discard(); }, Qt::QueuedConnection);
        Q_EMIT changed();
    }
}

void ReadyRequests::letGo(VerifyFlow *flow)
{
    const auto at = std::find_if(m_kept.begin(), m_kept.end(), [flow](const Kept &kept) { return kept.flow.get() == flow; });
    if (at == m_kept.end())
        return;
    flow->setParent(this);
    at->flow.release()->deleteLater();
    m_kept.erase(at);
    Q_EMIT changed();
    fill();
}

void ReadyRequests::fill()
{
    if (!m_calls || !m_adopted || m_reading > 0)
        return;
    QList<VerifyFlow *> stale;
    bool making = false;
    for (const Kept &kept : m_kept) {
        const bool rests = kept.flow->progress().phase == VerifyProgress::Phase::Ready;
        if (rests && (isStale(*kept.flow) || !isWanted(kept.check)))
            stale.append(kept.flow.get());
        making = making || !rests;
    }
    for (VerifyFlow *const flow : std::as_const(stale))
        flow->discard();
    const bool mayMake = !making && !m_hidden && m_journal.status().takesLines() && m_clock.continuousMs() >= m_notBeforeMs;
    if (const PresentationTemplate *const missing = mayMake ? nextMissing() : nullptr) {
        std::unique_ptr<VerifyFlow> flow = m_makers.make(*missing);
        VerifyFlow *const made = flow.get();
        keep(missing->id, std::move(flow));
        made->prepare();
        Q_EMIT changed();
    }
    arm();
}

bool ReadyRequests::isStale(const VerifyFlow &flow) const
{
    const QDateTime madeAt = flow.madeAt();
    if (!madeAt.isValid())
        return false;
    const std::chrono::milliseconds age(madeAt.msecsTo(m_clock.nowUtc()));
    const QDateTime expiry = flow.progress().presentation.expiresAt;
    const bool ends = expiry.isValid() && m_serverNow().msecsTo(expiry) < kLeast.count();
    return age >= kLifetime || age < -kLongestAlarm || ends; // from the future: the clock was wrong, so its age is not known
}

bool ReadyRequests::isWanted(const PresentationTemplateId &check) const
{
    return m_checks.isEmpty() // not known yet
        || std::any_of(m_checks.begin(), m_checks.end(), [&](const PresentationTemplate &each) { return each.id == check; });
}

const PresentationTemplate *ReadyRequests::nextMissing() const
{
    const auto countOf = [this](const PresentationTemplateId &check) {
        return std::count_if(m_kept.begin(), m_kept.end(),
                             [&](const Kept &kept) { return kept.check == check && !isStale(*kept.flow); });
    };
    // Every check has its first before any has its second; the one used last comes before the others.
    const PresentationTemplate *best = nullptr;
    qint64 bestUsed = -1;
    int bestCount = 2;
    for (const PresentationTemplate &check : m_checks) {
        const qint64 used = m_usedMs.value(check.id, -1);
        const bool lately = used >= 0 && m_clock.continuousMs() - used < kLately.count();
        const int count = static_cast<int>(countOf(check.id));
        if (count >= (lately ? 2 : 1))
            continue;
        if (count < bestCount || (count == bestCount && used > bestUsed)) {
            best = &check;
            bestUsed = used;
            bestCount = count;
        }
    }
    return best;
}

void ReadyRequests::arm()
{
    std::chrono::milliseconds wait = kLongestAlarm;
    bool needed = false;
    for (const Kept &kept : m_kept) {
        if (!kept.flow->madeAt().isValid())
            continue;
        needed = true;
        const std::chrono::milliseconds left = kLifetime - std::chrono::milliseconds(kept.flow->madeAt().msecsTo(m_clock.nowUtc()));
        wait = std::min(wait, std::max(left, std::chrono::milliseconds(1s)));
    }
    const std::chrono::milliseconds pause(m_notBeforeMs - m_clock.continuousMs());
    if (pause > 0ms && nextMissing()) {
        needed = true;
        wait = std::min(wait, pause);
    }
    if (needed)
        m_alarm->start(wait);
    else
        m_alarm->stop();
}

} // namespace yoid
