// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/mischief.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

/// Those that take the place of an answer.
const QStringList &replacing()
{
    static const QStringList names { u"expiredToken"_s, u"tooMany"_s, u"html502"_s, u"empty200"_s };
    return names;
}

const QStringList &bending()
{
    static const QStringList names { u"unknownStatus"_s,    u"isValidMissing"_s, u"endlessNext"_s,
                                     u"errorsBesideData"_s, u"hugeStrings"_s,    u"slow"_s };
    return names;
}

QString huge()
{
    return QString(102'400, u'h');
}

/// A word nobody knows in place of each that means "still waiting", so that a patient client gets there in the end.
QJsonObject withUnknownStatus(QJsonObject object)
{
    static const QStringList waiting { u"PENDING"_s, u"offered"_s };
    if (waiting.contains(object.value(u"status"_s).toString()))
        object.insert(u"status"_s, u"SIMMERING"_s);
    return object;
}

QJsonObject withoutValidity(QJsonObject object)
{
    QJsonArray credentials = object.value(u"credentials"_s).toArray();
    for (qsizetype i = 0; i < credentials.size(); ++i) {
        QJsonObject credential = credentials.at(i).toObject();
        credential.remove(u"isValid"_s);
        credentials[i] = credential;
    }
    if (!credentials.isEmpty())
        object.insert(u"credentials"_s, credentials);
    return object;
}

} // namespace

QStringList Mischief::allTricks()
{
    return replacing() + bending();
}

bool Mischief::setTricks(const QStringList &names)
{
    const QStringList known = allTricks();
    if (!std::all_of(names.cbegin(), names.cend(), [&known](const QString &name) { return known.contains(name); }))
        return false;
    m_tricks = { names.cbegin(), names.cend() };
    m_calls = 0;
    m_strikes = 0;
    return true;
}

Mischief::Strike Mischief::next(Reply &instead)
{
    QStringList armed;
    for (const QString &name : replacing()) {
        if (m_tricks.contains(name))
            armed.append(name);
    }
    if (armed.isEmpty() || ++m_calls % 3 != 0)
        return Strike::None;
    const QString trick = armed.at(m_strikes++ % armed.size());
    if (trick == u"expiredToken"_s)
        return Strike::ExpiredToken;
    instead = emptyReply(200);
    if (trick == u"tooMany"_s) {
        instead.status = 429;
        instead.headers.append({ "Retry-After"_ba, "1"_ba });
    } else if (trick == u"html502"_s) {
        instead.status = 502;
        instead.contentType = "text/html"_ba;
        instead.body = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"_ba;
    }
    return Strike::Instead;
}

Reply Mischief::bent(Reply reply, const QString &self) const
{
    if (has("slow"_L1))
        reply.extraDelayMs += 500;
    QJsonObject whole = QJsonDocument::fromJson(reply.body).object();
    if (reply.status > 299 || !whole.contains(u"data"_s))
        return reply;

    const auto each = [&whole](auto change) {
        const QJsonValue data = whole.value(u"data"_s);
        if (data.isObject())
            whole.insert(u"data"_s, change(data.toObject()));
        QJsonArray items = data.toArray();
        for (qsizetype i = 0; i < items.size(); ++i)
            items[i] = change(items.at(i).toObject());
        if (data.isArray())
            whole.insert(u"data"_s, items);
    };
    if (has("unknownStatus"_L1))
        each(withUnknownStatus);
    if (has("isValidMissing"_L1))
        each(withoutValidity);
    if (has("endlessNext"_L1) && whole.value(u"data"_s).isArray()) {
        // The same page again and again.
        QJsonObject links = whole.value(u"links"_s).toObject();
        links.insert(u"next"_s, self);
        whole.insert(u"links"_s, links);
    }
    if (has("errorsBesideData"_L1))
        whole.insert(u"errors"_s, QJsonArray { QJsonObject { { u"detail"_s, u"this version will be retired"_s } } });
    if (has("hugeStrings"_L1)) {
        whole.insert(u"meta"_s, QJsonObject { { u"note"_s, huge() } });
        if (whole.value(u"data"_s).isObject()) {
            QJsonObject data = whole.value(u"data"_s).toObject();
            data.insert(u"description"_s, huge());
            whole.insert(u"data"_s, data);
        }
    }
    Reply out = jsonReply(reply.status, whole);
    out.headers = reply.headers;
    out.extraDelayMs = reply.extraDelayMs;
    return out;
}

} // namespace yoid::practice
