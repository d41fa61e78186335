// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/credentialtemplates.h"

#include "app/practice/listing.h"
#include "app/practice/presets.h"
#include "app/practice/router.h"
#include "app/practice/world.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

QString path()
{
    return u"/me-creds/api/templates/credentials"_s;
}

QJsonObject shown(const World &world, const CredentialTemplate &item)
{
    QJsonObject out { { u"id"_s, item.id },
                      { u"name"_s, item.name },
                      { u"description"_s, item.description },
                      { u"format"_s, u"sd-jwt-vc"_s },
                      { u"type"_s, item.type },
                      { u"attributes"_s, item.attributes },
                      { u"createdAt"_s, World::timestamp(item.createdAt) },
                      { u"updatedAt"_s, World::timestamp(item.createdAt) },
                      { u"archivedAt"_s, QJsonValue::Null } };
    if (world.dialect == Dialect::Old)
        out.insert(u"status"_s, u"active"_s);
    else if (world.dialect != Dialect::March)
        out.insert(u"revocable"_s, item.revocable);
    return out;
}

void checkAttributes(const QJsonValue &value, QList<Problem> &problems)
{
    if (!value.isObject() || value.toObject().isEmpty()) {
        problems.append({ u"/attributes"_s, u"attributes must be an object with at least one member"_s });
        return;
    }
    static const QStringList members { u"type"_s, u"name"_s, u"description"_s, u"required"_s, u"alwaysDisclosed"_s };
    static const QStringList types { u"string"_s, u"number"_s, u"boolean"_s, u"date"_s };
    const QJsonObject attributes = value.toObject();
    for (auto it = attributes.begin(); it != attributes.end(); ++it) {
        const QString where = u"attributes."_s + it.key();
        const QString pointer = u"/attributes/"_s + it.key();
        const QJsonObject definition = it.value().toObject();
        if (!types.contains(definition.value(u"type"_s).toString()))
            problems.append({ pointer + u"/type"_s, where + u".type must be one of string, number, boolean, date"_s });
        for (auto member = definition.begin(); member != definition.end(); ++member) {
            if (!members.contains(member.key()))
                problems.append({ pointer + u'/' + member.key(), where + u'.' + member.key() + u" is not allowed"_s });
        }
        for (const QString &flag : { u"required"_s, u"alwaysDisclosed"_s }) {
            if (definition.contains(flag) && !definition.value(flag).isBool())
                problems.append({ pointer + u'/' + flag, where + u'.' + flag + u" must be a boolean"_s });
        }
    }
}

/// The wording of each time (C7): `code` or `type`, with or without `credentialFormat`.
QString checkedCode(const World &world, const QJsonObject &body, QList<Problem> &problems)
{
    const bool old = world.dialect == Dialect::Old;
    const bool march = world.dialect == Dialect::March;
    if (old) {
        for (const QString &unknown : { u"credentialFormat"_s, u"revocable"_s }) {
            if (body.contains(unknown))
                problems.append({ u'/' + unknown, unknown + u" is not allowed"_s });
        }
    } else if (!march && body.value(u"credentialFormat"_s).toString() != u"sd-jwt"_s) {
        problems.append({ u"/credentialFormat"_s, u"credentialFormat must be one of sd-jwt, mdoc, preset"_s });
    }
    QString member = old ? u"type"_s : u"code"_s;
    if (march && !body.contains(member) && body.contains(u"type"_s))
        member = u"type"_s;
    const QString code = body.value(member).toString();
    static const QRegularExpression allowed(u"^[A-Za-z0-9_-]+$"_s);
    if (code.isEmpty())
        problems.append({ u'/' + member, member + u" is required"_s });
    else if (!allowed.match(code).hasMatch())
        problems.append({ u'/' + member, member + u" may hold letters, digits, '-' and '_' only"_s });
    return code;
}

