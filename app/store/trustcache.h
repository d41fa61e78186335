// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/background.h"
#include "app/base/outcome.h"

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QSet>
#include <QtCore/QThreadPool>
#include <QtCore/QUrl>

#include <functional>
#include <optional>

namespace yoid {

/// What issuers publish (keys, status lists), kept so that a check can be made without a line, each with its age. Public data, but it
/// tells whose credentials were looked at: private files, one for each address, in a folder of the cache.
///
/// Lives on the GUI thread and never blocks: files are read and written on the pool. What cannot be read is not there.
class TrustCache final : public QObject {
    Q_OBJECT

public:
    struct Document {
        QByteArray bytes;
        QDateTime fetchedAt;        ///< UTC
        bool operator==(const Document &) const = default;
    };
    using Documents = QHash<QUrl, Document>;
    struct Entry {
        QUrl address;
        QDateTime fetchedAt;
        qint64 bytes = 0;
        bool operator==(const Entry &) const = default;
    };

    /// No more than this many documents stay; the oldest go first.
    static constexpr int kMost = 200;

    /// \param folder is made when the first document comes; empty: nothing is kept beyond this run of the program
    explicit TrustCache(const QString &folder, QObject *parent = nullptr);
    ~TrustCache() override;

    /// Everything that is kept; reads the folder the first time. Once, from the event loop, unless `context` dies.
    void all(QObject *context, std::function<void(const Documents &)> then);
    /// Keeps it in the place of an older one. Told when it is on disk; a failure changes nothing for this run of the program.
    void put(const QUrl &address, const Document &document, QObject *context = nullptr, std::function<void(Outcome<Done>)> then = {});
    void forget(const QUrl &address);
    void forgetAll();
    /// What has been read or put so far.
    [[nodiscard]] const Documents &documents() const { return m_documents; }
    /// The same as a list; newest first.
    [[nodiscard]] QList<Entry> entries() const;

Q_SIGNALS:
    void changed();

private:
    void loaded(Documents found);
    void trim();
    void remove(const QStringList &names);

    const QString m_folder;
    Documents m_documents;
    bool m_loading = false;
    bool m_loaded = false;
    bool m_allForgotten = false;                ///< While the folder was being read.
    QSet<QUrl> m_forgotten;                     ///< The same for single ones.
    QList<std::function<void()>> m_waiting;
    QThreadPool m_files;                        ///< One thread, so that files are written and removed in the order asked for.
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(this);
};

} // namespace yoid
