// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/issuance.h"

#include "app/domain/jsonscan.h"
#include "app/domain/typedtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kLongestValue = 4096;

/// A JSON string token.
QByteArray quoted(const QString &text)
{
    return QJsonDocument(QJsonArray { text }).toJson(QJsonDocument::Compact).sliced(1).chopped(1);
}

/// Line ends and tabs may stand in free text; nothing else below space may.
bool hasBadControls(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control && c != u'\n' && c != u'\r' && c != u'\t';
    });
}

std::optional<AttributeProblem::Reason> problemOf(const AttributeDefinition &attribute, const QString &value)
{
    using Reason = AttributeProblem::Reason;
    if (value.trimmed().isEmpty()) {
        if (attribute.required)
            return Reason::Missing;
        return std::nullopt;
    }
    if (value.size() > kLongestValue)
        return Reason::TooLong;
    if (hasBadControls(value))
        return Reason::ControlCharacters;
    bool fits = true;
    Reason otherwise = Reason::Missing;
    switch (attribute.type) {
    case AttributeType::String:
        break;
    case AttributeType::Number:
        fits = jsonNumber(value).has_value();
        otherwise = Reason::NotANumber;
        break;
    case AttributeType::Boolean:
        fits = plainBoolean(value).has_value();
        otherwise = Reason::NotABoolean;
        break;
    case AttributeType::Date:
        fits = isoDate(value).has_value();
        otherwise = Reason::NotADate;
        break;
    }
    if (fits)
        return std::nullopt;
    return otherwise;
}

/// The value in the JSON type its template declares. Free text goes out as it was typed, composed or not (reliability
/// 4.2 no. 71); a value that does not fit goes out as text, for the service to refuse in its own words.
QByteArray jsonValue(const AttributeDefinition &attribute, const QString &value)
{
    switch (attribute.type) {
    case AttributeType::String:
        break;
    case AttributeType::Number:
        if (const auto number = jsonNumber(value))
            return *number;
        break;
    case AttributeType::Boolean:
        if (const auto yes = plainBoolean(value))
            return *yes ? "true" : "false";
        break;
    case AttributeType::Date:
        if (const auto date = isoDate(value))
            return quoted(*date);
        break;
    }
    return quoted(value);
}

Failure malformed(const QString &why, bool mayHaveExecuted)
{
    Failure failure = Failure::of(FailureKind::MalformedReply, why);
    failure.mayHaveExecuted = mayHaveExecuted;
    return failure;
}

} // namespace

QList<AttributeProblem> problemsOf(const IssueDraft &draft)
{
    QList<AttributeProblem> problems;
    for (const AttributeDefinition &attribute : draft.credentialTemplate.attributes) {
        if (const auto reason = problemOf(attribute, draft.values.value(attribute.key)))
            problems.append({ attribute.key, *reason });
    }
    return problems;
}

QByteArray issuanceRequestBody(const IssueDraft &draft)
{
    // Written by hand: QJsonValue would turn 81.50 into 81.5 and 12345678901234567890 into 1.2345678901234567e+19.
    QByteArray attributes;
    for (const AttributeDefinition &attribute : draft.credentialTemplate.attributes) {
        const QString value = draft.values.value(attribute.key);
        if (value.trimmed().isEmpty())
            continue;
        if (!attributes.isEmpty())
            attributes += ',';
        attributes += quoted(attribute.key) + ':' + jsonValue(attribute, value);
    }
    return "{\"credentialTemplateId\":" + quoted(draft.credentialTemplate.id.text) + ",\"attributes\":{" + attributes + "}}";
}

QByteArray deliveryRequestBody(const QString &offerUri, const Person &person)
{
    return QJsonDocument(QJsonObject { { u"credentialOffer"_s, offerUri },
                                       { u"recipient"_s, person.identifier() },
                                       { u"identifierType"_s, identifierTypeKey(person.identifierType()) } })
        .toJson(QJsonDocument::Compact);
}

bool Issuance::isFinal() const
{
    switch (status) {
    case IssuanceStatus::Completed:
    case IssuanceStatus::PartiallyIssued:
    case IssuanceStatus::Failed:
    case IssuanceStatus::Expired:
    case IssuanceStatus::Revoked:
        return true;
    case IssuanceStatus::Offered:
    case IssuanceStatus::Unknown:
        break;
    }
    return false;
}

IssuanceStatus issuanceStatusFromText(QStringView text)
{
    static const QHash<QString, IssuanceStatus> kWords {
        { u"offered"_s, IssuanceStatus::Offered },
        { u"pending"_s, IssuanceStatus::Offered },
        { u"deferred"_s, IssuanceStatus::Offered },
        { u"completed"_s, IssuanceStatus::Completed },
        { u"issued"_s, IssuanceStatus::Completed },
        { u"accepted"_s, IssuanceStatus::Completed },
        { u"partiallyissued"_s, IssuanceStatus::PartiallyIssued },
        { u"partially_issued"_s, IssuanceStatus::PartiallyIssued },
        { u"partially-issued"_s, IssuanceStatus::PartiallyIssued },
        { u"failed"_s, IssuanceStatus::Failed },
        { u"error"_s, IssuanceStatus::Failed },
        { u"expired"_s, IssuanceStatus::Expired },
        { u"revoked"_s, IssuanceStatus::Revoked },
    };
    return kWords.value(text.toString().toLower(), IssuanceStatus::Unknown);
}

Outcome<Issuance> parseIssuance(const Envelope &envelope, bool needOffer)
{
    if (envelope.empty || !envelope.data.isObject())
        return malformed(u"an issuance was expected"_s, needOffer);
    const QJsonObject data = envelope.data.toObject();
    Issuance issuance;
    issuance.id.text = stringMember(data, "id"_L1);
    issuance.offerUri = stringMember(data, "offerUri"_L1);
    issuance.offerQrUri = stringMember(data, "offerQrUri"_L1);
    if (issuance.id.isEmpty())
        return malformed(u"an issuance without an id"_s, needOffer);
    if (needOffer && issuance.offerUri.isEmpty())
        return malformed(u"an issuance without an offer"_s, true);

    issuance.rawStatus = looseText(data.value("status"_L1));
    issuance.status = issuanceStatusFromText(issuance.rawStatus);
    const QJsonObject credential = data.value("credentials"_L1).toArray().first().toObject();
    issuance.credentialId.text = stringMember(credential, "id"_L1);
    if (const QJsonValue revocable = credential.value("revocable"_L1); revocable.isBool())
        issuance.revocable = revocable.toBool();
    const QString inner = looseText(credential.value("status"_L1));
    // The session never becomes "revoked"; only the credential inside it does (contract 4.1, 4.2).
    if (issuanceStatusFromText(inner) == IssuanceStatus::Revoked || issuance.rawStatus.isEmpty()) {
        issuance.status = issuanceStatusFromText(inner);
        issuance.rawStatus = inner;
    }
    issuance.errorText = safeWords(errorWords(data.value("error"_L1)));
    issuance.expiresAt = timeMember(data, "expiresAt"_L1);
    issuance.createdAt = timeMember(data, "createdAt"_L1);
    return issuance;
}

} // namespace yoid
