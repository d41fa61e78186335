// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/issuances.h"

#include "app/practice/listing.h"
#include "app/practice/router.h"
#include "app/practice/world.h"
#include "app/practice/youth.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

QString path()
{
    return u"/me-creds/api/credentials"_s;
}

QJsonObject shown(const World &world, const Issuance &item)
{
    QJsonObject out { { u"id"_s, item.id },
                      { u"status"_s, item.status },
                      { u"error"_s,
                        item.error.isEmpty() ? QJsonValue(QJsonValue::Null)
                                             : QJsonValue(QJsonObject { { u"message"_s, item.error } }) },
                      { u"offerUri"_s, item.offerUri },
                      { u"offerQrUri"_s, item.offerQrUri },
                      { u"createdAt"_s, World::timestamp(item.createdAt) },
                      { u"updatedAt"_s, World::timestamp(item.updatedAt) } };
    if (world.dialect == Dialect::Old) {
        out.insert(u"exchange"_s, u"openid4vc"_s);
        out.insert(u"format"_s, u"sd-jwt-vc"_s);
        return out;
    }
    QString inner = item.readsUntilRevoked > 0 ? u"issued"_s : item.credentialStatus;
    if (inner == u"offered"_s && world.dialect != Dialect::Engine)
        inner = u"pending"_s;
    out.insert(u"credentials"_s,
               QJsonArray { QJsonObject { { u"id"_s, item.credentialId },
                                          { u"status"_s, inner },
                                          { u"credentialTemplateId"_s, item.templateId },
                                          { u"exchange"_s, u"openid4vc"_s },
                                          { u"format"_s, u"sd-jwt-vc"_s },
                                          { u"revocable"_s, item.revocable } } });
    return out;
}

/// An entry of the list; what it tells beside an issuance's own address is written down nowhere (contract 2.10).
QJsonObject listedItem(const World &world, const Issuance &item)
{
    QJsonObject out = shown(world, item);
    if (world.echoIssuances) {
        out.insert(u"credentialTemplateId"_s, item.templateId);
        out.insert(u"attributes"_s, item.attributes);
    }
    return out;
}

bool fitsType(const QJsonValue &value, const QString &type, bool textIsEnough)
{
    static const QRegularExpression isoDate(u"^\\d{4}-\\d{2}-\\d{2}$"_s);
    if (type == u"date"_s)
        return isoDate.match(value.toString()).hasMatch() && QDate::fromString(value.toString(), Qt::ISODate).isValid();
    if (type == u"number"_s)
        return value.isDouble() || (textIsEnough && value.isString());
    if (type == u"boolean"_s)
        return value.isBool() || (textIsEnough && value.isString());
    return value.isString();
}

QList<Problem> problemsOf(const World &world, const CredentialTemplate &about, const QJsonObject &given)
{
    QList<Problem> problems;
    for (auto it = about.attributes.begin(); it != about.attributes.end(); ++it) {
        if (it.value().toObject().value(u"required"_s).toBool() && !given.contains(it.key()))
            problems.append({ u"/attributes/"_s + it.key(), u"attributes."_s + it.key() + u" is required"_s });
    }
    for (auto it = given.begin(); it != given.end(); ++it) {
        const QString pointer = u"/attributes/"_s + it.key();
        const QString where = u"attributes."_s + it.key();
        if (!about.attributes.contains(it.key())) {
            problems.append({ pointer, where + u" is not an attribute of the template"_s });
            continue;
        }
        const QString type = about.attributes.value(it.key()).toObject().value(u"type"_s).toString();
        // The old pages send everything as text.
        if (!fitsType(it.value(), type, world.dialect == Dialect::Old))
            problems.append({ pointer, where + u" must be a "_s + type });
        else if (it.value().isString() && it.value().toString().isEmpty())
            problems.append({ pointer, where + u" should not be empty"_s });
    }
    return problems;
}

Reply create(World &world, Youth &youth, const Request &request)
{
    QList<Problem> problems;
    const QString templateId = request.json.value(u"credentialTemplateId"_s).toString();
    if (templateId.isEmpty())
        problems.append({ u"/credentialTemplateId"_s, u"credentialTemplateId is required"_s });
    if (!request.json.value(u"attributes"_s).isObject())
        problems.append({ u"/attributes"_s, u"attributes must be an object"_s });
    if (!problems.isEmpty())
        return invalid(world.dialect, problems);
    const CredentialTemplate *about = world.credentialTemplates.find(templateId);
    if (!about)
        return notFound(world.dialect, u"CredentialTemplate"_s, templateId);
    const QJsonObject given = request.json.value(u"attributes"_s).toObject();
    problems = problemsOf(world, *about, given);
    if (!problems.isEmpty())
        return invalid(world.dialect, problems);

    Issuance item;
    item.id = World::newId();
    item.credentialId = World::newId();
    item.templateId = templateId;
    item.type = about->type;
    item.attributes = given;
    item.status = u"offered"_s;
    item.credentialStatus = u"offered"_s;
    item.revocable = about->revocable;
    item.statusIndex = world.nextStatusIndex++;
    item.offerUri = u"https://practice.invalid/invitation?credential_offer_uri=https%3A%2F%2Fpractice.invalid%2Finvitation%2F"_s
        + World::newLinkPart() + u"%2Foffers%2F"_s + World::newLinkPart() + u"%3Fraw%3Dtrue"_s;
    item.offerQrUri = item.offerUri + u"&qr=true"_s;
    item.createdAt = QDateTime::currentDateTimeUtc();
    item.updatedAt = item.createdAt;
    Issuance *kept = world.issuances.add(item);
    // Its QR may be scanned from now on; a delivery starts the wait again.
    youth.notice(*kept);
    const bool asNew = world.dialect == Dialect::Old || world.dialect == Dialect::March;
    return enveloped(asNew ? 201 : 200, shown(world, *kept));
}

