// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"
#include "app/base/outcome.h"
#include "app/domain/envelope.h"

#include <QtCore/QDateTime>

#include <optional>

namespace yoid {

enum class AttributeType { String, Number, Boolean, Date };
[[nodiscard]] QString attributeTypeKey(AttributeType type);

/// One attribute of a credential template, in the order the service gave (QJsonObject sorts keys; good enough to be stable).
struct AttributeDefinition {
    QString key;
    QString label;              ///< `name`, else the key.
    QString description;
    AttributeType type = AttributeType::String;
    QString rawType;            ///< The service's word, shown where it is none of the four (then treated as String).
    bool required = false;
    bool alwaysDisclosed = false; ///< false: the youth may hide this from a verifier.

    bool operator==(const AttributeDefinition &) const = default;
};

struct CredentialTemplate {
    TemplateId id;
    QString name;
    QString description;
    QString type;               ///< Full VCT URI, exact string; the join between issuer and verifier.
    QString format;             ///< Normalised (C8): `sd-jwt-vc`, `mdoc`, or the raw word.
    QList<AttributeDefinition> attributes;
    std::optional<bool> revocable;
    bool archived = false;
    QDateTime createdAt;

    bool operator==(const CredentialTemplate &) const = default;
    [[nodiscard]] const AttributeDefinition *attribute(QStringView key) const;
};

/// A preset of the catalogue (contract 2.7).
struct CredentialPreset {
    QString id;
    QString author;
    QString name;
    QString description;
    QString type;
    QList<AttributeDefinition> attributes;
    bool likelyTestEntry = false;   ///< Known test junk, or folded duplicate; hidden by default.

    bool operator==(const CredentialPreset &) const = default;
};

/// A new template as the operator drew it.
struct TemplateDraft {
    QString name;
    QString code;               ///< `[A-Za-z0-9_-]+`; the service makes the VCT URI of it; can never be changed.
    QString description;
    QList<AttributeDefinition> attributes;
    bool revocable = true;

    bool operator==(const TemplateDraft &) const = default;
};

struct TemplateDraftProblem {
    enum class Reason { NameEmpty, CodeEmpty, CodeBadCharacters, NoAttributes, KeyEmpty, KeyBadCharacters, KeyTwice, TooLong };
    Reason reason;
    int attributeIndex = -1;    ///< -1: the draft itself.

    bool operator==(const TemplateDraftProblem &) const = default;
};

[[nodiscard]] QList<TemplateDraftProblem> problemsOf(const TemplateDraft &draft);
/// `Solar Installer Level 1` → `solar-installer-level-1`; accents dropped, at most 64 characters.
[[nodiscard]] QString codeFromName(QStringView name);
/// `Date completed` → `dateCompleted`.
[[nodiscard]] QString keyFromLabel(QStringView label);

/// How the create call is worded; the client steps down on a 400 that names the member (C7).
struct TemplateDialect {
    bool sendCredentialFormat = true;
    bool sendCodeAsType = false;
    bool sendRevocable = true;

    bool operator==(const TemplateDialect &) const = default;
};
[[nodiscard]] QByteArray templateRequestBody(const TemplateDraft &draft, const TemplateDialect &dialect);
[[nodiscard]] QByteArray presetTemplateRequestBody(const QString &presetId);
/// The next wording to try after this refusal, or nothing when the refusal is about something else.
[[nodiscard]] std::optional<TemplateDialect> nextDialect(const TemplateDialect &tried, const Failure &refusal);

[[nodiscard]] Outcome<CredentialTemplate> parseCredentialTemplate(const QJsonValue &data);
/// Leaves out entries without id; MalformedReply when data is not an array.
[[nodiscard]] Outcome<QList<CredentialTemplate>> parseCredentialTemplates(const Envelope &envelope);
[[nodiscard]] Outcome<QList<CredentialPreset>> parseCredentialPresets(const Envelope &envelope);

} // namespace yoid

Q_DECLARE_METATYPE(yoid::CredentialTemplate)
