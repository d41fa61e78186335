// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/message.h"

#include <QtCore/QJsonDocument>

namespace yoid::practice {

QByteArray Request::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

Reply jsonReply(int status, const QJsonObject &object)
{
    Reply reply;
    reply.status = status;
    reply.contentType = QByteArrayLiteral("application/json; charset=utf-8");
    reply.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return reply;
}

Reply emptyReply(int status)
{
    Reply reply;
    reply.status = status;
    return reply;
}

} // namespace yoid::practice
