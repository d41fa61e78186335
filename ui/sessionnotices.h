// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"

namespace yoid {

class MessageBar;

/// Turns what Console and Session report (keychain, refused secret, practice server gone) into messages with the buttons
/// that help.
class SessionNotices final : public QObject {
    Q_OBJECT

public:
    SessionNotices(Console &console, MessageBar &bar, QObject *parent = nullptr);

    /// While the user is connecting, that place says itself that a secret was refused, and the bar stays still.
    void setConnecting(bool connecting);

Q_SIGNALS:
    /// The user wants to type the secret of the open profile.
    void profileRequested();
    /// The user wants another profile.
    void switchRequested();

private:
    void showRefusal();
    void onSession(Session *session);
    void onTokenStatus(const TokenStatus &status);
    void onOpenFailed(const Failure &failure);
    void onKeychainWaiting();
    void tellClock(const TokenStatus &status);
    void showKeychainTrouble(const Failure &failure, const QString &asked = {});
    void offerSecret(const QString &text);

    Console &m_console;
    MessageBar &m_bar;
    TokenState m_lastState = TokenState::Closed;
    std::optional<FailureKind> m_lastKind;
    bool m_clockTold = false;
    std::optional<Failure> m_refusal; ///< Of the secret, while it stands.
    bool m_connecting = false;
    bool m_aboutSecret = false; ///< The bar shows something that a working token makes untrue.
};

} // namespace yoid
