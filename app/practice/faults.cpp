// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/faults.h"

using namespace Qt::StringLiterals;

namespace yoid::practice {

std::optional<QString> Faults::order(const QJsonObject &order)
{
    static const QStringList members { u"path"_s,     u"method"_s, u"status"_s,     u"close"_s,       u"hang"_s,
                                       u"executed"_s, u"count"_s,  u"retryAfter"_s, u"contentType"_s, u"body"_s };
    for (auto it = order.begin(); it != order.end(); ++it) {
        if (!members.contains(it.key()))
            return it.key() + u" is not known"_s;
    }
    Fault fault;
    fault.pathPrefix = order.value(u"path"_s).toString().toLatin1();
    fault.method = order.value(u"method"_s).toString().toLatin1();
    fault.executed = order.value(u"executed"_s).toBool();
    fault.count = order.value(u"count"_s).toInt(1);
    if (order.value(u"close"_s).toBool()) {
        fault.reply.line = Reply::Line::Closed;
    } else if (order.value(u"hang"_s).toBool()) {
        fault.reply.line = Reply::Line::Silent;
    } else {
        const int status = order.value(u"status"_s).toInt();
        if (status < 200 || status > 599)
            return u"one of status (200 to 599), close and hang is needed"_s;
        fault.reply.status = status;
        fault.reply.body = order.value(u"body"_s).toString().toUtf8();
        if (!fault.reply.body.isEmpty())
            fault.reply.contentType = order.value(u"contentType"_s).toString(u"application/json"_s).toLatin1();
        if (order.contains(u"retryAfter"_s)) {
            fault.reply.headers.append(
                { "Retry-After"_ba, order.value(u"retryAfter"_s).toVariant().toString().toLatin1() });
        }
    }
    if (fault.count < 1 || m_faults.size() >= 100)
        return u"count must be positive, and not more than 100 orders may wait"_s;
    m_faults.append(fault);
    return std::nullopt;
}

std::optional<Faults::Fault> Faults::take(const Request &request)
{
    for (qsizetype i = 0; i < m_faults.size(); ++i) {
        Fault &fault = m_faults[i];
        if (!fault.method.isEmpty() && fault.method != request.method)
            continue;
        if (!request.target.startsWith(fault.pathPrefix))
            continue;
        const Fault taken = fault;
        if (--fault.count == 0)
            m_faults.removeAt(i);
        return taken;
    }
    return std::nullopt;
}

} // namespace yoid::practice
