// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/presentations.h"

#include "app/practice/listing.h"
#include "app/practice/router.h"
#include "app/practice/world.h"
#include "app/practice/youth.h"

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

QString templatesPath()
{
    return u"/me-creds/api/templates/presentations"_s;
}

QString path()
{
    return u"/me-creds/api/presentations"_s;
}

QJsonObject shown(const PresentationTemplate &item)
{
    return { { u"id"_s, item.id },
             { u"name"_s, item.name },
             { u"description"_s, item.description },
             { u"createdAt"_s, World::timestamp(item.createdAt) },
             { u"updatedAt"_s, World::timestamp(item.createdAt) },
             { u"credentials"_s, item.credentials } };
}

/// C1: each time has its own words.
QString word(const World &world, Presentation::State state)
{
    const bool shouting = world.dialect == Dialect::Current || world.dialect == Dialect::Hostile;
    switch (state) {
    case Presentation::State::Requested: return shouting ? u"PENDING"_s : u"requested"_s;
    case Presentation::State::Verified: return shouting ? u"ANSWERED"_s : u"verified"_s;
    case Presentation::State::Declined:
        if (world.dialect == Dialect::Engine)
            return u"failed"_s; // The engine has no word for a refusal.
        return shouting ? u"REJECTED"_s : u"rejected"_s;
    case Presentation::State::Failed: return shouting ? u"FAILED"_s : u"failed"_s;
    case Presentation::State::Expired: return shouting ? u"EXPIRED"_s : u"expired"_s;
    }
    return {};
}

QJsonObject shown(const World &world, const Presentation &item, bool withAnswer)
{
    return { { u"id"_s, item.id },
             { u"createdAt"_s, World::timestamp(item.createdAt) },
             { u"updatedAt"_s, World::timestamp(item.updatedAt) },
             { u"status"_s, word(world, item.state) },
             { u"error"_s,
               item.error.isEmpty() ? QJsonValue(QJsonValue::Null)
                                    : QJsonValue(QJsonObject { { u"message"_s, item.error } }) },
             { u"presentationTemplateId"_s, item.templateId },
             { u"credentials"_s, withAnswer ? item.credentials : QJsonArray() },
             { u"expiresAt"_s, World::timestamp(item.expiresAt) },
             { u"authorizationRequestUri"_s, item.uri },
             { u"authorizationRequestQrUri"_s, item.qrUri } };
}

void checkCredential(World &world, const QJsonObject &wanted, qsizetype index, QList<Problem> &problems)
{
    static const QStringList types { u"string"_s, u"number"_s, u"boolean"_s, u"date"_s };
    const QString pointer = u"/credentials/%1"_s.arg(index);
    const QString where = u"credentials.%1"_s.arg(index);
    if (world.dialect == Dialect::Old && wanted.contains(u"format"_s))
        problems.append({ pointer + u"/format"_s, where + u".format is not allowed"_s });
    if (wanted.value(u"type"_s).toString().isEmpty())
        problems.append({ pointer + u"/type"_s, where + u".type is required"_s });
    const QJsonObject attributes = wanted.value(u"attributes"_s).toObject();
    if (attributes.isEmpty())
        problems.append({ pointer + u"/attributes"_s, where + u".attributes is required"_s });
    for (auto it = attributes.begin(); it != attributes.end(); ++it) {
        const QJsonObject definition = it.value().toObject();
        if (!it.value().isObject() || (definition.contains(u"type"_s) && !types.contains(definition.value(u"type"_s).toString())))
            problems.append({ pointer + u"/attributes/"_s + it.key(), where + u".attributes."_s + it.key() + u" is not valid"_s });
    }
    const QJsonArray trusted = wanted.value(u"trustedIssuers"_s).toArray();
    if (trusted.size() > 20)
        problems.append({ pointer + u"/trustedIssuers"_s, where + u".trustedIssuers must hold at most 20 items"_s });
    for (const auto &id : trusted) {
        if (!world.trustedEntities.find(id.toString()))
            problems.append({ pointer + u"/trustedIssuers"_s, u"TrustedEntity with ID "_s + id.toString() + u" not found."_s });
    }
}

