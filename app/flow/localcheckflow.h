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

/// Checks one credential on this computer (reliability 1.10): with what the trust cache holds, then with what is fetched for it. The
/// first report comes without a line; each thing that was fetched brings a better one. Nothing that could not be fetched makes it
/// greener. For one credential; ends once, with the last report.
class LocalCheckFlow final : public QObject {
    Q_OBJECT

public:
    /// Fetches at most so many documents for one credential: what a stranger wrote says how many there are.
    static constexpr int kMostFetches = 6;

    LocalCheckFlow(PublicFetch &fetch, TrustCache &cache, Clock &clock, QByteArray credential, sdjwt::LocalPolicy policy,
                   QObject *parent = nullptr);

    void start();
    /// Fetches anew what is in the cache, too ("look again").
    void refresh();
    [[nodiscard]] const sdjwt::LocalReport &report() const { return m_report; }
    [[nodiscard]] bool isOver() const { return m_over; }
    /// What could not be fetched, and why.
    [[nodiscard]] const QHash<QUrl, Failure> &failures() const { return m_failures; }

Q_SIGNALS:
    void reportChanged(const yoid::sdjwt::LocalReport &report);
    void finished(const yoid::sdjwt::LocalReport &report);

private:
    void check();
    void fetchNext();
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
    QList<sdjwt::Wanted> m_fresh;       ///< Fetched for this credential and not kept yet.
    bool m_started = false;
    bool m_over = false;
};

} // namespace yoid
