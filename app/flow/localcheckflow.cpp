// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/localcheckflow.h"

#include <algorithm>
#include <utility>

namespace yoid {

namespace {

/// Reliability 1.10: 4 MiB for a status list as it is sent, 1 MiB for anything else.
qint64 capOf(sdjwt::Wanted::Kind kind)
{
    switch (kind) {
    case sdjwt::Wanted::Kind::IssuerKeys:
        return 1024 * 1024;
    case sdjwt::Wanted::Kind::StatusList:
        return 4 * 1024 * 1024;
    }
    return 0;
}

} // namespace

LocalCheckFlow::LocalCheckFlow(PublicFetch &fetch, TrustCache &cache, Clock &clock, QByteArray credential, sdjwt::LocalPolicy policy,
                               QObject *parent)
    : QObject(parent)
    , m_fetch(fetch)
    , m_cache(cache)
    , m_clock(clock)
    , m_credential(std::move(credential))
    , m_policy(std::move(policy))
{
}

void LocalCheckFlow::start()
{
    if (std::exchange(m_started, true))
        return;
    m_cache.all(this, [this](const TrustCache::Documents &documents) {
        for (auto it = documents.cbegin(); it != documents.cend(); ++it)
            m_resources.insert(it.key(), { it->bytes, it->fetchedAt });
        check();
        rest();
    });
}

void LocalCheckFlow::fetch()
{
    if (!m_over)
        return;
    const QStringList shown = hosts();
    m_allowed += QSet<QString>(shown.begin(), shown.end());
    m_over = false;
    m_asked.clear();
    m_failures.clear();
    fetchNext();
}

void LocalCheckFlow::refresh()
{
    if (!m_over)
        return;
    m_resources.clear();
    m_fresh.clear();
    check();
    fetch();
}

QStringList LocalCheckFlow::hosts() const
{
    QStringList names;
    for (const sdjwt::Wanted &wanted : m_report.wanted)
        names += wanted.address.host(QUrl::FullyEncoded);
    // Where the status is is known before the issuer's key is, so both are asked about at once.
    if (!names.isEmpty() && !m_report.statusAddress.isEmpty() && !m_report.status)
        names += m_report.statusAddress.host(QUrl::FullyEncoded);
    names.removeDuplicates();
    names.sort();
    return names;
}

void LocalCheckFlow::check()
{
    m_report = sdjwt::checkLocally(m_credential, m_policy, m_resources, m_clock.nowUtc());
    Q_EMIT reportChanged(m_report);
}

void LocalCheckFlow::rest()
{
    m_over = true;
    Q_EMIT finished(m_report);
}

void LocalCheckFlow::fetchNext()
{
    const auto next = std::find_if(m_report.wanted.cbegin(), m_report.wanted.cend(), [this](const sdjwt::Wanted &wanted) {
        return !m_asked.contains(wanted.address) && m_allowed.contains(wanted.address.host(QUrl::FullyEncoded));
    });
    if (next == m_report.wanted.cend() || m_asked.size() >= kMostFetches) {
        rest();
        return;
    }
    const sdjwt::Wanted wanted = *next;
    m_asked.insert(wanted.address);
    m_fetch.fetch({ wanted.address, wanted.accept(), capOf(wanted.kind) }, this,
                  [this, wanted](const Outcome<QByteArray> &outcome) { fetched(wanted, outcome); });
}

void LocalCheckFlow::keepWhatHelped()
{
    const bool keysFit = m_report.line(sdjwt::CheckItem::Signature).answer == sdjwt::CheckAnswer::Yes;
    m_fresh.removeIf([&](const sdjwt::Wanted &wanted) {
        const bool helped = wanted.kind == sdjwt::Wanted::Kind::IssuerKeys ? keysFit : m_report.status.has_value();
        if (helped) {
            const sdjwt::Resource &resource = m_resources[wanted.address];
            m_cache.put(wanted.address, { resource.bytes, resource.fetchedAt });
        }
        return helped;
    });
}

void LocalCheckFlow::fetched(const sdjwt::Wanted &wanted, const Outcome<QByteArray> &outcome)
{
    if (outcome.ok()) {
        const QDateTime now = m_clock.nowUtc();
        m_resources.insert(wanted.address, { outcome.value(), now });
        m_fresh.append(wanted);
        check();
        keepWhatHelped();
    } else {
        m_failures.insert(wanted.address, outcome.failure());
    }
    fetchNext();
}

} // namespace yoid
