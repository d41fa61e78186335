// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakesecretstore.h"

#include "app/store/answer.h"

#include <QtCore/QPointer>

#include <algorithm>

namespace yoid {

namespace {

/// The answer as a call that can wait for release(); it is lost with its context, as the interface says.
template<typename T>
std::function<void()> prepared(QObject *context, std::function<void(Outcome<T>)> then, Outcome<T> outcome)
{
    auto kept = std::make_shared<Outcome<T>>(std::move(outcome));
    return [context = QPointer<QObject>(context), then = std::move(then), kept] {
        if (context)
            answerLater<T>(context, then, std::move(*kept));
    };
}

} // namespace

void FakeSecretStore::read(const ProfileId &profile, QObject *context, std::function<void(Outcome<Secret>)> then)
{
    Outcome<Secret> outcome = Failure::of(FailureKind::SecretMissing);
    if (const auto failure = ordered(Operation::Read, profile))
        outcome = *failure;
    else if (const auto found = m_secrets.find(profile); found != m_secrets.end())
        outcome = found->second.clone();
    deliver(prepared<Secret>(context, std::move(then), std::move(outcome)));
}

void FakeSecretStore::write(const ProfileId &profile, Secret secret, QObject *context,
                            std::function<void(Outcome<Done>)> then)
{
    Outcome<Done> outcome = Done {};
    if (const auto failure = ordered(Operation::Write, profile))
        outcome = *failure;
    else if (const auto problem = secretProblem(secret))
        outcome = *problem;
    else
        m_secrets.insert_or_assign(profile, std::move(secret));
    deliver(prepared<Done>(context, std::move(then), std::move(outcome)));
}

void FakeSecretStore::remove(const ProfileId &profile, QObject *context, std::function<void(Outcome<Done>)> then)
{
    Outcome<Done> outcome = Done {};
    if (const auto failure = ordered(Operation::Remove, profile))
        outcome = *failure;
    else if (m_secrets.erase(profile) == 0)
        outcome = Failure::of(FailureKind::SecretMissing);
    deliver(prepared<Done>(context, std::move(then), std::move(outcome)));
}

void FakeSecretStore::put(const ProfileId &profile, const QByteArray &value)
{
    m_secrets.insert_or_assign(profile, Secret(QByteArray(value.constData(), value.size())));
}

std::optional<QByteArray> FakeSecretStore::held(const ProfileId &profile) const
{
    const auto found = m_secrets.find(profile);
    if (found == m_secrets.end())
        return std::nullopt;
    return found->second.view().toByteArray();
}

void FakeSecretStore::failNext(Operation operation, FailureKind kind)
{
    m_failNext[operation].append(kind);
}

void FakeSecretStore::release()
{
    m_holding = false;
    const auto kept = std::exchange(m_kept, {});
    for (const auto &answer : kept)
        answer();
}

qsizetype FakeSecretStore::count(Operation operation) const
{
    return std::count_if(m_calls.begin(), m_calls.end(),
                         [operation](const Call &call) { return call.operation == operation; });
}

std::optional<Failure> FakeSecretStore::ordered(Operation operation, const ProfileId &profile)
{
    m_calls.append({ operation, profile });
    if (QList<FailureKind> &next = m_failNext[operation]; !next.isEmpty())
        return Failure::of(next.takeFirst());
    if (m_failAll)
        return Failure::of(*m_failAll);
    return std::nullopt;
}

void FakeSecretStore::deliver(std::function<void()> answer)
{
    if (m_holding)
        m_kept.append(std::move(answer));
    else
        answer();
}

} // namespace yoid
