// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"
#include "app/domain/account.h"
#include "app/domain/issuance.h"
#include "app/domain/journalstep.h"
#include "app/domain/presentation.h"
#include "app/domain/verdict.h"

#include <QtCore/QJsonObject>

#include <memory>

namespace yoid {

class Journal;
struct PersonNote;

/// What a flow writes beside a state of the journal, by where it is kept (JournalStep).
struct StepContent {
    QJsonObject facts;      ///< In clear for ever: ids, words, fingerprints.
    QJsonObject sealed;     ///< Personal data and links.
    std::shared_ptr<const Secret> firstPassword;
};

namespace fact {
// Clear, beside those of workrecord.h.
inline constexpr QLatin1StringView created { "created" };   ///< AccountReady: the account is new.
inline constexpr QLatin1StringView http { "http" };         ///< The status of a failure.
inline constexpr QLatin1StringView reasons { "reasons" };   ///< Of a verdict.
inline constexpr QLatin1StringView digest { "digest" };     ///< SHA-256 of the service's answer as it came.
inline constexpr QLatin1StringView doubtedBefore { "doubtedBefore" }; ///< AccountIntent: an earlier try was in doubt.
inline constexpr QLatin1StringView photoId { "photoId" };   ///< A note to Answered: `same`, `notSame`.
inline constexpr QLatin1StringView nameMatch { "nameMatch" }; ///< The same: `same`, `close`, `different`.
inline constexpr QLatin1StringView nameOnCard { "nameOnCard" }; ///< Sealed.
inline constexpr QLatin1StringView evidence { "evidence" }; ///< Offered: adopted, because the service proves it (`echo`).
} // namespace fact

/// One fingerprint for each identifier of the person, so that somebody is known again by any of them. E-mail and user name
/// count without case: the identity service (Keycloak) keeps them in lower case.
/// \param origin workOrigin() of the profile; the same person elsewhere has other fingerprints
[[nodiscard]] QStringList personKeys(const Journal &journal, const QString &origin, const Person &person);

[[nodiscard]] StepContent preparedContent(const Journal &journal, const QString &origin, const IssueDraft &draft);
/// \param firstPassword null where the service gave none
[[nodiscard]] StepContent accountContent(bool created, bool firstPasswordLost, const QString &username,
                                         std::shared_ptr<const Secret> firstPassword);
/// The kind and the status. Not the service's text: it may name a person.
[[nodiscard]] StepContent failureContent(const Failure &failure);
[[nodiscard]] StepContent issuanceContent(const Issuance &issuance);
/// What is asked, before the request goes out.
[[nodiscard]] StepContent questionContent(const PresentationTemplate &asked);
[[nodiscard]] StepContent requestContent(const Presentation &presentation);
/// How a request ends whose status is this; one that is not final by its status has expired by its own date.
[[nodiscard]] JournalState requestEnd(PresentationStatus status);
/// What the operator noted about the person who answered.
[[nodiscard]] StepContent personNoteContent(const PersonNote &note);
/// The reverse, out of the facts of one line and what is sealed with it.
[[nodiscard]] PersonNote personNoteOf(const QJsonObject &facts, const QJsonObject &sealed);
/// The verdict and its reasons in clear; what the holder disclosed, sealed.
[[nodiscard]] StepContent answerContent(const Presentation &presentation, const Verdict &verdict);

} // namespace yoid
