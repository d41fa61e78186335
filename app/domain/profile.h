// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"

#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QUrl>

namespace yoid {

/// Which world a profile talks to. Shown on every window; production never looks like anything else.
enum class Environment { Practice, Test, Production, Custom };

/// Word for files and logs: `practice`, `test`, `production`, `custom`.
[[nodiscard]] QString environmentKey(Environment environment);
/// The reverse; unknown words are Custom.
[[nodiscard]] Environment environmentFromKey(QStringView key);

/// One indivisible connection: who we are and the four addresses. Holds no secret.
struct Profile {
    ProfileId id;
    QString name;           ///< Shown to staff; only text, never part of a path.
    QString organisation;   ///< As printed on receipts and candidate screens.
    Environment environment = Environment::Custom;
    QUrl tokenUrl;          ///< Keycloak token endpoint, complete.
    QUrl onboardingUrl;     ///< Base, e.g. `https://host/consumer-onboarding/api`, without a trailing slash.
    QUrl credsUrl;          ///< Base of me-creds.
    QUrl walletUrl;         ///< Base of me-wallet.
    QString clientId;

    bool operator==(const Profile &) const = default;
};

/// What is wrong with a profile, field by field.
struct ProfileProblem {
    enum class Field { Name, TokenUrl, OnboardingUrl, CredsUrl, WalletUrl, ClientId };
    enum class Reason {
        Empty,
        NotAnAddress,
        NotHttps,           ///< http is allowed for this very computer (loopback) only
        HasUserInfo,        ///< `https://user:password@host`
        HasQueryOrFragment,
        ControlCharacters,
    };
    Field field;
    Reason reason;

    bool operator==(const ProfileProblem &) const = default;
};

/// Scheme, host and effective port; what a token is bound to (reliability T2).
struct Origin {
    QString scheme;
    QString host; ///< lower case, ASCII (punycode)
    int port = -1;

    bool operator==(const Origin &) const = default;
};

[[nodiscard]] Origin originOf(const QUrl &url);
/// True for 127.0.0.0/8, ::1 and `localhost`.
[[nodiscard]] bool isLoopback(const QUrl &url);
/// https, or http to this very computer. The rule for saving and for sending.
[[nodiscard]] bool isAllowedAddress(const QUrl &url);
/// Empty when the profile can be used.
[[nodiscard]] QList<ProfileProblem> problemsOf(const Profile &profile);
/// The origins the token may go to: those of the three services. The client secret goes to the token URL only.
[[nodiscard]] QList<Origin> apiOrigins(const Profile &profile);
/// The published test environment (contract 1.1) with an empty client id and a fresh profile id.
[[nodiscard]] Profile testEnvironmentProfile();
/// An address as somebody typed or pasted it: spaces and quotes round it and slashes at its end left off. Not valid when
/// it is no absolute address; problemsOf() says what else is wrong with it.
[[nodiscard]] QUrl addressFromText(QStringView text);
/// The profile with its texts trimmed and the bases without slashes at their ends.
[[nodiscard]] Profile normalised(Profile profile);
/// The host as it is on the wire (punycode), with the port when it is not the default one.
[[nodiscard]] QString displayHost(const QUrl &url);

} // namespace yoid

Q_DECLARE_METATYPE(yoid::Profile)
