// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/net/tokenmanager.h"

#include <QtCore/QPointer>

#include <list>
#include <optional>

namespace yoid {

/// The calls that wait for a token, first come, first served. Each is answered exactly once, from the event loop, and
/// never when its context has died.
class TokenWaiters final {
public:
    TokenWaiters() = default;
    ~TokenWaiters();
    Q_DISABLE_COPY_MOVE(TokenWaiters)

    /// Calls back later from the event loop, unless `context` dies first.
    static void answer(QObject *context, TokenManager::Then then, Outcome<TokenLease> outcome);

    /// \param watcher lives as long as this queue; `gone` is called when a waiting context has died
    void add(QObject *watcher, QObject *context, TokenManager::Then then, qint64 joinedMs, qint64 deadlineMs,
             std::function<void()> gone);
    [[nodiscard]] bool isEmpty() const { return m_waiters.empty(); }
    [[nodiscard]] int size() const { return static_cast<int>(m_waiters.size()); }

    void succeed(const Secret &token, quint64 id);
    void failAll(const Failure &failure);
    /// Those that cannot wait beyond `momentMs`.
    void failDueBy(qint64 momentMs, const Failure &failure);
    /// Those that joined at or before `momentMs`.
    void failJoinedBy(qint64 momentMs, const Failure &failure);
    [[nodiscard]] std::optional<qint64> earliestDeadlineMs() const;
    [[nodiscard]] std::optional<qint64> earliestJoinedMs() const;

private:
    struct Waiter {
        QPointer<QObject> context;
        TokenManager::Then then;
        qint64 joinedMs = 0;
        qint64 deadlineMs = 0;
        QMetaObject::Connection death;
    };
    template<typename Predicate>
    void failWhere(Predicate which, const Failure &failure);

    std::list<Waiter> m_waiters;
};

} // namespace yoid
