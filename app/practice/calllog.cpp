// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/calllog.h"

#include <QtCore/QCryptographicHash>

using namespace Qt::StringLiterals;

namespace yoid::practice {

void CallLog::add(const Request &request, int status, qint64 arrivedAtMs, int plannedMs)
{
    if (m_calls.size() >= 10'000)
        m_calls.removeFirst();
    m_calls.append({ ++m_number, request.method, request.target.left(2048), request.header("X-Request-ID").left(128),
                     QCryptographicHash::hash(request.body, QCryptographicHash::Sha256).toHex(), request.body.size(), status,
                     arrivedAtMs, plannedMs });
}

void CallLog::clear()
{
    m_calls.clear();
}

QJsonArray CallLog::shown() const
{
    QJsonArray out;
    for (const Call &call : m_calls) {
        out.append(QJsonObject { { u"number"_s, call.number },
                                 { u"method"_s, QString::fromLatin1(call.method) },
                                 { u"path"_s, QString::fromLatin1(call.target) },
                                 { u"status"_s, call.status },
                                 { u"requestId"_s, QString::fromLatin1(call.requestId) },
                                 { u"bodySha256"_s, QString::fromLatin1(call.bodyFingerprint) },
                                 { u"bodyBytes"_s, call.bodyBytes },
                                 { u"atMs"_s, call.arrivedAtMs },
                                 { u"ms"_s, call.plannedMs } });
    }
    return out;
}

} // namespace yoid::practice
