// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/keychainbackend.h"

namespace yoid {

/// The operating system's keychain through QtKeychain. Jobs have no parent and delete themselves: libsecret keeps a raw
/// pointer to a job in flight, so nobody may end one early (reliability 0.8). Never falls back to a file.
class QtKeychainBackend final : public KeychainBackend {
public:
    [[nodiscard]] std::optional<Failure> obstacle() const override;
    /// `kwallet` or `libsecret` by the rule QtKeychain chooses with (the desktop's name), `keychain` on macOS,
    /// `credential-manager` on Windows. QtKeychain 0.13 does not tell what it really took.
    [[nodiscard]] QString name() const override;

    void read(const QString &key, QObject *context, std::function<void(Outcome<Secret>)> then) override;
    void write(const QString &key, const Secret &value, QObject *context,
               std::function<void(Outcome<Done>)> then) override;
    void remove(const QString &key, QObject *context, std::function<void(Outcome<Done>)> then) override;
};

/// What an error of QtKeychain means here. \param error a QKeychain::Error other than NoError
[[nodiscard]] FailureKind keychainFailureKind(int error);

} // namespace yoid
