// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/base/secret.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <functional>
#include <optional>

namespace yoid {

/// The few calls KeychainStore makes of a keychain, so that tests can put one in its place that hangs, answers late,
/// denies or forgets. One call at a time; an answer may come at once or never, and is lost when `context` dies.
/// Failures: SecretMissing, SecretLocked, KeychainUnavailable.
class KeychainBackend {
public:
    virtual ~KeychainBackend() = default;

    /// Why no call can work in this process, found without making one. Nothing when it is worth trying.
    [[nodiscard]] virtual std::optional<Failure> obstacle() const = 0;
    [[nodiscard]] virtual QString name() const = 0;

    virtual void read(const QString &key, QObject *context, std::function<void(Outcome<Secret>)> then) = 0;
    virtual void write(const QString &key, const Secret &value, QObject *context,
                       std::function<void(Outcome<Done>)> then) = 0;
    virtual void remove(const QString &key, QObject *context, std::function<void(Outcome<Done>)> then) = 0;
};

} // namespace yoid
