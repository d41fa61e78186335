// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/profile.h"
#include "app/store/jsonfile.h"

#include <QtCore/QDateTime>
#include <QtCore/QHash>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QObject>

#include <optional>

namespace yoid {

/// A profile and what this computer knows about it.
struct StoredProfile {
    Profile profile;
    bool secretSaved = false;       ///< The keychain once held its secret; "missing" then means "locked, or another keyring?".
    QString keychainBackend;        ///< Which back end took it.
    QDateTime lastUsed;

    bool operator==(const StoredProfile &) const = default;
};

/// The profiles of this computer, in one JSON file written with QSaveFile, mode 0600; no secrets. Entries it does not
/// understand are kept as they are, and so are members it does not know of entries it does. An entry with an address that
/// may not be used (`isAllowedAddress`) counts as not understood. Small and local, so reads and writes are synchronous.
///
/// What it shows is what is on disk: a save that fails changes nothing.
class ProfileStore final : public QObject {
    Q_OBJECT

public:
    explicit ProfileStore(const QString &filePath, QObject *parent = nullptr);

    /// A file that cannot be understood is StorageFailed; it is left alone and moved aside to `NAME.unreadable-DATE` only at
    /// the next save. A file of a newer version of the program can be read but not saved.
    [[nodiscard]] Outcome<Done> load();
    [[nodiscard]] QList<StoredProfile> profiles() const;
    [[nodiscard]] std::optional<StoredProfile> find(const ProfileId &id) const;
    [[nodiscard]] Outcome<Done> save(const StoredProfile &profile); ///< adds or replaces
    [[nodiscard]] Outcome<Done> remove(const ProfileId &id);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] Outcome<Done> store(const QList<StoredProfile> &profiles);

    JsonFile m_file;
    QJsonObject m_root;                         ///< as read, for the members we do not know
    QHash<ProfileId, QJsonObject> m_asRead;
    QList<StoredProfile> m_profiles;
    QJsonArray m_notUnderstood;
};

} // namespace yoid
