// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/store/secretstore.h"

#include <memory>

namespace yoid {

/// The operating system's keychain through QtKeychain, behind the broker of reliability 2.5: one job at a time, a notice
/// after 5 s, giving up after 60 s while the job is left alive (then everything answers KeychainWedged), no fallback to a
/// file, and "not found" never taken for "delete it".
class KeychainStore final : public SecretStore {
    Q_OBJECT

public:
    explicit KeychainStore(Clock &clock, QObject *parent = nullptr);
    ~KeychainStore() override;

    void read(const ProfileId &profile, QObject *context, std::function<void(Outcome<Secret>)> then) override;
    void write(const ProfileId &profile, Secret secret, QObject *context, std::function<void(Outcome<Done>)> then) override;
    void remove(const ProfileId &profile, QObject *context, std::function<void(Outcome<Done>)> then) override;
    [[nodiscard]] QString backendName() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid
