// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/presentationjson.h"

#include "app/domain/jsonparts.h"

#include <QtCore/QJsonArray>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QJsonObject toJson(const RequestedCredential &credential)
{
    QJsonArray attributes;
    for (const AttributeDefinition &attribute : credential.attributes) {
        attributes.append(QJsonObject { { u"key"_s, attribute.key },
                                        { u"label"_s, attribute.label },
                                        { u"type"_s, attributeTypeKey(attribute.type) },
                                        { u"required"_s, attribute.required } });
    }
    QJsonObject json { { u"name"_s, credential.name }, { u"type"_s, credential.type }, { u"format"_s, credential.format },
                       { u"attributes"_s, attributes } };
    put(json, u"trustedIssuers"_s, credential.trustedIssuers);
    return json;
}

RequestedCredential requestedFromJson(const QJsonObject &json)
{
    RequestedCredential credential;
    credential.name = json.value(u"name"_s).toString();
    credential.type = json.value(u"type"_s).toString();
    credential.format = json.value(u"format"_s).toString();
    credential.trustedIssuers = textsOf(json.value(u"trustedIssuers"_s));
    const QJsonArray attributes = json.value(u"attributes"_s).toArray();
    for (const QJsonValue &attribute : attributes)
        credential.attributes.append(attributeFromJson(attribute.toObject()));
    return credential;
}

struct ValidityWord {
    Validity validity;
    const char16_t *word;
};
constexpr ValidityWord kValidityWords[] = {
    { Validity::True, u"true" },
    { Validity::False, u"false" },
    { Validity::NotBoolean, u"notBoolean" },
    { Validity::Missing, u"missing" },
};

struct StatusWord {
    PresentationStatus status;
    const char16_t *word;
};
constexpr StatusWord kStatusWords[] = {
    { PresentationStatus::Waiting, u"waiting" },   { PresentationStatus::Answered, u"answered" },
    { PresentationStatus::Declined, u"declined" }, { PresentationStatus::Failed, u"failed" },
    { PresentationStatus::Expired, u"expired" },   { PresentationStatus::Unknown, u"unknown" },
};

struct ExpectationWord {
    Expectation::Kind kind;
    const char16_t *word;
};
constexpr ExpectationWord kExpectationWords[] = {
    { Expectation::Kind::ValueEquals, u"equals" },
    { Expectation::Kind::NotOlderThan, u"notOlderThan" },
    { Expectation::Kind::NotPast, u"notPast" },
};

QJsonObject toJson(const PresentedCredential &credential)
{
    QJsonObject attributes;
    for (auto value = credential.attributes.cbegin(); value != credential.attributes.cend(); ++value)
        attributes.insert(value.key(), value.value());
    QJsonObject json { { u"name"_s, credential.name }, { u"type"_s, credential.type }, { u"attributes"_s, attributes } };
    for (const ValidityWord &entry : kValidityWords) {
        if (entry.validity == credential.validity)
            json.insert(u"validity"_s, QString::fromUtf16(entry.word));
    }
    put(json, u"issuer"_s, credential.issuer);
    put(json, u"issues"_s, credential.issues);
    return json;
}

PresentedCredential presentedFromJson(const QJsonObject &json)
{
    PresentedCredential credential;
    credential.name = json.value(u"name"_s).toString();
    credential.type = json.value(u"type"_s).toString();
    credential.issuer = json.value(u"issuer"_s).toString();
    credential.issues = textsOf(json.value(u"issues"_s));
    for (const ValidityWord &entry : kValidityWords) {
        if (json.value(u"validity"_s).toString() == QStringView(entry.word))
            credential.validity = entry.validity;
    }
    const QJsonObject attributes = json.value(u"attributes"_s).toObject();
    for (auto value = attributes.constBegin(); value != attributes.constEnd(); ++value)
        credential.attributes.insert(value.key(), value.value().toString());
    return credential;
}

} // namespace

