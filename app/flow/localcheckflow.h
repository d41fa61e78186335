// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/net/publicfetch.h"
#include "app/sdjwt/localcheck.h"
#include "app/store/trustcache.h"

#include <QtCore/QObject>
#include <QtCore/QSet>

#include <memory>

namespace yoid {

/// Checks one credential on this computer (reliability 1.10): with what the trust cache holds, and, once the operator has said so, with
/// what is fetched for it. Each thing that was fetched brings a better report; nothing that could not be fetched makes it greener. For
/// one credential.
class LocalCheckFlow final : public QObject {
    Q_OBJECT

public:
    /// Fetches at most so many documents for one credential: what a stranger wrote says how many there are.
    static constexpr int kMostFetches = 6;

    LocalCheckFlow(PublicFetch &fetch, TrustCache &cache, Clock &clock, QByteArray credential, sdjwt::LocalPolicy policy,
                   QObject *parent = nullptr);

    /// Checks with what is in the cache. Fetches nothing.
    void start();
    /// The operator has seen hosts() and wants them asked. Other hosts that come up on the way are not: they are in hosts() then.
    void fetch();
    /// The same, but what is in the cache is fetched anew, too ("look again").
    void refresh();
    /// The names, in full, of whom fetch() would ask; sorted. Empty: nothing more can be learnt.
    [[nodiscard]] QStringList hosts() const;
    [[nodiscard]] const sdjwt::LocalReport &report() const { return m_report; }
    [[nodiscard]] const sdjwt::LocalPolicy &policy() const { return m_policy; }
    /// Nothing is on its way.
    [[nodiscard]] bool isOver() const { return m_over; }
    /// What could not be fetched, and why.
    [[nodiscard]] const QHash<QUrl, Failure> &failures() const { return m_failures; }

Q_SIGNALS:
    void reportChanged(const yoid::sdjwt::LocalReport &report);
    /// It has come to rest: after start(), and after each fetch().
    void finished(const yoid::sdjwt::LocalReport &report);

private:
    void check();
    void fetchNext();
    void rest();
    /// Only what proved something is kept: an error page in its place would stand in the way for days.
    void keepWhatHelped();
    void fetched(const sdjwt::Wanted &wanted, const Outcome<QByteArray> &outcome);

    PublicFetch &m_fetch;
    TrustCache &m_cache;
    Clock &m_clock;
    QByteArray m_credential;
    sdjwt::LocalPolicy m_policy;
    sdjwt::Resources m_resources;
    sdjwt::LocalReport m_report;
    QHash<QUrl, Failure> m_failures;
    QSet<QUrl> m_asked;
    QSet<QString> m_allowed;            ///< Hosts the operator has seen and wants asked.
    QList<sdjwt::Wanted> m_fresh;       ///< Fetched for this credential and not kept yet.
    bool m_started = false;
    bool m_over = false;
};

} // namespace yoid
