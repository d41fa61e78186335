// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/presentation.h"

#include "app/domain/jsonscan.h"
#include "app/domain/templateparts.h"

#include <QtCore/QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kMostIssuers = 20; // contract 2.14

/// Ids of trusted entities; an expanded entity counts by its id. Anything else restricts nobody.
QStringList readTrustedIssuers(const QJsonValue &value)
{
    QStringList issuers;
    const QJsonArray entries = value.toArray();
    for (const QJsonValue &entry : entries) {
        const QString id = entry.isObject() ? stringMember(entry.toObject(), "id"_L1)
                                            : stringMember(QJsonObject { { u"id"_s, entry } }, "id"_L1);
        if (!id.trimmed().isEmpty() && !issuers.contains(id))
            issuers.append(id);
    }
    return issuers;
}

RequestedCredential readRequested(const QJsonObject &object)
{
    RequestedCredential requested;
    requested.name = textMember(object, "name"_L1);
    requested.type = stringMember(object, "type"_L1);
    if (const QString format = textMember(object, "format"_L1); !format.isEmpty())
        requested.format = normalisedFormat(format);
    requested.attributes = readAttributes(object.value("attributes"_L1));
    requested.trustedIssuers = readTrustedIssuers(object.value("trustedIssuers"_L1));
    return requested;
}

template<typename T, typename Parse>
Outcome<QList<T>> readList(const Envelope &envelope, const Parse &parse, const QString &what)
{
    if (!envelope.data.isArray())
        return Failure::of(FailureKind::MalformedReply, what + u": a list was expected"_s);
    QList<T> items;
    const QJsonArray entries = envelope.data.toArray();
    for (const QJsonValue &entry : entries) {
        if (Outcome<T> parsed = parse(entry))
            items.append(*parsed);
    }
    return items;
}

} // namespace

bool PresentationTemplate::restrictsIssuers() const
{
    return !credentials.isEmpty() && std::all_of(credentials.begin(), credentials.end(), [](const RequestedCredential &each) {
        return !each.trustedIssuers.isEmpty();
    });
}

QList<PresentationTemplateProblem> problemsOf(const PresentationTemplate &draft)
{
    using Reason = PresentationTemplateProblem::Reason;
    QList<PresentationTemplateProblem> problems;
    const auto add = [&problems](Reason reason) {
        if (!problems.contains(PresentationTemplateProblem { reason }))
            problems.append({ reason });
    };
    if (draft.name.trimmed().isEmpty())
        add(Reason::NameEmpty);
    if (draft.credentials.isEmpty())
        add(Reason::NoCredentials);
    for (const RequestedCredential &credential : draft.credentials) {
        if (credential.type.isEmpty())
            add(Reason::TypeEmpty);
        if (credential.attributes.isEmpty())
            add(Reason::NoAttributes);
        if (credential.trustedIssuers.size() > kMostIssuers)
            add(Reason::TooManyIssuers);
    }
    return problems;
}

QByteArray presentationTemplateRequestBody(const PresentationTemplate &draft, const PresentationDialect &dialect)
{
    QJsonArray credentials;
    for (const RequestedCredential &credential : draft.credentials) {
        QJsonObject attributes;
        for (const AttributeDefinition &attribute : credential.attributes)
            attributes.insert(attribute.key, QJsonObject { { u"type"_s, attributeTypeKey(attribute.type) } });
        QJsonObject object { { u"name"_s, credential.name }, { u"type"_s, credential.type }, { u"attributes"_s, attributes } };
        if (dialect.sendSourceAndFormat)
            object.insert("format"_L1, credential.format);
        if (!credential.trustedIssuers.isEmpty())
            object.insert("trustedIssuers"_L1, QJsonArray::fromStringList(credential.trustedIssuers));
        credentials.append(object);
    }
    // The engine wants a description; the name says it where nobody wrote one.
    QJsonObject body { { u"name"_s, draft.name },
                       { u"description"_s, draft.description.trimmed().isEmpty() ? draft.name : draft.description },
                       { u"credentials"_s, credentials } };
    if (dialect.sendSourceAndFormat)
        body.insert("source"_L1, u"manual"_s);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

std::optional<PresentationDialect> nextDialect(const PresentationDialect &tried, const Failure &refusal)
{
    const bool named = refusesMember(refusal, u"source") || refusesMember(refusal, u"format");
    if (!tried.sendSourceAndFormat || !named)
        return std::nullopt;
    return PresentationDialect { false };
}

QByteArray presentationRequestBody(const PresentationTemplateId &id)
{
    return QJsonDocument(QJsonObject { { u"presentationTemplateId"_s, id.text } }).toJson(QJsonDocument::Compact);
}

QByteArray presentationPushBody(const QString &authorizationRequestUri, const Person &person)
{
    return QJsonDocument(QJsonObject { { u"presentationRequest"_s, authorizationRequestUri },
                                       { u"recipient"_s, person.identifier() },
                                       { u"identifierType"_s, identifierTypeKey(person.identifierType()) } })
        .toJson(QJsonDocument::Compact);
}

Outcome<PresentationTemplate> parsePresentationTemplate(const QJsonValue &data)
{
    const QJsonObject object = data.toObject();
    PresentationTemplate result;
    result.id.text = stringMember(object, "id"_L1);
    if (result.id.isEmpty())
        return Failure::of(FailureKind::MalformedReply, u"a presentation template without an id"_s);
    result.name = textMember(object, "name"_L1);
    if (result.name.trimmed().isEmpty())
        result.name = result.id.text;
    result.description = textMember(object, "description"_L1);
    const QJsonArray credentials = object.value("credentials"_L1).toArray();
    for (const QJsonValue &credential : credentials)
        result.credentials.append(readRequested(credential.toObject()));
    result.createdAt = timeMember(object, "createdAt"_L1);
    return result;
}

Outcome<QList<PresentationTemplate>> parsePresentationTemplates(const Envelope &envelope)
{
    return readList<PresentationTemplate>(envelope, parsePresentationTemplate, u"presentation templates"_s);
}

QByteArray trustedEntityRequestBody(const QString &name, const QStringList &dids)
{
    QJsonArray list;
    for (const QString &did : dids)
        list.append(QJsonObject { { u"did"_s, did } });
    return QJsonDocument(QJsonObject { { u"name"_s, name }, { u"dids"_s, list }, { u"certificates"_s, QJsonArray() } })
        .toJson(QJsonDocument::Compact);
}

Outcome<TrustedEntity> parseTrustedEntity(const QJsonValue &data)
{
    const QJsonObject object = data.toObject();
    TrustedEntity entity;
    entity.id = stringMember(object, "id"_L1);
    if (entity.id.isEmpty())
        return Failure::of(FailureKind::MalformedReply, u"a trusted entity without an id"_s);
    entity.name = textMember(object, "name"_L1);
    const QJsonArray dids = object.value("dids"_L1).toArray();
    for (const QJsonValue &entry : dids) {
        const QString did = entry.isObject() ? textMember(entry.toObject(), "did"_L1) : entry.toString();
        if (!did.isEmpty())
            entity.dids.append(did);
    }
    return entity;
}

Outcome<QList<TrustedEntity>> parseTrustedEntities(const Envelope &envelope)
{
    return readList<TrustedEntity>(envelope, parseTrustedEntity, u"trusted entities"_s);
}

} // namespace yoid
