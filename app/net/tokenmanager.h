// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/backoff.h"
#include "app/base/clock.h"
#include "app/base/learnedsecrets.h"
#include "app/base/outcome.h"
#include "app/base/secret.h"
#include "app/domain/profile.h"
#include "app/domain/tokenstatus.h"
#include "app/net/transport.h"

#include <functional>
#include <memory>

namespace yoid {

/// A token lent to one call.
struct TokenLease {
    Secret value;
    quint64 id = 0;     ///< Running number; what `report401` names. Token texts are never compared.
};

/// Keeps one access token for one profile (reliability section 2): one fetch at a time, renewal 30 s before expiry
/// (scaled for short lives), two clocks, the old token served until it really ends, backoff, Retry-After, and no loop on
/// a rejected secret.
class TokenManager final : public QObject {
    Q_OBJECT

public:
    using Then = std::function<void(Outcome<TokenLease>)>;
    /// Random numbers in [0, 1); a test gives its own.
    using Random = std::function<double()>;

    TokenManager(Transport &transport, Clock &clock, const Profile &profile, Random random = {}, QObject *parent = nullptr);
    ~TokenManager() override;

    /// A token, now or when there is one; the callback is always queued and runs once, unless `context` dies first.
    /// Fails with SecretRefused or AddressRefused (until changed), the reason why there is no secret (after 20 s),
    /// TokenUnavailable (no token within the deadline), Unauthorized (the API refuses even fresh tokens: it is left
    /// alone for `retryAfter`) or Cancelled (closed). Nothing was sent for the caller in any of these cases.
    void acquire(QObject *context, Then then, std::chrono::milliseconds deadline = std::chrono::seconds(30));
    /// The API answered 401 to the token with this id.
    void report401(quint64 id);
    /// A new secret: the old flight is dropped, waiting calls go on with the new one.
    void setSecret(Secret secret);
    /// Why there is no secret, so that waiting calls can say so. Ignored while one is held.
    void secretUnavailable(const Failure &reason);
    /// "Renew now"; at most once in 5 s.
    void retryNow();
    /// Drops token and secret; waiting calls end as Cancelled.
    void close();
    /// The line came back, or the computer woke up.
    void lookAgain();

    /// Keeps the client secret out of what the identity server is quoted with; may be null, must outlive this.
    void setLearnedSecrets(const LearnedSecrets *secrets);

    /// While set, the idle rule does not apply (a job is running).
    void setBusy(bool busy);

    [[nodiscard]] TokenStatus status() const;

Q_SIGNALS:
    /// From the event loop, when something other than the time left has changed.
    void statusChanged(const yoid::TokenStatus &status);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
