// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/trust.h"

#include "app/practice/listing.h"
#include "app/practice/router.h"
#include "app/practice/world.h"

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

QString path()
{
    return u"/me-creds/api/trusted-entities"_s;
}

QJsonObject shown(const TrustedEntity &item)
{
    return { { u"id"_s, item.id },
             { u"name"_s, item.name },
             { u"createdAt"_s, World::timestamp(item.createdAt) },
             { u"updatedAt"_s, World::timestamp(item.createdAt) },
             { u"dids"_s, item.dids },
             { u"certificates"_s, item.certificates } };
}

Reply create(World &world, const Request &request)
{
    QList<Problem> problems;
    const QJsonArray dids = request.json.value(u"dids"_s).toArray();
    const QJsonArray certificates = request.json.value(u"certificates"_s).toArray();
    if (request.json.value(u"name"_s).toString().trimmed().isEmpty())
        problems.append({ u"/name"_s, u"name is required"_s });
    if (dids.size() > 20)
        problems.append({ u"/dids"_s, u"dids must hold at most 20 items"_s });
    if (dids.isEmpty() && certificates.isEmpty())
        problems.append({ u"/dids"_s, u"at least one DID or certificate is required"_s });
    for (qsizetype i = 0; i < dids.size(); ++i) {
        if (!dids.at(i).toObject().value(u"did"_s).toString().startsWith(u"did:"_s))
            problems.append({ u"/dids/%1/did"_s.arg(i), u"dids.%1.did must be a DID"_s.arg(i) });
    }
    if (!problems.isEmpty())
        return invalid(world.dialect, problems);
    TrustedEntity item;
    item.id = World::newId();
    item.name = request.json.value(u"name"_s).toString();
    item.dids = dids;
    item.certificates = certificates;
    item.createdAt = QDateTime::currentDateTimeUtc();
    return enveloped(201, shown(*world.trustedEntities.add(item)));
}

} // namespace

void addTrust(Router &router, World &world)
{
    router.add("POST"_ba, path(), [&world](const Request &request) { return create(world, request); });
    router.add("GET"_ba, path(), [&world](const Request &request) {
        QList<QJsonObject> items;
        for (const TrustedEntity &item : world.trustedEntities.all())
            items.append(shown(item));
        return listed(world, request, items, { { u"id"_s }, { u"name"_s } });
    });
    router.add("GET"_ba, path() + u"/:"_s, [&world](const Request &request) {
        const TrustedEntity *found = world.trustedEntities.find(request.captured.first());
        return found ? enveloped(200, shown(*found))
                     : notFound(world.dialect, u"TrustedEntity"_s, request.captured.first());
    });
}

} // namespace yoid::practice
