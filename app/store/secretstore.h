// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"
#include "app/base/outcome.h"
#include "app/base/secret.h"

#include <QtCore/QObject>

#include <functional>
#include <map>
#include <optional>

namespace yoid {

/// What every store agrees not to keep, so that no back end cuts a secret short without a word: nothing, more than
/// 2 000 bytes (Windows allows 2 560 with its own overhead), or a NUL (a C string in libsecret). InvalidInput, or nothing.
[[nodiscard]] std::optional<Failure> secretProblem(const Secret &secret);

/// Where client secrets live. Answers come through the event loop, once each, unless `context` dies first.
/// Failures: SecretMissing, SecretLocked, KeychainUnavailable, KeychainWedged, InvalidInput (too long, NUL).
class SecretStore : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void read(const ProfileId &profile, QObject *context, std::function<void(Outcome<Secret>)> then) = 0;
    /// Writes, reads back and compares; Done only when the value is really there.
    virtual void write(const ProfileId &profile, Secret secret, QObject *context, std::function<void(Outcome<Done>)> then) = 0;
    virtual void remove(const ProfileId &profile, QObject *context, std::function<void(Outcome<Done>)> then) = 0;
    /// Which back end answers, e.g. `libsecret`; recorded with the profile, a change is reported (reliability 1.4).
    [[nodiscard]] virtual QString backendName() const = 0;

Q_SIGNALS:
    /// A job has been waiting for 5 s: the keyring may be asking the user something.
    void stillWaiting();
};

/// Keeps secrets in memory only, until the program ends: "this session only", and practice.
class SessionSecretStore final : public SecretStore {
    Q_OBJECT

public:
    using SecretStore::SecretStore;
    void read(const ProfileId &profile, QObject *context, std::function<void(Outcome<Secret>)> then) override;
    void write(const ProfileId &profile, Secret secret, QObject *context, std::function<void(Outcome<Done>)> then) override;
    void remove(const ProfileId &profile, QObject *context, std::function<void(Outcome<Done>)> then) override;
    [[nodiscard]] QString backendName() const override;

private:
    std::map<ProfileId, Secret> m_secrets;
};

} // namespace yoid
