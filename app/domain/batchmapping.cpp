// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchmapping.h"

#include "app/domain/batchmappingparts.h"
#include "app/domain/issuance.h"
#include "app/domain/jsonparts.h"
#include "app/domain/keywords.h"

#include <QtCore/QJsonArray>
#include <QtCore/QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr Keyword<PersonField> kFields[] = {
    { PersonField::Email, u"email" },
    { PersonField::Username, u"username" },
    { PersonField::ExternalIdentifier, u"externalIdentifier" },
    { PersonField::FirstName, u"firstName" },
    { PersonField::LastName, u"lastName" },
    { PersonField::FullName, u"fullName" },
    { PersonField::Language, u"language" },
};
constexpr Keyword<DateOrder> kOrders[] = {
    { DateOrder::DayMonthYear, u"dmy" },
    { DateOrder::MonthDayYear, u"mdy" },
    { DateOrder::YearMonthDay, u"ymd" },
};
constexpr Keyword<DecimalMark> kMarks[] = {
    { DecimalMark::Point, u"point" },
    { DecimalMark::Comma, u"comma" },
};
constexpr Keyword<ColumnTarget::Kind> kKinds[] = {
    { ColumnTarget::Kind::Undecided, u"undecided" },
    { ColumnTarget::Kind::Ignored, u"ignored" },
    { ColumnTarget::Kind::Person, u"person" },
    { ColumnTarget::Kind::Attribute, u"attribute" },
};

std::optional<ColumnTarget> targetFromJson(StrictMembers &members)
{
    const QString kindWord = members.text(u"to"_s);
    const std::optional<ColumnTarget::Kind> kind = kindWord.isEmpty() ? ColumnTarget::Kind::Undecided : valueOf(kKinds, kindWord);
    if (!kind)
        return std::nullopt;
    switch (*kind) {
    case ColumnTarget::Kind::Undecided:
        break;
    case ColumnTarget::Kind::Ignored:
        return ColumnTarget::ignored();
    case ColumnTarget::Kind::Person: {
        const std::optional<PersonField> field = personFieldFromKey(members.text(u"person"_s));
        return field ? std::optional(ColumnTarget::to(*field)) : std::nullopt;
    }
    case ColumnTarget::Kind::Attribute: {
        const QString key = members.text(u"attribute"_s);
        return key.isEmpty() ? std::nullopt : std::optional(ColumnTarget::to(key));
    }
    }
    return ColumnTarget {};
}

/// Targets by which a person or an attribute is filled; others may occur any number of times.
bool fills(const ColumnTarget &target)
{
    return target.kind == ColumnTarget::Kind::Person || target.kind == ColumnTarget::Kind::Attribute;
}

bool fixedValueFits(const CredentialTemplate &credentialTemplate, const AttributeDefinition &attribute, const QString &value)
{
    IssueDraft draft;
    draft.credentialTemplate.id = credentialTemplate.id;
    draft.credentialTemplate.attributes = { attribute };
    draft.values.insert(attribute.key, value);
    return problemsOf(draft).isEmpty();
}

} // namespace

QString personFieldKey(PersonField field)
{
    return wordOf(kFields, field);
}

std::optional<PersonField> personFieldFromKey(QStringView key)
{
    return valueOf(kFields, key);
}

QList<PersonField> allPersonFields()
{
    QList<PersonField> fields;
    for (const Keyword<PersonField> &entry : kFields)
        fields.append(entry.value);
    return fields;
}

QString dateOrderKey(DateOrder order)
{
    return wordOf(kOrders, order);
}

std::optional<DateOrder> dateOrderFromKey(QStringView key)
{
    return valueOf(kOrders, key);
}

int BatchMapping::columnOf(PersonField field) const
{
    return int(targets.indexOf(ColumnTarget::to(field)));
}

int BatchMapping::columnOf(const QString &attributeKey) const
{
    return int(targets.indexOf(ColumnTarget::to(attributeKey)));
}

int columnFor(const BatchMapping &mapping, const CredentialTemplate &credentialTemplate, PersonField field)
{
    if (const int column = mapping.columnOf(field); column >= 0)
        return column;
    for (int column = 0; column < mapping.targets.size(); ++column) {
        const ColumnTarget &target = mapping.targets.at(column);
        if (target.kind != ColumnTarget::Kind::Attribute)
            continue;
        const AttributeDefinition *attribute = credentialTemplate.attribute(target.attribute);
        if (attribute && attribute->type == AttributeType::String && meaningOf(*attribute) == field)
            return column;
    }
    return -1;
}

