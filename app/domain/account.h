// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/base/secret.h"

#include <QtCore/QByteArray>

namespace yoid {

/// Which of a person's identifiers a delivery names (contract 2.22).
enum class IdentifierType { Email, Username, ExternalIdentifier };
[[nodiscard]] QString identifierTypeKey(IdentifierType type); ///< `email`, `username`, `externalIdentifier`

/// A youth as the operator typed them.
struct Person {
    QString email;
    QString username;
    QString externalIdentifier;
    QString firstName;
    QString lastName;

    bool operator==(const Person &) const = default;
    /// What is used to deliver: e-mail, else user name, else own id.
    [[nodiscard]] IdentifierType identifierType() const;
    [[nodiscard]] QString identifier() const;
    /// "First Last", else the identifier.
    [[nodiscard]] QString displayName() const;
};

/// What is wrong with a person, before anything is sent.
struct PersonProblem {
    enum class Field { Email, Username, ExternalIdentifier, FirstName, LastName };
    enum class Reason { NoIdentifier, NotAnEmail, LikelyTypingError, BadCharacters, TooLong, ControlCharacters };
    Field field;
    Reason reason;
    QString suggestion;         ///< The repaired value where one is likely: always for LikelyTypingError, else maybe.
    [[nodiscard]] bool blocks() const { return reason != Reason::LikelyTypingError; }

    bool operator==(const PersonProblem &) const = default;
};

/// Trims, composes (NFC), strips direction marks, turns Arabic-Indic and full-width digits in identifiers to ASCII, and
/// lower-cases the domain of the e-mail. Names keep their letters.
[[nodiscard]] Person normalised(Person person);
[[nodiscard]] QList<PersonProblem> problemsOf(const Person &person);

/// What `POST /users` told us (contract 2.1, C5, C6).
struct AccountResult {
    enum class Kind {
        Created,        ///< With a first password, shown once.
        AlreadyThere,   ///< Empty password or "exists".
    };
    Kind kind = Kind::AlreadyThere;
    Secret firstPassword;
    QString username;
    /// The answer to an earlier try was lost and now the account exists: nobody knows the first password.
    bool firstPasswordLost = false;
};

[[nodiscard]] QByteArray accountRequestBody(const Person &person);
/// \param httpStatus any; sorts 409 and "exists" texts by C5, using whether the request named a user name
[[nodiscard]] Outcome<AccountResult> parseAccountReply(const Person &person, int httpStatus, const QByteArray &contentType,
                                                       const QByteArray &body);

} // namespace yoid
