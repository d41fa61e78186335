// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/secretstore.h"

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>

#include <map>
#include <optional>

namespace yoid {

/// A SecretStore that does what a test tells it: holds secrets in memory, fails on order, keeps its answers back.
/// Answers come through the event loop as the interface promises. Without any order it behaves like a good keychain.
class FakeSecretStore final : public SecretStore {
    Q_OBJECT

public:
    enum class Operation { Read, Write, Remove };
    struct Call {
        Operation operation;
        ProfileId profile;

        bool operator==(const Call &) const = default;
    };

    using SecretStore::SecretStore;

    void read(const ProfileId &profile, QObject *context, std::function<void(Outcome<Secret>)> then) override;
    void write(const ProfileId &profile, Secret secret, QObject *context, std::function<void(Outcome<Done>)> then) override;
    void remove(const ProfileId &profile, QObject *context, std::function<void(Outcome<Done>)> then) override;
    [[nodiscard]] QString backendName() const override { return m_backendName; }

    /// What the store holds, without a call being counted.
    void put(const ProfileId &profile, const QByteArray &value);
    [[nodiscard]] std::optional<QByteArray> held(const ProfileId &profile) const;

    /// The next call of this kind fails so and changes nothing. Several orders queue up.
    void failNext(Operation operation, FailureKind kind);
    /// From now on every call fails so and changes nothing; nothing cancels it. A locked, absent or wedged keychain.
    void failAll(std::optional<FailureKind> kind) { m_failAll = kind; }
    /// From now on answers are kept back until release(): a keyring that asks its user something.
    void hold() { m_holding = true; }
    /// Gives out all answers kept back, in order, and holds no longer.
    void release();
    [[nodiscard]] qsizetype heldBack() const { return m_kept.size(); }
    /// The notice the real store gives after 5 s.
    void announceWaiting() { Q_EMIT stillWaiting(); }
    void setBackendName(const QString &name) { m_backendName = name; }

    [[nodiscard]] const QList<Call> &calls() const { return m_calls; }
    [[nodiscard]] qsizetype count(Operation operation) const;

private:
    [[nodiscard]] std::optional<Failure> ordered(Operation operation, const ProfileId &profile);
    void deliver(std::function<void()> answer);

    std::map<ProfileId, Secret> m_secrets;
    QHash<Operation, QList<FailureKind>> m_failNext;
    std::optional<FailureKind> m_failAll;
    bool m_holding = false;
    QList<std::function<void()>> m_kept;
    QList<Call> m_calls;
    QString m_backendName = QStringLiteral("fake");
};

} // namespace yoid
