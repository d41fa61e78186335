// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/apipages.h"

#include "app/net/transport.h"

#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kPageSize = 100;              // the largest the service documents (contract 2.0)
constexpr int kMaxPages = 1000;
constexpr qint64 kTotalCap = 64 * 1024 * 1024;

} // namespace

QByteArray ApiPages::plainerUrl()
{
    if (!m_visited.isEmpty() || m_bare)
        return {};
    m_bare = sorting.isEmpty();
    sorting.clear();
    return m_bare ? listUrl : firstUrl();
}

QByteArray ApiPages::take(const Envelope &page, const QByteArray &pageUrl, qint64 bytes)
{
    m_visited.insert(pageUrl);
    m_bytes += bytes;
    if (!page.data.isArray())
        return {};
    const bool isEmpty = page.data.toArray().isEmpty();
    const bool allNew = add(page.data.toArray());
    complete = complete && (allNew || isEmpty);
    if (isEmpty || (enough && enough(items)))
        return {};
    const QByteArray following = next(pageUrl, page);
    if (following.isEmpty()) {
        // Without a query we do not know how much a page holds, so a page that says nothing more need not be the last.
        if (m_bare && !page.links.contains("next"_L1))
            complete = false;
        return {};
    }
    if (allNew && m_visited.size() < kMaxPages && m_bytes < kTotalCap && !m_visited.contains(following))
        return following;
    complete = false;
    return {};
}

QByteArray ApiPages::url(const QString &cursor) const
{
    QByteArray url = listUrl + "?page%5Bsize%5D=" + QByteArray::number(kPageSize) + sorting;
    if (!cursor.isEmpty())
        url += "&page%5Bafter%5D=" + QUrl::toPercentEncoding(cursor);
    return url;
}

/// Where to go next, or empty. A link to another origin is not believed (reliability 4.2 no. 47); the cursor is tried then.
QByteArray ApiPages::next(const QByteArray &currentUrl, Envelope page)
{
    NextPage next = nextPage(page, kPageSize);
    const bool more = next.kind != NextPage::Kind::None;
    if (next.kind == NextPage::Kind::Link) {
        const QUrl link = QUrl::fromEncoded(currentUrl).resolved(QUrl(next.value, QUrl::StrictMode));
        if (link.isValid() && link.userInfo().isEmpty() && originOf(link) == originOf(QUrl::fromEncoded(listUrl)))
            return link.toEncoded(QUrl::RemoveFragment);
        page.links = {};
        next = nextPage(page, kPageSize);
    }
    if (next.kind == NextPage::Kind::Cursor && !next.value.isEmpty())
        return url(next.value);
    if (more)
        complete = false; // there is more, but no way to it
    return {};
}

/// Adds what is new. False when a repeated id shows that the list runs in circles, or nothing new came.
bool ApiPages::add(const QJsonArray &page)
{
    bool allNew = !page.isEmpty();
    for (const QJsonValue &item : page) {
        const QString id = item.toObject().value("id"_L1).toString();
        if (!id.isEmpty() && m_ids.contains(id)) {
            allNew = false;
            continue;
        }
        if (!id.isEmpty())
            m_ids.insert(id);
        items.append(item);
    }
    return allNew;
}

} // namespace yoid
