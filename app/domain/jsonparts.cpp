// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/jsonparts.h"

#include <QtCore/QJsonArray>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace yoid {

void put(QJsonObject &json, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        json.insert(key, text);
}

void put(QJsonObject &json, const QString &key, const QStringList &texts)
{
    if (!texts.isEmpty())
        json.insert(key, QJsonArray::fromStringList(texts));
}

void put(QJsonObject &json, const QString &key, const QDateTime &time)
{
    if (time.isValid())
        json.insert(key, time.toUTC().toString(Qt::ISODateWithMs));
}

QDateTime timeOf(const QJsonObject &json, const QString &key)
{
    return QDateTime::fromString(json.value(key).toString(), Qt::ISODateWithMs);
}

QStringList textsOf(const QJsonValue &value)
{
    QStringList texts;
    const QJsonArray array = value.toArray();
    texts.reserve(array.size());
    for (const QJsonValue &text : array)
        texts.append(text.toString());
    return texts;
}

std::optional<bool> maybeBool(const QJsonValue &value)
{
    return value.isBool() ? std::optional<bool>(value.toBool()) : std::nullopt;
}

QJsonObject toJson(const AttributeDefinition &attribute)
{
    return { { u"key"_s, attribute.key }, { u"label"_s, attribute.label }, { u"description"_s, attribute.description },
             { u"type"_s, attributeTypeKey(attribute.type) }, { u"rawType"_s, attribute.rawType },
             { u"required"_s, attribute.required }, { u"alwaysDisclosed"_s, attribute.alwaysDisclosed } };
}

AttributeDefinition attributeFromJson(const QJsonObject &json)
{
    AttributeDefinition attribute;
    attribute.key = json.value(u"key"_s).toString();
    attribute.label = json.value(u"label"_s).toString();
    attribute.description = json.value(u"description"_s).toString();
    for (const AttributeType type : { AttributeType::String, AttributeType::Number, AttributeType::Boolean, AttributeType::Date }) {
        if (json.value(u"type"_s).toString() == attributeTypeKey(type))
            attribute.type = type;
    }
    attribute.rawType = json.value(u"rawType"_s).toString();
    attribute.required = json.value(u"required"_s).toBool();
    attribute.alwaysDisclosed = json.value(u"alwaysDisclosed"_s).toBool();
    return attribute;
}

QJsonObject toJson(const CredentialTemplate &credentialTemplate)
{
    QJsonArray attributes;
    for (const AttributeDefinition &attribute : credentialTemplate.attributes)
        attributes.append(toJson(attribute));
    QJsonObject json { { u"id"_s, credentialTemplate.id.text }, { u"name"_s, credentialTemplate.name },
                       { u"attributes"_s, attributes } };
    put(json, u"description"_s, credentialTemplate.description);
    put(json, u"type"_s, credentialTemplate.type);
    put(json, u"format"_s, credentialTemplate.format);
    put(json, u"createdAt"_s, credentialTemplate.createdAt);
    if (credentialTemplate.revocable)
        json.insert(u"revocable"_s, *credentialTemplate.revocable);
    if (credentialTemplate.archived)
        json.insert(u"archived"_s, true);
    return json;
}

CredentialTemplate credentialTemplateFromJson(const QJsonObject &json)
{
    CredentialTemplate made;
    made.id.text = json.value(u"id"_s).toString();
    made.name = json.value(u"name"_s).toString();
    made.description = json.value(u"description"_s).toString();
    made.type = json.value(u"type"_s).toString();
    made.format = json.value(u"format"_s).toString();
    made.createdAt = timeOf(json, u"createdAt"_s);
    made.revocable = maybeBool(json.value(u"revocable"_s));
    made.archived = json.value(u"archived"_s).toBool();
    const QJsonArray attributes = json.value(u"attributes"_s).toArray();
    for (const QJsonValue &attribute : attributes)
        made.attributes.append(attributeFromJson(attribute.toObject()));
    return made;
}

StrictMembers::StrictMembers(const QJsonObject &json)
    : m_json(json)
{
}

QJsonValue StrictMembers::member(const QString &key, QJsonValue::Type type)
{
    const QJsonValue value = m_json.value(key);
    if (!value.isUndefined() && value.type() != type)
        m_ok = false;
    return value;
}

QString StrictMembers::text(const QString &key)
{
    return member(key, QJsonValue::String).toString();
}

QStringList StrictMembers::texts(const QString &key)
{
    const QJsonArray values = array(key);
    QStringList texts;
    texts.reserve(values.size());
    for (const QJsonValue &value : values) {
        if (!value.isString())
            m_ok = false;
        texts.append(value.toString());
    }
    return texts;
}

qint64 StrictMembers::number(const QString &key)
{
    constexpr double kMost = 9007199254740992; // beyond it a double skips whole numbers
    const double value = member(key, QJsonValue::Double).toDouble();
    if (std::abs(value) <= kMost && std::trunc(value) == value)
        return static_cast<qint64>(value);
    m_ok = false;
    return 0;
}

int StrictMembers::count(const QString &key)
{
    const qint64 value = number(key);
    if (value >= 0 && value <= std::numeric_limits<int>::max())
        return static_cast<int>(value);
    m_ok = false;
    return 0;
}

bool StrictMembers::flag(const QString &key, bool otherwise)
{
    return member(key, QJsonValue::Bool).toBool(otherwise);
}

QDateTime StrictMembers::time(const QString &key)
{
    const QString written = text(key);
    const QDateTime time = QDateTime::fromString(written, Qt::ISODateWithMs);
    if (!written.isEmpty() && !time.isValid())
        m_ok = false;
    return time;
}

QJsonObject StrictMembers::object(const QString &key)
{
    return member(key, QJsonValue::Object).toObject();
}

QJsonArray StrictMembers::array(const QString &key)
{
    return member(key, QJsonValue::Array).toArray();
}

} // namespace yoid