Reply added(World &world, CredentialTemplate item)
{
    item.id = World::newId();
    item.createdAt = QDateTime::currentDateTimeUtc();
    const CredentialTemplate &kept = *world.credentialTemplates.add(std::move(item));
    return enveloped(201, shown(world, kept), world.base + path() + u'/' + kept.id);
}

Reply createFromPreset(World &world, const QJsonObject &body)
{
    const QString presetId = body.value(u"presetId"_s).toString();
    if (presetId.isEmpty())
        return invalid(world.dialect, { { u"/presetId"_s, u"presetId is required"_s } });
    const QJsonObject preset = credentialPreset(presetId);
    if (preset.isEmpty())
        return notFound(world.dialect, u"CredentialPreset"_s, presetId);
    CredentialTemplate item;
    item.name = preset.value(u"templateName"_s).toString();
    item.description = preset.value(u"templateDescription"_s).toString();
    item.type = preset.value(u"templateType"_s).toString();
    item.attributes = preset.value(u"templateAttributes"_s).toObject();
    return added(world, std::move(item));
}

Reply create(World &world, const Request &request)
{
    const QJsonObject &body = request.json;
    if (world.dialect != Dialect::Old && body.value(u"credentialFormat"_s).toString() == u"preset"_s)
        return createFromPreset(world, body);

    QList<Problem> problems;
    const QString code = checkedCode(world, body, problems);
    if (body.value(u"name"_s).toString().trimmed().isEmpty())
        problems.append({ u"/name"_s, u"name is required"_s });
    if (body.contains(u"revocable"_s) && !body.value(u"revocable"_s).isBool())
        problems.append({ u"/revocable"_s, u"revocable must be a boolean"_s });
    checkAttributes(body.value(u"attributes"_s), problems);
    if (!problems.isEmpty())
        return invalid(world.dialect, problems);

    CredentialTemplate item;
    item.name = body.value(u"name"_s).toString();
    item.description = body.value(u"description"_s).toString();
    item.type = World::vct(code);
    item.attributes = body.value(u"attributes"_s).toObject();
    // The engine's default is false (contract 2.3).
    item.revocable = body.value(u"revocable"_s).toBool(world.dialect != Dialect::Engine);
    if (world.credentialTemplates.findIf([&item](const CredentialTemplate &other) { return other.type == item.type; }))
        return conflict(world.dialect, u"code is already used by another template"_s);
    const bool deprecated = world.dialect == Dialect::March && body.contains(u"type"_s);
    Reply reply = added(world, std::move(item));
    if (deprecated) {
        // C4: a warning beside the data of a success.
        QJsonObject whole = QJsonDocument::fromJson(reply.body).object();
        whole.insert(u"errors"_s,
                     QJsonArray { QJsonObject { { u"detail"_s, u"type is deprecated for SD-JWT, use code"_s } } });
        reply = jsonReply(201, whole);
    }
    return reply;
}

Reply get(World &world, const Request &request)
{
    const QString id = request.captured.first();
    const CredentialTemplate *found = world.credentialTemplates.find(id);
    if (!found)
        return notFound(world.dialect, u"CredentialTemplate"_s, id);
    return enveloped(200, shown(world, *found), world.base + path() + u'/' + id);
}

Reply list(const World &world, const Request &request)
{
    QList<QJsonObject> items;
    for (const CredentialTemplate &item : world.credentialTemplates.all())
        items.append(shown(world, item));
    return listed(world, request, items,
                  { { u"id"_s, u"type"_s, u"format"_s, u"archived"_s, u"revocable"_s }, { u"name"_s } });
}

} // namespace

void addCredentialTemplates(Router &router, World &world)
{
    router.add("GET"_ba, path(), [&world](const Request &request) { return list(world, request); });
    router.add("POST"_ba, path(), [&world](const Request &request) { return create(world, request); });
    router.add("GET"_ba, path() + u"/:"_s, [&world](const Request &request) { return get(world, request); });
}

} // namespace yoid::practice
