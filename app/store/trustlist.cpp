// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/trustlist.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kLongestId = 2048;
constexpr qsizetype kLongestName = 200;

bool isIssuer(const QString &id)
{
    const bool known = id.startsWith("did:web:"_L1) || id.startsWith("did:jwk:"_L1) || id.startsWith("https://"_L1);
    return known && id.size() <= kLongestId && std::all_of(id.begin(), id.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
}

} // namespace

TrustList::TrustList(const QString &filePath, QObject *parent)
    : QObject(parent)
    , m_file(filePath, 1)
    , m_kept(!filePath.isEmpty())
{
}

Outcome<Done> TrustList::load()
{
    if (!m_kept)
        return Done {};
    m_issuers.clear();
    m_roots.clear();
    m_notUnderstood = {};
    const Outcome<QJsonObject> read = m_file.read();
    if (!read)
        return read.failure();
    m_root = read.value();
    const QJsonArray issuers = m_root.value("issuers"_L1).toArray();
    for (const QJsonValue &entry : issuers) {
        const Issuer issuer { entry["id"_L1].toString(), entry["name"_L1].toString().left(kLongestName) };
        if (isIssuer(issuer.id))
            m_issuers.append(issuer);
        else
            m_notUnderstood.append(entry);
    }
    const QJsonArray roots = m_root.value("roots"_L1).toArray();
    for (const QJsonValue &entry : roots) {
        const auto der = QByteArray::fromBase64Encoding(entry["der"_L1].toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (der && !(*der).isEmpty())
            m_roots.append({ *der, entry["name"_L1].toString().left(kLongestName) });
    }
    Q_EMIT changed();
    return Done {};
}

Outcome<Done> TrustList::store(const QList<Issuer> &issuers, const QList<Root> &roots)
{
    if (m_kept) {
        QJsonArray issuerEntries = m_notUnderstood;
        for (const Issuer &issuer : issuers)
            issuerEntries.append(QJsonObject { { u"id"_s, issuer.id }, { u"name"_s, issuer.name } });
        QJsonArray rootEntries;
        for (const Root &root : roots)
            rootEntries.append(QJsonObject { { u"der"_s, QString::fromLatin1(root.der.toBase64()) }, { u"name"_s, root.name } });
        QJsonObject object = m_root;
        object[u"issuers"_s] = issuerEntries;
        object[u"roots"_s] = rootEntries;
        if (const Outcome<Done> written = m_file.write(object); !written)
            return written;
        m_root = object;
    }
    m_issuers = issuers;
    m_roots = roots;
    Q_EMIT changed();
    return Done {};
}

Outcome<Done> TrustList::addIssuer(const Issuer &issuer)
{
    QList<Issuer> all = m_issuers;
    all.removeIf([&issuer](const Issuer &old) { return old.id == issuer.id; });
    if (!isIssuer(issuer.id) || all.size() >= kMost)
        return Failure::of(FailureKind::InvalidInput, u"no name of an issuer, or too many"_s);
    all.append({ issuer.id, issuer.name.simplified().left(kLongestName) });
    return store(all, m_roots);
}

Outcome<Done> TrustList::removeIssuer(const QString &id)
{
    QList<Issuer> all = m_issuers;
    all.removeIf([&id](const Issuer &old) { return old.id == id; });
    return store(all, m_roots);
}

Outcome<Done> TrustList::addRoot(const Root &root)
{
    QList<Root> all = m_roots;
    all.removeIf([&root](const Root &old) { return old.der == root.der; });
    if (root.der.isEmpty() || all.size() >= kMost)
        return Failure::of(FailureKind::InvalidInput, u"no certificate, or too many"_s);
    all.append({ root.der, root.name.simplified().left(kLongestName) });
    return store(m_issuers, all);
}

Outcome<Done> TrustList::removeRoot(const QByteArray &der)
{
    QList<Root> all = m_roots;
    all.removeIf([&der](const Root &old) { return old.der == der; });
    return store(m_issuers, all);
}

} // namespace yoid
