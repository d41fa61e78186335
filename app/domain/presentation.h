// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/account.h"
#include "app/domain/credentialtemplate.h"

#include <QtCore/QMap>

#include <optional>

namespace yoid {

/// One credential type a presentation template asks for.
struct RequestedCredential {
    QString name;
    QString type;                       ///< Full VCT URI, exact.
    QString format = QStringLiteral("sd-jwt-vc");
    QList<AttributeDefinition> attributes;  ///< key, label and type of the fields asked for
    QStringList trustedIssuers;         ///< Ids of trusted entities; empty: any issuer passes (C10).

    bool operator==(const RequestedCredential &) const = default;
};

/// What this organisation expects of an answer beside what it asks for. Kept on this computer: the service knows nothing of it.
struct Expectation {
    enum class Kind {
        ValueEquals,    ///< The field says `value`; case, accents and outer blanks do not count, numbers by their value.
        NotOlderThan,   ///< The day in the field is at most `months` ago.
        NotPast,        ///< The day in the field has not gone by.
    };
    Kind kind = Kind::ValueEquals;
    QString key;        ///< Of the field.
    QString value;
    int months = 0;
    bool operator==(const Expectation &) const = default;
};

struct PresentationTemplate {
    PresentationTemplateId id;
    QString name;
    QString description;                ///< The purpose.
    QList<RequestedCredential> credentials;
    QDateTime createdAt;
    QList<Expectation> expectations;

    bool operator==(const PresentationTemplate &) const = default;
    /// True when every credential asked for names at least one trusted issuer.
    [[nodiscard]] bool restrictsIssuers() const;
};

struct PresentationTemplateProblem {
    enum class Reason { NameEmpty, NoCredentials, TypeEmpty, NoAttributes, TooManyIssuers };
    Reason reason;
    bool operator==(const PresentationTemplateProblem &) const = default;
};
[[nodiscard]] QList<PresentationTemplateProblem> problemsOf(const PresentationTemplate &draft);

/// C16: `source` and `format` are sent first and left out on a 400 that names them.
struct PresentationDialect {
    bool sendSourceAndFormat = true;
    bool operator==(const PresentationDialect &) const = default;
};
/// The next wording to try after this refusal, or nothing when the refusal is about something else.
[[nodiscard]] std::optional<PresentationDialect> nextDialect(const PresentationDialect &tried, const Failure &refusal);
[[nodiscard]] QByteArray presentationTemplateRequestBody(const PresentationTemplate &draft, const PresentationDialect &dialect);
[[nodiscard]] QByteArray presentationRequestBody(const PresentationTemplateId &id);
[[nodiscard]] QByteArray presentationPushBody(const QString &authorizationRequestUri, const Person &person);

[[nodiscard]] Outcome<PresentationTemplate> parsePresentationTemplate(const QJsonValue &data);
[[nodiscard]] Outcome<QList<PresentationTemplate>> parsePresentationTemplates(const Envelope &envelope);

/// A trusted entity (contract 2.20): whom a verifier believes.
struct TrustedEntity {
    QString id;
    QString name;
    QStringList dids;
    bool operator==(const TrustedEntity &) const = default;
};
[[nodiscard]] Outcome<QList<TrustedEntity>> parseTrustedEntities(const Envelope &envelope);
[[nodiscard]] Outcome<TrustedEntity> parseTrustedEntity(const QJsonValue &data);
[[nodiscard]] QByteArray trustedEntityRequestBody(const QString &name, const QStringList &dids);

/// Contract C1: the words of every dialect, folded.
enum class PresentationStatus { Waiting, Answered, Declined, Failed, Expired, Unknown };
[[nodiscard]] PresentationStatus presentationStatusFromText(QStringView text);

/// `isValid` exactly as it came: only a JSON `true` is True.
enum class Validity { True, False, NotBoolean, Missing };

/// A credential inside an answer.
struct PresentedCredential {
    QString name;
    QString type;
    Validity validity = Validity::Missing;
    QString issuer;                     ///< Undocumented; empty when the service does not say.
    QMap<QString, QString> attributes;  ///< What the holder disclosed, as text.
    QStringList issues;

    bool operator==(const PresentedCredential &) const = default;
};

/// A presentation request and, once answered, its answer (contract 2.16, 2.18).
struct Presentation {
    PresentationId id;
    PresentationTemplateId templateId;
    PresentationStatus status = PresentationStatus::Unknown;
    QString rawStatus;
    QString errorText;
    QStringList remarks;                ///< Errors and warnings of a service that answers all the same (C4).
    QList<PresentedCredential> credentials;
    QDateTime expiresAt;
    QString authorizationRequestUri;    ///< Byte for byte; for links and for pushing.
    QString authorizationRequestQrUri;  ///< Byte for byte; for the QR.
    QString digest;                     ///< SHA-256 of the service's answer as it came, lower-case hex; empty: not known.

    bool operator==(const Presentation &) const = default;
};
/// \param needLinks true for the create call
[[nodiscard]] Outcome<Presentation> parsePresentation(const Envelope &envelope, bool needLinks);

} // namespace yoid

Q_DECLARE_METATYPE(yoid::Presentation)
Q_DECLARE_METATYPE(yoid::PresentationTemplate)
