// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/issuancelist.h"

#include "app/domain/foldedtext.h"
#include "app/domain/jsonscan.h"
#include "app/domain/typedtext.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Attributes = QMap<QString, QString>;

/// Numbers up to here are told apart by a double, which is all that JSON carries.
constexpr double kExact = 9'007'199'254'740'992.0; // 2^53

/// The values as text, or nothing when one of them is no plain value. Null is what a left-out value looks like.
std::optional<Attributes> attributesFrom(const QJsonValue &value)
{
    if (!value.isObject())
        return std::nullopt;
    Attributes attributes;
    const QJsonObject object = value.toObject();
    for (auto entry = object.constBegin(); entry != object.constEnd(); ++entry) {
        const QJsonValue one = entry.value();
        if (one.isNull())
            continue;
        if (!one.isString() && !one.isDouble() && !one.isBool())
            return std::nullopt;
        attributes.insert(entry.key(), looseText(one));
    }
    return attributes;
}

/// A number in one spelling; nothing when it cannot be told from its neighbours.
std::optional<QString> canonicalNumber(const QString &text)
{
    const std::optional<QByteArray> number = jsonNumber(text);
    if (!number)
        return std::nullopt;
    qsizetype digits = 0;
    for (const char c : *number) {
        if (c == 'e' || c == 'E')
            break;
        digits += c >= '0' && c <= '9';
    }
    const double value = number->toDouble();
    if (digits > 15 || std::abs(value) > kExact)
        return std::nullopt;
    return QString::number(value == 0 ? 0 : value, 'g', 17);
}

/// One value in one form; nothing when it cannot be compared.
std::optional<QString> canonical(AttributeType type, const QString &text)
{
    switch (type) {
    case AttributeType::Number:
        return canonicalNumber(text);
    case AttributeType::Boolean:
        if (const std::optional<bool> yes = plainBoolean(text))
            return *yes ? u"true"_s : u"false"_s;
        return std::nullopt;
    case AttributeType::Date:
        return isoDate(text);
    case AttributeType::String:
        return text.normalized(QString::NormalizationForm_C);
    }
    return std::nullopt;
}

/// What the service would echo of this draft, or nothing when that is not certain.
std::optional<Attributes> expectedOf(const IssueDraft &draft)
{
    Attributes expected;
    for (const AttributeDefinition &attribute : draft.credentialTemplate.attributes) {
        const QString value = draft.values.value(attribute.key);
        if (value.trimmed().isEmpty()) // left out of the request
            continue;
        const std::optional<QString> form = canonical(attribute.type, value);
        if (!form)
            return std::nullopt;
        expected.insert(attribute.key, *form);
    }
    return expected;
}

/// Where an echo may stand: beside the status, or in the only credential.
std::optional<Attributes> echoOf(const QJsonObject &item, const QJsonObject &credential)
{
    const std::optional<Attributes> outer = attributesFrom(item.value("attributes"_L1));
    const std::optional<Attributes> inner = attributesFrom(credential.value("attributes"_L1));
    const bool twice = item.contains("attributes"_L1) && credential.contains("attributes"_L1);
    if (twice && outer != inner)
        return std::nullopt;
    return outer ? outer : inner;
}

} // namespace

Outcome<IssuanceListing> parseIssuanceListing(const Envelope &envelope)
{
    IssuanceListing listing;
    if (envelope.empty || envelope.data.isNull())
        return listing;
    if (!envelope.data.isArray())
        return Failure::of(FailureKind::MalformedReply, u"a list of issuances was expected"_s);
    const QJsonArray items = envelope.data.toArray();
    for (const QJsonValue &value : items) {
        Envelope one;
        one.data = value;
        const Outcome<Issuance> issuance = parseIssuance(one, false);
        if (!issuance.ok()) {
            listing.complete = false;
            continue;
        }
        const QJsonObject item = value.toObject();
        const QJsonArray credentials = item.value("credentials"_L1).toArray();
        ListedIssuance listed;
        listed.issuance = *issuance;
        // Two credentials in one issuance are nothing that this console makes.
        if (credentials.size() <= 1) {
            const QJsonObject credential = credentials.first().toObject();
            const QString outer = stringMember(item, "credentialTemplateId"_L1);
            const QString inner = stringMember(credential, "credentialTemplateId"_L1);
            if (outer.isEmpty() || inner.isEmpty() || outer == inner)
                listed.templateId = outer.isEmpty() ? inner : outer;
            listed.attributes = echoOf(item, credential);
        }
        listing.items.append(listed);
    }
    return listing;
}

bool echoes(const ListedIssuance &listed, const IssueDraft &draft)
{
    if (listed.templateId.isEmpty() || listed.templateId != draft.credentialTemplate.id.text || !listed.attributes)
        return false;
    const std::optional<Attributes> expected = expectedOf(draft);
    // A template without attributes makes issuances that are all alike: nothing is proved by them.
    if (!expected || expected->isEmpty() || expected->keys() != listed.attributes->keys())
        return false;
    for (const AttributeDefinition &attribute : draft.credentialTemplate.attributes) {
        const auto wanted = expected->constFind(attribute.key);
        if (wanted != expected->constEnd() && canonical(attribute.type, listed.attributes->value(attribute.key)) != *wanted)
            return false;
    }
    return true;
}

bool namesPerson(const IssueDraft &draft)
{
    const std::optional<Attributes> values = expectedOf(draft);
    if (!values)
        return false;
    const auto folded = [](const QString &text) { return foldedText(text).simplified(); };
    const Person &person = draft.person;
    const QString first = folded(person.firstName);
    const QString last = folded(person.lastName);
    const bool hasFullName = !first.isEmpty() && !last.isEmpty();
    QStringList names { folded(person.email), folded(person.username), folded(person.externalIdentifier) };
    if (hasFullName)
        names << folded(first + u' ' + last) << folded(last + u' ' + first);
    names.removeAll(QString());
    qsizetype saysFirst = 0;
    qsizetype saysLast = 0;
    qsizetype saysEither = 0;
    for (const QString &value : *values) {
        const QString said = folded(value);
        if (names.contains(said))
            return true;
        saysFirst += said == first;
        saysLast += said == last;
        saysEither += said == first || said == last;
    }
    return hasFullName && saysFirst > 0 && saysLast > 0 && saysEither > 1;
}

bool looksTheSame(const IssueDraft &a, const IssueDraft &b)
{
    if (a.credentialTemplate.id != b.credentialTemplate.id)
        return false;
    const std::optional<Attributes> ofA = expectedOf(a);
    const std::optional<Attributes> ofB = expectedOf(b);
    return !ofA || !ofB || *ofA == *ofB;
}

} // namespace yoid