QJsonObject toJson(const PresentationTemplate &asked)
{
    QJsonArray credentials;
    for (const RequestedCredential &credential : asked.credentials)
        credentials.append(toJson(credential));
    QJsonObject json { { u"id"_s, asked.id.text }, { u"name"_s, asked.name }, { u"credentials"_s, credentials } };
    put(json, u"description"_s, asked.description);
    if (!asked.expectations.isEmpty())
        json.insert(u"expectations"_s, toJson(asked.expectations));
    return json;
}

QJsonArray toJson(const QList<Expectation> &expectations)
{
    QJsonArray list;
    for (const Expectation &expectation : expectations) {
        QJsonObject one { { u"key"_s, expectation.key } };
        for (const ExpectationWord &entry : kExpectationWords) {
            if (entry.kind == expectation.kind)
                one.insert(u"expects"_s, QString::fromUtf16(entry.word));
        }
        put(one, u"value"_s, expectation.value);
        if (expectation.months)
            one.insert(u"months"_s, expectation.months);
        list.append(one);
    }
    return list;
}

QList<Expectation> expectationsFromJson(const QJsonArray &list)
{
    QList<Expectation> expectations;
    for (const QJsonValue &value : list) {
        const QJsonObject one = value.toObject();
        const QString word = one.value(u"expects"_s).toString();
        const auto known = std::find_if(std::begin(kExpectationWords), std::end(kExpectationWords),
                                        [&word](const ExpectationWord &entry) { return word == QStringView(entry.word); });
        Expectation expectation;
        // A kind of a newer version cannot be checked here: with no field to look at it keeps the verdict from being green.
        if (known != std::end(kExpectationWords)) {
            expectation.kind = known->kind;
            expectation.key = one.value(u"key"_s).toString();
            expectation.value = one.value(u"value"_s).toString();
            expectation.months = one.value(u"months"_s).toInt();
        }
        expectations.append(expectation);
    }
    return expectations;
}

std::optional<PresentationTemplate> presentationTemplateFromJson(const QJsonObject &json)
{
    PresentationTemplate asked;
    asked.id.text = json.value(u"id"_s).toString();
    asked.name = json.value(u"name"_s).toString();
    asked.description = json.value(u"description"_s).toString();
    const QJsonArray credentials = json.value(u"credentials"_s).toArray();
    for (const QJsonValue &credential : credentials)
        asked.credentials.append(requestedFromJson(credential.toObject()));
    asked.expectations = expectationsFromJson(json.value(u"expectations"_s).toArray());
    if (asked.id.isEmpty())
        return {};
    return asked;
}

QJsonObject answerToJson(const Presentation &presentation)
{
    QJsonArray credentials;
    for (const PresentedCredential &credential : presentation.credentials)
        credentials.append(toJson(credential));
    QJsonObject json { { u"credentials"_s, credentials } };
    put(json, u"rawStatus"_s, presentation.rawStatus);
    put(json, u"errorText"_s, presentation.errorText);
    put(json, u"remarks"_s, presentation.remarks);
    put(json, u"digest"_s, presentation.digest);
    for (const StatusWord &entry : kStatusWords) {
        if (entry.status == presentation.status)
            json.insert(u"status"_s, QString::fromUtf16(entry.word));
    }
    return json;
}

Presentation answerFromJson(const QJsonObject &json)
{
    Presentation presentation;
    presentation.rawStatus = json.value(u"rawStatus"_s).toString();
    presentation.errorText = json.value(u"errorText"_s).toString();
    presentation.remarks = textsOf(json.value(u"remarks"_s));
    presentation.digest = json.value(u"digest"_s).toString();
    for (const StatusWord &entry : kStatusWords) {
        if (json.value(u"status"_s).toString() == QStringView(entry.word))
            presentation.status = entry.status;
    }
    const QJsonArray credentials = json.value(u"credentials"_s).toArray();
    for (const QJsonValue &credential : credentials)
        presentation.credentials.append(presentedFromJson(credential.toObject()));
    return presentation;
}

} // namespace yoid
