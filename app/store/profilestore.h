// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/profile.h"

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
/// understand are kept as they are. Small and local, so reads and writes are synchronous.
class ProfileStore final : public QObject {
    Q_OBJECT

public:
    explicit ProfileStore(const QString &filePath, QObject *parent = nullptr);

    /// A file that cannot be understood is StorageFailed; it is left alone and moved aside only at the next save.
    [[nodiscard]] Outcome<Done> load();
    [[nodiscard]] QList<StoredProfile> profiles() const;
    [[nodiscard]] std::optional<StoredProfile> find(const ProfileId &id) const;
    [[nodiscard]] Outcome<Done> save(const StoredProfile &profile); ///< adds or replaces
    [[nodiscard]] Outcome<Done> remove(const ProfileId &id);

Q_SIGNALS:
    void changed();

private:
    QString m_filePath;
    QList<StoredProfile> m_profiles;
    QList<QJsonObject> m_notUnderstood;
};

} // namespace yoid
