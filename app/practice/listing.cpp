// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/listing.h"

#include "app/practice/world.h"

#include <QtCore/QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

constexpr int defaultSize = 20;
constexpr int greatestSize = 100;

qsizetype indexOfId(const QList<QJsonObject> &items, const QString &id)
{
    const auto found = std::find_if(items.cbegin(), items.cend(),
                                    [&id](const QJsonObject &item) { return item.value(u"id"_s).toString() == id; });
    return found == items.cend() ? -1 : found - items.cbegin();
}

QString nextLink(const World &world, const Request &request, const QString &lastId)
{
    const QByteArray path = request.target.left(request.target.indexOf('?') < 0 ? request.target.size()
                                                                               : request.target.indexOf('?'));
    QString link = world.base + QString::fromLatin1(path) + u"?page%5Bafter%5D="_s
        + QString::fromLatin1(QUrl::toPercentEncoding(lastId));
    for (auto it = request.query.cbegin(); it != request.query.cend(); ++it) {
        if (it.key() != u"page[after]"_s && it.key() != u"page[before]"_s)
            link += u'&' + QString::fromLatin1(QUrl::toPercentEncoding(it.key())) + u'='
                + QString::fromLatin1(QUrl::toPercentEncoding(it.value()));
    }
    return link;
}

} // namespace

Reply listed(const World &world, const Request &request, QList<QJsonObject> items, const ListRules &rules)
{
    QList<Problem> problems;
    for (auto it = request.query.cbegin(); it != request.query.cend(); ++it) {
        const QString member = it.key().section(u'[', 1).chopped(it.key().endsWith(u']') ? 1 : 0);
        if (it.key().startsWith(u"filter["_s) && rules.filters.contains(member)) {
            items.removeIf([&](const QJsonObject &item) {
                if (member == u"archived"_s)
                    return item.value(u"archivedAt"_s).isString() != (it.value() == u"true"_s);
                return item.value(member).toVariant().toString() != it.value();
            });
        } else if (it.key().startsWith(u"search["_s) && rules.searches.contains(member)) {
            items.removeIf([&](const QJsonObject &item) {
                return !item.value(member).toString().contains(it.value(), Qt::CaseInsensitive);
            });
        }
    }

    QString sort = request.query.value(u"sort"_s, u"-updatedAt"_s);
    const bool descending = sort.startsWith(u'-');
    if (descending)
        sort.remove(0, 1);
    if (sort != u"id"_s && sort != u"createdAt"_s && sort != u"updatedAt"_s)
        problems.append({ u"/sort"_s, u"sort must be one of id, createdAt, updatedAt"_s });
    std::stable_sort(items.begin(), items.end(), [&sort](const QJsonObject &a, const QJsonObject &b) {
        return a.value(sort).toString() < b.value(sort).toString();
    });
    if (descending)
        std::reverse(items.begin(), items.end());

    bool isNumber = true;
    int size = defaultSize;
    if (request.query.contains(u"page[size]"_s))
        size = request.query.value(u"page[size]"_s).toInt(&isNumber);
    if (!isNumber || size < 1 || size > greatestSize)
        problems.append({ u"/page/size"_s, u"page[size] must be between 1 and 100"_s });
    if (!problems.isEmpty())
        return invalid(world.dialect, problems);

    const QString after = request.query.value(u"page[after]"_s);
    const QString before = request.query.value(u"page[before]"_s);
    if (!after.isEmpty()) {
        const qsizetype at = indexOfId(items, after);
        items = at < 0 ? QList<QJsonObject> {} : items.mid(at + 1);
    } else if (!before.isEmpty()) {
        const qsizetype at = indexOfId(items, before);
        items = at < 0 ? QList<QJsonObject> {} : items.mid(std::max<qsizetype>(0, at - size), std::min<qsizetype>(at, size));
    }
    const bool more = items.size() > size;
    items = items.first(std::min<qsizetype>(items.size(), size));

    QJsonArray data;
    for (const QJsonObject &item : std::as_const(items))
        data.append(item);
    QJsonObject links;
    QJsonObject meta;
    const QString lastId = items.isEmpty() ? QString() : items.last().value(u"id"_s).toString();
    switch (world.dialect) {
    case Dialect::Old:
    case Dialect::Current:
    case Dialect::Hostile: links.insert(u"next"_s, more ? nextLink(world, request, lastId) : QString()); break;
    case Dialect::March: break; // Says nothing: the client has to go on from the last id.
    case Dialect::Engine: {
        // The engine gives numbers as text and a cursor instead of a link.
        QJsonObject page { { u"size"_s, QString::number(size) }, { u"maxSize"_s, QString::number(greatestSize) } };
        if (more)
            page.insert(u"after"_s, lastId);
        meta.insert(u"page"_s, page);
        break;
    }
    }
    return jsonReply(200, { { u"data"_s, data }, { u"links"_s, links }, { u"meta"_s, meta } });
}

} // namespace yoid::practice
