// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/router.h"

using namespace Qt::StringLiterals;

namespace yoid::practice {

void Router::add(const QByteArray &method, const QString &path, Handler handler)
{
    m_routes.append({ method, path.split(u'/', Qt::SkipEmptyParts), std::move(handler) });
}

std::optional<Reply> Router::answer(Request request) const
{
    for (const Route &route : m_routes) {
        if (route.method != request.method || route.segments.size() != request.segments.size())
            continue;
        request.captured.clear();
        bool fits = true;
        for (qsizetype i = 0; i < route.segments.size() && fits; ++i) {
            if (route.segments.at(i) == u":"_s)
                request.captured.append(request.segments.at(i));
            else
                fits = route.segments.at(i) == request.segments.at(i);
        }
        if (fits)
            return route.handler(request);
    }
    return std::nullopt;
}

} // namespace yoid::practice