QList<MappingProblem> problemsOf(const BatchMapping &mapping, const CredentialTemplate &credentialTemplate, bool datesAreAmbiguous)
{
    using Kind = MappingProblem::Kind;
    QList<MappingProblem> problems;
    const bool reachable = columnFor(mapping, credentialTemplate, PersonField::Email) >= 0
        || columnFor(mapping, credentialTemplate, PersonField::Username) >= 0
        || columnFor(mapping, credentialTemplate, PersonField::ExternalIdentifier) >= 0;
    if (!reachable)
        problems.append({ Kind::NoIdentifier, -1, {} });
    const qsizetype columns = std::max(mapping.headers.size(), mapping.targets.size());
    for (int column = 0; column < columns; ++column) {
        const ColumnTarget target = mapping.targets.value(column);
        const bool knows = target.kind != ColumnTarget::Kind::Attribute || credentialTemplate.attribute(target.attribute);
        if (target.kind == ColumnTarget::Kind::Undecided || !knows)
            problems.append({ Kind::ColumnUndecided, column, {} });
        else if (fills(target) && mapping.targets.indexOf(target) < column)
            problems.append({ Kind::TargetTwice, column, target.attribute });
    }
    for (const AttributeDefinition &attribute : credentialTemplate.attributes) {
        if (mapping.columnOf(attribute.key) >= 0)
            continue; // a column goes before a fixed value
        const QString fixed = mapping.fixedValues.value(attribute.key);
        if (fixed.trimmed().isEmpty()) {
            if (attribute.required)
                problems.append({ Kind::AttributeMissing, -1, attribute.key });
        } else if (!fixedValueFits(credentialTemplate, attribute, fixed)) {
            problems.append({ Kind::FixedValueBad, -1, attribute.key });
        }
    }
    if (datesAreAmbiguous && !mapping.dateOrder)
        problems.append({ Kind::DateOrderUnknown, -1, {} });
    return problems;
}

BatchMapping carriedOver(const BatchMapping &earlier, const BatchMapping &guessed)
{
    const auto keysOf = [](const QStringList &headers) {
        QStringList keys;
        for (const QString &header : headers)
            keys.append(headerKey(header));
        return keys;
    };
    const QStringList before = keysOf(earlier.headers);
    const QStringList now = keysOf(guessed.headers);
    BatchMapping carried = guessed;
    QSet<int> sure;
    for (int column = 0; column < now.size() && column < carried.targets.size(); ++column) {
        const QString &key = now.at(column);
        const bool isClear = !key.isEmpty() && now.count(key) == 1 && before.count(key) == 1;
        const ColumnTarget target = isClear ? earlier.targets.value(before.indexOf(key)) : ColumnTarget {};
        if (target.kind == ColumnTarget::Kind::Undecided)
            continue;
        carried.targets[column] = target;
        sure.insert(column);
    }
    for (int column = 0; column < carried.targets.size(); ++column) {
        ColumnTarget &target = carried.targets[column];
        const bool isTaken = fills(target) && !sure.contains(column)
            && std::any_of(sure.begin(), sure.end(), [&](int other) { return carried.targets.at(other) == target; });
        if (isTaken)
            target = {};
    }
    for (auto fixed = earlier.fixedValues.cbegin(); fixed != earlier.fixedValues.cend(); ++fixed) {
        if (carried.columnOf(fixed.key()) < 0)
            carried.fixedValues.insert(fixed.key(), fixed.value());
    }
    return carried;
}

QJsonObject toJson(const BatchMapping &mapping)
{
    QJsonArray columns;
    const qsizetype count = std::max(mapping.headers.size(), mapping.targets.size());
    for (qsizetype column = 0; column < count; ++column) {
        QJsonObject json;
        put(json, u"header"_s, mapping.headers.value(column));
        if (column < mapping.targets.size()) {
            const ColumnTarget &target = mapping.targets.at(column);
            json.insert(u"to"_s, wordOf(kKinds, target.kind));
            if (target.kind == ColumnTarget::Kind::Person)
                json.insert(u"person"_s, personFieldKey(target.person));
            put(json, u"attribute"_s, target.attribute);
        }
        columns.append(json);
    }
    QJsonObject json { { u"columns"_s, columns }, { u"decimalMark"_s, wordOf(kMarks, mapping.decimalMark) } };
    if (!mapping.fixedValues.isEmpty()) {
        QJsonObject fixed;
        for (auto value = mapping.fixedValues.cbegin(); value != mapping.fixedValues.cend(); ++value)
            fixed.insert(value.key(), value.value());
        json.insert(u"fixed"_s, fixed);
    }
    if (mapping.dateOrder)
        json.insert(u"dateOrder"_s, dateOrderKey(*mapping.dateOrder));
    return json;
}

std::optional<BatchMapping> batchMappingFromJson(const QJsonObject &json)
{
    StrictMembers members(json);
    BatchMapping mapping;
    const QJsonArray columns = members.array(u"columns"_s);
    for (const QJsonValue &column : columns) {
        if (!column.isObject())
            return std::nullopt;
        StrictMembers cell(column.toObject());
        mapping.headers.append(cell.text(u"header"_s));
        const std::optional<ColumnTarget> target = targetFromJson(cell);
        if (!target || !cell.ok())
            return std::nullopt;
        mapping.targets.append(*target);
    }
    const QJsonObject fixed = members.object(u"fixed"_s);
    for (auto value = fixed.constBegin(); value != fixed.constEnd(); ++value) {
        if (!value.value().isString())
            return std::nullopt;
        mapping.fixedValues.insert(value.key(), value.value().toString());
    }
    const QString order = members.text(u"dateOrder"_s);
    mapping.dateOrder = dateOrderFromKey(order);
    const QString markWord = members.text(u"decimalMark"_s);
    const std::optional<DecimalMark> mark = markWord.isEmpty() ? DecimalMark::Point : valueOf(kMarks, markWord);
    if (!members.ok() || !mark || (!order.isEmpty() && !mapping.dateOrder))
        return std::nullopt;
    mapping.decimalMark = *mark;
    return mapping;
}

} // namespace yoid
