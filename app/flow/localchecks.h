// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/localcheckflow.h"
#include "app/store/trustlist.h"

#include <QtCore/QPointer>

#include <optional>

namespace yoid {

class Session;

/// What the local check needs beside a credential, put together once: who is trusted here, what is kept of issuers, and how to fetch
/// more. While practising, practice's own: nothing it learns stays, and its reserved names lead to the practice server.
class LocalChecks final : public QObject {
    Q_OBJECT

public:
    struct Places {
        QString trustList;      ///< File of the people trusted; empty: not kept.
        QString trustCache;     ///< Folder of what issuers publish; empty: not kept.
    };
    /// \param resolve, allow for tests: see PublicFetch
    LocalChecks(Transport &transport, Clock &clock, const Places &places, QObject *parent = nullptr, PublicFetch::Resolve resolve = {},
                PublicFetch::Allow allow = {});
    ~LocalChecks() override;

    /// The profile that is open, or null. Its trusted entities are trusted here as well; a practice profile brings its server.
    void follow(Session *session);

    /// Of the journal in force: while practising one in memory.
    [[nodiscard]] TrustCache &cache() const;
    [[nodiscard]] TrustList &trustList() { return m_list; }
    [[nodiscard]] PublicFetch &fetcher() { return m_fetch; }
    /// What people here call this issuer: their own word, or the one of their trusted entities; empty for a stranger.
    [[nodiscard]] QString nameOf(const QString &issuer) const;
    /// Reads a certificate (PEM or DER) and trusts it as a root. InvalidInput for what is none, or is not fit to vouch for others.
    [[nodiscard]] Outcome<Done> addRoot(const QByteArray &file);

    /// What the credential must be: an exact `vct`. Empty: anything, and then nothing is accepted without a look by hand.
    void expectType(const QString &type) { m_expectedType = type; }
    [[nodiscard]] const QString &expectedType() const { return m_expectedType; }

    /// Whom and what a check would accept now.
    [[nodiscard]] sdjwt::LocalPolicy policy() const;
    /// From now on a credential must come with a signature of its holder over this (RFC 9901 4.3); made anew each time, used up by the
    /// first presentation that answers it.
    sdjwt::Challenge askHolder();
    /// A credential alone is enough again.
    void askNoHolder();
    [[nodiscard]] const std::optional<sdjwt::Challenge> &challenge() const { return m_challenge; }

    /// A check of this credential, not started. Owned by `parent`, which must go before this does.
    [[nodiscard]] LocalCheckFlow *check(const QByteArray &credential, QObject *parent);
    /// Fetches a document of the cache anew, because somebody asked. \param then once, unless `context` dies
    void refresh(const QUrl &address, QObject *context, std::function<void(Outcome<Done>)> then);

Q_SIGNALS:
    /// cache() is another one now: practice began or ended. The old one goes with the next turn of the event loop.
    void cacheReplaced();
    void challengeChanged();
    /// Who is trusted here has changed.
    void trustChanged();

private:
    void endPractice();

    Clock &m_clock;
    PublicFetch m_fetch;
    TrustList m_list;
    std::unique_ptr<TrustCache> m_durable;
    std::unique_ptr<TrustCache> m_practice;
    QPointer<Session> m_session;
    std::optional<sdjwt::Challenge> m_challenge;
    QString m_expectedType;
};

} // namespace yoid
