// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/trustcache.h"

#include "app/store/privatefile.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QPointer>
#include <QtCore/QSaveFile>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qint64 kLargest = 5 * 1024 * 1024;
constexpr QByteArrayView kMark("yoid-trust 1");

/// `yoid-trust 1 <milliseconds since the epoch> <address>\n`, then the bytes.
QByteArray packed(const QUrl &address, const TrustCache::Document &document)
{
    return kMark.toByteArray() + ' ' + QByteArray::number(document.fetchedAt.toMSecsSinceEpoch()) + ' '
        + address.toEncoded(QUrl::FullyEncoded) + '\n' + document.bytes;
}

std::optional<std::pair<QUrl, TrustCache::Document>> unpacked(const QByteArray &file)
{
    const qsizetype end = file.indexOf('\n');
    const QList<QByteArray> head = file.left(std::max<qsizetype>(end, 0)).split(' ');
    bool isNumber = false;
    if (head.size() != 4 || QByteArray(head.at(0) + ' ' + head.at(1)) != kMark)
        return {};
    const QDateTime fetchedAt = QDateTime::fromMSecsSinceEpoch(head.at(2).toLongLong(&isNumber), Qt::UTC);
    const QUrl address = QUrl::fromEncoded(head.at(3), QUrl::StrictMode);
    if (!isNumber || !address.isValid())
        return {};
    return std::pair { address, TrustCache::Document { file.sliced(end + 1), fetchedAt } };
}

QString nameOf(const QUrl &address)
{
    return QString::fromLatin1(QCryptographicHash::hash(address.toEncoded(QUrl::FullyEncoded), QCryptographicHash::Sha256).toHex())
        + ".trust"_L1;
}

TrustCache::Documents readFolder(const QString &folder)
{
    TrustCache::Documents found;
    if (folder.isEmpty() || !objectionToFolder(folder).isEmpty())
        return found;
    const QStringList names = QDir(folder).entryList({ u"*.trust"_s }, QDir::Files | QDir::NoSymLinks);
    for (const QString &name : names) {
        QFile file(folder + u'/' + name);
        if (file.size() > kLargest || !file.open(QIODevice::ReadOnly))
            continue;
        // Only under its own name: a file cannot speak for two addresses.
        if (auto document = unpacked(file.readAll()); document && nameOf(document->first) == name)
            found.insert(document->first, document->second);
    }
    return found;
}

Outcome<Done> writeFile(const QString &folder, const QString &name, const QByteArray &bytes)
{
    const auto failed = [](const QString &why) { return Failure::of(FailureKind::StorageFailed, why); };
    if (!QDir().mkpath(folder) || makeFolderPrivate(folder) != 0)
        return failed(u"the folder cannot be made"_s);
    if (const QString objection = objectionToFolder(folder); !objection.isEmpty())
        return failed(objection);
    QSaveFile file(folder + u'/' + name);
    if (!file.open(QIODevice::WriteOnly))
        return failed(file.errorString());
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(bytes);
    if (!file.commit())
        return failed(file.errorString());
    return Done {};
}

} // namespace

TrustCache::TrustCache(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
{
    m_files.setMaxThreadCount(1);
}

TrustCache::~TrustCache()
{
    m_mailbox->close(); // the pool finishes what it was given
}

void TrustCache::all(QObject *context, std::function<void(const Documents &)> then)
{
    const auto tell = [this, caller = QPointer<QObject>(context), then = std::move(then)] {
        if (caller)
            then(m_documents);
    };
    if (m_loaded) {
        QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
        return;
    }
    m_waiting.append(tell);
    if (std::exchange(m_loading, true))
        return;
    m_files.start([folder = m_folder, mailbox = m_mailbox, this] {
        mailbox->post([this, found = readFolder(folder)] { loaded(found); });
    });
}

void TrustCache::loaded(Documents found)
{
    m_loaded = true;
    if (!m_allForgotten) {
        for (auto it = found.cbegin(); it != found.cend(); ++it) {
            if (!m_documents.contains(it.key()) && !m_forgotten.contains(it.key())) // what came meanwhile is newer
                m_documents.insert(it.key(), it.value());
        }
    }
    trim();
    Q_EMIT changed();
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &tell : waiting)
        tell();
}

void TrustCache::put(const QUrl &address, const Document &document, QObject *context, std::function<void(Outcome<Done>)> then)
{
    m_documents.insert(address, document);
    m_forgotten.remove(address);
    trim();
    Q_EMIT changed();
    m_files.start([=, this, folder = m_folder, mailbox = m_mailbox, caller = QPointer<QObject>(context), then = std::move(then)] {
        const Outcome<Done> outcome = folder.isEmpty() ? Outcome<Done>(Done {}) : writeFile(folder, nameOf(address), packed(address, document));
        mailbox->post([=] {
            if (caller && then)
                then(outcome);
        });
    });
}

void TrustCache::trim()
{
    QStringList names;
    while (m_documents.size() > kMost) {
        const auto oldest = std::min_element(m_documents.cbegin(), m_documents.cend(),
                                             [](const Document &a, const Document &b) { return a.fetchedAt < b.fetchedAt; });
        names.append(nameOf(oldest.key()));
        m_documents.erase(oldest);
    }
    remove(names);
}

void TrustCache::forget(const QUrl &address)
{
    m_forgotten.insert(address);
    m_documents.remove(address);
    remove({ nameOf(address) });
    Q_EMIT changed();
}

void TrustCache::forgetAll()
{
    m_allForgotten = !m_loaded;
    m_documents.clear();
    Q_EMIT changed();
    if (m_folder.isEmpty())
        return;
    m_files.start([folder = m_folder] {
        QDir place(folder);
        for (const QString &name : place.entryList({ u"*.trust"_s }, QDir::Files))
            place.remove(name);
    });
}

void TrustCache::remove(const QStringList &names)
{
    if (m_folder.isEmpty() || names.isEmpty())
        return;
    m_files.start([folder = m_folder, names] {
        for (const QString &name : names)
            QFile::remove(folder + u'/' + name);
    });
}

QList<TrustCache::Entry> TrustCache::entries() const
{
    QList<Entry> list;
    for (auto it = m_documents.cbegin(); it != m_documents.cend(); ++it)
        list.append({ it.key(), it->fetchedAt, it->bytes.size() });
    std::sort(list.begin(), list.end(), [](const Entry &a, const Entry &b) { return b.fetchedAt < a.fetchedAt; });
    return list;
}

} // namespace yoid
