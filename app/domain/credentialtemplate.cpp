// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/credentialtemplate.h"

#include "app/domain/jsonscan.h"
#include "app/domain/templateparts.h"

#include <QtCore/QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

AttributeType attributeTypeFromText(QStringView text)
{
    for (const AttributeType type : { AttributeType::Number, AttributeType::Boolean, AttributeType::Date }) {
        if (text.compare(attributeTypeKey(type), Qt::CaseInsensitive) == 0)
            return type;
    }
    return AttributeType::String;
}

/// True for entries that the platform's own developers left behind (seen in the live catalogue, contract 2.7).
bool isTestAuthor(const QString &author)
{
    return author.compare("didxyz"_L1, Qt::CaseInsensitive) == 0;
}

bool isArchived(const QJsonObject &object)
{
    return !object.value("archivedAt"_L1).toString().isEmpty() || object.value("archived"_L1).toBool()
        || object.value("status"_L1).toString().compare("archived"_L1, Qt::CaseInsensitive) == 0;
}

std::optional<CredentialPreset> readPreset(const QJsonObject &object)
{
    CredentialPreset preset;
    preset.id = stringMember(object, "id"_L1);
    if (preset.id.isEmpty())
        return std::nullopt;
    preset.author = textMember(object, "author"_L1);
    if (preset.author.isEmpty())
        preset.author = preset.id.section(u':', 0, 0, QString::SectionSkipEmpty);
    preset.name = textMember(object, "templateName"_L1);
    if (preset.name.isEmpty())
        preset.name = preset.id;
    preset.description = textMember(object, "templateDescription"_L1);
    preset.type = stringMember(object, "templateType"_L1);
    preset.attributes = readAttributes(object.value("templateAttributes"_L1));
    preset.likelyTestEntry = isTestAuthor(preset.author);
    return preset;
}

} // namespace

QString attributeTypeKey(AttributeType type)
{
    switch (type) {
    case AttributeType::String:
        return u"string"_s;
    case AttributeType::Number:
        return u"number"_s;
    case AttributeType::Boolean:
        return u"boolean"_s;
    case AttributeType::Date:
        break;
    }
    return u"date"_s;
}

const AttributeDefinition *CredentialTemplate::attribute(QStringView key) const
{
    const auto found = std::find_if(attributes.begin(), attributes.end(), [key](const auto &each) { return each.key == key; });
    return found == attributes.end() ? nullptr : &*found;
}

QList<AttributeDefinition> readAttributes(const QJsonValue &value)
{
    QList<AttributeDefinition> attributes;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key().isEmpty())
            continue;
        const QJsonObject definition = it.value().toObject();
        AttributeDefinition attribute;
        attribute.key = it.key();
        attribute.label = textMember(definition, "name"_L1);
        if (attribute.label.trimmed().isEmpty())
            attribute.label = attribute.key;
        attribute.description = textMember(definition, "description"_L1);
        attribute.rawType = textMember(definition, "type"_L1);
        attribute.type = attributeTypeFromText(attribute.rawType);
        attribute.required = definition.value("required"_L1).toBool();
        attribute.alwaysDisclosed = definition.value("alwaysDisclosed"_L1).toBool();
        attributes.append(attribute);
    }
    return attributes;
}

QString normalisedFormat(const QString &word)
{
    const QString lower = word.toLower();
    if (lower == "sd-jwt"_L1 || lower == "sd-jwt-vc"_L1 || lower == "vc+sd-jwt"_L1 || lower == "dc+sd-jwt"_L1)
        return u"sd-jwt-vc"_s;
    if (lower == "mdoc"_L1 || lower == "mso_mdoc"_L1)
        return u"mdoc"_s;
    return word;
}

Outcome<CredentialTemplate> parseCredentialTemplate(const QJsonValue &data)
{
    const QJsonObject object = data.toObject();
    CredentialTemplate result;
    result.id.text = stringMember(object, "id"_L1);
    if (result.id.isEmpty())
        return Failure::of(FailureKind::MalformedReply, u"a credential template without an id"_s);
    result.type = stringMember(object, "type"_L1);
    result.name = textMember(object, "name"_L1);
    if (result.name.trimmed().isEmpty())
        result.name = result.type.isEmpty() ? result.id.text : result.type;
    result.description = textMember(object, "description"_L1);
    result.format = normalisedFormat(textMember(object, "format"_L1));
    // An mdoc groups its elements by namespace; this console issues SD-JWT VCs.
    if (result.format != "mdoc"_L1)
        result.attributes = readAttributes(object.value("attributes"_L1));
    if (const QJsonValue revocable = object.value("revocable"_L1); revocable.isBool())
        result.revocable = revocable.toBool();
    result.archived = isArchived(object);
    result.createdAt = timeMember(object, "createdAt"_L1);
    return result;
}

Outcome<QList<CredentialTemplate>> parseCredentialTemplates(const Envelope &envelope)
{
    if (!envelope.data.isArray())
        return Failure::of(FailureKind::MalformedReply, u"a list of credential templates was expected"_s);
    QList<CredentialTemplate> templates;
    QSet<QString> seen;
    const QJsonArray entries = envelope.data.toArray();
    for (const QJsonValue &entry : entries) {
        const Outcome<CredentialTemplate> parsed = parseCredentialTemplate(entry);
        if (parsed && !seen.contains(parsed->id.text)) {
            seen.insert(parsed->id.text);
            templates.append(*parsed);
        }
    }
    return templates;
}

Outcome<QList<CredentialPreset>> parseCredentialPresets(const Envelope &envelope)
{
    if (!envelope.data.isArray())
        return Failure::of(FailureKind::MalformedReply, u"a list of presets was expected"_s);
    QList<CredentialPreset> presets;
    QSet<QString> ids;
    QSet<QString> types;
    const QJsonArray entries = envelope.data.toArray();
    for (const QJsonValue &entry : entries) {
        std::optional<CredentialPreset> preset = readPreset(entry.toObject());
        if (!preset || ids.contains(preset->id))
            continue;
        ids.insert(preset->id);
        // Of several with one type the first by a real author is shown; the rest are folded away.
        if (!preset->likelyTestEntry && !preset->type.isEmpty()) {
            preset->likelyTestEntry = types.contains(preset->type);
            types.insert(preset->type);
        }
        presets.append(*preset);
    }
    return presets;
}

} // namespace yoid