Reply alreadyRevoked(const World &world, const QString &id)
{
    return invalid(world.dialect, { { {}, u"Issued Credential with id "_s + id + u" is already revoked"_s } });
}

Reply issuedNotFound(const World &world, const QString &id)
{
    return invalid(world.dialect, { { {}, u"Issued Credential with id "_s + id + u" not found"_s } });
}

/// Why this credential cannot be revoked, or nothing. One that nobody accepted is not an issued credential, unless the rule
/// says so.
std::optional<Reply> obstacle(const World &world, const Issuance *item, const QString &id)
{
    const bool offers = world.revokeRule == RevokeRule::Offers;
    const bool known = item
        && (item->credentialStatus == u"issued"_s || item->credentialStatus == u"revoked"_s
            || (offers && item->credentialStatus == u"offered"_s));
    if (!known)
        return issuedNotFound(world, id);
    if (world.revokeRule == RevokeRule::Refuse)
        return refusal(world.dialect, 403, u"This client may not revoke"_s);
    if (item->credentialStatus == u"revoked"_s)
        return alreadyRevoked(world, id);
    if (!item->revocable)
        return invalid(world.dialect, { { {}, u"Issued Credential with id "_s + id + u" is not revocable"_s } });
    return std::nullopt;
}

void revoke(const World &world, Issuance &item)
{
    if (item.credentialStatus == u"offered"_s)
        item.status = u"expired"_s; // what was taken back cannot be accepted any more
    item.credentialStatus = u"revoked"_s;
    item.readsUntilRevoked = world.confirmAfterReads;
    item.updatedAt = QDateTime::currentDateTimeUtc();
}

Issuance *byCredential(World &world, const QString &id)
{
    return world.issuances.findIf([&id](const Issuance &item) { return item.credentialId == id; });
}

/// All or none.
Reply revokeMany(World &world, const Request &request)
{
    const QJsonArray ids = request.json.value(u"ids"_s).toArray();
    if (ids.isEmpty())
        return invalid(world.dialect, { { u"/ids"_s, u"ids must be an array with at least one id"_s } });
    QList<Issuance *> found;
    for (const auto &id : ids) {
        Issuance *item = byCredential(world, id.toString());
        if (auto refused = obstacle(world, item, id.toString()))
            return *refused;
        found.append(item);
    }
    for (Issuance *item : std::as_const(found))
        revoke(world, *item);
    return emptyReply(204);
}

/// March: by the inner id, 204. Old: by the outer id, 200 (C9).
Reply revokeOne(World &world, const Request &request)
{
    const QString id = request.captured.first();
    const bool old = world.dialect == Dialect::Old;
    Issuance *item = old ? world.issuances.find(id) : byCredential(world, id);
    if (old && !item)
        return notFound(world.dialect, u"Credential"_s, id);
    if (auto refused = obstacle(world, item, id))
        return *refused;
    revoke(world, *item);
    return old ? enveloped(200, shown(world, *item)) : emptyReply(204);
}

} // namespace

void addIssuances(Router &router, World &world, Youth &youth)
{
    router.add("POST"_ba, path() + u"/issuance"_s,
               [&world, &youth](const Request &request) { return create(world, youth, request); });
    router.add("GET"_ba, path(), [&world](const Request &request) {
        QList<QJsonObject> items;
        for (const Issuance &item : world.issuances.all())
            items.append(listedItem(world, item));
        return listed(world, request, items, { { u"id"_s, u"status"_s }, {} });
    });
    router.add("GET"_ba, path() + u"/:"_s, [&world](const Request &request) {
        Issuance *found = world.issuances.find(request.captured.first());
        if (!found)
            return notFound(world.dialect, u"OpenId4VcIssuance"_s, request.captured.first());
        const Reply reply = enveloped(200, shown(world, *found));
        found->readsUntilRevoked = std::max(0, found->readsUntilRevoked - 1);
        return reply;
    });
    const bool single = world.dialect == Dialect::Old || world.dialect == Dialect::March;
    if (single) {
        router.add("POST"_ba, path() + u"/:/revoke"_s,
                   [&world](const Request &request) { return revokeOne(world, request); });
    } else {
        router.add("POST"_ba, path() + u"/revoke"_s,
                   [&world](const Request &request) { return revokeMany(world, request); });
    }
}

} // namespace yoid::practice
