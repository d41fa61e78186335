// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/presentation.h"

namespace yoid {

/// What may be said about an answer. Only Accepted is green.
enum class VerdictLevel { Waiting, NoAnswer, Accepted, CheckByHand, DoNotAccept };

/// Why, most important first. Each has one sentence in `ui/verdicttext`.
enum class VerdictReason {
    StillWaiting,           ///< Nobody answered yet.
    UnknownStatus,          ///< A word we do not know: treated as still waiting.
    DeclinedByHolder,       ///< The service says declined.
    DeclinedOrFailed,       ///< The service says failed; a refusal may look the same (C1).
    RequestExpired,
    AnsweredWithoutData,    ///< Answered, but nothing came back (U4).
    CredentialMissing,      ///< Fewer credentials than asked, or one type not there.
    UnexpectedCredential,   ///< A type nobody asked for.
    NotValid,               ///< `isValid` false.
    ValidityNotProved,      ///< `isValid` missing or not a boolean.
    IssuesReported,         ///< The service listed issues.
    Revoked,                ///< An issue says so.
    ServiceRemark,          ///< An error or a warning stood beside the answer.
    OutOfDate,              ///< The day in a field that was to be still to come has gone by.
    TooOld,                 ///< Older than this check allows.
    OtherValue,             ///< A field says something else than this check expects.
    NotComparable,          ///< What a field says cannot be compared with what is expected.
    FieldWithheld,          ///< A requested attribute is absent.
    IssuerNotRestricted,    ///< Sound, but any issuer would have passed (C10).
    AllProved,
};

struct VerdictFinding {
    VerdictReason reason;
    QString detail;         ///< A type, a field label, the service's text; plain text, may be empty.
    bool operator==(const VerdictFinding &) const = default;
};

/// One requested field and what came back for it.
struct DisclosedField {
    QString key;
    QString label;
    QString value;
    bool requested = true;
    bool disclosed = false;
    bool operator==(const DisclosedField &) const = default;
};

/// The eight things that are checked, in the order they are shown (product 2.11).
enum class CheckPoint { Genuine, TrustedIssuer, NotRevoked, InDate, RightType, FieldsGiven, FreshAnswer, SamePerson };
enum class VerdictAnswer { Yes, No, CouldNotCheck, DoesNotApply };
struct VerdictLine {
    CheckPoint point = CheckPoint::Genuine;
    VerdictAnswer answer = VerdictAnswer::CouldNotCheck;
    bool operator==(const VerdictLine &) const = default;
};

struct Verdict {
    VerdictLevel level = VerdictLevel::Waiting;
    QList<VerdictFinding> findings;     ///< Never empty; the first is the headline.
    QList<DisclosedField> fields;       ///< Requested ones first, in the order asked.
    bool final = false;                 ///< No later answer can change it.
    QList<VerdictLine> checks;            ///< One for each CheckPoint once somebody answered; else empty. SamePerson is the operator's.
    bool operator==(const Verdict &) const = default;
};

[[nodiscard]] QList<CheckPoint> allCheckPoints();

/// The only place that judges an answer (design decision 5, contract 4.4). Pure.
/// \param asked the template the request was made from
/// \param nowUtc for a local expiry (C1), and for how old a credential may be
[[nodiscard]] Verdict judge(const PresentationTemplate &asked, const Presentation &answer, const QDateTime &nowUtc);

} // namespace yoid

Q_DECLARE_METATYPE(yoid::Verdict)
