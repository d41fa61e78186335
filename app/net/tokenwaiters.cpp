// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/tokenwaiters.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace yoid {

TokenWaiters::~TokenWaiters()
{
    for (const Waiter &waiter : m_waiters)
        QObject::disconnect(waiter.death);
}

void TokenWaiters::answer(QObject *context, TokenManager::Then then, Outcome<TokenLease> outcome)
{
    QObject *owner = context ? context : QCoreApplication::instance();
    if (!owner || !then)
        return;
    // Shared, because a queued call is copied; there is still one owner of the token's bytes.
    auto parcel = std::make_shared<Outcome<TokenLease>>(std::move(outcome));
    QMetaObject::invokeMethod(
        owner, [then = std::move(then), parcel] { then(std::move(*parcel)); }, Qt::QueuedConnection);
}

void TokenWaiters::add(QObject *watcher, QObject *context, TokenManager::Then then, qint64 joinedMs, qint64 deadlineMs,
                       std::function<void()> gone)
{
    QObject *owner = context ? context : QCoreApplication::instance();
    m_waiters.push_back({ owner, std::move(then), joinedMs, deadlineMs, {} });
    const auto place = std::prev(m_waiters.end());
    place->death = QObject::connect(owner, &QObject::destroyed, watcher, [this, place, gone = std::move(gone)] {
        m_waiters.erase(place);
        gone();
    });
}

void TokenWaiters::succeed(const Secret &token, quint64 id)
{
    const auto waiting = std::exchange(m_waiters, {});
    for (const Waiter &waiter : waiting) {
        QObject::disconnect(waiter.death);
        if (waiter.context)
            answer(waiter.context, waiter.then, TokenLease { token.clone(), id });
    }
}

template<typename Predicate>
void TokenWaiters::failWhere(Predicate which, const Failure &failure)
{
    for (auto it = m_waiters.begin(); it != m_waiters.end();) {
        if (!which(*it)) {
            ++it;
            continue;
        }
        QObject::disconnect(it->death);
        if (it->context)
            answer(it->context, it->then, failure);
        it = m_waiters.erase(it);
    }
}

void TokenWaiters::failAll(const Failure &failure)
{
    failWhere([](const Waiter &) { return true; }, failure);
}

void TokenWaiters::failDueBy(qint64 momentMs, const Failure &failure)
{
    failWhere([momentMs](const Waiter &waiter) { return waiter.deadlineMs <= momentMs; }, failure);
}

void TokenWaiters::failJoinedBy(qint64 momentMs, const Failure &failure)
{
    failWhere([momentMs](const Waiter &waiter) { return waiter.joinedMs <= momentMs; }, failure);
}

std::optional<qint64> TokenWaiters::earliestDeadlineMs() const
{
    if (m_waiters.empty())
        return std::nullopt;
    return std::min_element(m_waiters.begin(), m_waiters.end(),
                            [](const Waiter &a, const Waiter &b) { return a.deadlineMs < b.deadlineMs; })
        ->deadlineMs;
}

std::optional<qint64> TokenWaiters::earliestJoinedMs() const
{
    if (m_waiters.empty())
        return std::nullopt;
    return m_waiters.front().joinedMs; // joined in order
}

} // namespace yoid
