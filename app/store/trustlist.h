// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/jsonfile.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QObject>

namespace yoid {

/// Whom the people at this computer trust: issuers by their exact name (`iss`), and certificates at the root of others. With their
/// own words for each, because names that a stranger gives himself prove nothing.
///
/// One JSON file of this user's own, small and local, so reads and writes are synchronous. What it shows is what is on disk: a change that
/// could not be written changes nothing. Entries it does not understand are kept as they are.
class TrustList final : public QObject {
    Q_OBJECT

public:
    struct Issuer {
        QString id;             ///< `did:web:…`, `did:jwk:…` or `https://…`, letter by letter.
        QString name;           ///< What people here call it; may be empty.
        bool operator==(const Issuer &) const = default;
    };
    struct Root {
        QByteArray der;
        QString name;
        bool operator==(const Root &) const = default;
    };
    static constexpr int kMost = 500;

    /// \param filePath empty: nothing is kept beyond this run of the program
    explicit TrustList(const QString &filePath, QObject *parent = nullptr);

    /// StorageFailed for a file that cannot be understood; nobody is trusted then.
    [[nodiscard]] Outcome<Done> load();
    [[nodiscard]] const QList<Issuer> &issuers() const { return m_issuers; }
    [[nodiscard]] const QList<Root> &roots() const { return m_roots; }

    /// In the place of an older entry of the same issuer. InvalidInput for what is no name of an issuer, and when there are too many.
    [[nodiscard]] Outcome<Done> addIssuer(const Issuer &issuer);
    [[nodiscard]] Outcome<Done> removeIssuer(const QString &id);
    /// \param root must be a certificate; that is for the caller to know
    [[nodiscard]] Outcome<Done> addRoot(const Root &root);
    [[nodiscard]] Outcome<Done> removeRoot(const QByteArray &der);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] Outcome<Done> store(const QList<Issuer> &issuers, const QList<Root> &roots);

    JsonFile m_file;
    bool m_kept;                ///< There is a file.
    QJsonObject m_root;         ///< As read, for the members we do not know.
    QJsonArray m_notUnderstood; ///< Among the issuers.
    QList<Issuer> m_issuers;
    QList<Root> m_roots;
};

} // namespace yoid