Reply createTemplate(World &world, const Request &request)
{
    QList<Problem> problems;
    if (world.dialect == Dialect::Old && request.json.contains(u"source"_s))
        problems.append({ u"/source"_s, u"source is not allowed"_s });
    if (request.json.value(u"name"_s).toString().trimmed().isEmpty())
        problems.append({ u"/name"_s, u"name is required"_s });
    if (world.dialect == Dialect::Engine && !request.json.value(u"description"_s).isString())
        problems.append({ u"/description"_s, u"description is required"_s });
    QJsonArray credentials = request.json.value(u"credentials"_s).toArray();
    if (credentials.isEmpty())
        problems.append({ u"/credentials"_s, u"credentials must hold at least one item"_s });
    for (qsizetype i = 0; i < credentials.size(); ++i) {
        QJsonObject wanted = credentials.at(i).toObject();
        checkCredential(world, wanted, i, problems);
        if (!wanted.contains(u"format"_s)) {
            wanted.insert(u"format"_s, u"sd-jwt-vc"_s);
            credentials[i] = wanted;
        }
    }
    if (!problems.isEmpty())
        return invalid(world.dialect, problems);
    PresentationTemplate item;
    item.id = World::newId();
    item.name = request.json.value(u"name"_s).toString();
    item.description = request.json.value(u"description"_s).toString();
    item.credentials = credentials;
    item.createdAt = QDateTime::currentDateTimeUtc();
    return enveloped(200, shown(*world.presentationTemplates.add(item)));
}

Reply createRequest(World &world, Youth &youth, const Request &request)
{
    const QString templateId = request.json.value(u"presentationTemplateId"_s).toString();
    if (templateId.isEmpty())
        return invalid(world.dialect, { { u"/presentationTemplateId"_s, u"presentationTemplateId is required"_s } });
    if (!world.presentationTemplates.find(templateId))
        return notFound(world.dialect, u"PresentationTemplate"_s, templateId);
    Presentation item;
    item.id = World::newId();
    item.templateId = templateId;
    const QString link = u"https://practice.invalid/invitation?request_uri=https%3A%2F%2Fpractice.invalid%2Finvitation%2F"_s
        + World::newLinkPart() + u"%2Fauthorization-requests%2F"_s + World::newLinkPart() + u"%3Fraw%3Dtrue"_s;
    item.uri = link + u"&client_id=did%3Aweb%3Apractice.invalid%3Apractice-academy"_s;
    item.qrUri = link + u"&qr=true"_s;
    item.createdAt = QDateTime::currentDateTimeUtc();
    item.updatedAt = item.createdAt;
    item.expiresAt = item.createdAt.addDays(30);
    Presentation *kept = world.presentations.add(item);
    youth.notice(*kept);
    return enveloped(200, shown(world, *kept, true));
}

Reply get(World &world, const Request &request)
{
    Presentation *found = world.presentations.find(request.captured.first());
    if (!found)
        return notFound(world.dialect, u"OpenId4VcVerification"_s, request.captured.first());
    // U4: the engine may keep an answer for one reading only.
    const bool withAnswer = world.dialect != Dialect::Engine || !found->wasRead;
    if (!found->credentials.isEmpty())
        found->wasRead = true;
    return enveloped(200, shown(world, *found, withAnswer));
}

} // namespace

void addPresentations(Router &router, World &world, Youth &youth)
{
    router.add("POST"_ba, templatesPath(), [&world](const Request &request) { return createTemplate(world, request); });
    router.add("GET"_ba, templatesPath(), [&world](const Request &request) {
        QList<QJsonObject> items;
        for (const PresentationTemplate &item : world.presentationTemplates.all())
            items.append(shown(item));
        return listed(world, request, items, { { u"id"_s }, { u"name"_s } });
    });
    router.add("GET"_ba, templatesPath() + u"/:"_s, [&world](const Request &request) {
        const PresentationTemplate *found = world.presentationTemplates.find(request.captured.first());
        return found ? enveloped(200, shown(*found))
                     : notFound(world.dialect, u"PresentationTemplate"_s, request.captured.first());
    });
    router.add("POST"_ba, path() + u"/request"_s,
               [&world, &youth](const Request &request) { return createRequest(world, youth, request); });
    router.add("GET"_ba, path(), [&world](const Request &request) {
        QList<QJsonObject> items;
        for (const Presentation &item : world.presentations.all())
            items.append(shown(world, item, world.dialect != Dialect::Engine));
        return listed(world, request, items, { { u"id"_s, u"status"_s, u"presentationTemplateId"_s }, {} });
    });
    router.add("GET"_ba, path() + u"/:"_s, [&world](const Request &request) { return get(world, request); });
}

} // namespace yoid::practice
