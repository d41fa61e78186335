// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/envelope.h"
#include "app/domain/exchangerecord.h"

#include <QtCore/QByteArray>
#include <QtCore/QJsonArray>
#include <QtCore/QSet>

#include <functional>

namespace yoid {

/// The whole of a list, page by page (contract 2.0). Private to the ApiClient.
struct ApiPages {
    static constexpr qint64 kBodyCap = 4 * 1024 * 1024;     ///< Of one page.

    ApiPages(const QByteArray &list, ActionKind what)
        : listUrl(list)
        , action(what)
    {
    }

    [[nodiscard]] QByteArray firstUrl() const { return url({}); }
    /// The service did not like our query: how to ask more plainly, or empty. The paging words of this service are not known for
    /// certain (contract U8).
    [[nodiscard]] QByteArray plainerUrl();
    /// Takes a page in. \return where to go next, or empty when the list ends here
    [[nodiscard]] QByteArray take(const Envelope &page, const QByteArray &pageUrl, qint64 bytes);

    QByteArray listUrl;
    ActionKind action;
    QByteArray sorting;     ///< A further part of the query, left out when the service does not like it.
    /// Looks at everything so far: true when no further page is wanted.
    std::function<bool(const QJsonArray &items)> enough;
    QJsonArray items;
    /// False when the list was left before its end: it ran in circles, was cut off at a cap, or led elsewhere.
    bool complete = true;

private:
    [[nodiscard]] QByteArray url(const QString &cursor) const;
    [[nodiscard]] QByteArray next(const QByteArray &currentUrl, Envelope page);
    bool add(const QJsonArray &page);

    QSet<QString> m_ids;
    QSet<QByteArray> m_visited;
    qint64 m_bytes = 0;
    bool m_bare = false;    ///< Asked without a query.
};

} // namespace yoid
