// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/presentation.h"

#include "app/domain/jsonscan.h"

#include <QtCore/QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QStringList readIssues(const QJsonValue &value)
{
    if (saysNothing(value))
        return {};
    QStringList issues;
    const QJsonArray entries = value.isArray() ? value.toArray() : QJsonArray { value };
    for (const QJsonValue &entry : entries)
        issues.append(safeWords(anyWords(entry)));
    return issues;
}

Validity validityOf(const QJsonValue &value)
{
    if (value.isUndefined())
        return Validity::Missing;
    if (!value.isBool())
        return Validity::NotBoolean;
    return value.toBool() ? Validity::True : Validity::False;
}

/// Whether there is anything in it. An object may be there with all its members withheld: empty, or with their digests only
/// (SD-JWT 4.2.4).
bool saysSomething(const QJsonValue &value)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            const bool isDigest = it.key() == "_sd"_L1 || it.key() == "_sd_alg"_L1 || it.key() == "..."_L1;
            if (!isDigest && saysSomething(it.value()))
                return true;
        }
        return false;
    }
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::any_of(array.begin(), array.end(), [](const QJsonValue &entry) { return saysSomething(entry); });
    }
    return !looseText(value).trimmed().isEmpty();
}

QMap<QString, QString> readDisclosed(const QJsonObject &attributes)
{
    QMap<QString, QString> disclosed;
    for (auto it = attributes.begin(); it != attributes.end(); ++it) {
        const bool isNested = it.value().isObject() || it.value().isArray();
        if (it.value().isNull() || (isNested && !saysSomething(it.value())))
            continue; // withheld
        disclosed.insert(it.key(), isNested ? compactJson(it.value()) : looseText(it.value()));
    }
    return disclosed;
}

QString issuerOf(const QJsonValue &value)
{
    if (!value.isObject())
        return value.toString();
    const QJsonObject issuer = value.toObject();
    for (const QLatin1StringView name : { "did"_L1, "id"_L1, "name"_L1 }) {
        if (const QString text = textMember(issuer, name); !text.isEmpty())
            return text;
    }
    return {};
}

PresentedCredential readPresented(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    PresentedCredential credential;
    credential.name = textMember(object, "name"_L1);
    credential.type = textMember(object, "type"_L1);
    credential.validity = validityOf(object.value("isValid"_L1));
    credential.issuer = issuerOf(object.value("issuer"_L1));
    const QJsonValue attributes = object.value("attributes"_L1);
    credential.attributes = readDisclosed(attributes.isObject() ? attributes.toObject() : object.value("presentedAttributes"_L1).toObject());
    credential.issues = readIssues(object.value("issues"_L1));
    return credential;
}

Failure malformed(const QString &why, bool mayHaveExecuted)
{
    Failure failure = Failure::of(FailureKind::MalformedReply, why);
    failure.mayHaveExecuted = mayHaveExecuted;
    return failure;
}

} // namespace

PresentationStatus presentationStatusFromText(QStringView text)
{
    static const QHash<QString, PresentationStatus> kWords {
        { u"requested"_s, PresentationStatus::Waiting },
        { u"pending"_s, PresentationStatus::Waiting },
        { u"created"_s, PresentationStatus::Waiting },
        { u"verified"_s, PresentationStatus::Answered },
        { u"answered"_s, PresentationStatus::Answered },
        { u"rejected"_s, PresentationStatus::Declined },
        { u"declined"_s, PresentationStatus::Declined },
        { u"failed"_s, PresentationStatus::Failed },
        { u"error"_s, PresentationStatus::Failed },
        { u"expired"_s, PresentationStatus::Expired },
    };
    return kWords.value(text.toString().toLower(), PresentationStatus::Unknown);
}

Outcome<Presentation> parsePresentation(const Envelope &envelope, bool needLinks)
{
    if (envelope.empty || !envelope.data.isObject())
        return malformed(u"a presentation was expected"_s, needLinks);
    const QJsonObject data = envelope.data.toObject();
    Presentation presentation;
    presentation.id.text = stringMember(data, "id"_L1);
    if (presentation.id.isEmpty())
        return malformed(u"a presentation without an id"_s, needLinks);
    presentation.authorizationRequestUri = stringMember(data, "authorizationRequestUri"_L1);
    presentation.authorizationRequestQrUri = stringMember(data, "authorizationRequestQrUri"_L1);
    if (needLinks && presentation.authorizationRequestUri.isEmpty() && presentation.authorizationRequestQrUri.isEmpty())
        return malformed(u"a presentation request without a link"_s, true);

    presentation.templateId.text = stringMember(data, "presentationTemplateId"_L1);
    // A word only counts when it is text: a number or a list that happens to read like one does not.
    presentation.rawStatus = looseText(data.value("status"_L1));
    presentation.status = presentationStatusFromText(data.value("status"_L1).toString());
    if (const QJsonValue error = data.value("error"_L1); !saysNothing(error))
        presentation.errorText = safeWords(anyWords(error));
    const QJsonArray credentials = data.value("credentials"_L1).toArray();
    for (const QJsonValue &credential : credentials)
        presentation.credentials.append(readPresented(credential)); // an odd entry stays, as one without proof
    presentation.expiresAt = timeMember(data, "expiresAt"_L1);
    presentation.remarks = envelope.warnings;
    return presentation;
}

} // namespace yoid
