// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/dialect.h"

#include <QtCore/QJsonArray>
#include <QtCore/QUuid>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

struct Name {
    Dialect dialect;
    QLatin1StringView word;
};
constexpr Name names[] = {
    { Dialect::Old, "old"_L1 },         { Dialect::March, "march"_L1 },     { Dialect::Current, "current"_L1 },
    { Dialect::Engine, "engine"_L1 },   { Dialect::Hostile, "hostile"_L1 },
};

QString title(int status)
{
    switch (status) {
    case 400: return u"Bad Request"_s;
    case 401: return u"Unauthorized"_s;
    case 404: return u"Not Found"_s;
    case 409: return u"Conflict"_s;
    case 413: return u"Payload Too Large"_s;
    case 415: return u"Unsupported Media Type"_s;
    default: return u"Error"_s;
    }
}

QString codeWord(int status)
{
    switch (status) {
    case 400: return u"VALIDATION_ERROR"_s;
    case 401: return u"UNAUTHORIZED"_s;
    case 404: return u"NOT_FOUND"_s;
    case 409: return u"CONFLICT"_s;
    default: return u"ERROR"_s;
    }
}

QString fieldName(QString pointer)
{
    if (pointer.startsWith(u'/'))
        pointer.remove(0, 1);
    return pointer.replace(u'/', u'.');
}

QString joined(const QList<Problem> &problems)
{
    QStringList details;
    for (const Problem &problem : problems)
        details.append(problem.detail);
    return details.join(u"; "_s);
}

/// Shape (a).
QJsonObject oldShape(int status, const QList<Problem> &problems)
{
    QJsonObject out { { u"error"_s, codeWord(status) }, { u"message"_s, joined(problems) } };
    const Problem first = problems.isEmpty() ? Problem {} : problems.first();
    if (!first.pointer.isEmpty())
        out.insert(u"details"_s, QJsonObject { { u"field"_s, fieldName(first.pointer) }, { u"issue"_s, first.detail } });
    return out;
}

/// Shape (b).
QJsonObject jsonApiShape(int status, const QList<Problem> &problems, bool textStatus)
{
    QJsonArray errors;
    for (const Problem &problem : problems) {
        QJsonObject error { { u"id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces) },
                            { u"code"_s, codeWord(status) },
                            { u"title"_s, title(status) },
                            { u"detail"_s, problem.detail } };
        error.insert(u"status"_s, textStatus ? QJsonValue(QString::number(status)) : QJsonValue(status));
        if (!problem.pointer.isEmpty())
            error.insert(u"source"_s, QJsonObject { { u"pointer"_s, problem.pointer } });
        errors.append(error);
    }
    return { { u"errors"_s, errors } };
}

/// Shape (d), or (e) for what its framework says before the engine is asked.
QJsonObject engineShape(int status, const QList<Problem> &problems, const QJsonObject &firstDetail)
{
    if (status != 400 && firstDetail.isEmpty())
        return { { u"statusCode"_s, status }, { u"message"_s, joined(problems) }, { u"error"_s, title(status) } };
    QJsonArray details;
    for (const Problem &problem : problems) {
        QJsonObject detail = firstDetail;
        detail.insert(u"message"_s, problem.detail);
        if (!problem.pointer.isEmpty())
            detail.insert(u"field"_s, fieldName(problem.pointer));
        details.append(detail);
    }
    return { { u"message"_s, joined(problems) }, { u"code"_s, status == 404 ? 2005 : 2000 }, { u"details"_s, details } };
}

QJsonObject shaped(Dialect dialect, int status, const QList<Problem> &problems, const QJsonObject &detail = {})
{
    switch (dialect) {
    case Dialect::Old: return oldShape(status, problems);
    case Dialect::March: return jsonApiShape(status, problems, false);
    case Dialect::Current:
    case Dialect::Hostile: return jsonApiShape(status, problems, true);
    case Dialect::Engine: return engineShape(status, problems, detail);
    }
    return {};
}

} // namespace

std::optional<Dialect> dialectFromName(QStringView name)
{
    for (const Name &entry : names) {
        if (name == entry.word)
            return entry.dialect;
    }
    return std::nullopt;
}

QString dialectName(Dialect dialect)
{
    for (const Name &entry : names) {
        if (dialect == entry.dialect)
            return entry.word;
    }
    return {};
}

Reply invalid(Dialect dialect, const QList<Problem> &problems)
{
    return jsonReply(400, shaped(dialect, 400, problems));
}

Reply notFound(Dialect dialect, const QString &kind, const QString &id)
{
    const QString detail = kind + u" with ID "_s + id + u" not found."_s;
    return jsonReply(404, shaped(dialect, 404, { { {}, detail } }, { { u"recordType"_s, kind }, { u"recordId"_s, id } }));
}

Reply conflict(Dialect dialect, const QString &detail)
{
    return jsonReply(409, shaped(dialect, 409, { { {}, detail } }));
}

Reply refusal(Dialect dialect, int status, const QString &detail)
{
    return jsonReply(status, shaped(dialect, status, { { {}, detail } }));
}

Reply unauthorised(Dialect dialect, const QString &why)
{
    Reply reply = refusal(dialect, 401, u"Unauthorized"_s);
    QByteArray challenge = "Bearer realm=\"product-hub\""_ba;
    if (!why.isEmpty())
        challenge += ", error=\"invalid_token\", error_description=\"" + why.toLatin1() + '"';
    reply.headers.append({ "WWW-Authenticate"_ba, challenge });
    return reply;
}

Reply enveloped(int status, const QJsonValue &data, const QString &self)
{
    QJsonObject links;
    if (!self.isEmpty())
        links.insert(u"self"_s, self);
    return jsonReply(status, { { u"data"_s, data }, { u"links"_s, links }, { u"meta"_s, QJsonObject {} } });
}

} // namespace yoid::practice
